"""Labels in a text that are none of a table or a form, or that lack some of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.fuzz import partial_ratio, ratio

from extractor.extraction.chunks import LEAST_TAIL
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.tokens import Run

_LIKE = 0.7
"""Likeness from which a word may be a damaged piece of a label."""


def holds_another_table(
    runs: Sequence[Run], table: str, telling: set[str], vocabulary: Vocabulary
) -> bool:
    """Whether a label of another table stands among labels before figures, which may be its own."""
    keys = [vocabulary.key(token.text) for run in runs for token in run.labels]
    first = next((i for i, key in enumerate(keys) if any(w in key for w in telling)), len(keys))
    return any(is_of_another(key, table, vocabulary) for key in keys[first:])


def is_of_another(key: str, table: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is a label of another table."""
    return len(key) >= LEAST_TAIL and vocabulary.telling.get(key, table) != table


def of_another_form(
    runs: Sequence[Run], form: str, rivals: Sequence[BlockIndex], vocabulary: Vocabulary
) -> bool:
    """Whether a row label stands in a text that only another form has."""
    text = "".join(vocabulary.key(run.label) for run in runs) + vocabulary.key(runs[-1].after)
    blocks = [block for block in rivals if block.form == form]
    own = "|".join(w for block in blocks for w in (*block.rows.lookup, *block.groups, *block.notes))
    return any(
        len(wording) >= LEAST_TAIL and wording in text and wording not in own
        for block in rivals
        for wording in block.rows.telling
    )


def holds_foreign(
    runs: Sequence[Run], blocks: Sequence[BlockIndex], vocabulary: Vocabulary
) -> bool:
    """Whether a word below the first label is none of the form and no piece of one.

    The row that it names may stand in the place of one that is missing.
    """
    own = {
        wording
        for block in blocks
        for held in (block.rows.lookup, block.columns.lookup, block.captions, block.groups)
        for wording in (*held, *block.notes, *block.stub_heads)
    }
    words = {vocabulary.key(token.text) for run in runs[1:] for token in run.labels}
    return any(len(word) >= LEAST_TAIL and not _is_piece(word, own) for word in words)


def _is_piece(word: str, wordings: Iterable[str]) -> bool:
    """Whether a word is a label or a piece of one, or near to that."""
    return any(
        (partial_ratio if len(w) > len(word) else ratio)(word, w) >= 100 * _LIKE for w in wordings
    )


def has_all_letters(
    runs: Sequence[Run], blocks: Sequence[BlockIndex], vocabulary: Vocabulary
) -> bool:
    """Whether a text has as many of each letter as all row labels together."""
    text = "".join(vocabulary.key(run.label) for run in runs) + vocabulary.key(runs[-1].after)
    labels = [names for block in blocks for names in block.rows.keys]
    held = (next((w for w in names if w and w in text), names[0]) for names in labels)
    return Counter("".join(held)) <= Counter(text)
