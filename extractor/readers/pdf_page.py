"""One page read on its own: grids with the text of their cells, free runs, images."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from extractor.readers import pdfium
from extractor.readers.pdf_frame import Frame
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
_LONG = 40.0
"""Shorter rules part no rows."""


@dataclass(slots=True)
class GridContent:
    """A grid and the runs in each of its spans."""

    grid: Grid
    runs: list[list[Run]]


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
        return cls(number, Frame((0.0, 0.0, 0.0, 0.0)), notes=[f"page {number}: cannot be loaded"])


def read_page(page: Handle, text_page: Handle, number: int) -> PageContent:
    """Everything on one page."""
    text = pdfium.page_text(text_page)
    frame = page_frame(page, text_page, text)
    content = PageContent(number, frame, text)
    drawing = read_drawing(page)
    if not drawing.complete:
        content.notes.append(f"page {number}: too much line art, read without ruling lines")
    content.pictures = [frame.read_rect(rect) for rect in drawing.pictures]
    if not text.strip("\r\n \x00"):
        return content
    characters = read_characters(text_page, text, frame)
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
    return Frame(
        pdfium.page_bounds(page),
        reading_quarter(text_page, text),
        pdfium.page_rotation(page),
    )


def _fill(grids: list[GridContent], runs: list[Run], characters: PageText) -> list[Run]:
    """Put each run into its cell, cut where it crosses an edge; return those outside."""
    innermost = sorted(grids, key=lambda content: _extent(content.grid))
    free = []
    for run in runs:
        middle = (run.top + run.bottom) / 2
        for content in innermost:
            grid = content.grid
            if grid.ys[0] <= middle <= grid.ys[-1] and (
                run.x1 > grid.xs[0] and run.x0 < grid.xs[-1]
            ):
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
    row = min(max(bisect_right(grid.ys, middle) - 1, 0), grid.n_rows - 1)
    owners = grid.owner[row]
    first = _column(grid, run.x0 + 0.3 * min(run.x1 - run.x0, run.height))
    last = _column(grid, run.x1 - 0.3 * min(run.x1 - run.x0, run.height))
    first_owner = owners[first] if 0 <= first < grid.n_cols else -1
    last_owner = owners[last] if 0 <= last < grid.n_cols else -1
    if first_owner == last_owner:
        if first_owner < 0:
            return [run]
        content.runs[first_owner].append(run)
        return []
    outside: list[Run] = []
    group: list[int] = []
    group_owner = -2
    for i in characters.visible(run.start, run.end):
        column = _column(grid, (characters.left[i] + characters.right[i]) / 2)
        owner = owners[column] if 0 <= column < grid.n_cols else -1
        if owner != group_owner and group:
            part = characters.run(group)
            (content.runs[group_owner] if group_owner >= 0 else outside).append(part)
            group = []
        group_owner = owner
        group.append(i)
    if group:
        part = characters.run(group)
        (content.runs[group_owner] if group_owner >= 0 else outside).append(part)
    return outside


def _column(grid: Grid, x: float) -> int:
    return bisect_right(grid.xs, x) - 1
