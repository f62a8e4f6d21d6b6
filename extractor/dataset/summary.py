"""What a run found, counted while reports pass by: for the terminal, the workbook and run.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.dataset.rows import READ, clean_text
from extractor.digest import BatchResult
from extractor.report import CheckOutcome, Flag, Outcome, Report, Severity, Status, Suppression

SEVERITY_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in the overview.

    ``first_flag`` is the 1-based row of its first finding among all findings, ``None`` without.
    """

    source: str
    report_id: str
    issuer: str
    year: int | None
    format: str
    status: Status
    tables_found: int
    values_reported: int
    values_expected: int
    errors: int
    warnings: int
    infos: int
    worst: str
    first_flag: int | None

    @property
    def rank(self) -> tuple[int, int, int, str, str]:
        """Sorts what needs work first."""
        return (-self.errors, -self.warnings, -self.infos, self.source, self.report_id)


@dataclass(slots=True)
class Summary:
    """Counts over all reports. Grows by :meth:`add`."""

    lines: list[ReportLine] = field(default_factory=list)
    statuses: Counter[Status] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    reports_with_code: Counter[str] = field(default_factory=Counter)
    reports_with_severity: Counter[Severity] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, Counter[Outcome]] = field(default_factory=dict)
    reasons: dict[str, Counter[tuple[Outcome, str]]] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    set_aside: Counter[str] = field(default_factory=Counter)
    code_severity: dict[str, Severity] = field(default_factory=dict)
    versions: set[tuple[str, str]] = field(default_factory=set)
    values_reported: int = 0
    values_expected: int = 0
    flags: int = 0

    def add(self, report: Report) -> None:
        """Count one report."""
        line = _line(report, self.flags + 1)
        self.lines.append(line)
        self.flags += len(report.flags)
        self.statuses[report.status] += 1
        self.values_reported += line.values_reported
        self.values_expected += line.values_expected
        self.versions.add((report.engine.version, report.engine.rules_digest))
        self.tables.update({table.table for table in report.tables})
        self.set_aside.update(one.suppression.place for one in report.set_aside)
        self._count(report.flags, report.outcomes)
        self.reports_with_code.update({flag.code for flag in report.flags})
        self.reports_with_severity.update({flag.severity for flag in report.flags})

    def add_batch(self, result: BatchResult) -> None:
        """Count what belongs to no report; to be called before the reports are."""
        self.flags += len(result.flags)
        self.suppressions = result.suppressions
        self.set_aside.update(one.suppression.place for one in result.set_aside)
        self._count(result.flags, result.outcomes)

    def _count(self, flags: Iterable[Flag], outcomes: Iterable[CheckOutcome]) -> None:
        for flag in flags:
            self.codes[flag.code] += 1
            self.severities[flag.severity] += 1
            self.code_severity.setdefault(flag.code, flag.severity)
        for outcome in outcomes:
            self.outcomes.setdefault(outcome.code, Counter())[outcome.outcome] += 1
            if outcome.reason:
                reasons = self.reasons.setdefault(outcome.code, Counter())
                reasons[outcome.outcome, outcome.reason] += 1

    @property
    def unused(self) -> tuple[Suppression, ...]:
        """Entries that set nothing aside though they have not expired."""
        return tuple(
            one for one in self.suppressions if not one.expired and not self.set_aside[one.place]
        )

    @property
    def worst(self) -> Severity | None:
        """The worst severity met, ``None`` without findings."""
        return next((severity for severity in SEVERITY_ORDER if self.severities[severity]), None)

    def top_codes(self) -> list[str]:
        """Codes of all findings, worst and most frequent first."""
        return sorted(
            self.codes,
            key=lambda code: (
                SEVERITY_ORDER[self.code_severity[code]],
                -self.codes[code],
                code,
            ),
        )


def _line(report: Report, next_flag: int) -> ReportLine:
    severities = Counter(flag.severity for flag in report.flags)
    worst = min(report.flags, key=_severity, default=None)
    return ReportLine(
        source=clean_text(report.source),
        report_id=report.report_id,
        issuer=clean_text(report.identity.issuer),
        year=report.identity.year,
        format=report.identity.format,
        status=report.status,
        tables_found=len({table.table for table in report.tables}),
        values_reported=sum(value.state in READ for value in report.values),
        values_expected=len(report.values),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        infos=severities[Severity.INFO],
        worst=f"{worst.code} {clean_text(worst.message)}" if worst else "",
        first_flag=next_flag if report.flags else None,
    )


def _severity(flag: Flag) -> int:
    return SEVERITY_ORDER[flag.severity]
