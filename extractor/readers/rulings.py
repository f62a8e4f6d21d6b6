"""From ruling lines to grids. Pure functions; y grows downwards, lengths in points.

``merge_segments`` → ``find_grids`` (components, edges, spans). A grid knows where its cells are,
never what stands in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Segment = tuple[float, float, float]
"""A straight rule: position across, start along, end along."""

_SNAP = 2.0
"""Rules at most this far apart lie on one line."""
_GAP = 3.2
"""Pieces on one line at most this far apart are one rule (dots, dashes)."""
_TOUCH = 3.0
"""A rule this near to another touches it."""
_REACH = 4.8
"""A rule that ends this near to an edge reaches it, unless the interval is short."""
_WIDE = 16.0
_NARROW = 5.0
"""Columns and rows narrower than this hold no text: double rules, joints."""
_BESIDE = 0.5
"""A border without joints stands off its grid by less than this part of the grid's width."""
_MIN_LENGTH = 6.0
_OPEN_END = 5.0
_MAX_PAIRS = 1_500_000
_MAX_AREAS = 3_000


class Span(NamedTuple):
    """One cell of a grid: its place and extent in rows and columns."""

    row: int
    col: int
    row_span: int
    col_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells between rules.

    ``xs`` and ``ys`` are the column and row edges, ascending. ``owner[row][col]`` is the index of
    the span that covers the position. ``ruled_top`` and ``ruled_bottom`` tell for each column
    whether a rule closes the grid there; none does where a page ends inside a row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]
    owner: tuple[tuple[int, ...], ...]
    ruled_top: tuple[bool, ...]
    ruled_bottom: tuple[bool, ...]

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    def edges(self) -> tuple[float, float, float, float]:
        """The outer edges: left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside the outer edges."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def merge_segments(segments: Iterable[Segment]) -> list[Segment]:
    """Rules on one line become one rule where they overlap or nearly meet."""
    ordered = sorted(segments)
    merged: list[Segment] = []
    group: list[Segment] = []
    for segment in ordered:
        if group and (segment[0] - group[-1][0] > _SNAP or segment[0] - group[0][0] > 2 * _SNAP):
            merged += _merge_line(group)
            group = []
        group.append(segment)
    if group:
        merged += _merge_line(group)
    return merged


def _merge_line(group: list[Segment]) -> list[Segment]:
    if len(group) == 1:
        return group
    weight = sum(end - start for _, start, end in group)
    at = (
        sum(position * (end - start) for position, start, end in group) / weight
        if weight > 0
        else group[0][0]
    )
    pieces = sorted((start, end) for _, start, end in group)
    merged: list[Segment] = []
    first, last = pieces[0]
    for start, end in pieces[1:]:
        if start <= last + _GAP:
            last = max(last, end)
        else:
            merged.append((at, first, last))
            first, last = start, end
    merged.append((at, first, last))
    return merged


def find_grids(horizontal: Iterable[Segment], vertical: Iterable[Segment]) -> list[Grid]:
    """All grids, top to bottom. Nothing where there are too many rules to be tables."""
    rows = [s for s in merge_segments(horizontal) if s[2] - s[1] >= _MIN_LENGTH]
    cols = [s for s in merge_segments(vertical) if s[2] - s[1] >= _MIN_LENGTH]
    if not rows or not cols or len(rows) * len(cols) > _MAX_PAIRS:
        return []
    grids = [
        grid
        for component_rows, component_cols in _components(rows, cols)
        if (grid := _build_grid(component_rows, component_cols)) is not None
    ]
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def grids_of_areas(areas: Sequence[tuple[float, float, float, float]]) -> list[Grid]:
    """Grids of shaded cells (left, top, right, bottom) that nearly touch one another.

    Only whole grids count: shading of every other row tells nothing of the rows between.
    """
    if len(areas) > _MAX_AREAS:
        return []
    xs = _pair_edges([(a[0], a[2]) for a in areas])
    ys = _pair_edges([(a[1], a[3]) for a in areas])
    horizontal = [(ys[y], xs[a[0]], xs[a[2]]) for a in areas for y in (a[1], a[3])]
    vertical = [(xs[x], ys[a[1]], ys[a[3]]) for a in areas for x in (a[0], a[2])]
    return [
        grid
        for grid in find_grids(horizontal, vertical)
        if grid.n_cols > 1 and grid.n_rows > 1 and _is_shaded(grid, areas)
    ]


def _pair_edges(intervals: Sequence[tuple[float, float]]) -> dict[float, float]:
    """The edge that two neighbours with a narrow gap between them share, by either edge."""
    values = sorted({edge for interval in intervals for edge in interval})
    shared: dict[float, float] = {}
    group: list[float] = []
    for value in values:
        if group and value - group[0] > _NARROW:
            shared |= dict.fromkeys(group, sum(group) / len(group))
            group = []
        group.append(value)
    shared |= dict.fromkeys(group, sum(group) / len(group))
    return shared


def _is_shaded(grid: Grid, areas: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether the areas cover nearly all of the grid."""
    inside = sum(
        (right - left) * (bottom - top)
        for left, top, right, bottom in areas
        if grid.contains((left + right) / 2, (top + bottom) / 2)
    )
    whole = (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])
    return 0.8 * whole <= inside <= 1.25 * whole


def _components(
    rows: list[Segment], cols: list[Segment]
) -> list[tuple[list[Segment], list[Segment]]]:
    """Rules that touch, directly or through others, belong together."""
    parent = list(range(len(rows) + len(cols)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    positions = [row[0] for row in rows]
    for k, (x, top, bottom) in enumerate(cols, len(rows)):
        first = bisect_left(positions, top - _TOUCH)
        last = bisect_right(positions, bottom + _TOUCH)
        for i in range(first, last):
            _, start, end = rows[i]
            if start - _TOUCH <= x <= end + _TOUCH:
                a, b = root(i), root(k)
                if a != b:
                    parent[a] = b
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for k, col in enumerate(cols, len(rows)):
        groups.setdefault(root(k), ([], []))[1].append(col)
    whole = [group for group in groups.values() if group[0] and group[1]]
    for own_rows, lone in groups.values():
        if not own_rows:
            _add_border(lone, whole)
    return whole


def _add_border(lone: list[Segment], groups: list[tuple[list[Segment], list[Segment]]]) -> None:
    """Give a rule that no other touches to the grid along which it runs from end to end.

    A cell merged over all rows of a page has no rule above or below: its outer border touches
    nothing.
    """
    for x, top, bottom in lone:
        for rows, cols in groups:
            first, last = min(col[0] for col in cols), max(col[0] for col in cols)
            low = min(rows[0][0], *(col[1] for col in cols))
            high = max(rows[-1][0], *(col[2] for col in cols))
            distance = max(first - x, x - last)
            if (
                abs(top - low) <= _REACH
                and abs(bottom - high) <= _REACH
                and 0 < distance < _BESIDE * (last - first)
            ):
                cols.append((x, top, bottom))
                cols.sort()
                break


def _build_grid(rows: list[Segment], cols: list[Segment]) -> Grid | None:
    if len(rows) + len(cols) < 3:
        return None
    xs = cluster([col[0] for col in cols] + _open_ends(cols, rows))
    ys = cluster([row[0] for row in rows] + _open_ends(rows, cols))
    if len(xs) < 2 or len(ys) < 2:
        return None
    above = _cover(ys, xs, rows)
    spans, owner = _flood(len(ys) - 1, len(xs) - 1, _cover(xs, ys, cols), above)
    return Grid(
        tuple(xs), tuple(ys), spans, owner, tuple(map(bool, above[0])), tuple(map(bool, above[-1]))
    )


def _open_ends(rules: list[Segment], crossing: list[Segment]) -> list[float]:
    """Where at least two crossing rules run on past the first or the last rule."""
    low = min(start for _, start, _ in crossing)
    high = max(end for _, _, end in crossing)
    ends = []
    if min(rule[0] for rule in rules) - low > _OPEN_END and (
        sum(start - low <= _TOUCH for _, start, _ in crossing) > 1
    ):
        ends.append(low)
    if high - max(rule[0] for rule in rules) > _OPEN_END and (
        sum(high - end <= _TOUCH for _, _, end in crossing) > 1
    ):
        ends.append(high)
    return ends


def cluster(values: Iterable[float], tolerance: float = _NARROW) -> list[float]:
    """Ascending means of values that lie within ``tolerance`` of the first of their group."""
    means: list[float] = []
    group: list[float] = []
    for value in sorted(values):
        if group and value - group[0] > tolerance:
            means.append(sum(group) / len(group))
            group = []
        group.append(value)
    if group:
        means.append(sum(group) / len(group))
    return means


def _nearest(edges: Sequence[float], value: float) -> int:
    i = bisect_left(edges, value)
    if i == len(edges):
        return i - 1
    if i > 0 and value - edges[i - 1] < edges[i] - value:
        return i - 1
    return i


def _cover(across: list[float], along: list[float], rules: Iterable[Segment]) -> list[bytearray]:
    """For each edge, which of the intervals along it have a rule."""
    covered = [bytearray(len(along) - 1) for _ in across]
    for position, start, end in rules:
        a, b = bisect_left(along, start - _REACH), bisect_right(along, end + _REACH) - 1
        if along[a] < start - _TOUCH and a < b and along[a + 1] - along[a] < _WIDE:
            a += 1
        if along[b] > end + _TOUCH and a < b and along[b] - along[b - 1] < _WIDE:
            b -= 1
        if b > a:
            covered[_nearest(across, position)][a:b] = b"\1" * (b - a)
    return covered


def _flood(
    n_rows: int, n_cols: int, beside: list[bytearray], above: list[bytearray]
) -> tuple[tuple[Span, ...], tuple[tuple[int, ...], ...]]:
    """Grow each free position to the right and then down until a rule stops it."""
    owner = [[-1] * n_cols for _ in range(n_rows)]
    spans: list[Span] = []
    closed = b"\1" * n_cols
    for i, own in enumerate(owner):
        right = [*[column[i] for column in beside[1:n_cols]], 1]
        below = above[i + 1] if i + 1 < n_rows else closed
        for j, (taken, ruled_right, ruled_below) in enumerate(zip(own, right, below, strict=True)):
            if taken >= 0:
                continue
            if ruled_right and ruled_below:
                own[j] = len(spans)
                spans.append(Span(i, j, 1, 1))
            else:
                span = _grow(i, j, owner, beside, above)
                for row in owner[i : i + span.row_span]:
                    row[j : j + span.col_span] = [len(spans)] * span.col_span
                spans.append(span)
    return tuple(spans), tuple(map(tuple, owner))


def _grow(
    i: int, j: int, owner: list[list[int]], beside: list[bytearray], above: list[bytearray]
) -> Span:
    """The span whose upper left position is row ``i``, column ``j``."""
    own, n_rows = owner[i], len(owner)
    right, down = j + 1, i + 1
    while right < len(own) and not beside[right][i] and own[right] < 0:
        right += 1
    inner = beside[j + 1 : right]
    while (
        down < n_rows
        and above[down].find(1, j, right) < 0
        and not any(column[down] for column in inner)
    ):
        down += 1
    return Span(i, j, down - i, right - j)
