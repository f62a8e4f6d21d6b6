"""Columns of figures without rules between them: told by where figures and headings stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median_low

from extractor.readers.pdf_tokens import Token

_SAME_LINE = 0.3
_SLACK = 0.6
"""A heading may stand over the edge of its column by this many em."""
_NEIGHBOURS = 1.6
"""Columns farther apart than this many times the usual have one between them."""
_JITTER = 0.6
_OFF = 1.1
"""Figures of one column may stand beside one another with so many em between, if that makes the
column this many em wider than its longest figure at most."""
_LEVEL = 0.15
"""Edges of figures that differ by so many em more than others are not those they share."""
_PAD = 0.25
"""Figures set flush stand off the edge of their column by this many em."""

Band = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of figures from left to right: where figures stand, and the edges around them."""

    bands: tuple[Band, ...]
    edges: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.bands)

    @property
    def middle(self) -> float:
        """The middle of all columns."""
        return (self.edges[0] + self.edges[-1]) / 2

    def centre(self, k: int) -> float:
        """The middle of one column."""
        return (self.edges[k] + self.edges[k + 1]) / 2

    def at(self, x: float) -> int:
        """The column at a place, the outermost for places beyond."""
        return min(max(bisect_right(self.edges, x) - 1, 0), len(self.bands) - 1)

    def holds(self, token: Token) -> int | None:
        """The column that a token fits in, ``None`` where it reaches over several."""
        k = self.at(token.centre)
        slack = _SLACK * token.height
        if token.x0 >= self.edges[k] - slack and token.x1 <= self.edges[k + 1] + slack:
            return k
        return None

    def span_of(self, token: Token) -> tuple[int, int]:
        """The first and last column that a token reaches into."""
        k = self.holds(token)
        if k is not None:
            return k, k
        inset = _SLACK * token.height
        return self.at(token.x0 + inset), self.at(token.x1 - inset)

    def figure_span(self, token: Token) -> tuple[int, int]:
        """The first and last column among whose figures a figure stands."""
        own = [k for k, band in enumerate(self.bands) if token.x0 < band[1] and band[0] < token.x1]
        return (own[0], own[-1]) if own else self.span_of(token)


def find_bands(rows: Sequence[Sequence[Token]]) -> list[Band] | None:
    """Where figures stand under one another; ``None`` where two of a row would share a place.

    The rows with the most figures tell. A row with fewer may add a column that is blank in them,
    but no figure between two neighbouring columns: it stands in a cell merged over both.
    """
    most = max(len(row) for row in rows)
    bands = _bands_of([row for row in rows if len(row) == most])
    for row in rows:
        if bands is None or len(row) == 1:
            continue
        for token in row:
            apart = all(token.x1 <= x0 or x1 <= token.x0 for x0, x1 in bands)
            if apart and not _is_between_neighbours(token, bands):
                bands = _with(token, row, bands)
    return bands


def _with(token: Token, row: Sequence[Token], bands: Sequence[Band]) -> list[Band]:
    """The bands with one more, or with one made wider where a figure stands just off it."""
    for i, band in enumerate(bands):
        if _is_just_off(token, band) and not any(
            other.x0 < band[1] and band[0] < other.x1 for other in row
        ):
            wider = (min(band[0], token.x0), max(band[1], token.x1))
            return [*bands[:i], wider, *bands[i + 1 :]]
    return sorted([*bands, (token.x0, token.x1)])


def _is_just_off(token: Token, band: Band) -> bool:
    """Whether a figure stands beside a band, too near to be in another column."""
    gap = max(token.x0 - band[1], band[0] - token.x1)
    width = max(band[1], token.x1) - min(band[0], token.x0)
    longest = max(band[1] - band[0], token.x1 - token.x0)
    return gap < _JITTER * token.height and width < longest + _OFF * token.height


def _bands_of(rows: Sequence[Sequence[Token]]) -> list[Band] | None:
    placed = sorted(
        ((token, i) for i, row in enumerate(rows) for token in row), key=lambda pair: pair[0].x0
    )
    bands: list[Band] = []
    members: list[list[int]] = []
    for token, row in placed:
        if bands and (
            token.x0 < bands[-1][1] or (row not in members[-1] and _is_just_off(token, bands[-1]))
        ):
            bands[-1] = (bands[-1][0], max(bands[-1][1], token.x1))
            members[-1].append(row)
        else:
            bands.append((token.x0, token.x1))
            members.append([row])
    return None if any(len(set(own)) < len(own) for own in members) else bands


def _is_between_neighbours(token: Token, bands: Sequence[Band]) -> bool:
    centres = [(x0 + x1) / 2 for x0, x1 in bands]
    gaps = [b - a for a, b in pairwise(centres)]
    if not gaps:
        return False
    usual = median_low(gaps)
    return any(a < token.centre < b and b - a < _NEIGHBOURS * usual for a, b in pairwise(centres))


def make_columns(
    bands: Sequence[Band],
    values: Sequence[Sequence[Token]],
    heads: Sequence[Token],
    left: float,
    right: float,
) -> Columns:
    """The columns around bands of figures.

    Figures stand in the middle of their column or at one side of it: where figures of different
    lengths agree. Where several ways are open, the one under which most headings stand within one
    column is taken.

    Args:
        bands: Where the figures stand.
        values: The figures of each row.
        heads: The headings, but for those of the whole table.
        left: Where the labels end.
        right: Where the table ends.
    """
    height = values[0][0].height
    edges = _edge_sets(bands, left, right, _PAD * height)
    off = _unevenness(bands, values)[: len(edges)]
    tried = [
        Columns(tuple(bands), own)
        for own, uneven in zip(edges, off, strict=True)
        if uneven <= min(off) + _LEVEL * height
    ]
    return max(tried, key=lambda columns: _fit(columns, heads))


def _unevenness(
    bands: Sequence[Band], values: Sequence[Sequence[Token]]
) -> tuple[float, float, float]:
    """How far the middles, left and right edges of long and short figures in one column differ."""
    middle = start = end = 0.0
    for x0, x1 in bands:
        own = [
            token
            for row in values
            for token in row
            if token.x0 < x1 and x0 < token.x1 and _is_in_one(token, bands)
        ]
        lengths = {len(token.text) for token in own}
        if len(lengths) < 2:
            continue
        short = [token for token in own if len(token.text) == min(lengths)]
        long = [token for token in own if len(token.text) == max(lengths)]
        middle += _apart([t.centre for t in short], [t.centre for t in long])
        start += _apart([t.x0 for t in short], [t.x0 for t in long])
        end += _apart([t.x1 for t in short], [t.x1 for t in long])
    return middle, start, end


def _apart(places: list[float], others: list[float]) -> float:
    return abs(median_low(places) - median_low(others))


def _is_in_one(token: Token, bands: Sequence[Band]) -> bool:
    return sum(token.x0 < x1 and x0 < token.x1 for x0, x1 in bands) == 1


def _fit(columns: Columns, heads: Sequence[Token]) -> tuple[int, int, float]:
    """How many columns have a heading within them, how many headings, and how near the middle.

    Two headings of one line within one column count against it.
    """
    held = [(k, token) for token in heads if (k := columns.holds(token)) is not None]
    off = sum(abs(token.centre - columns.centre(k)) for k, token in held)
    shared = sum(
        k == other and abs(token.middle - beside.middle) < _SAME_LINE * token.height
        for (k, token), (other, beside) in combinations(held, 2)
    )
    return len({k for k, _ in held}) - shared, len(held), -off


def _edge_sets(
    bands: Sequence[Band], left: float, right: float, pad: float
) -> list[tuple[float, ...]]:
    """Edges for figures in the middle, at the left and at the right of their columns."""
    if len(bands) == 1:
        return [(left, right)]
    centres = [(x0 + x1) / 2 for x0, x1 in bands]
    width = median_low([b - a for a, b in pairwise(centres)])
    between = [(a + b) / 2 for a, b in pairwise(centres)]
    after = [x1 + pad for _, x1 in bands]
    before = [x0 - pad for x0, _ in bands]
    sets = [
        (centres[0] - width / 2, *between, centres[-1] + width / 2),
        (*before, before[-1] + width),
        (after[0] - width, *after),
    ]
    return [
        (min(max(edges[0], left), bands[0][0]), *edges[1:-1], max(edges[-1], right))
        for edges in sets
    ]
