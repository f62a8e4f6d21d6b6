"""Headings of columns without rules: which words head which columns, in how many levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from extractor.readers.pdf_columns import Columns
from extractor.readers.pdf_tokens import Token

_SAME_HEIGHT = 0.35
"""Cells of one row have their middles, or first lines, at most this many em apart."""
_LEVEL = 0.6
_IN_CELL = 1.8
_EVEN = 1.15
_OFF_CENTRE = 0.35
"""A heading over several columns stands in their middle, give or take this part of a column."""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A heading over the columns ``first`` to ``last``; ``row`` counts from the top."""

    tokens: tuple[Token, ...]
    row: int
    row_span: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Heads:
    """A block of headings: ``cells`` in ``n_rows`` rows."""

    cells: tuple[HeadCell, ...]
    n_rows: int


def lines_of(tokens: Iterable[Token]) -> list[list[Token]]:
    """Tokens by height, each line from left to right."""
    lines: list[list[Token]] = []
    for token in sorted(tokens, key=lambda t: t.middle):
        if lines and token.middle - lines[-1][0].middle < _LEVEL * token.height:
            lines[-1].append(token)
        else:
            lines.append([token])
    for line in lines:
        line.sort(key=lambda t: t.x0)
    return lines


def arrange(tokens: Sequence[Token], columns: Columns) -> Heads | None:
    """The cells of one block of headings; ``None`` where they stand in no order."""
    stacks: dict[int, list[Token]] = {}
    wide: list[Token] = []
    for token in sorted(tokens, key=lambda t: (t.middle, t.x0)):
        k = columns.holds(token)
        if k is None:
            wide.append(token)
        else:
            stacks.setdefault(k, []).append(token)
    leaves = _leaves(stacks, _pitch(stacks.values(), wide))
    used = {id(token) for leaf in leaves.values() for token in leaf}
    groups = [t for t in tokens if id(t) not in used]
    levels = lines_of(groups)
    spans = [_spans(level, leaves, columns) for level in levels]
    cells = [
        HeadCell((token,), row, 1, first, last)
        for row, level in enumerate(levels)
        for token, (first, last) in zip(level, spans[row], strict=True)
    ]
    if _overlap(cells):
        return None
    n_rows = len(levels) + bool(leaves)
    free = set(range(len(columns))) - set(leaves)
    free -= {k for c in cells for k in range(c.first, c.last + 1)}
    for k, leaf in leaves.items():
        top = len(levels)
        while top and not any(c.row == top - 1 and c.first <= k <= c.last for c in cells):
            top -= 1
        first, last = _widened(leaf[0], k, free, columns)
        free -= set(range(first, last + 1))
        cells.append(HeadCell(tuple(leaf), top, n_rows - top, first, last))
    return None if _overlap(cells) else Heads(tuple(cells), n_rows)


def _widened(token: Token, k: int, free: set[int], columns: Columns) -> tuple[int, int]:
    """The columns of a heading that has some without one beside it, in whose middle it stands."""
    start = stop = k
    while start - 1 in free:
        start -= 1
    while stop + 1 in free:
        stop += 1
    return _centred(token, (start, stop), (k, k), columns)


def _overlap(cells: Sequence[HeadCell]) -> bool:
    taken = [
        (row, k)
        for c in cells
        for row in range(c.row, c.row + c.row_span)
        for k in range(c.first, c.last + 1)
    ]
    return len(set(taken)) < len(taken)


def _pitch(stacks: Iterable[Sequence[Token]], wide: Sequence[Token]) -> float:
    """The most that lines of one cell are apart, infinite where all lines are evenly spaced.

    Where rows of headings have more space between them than lines, the least distance is that of
    lines.
    """
    gaps = []
    for stack in stacks:
        gaps += [b.middle - a.middle for a, b in pairwise(stack)]
        above = [
            t.middle for t in wide if t.middle < stack[0].top and t.x0 < stack[0].centre < t.x1
        ]
        gaps += [stack[0].middle - max(above)] if above else []
    if not gaps:
        return inf
    least = _EVEN * min(gaps)
    return least if max(gaps) > least else inf


def _leaves(stacks: dict[int, list[Token]], pitch: float) -> dict[int, list[Token]]:
    """The lowest heading of each column, made whole where it takes several lines.

    Cells of the lowest row share a middle, or a first line. A column whose words fit neither way
    has one heading that reaches over several rows.
    """
    best: dict[int, list[Token]] = {}
    for by_top in (False, True):
        offers = {
            k: [(tail[0].middle if by_top else _middle(tail), tail) for tail in _tails(own, pitch)]
            for k, own in stacks.items()
        }
        for height in sorted({at for own in offers.values() for at, _ in own}, reverse=True):
            found = {
                k: tail
                for k, own in offers.items()
                for at, tail in own
                if abs(at - height) <= _SAME_HEIGHT * tail[0].height
            }
            if len(found) > len(best):
                best = found
    return {k: best.get(k, own) for k, own in stacks.items()}


def _tails(stack: Sequence[Token], pitch: float) -> list[list[Token]]:
    """What may be the lowest cell of a column: its last line, its last two, and so on.

    Lines no farther apart than lines of one cell are not parted.
    """
    tails = []
    tail = [stack[-1]]
    for above, below in reversed(list(pairwise(stack))):
        apart = below.middle - above.middle
        if apart > pitch:
            tails.append(tail)
        if apart > _IN_CELL * below.height:
            return tails
        tail = [above, *tail]
    return [*tails, tail]


def _middle(tokens: Sequence[Token]) -> float:
    return (tokens[0].middle + tokens[-1].middle) / 2


def _spans(
    level: Sequence[Token], leaves: dict[int, list[Token]], columns: Columns
) -> list[tuple[int, int]]:
    """The columns that each heading of one level reaches over.

    It stands in the middle of them; they have a heading of their own below it, and no other
    heading of the level is nearer.
    """
    edges = [(a.x1 + b.x0) / 2 for a, b in pairwise(level)]
    bounds = [columns.edges[0] - 1, *edges, columns.edges[-1] + 1]
    spans = []
    for token, (low, high) in zip(level, pairwise(bounds), strict=True):
        first, last = columns.span_of(token)
        below = {
            k
            for k in range(len(columns))
            if low < columns.centre(k) < high
            and (k not in leaves or leaves[k][0].middle > token.middle + _LEVEL * token.height)
        }
        start, stop = first, last
        while start - 1 in below:
            start -= 1
        while stop + 1 in below:
            stop += 1
        spans.append(_centred(token, (start, stop), (first, last), columns))
    return spans


def _centred(
    token: Token, reach: tuple[int, int], own: tuple[int, int], columns: Columns
) -> tuple[int, int]:
    """The widest part of the reach in whose middle the token stands."""
    start, stop = reach
    while (start, stop) != own:
        left, right = columns.edges[start], columns.edges[stop + 1]
        off = token.centre - (left + right) / 2
        if abs(off) <= _OFF_CENTRE * (right - left) / (stop - start + 1):
            break
        if start < own[0] and (off > 0 or stop == own[1]):
            start += 1
        else:
            stop -= 1
    return start, stop
