"""Rows whose first figures stand behind their labels, and whose other figures are printed apart.

Programs that print a page as text may join a label with the first column, or with the line of it
that stands beside the figures, and print what is left of the rows before or after: row by row, or
in blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise, product

from extractor.extraction.chunks import LEAST_TAIL, tail_score
from extractor.extraction.labels import BlockIndex
from extractor.extraction.tiled import Flow, Grid, TooManyError, layouts
from extractor.extraction.tokens import Run

_LEAST = 0.7
"""Least score at which the end of a text is the label of a row."""
_MOST_OPEN = 6
"""Long runs that may begin with the first figures of their row; a bound on time."""
_MOST_GRIDS = 300

RowHolds = Callable[[int, tuple[str, ...]], bool]
"""Whether figures may be a row of the table."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The figures of a run from ``start`` up to ``stop``, behind the label of a row if one is told.

    ``rows`` are the rows that the text before them names.
    """

    start: int
    stop: int
    row: int | None
    rows: frozenset[int]


def prefixed_rows(
    runs: Sequence[Run],
    keyed: Sequence[str],
    told: Sequence[frozenset[int]],
    texts: Sequence[str],
    block: BlockIndex,
    holds: RowHolds,
) -> list[Grid]:
    """All ways to read the figures as first ones behind their labels and others apart from them.

    The others are read row by row; only where that is not possible, in blocks.

    Args:
        runs: The labels and figures of a table, with as many figures as it has cells.
        keyed: The labels before the runs, in comparable form.
        told: The rows that they name for certain.
        texts: The figures, alike where they are the same number.
        block: The block of the table.
        holds: Says of each row whether its sums hold.

    Raises:
        TooManyError: There are too many ways to look at.
    """
    height, width = len(block.rows.keys), len(block.columns.keys)
    following = [*keyed[1:], ""]
    starts = [0, *accumulate(len(run.tokens) for run in runs)]
    parts = [
        _Part(start, stop, _row(key, after, block), rows)
        for (start, stop), key, after, rows in zip(
            pairwise(starts), keyed, following, told, strict=True
        )
    ]
    short = [part for part in parts if part.stop - part.start < width and part.row is not None]
    if not short or not all(_ascend(key, block) for key in keyed):
        return []
    first = min(part.stop - part.start for part in short)
    long = [part for part in parts if part.stop - part.start > width and part.row is not None]
    if len(long) > _MOST_OPEN:
        raise TooManyError
    apart = {
        start + at for start, run in zip(starts, runs, strict=False) for at in (0, *run.breaks)
    }
    flow = Flow(texts, frozenset(apart), frozenset(starts[:-1]))
    for deep in (None, False, True):
        grids: list[Grid] = []
        for opened in product((False, True), repeat=len(long)):
            heads = {id(part): part.stop - part.start for part in short}
            heads |= {id(part): first for part, more in zip(long, opened, strict=True) if more}
            grids += _filled(parts, heads, (height, width), flow, holds, deep=deep)
        if grids:
            return grids
    return []


def _row(label: str, after: str, block: BlockIndex) -> int | None:
    """The row whose label ends a text, ``None`` where none does or more than one."""
    scores = [tail_score(label, after, block.rows, j) for j in range(len(block.rows.keys))]
    best = max(scores)
    return scores.index(best) if best >= _LEAST and scores.count(best) == 1 else None


def _ascend(label: str, block: BlockIndex) -> bool:
    """Whether the row labels that stand in a text stand in the order of the form."""
    places = [
        place
        for wordings in block.rows.keys
        if len(wordings[0]) > LEAST_TAIL and (place := label.find(wordings[0])) >= 0
    ]
    return places == sorted(places)


def _filled(
    parts: Sequence[_Part],
    heads: dict[int, int],
    size: tuple[int, int],
    flow: Flow,
    holds: RowHolds,
    *,
    deep: bool | None,
) -> list[Grid]:
    """The first figures of rows in their rows, and all others in the cells that are left.

    None where the labels do not come in order, or a label is not that of the row behind it.
    """
    height, width = size
    rows = [part.row for part in parts if id(part) in heads and part.row is not None]
    if any(a >= b for a, b in pairwise(rows)):
        return []
    begun: list[tuple[int, ...]] = [()] * height
    named: dict[int, frozenset[int]] = {}
    rest: list[int] = []
    for part in parts:
        head = heads.get(id(part), 0)
        if part.row is not None and head:
            begun[part.row] = tuple(range(part.start, part.start + head))
        elif part.rows:
            named[part.start] = part.rows
        rest += range(part.start + head, part.stop)
    found: list[Grid] = [()]
    for length, held in groupby(range(height), key=lambda i: len(begun[i])):
        group = list(held)
        count = len(group) * (width - length)
        block, rest = rest[:count], rest[count:]
        ways = _ways(block, group, begun, width - length, flow, holds, deep=deep)
        good = [
            grid
            for grid in ways
            if all(holds(i, flow.of(line)) for i, line in zip(group, grid, strict=True))
            and all(
                at not in named or i in named[at]
                for i, line in zip(group, grid, strict=True)
                for at in line
            )
        ]
        found = [above + below for above in found for below in good]
        if len(found) > _MOST_GRIDS:
            raise TooManyError
    return found


def _ways(
    rest: Sequence[int],
    group: Sequence[int],
    begun: Sequence[tuple[int, ...]],
    width: int,
    flow: Flow,
    holds: RowHolds,
    *,
    deep: bool | None,
) -> list[Grid]:
    """The rows that were begun, filled up with figures in every way that is looked at."""
    ways: list[Grid] = [tuple(tuple(rest[i * width : (i + 1) * width]) for i in range(len(group)))]
    if deep is not None and width > 1 and begun[group[0]]:
        places = {at: i for i, at in enumerate(rest)}
        part = Flow(
            flow.of(rest),
            frozenset(places[at] for at in rest if at in flow.apart),
            frozenset(places[at] for at in rest if at in flow.labelled),
        )

        def fits(place: int, texts: tuple[str, ...]) -> bool:
            return holds(group[place], flow.of(begun[group[place]]) + texts)

        grids = layouts(part, len(group), width, fits, deep=deep)
        ways += [tuple(tuple(rest[at] for at in line) for line in grid) for grid in grids]
    heads = [begun[i] for i in group]
    return [tuple(a + b for a, b in zip(heads, grid, strict=True)) for grid in ways]
