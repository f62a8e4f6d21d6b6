"""What an operator is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from making.paper import Paper

Change = Callable[[Paper], None]


class Subject(StrEnum):
    """What an operator works on."""

    FIGURES = "figures"
    LABELS = "labels"
    LAYOUT = "layout"
    DOCUMENT = "document"
    IDENTITY = "identity"
    DAMAGE = "damage"


@dataclass(frozen=True, slots=True)
class Operator:
    """A named way in which reports vary.

    Attributes:
        name: What the truth calls it.
        subject: What it works on; operators of ``DAMAGE`` make a report that is not clean.
        weight: How often it is drawn, relative to the others of its subject.
        change: What it does. May raise ``NotApplicable`` before it changed anything.
    """

    name: str
    subject: Subject
    weight: float
    change: Change


def operators_of(subject: Subject, weights: Mapping[Change, float]) -> tuple[Operator, ...]:
    """Operators named like the functions that do the work."""
    return tuple(
        Operator(change.__name__, subject, weight, change) for change, weight in weights.items()
    )
