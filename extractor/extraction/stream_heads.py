"""Whether the headings of a flattened table are those of the form, in its order."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import regex
from rapidfuzz.fuzz import partial_ratio, ratio

from extractor.extraction.aligned import Oddity
from extractor.extraction.chunks import LEAST_TAIL, NEAR_TAIL, Chunk
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.pieces import Token, columns_of
from extractor.numerals import is_unit
from extractor.report import Evidence
from extractor.textnorm import key

_REACH = 30.0
"""Points left of the first figure within which a word may still be part of its heading."""

_REACH_IN_LETTERS = 6.0
"""The same in letters."""

Span = tuple[float, float]

_HAN = regex.compile(r"\p{Han}")
_BRACKETS = ("(", "（", "[", "［", "〔", "【")
_LEAST_WORD = 2
_NEAR_WORD = 0.72
"""Likeness from which a word may be a damaged heading rather than one of its own."""


def sound_heads(chunks: Sequence[Chunk], block: BlockIndex) -> bool:
    """Whether nothing in the text up to the first row speaks against the columns of the form."""
    text = "".join(chunk.label for chunk in chunks)
    in_order = _in_order(text, block) and lines_in_order(
        [chunk.run.labels for chunk in chunks], block
    )
    words = [word for chunk in chunks for word in chunk.run.labels]
    in_order = in_order and _alike_in_order([key(word.text) for word in words], block)
    return in_order and _whole(text, block) and not exchanged(words, chunks[-1].tokens, block)


def headings_told(chunks: Sequence[Chunk], block: BlockIndex) -> bool:
    """Whether all column headings stand above the first row, in the order of the form."""
    text = _without_groups("".join(chunk.label for chunk in chunks), block)
    places = [text.find(wordings[0]) for wordings in block.columns.keys]
    return min(places) >= 0 and places == sorted(places)


def sound_text(text: str, block: BlockIndex) -> bool:
    """Whether the column headings of a block stand in a text, all and in order as far as told."""
    return _in_order(text, block) and _whole(text, block)


def sound_words(words: Sequence[str], block: BlockIndex) -> bool:
    """Whether the column headings of a block stand among words, all and in order.

    A heading of few letters counts where it is one word or several whole ones: labels of rows may
    hold it too. Where it stands only within other words its place is not told.
    """
    text = "".join(words)
    edges = {0, *accumulate(map(len, words))}
    last: dict[tuple[str, ...], int] = {}
    for wordings, parents in zip(block.columns.keys, block.column_parents, strict=True):
        wording = wordings[0]
        place = text.find(wording)
        if place >= 0 and len(wording) < LEAST_TAIL:
            places = (at for at in sorted(edges) if text.startswith(wording, at))
            place = next((at for at in places if at + len(wording) in edges), -1)
            if place < 0:
                return False
        if 0 <= place < last.get(parents, -1):
            return False
        last[parents] = max(place, last.get(parents, -1))
    return _whole(text, block) and _alike_in_order(words, block)


def unknown_heading(
    labels: Sequence[Token],
    block: BlockIndex,
    siblings: Sequence[BlockIndex],
    vocabulary: Vocabulary,
) -> Token | None:
    """A word among the column headings of a block that its form does not have: another column.

    Args:
        labels: The words before the first row, the last of which is the label of the row.
        block: The block whose headings they may be.
        siblings: All blocks of its table in the same form.
        vocabulary: The labels of all forms.

    Returns:
        The word, ``None`` also where no heading stands there.
    """
    keys = [vocabulary.key(token.text) for token in labels]
    first = next((i for i, key in enumerate(keys) if is_heading(key, (block,))), len(keys))
    complete = all(wordings[0] in keys for wordings in block.columns.keys)
    for i in range(first, len(labels) - 1):
        if len(_HAN.findall(keys[i])) < _LEAST_WORD or is_unit(keys[i][-1:]):
            continue
        if labels[i].text.startswith(_BRACKETS) or _is_known(keys, i, siblings, complete):
            continue
        return labels[i]
    return None


def is_heading(key: str, blocks: Sequence[BlockIndex]) -> bool:
    """Whether a text is a column heading that means something by itself."""
    return len(key) >= LEAST_TAIL and any(key in block.columns.lookup for block in blocks)


def _is_known(keys: Sequence[str], i: int, siblings: Sequence[BlockIndex], complete: bool) -> bool:
    """Whether a word is a label of a table or a piece of one.

    Where all headings are there (``complete``), a piece of a heading counts only beside another.
    """
    key = keys[i]
    beside = (keys[i - 1] + key if i else key, key + keys[i + 1])
    for block in siblings:
        if any(key in wording or wording in key for wording in _other_wordings(block)):
            return True
        for wording in block.columns.lookup:
            if key == wording or (len(wording) >= LEAST_TAIL and wording in key):
                return True
            if any(text in wording for text in beside):
                return True
            if not complete and (key in wording or ratio(key, wording) >= 100 * _NEAR_WORD):
                return True
    return False


def unknown_columns(heading: Token | None) -> tuple[Oddity, ...]:
    """What is odd about a table with a heading that no form has."""
    if heading is None:
        return ()
    evidence = (Evidence("column", heading.text, heading.location),)
    return (Oddity("column_unexpected", heading.text, evidence),)


@lru_cache(maxsize=64)
def _other_wordings(block: BlockIndex) -> frozenset[str]:
    """All labels of a block but those of its columns."""
    held = {*block.rows.lookup, *block.captions, *block.stub_heads}
    return frozenset(held | block.groups | block.notes) - {""}


def _in_order(text: str, block: BlockIndex) -> bool:
    """Whether the column headings that stand in a text stand in the order of the form.

    Headings of one group are compared with each other; which group comes first in the text depends
    on how it was flattened.
    """
    text = _without_groups(text, block)
    last: dict[tuple[str, ...], int] = {}
    for wordings, parents in zip(block.columns.keys, block.column_parents, strict=True):
        place = text.find(wordings[0])
        if place < 0:
            continue
        if place < last.get(parents, -1):
            return False
        last[parents] = place
    return True


def lines_in_order(labels: Sequence[Sequence[Token]], block: BlockIndex) -> bool:
    """Whether pieces of headings that stand on one line stand in the order of the form.

    A heading in a narrow column is broken over several lines, into single letters at worst; a piece
    that no other heading has tells the column.
    """
    return all(
        places == sorted(places)
        for words in labels
        for places in _places_by_line(words, block).values()
    )


def _places_by_line(words: Sequence[Token], block: BlockIndex) -> dict[object, list[int]]:
    """For each printed line and group the columns whose pieces stand on it, left to right."""
    places: dict[object, list[int]] = {}
    for word in words:
        piece = key(word.text)
        if not piece or piece in block.groups:
            continue
        named = {j for j, wordings in enumerate(block.columns.keys) if piece in wordings[0]}
        if len(named) == 1:
            box = word.location.box
            line = word.location.path if box is None else (word.location.page, round(box.top))
            column = named.pop()
            places.setdefault((line, block.column_parents[column]), []).append(column)
    return places


def _alike_in_order(words: Sequence[str], block: BlockIndex) -> bool:
    """Whether headings of one length, which break alike, begin in the order of the form."""
    headings = dict.fromkeys(wordings[0] for wordings in block.columns.keys)
    for length in {len(heading) for heading in headings if len(heading) > LEAST_TAIL}:
        alike = [heading for heading in headings if len(heading) == length]
        begun = [
            places[0]
            for word in words
            if len(word) >= _LEAST_WORD
            and len(places := [j for j, h in enumerate(alike) if h.startswith(word)]) == 1
        ]
        if not _rises(begun):
            return False
    return True


def pieces_in_order(words: Sequence[str], block: BlockIndex, *, whole: bool) -> bool:
    """Whether the first pieces of broken headings come in the order of the form, and the last ones.

    Headings that several groups have come again for each of them. Those that are printed in one
    piece count where ``whole``: beside broken ones their place on the page tells nothing.
    """
    headings = list(dict.fromkeys(wordings[0] for wordings in block.columns.keys))
    first: list[int] = []
    second: list[int] = []
    for word in words:
        if word in headings and not whole:
            continue
        begins = {j for j, heading in enumerate(headings) if word and heading.startswith(word)}
        ends = {j for j, heading in enumerate(headings) if word and heading.endswith(word)}
        if len(begins) == 1 and ends <= begins:
            first += begins
        if len(ends) == 1 and begins <= ends:
            second += ends
    return all(_rises(places) for places in (first, second))


def _rises(places: Sequence[int]) -> bool:
    """Whether places rise, from anew no more often than the most frequent of them comes."""
    falls = sum(b <= a for a, b in pairwise(places))
    return falls < max(Counter(places).values(), default=1)


def _whole(text: str, block: BlockIndex) -> bool:
    """Whether the column headings before the first row are all there, or none of them.

    With one of them gone, as many figures as the form has columns may still be other columns.
    """
    bare = _without_groups(text, block)
    found = [
        any(wording in bare for wording in wordings if wording)
        or (len(wordings[0]) > LEAST_TAIL and partial_ratio(wordings[0], bare) >= 100 * NEAR_TAIL)
        for wordings in block.columns.keys
    ]
    telling = [len(wordings[0]) > 2 for wordings in block.columns.keys]
    some = any(hit and long for hit, long in zip(found, telling, strict=True))
    return all(found) or not some or is_scrambled(bare, block)


def _without_groups(text: str, block: BlockIndex) -> str:
    for group in sorted(block.groups, key=len, reverse=True):
        text = text.replace(group, "|")
    return text


def exchanged(words: Sequence[Token], figures: Sequence[Token], block: BlockIndex) -> bool:
    """Whether headings printed above the figures name other columns than their order does.

    Only where the places of words are known: the words above each figure of the first row, from
    top to bottom, are its heading. One that cannot be told is no sign of anything. On lines of
    plain text places are less sure: there all headings must be found, in one measure.

    Args:
        words: The words before the first row.
        figures: The figures of that row.
        block: The block whose headings they may be.
    """
    told = _told_above(words, figures, block, _in_points)
    if sum(bool(hits) and j not in hits for j, hits in enumerate(told)) > 1:
        return True
    for span in (_in_letters, _in_columns):
        told = _told_above(words, figures, block, span)
        if all(told) and any(j not in hits for j, hits in enumerate(told)):
            return True
    return False


def headed(words: Sequence[Token], figures: Sequence[Token], block: BlockIndex) -> bool:
    """Whether the words printed above each figure are the heading of its column, in all columns.

    Only where the places of words are known.
    """
    told = _told_above(words, figures, block, _in_points)
    return bool(told) and all(j in hits for j, hits in enumerate(told))


def _told_above(
    words: Sequence[Token],
    figures: Sequence[Token],
    block: BlockIndex,
    span: Callable[[Token], Span | None],
) -> list[tuple[int, ...]]:
    """The columns that the words above each figure name, or the lowest of them.

    The pieces of a group may stand above them.
    """
    spans = [span(token) for token in figures]
    if len(spans) != len(block.columns.keys) or None in spans:
        return []
    centres = [(held[0] + held[1]) / 2 for held in spans if held is not None]
    edges = [(a + b) / 2 for a, b in pairwise(centres)]
    reach = _REACH if span is _in_points else _REACH_IN_LETTERS
    printed: list[list[str]] = [[] for _ in centres]
    for word in sorted(words, key=_height) if span is _in_points else words:
        held = None if key(word.text) in block.groups else span(word)
        if held is not None and centres[0] - reach <= sum(held) / 2:
            printed[bisect_right(edges, sum(held) / 2)].append(word.text)
    return [_named_by(stack, block) for stack in printed]


def _named_by(stack: Sequence[str], block: BlockIndex) -> tuple[int, ...]:
    """The columns whose heading the lowest words of a stack are, as many of them as can be."""
    suffixes = (key("".join(stack[start:])) for start in range(len(stack)))
    return next((hits for text in suffixes if (hits := block.columns.lookup.get(text))), ())


def _height(token: Token) -> tuple[int, float]:
    """Where a word stands down the pages."""
    box = token.location.box
    return token.location.page or 0, 0.0 if box is None else box.top


def _in_points(token: Token) -> Span | None:
    box = token.location.box
    return None if box is None else (box.x0, box.x1)


def _in_letters(token: Token) -> Span | None:
    """Where a word stands on a line of which each letter takes one place."""
    return None if token.indent is None else (token.indent[0], token.indent[0] + len(token.text))


def _in_columns(token: Token) -> Span | None:
    """Where a word stands on a line of which wide letters take two places."""
    if token.indent is None:
        return None
    return token.indent[1], token.indent[1] + columns_of(token.text)


def is_scrambled(context: str, block: BlockIndex) -> bool:
    """Whether all characters of the headings are there, in whatever order they came out."""
    left = Counter(context)
    for wordings, times in Counter(block.columns.keys).items():
        for wording in wordings:
            needed = Counter({character: n * times for character, n in Counter(wording).items()})
            if needed <= left:
                left -= needed
                break
        else:
            return False
    return True
