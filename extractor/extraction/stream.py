"""A flattened run of labels and figures against the blocks of a table.

Order is all that is left of the geometry, so a row is read only where its label stands before
exactly as many figures as the row has cells. Anything else is left unresolved.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.fuzz import partial_ratio

from extractor.extraction.aligned import AlignedBlock, Oddity
from extractor.extraction.chunks import (
    LABELLED,
    LEAST_TAIL,
    NEAR_TAIL,
    UNSURE,
    Chunk,
    chunks_of,
    names_others,
    row_readings,
    tail_score,
)
from extractor.extraction.labels import (
    BlockIndex,
    Vocabulary,
    align,
    fill_by_position,
    place_exact,
)
from extractor.extraction.stacked import align_stacked
from extractor.extraction.tokens import Run
from extractor.extraction.unlabelled import Referee, align_unlabelled, is_scrambled
from extractor.report import Evidence, Method, Reading
from extractor.textnorm import key

_REACH = 30.0
"""Points left of the first figure within which a word may still be part of its heading."""
_MOST_RUNS = 4000
"""Rows of figures beyond which a text is no report; a bound on time."""


def align_stream(
    runs: Sequence[Run],
    table: str,
    vocabulary: Vocabulary,
    referee: Referee,
    preferred: str = "",
) -> tuple[AlignedBlock, ...]:
    """Read one statutory table out of runs of labels and figures.

    Args:
        runs: What :func:`~extractor.extraction.tokens.runs_of` made of a stretch of the source.
        table: Id of the table looked for.
        vocabulary: The labels of all forms.
        referee: Says whether the form's arithmetic proves a set of figures.
        preferred: Id of the form in force, which decides between layouts that fit equally.

    Returns:
        The blocks found; empty where no label of the table stands before a figure.
    """
    rivals = vocabulary.of_table(table)
    if not rivals or not runs:
        return ()
    runs = runs[:_MOST_RUNS]
    keyed = [vocabulary.key(run.label) for run in runs]
    if not rivals[0].labelled_rows:
        return align_unlabelled(runs, keyed, rivals, referee, preferred)
    if len({block.position for block in rivals}) == 1:
        fitted = [_labelled(runs, keyed, block, referee) for block in rivals]
        found = [aligned for aligned in fitted if aligned is not None]
        if not found:
            return ()
        return (max(found, key=lambda a: (round(a.fit, 3), a.block.form == preferred)),)
    return align_stacked(runs, keyed, rivals, preferred)


def _labelled(
    runs: Sequence[Run], keyed: Sequence[str], block: BlockIndex, referee: Referee
) -> AlignedBlock | None:
    """One block whose rows carry labels, by label and order."""
    n_rows, width = len(block.rows.keys), len(block.columns.keys)
    chunks = chunks_of(runs, keyed, width)
    scores = [
        [tail_score(chunk.label, chunk.after, block.rows, j) if chunk.label else 0.0
         for j in range(n_rows)]
        for chunk in chunks
    ]  # fmt: skip
    targets = align(scores, n_rows)
    named = sum(
        1
        for i, target in enumerate(targets)
        if target is not None and scores[i][target] >= LABELLED
    )
    if named < _least_rows(n_rows):
        return None
    placed = place_exact(targets, scores)

    def may_be(i: int, target: int) -> bool:
        label, whole = chunks[i].label, chunks[i].whole
        length = len(block.rows.keys[target][0])
        return whole and (not label or block.rows.could_be(label[-length:], target))

    filled = fill_by_position(targets, may_be, n_rows) if placed == targets else placed
    taken = {place for place in placed if place is not None}
    first = next(i for i, place in enumerate(filled) if place is not None)
    heads = "".join(chunk.label for chunk in chunks[: first + 1])
    ordered = _heads_in_order(heads, block) and _heads_whole(heads, block)
    ordered = ordered and not _heads_exchanged(chunks[: first + 1], block)
    readings: list[Reading] = []
    for i, (chunk, place) in enumerate(zip(chunks, filled, strict=True)):
        if place is None:
            continue
        score = scores[i][place] or UNSURE
        sure = chunk.whole and not names_others(chunk.label, place, taken, block.rows)
        sure = sure and ordered and not _goes_on(chunks, filled, i)
        sure = sure and (not chunk.cut or _alike(chunk.run, width))
        row = row_readings(chunk, block, place, score, sure)
        if sure and chunk.cut and len(chunk.run.tokens) > width:
            numbers = {r.indicator: r.number for r in row if r.number is not None}
            if referee.refutes(block.form, block.table, numbers):
                row = row_readings(chunk, block, place, score, sure=False)
        readings += row
    places = [chunk for chunk, place in zip(chunks, filled, strict=True) if place is not None]
    return AlignedBlock(
        block=block,
        readings=tuple(readings),
        rows=frozenset(place for place in filled if place is not None),
        columns=frozenset(range(width)),
        oddities=_unknown_rows(chunks, filled, width),
        location=places[0].run.location,
        method=Method.STREAM,
        fit=sum(scores[i][j] for i, j in enumerate(targets) if j is not None),
    )


def _goes_on(chunks: Sequence[Chunk], filled: Sequence[int | None], i: int) -> bool:
    """Whether figures too few for a row follow before the next row: the rest of wrapped ones."""
    width = len(chunks[i].tokens)
    for j in range(i + 1, len(chunks)):
        if filled[j] is not None:
            return False
        if not chunks[j].whole and 0 < len(chunks[j].tokens) < width:
            return True
    return False


def _alike(run: Run, width: int) -> bool:
    """Whether a run that was cut into rows holds one row, or the same row several times.

    Of several rows behind one label it cannot be told which one the label names.
    """
    texts = [token.text for token in run.tokens]
    return len(texts) == width or len(set(texts)) == 1


def _heads_in_order(text: str, block: BlockIndex) -> bool:
    """Whether the column headings that stand in a text stand in the order of the form.

    Headings of one group are compared with each other; which group comes first in the text depends
    on how it was flattened.
    """
    for group in block.groups:
        text = text.replace(group, "|")
    last: dict[tuple[str, ...], int] = {}
    for wordings, parents in zip(block.columns.keys, block.column_parents, strict=True):
        place = text.find(wordings[0])
        if place < 0:
            continue
        if place < last.get(parents, -1):
            return False
        last[parents] = place
    return True


def _heads_exchanged(chunks: Sequence[Chunk], block: BlockIndex) -> bool:
    """Whether headings that are printed above the figures name other columns than their order does.

    Only where the places of words are known: the words above each figure of the first row, from
    top to bottom, are its heading. One that cannot be told is no sign of anything.
    """
    boxes = [token.location.box for token in chunks[-1].tokens]
    if len(boxes) != len(block.columns.keys) or any(box is None for box in boxes):
        return False
    centres = [(box.x0 + box.x1) / 2 for box in boxes if box is not None]
    edges = [(a + b) / 2 for a, b in pairwise(centres)]
    printed = [""] * len(centres)
    for chunk in chunks:
        for word in chunk.run.labels:
            box = None if key(word.text) in block.groups else word.location.box
            if box is not None and centres[0] - _REACH <= (box.x0 + box.x1) / 2:
                printed[bisect_right(edges, (box.x0 + box.x1) / 2)] += word.text
    told = [block.columns.lookup.get(key(text), ()) for text in printed]
    return sum(bool(hits) and j not in hits for j, hits in enumerate(told)) > 1


def _heads_whole(text: str, block: BlockIndex) -> bool:
    """Whether the column headings before the first row are all there, or none of them.

    With one of them gone, as many figures as the form has columns may still be other columns.
    """
    found = [
        any(wording in text for wording in wordings if wording)
        or (len(wordings[0]) > LEAST_TAIL and partial_ratio(wordings[0], text) >= 100 * NEAR_TAIL)
        for wordings in block.columns.keys
    ]
    telling = [len(wordings[0]) > 2 for wordings in block.columns.keys]
    some = any(hit and long for hit, long in zip(found, telling, strict=True))
    return all(found) or not some or is_scrambled(text, block)


def _least_rows(n_rows: int) -> int:
    """Labels that must stand before figures for a stretch of text to be this table at all."""
    return min(3, n_rows)


def _unknown_rows(
    chunks: Sequence[Chunk], filled: Sequence[int | None], width: int
) -> tuple[Oddity, ...]:
    """Whole rows between the first and the last known one that the block does not know."""
    known = [i for i, place in enumerate(filled) if place is not None]
    if not known:
        return ()
    odd = [
        chunk
        for i, (chunk, place) in enumerate(zip(chunks, filled, strict=True))
        if place is None
        and (known[0] < i < known[-1] or (i > known[-1] and chunk.run.delimited))
        and len(chunk.tokens) >= width
        and any(token.text for token in chunk.tokens)
    ]
    if not odd:
        return ()
    evidence = tuple(
        Evidence("row", " ".join(t.text for t in chunk.tokens), chunk.run.location) for chunk in odd
    )
    return (Oddity("rows_unexpected", "、".join(c.label[-16:] or "—" for c in odd), evidence),)
