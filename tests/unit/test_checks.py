"""Findings about a report: raised where they should be, with evidence, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.checks import Subject, run_checks
from extractor.document import Block, Box, Location, Paragraph, Picture
from extractor.extraction.labels import compile_vocabulary
from extractor.extraction.sections import section_at, split_sections
from extractor.extraction.tables import TableContext, read_tables
from extractor.options import Lang
from extractor.report import Flag, Identity, Outcome
from extractor.rulebook import load_rulebook
from tests import paper

RULES = paper.RULEBOOK.form("2021").sections
IDS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org",
       "total")  # fmt: skip


def text(line: str) -> Paragraph:
    return Paragraph(line, Location(path="line[1]"))


def report(
    applications: Sequence[Sequence[paper.Spec]] | None = None,
    disputes: Sequence[Sequence[paper.Spec]] | None = None,
    disclosure: Sequence[Sequence[paper.Spec]] | None = None,
) -> list[Block]:
    """A clean 2021 report of a township, with tables of one's own."""
    return [
        text("一、总体情况"),
        text("主动公开信息30条，没有收到依申请公开的申请；加强信息管理和平台建设，落实监督保障与工作考核、"
             "社会评议、责任追究。"),
        text("二、主动公开政府信息情况"),
        paper.table(disclosure or paper.disclosure_rows(), name="table[1]"),
        text("三、收到和处理政府信息公开申请情况"),
        paper.table(applications or paper.applications_rows(), name="table[2]"),
        text("四、政府信息公开行政复议、行政诉讼情况"),
        paper.table(disputes or paper.disputes_rows(), name="table[3]"),
        text("五、存在的主要问题及改进情况"),
        text("存在人员不足的问题；下一步加强培训，改进工作。"),
        text("六、其他需要报告的事项"),
        text("本年度未收取信息处理费。"),
    ]  # fmt: skip


def check(
    blocks: Sequence[Block], year: int | None = 2023, level: str = "town", lang: Lang = Lang.ZH
) -> tuple[list[Flag], dict[str, int]]:
    """Flags of a report, and how often its checks held."""
    form = paper.RULEBOOK.form_for_year(year or 2023)
    sections, ranges = split_sections(blocks, paper.VOCABULARY, RULES)

    def section_of(position: int) -> int | None:
        return section_at(sections, ranges, position)

    spans = tuple((s.id, span) for s, span in zip(sections, ranges, strict=True))
    context = TableContext(paper.RULEBOOK, paper.VOCABULARY, form, section_of, spans)
    found = read_tables(blocks, context)
    pictures = [(section_of(i), b) for i, b in enumerate(blocks) if isinstance(b, Picture)]
    identity = Identity(issuer="澄漪县望澜镇", issuer_level=level, year=year)
    subject = Subject(
        paper.RULEBOOK,
        identity,
        form,
        sections,
        found.tables,
        found.values,
        found.findings,
        pictures,
    )
    flags, outcomes = run_checks(subject, lang)
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[outcome.outcome] = counts.get(outcome.outcome, 0) + 1
    return list(flags), counts


def codes(blocks: Sequence[Block], year: int | None = 2023, level: str = "town") -> list[str]:
    return [flag.code for flag in check(blocks, year, level)[0]]


def applications(**cells: str) -> list[list[paper.Spec]]:
    """The applications table, all 0 but for cells given as ``row__column``."""
    return paper.applications_rows(lambda row, column: cells.get(f"{row}__{IDS[column]}", "0"))


BALANCED = {
    f"{row}__{column}": "3"
    for row in ("new_received", "granted", "outcomes_total")
    for column in ("natural_person", "total")
}


def test_a_clean_report_raises_nothing() -> None:
    flags, outcomes = check(report(applications=applications(**BALANCED)))
    assert flags == []
    assert outcomes[Outcome.HOLDS] > 200
    assert Outcome.BROKEN not in outcomes


def test_the_balance_is_checked_for_each_column() -> None:
    cells = {**BALANCED, "carried_out__natural_person": "1", "carried_out__total": "1"}
    flags, _ = check(report(applications=applications(**cells)))
    assert [flag.code for flag in flags] == ["C001", "C001"]
    assert (flags[0].expected, flags[0].found) == ("3", "4")
    roles = [evidence.role for evidence in flags[0].evidence]
    assert "applications.new_received.natural_person" in roles
    assert "applications.carried_out.natural_person" in roles
    assert all(evidence.location.path for evidence in flags[0].evidence)


def test_the_row_total() -> None:
    cells = {**BALANCED, "granted__total": "4"}
    found = codes(report(applications=applications(**cells)))
    assert sorted(found) == ["C002", "C003"]


def test_a_blank_operand_is_not_zero_and_is_not_judged() -> None:
    cells = {**BALANCED, "granted__business": ""}
    flags, outcomes = check(report(applications=applications(**cells)))
    assert [flag.code for flag in flags] == ["T008"]
    assert flags[0].indicator == "applications.granted.business"
    assert outcomes[Outcome.COULD_NOT_JUDGE] >= 2


def test_dispute_totals() -> None:
    figures = ["1", "0", "0", "0", "2", *["0"] * 10]
    flags, _ = check(report(disputes=paper.disputes_rows(figures)))
    assert [(f.code, f.expected, f.found) for f in flags] == [("C004", "1", "2")]


@pytest.mark.parametrize("figure", ["-1", "1.5"])
def test_a_count_is_whole_and_not_negative(figure: str) -> None:
    rows = paper.disclosure_rows(lambda place: figure if place == "penalties.decisions" else "0")
    flags, _ = check(report(disclosure=rows))
    assert [(f.code, f.indicator) for f in flags] == [("C005", "disclosure.penalties.decisions")]


@pytest.mark.parametrize(("level", "told"), [("town", True), ("city", False), ("", False)])
def test_regulations_need_the_power_to_make_them(level: str, told: bool) -> None:
    rows = paper.disclosure_rows(lambda place: "6" if place == "regulations.in_force" else "0")
    assert ("C009" in codes(report(disclosure=rows), level=level)) is told


@pytest.mark.parametrize("mark", ["/", "无", "—"])
def test_a_cell_that_is_no_number(mark: str) -> None:
    flags, _ = check(report(disputes=paper.disputes_rows([mark, *["0"] * 14])))
    assert [(f.code, f.found) for f in flags] == [("T009", mark)]


def test_a_missing_table_and_a_picture_in_its_place() -> None:
    blocks = report()
    del blocks[5]
    assert codes(blocks) == ["T001", "S004"]
    blocks.insert(5, Picture(Location(1, Box(0, 0, 400, 300)), 400, 300))
    assert codes(blocks) == ["D007"]
    blocks[5] = Picture(Location(1, Box(0, 0, 16, 16)), 16, 16)
    assert codes(blocks) == ["T001"]


def test_a_table_in_the_wrong_section() -> None:
    blocks = report()
    blocks[5], blocks[7] = blocks[7], blocks[5]
    found = check(blocks)[0]
    assert sorted({flag.code for flag in found}) == ["T003"]
    assert {flag.table for flag in found} == {"applications", "disputes"}


def test_an_old_form_in_a_new_year() -> None:
    blocks = report(applications=paper.applications_rows(form="2019"))
    assert codes(blocks) == ["T002"]
    assert "T002" in codes(report(), year=2020)


def test_section_findings() -> None:
    blocks = report()
    assert codes([*blocks[:8], *blocks[10:]]) == ["S001"]
    assert codes([*blocks[:8], *blocks[10:], *blocks[8:10]]) == ["S003"]
    assert codes([*blocks, text("六、其他需要报告的事项"), text("没有收费。")]) == ["S005"]
    assert codes([*blocks[:9], *blocks[10:]]) == ["S004"]
    blocks[8] = text("五、存在问题和改进措施")
    assert codes(blocks) == ["S002"]


def test_a_topic_that_is_missing() -> None:
    blocks = report()
    blocks[9] = text("本年度工作人员配备齐全。")
    assert codes(blocks) == ["S006", "S006"]


def test_messages_in_both_languages_name_the_place() -> None:
    blocks = report(disputes=paper.disputes_rows(["/", *["0"] * 14]))
    for lang in Lang:
        (flag,) = check(blocks, lang=lang)[0]
        assert "/" in flag.message
        assert "{" not in flag.message
    chinese, english = (check(blocks, lang=lang)[0][0].message for lang in Lang)
    assert chinese != english


def test_evidence_shows_the_figures_as_printed() -> None:
    rows = paper.disclosure_rows(lambda p: "１,２３４.5" if p == "coercion.decisions" else "0")
    (flag,) = check(report(disclosure=rows))[0]
    assert flag.evidence[0].text == "１,２３４.5"
    assert Decimal(flag.found) == Decimal("1234.5")


def test_a_district_sets_the_severity_of_a_check(tmp_path: Path) -> None:
    checks = tmp_path / "checks"
    checks.mkdir()
    rule = "checks:\n  - name: applications_balance\n    severity: warning\n"
    (checks / "own.yaml").write_text(rule, encoding="utf-8")
    own = load_rulebook(tmp_path)
    cells = {**BALANCED, "carried_out__natural_person": "1", "carried_out__total": "1"}
    blocks = report(applications=applications(**cells))
    sections, ranges = split_sections(blocks, paper.VOCABULARY, RULES)
    context = TableContext(
        own,
        compile_vocabulary(own),
        own.form_for_year(2023),
        lambda position: section_at(sections, ranges, position),
        (),
    )
    found = read_tables(blocks, context)
    identity = Identity(issuer="澄漪县望澜镇", issuer_level="town", year=2023)
    subject = Subject(
        own, identity, own.form("2021"), sections, found.tables, found.values, found.findings, ()
    )
    flags, _ = run_checks(subject, Lang.ZH)
    assert {(flag.code, flag.severity, flag.section) for flag in flags} == {("C001", "warning", 3)}
