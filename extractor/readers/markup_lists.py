"""Numbers that a browser prints before the items of a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from extractor.readers import ordinals

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.I)
_TYPES: dict[str, tuple[Callable[[int], str], str]] = {
    "1": (str, ". "),
    "a": (ordinals.letters_counted, ". "),
    "A": (lambda value: ordinals.letters_counted(value).upper(), ". "),
    "i": (ordinals.roman, ". "),
    "I": (lambda value: ordinals.roman(value).upper(), ". "),
}
_STYLES: dict[str, tuple[Callable[[int], str], str]] = {
    "decimal": _TYPES["1"],
    "decimal-leading-zero": (lambda value: f"{value:02d}", ". "),
    "lower-alpha": _TYPES["a"],
    "lower-latin": _TYPES["a"],
    "upper-alpha": _TYPES["A"],
    "upper-latin": _TYPES["A"],
    "lower-roman": _TYPES["i"],
    "upper-roman": _TYPES["I"],
    "cjk-ideographic": (ordinals.chinese, "、"),
    "trad-chinese-informal": (ordinals.chinese, "、"),
    "simp-chinese-informal": (ordinals.chinese, "、"),
    "cjk-decimal": (ordinals.chinese_digits, "、"),
    "trad-chinese-formal": (ordinals.legal_traditional, "、"),
    "simp-chinese-formal": (ordinals.legal, "、"),
    "cjk-heavenly-stem": (ordinals.stems, "、"),
    "cjk-earthly-branch": (ordinals.branches, "、"),
}
_UNNUMBERED = frozenset({"none", "disc", "circle", "square", "inherit"})


@dataclass(slots=True)
class OpenList:
    """A list under way. ``style`` is ``None`` where its items bear no number."""

    element: etree._Element
    style: tuple[Callable[[int], str], str] | None
    next: int
    step: int = 1

    def marker(self, item: etree._Element) -> str:
        """Count one item and give what is printed before it, ``""`` for none."""
        style = _declared(item, self.style)
        value = _integer(item.get("value"))
        if value is not None:
            self.next = value
        shown = "" if style is None else style[0](self.next) + style[1]
        self.next += self.step
        return shown


def open_list(element: etree._Element) -> OpenList:
    """Begin a list element."""
    if element.tag != "ol":
        return OpenList(element, None, 1)
    style = _TYPES.get(element.get("type") or "1", _TYPES["1"])
    start = _integer(element.get("start"))
    if element.get("reversed") is None:
        return OpenList(element, _declared(element, style), 1 if start is None else start)
    count = sum(1 for child in element if child.tag == "li")
    return OpenList(element, _declared(element, style), count if start is None else start, -1)


def _declared(
    element: etree._Element, inherited: tuple[Callable[[int], str], str] | None
) -> tuple[Callable[[int], str], str] | None:
    """The numbering that a style or type attribute asks for, else the inherited one."""
    match = _STYLE.search(element.get("style") or "")
    if match:
        for word in match.group(1).lower().split():
            if word in _STYLES:
                return _STYLES[word]
            if word in _UNNUMBERED:
                return None
    if element.tag == "li" and inherited is not None:
        return _TYPES.get(element.get("type") or "", inherited)
    return inherited


def _integer(text: str | None) -> int | None:
    try:
        return None if text is None else int(text.strip()[:9])
    except ValueError:
        return None
