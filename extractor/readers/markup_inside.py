"""What an element of a page opens for the text within it."""

from __future__ import annotations

import re
from enum import IntEnum

from lxml import etree

from extractor.readers.markup_regions import Regions, is_title_like
from extractor.readers.markup_tree import is_block

_HEADING = re.compile(r"^h([1-6])$")
_KEPT_SPACE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_KEPT_TAGS = frozenset({"pre", "xmp", "listing", "plaintext", "textarea"})


class Inside(IntEnum):
    """A state of the text: on lines of its own, preformatted, linked, raised …."""

    BLOCK = 0
    KEPT = 1
    LINK = 2
    RAISED = 3
    MUTED = 4
    FURNITURE = 5
    BOUNDING = 6
    CONTAINER = 7
    TITLE = 8
    HEADING = 9
    STRUCK = 10


_INLINE = {
    "a": (Inside.LINK,),
    "sup": (Inside.RAISED,),
    "s": (Inside.STRUCK,),
    "strike": (Inside.STRUCK,),
    "del": (Inside.STRUCK,),
    "select": (Inside.MUTED,),
}
_PLAIN_BLOCK = (Inside.BLOCK,)


def opened_by(element: etree._Element, tag: str, regions: Regions) -> tuple[Inside, ...]:
    """The states that hold from the start of an element to its end."""
    opened = _block_states(element, tag, regions) if is_block(element, tag) else ()
    opened += _INLINE.get(tag, ())
    style = element.get("style") or ""
    if tag in _KEPT_TAGS or (style and _KEPT_SPACE.search(style)):
        opened += (Inside.KEPT,)
    if style and _STRUCK.search(style):
        opened += (Inside.STRUCK,)
    return opened


def heading_level(element: etree._Element, tag: str) -> int | None:
    """Outline level that an element declares, ``None`` for none."""
    match = _HEADING.match(tag)
    if match:
        return int(match.group(1))
    if element.get("role") == "heading":
        level = element.get("aria-level") or "2"
        return int(level) if level in set("123456789") else 2
    return None


def _block_states(element: etree._Element, tag: str, regions: Regions) -> tuple[Inside, ...]:
    states = [Inside.BLOCK]
    if element in regions.furniture:
        states.append(Inside.FURNITURE)
    if element in regions.bounding:
        states.append(Inside.BOUNDING)
    if element is regions.container:
        states.append(Inside.CONTAINER)
    if is_title_like(element):
        states.append(Inside.TITLE)
    if heading_level(element, tag) is not None:
        states.append(Inside.HEADING)
    return tuple(states) if len(states) > 1 else _PLAIN_BLOCK
