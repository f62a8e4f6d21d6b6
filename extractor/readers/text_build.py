"""Rows of fields into tables, with the place of every cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.document import Cell, Location, Table, TableOrigin
from extractor.readers.text_markup import cell_text

_PAD_SLACK = 32


@dataclass(frozen=True, slots=True)
class Row:
    """A logical row: the number of its first line, and its raw fields."""

    number: int
    fields: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many fields hold text."""
        return sum(1 for field in self.fields if field.strip())

    @property
    def extent(self) -> int:
        """The number of fields up to the last one that holds text."""
        return max((i + 1 for i, field in enumerate(self.fields) if field.strip()), default=0)


def line_location(number: int, cell: int | None = None) -> Location:
    """``line[n]`` or ``line[n]/cell[k]``, both 1-based."""
    path = f"line[{number}]"
    return Location(path=path if cell is None else f"{path}/cell[{cell}]")


def table_of(rows: Sequence[Row], origin: TableOrigin) -> Table:
    """A table with one cell for each field, blank ones too."""
    cells = tuple(
        Cell(index, col, 1, 1, cell_text(field), line_location(row.number, col + 1))
        for index, row in enumerate(rows)
        for col, field in enumerate(row.fields)
    )
    width = max(len(row.fields) for row in rows)
    return Table(len(rows), width, cells, origin, line_location(rows[0].number))


def drop_padding(rows: Sequence[Row]) -> list[Row]:
    """Cut rows of hundreds of bare delimiters; pads of the size of the table are blank cells."""
    extent = max((row.extent for row in rows), default=0)
    bound = 2 * extent + _PAD_SLACK
    kept: list[Row] = []
    for row in rows:
        if len(row.fields) <= bound:
            kept.append(row)
        elif row.filled:
            kept.append(Row(row.number, row.fields[:extent]))
    return kept


def mode(values: Iterable[int]) -> int:
    """The commonest value, the largest of several; 0 of none."""
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], value), default=0)
