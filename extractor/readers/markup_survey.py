"""A first look over a page: how much text stands where, and which tables only lay it out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from extractor.readers.markup_tree import SKIPPED, tag_of, walk_shown

_NUMBER = re.compile(r"^[\s\xa0\u3000]*[-+]?[\d０-９][\d０-９,，.．%％]*[\s\xa0\u3000]*$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SHORT = 60
_LONG = 400
_PAGE = 2_000
DATA_ROWS = 3
"""From how many rows of short cells on a table is one of data."""


@dataclass(slots=True)
class Extent:
    """Characters below an element, spaces not counted; ``linked`` of them in links."""

    characters: int = 0
    linked: int = 0

    @property
    def own(self) -> int:
        """Characters outside links."""
        return self.characters - self.linked


@dataclass(slots=True)
class _CellSurvey:
    element: etree._Element
    text: list[str] = field(default_factory=list)
    length: int = 0
    has_data_table: bool = False
    has_heading: bool = False


@dataclass(slots=True)
class _TableSurvey:
    element: etree._Element
    rows: list[list[_CellSurvey]] = field(default_factory=list)
    cell: _CellSurvey | None = None


@dataclass(slots=True)
class Survey:
    """What the first look found, by element.

    ``layout`` holds tables that are no tables to the reader; ``numeric_rows`` counts, for every
    table, the rows that hold a number in a cell of its own; ``hidden`` are the characters left out.
    """

    extents: dict[etree._Element, Extent] = field(default_factory=dict)
    layout: set[etree._Element] = field(default_factory=set)
    numeric_rows: dict[etree._Element, int] = field(default_factory=dict)
    total: Extent = field(default_factory=Extent)
    hidden: int = 0


def survey(root: etree._Element, *, with_hidden: bool) -> Survey:
    """Measure every element that is shown and judge every table."""
    found = Survey()
    open_extents: list[Extent] = []
    tables: list[_TableSurvey] = []
    link_depth = 0

    def take(text: str | None) -> None:
        length = 0 if not text else len("".join(text.split()))
        if text and length and open_extents:
            extent = open_extents[-1]
            extent.characters += length
            extent.linked += length if link_depth else 0
            if tables and tables[-1].cell is not None:
                tables[-1].cell.length += length
                if tables[-1].cell.length <= _LONG:
                    tables[-1].cell.text.append(text)

    for event, element in walk_shown(root, with_hidden=with_hidden):
        tag = tag_of(element)
        if event == "start":
            open_extents.append(Extent())
            link_depth += tag == "a"
            _open(tables, element, tag)
            take(element.text)
        elif event == "end":
            extent = open_extents.pop()
            found.extents[element] = extent
            link_depth -= tag == "a"
            _close(tables, element, tag, found)
            parent = open_extents[-1] if open_extents else found.total
            parent.characters += extent.characters
            parent.linked += extent.linked
            take(element.tail)
        else:
            if tag not in SKIPPED:
                found.hidden += sum(len(str(text).strip()) for text in element.itertext())
            take(element.tail)
    return found


def _open(tables: list[_TableSurvey], element: etree._Element, tag: str) -> None:
    if tag == "table":
        tables.append(_TableSurvey(element))
    elif not tables:
        return
    elif tag == "tr":
        tables[-1].rows.append([])
        tables[-1].cell = None
    elif tag in {"td", "th"}:
        table = tables[-1]
        if not table.rows:
            table.rows.append([])
        table.cell = _CellSurvey(element)
        table.rows[-1].append(table.cell)
    elif tag in _HEADINGS and tables[-1].cell is not None:
        tables[-1].cell.has_heading = True


def _close(tables: list[_TableSurvey], element: etree._Element, tag: str, found: Survey) -> None:
    if not tables:
        return
    if tag in {"td", "th"} and tables[-1].cell is not None:
        if tables[-1].cell.element is element:
            tables[-1].cell = None
    elif tag == "table" and tables[-1].element is element:
        table = tables.pop()
        outer = tables[-1].cell if tables else None
        found.numeric_rows[element] = sum(map(_has_number, table.rows))
        if _is_layout(table):
            found.layout.add(element)
            inner = [cell for row in table.rows for cell in row]
            holds_data = any(cell.has_data_table for cell in inner)
        else:
            holds_data = True
        if outer is not None:
            outer.has_data_table |= holds_data
            if holds_data is False:
                outer.length += sum(cell.length for row in table.rows for cell in row)


def _has_number(row: list[_CellSurvey]) -> bool:
    return any(cell.text and _NUMBER.match("".join(cell.text)) is not None for cell in row)


def _is_layout(table: _TableSurvey) -> bool:
    """Whether a table places parts of the page rather than tells data.

    One column is a stack of parts. Tables within, headings and long texts belong to a page, unless
    several rows show short cells side by side.
    """
    rows = [row for row in table.rows if row]
    if max((len(row) for row in rows), default=0) < 2:
        return True
    cells = [cell for row in rows for cell in row]
    if any(cell.length > (_LONG if cell.has_data_table else _PAGE) for cell in cells):
        return True
    if sum(map(_is_data_row, rows)) >= DATA_ROWS:
        return False
    return any(cell.has_data_table or cell.has_heading or cell.length > _LONG for cell in cells)


def _is_data_row(row: list[_CellSurvey]) -> bool:
    return (
        len(row) >= 2
        and any(cell.length for cell in row)
        and all(cell.length <= _SHORT and not cell.has_data_table for cell in row)
    )
