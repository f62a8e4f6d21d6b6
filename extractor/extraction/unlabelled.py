"""A flattened block whose rows carry no labels: one unbroken run of all its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from extractor import textnorm
from extractor.extraction.aligned import AlignedBlock, Oddity, inferred
from extractor.extraction.chunks import (
    CONTEXT,
    LABELLED,
    LEAST_TAIL,
    UNSURE,
    Chunk,
    row_readings,
)
from extractor.extraction.groups import groups_told
from extractor.extraction.labels import BlockIndex
from extractor.extraction.pieces import Token
from extractor.extraction.referee import Referee
from extractor.extraction.spread import spread_figures
from extractor.extraction.stream_heads import headed, is_scrambled, pieces_in_order
from extractor.extraction.tokens import Run
from extractor.report import Evidence, Method


def align_unlabelled(
    runs: Sequence[Run],
    keyed: Sequence[str],
    rivals: Sequence[BlockIndex],
    referee: Referee,
    preferred: str,
) -> tuple[AlignedBlock, ...]:
    """A block whose single row has no label: one unbroken run of all its figures."""
    block = max(rivals, key=lambda rival: rival.form == preferred)
    width = len(block.columns.keys)
    wordings = [w for w in block.columns.telling | block.groups if len(w) >= LEAST_TAIL]
    context = ""
    words: list[Token] = []
    loose: list[Run] = []
    copies: list[AlignedBlock] = []
    for run, key in zip(runs, keyed, strict=True):
        context = (context + key)[-CONTEXT:]
        words += run.labels
        trimmed = _trim(run, width)
        tokens = _without_blanks(trimmed, width)
        named = sum(context.count(wording) for wording in wordings)
        if not named and not is_scrambled(context, block):
            continue
        loose.append(run)
        if len(tokens) != width:
            continue
        chunk = Chunk(key, "", tokens, whole=True, run=run)
        readings = row_readings(chunk, block, 0, LABELLED, sure=True)
        numbers = {r.indicator: r.number for r in readings if r.number is not None}
        same = len(numbers) == width and len(set(numbers.values())) == 1
        told = groups_told(words, tokens, block) and (
            (tokens is trimmed and (_in_order(context, block) or headed(words, tokens, block)))
            or _is_proven(numbers, words, context, block, referee)
        )
        if not ((same or told) and _rise_across(tokens)):
            readings = row_readings(chunk, block, 0, UNSURE, sure=False)
        heads = tuple(Evidence("heading", t.text, t.location) for t in run.labels[-3:])
        damaged = (
            ()
            if _in_order(context, block) or is_scrambled(context, block)
            else (Oddity("table_header_damaged", "", heads),)
        )
        copies.append(
            AlignedBlock(
                block, tuple(readings), frozenset({0}), frozenset(range(width)), damaged,
                run.location, Method.STREAM, float(named),
            )
        )  # fmt: skip
        context, words = "", []
    if copies:
        return tuple(copies)
    text = "".join(keyed)
    gathered = _gathered(runs, keyed, block, referee)
    if not gathered and groups_told(_labels(runs), (), block):
        spread = spread_figures(runs, keyed, block, referee)
        if spread:
            return (inferred(_row(spread, block, runs[0])),)
    if gathered:
        return (_row(gathered, block, runs[0]),)
    there = _in_order(context, block) or all(group in text for group in block.inner_groups)
    return _scattered(loose, block) if there else ()


def _is_proven(
    numbers: Mapping[str, Decimal],
    words: Sequence[Token],
    context: str,
    block: BlockIndex,
    referee: Referee,
) -> bool:
    """Whether the sums bear out a row, and its headings, if broken, are all there in order."""
    if not referee.proves(block.form, block.table, numbers):
        return False
    if _in_order(context, block):
        return True
    whole = len(numbers) == len(block.columns.keys) or is_scrambled(context, block)
    pieces = [textnorm.key(word.text) for word in words]
    return whole and pieces_in_order(pieces, block, whole=False)


def _gathered(
    runs: Sequence[Run], keyed: Sequence[str], block: BlockIndex, referee: Referee
) -> tuple[Token, ...]:
    """The row of a block whose headings and figures come in turns, all in the order of the form.

    There are as many figures as headings, every figure stands behind its heading, and the sums
    hold.
    """
    width = len(block.columns.keys)
    tokens = tuple(token for run in runs for token in run.tokens)
    text = "".join(keyed)
    ends = _heading_ends(text, block)
    if len(tokens) != width or len(ends) != width or not groups_told(_labels(runs), (), block):
        return ()
    shown, printed = 0, 0
    for run, key in zip(runs, keyed, strict=True):
        shown, printed = shown + len(run.tokens), printed + len(key)
        if sum(end <= printed for end in ends) < shown:
            return ()
    numbers = {
        r.indicator: r.number for r in _row(tokens, block, runs[0]).readings if r.number is not None
    }
    if len(numbers) < width or referee.refutes(block.form, block.table, numbers):
        return ()
    return tokens


def _row(tokens: tuple[Token, ...], block: BlockIndex, run: Run) -> AlignedBlock:
    """The figures of a row that is spread over several runs."""
    chunk = Chunk("", "", tokens, whole=True, run=run)
    readings = row_readings(chunk, block, 0, LABELLED, sure=True)
    width = len(block.columns.keys)
    return AlignedBlock(
        block, tuple(readings), frozenset({0}), frozenset(range(width)), (),
        run.location, Method.STREAM, float(width),
    )  # fmt: skip


def _scattered(runs: Sequence[Run], block: BlockIndex) -> tuple[AlignedBlock, ...]:
    """All headings are there, and figures that cannot be assigned to them."""
    width = len(block.columns.keys)
    tokens = [token for run in runs for token in run.tokens if token.text]
    if len(tokens) * 2 < width:
        return ()
    chunk = Chunk("", "", tuple(tokens[: 2 * width]), whole=False, run=runs[0])
    readings = row_readings(chunk, block, 0, UNSURE, sure=False)
    return (
        AlignedBlock(
            block, tuple(readings), frozenset({0}), frozenset(range(width)), (), runs[0].location,
            Method.STREAM, 0.0,
        ),
    )  # fmt: skip


def _labels(runs: Sequence[Run]) -> list[Token]:
    return [word for run in runs for word in run.labels]


def _trim(run: Run, width: int) -> tuple[Token, ...]:
    """The figures of a run without the blank pads of delimited rows."""
    filled = [line for line in run.lines if any(token.text for token in line)]
    tokens = tuple(token for line in filled or run.lines[-1:] for token in line)
    while len(tokens) > width and not tokens[-1].text:
        tokens = tokens[:-1]
    return tokens


def _rise_across(tokens: Sequence[Token]) -> bool:
    """Whether figures stand further right one after the other, where their places are known.

    Those on another line of the same row may belong between others.
    """
    boxes = [token.location.box for token in tokens]
    places = [box.x0 for box in boxes if box is not None]
    return len(places) < len(tokens) or all(a < b for a, b in pairwise(places))


def _without_blanks(tokens: tuple[Token, ...], width: int) -> tuple[Token, ...]:
    """Figures without the blank cells of a column too many, where all others are filled."""
    held = tuple(token for token in tokens if token.text)
    return held if len(held) == width < len(tokens) else tokens


def _in_order(context: str, block: BlockIndex) -> bool:
    """Whether all column headings stand in the text in the order of the form."""
    return len(_heading_ends(context, block)) == len(block.columns.keys)


def _heading_ends(context: str, block: BlockIndex) -> list[int]:
    """Where the column headings end that stand in a text one behind the other, from the first."""
    ends: list[int] = []
    for wordings in block.columns.keys:
        start = ends[-1] if ends else 0
        held = [
            context.find(w, start) + len(w) for w in wordings if w and context.find(w, start) >= 0
        ]
        if not held:
            break
        ends.append(min(held))
    return ends
