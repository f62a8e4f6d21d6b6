"""Sub-tables drawn beside each other, made to stand below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.document import Cell
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.sheets import Row, Sheet
from extractor.numerals import is_blank


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows that are divided alike: from row ``start``, at the grid columns ``edges``."""

    start: int
    edges: tuple[int, ...]


def apart(sheet: Sheet, rivals: Sequence[BlockIndex], vocabulary: Vocabulary) -> tuple[Sheet, ...]:
    """The sheet itself, or its pieces where captions of sub-tables stand beside each other."""
    captions = frozenset[str]().union(*(block.captions for block in rivals))
    bands = list(_bands(sheet, captions, vocabulary))
    if all(len(band.edges) == 1 for band in bands):
        return (sheet,)
    stops = [*(band.start for band in bands[1:]), len(sheet.rows)]
    return tuple(
        replace(sheet, rows=_slice(sheet.rows[band.start : stop], left, right))
        for band, stop in zip(bands, stops, strict=True)
        for left, right in zip(band.edges, (*band.edges[1:], sheet.n_cols), strict=True)
    )


def _bands(sheet: Sheet, captions: frozenset[str], vocabulary: Vocabulary) -> Iterator[_Band]:
    """Where the division into columns of sub-tables changes; the first band begins the sheet."""
    current = _Band(0, (0,))
    begun = False
    for r in range(len(sheet.rows)):
        edges = _edges(sheet, r, captions, vocabulary)
        alone = len(edges) == 1 and edges[0] == 0 and _reaches_past(sheet, r, current.edges)
        if (len(edges) > 1 and edges != current.edges) or alone:
            if r or begun:
                yield current
            current, begun = _Band(r if begun or r else 0, edges), True
    yield current


def _edges(
    sheet: Sheet, r: int, captions: frozenset[str], vocabulary: Vocabulary
) -> tuple[int, ...]:
    """The grid columns where different captions begin in a row, the first at the left edge."""
    row = sheet.rows[r]
    found: dict[str, int] = {}
    for cell in sheet.starting(r):
        key = vocabulary.key(cell.text)
        if key in captions:
            found.setdefault(key, next(c for c, held in enumerate(row) if held is cell))
    places = tuple(found.values())
    return (0, *places[1:]) if places and places[0] == _first_filled(row) else ()


def _first_filled(row: Row) -> int:
    return next((c for c, cell in enumerate(row) if cell is not None and cell.text.strip()), 0)


def _reaches_past(sheet: Sheet, r: int, edges: tuple[int, ...]) -> bool:
    """Whether the first cell of a row lies across the division in force."""
    row = sheet.rows[r]
    return len(edges) > 1 and row[edges[1]] is not None and row[edges[1]] is row[edges[1] - 1]


def _slice(rows: Sequence[Row], left: int, right: int) -> tuple[Row, ...]:
    """Some columns of rows; the cells keep their place on the paper and get a new column.

    Rows that are blank there are dropped: they only fill up the height of the longer neighbour.
    """
    moved: dict[int, Cell] = {}

    def move(cell: Cell | None) -> Cell | None:
        if cell is None or left == 0:
            return cell
        return moved.setdefault(id(cell), replace(cell, col=max(0, cell.col - left)))

    pieces = (tuple(map(move, row[left:right])) for row in rows)
    return tuple(row for row in pieces if any(cell and not is_blank(cell.text) for cell in row))
