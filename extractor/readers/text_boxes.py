"""Tables drawn with characters: ``┌─┬─┐`` and ``+---+---+``, with cells of several lines.

The drawing is read as a raster. Every line is cut at the columns where uprights stand anywhere in
the table; pieces that no stroke parts belong to one cell, across lines and across columns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document import Cell, Table, TableOrigin
from extractor.readers.text_build import Row, line_location, mode, table_of
from extractor.readers.text_lines import Item, Line, columns, replace_runs, transparent
from extractor.readers.text_markup import cell_text

_UPRIGHT = "│┃║┆┇┊┋╎╏|｜"
_FLAT = "─━═┄┅┈┉╌╍-=－"
_CROSS = "".join(map(chr, range(0x250C, 0x2570))).translate({ord(char): None for char in "═║╌╍╎╏"})
_START = re.compile(rf"\s*(?:[{re.escape(_UPRIGHT + _CROSS)}]|\+(?=[-=+]))")
_BORDER = re.compile(rf"\s*[{re.escape(_CROSS)}+][{re.escape(_FLAT + _CROSS)}+]{{2,}}\s*")
_WIDTHS = ((2, 1), (2, 2), (1, 1))
_FIGURE = re.compile(r"[-+−]?[\d０-９][\d０-９.,]*%?")


def find_boxed_tables(items: Sequence[Item]) -> list[Item]:
    """Replace drawn tables by tables."""
    return replace_runs(items, _is_drawn, _boxed, max_blank=1)


def _is_drawn(line: Line) -> bool:
    return _START.match(line.text) is not None


def _boxed(run: list[Line]) -> list[Item] | None:
    lines = [line for line in run if not transparent(line)]
    borders = [line for line in lines if _BORDER.fullmatch(line.text)]
    if len(borders) < 2 or len(borders) == len(lines):
        return None
    built: list[Item] = []
    for drawing in _drawings(lines):
        table = _positioned(drawing) or _by_fields(drawing)
        built.extend([table] if table is not None else drawing)
    return [*built, *(line for line in run if transparent(line) and not line.blank)]


def _drawings(lines: list[Line]) -> list[list[Line]]:
    """Cut where one drawing ends and the next begins: two borders in a row."""
    cut: list[list[Line]] = [[]]
    for before, line in zip([None, *lines], lines, strict=False):
        both = before is not None and _is_border(before) and _is_border(line)
        if both and len(cut[-1]) > 1:
            cut.append([])
        cut[-1].append(line)
    return cut


def _is_border(line: Line) -> bool:
    return _BORDER.fullmatch(line.text) is not None


@dataclass(frozen=True, slots=True)
class _Raster:
    """Pieces of each line between the edges; ``None`` where a stroke fills the piece."""

    numbers: list[int]
    pieces: list[list[str | None]]
    walls: list[list[bool]]
    """Whether an upright stands at the right edge of each piece."""


def _positioned(lines: list[Line]) -> Table | None:
    """The table by display columns, ``None`` where uprights and crossings do not line up."""
    for wide, ambiguous in _WIDTHS:
        starts = [columns(line.text, wide, ambiguous) for line in lines]
        crossings = {
            start[index]
            for line, start in zip(lines, starts, strict=True)
            if _is_border(line)
            for index, char in enumerate(line.text)
            if char in _CROSS or char == "+"
        }
        uprights = [
            start[index]
            for line, start in zip(lines, starts, strict=True)
            if not _is_border(line)
            for index, char in enumerate(line.text)
            if char in _UPRIGHT
        ]
        if uprights and crossings.issuperset(uprights):
            raster = _raster(lines, starts, sorted(crossings))
            return _table(raster) if raster else None
    return None


def _raster(lines: list[Line], starts: list[list[int]], edges: list[int]) -> _Raster | None:
    """The drawing cut at its edges, ``None`` where text stands outside."""
    pieces: list[list[str | None]] = []
    walls: list[list[bool]] = []
    for line, start in zip(lines, starts, strict=True):
        texts = [""] * len(edges)
        standing = [False] * len(edges)
        for char, column in zip(line.text, start, strict=False):
            index = bisect_right(edges, column) - 1
            if column == edges[index] and _is_stroke(char) and index >= 0:
                standing[index] = char not in _FLAT
            elif 0 <= index < len(edges) - 1:
                texts[index] += char
            elif not char.isspace():
                return None
        pieces.append([None if _is_filled(text) else text for text in texts[:-1]])
        walls.append(standing[1:])
    return _Raster([line.number for line in lines], pieces, walls)


def _is_stroke(char: str) -> bool:
    return char in _UPRIGHT or char in _CROSS or char in _FLAT or char == "+"


def _is_filled(text: str) -> bool:
    bare = text.strip()
    return bool(bare) and len(bare) >= 0.8 * len(text) and all(char in _FLAT for char in bare)


def _table(raster: _Raster) -> Table | None:
    bands = _bands(raster)
    width = len(raster.pieces[0]) if raster.pieces else 0
    if not bands or not width:
        return None
    cells: list[Cell] = []
    for members in _groups(raster, bands, width):
        text = "\n".join(filter(None, _texts(raster, members)))
        lines = sorted({line for line, _ in members if line in bands})
        if lines:
            cells.append(_cell(raster, bands, members, lines, text))
        elif text:
            return None
    if _overlap(cells):
        return None
    cells.sort(key=lambda cell: (cell.row, cell.col))
    location = line_location(raster.numbers[0])
    n_rows = max(bands.values()) + 1
    return Table(n_rows, width, tuple(cells), TableOrigin.DELIMITED, location)


def _cell(
    raster: _Raster,
    bands: dict[int, int],
    members: list[tuple[int, int]],
    lines: list[int],
    text: str,
) -> Cell:
    cols = sorted({col for _, col in members})
    row = bands[lines[0]]
    high, wide = bands[lines[-1]] - row + 1, cols[-1] - cols[0] + 1
    location = line_location(raster.numbers[lines[0]], cols[0] + 1)
    return Cell(row, cols[0], high, wide, cell_text(text), location)


def _bands(raster: _Raster) -> dict[int, int]:
    """The grid row of each line that is no border; any stroke across a line parts rows."""
    blocks: list[list[int]] = [[]]
    for index, row in enumerate(raster.pieces):
        if all(piece is not None for piece in row):
            blocks[-1].append(index)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    ruled = len(blocks) > 2
    bands: dict[int, int] = {}
    band = 0
    for block in blocks:
        texts = [[piece or "" for piece in raster.pieces[index]] for index in block]
        step = 1 if _are_rows(texts, ruled=ruled) else 0
        for offset, index in enumerate(block):
            bands[index] = band + step * offset
        band = bands[block[-1]] + 1
    return bands


def _are_rows(block: list[list[str]], *, ruled: bool) -> bool:
    """Whether the lines between two borders are rows of their own and no wrapped text.

    Figures do not wrap: a column with several of them holds several rows. So do labels above
    blanks in a table that is ruled around its header only.
    """
    columns_of = list(zip(*block, strict=True)) if len({len(row) for row in block}) == 1 else []
    if not columns_of:
        return True
    figures = (sum(1 for text in col if _FIGURE.fullmatch(text.strip())) for col in columns_of[1:])
    if any(count > 1 for count in figures):
        return True
    labelled = all(text.strip() for text in columns_of[0])
    bare = not any(text.strip() for col in columns_of[1:] for text in col)
    return labelled and bare and not ruled


def _groups(raster: _Raster, bands: dict[int, int], width: int) -> list[list[tuple[int, int]]]:
    """Pieces that no stroke parts, as lists of (line, column)."""
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(key: tuple[int, int]) -> tuple[int, int]:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for line, row in enumerate(raster.pieces):
        for col in range(width):
            if row[col] is None:
                continue
            parent[line, col] = (line, col)
            if col and row[col - 1] is not None and not raster.walls[line][col - 1]:
                parent[root((line, col))] = root((line, col - 1))
            parted = line in bands and bands.get(line - 1, bands[line]) != bands[line]
            if line and not parted and raster.pieces[line - 1][col] is not None:
                parent[root((line, col))] = root((line - 1, col))
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for key in parent:
        found.setdefault(root(key), []).append(key)
    return list(found.values())


def _texts(raster: _Raster, members: list[tuple[int, int]]) -> list[str]:
    lines: dict[int, str] = {}
    for line, col in sorted(members):
        lines[line] = lines.get(line, "") + (raster.pieces[line][col] or "")
    return [text.strip() for _, text in sorted(lines.items())]


def _overlap(cells: list[Cell]) -> bool:
    area = sum(cell.row_span * cell.col_span for cell in cells)
    places = {
        (cell.row + y, cell.col + x)
        for cell in cells
        for y in range(cell.row_span)
        for x in range(cell.col_span)
    }
    return area != len(places)


def _by_fields(lines: list[Line]) -> Table | None:
    """A skewed drawing: fields between uprights; lines between two borders make one row."""
    rows: list[Row] = []
    block: list[Row] = []
    for line in lines:
        if _is_border(line):
            rows.extend(_merged(block))
            block = []
        else:
            fields = re.split(f"[{re.escape(_UPRIGHT)}]", line.text.strip())
            block.append(Row(line.number, tuple(fields[1:-1] if len(fields) > 2 else fields)))
    rows.extend(_merged(block))
    if mode(len(row.fields) for row in rows) < 2:
        return None
    return table_of(rows, TableOrigin.DELIMITED)


def _merged(block: list[Row]) -> list[Row]:
    """One row of the lines of a block, unless they are rows of their own."""
    if len(block) < 2 or _are_rows([list(row.fields) for row in block], ruled=True):
        return block
    fields = zip(*(row.fields for row in block), strict=True)
    texts = tuple("\n".join(filter(None, (part.strip() for part in parts))) for parts in fields)
    return [Row(block[0].number, texts)]
