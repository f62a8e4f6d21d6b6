"""Which cell is wrong, where sums fail: the form's redundant sums point at it.

Row totals, column totals and balances overlap. A cell is the likely fault where all its sums fail
by the same amount: the change of that one cell mends them and spoils no other. Nothing here changes
a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz.distance import DamerauLevenshtein

from extractor.report import State, Value
from extractor.rulebook.model import Quantity

_MOST = 3
"""Cells that are named; who must look at more had better look at the whole table."""
_COUNTED = (Quantity.COUNT, Quantity.AMOUNT)
"""Quantities that are never negative."""
_WHOLE = (Quantity.COUNT, Quantity.CHANGE)


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum that could be judged: ``residual`` is left minus right, 0 where it holds.

    ``factors`` tell by indicator how much a cell counts in left minus right.
    """

    id: str
    factors: Mapping[str, Decimal]
    residual: Decimal


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that may be wrong.

    ``proposed`` is the number with which all its sums would hold. ``mends`` are the ids of the sums
    that fail because of it. ``alone`` tells that no other single cell explains the same.
    """

    indicator: str
    proposed: Decimal
    mends: frozenset[str]
    alone: bool


@dataclass(frozen=True, slots=True)
class _Change:
    indicator: str
    by: Decimal
    mends: frozenset[str]


def find_suspects(
    equations: Sequence[Equation],
    values: Mapping[str, Value],
    quantities: Mapping[str, Quantity],
) -> tuple[Suspect, ...]:
    """The cells that explain why sums fail, the likeliest first.

    Args:
        equations: All sums of a table that could be judged, held or broken.
        values: The values of the table by indicator.
        quantities: What each indicator counts.

    Returns:
        Cells that together explain the sums that fail, as far as cells do, each with the rivals
        that explain the same; at most three. Empty where nothing tells one cell from the others.
    """
    left = {equation.id: equation for equation in equations}
    found: list[Suspect] = []
    while len(found) < _MOST and any(e.residual for e in left.values()):
        changes = [
            change
            for change in _changes(list(left.values()))
            if _fits(change, values, quantities) and change.indicator not in _names(found)
        ]
        if not changes:
            break
        changes.sort(key=lambda change: _rank(change, values))
        best = changes[0]
        rivals = [change for change in changes if change.mends == best.mends]
        if len(found) + len(rivals) > _MOST:
            break
        found += [
            Suspect(
                rival.indicator,
                _number(values, rival.indicator) + rival.by,
                rival.mends,
                alone=len(rivals) == 1,
            )
            for rival in rivals
        ]
        for name in best.mends:
            left[name] = Equation(name, left[name].factors, Decimal(0))
    return tuple(found)


def _changes(equations: Sequence[Equation]) -> Iterator[_Change]:
    """Changes of one cell each that mend every sum the cell stands in."""
    standing: defaultdict[str, list[Equation]] = defaultdict(list)
    for equation in equations:
        for indicator, factor in equation.factors.items():
            if factor:
                standing[indicator].append(equation)
    for indicator, own in standing.items():
        needed = {-e.residual / e.factors[indicator] for e in own}
        if len(needed) == 1 and (by := needed.pop()):
            yield _Change(indicator, by, frozenset(e.id for e in own))


def _fits(change: _Change, values: Mapping[str, Value], quantities: Mapping[str, Quantity]) -> bool:
    """Whether the cell could hold the number: a printed one, and one of its kind again."""
    value = values.get(change.indicator)
    if value is None or value.state is not State.REPORTED or value.number is None:
        return False
    quantity, number = quantities[change.indicator], value.number + change.by
    negative = number < 0 and quantity in _COUNTED
    broken = number != number.to_integral_value() and quantity in _WHOLE
    return not negative and not broken


def _rank(change: _Change, values: Mapping[str, Value]) -> tuple[int, int, Decimal]:
    """Most sums mended first, then the slip of the pen that is easiest to make."""
    number = _number(values, change.indicator)
    printed, proposed = str(number), str(number + change.by)
    slip = DamerauLevenshtein.distance(printed, proposed)
    return -len(change.mends), slip, abs(change.by)


def _number(values: Mapping[str, Value], indicator: str) -> Decimal:
    number = values[indicator].number
    return Decimal(0) if number is None else number


def _names(found: Sequence[Suspect]) -> set[str]:
    return {suspect.indicator for suspect in found}
