"""Findings as Markdown, to be pasted into minutes or a letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.checks.wording import where
from extractor.cli.messages import say
from extractor.cli.sarif import Found
from extractor.dataset.rows import clean_text
from extractor.options import Lang
from extractor.report import Severity
from extractor.rulebook.model import Rulebook

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~])")


def markdown_lines(found: Sequence[Found], rulebook: Rulebook, lang: Lang) -> Iterator[str]:
    """A heading, counts by severity and code, then a table for each report with findings."""
    yield f"# {say('markdown.title', lang)}"
    yield ""
    if not found:
        yield say("summary.no_flags", lang)
        return
    counts = Counter(one.flag.severity for one in found)
    parts = [
        f"{say(f'severity.{severity.value}', lang)} {counts[severity]}"
        for severity in Severity
        if counts[severity]
    ]
    yield say("summary.flags", lang, parts=("，", ", ")[lang is Lang.EN].join(parts))
    yield ""
    yield from _codes(found, rulebook, lang)
    for source, own in groupby(found, key=lambda one: one.source):
        yield ""
        yield from _report(source, list(own), rulebook, lang)


def _codes(found: Sequence[Found], rulebook: Rulebook, lang: Lang) -> Iterator[str]:
    yield _row(say(f"markdown.{name}", lang) for name in ("code", "severity", "title_of", "count"))
    yield "|---|---|---|---:|"
    for code, count in sorted(Counter(one.flag.code for one in found).items()):
        rule = rulebook.flag(code)
        title = rule.title_en if lang is Lang.EN else rule.title_zh
        yield _row((code, say(f"severity.{rule.severity}", lang), title, str(count)))


def _report(source: str, own: Sequence[Found], rulebook: Rulebook, lang: Lang) -> Iterator[str]:
    yield f"## {_plain(source) or say('markdown.no_report', lang)}"
    yield ""
    yield _row(
        say(f"markdown.{name}", lang) for name in ("code", "severity", "what", "place", "basis")
    )
    yield "|---|---|---|---|---|"
    for one in own:
        flag = one.flag
        yield _row(
            (
                flag.code,
                say(f"severity.{flag.severity.value}", lang),
                flag.message,
                where(flag.location, lang),
                rulebook.flag(flag.code).basis,
            )
        )


def _row(cells: Iterator[str] | Sequence[str]) -> str:
    return f"| {' | '.join(_plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    """A text of which no character is a mark of Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(clean_text(text).split()))
