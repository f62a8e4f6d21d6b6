"""Drafts as plain text, in the ways tables come out of a copy or a conversion."""

from __future__ import annotations

from collections.abc import Callable

from sampling.draft import Draft, GridPicture
from sampling.grids import Grid


def _row_texts(grid: Grid, row: int) -> list[str]:
    """One row with an empty text for every covered place."""
    texts = [""] * grid.n_cols
    for cell in grid.starts(row):
        texts[cell.col] = cell.text
    return texts


def tab_rows(grid: Grid) -> str:
    """One line a row, cells apart by tabs, as copied from a table."""
    return "\n".join("\t".join(_row_texts(grid, row)) for row in range(grid.n_rows))


def pipe_rows(grid: Grid) -> str:
    """One line a row, cells apart by pipes."""
    return "\n".join("| " + " | ".join(_row_texts(grid, row)) + " |" for row in range(grid.n_rows))


def cell_lines(grid: Grid) -> str:
    """One cell a line with a blank line between, as web page extraction leaves it."""
    return "\n\n".join(
        cell.text for row in range(grid.n_rows) for cell in grid.starts(row) if cell.text
    )


def text_of(draft: Draft, table: Callable[[Grid], str], gap: str = "\n\n") -> str:
    """The whole report as text, tables printed by ``table``."""
    lines = [draft.title, *draft.preamble]
    for part in draft.parts:
        if part.heading:
            lines.append(part.heading)
        for block in part.blocks:
            if isinstance(block, Grid):
                lines.append(table(block))
            elif not isinstance(block, GridPicture):
                lines.append(block)
    lines += draft.closing
    return gap.join(lines) + "\n"
