"""The formulas of ``rules/checks`` on the values of one report.

Every instance ends as held, broken, not applicable or not to be judged; none vanishes. A blank or
missing operand is never taken for 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from extractor.checks.subject import Subject
from extractor.checks.suspects import Equation, Suspect, find_suspects
from extractor.report import (
    CheckOutcome,
    Evidence,
    Finding,
    Outcome,
    State,
    SuspectCell,
    Value,
)
from extractor.rulebook import Evaluation, evaluate
from extractor.rulebook.formula import coefficients
from extractor.rulebook.instances import CheckInstance, instances_of
from extractor.rulebook.model import CheckRule, Judgement, Quantity, Rulebook

_FEW = 8
"""Operands up to which all are shown; of more, zeros are left out."""
_USABLE = (State.REPORTED, State.INFERRED)


def check_arithmetic(subject: Subject) -> Iterator[tuple[CheckOutcome, Finding | None]]:
    """The outcome of every check instance, with a finding where it is broken."""
    values = {value.indicator: value for value in subject.values}
    numbers = {value.indicator: value.number for value in subject.values if value.state in _USABLE}
    sections = {table.table: table.section for table in subject.tables}
    seen: dict[tuple[str, tuple[Decimal | None, ...]], Evaluation] = {}
    for table in dict.fromkeys(value.table for value in subject.values):
        form_id = _form_of(subject, table, values)
        if form_id is None:
            continue
        broken: list[tuple[CheckInstance, Evaluation]] = []
        judged: list[tuple[CheckInstance, Evaluation]] = []
        for instance in instances_of(subject.rulebook, form_id, table):
            reason = _not_applicable(instance.rule, subject)
            if reason:
                yield _outcome(instance, Outcome.NOT_APPLICABLE, reason), None
                continue
            result = _evaluate(instance, numbers, seen)
            if result.judgement is Judgement.UNKNOWN:
                unknown = "、".join(result.unknown)
                yield _outcome(instance, Outcome.COULD_NOT_JUDGE, unknown), None
                continue
            judged.append((instance, result))
            if result.judgement is Judgement.HOLDS:
                yield instance.held, None
            else:
                broken.append((instance, result))
        suspects = _suspects(judged, values, subject) if broken else ()
        for instance, result in broken:
            finding = _finding(instance, result, values)
            own = tuple(suspect for suspect in suspects if instance.name in suspect.mends)
            shown = replace(
                finding,
                section=sections.get(table),
                suspects=tuple(_worded(suspect, values) for suspect in own),
                evidence=(*finding.evidence, *(_place(suspect, values) for suspect in own)),
            )
            yield _outcome(instance, Outcome.BROKEN, ""), shown


def _suspects(
    judged: Sequence[tuple[CheckInstance, Evaluation]],
    values: Mapping[str, Value],
    subject: Subject,
) -> tuple[Suspect, ...]:
    """The cells that explain why sums of a table fail."""
    return find_suspects(
        [
            equation
            for instance, result in judged
            if (equation := _equation(instance, result)) is not None
        ],
        values,
        _quantities(subject.rulebook),
    )


def _equation(instance: CheckInstance, result: Evaluation) -> Equation | None:
    """A judged sum, ``None`` for a check that is none."""
    factors = coefficients(instance.rule.formula)
    if factors is None or result.left is None or result.right is None:
        return None
    together: dict[str, Decimal] = {}
    for indicator, factor in zip(instance.indicators, factors, strict=True):
        together[indicator] = together.get(indicator, Decimal(0)) + factor
    return Equation(instance.name, together, result.left - result.right)


@lru_cache(maxsize=8)
def _quantities(rulebook: Rulebook) -> Mapping[str, Quantity]:
    """What each indicator counts, over all forms."""
    return {
        cell.indicator: cell.quantity
        for form in rulebook.forms
        for table in form.tables
        for block in table.blocks
        for cell in block.cells
    }


def _worded(suspect: Suspect, values: Mapping[str, Value]) -> SuspectCell:
    value = values[suspect.indicator]
    printed, proposed = f"{value.number:f}", f"{suspect.proposed:f}"
    return SuspectCell(value.table, value.row, value.column, printed, proposed)


def _place(suspect: Suspect, values: Mapping[str, Value]) -> Evidence:
    value = values[suspect.indicator]
    return Evidence("suspect", value.reading.raw if value.reading else "", value.location)


def _form_of(subject: Subject, table: str, values: Mapping[str, Value]) -> str | None:
    """The form whose cells the values of a table are."""
    for form in subject.rulebook.forms:
        rule = form.table(table)
        if rule and all(c.indicator in values for b in rule.blocks for c in b.cells):
            return form.id
    return subject.form.id if subject.form else None


def _not_applicable(rule: CheckRule, subject: Subject) -> str:
    year = subject.identity.year
    if year is not None and rule.since is not None and year < rule.since:
        return f"year < {rule.since}"
    if year is not None and rule.until is not None and year > rule.until:
        return f"year > {rule.until}"
    if rule.levels and subject.identity.issuer_level not in rule.levels:
        return f"level {subject.identity.issuer_level or '?'}"
    return ""


def _evaluate(
    instance: CheckInstance,
    numbers: Mapping[str, Decimal | None],
    seen: dict[tuple[str, tuple[Decimal | None, ...]], Evaluation],
) -> Evaluation:
    operands = tuple(map(numbers.get, instance.indicators))
    formula = instance.rule.formula
    memo = (formula.source, operands)
    result = seen.get(memo)
    if result is None:
        by_name = dict(zip(formula.names, operands, strict=True))
        result = evaluate(formula, by_name.get)
        seen[memo] = result
    return result


def _outcome(instance: CheckInstance, outcome: Outcome, reason: str) -> CheckOutcome:
    return CheckOutcome(instance.rule.code, instance.name, outcome, reason)


def _finding(instance: CheckInstance, result: Evaluation, values: Mapping[str, Value]) -> Finding:
    """A broken check with its operands; the last one named is the one it should equal."""
    held = [values[indicator] for indicator in dict.fromkeys(instance.indicators)]
    few = len(held) <= _FEW
    ordered = [held[-1], *(value for value in held[:-1] if few or value.number)]
    single = held[0] if len(held) == 1 else None
    operands = " + ".join(str(value.number) for value in held[:-1] if value.number)
    return Finding(
        name=instance.rule.code,
        severity=instance.rule.severity,
        table=instance.table,
        indicator=held[-1].indicator,
        variant=instance.rule.variant,
        row=held[-1].row,
        column=held[-1].column,
        expected=str(result.left) if single is None else "",
        found=str(result.right) if single is None else str(single.number),
        detail=operands if single is None and few else "",
        evidence=tuple(
            Evidence(value.indicator, value.reading.raw if value.reading else "", value.location)
            for value in ordered
        ),
    )
