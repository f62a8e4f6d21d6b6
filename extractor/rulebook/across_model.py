"""The rules for checks across reports as typed values, filled from ``rules/across``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EndingRule:
    """Endings of names that stand for the same body: ``also`` are written as ``ending``.

    ``levels`` limits it to bodies of those levels.
    """

    levels: tuple[str, ...]
    ending: str
    also: tuple[str, ...]
    """Longest first."""


@dataclass(frozen=True, slots=True)
class BodyRules:
    """How the reports of one body are told from those of another.

    ``areas`` are the last characters of names of areas, ``no_areas`` words that end with one and
    name none. ``inner`` are words left out inside a name, behind an area. ``code_digits`` are the
    digits of a division code that belong to a body of a level. ``likeness`` is the least share of
    equal figures by which two reports of one name and year are versions of one report.
    """

    areas: tuple[str, ...]
    no_areas: tuple[str, ...]
    inner: tuple[str, ...]
    endings: tuple[EndingRule, ...]
    code_digits: tuple[tuple[str, int], ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class RepeatedRule:
    """Figures of a whole report that are those of last year.

    ``least`` is how many different figures other than 0 it takes.
    """

    least: int
    severity: str
    basis: str


@dataclass(frozen=True, slots=True)
class OwnYearsRule:
    """A figure out of keeping with other years of its body.

    ``ratio`` is how many times more or less than the median of at least ``years`` other years it
    must be; those lie within a factor of ``spread`` of one another. ``least`` is the smallest
    figure that the lesser of the two may be.
    """

    name: str
    tables: tuple[str, ...]
    quantities: tuple[str, ...]
    ratio: float
    years: int
    spread: float
    least: float
    basis: str


@dataclass(frozen=True, slots=True)
class PeersRule:
    """A figure out of keeping with other bodies of its level.

    ``bodies`` is the least number of them with a figure other than 0; ``ratio`` how many times
    more or less than their median it must be, ``deviations`` how many robust deviations away.
    ``gap`` is how many times all figures between must lie apart somewhere, with no more than a
    ``share`` of the bodies beyond.
    """

    name: str
    tables: tuple[str, ...]
    quantities: tuple[str, ...]
    bodies: int
    ratio: float
    deviations: float
    gap: float
    share: float
    basis: str


@dataclass(frozen=True, slots=True)
class PlausibleRules:
    """What makes a figure implausible."""

    own_years: tuple[OwnYearsRule, ...]
    peers: tuple[PeersRule, ...]


@dataclass(frozen=True, slots=True)
class HierarchyRules:
    """A body's figures against those of the bodies below it.

    ``scope`` are patterns by which a text says that its figures are of the whole area, ``own``
    such by which it says that they are of the office alone. ``independent`` are words in names of
    bodies that belong to no local government. ``indicators`` are the cells compared.
    """

    parents: tuple[str, ...]
    children: tuple[str, ...]
    scope: tuple[str, ...]
    own: tuple[str, ...]
    independent: tuple[str, ...]
    indicators: tuple[str, ...]
    bodies: int
    severity: str
    basis: str


@dataclass(frozen=True, slots=True)
class AcrossRules:
    """All rules for checks across reports that are no formulas."""

    bodies: BodyRules
    repeated: RepeatedRule
    plausible: PlausibleRules
    hierarchy: HierarchyRules
