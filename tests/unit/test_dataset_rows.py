"""Reports as rows, and rows as cells of a CSV file."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.dataset.columns import FLAGS, REPORTS, VALUES, Cell
from extractor.dataset.csvfile import csv_cell, is_formula_like
from extractor.dataset.indicators import indicators_of
from extractor.dataset.rows import (
    clean_text,
    decimal_text,
    flags_rows,
    panel_row,
    reports_row,
    values_rows,
)
from extractor.report import Flag, Severity, State, Status
from extractor.rulebook import load_rulebook
from tests.synthetic import make_report, make_value

INDICATORS = indicators_of(load_rulebook())


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("1362", "1362"),
        ("96171.60", "96171.6"),
        ("12.00", "12"),
        ("1E+3", "1000"),
        ("0.0000001", "0.0000001"),
        ("-4", "-4"),
        ("-0", "0"),
        ("100", "100"),
        ("12345678901234567890.5", "12345678901234567890.5"),
    ],
)
def test_a_number_is_written_in_plain_digits(number: str, text: str) -> None:
    assert decimal_text(Decimal(number)) == text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-", "=", "--"],
)
def test_text_that_a_spreadsheet_might_run_is_led_by_an_apostrophe(text: str) -> None:
    assert is_formula_like(text)
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("-5", "-5"),
        ("+3", "+3"),
        ("-1,362.5", "-1,362.5"),
        ("一、总体情况", "一、总体情况"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
        (0, "0"),
        (-4, "-4"),
        (Decimal("-4.50"), "-4.5"),
        (72.5, "72.5"),
        (1e-7, "0.0000001"),
    ],
)
def test_other_cells_are_written_as_they_are(cell: Cell, written: str) -> None:
    assert csv_cell(cell) == written


def test_text_loses_what_no_file_format_takes() -> None:
    assert clean_text("a\x00b\x0bc\ud800") == "a\ufffdb\ufffdc\ufffd"
    assert clean_text("a\r\nb\rc\td") == "a\nb\nc\td"


@pytest.mark.parametrize("state", list(State))
def test_only_what_was_read_has_a_value(state: State) -> None:
    report = make_report(values=(make_value(number=Decimal(3), state=state),))
    (row,) = values_rows(report, INDICATORS)
    cell = dict(zip(VALUES.names, row, strict=True))["value"]
    assert cell == (Decimal(3) if state in (State.REPORTED, State.INFERRED) else None)


def test_a_value_keeps_its_text_and_place() -> None:
    (row,) = values_rows(make_report(values=(make_value(raw="1,362"),)), INDICATORS)
    cells = dict(zip(VALUES.names, row, strict=True))
    assert cells["raw"] == "1,362"
    place = [cells[name] for name in ("page", "x0", "top", "x1", "bottom")]
    assert place == [2, 10.12, 20, 30, 40.5]


@pytest.mark.parametrize(
    ("indicator", "form"),
    [
        ("disclosure.regulations.made", "2019"),
        ("disclosure.regulations.issued", "2021"),
        ("disputes.reconsideration.total", "2021"),
    ],
)
def test_a_value_names_the_form_it_belongs_to(indicator: str, form: str) -> None:
    report = make_report(values=(make_value(indicator=indicator),), form="mixed")
    (row,) = values_rows(report, INDICATORS)
    assert dict(zip(VALUES.names, row, strict=True))["format"] == form


def test_counts_of_a_report() -> None:
    values = (
        make_value(),
        make_value(indicator="disclosure.regulations.repealed", state=State.INFERRED),
        make_value(indicator="disclosure.regulations.in_force", state=State.BLANK),
    )
    flags = (
        Flag("T008", "cell_blank", Severity.WARNING, "table", "空白"),
        Flag("S002", "heading_nonstandard", Severity.INFO, "section", "标题"),
        Flag("T008", "cell_blank", Severity.WARNING, "table", "空白"),
    )
    row = reports_row(make_report(values=values, flags=flags))
    cells = dict(zip(REPORTS.names, row, strict=True))
    assert (cells["values_reported"], cells["values_expected"]) == (2, 3)
    counts = [cells[f"flags_{name}"] for name in ("error", "warning", "info")]
    assert counts == [0, 2, 1]


def test_a_finding_without_a_place_has_empty_cells() -> None:
    flag = Flag("M001", "issuer_unidentified", Severity.WARNING, "document", "无法识别\r\n机关")
    (row,) = flags_rows(make_report(flags=(flag,)))
    cells = dict(zip(FLAGS.names, row, strict=True))
    assert cells["message"] == "无法识别\n机关"
    assert cells["page"] is cells["x0"] is cells["section"] is None
    assert cells["locator"] == ""


def test_the_panel_has_a_column_for_every_indicator_of_every_form() -> None:
    names = INDICATORS.panel.names
    assert len(set(names)) == len(names)
    for form in load_rulebook().forms:
        for table in form.tables:
            for block in table.blocks:
                assert {cell.indicator for cell in block.cells} <= set(names)


def test_the_panel_leaves_out_what_was_not_read() -> None:
    values = (
        make_value(number=Decimal(0)),
        make_value(indicator="disclosure.regulations.repealed", state=State.BLANK),
    )
    row = panel_row(make_report(values=values), INDICATORS.ids)
    assert row is not None
    cells = dict(zip(INDICATORS.panel.names, row, strict=True))
    assert cells["disclosure.regulations.issued"] == 0
    assert cells["disclosure.regulations.repealed"] is None


@pytest.mark.parametrize("status", [Status.UNREADABLE, Status.NOT_A_REPORT])
def test_the_panel_holds_reports_only(status: Status) -> None:
    assert panel_row(make_report(status=status), INDICATORS.ids) is None
    assert panel_row(make_report(year=None), INDICATORS.ids) is None
