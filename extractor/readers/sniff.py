"""Tells the type of a source from its bytes, never from its name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum

_HEAD = 256 * 1024
_CONTENT_TYPES_BYTES = 1_000_000


class MediaType(StrEnum):
    """What a source is. Values are media types as registered or in common use."""

    EMPTY = "application/x-empty"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    HTML = "text/html"
    MHTML = "multipart/related"
    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    OFD = "application/ofd"
    EPUB = "application/epub+zip"
    ZIP = "application/zip"
    DAMAGED_ZIP = "application/x-damaged-zip"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    PPT = "application/vnd.ms-powerpoint"
    WORKS = "application/vnd.ms-works"
    OLE = "application/x-ole-storage"
    ENCRYPTED_OFFICE = "application/encrypted"
    RTF = "application/rtf"
    WORD_XML = "application/vnd.ms-wordml"
    FLAT_OPC = "application/vnd.ms-word2006ml"
    FLAT_ODF = "application/vnd.oasis.opendocument.text-flat-xml"
    XML = "application/xml"
    MAIL = "message/rfc822"
    RAR = "application/vnd.rar"
    SEVEN_ZIP = "application/x-7z-compressed"
    GZIP = "application/gzip"
    POSTSCRIPT = "application/postscript"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    BMP = "image/bmp"
    GIF = "image/gif"
    WEBP = "image/webp"
    JP2 = "image/jp2"
    BINARY = "application/octet-stream"


_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"GIF87a", MediaType.GIF),
    (b"GIF89a", MediaType.GIF),
    (b"\x00\x00\x00\x0cjP  \r\n", MediaType.JP2),
    (b"Rar!\x1a\x07", MediaType.RAR),
    (b"7z\xbc\xaf\x27\x1c", MediaType.SEVEN_ZIP),
    (b"\x1f\x8b\x08", MediaType.GZIP),
    (b"%!PS", MediaType.POSTSCRIPT),
    (b"\xdb\xa5", MediaType.DOC),
    (b"\xfe\x37\x00\x23", MediaType.DOC),
)

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first name that is found decides: an encrypted package outranks everything else.
_OLE_STREAMS: tuple[tuple[str, MediaType], ...] = (
    ("EncryptedPackage", MediaType.ENCRYPTED_OFFICE),
    ("WordDocument", MediaType.DOC),
    ("Workbook", MediaType.XLS),
    ("Book", MediaType.XLS),
    ("PowerPoint Document", MediaType.PPT),
    ("MatOST", MediaType.WORKS),
    ("CONTENTS", MediaType.WORKS),
)

_MAIN_PARTS: tuple[tuple[bytes, MediaType], ...] = (
    (b"wordprocessingml.document.main+xml", MediaType.DOCX),
    (b"wordprocessingml.template.main+xml", MediaType.DOCX),
    (b"ms-word.document.macroenabled.main+xml", MediaType.DOCX),
    (b"ms-word.template.macroenabledtemplate.main+xml", MediaType.DOCX),
    (b"spreadsheetml.sheet.main+xml", MediaType.XLSX),
    (b"ms-excel.sheet.macroenabled.main+xml", MediaType.XLSX),
    (b"presentationml.presentation.main+xml", MediaType.PPTX),
)
_MIMETYPES: tuple[tuple[bytes, MediaType], ...] = (
    (b"application/vnd.oasis.opendocument.text", MediaType.ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", MediaType.ODS),
    (b"application/epub+zip", MediaType.EPUB),
)

_BLOCK_TAGS = (
    "html|head|body|title|meta|link|style|script|table|tbody|thead|tr|td|th|p|div|span|h[1-6]|"
    "ul|ol|li|center|article|section|main|header|footer|nav|font|strong|form|iframe|br|hr|"
    "blockquote|pre|img|a|b|em|i|u|o:p"
)
_TAG = re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_PAGE_TAG = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]|</(?:html|body|head)>", re.I)
_OPENING = re.compile(rf"(?:<!--|<!doctype\s+html|<(?:{_BLOCK_TAGS})[\s/>])", re.IGNORECASE)
_FLOW_TAG = re.compile(r"</?(?:p|div|span|td|li|h[1-6]|article|section)(?:\s[^<>]*)?>", re.I)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    r"\s*(?:From|To|Subject|Date|MIME-Version|Content-[A-Za-z-]+|Received|Return-Path|"
    r"Snapshot-Content-Location|Message-ID|X-[A-Za-z-]+):",
    re.IGNORECASE,
)
_MAIL_TYPE = re.compile(r"^Content-Type:\s*([\w./+-]+)", re.IGNORECASE | re.MULTILINE)
_MARKDOWN = re.compile(r"^ {0,3}#{1,6}[ \t]+\S|\*\*[^*\s][^*\n]{0,400}\*\*", re.MULTILINE)
_TABLE_RULE = set("|:- \t")


def sniff(data: bytes) -> MediaType:
    """The type of the source. Never raises.

    Args:
        data: The whole source; the directory of a zip archive stands at its end.
    """
    if not data:
        return MediaType.EMPTY
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return MediaType.WEBP
    if _is_bitmap(data):
        return MediaType.BMP
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _sniff_zip(data)
    if data.startswith(_OLE_MAGIC):
        return _sniff_ole(data)
    if _is_pdf(data):
        return MediaType.PDF
    return _sniff_text(data)


def _is_pdf(data: bytes) -> bool:
    """A header near the start; a headless file is known by its trailer or its tail."""
    head = data[:1029]
    if head.startswith(b"%PDF") or re.search(rb"%PDF-\d", head):
        return True
    if head.lstrip().startswith(b"trailer<<"):
        return True
    return b"startxref" in data[-2048:] and (b"endobj" in data or b"trailer" in data)


def _is_bitmap(data: bytes) -> bool:
    """``BM`` alone begins many a text, so the length of the info header must fit as well."""
    if not data.startswith(b"BM") or len(data) < 30:
        return False
    (header,) = struct.unpack_from("<I", data, 14)
    return header in {12, 40, 52, 56, 64, 108, 124}


def _sniff_zip(data: bytes) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            types = _member_head(archive, "[content_types].xml").replace(b"\0", b"").lower()
            mimetype = _member_head(archive, "mimetype").strip()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, struct.error):
        return MediaType.DAMAGED_ZIP
    for main, kind in _MAIN_PARTS:
        if main in types:
            return kind
    for value, kind in _MIMETYPES:
        if mimetype.startswith(value):
            return kind
    return _kind_by_members(names)


def _kind_by_members(names: set[str]) -> MediaType:
    if "word/document.xml" in names:
        return MediaType.DOCX
    if any(name == "ofd.xml" or name.endswith("/ofd.xml") for name in names):
        return MediaType.OFD
    if "xl/workbook.xml" in names:
        return MediaType.XLSX
    if "ppt/presentation.xml" in names:
        return MediaType.PPTX
    return MediaType.ZIP


def _member_head(archive: zipfile.ZipFile, wanted: str) -> bytes:
    """The first bytes of a member, ``b""`` where it is absent or cannot be unpacked."""
    for info in archive.infolist():
        if info.filename.replace("\\", "/").lower() != wanted:
            continue
        try:
            with archive.open(info) as member:
                return member.read(_CONTENT_TYPES_BYTES)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
            return b""
    return b""


def _sniff_ole(data: bytes) -> MediaType:
    for name, kind in _OLE_STREAMS:
        if _has_ole_entry(data, name):
            return kind
    return MediaType.OLE


def _has_ole_entry(data: bytes, name: str) -> bool:
    """Whether a directory entry bears the name: entries stand at multiples of 128 bytes."""
    wanted = (name + "\0").encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = data.find(wanted, at + 1)
    return False


def _sniff_text(data: bytes) -> MediaType:
    head = _head_text(data[:_HEAD])
    if head is None:
        return MediaType.BINARY
    start = head.lstrip()
    if start.startswith("{\\rtf"):
        return MediaType.RTF
    mail = _sniff_mail(start)
    if mail is not None:
        return mail
    if start.startswith("<?xml") or re.match(r"<(?:pkg:package|w:wordDocument|svg)\b", start):
        return _sniff_xml(start)
    if _is_html(start):
        return MediaType.HTML
    return MediaType.MARKDOWN if is_markdown(head) else MediaType.TEXT


def _head_text(head: bytes) -> str | None:
    """The head with its ASCII characters readable, ``None`` for binary data.

    Latin-1 keeps ASCII in place under UTF-8 and GB18030, which is all that markup needs.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        codec = _utf16_without_mark(head)
        if codec is not None:
            return head.decode(codec, "replace")
    controls = sum(head.count(code) for code in (*range(9), *range(14, 27), 28, 29, 30, 31, 127))
    if controls > len(head) // 50:
        return None
    if head.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    return head.decode("latin-1")


def _utf16_without_mark(head: bytes) -> str | None:
    """The byte order in which the text reads as Chinese or ASCII, if there is one."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = head.decode(codec, "replace")
        common = sum(_is_common(ord(char)) for char in text)
        if common > 0.9 * len(text):
            return codec
    return None


def _is_common(code: int) -> bool:
    return (
        code in (9, 10, 13)
        or 0x20 <= code < 0x7F
        or 0x4E00 <= code <= 0x9FFF
        or 0x3000 <= code <= 0x303F
        or 0xFF00 <= code <= 0xFF5E
        or 0x2010 <= code <= 0x203F
        or code == 0xFEFF
    )


def _sniff_mail(start: str) -> MediaType | None:
    """A saved page in one file (MHTML) or a message; ``None`` for anything else."""
    if not _MAIL_HEADER.match(start):
        return None
    header = re.split(r"\r?\n\r?\n", start, maxsplit=1)[0]
    found = _MAIL_TYPE.search(header)
    if found is None or "mime-version:" not in header.lower():
        return None
    if found.group(1).lower() in {"multipart/related", "text/html"}:
        return MediaType.MHTML
    if "snapshot-content-location:" in header.lower():
        return MediaType.MHTML
    return MediaType.MAIL


def _sniff_xml(start: str) -> MediaType:
    head = start[:8192]
    if re.search(r"<html[\s>]|<!doctype\s+html", head, re.IGNORECASE):
        return MediaType.HTML
    if "<pkg:package" in head:
        return MediaType.FLAT_OPC
    if "<w:wordDocument" in head or 'progid="Word.Document"' in head:
        return MediaType.WORD_XML
    if "<office:document" in head:
        return MediaType.FLAT_ODF
    body = re.sub(r"^<\?xml[^>]*\?>\s*", "", start)
    return MediaType.HTML if _OPENING.match(body) else MediaType.XML


def _is_html(start: str) -> bool:
    """Whether markup carries the text: a page, or a fragment whose lines are no lines."""
    if _PAGE_TAG.search(start):
        return True
    tags = len(_TAG.findall(start))
    if _OPENING.match(start):
        return tags >= 2 or _OPENING.match(start[:9].lower()) is not None
    if tags < 4:
        return False
    outside = _without_tables(start)
    flow = len(_FLOW_TAG.findall(outside))
    lines = sum(1 for line in outside.splitlines() if line.strip())
    breaks = len(_BREAK_TAG.findall(outside))
    return 2 * flow > lines or breaks > lines


def _without_tables(text: str) -> str:
    """The text around its tables, each from ``<table`` to the next ``</table``."""
    lower = text.lower()
    kept: list[str] = []
    done = 0
    while (start := lower.find("<table", done)) >= 0:
        end = lower.find("</table", start)
        if end < 0:
            break
        kept.append(text[done:start])
        done = end + len("</table>")
    kept.append(text[done:])
    return "".join(kept)


def is_markdown(text: str) -> bool:
    """Whether plain text bears marks of Markdown: headings, a table rule, bold runs."""
    if _MARKDOWN.search(text):
        return True
    if "---" not in text or "|" not in text:
        return False
    return any(
        "---" in line and "|" in line and _TABLE_RULE.issuperset(line) for line in text.splitlines()
    )
