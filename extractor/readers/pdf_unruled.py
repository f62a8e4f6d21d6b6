"""One table without vertical rules: its words put into the cells of a grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import TableOrigin
from extractor.readers.pdf_columns import Columns, find_bands, make_columns
from extractor.readers.pdf_heads import arrange, lines_of
from extractor.readers.pdf_labels import Block, columns_of, split_groups
from extractor.readers.pdf_lines import Line
from extractor.readers.pdf_parts import (
    Section,
    find_sections,
    find_stretches,
    give_to_heads,
    label_lines,
)
from extractor.readers.pdf_rows import LabelLine, rows_of, usual_pitch
from extractor.readers.pdf_tables import Piece, PieceCell
from extractor.readers.pdf_text import runs_text
from extractor.readers.pdf_tokens import Token
from extractor.readers.pdf_words import (
    LEAST_FIGURES,
    Anchor,
    SortedWords,
    part_lines,
    sort_words,
    stand_in_columns,
    take_back,
    without_captions,
)
from extractor.readers.rulings import Segment, cluster

_MIN_BAND = 8.0
_MOST_GROUP_COLUMNS = 3
_IN_CELL = 1.8
"""Lines of one cell are at most this many em apart."""
_NEAR = 0.3


@dataclass(slots=True, eq=False)
class _Cell:
    """A cell of the table to be: ``row`` and ``col`` in its grid."""

    row: int
    col: int
    row_span: int
    col_span: int
    tokens: list[Token]


def build_table(
    lines: Sequence[Line],
    tokens: Sequence[Sequence[Token]],
    separators: Sequence[Segment],
    *,
    continued: bool = False,
) -> Piece | None:
    """The table that some lines of a page show; ``None`` in doubt.

    A single row of figures is doubtful, unless it has a label and several of them, or one where
    the page before ends with a table (``continued``).
    """
    parted = part_lines(tokens)
    values = lines_of(token for _, own in parted for token in own)
    least = 1 if continued else LEAST_FIGURES
    enough = len(values) > 1 or any(rest and len(own) >= least for rest, own in parted)
    bands = find_bands(values) if values and enough and stand_in_columns(parted) else None
    if bands is None:
        return None
    words = sort_words(parted, values, bands[0][0])
    if words is None:
        return None
    everything = [token for row in tokens for token in row]
    right = max(t.x1 for t in everything)
    columns = make_columns(
        bands,
        values,
        without_captions(words, right),
        max((t.x1 for t in words.labels), default=bands[0][0] - 1) + 0.5,
        right + 1,
    )
    take_back(words, columns.edges[0])
    grid = _Grid(words, columns, _bounds(lines, separators))
    if not grid.fill():
        return None
    return grid.piece(lines[0])


def _bounds(lines: Sequence[Line], separators: Sequence[Segment]) -> list[float]:
    """Heights at which rows are parted for certain."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = lines[0].top - 20, lines[-1].bottom + 20
    heights = cluster(
        y
        for y, left, right in separators
        if top <= y <= bottom and min(right, x1) - max(left, x0) > 0.6 * (x1 - x0)
    )
    return heights if all(b - a > _MIN_BAND for a, b in pairwise(heights)) else []


class _Grid:
    """The grid of one table while it is filled."""

    def __init__(self, words: SortedWords, columns: Columns, bounds: Sequence[float]) -> None:
        self._words = words
        self._columns = columns
        self._bounds = bounds
        self._cells: list[_Cell] = []
        self._heights: list[float] = []
        self._starts: list[int | None] = []
        self._sections, labels = find_sections(words, columns)
        leaf, self._groups = split_groups(labels, [a.middle for a in words.anchors])
        self._lines = label_lines(leaf)
        self._group_columns = columns_of(self._groups)
        self._leaf = len(self._group_columns)
        self._first = self._leaf + 1 if words.labels else 0

    def fill(self) -> bool:
        """Put every word into a cell; false in doubt."""
        if self._leaf > _MOST_GROUP_COLUMNS:
            return False
        sections = self._sections
        stretches = find_stretches(sections, self._lines, self._words.anchors, self._bounds)
        pitch = usual_pitch(self._lines) if self._lines else 0.0
        parted = rows_of([stretch for stretch, _ in stretches], pitch)
        if parted is None:
            return False
        before_row: Anchor | None = None
        for i, ((stretch, anchors), rows) in enumerate(zip(stretches, parted, strict=True)):
            before = sections[i - 1] if i else None
            after = sections[i] if i < len(sections) else None
            own = give_to_heads(stretch, rows, before, after, pitch)
            if before is not None and not self._add_heads(before):
                return False
            for row in own:
                anchor = anchors[row.anchor] if row.anchor is not None else None
                lines = stretch.lines[row.start : row.end]
                if anchor is not None and not lines and self._is_rest(anchor):
                    if before_row is not None and not self._add_rest(before_row, anchor):
                        return False
                    if before_row is not None:
                        continue
                if not self._add_row(lines, anchor):
                    return False
                before_row = anchor
        return self._add_groups() and self._is_sound()

    def _is_sound(self) -> bool:
        """Whether no two cells share a place."""
        taken = [
            (row, col)
            for cell in self._cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        ]
        return len(set(taken)) == len(taken)

    def _add_heads(self, section: Section) -> bool:
        """The rows of a block of headings; false where they stand in no order."""
        tokens = section.tokens
        if section.captioned:
            width = self._first + len(self._columns)
            self._cells.append(_Cell(len(self._heights), 0, 1, width, tokens[:1]))
            self._add_height(tokens[0].middle)
            tokens = tokens[1:]
        heads = arrange(tokens, self._columns)
        if heads is None:
            return False
        top = len(self._heights)
        for cell in heads.cells:
            col, span = self._first + cell.first, cell.last - cell.first + 1
            self._cells.append(_Cell(top + cell.row, col, cell.row_span, span, list(cell.tokens)))
        for row in range(heads.n_rows):
            own = [c for c in heads.cells if c.row == row]
            self._add_height(own[0].tokens[0].middle if own else section.top)
        labels = [token for line in section.labels for token in line.tokens]
        if labels:
            if not heads.n_rows:
                self._add_height(labels[0].middle)
            rows = len(self._heights) - top
            self._cells.append(_Cell(top, 0, rows, self._first, labels))
        return True

    def _add_height(self, height: float, start: int | None = None) -> None:
        """Begin a row: its height, and the column in which its label starts if it has figures."""
        self._heights.append(height)
        self._starts.append(start)

    def _is_rest(self, anchor: Anchor) -> bool:
        """Whether some figures without a label are too few to be a row."""
        return bool(self._first) and 2 * len(anchor.tokens) < len(self._columns)

    def _add_rest(self, above: Anchor, rest: Anchor) -> bool:
        """Put the rest of wrapped figures into the row above; false where it is not theirs."""
        if rest.middle - above.middle > _IN_CELL * rest.tokens[0].height:
            return False
        row = len(self._heights) - 1
        for token in rest.tokens:
            first, last = self._columns.figure_span(token)
            col = self._first + first
            cells = [c for c in self._cells if c.row == row and c.col == col and c.tokens]
            if first != last or len(cells) != 1:
                return False
            cells[0].tokens.append(token)
        return True

    def _add_row(self, lines: Sequence[LabelLine], anchor: Anchor | None) -> bool:
        """A row of the body: label, figures, blanks; false where two figures share a column."""
        number = len(self._heights)
        labels = [token for line in lines for token in line.tokens]
        start = self._leaf
        if labels:
            x0 = min(token.x0 for token in labels)
            start = sum(right <= x0 + _NEAR * labels[0].height for _, right in self._group_columns)
            self._cells.append(_Cell(number, start, 1, self._leaf - start + 1, labels))
        held: dict[int, _Cell] = {}
        for token in anchor.tokens if anchor is not None else ():
            first, last = self._columns.figure_span(token)
            other = held.get(first)
            if other is not None and first == last and _share_a_cell(other, token):
                other.tokens.append(token)
                continue
            if first != last and len(anchor.tokens if anchor else ()) > 1 and token.figure:
                bands = self._columns.bands[first : last + 1]
                if sum(token.x0 < x1 and x0 < token.x1 for x0, x1 in bands) > 1:
                    return False
            if any(k in held for k in range(first, last + 1)):
                return False
            cell = _Cell(number, self._first + first, 1, last - first + 1, [token])
            held |= dict.fromkeys(range(first, last + 1), cell)
            self._cells.append(cell)
        self._cells += [
            _Cell(number, self._first + k, 1, 1, [])
            for k in range(len(self._columns))
            if k not in held
        ]
        self._add_height(anchor.middle if anchor is not None else lines[0].middle, start)
        return True

    def _add_groups(self) -> bool:
        """Names of groups, each over the rows beside which it stands."""
        for column, (left, right) in enumerate(self._group_columns):
            free = 0
            for block in self._groups:
                if not left <= block.x0 < right:
                    continue
                rows = self._rows_beside(block, column, free)
                if not rows:
                    return False
                free = rows[-1] + 1
                self._cells.append(_Cell(rows[0], column, len(rows), 1, list(block.tokens)))
        return True

    def _rows_beside(self, block: Block, column: int, free: int) -> list[int]:
        """Neighbouring rows that leave room for the name of a group: those beside it, or one."""
        rows = [
            row
            for row, start in enumerate(self._starts)
            if start is not None and start > column and row >= free
        ]
        beside = [r for r in rows if block.top <= self._heights[r] <= block.bottom]
        if not beside:
            middle = (block.top + block.bottom) / 2
            return sorted(rows, key=lambda r: abs(self._heights[r] - middle))[:1]
        run = [beside[0]]
        for row in beside[1:]:
            if row == run[-1] + 1:
                run.append(row)
        return run

    def piece(self, line: Line) -> Piece:
        """The finished part of a table; ``line`` is any line of it."""
        frame = line.frame
        edges = self._edges()
        n_rows = len(self._heights)
        extents = [self._extent(row) for row in range(n_rows)]
        cells = []
        for cell in self._cells:
            tokens = cell.tokens
            top, bottom = extents[cell.row]
            box = _around(tokens) if tokens else (edges[cell.col], top, edges[cell.col + 1], bottom)
            cells.append(
                PieceCell(
                    cell.row,
                    cell.col,
                    cell.row_span,
                    cell.col_span,
                    runs_text([run for token in tokens for run in token.runs]),
                    line.page,
                    frame.to_display(box),
                )
            )
        words = [token for cell in self._cells for token in cell.tokens]
        _, top, _, bottom = _around(words)
        return Piece(
            page=line.page,
            last_page=line.page,
            xs=tuple(edges),
            n_rows=n_rows,
            cells=cells,
            top=top,
            bottom=bottom,
            box=frame.to_display((edges[0], top, edges[-1], bottom)),
            origin=TableOrigin.ALIGNED,
            bands=self._columns.bands,
        )

    def _edges(self) -> list[float]:
        """Column edges, ascending."""
        edges = list(self._columns.edges)
        if self._first:
            leaf = [
                token.x0
                for cell in self._cells
                if cell.col == self._leaf and cell.col + cell.col_span == self._first
                for token in cell.tokens
            ]
            left = min(token.x0 for token in self._words.labels) - 1
            starts = [x0 - 1 for x0, _ in self._group_columns]
            edges = [*starts, min(leaf, default=edges[0]) - 1, *edges]
            edges[0] = min(left, edges[0])
        for i, (a, b) in enumerate(pairwise(edges)):
            edges[i + 1] = max(b, a + 0.1)
        return edges

    def _extent(self, row: int) -> tuple[float, float]:
        own = [t for cell in self._cells if cell.row == row for t in cell.tokens]
        if not own:
            return self._heights[row], self._heights[row]
        box = _around(own)
        return box[1], box[3]


def _share_a_cell(cell: _Cell, token: Token) -> bool:
    """Whether a word is the unit of a figure, or the rest of one that takes several lines."""
    beside = [t for t in cell.tokens if abs(t.middle - token.middle) < _NEAR * token.height]
    return cell.col_span == 1 and sum(t.figure for t in (*beside, token)) < 2


def _around(tokens: Iterable[Token]) -> tuple[float, float, float, float]:
    held = list(tokens)
    return (
        min(t.x0 for t in held),
        min(t.top for t in held),
        max(t.x1 for t in held),
        max(t.bottom for t in held),
    )
