"""The grid of an HTML table, as browsers lay it out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from lxml import etree

MAX_COL_SPAN = 1000
MAX_ROW_SPAN = 65_534
_SECTION_ORDER = {"thead": 0, "tbody": 1, "tfoot": 2}


@dataclass(slots=True)
class RawCell:
    """A ``td`` or ``th`` as written: spans unresolved, ``ordinal`` its 1-based place in its row."""

    col_span: int
    row_span: int
    ordinal: int
    text: str = ""


@dataclass(slots=True)
class RawRow:
    """A ``tr`` as written. ``section`` is the element around it that bounds row spans."""

    section: etree._Element | None
    cells: list[RawCell] = field(default_factory=list)

    def rank(self) -> int:
        """Place of the row's section on the page: head, body, foot."""
        return 1 if self.section is None else _SECTION_ORDER.get(str(self.section.tag), 1)


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its place in the grid, 0-based, and its spans without overlap."""

    raw: RawCell
    row: int
    col: int
    row_span: int
    col_span: int


def span_of(element: etree._Element, name: str) -> int:
    """A span attribute as browsers read it: leading digits, 1 where there are none.

    ``rowspan="0"`` stays 0: to the end of the section.
    """
    text = (element.get(name) or "").strip()
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    value = int(digits[:9]) if digits.isascii() and digits else 1
    if name == "rowspan":
        return min(value, MAX_ROW_SPAN)
    return min(max(value, 1), MAX_COL_SPAN)


def lay_out(rows: Sequence[RawRow]) -> tuple[list[PlacedCell], int, int]:
    """Place all cells.

    A row span ends with its section. Where a cell would lie over one that spans down from above,
    it keeps the columns before it. Columns in which no cell begins are dropped, so an absurd span
    gives no absurd grid.

    Returns:
        The cells in row-major order, the number of rows, the number of columns.
    """
    ordered = sorted(rows, key=RawRow.rank)
    ends = _section_ends(ordered)
    busy_until: dict[int, int] = {}
    placed: list[PlacedCell] = []
    for at, row in enumerate(ordered):
        col = 0
        for cell in row.cells:
            while busy_until.get(col, 0) > at:
                col += 1
            span = next(
                (free for free in range(1, cell.col_span) if busy_until.get(col + free, 0) > at),
                cell.col_span,
            )
            down = ends[at] - at if cell.row_span == 0 else min(cell.row_span, ends[at] - at)
            placed.append(PlacedCell(cell, at, col, down, span))
            for taken in range(col, col + cell.col_span):
                busy_until[taken] = max(busy_until.get(taken, 0), at + down)
            col += cell.col_span
    columns, n_cols = squeeze_columns([(cell.col, cell.col_span) for cell in placed])
    squeezed = [
        replace(cell, col=col, col_span=span)
        for cell, (col, span) in zip(placed, columns, strict=True)
    ]
    return squeezed, len(ordered), n_cols


def squeeze_columns(spans: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
    """Drop the columns in which no cell begins: they only widen the ones before them.

    Args:
        spans: first column and number of columns of every cell.

    Returns:
        The same for every cell after that, and the number of columns left.
    """
    starts = sorted({col for col, _ in spans})
    squeezed = []
    for col, span in spans:
        first = bisect_left(starts, col)
        squeezed.append((first, bisect_left(starts, col + span) - first))
    return squeezed, len(starts)


def _section_ends(rows: Sequence[RawRow]) -> list[int]:
    """For every row, the index after the last row of its section."""
    ends: list[int] = []
    for _, group in groupby(rows, key=lambda row: id(row.section)):
        count = len(list(group))
        ends += [len(ends) + count] * count
    return ends
