"""A flattened table whose figures have come apart from their labels, read by counting all of them.

Some conversions print labels first and figures later. Where the text holds exactly as many figures
as the form has cells, they can be placed if all are the same; or if, taken row by row, every row
and column adds up and every figure that stands behind a label comes to lie in its row. Nothing else
is read here; such values are inferred, not printed in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate

from extractor.extraction.aligned import AlignedBlock
from extractor.extraction.chunks import LABELLED, LEAST_TAIL, tail_score
from extractor.extraction.foreign import (
    has_all_letters,
    holds_another_table,
    holds_foreign,
    of_another_form,
)
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.pieces import Token
from extractor.extraction.prefixed import prefixed_rows
from extractor.extraction.referee import Referee
from extractor.extraction.stream_heads import exchanged, lines_in_order, sound_text, sound_words
from extractor.extraction.tiled import Flow, TooManyError, layouts
from extractor.extraction.tokens import Run
from extractor.numerals import parse_figure
from extractor.report import Method, Reading, State
from extractor.rulebook.model import CellRule
from extractor.textnorm import squash

_SHARE_FOUND = 0.6
"""Share of the row labels that must stand in one piece for the text to be this table."""
_SCORE = 0.8
_LEAST_WORD = 2
"""Letters from which a word between figures is more than a unit."""

Rows = tuple[tuple[Token, ...], ...]


def align_counted(
    runs: Sequence[Run],
    rivals: Sequence[BlockIndex],
    vocabulary: Vocabulary,
    referee: Referee,
    known: Sequence[AlignedBlock],
) -> tuple[AlignedBlock, ...]:
    """All blocks of one form of a table, if all its figures are there and can be placed.

    Args:
        runs: The labels and figures of a stretch of text.
        rivals: The blocks of the table, in all forms.
        vocabulary: The labels of all forms.
        referee: Says whether the form's arithmetic proves a set of figures.
        known: What was read by label and order; none of its figures may be contradicted.

    Returns:
        The blocks with every cell inferred; empty where anything is in doubt.
    """
    for form in dict.fromkeys(block.form for block in rivals):
        blocks = [block for block in rivals if block.form == form]
        held = _held(runs, blocks, vocabulary)
        if held is None or of_another_form(held, form, rivals, vocabulary):
            continue
        if not has_all_letters(held, blocks, vocabulary) and holds_foreign(
            held, blocks, vocabulary
        ):
            continue
        tokens = [token for run in held for token in run.tokens]
        if len({token.text for token in tokens}) == 1:
            placed = {cell.indicator: tokens[i] for i, cell in enumerate(_cells(blocks))}
        elif len(blocks) == 1 and blocks[0].labelled_rows:
            placed = _placed(held, blocks[0], vocabulary, referee)
        else:
            continue
        if placed and _agrees(placed, known):
            return tuple(_aligned(block, placed) for block in blocks)
    return ()


def _cells(blocks: Sequence[BlockIndex]) -> list[CellRule]:
    return [cell for block in blocks for cell in block.rule.cells]


def _held(
    runs: Sequence[Run], blocks: Sequence[BlockIndex], vocabulary: Vocabulary
) -> Sequence[Run] | None:
    """The runs that hold the figures of a form, ``None`` where they are too many or too few."""
    keyed = [vocabulary.key(run.label) for run in runs]
    wordings = {
        w for b in blocks for w in (*b.rows.telling, *b.columns.telling, *b.captions, *b.groups)
    }
    telling = {w for w in wordings if len(w) >= LEAST_TAIL}
    start = next((i for i, key in enumerate(keyed) if any(w in key for w in telling)), len(runs))
    labels = {w for block in blocks for w in block.rows.telling if len(w) >= LEAST_TAIL}
    needed, count = len(_cells(blocks)), 0
    for stop in range(start, len(runs)):
        tokens = runs[stop].tokens
        count += len(tokens)
        if count > needed or any(parse_figure(token.text) is None for token in tokens):
            return None
        if count == needed and _goes_on(runs, stop, vocabulary):
            return None
        if count == needed:
            rest = "".join(keyed[stop + 1 :])
            tail = vocabulary.key(runs[stop].after)
            text = "".join(keyed[start : stop + 1]) + tail
            if any(w in rest.removeprefix(tail) for w in telling) or not _labelled(text, blocks):
                return None
            if any(keyed[stop + 1 :]) and any(keyed[stop + 1].endswith(w) for w in labels):
                return None
            if holds_another_table(runs[start : stop + 1], blocks[0].table, telling, vocabulary):
                return None
            return runs[start : stop + 1]
    return None


def _goes_on(runs: Sequence[Run], stop: int, vocabulary: Vocabulary) -> bool:
    """Whether further figures follow with nothing between but units and strokes."""
    following = runs[stop + 1 : stop + 2]
    return any(
        all(len(vocabulary.key(word.text)) < _LEAST_WORD for word in run.labels)
        for run in following
    )


def _labelled(text: str, blocks: Sequence[BlockIndex]) -> bool:
    """Whether the labels of a form stand in a text, pieces of some of them apart."""
    if len(blocks) == 1:
        long = [names for names in blocks[0].rows.keys if len(names[0]) >= LEAST_TAIL]
        found = sum(any(w in text for w in names) for names in long)
        return found >= _SHARE_FOUND * len(long) and (bool(long) or sound_text(text, blocks[0]))
    return all(
        any(w in text for w in names)
        for block in blocks
        for names in (*block.rows.keys, *block.columns.keys)
    )


def _placed(
    runs: Sequence[Run], block: BlockIndex, vocabulary: Vocabulary, referee: Referee
) -> dict[str, Token]:
    """The figures by cell, row by row or block by block, if everything bears that out."""
    keyed = [vocabulary.key(run.label) for run in runs]
    in_order = lines_in_order([run.labels for run in runs], block)
    words = [vocabulary.key(token.text) for run in runs for token in run.labels]
    if not (in_order and sound_words(words, block)) or _exchanged(runs, block):
        return {}
    told = [_told(key, block) for key in keyed]
    rows = _rows_in_order(runs, told, block, referee)
    if rows is None:
        rows = _rows_by_block(runs, keyed, told, block, referee)
    if rows is None:
        rows = _rows_with_prefixes(runs, keyed, told, block, referee)
    if rows is None:
        return {}
    return {cell.indicator: rows[cell.row][cell.column] for cell in block.rule.cells}


def _exchanged(runs: Sequence[Run], block: BlockIndex) -> bool:
    """Whether the headings above the first whole row name other columns than their order does."""
    width = len(block.columns.keys)
    first = next((i for i, run in enumerate(runs) if len(run.lines[0]) == width), None)
    if first is None:
        return False
    words = [word for run in runs[: first + 1] for word in run.labels]
    return exchanged(words, runs[first].lines[0], block)


def _rows_in_order(
    runs: Sequence[Run],
    told: Sequence[frozenset[int]],
    block: BlockIndex,
    referee: Referee,
) -> Rows | None:
    """The figures row by row, if every row adds up and holds the figure behind its own label."""
    width = len(block.columns.keys)
    tokens = [token for run in runs for token in run.tokens]
    rows = tuple(tuple(tokens[at : at + width]) for at in range(0, len(tokens), width))
    start = 0
    for run, places in zip(runs, told, strict=True):
        if places and start // width not in places:
            return None
        start += len(run.tokens)
    adds_up = all(_adds_up(row, place, block, referee) for place, row in enumerate(rows))
    return rows if adds_up and _proven(rows, block, referee) else None


def _rows_by_block(
    runs: Sequence[Run],
    keyed: Sequence[str],
    told: Sequence[frozenset[int]],
    block: BlockIndex,
    referee: Referee,
) -> Rows | None:
    """The figures of columns and parts of columns that were printed one after the other.

    Taken only where all sums hold in one layout of the blocks and in no other.
    """
    tokens = [token for run in runs for token in run.tokens]
    starts = [0, *accumulate(len(run.tokens) for run in runs)][:-1]
    parted = {start + at for start, run in zip(starts, runs, strict=True) for at in run.breaks}
    headed = [_headed(key, block) for key in keyed]
    flow = Flow(
        texts=[_bare(token) for token in tokens],
        apart=frozenset(parted.union(starts)),
        labelled=frozenset(starts),
        rows={at: places for at, places in zip(starts, told, strict=True) if places},
        columns={at: places for at, places in zip(starts, headed, strict=True) if places},
    )

    @cache
    def holds(place: int, texts: tuple[str, ...]) -> bool:
        row = [Token(text, tokens[0].location) for text in texts]
        return _adds_up(row, place, block, referee)

    height, width = len(block.rows.keys), len(block.columns.keys)
    for deep in (False, True):
        try:
            grids = layouts(flow, height, width, holds, deep=deep)
        except TooManyError:
            return None
        laid = [tuple(tuple(tokens[at] for at in line) for line in grid) for grid in grids]
        proven = [rows for rows in laid if _proven(rows, block, referee)]
        if proven:
            return proven[0] if len(proven) == 1 else None
    return None


def _rows_with_prefixes(
    runs: Sequence[Run],
    keyed: Sequence[str],
    told: Sequence[frozenset[int]],
    block: BlockIndex,
    referee: Referee,
) -> Rows | None:
    """The figures of rows that are parted between their labels and another place.

    Taken only where all sums hold in one layout and in no other.
    """
    tokens = [token for run in runs for token in run.tokens]
    texts = [_bare(token) for token in tokens]

    @cache
    def holds(place: int, line: tuple[str, ...]) -> bool:
        row = [Token(text, tokens[0].location) for text in line]
        return _adds_up(row, place, block, referee)

    try:
        grids = prefixed_rows(runs, keyed, told, texts, block, holds)
    except TooManyError:
        return None
    found: dict[tuple[str, ...], Rows] = {}
    for grid in grids:
        rows = tuple(tuple(tokens[at] for at in line) for line in grid)
        if _proven(rows, block, referee):
            found[tuple(texts[at] for line in grid for at in line)] = rows
    return next(iter(found.values())) if len(found) == 1 else None


def _bare(token: Token) -> str:
    """The number of a figure, so that figures with and without a unit are alike."""
    figure = parse_figure(token.text)
    assert figure is not None
    return str(figure.number) if not figure.scale else squash(token.text)


def _told(label: str, block: BlockIndex) -> frozenset[int]:
    """The rows that a text names whose end is a whole label, not a word that headings have too."""
    names = [w for w in block.rows.telling if len(w) >= LEAST_TAIL and label.endswith(w)]
    return _named(label, block) if names else frozenset()


def _headed(label: str, block: BlockIndex) -> frozenset[int]:
    """The columns whose headings stand in a text; none where its end is none of them."""
    headings = block.columns.keys
    ends = any(label.endswith(w) for names in headings for w in names if w)
    if not ends or _named(label, block):
        return frozenset()
    return frozenset(j for j, names in enumerate(headings) if any(w and w in label for w in names))


def _adds_up(row: Sequence[Token], place: int, block: BlockIndex, referee: Referee) -> bool:
    return not referee.refutes(block.form, block.table, _numbers((row,), place, block))


def _proven(rows: Rows, block: BlockIndex, referee: Referee) -> bool:
    return referee.proves(block.form, block.table, _numbers(rows, 0, block))


def _numbers(rows: Sequence[Sequence[Token]], first: int, block: BlockIndex) -> dict[str, Decimal]:
    numbers: dict[str, Decimal] = {}
    for place, row in enumerate(rows, start=first):
        for cell in block.cells_of_row(place):
            figure = parse_figure(row[cell.column].text)
            assert figure is not None
            numbers[cell.indicator] = figure.in_unit(cell.unit)
    return numbers


def _named(label: str, block: BlockIndex) -> frozenset[int]:
    """The rows whose labels stand in a text; none where its end names no row for certain."""
    n_rows = len(block.rows.keys)
    if not any(tail_score(label, "", block.rows, j) >= LABELLED for j in range(n_rows)):
        return frozenset()
    return frozenset(
        j for j, wordings in enumerate(block.rows.keys) if any(w and w in label for w in wordings)
    )


def _agrees(placed: dict[str, Token], known: Sequence[AlignedBlock]) -> bool:
    """Whether no figure that was read by its label is placed in another cell."""
    for part in known:
        for reading in part.readings:
            if reading.number is None:
                continue
            token = placed.get(reading.indicator)
            if token is None or token.text.strip() != reading.raw:
                return False
    return True


def _aligned(block: BlockIndex, placed: dict[str, Token]) -> AlignedBlock:
    return AlignedBlock(
        block=block,
        readings=tuple(_reading(cell, placed[cell.indicator]) for cell in block.rule.cells),
        rows=frozenset(range(len(block.rows.keys))),
        columns=frozenset(range(len(block.columns.keys))),
        oddities=(),
        location=placed[block.rule.cells[0].indicator].location,
        method=Method.STREAM,
        fit=float(len(block.rows.keys)),
    )


def _reading(cell: CellRule, token: Token) -> Reading:
    figure = parse_figure(token.text)
    assert figure is not None
    return Reading(
        cell.indicator,
        figure.in_unit(cell.unit),
        token.text.strip(),
        cell.unit,
        State.INFERRED,
        Method.STREAM,
        token.location,
        _SCORE,
        ("as many figures as cells",),
    )
