"""A report as rows of the tables. Pure functions; every text is made fit for all file formats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractor.dataset.columns import Cell, Row
from extractor.dataset.indicators import Indicators
from extractor.document import Location
from extractor.report import Flag, Report, Section, SetAside, Severity, State, Stated, Status, Value

READ = frozenset({State.REPORTED, State.INFERRED})
"""The states in which a value has a number."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """A text without what no spreadsheet or database accepts; line ends become line feeds."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def reports_row(report: Report) -> Row:
    """The row of ``reports``."""
    severities = Counter(flag.severity for flag in report.flags)
    identity = report.identity
    return (
        *_key(report),
        clean_text(report.media_type),
        report.sha256,
        report.size,
        report.pages,
        report.status.value,
        clean_text(identity.title),
        *_identity(report),
        identity.format,
        identity.published,
        len({table.table for table in report.tables}),
        sum(value.state in READ for value in report.values),
        len(report.values),
        severities[Severity.ERROR],
        severities[Severity.WARNING],
        severities[Severity.INFO],
    )


def sections_rows(report: Report) -> Iterator[Row]:
    """The rows of ``sections``."""
    for section in report.sections:
        yield (*_key(report), *_section(section))


def values_rows(report: Report, indicators: Indicators) -> Iterator[Row]:
    """The rows of ``values``."""
    identity = report.identity
    head = (*_key(report), identity.year, clean_text(identity.issuer), identity.region_code)
    for value in report.values:
        yield (*head, _format_of(value, report, indicators), *_value(value))


def narrative_rows(report: Report) -> Iterator[Row]:
    """The rows of ``narrative``."""
    for stated in report.narrative:
        yield (*_key(report), *_stated(stated))


def flags_rows(report: Report) -> Iterator[Row]:
    """The rows of ``flags``."""
    for flag in report.flags:
        yield (*_key(report), *_flag(flag))


def loose_flag_row(flag: Flag) -> Row:
    """The row of ``flags`` of a finding that belongs to no report."""
    return ("", "", *_flag(flag))


def suppressed_rows(set_aside: Iterable[SetAside], report: Report | None = None) -> Iterator[Row]:
    """The rows of ``suppressed``; without a report, of findings that belong to none."""
    head = ("", "") if report is None else _key(report)
    for one in set_aside:
        entry = one.suppression
        told = (clean_text(entry.reason), clean_text(entry.author), entry.expires)
        yield (*head, *_flag(one.flag), *told)


def panel_row(report: Report, indicators: tuple[str, ...]) -> Row | None:
    """The row of ``panel``, ``None`` where the document is no report with a year."""
    if report.status not in (Status.OK, Status.FLAGGED) or report.identity.year is None:
        return None
    numbers = {value.indicator: _number(value) for value in report.values}
    cells = (numbers.get(indicator) for indicator in indicators)
    return (*_key(report), *_identity(report), report.identity.format, *cells)


def decimal_text(number: Decimal) -> str:
    """A number in digits: no exponent, no trailing zeros after the point, no ``-0``."""
    if not number.is_finite():
        return ""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _key(report: Report) -> tuple[str, str]:
    return report.report_id, clean_text(report.source)


def _identity(report: Report) -> Row:
    identity = report.identity
    names = (
        identity.issuer,
        identity.issuer_level,
        identity.region_code,
        identity.province,
        identity.city,
        identity.county,
        identity.town,
    )
    return (*map(clean_text, names), identity.year)


def _section(section: Section) -> Row:
    text = clean_text(section.text)
    return (
        section.id,
        clean_text(section.heading),
        clean_text(section.statutory_heading),
        section.order,
        section.location.page,
        clean_text(section.location.path),
        len(text),
        text,
    )


def _value(value: Value) -> Row:
    reading = value.reading
    return (
        value.table,
        value.row,
        value.column,
        value.indicator,
        _number(value),
        clean_text(reading.raw) if reading else "",
        clean_text(value.unit),
        value.state.value,
        reading.method.value if reading else "",
        None if value.confidence is None else round(value.confidence, 6),
        *_place(value.location),
    )


def _number(value: Value) -> Decimal | None:
    """The number, in the states that have one and in no other."""
    return value.number if value.state in READ else None


def _format_of(value: Value, report: Report, indicators: Indicators) -> str:
    """The form that a value belongs to.

    An indicator of one form only settles it; else the layout found, the form of the whole report
    and the form in force, in that order.
    """
    known = indicators.forms.get(value.indicator, frozenset())
    if len(known) == 1:
        return next(iter(known))
    found = next((t.form for t in report.tables if t.table == value.table and t.form), "")
    year = report.identity.year
    in_force = indicators.rulebook.form_for_year(year) if year is not None else None
    for candidate in (found, report.identity.format, in_force.id if in_force else ""):
        if candidate in known:
            return candidate
    return found or report.identity.format


def _stated(stated: Stated) -> Row:
    return (
        stated.section,
        stated.quantity,
        stated.channel,
        stated.number,
        int(stated.approximate),
        clean_text(stated.unit),
        clean_text(stated.text),
        stated.location.page,
        clean_text(stated.location.path),
    )


def _flag(flag: Flag) -> Row:
    return (
        flag.code,
        flag.name,
        flag.severity.value,
        flag.section,
        flag.table,
        flag.indicator,
        clean_text(flag.message),
        clean_text(flag.expected),
        clean_text(flag.found),
        *_place(flag.location),
    )


def _place(location: Location) -> Row:
    box = location.box
    corners: tuple[Cell, ...] = (None, None, None, None)
    if box is not None:
        corners = tuple(round(edge, 2) + 0.0 for edge in (box.x0, box.top, box.x1, box.bottom))
    return (location.page, *corners, clean_text(location.path))
