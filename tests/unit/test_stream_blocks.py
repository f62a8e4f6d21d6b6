"""Tables printed as text block by block: placed where one layout is left, else declined."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from extractor.document import Block, Paragraph
from extractor.extraction.tiled import Flow, TooManyError, layouts
from extractor.options import Limits
from extractor.readers.request import ReadRequest
from extractor.readers.text import read_text
from extractor.report import State, Value
from tests import paper

LABELS = [label for _, label in paper.applications_labels()]
HEADS = ["申请人情况", "法人或其他组织", *paper.APPLICANTS]


def blocks_of(text: str) -> Sequence[Block]:
    """What is read from a text file."""
    return read_text(ReadRequest(text.encode(), "a.txt", Limits())).blocks


def table() -> list[list[int]]:
    """Figures of the applications table that add up: new and settled ones of two applicants."""
    rows = [[0] * 7 for _ in LABELS]
    for column, new in ((0, 5), (2, 3)):
        rows[0][column] = rows[2][column] = new - 1
        rows[12][column] = 1
        rows[23][column] = new
        rows[0][column] = new
    for row in rows:
        row[6] = sum(row[:6])
    return rows


def applications(text: str) -> dict[str, Value]:
    return paper.by_indicator(paper.read(blocks_of(text)))


def columns(rows: Sequence[Sequence[int]], between: str = "\n\n") -> str:
    """The figures of rows, column after column."""
    return between.join("\n".join(str(f) for f in column) for column in zip(*rows, strict=True))


def test_columns_printed_one_after_the_other_are_laid_beside_one_another() -> None:
    rows = table()
    text = "\n".join([*HEADS, *LABELS]) + "\n\n" + columns(rows[:10]) + "\n\n" + columns(rows[10:])
    values = applications(text)
    new, settled = (
        values["applications.new_received.research"],
        values["applications.granted.total"],
    )
    assert [new.number, settled.number] == [Decimal(3), Decimal(6)]
    states = {value.state for name, value in values.items() if name.startswith("applications")}
    assert states == {State.INFERRED}


def test_columns_that_may_have_changed_places_are_left_open() -> None:
    rows = table()
    text = "\n".join([*HEADS, *LABELS]) + "\n\n" + columns(rows, "\n\n另有说明\n\n")
    numbers = {value.number for value in applications(text).values()}
    assert numbers == {None}


def test_columns_whose_sums_fail_are_left_open() -> None:
    rows = table()
    rows[0][6] += 1
    text = "\n".join([*HEADS, *LABELS]) + "\n\n" + columns(rows[:10]) + "\n\n" + columns(rows[10:])
    assert {value.number for value in applications(text).values()} == {None}


def test_every_layout_of_blocks_is_found() -> None:
    flow = Flow(tuple("abcd"), frozenset({0, 2}), frozenset({0}))
    found = layouts(flow, 2, 2, lambda _, texts: True)
    assert sorted(found) == [((0, 1), (2, 3)), ((0, 2), (1, 3))]
    parted = Flow(tuple("abcd"), frozenset({0, 2}), frozenset({0, 2}))
    assert ((2, 0), (3, 1)) in layouts(parted, 2, 2, lambda _, texts: True)


def test_too_many_layouts_are_no_layout() -> None:
    every = frozenset(range(49))
    flow = Flow([str(i) for i in range(49)], every, every)
    with pytest.raises(TooManyError):
        layouts(flow, 7, 7, lambda _, texts: True, deep=True)


LISTED = """第二十条第（一）项
信息内容
规章
{row}
信息内容
行政许可

本年制发件数
本年废止件数
1
2
3
4

现行有效件数
5
6
"""


def disclosed(text: str) -> list[Decimal | None]:
    values = paper.by_indicator(paper.read(blocks_of(text)))
    return [
        values[name].number if name in values else None
        for name in (
            "disclosure.regulations.issued",
            "disclosure.regulations.in_force",
            "disclosure.normative_documents.repealed",
        )
    ]


def test_a_block_with_its_labels_listed_first_is_read_by_headings_and_number() -> None:
    assert disclosed(LISTED.format(row="行政规范性文件")) == [1, 5, 4]


def test_a_block_without_one_of_its_labels_is_not_read() -> None:
    assert disclosed(LISTED.format(row="")) == [None, None, None]


def test_running_numbers_that_leave_one_out_are_no_figures() -> None:
    rows = [f"{n} {label} 1 0 0 0 0 0 1" for n, label in enumerate(LABELS, start=1) if n != 6]
    rows.insert(5, f"{LABELS[5]} 1 0 0 0 0 0 1")
    values = applications("\n".join([*HEADS, *rows]))
    assert values["applications.carried_out.total"].number == 1
    assert values["applications.carried_out.natural_person"].number == 1


def test_running_numbers_first_beside_the_labels_then_above_them_are_no_figures() -> None:
    lines = list(HEADS)
    for number, label in enumerate(LABELS, start=1):
        lead = [f"{number} {label}"] if number < 4 else [str(number), label]
        lines += [*lead, f"{number % 3} 0 0 0 0 0 {number % 3}"]
    values = applications("\n".join(lines))
    assert values["applications.partly_granted.total"].number == 1
    assert values["applications.carried_out.total"].number == len(LABELS) % 3


DISPUTES = """行政复议
行政诉讼
未经复议直接起诉
复议后起诉
结果维持
结果纠正
其他结果
尚未审结

{first}
总计
3
结果维持 结果纠正 其他结果 尚未审结
8 2 1 1
总计
12
结果维持 结果纠正 其他结果 尚未审结 总计
6 4 2 1 13
"""


@pytest.mark.parametrize(("first", "read"), [("1 2 0 0", True), ("2 2 0 0", False)])
def test_disputes_with_headings_and_figures_in_turns(first: str, read: bool) -> None:
    values = paper.by_indicator(paper.read(blocks_of(DISPUTES.format(first=first))))
    direct = values["disputes.litigation_direct.upheld"]
    assert direct.number == (8 if read else None)


def test_a_blank_line_is_told_by_the_reader() -> None:
    blocks = blocks_of("一行\n二行\n\n三行\n")
    marks = [block.apart for block in blocks if isinstance(block, Paragraph)]
    assert marks == [False, False, True]


def test_counted_figures_are_not_given_to_a_form_that_lacks_a_label_of_the_text() -> None:
    cells = len(paper.applications_labels("2019")) * 7
    zeros = "\n".join("0" * cells)
    read = applications("\n".join([*HEADS, *LABELS]) + "\n\n" + zeros)
    assert not [v for v in read.values() if v.table == "applications" and v.number is not None]
    old = [label for _, label in paper.applications_labels("2019")]
    values = paper.by_indicator(
        paper.read(blocks_of("\n".join([*HEADS, *old]) + "\n\n" + zeros), 2020)
    )
    assert values["applications.other.total"].number == 0


def test_labels_below_figures_may_have_figures_of_their_own() -> None:
    text = """第二十条第（六）项
本年处理决定数量

0
0

行政许可
144
行政处罚
行政强制
第二十条第（八）项
本年收费金额（单位：万元）
行政事业性收费
15
2"""
    values = paper.by_indicator(paper.read(blocks_of(text)))
    assert values["disclosure.penalties.decisions"].number is None


@pytest.mark.parametrize(("extra", "number"), [("申请人主动撤回", None), ("", 0)])
def test_counted_figures_are_not_given_to_a_missing_row_in_whose_place_another_stands(
    extra: str, number: int | None
) -> None:
    labels = [label for label in LABELS if "予以公开" not in label]
    labels.insert(9, extra)
    cells = [line for label in labels for line in (label, *"0000000")]
    value = applications("\n\n".join([*HEADS, *cells]))["applications.granted.total"]
    assert value.number == number
