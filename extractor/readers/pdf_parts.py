"""A table without rules from top to bottom: headings and the rows of figures under them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_low

from extractor.readers.pdf_columns import Columns
from extractor.readers.pdf_heads import lines_of
from extractor.readers.pdf_rows import LabelLine, RowOf, Stretch
from extractor.readers.pdf_tokens import Token
from extractor.readers.pdf_words import Anchor, SortedWords

_NEAR = 0.3
_OFF_CENTRE = 2.0
"""A caption stands in the middle of its table, give or take this many em."""
_MOSTLY = 0.8
_WRAP = 1.6
"""A word this many em or less under another one is the rest of a wrapped line."""
_SAME_CELL = 1.2
"""Lines of a label are at most this many times their usual pitch apart."""


@dataclass(slots=True, eq=False)
class Section:
    """Headings between rows of figures, and the label beside them.

    ``captioned`` tells that the first word heads the table as a whole.
    """

    tokens: list[Token]
    captioned: bool
    labels: list[LabelLine] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(token.top for token in self.tokens)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(token.bottom for token in self.tokens)

    def is_beside(self, token: Token) -> bool:
        """Whether a word stands within the height of the headings."""
        slack = _NEAR * token.height
        return self.top - slack <= token.middle <= self.bottom + slack


def label_lines(tokens: Sequence[Token]) -> list[LabelLine]:
    """Words of labels by line."""
    return [
        LabelLine(line, sum(t.middle for t in line) / len(line), max(t.height for t in line))
        for line in lines_of(tokens)
    ]


def find_sections(words: SortedWords, columns: Columns) -> tuple[list[Section], list[Token]]:
    """The headings, parted by the rows of figures between them, and the labels not beside any.

    A caption begins a new part.
    """
    sections: list[Section] = []
    heights = sorted(anchor.middle for anchor in words.anchors)
    last = -1
    for line in lines_of(words.heads):
        at = bisect_right(heights, line[0].middle)
        above = sections[-1].tokens if sections and at == last else []
        captioned = _is_caption(line, words, columns) and not any(_wraps(t, line[0]) for t in above)
        if sections and at == last and not captioned:
            sections[-1].tokens += line
        else:
            sections.append(Section(list(line), captioned))
        last = at
    beside: list[list[Token]] = [[] for _ in sections]
    rest: list[Token] = []
    for token in words.labels:
        i = next((i for i, section in enumerate(sections) if section.is_beside(token)), None)
        (rest if i is None else beside[i]).append(token)
    for section, tokens in zip(sections, beside, strict=True):
        section.labels = label_lines(tokens)
    return sections, rest


def _is_caption(line: Sequence[Token], words: SortedWords, columns: Columns) -> bool:
    """Whether a line stands in the middle of the whole table, not of a column or of them all."""
    if len(line) > 1 or not words.labels:
        return False
    centre, right = line[0].centre, columns.edges[-1]
    off = min(abs(centre - (left + right) / 2) for left in _left_edges(words.labels, columns))
    middles = [columns.middle, *(columns.centre(k) for k in range(len(columns)))]
    return off < _OFF_CENTRE * line[0].height and all(off < abs(centre - m) for m in middles)


def _left_edges(labels: Sequence[Token], columns: Columns) -> list[float]:
    """Where the table may begin: with its longest label, or before it where labels are centred."""
    left = min(token.x0 for token in labels)
    middle = median_low([token.centre for token in labels])
    near = sum(abs(token.centre - middle) < _NEAR * token.height for token in labels)
    mirrored = 2 * middle - columns.edges[0]
    centred = _MOSTLY * len(labels) <= near and mirrored < left
    return [left, mirrored] if centred else [left]


def _wraps(above: Token, below: Token) -> bool:
    """Whether a word stands right under another one, as a wrapped line does."""
    apart, height = below.middle - above.middle, max(above.height, below.height)
    return 0 < apart < _WRAP * height and abs(above.centre - below.centre) < height


def find_stretches(
    sections: Sequence[Section],
    lines: Sequence[LabelLine],
    anchors: Sequence[Anchor],
    bounds: Sequence[float],
) -> list[tuple[Stretch, list[Anchor]]]:
    """The rows above the first headings, and those under each of them, with their figures."""
    tops = [section.top for section in sections]
    own_lines: list[list[LabelLine]] = [[] for _ in range(len(sections) + 1)]
    figures: list[list[Anchor]] = [[] for _ in range(len(sections) + 1)]
    for line in lines:
        own_lines[bisect_right(tops, line.middle)].append(line)
    for anchor in anchors:
        figures[bisect_right(tops, anchor.middle)].append(anchor)
    return [
        (
            Stretch(
                own,
                [anchor.middle for anchor in held],
                bounds,
                open_start=True,
                open_end=i == len(sections) or not held,
            ),
            held,
        )
        for i, (own, held) in enumerate(zip(own_lines, figures, strict=True))
    ]


def give_to_heads(
    stretch: Stretch,
    rows: Sequence[RowOf],
    before: Section | None,
    after: Section | None,
    pitch: float,
) -> list[RowOf]:
    """Rows of figures, once the lines that go on with the label of headings are theirs."""
    own = list(rows)
    while own and own[0].anchor is None and before is not None:
        lines = stretch.lines[own[0].start : own[0].end]
        if not before.labels or not _continues(before.labels[-1], lines[0], pitch):
            break
        before.labels += lines
        own.pop(0)
    while own and own[-1].anchor is None and after is not None:
        lines = stretch.lines[own[-1].start : own[-1].end]
        if not after.labels or not _continues(lines[-1], after.labels[0], pitch):
            break
        after.labels = [*lines, *after.labels]
        own.pop()
    return own


def _continues(above: LabelLine, below: LabelLine, pitch: float) -> bool:
    return below.middle - above.middle <= _SAME_CELL * pitch
