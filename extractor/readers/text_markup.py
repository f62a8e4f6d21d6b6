"""The marks of Markdown inside a line: headings, emphasis, escapes, pictures."""

from __future__ import annotations

import html
import re

_HEADING = re.compile(r"[ \u00a0]{0,3}(#{1,6})(?![#!])")
_STRONG = re.compile(r"(\*{2,3})(?=[^\s*])(.{1,400}?)(?<=[^\s*])\1(?!\*)")
_WHOLE_EMPHASIS = re.compile(r"(\*|_{1,2})(?=[^\s*_])([^*_]+)(?<=[^\s*_])\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_PICTURE = re.compile(
    r"!\[[^\]\n]{0,400}\]\([^)\n]{0,2000}\)|<img\b[^<>]*>|<!--\s*image\s*-->", re.IGNORECASE
)
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\((?:[^()\s\n]|\([^()\s\n]*\))*(?:\s+\"[^\"\n]*\")?\)")
_COMMENT = re.compile(r"<!--.{0,2000}?-->")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|s|sub|sup|font|span|p|div|center|a|small|mark|ins)(?:\s[^<>]*)?>", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009"


def plain(text: str) -> str:
    """A cell or paragraph without marks: ``**规章**`` is 规章, ``<br>`` a line break."""
    if "<" in text:
        text = _BREAK.sub("\n", text)
        text = _INLINE_TAG.sub("", _COMMENT.sub("", text))
    if "*" in text or "_" in text:
        text = _STRONG.sub(r"\2", text)
        stripped = text.strip(_BLANKS)
        whole = _WHOLE_EMPHASIS.fullmatch(stripped)
        text = whole.group(2) if whole else text
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return text


def cell_text(text: str) -> str:
    """The text of a cell without marks and outer blanks."""
    return plain(text.strip(_BLANKS)).strip(_BLANKS + "\n\r")


def heading(text: str) -> tuple[int, str] | None:
    """Level and words of a Markdown heading, ``None`` for any other line.

    ``#话题#`` is a topic of a microblog, not a heading.
    """
    found = _HEADING.match(text)
    if found is None:
        return None
    rest = text[found.end() :].rstrip(_BLANKS)
    words = rest.rstrip("#")
    if words != rest and (not words or words[-1] not in _BLANKS):
        words = rest
    glued = not rest.startswith(tuple(_BLANKS))
    if not words.strip(_BLANKS) or (glued and "#" in rest):
        return None
    return len(found.group(1)), words.strip(_BLANKS)


def take_pictures(text: str) -> tuple[str, int]:
    """The text without its pictures, and how many there were."""
    if "![" not in text and "<" not in text:
        return text, 0
    return _PICTURE.subn("", text)
