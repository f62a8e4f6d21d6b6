"""How sure a value is: the share of right readings among those with the same evidence.

The shares are measured, not guessed: ``rules/confidence.yaml`` holds them, and
``corpus/calibrate.py`` writes it from a corpus with known truth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from extractor.report import State, Value
from extractor.rulebook import evaluate
from extractor.rulebook.instances import instances_of
from extractor.rulebook.model import Judgement, Rulebook

_SURE, _FAIR = 0.9, 0.75
_READ = (State.REPORTED, State.INFERRED)


class Fit(StrEnum):
    """How well labels and geometry fit the cell."""

    SURE = "sure"
    FAIR = "fair"
    WEAK = "weak"


class Sums(StrEnum):
    """What the form's arithmetic says of a figure."""

    HOLD = "hold"
    UNTESTED = "untested"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Grounds:
    """The evidence for one value: how it was read, or inferred, and what bears it out."""

    method: str
    fit: Fit
    sums: Sums


def grounds_of(values: Sequence[Value], rulebook: Rulebook) -> dict[str, Grounds]:
    """The evidence for every value of one table that holds a number, by indicator."""
    held, failed = _sums(values, rulebook)
    grounds = {}
    for value in values:
        if value.state not in _READ or value.reading is None:
            continue
        inferred = value.state is State.INFERRED
        grounds[value.indicator] = Grounds(
            "inferred" if inferred else value.reading.method.value,
            _fit(value.reading.score),
            Sums.FAIL
            if value.indicator in failed
            else Sums.HOLD
            if value.indicator in held
            else Sums.UNTESTED,
        )
    return grounds


def rate(values: Sequence[Value], rulebook: Rulebook) -> tuple[Value, ...]:
    """The values of one table with the confidence that was measured for their evidence."""
    measured = {(rule.method, rule.fit, rule.sums): rule.right for rule in rulebook.confidence}
    grounds = grounds_of(values, rulebook)
    return tuple(
        replace(value, confidence=_look_up(grounds[value.indicator], measured))
        if value.indicator in grounds
        else value
        for value in values
    )


def _look_up(grounds: Grounds, measured: Mapping[tuple[str, str, str], float]) -> float | None:
    """The share for the very evidence, else for the method and fit, else for the method."""
    for key in (
        (grounds.method, grounds.fit.value, grounds.sums.value),
        (grounds.method, grounds.fit.value, ""),
        (grounds.method, "", ""),
    ):
        if key in measured:
            return measured[key]
    return None


def _fit(score: float) -> Fit:
    return Fit.SURE if score >= _SURE else Fit.FAIR if score >= _FAIR else Fit.WEAK


def _sums(values: Sequence[Value], rulebook: Rulebook) -> tuple[set[str], set[str]]:
    """The indicators in sums that hold on figures other than zero, and in sums that fail."""
    numbers: dict[str, Decimal | None] = {
        value.indicator: value.number for value in values if value.state in _READ
    }
    held: set[str] = set()
    failed: set[str] = set()
    form = _form_of(values, rulebook)
    for instance in instances_of(rulebook, form, values[0].table) if form else ():
        if len(set(instance.indicators)) < 2:
            continue
        operands = dict(
            zip(instance.rule.formula.names, map(numbers.get, instance.indicators), strict=True)
        )
        result = evaluate(instance.rule.formula, operands.get)
        if result.judgement is Judgement.BROKEN:
            failed.update(instance.indicators)
        elif result.judgement is Judgement.HOLDS and (result.left or result.right):
            held.update(instance.indicators)
    return held, failed


def _form_of(values: Sequence[Value], rulebook: Rulebook) -> str:
    """The form whose cells the values are; empty where they are of none."""
    indicators = {value.indicator for value in values}
    for form in rulebook.forms:
        table = form.table(values[0].table) if values else None
        if table and all(c.indicator in indicators for b in table.blocks for c in b.cells):
            return form.id
    return ""
