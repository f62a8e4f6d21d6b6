"""The formulas of ``rules/checks`` on the values of one report.

Every instance ends as held, broken, not applicable or not to be judged; none vanishes. A blank or
missing operand is never taken for 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from extractor.checks.subject import Subject
from extractor.report import CheckOutcome, Evidence, Finding, Outcome, State, Value
from extractor.rulebook import Evaluation, evaluate
from extractor.rulebook.instances import CheckInstance, instances_of
from extractor.rulebook.model import CheckRule, Judgement

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
        for instance in instances_of(subject.rulebook, form_id, table):
            reason = _not_applicable(instance.rule, subject)
            if reason:
                yield _outcome(instance, Outcome.NOT_APPLICABLE, reason), None
                continue
            outcome, finding = _judge(instance, values, numbers, seen)
            yield outcome, finding and replace(finding, section=sections.get(table))


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


def _judge(
    instance: CheckInstance,
    values: Mapping[str, Value],
    numbers: Mapping[str, Decimal | None],
    seen: dict[tuple[str, tuple[Decimal | None, ...]], Evaluation],
) -> tuple[CheckOutcome, Finding | None]:
    operands = tuple(map(numbers.get, instance.indicators))
    formula = instance.rule.formula
    memo = (formula.source, operands)
    result = seen.get(memo)
    if result is None:
        by_name = dict(zip(formula.names, operands, strict=True))
        result = evaluate(formula, by_name.get)
        seen[memo] = result
    if result.judgement is Judgement.HOLDS:
        return instance.held, None
    if result.judgement is Judgement.UNKNOWN:
        return _outcome(instance, Outcome.COULD_NOT_JUDGE, "、".join(result.unknown)), None
    return _outcome(instance, Outcome.BROKEN, ""), _finding(instance, result, values)


def _outcome(instance: CheckInstance, outcome: Outcome, reason: str) -> CheckOutcome:
    return CheckOutcome(instance.rule.code, instance.name, outcome, reason)


def _finding(instance: CheckInstance, result: Evaluation, values: Mapping[str, Value]) -> Finding:
    """A broken check with its operands; the last one named is the one it should equal."""
    held = [values[indicator] for indicator in dict.fromkeys(instance.indicators)]
    few = len(held) <= _FEW
    ordered = [held[-1], *(value for value in held[:-1] if few or value.number)]
    single = held[0] if len(held) == 1 else None
    by_row = instance.rule.for_each == "row"
    by_column = instance.rule.for_each == "column"
    operands = " + ".join(str(value.number) for value in held[:-1] if value.number)
    return Finding(
        name=instance.rule.code,
        severity=instance.rule.severity,
        table=instance.table,
        indicator=single.indicator if single else held[-1].indicator,
        row=single.row if single else instance.subject if by_row else "",
        column=single.column if single else instance.subject if by_column else "",
        expected=str(result.left) if single is None else "",
        found=str(result.right) if single is None else str(single.number),
        detail=operands if single is None and few else "",
        evidence=tuple(
            Evidence(value.indicator, value.reading.raw if value.reading else "", value.location)
            for value in ordered
        ),
    )
