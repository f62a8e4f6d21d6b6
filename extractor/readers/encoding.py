"""Bytes to text, without a guess that could change a figure.

Order: byte order mark, UTF-16 without a mark, strict UTF-8, the declared charset, strict GB18030,
Big5, a text damaged at a few bytes. Every GB name means GB18030, the superset of all of them:
pages declared ``gb2312`` hold names that only GB18030 has.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from extractor.errors import UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GB_NAMES = re.compile(r"^(?:x-)?(?:gb[\d_-]*k?|hz|cp936|ms936|936|euc-?cn|chinese|csgb\w*)", re.I)
_SINGLE_BYTE = re.compile(
    r"^(?:iso-?8859|windows-?125|cp125|cp437|cp850|latin|l1$|us-ascii|ascii|koi8|mac)"
)
_MULTI_BYTE = re.compile(
    r"^(?:big5|cp950|utf-?8|utf-?16|utf-?32|shift_?jis|cp932|euc_?jp|euc_?kr|cp949|iso2022)"
)
_CONTROLS = re.compile("[\x00-\x06\x08\x0e-\x19\x1b-\x1f\x7f-\x9f\ufffe\uffff]")
_MAX_STRANGE = 0.01
_MAX_DAMAGE = 0.001
_MIN_JUDGED = 12
_SAMPLE = 20_000


def decode_text(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode the bytes of a text.

    Args:
        data: the whole file.
        declared: the charset that the file or its envelope names, in any spelling.

    Returns:
        The text without a byte order mark, and the name of the encoding that fitted.

    Raises:
        UnreadableDocument: no known encoding fits, or the bytes are no text.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableDocument(
            "文件没有内容。请检查文件是否下载完整。",
            "The file is empty. Check that it was downloaded completely.",
        )
    marked = _by_mark(data)
    if marked is not None:
        return marked
    found = _as_marked_utf16(data)
    if found is not None:
        return found
    data = data.rstrip(b"\0")
    found = (
        _as_utf8(data)
        or _as_declared(data, declared)
        or _as_single_byte(data, declared)
        or _as_chinese(data)
        or _as_damaged(data)
    )
    if found is None:
        raise UnreadableDocument(
            "无法确定文字编码：既不是 UTF-8、UTF-16，也不是 GB18030 或 Big5，"
            "可能不是文本文件或已损坏。请在编辑器中打开，另存为 UTF-8 后重试。",
            "No known encoding fits (tried UTF-8, UTF-16, GB18030, Big5): the file is no text, "
            "or it is damaged. Open it in an editor, save it as UTF-8 and try again.",
        )
    return found


def normalise_charset(declared: str | None) -> str | None:
    """The Python codec for a charset name, every GB name as ``gb18030``; ``None`` if unknown."""
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    if _GB_NAMES.match(name):
        return "gb18030"
    if name.startswith("unicode"):
        return None
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None


def _strict(data: bytes, encoding: str) -> str | None:
    """Decoded without an error; the last character may have been cut off."""
    for cut in range(4):
        try:
            text = data[: len(data) - cut].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(data) - cut - 4:
                return None
            continue
        return text if not cut or len(data) > 64 else None
    return None


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            body = data[len(mark) :]
            text = _strict(body, encoding) if body else ""
            if text is None:
                text = _replaced(body, encoding)
            if text is not None and _is_text(text):
                return text, encoding
    return None


def _as_marked_utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 whose NUL bytes betray it: ASCII characters have one on a fixed side."""
    if b"\0" not in data:
        return None
    return _as_utf16(data)


def _as_utf16(data: bytes) -> tuple[str, str] | None:
    best: tuple[float, str, str] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strict(data, encoding)
        if text and _is_text(text):
            share = _familiar(text)
            if share > 0.8 and (best is None or share > best[0]):
                best = (share, text, encoding)
    return None if best is None else (best[1], best[2])


def _as_utf8(data: bytes) -> tuple[str, str] | None:
    text = _strict(data, "utf-8")
    return (text, "utf-8") if text is not None and _is_text(text) else None


def _as_declared(data: bytes, declared: str | None) -> tuple[str, str] | None:
    """The declared charset, unless it is one that fits any bytes and so proves nothing."""
    encoding = normalise_charset(declared)
    if encoding is None or not (encoding == "gb18030" or _MULTI_BYTE.match(encoding)):
        return None
    text = _strict(data, encoding)
    return (text, encoding) if text and _is_text(text) and not _is_mojibake(text) else None


def _as_chinese(data: bytes) -> tuple[str, str] | None:
    """GB18030 or Big5, or UTF-16 without any ASCII, whichever reads as common characters."""
    candidates: list[tuple[float, str, str]] = []
    utf16 = _as_utf16(data) if len(data) % 2 == 0 else None
    if utf16 is not None:
        candidates.append((_familiar(utf16[0]), *utf16))
    for encoding in ("gb18030", "big5hkscs"):
        text = _strict(data, encoding)
        if text and _is_text(text) and not _is_mojibake(text):
            # GB18030 wins a draw: it is what Chinese offices write.
            bonus = 0.1 if encoding == "gb18030" else 0.0
            candidates.append((_familiar(text) + bonus, text, encoding))
    if not candidates:
        return None
    _, text, encoding = max(candidates, key=lambda candidate: candidate[0])
    return text, encoding


def _as_single_byte(data: bytes, declared: str | None) -> tuple[str, str] | None:
    """A declared Latin or other single-byte charset, unless the bytes read as Chinese."""
    encoding = normalise_charset(declared)
    if encoding is None or not _SINGLE_BYTE.match(encoding):
        return None
    chinese = _strict(data, "gb18030")
    if chinese and _is_text(chinese):
        foreign = [char for char in _sampled(chinese) if char > "\x7f"]
        if _common_share(foreign) >= 0.7:
            return None
    text = _strict(data, encoding)
    return (text, encoding) if text and _is_text(text) else None


def _as_damaged(data: bytes) -> tuple[str, str] | None:
    """UTF-8 or GB18030 with a few bad bytes, shown as U+FFFD."""
    best: tuple[int, str, str] | None = None
    for encoding in ("utf-8", "gb18030"):
        text = _replaced(data, encoding)
        if text is not None and _is_text(text) and not _is_mojibake(text):
            count = text.count("\ufffd")
            if best is None or count < best[0]:
                best = (count, text, encoding)
    return None if best is None else (best[1], best[2])


def _replaced(data: bytes, encoding: str) -> str | None:
    text = data.decode(encoding, errors="replace")
    return text if text.count("\ufffd") < _MAX_DAMAGE * len(data) else None


def _is_text(text: str) -> bool:
    """Whether control, private and unassigned characters are as rare as they are in texts."""
    sample = _sampled(text)
    if not sample:
        return True
    strange = len(_CONTROLS.findall(sample))
    strange += sum(unicodedata.category(char) in {"Cn", "Co", "Cs"} for char in sample)
    return strange <= _MAX_STRANGE * len(sample)


def _sampled(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    step = len(text) // _SAMPLE + 1
    return text[: _SAMPLE // 2] + text[_SAMPLE // 2 :: step]


def _is_mojibake(text: str) -> bool:
    """Whether the characters beyond ASCII are mostly ones that nobody writes."""
    foreign = [char for char in _sampled(text) if char > "\x7f"]
    return len(foreign) >= _MIN_JUDGED and _common_share(foreign) < 0.4


def _familiar(text: str) -> float:
    """Share of characters that are ASCII or in everyday Chinese use, simplified or traditional."""
    sample = _sampled(text)
    foreign = [char for char in sample if char > "\x7f"]
    ascii_count = len(sample) - len(foreign)
    return (ascii_count + _common_share(foreign) * len(foreign)) / max(1, len(sample))


def _common_share(characters: list[str]) -> float:
    if not characters:
        return 1.0
    return sum(map(_is_common, characters)) / len(characters)


def _is_common(char: str) -> bool:
    """Level 1 of GB 2312 or of Big5 (both ordered by use), or a symbol of either."""
    if char in "\u3000\xa0\ufeff\ufffd":
        return True
    if not ("\u4e00" <= char <= "\u9fff"):
        return "\u2000" <= char <= "\u33ff" or "\uff00" <= char <= "\uffef"
    for encoding, last in (("gb2312", 0xD7), ("big5", 0xC6)):
        try:
            if char.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False
