"""The form of a table told by the wordings in a text, where no figure of it could be placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.fuzz import partial_ratio

from extractor.document import Block, Paragraph, Table
from extractor.extraction.labels import Vocabulary

_NEAR = 75
"""Likeness in percent from which a wording stands in a text, broken over lines or damaged."""
_HALF = 90
"""The same of half a wording of at least twice ``_LONG`` characters."""
_LONG = 8
_MOST = 0.5
_NONE = 0.2
"""Shares of a form's own wordings that speak for it, and below which they speak against it."""


def form_in(
    blocks: Iterable[Block], table: str, vocabulary: Vocabulary, *, by_absence: bool = False
) -> str:
    """Id of the form whose own wordings stand in some blocks, ``""`` where they do not tell.

    A form without wordings of its own is told by those of the others missing, if ``by_absence``.
    """
    texts = [text for block in blocks for text in _texts(block)]
    text = "".join(vocabulary.key(part) for part in texts)
    own = _own_wordings(vocabulary, table)
    shares = {
        form: sum(_stands(wording, text) for wording in wordings) / len(wordings)
        for form, wordings in own.items()
        if wordings
    }
    best = max(shares, key=lambda form: shares[form], default="")
    if best and shares[best] >= _MOST:
        return best
    if not by_absence:
        return ""
    bare = [form for form, wordings in own.items() if not wordings]
    shared = {k[0] for b in vocabulary.of_table(table) if b.form in bare for k in b.rows.keys}
    if sum(_stands(wording, text) for wording in shared) < _MOST * len(shared):
        return ""
    return bare[0] if len(bare) == 1 and max(shares.values(), default=1.0) < _NONE else ""


def _stands(wording: str, text: str) -> bool:
    """Whether a wording stands in a text, or half of a long one before other text."""
    if partial_ratio(wording, text) >= _NEAR:
        return True
    half = len(wording) // 2
    return half >= _LONG and any(
        partial_ratio(part, text) >= _HALF for part in (wording[:half], wording[half:])
    )


def _texts(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [cell.text for cell in block.cells]
    return [block.text] if isinstance(block, Paragraph) else []


@lru_cache(maxsize=64)
def _own_wordings(vocabulary: Vocabulary, table: str) -> Mapping[str, frozenset[str]]:
    """For each form the labels of a table that no label of another form contains or lies in."""
    held: dict[str, set[str]] = {}
    for block in vocabulary.of_table(table):
        wordings = held.setdefault(block.form, set())
        wordings.update(keys[0] for axis in (block.rows, block.columns) for keys in axis.keys)
    return {
        form: frozenset(
            wording
            for wording in wordings
            if wording
            and not any(
                wording in other or other in wording
                for rival, others in held.items()
                if rival != form
                for other in others - {""}
            )
        )
        for form, wordings in held.items()
    }
