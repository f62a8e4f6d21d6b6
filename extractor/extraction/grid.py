"""A sheet with a true grid against the blocks of its table: labelled axes, read by coordinates.

The layout is chosen for each sub-table from its labels. No value is read without a label on its
row and on its column, or an unlabelled place between labelled neighbours that leaves no choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from extractor.document import Cell, TableOrigin
from extractor.extraction.aligned import AlignedBlock, Oddity
from extractor.extraction.axes import (
    Column,
    Line,
    Part,
    beyond_stub,
    columns_of,
    heal_cut_rows,
    line_of,
    names_column,
    parts_of,
)
from extractor.extraction.column_axis import SURE, AxisFit, assign_columns
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.readings import read_text, reading_of
from extractor.extraction.row_axis import assign_rows
from extractor.extraction.sheets import Row, Sheet, uneven_rows
from extractor.extraction.side_by_side import apart
from extractor.numerals import is_blank, money_unit, parse_figure
from extractor.report import Evidence, Method, Reading, State
from extractor.rulebook.model import CellRule, Quantity
from extractor.textnorm import squash

_LOST_COLUMN = 0.25
"""What a column without a heading costs a block against its rivals."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """One part of a sheet taken as one block, before any cell is read.

    ``first`` is the first grid column that holds figures.
    """

    sheet: Sheet
    block: BlockIndex
    part: Part
    columns: Sequence[Column]
    across: AxisFit
    down: AxisFit
    first: int

    @property
    def score(self) -> float:
        """How well the labels fit, less a little for columns that no heading names."""
        lost = len(self.block.columns.keys) - len(set(self.across.targets) - {None})
        return self.down.fit + self.across.fit - _LOST_COLUMN * lost


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
    found = [
        fitted
        for piece in apart(sheet, rivals, vocabulary)
        for fitted in _fits_of(piece, rivals, vocabulary)
    ]
    by_form = len({block.position for block in rivals}) == 1
    return tuple(_read(fit) for fit in _choose(found, preferred, by_form))


def _fits_of(
    sheet: Sheet, rivals: Sequence[BlockIndex], vocabulary: Vocabulary
) -> Iterator[list[_Fit]]:
    """For each part of a sheet every block it may be."""
    lines = [line_of(sheet, r, vocabulary) for r in range(len(sheet.rows))]
    columns: list[Column] = []
    for whole in parts_of([line for line in lines if line], rivals):
        part = heal_cut_rows(whole, rivals)
        own = beyond_stub(sheet, part, columns_of(sheet, part, vocabulary, rivals), rivals)
        if any(names_column(column, block) for column in own for block in rivals):
            columns = own
        if not part.data:
            continue
        heads = {key for line in part.heads for key in line.keys}
        candidates = _rivals_for(heads, rivals)
        fits = (_fit(sheet, part, columns, block, vocabulary) for block in candidates)
        fitted = [fit for fit in fits if fit is not None]
        if fitted:
            yield fitted


def _choose(found: Sequence[Sequence[_Fit]], preferred: str, by_form: bool) -> list[_Fit]:
    """The best-fitting block of each part.

    Where a form has one block for the whole table (``by_form``), the form that fits all parts best
    wins; elsewhere it only breaks ties, and a part that no caption and no label of a row tells is
    the only block left between those before and behind it, or none.
    """
    totals: dict[str, float] = {}
    for fitted in found:
        for fit in fitted:
            totals[fit.block.form] = totals.get(fit.block.form, 0.0) + fit.score

    def rank(fit: _Fit) -> tuple[float, float, bool]:
        own, total = round(fit.score, 3), round(totals[fit.block.form], 3)
        first, second = (total, own) if by_form else (own, total)
        return first, second, fit.block.form == preferred

    if by_form:
        return [max(fitted, key=rank) for fitted in found]
    told = [max(named, key=rank) if (named := _named(fitted)) else None for fitted in found]
    chosen = []
    for i, (fitted, sure) in enumerate(zip(found, told, strict=True)):
        best = sure
        if best is None:
            before = max((fit.block.position for fit in told[:i] if fit), default=-1)
            after = min((fit.block.position for fit in told[i:] if fit), default=inf)
            between = [fit for fit in fitted if before < fit.block.position < after]
            if len({fit.block.position for fit in between}) == 1:
                best = max(between, key=rank)
        if best is not None:
            chosen.append(best)
    return chosen


def _named(fitted: Sequence[_Fit]) -> list[_Fit]:
    """What a part may be if a caption or the label of a row must tell it."""
    return [
        fit
        for fit in fitted
        if not fit.block.labelled_rows
        or not fit.down.by_position
        or any(fit.block.captions & set(line.keys) for line in fit.part.heads)
    ]


def _rivals_for(heads: set[str], rivals: Sequence[BlockIndex]) -> list[BlockIndex]:
    """The blocks that a caption names, or all where no caption decides."""
    captioned = [block for block in rivals if block.captions & heads]
    return captioned or list(rivals)


def _fit(
    sheet: Sheet,
    part: Part,
    columns: Sequence[Column],
    block: BlockIndex,
    vocabulary: Vocabulary,
) -> _Fit | None:
    """One part as one block, ``None`` where its rows or columns do not fit at all."""
    across = assign_columns(columns, block)
    spots = [
        spot
        for column, target in zip(columns, across.targets, strict=True)
        if target is not None
        for spot in column.spots
    ]
    if not spots:
        return None
    first = min(spots)
    down = assign_rows(part, first, block, vocabulary)
    if all(target is None for target in down.targets):
        return None
    return _Fit(sheet, block, part, columns, across, down, first)


def _read(fit: _Fit) -> AlignedBlock:
    """Every cell of a part and what is odd about it; uneven rows of markup read by counting."""
    sheet = fit.sheet
    doubtful = uneven_rows(sheet) if sheet.origin is TableOrigin.TAGGED else frozenset[int]()
    part, columns, across, down = fit.part, fit.columns, fit.across, fit.down
    reader = _Reader(sheet, _places(columns, across), columns, across, fit.block, fit.first)
    readings = []
    for line, target, score in zip(part.data, down.targets, down.scores, strict=True):
        if target is None:
            continue
        counted = line.index in doubtful
        readings += (reader.counted if counted else reader.row)(line, target, score)
    places = [cell for line in part.data for cell in (*line.texts, *line.figures)]
    return AlignedBlock(
        block=fit.block,
        readings=tuple(readings),
        rows=frozenset(target for target in down.targets if target is not None),
        columns=frozenset(target for target in across.targets if target is not None),
        oddities=(
            *_damaged_heads(columns, across, fit.block, part),
            *_unknown_rows(part, down, fit.first),
            *_unknown_columns(sheet, part, columns, across, doubtful),
        ),
        location=places[0].location if places else sheet.location,
        method=Method.GRID,
        fit=fit.score,
        sound_heads=doubtful.isdisjoint(line.index for line in part.heads),
        in_order=all(a <= b for a, b in pairwise(t for t in across.targets if t is not None)),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the figures of one column of a block stand: grid columns, fit, unit in the heading."""

    spots: tuple[int, ...]
    score: float
    trace: str
    unit: str


def _places(columns: Sequence[Column], across: AxisFit) -> dict[int, _Place]:
    """The place of every column that was assigned, by its index in the block."""
    held: dict[int, list[int]] = {}
    for i, target in enumerate(across.targets):
        if target is not None:
            held.setdefault(target, []).append(i)
    places = {}
    for target, items in held.items():
        spots = tuple(spot for i in items for spot in columns[i].spots)
        cell = columns[items[0]].cell
        trace = f"columns {spots[0] + 1}-{spots[-1] + 1}"
        unit = money_unit(cell.text) if cell is not None else ""
        places[target] = _Place(spots, across.scores[items[0]], trace, unit)
    return places


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the cells of one row of one block."""

    sheet: Sheet
    places: Mapping[int, _Place]
    columns: Sequence[Column]
    across: AxisFit
    block: BlockIndex
    first: int

    def row(self, line: Line, target: int, score: float) -> list[Reading]:
        """Readings of every cell of the block in this printed row."""
        row, trace = self.sheet.rows[line.index], f"row {line.index + 1}"
        return [
            self._cell(line, row, trace, place, rule, min(score, place.score))
            for rule in self.block.cells_of_row(target)
            if (place := self.places.get(rule.column)) is not None
        ]

    def counted(self, line: Line, target: int, score: float) -> list[Reading]:
        """Readings of a row whose cells have moved: by order, where it has all of them."""
        rules = self.block.cells_of_row(target)
        last = max((cell.col for cell in line.texts), default=-1)
        cells = [cell for cell in (*line.figures, *line.blanks) if cell.col > last]
        cells.sort(key=lambda cell: cell.col)
        if len(self.block.columns.keys) == 1:
            cells = [cell for cell in cells if not is_blank(cell.text)] or cells[:1]
        trace = (f"row {line.index + 1}", f"{len(cells)} cells after the label")
        whole = len(cells) == len(self.block.columns.keys) == len(self.places)
        if not whole or (len(cells) > 1 and any(cell.col_span > 1 for cell in cells)):
            held = cells[0] if cells else None
            return [reading_of(held, rule, State.UNRESOLVED, score, trace) for rule in rules]
        return [
            read_text(
                cells[rule.column].text, cells[rule.column].location, rule, Method.GRID,
                min(score, SURE), trace, self.places[rule.column].unit,
            )
            for rule in rules
        ]  # fmt: skip

    def _cell(
        self, line: Line, row: Row, where: str, place: _Place, rule: CellRule, score: float
    ) -> Reading:
        trace = (where, place.trace)
        distinct = list({id(cell): cell for spot in place.spots if (cell := row[spot])}.values())
        if not distinct:
            return reading_of(None, rule, State.MISSING, score, trace)
        filled = [cell for cell in distinct if not is_blank(cell.text)]
        whole = [cell for cell in filled if parse_figure(cell.text) is not None]
        chosen = (whole or filled or distinct)[0]
        label = next((k for t, k in zip(line.texts, line.keys, strict=True) if t is chosen), "")
        if label and chosen.col < self.first:
            return reading_of(None, rule, State.MISSING, score, trace)
        if label in self.block.rows.telling or label in self.block.columns.telling:
            return reading_of(chosen, rule, State.UNRESOLVED, score, trace)
        differing = len({squash(cell.text) for cell in filled}) > 1
        if differing or self._shared(chosen, row, place.spots, line):
            return reading_of(chosen, rule, State.UNRESOLVED, score, trace)
        printed = place.unit if rule.quantity is Quantity.AMOUNT else ""
        return read_text(chosen.text, chosen.location, rule, Method.GRID, score, trace, printed)

    def _shared(self, cell: Cell, row: Row, spots: tuple[int, ...], line: Line) -> bool:
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


def _evidence(cells: Sequence[Cell], role: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(role, cell.text.strip(), cell.location) for cell in cells)


def _damaged_heads(
    columns: Sequence[Column], across: AxisFit, block: BlockIndex, part: Part
) -> tuple[Oddity, ...]:
    """Headings that are lost or altered."""
    damaged = [
        (column, target)
        for column, target, score in zip(columns, across.targets, across.scores, strict=True)
        if target is not None and score < SURE
    ]
    if not damaged:
        return ()
    labels = [block.rule.columns[target].label.text for _, target in damaged]
    cells = [column.cell for column, _ in damaged if column.cell is not None]
    anywhere = cells or [cell for line in part.heads for cell in line.texts]
    return (Oddity("table_header_damaged", "、".join(labels), _evidence(anywhere, "heading")),)


def _unknown_rows(part: Part, down: AxisFit, first: int) -> tuple[Oddity, ...]:
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
    sheet: Sheet,
    part: Part,
    columns: Sequence[Column],
    across: AxisFit,
    doubtful: frozenset[int],
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
            if line.index not in doubtful
            and any(sheet.rows[line.index][spot] is cell for spot in column.spots)
        ]
        if held:
            cells.append(column.cell if column.cell and column.key else held[0])
    if not cells:
        return ()
    labels = "、".join(cell.text.strip() or "—" for cell in cells)
    return (Oddity("column_unexpected", labels, _evidence(cells, "column")),)
