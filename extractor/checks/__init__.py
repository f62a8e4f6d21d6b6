"""Checks of one report against the rules: :func:`run_checks`."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.checks.arithmetic import check_arithmetic
from extractor.checks.cells import check_cells
from extractor.checks.structure import check_structure
from extractor.checks.subject import Subject
from extractor.checks.topics import check_topics
from extractor.checks.wording import to_flag
from extractor.options import Lang
from extractor.report import CheckOutcome, Finding, Flag, Severity

__all__ = ["Subject", "by_severity", "run_checks", "to_flag"]

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def run_checks(subject: Subject, lang: Lang) -> tuple[tuple[Flag, ...], tuple[CheckOutcome, ...]]:
    """All findings about one report, worst first, and how every check ended."""
    outcomes: list[CheckOutcome] = []
    broken: list[Finding] = []
    for outcome, finding in check_arithmetic(subject):
        outcomes.append(outcome)
        if finding is not None:
            broken.append(finding)
    findings = [
        *subject.findings,
        *check_structure(subject),
        *check_cells(subject),
        *broken,
        *check_topics(subject),
    ]
    return _worded(findings, subject, lang), tuple(outcomes)


def _worded(findings: Iterable[Finding], subject: Subject, lang: Lang) -> tuple[Flag, ...]:
    return by_severity(to_flag(finding, subject.rulebook, lang) for finding in findings)


def by_severity(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Findings in the order in which they are listed: worst first, then by code."""
    return tuple(sorted(flags, key=lambda flag: (_RANK[flag.severity], flag.code)))
