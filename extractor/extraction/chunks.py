"""Runs of figures as rows of a block, and the text before them as the label of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from extractor.document import Location
from extractor.extraction.aligned import AlignedBlock
from extractor.extraction.frames import Frame
from extractor.extraction.labels import (
    AxisIndex,
    BlockIndex,
)
from extractor.extraction.pieces import Token
from extractor.extraction.readings import read_text
from extractor.extraction.tokens import Run
from extractor.numerals import money_unit
from extractor.report import Method, Reading, State
from extractor.rulebook.model import CellRule, Quantity

LEAST_TAIL = 4
_SLACK = 3
_LEAST_PART = 2
"""Characters of each part of a short label that stands around its figures."""
_REST = 6
"""Characters of the rest of a label, and of what a group label may put in front of it."""
CONTEXT = 800
"""Characters of headings that can stand between a caption and its figures."""
NEAR_TAIL = 0.78
LABELLED = 0.9
UNSURE = 0.5


@dataclass(frozen=True, slots=True)
class Chunk:
    """The figures of one printed row.

    ``whole`` tells that there are as many as the row has cells; ``cut`` that the row was cut out of
    a longer run by counting. ``unit`` is a unit at the end of the label that may be none of it.
    """

    label: str
    after: str
    tokens: tuple[Token, ...]
    whole: bool
    run: Run
    cut: bool = False
    unit: str = ""


def tail_score(label: str, after: str, axis: AxisIndex, index: int, unit: str = "") -> float:
    """How well the end of a run of label text names a row: 1 is the label itself.

    ``unit`` is a unit at its end that may stand in a column of its own.
    """
    best = 0.0
    if unit and label.endswith(unit):
        best = tail_score(label.removesuffix(unit), after, axis, index)
    for wording in axis.keys[index]:
        if not wording:
            continue
        if label.endswith(wording):
            exact = len(wording) >= LEAST_TAIL or label == wording
            return 1.0 if exact else max(best, LABELLED)
        if len(wording) >= LEAST_TAIL:
            best = max(best, _near_tail(label, wording), _cut_tail(label, after, wording))
    return best


def _near_tail(label: str, wording: str) -> float:
    """Likeness of a damaged label, a few characters longer or shorter, to the end of the text."""
    if len(wording) <= LEAST_TAIL:
        return 0.0
    lengths = range(max(LEAST_TAIL, len(wording) - _SLACK), len(wording) + 2)
    alike = max(ratio(label[-length:], wording) / 100 for length in lengths)
    return alike * 0.95 if alike >= NEAR_TAIL else 0.0


def _cut_tail(label: str, after: str, wording: str) -> float:
    """A label that goes on after its figures, as where figures stand beside the middle line."""
    for cut in range(len(wording) - 1, LEAST_TAIL - 1, -1):
        if label.endswith(wording[:cut]):
            rest = wording[cut:]
            if 0 <= after.find(rest[:_REST]) <= _REST:
                return 0.97
            return 0.75 if cut * 2 >= len(wording) else 0.0
    halves = range(_LEAST_PART, min(LEAST_TAIL, len(wording) - _LEAST_PART + 1))
    parted = any(
        label.endswith(wording[:cut]) and after.startswith(wording[cut:]) for cut in halves
    )
    return LABELLED if parted else 0.0


def chunks_of(
    runs: Sequence[Run], keyed: Sequence[str], units: Sequence[str], frame: Frame
) -> list[Chunk]:
    """Runs cut into rows of figures where they hold whole rows, else left odd."""
    chunks: list[Chunk] = []
    following = [*keyed[1:], ""]
    for run, label, unit, after in zip(runs, keyed, units, following, strict=True):
        rows = rows_of(run, frame)
        if rows is None:
            chunks.append(Chunk(label, after, run.tokens, whole=False, run=run, unit=unit))
            continue
        by_line = len(rows) == len(run.lines)
        for number, row in enumerate(rows):
            name, counter = ("", "") if number else (label, unit)
            chunks.append(
                Chunk(name, after, row, whole=True, run=run, cut=not by_line, unit=counter)
            )
    return chunks


def rows_of(run: Run, frame: Frame) -> list[tuple[Token, ...]] | None:
    """The rows of a run, ``None`` where its figures do not make whole rows."""
    width = frame.width
    if run.delimited:
        rows = []
        for line in run.lines:
            row = frame.fit(line)
            if row is None:
                return None
            rows.append(row)
        return rows
    tokens = run.tokens
    if all(len(line) == width for line in run.lines):
        return list(run.lines)
    if len(tokens) % width == 0 and all(width % len(line) == 0 for line in run.lines):
        return [tokens[i : i + width] for i in range(0, len(tokens), width)]
    return None


def names_others(label: str, place: int, taken: set[int], axis: AxisIndex) -> bool:
    """Whether the text before the figures names rows that have no figures of their own.

    Then the figures may belong to any of them.
    """
    for wording in axis.telling:
        if len(wording) < LEAST_TAIL or wording not in label:
            continue
        hits = axis.lookup[wording]
        if place in hits or any(hit in taken for hit in hits):
            continue
        if not any(wording in own for own in axis.keys[place]):
            return True
    return False


def row_readings(
    chunk: Chunk, block: BlockIndex, place: int, score: float, sure: bool
) -> list[Reading]:
    """Readings of every cell of one row; unresolved where it is not ``sure`` whose they are."""
    rules = block.cells_of_row(place)
    printed = _money_unit(chunk, block)
    trace = (f"label {chunk.label[-24:]}", f"{len(chunk.tokens)} figures")
    if not sure:
        joined = " ".join(token.text for token in chunk.tokens)
        return [_unresolved(rule, joined, chunk.tokens[0].location, trace) for rule in rules]
    return [
        read_text(
            chunk.tokens[rule.column].text,
            chunk.tokens[rule.column].location,
            rule,
            Method.STREAM,
            min(score, 0.95),
            trace,
            printed if rule.quantity is Quantity.AMOUNT else "",
        )
        for rule in rules
    ]


def _money_unit(chunk: Chunk, block: BlockIndex) -> str:
    """The unit of money in the headings before a row of amounts."""
    if not any(rule.quantity is Quantity.AMOUNT for rule in block.rule.cells):
        return ""
    return money_unit("".join(token.text for token in chunk.run.labels))


def _unresolved(rule: CellRule, raw: str, location: Location, trace: tuple[str, ...]) -> Reading:
    return Reading(
        rule.indicator,
        None,
        raw,
        rule.unit,
        State.UNRESOLVED,
        Method.STREAM,
        location,
        UNSURE,
        trace,
    )


def whole_block(
    run: Run, label: str, rows: Sequence[tuple[Token, ...]], block: BlockIndex
) -> AlignedBlock:
    """A block of which every row was read, its figures printed in one run or several."""
    readings = [
        reading
        for place, row in enumerate(rows)
        for reading in row_readings(
            Chunk(label, "", row, whole=True, run=run), block, place, LABELLED, sure=True
        )
    ]
    return AlignedBlock(
        block=block,
        readings=tuple(readings),
        rows=frozenset(range(len(block.rows.keys))),
        columns=frozenset(range(len(block.columns.keys))),
        oddities=(),
        location=run.location,
        method=Method.STREAM,
        fit=float(len(rows)),
    )
