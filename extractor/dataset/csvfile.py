"""CSV as Excel and every other reader takes it: UTF-8 with BOM, CRLF, RFC 4180, no formulas."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self

from extractor.dataset.columns import Cell, Row
from extractor.dataset.rows import decimal_text

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?")


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet might run a text. A plain number, negative or not, is none."""
    return text.startswith(_TRIGGERS) and not _PLAIN_NUMBER.fullmatch(text)


def csv_cell(cell: Cell) -> str:
    """One cell of a CSV file. A text that might run is led by an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if is_formula_like(cell) else cell
    if isinstance(cell, Decimal):
        return decimal_text(cell)
    if isinstance(cell, float):
        return decimal_text(Decimal(repr(cell)))
    return str(cell)


def plain_cell(cell: str) -> str:
    """A text as it was before :func:`csv_cell` made it safe."""
    return cell[1:] if cell.startswith("'") and is_formula_like(cell[1:]) else cell


class CsvTable:
    """A CSV file that grows row by row. Use as a context manager.

    Raises:
        OSError: The file cannot be written.
    """

    def __init__(self, path: Path, names: Iterable[str]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(names)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, row: Row) -> None:
        """Add a row."""
        self._writer.writerow([csv_cell(cell) for cell in row])
