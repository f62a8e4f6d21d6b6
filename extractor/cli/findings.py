"""Findings on standard output: one line each, or as JSON, SARIF or Markdown."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

import click

from extractor.cli.markdown import markdown_lines
from extractor.cli.messages import say
from extractor.cli.sarif import Found, sarif_log
from extractor.dataset.columns import FLAGS, REPORTS, Row, TableSchema
from extractor.dataset.rows import clean_text, flags_rows, loose_flag_row, reports_row
from extractor.digest import BatchResult
from extractor.options import Lang
from extractor.report import CheckOutcome, Flag, Identity, Report
from extractor.rulebook.model import Rulebook

_OF_REPORT = ("status", "title", "issuer", "year", "format")


class OutputFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    MARKDOWN = "markdown"


class Printer:
    """Prints the findings of report after report. Use as a context manager.

    JSON is one list of findings, each with what identifies its report; with ``verbose`` it is an
    object of two lists, ``findings`` and ``outcomes``. SARIF and Markdown are whole documents;
    ``verbose`` adds the legal basis and the outcomes of checks to lines of text alone.
    """

    def __init__(
        self, output: OutputFormat, rulebook: Rulebook, lang: Lang, *, verbose: bool
    ) -> None:
        self._output = output
        self._rulebook = rulebook
        self._lang = lang
        self._as_json = output is OutputFormat.JSON
        self._verbose = verbose
        self._found: list[Found] = []
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
        if kind is not None:
            return
        if self._as_json:
            findings = self._findings
            _print_json(
                {"findings": findings, "outcomes": self._outcomes} if self._verbose else findings
            )
        elif self._output is OutputFormat.SARIF:
            _print_json(sarif_log(self._found, self._rulebook, self._lang))
        elif self._output is OutputFormat.MARKDOWN:
            for line in markdown_lines(self._found, self._rulebook, self._lang):
                click.echo(line)

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
        if self._output is not OutputFormat.TEXT:
            self._found.extend(Found("", "", Identity(), flag) for flag in result.flags)
            return
        self._print_lines("", result.flags)
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
        if self._output is not OutputFormat.TEXT:
            self._found.extend(
                Found(report.source, report.report_id, report.identity, flag)
                for flag in report.flags
            )
            return
        self._print_lines(report.source, report.flags)
        if self._verbose:
            for outcome in report.outcomes:
                click.echo(_outcome_line(report.source, outcome))

    def _print_lines(self, source: str, flags: Iterable[Flag]) -> None:
        for flag in flags:
            click.echo(_flag_line(source, flag))
            basis = self._rulebook.flag(flag.code).basis if self._verbose else ""
            if basis:
                click.echo(f"    {say('basis', self._lang, basis=_one_line(basis))}")


def _print_json(content: object) -> None:
    """Whatever the console's code page, the JSON that leaves here is valid."""
    ascii_only = sys.stdout.encoding.lower().replace("-", "") != "utf8"
    click.echo(json.dumps(content, ensure_ascii=ascii_only, indent=2))


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
