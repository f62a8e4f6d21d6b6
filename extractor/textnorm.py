"""Texts made comparable: widths folded, layout spaces and punctuation dropped.

What is compared is never what is kept: every reading carries the text as printed beside it.
NFKC is not used: it turns ① into 1, ½ into 1⁄2 and ² into 2, which changes numbers.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF, 0xFFFE, 0xFFFF, 0, *range(0x200B, 0x2010),
     *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10)]
)  # fmt: skip
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(
    [*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029,
     0x202F, 0x205F, 0x3000]
)  # fmt: skip
_ALIKE = str.maketrans(
    {
        "〔": "[", "【": "[", "﹝": "[", "〕": "]", "】": "]", "﹞": "]",
        "︵": "(", "︶": ")", "﹙": "(", "﹚": ")",
        "“": '"', "”": '"', "„": '"', "‟": '"', "「": '"', "」": '"', "『": '"', "』": '"',
        "‘": "'", "’": "'", "—": "-", "–": "-", "―": "-", "－": "-", "−": "-", "‐": "-", "‑": "-",
        "﹣": "-", "﹐": ",", "﹑": "、", "﹒": ".", "•": "·", "・": "·", "∕": "/", "⁄": "/",
        "〇": "零", "○": "零",
    }
)  # fmt: skip


def _radicals() -> dict[int, str]:
    """Kangxi and supplementary radicals to the characters they look like."""
    table = {}
    for code in [*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)]:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


_FOLD = {**_radicals(), **_FULL_WIDTH, **_ALIKE, **_INVISIBLE}
_SQUASH = {**_FOLD, **_SPACES}
_PUNCTUATION = regex.compile(r"[\p{P}\p{S}]+")
_NUMERAL = "一二三四五六七八九十"
_NUMBERING = regex.compile(
    rf"""^(?:
        \((?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})\)[、.,:]?   # (一) (1)
      | [{_NUMERAL}]{{1,3}}[、.,:]                       # 一、
      | (?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})\)[、.,:]?      # 一) with the bracket lost
      | \d{{1,2}}[、.,:](?!\d)                           # 1.
      | [①-⑳⑴-⒇⒈-⒛㈠-㈩][、.,:]?
      | 第[{_NUMERAL}]{{1,3}}(?:部分|章|节)[、.,:]?
    )""",
    regex.VERBOSE,
)
_NUMBERING_VALUES = {character: index for index, character in enumerate(_NUMERAL, start=1)}


def fold(text: str) -> str:
    """Full-width forms, radicals and look-alike punctuation folded; invisible characters dropped.

    White space stays as it is.
    """
    return text.translate(_FOLD)


def squash(text: str) -> str:
    """:func:`fold` without any white space."""
    return text.translate(_SQUASH)


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """What is left of a label when numbering, spaces, widths and punctuation are taken away.

    Two labels with the same key are the same label in print. A label that is nothing but
    numbering keeps it.
    """
    squashed = squash(text)
    bare = _NUMBERING.sub("", squashed)
    return _PUNCTUATION.sub("", bare or squashed).lower()


@lru_cache(maxsize=16384)
def whole_key(text: str) -> str:
    """:func:`key` with the numbering kept."""
    return _PUNCTUATION.sub("", squash(text)).lower()


def split_numbering(text: str) -> tuple[str, str]:
    """The numbering at the head of a text (``""`` without one) and the rest, both squashed."""
    squashed = squash(text)
    found = _NUMBERING.match(squashed)
    return (found.group(), squashed[found.end() :]) if found else ("", squashed)


def numbering_value(numbering: str, *, bracketed: bool = False) -> int | None:
    """The number that a Chinese top-level numbering stands for (``三、`` is 3), else ``None``.

    With ``bracketed``, ``(三)`` counts as one too.
    """
    digits = [c for c in numbering if c in _NUMBERING_VALUES]
    if not digits or (numbering.startswith("(") and not bracketed):
        return None
    if len(digits) == 1:
        return _NUMBERING_VALUES[digits[0]]
    if digits[0] == "十":
        return 10 + _NUMBERING_VALUES[digits[1]]
    return None
