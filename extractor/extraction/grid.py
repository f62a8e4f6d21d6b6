"""A sheet with a true grid against the blocks of its table: labelled axes, read by coordinates.

The layout is chosen for each sub-table from its labels. No value is read without a label on its
row and on its column, or an unlabelled place between labelled neighbours that leaves no choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.document import Cell, Location
from extractor.extraction.aligned import AlignedBlock, Oddity
from extractor.extraction.labels import (
    BlockIndex,
    Vocabulary,
    align,
    fill_by_position,
    place_exact,
)
from extractor.extraction.sheets import Row, Sheet
from extractor.numerals import is_blank, money_unit, parse_figure
from extractor.report import Evidence, Method, Reading, State
from extractor.rulebook.model import CellRule, Quantity

_SURE = 0.9
"""Label scores below this are damage worth telling."""
_LOST_GROUP = 0.75
"""Factor for a heading that several columns share and whose group above it is lost."""
_BY_POSITION = 0.6
"""Score of an axis without a label that its neighbours leave no choice."""


@dataclass(frozen=True, slots=True)
class _Line:
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
class _Part:
    """A sub-table: heading rows and the data rows below them."""

    heads: tuple[_Line, ...]
    data: tuple[_Line, ...]


@dataclass(frozen=True, slots=True)
class _Column:
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


@dataclass(frozen=True, slots=True)
class _Axis:
    """Printed lines or columns assigned to an axis: ``targets`` and ``scores`` by item."""

    targets: tuple[int | None, ...]
    scores: tuple[float, ...]

    @property
    def fit(self) -> float:
        """Sum of the scores of what was assigned, less a little for what was not."""
        return sum(
            score if target is not None else -0.25
            for target, score in zip(self.targets, self.scores, strict=True)
        )


def align_grid(
    sheet: Sheet, vocabulary: Vocabulary, preferred: str = ""
) -> tuple[AlignedBlock, ...]:
    """Read a sheet by its labelled axes.

    Args:
        sheet: Rows of one statutory table.
        vocabulary: The labels of all forms.
        preferred: Id of the form in force, which decides between layouts that fit equally.

    Returns:
        The blocks found, in the order of the sheet. Empty where neither axis could be told.
    """
    rivals = vocabulary.of_table(sheet.table)
    if not rivals:
        return ()
    lines = [_line(sheet, r, vocabulary) for r in range(len(sheet.rows))]
    found: list[list[AlignedBlock]] = []
    columns: list[_Column] = []
    for part in _parts([line for line in lines if line], rivals):
        own = _beyond_stub(sheet, part, _columns(sheet, part, vocabulary, rivals), rivals)
        if any(_matches(column, block) for column in own for block in rivals):
            columns = own
        if not part.data:
            continue
        heads = {key for line in part.heads for key in line.keys}
        candidates = _rivals_for(heads, rivals)
        fits = (_fit(sheet, part, columns, block, vocabulary) for block in candidates)
        fitted = [aligned for aligned in fits if aligned is not None]
        if fitted:
            found.append(fitted)
    return _choose(found, preferred)


def _choose(found: Sequence[Sequence[AlignedBlock]], preferred: str) -> tuple[AlignedBlock, ...]:
    """The best-fitting block of each part; the form that fits the whole sheet breaks ties."""
    totals: dict[str, float] = {}
    for fitted in found:
        for aligned in fitted:
            totals[aligned.block.form] = totals.get(aligned.block.form, 0.0) + aligned.fit

    def rank(aligned: AlignedBlock) -> tuple[float, float, bool]:
        form = aligned.block.form
        return round(aligned.fit, 3), round(totals[form], 3), form == preferred

    def rank_of_form(aligned: AlignedBlock) -> tuple[float, float, bool]:
        fit, total, is_preferred = rank(aligned)
        return total, fit, is_preferred

    chosen = []
    for fitted in found:
        one_block_forms = len({aligned.block.position for aligned in fitted}) == 1 and all(
            aligned.block.position == 0 for aligned in fitted
        )
        chosen.append(max(fitted, key=rank_of_form if one_block_forms else rank))
    return tuple(chosen)


def _line(sheet: Sheet, r: int, vocabulary: Vocabulary) -> _Line | None:
    texts, keys, figures, blanks = [], [], [], []
    starting = sheet.starting(r)
    if not starting:
        return None
    for cell in starting:
        text = cell.text
        if is_blank(text):
            blanks.append(cell)
        elif parse_figure(text) is not None or vocabulary.is_void(text):
            figures.append(cell)
        else:
            texts.append(cell)
            keys.append(vocabulary.key(text))
    return _Line(r, tuple(texts), tuple(keys), tuple(figures), tuple(blanks))


def _is_head(line: _Line, rivals: Sequence[BlockIndex]) -> bool:
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


def _parts(lines: Sequence[_Line], rivals: Sequence[BlockIndex]) -> list[_Part]:
    """Cut a sheet into sub-tables: a new one begins where headings follow data."""
    parts: list[_Part] = []
    heads: list[_Line] = []
    data: list[_Line] = []
    for line in lines:
        if _is_head(line, rivals):
            if data:
                parts.append(_Part(tuple(heads), tuple(data)))
                heads, data = [], []
            heads.append(line)
        elif line.figures or line.blanks or _names_row(line, rivals):
            data.append(line)
        elif not data:
            heads.append(line)
    parts.append(_Part(tuple(heads), tuple(data)))
    return parts


def _names_row(line: _Line, rivals: Sequence[BlockIndex]) -> bool:
    return any(key in block.rows.lookup for key in line.keys for block in rivals)


def _rivals_for(heads: set[str], rivals: Sequence[BlockIndex]) -> list[BlockIndex]:
    """The blocks that a caption names, or all where no caption decides."""
    captioned = [block for block in rivals if block.captions & heads]
    return captioned or list(rivals)


def _columns(
    sheet: Sheet, part: _Part, vocabulary: Vocabulary, rivals: Sequence[BlockIndex]
) -> list[_Column]:
    """The columns of a part, each under its lowest heading."""
    if not part.heads or not sheet.rows:
        return []
    columns: list[_Column] = []
    groups = frozenset[str]().union(*(block.groups for block in rivals))
    head_rows = [sheet.rows[line.index] for line in part.heads]
    for c in range(sheet.n_cols):
        path = _path(head_rows, c)
        leaf = path[-1] if path else None
        if columns and leaf is not None and columns[-1].cell is leaf:
            last = columns[-1]
            columns[-1] = _Column((*last.spots, c), last.keys, last.path, leaf)
            continue
        filled = [cell.text for cell in path if not is_blank(cell.text)]
        above = _groups_above(head_rows, c, leaf, groups, vocabulary)
        labels = (*above, *(vocabulary.key(text) for text in filled))
        keys = tuple(
            vocabulary.key("".join(filled[-n:])) for n in range(1, min(3, len(filled)) + 1)
        )
        bare = not keys or keys[0] in groups
        columns.append(_Column((c,), () if bare else keys, labels, None if bare else leaf))
    return columns


def _matches(column: _Column, block: BlockIndex) -> bool:
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


def _beyond_stub(
    sheet: Sheet, part: _Part, columns: Sequence[_Column], rivals: Sequence[BlockIndex]
) -> list[_Column]:
    """The columns to the right of the row labels."""
    named = [
        column.spots[0] for column in columns if any(_matches(column, block) for block in rivals)
    ]
    stub = _stub_width(sheet, part, named[0] if named else None)
    return [column for column in columns if column.spots[0] >= stub]


def _stub_width(sheet: Sheet, part: _Part, first_named: int | None) -> int:
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


def _fit(
    sheet: Sheet,
    part: _Part,
    columns: Sequence[_Column],
    block: BlockIndex,
    vocabulary: Vocabulary,
) -> AlignedBlock | None:
    """Read one part as one block, ``None`` where its rows or columns do not fit at all."""
    across = _assign_columns(columns, block)
    first = min(
        (
            spot
            for column, target in zip(columns, across.targets, strict=True)
            if target is not None
            for spot in column.spots
        ),
        default=sheet.n_cols,
    )
    down = _assign_rows(part, first, block, vocabulary)
    if all(target is None for target in down.targets):
        return None
    if all(target is None for target in across.targets):
        return None
    headings = {
        spot: column.cell.text if column.cell else "" for column in columns for spot in column.spots
    }
    reader = _Reader(sheet, headings, columns, across, block)
    readings = []
    for line, target, score in zip(part.data, down.targets, down.scores, strict=True):
        if target is not None:
            readings += reader.row(line, target, score)
    places = [cell for line in part.data for cell in (*line.texts, *line.figures)]
    return AlignedBlock(
        block=block,
        readings=tuple(readings),
        rows=frozenset(target for target in down.targets if target is not None),
        columns=frozenset(target for target in across.targets if target is not None),
        oddities=(
            *_damaged_heads(columns, across, block, part),
            *_unknown_rows(part, down, first),
            *_unknown_columns(sheet, part, columns, across),
        ),
        location=places[0].location if places else sheet.location,
        method=Method.GRID,
        fit=down.fit + across.fit,
    )


def _assign_columns(columns: Sequence[_Column], block: BlockIndex) -> _Axis:
    """Printed columns to the columns of a block, by heading and order."""
    n = len(block.columns.keys)
    scores = []
    for column in columns:
        row = list(column.scores(block))
        for j, parents in enumerate(block.column_parents):
            if parents and row[j]:
                shared = sum(parent in column.path for parent in parents)
                lost = parents[-1] not in column.path and block.is_repeated(j)
                row[j] = row[j] * (_LOST_GROUP if lost else 0.9) + 0.1 * shared / len(parents)
        scores.append(row)
    targets = _with_copies(columns, align(scores, n))
    if n == 1:
        return _spread(columns, targets, scores)
    placed = place_exact(targets, scores, _SURE)

    def may_be(i: int, _target: int) -> bool:
        return not columns[i].key

    filled = fill_by_position(targets, may_be, n) if placed == targets else placed
    return _Axis(filled, _scores(filled, placed, scores))


def _with_copies(
    columns: Sequence[_Column], targets: Sequence[int | None]
) -> tuple[int | None, ...]:
    """Columns beside an assigned one with the very same heading: a merged cell copied out."""
    spread = list(targets)
    for order in (range(1, len(columns)), range(len(columns) - 2, -1, -1)):
        for i in order:
            beside = i - order.step
            if spread[i] is None and columns[i].key and columns[i].keys == columns[beside].keys:
                spread[i] = spread[beside]
    return tuple(spread)


def _spread(
    columns: Sequence[_Column], targets: Sequence[int | None], scores: Sequence[Sequence[float]]
) -> _Axis:
    """The one column of a block with all blank headings beside it: a merged cell drawn unmerged."""
    if 0 not in targets:
        return _Axis(tuple(targets), (0.0,) * len(targets))
    score = _scores(targets, targets, scores)[targets.index(0)]
    spread = tuple(
        0 if target == 0 or not column.key else None
        for target, column in zip(targets, columns, strict=True)
    )
    return _Axis(spread, tuple(0.0 if place is None else score for place in spread))


def _scores(
    filled: Sequence[int | None],
    targets: Sequence[int | None],
    scores: Sequence[Sequence[float]],
) -> tuple[float, ...]:
    return tuple(
        0.0
        if place is None
        else _BY_POSITION
        if target is None
        else min(1.0, scores[i][place] + (0.1 if scores[i][place] >= _SURE else 0.0))
        for i, (place, target) in enumerate(zip(filled, targets, strict=True))
    )


def _assign_rows(part: _Part, first: int, block: BlockIndex, vocabulary: Vocabulary) -> _Axis:
    """Printed rows to the rows of a block, by label and order."""
    n = len(block.rows.keys)
    if not block.labelled_rows:
        return _assign_unlabelled(part, n)
    nothing = (0.0,) * n
    scores = [
        tuple(map(max, nothing, *(block.rows.scores(key) for key in keys))) if keys else nothing
        for keys in (_row_keys(line, first, vocabulary) for line in part.data)
    ]
    targets = align(scores, n)
    placed = place_exact(targets, scores)

    def may_be(i: int, target: int) -> bool:
        line = part.data[i]
        keys = _row_keys(line, first, vocabulary)
        if keys:
            return any(block.rows.could_be(key, target) for key in keys)
        return bool(line.figures or line.blanks)

    filled = fill_by_position(targets, may_be, n) if placed == targets else placed
    return _Axis(filled, _scores(filled, placed, scores))


def _assign_unlabelled(part: _Part, n: int) -> _Axis:
    """Rows without labels on the form: exactly as many as hold figures, or as are blank."""
    with_figures = [i for i, line in enumerate(part.data) if line.figures]
    chosen = with_figures or list(range(len(part.data)))
    targets: list[int | None] = [None] * len(part.data)
    if len(chosen) == n:
        for target, i in enumerate(chosen):
            targets[i] = target
    return _Axis(tuple(targets), tuple(0.0 if t is None else 1.0 for t in targets))


def _row_keys(line: _Line, first: int, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What may be the label of a row: its last label cell, or all of them run together."""
    labels = [
        (cell, key) for cell, key in zip(line.texts, line.keys, strict=True) if cell.col < first
    ]
    if not labels:
        return ()
    last = labels[-1][1]
    if len(labels) == 1:
        return (last,)
    return last, vocabulary.key("".join(cell.text for cell, _ in labels))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the cells of one row of one block.

    ``headings`` is the text above each grid column.
    """

    sheet: Sheet
    headings: Mapping[int, str]
    columns: Sequence[_Column]
    across: _Axis
    block: BlockIndex

    def row(self, line: _Line, target: int, score: float) -> list[Reading]:
        """Readings of every cell of the block in this printed row."""
        readings = []
        for rule in self.block.cells_of_row(target):
            held = [i for i, place in enumerate(self.across.targets) if place == rule.column]
            if held:
                spots = tuple(spot for i in held for spot in self.columns[i].spots)
                fit = self.across.scores[held[0]]
                readings.append(self._cell(line, spots, rule, min(score, fit)))
        return readings

    def _cell(self, line: _Line, spots: tuple[int, ...], rule: CellRule, score: float) -> Reading:
        row = self.sheet.rows[line.index]
        cells = [row[spot] for spot in spots]
        distinct = list({id(cell): cell for cell in cells if cell is not None}.values())
        filled = [cell for cell in distinct if not is_blank(cell.text)]
        trace = (f"row {line.index + 1}", f"columns {spots[0] + 1}-{spots[-1] + 1}")
        if not distinct:
            return reading_of(None, rule, State.MISSING, score, trace)
        chosen = filled[0] if filled else distinct[0]
        differing = len({cell.text.strip() for cell in filled}) > 1
        if differing or self._shared(chosen, row, spots, line):
            return reading_of(chosen, rule, State.UNRESOLVED, score, trace)
        printed = money_unit(self.headings[spots[0]]) if rule.quantity is Quantity.AMOUNT else ""
        return read_text(chosen.text, chosen.location, rule, Method.GRID, score, trace, printed)

    def _shared(self, cell: Cell, row: Row, spots: tuple[int, ...], line: _Line) -> bool:
        """Whether a cell also covers another column, or another row of data, of the block."""
        if cell.col_span == 1 and cell.row_span == 1:
            return False
        for other, target in zip(self.columns, self.across.targets, strict=True):
            if target is None or other.spots[0] in spots:
                continue
            if any(row[spot] is cell for spot in other.spots):
                return True
        if cell.row_span > 1:
            below = self.sheet.rows[line.index + 1 : line.index + cell.row_span]
            above = self.sheet.rows[line.index - 1 : line.index]
            spot = spots[0]
            others = (*below, *above)
            return any(other[spot] is cell and _has_own_label(other, row, spot) for other in others)
        return False


def _has_own_label(other: Row, row: Row, spot: int) -> bool:
    """Whether another grid row is a row of its own: a cell left of the spot differs."""
    return any(a is not b for a, b in zip(other[:spot], row[:spot], strict=True))


def read_text(
    text: str,
    location: Location,
    rule: CellRule,
    method: Method,
    score: float,
    trace: tuple[str, ...],
    printed: str = "",
) -> Reading:
    """The reading of a text that is known to stand in the cell of ``rule``.

    ``printed`` is the unit of money that the heading above it names.
    """
    if is_blank(text):
        return Reading(
            rule.indicator, None, text, rule.unit, State.BLANK, method, location, score, trace
        )
    figure = parse_figure(text)
    if figure is None:
        state = State.UNRESOLVED if _several_figures(text) else State.INVALID
        return Reading(
            rule.indicator, None, text.strip(), rule.unit, state, method, location, score, trace
        )
    return Reading(
        rule.indicator,
        figure.in_unit(rule.unit, printed),
        text.strip(),
        rule.unit or figure.printed_unit or printed,
        State.REPORTED,
        method,
        location,
        score,
        trace,
    )


def _several_figures(text: str) -> bool:
    pieces = text.split()
    return len(pieces) > 1 and all(parse_figure(piece) is not None for piece in pieces)


def reading_of(
    cell: Cell | None, rule: CellRule, state: State, score: float, trace: tuple[str, ...]
) -> Reading:
    """A reading that gives no number."""
    return Reading(
        indicator=rule.indicator,
        number=None,
        raw=cell.text.strip() if cell else "",
        unit=rule.unit,
        state=state,
        method=Method.GRID,
        location=cell.location if cell else Location(),
        score=score,
        trace=trace,
    )


def _evidence(cells: Sequence[Cell], role: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(role, cell.text.strip(), cell.location) for cell in cells)


def _damaged_heads(
    columns: Sequence[_Column], across: _Axis, block: BlockIndex, part: _Part
) -> tuple[Oddity, ...]:
    """Headings that are lost or altered."""
    damaged = [
        (column, target)
        for column, target, score in zip(columns, across.targets, across.scores, strict=True)
        if target is not None and score < _SURE
    ]
    if not damaged:
        return ()
    labels = [block.rule.columns[target].label.text for _, target in damaged]
    cells = [column.cell for column, _ in damaged if column.cell is not None]
    anywhere = cells or [cell for line in part.heads for cell in line.texts]
    return (Oddity("table_header_damaged", "、".join(labels), _evidence(anywhere, "heading")),)


def _unknown_rows(part: _Part, down: _Axis, first: int) -> tuple[Oddity, ...]:
    """Rows with figures that the block does not know."""
    rows = [
        line
        for line, target in zip(part.data, down.targets, strict=True)
        if target is None and any(figure.col >= first for figure in line.figures)
    ]
    if not rows:
        return ()
    labels = ["".join(cell.text for cell in line.texts) or "—" for line in rows]
    cells = [(line.texts or line.figures)[0] for line in rows]
    return (Oddity("rows_unexpected", "、".join(labels), _evidence(cells, "row")),)


def _unknown_columns(
    sheet: Sheet, part: _Part, columns: Sequence[_Column], across: _Axis
) -> tuple[Oddity, ...]:
    """Columns with figures that the block does not know."""
    cells = []
    for column, target in zip(columns, across.targets, strict=True):
        if target is not None:
            continue
        held = [
            cell
            for line in part.data
            for cell in line.figures
            if any(sheet.rows[line.index][spot] is cell for spot in column.spots)
        ]
        if held:
            cells.append(column.cell if column.cell and column.key else held[0])
    if not cells:
        return ()
    labels = "、".join(cell.text.strip() or "—" for cell in cells)
    return (Oddity("column_unexpected", labels, _evidence(cells, "column")),)
