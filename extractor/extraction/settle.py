"""Many readings of a cell to one value, or to a stated conflict.

The form's arithmetic referees: it proves figures whose place is in doubt. It never changes a
printed figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.document import Location
from extractor.numerals import parse_figure, wrapped_digits
from extractor.report import Evidence, Finding, Method, Reading, State, Value
from extractor.rulebook import Evaluation, evaluate
from extractor.rulebook.instances import instances_of
from extractor.rulebook.model import CellRule, Judgement, Rulebook

_NO_NUMBER = (State.INVALID, State.UNRESOLVED, State.BLANK, State.MISSING)
"""States without a number, the one to report first."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The checks of a rulebook that join several cells, as a judge of figures."""

    rulebook: Rulebook

    def proves(self, form: str, table: str, numbers: Mapping[str, Decimal]) -> bool:
        """Whether the sums of a table hold on these numbers, with a figure to test them.

        A check with an unknown operand proves nothing and refutes nothing.
        """
        results = list(self._results(form, table, numbers))
        if any(result.judgement is Judgement.BROKEN for result in results):
            return False
        return any(
            result.judgement is Judgement.HOLDS and (result.left or result.right)
            for result in results
        )

    def refutes(self, form: str, table: str, numbers: Mapping[str, Decimal]) -> bool:
        """Whether a sum of a table fails on these numbers."""
        return any(
            result.judgement is Judgement.BROKEN for result in self._results(form, table, numbers)
        )

    def _results(
        self, form: str, table: str, numbers: Mapping[str, Decimal]
    ) -> Iterator[Evaluation]:
        for instance in instances_of(self.rulebook, form, table):
            if len(set(instance.indicators)) < 2:
                continue
            names = instance.rule.formula.names
            operands = {n: numbers.get(i) for n, i in zip(names, instance.indicators, strict=True)}
            yield evaluate(instance.rule.formula, operands.get)


def settle(
    table: str, cells: Sequence[CellRule], readings: Iterable[Reading]
) -> tuple[tuple[Value, ...], tuple[Finding, ...]]:
    """One value for each cell of a table.

    Args:
        table: Id of the table.
        cells: The cells that the table must hold.
        readings: All readings of its cells, from every place and method.

    Returns:
        The values in the order of ``cells``, and a finding for each conflict.
    """
    by_indicator: dict[str, list[Reading]] = {}
    for reading in readings:
        by_indicator.setdefault(reading.indicator, []).append(reading)
    values, findings = [], []
    for cell in cells:
        held = by_indicator.get(cell.indicator, [])
        value = _decide(table, cell, held)
        values.append(value)
        if value.state is State.UNRESOLVED and _numbers(held):
            findings.append(_conflict(value, held))
    return tuple(values), tuple(findings)


def infer(values: Sequence[Value], rulebook: Rulebook, form: str) -> tuple[Value, ...]:
    """Figures that share one place given to the cells they must belong to.

    A cell drawn over several columns may hold as many figures as it covers cells, and a narrow cell
    one figure on several lines. That leaves one placement; it is taken only where the form's
    arithmetic confirms every figure on others that are known.
    """
    shared: dict[tuple[Location, str], list[Value]] = {}
    for value in values:
        reading = value.reading
        if reading is None or reading.method is not Method.GRID or value.others:
            continue
        if value.state is State.UNRESOLVED:
            place = (reading.location, reading.raw)
            shared.setdefault(place, []).append(value)
    inferred = _unwrapped([held[0] for held in shared.values() if len(held) == 1])
    if not (inferred and _confirmed(inferred, values, rulebook, form)):
        inferred = {}
    for (_, raw), held in shared.items():
        figures = [parse_figure(piece) for piece in raw.split()]
        numbers = [
            figure.in_unit(v.unit) for figure, v in zip(figures, held, strict=False) if figure
        ]
        if len(numbers) == len(figures) == len(held):
            placed = {v.indicator: number for v, number in zip(held, numbers, strict=True)}
            if _confirmed(placed, values, rulebook, form):
                inferred |= placed
    return tuple(
        replace(value, number=inferred[value.indicator], state=State.INFERRED)
        if value.indicator in inferred
        else value
        for value in values
    )


def _unwrapped(values: Sequence[Value]) -> dict[str, Decimal]:
    """Figures that a narrow cell wrapped over several lines, joined."""
    joined: dict[str, Decimal] = {}
    for value in values:
        digits = wrapped_digits(value.reading.raw) if value.reading is not None else ""
        if digits:
            joined[value.indicator] = Decimal(digits)
    return joined


def _confirmed(
    placed: Mapping[str, Decimal], values: Sequence[Value], rulebook: Rulebook, form: str
) -> bool:
    """Whether every placed number takes part in a sum, and every such sum holds."""
    numbers = {v.indicator: v.number for v in values if v.state is State.REPORTED} | dict(placed)
    confirmed: set[str] = set()
    for instance in instances_of(rulebook, form, values[0].table):
        touched = placed.keys() & set(instance.indicators)
        if not touched or len(set(instance.indicators)) < 2:
            continue
        names = instance.rule.formula.names
        operands = {n: numbers.get(i) for n, i in zip(names, instance.indicators, strict=True)}
        if evaluate(instance.rule.formula, operands.get).judgement is not Judgement.HOLDS:
            return False
        confirmed |= touched
    return confirmed == placed.keys()


def _numbers(readings: Sequence[Reading]) -> set[Decimal]:
    return {reading.number for reading in readings if reading.number is not None}


def _decide(table: str, cell: CellRule, readings: Sequence[Reading]) -> Value:
    if not readings:
        return Value(
            cell.indicator, table, cell.row_id, cell.column_id, None, State.MISSING, cell.unit
        )
    if len(readings) == 1:
        return _value(table, cell, readings[0], ())
    numbers = _numbers(readings)
    if len(numbers) == 1:
        read = [reading for reading in readings if reading.number is not None]
        best = max(read, key=lambda reading: reading.score)
        return _value(table, cell, best, readings)
    if numbers:
        best = max(readings, key=lambda reading: (reading.number is not None, reading.score))
        return _value(table, cell, best, readings, State.UNRESOLVED)
    best = min(readings, key=lambda reading: (_NO_NUMBER.index(reading.state), -reading.score))
    return _value(table, cell, best, readings)


def _value(
    table: str,
    cell: CellRule,
    best: Reading,
    readings: Sequence[Reading],
    state: State | None = None,
) -> Value:
    final = state or best.state
    number = best.number if final in (State.REPORTED, State.INFERRED) else None
    return Value(
        indicator=cell.indicator,
        table=table,
        row=cell.row_id,
        column=cell.column_id,
        number=number,
        state=final,
        unit=best.unit,
        reading=best,
        others=tuple(reading for reading in readings if reading is not best),
    )


def _conflict(value: Value, readings: Sequence[Reading]) -> Finding:
    evidence = tuple(
        Evidence(reading.method.value, reading.raw, reading.location) for reading in readings
    )
    return Finding(
        "alignment_ambiguous",
        table=value.table,
        indicator=value.indicator,
        row=value.row,
        column=value.column,
        found=" / ".join(reading.raw for reading in readings),
        evidence=evidence,
    )
