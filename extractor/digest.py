"""What checks across reports need of one report: small enough to keep a whole batch in memory."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractor.report import (
    CheckOutcome,
    Finding,
    Flag,
    Identity,
    Report,
    SetAside,
    State,
    Status,
    Suppression,
)

_READ = (State.REPORTED, State.INFERRED)


@dataclass(frozen=True, slots=True, order=True)
class ReportKey:
    """Which report of a batch: the file it stands in and its id."""

    source: str
    report_id: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The prose of one statutory section, as printed."""

    section: int
    text: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One report without places and pictures.

    ``numbers`` has the indicators that were read (``reported`` or ``inferred``) and no other: what
    is blank, missing or unresolved is not in it and is never taken for 0. ``forms`` are the form
    ids of the tables found, by table.
    """

    key: ReportKey
    sha256: str
    status: Status
    identity: Identity
    numbers: dict[str, Decimal]
    forms: dict[str, str]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Across:
    """A finding about one report that only other reports could show.

    ``key`` is ``None`` where it is about no report (a body without one). Evidence of the finding
    whose place is empty and whose role is an indicator id gets the place of that cell.
    """

    key: ReportKey | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What the checks across a batch gave that belongs to no report of it.

    ``flags`` are about bodies without a report, ``set_aside`` those of them that are not shown;
    ``outcomes`` tell how every check ended; ``suppressions`` are all entries of the run.
    """

    flags: tuple[Flag, ...] = ()
    outcomes: tuple[CheckOutcome, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


def digest_of(report: Report) -> Digest:
    """The digest of a report."""
    return Digest(
        key=ReportKey(report.source, report.report_id),
        sha256=report.sha256,
        status=report.status,
        identity=report.identity,
        numbers={
            value.indicator: value.number
            for value in report.values
            if value.state in _READ and value.number is not None
        },
        forms={table.table: table.form for table in report.tables},
        passages=tuple(Passage(section.id, section.text) for section in report.sections),
    )
