"""Broken, odd and malicious files: one clear row for each, no crash, no hang, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.batch import run_batch
from extractor.inputs.collect import collect
from extractor.options import Options
from extractor.report import Report, Status
from extractor.rulebook import load_rulebook
from tests.shared import shared


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """What a batch over all of them says."""
    options = Options(jobs=2)
    sources = collect([shared("hostile")], options.limits)
    return list(run_batch(sources, options, load_rulebook()))


@pytest.mark.timeout(900)
def test_every_file_has_a_row_with_one_status(reports: list[Report]) -> None:
    folder = shared("hostile")
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    rows = {report.source.split("!")[0] for report in reports}
    assert files == rows
    assert all(isinstance(report.status, Status) for report in reports)


def test_a_file_without_a_report_says_why_and_what_to_do(reports: list[Report]) -> None:
    for report in reports:
        if report.status in (Status.UNREADABLE, Status.NOT_A_REPORT):
            codes = [flag.code for flag in report.flags]
            assert [code[0] for code in codes] == ["D"], report.source
            assert len(report.flags[0].message) > 20
            assert not report.values


def test_no_reader_crashes(reports: list[Report]) -> None:
    crashed = [report.source for report in reports if any(f.code == "D010" for f in report.flags)]
    assert crashed == []


def test_none_of_them_is_an_annual_report(reports: list[Report]) -> None:
    taken = [r.source for r in reports if r.status in (Status.OK, Status.FLAGGED)]
    assert taken == []


def test_messages_are_for_people(reports: list[Report]) -> None:
    for report in reports:
        for flag in report.flags:
            assert "Traceback" not in flag.message
            assert "Error(" not in flag.message
            assert str(Path.home()) not in flag.message
