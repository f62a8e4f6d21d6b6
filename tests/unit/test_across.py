"""A batch as a whole: reports set aside, findings across them put where they belong."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractor import across
from extractor.across import checked_batch
from extractor.checks.across import AcrossOutcome, Batch
from extractor.dataset.run import RunInfo
from extractor.dataset.writer import write_dataset
from extractor.digest import Across, ReportKey, digest_of
from extractor.document import Location
from extractor.options import Options
from extractor.pipeline import extract_reports
from extractor.report import CheckOutcome, Evidence, Finding, Outcome, Report, Severity, State
from extractor.rulebook import load_rulebook
from extractor.rulebook.loader import shipped_rules
from extractor.spool import Spool

RULES = load_rulebook()
CARRIED = "applications.carried_in.total"


def report(name: str) -> Report:
    text = shipped_rules().joinpath("flags", "base", "report-2021.txt").read_bytes()
    return extract_reports(text, name, RULES, Options())[0]


def checked(
    reports: Iterable[Report], findings: Iterable[Across], monkeypatch: pytest.MonkeyPatch
) -> list[Report]:
    outcome = AcrossOutcome(tuple(findings))
    monkeypatch.setattr(across, "check_across", lambda batch: outcome)
    with checked_batch(reports, RULES, Options()) as batch:
        return list(batch.reports)


def test_reports_come_back_from_the_spool_as_they_were() -> None:
    first, second = report("甲.txt"), report("乙.txt")
    with Spool() as spool:
        spool.add(first)
        spool.add(second)
        back = list(spool)
    assert [one.source for one in back] == ["甲.txt", "乙.txt"]
    assert back[0].values == first.values
    assert [s.text for s in back[1].sections] == [s.text for s in second.sections]


def test_a_digest_has_what_was_read_and_nothing_else() -> None:
    whole = report("甲.txt")
    blank = next(v for v in whole.values if v.indicator == CARRIED)
    lost = replace(blank, state=State.BLANK, number=None)
    values = tuple(lost if v is blank else v for v in whole.values)
    digest = digest_of(replace(whole, values=values))
    assert CARRIED not in digest.numbers
    assert len(digest.numbers) == len(digest_of(whole).numbers) - 1


def test_a_finding_of_the_batch_gets_the_places_of_its_cell_and_its_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = report("甲.txt"), report("乙.txt")
    passage = one.sections[0].text.splitlines()[0]
    finding = Finding(
        "C001",
        expected="1",
        found="2",
        evidence=(Evidence(CARRIED, "", Location()), Evidence("text", passage, Location())),
    )
    key = ReportKey(one.source, one.report_id)
    flagged, clean = checked([one, other], [Across(key, finding)], monkeypatch)
    (flag,) = (flag for flag in flagged.flags if flag.code == "C001")
    cell, sentence = flag.evidence
    assert cell.location == next(v for v in one.values if v.indicator == CARRIED).location
    assert sentence.location.path.startswith("line[")
    assert flagged.status.value == "flagged"
    assert clean.flags == other.flags


def test_a_finding_without_a_report_is_a_row_without_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loose = Across(None, Finding("T001", severity=Severity.ERROR.value))
    held = CheckOutcome("T001", "roster", Outcome.BROKEN)
    outcome = AcrossOutcome((loose,), (held,))
    monkeypatch.setattr(across, "check_across", lambda batch: outcome)
    info = RunInfo(("in",), Options(), "1", RULES.digest, datetime(2026, 1, 1, tzinfo=UTC))
    with checked_batch([report("甲.txt")], RULES, Options()) as batch:
        dataset = write_dataset(batch.reports, tmp_path / "out", RULES, info, batch.result)
    with (tmp_path / "out" / "flags.csv").open(encoding="utf-8-sig", newline="") as file:
        first = next(csv.DictReader(file))
    assert (first["code"], first["report_id"], first["source"]) == ("T001", "", "")
    assert dataset.summary.codes["T001"] == 1
    assert dataset.summary.outcomes["T001"][Outcome.BROKEN] == 1


def test_the_checks_see_every_report_of_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def check(batch: Batch) -> AcrossOutcome:
        seen.extend(digest.key.source for digest in batch.digests)
        return AcrossOutcome()

    monkeypatch.setattr(across, "check_across", check)
    with checked_batch([report("甲.txt"), report("乙.txt")], RULES, Options()) as batch:
        assert len(list(batch.reports)) == 2
    assert seen == ["甲.txt", "乙.txt"]
