"""Text put into lines by place: cells of two lines around cells of one come together again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.document import Paragraph
from extractor.options import Options
from extractor.pipeline import extract_reports
from extractor.readers.request import ReadRequest
from extractor.readers.text import read_text
from extractor.report import Value
from extractor.rulebook import load_rulebook


def texts(text: str) -> list[str]:
    blocks = read_text(ReadRequest(text.encode(), "a.txt")).blocks
    return [" ".join(block.text.split()) for block in blocks if isinstance(block, Paragraph)]


def values(body: str) -> dict[str, Value]:
    text = f"青溪镇2022年政府信息公开工作年度报告\n一、总体情况\n我镇认真落实。\n{body}"
    report = extract_reports(text.encode(), "a.txt", load_rulebook(), Options())[0]
    return {value.indicator: value for value in report.values}


DISCLOSURE = """二、主动公开政府信息情况
               第二十条第（一）项
       信息     本年制          本年废       现行有
       内容     发件数          止件数       效件数
规章                  0            1           2
行政规
                    3            4           5
范性文件
               第二十条第（五）项
       信息               本年处理
       内容               决定数量
行政
                                           825
许可
               第二十条第（六）项
       信息                            本年处理
       内容                            决定数量
行政
                                                                  55
处罚
行政
                                                                    7
强制
                          第二十条第（八）项
       信息
                              本年收费金额（单位：万元）
       内容
行政事
                                                                29.04
业性收费
"""


def test_a_table_whose_labels_stand_around_their_figures_is_read() -> None:
    read = values(DISCLOSURE)

    numbers = {name: value.number for name, value in read.items() if value.table == "disclosure"}
    assert numbers == {
        "disclosure.regulations.issued": 0,
        "disclosure.regulations.repealed": 1,
        "disclosure.regulations.in_force": 2,
        "disclosure.normative_documents.issued": 3,
        "disclosure.normative_documents.repealed": 4,
        "disclosure.normative_documents.in_force": 5,
        "disclosure.licensing.decisions": 825,
        "disclosure.penalties.decisions": 55,
        "disclosure.coercion.decisions": 7,
        "disclosure.fees.amount": Decimal("29.04"),
    }
    assert read["disclosure.licensing.decisions"].location.path.startswith("line[16]")


def test_the_parts_of_a_label_stand_before_the_figures_between_them() -> None:
    assert texts("行政规\n        2   0   6\n范性文件\n") == ["行政规范性文件 2 0 6"]


@pytest.mark.parametrize(
    "text",
    [
        "行政许可\n        825\n行政处罚\n        55\n",
        "        825\n行政许可\n        55\n行政处罚\n",
        "行政许可\n        825\n                行政处罚\n",
        "行政许可\n        825\n\n处罚\n",
        " 行政许可\n  825\n 处罚\n",
        "我镇全年公开信息。\n        825\n我镇收到申请。\n",
    ],
    ids=[
        "label-figure in turn",
        "figure-label in turn",
        "elsewhere",
        "blank line",
        "below",
        "sentences",
    ],
)
def test_lines_that_may_belong_otherwise_stay_apart(text: str) -> None:
    assert texts(text) == [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_headings_of_two_lines_come_together_column_by_column() -> None:
    text = "    信息      本年制      本年废\n    内容      发件数      止件数\n"

    assert texts(text) == ["信息内容 本年制发件数 本年废止件数"]


@pytest.mark.parametrize(
    "text",
    [
        "    信息内容      本年收费金额\n    行政收费          478.OO\n",
        "甲        乙        丙\n    丁        戊        己\n",
        "    0    1\n    信息      本年制\n    内容      发件数\n",
        "    信息      本年制\n    内容      发件数\n    规章      文件\n",
    ],
    ids=["a damaged figure", "other columns", "below figures", "three lines"],
)
def test_lines_that_are_not_two_of_headings_stay_apart(text: str) -> None:
    assert texts(text) == [" ".join(line.split()) for line in text.splitlines()]


FLOWN = """二、主动公开政府信息情况
第二十条第（五）项
信息内容 本年处理决定数量
行政
825
许可
第二十条第（六）项
信息内容 本年处理决定数量
行政
55
处罚
行政
7
强制
"""


def test_a_short_label_parted_by_its_figure_is_read_in_a_text_without_places() -> None:
    read = values(FLOWN)

    assert read["disclosure.licensing.decisions"].number == 825
    assert read["disclosure.penalties.decisions"].number == 55
    assert read["disclosure.coercion.decisions"].number == 7


def test_a_label_without_its_other_part_is_not_read() -> None:
    assert values(FLOWN.replace("许可\n", ""))["disclosure.licensing.decisions"].number is None
