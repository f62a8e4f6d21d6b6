"""Tables of plain text whose rows are cut by commas or semicolons, on strong evidence only.

Commas cut prose as well. Rows count only where several adjacent lines have the same number of
short fields, and figures or blanks in most of them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from extractor.document import TableOrigin
from extractor.readers.text_build import Row, table_of
from extractor.readers.text_delimited import join_quoted
from extractor.readers.text_figures import is_figure
from extractor.readers.text_lines import Item, Line, replace_runs, transparent

_MARKS = ",，;；"
_SENTENCE = re.compile(r"[。！？!?](?!\s*\"?\s*(?:[,，;；]|$))")
_MIN_FIELDS = 3
_WIDE = 5
_MAX_FIELD = 48


def find_comma_tables(items: Sequence[Item]) -> list[Item]:
    """Replace runs of comma rows by tables; prose is left as it is."""
    found = list(items)
    for mark in _MARKS:
        if any(isinstance(item, Line) and item.text.count(mark) >= 2 for item in found):
            found = _find(found, mark)
    return found


def _find(items: Sequence[Item], mark: str) -> list[Item]:
    def member(line: Line) -> bool:
        return line.text.count(mark) + 1 >= _MIN_FIELDS and not _SENTENCE.search(line.text)

    def build(run: list[Line]) -> list[Item] | None:
        return _tables(run, mark)

    return replace_runs(join_quoted(items, mark) if mark == "," else items, member, build)


def _tables(run: list[Line], mark: str) -> list[Item] | None:
    """One table for each stretch of rows with the same number of fields."""
    built: list[Item] = []
    stretch: list[tuple[Line, Row]] = []
    for line in run:
        if transparent(line):
            built.extend([line] if not line.blank else [])
            continue
        row = _row(line, mark)
        if stretch and len(row.fields) != len(stretch[-1][1].fields):
            built.extend(_settled(stretch))
            stretch = []
        stretch.append((line, row))
    built.extend(_settled(stretch))
    return built if any(not isinstance(item, Line) for item in built) else None


def _row(line: Line, mark: str) -> Row:
    if mark != ",":
        return Row(line.number, tuple(line.text.split(mark)))
    try:
        fields = next(csv.reader([line.text.strip()], skipinitialspace=True, strict=True))
    except (csv.Error, StopIteration):
        fields = line.text.split(mark)
    return Row(line.number, tuple(fields))


def _settled(stretch: list[tuple[Line, Row]]) -> list[Item]:
    rows = [row for _, row in stretch]
    if _is_table(rows):
        return [table_of(rows, TableOrigin.DELIMITED)]
    return [line for line, _ in stretch]


def _is_table(rows: list[Row]) -> bool:
    wide = bool(rows) and len(rows[0].fields) >= _WIDE
    if not rows or len(rows) < (2 if wide else 3):
        return False
    if any(len(field) > _MAX_FIELD for row in rows for field in row.fields):
        return False
    figured = sum(1 for row in rows if _bears_figures(row))
    enough = figured >= 1 and (5 if wide else 3) * figured >= len(rows)
    return enough and any(row.filled >= 2 for row in rows)


def _bears_figures(row: Row) -> bool:
    """Whether most fields after the label are figures or blank, and the row is no blank."""
    figures = sum(1 for field in row.fields[1:] if not field.strip() or is_figure(field))
    return row.filled > 0 and 3 * figures >= 2 * (len(row.fields) - 1)
