"""Body against body: the same report twice, and versions that differ."""

from __future__ import annotations

import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.across import checked_batch
from extractor.batch import run_batch
from extractor.digest import Digest
from extractor.inputs.collect import collect
from extractor.options import Lang, Options
from extractor.pipeline import extract_reports
from extractor.report import Flag, Outcome, Status
from extractor.rulebook import load_rulebook
from extractor.rulebook.loader import shipped_rules
from tests.panel import across, findings, history, make_digest, told, with_numbers

RULES = load_rulebook()
TOWN = "澄漪县望澜镇人民政府"
BASE = shipped_rules().joinpath("flags", "base", "report-2021.txt").read_text(encoding="utf-8")
FIGURES = {"applications.granted.total": 4, "disclosure.licensing.decisions": 31}


def flags_of(sources: dict[str, str], lang: Lang = Lang.ZH) -> dict[str, list[Flag]]:
    """The D008 of every source of a batch."""
    options = Options(lang=lang)
    reports = [
        report
        for name, text in sources.items()
        for report in extract_reports(text.encode(), name, RULES, options)
    ]
    with checked_batch(reports, RULES, options) as batch:
        result: dict[str, list[Flag]] = {name: [] for name in sources}
        for report in batch.reports:
            result[report.source] += [flag for flag in report.flags if flag.code == "D008"]
        return result


# What a user sees


def test_both_copies_of_a_file_name_each_other() -> None:
    flags = flags_of({"甲/望澜镇.txt": BASE, "乙/望澜镇.txt": BASE})
    assert ["乙/望澜镇.txt" in flag.message for flag in flags["甲/望澜镇.txt"]] == [True]
    assert ["甲/望澜镇.txt" in flag.message for flag in flags["乙/望澜镇.txt"]] == [True]


def test_a_copy_inside_an_archive_is_found(tmp_path: Path) -> None:
    (tmp_path / "望澜镇.txt").write_text(BASE, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "全县.zip", "w") as archive:
        archive.writestr("望澜镇.txt", BASE.encode())
    sources = collect([tmp_path], Options().limits)
    with checked_batch(run_batch(sources, Options(), RULES), RULES, Options()) as batch:
        found = {
            report.source: [f.message for f in report.flags if f.code == "D008"]
            for report in batch.reports
        }
    assert {len(messages) for messages in found.values()} == {1}
    assert "全县.zip!望澜镇.txt" in found["望澜镇.txt"][0]


@pytest.mark.parametrize("lang", list(Lang))
def test_versions_name_the_cells_and_both_figures(lang: Lang) -> None:
    row = "| 行政规范性文件 | 2 | 1 | 6 |"
    other = BASE.replace(row, row.replace("6", "7"))
    other = other.replace("| 行政许可 | 12 |", "| 行政许可 | 13 |")
    flags = flags_of({"网站.txt": BASE, "平台.txt": other}, lang)
    (mine,), (theirs,) = flags["网站.txt"], flags["平台.txt"]
    assert "平台.txt" in mine.message
    assert "“行政规范性文件”“现行有效件数” 6 ≠ 7" in mine.message
    assert "“行政许可”“本年处理决定数量” 12 ≠ 13" in mine.message
    assert "“行政规范性文件”“现行有效件数” 7 ≠ 6" in theirs.message
    assert mine.indicator == "disclosure.normative_documents.in_force"
    assert mine.location.path.startswith("line[")


def test_the_same_figures_in_another_file_are_a_copy() -> None:
    flags = flags_of({"a.txt": BASE, "b.txt": BASE + "\n政府网站转载\n"})
    assert ["数字与这份相同" in flag.message for flag in flags["a.txt"]] == [True]
    assert ["a.txt" in flag.message for flag in flags["b.txt"]] == [True]


def test_reports_of_one_file_are_no_duplicates() -> None:
    last = BASE.replace("2023", "2022").replace("2024", "2023")
    assert flags_of({"两年对照.txt": BASE + "\n" + last}) == {"两年对照.txt": []}
    one, two = (make_digest(TOWN, 2023, FIGURES, source="汇编.txt") for _ in range(2))
    other = replace(two, key=replace(two.key, report_id=two.key.report_id + "-2"))
    assert told(across([one, with_numbers(other, disclosure__licensing__decisions=9)]), "D008") == (
        set()
    )


def test_a_document_that_is_no_report_is_no_duplicate() -> None:
    same = {"sha256": "ab" * 32, "status": Status.NOT_A_REPORT}
    batch = [make_digest("", None, {}, source=name, **same) for name in ("a.txt", "b.txt")]  # type: ignore[arg-type]
    assert findings(across(batch), "D008") == []


# Bodies and years


@pytest.mark.parametrize(
    ("issuer", "year"), [("霁浦县望澜镇人民政府", 2023), (TOWN, 2022), (TOWN, None)]
)
def test_another_body_or_year_is_no_duplicate(issuer: str, year: int | None) -> None:
    one = make_digest(TOWN, 2023, FIGURES)
    assert findings(across([one, make_digest(issuer, year, FIGURES, source="x.txt")]), "D008") == []


def test_three_versions_are_told_on_each_of_them() -> None:
    versions = [
        make_digest(TOWN, 2023, FIGURES | {"applications.granted.total": n}, source=f"{n}.txt")
        for n in (4, 5, 6)
    ]
    found = findings(across(versions), "D008")
    assert [one.variant for one in found] == ["versions"] * 3
    assert [sorted(s for s in ("4.txt", "5.txt", "6.txt") if s in one.detail) for one in found] == [
        ["5.txt", "6.txt"], ["4.txt", "6.txt"], ["4.txt", "5.txt"],
    ]  # fmt: skip


def test_a_cell_that_one_version_lacks_is_no_difference() -> None:
    one = make_digest(TOWN, 2023, FIGURES, source="a.txt")
    two = make_digest(TOWN, 2023, {"applications.granted.total": 4}, source="b.txt")
    assert {one.variant for one in findings(across([one, two]), "D008")} == {"same_figures"}
    none = make_digest(TOWN, 2023, {}, source="c.txt")
    assert {one.variant for one in findings(across([one, none]), "D008")} == {"same_year"}


def test_bare_names_with_other_figures_may_be_two_towns() -> None:
    rng = random.Random("two-towns")
    one, two = (
        make_digest("城关镇", 2023, history(rng, "城关镇", 2023, 1)[0].numbers, source=name)
        for name in ("a.txt", "b.txt")
    )
    outcome = across([one, two])
    assert findings(outcome, "D008") == []
    assert {o.outcome for o in outcome.outcomes if o.code == "D008"} == {Outcome.COULD_NOT_JUDGE}
    near = with_numbers(one, disclosure__licensing__decisions=999)
    near = replace(near, key=two.key, sha256="cd" * 32)
    assert [f.variant for f in findings(across([one, near]), "D008")] == ["versions"] * 2


def test_bare_names_without_any_figure_are_told_apart_by_their_prose() -> None:
    def empty(source: str, text: str) -> Digest:
        return make_digest(
            "城关镇", 2023, {"applications.granted.total": 0}, source=source, text=text
        )

    same = [empty("a.txt", "全年没有收到申请。"), empty("b.txt", "全年没有收到申请。")]
    assert len(findings(across(same), "D008")) == 2
    other = [empty("a.txt", "全年没有收到申请。"), empty("b.txt", "本年度未收到申请。")]
    assert findings(across(other), "D008") == []


def test_every_copy_and_version_of_a_panel_is_found_and_no_other() -> None:
    rng = random.Random("duplicates-1")
    reports = [
        one for number in range(300) for one in history(rng, f"澄漪县第{number}镇人民政府", 2021, 3)
    ]
    extra, due = [], set()
    for number, one in enumerate(rng.sample(reports, 90)):
        again = replace(one, key=replace(one.key, source=f"又/{one.key.source}"))
        if number % 3:
            again = replace(again, sha256=f"{number:064d}")
        if number % 3 == 2:
            again = with_numbers(again, disclosure__licensing__decisions=99999)
        extra.append(again)
        due |= {one.key.source, again.key.source}
    outcome = across([*reports, *extra])
    assert {source for source, _, _ in told(outcome, "D008")} == due
    kinds = [one.variant for one in findings(outcome, "D008")]
    assert (kinds.count(""), kinds.count("same_figures"), kinds.count("versions")) == (60, 60, 60)
