"""Figures that came out of a table block by block, laid out again in every way that blocks allow.

Programs that print a page as text go over it in blocks: some columns of some rows, row by row, then
the block beside or below it. Between two blocks side by side stands a blank line or a label. Every
layout of that kind is tried, and it is for the caller to accept one only if no other holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

_MOST_GRIDS = 500
_MOST_STATES = 40_000

Grid = tuple[tuple[int, ...], ...]
"""Positions of figures, row by row."""
_NOTHING: Mapping[int, frozenset[int]] = {}


class TooManyError(Exception):
    """There are more layouts than can be looked at."""


@dataclass(frozen=True, slots=True)
class Flow:
    """All figures of a table in the order in which they are printed.

    ``apart`` are the positions before which a blank line or a label stands, ``labelled`` those with
    a label: blocks that a label parts may have changed places, unless the label is the heading of
    the second one. ``rows`` and ``columns`` tell for some positions in which rows or columns the
    figure may stand.
    """

    texts: Sequence[str]
    apart: frozenset[int]
    labelled: frozenset[int]
    rows: Mapping[int, frozenset[int]] = field(default_factory=lambda: _NOTHING)
    columns: Mapping[int, frozenset[int]] = field(default_factory=lambda: _NOTHING)

    def of(self, positions: Sequence[int]) -> tuple[str, ...]:
        """The texts of figures."""
        return tuple(self.texts[at] for at in positions)


def layouts(
    flow: Flow,
    height: int,
    width: int,
    holds: Callable[[int, tuple[str, ...]], bool],
    *,
    deep: bool = False,
) -> list[Grid]:
    """All tables of a height and width that figures can have come from, no two with the same texts.

    Args:
        flow: The figures, as many as the table has cells.
        height: The number of rows.
        width: The number of columns.
        holds: Says of the number of a row and its texts whether they may stand there.
        deep: Look at blocks one below the other beside another block as well.

    Raises:
        TooManyError: There are too many ways to look at.
    """
    return _Layouts(flow, width, holds, deep=deep).of(0, 0, 0, height, width)


class _Layouts:
    """The layouts of parts of a table, each found once."""

    def __init__(
        self,
        flow: Flow,
        width: int,
        holds: Callable[[int, tuple[str, ...]], bool],
        *,
        deep: bool,
    ) -> None:
        self._flow = flow
        self._width = width
        self._deep = deep
        self._holds = holds
        self._known: dict[tuple[int, int, int, int, int], list[Grid]] = {}

    def of(self, start: int, row: int, column: int, height: int, width: int) -> list[Grid]:
        """Layouts of the figures from ``start`` on in a part of the table."""
        state = (start, row, column, height, width)
        if state not in self._known:
            if len(self._known) >= _MOST_STATES:
                raise TooManyError
            self._known[state] = self._found(*state)
        return self._known[state]

    def _found(self, start: int, row: int, column: int, height: int, width: int) -> list[Grid]:
        whole = tuple(
            tuple(range(at, at + width)) for at in range(start, start + height * width, width)
        )
        if len(set(self._flow.texts[start : start + height * width])) == 1:
            grids = [whole] if self._may_hold(start, row, column, height, width) else []
            return self._kept(grids, row, width)
        grids = [whole] if self._in_place(whole, row, column) else []
        if width > 1:
            for left in range(1, width):
                grids += self._side_by_side(start, row, column, height, width, left)
        if height > 1 and width > 1 and (self._deep or width == self._width):
            for top in range(1, height):
                if start + top * width not in self._flow.apart:
                    continue
                above = self.of(start, row, column, top, width)
                if above:
                    below = self.of(start + top * width, row + top, column, height - top, width)
                    grids += [a + b for a in above for b in below]
        return self._kept(grids, row, width)

    def _side_by_side(
        self, start: int, row: int, column: int, height: int, width: int, left: int
    ) -> list[Grid]:
        """Two blocks beside one another, the first of which has ``left`` columns."""
        between = start + height * left
        if between not in self._flow.apart:
            return []
        right = width - left
        pairs = [(column, column + left)] if height > 1 else []
        if between in self._flow.labelled and len(self._flow.columns.get(between, ())) != 1:
            pairs.append((column + right, column))
        grids: list[Grid] = []
        for first, second in pairs:
            ones = self.of(start, row, first, height, left)
            others = self.of(between, row, second, height, right) if ones else []
            if first < second:
                grids += [_beside(a, b) for a in ones for b in others]
            else:
                grids += [_beside(b, a) for a in ones for b in others]
        return grids

    def _kept(self, grids: Sequence[Grid], row: int, width: int) -> list[Grid]:
        """Grids with texts of their own, whose rows hold where they are whole rows."""
        texts = self._flow.texts
        kept: dict[tuple[tuple[str, ...], ...], Grid] = {}
        for grid in grids:
            printed = tuple(tuple(texts[at] for at in line) for line in grid)
            if printed in kept:
                continue
            if width < self._width or all(
                self._holds(row + i, line) for i, line in enumerate(printed)
            ):
                kept[printed] = grid
        if len(kept) > _MOST_GRIDS:
            raise TooManyError
        return list(kept.values())

    def _in_place(self, grid: Grid, row: int, column: int) -> bool:
        """Whether no block ends within a row and every figure stands where it is told to."""
        rows, columns = self._flow.rows, self._flow.columns
        if len(grid) > 1 and any(at in self._flow.apart for line in grid for at in line[1:]):
            return False
        return all(
            (at not in rows or row + i in rows[at])
            and (at not in columns or column + j in columns[at])
            for i, line in enumerate(grid)
            for j, at in enumerate(line)
        )

    def _may_hold(self, start: int, row: int, column: int, height: int, width: int) -> bool:
        """Whether the places told for like figures lie within a part of the table."""
        rows, columns = self._flow.rows, self._flow.columns
        return all(
            (at not in rows or not rows[at].isdisjoint(range(row, row + height)))
            and (at not in columns or not columns[at].isdisjoint(range(column, column + width)))
            for at in range(start, start + height * width)
        )


def _beside(left: Grid, right: Grid) -> Grid:
    return tuple(a + b for a, b in zip(left, right, strict=True))
