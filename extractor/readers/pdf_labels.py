"""Labels beside figures without rules: which words label a row, which a group of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.readers.pdf_lines import begins_item
from extractor.readers.pdf_tokens import Token

_IN_CELL = 1.8
_ALIGNED = 0.25
_BESIDE = 0.25
"""Words beside a group stand within its height, or beyond it by this many em."""
_TIGHT = 1.2
"""Lines of a cell are at most this many times as far apart as the nearest ones."""
_NEARBY = 6
_BETWEEN = 1.5
_ON_ROW = 0.35


@dataclass(slots=True, eq=False)
class Block:
    """Lines of words under one another: the text of one cell."""

    tokens: list[Token]

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(token.x0 for token in self.tokens)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(token.x1 for token in self.tokens)

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.tokens[0].top

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.tokens[-1].bottom


def blocks_of(tokens: Sequence[Token], anchors: Sequence[float]) -> list[Block]:
    """Tokens put together that go on under one another, unless a number or a numbered item begins.

    Where they stand farther apart than lines need, those that have figures of their own beside
    them are cells of their own.
    """
    blocks: list[Block] = []
    ordered = sorted(tokens, key=lambda t: (t.middle, t.x0))
    gaps = [below.middle - token.middle for token, below in _pairs(ordered)]
    pitch = _TIGHT * min(gaps, default=0.0)
    for token in ordered:
        fitting = [
            block
            for block in blocks
            if _goes_on(block.tokens[-1], token)
            and (
                token.middle - block.tokens[-1].middle <= pitch
                or not (_is_on(token, anchors) and any(_is_on(t, anchors) for t in block.tokens))
            )
        ]
        if fitting and not begins_item(token.text) and not token.text.isdecimal():
            nearest = min(fitting, key=lambda block: token.middle - block.tokens[-1].middle)
            nearest.tokens.append(token)
        else:
            blocks.append(Block([token]))
    return blocks


def _pairs(ordered: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Tokens that may be neighbouring lines of one cell."""
    for i, token in enumerate(ordered):
        for below in ordered[i + 1 : i + 1 + _NEARBY]:
            if _goes_on(token, below):
                yield token, below
                break


def _goes_on(above: Token, token: Token) -> bool:
    apart, height = token.middle - above.middle, max(above.height, token.height)
    if not 0.5 * height < apart <= _IN_CELL * height:
        return False
    near = _ALIGNED * height
    return (
        abs(above.x0 - token.x0) < near
        or abs(above.centre - token.centre) < near
        or abs(above.x1 - token.x1) < near
    ) and (above.x0 < token.x1 and token.x0 < above.x1)


def _is_on(token: Token, anchors: Sequence[float]) -> bool:
    """Whether a token has figures at its height."""
    return any(abs(anchor - token.middle) <= _ON_ROW * token.height for anchor in anchors)


def split_groups(
    tokens: Sequence[Token], anchors: Sequence[float]
) -> tuple[list[Token], list[Block]]:
    """The words that label rows, and the blocks that name groups of rows.

    A block with words to its right, within its height, names a group; so does one that stands
    between two rows, with words to its right and no figures of its own.
    """
    groups = []
    for block in blocks_of(tokens, anchors):
        x1, top, bottom = block.x1, block.top, block.bottom
        off = [
            max(top - t.middle, t.middle - bottom) / t.height
            for t in tokens
            if t.x0 >= x1 - _BESIDE * t.height
        ]
        nearest = min(off, default=_BETWEEN)
        if nearest < _BESIDE or (nearest < _BETWEEN and not _is_anchored(block, anchors)):
            groups.append(block)
    taken = {id(token) for block in groups for token in block.tokens}
    return [t for t in tokens if id(t) not in taken], sorted(groups, key=lambda b: b.top)


def _is_anchored(block: Block, anchors: Sequence[float]) -> bool:
    """Whether figures stand at the height of the block as they do beside a label."""
    first, last = block.tokens[0], block.tokens[-1]
    places = ((first.middle + last.middle) / 2, first.middle, last.middle)
    return any(abs(a - place) <= _ON_ROW * first.height for a in anchors for place in places)


def columns_of(groups: Sequence[Block]) -> list[tuple[float, float]]:
    """Where groups stand beside one another: the columns left of the labels."""
    columns: list[tuple[float, float]] = []
    for block in sorted(groups, key=lambda b: b.x0):
        if columns and block.x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], block.x1))
        else:
            columns.append((block.x0, block.x1))
    return columns
