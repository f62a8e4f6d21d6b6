"""Tables with a grid: every figure lands in its cell, and none where it does not belong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.document import Box, Cell, Location, Table
from extractor.report import Method, State
from tests import paper


def _counting() -> tuple[dict[str, str], list[list[paper.Spec]]]:
    """An applications table in which every figure differs, and what each cell holds."""
    held: dict[str, str] = {}
    ids = ("natural_person", "business", "research", "public_interest", "legal_service",
           "other_org", "total")  # fmt: skip

    def figure(row: str, column: int) -> str:
        text = str(1000 + len(held))
        held[f"applications.{row}.{ids[column]}"] = text
        return text

    return held, paper.applications_rows(figure)


def test_every_cell_of_the_applications_table_is_read_in_place() -> None:
    held, rows = _counting()
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    assert {k: str(values[k].number) for k in held} == held
    assert all(values[k].reading is not None for k in held)
    place = values["applications.new_received.natural_person"].location
    assert place.path == "table[1]/row[4]/cell[2]"


def test_2019_rows_are_read_as_2019_and_say_so() -> None:
    result = paper.read([paper.table(paper.applications_rows(form="2019"))])
    values = paper.by_indicator(result)
    assert values["applications.other.total"].state is State.REPORTED
    assert "applications.other_misc.total" not in values
    assert [table.form for table in result.tables] == ["2019"]


def test_disclosure_figures_and_merged_cells() -> None:
    rows = paper.disclosure_rows(lambda place: str(len(place)))
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    assert values["disclosure.licensing.decisions"].number == len("licensing.decisions")
    assert values["disclosure.fees.amount"].unit == "万元"
    assert values["disclosure.regulations.in_force"].number == len("regulations.in_force")


def test_unmerged_cells_beside_a_figure_do_not_hide_it() -> None:
    rows: list[list[paper.Spec]] = []
    for row in paper.disclosure_rows():
        plain: list[paper.Spec] = []
        for cell in row:
            text, _, across = (cell, 1, 1) if isinstance(cell, str) else cell
            plain += [text, *[""] * (across - 1)]
        rows.append(plain)
    rows[6] = ["行政许可", "", "", "7"]
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    assert values["disclosure.licensing.decisions"].number == 7
    assert values["disclosure.penalties.decisions"].number == 0


def test_blank_is_blank_and_never_zero() -> None:
    rows = paper.applications_rows(lambda row, column: "" if column == 2 else "0")
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    blank = values["applications.granted.research"]
    assert (blank.state, blank.number) == (State.BLANK, None)
    assert values["applications.granted.business"].number == 0


@pytest.mark.parametrize("text", ["/", "—", "无", "见附件"])
def test_what_is_no_number_is_invalid(text: str) -> None:
    rows = paper.disputes_rows(["0", text, *["0"] * 13])
    value = paper.by_indicator(paper.read([paper.table(rows)]))[
        "disputes.reconsideration.corrected"
    ]
    assert (value.state, value.number) == (State.INVALID, None)
    assert value.reading is not None
    assert value.reading.raw == text


def test_a_missing_row_shifts_nothing() -> None:
    held, rows = _counting()
    lost = [row for row in rows if row[0] != "6.属于四类过程性信息"]
    result = paper.read([paper.table(lost)])
    values = paper.by_indicator(result)
    for indicator, text in held.items():
        value = values[indicator]
        if ".refused_process_information." in indicator:
            assert value.state is State.MISSING
        else:
            assert value.number == Decimal(text)
    assert [f.name for f in result.findings] == ["rows_missing"]


def test_an_unknown_row_takes_no_statutory_place() -> None:
    held, rows = _counting()
    rows[10] = ["9.本地增加的事项", *["77"] * 7]
    result = paper.read([paper.table(rows)])
    values = paper.by_indicator(result)
    lost = [axis for axis, label in paper.applications_labels()][7]
    assert all(v.state is State.MISSING for k, v in values.items() if k.split(".")[1] == lost)
    assert {f.name for f in result.findings} == {"rows_missing", "rows_unexpected"}
    assert all(v.number != 77 for v in values.values())
    assert held


def test_a_lost_column_is_missing_and_its_neighbours_stay() -> None:
    held, rows = _counting()
    rows[0] = [rows[0][0], ("申请人情况", 1, 6)]
    rows[1] = [rows[1][0], ("法人或其他组织", 1, 4), rows[1][2]]
    del rows[2][1]
    for row in rows[3:]:
        del row[3]
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    assert values["applications.granted.research"].state is State.MISSING
    for column in ("business", "public_interest", "total"):
        indicator = f"applications.granted.{column}"
        assert values[indicator].number == Decimal(held[indicator])


def test_a_lost_heading_between_known_ones_is_placed_and_told() -> None:
    held, rows = _counting()
    rows[2][1] = ""
    result = paper.read([paper.table(rows)])
    values = paper.by_indicator(result)
    indicator = "applications.granted.research"
    assert values[indicator].number == Decimal(held[indicator])
    assert "table_header_damaged" in {f.name for f in result.findings}


def test_a_figure_that_covers_two_columns_is_not_assigned() -> None:
    rows = paper.applications_rows()
    rows[5] = ["（一）予以公开", "3", ("5", 1, 2), "0", "0", "0", "8"]
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    for column in ("business", "research"):
        value = values[f"applications.granted.{column}"]
        assert (value.state, value.number) == (State.UNRESOLVED, None)
    assert values["applications.granted.total"].number == 8


def test_a_table_continued_on_the_next_page_is_one_table() -> None:
    held, rows = _counting()
    first, rest = rows[:15], rows[15:]
    blocks = [paper.table(first), paper.table(rest, name="table[2]")]
    result = paper.read(blocks)
    values = paper.by_indicator(result)
    assert {k: str(values[k].number) for k in held} == held
    assert len(result.tables) == 1


def test_a_table_printed_twice_is_told_and_differing_figures_are_a_conflict() -> None:
    first = paper.table(paper.disputes_rows())
    second = paper.table(paper.disputes_rows(["1", *["0"] * 14]), name="table[2]")
    result = paper.read([first, *paper.lines("下表同上，供核对。"), second])
    value = paper.by_indicator(result)["disputes.reconsideration.upheld"]
    assert (value.state, value.number) == (State.UNRESOLVED, None)
    names = {f.name for f in result.findings}
    assert {"table_duplicated", "alignment_ambiguous"} <= names


def test_the_disputes_table_needs_no_row_label() -> None:
    figures = [str(n) for n in range(15)]
    result = paper.read([paper.table(paper.disputes_rows(figures))])
    values = paper.by_indicator(result)
    assert values["disputes.reconsideration.upheld"].number == 0
    assert values["disputes.litigation_direct.upheld"].number == 5
    assert values["disputes.litigation_after_reconsideration.total"].number == 14
    assert {t.method for t in result.tables} == {Method.GRID}


def test_a_budget_table_is_no_statutory_table() -> None:
    rows: list[list[paper.Spec]] = [["项目", "预算数", "决算数"], ["一般公共服务", "120", "118"]]
    result = paper.read([paper.table(rows)])
    assert not result.tables
    assert all(value.state is State.MISSING for value in result.values)


@pytest.mark.parametrize(
    ("heading", "text", "number"),
    [
        ("本年收费金额（单位：万元）", "43.788", "43.788"),
        ("本年收费金额（单位：元）", "437880", "43.788"),
        ("本年收费金额", "437880元", "43.788"),
        ("本年收费金额（单位：万元）", "43.788万元", "43.788"),
    ],
)
def test_an_amount_is_given_in_the_unit_of_the_form(heading: str, text: str, number: str) -> None:
    rows = paper.disclosure_rows()
    rows[12] = ["信息内容", (heading, 1, 3)]
    rows[13] = ["行政事业性收费", (text, 1, 3)]
    value = paper.by_indicator(paper.read([paper.table(rows)]))["disclosure.fees.amount"]
    assert (value.number, value.unit) == (Decimal(number), "万元")
    assert value.reading is not None
    assert value.reading.raw == text


def test_an_amount_without_any_unit_keeps_the_unit_open() -> None:
    rows: list[list[paper.Spec]] = [
        ["第二十条第（九）项", "", ""],
        ["信息内容", "采购项目数量", "采购总金额"],
        ["政府集中采购", "3", "160.5964万元"],
    ]
    printed = paper.by_indicator(paper.read([paper.table(rows)], 2020))
    assert printed["disclosure.procurement.amount"].unit == "万元"
    rows[2][2] = "8040"
    plain = paper.by_indicator(paper.read([paper.table(rows)], 2020))
    assert plain["disclosure.procurement.amount"].unit == ""
    assert plain["disclosure.procurement.amount"].number == 8040


def test_two_figures_in_one_cell_are_inferred_only_where_the_sums_leave_no_choice() -> None:
    rows = paper.applications_rows(
        lambda row, column: "8" if row in ("new_received", "granted", "outcomes_total")
        and column == 6 else "3" if row in ("new_received", "outcomes_total") and column == 0
        else "5" if row in ("new_received", "outcomes_total") and column == 1 else "0"
    )  # fmt: skip
    rows[5] = ["（一）予以公开", ("3 5", 1, 2), "0", "0", "0", "0", "8"]
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    natural = values["applications.granted.natural_person"]
    assert (natural.number, natural.state) == (Decimal(3), State.INFERRED)
    assert values["applications.granted.business"].number == 5
    rows[5] = ["（一）予以公开", ("3 6", 1, 2), "0", "0", "0", "0", "8"]
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    assert values["applications.granted.business"].state is State.UNRESOLVED


def test_a_label_cut_by_a_page_end_is_made_whole() -> None:
    rows = paper.disclosure_rows(lambda place: "2" if place.startswith("normative") else "0")
    rows[3:4] = [["行政规", "2", "2", "2"], ["范性文件", "", "", ""]]
    result = paper.read([paper.table(rows)])
    values = paper.by_indicator(result)
    assert values["disclosure.normative_documents.in_force"].number == 2
    assert values["disclosure.regulations.in_force"].number == 0
    assert not result.findings


def test_exchanged_groups_are_read_by_their_headings() -> None:
    rows = paper.disputes_rows([str(n) for n in range(15)])
    rows[1][5], rows[1][6] = ("复议后起诉", 1, 5), ("未经复议直接起诉", 1, 5)
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    assert values["disputes.litigation_after_reconsideration.upheld"].number == 5
    assert values["disputes.litigation_direct.total"].number == 14


def test_a_row_with_a_lost_cell_is_not_read_by_position() -> None:
    held, rows = _counting()
    del rows[7][3]
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    lost = [name for name, _ in paper.applications_labels()][4]
    for indicator, text in held.items():
        if indicator.split(".")[1] == lost:
            assert values[indicator].number is None
        else:
            assert values[indicator].number == Decimal(text)


def test_a_figure_wrapped_in_a_narrow_cell_is_joined_only_where_the_sums_confirm_it() -> None:
    row = ["（一）予以公开", "14\n08", "0", "0", "0", "0", "0", "1408"]
    ids = {"new_received", "granted", "outcomes_total"}
    rows = paper.applications_rows(lambda r, c: "1408" if r in ids and c in (0, 6) else "0")
    rows[5] = list(row)
    value = paper.by_indicator(paper.read([paper.table(rows)]))
    natural = value["applications.granted.natural_person"]
    assert (natural.number, natural.state) == (Decimal(1408), State.INFERRED)
    rows[5] = [row[0], "14\n08\n（件\n）", *row[2:]]
    value = paper.by_indicator(paper.read([paper.table(rows)]))
    assert value["applications.granted.natural_person"].number == 1408
    rows[5] = [*row[:7], "22"]
    value = paper.by_indicator(paper.read([paper.table(rows)]))
    assert value["applications.granted.natural_person"].number is None


def test_a_sub_table_missing_from_a_mixed_table_is_told() -> None:
    rows = paper.disclosure_rows()
    rows[1] = ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
    result = paper.read([paper.table(rows[:11])])
    assert result.tables[0].form == "2019+2021"
    assert paper.by_indicator(result)["disclosure.fees.amount"].state is State.MISSING
    lost = [f.detail for f in result.findings if f.name == "rows_missing"]
    assert lost == ["行政事业性收费"]


def _named(rows: list[list[paper.Spec]], old: str, new: str) -> list[list[paper.Spec]]:
    """The rows with one label worded otherwise."""

    def change(cell: paper.Spec) -> paper.Spec:
        text = cell if isinstance(cell, str) else cell[0]
        if text != old:
            return cell
        return new if isinstance(cell, str) else (new, cell[1], cell[2])

    return [[change(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("本年制发件数", "本年（2023）制发件数"),
        ("本年制发件数", "本年(2023年度)制发件数"),
        ("本年制发件数", "本年制发件数（单位：件）"),
        ("行政许可", "行政许可（注1）"),
        ("行政许可", "行政许可①"),
    ],
)
def test_years_units_and_note_marks_in_labels_are_no_damage(old: str, new: str) -> None:
    rows = _named(paper.disclosure_rows(lambda place: str(len(place))), old, new)
    result = paper.read([paper.table(rows)])
    values = paper.by_indicator(result)
    figures = {k: v.number for k, v in values.items() if v.table == "disclosure"}
    assert len(figures) == 10
    assert all(number == len(k.partition(".")[2]) for k, number in figures.items())
    assert not result.findings


def test_other_words_for_a_group_of_columns_are_no_damage() -> None:
    rows = _named(paper.disputes_rows(), "复议后起诉", "行政复议后起诉")
    result = paper.read([paper.table(rows)])
    assert not result.findings


def test_a_group_in_front_of_a_row_label_is_not_the_label() -> None:
    held, rows = _counting()
    flat = _named(rows, "3.其他", "（六）其他处理3.其他")
    assert flat != rows
    values = paper.by_indicator(paper.read([paper.table(flat)]))
    assert {k: str(values[k].number) for k in held} == held


def test_a_group_over_rows_without_labels_is_no_row_of_another_form() -> None:
    held, rows = _counting()
    wide: list[list[paper.Spec]] = []
    start = next(i for i, row in enumerate(rows) if str(row[0]).startswith("1.申请人无正当"))
    for i, row in enumerate(rows):
        first = row[0]
        if start <= i < start + 3:
            wide.append([*([("（六）其他处理", 3, 1)] if i == start else []), "", *row[1:]])
        elif i in (1, 2):
            wide.append(row)
        else:
            text, down, _ = (first, 1, 1) if isinstance(first, str) else first
            wide.append([(text, down, 2), *row[1:]])
    result = paper.read([paper.table(wide)])
    values = paper.by_indicator(result)
    assert "applications.other.total" not in values
    wrong = {
        name for name, text in held.items()
        if values[name].number is not None and str(values[name].number) != text
    }  # fmt: skip
    assert not wrong


def test_sub_tables_beside_each_other_are_read_each_by_itself() -> None:
    left: list[list[paper.Spec]] = [
        [("第二十条第（一）项", 1, 4), ("第二十条第（五）项", 1, 4)],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数",
         "信息内容", ("本年处理决定数量", 1, 3)],
        ["规章", "1", "2", "3", "行政许可", ("7", 1, 3)],
        ["行政规范性文件", "4", "5", "6", "", "", "", ""],
        [("第二十条第（六）项", 1, 8)],
        ["信息内容", ("本年处理决定数量", 1, 7)],
        ["行政处罚", ("8", 1, 7)],
        ["行政强制", ("9", 1, 7)],
        [("第二十条第（八）项", 1, 8)],
        ["信息内容", ("本年收费金额（单位：万元）", 1, 7)],
        ["行政事业性收费", ("10", 1, 7)],
    ]  # fmt: skip
    result = paper.read([paper.table(left)])
    numbers = [str(value.number) for value in result.values if value.table == "disclosure"]
    assert numbers == [str(n) for n in range(1, 11)]
    assert not result.findings


def test_a_number_with_white_space_for_a_point_is_no_part_of_a_label() -> None:
    held, rows = _counting()
    loose = _named(rows, "3.其他", "3 其他")
    assert loose != rows
    values = paper.by_indicator(paper.read([paper.table(loose)]))
    assert {k: str(values[k].number) for k in held} == held


def test_stray_blank_cells_do_not_part_the_pieces_of_a_table() -> None:
    held, rows = _counting()
    upper, lower = rows[:-2], [[*row, ""] for row in rows[-2:]]
    blocks = [paper.table(upper), paper.table(lower, name="table[2]")]
    values = paper.by_indicator(paper.read(blocks))
    assert {k: str(values[k].number) for k in held} == held


def test_a_piece_whose_last_figures_are_blank_is_not_moved_to_the_right() -> None:
    held, rows = _counting()
    lower = [[*row[:-1], ""] for row in rows[-2:]]
    blocks = [paper.table(rows[:-2]), paper.table(lower, name="table[2]")]
    values = paper.by_indicator(paper.read(blocks))
    blank = [name for name, value in values.items() if value.state is State.BLANK]
    assert blank == ["applications.outcomes_total.total", "applications.carried_out.total"]
    assert all(str(values[k].number) == held[k] for k in held if k not in blank)


def test_a_table_cut_in_two_goes_on_in_columns_of_other_widths() -> None:
    rows = paper.disclosure_rows(lambda place: str(len(place)))
    lower: list[list[paper.Spec]] = [
        [cell if isinstance(cell, str) else (cell[0], 1, min(cell[2], 2)) for cell in row]
        for row in rows[10:]
    ]
    lower = [[cell if isinstance(cell, str) else (cell[0], 1, 1) for cell in row] for row in lower]
    lower[1] = [(rows[11][0][0], 1, 2)]
    blocks = [paper.table(rows[:10]), paper.table(lower, name="table[2]")]
    values = paper.by_indicator(paper.read(blocks))
    assert values["disclosure.penalties.decisions"].number == len("penalties.decisions")
    assert values["disclosure.coercion.decisions"].number == len("coercion.decisions")
    assert values["disclosure.fees.amount"].number == len("fees.amount")


def _on_page(table: Table, page: int, left: float, width: float) -> Table:
    """A table whose columns stand at places of their own on a page."""

    def place(cell: Cell) -> Cell:
        x0 = left + cell.col * width
        box = Box(x0, cell.row * 20, x0 + cell.col_span * width, (cell.row + 1) * 20)
        return replace(cell, location=Location(page, box))

    return replace(table, cells=tuple(map(place, table.cells)))


def test_a_last_row_cut_off_goes_on_below_its_headings() -> None:
    rows = paper.disclosure_rows(lambda place: str(len(place)))
    fees = _on_page(paper.table([["行政事业性收费", "7.5"]]), 2, 50, 200)
    upper = _on_page(paper.table(rows[:13]), 1, 50, 60)
    values = paper.by_indicator(paper.read([upper, fees]))
    assert str(values["disclosure.fees.amount"].number) == "7.5"


def test_a_last_row_cut_off_goes_on_beside_a_group() -> None:
    rows = paper.applications_rows(lambda _row, column: str(column))
    (_, *people), *heads = rows[:3]
    first, *others = rows[3:-1]
    wide: list[list[paper.Spec]] = [
        [(paper.NOTE, 3, 2), *people],
        *heads,
        [(str(first[0]), 1, 2), *first[1:]],
        [("结果", len(others), 1), *others[0]],
        *others[1:],
    ]
    tables = [_on_page(paper.table(wide), 1, 50, 40), _on_page(paper.table(rows[-1:]), 2, 70, 55)]
    values = paper.by_indicator(paper.read(tables))
    carried = [values[f"applications.carried_out.{who}"].number for who in ("business", "total")]
    assert carried == [1, 6]


def test_a_stray_cell_does_not_move_the_last_row_of_a_table() -> None:
    rows = paper.applications_rows(lambda _row, column: str(column))
    upper = [[(paper.NOTE, 3, 2), *rows[0][1:]], *rows[1:3]]
    upper += [[(str(row[0]), 1, 2), *row[1:]] for row in rows[3:-2]]
    lower: list[list[paper.Spec]]
    for stray in ([""], ["", ""]):
        lower = [rows[-2], [*rows[-1], *stray]]
        values = paper.by_indicator(paper.read([paper.table(upper), paper.table(lower)]))
        read = {values[f"applications.carried_out.{who}"].number for who in ("business", "total")}
        assert read in ({1, 6}, {None})


def test_headings_of_groups_cut_in_two_by_a_page_are_no_damage() -> None:
    rows = paper.applications_rows()
    rows[:3] = [
        [(f"（{paper.NOTE}）", 4, 1), ("申请人情况", 1, 7)],
        ["自然人", ("法人或其", 1, 5), "总计"],
        ["", ("他组织", 1, 5), ""],
        ["", *paper.APPLICANTS[1:6], ""],
    ]
    result = paper.read([paper.table(rows)])
    assert "table_header_damaged" not in {finding.name for finding in result.findings}
    value = paper.by_indicator(result)["applications.new_received.natural_person"]
    assert value.state is State.REPORTED


def test_headings_cut_in_two_by_a_page_are_no_damage() -> None:
    rows = paper.disclosure_rows()
    rows[5:6] = [["信息内容", ("本年处理", 1, 3)], ["", ("决定数量", 1, 3)]]
    result = paper.read([paper.table(rows)])
    assert {value.state for value in result.values if value.indicator.startswith("disclosure")} == {
        State.REPORTED
    }
    assert "table_header_damaged" not in {finding.name for finding in result.findings}


def test_a_part_without_labels_is_the_only_one_left_at_its_place() -> None:
    rows = paper.disclosure_rows(lambda place: str(len(place)))
    rows[7] = [("", 1, 4)]
    for row in (9, 10):
        rows[row][0] = ""
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    assert values["disclosure.licensing.decisions"].number == len("licensing.decisions")
    assert values["disclosure.penalties.decisions"].number == len("penalties.decisions")
    assert values["disclosure.coercion.decisions"].number == len("coercion.decisions")


def test_a_blank_caption_is_no_row_of_another_form() -> None:
    rows = paper.disclosure_rows()
    rows[7] = [("", 1, 4)]
    result = paper.read([paper.table(rows)])
    assert [table.form for table in result.tables] == ["2021"]


def test_repeated_headings_do_not_part_a_table() -> None:
    held, rows = _counting()
    repeated = [*rows[:-5], *rows[:3], *rows[-5:]]
    for row in repeated[-5:-2]:
        row[0] = "" if row is not repeated[-4] else "（六）其他处理"
    values = paper.by_indicator(paper.read([paper.table(repeated)]))
    assert {k: str(values[k].number) for k in held} == held


def test_a_cell_with_the_labels_of_two_rows_gives_its_figure_to_neither() -> None:
    rows = paper.disclosure_rows()
    rows[9:11] = [["行政处罚\n行政强制", ("7", 1, 3)]]
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    for row in ("penalties", "coercion"):
        assert values[f"disclosure.{row}.decisions"].number is None


def test_copies_of_a_figure_broken_over_lines_are_one_figure() -> None:
    rows = paper.disclosure_rows()
    rows[13] = ["行政事业性收费", "780.\n23", "780.23", "780\n.23"]
    rows[9] = ["行政处罚", "1", "12", "12"]
    values = paper.by_indicator(paper.read([paper.table(rows)]))
    assert str(values["disclosure.fees.amount"].number) == "780.23"
    assert values["disclosure.penalties.decisions"].state is State.UNRESOLVED


def test_two_tables_of_one_row_in_a_grid_are_two() -> None:
    ones, twos = ["1"] * 15, ["2"] * 15
    result = paper.read([paper.table([*paper.disputes_rows(ones), *paper.disputes_rows(twos)])])
    assert "table_duplicated" in {finding.name for finding in result.findings}
    value = paper.by_indicator(result)["disputes.reconsideration.upheld"]
    assert (value.state, value.number) == (State.UNRESOLVED, None)


def test_pieces_of_a_table_are_of_one_form_where_they_all_can_be() -> None:
    rows = paper.applications_rows(form="2019")
    pieces = [
        _on_page(paper.table(rows[:6]), 1, 50, 40),
        _on_page(paper.table(rows[6:]), 2, 70, 55),
    ]
    other = paper.table(paper.disputes_rows(), name="table[3]")
    result = paper.read([pieces[0], other, pieces[1]])
    assert {table.form for table in result.tables if table.table == "applications"} == {"2019"}
    missing = [v for v in result.values if v.table == "applications" and v.number is None]
    assert not missing
