"""Where on the paper the statutory tables stand: tables cut into sheets, one per statutory table.

A sheet is a run of rows that belong to one statutory table. One table of the source may hold
several (a whole report laid out in one grid), and one sheet may come from several tables of the
source (a table continued on the next page).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractor.document import Block, Cell, Layer, Location, Paragraph, Table, TableOrigin
from extractor.extraction.labels import Vocabulary
from extractor.numerals import is_blank, parse_figure

_INSIDE = 0.8
"""Share of a column's width that must lie in a column of another table to be the same column."""
_MOST_ROWS = 400
"""Rows beyond which a table is no statutory one and is not made longer."""

Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one statutory table.

    ``rows[r][c]`` is the cell that covers that grid position; a cell that spans stands at several.
    ``table`` is the id of the statutory table, ``""`` where nothing tells it. ``blocks`` are the
    positions in the document of the tables that the rows come from.
    """

    table: str
    rows: tuple[Row, ...]
    origin: TableOrigin
    location: Location
    blocks: tuple[int, ...]

    @property
    def n_cols(self) -> int:
        """Columns of the grid."""
        return len(self.rows[0]) if self.rows else 0

    def starting(self, r: int) -> list[Cell]:
        """The cells that begin in row ``r``, from left to right."""
        row = self.rows[r]
        above = self.rows[r - 1] if r else (None,) * len(row)
        cells = []
        previous = None
        for c, cell in enumerate(row):
            if cell is not None and cell is not previous and above[c] is not cell:
                cells.append(cell)
            previous = cell
        return cells


def matrix(table: Table) -> list[Row]:
    """The grid of a table: for each position the cell that covers it."""
    grid: list[list[Cell | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        if cell.row_span == 1 and cell.col_span == 1:
            grid[cell.row][cell.col] = cell
            continue
        for r in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
            row = grid[r]
            for c in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                row[c] = cell
    return [tuple(row) for row in grid]


def uneven_rows(sheet: Sheet) -> frozenset[int]:
    """Rows of markup that reach less or further than most, or have holes.

    A span that is lost or too large, a cell too few or too many, shifts the rest of its row. Blank
    cells beyond the others shift nothing. Rows of one cell are captions.
    """
    reaches = {
        r: max(c for c, cell in enumerate(row) if cell is not None) + 1
        for r, row in enumerate(sheet.rows)
        if len(sheet.starting(r)) > 1
    }
    if not reaches:
        return frozenset()
    counts = Counter(reaches.values())
    usual = max(counts, key=lambda reach: (counts[reach], reach))
    return frozenset(
        r
        for r in reaches
        if None in sheet.rows[r][:usual]
        or any(cell is not None and not is_blank(cell.text) for cell in sheet.rows[r][usual:])
    )


def find_sheets(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[Sheet, ...]:
    """All sheets of a document in reading order, continued ones made whole."""
    sheets: list[Sheet] = []
    for position, block in enumerate(blocks):
        if isinstance(block, Table) and block.n_rows and block.n_cols:
            sheets += _cut(block, position, vocabulary)
    return tuple(_join_continued(sheets, blocks, vocabulary))


def _cut(table: Table, position: int, vocabulary: Vocabulary) -> list[Sheet]:
    """Cut one table where it passes from one statutory table to another."""
    rows = matrix(table)
    owners = [_owner(row, rows[r - 1] if r else (), vocabulary) for r, row in enumerate(rows)]
    cuts = [0]
    current = next((owner for owner in owners if owner), "")
    names = [current]
    for r, owner in enumerate(owners):
        if owner and owner != current:
            cuts.append(r)
            names.append(owner)
            current = owner
    cuts.append(len(rows))
    whole = len(names) == 1
    return [
        Sheet(
            name,
            tuple(rows[start:stop]),
            table.origin,
            table.location if whole else _around(rows[start:stop], table.location),
            (position,),
        )
        for name, start, stop in zip(names, cuts, cuts[1:], strict=False)
    ]


def _owner(row: Row, above: Row | tuple[()], vocabulary: Vocabulary) -> str:
    """The statutory table that most labels of a row name."""
    votes: dict[str, int] = {}
    previous = None
    for c, cell in enumerate(row):
        if cell is None or cell is previous or (above and above[c] is cell):
            previous = cell
            continue
        previous = cell
        text = cell.text
        if len(text) < 2 or text.isdecimal():
            continue
        table = vocabulary.telling.get(vocabulary.key(text))
        if table:
            votes[table] = votes.get(table, 0) + 1
    return max(votes, key=votes.__getitem__) if votes else ""


def _around(rows: Iterable[Row], fallback: Location) -> Location:
    places = [cell.location for row in rows for cell in row if cell is not None]
    if not places:
        return fallback
    first = places[0]
    if first.box is None:
        return Location(path=first.path)
    box = first.box
    for place in places:
        if place.page == first.page and place.box is not None:
            box = box.union(place.box)
    return Location(first.page, box)


def _join_continued(
    sheets: Iterable[Sheet], blocks: Sequence[Block], vocabulary: Vocabulary
) -> list[Sheet]:
    joined: list[Sheet] = []
    for sheet in sheets:
        before = joined[-1] if joined else None
        level = None if before is None else _level(before, sheet)
        if level is not None and _continues(*level, blocks, vocabulary):
            joined[-1] = _append(*level, vocabulary)
        else:
            joined.append(sheet)
    return joined


def _level(before: Sheet, sheet: Sheet) -> tuple[Sheet, Sheet]:
    """Two sheets without the blank columns at their right that stray cells make.

    The first begins with headings, so its last column has a text; the other may end blank, but
    then it does so in every row.
    """
    filled = [
        c
        for row in before.rows
        for c, cell in enumerate(row)
        if cell is not None and not is_blank(cell.text)
    ]
    whole = _trimmed(before, max(filled, default=-1) + 1)
    last = sheet.n_cols - 1
    stray = 0 < last < whole.n_cols and any(row[last] is None for row in sheet.rows)
    return whole, _trimmed(sheet, last if stray else whole.n_cols)


def _trimmed(sheet: Sheet, width: int) -> Sheet:
    extra = [cell for row in sheet.rows for cell in row[width:] if cell is not None]
    if sheet.n_cols <= width or any(not is_blank(cell.text) for cell in extra):
        return sheet
    return replace(sheet, rows=tuple(row[:width] for row in sheet.rows))


def _continues(
    before: Sheet, sheet: Sheet, blocks: Sequence[Block], vocabulary: Vocabulary
) -> bool:
    """Whether a sheet goes on where the one before it stopped."""
    if len(before.rows) > _MOST_ROWS:
        return False
    if not before.table or sheet.table not in ("", before.table) or before.blocks == sheet.blocks:
        return False
    between = blocks[before.blocks[-1] + 1 : sheet.blocks[0]]
    if any(_parts(block, vocabulary) for block in between):
        return False
    if sheet.table and _has_heads(sheet, vocabulary):
        return False
    first, own = _first_figure(before), _first_figure(sheet)
    shifted = first is not None and own is not None and own < first
    alike = sheet.n_cols == before.n_cols and not shifted
    placed = alike or (sheet.n_cols != before.n_cols and places_of(sheet, before) is not None)
    if not placed and _parting(before, sheet, vocabulary) is None:
        return False
    return bool(sheet.table) or (sheet.n_cols <= before.n_cols and _mostly_figures(sheet))


def _first_figure(sheet: Sheet) -> int | None:
    """The first column with a figure; a sheet with fewer columns of labels is laid out otherwise.

    ``None`` without figures, and on a page, where places tell the columns.
    """
    cells = [(c, cell) for row in sheet.rows for c, cell in enumerate(row) if cell is not None]
    if any(cell.location.box for _, cell in cells):
        return None
    return min((c for c, cell in cells if parse_figure(cell.text) is not None), default=None)


def _parts(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a block between two tables means that they are two."""
    if block.layer is Layer.FURNITURE or not isinstance(block, Paragraph):
        return isinstance(block, Table)
    key = vocabulary.key(block.text)
    return bool(key) and key not in vocabulary.continued and not parse_figure(block.text)


def _has_heads(sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """Whether a sheet begins with column headings of its own."""
    index = vocabulary.of_table(sheet.table)
    for r in range(min(3, len(sheet.rows))):
        starting = sheet.starting(r)
        if any(parse_figure(cell.text) is not None for cell in starting):
            return False
        keys = {vocabulary.key(cell.text) for cell in starting}
        if any(len(keys & block.columns.lookup.keys()) >= 2 for block in index):
            return True
        if any(keys & (block.captions | block.stub_heads) for block in index):
            return True
    return False


def _mostly_figures(sheet: Sheet) -> bool:
    """Whether most filled cells of a sheet hold figures."""
    filled = [
        cell
        for r in range(len(sheet.rows))
        for cell in sheet.starting(r)
        if not is_blank(cell.text)
    ]
    figures = sum(parse_figure(cell.text) is not None for cell in filled)
    return figures > 0 and figures * 2 >= len(filled)


def _append(before: Sheet, sheet: Sheet, vocabulary: Vocabulary) -> Sheet:
    """Rows of both, the columns of the narrower one where they stand in the wider."""
    parting = None if places_of(sheet, before) else _parting(before, sheet, vocabulary)
    if before.n_cols == sheet.n_cols:
        rows = (*before.rows, *sheet.rows)
    elif parting is not None:
        rows = (*before.rows, *(tuple(row[k] for k in parting) for row in sheet.rows))
    elif before.n_cols > sheet.n_cols:
        rows = (*before.rows, *_widened(sheet, before))
    else:
        rows = (*_widened(before, sheet), *sheet.rows)
    return Sheet(
        before.table, rows, before.origin, before.location, (*before.blocks, *sheet.blocks)
    )


def _parting(before: Sheet, sheet: Sheet, vocabulary: Vocabulary) -> Sequence[int] | None:
    """For each column of a sheet the column of the next one that goes on with it.

    Told by the last row, where as many cells begin as the next sheet has columns: a table cut in
    two keeps its order where it does not keep its widths. Beside them the name of a group may
    reach down from above. ``None`` where that is not so.
    """
    starting = before.starting(len(before.rows) - 1)
    cells: list[Cell] = []
    parting: list[int] = []
    for cell in before.rows[-1]:
        begins = any(cell is other for other in starting)
        if cell is None or (cells and not begins):
            return None
        if begins and not (cells and cells[-1] is cell):
            cells.append(cell)
        parting.append(max(len(cells) - 1, 0))
    first = sheet.starting(0)
    alike = len(cells) == len(first) == sheet.n_cols < before.n_cols and all(
        _goes_under(a, b, before.table, vocabulary) for a, b in zip(cells, first, strict=True)
    )
    return parting if alike else None


def _goes_under(cell: Cell, below: Cell, table: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell is of the kind of the one above it, or a figure under its heading."""
    figures = [parse_figure(c.text) is not None for c in (cell, below)]
    key = vocabulary.key(cell.text)
    headed = any(key in block.columns.lookup for block in vocabulary.of_table(table))
    return figures[0] is figures[1] or (figures[1] and headed)


def _widened(narrow: Sheet, wide: Sheet) -> tuple[Row, ...]:
    places = places_of(narrow, wide) or range(wide.n_cols - narrow.n_cols, wide.n_cols)
    rows = []
    for row in narrow.rows:
        widened: list[Cell | None] = [None] * wide.n_cols
        for place, cell in zip(places, row, strict=True):
            widened[place] = cell
        rows.append(tuple(widened))
    return tuple(rows)


def places_of(one: Sheet, other: Sheet) -> Sequence[int] | None:
    """The columns of the wider of two sheets in which those of the narrower stand.

    On a page they are told by where they stand across it. Elsewhere rows end alike, as far as the
    figures of both show it. ``None`` where neither tells.
    """
    narrow, wide = (one, other) if one.n_cols <= other.n_cols else (other, one)
    spans, own = _spans(wide), _spans(narrow)
    if spans and own:
        return _by_place(own, spans, wide.n_cols)
    if _is_flush(narrow) and _is_flush(wide):
        return range(wide.n_cols - narrow.n_cols, wide.n_cols)
    return None


def _spans(sheet: Sheet) -> dict[int, tuple[float, float]]:
    """How far each column reaches across its page; empty for a source without pages."""
    spans: dict[int, tuple[float, float]] = {}
    for row in sheet.rows:
        for c, cell in enumerate(row):
            box = None if cell is None else cell.location.box
            beside = (row[c - 1] if c else None, row[c + 1] if c + 1 < len(row) else None)
            if box is None or any(cell is other for other in beside) or box.x1 <= box.x0:
                continue
            left, right = spans.get(c, (box.x0, box.x1))
            spans[c] = (min(left, box.x0), max(right, box.x1))
    return spans


def _by_place(
    own: dict[int, tuple[float, float]], spans: dict[int, tuple[float, float]], width: int
) -> Sequence[int] | None:
    """Each column below the one that it lies in, in order and none twice."""
    places: list[int] = []
    for c in range(max(own) + 1):
        if c not in own:
            return None
        x0, x1 = own[c]
        held = [
            place
            for place, (left, right) in spans.items()
            if min(x1, right) - max(x0, left) >= _INSIDE * (x1 - x0)
        ]
        if len(held) != 1 or (places and held[0] <= places[-1]):
            return None
        places.append(held[0])
    return places if places and places[-1] < width else None


def _is_flush(sheet: Sheet) -> bool:
    """Whether the last column holds a figure in every row of figures, so that rows end alike."""
    for r, row in enumerate(sheet.rows):
        figures = [cell for cell in sheet.starting(r) if parse_figure(cell.text) is not None]
        if len(figures) > 1 and row[-1] is not figures[-1]:
            return False
    return True
