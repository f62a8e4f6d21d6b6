"""The shipped sample: every value right or honestly not read, every listed defect found."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.options import Options
from extractor.pipeline import extract_reports
from extractor.report import Report, Severity
from extractor.rulebook import load_rulebook
from tests.shared import ROOT

REPORTS = ROOT / "corpus" / "reports"
FILES = sorted(path for path in REPORTS.rglob("*") if path.is_file())


def _read(path: Path) -> list[tuple[Report, dict[str, Any]]]:
    source = path.relative_to(REPORTS).as_posix()
    truth = json.loads((ROOT / "corpus" / "truth" / f"{source}.json").read_text(encoding="utf-8"))
    reports = extract_reports(path.read_bytes(), source, load_rulebook(), Options())
    truths = truth.get("reports", [truth])
    assert len(reports) == len(truths)
    return [(r, {**t, "whole": truth}) for r, t in zip(reports, truths, strict=True)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_values(path: Path) -> None:
    for report, truth in _read(path):
        told = {value.indicator: value for value in report.values}
        expected = truth["values"]
        for indicator, value in told.items():
            if value.number is not None:
                assert expected.get(indicator) is not None, f"{indicator} is not printed"
                assert value.number == Decimal(expected[indicator]), indicator
        if truth["whole"].get("clean"):
            read = {k: str(v.number) for k, v in told.items() if v.number is not None}
            assert read.keys() == {k for k, v in expected.items() if v is not None}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_findings(path: Path) -> None:
    for report, truth in _read(path):
        codes = {flag.code for flag in report.flags}
        own, whole = truth, truth["whole"]
        listed = {*own.get("flags", ()), *whole["flags"]}
        assert listed <= codes
        allowed = {*listed, *own.get("allowed", ()), *whole.get("allowed", ())}
        loud = {flag.code for flag in report.flags if flag.severity is not Severity.INFO}
        assert loud <= allowed
        if whole["clean"]:
            assert not loud


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_identity(path: Path) -> None:
    for report, truth in _read(path):
        if report.tables:
            found = report.identity
            told = (found.issuer, found.year, found.format, found.issuer_level)
            assert told == tuple(
                truth[name] for name in ("issuer", "year", "format", "issuer_level")
            )
