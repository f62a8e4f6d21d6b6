"""The second reader of DOCX files: python-docx, independent of our own walk.

It knows neither tracked changes nor content controls nor text boxes and leaves out what stands in
them, so tables that hold any are not compared.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import regex

from extractor.document import Cell, Document, Table
from extractor.readers.request import ReadRequest

_UNKNOWN_TO_IT = ".//w:ins | .//w:del | .//w:moveTo | .//w:moveFrom | .//w:sdt | .//w:txbxContent"
_TOP_LEVEL = regex.compile(r"^table\[\d+\]$")


def second_reading(request: ReadRequest, document: Document) -> tuple[Table, ...]:
    """The tables of the body as python-docx reads them, in the places of the first reading.

    A table that the two readers do not see as the same rows of cells is left out: there is nothing
    to compare cell by cell.
    """
    own = [table for table in document.tables() if _TOP_LEVEL.match(table.location.path)]
    others = _tables(request.data)
    if len(own) != len(others):
        return ()
    pairs = (_in_place(table, rows) for table, rows in zip(own, others, strict=True))
    return tuple(table for table in pairs if table is not None)


def _tables(data: bytes) -> list[list[list[str]]]:
    """Texts of the cells of every table of the body, a merged cell once in each row it covers."""
    import docx

    try:
        package = docx.Document(io.BytesIO(data))
        return [_rows(table) for table in package.tables]
    except (KeyError, ValueError, IndexError, AttributeError, OSError):
        return []


def _rows(table: Any) -> list[list[str]]:
    """The rows of a table, none where python-docx would leave something out."""
    if table._tbl.xpath(_UNKNOWN_TO_IT):
        return []
    return [list(_texts(row.cells)) for row in table.rows]


def _texts(cells: Sequence[Any]) -> Iterator[str]:
    previous = None
    for cell in cells:
        if cell._tc is not previous:
            yield cell.text
        previous = cell._tc


def _in_place(table: Table, rows: Sequence[Sequence[str]]) -> Table | None:
    if len(rows) != table.n_rows:
        return None
    cells: dict[tuple[int, int], Cell] = {}
    for r, texts in enumerate(rows):
        covering = _covering(table, r)
        if len(covering) != len(texts):
            return None
        for cell, text in zip(covering, texts, strict=True):
            cells[cell.row, cell.col] = replace(cell, text=text)
    return replace(table, cells=tuple(cells.values()))


def _covering(table: Table, r: int) -> list[Cell]:
    """The cells that cover a row, from left to right."""
    held = [cell for cell in table.cells if cell.row <= r < cell.row + cell.row_span]
    return sorted(held, key=lambda cell: cell.col)
