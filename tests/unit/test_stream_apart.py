"""Figures printed apart from their labels: placed where nothing else is left, else open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from extractor.document import Paragraph
from extractor.options import Limits
from extractor.readers.request import ReadRequest
from extractor.readers.text import read_text
from extractor.report import State, Value
from tests import paper

LABELS = [label for _, label in paper.applications_labels()]
HEADS = ["申请人情况", "法人或其他组织", *paper.APPLICANTS]
BLOCK = """第二十条第（一）项
信息内容
{rows}
{first}
1
4

{second}
2
5

{third}
3
{last}

第二十条第（五）项
信息内容
行政许可

本年处理决定数量
7
"""


def values_of(text: str) -> dict[str, Value]:
    blocks = read_text(ReadRequest(text.encode(), "a.txt", Limits())).blocks
    return paper.by_indicator(paper.read(blocks))


def disclosed(text: str) -> list[Decimal | None]:
    values = values_of(text)
    return [
        values[f"disclosure.{row}.{column}"].number
        for row in ("regulations", "normative_documents")
        for column in ("issued", "repealed", "in_force")
    ]


def block(**changes: str) -> str:
    parts = {
        "rows": "规章\n行政规范性文件\n",
        "first": "本年制发件数",
        "second": "本年废止件数",
        "third": "现行有效件数",
        "last": "6",
    }
    return BLOCK.format(**(parts | changes))


def test_columns_under_their_headings_are_read() -> None:
    assert disclosed(block()) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "changes",
    [
        {"first": "本年废止件数", "second": "本年制发件数"},
        {"rows": "行政规范性文件\n规章\n"},
        {"rows": "规章\n"},
        {"last": ""},
        {"last": "6\n9"},
        {"third": "现行有效件数\n另有说明"},
    ],
    ids=["columns exchanged", "rows exchanged", "row gone", "blank", "row too many", "other word"],
)
def test_columns_that_are_not_those_of_the_form_are_left_open(changes: dict[str, str]) -> None:
    assert disclosed(block(**changes)) == [None] * 6


FIRST_ROW = """第二十条第（一）项
信息内容
规章

本年制发件数
1

本年废止件数
2

现行有效件数
3

行政规范性文件

4

5

{last}

第二十条第（五）项
信息内容
行政许可
本年处理决定数量
7
"""


@pytest.mark.parametrize(("last", "read"), [("6", True), ("", False), ("6\n\n8", False)])
def test_a_first_row_under_its_headings(last: str, read: bool) -> None:
    first = disclosed(FIRST_ROW.format(last=last))[:3]
    assert first == ([1, 2, 3] if read else [None] * 3)


LAST_BLOCK = """信息内容
规章
行政规范性文件
信息内容
行政许可
信息内容
行政处罚
行政强制
信息内容
行政事业性收费

第二十条第（一）项
本年制发件数
本年废止件数
1
2
3
4
第二十条第（五）项
{head}

现行有效件数
5
6

{figures}
第二十条第（六）项
本年处理决定数量
8
9
第二十条第（八）项
本年收费金额（单位：万元）
1.5
"""


@pytest.mark.parametrize(
    ("head", "figures", "read"),
    [
        ("本年处理决定数量", "7", True),
        ("", "7", False),
        ("本年处理决定数量", "7\n7", False),
        ("本年处理决定数量", "", False),
    ],
)
def test_the_last_block_is_what_is_left(head: str, figures: str, read: bool) -> None:
    value = values_of(LAST_BLOCK.format(head=head, figures=figures))[
        "disclosure.licensing.decisions"
    ]
    assert value.number == (7 if read else None)
    assert (value.state is State.INFERRED) == read


def rows_of(*filled: tuple[int, Sequence[int]]) -> list[list[int]]:
    """Rows of the applications table, of which some are filled."""
    rows = [[0] * 7 for _ in LABELS]
    for place, figures in filled:
        rows[place] = [*figures, sum(figures)]
    return rows


SETTLED = rows_of(
    (0, (5, 2, 0, 0, 1, 0)),
    (2, (3, 0, 0, 0, 1, 0)),
    (8, (2, 1, 0, 0, 0, 0)),
    (12, (0, 1, 0, 0, 0, 0)),
    (23, (5, 2, 0, 0, 1, 0)),
)


def page(rows: Sequence[Sequence[int]], begun: range, *, labels: Sequence[str] = LABELS) -> str:
    """Rows of which some have their first figure behind the label and the others below."""
    lines = list(HEADS)
    for place, label in enumerate(labels):
        figures = rows[place][:1] if place in begun else rows[place]
        lines += [label, *(f"{figure}\n" for figure in figures)]
        if place == begun.stop - 1:
            lines += [f"\n{figure}\n" for r in begun for figure in rows[r][1:]]
    return "\n".join(lines)


def states(text: str) -> set[State]:
    return {v.state for name, v in values_of(text).items() if name.startswith("applications.")}


def test_rows_parted_behind_their_first_figures_are_read() -> None:
    text = page(SETTLED, range(6, 14))
    values = values_of(text)
    assert values["applications.refused_internal_affairs.business"].number == 1
    assert values["applications.refused_internal_affairs.total"].number == 3
    assert values["applications.outcomes_total.total"].number == 8
    assert State.UNRESOLVED not in states(text)


def broken(change: str) -> str:
    rows = [list(row) for row in SETTLED]
    labels = list(LABELS)
    if change == "sum":
        rows[8][6] += 1
    elif change == "exchanged rows":
        labels[8], labels[12] = labels[12], labels[8]
    elif change == "blank and stray":
        rows[9].pop()
        rows[16].append(0)
    elif change == "row gone":
        del rows[9], labels[9]
    return page(rows, range(6, 14), labels=labels)


@pytest.mark.parametrize("change", ["sum", "exchanged rows", "blank and stray", "row gone"])
def test_rows_parted_that_are_in_doubt_are_left_open(change: str) -> None:
    value = values_of(broken(change))["applications.refused_internal_affairs.business"]
    assert value.number is None


def test_labels_without_a_row_that_can_be_read_are_a_table_with_open_figures() -> None:
    text = "\n".join([*HEADS, *LABELS]) + "\n\n" + "\n\n".join("1" * 1 for _ in range(100))
    assert states(text) == {State.UNRESOLVED}


def test_a_row_whose_label_is_gone_is_missing() -> None:
    lines = [*HEADS, *(f"{label} 1 0 0 0 0 0 1" for label in LABELS if label != LABELS[5])]
    values = values_of("\n".join(lines))
    missing = [name for name, value in values.items() if value.state is State.MISSING]
    assert {name.split(".")[1] for name in missing if name.startswith("applications.")} == {
        name for name, _ in paper.applications_labels()[5:6]
    }


def test_figures_of_another_table_fill_no_blank_one() -> None:
    text = LAST_BLOCK.format(head="本年处理决定数量", figures="")
    bare = "\n".join(line for line in text.splitlines() if not line[:1].isdigit())
    rest = "\n".join([*HEADS, LABELS[0], *("0" for _ in range(10))])
    assert set(disclosed(f"{bare}\n{rest}")) == {None}


DISPUTES = """行政复议

行政诉讼

{heads}

1

{other}

0

0

未经复议直接起诉

总计

复议后起诉

{heads}

0

0

0

0

{total}

总计
0

{heads}

1

0

0

0

总计
1
"""
OUTCOMES = "结果\n维持\n\n结果\n纠正\n\n其他\n结果\n\n尚未\n审结"


def disputes(**changes: str) -> list[Decimal | None]:
    parts = {"heads": OUTCOMES, "other": "1", "total": "2"}
    values = values_of(DISPUTES.format(**(parts | changes)))
    return [
        values[f"disputes.{row}.{column}"].number
        for row, column in (
            ("reconsideration", "corrected"),
            ("reconsideration", "total"),
            ("litigation_after_reconsideration", "upheld"),
        )
    ]


def test_a_total_that_is_printed_behind_the_next_group_is_read() -> None:
    assert disputes() == [1, 2, 1]


@pytest.mark.parametrize(
    "changes",
    [
        {"total": "3"},
        {"other": "1件"},
        {"heads": "结果\n纠正\n\n结果\n维持\n\n其他\n结果\n\n尚未\n审结"},
        {"other": ""},
        {"other": "1\n\n0"},
    ],
    ids=["sum fails", "unit", "columns exchanged", "blank", "one too many"],
)
def test_disputes_in_doubt_are_left_open(changes: dict[str, str]) -> None:
    assert disputes(**changes) == [None] * 3


def test_about_so_many_is_no_figure() -> None:
    lines = [*HEADS, *(f"{label}  约 5   0   0   0   0   0   5" for label in LABELS)]
    value = values_of("\n".join(lines))["applications.new_received.natural_person"]
    assert (value.number, value.state) == (None, State.INVALID)


PLACES = (40, 48, 56, 64, 72, 80, 88)


def line_of(words: dict[int, str], label: str = "") -> str:
    """A line with words in some of the columns of a page."""
    text = label
    for column, word in sorted(words.items()):
        text = text.ljust(PLACES[column]) + word
    return text


@pytest.mark.parametrize(("research", "public", "read"), [(2, 3, True), (3, 2, False)])
def test_headings_on_two_lines_are_told_by_their_places(
    research: int, public: int, read: bool
) -> None:
    lines = [
        line_of({0: "自然人", public: "社会公益", 4: "法律服务", 6: "总计"}),
        line_of({1: "商业企业", research: "科研机构", 5: "其他"}),
        line_of({public: "组织", 4: "机构"}),
    ]
    figures = dict(enumerate(["5", "0", "3", "2", "0", "0", "10"]))
    lines += [line_of(figures, label) for label in LABELS]
    value = values_of("\n".join(lines))["applications.new_received.research"]
    assert value.number == (3 if read else None)


def test_what_follows_a_page_end_within_a_line_is_kept() -> None:
    blocks = read_text(ReadRequest("规章\t规章\n\t\f | 规章\t".encode(), "a.txt", Limits())).blocks
    assert [block.text.strip() for block in blocks if isinstance(block, Paragraph)] == ["| 规章"]
