"""Sizes as markup writes them."""

from __future__ import annotations

import re

from lxml import etree

_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d+(?:\.\d+)?)\s*(pt|px|in|cm|mm)?", re.I)
_ATTRIBUTE = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)\s*(?:px)?\s*")
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "": 0.75}


def style_size(style: str) -> tuple[float, float]:
    """Width and height in points from a CSS style, 0 where absent."""
    found = {"width": 0.0, "height": 0.0}
    for name, value, unit in _LENGTH.findall(style):
        found[name.lower()] = float(value) * _POINTS[unit.lower()]
    return found["width"], found["height"]


def picture_size(element: etree._Element) -> tuple[float, float]:
    """Width and height of an ``img`` in points, 0 where unknown or relative."""
    width, height = style_size(element.get("style") or "")
    return width or _pixels(element.get("width")), height or _pixels(element.get("height"))


def _pixels(text: str | None) -> float:
    match = _ATTRIBUTE.fullmatch(text or "")
    return float(match.group(1)) * _POINTS["px"] if match else 0.0
