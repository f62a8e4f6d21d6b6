"""One page read on its own: grids with the text of their cells, free runs, images."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.readers import pdfium
from extractor.readers.pdf_frame import Frame, make_frame
from extractor.readers.pdf_objects import Rect, Segment, read_drawing
from extractor.readers.pdf_text import (
    PageText,
    Run,
    build_runs,
    read_characters,
    reading_quarter,
)
from extractor.readers.pdfium import Handle
from extractor.readers.rulings import Grid, find_grids, grids_of_areas

_MIN_AREAS = 4
"""Fewer filled areas are no table of shaded cells."""
_INSET = 0.2
"""Text may stand over the edge of its cell by this many em."""
_NUMBER_GAP = 0.08
"""Digits nearer than this many em belong to one number, whatever rule runs between them."""
_NUMERIC = frozenset("0123456789.,０１２３４５６７８９．，")
_LONG = 40.0
"""Shorter rules part no rows."""


@dataclass(slots=True)
class GridContent:
    """A grid and the runs in each of its spans.

    ``overflow`` names the numbers that are wider than the span they are in.
    """

    grid: Grid
    runs: list[list[Run]]
    overflow: list[tuple[int, Run]] = field(default_factory=list)


@dataclass(slots=True)
class PageContent:
    """What one page holds, in its reading frame. ``number`` is 1-based."""

    number: int
    frame: Frame
    text: str = ""
    grids: list[GridContent] = field(default_factory=list)
    free: list[Run] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    separators: list[Segment] = field(default_factory=list)
    has_rules: bool = False
    notes: list[str] = field(default_factory=list)

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
        content.free = build_runs(text_page, characters, frame)
    horizontal, vertical = frame.read_rules(drawing)
    content.has_rules = bool(horizontal or vertical or drawing.areas)
    areas = [frame.read_rect(rect) for rect in drawing.areas]
    content.separators = _separators(horizontal, areas)
    grids = find_grids(horizontal, vertical) if horizontal and vertical else []
    if len(areas) >= _MIN_AREAS and not grids:
        grids = grids_of_areas(areas)
    if grids:
        content.grids = [GridContent(grid, [[] for _ in grid.spans]) for grid in grids]
        content.free = _fill(content.grids, content.free, characters)
    return content


def _separators(horizontal: list[Segment], areas: list[Rect]) -> list[Segment]:
    """Long horizontal rules and the edges of filled bands: what may part rows."""
    found = [rule for rule in horizontal if rule[2] - rule[1] > _LONG]
    for left, top, right, bottom in areas:
        if right - left > _LONG:
            found += [(top, left, right), (bottom, left, right)]
    return found


def page_frame(page: Handle, text_page: Handle, text: str) -> Frame:
    """The frames of a page."""
    return make_frame(
        pdfium.page_bounds(page),
        reading_quarter(text_page, text),
        pdfium.page_rotation(page),
    )


def _fill(grids: list[GridContent], runs: list[Run], characters: PageText) -> list[Run]:
    """Put each run into its cell, cut where it crosses an edge; return those outside."""
    innermost = [
        (content, *content.grid.edges())
        for content in sorted(grids, key=lambda content: _extent(content.grid))
    ]
    free = []
    for run in runs:
        middle = (run.top + run.bottom) / 2
        for content, left, top, right, bottom in innermost:
            if top <= middle <= bottom and run.x1 > left and run.x0 < right:
                outside = _place(content, run, middle, characters)
                if not outside:
                    break
                if len(outside) == 1 and outside[0] is run:
                    continue
                free += outside
                break
        else:
            free.append(run)
    return free


def _extent(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _place(content: GridContent, run: Run, middle: float, characters: PageText) -> list[Run]:
    """Put ``run`` into the cells it lies in; return the parts outside the grid."""
    grid = content.grid
    xs = grid.xs
    row = bisect_right(grid.ys, middle) - 1
    owners = grid.owner[row if row < len(grid.owner) else -1]
    width, height = run.x1 - run.x0, run.bottom - run.top
    inset = _INSET * (width if width < height else height)
    first, last = bisect_right(xs, run.x0 + inset) - 1, bisect_right(xs, run.x1 - inset) - 1
    if 0 <= first <= last < len(owners) and owners[first] == owners[last]:
        content.runs[owners[first]].append(run)
        return []
    outside: list[Run] = []
    parts = _cut(characters, run, xs, owners)
    if len(parts) > 1 and _overflows(characters, parts):
        at = bisect_right(xs, (run.x0 + run.x1) / 2) - 1
        parts = [(owners[at] if 0 <= at < len(owners) else -1, [])]
        content.overflow.append((parts[0][0], run))
    for owner, indices in parts:
        part = characters.run(indices) if indices else run
        (content.runs[owner] if owner >= 0 else outside).append(part)
    return outside


def _cut(
    characters: PageText, run: Run, xs: Sequence[float], owners: Sequence[int]
) -> list[tuple[int, list[int]]]:
    """The characters of a run by the cell (-1 outside) in which their centres lie."""
    parts: list[tuple[int, list[int]]] = []
    for i in characters.visible(run.start, run.end):
        column = bisect_right(xs, (characters.left[i] + characters.right[i]) / 2) - 1
        owner = owners[column] if 0 <= column < len(owners) else -1
        if parts and parts[-1][0] == owner:
            parts[-1][1].append(i)
        else:
            parts.append((owner, [i]))
    return parts


def _overflows(characters: PageText, parts: list[tuple[int, list[int]]]) -> bool:
    """Whether a cut would go through a number that is wider than its cell."""
    for (_, before), (_, after) in pairwise(parts):
        a, b = before[-1], after[0]
        height = characters.bottom[a] - characters.top[a]
        if (
            characters.text[a] in _NUMERIC
            and characters.text[b] in _NUMERIC
            and characters.left[b] - characters.right[a] < _NUMBER_GAP * height
        ):
            return True
    return False
