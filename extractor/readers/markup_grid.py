"""The grid of an HTML table, as browsers lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
    it keeps the columns before it. Columns in which no cell begins are dropped at the right, so
    an absurd span gives no absurd grid.

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
            for taken in range(col, col + span):
                busy_until[taken] = at + down
            col += cell.col_span
    n_cols = max((cell.col for cell in placed), default=-1) + 1
    return [_trimmed(cell, n_cols) for cell in placed], len(ordered), n_cols


def _trimmed(cell: PlacedCell, n_cols: int) -> PlacedCell:
    if cell.col + cell.col_span <= n_cols:
        return cell
    return PlacedCell(cell.raw, cell.row, cell.col, cell.row_span, n_cols - cell.col)


def _section_ends(rows: Sequence[RawRow]) -> list[int]:
    """For every row, the index after the last row of its section."""
    ends: list[int] = []
    for _, group in groupby(rows, key=lambda row: id(row.section)):
        count = len(list(group))
        ends += [len(ends) + count] * count
    return ends
