"""What the command line shows while it works and when it is done, on standard error."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from extractor.cli.messages import say
from extractor.dataset.summary import Summary
from extractor.errors import NianbaoError, OutputError
from extractor.inputs.source import Source
from extractor.options import Lang
from extractor.report import Report, Severity, Status
from extractor.rulebook.model import Rulebook

_MOST_CODES = 10


def prepare_streams() -> None:
    """Never fail on a character that the console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def notice(text: str) -> None:
    """A message for people."""
    click.echo(text, err=True)


@contextmanager
def log_to(path: Path | None) -> Iterator[None]:
    """Send the log to a file, or nowhere.

    Raises:
        OutputError: The file cannot be written.
    """
    logger = logging.getLogger("extractor")
    handler: logging.Handler = logging.NullHandler()
    if path is not None:
        try:
            handler = logging.FileHandler(path, mode="w", encoding="utf-8")
        except OSError as error:
            values = {"path": path, "reason": error.strerror}
            raise OutputError(
                say("error.log_file", Lang.ZH, **values), say("error.log_file", Lang.EN, **values)
            ) from error
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield
    except NianbaoError:
        raise
    except Exception:
        logger.exception("unexpected error")
        raise
    finally:
        logger.propagate = propagate
        logger.removeHandler(handler)
        handler.close()


class Bar:
    """A progress bar where standard error is a terminal, else nothing."""

    def __init__(self, lang: Lang, quiet: bool) -> None:
        self._lang = lang
        self._shown = not quiet and sys.stderr.isatty()
        self._progress: Any = None
        self._task: Any = None

    def started(self, documents: int) -> None:
        """Show the bar."""
        if not self._shown:
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._progress.start()
        self._task = self._progress.add_task(say("progress", self._lang), total=documents)

    def finished(self, source: Source, reports: tuple[Report, ...]) -> None:  # noqa: ARG002
        """One document more."""
        if self._progress is not None:
            self._progress.advance(self._task)

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()


def summary_lines(summary: Summary, rulebook: Rulebook, lang: Lang) -> list[str]:
    """What a run found, worst first."""
    statuses = [
        say(f"status.{status.value}", lang, count=summary.statuses[status])
        for status in Status
        if summary.statuses[status]
    ]
    total = sum(summary.statuses.values())
    lines = [say("summary.documents", lang, total=total, parts=_join(statuses, lang))]
    if summary.values_expected:
        tables = [f"{_table(name, rulebook, lang)} {n}" for name, n in sorted_tables(summary)]
        lines.append(say("summary.tables", lang, parts=_join(tables or ["0"], lang)))
        counts = {"expected": summary.values_expected, "reported": summary.values_reported}
        lines.append(say("summary.values", lang, **counts))
    return [*lines, *_flag_lines(summary, rulebook, lang), *_aside_lines(summary, lang)]


def _aside_lines(summary: Summary, lang: Lang) -> Iterator[str]:
    """What a file of suppressions did, and what in it is no longer of use."""
    if summary.set_aside:
        yield say("summary.set_aside", lang, count=summary.set_aside.total())
    expired = [one.place for one in summary.suppressions if one.expired]
    for name, entries in (("unused", [one.place for one in summary.unused]), ("expired", expired)):
        if entries:
            yield say(f"summary.{name}", lang, places=_join(entries, lang))


def sorted_tables(summary: Summary) -> list[tuple[str, int]]:
    """Tables found and how often, most frequent first."""
    return sorted(summary.tables.items(), key=lambda item: (-item[1], item[0]))


def _flag_lines(summary: Summary, rulebook: Rulebook, lang: Lang) -> list[str]:
    if not summary.codes:
        return [say("summary.no_flags", lang)]
    parts = [
        f"{say(f'severity.{severity.value}', lang)} {summary.severities[severity]}"
        for severity in Severity
        if summary.severities[severity]
    ]
    lines = [say("summary.flags", lang, parts=_join(parts, lang))]
    codes = summary.top_codes()
    titles = {
        flag.code: flag.title_en if lang is Lang.EN else flag.title_zh for flag in rulebook.flags
    }
    for code in codes[:_MOST_CODES]:
        values = {
            "code": code,
            "severity": say(f"severity.{summary.code_severity[code].value}", lang),
            "count": summary.codes[code],
            "reports": summary.reports_with_code[code],
            "title": titles.get(code, ""),
        }
        lines.append(say("summary.code", lang, **values))
    if len(codes) > _MOST_CODES:
        lines.append(say("summary.more_codes", lang, count=len(codes) - _MOST_CODES))
    return lines


def _table(name: str, rulebook: Rulebook, lang: Lang) -> str:
    for form in rulebook.forms:
        table = form.table(name)
        if table is not None:
            return table.en if lang is Lang.EN else table.zh
    return name


def _join(parts: list[str], lang: Lang) -> str:
    return (", " if lang is Lang.EN else "，").join(parts)
