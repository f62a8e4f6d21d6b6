"""The labelled axes of a sheet: its rows told as headings or data, its columns by their headings.

Everything here is about labels and places; no figure is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import Cell
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.sheets import Row, Sheet
from extractor.numerals import is_blank, parse_figure

_SENTENCE_MARKS = "。，、；："
"""What is left of a wrapped label, not what stands for a figure."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: what begins in it.

    ``texts`` are what may be labels, with their ``keys``; ``figures`` are figures and whatever else
    stands where a figure should (``/``).
    """

    index: int
    texts: tuple[Cell, ...]
    keys: tuple[str, ...]
    figures: tuple[Cell, ...]
    blanks: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-table: heading rows and the data rows below them."""

    heads: tuple[Line, ...]
    data: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Neighbouring grid columns under one heading cell.

    ``path`` is outermost first; ``keys`` are what may be the heading: the lowest cell, or it run
    together with those above it where a rule cuts a heading in two.
    """

    spots: tuple[int, ...]
    keys: tuple[str, ...]
    path: tuple[str, ...]
    cell: Cell | None

    @property
    def key(self) -> str:
        """The key of the lowest heading cell, ``""`` where it is blank."""
        return self.keys[0] if self.keys else ""

    def scores(self, block: BlockIndex) -> tuple[float, ...]:
        """How well the heading fits each column of a block."""
        if len(self.keys) == 1:
            return block.columns.scores(self.keys[0])
        if not self.keys:
            return (0.0,) * len(block.columns.keys)
        return tuple(map(max, *(block.columns.scores(key) for key in self.keys)))


def line_of(sheet: Sheet, r: int, vocabulary: Vocabulary) -> Line | None:
    """What begins in one row of a sheet, ``None`` where nothing does."""
    texts, keys, figures, blanks = [], [], [], []
    starting = sheet.starting(r)
    if not starting:
        return None
    for cell in starting:
        text = cell.text
        if is_blank(text.strip(_SENTENCE_MARKS)):
            blanks.append(cell)
        elif parse_figure(text) is not None or vocabulary.is_void(text):
            figures.append(cell)
        else:
            texts.append(cell)
            keys.append(vocabulary.key(text))
    return Line(r, tuple(texts), tuple(keys), tuple(figures), tuple(blanks))


def _is_head(line: Line, rivals: Sequence[BlockIndex]) -> bool:
    """Whether a row holds column headings or a caption, and nothing of the data."""
    if line.figures or not line.keys:
        return False
    heads = 0
    for key in line.keys:
        if any(key in block.rows.telling for block in rivals):
            return False
        if any(key in block.captions or key in block.stub_heads for block in rivals):
            return True
        is_column = any(key in block.columns.lookup for block in rivals)
        is_row = any(key in block.rows.lookup for block in rivals)
        if is_column and not is_row:
            return True
        heads += is_column or any(
            key in parents for block in rivals for parents in block.column_parents
        )
    near = sum(any(any(block.columns.scores(key)) for block in rivals) for key in line.keys)
    return heads >= 2 or (near >= 2 and near * 2 >= len(line.keys))


def parts_of(lines: Sequence[Line], rivals: Sequence[BlockIndex]) -> list[Part]:
    """Cut a sheet into sub-tables: a new one begins where headings follow data."""
    parts: list[Part] = []
    heads: list[Line] = []
    data: list[Line] = []
    for line in lines:
        if _is_head(line, rivals):
            if data:
                parts.append(Part(tuple(heads), tuple(data)))
                heads, data = [], []
            heads.append(line)
        elif not data and heads and _ends_heads(heads[-1], line, rivals):
            heads.append(line)
        elif line.figures or line.blanks or _names_row(line, rivals):
            data.append(line)
        elif not data:
            heads.append(line)
    parts.append(Part(tuple(heads), tuple(data)))
    one_block = len({block.position for block in rivals}) == 1 and rivals[0].labelled_rows
    return _without_repeated_heads(parts) if one_block else parts


def _without_repeated_heads(parts: Sequence[Part]) -> list[Part]:
    """Parts joined where headings of the one before stand once more and other rows follow."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if (
            before is not None
            and part.heads
            and _keys_of(part.heads) <= _keys_of(before.heads)
            and _keys_of(part.data).isdisjoint(_keys_of(before.data))
        ):
            joined[-1] = Part(before.heads, (*before.data, *part.data))
        else:
            joined.append(part)
    return joined


def _keys_of(lines: Sequence[Line]) -> set[str]:
    return {key for line in lines for key in line.keys}


def _ends_heads(before: Line, line: Line, rivals: Sequence[BlockIndex]) -> bool:
    """Whether a row holds the ends of headings that a page end cut in two, and nothing else."""
    above = {cell.col: key for cell, key in zip(before.texts, before.keys, strict=True)}
    whole = [above.get(cell.col, "") + key for cell, key in zip(line.texts, line.keys, strict=True)]
    return bool(whole and not line.figures) and all(
        any(
            text in block.columns.lookup or text in block.groups or text in block.notes
            for block in rivals
        )
        for text in whole
    )


def heal_cut_rows(part: Part, rivals: Sequence[BlockIndex]) -> Part:
    """Two neighbouring rows made one where a page end cut the label of a row in two.

    Only where both pieces together are a label to the letter and at most one of them has figures.
    """
    data: list[Line] = []
    for line in part.data:
        before = data[-1] if data else None
        if before is not None and _is_cut(before, line, rivals):
            held = line if line.figures else before
            texts, keys = (*before.texts, *line.texts), (*before.keys, *line.keys)
            data[-1] = Line(held.index, texts, keys, held.figures, held.blanks)
        else:
            data.append(line)
    return Part(part.heads, tuple(data))


def _is_cut(before: Line, line: Line, rivals: Sequence[BlockIndex]) -> bool:
    if not before.keys or not line.keys or (before.figures and line.figures):
        return False
    first, rest = before.keys[-1], line.keys[-1]
    return any(
        first + rest in block.rows.telling and first not in block.rows.lookup for block in rivals
    )


def _names_row(line: Line, rivals: Sequence[BlockIndex]) -> bool:
    return any(key in block.rows.lookup for key in line.keys for block in rivals)


def columns_of(
    sheet: Sheet, part: Part, vocabulary: Vocabulary, rivals: Sequence[BlockIndex]
) -> list[Column]:
    """The columns of a part, each under its lowest heading."""
    if not part.heads or not sheet.rows:
        return []
    columns: list[Column] = []
    groups = frozenset[str]().union(*(block.groups for block in rivals))
    head_rows = [sheet.rows[line.index] for line in part.heads]
    for c in range(sheet.n_cols):
        path = _path(head_rows, c)
        leaf = path[-1] if path else None
        if columns and leaf is not None and columns[-1].cell is leaf:
            last = columns[-1]
            columns[-1] = Column((*last.spots, c), last.keys, last.path, leaf)
            continue
        filled = [cell.text for cell in path if not is_blank(cell.text)]
        above = _groups_above(head_rows, c, leaf, groups, vocabulary)
        cut = (vocabulary.key(upper + lower) for upper, lower in pairwise(filled))
        whole = (key for key in cut if key in groups)
        printed = (*above, *(vocabulary.key(text) for text in filled), *whole)
        labels = tuple(vocabulary.column_groups.get(label, label) for label in printed)
        keys = tuple(
            vocabulary.key("".join(filled[-n:])) for n in range(1, min(3, len(filled)) + 1)
        )
        bare = not keys or keys[0] in groups
        columns.append(Column((c,), () if bare else keys, labels, None if bare else leaf))
    return columns


def names_column(column: Column, block: BlockIndex) -> bool:
    """Whether a heading is, or is near, a column heading of a block."""
    return any(column.scores(block))


def _path(head_rows: Sequence[Row], c: int) -> list[Cell]:
    """The heading cells above a grid column, outermost first, each once.

    Blank cells below a filled one are dropped: a heading that fills the height of several rows is
    often drawn as a filled cell with blank ones under it.
    """
    path: list[Cell] = []
    for row in head_rows:
        cell = row[c]
        if cell is not None and (not path or path[-1] is not cell):
            path.append(cell)
    while len(path) > 1 and is_blank(path[-1].text):
        path.pop()
    return path


def _groups_above(
    head_rows: Sequence[Row],
    c: int,
    leaf: Cell | None,
    groups: frozenset[str],
    vocabulary: Vocabulary,
) -> list[str]:
    """Group headings that reach over a column from the left, their cells drawn unmerged."""
    found = []
    for row in head_rows:
        cell = row[c]
        if cell is leaf:
            break
        if cell is not None and not is_blank(cell.text):
            continue
        left = next((x for x in reversed(row[:c]) if x is not None and not is_blank(x.text)), None)
        if left is not None and vocabulary.key(left.text) in groups:
            found.append(vocabulary.key(left.text))
    return found


def beyond_stub(
    sheet: Sheet, part: Part, columns: Sequence[Column], rivals: Sequence[BlockIndex]
) -> list[Column]:
    """The columns to the right of the row labels."""
    named = [
        column.spots[0]
        for column in columns
        if any(names_column(column, block) for block in rivals)
    ]
    stub = _stub_width(sheet, part, named[0] if named else None)
    return [column for column in columns if column.spots[0] >= stub]


def _stub_width(sheet: Sheet, part: Part, first_named: int | None) -> int:
    """The first grid column that holds no row labels.

    Labels are looked for left of the first column whose heading is known; without such a column,
    left of the first that holds mostly figures.
    """
    labelled = [0] * sheet.n_cols
    figured = [0] * sheet.n_cols
    for line in part.data:
        texts = {id(cell) for cell, key in zip(line.texts, line.keys, strict=True) if len(key) > 1}
        figures = {id(cell) for cell in line.figures}
        for c, cell in enumerate(sheet.rows[line.index]):
            labelled[c] += id(cell) in texts
            figured[c] += id(cell) in figures
    least = max(1, len(part.data)) / 3
    limit = first_named
    if limit is None:
        busy = (c for c, count in enumerate(figured) if count > 0 and count >= labelled[c])
        limit = min(busy, default=sheet.n_cols)
    stub = [c for c, count in enumerate(labelled[:limit]) if count >= least]
    return max(stub) + 1 if stub else 0
