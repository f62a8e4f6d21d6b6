"""The three coordinate frames of a page and the way between them.

*User*: as in the file, y upwards. *Reading*: turned so that most text runs left to right, origin
top left; all layout happens here. *Display*: as shown by a viewer, origin top left; all
locations are given here. One clockwise quarter turn maps user ``(x, y)`` to ``(y, -x)``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.document import Box
from extractor.readers.pdf_objects import Drawing, Rect, Segment

Placer = Callable[[float, float, float, float], Box]
"""From left, top, right and bottom in the reading frame to the box as displayed."""


@dataclass(frozen=True, slots=True)
class Frame:
    """``bounds`` is the visible area in user space, left, bottom, right, top.

    ``reading`` and ``display`` count clockwise quarter turns from user space; ``area`` is the
    visible area turned for reading, ``width`` and ``height`` its extent.
    """

    bounds: Rect
    reading: int
    display: int
    area: Rect
    width: float
    height: float

    def display_size(self) -> tuple[float, float]:
        """Width and height as displayed."""
        rect = turn_rect(self.bounds, self.display)
        return rect[2] - rect[0], rect[3] - rect[1]

    def read_rect(self, rect: Rect) -> Rect:
        """A user-space rectangle as (left, top, right, bottom) in the reading frame."""
        area = self.area
        left, bottom, right, top = turn_rect(rect, self.reading)
        return left - area[0], area[3] - top, right - area[0], area[3] - bottom

    def read_boxes(
        self, flat: list[float]
    ) -> tuple[list[float], list[float], list[float], list[float]]:
        """Left, top, right and bottom of pdfium's flat boxes, in the reading frame."""
        left, top, right, bottom = flat[0::4], flat[1::4], flat[2::4], flat[3::4]
        for _ in range(self.reading):
            left, top, right, bottom = bottom, [-v for v in left], top, [-v for v in right]
        area = self.area
        x0, y1 = area[0], area[3]
        if x0:
            left, right = [v - x0 for v in left], [v - x0 for v in right]
        return left, [y1 - v for v in top], right, [y1 - v for v in bottom]

    def read_rules(self, drawing: Drawing) -> tuple[list[Segment], list[Segment]]:
        """Horizontal and vertical rules in the reading frame."""
        rows, cols = drawing.horizontal, drawing.vertical
        for _ in range(self.reading):
            rows, cols = [(-x, a, b) for x, a, b in cols], [(y, -b, -a) for y, a, b in rows]
        area = self.area
        x0, y1 = area[0], area[3]
        return (
            [(y1 - y, a - x0, b - x0) for y, a, b in rows],
            [(x - x0, y1 - b, y1 - a) for x, a, b in cols],
        )

    def to_display(self, box: Rect) -> Box:
        """A reading-frame rectangle as displayed."""
        x0, top, x1, bottom = box
        if self.display == self.reading:
            return Box(x0, top, x1, bottom)
        width, height = self.width, self.height
        for _ in range((self.display - self.reading) % 4):
            x0, top, x1, bottom = height - bottom, x0, height - top, x1
            width, height = height, width
        return Box(x0, top, x1, bottom)

    def placer(self) -> Placer:
        """:meth:`to_display` for many boxes."""
        if self.display == self.reading:
            return Box
        return lambda x0, top, x1, bottom: self.to_display((x0, top, x1, bottom))

    def from_display(self, box: Box) -> Rect:
        """The inverse of ``to_display``."""
        x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
        width, height = self.display_size()
        for _ in range((self.reading - self.display) % 4):
            x0, top, x1, bottom = height - bottom, x0, height - top, x1
            width, height = height, width
        return x0, top, x1, bottom


def turn_rect(rect: Rect, quarters: int) -> Rect:
    """The rectangle after clockwise quarter turns about the origin, y upwards."""
    left, bottom, right, top = rect
    for _ in range(quarters):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top


def make_frame(bounds: Rect, reading: int = 0, display: int = 0) -> Frame:
    """The frame of a page with this visible area."""
    area = turn_rect(bounds, reading)
    return Frame(bounds, reading, display, area, area[2] - area[0], area[3] - area[1])
