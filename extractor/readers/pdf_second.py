"""The second reader: pdfplumber, slower and independent of pdfium's geometry.

It is asked for pages whose text bears labels of tables although no grid was found, and for every
table when two readings are to be compared. Only its ruled tables are used: columns guessed from
text are more often wrong than right, and a second opinion must not invent.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from extractor.document import Box, Cell, Document, Location, Table, TableOrigin
from extractor.readers import pdfium
from extractor.readers.request import ReadRequest
from extractor.readers.rulings import cluster

_LEAST_STRIPES = 3
"""So many tables of one row on a page are stripes of one table."""
_MAX_OBJECTS = 20_000
"""A page with more drawn objects would keep pdfplumber busy for minutes."""
_SETTINGS: tuple[dict[str, object], ...] = (
    {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 3},
    {
        "snap_tolerance": 4,
        "join_tolerance": 6,
        "edge_min_length": 3,
        "edge_min_length_prefilter": 0.1,
        "intersection_tolerance": 5,
    },
)
"""Ordinary rules first, then rules made of dots and dashes."""


def tables_with_pdfplumber(
    data: bytes, page_numbers: Iterable[int]
) -> dict[int, tuple[Table, ...]]:
    """Ruled tables of the 1-based pages, each page by itself.

    A page that pdfplumber cannot read has no tables: the first reading stands alone then.
    """
    wanted = _readable_pages(data, page_numbers)
    if not wanted:
        return {}
    import pdfplumber

    found: dict[int, tuple[Table, ...]] = {}
    with _quiet(), suppress(Exception), pdfplumber.open(io.BytesIO(data)) as document:
        for number in wanted:
            if number > len(document.pages):
                break
            page = document.pages[number - 1]
            with suppress(Exception):
                found[number] = _page_tables(page, number)
            page.close()
    return found


def without_stripes(tables: Sequence[Table]) -> Sequence[Table]:
    """The tables of a page, none where they are every other row of one, filled with colour."""
    single = sum(table.n_rows == 1 for table in tables)
    return () if single >= _LEAST_STRIPES else tables


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pdfminer's remarks on odd fonts from the user."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def second_reading(request: ReadRequest, document: Document) -> tuple[Table, ...]:
    """All pages on which the first reading has a table, read again.

    Tables are not joined over pages; compare cell by cell by the overlap of their boxes.
    """
    pages = {
        cell.location.page
        for table in document.tables()
        for cell in table.cells
        if cell.location.page is not None
    }
    found = tables_with_pdfplumber(request.data, sorted(pages))
    return tuple(table for number in sorted(found) for table in found[number])


def _readable_pages(data: bytes, page_numbers: Iterable[int]) -> list[int]:
    numbers = sorted(set(page_numbers))
    readable = []
    count_objects = pdfium.library()["FPDFPage_CountObjects"]
    with pdfium.open_pdf(data) as document:
        for number in numbers:
            with pdfium.open_page(document, number - 1) as handles:
                if handles is not None and count_objects(handles[0]) <= _MAX_OBJECTS:
                    readable.append(number)
    return readable


def _page_tables(page: Any, number: int) -> tuple[Table, ...]:
    clean = page.dedupe_chars()
    for settings in _SETTINGS:
        tables = tuple(
            table
            for found in clean.find_tables(settings)
            if (table := _table(found, page.bbox, number)) is not None
        )
        if tables:
            return tables
    return ()


def _table(found: Any, page_box: Sequence[float], number: int) -> Table | None:
    texts = found.extract()
    boxes = [
        (box, text or "")
        for row, row_texts in zip(found.rows, texts, strict=True)
        for box, text in zip(row.cells, row_texts, strict=True)
        if box is not None
    ]
    xs = cluster(x for box, _ in boxes for x in (box[0], box[2]))
    ys = cluster(y for box, _ in boxes for y in (box[1], box[3]))
    if len(xs) < 3 or len(ys) < 2:
        return None
    left, top = page_box[0], page_box[1]
    cells = []
    for (x0, y0, x1, y1), text in boxes:
        row, col = _index(ys, y0), _index(xs, x0)
        cells.append(
            Cell(
                row,
                col,
                max(1, _index(ys, y1) - row),
                max(1, _index(xs, x1) - col),
                text,
                Location(number, Box(x0 - left, y0 - top, x1 - left, y1 - top)),
            )
        )
    return Table(
        n_rows=len(ys) - 1,
        n_cols=len(xs) - 1,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
        origin=TableOrigin.RULED,
        location=Location(number, Box(xs[0] - left, ys[0] - top, xs[-1] - left, ys[-1] - top)),
    )


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
