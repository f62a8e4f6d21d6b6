"""A printed table as a grid of cells with spans, and the edits that damage it.

A ``Grid`` knows which of its cells carry a statutory figure (``indicator``), so the ground truth
of a sample is read off the very table that is printed, whatever an edit did to it before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a cell is for."""

    HEAD = "head"
    LABEL = "label"
    NOTE = "note"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: zero-based place, spans, text, and the indicator it holds, if any."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    kind: Kind = Kind.LABEL
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: ``name`` is the statutory table, ``widths`` are relative column widths."""

    name: str
    cells: tuple[GridCell, ...]
    widths: tuple[float, ...]
    header_rows: int

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return max(cell.row + cell.row_span for cell in self.cells)

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.widths)

    def starts(self, row: int) -> list[GridCell]:
        """The cells that begin in a row, from left to right."""
        return sorted((c for c in self.cells if c.row == row), key=lambda c: c.col)

    def row_of(self, label: str) -> int:
        """The row that bears a label.

        Raises:
            LookupError: no cell has this text.
        """
        for cell in self.cells:
            if cell.text == label:
                return cell.row
        raise LookupError(label)

    def readings(self) -> dict[str, str]:
        """The printed text of each indicator, in reading order."""
        ordered = sorted(self.cells, key=lambda c: (c.row, c.col))
        return {c.indicator: c.text for c in ordered if c.indicator is not None}


def rewrite(grid: Grid, change: Callable[[GridCell], GridCell]) -> Grid:
    """The grid with every cell passed through ``change``."""
    return replace(grid, cells=tuple(change(cell) for cell in grid.cells))


def print_as(grid: Grid, texts: Mapping[str, str]) -> Grid:
    """Print other text in the cells of the given indicators."""
    return rewrite(
        grid,
        lambda c: replace(c, text=texts.get(c.indicator or "", c.text)),
    )


def relabel(grid: Grid, row: int, col: int, text: str) -> Grid:
    """Change the text of the cell that begins at a place."""
    return rewrite(grid, lambda c: replace(c, text=text) if (c.row, c.col) == (row, col) else c)


def without_row(grid: Grid, row: int) -> Grid:
    """Cut out one row; cells that span it shrink."""
    kept = []
    for cell in grid.cells:
        if cell.row <= row < cell.row + cell.row_span:
            if cell.row_span > 1:
                kept.append(replace(cell, row_span=cell.row_span - 1))
        else:
            kept.append(replace(cell, row=cell.row - 1) if cell.row > row else cell)
    return replace(grid, cells=tuple(kept))


def without_column(grid: Grid, col: int) -> Grid:
    """Cut out one column; cells that span it shrink."""
    kept = []
    for cell in grid.cells:
        if cell.col <= col < cell.col + cell.col_span:
            if cell.col_span > 1:
                kept.append(replace(cell, col_span=cell.col_span - 1))
        else:
            kept.append(replace(cell, col=cell.col - 1) if cell.col > col else cell)
    widths = grid.widths[:col] + grid.widths[col + 1 :]
    return replace(grid, cells=tuple(kept), widths=widths)


def with_row_after(grid: Grid, row: int, cells: tuple[GridCell, ...]) -> Grid:
    """Insert a row below ``row``; the row number of the given cells is set here."""
    moved = []
    for cell in grid.cells:
        if cell.row > row:
            moved.append(replace(cell, row=cell.row + 1))
        elif cell.row <= row < cell.row + cell.row_span - 1:
            moved.append(replace(cell, row_span=cell.row_span + 1))
        else:
            moved.append(cell)
    moved.extend(replace(cell, row=row + 1) for cell in cells)
    return replace(grid, cells=tuple(moved))
