"""``dataset.xlsx``: an overview to act on, then every table on a sheet of its own.

Texts are always written as texts. The file holds no time of its making, so the same rows give the
same bytes.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from extractor.dataset.columns import Cell, Column, Row, TableSchema
from extractor.dataset.csvfile import is_formula_like
from extractor.options import Lang

A4 = 9
"""The paper, in the numbering of spreadsheets."""

_PRINTABLE = 30
"""Columns that still can be read when printed on one page."""
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_EXACT = 2**53
"""Whole numbers beyond it would be rounded by a spreadsheet, so they are written as text."""
_CUT = {Lang.ZH: "……（全文见 CSV）", Lang.EN: "... (complete in the CSV file)"}
_MADE = datetime(2020, 1, 1)


class Workbook:
    """A workbook that is written row by row. Call :meth:`close` at the end.

    Raises:
        OSError: The file cannot be written.
    """

    def __init__(self, path: Path, lang: Lang, scratch: Path) -> None:
        import xlsxwriter

        options = {
            "constant_memory": True,
            "tmpdir": str(scratch),
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self.lang = lang
        self.book: Any = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"created": _MADE, "title": "Nianbao", "comments": ""})
        self.head = self.book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "valign": "vcenter"}
        )
        self.guarded = self.book.add_format({"quote_prefix": True})

    def close(self) -> None:
        """Finish the file."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self.book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error

    def put(self, sheet: Any, row: int, column: int, cell: Cell, style: Any = None) -> None:
        """Write one cell (0-based). Nothing is written for an empty one."""
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            text = self._cut(cell)
            sheet.write_string(
                row, column, text, style or (self.guarded if is_formula_like(text) else None)
            )
        elif not isinstance(cell, float) and not -_EXACT <= cell <= _EXACT:
            sheet.write_string(row, column, format(cell, "f"), style)
        else:
            sheet.write_number(row, column, float(cell), style)

    def _cut(self, text: str) -> str:
        if len(text) <= _MOST_CHARACTERS:
            return text
        mark = _CUT[self.lang]
        return text[: _MOST_CHARACTERS - len(mark)] + mark


class SheetTable:
    """A table on a sheet, and on further ones where a sheet is full."""

    def __init__(self, book: Workbook, schema: TableSchema) -> None:
        self._book = book
        self._schema = schema
        self._sheets = 0
        self._row = 0
        self._sheet: Any = None
        self._turn()

    def write(self, row: Row) -> None:
        """Add a row."""
        if self._row == _MOST_ROWS:
            self._finish()
            self._turn()
        for column, cell in enumerate(row):
            self._book.put(self._sheet, self._row, column, cell)
        self._row += 1

    def close(self) -> None:
        """Set the filter over all rows."""
        self._finish()

    def _turn(self) -> None:
        self._sheets += 1
        name = self._schema.name if self._sheets == 1 else f"{self._schema.name}_{self._sheets}"
        self._sheet = self._book.book.add_worksheet(name)
        head(self._book, self._sheet, self._schema.columns)
        self._row = 1

    def _finish(self) -> None:
        last = max(self._row - 1, 1)
        self._sheet.autofilter(0, 0, last, len(self._schema.columns) - 1)


def head(book: Workbook, sheet: Any, columns: tuple[Column, ...]) -> None:
    """The frozen first row: column names, with what they mean as a note."""
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 20)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.repeat_rows(0)
    if len(columns) <= _PRINTABLE:
        sheet.fit_to_pages(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.name, book.head)
        title, text = (
            (column.title_zh, column.zh) if book.lang is Lang.ZH else (column.title_en, column.en)
        )
        sheet.write_comment(0, at, f"{title}\n{text}".strip(), {"x_scale": 1.6})
