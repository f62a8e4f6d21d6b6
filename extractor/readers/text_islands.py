"""HTML tables inside Markdown, as converters write tables that pipes cannot express."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from extractor.document import Cell, Table, TableOrigin
from extractor.readers.text_build import line_location
from extractor.readers.text_lines import Item, Line
from extractor.readers.text_markup import cell_text

_OPEN = re.compile(r"<table\b", re.IGNORECASE)
_EDGE = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_BLOCKS = {"p", "div", "li", "tr"}
_MAX_SPAN = 1000


def find_tagged_tables(items: Sequence[Item]) -> list[Item]:
    """Replace ``<table>`` to ``</table>`` by tables; an unclosed one is left as it is."""
    result: list[Item] = []
    index = 0
    closings = sum(1 for item in items if isinstance(item, Line) and "</" in item.text)
    while index < len(items):
        item = items[index]
        if not closings or not isinstance(item, Line) or not _OPEN.search(item.text):
            result.append(item)
            index += 1
            continue
        end = _closing_line(items, index)
        if end is None:
            result.extend(items[index:])
            break
        lines = [line for line in items[index:end] if isinstance(line, Line)]
        result.extend(_island(lines))
        index = end
    return result


def _closing_line(items: Sequence[Item], start: int) -> int | None:
    """The index after the line in which the table that opens at ``start`` is closed."""
    depth = 0
    for index in range(start, len(items)):
        item = items[index]
        if not isinstance(item, Line):
            continue
        for edge in _EDGE.finditer(item.text):
            depth += -1 if edge.group(1) else 1
        if depth <= 0:
            return index + 1
    return None


def _island(lines: list[Line]) -> list[Item]:
    """The text before, the tables, and the text after."""
    first, last = lines[0], lines[-1]
    opening = _OPEN.search(first.text)
    start = opening.start() if opening else 0
    closings = [edge.end() for edge in _EDGE.finditer(last.text) if edge.group(1)]
    end = closings[-1] if closings else len(last.text)
    before = Line(first.number, first.text[:start], first.page)
    after = Line(last.number, last.text[end:], last.page)
    if first is last:
        source = first.text[start:end]
    else:
        middle = [line.text for line in lines[1:-1]]
        source = "\n".join([first.text[start:], *middle, last.text[:end]])
    parser = _TableParser([line.number for line in lines])
    parser.feed(source)
    parser.close()
    return [before, *parser.tables(), after]


@dataclass(slots=True)
class _OpenCell:
    line: int
    col_span: int
    row_span: int
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _OpenTable:
    line: int
    rows: list[list[_OpenCell]] = field(default_factory=list)
    in_cell: bool = False


class _TableParser(HTMLParser):
    """Collects rows and cells; a nested table follows the one that holds it."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(convert_charrefs=True)
        self._numbers = numbers
        self._open: list[_OpenTable] = []
        self._found: list[_OpenTable] = []

    def tables(self) -> list[Table]:
        """The tables in the order in which they open."""
        return [table for found in self._found if (table := _grid(found)) is not None]

    def _line(self) -> int:
        return self._numbers[min(self.getpos()[0], len(self._numbers)) - 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append(_OpenTable(self._line()))
            self._found.append(self._open[-1])
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].rows.append([])
            self._open[-1].in_cell = False
        elif tag in {"td", "th"}:
            self._start_cell(dict(attrs))
        elif tag == "br" or tag in _BLOCKS:
            self._append("\n")

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        table = self._open[-1]
        if not table.rows:
            table.rows.append([])
        cell = _OpenCell(
            self._line(), _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        )
        table.rows[-1].append(cell)
        table.in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            return
        if tag == "table":
            self._open.pop()
        elif tag in {"td", "th"}:
            self._open[-1].in_cell = False
        elif tag in _BLOCKS:
            self._append("\n")

    def handle_data(self, data: str) -> None:
        self._append(data.replace("\n", " "))

    def _append(self, text: str) -> None:
        if self._open and self._open[-1].in_cell:
            self._open[-1].rows[-1][-1].parts.append(text)


def _span(value: str | None) -> int:
    digits = re.match(r"\s*(\d{1,5})", value or "")
    return min(max(int(digits.group(1)), 1), _MAX_SPAN) if digits else 1


def _grid(found: _OpenTable) -> Table | None:
    """The cells in their places: a spanning cell pushes the others to the right and down."""
    rows = [row for row in found.rows if row]
    if not rows:
        return None
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for index, row in enumerate(rows):
        col = 0
        for number, cell in enumerate(row, start=1):
            while (index, col) in taken:
                col += 1
            high = min(cell.row_span, len(rows) - index)
            wide = 1
            while wide < cell.col_span and (index, col + wide) not in taken:
                wide += 1
            taken.update((index + y, col + x) for y in range(high) for x in range(wide))
            text = re.sub(r"[ \u00a0]*\n\s*", "\n", "".join(cell.parts)).strip()
            cells.append(
                Cell(index, col, high, wide, cell_text(text), line_location(cell.line, number))
            )
            col += wide
    width = max(cell.col + cell.col_span for cell in cells)
    location = line_location(found.line)
    return Table(len(rows), width, tuple(cells), TableOrigin.TAGGED, location)
