"""Rows of a flattened table whose labels stand in the text, and whose figures cannot be told.

While figures are left that no row has claimed, such rows are not missing: they are open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.extraction.aligned import AlignedBlock
from extractor.extraction.chunks import LEAST_TAIL, UNSURE, Chunk, row_readings
from extractor.extraction.foreign import is_of_another
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.remaining import owners_of
from extractor.extraction.tokens import Run
from extractor.report import Method

_SHARE_FOUND = 0.6
"""Share of the long row labels of a form that must stand in a text for its table to be there."""
_SHARE_KNOWN = 0.6
"""Share of the pairs of letters of a label that are those of statutory ones, if it is pieces."""
_MOST_SHOWN = 14
"""Figures shown with an open row."""


def with_open_rows(
    runs: Sequence[Run],
    rivals: Sequence[BlockIndex],
    vocabulary: Vocabulary,
    known: Sequence[AlignedBlock],
    preferred: str,
) -> tuple[AlignedBlock, ...]:
    """What was read of a table, and the rows that are open.

    Args:
        runs: The labels and figures of a stretch of text.
        rivals: The blocks of the table, in all forms.
        vocabulary: The labels of all forms.
        known: What was read of it.
        preferred: Id of the form in force.
    """
    tokens = [token for run in _own(runs, rivals, vocabulary) for token in run.tokens]
    owners = owners_of(tokens, known)
    free = [token for token, owner in zip(tokens, owners, strict=True) if owner is None]
    text = "".join(vocabulary.key(run.label) for run in runs) + vocabulary.key(runs[-1].after)
    form = _form(text, rivals, known, preferred)
    if not free or not form:
        return tuple(known)
    bare = _without_long(text, rivals)
    chunk = Chunk("", "", tuple(free[:_MOST_SHOWN]), whole=False, run=runs[0])
    blocks = [block for block in rivals if block.form == form]
    lost = [(block, place) for block in blocks for place in _not_found(block, known)]
    if len(free) < sum(len(block.columns.keys) for block, _ in lost):
        lost = [(block, place) for block, place in lost if _stands(block, place, text, bare)]
    opened = [
        _open(chunk, block, rows)
        for block in blocks
        if (rows := [place for other, place in lost if other is block])
    ]
    return (*(_without_pieces(part) for part in known), *opened) if opened else tuple(known)


def _not_found(block: BlockIndex, known: Sequence[AlignedBlock]) -> list[int]:
    found = {place for part in known if part.block is block for place in part.rows}
    return [place for place in range(len(block.rows.keys)) if place not in found]


def _own(
    runs: Sequence[Run], rivals: Sequence[BlockIndex], vocabulary: Vocabulary
) -> Sequence[Run]:
    """The runs from the first row label of a table up to the first label of another table."""
    labels = {w for block in rivals for w in block.rows.telling if len(w) >= LEAST_TAIL}
    start: int | None = None
    for i, run in enumerate(runs):
        for word in run.labels:
            key = vocabulary.key(word.text)
            if start is None and any(label in key for label in labels):
                start = i
            elif start is not None and is_of_another(key, rivals[0].table, vocabulary):
                return runs[start:i]
    return () if start is None else runs[start:]


def _form(
    text: str, rivals: Sequence[BlockIndex], known: Sequence[AlignedBlock], preferred: str
) -> str:
    """The form of what was read, or of a table of which nothing was; ``""`` where there is none."""
    forms = Counter(part.block.form for part in known)
    if forms:
        return max(forms, key=lambda form: (forms[form], form == preferred))
    shares: dict[str, float] = {}
    for form in dict.fromkeys(block.form for block in rivals):
        long = [
            names
            for block in rivals
            if block.form == form
            for names in block.rows.keys
            if len(names[0]) >= LEAST_TAIL
        ]
        held = sum(any(wording and wording in text for wording in names) for names in long)
        shares[form] = held / len(long) if long else 0.0
    best = max(shares, key=lambda form: (shares[form], form == preferred), default="")
    return best if best and shares[best] >= _SHARE_FOUND else ""


def _without_long(text: str, rivals: Sequence[BlockIndex]) -> str:
    """A text without the labels that mean something by themselves, which may hold short ones."""
    long = {
        wording
        for block in rivals
        for wording in (*block.rows.lookup, *block.columns.lookup, *block.groups)
        if len(wording) >= LEAST_TAIL
    }
    for wording in sorted(long, key=len, reverse=True):
        text = text.replace(wording, "|")
    return text


def _stands(block: BlockIndex, place: int, text: str, bare: str) -> bool:
    """Whether the label of a row stands in a text; a short one more often than as a heading."""
    for wording in block.rows.keys[place]:
        if len(wording) >= LEAST_TAIL and wording in text:
            return True
        if wording and bare.count(wording) > len(block.columns.lookup.get(wording, ())):
            return True
    return False


def _open(chunk: Chunk, block: BlockIndex, rows: Sequence[int]) -> AlignedBlock:
    readings = [
        reading
        for place in rows
        for reading in row_readings(chunk, block, place, UNSURE, sure=False)
    ]
    return AlignedBlock(
        block=block,
        readings=tuple(readings),
        rows=frozenset(rows),
        columns=frozenset(range(len(block.columns.keys))),
        oddities=(),
        location=chunk.tokens[0].location,
        method=Method.STREAM,
        fit=0.0,
    )


def _without_pieces(part: AlignedBlock) -> AlignedBlock:
    """A block without odd rows that have no label, or pieces of labels: they may be open ones."""
    known = {pair for wording in _wordings(part.block) for pair in pairwise(wording)}
    kept = tuple(
        oddity
        for oddity in part.oddities
        if oddity.finding != "rows_unexpected"
        or not all(_is_pieces(name, known) for name in oddity.detail.split("、"))
    )
    return part if len(kept) == len(part.oddities) else replace(part, oddities=kept)


def _wordings(block: BlockIndex) -> set[str]:
    return {*block.rows.lookup, *block.columns.lookup, *block.groups, *block.notes}


def _is_pieces(name: str, known: set[tuple[str, str]]) -> bool:
    pairs = list(pairwise(name))
    return sum(pair in known for pair in pairs) >= _SHARE_KNOWN * len(pairs)
