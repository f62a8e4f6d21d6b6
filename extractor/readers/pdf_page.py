"""One page read on its own: grids with the text of their cells, free runs, images."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.readers import pdfium
from extractor.readers.pdf_cells import Filler, GridContent
from extractor.readers.pdf_digits import Digits
from extractor.readers.pdf_frame import Frame, make_frame
from extractor.readers.pdf_objects import Rect, Segment, read_drawing
from extractor.readers.pdf_runs import build_runs
from extractor.readers.pdf_text import Run, read_characters, reading_quarter
from extractor.readers.pdfium import Handle
from extractor.readers.rulings import find_grids, grids_of_areas, merge_segments

_MIN_AREAS = 4
"""Fewer filled areas are no table of shaded cells."""
_LONG = 40.0
"""Shorter rules part no rows."""


@dataclass(slots=True)
class PageContent:
    """What one page holds, in its reading frame. ``number`` is 1-based.

    ``behind`` is printed behind the text and no part of it; ``rules`` are the horizontal ones and
    ``areas`` the filled ones; ``blanks`` are the indices of blanks that are printed.
    """

    number: int
    frame: Frame
    text: str = ""
    grids: list[GridContent] = field(default_factory=list)
    free: list[Run] = field(default_factory=list)
    behind: list[Run] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    rules: list[Segment] = field(default_factory=list)
    areas: list[Rect] = field(default_factory=list)
    blanks: frozenset[int] = frozenset()
    has_rules: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def has_grid(self) -> bool:
        """Whether rules part several columns."""
        return any(content.grid.n_cols > 1 for content in self.grids)

    def separators(self) -> list[Segment]:
        """Long horizontal rules and the edges of filled bands: what may part rows."""
        found = [rule for rule in merge_segments(self.rules) if rule[2] - rule[1] > _LONG]
        for left, top, right, bottom in self.areas:
            if right - left > _LONG:
                found += [(top, left, right), (bottom, left, right)]
        return found

    @classmethod
    def unreadable(cls, number: int) -> PageContent:
        """A page that pdfium cannot load."""
        return cls(
            number, make_frame((0.0, 0.0, 0.0, 0.0)), notes=[f"page {number}: cannot be loaded"]
        )


def read_page(page: Handle, text_page: Handle, number: int) -> PageContent:
    """Everything on one page."""
    text = pdfium.page_text(text_page)
    frame = page_frame(page, text_page, text)
    content = PageContent(number, frame, text)
    drawing = read_drawing(page)
    if not drawing.complete:
        content.notes.append(f"page {number}: too much line art, read without ruling lines")
    content.pictures = [frame.read_rect(rect) for rect in drawing.pictures]
    characters = read_characters(text_page, text, frame)
    if text.strip("\r\n \x00"):
        runs = build_runs(text_page, characters, frame)
        content.free, content.behind = runs.text, runs.behind
        content.blanks = characters.blanks()
    horizontal, vertical = frame.read_rules(drawing)
    content.has_rules = bool(horizontal or vertical or drawing.areas)
    areas = [frame.read_rect(rect) for rect in drawing.areas]
    content.rules, content.areas = horizontal, areas
    grids = find_grids(horizontal, vertical) if horizontal and vertical else []
    shaded = len(areas) >= _MIN_AREAS and not grids
    if shaded:
        grids = grids_of_areas(areas)
    if grids:
        content.grids = [GridContent(grid, [[] for _ in grid.spans], shaded) for grid in grids]
        digits = Digits(text_page, characters, content.free)
        filler = Filler(text_page, frame, characters, content.free, digits)
        content.free = filler.fill(content.grids)
    return content


def page_frame(page: Handle, text_page: Handle, text: str) -> Frame:
    """The frames of a page."""
    return make_frame(
        pdfium.page_bounds(page),
        reading_quarter(text_page, text),
        pdfium.page_rotation(page),
    )
