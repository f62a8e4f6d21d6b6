"""Tables of plain text whose columns are held by blanks.

Only a table that is whole is taken: a header, then rows of a label and figures that stand in the
columns of the header and of one another. Everything else stays lines of text, because a figure in
a column that is not certain would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import Cell, Table, TableOrigin
from extractor.readers.text_build import line_location
from extractor.readers.text_figures import is_figure
from extractor.readers.text_lines import Item, Line, columns, replace_runs, transparent
from extractor.readers.text_markup import cell_text

_SEGMENT = re.compile(r"[^\s\u00a0\u3000]+(?:[ \u00a0\u3000][^\s\u00a0\u3000]+)*")
_RULE = re.compile(r"[-=─━_ ]{3,}")
_SENTENCE = re.compile(r"[。；](?!\s|$)")
_MAX_LABEL = 60
_MIN_UNLABELLED = 4


@dataclass(frozen=True, slots=True)
class _Segment:
    text: str
    start: int
    end: int

    @property
    def is_figure(self) -> bool:
        return is_figure(self.text)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    segments: tuple[_Segment, ...]

    @property
    def figures(self) -> tuple[_Segment, ...]:
        """The figures at the end of the row; a number inside a label is none of them."""
        count = 0
        for segment in reversed(self.segments):
            if not segment.is_figure:
                break
            count += 1
        return self.segments[len(self.segments) - count :]

    @property
    def labels(self) -> tuple[_Segment, ...]:
        return self.segments[: len(self.segments) - len(self.figures)]


def find_aligned_tables(items: Sequence[Item]) -> list[Item]:
    """Replace whole tables held by blanks; all other lines are left as they are."""
    return replace_runs(items, _may_belong, _tables, max_blank=3)


def _may_belong(line: Line) -> bool:
    """Rows of several segments, and short labels that stand between such rows."""
    return len(line.text) <= 400 and not _SENTENCE.search(line.text)


def _tables(run: list[Line]) -> list[Item] | None:
    lines = [line for line in run if not transparent(line)]
    if not any(len(_SEGMENT.findall(line.text)) > 1 for line in lines):
        return None
    built = [_with_width(run, lines, wide) for wide in (2, 1)]
    best = max(built, key=_size)
    return best if _size(best) else None


def _size(items: Sequence[Item]) -> int:
    """How many cells stand in tables: the width of a character under which more fit is right."""
    return sum(len(item.cells) for item in items if isinstance(item, Table))


def _with_width(run: list[Line], lines: list[Line], wide: int) -> list[Item]:
    """The run with the tables that fit this width of a character."""
    rows = [_row_of(line, wide) for line in lines]
    built: list[Item] = []
    index = 0
    while index < len(rows):
        end = _table_end(rows, index)
        table = _table(rows[index:end]) if end > index else None
        if table is None:
            built.append(lines[index])
            index += 1
            continue
        built.append(table)
        index = end
    return [*built, *(line for line in run if transparent(line) and not line.blank)]


def _row_of(line: Line, wide: int) -> _Row:
    starts = columns(line.text, wide)
    segments = tuple(
        _Segment(found.group(), starts[found.start()], starts[found.end()])
        for found in _SEGMENT.finditer(line.text.replace("\t", " "))
        if not _RULE.fullmatch(found.group()) or len(found.group()) < 3
    )
    return _Row(line.number, segments)


def _table_end(rows: list[_Row], start: int) -> int:
    """The end of a header and its rows that begin at ``start``; ``start`` where none does.

    A line of dashes, which has no segments, does not part them.
    A label alone between two rows belongs to the table; after the last row it does not.
    """
    header = rows[start]
    if len(header.segments) < 2 or header.figures:
        return start
    end = start
    for index in range(start + 1, len(rows)):
        row = rows[index]
        if not row.segments:
            continue
        if row.figures:
            end = index + 1
        elif len(row.segments) > 1 or len(row.segments[0].text) > _MAX_LABEL:
            break
    return end


@dataclass(frozen=True, slots=True)
class _Frame:
    """The columns that hold figures, and whether a column of labels stands before them."""

    bands: tuple[tuple[int, int], ...]
    labelled: bool

    @property
    def first(self) -> int:
        """The grid column of the first band."""
        return 1 if self.labelled else 0


def _table(rows: list[_Row]) -> Table | None:
    """The table, ``None`` where a figure has no label or stands in no certain column."""
    header, *body = (row for row in rows if row.segments)
    heads = [segment.text for segment in header.segments]
    if len(set(heads)) < len(heads):
        # Headings that are the same are told apart by the lines above them.
        return None
    frame = _frame(header, [row for row in body if row.figures])
    if frame is None:
        return None
    cells = _header_cells(header, frame)
    for index, row in enumerate(body, start=1):
        placed = _body_cells(row, index, frame)
        if placed is None:
            return None
        cells.extend(placed)
    location = line_location(header.number)
    n_cols = len(frame.bands) + frame.first
    return Table(len(body) + 1, n_cols, tuple(cells), TableOrigin.ALIGNED, location)


def _frame(header: _Row, full: list[_Row]) -> _Frame | None:
    """The columns: where header and figures overlap, and nothing else does."""
    labelled = all(row.labels for row in full)
    if not labelled and any(row.labels for row in full):
        return None
    count = max(len(row.figures) for row in full)
    heads = header.segments[-count:]
    if len(heads) != count or len(header.segments) - count > int(labelled):
        return None
    if not labelled and count < _MIN_UNLABELLED:
        return None
    bands = [(segment.start, segment.end) for segment in heads]
    for row in full:
        if len(row.figures) == count:
            pairs = zip(bands, row.figures, strict=True)
            bands = [(min(a, figure.start), max(b, figure.end)) for (a, b), figure in pairs]
    corner = header.segments[: len(header.segments) - count]
    ends = [segment.end for segment in corner] + [row.labels[-1].end for row in full if row.labels]
    edges = [(0, max(ends)), *bands] if ends else bands
    parted = all(left[1] < right[0] for left, right in pairwise(edges))
    return _Frame(tuple(bands), labelled) if parted else None


def _header_cells(header: _Row, frame: _Frame) -> list[Cell]:
    shift = len(frame.bands) + frame.first - len(header.segments)
    return [
        Cell(0, col, 1, 1, cell_text(segment.text), line_location(header.number, col + 1))
        for col, segment in enumerate(header.segments, start=shift)
    ]


def _body_cells(row: _Row, index: int, frame: _Frame) -> list[Cell] | None:
    """The cells of a row; a column without a figure is blank where others have one."""
    texts: dict[int, str] = {}
    for figure in row.figures:
        cols = [
            col
            for col, (start, end) in enumerate(frame.bands, start=frame.first)
            if figure.start < end and start < figure.end
        ]
        if len(cols) != 1 or cols[0] in texts:
            return None
        texts[cols[0]] = figure.text
    if row.labels and row.labels[-1].end >= frame.bands[0][0]:
        return None
    found: list[Cell] = []
    if row.labels:
        label = cell_text("  ".join(segment.text for segment in row.labels))
        found.append(Cell(index, 0, 1, 1, label, line_location(row.number, 1)))
    if texts:
        found.extend(
            Cell(index, col, 1, 1, texts.get(col, ""), line_location(row.number, col + 1))
            for col in range(frame.first, frame.first + len(frame.bands))
        )
    return found
