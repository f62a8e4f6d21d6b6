"""What the paper says: identity, sections, values and findings, each with its place.

Missing is ``None`` with a reason (``State``), never ``0``, ``""`` or ``-1``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from extractor.document import Block, Location

if TYPE_CHECKING:
    import pandas as pd


class State(StrEnum):
    """What became of one statutory cell."""

    REPORTED = "reported"
    BLANK = "blank"
    INVALID = "invalid"
    MISSING = "missing"
    UNRESOLVED = "unresolved"
    INFERRED = "inferred"


class Method(StrEnum):
    """How a value was read."""

    GRID = "grid"
    STREAM = "stream"
    OCR = "ocr"
    ANNEX = "annex"
    HUMAN = "human"


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Status(StrEnum):
    """What became of one document."""

    OK = "ok"
    FLAGGED = "flagged"
    UNREADABLE = "unreadable"
    NOT_A_REPORT = "not_a_report"


class Outcome(StrEnum):
    """How one check ended; none vanishes."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_APPLICABLE = "not_applicable"
    COULD_NOT_JUDGE = "could_not_judge"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which one cell was read.

    ``number`` is in ``unit``; ``raw`` is the text as printed; ``score`` (0 to 1) is how well
    labels and geometry fit; ``trace`` tells step by step how the reading came about.
    """

    indicator: str
    number: Decimal | None
    raw: str
    unit: str
    state: State
    method: Method
    location: Location
    score: float
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """What we say about one statutory cell: the reading chosen and the others."""

    indicator: str
    table: str
    row: str
    column: str
    number: Decimal | None
    state: State
    unit: str
    confidence: float | None = None
    reading: Reading | None = None
    others: tuple[Reading, ...] = ()

    @property
    def location(self) -> Location:
        """Where the value stands; an empty location where nothing was read."""
        return self.reading.location if self.reading else Location()


@dataclass(frozen=True, slots=True)
class Section:
    """One statutory section as found. ``order`` is its 1-based rank on the paper."""

    id: int
    heading: str
    statutory_heading: str
    order: int
    location: Location
    blocks: tuple[Block, ...]
    text: str


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A statutory table as found on the paper.

    ``form`` is the id of the form whose layout it follows, ``""`` where its layout is common to
    several. ``section`` is the statutory section it stands in, ``None`` before the first.
    """

    table: str
    form: str
    section: int | None
    location: Location
    method: Method


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure stated in prose."""

    section: int | None
    quantity: str
    channel: str
    number: Decimal | None
    approximate: bool
    unit: str
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on which year. Empty text or ``None`` where it could not be told.

    ``published`` is an ISO date. ``format`` is a form id, ``mixed`` or ``none``.
    """

    title: str = ""
    issuer: str = ""
    issuer_level: str = ""
    region_code: str = ""
    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""
    year: int | None = None
    published: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing to look at: its role in the finding, the text as printed and its place."""

    role: str
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class SuspectCell:
    """A cell that may hold the wrong number, by the ids of its table, row and column.

    ``found`` is the number printed, ``expected`` the one with which its sums would hold.
    """

    table: str
    row: str
    column: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding before it is put into words.

    ``name`` is a name of the findings vocabulary. ``detail`` holds labels and texts as printed or
    as in the form, never a sentence, so that it reads the same in every language. ``severity`` is
    set where the check that found it has one of its own. ``variant`` is the kind of the finding
    where the vocabulary words several. ``suspects`` are the cells that may be at fault, the
    likeliest first.
    """

    name: str
    section: int | None = None
    table: str = ""
    indicator: str = ""
    row: str = ""
    column: str = ""
    expected: str = ""
    found: str = ""
    detail: str = ""
    evidence: tuple[Evidence, ...] = ()
    severity: str = ""
    variant: str = ""
    suspects: tuple[SuspectCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding about a report."""

    code: str
    name: str
    severity: Severity
    scope: str
    message: str
    section: int | None = None
    table: str = ""
    indicator: str = ""
    expected: str = ""
    found: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def location(self) -> Location:
        """The first place to look at."""
        return self.evidence[0].location if self.evidence else Location()


@dataclass(frozen=True, slots=True)
class Suppression:
    """An entry by which findings are set aside, until ``expires`` (ISO date).

    ``body`` is an issuer or a source; ``year`` is ``None`` for every year; ``place`` is file and
    line.
    """

    code: str
    body: str
    year: int | None
    reason: str
    author: str
    expires: str
    place: str
    expired: bool


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding that is not shown, and why."""

    flag: Flag
    suppression: Suppression


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """How one check ended on one row or column."""

    code: str
    subject: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Engine:
    """What produced a report: program version and digest of the rules."""

    version: str
    rules_digest: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report, or one document that gave none (then ``status`` says so)."""

    report_id: str
    source: str
    media_type: str
    sha256: str
    size: int
    pages: int | None
    status: Status
    identity: Identity
    sections: tuple[Section, ...]
    tables: tuple[FoundTable, ...]
    values: tuple[Value, ...]
    narrative: tuple[Stated, ...]
    flags: tuple[Flag, ...]
    outcomes: tuple[CheckOutcome, ...]
    engine: Engine
    set_aside: tuple[SetAside, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """The values as a pandas frame, one row per statutory cell.

        ``value`` is a nullable float: empty unless a number was read or inferred. The place
        is ``page`` with the box in points, or ``locator``.
        """
        import pandas as pd

        frame = pd.DataFrame([_frame_row(self, value) for value in self.values])
        types = {"year": "Int64", "value": "Float64", "confidence": "Float64", "page": "Int64"}
        boxes = dict.fromkeys(("x0", "top", "x1", "bottom"), "Float64")
        return frame.astype(types | boxes) if len(frame) else frame


def _frame_row(report: Report, value: Value) -> dict[str, object]:
    place, reading = value.location, value.reading
    box = place.box
    return {
        "report_id": report.report_id,
        "source": report.source,
        "year": report.identity.year,
        "issuer": report.identity.issuer,
        "table": value.table,
        "row": value.row,
        "column": value.column,
        "indicator": value.indicator,
        "value": None if value.number is None else float(value.number),
        "raw": reading.raw if reading else "",
        "unit": value.unit,
        "state": value.state.value,
        "method": reading.method.value if reading else "",
        "confidence": value.confidence,
        "page": place.page,
        "x0": box.x0 if box else None,
        "top": box.top if box else None,
        "x1": box.x1 if box else None,
        "bottom": box.bottom if box else None,
        "locator": place.path,
    }
