"""A batch as a whole: reads every document, then checks the reports against one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from extractor.checks import by_severity, to_flag
from extractor.checks.across import Batch, check_across
from extractor.dataset.baseline import read_baseline
from extractor.dataset.previous import read_previous
from extractor.digest import BatchResult, ReportKey, digest_of
from extractor.document import Location, Paragraph
from extractor.inputs.suppressions import read_suppressions
from extractor.options import Options
from extractor.report import (
    Evidence,
    Finding,
    Flag,
    Report,
    Section,
    Severity,
    Status,
    Suppression,
    Value,
)
from extractor.rulebook.model import Rulebook
from extractor.spool import Spool
from extractor.textnorm import key
from extractor.triage import Triage

_BEGINNING = 4
"""Letters of a passage at the end of a line by which the line is known to begin it."""


@dataclass(frozen=True, slots=True)
class CheckedBatch:
    """The reports of a batch with all their findings, and what belongs to none of them.

    ``reports`` can be gone through once; after the last of them ``triage`` knows what is gone.
    """

    reports: Iterator[Report]
    result: BatchResult
    triage: Triage


@contextmanager
def checked_batch(
    reports: Iterable[Report], rulebook: Rulebook, options: Options
) -> Iterator[CheckedBatch]:
    """Read all reports, set them aside, check them against one another and give them back.

    Raises:
        OutputError: The temporary folder is full or cannot be written.
        UsageError: ``options.previous`` or ``options.baseline`` is no dataset, or the file of
            ``options.suppress`` is at fault.
    """
    suppressions = _suppressions(options, rulebook)
    baseline = read_baseline(options.baseline) if options.baseline is not None else None
    triage = Triage(suppressions, baseline)
    previous = read_previous(options.previous) if options.previous is not None else ()
    with Spool() as spool:
        digests = []
        for report in reports:
            spool.add(report)
            digests.append(digest_of(report))
        result = check_across(Batch(rulebook, digests, previous))
        by_report: defaultdict[ReportKey, list[Finding]] = defaultdict(list)
        loose: list[Flag] = []
        for across in result.findings:
            if across.key is None:
                loose.append(to_flag(across.finding, rulebook, options.lang))
            else:
                by_report[across.key].append(across.finding)
        flags, set_aside = triage.sort_loose(loose)
        yield CheckedBatch(
            (triage.sort(_completed(report, by_report, rulebook, options)) for report in spool),
            BatchResult(flags, result.outcomes, set_aside, suppressions),
            triage,
        )


def _suppressions(options: Options, rulebook: Rulebook) -> tuple[Suppression, ...]:
    if options.suppress is None:
        return ()
    return read_suppressions(options.suppress, rulebook, datetime.now(UTC).date())


def _completed(
    report: Report,
    findings: Mapping[ReportKey, list[Finding]],
    rulebook: Rulebook,
    options: Options,
) -> Report:
    """A report with the findings that the batch added."""
    added = findings.get(ReportKey(report.source, report.report_id))
    if not added:
        return report
    placed = (_placed(finding, report) for finding in added)
    flags = by_severity(
        (*report.flags, *(to_flag(finding, rulebook, options.lang) for finding in placed))
    )
    bad = any(flag.severity in (Severity.ERROR, Severity.WARNING) for flag in flags)
    status = Status.FLAGGED if bad and report.status is Status.OK else report.status
    return replace(report, flags=flags, status=status)


def _placed(finding: Finding, report: Report) -> Finding:
    """A finding whose evidence has the places of the cells and sentences it speaks of."""
    cells = {value.indicator: value for value in report.values}
    return replace(
        finding,
        evidence=tuple(_evidence(item, cells.get(item.role), report) for item in finding.evidence),
    )


def _evidence(item: Evidence, cell: Value | None, report: Report) -> Evidence:
    if item.location != Location():
        return item
    if cell is not None:
        return replace(item, location=cell.location)
    return replace(item, location=_place_of(item.text, report.sections))


def _place_of(text: str, sections: Iterable[Section]) -> Location:
    """Where a passage begins: the paragraph that holds it or its beginning, else its section."""
    wanted = key(text)
    if not wanted:
        return Location()
    for section in sections:
        if wanted not in key(section.text):
            continue
        for block in section.blocks:
            if isinstance(block, Paragraph) and _begins_in(wanted, key(block.text)):
                return block.location
        return section.location
    return Location()


def _begins_in(wanted: str, printed: str) -> bool:
    """Whether a text holds a passage, or ends with the beginning of one."""
    if wanted in printed:
        return True
    longest = min(len(wanted), len(printed))
    return any(
        length >= _BEGINNING and printed.endswith(wanted[:length])
        for length in range(longest, _BEGINNING - 1, -1)
    )
