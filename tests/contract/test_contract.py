"""The names that scripts outside the project rely on. Changing one needs an issue that says so."""

from __future__ import annotations

import csv
import re

import pytest

from extractor.dataset.columns import FLAGS, FORMATS, LEVELS, NARRATIVE, REPORTS, SECTIONS, VALUES
from extractor.dataset.indicators import indicators_of
from extractor.errors import ExitCode
from extractor.options import Lang
from extractor.report import Method, Severity, State, Status
from extractor.rulebook import load_rulebook
from tests.shared import shared

TABLES = {
    "reports": (
        REPORTS,
        "report_id, source, media_type, sha256, bytes, pages, status, title, issuer, "
        "issuer_level, region_code, province, city, county, town, year, format, published, "
        "tables_found, values_reported, values_expected, flags_error, flags_warning, flags_info",
    ),
    "sections": (
        SECTIONS,
        "report_id, source, section, heading, statutory_heading, order, page, locator, "
        "characters, text",
    ),
    "values": (
        VALUES,
        "report_id, source, year, issuer, region_code, format, table, row, column, indicator, "
        "value, raw, unit, state, method, confidence, page, x0, top, x1, bottom, locator",
    ),
    "narrative": (
        NARRATIVE,
        "report_id, source, section, quantity, channel, value, approximate, unit, text, page, "
        "locator",
    ),
    "flags": (
        FLAGS,
        "report_id, source, code, name, severity, section, table, indicator, message, expected, "
        "found, page, x0, top, x1, bottom, locator",
    ),
}


@pytest.mark.parametrize("table", TABLES)
def test_columns(table: str) -> None:
    schema, columns = TABLES[table]
    assert schema.name == table
    assert ", ".join(schema.names) == columns


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_of_the_contract(table: str) -> None:
    text = shared("contract.md").read_text(encoding="utf-8")
    told = re.search(rf"^`{table}` one row .*?: `([^`]+)`", text, re.MULTILINE)
    assert told is not None
    columns = re.sub(r" \([^)]*\)", "", told[1])
    assert columns == ", ".join(TABLES[table][0].names)


def test_the_panel_begins_with_who_and_when() -> None:
    names = indicators_of(load_rulebook()).panel.names
    head = tuple(name for name in names if "." not in name)
    assert names[: len(head)] == head
    assert set(head) <= set(REPORTS.names)
    assert {"report_id", "source", "issuer", "region_code", "year", "format"} <= set(head)


def test_choices() -> None:
    assert tuple(Status) == ("ok", "flagged", "unreadable", "not_a_report")
    assert tuple(State) == (
        "reported",
        "blank",
        "invalid",
        "missing",
        "unresolved",
        "inferred",
    )
    assert tuple(Method) == ("grid", "stream", "ocr", "annex", "human")
    assert tuple(Severity) == ("error", "warning", "info")
    assert tuple(Lang) == ("zh", "en")
    assert FORMATS == ("2021", "2019", "2014", "none", "mixed")
    assert LEVELS == (
        "province",
        "city",
        "county",
        "town",
        "street",
        "department",
        "zone",
        "ministry",
        "other",
    )


def test_exit_codes() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "OK": 0,
        "FINDINGS": 1,
        "USAGE": 2,
        "UNFINISHED": 3,
    }


def test_every_indicator_has_its_column_in_the_panel() -> None:
    with shared("indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {(row["format"], row["indicator"]) for row in csv.DictReader(file)}
    indicators = indicators_of(load_rulebook())
    found = {(form, name) for name, forms in indicators.forms.items() for form in forms}
    assert told <= found
    assert {name for _, name in told} <= set(indicators.panel.names)


def test_findings_have_the_codes_names_and_severities_of_the_vocabulary() -> None:
    with shared("flags.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {row["code"]: row for row in csv.DictReader(file)}
    for flag in load_rulebook().flags:
        if flag.code in told:
            row = told[flag.code]
            assert (flag.name, flag.severity) == (row["name"], row["severity"])
            assert (flag.title_zh, flag.title_en) == (row["zh"], row["en"])
