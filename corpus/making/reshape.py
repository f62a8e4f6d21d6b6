"""Other layouts of the statutory tables: pure changes of a grid.

Every change keeps each figure with its ``indicator``. A change that needs the statutory layout
raises ``NotApplicable`` where the grid has another one already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from making.paper import NotApplicable
from sampling.forms import APPLICANTS
from sampling.grids import Grid, GridCell, Kind, rewrite, without_row

_LABEL_COLUMNS, _HEADER_ROWS = 3, 3
_ORDINAL = re.compile(r"^(\d\.)(.+)$", re.DOTALL)


class Groups(StrEnum):
    """What becomes of the group labels where one column is left for labels."""

    ROWS = "rows"
    PREFIX = "prefix"
    GONE = "gone"


def require(condition: bool, reason: str) -> None:
    """Stop unless a condition holds.

    Raises:
        NotApplicable: It does not.
    """
    if not condition:
        raise NotApplicable(reason)


def figure_columns(grid: Grid) -> list[int]:
    """Columns in which figures begin, from left to right."""
    return sorted({cell.col for cell in grid.cells if cell.indicator is not None})


def figure_rows(grid: Grid) -> list[int]:
    """Rows that hold figures, from the top."""
    return sorted({cell.row for cell in grid.cells if cell.indicator is not None})


def figures_in(grid: Grid, row: int) -> list[GridCell]:
    """The cells with figures of a row, from left to right."""
    return [cell for cell in grid.starts(row) if cell.indicator is not None]


def require_statutory(grid: Grid) -> None:
    """Stop unless the grid has the columns and header of the statutory applications table."""
    laid_out = (
        figure_columns(grid) == list(range(_LABEL_COLUMNS, _LABEL_COLUMNS + 7))
        and grid.n_cols == _LABEL_COLUMNS + 7
        and figure_rows(grid)[0] == _HEADER_ROWS
        and any(c.kind is Kind.NOTE and c.row_span == _HEADER_ROWS for c in grid.cells)
        and any(c.row_span > 10 for c in grid.cells)
    )
    require(laid_out, "not the statutory layout")


def fill(grid: Grid) -> Grid:
    """The grid with an empty cell at every place that no cell covers."""
    covered = {
        (cell.row + i, cell.col + j)
        for cell in grid.cells
        for i in range(cell.row_span)
        for j in range(cell.col_span)
    }
    places = ((row, col) for row in range(grid.n_rows) for col in range(grid.n_cols))
    empty = tuple(GridCell(*place, "", kind=Kind.HEAD) for place in places if place not in covered)
    return replace(grid, cells=grid.cells + empty)


def insert_column(grid: Grid, col: int, width: float = 0.5) -> Grid:
    """An empty column in front of ``col``; cells that span the place grow."""
    cells = []
    for cell in grid.cells:
        if cell.col >= col:
            cells.append(replace(cell, col=cell.col + 1))
        elif cell.col + cell.col_span > col:
            cells.append(replace(cell, col_span=cell.col_span + 1))
        else:
            cells.append(cell)
    widths = (*grid.widths[:col], width, *grid.widths[col:])
    return fill(replace(grid, cells=tuple(cells), widths=widths))


def insert_row(grid: Grid, at: int, cells: tuple[GridCell, ...] = ()) -> Grid:
    """A row in front of row ``at``; places that ``cells`` leave open become empty cells."""
    moved = []
    for cell in grid.cells:
        if cell.row >= at:
            moved.append(replace(cell, row=cell.row + 1))
        elif cell.row + cell.row_span > at:
            moved.append(replace(cell, row_span=cell.row_span + 1))
        else:
            moved.append(cell)
    moved += [replace(cell, row=at) for cell in cells]
    header = grid.header_rows + (1 if at < grid.header_rows else 0)
    return fill(replace(grid, cells=tuple(moved), header_rows=header))


def unmerge(grid: Grid, *, copy: bool) -> Grid:
    """Every merged cell taken apart, its text copied into each part or left in the first only."""
    cells = []
    for cell in grid.cells:
        for i in range(cell.row_span):
            for j in range(cell.col_span):
                first = i == j == 0
                text = cell.text if first or copy else ""
                indicator = cell.indicator if first else None
                place = (cell.row + i, cell.col + j)
                cells.append(GridCell(*place, text, kind=cell.kind, indicator=indicator))
    return replace(grid, cells=tuple(cells))


def move_columns(grid: Grid, places: Mapping[int, int], first_row: int) -> Grid:
    """Cells of one column from ``first_row`` down moved to other columns."""

    def moved(cell: GridCell) -> GridCell:
        if cell.row < first_row or cell.col_span > 1:
            return cell
        return replace(cell, col=places.get(cell.col, cell.col))

    return rewrite(grid, moved)


def block_starts(grid: Grid) -> list[int]:
    """Rows with which the items of the disclosure table begin.

    Raises:
        NotApplicable: They do not begin with a row of their own.
    """
    starts = sorted(
        c.row for c in grid.cells if c.kind is Kind.HEAD and c.col == 0 and "条" in c.text
    )
    require(bool(starts) and starts[0] == 0, "no items")
    return starts


def split_blocks(grid: Grid) -> list[Grid]:
    """The disclosure table as one table per item of article 20."""
    starts = block_starts(grid)
    pieces = []
    for top, end in zip(starts, [*starts[1:], grid.n_rows], strict=True):
        cells = tuple(replace(c, row=c.row - top) for c in grid.cells if top <= c.row < end)
        pieces.append(replace(grid, cells=cells))
    return pieces


def _stacked(grids: list[Grid], row: int, col: int) -> list[GridCell]:
    """The cells of grids one below the other, moved to a place."""
    cells: list[GridCell] = []
    for grid in grids:
        cells += [replace(c, row=c.row + row, col=c.col + col) for c in grid.cells]
        row += grid.n_rows
    return cells


def side_by_side(grid: Grid) -> Grid:
    """The first item of the disclosure table beside the next two, the others below."""
    blocks = split_blocks(grid)
    require(len(blocks) >= 4, "too few items")
    left, right, rest = blocks[:1], blocks[1:3], blocks[3:]
    height = max(sum(b.n_rows for b in side) for side in (left, right))
    cells = [
        *_stacked(left, 0, 0),
        *_stacked(right, 0, grid.n_cols),
        *_stacked(rest, height, 0),
    ]
    return fill(replace(grid, cells=tuple(cells), widths=grid.widths * 2))


def drop_result_column(grid: Grid) -> Grid:
    """The applications table without the column 本年度办理结果; the label has a row instead."""
    require_statutory(grid)
    result = next(c for c in grid.cells if c.col == 0 and c.row_span > 10)
    cells = []
    for cell in grid.cells:
        if cell is result:
            continue
        if cell.col == 0:
            cells.append(replace(cell, col_span=cell.col_span - 1))
        else:
            cells.append(replace(cell, col=cell.col - 1))
    narrow = replace(grid, cells=tuple(cells), widths=grid.widths[1:])
    return insert_row(narrow, result.row, (GridCell(0, 0, result.text, 1, 2),))


def _row_labels(grid: Grid, row: int) -> list[GridCell]:
    """The label cells that cover a row, from left to right."""
    labels = [
        c
        for c in grid.cells
        if c.col < _LABEL_COLUMNS and c.indicator is None and c.row <= row < c.row + c.row_span
    ]
    return sorted(labels, key=lambda c: c.col)


def one_label_column(grid: Grid, groups: Groups) -> Grid:
    """The applications table with a single column for labels."""
    require_statutory(grid)
    shift = _LABEL_COLUMNS - 1
    cells = [
        replace(c, col_span=1) if c.col == 0 else replace(c, col=c.col - shift)
        for c in grid.cells
        if c.row < _HEADER_ROWS
    ]
    row, seen = _HEADER_ROWS, set[tuple[int, int]]()
    for old in range(_HEADER_ROWS, grid.n_rows):
        *parents, leaf = _row_labels(grid, old)
        for parent in parents if groups is Groups.ROWS else ():
            if (parent.row, parent.col) not in seen:
                seen.add((parent.row, parent.col))
                cells.append(GridCell(row, 0, parent.text))
                row += 1
        prefix = parents[-1].text if groups is Groups.PREFIX and len(parents) > 1 else ""
        cells.append(GridCell(row, 0, prefix + leaf.text))
        cells += [replace(c, row=row, col=c.col - shift) for c in figures_in(grid, old)]
        row += 1
    widths = (4.0, *grid.widths[_LABEL_COLUMNS:])
    return fill(replace(grid, cells=tuple(cells), widths=widths))


def split_numbers(grid: Grid) -> Grid:
    """The numbers of the sub-rows of the applications table in a column of their own."""
    require_statutory(grid)
    cells = []
    for cell in insert_column(grid, 2, 0.4).cells:
        found = _ORDINAL.match(cell.text) if cell.indicator is None else None
        if found and cell.col == 3:
            cells.append(replace(cell, text=found[2]))
            cells.append(replace(cell, col=2, text=found[1]))
        elif cell.col != 2 or cell.text or cell.row < _HEADER_ROWS:
            cells.append(cell)
    return fill(replace(grid, cells=tuple(cells), widths=(*grid.widths[:2], 0.4, *grid.widths[2:])))


def without_top_header(grid: Grid) -> Grid:
    """The applications table without the row 申请人情况."""
    require_statutory(grid)
    return replace(without_row(grid, 0), header_rows=grid.header_rows - 1)


def flat_header(grid: Grid) -> Grid:
    """The applications table with all seven headings in one row."""
    require_statutory(grid)
    lift = _HEADER_ROWS - 1
    note = next(c for c in grid.cells if c.kind is Kind.NOTE)
    cells = [replace(c, row=c.row - lift) for c in grid.cells if c.row >= _HEADER_ROWS]
    cells.append(replace(note, row_span=1))
    for index, label in enumerate([label for _, label in APPLICANTS] + ["总计"]):
        cells.append(GridCell(0, _LABEL_COLUMNS + index, label, kind=Kind.HEAD))
    return replace(grid, cells=tuple(cells), header_rows=1)


def low_total(grid: Grid) -> Grid:
    """The applications table with 总计 in the third row of the header."""
    require_statutory(grid)
    last = grid.n_cols - 1

    def lowered(cell: GridCell) -> GridCell:
        total = (cell.row, cell.col, cell.row_span) == (1, last, 2)
        return replace(cell, row=2, row_span=1) if total else cell

    return fill(rewrite(grid, lowered))


def _cut_cell(cell: GridCell, at: int, gap: int) -> tuple[GridCell, GridCell]:
    """A cell that spans a cut, in two; the lower part is empty."""
    above = at - cell.row
    lower = replace(cell, row=at + gap, row_span=cell.row_span - above, text="", indicator=None)
    return replace(cell, row_span=above), lower


def repeat_header(grid: Grid, at: int, rows: int) -> Grid:
    """The first ``rows`` rows once more in front of row ``at``, as where a page begins."""
    cells: list[GridCell] = []
    for cell in grid.cells:
        if cell.row >= at:
            cells.append(replace(cell, row=cell.row + rows))
        elif cell.row + cell.row_span > at:
            cells.extend(_cut_cell(cell, at, rows))
        else:
            cells.append(cell)
    heads = [c for c in grid.cells if c.row + c.row_span <= rows and c.indicator is None]
    cells += [replace(c, row=c.row + at) for c in heads]
    return replace(grid, cells=tuple(cells))


def cut(grid: Grid, at: int, *, header_below: int = 0) -> list[Grid]:
    """The grid in two at a row, as by the end of a page."""
    above: list[GridCell] = []
    below: list[GridCell] = []
    for cell in grid.cells:
        if cell.row >= at:
            below.append(replace(cell, row=cell.row - at))
        elif cell.row + cell.row_span > at:
            upper, lower = _cut_cell(cell, at, 0)
            above.append(upper)
            below.append(replace(lower, row=0))
        else:
            above.append(cell)
    header = max(header_below, grid.header_rows - at)
    return [
        replace(grid, cells=tuple(above), header_rows=min(grid.header_rows, at)),
        replace(grid, cells=tuple(below), header_rows=max(header, 0)),
    ]


def relabelled(grid: Grid, change: Callable[[str], str]) -> Grid:
    """Every text that is not a figure passed through ``change``."""
    return rewrite(
        grid, lambda c: replace(c, text=change(c.text)) if c.indicator is None and c.text else c
    )
