"""Names and small questions of WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_PROPERTIES = frozenset(
    W + name
    for name in (
        "pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "tblGrid",
        "customXmlPr", "smartTagPr", "fldData", "instrText", "delText", "delInstrText", "rt",
    )
)  # fmt: skip
SKIPPED = _GONE | _PROPERTIES
"""Elements whose content is not on the paper: properties, and what tracked changes removed."""


def number(element: etree._Element | None, name: str = "val") -> int | None:
    """An attribute of the main namespace as an integer, ``None`` where absent or no integer."""
    text = None if element is None else element.get(W + name)
    if text is None:
        return None
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return None


def is_on(element: etree._Element | None) -> bool:
    """Whether an on/off property is there and not switched off."""
    return element is not None and element.get(W + "val", "true").lower() not in {
        "0",
        "false",
        "off",
        "none",
    }


def is_unchosen(element: etree._Element) -> bool:
    """Whether a branch of ``mc:AlternateContent`` repeats what an earlier branch holds."""
    if element.tag not in {MC + "Fallback", MC + "Choice"}:
        return False
    return any(
        sibling.tag == MC + "Choice" and len(sibling) > 0
        for sibling in element.itersiblings(preceding=True)
    )


def find_flat(container: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """The wanted elements of a container in order, through content controls and other wrappers.

    Wanted elements are not searched themselves.
    """
    stack = [iter(container)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in wanted:
            yield element
        elif element.tag not in SKIPPED and not is_unchosen(element):
            stack.append(iter(element))
