"""Published reports with ground truth: every value right, every known oddity told."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from extractor import Report, State, read_report
from extractor.readers.pdf import text_in_box
from tests.shared import shared


def _truth(path: Path) -> dict[str, Decimal | None]:
    values = json.loads(path.read_text(encoding="utf-8"), parse_float=str)["values"]
    return {key: None if v is None else Decimal(str(v)) for key, v in values.items()}


def _numbers(report: Report) -> dict[str, Decimal | None]:
    return {value.indicator: value.number for value in report.values}


@pytest.mark.parametrize(("name", "count"), [("huaian_2024", 200), ("hongze_2024", 186)])
def test_every_value_of_a_real_pdf_with_its_place(name: str, count: int) -> None:
    path = shared("real", f"{name}.pdf")
    report = read_report(path)
    assert _numbers(report) == _truth(shared("real", f"{name}.truth.json"))
    assert len(report.values) == count
    assert all(value.location.page and value.location.box for value in report.values)


def test_the_text_inside_the_box_of_a_value_is_its_raw_text() -> None:
    for name in ("huaian_2024", "hongze_2024"):
        path = shared("real", f"{name}.pdf")
        data = path.read_bytes()
        for value in read_report(path).values:
            place = value.location
            assert place.page is not None
            assert place.box is not None
            assert value.reading is not None
            again = text_in_box(data, place.page, place.box)
            assert "".join(again.split()) == "".join(value.reading.raw.split()), value.indicator


def test_a_clean_report_has_no_error() -> None:
    report = read_report(shared("real", "huaian_2024.pdf"))
    assert [flag.code for flag in report.flags if flag.severity == "error"] == []
    identity = report.identity
    assert (identity.issuer, identity.year, identity.format) == ("淮安市人民政府", 2024, "2021")


def test_old_rows_in_a_new_report_are_told() -> None:
    report = read_report(shared("real", "hongze_2024.pdf"))
    assert report.identity.format == "mixed"
    assert [(f.code, f.table) for f in report.flags if f.severity == "error"] == [
        ("T002", "applications")
    ]


def test_a_blank_form_holds_no_number() -> None:
    report = read_report(shared("real", "blank_form_2021.docx"))
    assert Counter(value.state for value in report.values) == {State.BLANK: 200}
    assert all(value.number is None for value in report.values)


def test_the_report_that_started_this_project() -> None:
    (path,) = shared("real", "seed").glob("*.txt")
    report = read_report(path)
    assert _numbers(report) == _truth(shared("real", "seed", "truth.json"))
    states = Counter((value.table, value.state) for value in report.values)
    assert states == {
        ("disclosure", State.REPORTED): 10,
        ("applications", State.MISSING): 175,
        ("disputes", State.REPORTED): 15,
    }
    found = {(flag.code, flag.table, flag.section) for flag in report.flags}
    assert ("T001", "applications", 3) in found
    assert ("S001", "", 4) in found
    assert ("T003", "disputes", 3) in found
    assert ("T004", "disputes", 3) in found
    identity = report.identity
    assert (identity.issuer, identity.year, identity.format) == ("原州区开城镇", 2022, "2021")
