"""Findings on standard output: one line each, or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

import click

from extractor.dataset.columns import FLAGS, REPORTS, Row, TableSchema
from extractor.dataset.rows import clean_text, flags_rows, loose_flag_row, reports_row
from extractor.digest import BatchResult
from extractor.report import CheckOutcome, Flag, Report

_OF_REPORT = ("status", "title", "issuer", "year", "format")


class Printer:
    """Prints the findings of report after report. Use as a context manager.

    JSON is one list of findings, each with what identifies its report; with ``verbose`` it is an
    object of two lists, ``findings`` and ``outcomes``.
    """

    def __init__(self, as_json: bool, verbose: bool) -> None:
        self._as_json = as_json
        self._verbose = verbose
        self._findings: list[dict[str, Any]] = []
        self._outcomes: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._as_json and kind is None:
            findings = self._findings
            content = (
                {"findings": findings, "outcomes": self._outcomes} if self._verbose else findings
            )
            # Whatever the console's code page, the JSON that leaves here is valid.
            ascii_only = sys.stdout.encoding.lower().replace("-", "") != "utf8"
            click.echo(json.dumps(content, ensure_ascii=ascii_only, indent=2))

    def print_batch(self, result: BatchResult) -> None:
        """Print, or keep for the JSON list, what belongs to no report."""
        if self._as_json:
            self._findings.extend(
                _named(FLAGS, loose_flag_row(flag)) | dict.fromkeys(_OF_REPORT)
                for flag in result.flags
            )
            if self._verbose:
                self._outcomes.extend(_outcome_object("", "", one) for one in result.outcomes)
            return
        for flag in result.flags:
            click.echo(_flag_line("", flag))
        if self._verbose:
            for outcome in result.outcomes:
                click.echo(_outcome_line("", outcome))

    def print(self, report: Report) -> None:
        """Print, or keep for the JSON list, the findings of a report."""
        if self._as_json:
            self._findings.extend(_finding_objects(report))
            if self._verbose:
                self._outcomes.extend(
                    _outcome_object(report.report_id, report.source, one) for one in report.outcomes
                )
            return
        for flag in report.flags:
            click.echo(_flag_line(report.source, flag))
        if self._verbose:
            for outcome in report.outcomes:
                click.echo(_outcome_line(report.source, outcome))


def _flag_line(source: str, flag: Flag) -> str:
    location = flag.location
    place = f"p{location.page}" if location.page else location.path
    where = ":".join(part for part in (source, place) if part)
    return _one_line(f"{where}: {flag.code} {flag.severity.value} {flag.message}")


def _outcome_line(source: str, one: CheckOutcome) -> str:
    reason = f" ({one.reason})" if one.reason else ""
    where = f"{source}: " if source else ""
    return _one_line(f"{where}{one.code} {one.subject}: {one.outcome.value}{reason}")


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _finding_objects(report: Report) -> Iterator[dict[str, Any]]:
    known = _named(REPORTS, reports_row(report))
    identity = {name: known[name] for name in _OF_REPORT}
    for row in flags_rows(report):
        yield _named(FLAGS, row) | identity


def _outcome_object(report_id: str, source: str, one: CheckOutcome) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "source": clean_text(source),
        "code": one.code,
        "subject": one.subject,
        "outcome": one.outcome.value,
        "reason": one.reason,
    }


def _named(schema: TableSchema, row: Row) -> dict[str, Any]:
    return {
        name: float(cell) if isinstance(cell, Decimal) else cell
        for name, cell in zip(schema.names, row, strict=True)
    }
