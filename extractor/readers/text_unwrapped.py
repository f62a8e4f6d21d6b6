"""Cells that a program printed over several lines, beside the other cells of their row.

Where a page was put into lines by the place of its letters, a cell of two lines stands around a
cell of one: its first part above and its second part below. Such lines are put together again
where their places leave no other way to read them; all others stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from extractor.readers.text_figures import is_figure
from extractor.readers.text_lines import Item, Line, columns, transparent

_SEGMENT = re.compile(r"[^\s\u00a0\u3000]+(?:[ \u00a0\u3000][^\s\u00a0\u3000]+)*")
_SENTENCE = re.compile(r"[。；！？]")
_NO_HEADING = re.compile(r"[\s\d。；：！？:]")
_LONGEST = 24
"""Letters of a part of a label; lines of prose are longer."""
_NEAR = 2.0
"""Columns by which the edges or the middles of two parts of one cell may differ."""
_GAP = "    "


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of letters without a wide gap; ``start`` and ``end`` are display columns."""

    text: str
    start: int
    end: int

    def over(self, other: _Piece) -> bool:
        """Whether the two share a column."""
        return self.start < other.end and other.start < self.end

    def in_line_with(self, other: _Piece) -> bool:
        """Whether the two can be parts of one cell, set to the left or to the middle."""
        left = abs(self.start - other.start)
        middle = abs(self.start + self.end - other.start - other.end) / 2
        return min(left, middle) <= _NEAR


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the source as pieces."""

    line: Line
    pieces: tuple[_Piece, ...]

    @property
    def figures_only(self) -> bool:
        return bool(self.pieces) and all(map(is_figure, self.line.text.split()))

    @property
    def has_figures(self) -> bool:
        return any(is_figure(piece.text) for piece in self.pieces)

    @property
    def part(self) -> _Piece | None:
        """The only piece, where it can be a part of a label."""
        if len(self.pieces) != 1:
            return None
        (piece,) = self.pieces
        fits = len(piece.text) <= _LONGEST and not _SENTENCE.search(piece.text)
        return piece if fits and not is_figure(piece.text) else None

    @property
    def heads(self) -> bool:
        """Whether this can be a line of column headings."""
        return len(self.pieces) > 1 and not any(
            not 1 < len(piece.text) <= _LONGEST or _NO_HEADING.search(piece.text)
            for piece in self.pieces
        )


def join_wrapped_cells(items: Sequence[Item]) -> list[Item]:
    """Put the lines of one row together where a cell of it was printed above and below."""
    return list(chain.from_iterable(map(_joined, _runs(items))))


def _runs(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Lines that follow one another directly; whatever stands between them alone."""
    run: list[Item] = []
    for item in items:
        if isinstance(item, Line) and not transparent(item):
            run.append(item)
            continue
        yield run
        yield [item]
        run = []
    yield run


def _joined(run: list[Item]) -> list[Item]:
    lines = [item for item in run if isinstance(item, Line)]
    if len(lines) < 2:
        return run
    rows = [_row(line) for line in lines]
    groups = _around(rows) | _stacked(rows)
    built: list[Item] = []
    index = 0
    while index < len(rows):
        end = groups.get(index, index + 1)
        built.append(lines[index] if end == index + 1 else _one_line(rows[index:end]))
        index = end
    return built


def _row(line: Line) -> _Row:
    text = line.text.replace("\t", "    ")
    starts = columns(text, 2)
    pieces = tuple(
        _Piece(found.group(), starts[found.start()], starts[found.end()])
        for found in _SEGMENT.finditer(text)
    )
    return _Row(line, pieces)


def _around(rows: Sequence[_Row]) -> dict[int, int]:
    """Three lines each, by first and end: a part of a cell, its neighbours, the other part.

    A line that two groups would need belongs to none, and a part beside figures that found no
    parts of their own may be their label: both are left as they are.
    """
    middles = [at for at in range(1, len(rows) - 1) if _stands_around(*rows[at - 1 : at + 2])]
    taken = set(middles)
    lonely = {at for at, row in enumerate(rows) if row.figures_only and at not in taken}
    return {at - 1: at + 2 for at in middles if not {at - 2, at + 2} & (taken | lonely)}


def _stands_around(above: _Row, row: _Row, below: _Row) -> bool:
    first, second = above.part, below.part
    if first is None or second is None or not first.in_line_with(second):
        return False
    if row.figures_only:
        # However wide the letters are, the figures stand behind the label.
        reach = max(part.start + len(part.text) for part in (first, second))
        return reach < row.pieces[0].start
    middle = row.part
    return middle is not None and not middle.over(first) and not middle.over(second)


def _stacked(rows: Sequence[_Row]) -> dict[int, int]:
    """Two lines of column headings each, every heading with a part in both.

    Below figures stand the labels of further rows, not headings.
    """
    return {
        at: at + 2
        for at in range(len(rows) - 1)
        if _same_columns(rows[at], rows[at + 1])
        and not (at and (rows[at - 1].has_figures or _same_columns(rows[at - 1], rows[at])))
        and not (at + 2 < len(rows) and _same_columns(rows[at + 1], rows[at + 2]))
    }


def _same_columns(above: _Row, below: _Row) -> bool:
    if not (above.heads and below.heads) or len(above.pieces) != len(below.pieces):
        return False
    return all(
        upper.over(lower) == (column == other)
        for column, upper in enumerate(above.pieces)
        for other, lower in enumerate(below.pieces)
    )


def _one_line(rows: Sequence[_Row]) -> Line:
    """The lines as one, at the place of the line with the figures or the last one."""
    if rows[1].figures_only:
        label = "".join(row.line.text.strip() for row in (rows[0], rows[2]))
        indent = " " * rows[0].pieces[0].start
        return replace(rows[1].line, text=f"{indent}{label}{_GAP}{rows[1].line.text.strip()}")
    return replace(rows[len(rows) // 2].line, text=_GAP.join(_cells(rows)))


def _cells(rows: Sequence[_Row]) -> Iterator[str]:
    """The cells from the left: pieces that share a column are parts of one."""
    cells: list[list[_Piece]] = []
    for piece in chain.from_iterable(row.pieces for row in rows):
        own = next((cell for cell in cells if cell[0].over(piece)), None)
        if own is None:
            cells.append([piece])
        else:
            own.append(piece)
    for cell in sorted(cells, key=lambda cell: min(piece.start for piece in cell)):
        yield "".join(piece.text for piece in cell)
