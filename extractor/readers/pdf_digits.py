"""One number or two: digits side by side where the edge of a cell runs between or through them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from itertools import pairwise

from extractor.readers import pdfium
from extractor.readers.pdf_text import PageText, Run, split_lines
from extractor.readers.pdfium import Handle

NUMERIC = frozenset("0123456789.,０１２３４５６７８９．，")
_EVEN = 0.03
"""Gaps between the digits of a number are alike but for this many em."""
_THROUGH = 0.15
"""An edge goes through a character if this much of its width is left on either side."""
_JOINT = 0.5
"""The edge of a cell lies in a gap, give or take half its rule."""
_OVER = 0.2
"""Numbers stand in each other's way if they overlap by more than this many em."""
_SAMPLE = 12
"""So many numbers show how a file draws them."""


class Link(Enum):
    """How two digits side by side belong together."""

    ONE = "one number"
    EVEN = "one number if the cell beside it has one of its own"
    TWO = "two numbers"
    DOUBT = "cannot be told"


def tangled(text_page: Handle, runs: Sequence[Run]) -> list[Run]:
    """Numbers of which the digits of another one stand in the way.

    What a file draws in one go is one number all the same.
    """
    found: dict[int, Run] = {}
    for line in split_lines(run for run in runs if NUMERIC.issuperset(run.text)):
        furthest = line[0]
        for run in line[1:]:
            if run.x0 < furthest.x1 - _OVER * run.height:
                found |= {id(furthest): furthest, id(run): run}
            if run.x1 > furthest.x1:
                furthest = run
    return [run for run in found.values() if not _is_drawn_at_once(text_page, run)]


def _is_drawn_at_once(text_page: Handle, run: Run) -> bool:
    return all(
        pdfium.drawn_together(text_page, a, b) for a, b in pairwise(range(run.start, run.end))
    )


class Digits:
    """How the numbers of one page are drawn."""

    def __init__(self, text_page: Handle, characters: PageText, runs: Sequence[Run]) -> None:
        self._text_page = text_page
        self._characters = characters
        self._runs = runs

    def links(self, indices: Sequence[int], seams: set[int], xs: Sequence[float]) -> list[Link]:
        """What links each character of ``indices`` to the one before it, from the second on.

        ``seams`` are the characters before which an edge runs; between others, anything but the
        digits of one number is doubtful. Text beside digits is told apart by being text.

        The file tells by what it draws in one go, or, where it draws digit by digit, by gaps that
        are not there between the digits of a number. Gaps that are alike may be chance: columns of
        one width give it row after row.
        """
        return [self._link(a, b, xs, seam=b in seams) for a, b in pairwise(indices)]

    def untangle(self, indices: Sequence[int], xs: Sequence[float]) -> list[list[int]]:
        """Numbers printed over one another, each by its evenly spaced digits; empty in doubt."""
        usual = self._usual_gap(xs)
        left, right = self._characters.left, self._characters.right
        if usual is None or not NUMERIC.issuperset([self._characters.text[i] for i in indices]):
            return []
        numbers: list[list[int]] = []
        for i in sorted(indices, key=lambda i: left[i]):
            slack = _EVEN * self._characters.height(i)
            fitting = [n for n in numbers if abs(left[i] - right[n[-1]] - usual) <= slack]
            if len(fitting) > 1:
                return []
            if fitting:
                fitting[0].append(i)
            else:
                numbers.append([i])
        return numbers if len(numbers) > 1 else []

    def _link(self, a: int, b: int, xs: Sequence[float], *, seam: bool) -> Link:
        characters = self._characters
        if characters.text[a] not in NUMERIC or characters.text[b] not in NUMERIC:
            return Link.TWO if seam else Link.ONE
        if pdfium.drawn_together(self._text_page, a, b):
            return Link.ONE
        if self._draws_whole:
            return Link.TWO if seam else Link.DOUBT
        usual = self._usual_gap(xs)
        if usual is None:
            return Link.DOUBT
        off = characters.left[b] - characters.right[a] - usual
        slack = _EVEN * characters.height(a)
        if abs(off) <= slack:
            if not seam:
                return Link.ONE
            crossed = self._is_crossed(a, xs) or self._is_crossed(b, xs)
            return Link.EVEN if crossed else Link.DOUBT
        return Link.TWO if seam and off > slack and self._is_parted(a, b, xs) else Link.DOUBT

    @cached_property
    def _numbers(self) -> list[list[int]]:
        """Some of the page's numbers of several digits, by their characters."""
        numbers = [run for run in self._runs if len(run.text) > 1 and NUMERIC.issuperset(run.text)]
        sample = numbers[:: max(1, len(numbers) // _SAMPLE)]
        return [self._characters.visible(run.start, run.end) for run in sample]

    @cached_property
    def _draws_whole(self) -> bool:
        """Whether the file does not draw numbers digit by digit."""
        numbers = self._numbers
        return len(numbers) > 1 and all(
            pdfium.drawn_together(self._text_page, *number[:2]) for number in numbers
        )

    def _usual_gap(self, xs: Sequence[float]) -> float | None:
        """The gap between digits of one number, ``None`` where no number shows it."""
        left, right = self._characters.left, self._characters.right
        gaps = sorted(
            left[b] - right[a]
            for number in self._numbers
            for a, b in pairwise(number)
            if not self._is_parted(a, b, xs)
        )
        return gaps[len(gaps) // 2] if gaps else None

    def _is_parted(self, a: int, b: int, xs: Sequence[float]) -> bool:
        """Whether an edge runs between two characters."""
        before, after = self._characters.right[a] - _JOINT, self._characters.left[b] + _JOINT
        return bisect_right(xs, before) != bisect_right(xs, after)

    def _is_crossed(self, index: int, xs: Sequence[float]) -> bool:
        """Whether an edge goes right through a character."""
        left, right = self._characters.left[index], self._characters.right[index]
        inset = _THROUGH * (right - left)
        return bisect_right(xs, left + inset) != bisect_right(xs, right - inset)
