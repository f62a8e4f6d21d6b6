"""Every shipped report says the same to a second reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractor import Options, State, read_report
from extractor.options import SecondReader
from tests.shared import ROOT

REPORTS = ROOT / "corpus" / "reports"
FILES = [
    path
    for path in sorted(REPORTS.rglob("*"))
    if path.suffix in (".pdf", ".docx") and path.stem.endswith("年度报告")
]
ALWAYS = replace(Options(), second_reader=SecondReader.ALWAYS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_value_differs(path: Path) -> None:
    once = {v.indicator: (v.number, v.state) for v in read_report(path).values}
    twice = {v.indicator: (v.number, v.state) for v in read_report(path, options=ALWAYS).values}
    assert once == twice


def test_agreement_never_lowers_confidence() -> None:
    path = next(path for path in FILES if path.suffix == ".docx")
    once = [v.confidence or 0 for v in read_report(path).values if v.state is State.REPORTED]
    report = read_report(path, options=ALWAYS)
    twice = [v.confidence or 0 for v in report.values if v.state is State.REPORTED]
    assert all(after >= before for before, after in zip(once, twice, strict=True))
