"""Runs of figures as rows of a block, and the text before them as the label of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from extractor.document import Location
from extractor.extraction.labels import (
    AxisIndex,
    BlockIndex,
)
from extractor.extraction.readings import read_text
from extractor.extraction.tokens import Run, Token
from extractor.numerals import money_unit
from extractor.report import Method, Reading, State
from extractor.rulebook.model import CellRule, Quantity

LEAST_TAIL = 4
_SLACK = 3
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
    a longer run by counting.
    """

    label: str
    after: str
    tokens: tuple[Token, ...]
    whole: bool
    run: Run
    cut: bool = False


def tail_score(label: str, after: str, axis: AxisIndex, index: int) -> float:
    """How well the end of a run of label text names a row: 1 is the label itself."""
    best = 0.0
    for wording in axis.keys[index]:
        if not wording:
            continue
        if label.endswith(wording):
            return 1.0 if len(wording) >= LEAST_TAIL or label == wording else LABELLED
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
    return 0.0


def chunks_of(runs: Sequence[Run], keyed: Sequence[str], width: int) -> list[Chunk]:
    """Runs cut into rows of ``width`` figures where they hold whole rows, else left odd."""
    leading = leads(runs, width)
    chunks: list[Chunk] = []
    following = [*keyed[1:], ""]
    for run, key, after in zip(runs, keyed, following, strict=True):
        rows = rows_of(run, width, leading)
        if rows is None:
            chunks.append(Chunk(key, after, run.tokens, whole=False, run=run))
            continue
        by_line = len(rows) == len(run.lines)
        for number, row in enumerate(rows):
            label = "" if number else key
            chunks.append(Chunk(label, after, row, whole=True, run=run, cut=not by_line))
    return chunks


def leads(runs: Sequence[Run], width: int) -> bool:
    """Whether extra blanks stand before the figures in every row (pads of a merged label)."""
    extra = [line for run in runs if run.delimited for line in run.lines if len(line) > width]
    lead = all(not any(t.text for t in line[: len(line) - width]) for line in extra)
    trail = all(not any(t.text for t in line[width:]) for line in extra)
    return bool(extra) and lead and not trail


def rows_of(run: Run, width: int, leading: bool) -> list[tuple[Token, ...]] | None:
    """The rows of a run, ``None`` where its figures do not make whole rows."""
    if run.delimited:
        rows = []
        for line in run.lines:
            row = _fit_width(line, width, leading)
            if row is None:
                return None
            rows.append(row)
        return rows
    tokens = run.tokens
    if all(len(line) == width for line in run.lines):
        return list(run.lines)
    if width == 1 and len({token.text for token in tokens}) == 1 < len(tokens):
        return [tokens[:1]]
    if len(tokens) % width == 0 and all(width % len(line) == 0 for line in run.lines):
        return [tokens[i : i + width] for i in range(0, len(tokens), width)]
    return None


def _fit_width(line: tuple[Token, ...], width: int, leading: bool) -> tuple[Token, ...] | None:
    """A delimited row without the pads of merged cells, ``None`` where they cannot be told."""
    extra = len(line) - width
    if extra < 0:
        return None
    if extra == 0:
        return line
    head, tail = line[:extra], line[width:]
    if leading and not any(token.text for token in head):
        return line[extra:]
    if not any(token.text for token in tail) and (
        width == 1 or any(token.text for token in line[:1]) or not any(t.text for t in line)
    ):
        return line[:width]
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
