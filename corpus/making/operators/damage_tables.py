"""Tables that are incomplete, altered, elsewhere or not there."""

from __future__ import annotations

from dataclasses import replace

from making.operators.base import Operator, Subject, operators_of
from making.operators.tools import (
    SUMS,
    only_grid,
    reword,
    section_at,
    section_end,
    tables_of,
    text,
)
from making.paper import Item, Paper, Role
from making.reshape import (
    block_starts,
    figure_columns,
    figure_rows,
    insert_column,
    insert_row,
    move_columns,
    require,
    require_statutory,
)
from sampling.figures import figures_of
from sampling.forms import applications_grid, disclosure_grid
from sampling.grids import Grid, GridCell, Kind, rewrite, without_column, without_row

_MADE_OTHERWISE = ("T004", "T005", "T006", "T007", "T011", "N001", *SUMS)
_ROWS = ("规章", "其他对外管理服务事项", "行政处罚", "行政规范性文件", "行政强制", "规范性文件")
_EXTRA_ROWS = ("其他主动公开文件", "行政确认", "行政奖励", "公共服务事项")


def row_missing(paper: Paper) -> None:
    """A row left out with its label."""
    name = paper.rng.choice([n for n in tables_of(paper) if n != "disputes"])
    grid = only_grid(paper, name)
    if name == "disclosure":
        rows = [c.row for c in grid.cells if c.text in _ROWS]
    else:
        rows = figure_rows(grid)
    require(bool(rows), "no such row")
    row = paper.rng.choice(rows)
    paper.change(name, lambda g: without_row(g, row))
    paper.damage(*_MADE_OTHERWISE, required=("T005",))


def column_missing(paper: Paper) -> None:
    """A column left out with its heading."""
    name = paper.rng.choice([n for n in tables_of(paper) if n != "disclosure"])
    grid = only_grid(paper, name)
    col = paper.rng.choice(figure_columns(grid))
    paper.change(name, lambda g: without_column(g, col))
    paper.damage(*_MADE_OTHERWISE, "T001", required=("T006",))


def group_missing(paper: Paper) -> None:
    """An item of article 20 left out."""
    grid = only_grid(paper, "disclosure")
    starts = [*block_starts(grid), grid.n_rows]
    at = paper.rng.randrange(len(starts) - 1)
    for _ in range(starts[at + 1] - starts[at]):
        grid = without_row(grid, starts[at])
    shorter = grid
    paper.change("disclosure", lambda _: shorter)
    paper.damage(*_MADE_OTHERWISE, "T002", required=("T005",))


def rows_exchanged(paper: Paper) -> None:
    """Two rows exchanged, each with its label."""
    grid = only_grid(paper, "applications")
    starts = ("4.保护", "6.属于", "2.没有", "3.要求", "1.信访")
    rows = [c.row for c in grid.cells if c.text.startswith(starts) and c.row_span == 1]
    require(bool(rows), "no such rows")
    row = paper.rng.choice(rows)
    places = {row: row + 1, row + 1: row}

    def moved(cell: GridCell) -> GridCell:
        return cell if cell.row_span > 1 else replace(cell, row=places.get(cell.row, cell.row))

    tops = {c.row for c in grid.cells if c.row_span > 1}
    require(not tops & {row, row + 1}, "a group begins there")
    paper.change("applications", lambda g: rewrite(g, moved))
    paper.damage(*_MADE_OTHERWISE)


def columns_exchanged(paper: Paper) -> None:
    """Two columns of applicants exchanged, each with its heading."""
    require_statutory(only_grid(paper, "applications"))
    left = paper.rng.choice((4, 5, 6, 7))
    places = {left: left + 1, left + 1: left}
    paper.change("applications", lambda g: move_columns(g, places, 2))
    paper.damage(*_MADE_OTHERWISE)


def total_first(paper: Paper) -> None:
    """总计 as the first column of figures."""
    require_statutory(only_grid(paper, "applications"))

    def moved(cell: GridCell) -> GridCell:
        if cell.col < 3 or cell.col_span == 7:
            return cell
        return replace(cell, col=3 if cell.col == 9 else cell.col + 1)

    paper.change("applications", lambda g: rewrite(g, moved))
    paper.damage(*_MADE_OTHERWISE)


def dispute_groups_exchanged(paper: Paper) -> None:
    """复议后起诉 before 未经复议直接起诉, with the figures."""
    grid = only_grid(paper, "disputes")
    require(grid.n_cols == 15 and grid.header_rows == 3, "not the statutory layout")
    require(figure_columns(grid) == list(range(15)), "not the statutory layout")

    def moved(cell: GridCell) -> GridCell:
        if cell.row < 1 or cell.col < 5:
            return cell
        return replace(cell, col=cell.col + 5 if cell.col < 10 else cell.col - 5)

    paper.change("disputes", lambda g: rewrite(g, moved))
    paper.damage(*_MADE_OTHERWISE)


def extra_row(paper: Paper) -> None:
    """A row that the form does not know."""
    name = paper.rng.choice([n for n in tables_of(paper) if n != "disputes"])
    grid = only_grid(paper, name)
    if name == "disclosure":
        rows = [c.row for c in grid.cells if c.text in _ROWS]
        require(bool(rows), "no such row")
        row = paper.rng.choice(rows) + 1
        cells = [GridCell(0, 0, paper.rng.choice(_EXTRA_ROWS))]
        values = [str(paper.rng.randint(1, 99)) for _ in figure_columns(grid)]
        cells += [
            GridCell(0, col, value, kind=Kind.DATA)
            for col, value in zip(figure_columns(grid), values, strict=True)
        ]
    else:
        require_statutory(grid)
        row = grid.n_rows - 2
        cells = [GridCell(0, 1, "（八）申请人主动撤回", 1, 2)]
        cells += [GridCell(0, col, "0", kind=Kind.DATA) for col in figure_columns(grid)]
    paper.change(name, lambda g: insert_row(g, row, tuple(cells)))
    paper.damage(*_MADE_OTHERWISE, required=("T007",))


def extra_column(paper: Paper) -> None:
    """A column of applicants that the form does not know."""
    require_statutory(only_grid(paper, "applications"))
    word = paper.rng.choice(("个体工商户", "村民委员会", "事业单位"))
    value = paper.rng.choice(("0", "1"))

    def filled(cell: GridCell) -> GridCell:
        if cell.col != 9 or cell.text or cell.indicator is not None:
            return cell
        return replace(cell, text=word if cell.row == 2 else value if cell.row > 2 else "")

    paper.change("applications", lambda g: rewrite(insert_column(g, 9, 0.7), filled))
    paper.damage(*_MADE_OTHERWISE, required=("T007",))


def last_year_column(paper: Paper) -> None:
    """A column with last year's figures behind the disclosure table."""
    grid = only_grid(paper, "disclosure")
    rows, last = figure_rows(grid), grid.n_cols
    heads = {top + 1 for top in block_starts(grid)}
    values = {row: str(paper.rng.randint(0, 99)) for row in rows}

    def filled(cell: GridCell) -> GridCell:
        if cell.col != last or cell.text:
            return cell
        return replace(cell, text="上年数" if cell.row in heads else values.get(cell.row, ""))

    paper.change("disclosure", lambda g: rewrite(insert_column(g, last, 1.0), filled))
    paper.damage(*_MADE_OTHERWISE, required=("T007",))


def sub_labels_lost(paper: Paper) -> None:
    """The labels of a group's rows lost; the figures stay."""
    grid = only_grid(paper, "applications")
    require_statutory(grid)
    groups = [c for c in grid.cells if c.col == 1 and c.row_span > 1]
    group = paper.rng.choice(groups)
    rows = range(group.row, group.row + group.row_span)

    def lost(cell: GridCell) -> GridCell:
        label = cell.col == 2 and cell.row in rows and cell.indicator is None
        return replace(cell, text="") if label else cell

    paper.change("applications", lambda g: rewrite(g, lost))
    paper.damage(*_MADE_OTHERWISE)
    paper.unplaced.add("applications")


def labels_lost(paper: Paper) -> None:
    """Labels lost here and there."""
    share = paper.rng.choice((0.1, 0.3))
    names = [n for n in tables_of(paper) if n != "disputes"]
    name = paper.rng.choice(names)
    reword(paper, lambda s: "" if len(s) > 3 and paper.rng.random() < share else s, name)
    paper.damage(*_MADE_OTHERWISE, "T001", "T002")
    paper.unplaced.add(name)


def worn_headings(paper: Paper) -> None:
    """Headings cut short or altered: 本年增/, 现行有效件, 本年处理绝对数量."""
    pairs = {
        "现行有效件数": "现行有效件",
        "本年制发件数": "本年制发数",
        "本年增/减": "本年增/",
        "本年处理决定数量": "本年处理绝对数量",
        "社会公益组织": "社会公益",
        "尚未审结": "未审结",
        "上一年项目数量": "上年项目数量",
    }
    reword(paper, lambda s: pairs.get(s, s))
    paper.damage("T004", "T006", "T011")


def heading_lost(paper: Paper) -> None:
    """One heading of applications blank."""
    require_statutory(only_grid(paper, "applications"))
    col = paper.rng.randrange(4, 9)

    def lost(cell: GridCell) -> GridCell:
        return replace(cell, text="") if (cell.row, cell.col) == (2, col) else cell

    paper.change("applications", lambda g: rewrite(g, lost))
    paper.damage("T004", "T006", "T011", *SUMS)


def slips_in_labels(paper: Paper) -> None:
    """A letter wrong or lost in some long labels, as recognition of pictures leaves them."""

    def slip(label: str) -> str:
        if len(label) < 7 or "万元" in label or paper.rng.random() > 0.25:
            return label
        at = paper.rng.randrange(2, len(label) - 1)
        return label[:at] + paper.rng.choice(("", "某", "的")) + label[at + 1 :]

    reword(paper, slip)
    paper.damage("T004", "T005", "T006", "T007", "T011")


def _old_figures(paper: Paper, form: str) -> dict[str, str]:
    """Figures of a report in a form, other than this paper's."""
    seed = f"{paper.body.name}{paper.rng.randrange(10**6)}"
    return figures_of(seed, 2020 if form == "2019" else 2023, paper.body.size)


def old_disclosure_form(paper: Paper) -> None:
    """The disclosure table of the form that is not in force."""
    only_grid(paper, "disclosure")
    form = "2019" if paper.form == "2021" else "2021"
    grid = disclosure_grid(form, _old_figures(paper, form))
    paper.change("disclosure", lambda _: grid)
    paper.form_of["disclosure"] = frozenset({form})
    paper.damage("N001", "C008", "T005", "T006", required=("T002",))


def old_applications_form(paper: Paper) -> None:
    """The applications table of the form that is not in force."""
    only_grid(paper, "applications")
    form = "2019" if paper.form == "2021" else "2021"
    grid = applications_grid(form, _old_figures(paper, form))
    paper.change("applications", lambda _: grid)
    paper.form_of["applications"] = frozenset({form})
    paper.damage("N001", "C008", "T005", "T006", required=("T002",))


def old_form(paper: Paper) -> None:
    """All tables in the form that is not in force."""
    only_grid(paper, "disclosure")
    only_grid(paper, "applications")
    old_disclosure_form(paper)
    old_applications_form(paper)


def hybrid_disclosure(paper: Paper) -> None:
    """One item of the disclosure table in the other form."""
    grid = only_grid(paper, "disclosure")
    form = "2019" if paper.form == "2021" else "2021"
    other = disclosure_grid(form, _old_figures(paper, form))
    own, theirs = block_starts(grid)[1], block_starts(other)[1]
    require(grid.n_cols == other.n_cols, "another layout")
    cells = [c for c in other.cells if c.row < theirs]
    cells += [replace(c, row=c.row - own + theirs) for c in grid.cells if c.row >= own]
    mixed = replace(grid, cells=tuple(cells))
    paper.change("disclosure", lambda _: mixed)
    paper.form_of["disclosure"] = frozenset({form, paper.form})
    paper.damage("N001", "T004", "T005", "T006", required=("T002",))


def _drop(paper: Paper, name: str, *lines: str) -> None:
    items = list[Item]()
    for item in paper.items:
        if item.grid is None or item.grid.name != name:
            items.append(item)
        elif not any(line in (i.text for i in items) for line in lines):
            items += text(*lines)
    paper.items = items
    paper.lost.add(name)


def table_missing(paper: Paper) -> None:
    """A table left out, nothing in its place."""
    name = paper.rng.choice(tables_of(paper))
    _drop(paper, name)
    paper.damage("S004", "S001", "T002", required=("T001",))


def table_told(paper: Paper) -> None:
    """A sentence in place of a table."""
    name = paper.rng.choice(tables_of(paper))
    lines = {
        "disclosure": "本年度制发行政规范性文件0件，行政许可0件，行政处罚0件。",
        "applications": f"{paper.year}年，收到政府信息公开申请7件，均已办结。",
        "disputes": "本年度未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。",
    }
    _drop(paper, name, lines[name])
    paper.damage("N001", "T002", required=("T001",))


def table_misplaced(paper: Paper) -> None:
    """A table in another section, a sentence in its own."""
    name = paper.rng.choice(("applications", "disputes"))
    only_grid(paper, name)
    at = paper.index_of_table(name)
    item = paper.items[at]
    paper.items[at : at + 1] = text("具体数据已列在文末所附的表格中。")
    end = section_end(paper, section_at(paper, 6))
    paper.items.insert(end, item)
    paper.damage("S004", required=("T003",))


def table_repeated(paper: Paper) -> None:
    """A table twice."""
    name = paper.rng.choice(tables_of(paper))
    grid: Grid = only_grid(paper, name)
    at = paper.index_of_table(name)
    paper.items[at + 1 : at + 1] = [*text("附表同上："), Item(Role.TABLE, grid=grid)]
    paper.damage("T003", "T011", required=("T010",))


OPERATORS: tuple[Operator, ...] = operators_of(
    Subject.DAMAGE,
    {
        row_missing: 4,
        column_missing: 4,
        group_missing: 1,
        rows_exchanged: 2,
        columns_exchanged: 3,
        total_first: 2,
        dispute_groups_exchanged: 2,
        extra_row: 3,
        extra_column: 2,
        last_year_column: 2,
        sub_labels_lost: 2,
        labels_lost: 1,
        worn_headings: 3,
        heading_lost: 2,
        slips_in_labels: 2,
        old_disclosure_form: 2,
        old_applications_form: 2,
        old_form: 3,
        hybrid_disclosure: 1,
        table_missing: 3,
        table_told: 3,
        table_misplaced: 2,
        table_repeated: 2,
    },
)
