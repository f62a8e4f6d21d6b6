"""The mapping that stands between other table readers and the score: generous, never inventive."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.bench.peer_form import APPLICANTS, DISPUTES
from tests.bench.peer_map import parse, to_indicators
from tests.bench.peer_score import Case, cases, choose, score
from tests.bench.peer_worker import markdown_tables, serve

HEAD = [
    ["（本列数据的勾稽关系）", "", "", "申请人情况", "", "", "", "", "", ""],
    ["", "", "", "自然\n人", "法人或其他组织", "", "", "", "", "总计"],
    ["", "", "", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""],
]
NEW = "一、本年新收政府信息公开申请数量"
OLD = "二、上年结转政府信息公开申请数量"
SECRET = "1.属于国家秘密"
DISCLOSURE = [
    ["第二十条第（一）项", "", "", ""],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "", "0", "３"],
    ["行政规范性文件", "1,002", "0", "4"],
    ["第二十条第（五）项", "", "", ""],
    ["信息内容", "本年处理决定数量", "本年处理决定数量", "本年处理决定数量"],
    ["行政许可", "115", "115", "115"],
]


def row(name: str) -> dict[str, str]:
    """A row of the applications table whose figures are 1 to 7."""
    return {f"applications.{name}.{column}": str(n) for n, column in enumerate(APPLICANTS, 1)}


def as_text(found: dict[str, Decimal]) -> dict[str, str]:
    return {name: str(number) for name, number in found.items()}


def case(truth: dict[str, str | None]) -> Case:
    return Case(Path("a.pdf"), "a.pdf", "PDF", truth)


def test_rows_by_label_and_columns_from_the_right() -> None:
    grid = [*HEAD, [NEW, "", "", *"1234567"], ["三、", "（三）不予公开", SECRET, *"1234567"]]
    assert as_text(to_indicators([grid])) == row("new_received") | row("refused_state_secret")


def test_rows_without_the_columns_that_merged_cells_took() -> None:
    assert as_text(to_indicators([[*HEAD, [SECRET, *"1234567"]]])) == row("refused_state_secret")


def test_empty_columns_between_the_figures_do_not_matter() -> None:
    wide = [NEW, "", *"12", "", "", "3", *"45", "", *"67", ""]
    assert as_text(to_indicators([[*HEAD, wide]])) == row("new_received")


def test_figures_of_several_columns_in_one_cell_are_no_number_of_their_own() -> None:
    assert as_text(to_indicators([[*HEAD, [NEW, "1", "2 3 4", "5", "6 7"]]])) == row("new_received")
    assert to_indicators([[*HEAD, [SECRET, "", "0 0 0", "", "", "", "", "", ""]]]) == {}


def test_a_blank_is_not_zero() -> None:
    found = to_indicators([[*HEAD, [NEW, "", "", "1", "2", "", "4", "5", "6", "7"]]])
    expected = row("new_received")
    del expected["applications.new_received.research"]
    assert as_text(found) == expected


def test_a_shifted_row_counts_as_wrong() -> None:
    shifted = to_indicators([[*HEAD, [NEW, "", "", *"2345678"]]])
    result = score(case(dict(row("new_received"))), shifted, 1.0, "")
    assert (result.cells, result.exact, result.wrong, result.missing) == (7, 0, 7, 0)


def test_figures_of_another_row_count_as_wrong() -> None:
    grid = [*HEAD, [NEW, "", "", *"1111111"], [OLD, "", "", *"1234567"]]
    result = score(case(dict(row("new_received"))), to_indicators([grid]), 1.0, "")
    assert (result.exact, result.wrong, result.missing) == (1, 13, 0)


def test_a_number_where_the_paper_has_none_is_wrong_and_a_lost_one_is_missing() -> None:
    truth: dict[str, str | None] = {"a.b.c": None, "a.b.d": "2", "a.b.e": "3.0"}
    result = score(case(truth), {"a.b.c": Decimal(0), "a.b.e": Decimal(3)}, 1.0, "")
    assert (result.cells, result.exact, result.wrong, result.missing) == (2, 1, 1, 1)


def test_disclosure_by_the_columns_its_blocks_name() -> None:
    assert as_text(to_indicators([DISCLOSURE])) == {
        "disclosure.regulations.repealed": "0",
        "disclosure.regulations.in_force": "3",
        "disclosure.normative_documents.issued": "1002",
        "disclosure.normative_documents.repealed": "0",
        "disclosure.normative_documents.in_force": "4",
        "disclosure.licensing.decisions": "115",
    }


def test_a_row_of_the_disclosure_table_has_no_columns_but_its_own() -> None:
    grid = [*DISCLOSURE[:4], ["行政处罚", "", "21", ""]]
    found = as_text(to_indicators([grid]))
    assert found.pop("disclosure.penalties.decisions") == "21"
    assert all(".regulations." in name or ".normative_documents." in name for name in found)


def test_disputes_are_the_row_below_the_results() -> None:
    head = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    figures = [str(number) for number in range(15)]
    found = to_indicators([[["行政复议", *[""] * 14], head, figures]])
    assert as_text(found) == dict(zip(DISPUTES, figures, strict=True))


def test_a_table_split_within_a_row_is_one_table() -> None:
    upper = [*HEAD, [NEW, "", "", *"1234567"], ["", "", "1.属于国", *"1234567"]]
    lower = [["", "", "家秘密", *[""] * 7], [OLD, "", "", *"1234567"]]
    expected = row("new_received") | row("refused_state_secret") | row("carried_in")
    assert as_text(to_indicators([upper, lower])) == expected


def test_a_statutory_column_that_is_not_there_moves_no_other() -> None:
    head = [[cell for n, cell in enumerate(line) if n != 7] for line in HEAD]
    found = to_indicators([[*head, [NEW, "", "", *"123467"]]])
    expected = row("new_received")
    del expected["applications.new_received.legal_service"]
    assert as_text(found) == expected


def test_other_tables_give_nothing() -> None:
    assert to_indicators([[["序号", "项目", "数量"], ["1", "其他", "5"]], [], [[]]]) == {}


@pytest.mark.parametrize(
    ("cell", "number"),
    [("１２", "12"), ("1,234件", "1234"), ("-3", "-3"), ("减4", "-4"), ("43.5 万元", "43.5"),
     ("、\n0", "0"), ("5（含2件）", "5")],
)  # fmt: skip
def test_figures_as_printed(cell: str, number: str) -> None:
    assert parse(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["", " ", "/", "无", "—", "1/2", "约5", "一、本年新收"])
def test_no_figures(cell: str) -> None:
    assert parse(cell) is None


def test_markdown_tables() -> None:
    text = "text\n| a | b |\n| --- | :-: |\n| 1 | |\n\nmore\n| c |\n"
    assert markdown_tables(text) == [[["a", "b"], ["1", ""]], [["c"]]]


def test_a_peer_that_is_not_there_says_so() -> None:
    answers: list[object] = []
    serve("no such peer", ["a.pdf\n"], answers.append)
    assert answers == [{"absent": "KeyError: 'no such peer'"}]


def test_only_single_readable_reports_are_compared(tmp_path: Path) -> None:
    others: list[dict[str, object]] = [{}, {"reports": [{}]}, {"status": "unreadable"}]
    for number, more in enumerate(others):
        for suffix in ("docx", "pdf", "txt"):
            (tmp_path / f"{number}.{suffix}").touch()
            told: dict[str, object] = {"source": f"{number}.{suffix}", "values": {}} | more
            (tmp_path / f"{number}.{suffix}.json").write_text(json.dumps(told), encoding="utf-8")
    found = list(cases(tmp_path, tmp_path))
    assert [one.name for one in found] == ["0.docx", "0.pdf"]


def test_a_sample_is_the_same_each_time_and_takes_every_format() -> None:
    found = [
        Case(Path(), f"{number}.{kind}", kind, {})
        for kind in ("PDF", "DOCX")
        for number in range(9)
    ]
    chosen = choose(found, 4)
    assert chosen == choose(found, 4)
    assert [one.format for one in chosen] == ["DOCX", "PDF", "DOCX", "PDF"]
