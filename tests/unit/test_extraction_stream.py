"""Tables that survive only as text: read where order leaves no doubt, else declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.document import Block, Box, Location, Paragraph, Table, TableOrigin, Word
from extractor.extraction.tables import TableContext, read_tables
from extractor.report import Method, State
from tests import paper


def _applications_cells(figure: str = "0") -> list[str]:
    """The applications table one cell per line."""
    cells = ["申请人情况", "自然人", "法人或其他组织", "总计", *paper.APPLICANTS[1:6]]
    for number, (_, label) in enumerate(paper.applications_labels()):
        if number == 2:
            cells.append("三、本年度办理结果")
        if number == 4:
            cells.append("（三）不予公开")
        cells += [label, *[figure] * 7]
    return cells


def _states(blocks: Sequence[Block], table: str) -> dict[State, int]:
    counts: dict[State, int] = {}
    for value in paper.read(blocks).values:
        if value.table == table:
            counts[value.state] = counts.get(value.state, 0) + 1
    return counts


def test_one_cell_per_line() -> None:
    blocks = paper.lines("\n\n".join(_applications_cells()))
    assert _states(blocks, "applications") == {State.REPORTED: 175}


def test_rows_of_spaces() -> None:
    rows = [
        f"{label} " + " ".join(str(i + n) for i in range(6)) + f" {15 + 6 * n}"
        for n, (_, label) in enumerate(paper.applications_labels())
    ]
    values = paper.by_indicator(paper.read(paper.lines("\n".join(rows))))
    assert values["applications.new_received.natural_person"].number == 0
    assert values["applications.carried_out.total"].number == 15 + 6 * 24
    assert {v.reading.method for v in values.values() if v.reading} == {Method.STREAM}


def test_tab_rows_with_spanned_cells_dropped() -> None:
    rows = ["申请人情况", "自然人\t法人或其他组织\t总计", "\t".join(paper.APPLICANTS[1:6])]
    for number, (_, label) in enumerate(paper.applications_labels()):
        lead = "三、本年度办理结果\t" if number == 2 else "（三）不予公开\t" if number == 4 else ""
        rows.append(lead + label + "\t" + "\t".join([str(number), *["0"] * 5, str(number)]))
    values = paper.by_indicator(paper.read([paper.delimited("\n".join(rows))]))
    assert values["applications.granted.total"].number == 2
    assert values["applications.carried_out.total"].number == 24
    assert values["applications.granted.other_org"].number == 0


def test_blank_cells_between_tabs_stay_blank() -> None:
    rows = [f"{label}\t0\t\t\t\t\t\t0" for _, label in paper.applications_labels()]
    values = paper.by_indicator(paper.read([paper.delimited("\n".join(rows))]))
    assert values["applications.granted.natural_person"].number == 0
    assert values["applications.granted.business"].state is State.BLANK
    assert values["applications.granted.total"].number == 0


def test_collapsed_blanks_are_not_guessed() -> None:
    rows = [f"{label} 3 3" for _, label in paper.applications_labels()]
    counts = _states(paper.lines("\n".join(rows)), "applications")
    assert State.REPORTED not in counts
    assert counts[State.UNRESOLVED] == 175


def test_labels_without_figures_give_no_figures() -> None:
    labels = [label for _, label in paper.applications_labels()]
    blocks = paper.lines("\n".join([*labels, "0", "0", "0", "0", "0", "0", "5"]))
    values = paper.read(blocks).values
    assert all(value.number is None for value in values if value.table == "applications")


def test_zeros_glued_to_a_label_are_zeros_and_other_digits_are_not_split() -> None:
    text = "\n".join(
        ["第二十条第（一）项", "信息内容本年制发件数本年废止件数现行有效件数",
         "规章000", "行政规范性文件120"]
    )  # fmt: skip
    values = paper.by_indicator(paper.read(paper.lines(text)))
    assert values["disclosure.regulations.issued"].number == 0
    assert values["disclosure.normative_documents.issued"].number is None


def test_disclosure_layout_is_told_by_its_headings() -> None:
    new = "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 1 2 3"
    old = "第二十条第（一）项\n信息内容 本年新制作数量 本年新公开数量 对外公开总数量\n规章 1 2 3"
    newer = paper.by_indicator(paper.read(paper.lines(new)))
    older = paper.by_indicator(paper.read(paper.lines(old)))
    assert newer["disclosure.regulations.repealed"].number == 2
    assert older["disclosure.regulations.newly_disclosed"].number == 2
    assert "disclosure.regulations.repealed" not in older


@pytest.mark.parametrize(
    ("figures", "read"),
    [
        (["0"] * 15, True),
        (["1", "0", "0", "0", "1", *["0"] * 10], True),
        (
            ["72", "64", "178", "37", "12", "1", "1", "6", "351", "13", "4", "8", "1", "26", "20"],
            False,
        ),
    ],
)
def test_disputes_with_scrambled_headings_need_the_sums(figures: list[str], read: bool) -> None:
    text = "\n".join(
        ["行政复议 行政诉讼", "结 结 其 尚", "果 果 他 未", "维 纠 结 审", " ".join(figures)]
    )
    values = paper.by_indicator(paper.read(paper.lines(text)))
    upheld = values["disputes.reconsideration.upheld"]
    assert (upheld.number == Decimal(figures[0])) is read
    assert (upheld.state is State.REPORTED) is read


def test_prose_with_figures_is_no_table() -> None:
    text = "全年收到政府信息公开申请 3 件，予以公开 2 件，不予公开 1 件。\n规章制度 5 项。"
    assert not paper.read(paper.lines(text)).tables


def _pipes(rows: Sequence[Sequence[str]]) -> Block:
    return paper.delimited("\n".join("\t".join(row) for row in rows))


def _disputes(figures: Sequence[str]) -> list[list[str]]:
    groups = ["行政复议", *[""] * 4, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
    return [groups, [*paper.OUTCOMES] * 3, list(figures)]


def test_two_copies_in_one_run_of_rows_are_two_tables() -> None:
    one, two = ["1", "0", "0", "0", "1", *["0"] * 10], ["2", "0", "0", "0", "2", *["0"] * 10]
    result = paper.read([_pipes([*_disputes(one), *_disputes(two)])])
    value = paper.by_indicator(result)["disputes.reconsideration.upheld"]
    assert value.state is State.UNRESOLVED
    assert {"table_duplicated", "alignment_ambiguous"} <= {f.name for f in result.findings}
    same = paper.read([_pipes([*_disputes(one), *_disputes(one)])])
    assert paper.by_indicator(same)["disputes.reconsideration.upheld"].number == 1
    assert "table_duplicated" in {f.name for f in same.findings}


def test_an_extra_row_at_the_end_of_a_block_is_told() -> None:
    rows = [
        ["第二十条第（一）项", "", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", "1", "0", "3"],
        ["其他主动公开文件", "9", "0", "30"],
    ]
    result = paper.read([_pipes(rows)])
    assert "rows_unexpected" in {f.name for f in result.findings}
    values = paper.by_indicator(result)
    assert values["disclosure.normative_documents.in_force"].number == 3


def test_a_group_row_of_blank_cells_is_no_unknown_row() -> None:
    rows = [["三、本年度办理结果", *[""] * 7]]
    rows += [[label, *["0"] * 7] for _, label in paper.applications_labels()]
    rows[0], rows[1], rows[2] = rows[1], rows[2], rows[0]
    result = paper.read([_pipes(rows)])
    assert not result.findings
    assert all(v.number == 0 for k, v in paper.by_indicator(result).items() if "applications" in k)


def _words(line: str, top: float) -> Block:
    """A line of a page: words of the label from 80 points on, figures or headings from 300 on."""
    label, *rest = line.split()
    places = [80.0, *(300.0 + 40 * i for i in range(len(rest)))]
    words = [
        Word(text, Location(1, Box(x, top, x + 20, top + 10)))
        for text, x in zip((label, *rest), places, strict=True)
    ]
    return Paragraph(line, Location(1, Box(80, top, 600, top + 10)), words=tuple(words))


@pytest.mark.parametrize("exchanged", [False, True])
def test_headings_above_the_figures_must_name_the_columns_in_order(exchanged: bool) -> None:
    first, second = ("机构", "企业") if exchanged else ("企业", "机构")
    one, two = ("科研", "商业") if exchanged else ("商业", "科研")
    lines = [
        f"申请人情况 自然 {one} {two} 社会公益 法律服务 其他 总计",
        f"申请人情况 人 {first} {second} 组织 机构",
        *(f"{label} 1 2 3 4 5 6 21" for _, label in paper.applications_labels()),
    ]
    blocks = [_words(line, 100.0 + 12 * n) for n, line in enumerate(lines)]
    counts = _states(blocks, "applications")
    assert counts == {State.UNRESOLVED if exchanged else State.REPORTED: 175}


@pytest.mark.parametrize(
    ("second", "third", "state"),
    [
        ("商业企业", "科研机构", State.REPORTED),
        ("科研机构", "商业企业", State.UNRESOLVED),
    ],
)
def test_a_table_without_headings_is_judged_by_those_above_it(
    second: str, third: str, state: State
) -> None:
    rows = paper.applications_rows(lambda _, column: "6" if column == 6 else "1")
    cells = [
        replace(cell, row=cell.row - 3)
        for cell in paper.table(rows, TableOrigin.ALIGNED).cells
        if cell.row > 2
    ]
    table = Table(len(rows) - 3, 8, tuple(cells), TableOrigin.ALIGNED, Location(path="table[1]"))
    heads = ("自然人", second, third, "社会公益组织", "法律服务机构", "其他", "总计")
    lines = paper.lines(f"三、收到和处理政府信息公开申请情况\n{' '.join(heads)}")
    blocks = [*lines, table]
    ranges = ((3, (0, len(blocks))),)
    form = paper.RULEBOOK.form("2021")
    context = TableContext(paper.RULEBOOK, paper.VOCABULARY, form, lambda _: 3, ranges)
    values = paper.by_indicator(read_tables(blocks, context))
    assert values["applications.granted.research"].state is state


def test_figures_on_a_line_of_their_own_are_not_the_last_of_their_row() -> None:
    def line(y: float, cells: list[tuple[int, str]]) -> Paragraph:
        words = tuple(
            Word(text, Location(1, Box(40.0 * column, y, 40.0 * column + 30, y + 9)))
            for column, text in cells
        )
        return Paragraph(" ".join(text for _, text in cells), words[0].location, words=words)

    heads = [
        "未经复议直接起诉",
        "复议后起诉",
        *["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3,
    ]
    figures = [(column, "0") for column in range(15) if column not in (11, 13)]
    lines = [
        line(10, list(enumerate(["行政复议", "行政诉讼"]))),
        line(20, list(enumerate(heads))),
        line(30, [(c, "3" if c in (12, 14) else text) for c, text in figures]),
        line(40, [(11, "1"), (13, "2")]),
    ]
    values = paper.by_indicator(paper.read(lines))
    wrong = values["disputes.litigation_after_reconsideration.corrected"]
    assert wrong.number is None


def test_a_word_for_more_or_less_belongs_to_the_figure_behind_it() -> None:
    text = """信息内容 上一年项目数量 本年增/减 处理决定数量
行政许可 53 增加 3 144
其他对外管理服务事项 26 减少 1 141"""
    values = paper.by_indicator(paper.read(paper.lines(text), 2020))
    changes = [
        values[f"disclosure.{name}.items_change"].number for name in ("licensing", "other_services")
    ]
    assert changes == [3, -1]


def _unheaded(rows: Sequence[Sequence[int]]) -> str:
    """The applications table without the headings of its columns."""
    labels = [label for _, label in paper.applications_labels()]
    lines = [f"{a} {' '.join(map(str, row))}" for a, row in zip(labels, rows, strict=True)]
    return "\n".join(["申请人情况", "法人或其他组织", *lines])


def test_columns_without_headings_whose_sums_all_fail_are_not_read() -> None:
    rows = [[0] * 7 for _ in paper.applications_labels()]
    rows[2], rows[11] = [1, 1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 1, 0]
    values = paper.read(paper.lines(_unheaded(rows))).values
    assert not [v for v in values if v.table == "applications" and v.number is not None]
    rows[2][6], rows[11][6] = 2, 2
    values = paper.read(paper.lines(_unheaded(rows))).values
    assert sum(v.table == "applications" and v.number is not None for v in values) == 175


def _aligned(rows: Sequence[Sequence[paper.Spec]], name: str) -> Table:
    return paper.table(rows, TableOrigin.ALIGNED, name)


def test_rows_that_a_page_end_parted_from_their_headings_are_read_from_the_text() -> None:
    rows = paper.disclosure_rows(lambda place: str(len(place)))
    blocks = [
        _aligned(rows[:7], "table[1]"),
        *paper.lines("第二十条第（六）项\n信息内容 本年处理决定数量"),
        _aligned([["行政处罚", "16"], ["行政强制", "3"]], "table[2]"),
        _aligned([["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "4"]], "table[3]"),
    ]
    values = paper.by_indicator(paper.read(blocks))
    read = [values[f"disclosure.{name}.decisions"].number for name in ("penalties", "coercion")]
    assert read == [16, 3]
    assert values["disclosure.fees.amount"].number == 4


@pytest.mark.parametrize(("printed", "damaged"), [("0", False), ("1", True)])
def test_headings_lost_in_a_grid_are_no_damage_where_the_text_beside_it_has_them(
    printed: str, damaged: bool
) -> None:
    rows = paper.disputes_rows()
    grid = paper.table([rows[1], ["", *[""] * 9], rows[3]], TableOrigin.RULED)
    heads = ["行政复议 行政诉讼", "未经复议直接起诉 复议后起诉", " ".join(paper.OUTCOMES * 3)]
    text = "\n".join([*heads, " ".join([printed, *["0"] * 14])])
    result = paper.read([*paper.lines(text), grid])
    names = {finding.name for finding in result.findings}
    assert ("table_header_damaged" in names) is damaged


def test_a_block_that_only_the_grid_tells_is_not_lost_where_the_text_gives_more() -> None:
    rows = paper.disclosure_rows(lambda place: str(len(place)))
    rows[11:13] = [[("本年收费金额（单位：万元）", 1, 4)], ["第二十条第（八）项\n信息内容"]]
    heads = ["第二十条第（一）项", "信息内容 本年制发件数 本年废止件数 现行有效件数"]
    blocks = [*paper.lines("\n".join(heads)), _aligned(rows[2:], "table[1]")]
    values = paper.by_indicator(paper.read(blocks))
    assert values["disclosure.regulations.issued"].number == len("regulations.issued")
    assert values["disclosure.fees.amount"].number == len("fees.amount")


@pytest.mark.parametrize("exchanged", [False, True])
def test_headings_broken_into_letters_are_told_by_their_places(exchanged: bool) -> None:
    headings = [list(heading) for heading in ("结果维持", "结果纠正", "其他结果", "尚未审结")]
    headings.append(["", "", "总", "计"])
    groups = [headings] * 3
    if exchanged:
        groups[1] = [headings[1], headings[0], *headings[2:]]
    columns = [heading for group in groups for heading in group]

    def line(y: float, cells: Sequence[tuple[float, str]]) -> Paragraph:
        words = tuple(Word(t, Location(1, Box(x, y, x + 9 * len(t), y + 9))) for x, t in cells if t)
        return Paragraph(" ".join(word.text for word in words), words[0].location, words=words)

    figures = ["2", "1", "0", "0", "3", "4", "0", "1", "0", "5", "0", "0", "0", "6", "6"]
    lines = [
        line(10, [(60, "行政复议"), (220, "行政诉讼")]),
        line(20, [(120, "未经复议直接起诉"), (240, "复议后起诉")]),
        *(line(30 + 10 * k, [(20.0 * c, h[k]) for c, h in enumerate(columns)]) for k in range(4)),
        line(80, [(20.0 * c, text) for c, text in enumerate(figures)]),
    ]
    value = paper.by_indicator(paper.read(lines))["disputes.litigation_direct.upheld"]
    assert value.number == (None if exchanged else 4)
