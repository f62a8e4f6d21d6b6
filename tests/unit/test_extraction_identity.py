"""Issuer, year, title and date as they are printed in the wild."""

from __future__ import annotations

import pytest

from extractor.document import Block, Layer, Location, Paragraph
from extractor.extraction import identity as who
from extractor.extraction.titles import decoy_title, level_of
from extractor.report import Finding, Identity
from tests import paper

RULES = paper.RULEBOOK.identity


def identify(text: str, start: int | None = None) -> tuple[Identity, tuple[Finding, ...]]:
    blocks = paper.lines(text)
    end = next(
        (i for i, b in enumerate(blocks) if isinstance(b, Paragraph) and "总体情况" in b.text),
        len(blocks),
    )
    return who.identify(paper.document(blocks), blocks, end if start is None else start, RULES)


@pytest.mark.parametrize(
    ("title", "issuer", "year"),
    [
        ("澄漪县望澜镇2023年政府信息公开工作年度报告", "澄漪县望澜镇", 2023),
        ("澄漪县望澜镇人民政府\n2023年政府信息公开工作年度报告", "澄漪县望澜镇人民政府", 2023),
        ("澄漪县水务局\n2022年度政府信息公开\n工作年度报告", "澄漪县水务局", 2022),
        ("2020年澄漪县望澜镇政府信息公开工作年度报告", "澄漪县望澜镇", 2020),
        ("2023年度澄漪县教育局政府信息公开年报", "澄漪县教育局", 2023),
        ("澄漪县望澜镇 2 0 2 3 年政府信息公开工作年度报告", "澄漪县望澜镇", 2023),
        ("澄漪县望澜镇二〇二三年政府信息公开工作年度报告", "澄漪县望澜镇", 2023),
        ("澄漪县教育局关于2023年度政府信息公开工作的年度报告", "澄漪县教育局", 2023),
        ("关于2023年度政府信息公开工作的年度报告\n澄漪县教育局", "澄漪县教育局", 2023),
        ("澄漪县望澜镇政府信息公开工作年度报告（2023年）", "澄漪县望澜镇", 2023),
        ("澄漪县2023年政府信息公开工作年度报告", "澄漪县", 2023),
        ("澄漪县湖镇镇2023年政府信息公开工作年度报告", "澄漪县湖镇镇", 2023),
        ("澄漪县望澜镇2023年信息公开工作报告", "澄漪县望澜镇", 2023),
    ],
)
def test_titles(title: str, issuer: str, year: int) -> None:
    identity, findings = identify(f"{title}\n一、总体情况\n正文。")
    assert (identity.issuer, identity.year) == (issuer, year)
    assert not findings


def test_a_short_title_is_completed_from_the_preamble() -> None:
    identity, _ = identify(
        "望澜镇2023年政府信息公开工作年度报告\n"
        "根据条例，由澄漪县望澜镇人民政府编制本报告，统计期限自2023年1月1日起至12月31日止。\n一、总体情况"
    )
    assert identity.issuer == "澄漪县望澜镇人民政府"
    assert identity.issuer_level == "town"


def test_a_title_that_stands_only_in_the_preamble() -> None:
    identity, _ = identify(
        "根据要求，现公布《澄漪县望澜镇2023年政府信息公开工作年度报告》，全文如下。\n一、总体情况"
    )
    assert (identity.issuer, identity.year) == ("澄漪县望澜镇", 2023)


def test_the_issuer_from_the_signature() -> None:
    identity, findings = identify(
        "2023年政府信息公开工作年度报告\n一、总体情况\n正文。\n澄漪县望澜镇人民政府\n2024年1月19日"
    )
    assert identity.issuer == "澄漪县望澜镇人民政府"
    assert identity.published == "2024-01-19"
    assert not findings


def test_no_issuer_and_no_year_are_told() -> None:
    identity, findings = identify("政府信息公开工作年度报告\n本机关现公布报告。\n一、总体情况")
    assert (identity.issuer, identity.year) == ("", None)
    assert {f.name for f in findings} == {"issuer_unidentified", "year_unidentified"}


@pytest.mark.parametrize(
    "period",
    [
        "本报告统计期限自2023年1月1日起至2023年12月31日止。",
        "所列数据的统计时限为2023年1月1日至12月31日。",
        "统计数据从 2023 年 1 月 1 日起至 2023 年 12 月 31 日止。",
        "本报告数据统计期限为202311日起至20231231日止。",
    ],
)
def test_the_year_of_the_reporting_period(period: str) -> None:
    identity, _ = identify(f"澄漪县教育局政府信息公开工作年度报告\n{period}\n一、总体情况")
    assert identity.year == 2023


def test_a_period_of_another_year_is_a_conflict() -> None:
    identity, findings = identify(
        "澄漪县教育局2023年政府信息公开工作年度报告\n统计期限自2022年1月1日起至2022年12月31日止。\n一、总体情况"
    )
    assert identity.year == 2023
    (conflict,) = findings
    assert (conflict.name, conflict.expected, conflict.found) == ("year_conflict", "2023", "2022")
    assert conflict.evidence[0].location.path == "line[2]"


def test_the_year_of_a_cited_document_is_no_reporting_year() -> None:
    identity, findings = identify(
        "澄漪县教育局2023年政府信息公开工作年度报告\n根据国办公开办函〔2021〕30号和2022年要点编制。\n一、总体情况"
    )
    assert identity.year == 2023
    assert not findings


def test_the_date_of_publication_from_the_frame_of_a_page() -> None:
    frame = Paragraph("发布日期：2024-01-19 18:26", Location(path="paragraph[1]"), Layer.FURNITURE)
    blocks: list[Block] = [
        frame,
        *paper.lines("澄漪县教育局2023年政府信息公开工作年度报告\n一、总体情况"),
    ]
    identity, _ = who.identify(paper.document(blocks), blocks, 2, RULES)
    assert identity.published == "2024-01-19"


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("澄漪县人民政府", "county"), ("望澜镇", "town"), ("望澜镇人民政府", "town"),
        ("霞泊街道办事处", "street"), ("霁汀市人民政府", "city"), ("沄岭省人民政府", "province"),
        ("澄漪县教育局", "department"), ("蓼岸经济开发区管理委员会", "zone"),
        ("某某苗族乡", "town"), ("巴彦苏木", "town"), ("生态环境部", "ministry"),
        ("澄漪县人民政府办公室", "department"), ("不知何名", ""),
    ],
)  # fmt: skip
def test_levels_by_name(issuer: str, level: str) -> None:
    assert level_of(issuer, RULES) == level


@pytest.mark.parametrize(
    ("title", "decoy"),
    [
        ("澄漪县2024年上半年政府信息公开工作统计", True),
        ("关于做好2023年政府信息公开工作年度报告编制工作的通知", True),
        ("【文字解读】澄漪县2023年政府信息公开工作年度报告", True),
        ("澄漪县教育局2023年政府信息公开工作年度报告", False),
        ("政府信息公开工作年度报告格式模板", False),
    ],
)
def test_titles_of_other_documents(title: str, decoy: bool) -> None:
    blocks = paper.lines(title)
    assert bool(decoy_title(paper.document(blocks), blocks, RULES)) is decoy


@pytest.mark.parametrize(
    "text",
    [
        "望澜镇2023年政府信息公开工作年度报告\n一、总体情况\n正文。\n"
        "澄漪县望澜镇人民政府2024年1月19日",
        "望澜镇2023年政府信息公开工作年度报告\n一、总体情况\n正文。\n"
        "澄漪县望澜镇人民政府    二〇二四年一月十九日",
        "望澜镇2023年政府信息公开工作年度报告\n一、总体情况\n"
        "本报告由澄漪县望澜镇人民政府根据条例编制。",
    ],
)
def test_a_short_title_is_completed_from_where_the_name_slipped_to(text: str) -> None:
    identity, findings = identify(text)
    assert (identity.issuer, identity.year) == ("澄漪县望澜镇人民政府", 2023)
    assert not findings


def test_a_mark_in_front_of_a_title_is_no_part_of_the_name() -> None:
    identity, _ = identify("【年报】澄漪县望澜镇2023年政府信息公开工作年度报告\n一、总体情况")
    assert identity.issuer == "澄漪县望澜镇"


@pytest.mark.parametrize(
    ("text", "decoy"),
    [
        ("关于做好2023年政府信息公开工作年度报告编制和发布工\n作的通知\n各乡镇：", True),
        ("澄漪县望澜镇2023年工作总结和2024年工作打算\n一、工作情况", True),
        ("澄漪县望澜镇政府信息公开指南\n一、信息分类", True),
        ("澄漪县望澜镇2023年政府信息\n公开工作年度报告\n一、总体情况", False),
    ],
)
def test_titles_of_documents_that_are_no_reports(text: str, decoy: bool) -> None:
    blocks = paper.lines(text)
    assert bool(decoy_title(paper.document(blocks), blocks, RULES)) is decoy
