"""The last block of a flattened table, when all other blocks are read.

Where as many figures are left as that block has cells, and they stand behind its caption, its
labels and its heading and between the figures of its neighbours, they can be no others. Such values
are inferred, not printed in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from extractor.extraction.aligned import AlignedBlock, inferred
from extractor.extraction.chunks import LEAST_TAIL, whole_block
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.pieces import Token
from extractor.extraction.tokens import Run

Owners = tuple[int | None, ...]
"""For each figure the position of the block that has read it, ``None`` where none has."""


def align_remaining(
    runs: Sequence[Run],
    rivals: Sequence[BlockIndex],
    vocabulary: Vocabulary,
    known: Sequence[AlignedBlock],
) -> tuple[AlignedBlock, ...]:
    """The one block of a table that is not read, if nothing else is left of the text.

    Args:
        runs: The labels and figures of a stretch of text.
        rivals: The blocks of the table, in all forms.
        vocabulary: The labels of all forms.
        known: What was read of it.

    Returns:
        The block, which has one column; empty where anything is in doubt.
    """
    tokens = [token for run in runs for token in run.tokens]
    owners = owners_of(tokens, known)
    read = {r.indicator for part in known for r in part.readings if r.number is not None}
    forms = {part.block.form for part in known}
    blocks = [block for block in rivals if block.form in forms]
    left = [at for at, owner in enumerate(owners) if owner is None]
    unread = [b for b in blocks if any(c.indicator not in read for c in b.rule.cells)]
    if len(forms) != 1 or len(unread) != 1 or len(unread[0].columns.keys) > 1:
        return ()
    block = unread[0]
    if any(c.indicator in read for c in block.rule.cells) or len(left) != len(block.rule.cells):
        return ()
    starts = [0, *accumulate(len(run.tokens) for run in runs)]
    place = next(i for i in range(len(runs)) if left[0] < starts[i + 1])
    run, first = runs[place], left[0] - starts[place]
    figures = run.tokens[first : first + len(left)]
    if left != list(range(left[0], left[0] + len(figures))):
        return ()
    if any(first < at < first + len(figures) for at in run.breaks):
        return ()
    text = "".join(vocabulary.key(held.label) for held in runs[: place + 1])
    between = owners[: left[0]], owners[left[-1] + 1 :]
    if not (_in_place(block.position, *between) and _announced(text, block)):
        return ()
    if _foreign(vocabulary.key(run.label), rivals) or is_claimed(runs, block, vocabulary):
        return ()
    return (inferred(whole_block(run, "", [(figure,) for figure in figures], block)),)


def owners_of(tokens: Sequence[Token], known: Sequence[AlignedBlock]) -> Owners:
    """Which block has read each figure. A figure is told by its place and its text."""
    owners: list[int | None] = [None] * len(tokens)
    for part in known:
        seen: set[int] = set()
        for reading in part.readings:
            if reading.number is None:
                continue
            held = (
                at
                for at, token in enumerate(tokens)
                if at not in seen
                and token.location == reading.location
                and token.text.strip() == reading.raw
            )
            at = next(held, None)
            if at is not None:
                seen.add(at)
                owners[at] = part.block.position
    return tuple(owners)


def is_claimed(runs: Sequence[Run], block: BlockIndex, vocabulary: Vocabulary) -> bool:
    """Whether the label of a row of a block stands just before figures that may be its own."""
    labels = tuple(w for w in block.rows.telling if len(w) >= LEAST_TAIL)
    width = len(block.columns.keys)
    return any(
        width in (len(run.tokens), min(run.breaks, default=0))
        and vocabulary.key(run.label).endswith(labels)
        for run in runs
    )


def _in_place(position: int, before: Owners, after: Owners) -> bool:
    """Whether only the figures of earlier blocks stand before, and of later ones behind."""
    return all(owner is not None and owner < position for owner in before) and all(
        owner is not None and owner > position for owner in after
    )


def _announced(text: str, block: BlockIndex) -> bool:
    """Whether caption, row labels and heading of a block stand in a text, each list in order."""
    caption = max((text.find(caption) for caption in block.captions if caption), default=-1)
    places = [
        max((text.rfind(wording) for wording in wordings if wording), default=-1)
        for wordings in block.rows.keys
    ]
    head = max((text.rfind(w) for w in block.columns.keys[0] if w), default=-1)
    return 0 <= caption < head and min(places) >= 0 and places == sorted(places)


def _foreign(text: str, rivals: Sequence[BlockIndex]) -> bool:
    """Whether a text has words that no form has."""
    words = {
        word
        for block in rivals
        for word in (
            *block.rows.lookup, *block.columns.lookup, *block.captions, *block.stub_heads
        )
    }  # fmt: skip
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "") if word else text
    return bool(text)
