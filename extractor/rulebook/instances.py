"""The checks of a form spelled out: one instance per row, column or cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.report import CheckOutcome, Outcome
from extractor.rulebook.model import LAST_YEAR, CheckRule, FormRule, Rulebook, TableRule


@dataclass(frozen=True, slots=True)
class CheckInstance:
    """One check on one row, column or cell of one table.

    ``name`` tells check and subject; ``subject`` is the id of that row or column, or the indicator
    of that cell. ``indicators`` goes with ``rule.formula.names``, whichever year a name is of;
    ``held`` is the outcome of the check where it holds.
    """

    rule: CheckRule
    table: str
    subject: str
    indicators: tuple[str, ...]
    name: str
    held: CheckOutcome


@lru_cache(maxsize=64)
def instances_of(rulebook: Rulebook, form_id: str, table_id: str) -> tuple[CheckInstance, ...]:
    """Every instance of every check within one table of one form, in rule order.

    Raises:
        KeyError: no form has that id.
    """
    return tuple(_instances(rulebook, form_id, table_id, across_years=False))


@lru_cache(maxsize=64)
def year_instances_of(rulebook: Rulebook, form_id: str, table_id: str) -> tuple[CheckInstance, ...]:
    """Every instance of every check of one table of one form against last year, in rule order.

    Raises:
        KeyError: no form has that id.
    """
    return tuple(_instances(rulebook, form_id, table_id, across_years=True))


def _instances(
    rulebook: Rulebook, form_id: str, table_id: str, *, across_years: bool
) -> Iterator[CheckInstance]:
    form = rulebook.form(form_id)
    table = form.table(table_id)
    if table is None:
        return
    for rule in rulebook.checks:
        concerned = rule.table == table_id and (not rule.forms or form_id in rule.forms)
        if concerned and rule.across_years is across_years:
            yield from _spell_out(rule, form, table)


def _spell_out(rule: CheckRule, form: FormRule, table: TableRule) -> Iterator[CheckInstance]:
    cells = [cell for block in table.blocks for cell in block.cells]
    names = tuple(name.removeprefix(LAST_YEAR) for name in rule.formula.names)
    if rule.for_each == "cell":
        for cell in cells:
            if not rule.quantities or cell.quantity in rule.quantities:
                yield _instance(rule, table, cell.indicator, (cell.indicator,) * len(names))
        return
    known = {cell.indicator for cell in cells}
    known |= {cell.indicator for other in form.tables for b in other.blocks for cell in b.cells}
    if not rule.for_each:
        if known.issuperset(names):
            yield _instance(rule, table, names[0], names)
        return
    by_place = {(cell.row_id, cell.column_id): cell.indicator for cell in cells}
    by_row = rule.for_each == "row"
    for subject in dict.fromkeys(cell.row_id if by_row else cell.column_id for cell in cells):
        if rule.subjects and subject not in rule.subjects:
            continue
        places = [(subject, name) if by_row else (name, subject) for name in names]
        if all(place in by_place for place in places):
            yield _instance(rule, table, subject, tuple(by_place[place] for place in places))


def _instance(
    rule: CheckRule, table: TableRule, subject: str, indicators: tuple[str, ...]
) -> CheckInstance:
    name = f"{rule.name}:{subject}"
    held = CheckOutcome(rule.code, name, Outcome.HOLDS)
    return CheckInstance(rule, table.id, subject, indicators, name, held)
