"""Words of lines outside ruled tables: what was written in one go, and which are figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from extractor.readers.pdf_tables import is_figure
from extractor.readers.pdf_text import Run, runs_text

_BLANK_GAP = 1.3
"""Blanks that are typed part words of one text up to this many em."""
_MOST_BLANKS = 3
_ORDINAL_ENDS = frozenset(".．、")
_UNIT_GAP = 0.5
"""What stands this near behind a figure belongs to it."""


@dataclass(slots=True, eq=False)
class Token:
    """Words on one line that stand together."""

    runs: list[Run]
    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    figure: bool

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Horizontal centre."""
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        """Font size, nearly."""
        return self.bottom - self.top


def make_token(runs: list[Run]) -> Token:
    """A token of runs that stand left to right."""
    text = runs_text(runs)
    return Token(
        runs,
        runs[0].x0,
        min([run.top for run in runs]),
        max([run.x1 for run in runs]),
        max([run.bottom for run in runs]),
        text,
        is_figure(text) and text[-1] not in _ORDINAL_ENDS,
    )


def tokens_of(runs: Iterable[Run], blanks: Collection[int]) -> list[Token]:
    """The tokens of one line. ``blanks`` are the indices of blanks that are printed."""
    groups: list[list[Run]] = []
    for run in runs:
        if groups and _belongs(groups[-1], run, blanks):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [make_token(group) for group in groups]


def _belongs(before: Sequence[Run], run: Run, blanks: Collection[int]) -> bool:
    last = before[-1]
    gap, height = run.x0 - last.x1, run.height
    between = range(last.end, run.start)
    if gap < _BLANK_GAP * height and 0 < len(between) <= _MOST_BLANKS:
        return all(i in blanks for i in between)
    return (
        gap < _UNIT_GAP * height
        and not is_figure(run.text)
        and is_figure(last.text)
        and is_figure(runs_text([*before, run]))
    )


def value_count(tokens: Sequence[Token]) -> int:
    """How many tokens at the end of a line are figures; digits before a text number it."""
    count = 0
    for token in reversed(tokens):
        if not token.figure:
            break
        count += 1
    return count
