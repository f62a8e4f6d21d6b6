"""The words of a table without rules told apart: figures, headings and labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from extractor.readers.pdf_tokens import MARK, Token, value_count

LEAST_FIGURES = 3
"""A single row of figures is a table if it has so many, and a label."""
_COLUMN_GAP = 0.8
"""Words this many em apart stand in different columns."""
_ONE_ROW = 0.75
"""Lines of figures nearer than this many em are of one row: in some cells they are wrapped."""

_OFF_CENTRE = 2.0
"""A heading of the whole table stands in the middle of it, give or take this many em."""

_HALFWAY = 0.15
"""Lines halfway between two others are so by this many em."""

Parted = tuple[Sequence[Token], Sequence[Token]]
"""The words of a line that stand before the figures, and those among them."""


@dataclass(slots=True, eq=False)
class Anchor:
    """The figures of one row."""

    tokens: list[Token]

    @property
    def middle(self) -> float:
        """The height at which most of them stand."""
        return median_low([token.middle for token in self.tokens])


@dataclass(slots=True, eq=False)
class SortedWords:
    """The words of a table by what they are."""

    anchors: list[Anchor]
    heads: list[Token]
    labels: list[Token]


def part_lines(tokens: Sequence[Sequence[Token]]) -> list[Parted]:
    """Each line parted before its figures.

    A column of units, the same word beside nearly all figures, stands with them.
    """
    counts = [value_count(row) for row in tokens]
    before = [
        row[-n - 1].text if n and len(row) > n + 1 else ""
        for row, n in zip(tokens, counts, strict=True)
    ]
    unit, times = Counter(filter(None, before)).most_common(1)[0] if any(before) else ("", 0)
    rows = sum(n > 0 for n in counts)
    if 0 < len(unit) <= MARK and times >= LEAST_FIGURES and 2 * times >= rows:
        counts = [n + (text == unit) for n, text in zip(counts, before, strict=True)]
    return [
        (row[: len(row) - n], row[len(row) - n :]) for row, n in zip(tokens, counts, strict=True)
    ]


def stand_in_columns(parted: Sequence[Parted]) -> bool:
    """Whether the figures stand apart from the words before them, unlike those in a text."""
    if any(len(own) > 1 for _, own in parted):
        return True
    gaps = [own[0].x0 - rest[-1].x1 for rest, own in parted if rest and own]
    height = max(own[0].height for _, own in parted if own)
    return not gaps or median_low(gaps) > _COLUMN_GAP * height


def sort_words(
    parted: Sequence[Parted], values: Sequence[Sequence[Token]], left: float
) -> SortedWords | None:
    """Figures, headings and labels told apart; ``None`` where words stand among figures.

    Labels stand left of the figures. Where these are set flush right, so does the heading of their
    first column, but right of all labels beside figures.

    Args:
        parted: The lines.
        values: The figures of the lines, by height.
        left: Where the figures begin.
    """
    found = SortedWords(_anchors(values), [], [])
    beside = [token for rest, own in parted if own for token in rest]
    limit = max((t.x1 for t in beside if t.x1 <= left + 1), default=left)
    for rest, own in parted:
        inner = [token for token in rest if token.x1 > left + 1]
        if own and any(len(token.text) > MARK for token in inner):
            return None
        if own:
            for token in inner:
                _nearest(found.anchors, token).tokens.append(token)
        elif inner and not any(c.isalnum() for token in inner for c in token.text):
            found.anchors.append(Anchor(inner))
        else:
            inner = [token for token in rest if token.x1 > left + 1 or token.x0 >= limit]
            found.heads += inner
        found.labels += [token for token in rest if token not in inner]
    found.anchors.sort(key=lambda anchor: anchor.middle)
    return found


def _anchors(values: Sequence[Sequence[Token]]) -> list[Anchor]:
    """Lines of figures put together where they are too near to be rows of their own."""
    anchors: list[Anchor] = []
    last = 0.0
    wrapped = _wrapped_lines(values)
    for i, line in enumerate(values):
        if anchors and (i in wrapped or line[0].middle - last < _ONE_ROW * line[0].height):
            anchors[-1].tokens += line
        else:
            anchors.append(Anchor(list(line)))
        last = line[0].middle
    return anchors


def _wrapped_lines(values: Sequence[Sequence[Token]]) -> set[int]:
    """Lines that belong to the row of the line above: figures of two lines beside those of one.

    The latter stand halfway between the former, in other columns.
    """
    found: set[int] = set()
    for i, (first, middle, last) in enumerate(zip(values, values[1:], values[2:], strict=False)):
        above, below = middle[0].middle - first[0].middle, last[0].middle - middle[0].middle
        height = middle[0].height
        if (
            max(above, below) < height
            and abs(above - below) < _HALFWAY * height
            and len(first) == len(last)
            and all(_overlap(a, b) for a, b in zip(first, last, strict=True))
            and not any(_overlap(a, b) for a in first for b in middle)
        ):
            found |= {i + 1, i + 2}
    return found


def _overlap(a: Token, b: Token) -> bool:
    """Whether two words stand under one another."""
    return a.x0 < b.x1 and b.x0 < a.x1


def _nearest(anchors: Sequence[Anchor], token: Token) -> Anchor:
    return min(anchors, key=lambda anchor: abs(anchor.tokens[0].middle - token.middle))


def take_back(words: SortedWords, left: float) -> None:
    """Make words among the headings labels that stand left of the columns."""
    words.labels += [token for token in words.heads if token.centre < left]
    words.heads = [token for token in words.heads if token.centre >= left]


def without_captions(words: SortedWords, right: float) -> list[Token]:
    """The headings that cannot be those of the whole table: not alone in the middle of it.

    Args:
        words: The words of the table.
        right: Where it ends.
    """
    left = min((token.x0 for token in words.labels), default=right)
    return [
        token
        for token in words.heads
        if abs(token.centre - (left + right) / 2) > _OFF_CENTRE * token.height
        or any(
            other is not token and abs(other.middle - token.middle) < _ONE_ROW * token.height
            for other in words.heads
        )
    ]
