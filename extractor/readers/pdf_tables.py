"""The part of a table that one page shows, and the finished table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import repeat
from operator import attrgetter

from extractor.document import Box, Cell, Layer, Location, Table, TableOrigin
from extractor.numerals import parse_figure
from extractor.readers.pdf_cells import GridContent
from extractor.readers.pdf_frame import Frame, Placer
from extractor.readers.pdf_text import Run, runs_text
from extractor.readers.rulings import Grid, Span

_FIGURE = re.compile(r"[\s+\-−–—－/／,，.．\d０-９%％]*[\d０-９][\s+\-−–—－/／,，.．\d０-９%％]*")
_LONGEST = 24
"""A number and its unit have no more characters."""
_NARROWEST = 6.0
"""A column narrower than this many points holds no text."""
_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


def is_figure(text: str) -> bool:
    """Whether a text is a number, with its unit at most."""
    if _FIGURE.fullmatch(text) is not None:
        return True
    return text[:1].isdigit() and len(text) <= _LONGEST and parse_figure(text) is not None


@dataclass(slots=True, eq=False)
class PieceCell:
    """A cell of a part of a table. ``box`` is as displayed on ``page``.

    ``flush_top`` and ``flush_bottom`` tell that the text leaves no room for another line there,
    ``open_top`` and ``open_bottom`` that no rule closes the cell at the end of the piece; all are
    known for the first and the last row only.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    page: int
    box: Box = _NOWHERE
    flush_top: bool = False
    flush_bottom: bool = False
    open_top: bool = False
    open_bottom: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether the text is a number, with its unit at most."""
        return is_figure(self.text)


@dataclass(slots=True, eq=False)
class Piece:
    """A table or the part of it on one page; ``top`` to ``bottom`` in the reading frame.

    ``runs`` are kept to give the text back as paragraphs if this proves to be no table. A part
    without rules has ``bands``, the places of its columns of figures, which are its last ones.
    """

    page: int
    last_page: int
    xs: tuple[float, ...]
    n_rows: int
    cells: list[PieceCell]
    top: float
    bottom: float
    box: Box
    open_top: bool = False
    origin: TableOrigin = TableOrigin.RULED
    runs: list[Run] = field(default_factory=list)
    bands: tuple[tuple[float, float], ...] = ()

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    @property
    def figure_edges(self) -> set[float]:
        """The edges of the cells that hold figures, from the left of the table."""
        cells = [c for c in self.cells if c.is_figure]
        ends = {c.col for c in cells} | {c.col + c.col_span for c in cells}
        return {self.xs[k] - self.xs[0] for k in ends}


def piece_from_grid(content: GridContent, frame: Frame, page: int) -> Piece:
    """The part of a table that one grid shows."""
    grid = content.grid
    place = frame.placer()
    cells = list(map(_cell, repeat(grid), grid.spans, content.runs, repeat(place), repeat(page)))
    for owner, run in content.overflow:
        box = frame.to_display((run.x0, run.top, run.x1, run.bottom))
        cells[owner].box = cells[owner].box.union(box)
    return Piece(
        page=page,
        last_page=page,
        xs=grid.xs,
        n_rows=grid.n_rows,
        cells=cells,
        top=grid.ys[0],
        bottom=grid.ys[-1],
        box=frame.to_display((grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])),
        open_top=not any(grid.ruled_top),
        runs=[run for runs in content.runs for run in runs] if grid.n_cols == 1 else [],
    )


def _cell(grid: Grid, span: Span, runs: list[Run], place: Placer, page: int) -> PieceCell:
    row, col, row_span, col_span = span
    end, right = row + row_span, col + col_span
    xs, ys = grid.xs, grid.ys
    top, bottom = ys[row], ys[end]
    text = runs_text(runs) if runs else ""
    box = place(xs[col], top, xs[right], bottom)
    cell = PieceCell(row, col, row_span, col_span, text, page, box)
    at_end = end == len(grid.owner)
    if row and not at_end:
        return cell
    if row == 0:
        cell.open_top = not any(grid.ruled_top[col:right])
    if at_end:
        cell.open_bottom = not any(grid.ruled_bottom[col:right])
    if runs:
        height = min([run.bottom - run.top for run in runs])
        cell.flush_top = min([run.top for run in runs]) - top < 0.9 * height
        cell.flush_bottom = bottom - max([run.bottom for run in runs]) < 0.9 * height
    return cell


def drop_stray_rules(piece: Piece) -> None:
    """Rejoin an empty cell with its neighbour where the cell below runs across the rule.

    A rule that ends inside a wider cell beneath parts nothing. Only a table that is whole shows
    this: where a page begins, a cell may be empty because its text stands on the page before.
    """
    cells = piece.cells
    empty = [cell for cell in cells if not cell.text]
    if not empty or piece.origin is not TableOrigin.RULED:
        return
    rows: dict[int, list[PieceCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    for cell in empty:
        row = rows[cell.row]
        below = [c for c in rows.get(cell.row + cell.row_span, ()) if c.col_span > 1]
        if not below:
            continue
        at = row.index(cell)
        for neighbour in row[max(0, at - 1) : at] + row[at + 1 : at + 2]:
            first, second = sorted((cell, neighbour), key=lambda c: c.col)
            if _is_parted_by_stray_rule(first, second, below) and neighbour.text:
                neighbour.col = first.col
                neighbour.col_span = second.col + second.col_span - first.col
                neighbour.box = first.box.union(second.box)
                row.remove(cell)
                cells.remove(cell)
                break


def drop_idle_rows(piece: Piece) -> None:
    """Take out rows in which no text begins though a figure reaches into them.

    A box that ends a little too early or too late draws such an edge through a row.
    """
    if piece.origin is not TableOrigin.RULED:
        return
    begun = {cell.row for cell in piece.cells if cell.text}
    reached = {
        row
        for cell in piece.cells
        if cell.row_span > 1 and cell.is_figure
        for row in range(cell.row + 1, cell.row + cell.row_span)
    }
    for row in sorted(reached - begun, reverse=True):
        for cell in piece.cells:
            if cell.row > row:
                cell.row -= 1
            elif cell.row + cell.row_span > row:
                cell.row_span -= 1
        piece.cells = [cell for cell in piece.cells if cell.row_span]
        piece.n_rows -= 1


def drop_idle_columns(piece: Piece) -> None:
    """Take out columns too narrow for text in which none stands: the space between two rules."""
    if piece.origin is not TableOrigin.RULED:
        return
    for k in range(piece.n_cols - 1, -1, -1):
        if piece.xs[k + 1] - piece.xs[k] >= _NARROWEST or piece.n_cols == 1:
            continue
        own = [cell for cell in piece.cells if cell.col == k and cell.col_span == 1]
        if any(cell.text for cell in own):
            continue
        for cell in piece.cells:
            if cell.col > k:
                cell.col -= 1
            elif cell.col + cell.col_span > k:
                cell.col_span -= 1
        piece.cells = [cell for cell in piece.cells if cell.col_span]
        middle = (piece.xs[k] + piece.xs[k + 1]) / 2
        edge = {0: piece.xs[0], piece.n_cols - 1: piece.xs[-1]}.get(k, middle)
        piece.xs = (*piece.xs[:k], edge, *piece.xs[k + 2 :])


def _is_parted_by_stray_rule(first: PieceCell, second: PieceCell, below: list[PieceCell]) -> bool:
    if first.row_span != second.row_span or first.col + first.col_span != second.col:
        return False
    end = second.col + second.col_span
    return not (first.is_figure or second.is_figure) and any(
        first.col <= c.col < second.col < c.col + c.col_span <= end for c in below
    )


def to_table(piece: Piece) -> Table:
    """The finished table."""
    return Table(
        n_rows=piece.n_rows,
        n_cols=piece.n_cols,
        cells=tuple(
            [
                Cell(c.row, c.col, c.row_span, c.col_span, c.text, Location(c.page, c.box))
                for c in sorted(piece.cells, key=attrgetter("row", "col"))
            ]
        ),
        origin=piece.origin,
        location=Location(piece.page, piece.box),
        layer=Layer.BODY,
    )
