"""Grids of strings to indicators: what a competent user would write around a table extractor.

The same for every peer, and as generous as it can be without knowing the answer:

* Cells are compared with widths folded (NFKC) and white space dropped.
* A row is known by a piece of its statutory label that no other row has (``国家秘密`` is enough),
  contained in any cell that is no figure; the rightmost is asked first, for group labels stand
  further left. 其他 and 总计 must be the whole cell, but for its numbering.
* Figures are parsed as printed: thousands marks, units, signs, a note in brackets, punctuation that
  hangs over from the next cell. A blank is not zero. Several figures on one line of a cell are
  cells of their own, where that fills the row.
* Columns: a row with exactly as many filled cells right of its label as the form has columns is
  read in order, whatever empty columns lie between. Otherwise the columns of the header row count,
  where it is as wide as the row; otherwise position, right-aligned. Rows of the disclosure table go
  by the columns that the row above them names, and by number where that got lost.
* A row that has one filled cell for each column that a header names is read in order as well.
* Tables split by pages: one with as many columns as the last and no header continues it, and a
  row cut in two by the page end is put together where the halves do not collide. What the last
  header named holds on in tables of other widths.
* An indicator that occurs twice keeps its first number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.bench.peer_form import (
    APPLICANTS,
    APPLICATION_ROWS,
    BLOCKS,
    DISCLOSURE_COLUMNS,
    DISCLOSURE_ROWS,
    DISPUTE_HEADS,
    DISPUTES,
    HEADERS,
)

Grid = Sequence[Sequence[str]]
Row = tuple[str, ...]
Numbers = Mapping[str, Decimal]

_LONGEST_LABEL = 60
"""A cell with more is prose, or a layout cell that holds a whole table."""
_APART = "\ue000"
_NUMBERING = re.compile(r"^(?:\(?[一二三四五六七八九十\d]+[)、.]?)+")
_FIGURE = re.compile(
    r"^([+-]|增加?|减少?)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?"
    r"(?:万?元|[件条个项宗份次])?(?:\(.*\)|\*)?$"
)


@dataclass(frozen=True, slots=True)
class _Table:
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


def to_indicators(grids: Sequence[Grid]) -> dict[str, Decimal]:
    """The numbers of all statutory cells found; a cell without a number is left out."""
    found: dict[str, Decimal] = {}
    for indicator, cell in _cells(_joined([_plain(grid) for grid in grids])):
        number = parse(cell)
        if number is not None:
            found.setdefault(indicator, number)
    return found


def parse(cell: str) -> Decimal | None:
    """The figure a cell holds, ``None`` where it holds none."""
    found = _FIGURE.match(_fold(cell).strip("、。;,"))
    if found is None:
        return None
    number = Decimal(found[2].replace(",", "") + (found[3] or ""))
    return -number if found[1] in ("-", "减", "减少") else number


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("−", "-")
    return "".join(plain.split()).strip("\u200b\ufeff")


def _plain(grid: Grid) -> _Table:
    return _Table(tuple(tuple(map(_cell, row)) for row in grid))


def _cell(text: str) -> str:
    """A cell folded; figures of several columns that came as one cell stay apart, and no number."""
    parts = unicodedata.normalize("NFKC", text).strip().split(" ")
    several = len(parts) > 1 and all(part and parse(part) is not None for part in parts)
    return _APART.join(map(_fold, parts)) if several else _fold(text)


def _filled(cells: Sequence[str]) -> list[str]:
    """The cells that are not empty, several figures in one as several."""
    return [part for cell in cells if cell for part in cell.split(_APART)]


def _joined(tables: Sequence[_Table]) -> Iterator[_Table]:
    """Tables with those put together that a page end has split."""
    last: _Table | None = None
    for table in tables:
        if not table.rows:
            continue
        if last is not None and table.width == last.width and not _has_header(table):
            last = _Table(_at_seam(last.rows, table.rows))
            continue
        if last is not None:
            yield last
        last = table
    if last is not None:
        yield last


def _has_header(table: _Table) -> bool:
    text = "".join(cell for row in table.rows[:4] for cell in row)
    return any(word in text for word in HEADERS)


def _at_seam(upper: tuple[Row, ...], lower: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows one below the other; the two halves of a cut row become one."""
    above, below = upper[-1], lower[0]
    if len(above) != len(below) or not (_figures(above) or _figures(below)):
        return upper + lower
    if any(_collide(a, b) for a, b in zip(above, below, strict=True)):
        return upper + lower
    if _label(above, APPLICATION_ROWS)[1] and _label(below, APPLICATION_ROWS)[1]:
        return upper + lower
    whole = tuple(a + b for a, b in zip(above, below, strict=True))
    return (*upper[:-1], whole, *lower[1:])


def _collide(above: str, below: str) -> bool:
    """Whether a figure stands where the other half has text of its own."""
    return bool(above and below) and (parse(above) is not None or parse(below) is not None)


def _figures(row: Row) -> int:
    return sum(1 for cell in _filled(row) if parse(cell) is not None)


def _cells(tables: Iterable[_Table]) -> Iterator[tuple[str, str]]:
    """Every statutory cell of a document's tables with its indicator."""
    header: Row = ()
    named: frozenset[str] = frozenset()
    block: dict[str, int] = {}
    for table in tables:
        if _has_header(table):
            header, named = (), frozenset()
        for row in table.rows:
            short = tuple(cell if len(cell) <= _LONGEST_LABEL else "" for cell in row)
            if not _figures(short):
                block = _block_columns(short) or block
                applicants = frozenset(filter(None, map(_applicant, short)))
                if applicants:
                    header, named = _over(header, short), named | applicants
            yield from _application(short, header, named)
            yield from _disclosure(short, block)
        yield from _disputes(table)


def _over(upper: Row, lower: Row) -> Row:
    """Two rows of a header, the lower one filling what the upper leaves."""
    if len(upper) != len(lower):
        return lower
    return tuple(b if _applicant(b) else a for a, b in zip(upper, lower, strict=True))


def _applicant(cell: str) -> str:
    return _named(cell, APPLICANTS)


def _application(row: Row, header: Row, named: frozenset[str]) -> Iterator[tuple[str, str]]:
    at, name = _label(row, APPLICATION_ROWS)
    if not name:
        return
    every = tuple(APPLICANTS)
    known = tuple(column for column in every if column in named)
    filled = _filled(row[at + 1 :])
    if len(filled) == len(every):
        cells = dict(zip(every, filled, strict=True))
    elif below := _by_header(row, header, at):
        cells = below
    elif len(filled) == len(known) == len(every) - 1:
        cells = dict(zip(known, filled, strict=True))
    elif len(row) > len(every):
        cells = dict(zip(every, row[-len(every) :], strict=True))
    else:
        return
    yield from ((f"applications.{name}.{column}", cell) for column, cell in cells.items())


def _by_header(row: Row, header: Row, label: int) -> dict[str, str]:
    """Cells by the header above them, where it names nearly all of the columns once each."""
    if len(header) != len(row):
        return {}
    named = [(_applicant(cell), index) for index, cell in enumerate(header) if index > label]
    columns = [(name, index) for name, index in named if name]
    if len({name for name, _ in columns}) != len(columns) or len(columns) < len(APPLICANTS) - 1:
        return {}
    return {name: row[index] for name, index in columns}


def _block_columns(row: Row) -> dict[str, int]:
    """Where the columns of a block of the disclosure table stand, by the row that names them."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        for name, words in BLOCKS.items():
            if any(word in cell for word in words):
                found.setdefault(name, index)
    return found


def _disclosure(row: Row, block: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    at, name = _label(row, DISCLOSURE_ROWS)
    if not name:
        return
    forms = DISCLOSURE_COLUMNS[name]
    filled = _filled(row[at + 1 :])
    known = [columns for columns in forms if set(columns) == set(block)]
    fitting = [columns for columns in known or forms if len(columns) == len(filled)]
    if len(fitting) == 1:
        cells = dict(zip(fitting[0], filled, strict=True))
    else:
        named = {column: index for column, index in block.items() if column in sum(forms, ())}
        cells = {column: row[index] for column, index in named.items() if at < index < len(row)}
    yield from ((f"disclosure.{name}.{column}", cell) for column, cell in cells.items())


def _label(row: Row, labels: Mapping[str, str]) -> tuple[int, str]:
    """The cell that names the row, nearest to the figures, and the row's id."""
    for index in range(len(row) - 1, -1, -1):
        if not row[index] or parse(row[index]) is not None:
            continue
        name = _named(row[index], labels)
        if name:
            return index, name
    return -1, ""


def _named(cell: str, labels: Mapping[str, str]) -> str:
    bare = _NUMBERING.sub("", cell)
    for name, word in labels.items():
        if word.startswith("="):
            if bare == word[1:]:
                return name
        elif word in cell:
            return name
    return ""


def _disputes(table: _Table) -> Iterator[tuple[str, str]]:
    """The first row of figures below a header of results."""
    seen = False
    for row in table.rows:
        seen = seen or any(word in "".join(row) for word in DISPUTE_HEADS)
        filled = _filled(row)
        if not seen or not _figures(row):
            continue
        cells = filled if len(filled) == len(DISPUTES) else row[-len(DISPUTES) :]
        if len(cells) == len(DISPUTES):
            yield from zip(DISPUTES, cells, strict=True)
            return
