"""Tables drawn in text: columns aligned by spaces, boxes, headings letter by letter."""

from __future__ import annotations

import random
from dataclasses import dataclass

from making.text_tables import filled, places, plain, spaces_one, spaces_two, width_of
from sampling.grids import Grid, GridCell


def _padded(text: str, width: int, align: str) -> str:
    room = width - width_of(text)
    before = {"left": 0, "centre": room // 2, "right": room}[align]
    return " " * before + text + " " * (room - before)


def _column_widths(grid: Grid) -> list[int]:
    """Widths that hold every cell, those of spans by widening their last column."""
    widths = [2] * grid.n_cols
    for cell in sorted(grid.cells, key=lambda c: (c.col_span, c.col)):
        end = cell.col + cell.col_span
        lack = width_of(plain(cell.text)) - sum(widths[cell.col : end]) - 2 * (cell.col_span - 1)
        if lack > 0:
            widths[end - 1] += lack
    return widths


def _aligned_row(grid: Grid, row: int, widths: list[int], align: str) -> str:
    line, at = "", 0
    for cell in grid.starts(row):
        start = sum(widths[: cell.col]) + 2 * cell.col
        width = sum(widths[cell.col : cell.col + cell.col_span]) + 2 * (cell.col_span - 1)
        how = align if cell.indicator is not None or cell.col_span == 1 else "left"
        line += " " * (start - at) + _padded(plain(cell.text), width, how)
        at = start + width
    return line.rstrip()


def aligned(grid: Grid, rng: random.Random) -> str:
    """Columns aligned by spaces, Chinese signs two wide."""
    widths = _column_widths(grid)
    align = rng.choice(("left", "left", "centre", "right"))
    return "\n".join(_aligned_row(grid, row, widths, align) for row in range(grid.n_rows))


@dataclass(frozen=True, slots=True)
class _Box:
    """Signs of a drawn box: corners and junctions of top, inner and bottom line."""

    top: str
    inner: str
    bottom: str
    across: str
    down: str


_ASCII = _Box("+++", "+++", "+++", "-", "|")
_DRAWN = _Box("┌┬┐", "├┼┤", "└┴┘", "─", "│")


def _bar(ends: str, across: str, widths: list[int]) -> str:
    return ends[0] + ends[1].join(across * (width + 2) for width in widths) + ends[2]


def _boxed(grid: Grid, box: _Box, rng: random.Random) -> str:
    rows = [places(grid, row) for row in range(grid.n_rows)]
    widths = [max(width_of(row[col]) for row in rows) for col in range(grid.n_cols)]
    align = rng.choice(("left", "centre", "right"))
    lines = [_bar(box.top, box.across, widths)]
    for row in rows:
        cells = (
            f" {_padded(text, width, align)} " for text, width in zip(row, widths, strict=True)
        )
        lines.append(box.down + box.down.join(cells) + box.down)
        lines.append(_bar(box.inner, box.across, widths))
    lines[-1] = _bar(box.bottom, box.across, widths)
    return "\n".join(lines)


def box_ascii(grid: Grid, rng: random.Random) -> str:
    """A box of plus, minus and pipe signs."""
    return _boxed(grid, _ASCII, rng)


def box_drawn(grid: Grid, rng: random.Random) -> str:
    """A box of line signs."""
    return _boxed(grid, _DRAWN, rng)


def _first_data_row(grid: Grid) -> int:
    return min((c.row for c in grid.cells if c.indicator is not None), default=0)


def _leaf(grid: Grid, col: int, above: int) -> GridCell | None:
    """The lowest heading over a column that stands over no other."""
    heads = [c for c in grid.cells if c.row < above and c.col == col and c.col_span == 1]
    return max(heads, key=lambda c: c.row, default=None)


def letters(grid: Grid, rng: random.Random) -> str:
    """The last table's headings one or two signs a line; the other tables by spaces."""
    first = _first_data_row(grid)
    leaves = [_leaf(grid, col, first) for col in range(grid.n_cols)]
    if grid.name != "disputes" or first == 0 or None in leaves:
        return rng.choice((spaces_one, spaces_two))(grid, rng)
    labels = [plain(leaf.text) for leaf in leaves if leaf is not None]
    own = {id(leaf) for leaf in leaves}
    lines = []
    for row in range(first):
        groups = [plain(c.text) for c in grid.starts(row) if id(c) not in own and c.text]
        if groups:
            lines.append(" ".join(groups))
    step = rng.choice((1, 2))
    lines += [
        " ".join(label[at : at + step] for label in labels if label[at:])
        for at in range(0, max(map(len, labels)), step)
    ]
    lines += [" ".join(filled(grid, row)) for row in range(first, grid.n_rows)]
    return "\n".join(line for line in lines if line)
