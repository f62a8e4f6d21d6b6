"""Other layouts of the tables that lose nothing."""

from __future__ import annotations

from dataclasses import replace

from making.operators.base import Operator, Subject, operators_of
from making.operators.tools import each_table, only_grid, tables_of
from making.paper import Item, Paper, Role
from making.reshape import (
    Groups,
    block_starts,
    cut,
    drop_result_column,
    figure_columns,
    figure_rows,
    flat_header,
    insert_column,
    insert_row,
    low_total,
    one_label_column,
    repeat_header,
    require,
    require_statutory,
    side_by_side,
    split_blocks,
    split_numbers,
    unmerge,
    without_top_header,
)
from sampling.forms import BALANCE_NOTE
from sampling.grids import Grid, GridCell, Kind, rewrite

_TITLES = {
    "disclosure": ("主动公开政府信息情况", "主动公开政府信息情况统计表"),
    "applications": ("收到和处理政府信息公开申请情况", "政府信息公开申请情况表"),
    "disputes": ("政府信息公开行政复议、行政诉讼情况", "复议诉讼情况统计表"),
}


def items_apart(paper: Paper) -> None:
    """One table per item of article 20."""
    only_grid(paper, "disclosure")
    paper.change("disclosure", split_blocks)


def items_side_by_side(paper: Paper) -> None:
    """Items of article 20 beside one another."""
    only_grid(paper, "disclosure")
    paper.change("disclosure", side_by_side)


def title_in_table(paper: Paper) -> None:
    """A table's title as its first row."""
    name = paper.rng.choice(tables_of(paper) or [""])
    require(name in _TITLES, "no table")
    only_grid(paper, name)
    title = paper.rng.choice(_TITLES[name])
    paper.change(
        name,
        lambda g: insert_row(g, 0, (GridCell(0, 0, title, 1, g.n_cols, Kind.HEAD),)),
    )


def title_above_table(paper: Paper) -> None:
    """A title, or a number and a title, between the heading and its table."""
    name = paper.rng.choice(tables_of(paper) or [""])
    at = paper.index_of_table(name)
    title = paper.rng.choice(_TITLES[name])
    form = paper.rng.choice(("{}", "表{n}  {}", "附表{n}：{}"))
    line = form.format(title, n=list(_TITLES).index(name) + 1)
    paper.items.insert(at, Item(Role.TEXT, line))


def fifth_column(paper: Paper) -> None:
    """An empty column behind the disclosure table, as web editors leave it."""
    paper.change("disclosure", lambda g: insert_column(g, g.n_cols))


def empty_column(paper: Paper) -> None:
    """An empty column before the labels, behind them, before the totals or at the end."""
    grid = paper.grid("applications")
    figures = figure_columns(grid)
    at = paper.rng.choice((0, figures[0], figures[-1], grid.n_cols))
    paper.change("applications", lambda g: insert_column(g, min(at, g.n_cols)))


def empty_column_in_disputes(paper: Paper) -> None:
    """An empty column between two groups of disputes, or at an end."""
    grid = only_grid(paper, "disputes")
    at = paper.rng.choice((0, 5, 10, grid.n_cols))
    require(grid.n_cols == 15, "not the statutory layout")
    paper.change("disputes", lambda g: insert_column(g, at, 0.3))


def empty_row(paper: Paper) -> None:
    """A row without any text between rows with figures, or at the end."""
    name = paper.rng.choice([n for n in tables_of(paper) if n != "disputes"] or [""])
    grid = only_grid(paper, name)
    at = paper.rng.choice([*figure_rows(grid)[1:], grid.n_rows])
    line = (GridCell(0, 0, "", 1, grid.n_cols, Kind.HEAD),)
    spanned = any(c.row < at < c.row + c.row_span for c in grid.cells)
    paper.change(name, lambda g: insert_row(g, at, () if spanned else line))


def two_label_columns(paper: Paper) -> None:
    """Applications without the column 本年度办理结果."""
    only_grid(paper, "applications")
    paper.change("applications", drop_result_column)


def one_label_column_group_rows(paper: Paper) -> None:
    """Applications with one column of labels; groups have rows of their own."""
    only_grid(paper, "applications")
    paper.change("applications", lambda g: one_label_column(g, Groups.ROWS))


def one_label_column_prefixed(paper: Paper) -> None:
    """Applications with one column of labels; the group stands before each label."""
    only_grid(paper, "applications")
    paper.change("applications", lambda g: one_label_column(g, Groups.PREFIX))


def one_label_column_no_groups(paper: Paper) -> None:
    """Applications with one column of labels and no groups."""
    only_grid(paper, "applications")
    paper.change("applications", lambda g: one_label_column(g, Groups.GONE))


def numbers_apart(paper: Paper) -> None:
    """Numbers of sub-rows in a column of their own."""
    only_grid(paper, "applications")
    paper.change("applications", split_numbers)


def no_applicant_row(paper: Paper) -> None:
    """Applications without the top row 申请人情况."""
    only_grid(paper, "applications")
    paper.change("applications", without_top_header)


def one_header_row(paper: Paper) -> None:
    """Applications with all seven headings in one row."""
    only_grid(paper, "applications")
    paper.change("applications", flat_header)


def total_in_third_row(paper: Paper) -> None:
    """总计 in the third row of the header, an empty cell above it."""
    only_grid(paper, "applications")
    paper.change("applications", low_total)


def _without_note(grid: Grid) -> Grid:
    require(any(c.kind is Kind.NOTE and c.text for c in grid.cells), "no note")
    return rewrite(grid, lambda c: replace(c, text="") if c.kind is Kind.NOTE else c)


def note_missing(paper: Paper) -> None:
    """No note on the balance."""
    paper.change("applications", _without_note)


def note_outside(paper: Paper) -> None:
    """The note on the balance above or below the table."""
    only_grid(paper, "applications")
    paper.change("applications", _without_note)
    at = paper.index_of_table("applications") + paper.rng.randint(0, 1)
    paper.items.insert(at, Item(Role.TEXT, BALANCE_NOTE))


def label_in_corner(paper: Paper) -> None:
    """A word such as 项目 in place of the note."""
    only_grid(paper, "applications")
    word = paper.rng.choice(("项目", "申请办理情况", "内    容", "类别"))
    paper.change(
        "applications",
        lambda g: rewrite(
            _without_note(g), lambda c: replace(c, text=word) if c.kind is Kind.NOTE else c
        ),
    )


def disputes_row_label(paper: Paper) -> None:
    """A label in front of the one row of disputes."""
    grid = only_grid(paper, "disputes")
    word = paper.rng.choice(("数量", "件数", "合计（件）", "本年度"))
    row = figure_rows(grid)[0]

    def labelled(cell: GridCell) -> GridCell:
        return replace(cell, text=word) if (cell.row, cell.col) == (row, 0) else cell

    paper.change("disputes", lambda g: rewrite(insert_column(g, 0, 1.0), labelled))


def disputes_two_header_rows(paper: Paper) -> None:
    """Disputes without the row 行政复议, 行政诉讼: three groups side by side."""
    grid = only_grid(paper, "disputes")
    require(figure_rows(grid)[0] == 3 and figure_columns(grid)[0] == 0, "not the statutory layout")
    require(any(c.col_span == 10 for c in grid.starts(0)), "not the statutory header")
    cells = [GridCell(0, 0, "行政复议", 1, 5, Kind.HEAD)]
    for cell in grid.cells:
        if cell.row == 1 and cell.row_span == 2:
            cells.append(replace(cell, row_span=1))
        elif cell.row > 0:
            cells.append(replace(cell, row=cell.row - 1))
    changed = replace(grid, cells=tuple(cells), header_rows=2)
    paper.change("disputes", lambda _: changed)


def unmerged_copied(paper: Paper) -> None:
    """Merged cells taken apart, the text in every part."""
    each_table(paper, lambda g: unmerge(g, copy=True))


def unmerged_blank(paper: Paper) -> None:
    """Merged cells taken apart, the text in the first part."""
    each_table(paper, lambda g: unmerge(g, copy=False))


def cut_in_two(paper: Paper) -> None:
    """Applications in two tables, where a page ended."""
    grid = only_grid(paper, "applications")
    at = paper.rng.choice(figure_rows(grid)[1:])
    paper.change("applications", lambda g: cut(g, at))


def cut_in_three(paper: Paper) -> None:
    """Applications in three tables, where pages ended."""
    grid = only_grid(paper, "applications")
    first, second = sorted(paper.rng.sample(figure_rows(grid)[1:], 2))
    upper, rest = cut(grid, first)
    pieces = [upper, *cut(rest, second - first)]
    paper.change("applications", lambda _: pieces)


def cut_with_header(paper: Paper) -> None:
    """Applications in two tables, each with the header."""
    grid = only_grid(paper, "applications")
    rows = figure_rows(grid)[0]
    at = paper.rng.choice(figure_rows(grid)[2:])
    pieces = cut(repeat_header(grid, at, rows), at, header_below=rows)
    paper.change("applications", lambda _: pieces)


def header_repeated(paper: Paper) -> None:
    """The header once more in the middle of the applications table."""
    grid = only_grid(paper, "applications")
    rows = figure_rows(grid)[0]
    at = paper.rng.choice(figure_rows(grid)[2:])
    paper.change("applications", lambda g: repeat_header(g, at, rows))


def cut_disclosure(paper: Paper) -> None:
    """The disclosure table in two, where a page ended."""
    grid = only_grid(paper, "disclosure")
    starts = block_starts(grid)
    at = paper.rng.choice((*starts[1:], *figure_rows(grid)[1:]))
    paper.change("disclosure", lambda g: cut(g, at))


def sequence_numbers(paper: Paper) -> None:
    """A first column with running numbers."""
    name = paper.rng.choice([n for n in tables_of(paper) if n != "disputes"] or [""])
    grid = only_grid(paper, name)
    rows = figure_rows(grid)
    head = rows[0] - 1 if name == "disclosure" else 0

    def numbered(cell: GridCell) -> GridCell:
        if cell.col or cell.text or cell.indicator is not None:
            return cell
        if cell.row == head:
            return replace(cell, text="序号")
        return replace(cell, text=str(rows.index(cell.row) + 1)) if cell.row in rows else cell

    paper.change(name, lambda g: rewrite(insert_column(g, 0, 0.5), numbered))


def unit_column(paper: Paper) -> None:
    """A column 单位 between labels and figures of applications."""
    grid = only_grid(paper, "applications")
    rows, col = figure_rows(grid), figure_columns(grid)[0]

    def unit(cell: GridCell) -> GridCell:
        if cell.col != col or cell.text or cell.indicator is not None:
            return cell
        word = "单位" if cell.row == 0 else "件"
        return replace(cell, text=word) if cell.row in (0, *rows) else cell

    paper.change("applications", lambda g: rewrite(insert_column(g, col), unit))


def unit_row(paper: Paper) -> None:
    """The unit at the right end of a row above the header."""
    name = paper.rng.choice([n for n in tables_of(paper) if n != "disclosure"] or [""])
    only_grid(paper, name)
    paper.change(
        name,
        lambda g: insert_row(g, 0, (GridCell(0, 0, "单位：件", 1, g.n_cols, Kind.HEAD),)),
    )


def unit_above(paper: Paper) -> None:
    """The unit in a line above a table."""
    for name in ("applications", "disputes"):
        at = paper.index_of_table(name)
        paper.items.insert(at, Item(Role.TEXT, "单位：件"))


def headings_in_table(paper: Paper) -> None:
    """A section's heading printed as the first row of its table as well as above it."""
    require_statutory(only_grid(paper, "applications"))
    title = "三、收到和处理政府信息公开申请情况"
    paper.change(
        "applications",
        lambda g: insert_row(g, 0, (GridCell(0, 0, title, 1, g.n_cols, Kind.HEAD),)),
    )


OPERATORS: tuple[Operator, ...] = operators_of(
    Subject.LAYOUT,
    {
        items_apart: 3,
        items_side_by_side: 1,
        title_in_table: 3,
        title_above_table: 2,
        fifth_column: 3,
        empty_column: 2,
        empty_column_in_disputes: 1,
        empty_row: 2,
        two_label_columns: 3,
        one_label_column_group_rows: 2,
        one_label_column_prefixed: 2,
        one_label_column_no_groups: 2,
        numbers_apart: 1,
        no_applicant_row: 2,
        one_header_row: 2,
        total_in_third_row: 3,
        note_missing: 2,
        note_outside: 3,
        label_in_corner: 2,
        disputes_row_label: 2,
        disputes_two_header_rows: 2,
        unmerged_copied: 2,
        unmerged_blank: 2,
        cut_in_two: 3,
        cut_in_three: 1,
        cut_with_header: 3,
        header_repeated: 2,
        cut_disclosure: 2,
        sequence_numbers: 1,
        unit_column: 1,
        unit_row: 1,
        unit_above: 2,
        headings_in_table: 1,
    },
)
