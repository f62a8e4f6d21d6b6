"""The cells of all forms: their printed labels and kinds."""

from __future__ import annotations

from functools import lru_cache

from extractor.rulebook.model import BlockRule, CellRule, Rulebook


def cell_label(rulebook: Rulebook, indicator: str) -> str:
    """A cell as row and column of the form; the indicator itself where no form has it."""
    return _labels(rulebook).get(indicator, indicator)


@lru_cache(maxsize=32)
def cells_of(
    rulebook: Rulebook, tables: tuple[str, ...], quantities: tuple[str, ...]
) -> frozenset[str]:
    """The indicators that stand in some tables, are of some kinds and have a unit on the form.

    Where the form prints no unit, each report has its own and figures cannot be compared.
    """
    return frozenset(
        cell.indicator
        for _, cell in _cells(rulebook)
        if cell.unit and cell.quantity in quantities and cell.indicator.split(".")[0] in tables
    )


@lru_cache(maxsize=8)
def _labels(rulebook: Rulebook) -> dict[str, str]:
    labels: dict[str, str] = {}
    for block, cell in _cells(rulebook):
        row, column = block.rows[cell.row].label, block.columns[cell.column].label
        head = row.text or "/".join(column.parents)
        labels.setdefault(cell.indicator, f"“{head}”“{column.text}”")
    return labels


def _cells(rulebook: Rulebook) -> list[tuple[BlockRule, CellRule]]:
    return [
        (block, cell)
        for form in rulebook.forms
        for table in form.tables
        for block in table.blocks
        for cell in block.cells
    ]
