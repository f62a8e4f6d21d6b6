"""Counts of one document or of many, and the shares that are made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import sqrt

_Z = 1.959964
"""Two-sided 95 % point of the normal distribution."""


class Cause(StrEnum):
    """Why a figure was not read right."""

    DOCUMENT_MISSED = "document_missed"
    SECTION_MISSED = "section_missed"
    TABLE_MISSED = "table_missed"
    LABEL_MISSED = "label_missed"
    LEFT_OPEN = "left_open"
    COLUMN_SHIFTED = "column_shifted"
    ROW_SHIFTED = "row_shifted"
    NUMBER_MISREAD = "number_misread"
    BLANK_AS_ZERO = "blank_as_zero"
    PHANTOM = "phantom"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts.

    Attributes:
        documents: Documents judged.
        figures: Cells in which the truth has a number.
        exact: Those read right.
        silent: Numbers that the truth does not bear out and that no finding speaks of.
        flagged: Such numbers that a finding speaks of.
        declined: Cells with a number that were not read, and say so.
        blanks: Cells that are there and hold no number.
        zeroed: Those of ``blanks`` that were read as 0.
        phantoms: Numbers where the truth has no cell, or other numbers than 0 where it has a blank.
        tables: Tables with at least one cell.
        tables_exact: Those of which every figure is exact and no blank got a number.
        asked: Questions about status, issuer, year and form.
        right: Those answered right.
        issuers: Reports whose issuer is asked; ``issuers_right``, ``years`` and the like in kind.
        sections: Sections that are there or were claimed; ``sections_right`` are both.
        defects: Findings that had to be raised; ``found`` were.
        clean: Documents on which no error and no warning may be raised.
        alarmed: Those of ``clean`` on which one was raised.
        false_alarms: Errors and warnings, by document and code, that the truth does not allow.
    """

    documents: int = 0
    figures: int = 0
    exact: int = 0
    silent: int = 0
    flagged: int = 0
    declined: int = 0
    blanks: int = 0
    zeroed: int = 0
    phantoms: int = 0
    tables: int = 0
    tables_exact: int = 0
    asked: int = 0
    right: int = 0
    issuers: int = 0
    issuers_right: int = 0
    years: int = 0
    years_right: int = 0
    forms: int = 0
    forms_right: int = 0
    sections: int = 0
    sections_right: int = 0
    defects: int = 0
    found: int = 0
    clean: int = 0
    alarmed: int = 0
    false_alarms: int = 0

    def __add__(self, other: Score) -> Score:
        mine, theirs = asdict(self), asdict(other)
        return Score(**{name: mine[name] + theirs[name] for name in mine})

    @property
    def wrong(self) -> int:
        """Every number that the truth does not bear out."""
        return self.silent + self.flagged

    def rates(self) -> Iterator[Rate]:
        """The shares worth printing, each with the number of cases behind it."""
        yield Rate("cells exact", self.exact, self.figures)
        yield Rate("tables exact", self.tables_exact, self.tables)
        yield Rate("silently wrong", self.silent, self.figures + self.blanks)
        yield Rate("wrong and flagged", self.flagged, self.figures + self.blanks)
        yield Rate("declined", self.declined, self.figures)
        yield Rate("blanks read as 0", self.zeroed, self.blanks)
        yield Rate("phantoms", self.phantoms, self.figures + self.blanks)
        yield Rate("issuer right", self.issuers_right, self.issuers)
        yield Rate("year right", self.years_right, self.years)
        yield Rate("form right", self.forms_right, self.forms)
        yield Rate("sections right", self.sections_right, self.sections)
        yield Rate("defects found", self.found, self.defects)
        yield Rate("clean reports with a false alarm", self.alarmed, self.clean)


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` of ``cases``, with Wilson's 95 % interval.

    Cells of one document are not independent, so the interval of a rate of cells is narrower than
    it ought to be; that of a rate of documents is not.
    """

    name: str
    count: int
    cases: int

    @property
    def share(self) -> float | None:
        """``count`` over ``cases``; ``None`` without a case."""
        return self.count / self.cases if self.cases else None

    def interval(self) -> tuple[float, float]:
        """Lower and upper end; 0 and 1 without a case."""
        if not self.cases:
            return 0.0, 1.0
        n, p, square = self.cases, self.count / self.cases, _Z * _Z
        middle = (p + square / (2 * n)) / (1 + square / n)
        half = _Z * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
        low = 0.0 if self.count == 0 else max(0.0, middle - half)
        high = 1.0 if self.count == n else min(1.0, middle + half)
        return low, high

    def to_dict(self) -> dict[str, float | int | None]:
        """Plain values for JSON."""
        low, high = self.interval()
        return {
            "count": self.count,
            "cases": self.cases,
            "share": self.share,
            "low": low,
            "high": high,
        }
