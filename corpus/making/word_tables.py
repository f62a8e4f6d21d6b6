"""Grids as Word tables."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from making.word_cells import CellWriter, plain
from making.word_xml import control, deleted
from sampling.grids import Grid, GridCell

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table is written.

    Attributes:
        write: Writes the content of a cell.
        merges: ``real``; ``none`` (covered cells stand empty); ``before`` (cells covered from
            above at the left end are not there at all); ``after`` (rows end before the grid does).
        grid: Whether the column grid is given.
        width: Of the whole table in twips.
        border: Kind of rule, empty for the table's default.
        border_size: In eighths of a point.
        repeated: Whether the heading rows repeat on each page.
        rows_split: Whether a row may break over two pages.
        row_height: Least height of a row in twips; 0 for none.
        fixed: Whether the column widths are fixed.
        upright: Whether 三、本年度办理结果 is set from top to bottom.
        controls: Share of cells, and of rows, within a content control.
        dead_row: Whether a row stands there that is deleted in tracked changes.
        align: Of the table on the page.
    """

    write: CellWriter = field(default=plain)
    merges: str = "real"
    grid: bool = True
    width: int = 8844
    border: str = "single"
    border_size: int = 4
    repeated: bool = False
    rows_split: bool = True
    row_height: int = 0
    fixed: bool = False
    upright: bool = False
    controls: float = 0.0
    dead_row: bool = False
    align: str = "center"


def _owners(grid: Grid) -> dict[tuple[int, int], GridCell]:
    return {
        (row, col): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }


def _cell(content: str, width: int, properties: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}'
        f'<w:vAlign w:val="center"/></w:tcPr>{content or "<w:p/>"}</w:tc>'
    )


def _merge(cell: GridCell, begins: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.col_span}"/>' if cell.col_span > 1 else ""
    if cell.row_span > 1:
        span += '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    return span


def _owned_cell(cell: GridCell, row: int, width: int, look: TableLook, rng: random.Random) -> str:
    begins = cell.row == row
    properties = _merge(cell, begins)
    if look.upright and cell.row_span > 9:
        properties += '<w:textDirection w:val="tbRlV"/>'
    content = look.write(cell, rng) if begins and cell.text else ""
    xml = _cell(content, width, properties)
    return control(xml) if rng.random() < look.controls else xml


def _merged_row(
    grid: Grid, row: int, widths: list[int], look: TableLook, rng: random.Random
) -> tuple[list[str], int]:
    """The cells of a row with real merges, and how many columns are left out before them."""
    owners = _owners(grid)
    cells: list[str] = []
    col = before = 0
    while col < grid.n_cols:
        cell = owners.get((row, col))
        if cell is None:
            cells.append(_cell("", widths[col]))
            col += 1
            continue
        if look.merges == "before" and not cells and cell.row < row:
            before += cell.col_span
        else:
            width = sum(widths[col : col + cell.col_span])
            cells.append(_owned_cell(cell, row, width, look, rng))
        col += cell.col_span
    return cells, before


def _unmerged_row(
    grid: Grid, row: int, widths: list[int], look: TableLook, rng: random.Random
) -> list[str]:
    begun = {cell.col: cell for cell in grid.starts(row) if cell.text}
    return [
        _cell(look.write(begun[col], rng) if col in begun else "", width)
        for col, width in enumerate(widths)
    ]


def _row(grid: Grid, row: int, widths: list[int], look: TableLook, rng: random.Random) -> str:
    before = 0
    if look.merges == "none":
        cells = _unmerged_row(grid, row, widths, look, rng)
    else:
        cells, before = _merged_row(grid, row, widths, look, rng)
    properties = f'<w:gridBefore w:val="{before}"/>' if before else ""
    properties += '<w:gridAfter w:val="1"/>' if look.merges == "after" else ""
    properties += "" if look.rows_split else "<w:cantSplit/>"
    if look.row_height:
        properties += f'<w:trHeight w:val="{look.row_height}" w:hRule="atLeast"/>'
    if look.repeated and row < grid.header_rows:
        properties += "<w:tblHeader/>"
    xml = f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"
    return control(xml) if rng.random() < look.controls / 2 else xml


def _dead_row(widths: list[int], rng: random.Random) -> str:
    cells = "".join(
        _cell(f"<w:p>{deleted(str(rng.randint(1, 9)))}</w:p>", width) for width in widths
    )
    return f'<w:tr><w:trPr><w:del w:id="9" w:author="审核岗"/></w:trPr>{cells}</w:tr>'


def _table_properties(look: TableLook) -> str:
    edges = ""
    if look.border:
        edges = "".join(
            f'<w:{side} w:val="{look.border}" w:sz="{look.border_size}" w:space="0" '
            'w:color="000000"/>'
            for side in _SIDES
        )
        edges = f"<w:tblBorders>{edges}</w:tblBorders>"
    fixed = '<w:tblLayout w:type="fixed"/>' if look.fixed else ""
    return (
        f'<w:tblPr><w:tblW w:w="{look.width}" w:type="dxa"/><w:jc w:val="{look.align}"/>'
        f'{edges}{fixed}<w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
        '<w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )


def table_xml(grid: Grid, look: TableLook, rng: random.Random) -> str:
    """One table."""
    widths = [round(look.width * share / sum(grid.widths)) for share in grid.widths]
    rows = [_row(grid, row, widths, look, rng) for row in range(grid.n_rows)]
    if look.dead_row:
        rows.insert(rng.randint(grid.header_rows + 1, len(rows)), _dead_row(widths, rng))
    columns = [*widths, 200] if look.merges == "after" else widths
    lines = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    given = f"<w:tblGrid>{lines}</w:tblGrid>" if look.grid else ""
    return f"<w:tbl>{_table_properties(look)}{given}{''.join(rows)}</w:tbl>"
