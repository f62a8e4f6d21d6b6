"""Blanks behind the figures of pipe rows that may be cells which slid to the end of their row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.document import Cell, Table
from extractor.readers.text_figures import is_figure


def without_slid_pads(tables: Sequence[Table]) -> dict[int, Table]:
    """Tables without blanks whose place is not certain, by the identity of the tables before.

    Some conversions drop blank cells and fill every row up with bare pipes, so that a figure may
    stand left of its column. A blank left of a text proves that blanks keep their place; in a text
    without any, the blanks behind the figures of rows that were filled up are no cells.
    """
    rows = {id(table): _rows(table) for table in tables}
    if any(_keeps_blanks(row) for held in rows.values() for row in held):
        return {}
    padded = [table for table in tables if len({len(row) for row in rows[id(table)]}) == 1]
    return {
        id(table): replace(
            table, cells=tuple(cell for row in rows[id(table)] for cell in _trimmed(row))
        )
        for table in padded
    }


def _rows(table: Table) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    return rows


def _keeps_blanks(row: Sequence[Cell]) -> bool:
    """Whether a blank cell stands left of a text."""
    filled = [index for index, cell in enumerate(row) if cell.text]
    return bool(filled) and filled[-1] + 1 > len(filled)


def _trimmed(row: Sequence[Cell]) -> Sequence[Cell]:
    filled = [index for index, cell in enumerate(row) if cell.text]
    if not filled or not is_figure(row[filled[-1]].text):
        return row
    return row[: filled[-1] + 1]
