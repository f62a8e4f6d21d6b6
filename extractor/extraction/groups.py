"""Whether the headings of groups of columns stand where the form has them."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.extraction.chunks import LEAST_TAIL
from extractor.extraction.labels import BlockIndex
from extractor.extraction.pieces import Token
from extractor.textnorm import key

_LEAST_PIECE = 2
"""Letters from which a piece of a broken heading may tell its group."""


def groups_told(words: Sequence[Token], figures: Sequence[Token], block: BlockIndex) -> bool:
    """Whether no heading of a group stands elsewhere than the form has it.

    On a page every piece of it must stand above the columns of its group. In text the headings must
    come in the order of the form; pieces of one between those of another tell no order.

    Args:
        words: The words before the row.
        figures: The figures of the row.
        block: The block whose headings they may be.
    """
    if any(token.location.box is None for token in figures) or len(figures) != len(
        block.columns.keys
    ):
        return _in_order(words, block)
    return all(_stands_above(word, figures, block) for word in words)


def _groups(block: BlockIndex) -> dict[str, list[int]]:
    """The innermost groups, and their columns."""
    groups: dict[str, list[int]] = {}
    for j, parents in enumerate(block.column_parents):
        if parents and len(parents[-1]) > LEAST_TAIL:
            groups.setdefault(parents[-1], []).append(j)
    return groups


def _group_of(piece: str, block: BlockIndex) -> str:
    """The only group that a text is a piece of, ``""`` where it may be something else."""
    if len(piece) < _LEAST_PIECE or any(piece in w for names in block.columns.keys for w in names):
        return ""
    owners = [group for group in _groups(block) if piece in group]
    return owners[0] if len(owners) == 1 else ""


def _stands_above(word: Token, figures: Sequence[Token], block: BlockIndex) -> bool:
    group = _group_of(key(word.text), block)
    box = word.location.box
    if not group or box is None:
        return True
    columns = _groups(block)[group]
    boxes = [figure.location.box for figure in figures]
    centres = [(held.x0 + held.x1) / 2 for held in boxes if held is not None]
    pitch = (centres[-1] - centres[0]) / max(len(centres) - 1, 1)
    left, right = centres[columns[0]] - pitch, centres[columns[-1]] + pitch
    return left <= (box.x0 + box.x1) / 2 <= right


def _in_order(words: Sequence[Token], block: BlockIndex) -> bool:
    keys = [key(word.text) for word in words]
    text = "".join(keys)
    places = []
    for group in _groups(block):
        place = text.rfind(group)
        if place >= 0:
            places.append(place)
        elif any(_group_of(piece, block) == group for piece in keys):
            return False
    return places == sorted(places)
