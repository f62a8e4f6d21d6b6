"""Headings of columns without rules: which words head which columns, in how many levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from extractor.readers.pdf_columns import Columns
from extractor.readers.pdf_tokens import Token, make_token

_SAME_HEIGHT = 0.35
"""Cells of one row have their middles, or first lines, at most this many em apart."""
_SAME_LINE = 0.1
"""Words on one line have their middles at most this many em apart."""
_LEVEL = 0.6
_IN_CELL = 1.8
_WRAPPED = 1.4
"""Lines of a heading over several columns are at most this many em apart."""
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


def _parted(token: Token, tokens: Sequence[Token], columns: Columns) -> list[Token]:
    """The words of a heading that are those of neighbouring columns, set with little between them.

    Each fits its column, and nothing stands below them: what heads a group has headings below it.
    """
    words = [make_token([run]) for run in token.runs]
    held = [columns.holds(word) for word in words]
    first = held[0]
    if len(words) < 2 or first is None or columns.holds(token) is not None:
        return [token]
    if held != list(range(first, first + len(held))):
        return [token]
    below = any(
        other.middle - token.middle > _LEVEL * token.height and columns.holds(other) in held
        for other in tokens
    )
    return [token] if below else words


def arrange(tokens: Sequence[Token], columns: Columns) -> Heads | None:
    """The cells of one block of headings; ``None`` where they stand in no order."""
    tokens = [part for token in tokens for part in _parted(token, tokens, columns)]
    stacks: dict[int, list[Token]] = {}
    wide: list[Token] = []
    for token in sorted(tokens, key=lambda t: (t.middle, t.x0)):
        k = columns.holds(token)
        if k is None:
            wide.append(token)
        else:
            stacks.setdefault(k, []).append(token)
    pitch = _pitch(stacks.values(), wide)
    lowest = _stacked([t for t in wide if _is_lowest(t, stacks, columns)], pitch)
    below = {k: leaf[0] for leaf in lowest for k in _range(_reach(leaf, columns))}
    free_stacks = {k: own for k, own in stacks.items() if k not in below}
    if len(free_stacks) < len(stacks):
        pitch = _pitch(free_stacks.values(), wide)
    leaves = _leaves(free_stacks, pitch)
    used = {id(token) for leaf in (*leaves.values(), *lowest) for token in leaf}
    groups = [t for t in tokens if id(t) not in used]
    levels = lines_of(groups)
    bases = {k: leaf[0] for k, leaf in leaves.items()} | below
    spans = [_spans(level, bases, columns) for level in levels]
    cells = [
        HeadCell((token,), row, 1, first, last)
        for row, level in enumerate(levels)
        for token, (first, last) in zip(level, spans[row], strict=True)
    ]
    if _overlap(cells):
        return None
    n_rows = len(levels) + bool(bases)
    free = set(range(len(columns))) - set(bases)
    free -= {k for c in cells for k in range(c.first, c.last + 1)}
    own = [(leaf, (k, k)) for k, leaf in leaves.items()]
    own += [(leaf, _reach(leaf, columns)) for leaf in lowest]
    for leaf, span in own:
        first, last = _widened(leaf[0], span, free, columns)
        free -= set(range(first, last + 1))
        top = len(levels)
        over = {c.row for c in cells if c.first <= last and first <= c.last}
        while top and top - 1 not in over:
            top -= 1
        cells.append(HeadCell(tuple(leaf), top, n_rows - top, first, last))
    return None if _overlap(cells) else Heads(tuple(cells), n_rows)


def _stacked(tokens: Iterable[Token], pitch: float) -> list[list[Token]]:
    """Wide headings, made whole where they take several lines, from the top."""
    stacks: list[list[Token]] = []
    for token in tokens:
        height = token.height
        above = next(
            (
                stack
                for stack in stacks
                if token.middle - stack[-1].middle < min(pitch, _WRAPPED * height)
                and abs(token.centre - stack[-1].centre) < _SAME_HEIGHT * height
            ),
            None,
        )
        if above is None:
            stacks.append([token])
        else:
            above.append(token)
    return stacks


def _reach(leaf: Sequence[Token], columns: Columns) -> tuple[int, int]:
    """The columns into which the lines of a heading reach."""
    spans = [columns.span_of(token) for token in leaf]
    return min(first for first, _ in spans), max(last for _, last in spans)


def _range(span: tuple[int, int]) -> range:
    return range(span[0], span[1] + 1)


def _is_lowest(token: Token, stacks: dict[int, list[Token]], columns: Columns) -> bool:
    """Whether no narrower heading stands below a wide one."""
    return not any(
        other.middle > token.middle + _LEVEL * token.height
        for k in _range(columns.span_of(token))
        for other in stacks.get(k, ())
    )


def _widened(
    token: Token, span: tuple[int, int], free: set[int], columns: Columns
) -> tuple[int, int]:
    """The columns of a heading that has some without one beside it, in whose middle it stands."""
    start, stop = span
    while start - 1 in free:
        start -= 1
    while stop + 1 in free:
        stop += 1
    return _centred(token, (start, stop), span, columns)


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

    Cells of the lowest row share a middle, or a first line. Columns whose words fit neither way
    may share those of a row above; one of its own has one heading that reaches over several rows.
    """
    leaves: dict[int, list[Token]] = {}
    rest = dict(stacks)
    while rest:
        best = _lowest_row(rest, pitch)
        if len(best) < (2 if leaves else 1):
            break
        leaves |= best
        rest = {k: own for k, own in rest.items() if k not in best}
    return leaves | {k: _offers(own, pitch, by_top=True)[-1].tail for k, own in rest.items()}


def _lowest_row(stacks: dict[int, list[Token]], pitch: float) -> dict[int, list[Token]]:
    """The cells of one row that are the lowest of most columns."""
    best: dict[int, list[Token]] = {}
    for by_top in (False, True):
        offers = {k: _offers(own, pitch, by_top=by_top) for k, own in stacks.items()}
        for height in sorted({o.at for own in offers.values() for o in own}, reverse=True):
            found = {
                k: offer.tail
                for k, own in offers.items()
                for offer in own
                if abs(offer.at - height) <= offer.slack
            }
            if _size(found) > _size(best) and not _cuts_lines(stacks, found):
                best = found
    return best


def _size(found: dict[int, list[Token]]) -> tuple[int, int]:
    return len(found), sum(len(tail) for tail in found.values())


def _cuts_lines(stacks: dict[int, list[Token]], leaves: dict[int, list[Token]]) -> bool:
    """Whether words left over stand side by side, each over one column: a cell was cut in two."""
    rest = [t for k, tail in leaves.items() for t in stacks[k][: len(stacks[k]) - len(tail)]]
    return any(len(line) > 1 for line in lines_of(rest))


@dataclass(frozen=True, slots=True)
class _Offer:
    """Last lines of a column that may be its lowest cell, and the height that tells its row."""

    tail: list[Token]
    at: float
    slack: float


def _offers(stack: Sequence[Token], pitch: float, *, by_top: bool) -> list[_Offer]:
    """What may be the lowest cell of a column: its last line, its last two, and so on.

    Lines no farther apart than those of one cell are parted only where the row leaves no doubt.
    """
    offers = []
    tail: list[Token] = []
    for token, above in zip(reversed(stack), [*reversed(stack[:-1]), None], strict=True):
        tail = [token, *tail]
        apart = inf if above is None else token.middle - above.middle
        slack = _SAME_HEIGHT if apart > pitch else _SAME_LINE
        at = tail[0].middle if by_top else (tail[0].middle + tail[-1].middle) / 2
        offers.append(_Offer(tail, at, slack * token.height))
        if apart > _IN_CELL * token.height:
            break
    return offers


def _spans(
    level: Sequence[Token], bases: dict[int, Token], columns: Columns
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
            and (k not in bases or bases[k].middle > token.middle + _LEVEL * token.height)
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
