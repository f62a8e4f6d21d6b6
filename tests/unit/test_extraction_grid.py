"""Tables with a grid: every figure lands in its cell, and none where it does not belong."""

from __future__ import annotations

from decimal import Decimal

import pytest

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
