"""Which lines of labels belong to which row of figures, where no rules tell.

A label may take several lines. Its figures stand at the middle of them, at the first or at the
last, in all rows of a table alike: the one reading that leaves no line over is taken, and none
where several do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from extractor.readers.pdf_lines import begins_item
from extractor.readers.pdf_tokens import Token

_TOLERANCE = 0.35
"""Figures stand off the place that their label gives them by at most this many em."""
_IN_CELL = 1.8
"""Lines of one cell are at most this many em apart, those of different ones may be."""
_MOST_LINES = 12
_ODD = 2.0
"""What a row without a label, a label without figures or an item within a label costs."""
_UNEVEN = 6.0
"""What lines of a cell cost that are farther apart than lines elsewhere, by em."""
_EVEN = 1.05
_SPACED = 1.15
"""Cells are this many times farther apart than lines of one."""
_MOST_UNEVEN = 1.0
_NEAR = 0.5
_CLEAR = 0.5
"""A reading is taken if any other costs at least this much more."""


class Place(Enum):
    """Where the figures of a row stand beside the lines of its label."""

    MIDDLE = "middle"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(slots=True, eq=False)
class LabelLine:
    """A line of a label. ``middle`` is its height on the page."""

    tokens: list[Token]
    middle: float
    height: float


@dataclass(frozen=True, slots=True)
class RowOf:
    """A row: the label lines ``start`` to ``end``, and the index of its figures or ``None``."""

    start: int
    end: int
    anchor: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows under one another without headings between them.

    ``anchors`` are the heights of the figures, ``bounds`` heights that part rows for certain.
    ``open_start`` and ``open_end`` tell that a row may be cut there. The figures of a cut row may
    stand at its first line although those of others stand in the middle.
    """

    lines: Sequence[LabelLine]
    anchors: Sequence[float]
    bounds: Sequence[float]
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class _Path:
    cost: float
    rows: tuple[RowOf, ...]


def rows_of(stretches: Sequence[Stretch], pitch: float) -> list[tuple[RowOf, ...]] | None:
    """The rows of each stretch; ``None`` in doubt.

    Args:
        stretches: All of one table.
        pitch: From line to line within a cell, as far as known.
    """
    finders = [_Finder(stretch, pitch) for stretch in stretches]
    readings = []
    for place in Place:
        paths = [path for finder in finders if (path := finder.best(place)) is not None]
        if len(paths) == len(finders):
            readings.append((sum(path.cost for path in paths), [path.rows for path in paths]))
    if not readings:
        return None
    readings.sort(key=lambda reading: reading[0])
    cost, rows = readings[0]
    if any(other != rows and more < cost + _CLEAR for more, other in readings[1:]):
        return None
    return rows


class _Finder:
    """Looks for the rows of one stretch."""

    __slots__ = ("_anchors", "_bands", "_free", "_items", "_lines", "_pitch", "_sole", "_stretch")

    def __init__(self, stretch: Stretch, pitch: float) -> None:
        self._stretch = stretch
        self._pitch = pitch
        self._lines = [line.middle for line in stretch.lines]
        self._anchors = stretch.anchors
        bands = [self._band(anchor) for anchor in stretch.anchors]
        self._bands = bands
        self._sole = [bands.count(band) == 1 and bool(stretch.bounds) for band in bands]
        self._items = [begins_item(line.tokens[0].text) for line in stretch.lines]
        self._free = [self._freedom(i) for i in range(len(stretch.lines))]

    def _band(self, height: float) -> int:
        return bisect_right(self._stretch.bounds, height)

    def _freedom(self, i: int) -> tuple[bool, bool]:
        """Whether a line stands well apart from all above it, and from all below it.

        It does where there is more space than between lines of one cell, or an item begins.
        """
        stretch, middle = self._stretch, self._lines[i]
        reach = _IN_CELL * stretch.lines[i].height
        spaced = _SPACED * self._pitch
        band = self._band(middle)
        above = self._lines[i - 1] if i else None
        below = self._lines[i + 1] if i + 1 < len(self._lines) else None
        anchors = [abs(anchor - middle) for anchor in self._anchors if self._band(anchor) == band]
        clear = min(anchors, default=reach + 1) > reach
        free = []
        items = (self._items[i], i + 1 < len(self._items) and self._items[i + 1])
        for other, item in zip((above, below), items, strict=True):
            gap = reach + 1 if other is None else abs(other - middle)
            parted = other is not None and self._band(other) != band
            free.append(item or parted or gap > spaced or (clear and gap > reach))
        return free[0], free[1]

    def best(self, place: Place) -> _Path | None:
        """The cheapest way to part the stretch, ``None`` without one or without a clear one."""
        count, whole = len(self._lines), len(self._anchors)
        reached: list[dict[int, list[_Path]]] = [{} for _ in range(count + 1)]
        reached[0][0] = [_Path(0.0, ())]
        for i in range(count):
            for used, paths in reached[i].items():
                for row, cost in self._rows_from(i, used, place):
                    passed = used if row.anchor is None else row.anchor
                    extra = cost + _ODD * (passed - used)
                    new = (*_lone_rows(used, passed, i), row)
                    ways = reached[row.end].setdefault(passed + (row.anchor is not None), [])
                    ways += [_Path(path.cost + extra, (*path.rows, *new)) for path in paths]
                    ways.sort(key=lambda path: path.cost)
                    del ways[2:]
        ends = [
            _Path(path.cost + _ODD * (whole - used), (*path.rows, *_lone_rows(used, whole, count)))
            for used, paths in reached[count].items()
            for path in paths
        ]
        ends.sort(key=lambda path: path.cost)
        if not ends or (len(ends) > 1 and ends[1].cost < ends[0].cost + _CLEAR):
            return None
        return None if _parts_a_row(ends[0].rows) else ends[0]

    def _rows_from(self, start: int, used: int, place: Place) -> Iterator[tuple[RowOf, float]]:
        """The rows that may begin with line ``start``, with what each costs."""
        lines, anchors, bounds = self._lines, self._anchors, self._stretch.bounds
        first, height = lines[start], self._stretch.lines[start].height
        uneven = 0.0
        for end in range(start + 1, min(len(lines), start + _MOST_LINES) + 1):
            last = lines[end - 1]
            if end - start > 1:
                apart = last - lines[end - 2]
                if apart > _IN_CELL * height or (
                    bounds and self._band(last) != self._band(lines[end - 2])
                ):
                    return
                uneven += _UNEVEN * max(0.0, apart - _EVEN * self._pitch) / height
                uneven += _ODD * self._items[end - 1]
            at = _at(place, first, last)
            cut = end == len(lines) and self._stretch.open_end
            for k in range(used, min(len(anchors), used + 2)):
                off = abs(anchors[k] - at) / height
                if cut and k + 1 == len(anchors):
                    off = min(off, abs(anchors[k] - first) / height)
                sole = self._sole[k] and self._bands[k] == self._band(at)
                if uneven > _MOST_UNEVEN:
                    continue
                if sole and first - height < anchors[k] < last + height:
                    yield RowOf(start, end, k), uneven
                elif off <= _TOLERANCE and (not bounds or self._bands[k] == self._band(at)):
                    yield RowOf(start, end, k), off + uneven
            if self._may_lack_figures(start, end):
                yield RowOf(start, end, None), _ODD / 2 + uneven

    def _may_lack_figures(self, start: int, end: int) -> bool:
        """Whether some lines may be a row without figures."""
        above, below = self._free[start][0], self._free[end - 1][1]
        stretch, first, last = self._stretch, self._lines[start], self._lines[end - 1]
        if start == 0 and stretch.open_start:
            return not self._anchors or last < self._anchors[0]
        near = _NEAR * stretch.lines[start].height
        if any(first - near < anchor < last + near for anchor in self._anchors):
            return False
        if end == len(self._lines) and stretch.open_end:
            return above
        return above and below


def _at(place: Place, first: float, last: float) -> float:
    if place is Place.MIDDLE:
        return (first + last) / 2
    return first if place is Place.TOP else last


def _lone_rows(first: int, last: int, at: int) -> tuple[RowOf, ...]:
    """Rows of figures without a label."""
    return tuple(RowOf(at, at, anchor) for anchor in range(first, last))


def _parts_a_row(rows: Sequence[RowOf]) -> bool:
    """Whether figures without a label stand next to several labels without: they may be one row."""
    run = [""]
    for row in rows:
        kind = "label" if row.anchor is None else "figures" if row.start == row.end else ""
        run = [*run, kind] if kind else [""]
        if run.count("label") > 1 and "figures" in run:
            return True
    return False


def usual_pitch(lines: Sequence[LabelLine]) -> float:
    """The least distance between label lines: that of lines in one cell, if any cell has two."""
    gaps = [b.middle - a.middle for a, b in pairwise(lines)]
    return min((gap for gap in gaps if gap > 0.5 * lines[0].height), default=0.0)
