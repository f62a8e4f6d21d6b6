"""Words of lines outside ruled tables: what was written in one go, and which are figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.readers.pdf_lines import begins_item
from extractor.readers.pdf_tables import is_figure
from extractor.readers.pdf_text import Run, runs_text

_BLANK_GAP = 1.6
"""Blanks that are typed part words of one text up to this many em."""
_MOST_BLANKS = 3
_WORD_GAP = 0.3
"""What is written one after the other and stands this near is one text, if it begins no item."""
MARK = 2
"""What stands for a figure without being one has at most this many characters."""
_LEAST_NUMBERED = 3
_MARK_GAP = 0.5
_ORDINAL = re.compile(r"\d{1,2}[.．、)）]")
_ORDINAL_ENDS = frozenset(".．、")
_SQUARE = "\u2e80"
"""Characters from here on are as wide as they are high, mostly."""
_UNIT_GAP = 0.5
"""What stands this near behind a figure belongs to it."""
_IDEOGRAPHS = (("\u2e80", "\u2fdf"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"))
_FULL = 0.9
"""The box of a font is at least this many em high."""
_BESIDE = 0.5
_NARROW = 1.7
"""No ideograph is so many times higher than wide: the box is none of its ink."""
_ONE_SIZE = 1.8
"""A lone character is of the size of its neighbour if its ink is not smaller by this factor."""


@dataclass(slots=True, eq=False)
class Token:
    """Words on one line that stand together.

    ``middle`` is their height on the page, ``centre`` their place across it, ``height`` the font
    size, nearly.
    """

    runs: list[Run]
    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    figure: bool
    middle: float
    centre: float
    height: float


def make_token(runs: list[Run]) -> Token:
    """A token of runs that stand left to right."""
    text = runs_text(runs)
    x0, x1 = runs[0].x0, max([run.x1 for run in runs])
    top, bottom = min([run.top for run in runs]), max([run.bottom for run in runs])
    return Token(
        runs=runs,
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        text=text,
        figure=is_figure(text) and text[-1] not in _ORDINAL_ENDS,
        middle=(top + bottom) / 2,
        centre=(x0 + x1) / 2,
        height=bottom - top,
    )


def square(runs: Sequence[Run]) -> None:
    """Give ideographs whose box is that of their ink the squares that they are written in.

    The ink of some is much flatter or narrower, so that they would seem to stand apart from the
    words around them, or on a line of their own. ``runs`` in the order of the file.
    """
    around = [None, *runs, None]
    for before, run, after in zip(around, runs, around[2:], strict=False):
        if not any(a <= run.text[0] <= b for a, b in _IDEOGRAPHS):
            continue
        if len(run.text) > 1:
            if not any(char.isascii() for char in run.text):
                _grow(run, 0.0, _FULL * (run.x1 - run.x0) / len(run.text))
            continue
        if run.height > _NARROW * (run.x1 - run.x0):
            continue
        ink = max(run.height, run.x1 - run.x0)
        beside = [
            other.height
            for other in (before, after)
            if other is not None
            and abs(other.middle - run.middle) < _BESIDE * ink
            and ink <= other.height < _ONE_SIZE * ink
        ]
        size = max(beside, default=ink)
        _grow(run, size, size)


def _grow(run: Run, width: float, height: float) -> None:
    """Make the box of a run at least so large, about its middle."""
    centre, middle = (run.x0 + run.x1) / 2, run.middle
    run.x0, run.x1 = min(run.x0, centre - width / 2), max(run.x1, centre + width / 2)
    run.top, run.bottom = min(run.top, middle - height / 2), max(run.bottom, middle + height / 2)


def tokens_of(runs: Iterable[Run], blanks: Collection[int]) -> list[Token]:
    """The tokens of one line. ``blanks`` are the indices of blanks that are printed.

    Headings of several lines stand on one with others of a single line; there what is above or
    below parts no word.
    """
    groups: list[list[Run]] = []
    for run in runs:
        near = groups[-1:]
        if len(groups) > 1 and not _is_level(groups[-1][-1], run):
            near += [group for group in groups[-2:-1] if _is_level(group[-1], run)]
        own = next((group for group in near if _belongs(group, run, blanks)), None)
        if own is None:
            groups.append([run])
        else:
            own.append(run)
    return [make_token(group) for group in groups]


def _is_level(a: Run, b: Run) -> bool:
    """Whether two runs stand beside each other, most of the lower one's height."""
    return min(a.bottom, b.bottom) - max(a.top, b.top) > min(a.height, b.height) / 2


def _belongs(before: Sequence[Run], run: Run, blanks: Collection[int]) -> bool:
    """Whether a run goes on with a token: typed in one go, a number and its text, or its unit."""
    last = before[-1]
    spaced = any(b.start - a.end and _is_typed(a, b, blanks) for a, b in pairwise(before))
    gap, height = run.x0 - last.x1, max(run.height, last.height)
    if run.start == last.end and gap < _WORD_GAP * height and not _has_figure(last, run):
        return True
    if gap < _BLANK_GAP * height and 0 < run.start - last.end <= _MOST_BLANKS:
        if _is_typed(last, run, blanks) or _ORDINAL.fullmatch(last.text):
            return True
        bearing = _bearing(last, height) + _bearing(run, height)
        if (
            gap - bearing < _WORD_GAP * height
            and not spaced
            and not begins_item(run.text)
            and not _has_figure(last, run)
        ):
            return True
    return (
        gap < _UNIT_GAP * height
        and not is_figure(run.text)
        and is_figure(last.text)
        and is_figure(runs_text([*before, run]))
    )


def _has_figure(a: Run, b: Run) -> bool:
    return is_figure(a.text) or is_figure(b.text)


def _is_typed(a: Run, b: Run, blanks: Collection[int]) -> bool:
    """Whether all that parts two runs is blanks that are printed."""
    return all(i in blanks for i in range(a.end, b.start))


def _bearing(run: Run, height: float) -> float:
    """What a lone square character lacks on either side where its box is that of its ink."""
    lone = len(run.text) == 1 and run.text >= _SQUARE
    return max(0.0, (height - run.x1 + run.x0) / 2) if lone else 0.0


def value_count(tokens: Sequence[Token]) -> int:
    """How many tokens at the end of a line are figures, or marks in the place of some.

    Digits before a text number it.
    """
    count = 0
    for n, token in enumerate(reversed(tokens), start=1):
        if token.figure:
            count = n
        elif len(token.text) > MARK or (
            n < len(tokens) and token.x0 - tokens[-n - 1].x1 < _MARK_GAP * token.height
        ):
            break
    return count


def unmark_numbers(tokens: Sequence[Sequence[Token]]) -> None:
    """Take the numbers of numbered rows for the words they are.

    They count up by one, in a column left of all labels; in some rows the label stands higher or
    lower, so that nothing parts the number from the figures.
    """
    led = [row[0] for row in tokens if _is_numbered(row)]
    if len(led) < _LEAST_NUMBERED:
        return
    x0, x1 = min(token.x0 for token in led), max(token.x1 for token in led)
    column = [row[0] for row in tokens if row and row[0].x0 < x1 and x0 < row[0].x1]
    numbers = [token for token in column if token.figure]
    if any(token.x1 > x1 + token.height or not token.text.isdecimal() for token in numbers):
        return
    if all(int(b.text) in (1, int(a.text) + 1) for a, b in pairwise(numbers)):
        for token in numbers:
            token.figure = False


def _is_numbered(row: Sequence[Token]) -> bool:
    return len(row) > 1 and row[0].text.isdecimal() and len(row[1].text) > MARK
