"""The text of one paragraph as printed: fields by their result, tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from extractor.readers.docx_styles import Styles
from extractor.readers.docx_xml import (
    MC,
    SKIPPED,
    VML,
    WP,
    XML_SPACE,
    M,
    W,
    is_on,
    is_unchosen,
    number,
)
from extractor.readers.markup_sizes import style_size

_EMU_PER_POINT = 12_700
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SYMBOL_BASE = 0xF000
_WINGDINGS = {
    0x52: "☑", 0x54: "☒", 0x6F: "□", 0x71: "□", 0x72: "□", 0xA3: "□", 0xA8: "□",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FIXED = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{M}den": "/",
    f"{M}sup": "^",
    f"{M}sub": "_",
}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture anchored in a paragraph. Points, 0 where unknown."""

    width: float
    height: float


Anchor = Image | etree._Element
"""What hangs on a paragraph: a picture, or the content of a text box."""


@dataclass(frozen=True, slots=True)
class Inline:
    """What one paragraph holds, with what is anchored in it in order."""

    text: str
    anchors: tuple[Anchor, ...]


def field_codes(story: Iterable[etree._Element]) -> frozenset[etree._Element]:
    """Text elements that are part of a field code, not of its result.

    A field that never ends hides nothing: better a code shown than a text lost.

    Args:
        story: the elements of a story in document order.
    """
    hidden: set[etree._Element] = set()
    open_fields: list[tuple[bool, list[etree._Element]]] = []
    for element in story:
        if element.tag == W + "t":
            for in_code, texts in open_fields[:-1]:
                if in_code:
                    texts.append(element)
                    break
        elif element.tag == W + "fldChar":
            kind = element.get(W + "fldCharType")
            if kind == "begin":
                open_fields.append((True, []))
            elif kind == "separate" and open_fields:
                open_fields[-1] = (False, open_fields[-1][1])
            elif kind == "end" and open_fields:
                hidden.update(open_fields.pop()[1])
    return frozenset(hidden)


class InlineReader:
    """Reads the paragraphs of one document."""

    def __init__(self, styles: Styles, hidden: frozenset[etree._Element]) -> None:
        self._styles = styles
        self._hidden = hidden

    def read(self, paragraph: etree._Element, style: str | None) -> Inline:
        """Text and anchors of a paragraph (or of a bare run).

        Args:
            paragraph: ``w:p`` or ``w:r``.
            style: id of the paragraph style.
        """
        pieces: list[str] = []
        anchors: list[Anchor] = []
        raised = struck = False
        walk = etree.iterwalk(paragraph, events=("start",))
        for _, element in walk:
            tag = element.tag
            if tag == W + "t" or tag == M + "t":
                if element not in self._hidden:
                    text = _shown(element, pieces, raised=raised)
                    pieces.append(f"~~{text}~~" if struck and text.strip() else text)
            elif tag == W + "r":
                properties = element.find(W + "rPr")
                if self._styles.is_hidden(properties, style):
                    walk.skip_subtree()
                raised = self._styles.is_raised(properties)
                struck = _is_struck(properties)
            elif tag in SKIPPED:
                walk.skip_subtree()
            elif tag == W + "txbxContent":
                anchors.append(element)
                walk.skip_subtree()
            elif tag in _FIXED:
                pieces.append(_FIXED[tag])
            elif tag == W + "sym":
                pieces.append(_symbol(element))
            elif tag == W + "fldChar":
                pieces.append(_chosen_entry(element))
            elif tag == MC + "Fallback" or tag == MC + "Choice":
                if is_unchosen(element):
                    walk.skip_subtree()
            else:
                image = _image(element)
                if image is not None:
                    anchors.append(image)
        return Inline("".join(pieces), tuple(anchors))


def _shown(element: etree._Element, pieces: list[str], *, raised: bool) -> str:
    """One text element. Raised digits after a digit stay apart: 12 with note 1 is not 121."""
    text = element.text or ""
    if "\n" in text and element.get(XML_SPACE) != "preserve":
        text = " ".join(text.split())
    if raised and pieces and pieces[-1][-1:].isdigit():
        return text.translate(_RAISED)
    return text


def _is_struck(properties: etree._Element | None) -> bool:
    """Whether a run is crossed out by hand: 12 crossed out before 34 must not read 1234."""
    return properties is not None and (
        is_on(properties.find(W + "strike")) or is_on(properties.find(W + "dstrike"))
    )


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(W + "char") or "", 16)
    except ValueError:
        return ""
    font = (element.get(W + "font") or "").lower()
    low = code - _SYMBOL_BASE if _SYMBOL_BASE <= code <= _SYMBOL_BASE + 0xFF else code
    if font.startswith("wingdings"):
        return _WINGDINGS.get(low, "\ufffd")
    if 0x20 < low < 0x40:
        return chr(low)
    return chr(code) if 0x20 < code < 0xD800 else "\ufffd"


def _chosen_entry(field: etree._Element) -> str:
    """The entry that a drop-down form field shows; its result holds no text."""
    choices = field.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = choices.findall(W + "listEntry")
    chosen = choices.find(W + "result")
    if chosen is None:
        chosen = choices.find(W + "default")
    index = number(chosen) or 0
    return entries[index].get(W + "val") or "" if 0 <= index < len(entries) else ""


def _image(element: etree._Element) -> Image | None:
    """The picture that a drawing shows as a whole, ``None`` for shapes and text boxes."""
    if element.tag in {WP + "inline", WP + "anchor"}:
        properties = element.find(WP + "docPr")
        if properties is not None and properties.get("hidden") in {"1", "true"}:
            return None
        if not _has_graphic(element):
            return None
        extent = element.find(WP + "extent")
        if extent is None:
            return Image(0.0, 0.0)
        return Image(_points(extent.get("cx")), _points(extent.get("cy")))
    if element.tag == VML + "imagedata":
        shape = element.getparent()
        style = "" if shape is None else shape.get("style") or ""
        return Image(*style_size(style))
    return None


def _has_graphic(drawing: etree._Element) -> bool:
    for element in drawing.iter("{*}blip", "{*}chart", "{*}relIds"):
        if not any(parent.tag == W + "txbxContent" for parent in _up_to(element, drawing)):
            return True
    return False


def _up_to(element: etree._Element, top: etree._Element) -> Iterable[etree._Element]:
    for parent in element.iterancestors():
        if parent is top:
            return
        yield parent


def _points(emu: str | None) -> float:
    try:
        return max(0.0, int(emu or 0) / _EMU_PER_POINT)
    except ValueError:
        return 0.0
