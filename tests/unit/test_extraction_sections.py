"""Sections are found whatever their numbering, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from extractor.document import Location, Paragraph
from extractor.extraction.run_on import open_run_on
from extractor.extraction.sections import split_sections
from extractor.report import Section
from tests import paper

RULES = paper.RULEBOOK.form("2021").sections
TITLES = [rule.title for rule in RULES]
NUMBERED = [f"{n}、{title}" for n, title in zip("一二三四五六", TITLES, strict=True)]


def sections(text: str) -> tuple[Section, ...]:
    blocks = open_run_on(paper.lines(text), paper.VOCABULARY, RULES)
    return split_sections(blocks, paper.VOCABULARY, RULES)[0]


def ids(text: str) -> list[int]:
    return [section.id for section in sections(text)]


def report(*headings: str) -> str:
    return "\n".join(f"{heading}\n{'正文' * 10}。" for heading in headings)


def test_the_six_sections_and_their_texts() -> None:
    found = sections("标题\n" + report(*NUMBERED))
    assert [(s.id, s.order, s.statutory_heading) for s in found] == [
        (n, n, title) for n, title in enumerate(TITLES, 1)
    ]
    assert all(section.text == "正文" * 10 + "。" for section in found)


@pytest.mark.parametrize(
    ("section", "heading"),
    [
        (1, "一、概述"), (1, "一、 总 体 情 况"), (1, "一 、总体情况"), (1, "第一部分 总体情况"),
        (1, "1.总体情况"), (1, "总体情况"), (1, "一、总体情况："),
        (2, "二、主动公开情况"), (2, "二、主动公开政府政府情况"),
        (2, "二、行政机关主动公开政府信息情况"),
        (3, "三、收到和处理政府信息公开申请的情况"), (3, "三、收到和处理政府信息公申请情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (4, "四、政府信息公开行政复议和行政诉讼情况"),
        (4, "三、政府信息公开行政复议、行政诉讼情况"),
        (5, "五、政府信息公开工作存在的主要问题及改进措施"), (5, "五、存在问题和改进措施"),
        (6, "六、其他需要报告事项"), (6, "六、其他需要报告的事项。"),
    ],
)  # fmt: skip
def test_wordings_met_in_the_wild(section: int, heading: str) -> None:
    headings = list(NUMBERED)
    headings[section - 1] = heading
    assert ids(report(*headings)) == [1, 2, 3, 4, 5, 6]


def test_text_on_the_heading_line_belongs_to_the_section() -> None:
    text = (
        report(*NUMBERED[:4])
        + "\n五、存在的主要问题及改进情况 2023年，人员不足。\n"
        + report(NUMBERED[5])
    )
    found = sections(text)
    assert [s.id for s in found] == [1, 2, 3, 4, 5, 6]
    assert found[4].text == "2023年，人员不足。"


def test_a_heading_broken_over_two_lines() -> None:
    text = (
        report(*NUMBERED[:2])
        + "\n三、收到和处理政府信息公开\n申请情况\n正文。\n"
        + report(*NUMBERED[3:])
    )
    assert ids(text) == [1, 2, 3, 4, 5, 6]


def test_a_whole_report_on_one_line() -> None:
    body = "".join(f"{heading}{'工作开展情况良好，' * 12}。" for heading in NUMBERED)
    found = sections("本报告按要求编制。" + body)
    assert [s.id for s in found] == [1, 2, 3, 4, 5, 6]


def test_the_sentence_that_lists_the_parts_is_no_heading() -> None:
    parts = "、".join(TITLES)
    text = f"本报告由{parts}六部分组成。\n总体情况；主动公开政府信息情况。\n" + report(*NUMBERED)
    assert ids(text) == [1, 2, 3, 4, 5, 6]


def test_a_table_of_contents_is_no_set_of_sections() -> None:
    contents = "\n".join(f"{heading}……{page}" for page, heading in enumerate(NUMBERED, 1))
    found = sections("目录\n" + contents + "\n" + report(*NUMBERED))
    assert [s.id for s in found] == [1, 2, 3, 4, 5, 6]
    assert all(section.text for section in found)


@pytest.mark.parametrize("between", ["\n\n{page}\n\n", "\n接上行......................{page}\n"])
def test_the_pages_of_a_table_of_contents_may_stand_on_lines_of_their_own(between: str) -> None:
    contents = "".join(h + between.format(page=page) for page, h in enumerate(NUMBERED, 1))
    found = sections("目录\n" + contents + "本报告按要求编制。\n" + report(*NUMBERED))
    assert [s.id for s in found] == [1, 2, 3, 4, 5, 6]
    assert all(section.text for section in found)


def test_sections_that_hold_a_number_alone_are_sections() -> None:
    text = "\n".join(f"{heading}\n{number}" for number, heading in enumerate(NUMBERED))
    assert ids(text) == [1, 2, 3, 4, 5, 6]


def test_subsections_of_section_one_are_no_sections() -> None:
    inner = "\n".join(
        ["（一）主动公开情况", "公开。", "（二）依申请公开情况", "没有。", "二是依申请公开"]
    )
    text = NUMBERED[0] + "\n" + inner + "\n" + report(*NUMBERED[1:])
    assert ids(text) == [1, 2, 3, 4, 5, 6]


def test_a_nested_list_with_the_numbering_of_sections() -> None:
    inner = "\n".join(
        ["一、加强领导", "做法。", "二、主动公开", "做法。", "三、依申请公开", "做法。"]
    )
    text = NUMBERED[0] + "\n" + inner + "\n" + report(*NUMBERED[1:])
    assert ids(text) == [1, 2, 3, 4, 5, 6]


def test_rows_of_the_applications_table_are_no_headings() -> None:
    rows = "\n".join(label for _, label in paper.applications_labels())
    text = report(*NUMBERED[:2]) + f"\n{NUMBERED[2]}\n{rows}\n" + report(*NUMBERED[3:])
    found = sections(text)
    assert [s.id for s in found] == [1, 2, 3, 4, 5, 6]
    assert "四、结转下年度继续办理" in found[2].text


def test_a_section_twice_and_out_of_order() -> None:
    order = [NUMBERED[0], NUMBERED[2], NUMBERED[1], NUMBERED[3], NUMBERED[4], NUMBERED[4]]
    assert ids(report(*order)) == [1, 3, 2, 4, 5, 5]


def test_cutting_a_paragraph_loses_no_text() -> None:
    text = "前言。" + "".join(f"{heading}{'内容' * 60}。" for heading in NUMBERED)
    cut = open_run_on([Paragraph(text, Location(path="line[1]"))], paper.VOCABULARY, RULES)
    assert len(cut) == 7
    assert "".join(block.text for block in cut if isinstance(block, Paragraph)) == text


def test_a_heading_that_is_a_row_of_a_table() -> None:
    rows = paper.disputes_rows()
    rows.append(["五、存在的主要问题及改进情况", *[""] * 14])
    blocks = [*paper.lines(report(*NUMBERED[:4])), paper.table(rows), *paper.lines("正文。")]
    opened = open_run_on(blocks, paper.VOCABULARY, RULES)
    found, _ = split_sections(opened, paper.VOCABULARY, RULES)
    assert [s.id for s in found] == [1, 2, 3, 4, 5]


BRACKETED = [f"（{n}）{title}" for n, title in zip("一二三四五六", TITLES, strict=True)]


def test_a_heading_in_a_header_that_is_printed_again_is_one() -> None:
    rows: list[list[paper.Spec]] = [[NUMBERED[2]], ["表头", "0"], [NUMBERED[2]], ["表头", "1"]]
    opened = open_run_on([paper.table(rows)], paper.VOCABULARY, RULES)
    headings = [b.text for b in opened if isinstance(b, Paragraph)]
    assert headings == [NUMBERED[2]]


def test_sections_numbered_in_brackets_are_found_where_no_other_numbering_is() -> None:
    assert ids("标题\n" + report(*BRACKETED)) == [1, 2, 3, 4, 5, 6]


def test_bracketed_subsections_are_no_sections() -> None:
    inner = "（一）主动公开政府信息情况\n（二）依申请公开\n（三）政府信息管理\n正文。"
    text = report(NUMBERED[0]) + "\n" + inner + "\n" + report(*NUMBERED[1:])
    assert ids(text) == [1, 2, 3, 4, 5, 6]


def test_a_section_that_only_the_table_of_contents_names_is_missing() -> None:
    contents = "\n".join(f"{heading}……………{page}" for page, heading in enumerate(NUMBERED, 1))
    text = f"目录\n{contents}\n前言。\n" + report(*NUMBERED[:4], NUMBERED[5])
    assert ids(text) == [1, 2, 3, 4, 6]


def test_a_heading_printed_twice_in_a_row_is_one() -> None:
    text = report(*NUMBERED[:2]) + f"\n{NUMBERED[2]}\n" + report(*NUMBERED[2:])
    assert ids(text) == [1, 2, 3, 4, 5, 6]


def test_text_behind_a_heading_may_repeat_its_own_title() -> None:
    text = report(*NUMBERED[:5]) + f"\n{NUMBERED[5]} 未收取费用。除此之外，无{TITLES[5]}。"
    assert ids(text) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("closing", "kept"),
    [
        ("合成县样例镇人民政府\n2024年1月12日", ""),
        ("合成县样例镇人民政府    2024年1月12日", ""),
        ("无\n2024年1月12日", "无"),
        ("没有收取费用。\n合成县样例镇人民政府\n2024年1月12日", "没有收取费用。"),
        ("截至2024年1月12日，没有需要报告的事项。", "截至2024年1月12日，没有需要报告的事项。"),
    ],
)
def test_who_signs_and_when_belongs_to_no_section(closing: str, kept: str) -> None:
    found = sections(report(*NUMBERED[:5]) + f"\n{NUMBERED[5]}\n{closing}")
    assert found[-1].text == kept


def test_a_heading_that_comes_again_above_its_table_is_one() -> None:
    blocks = paper.lines(report(*NUMBERED[:3]) + f"\n{NUMBERED[2]}")
    blocks += [paper.table([["总计", "0"]]), *paper.lines(report(*NUMBERED[3:]))]
    found, _ = split_sections(blocks, paper.VOCABULARY, RULES)
    assert [section.id for section in found] == [1, 2, 3, 4, 5, 6]
    assert ids(report(*NUMBERED[:3], NUMBERED[2], *NUMBERED[3:])) == [1, 2, 3, 3, 4, 5, 6]


@pytest.mark.parametrize("section", [1, 2, 3, 5, 6])
def test_one_heading_without_its_number_is_found(section: int) -> None:
    wordings = {
        1: "主要工作概述", 2: "主动公开政府信息的情况", 3: "依申请公开情况",
        5: "存在问题和改进措施", 6: "需要说明的事项",
    }  # fmt: skip
    headings = list(NUMBERED)
    headings[section - 1] = wordings[section]
    assert ids(report(*headings)) == [1, 2, 3, 4, 5, 6]


def test_a_title_without_its_number_is_found_with_text_on_its_line() -> None:
    text = report(*NUMBERED[:5]) + f"\n{TITLES[5]} 2023年没有收取信息处理费。"
    found = sections(text)
    assert [section.id for section in found] == [1, 2, 3, 4, 5, 6]
    assert found[-1].text == "2023年没有收取信息处理费。"


def test_headings_within_section_one_are_not_the_section_that_is_missing() -> None:
    inner = f"{NUMBERED[0]}\n主动公开情况\n正文。\n依申请公开情况\n正文。\n"
    assert ids(inner + report(*NUMBERED[2:])) == [1, 3, 4, 5, 6]
