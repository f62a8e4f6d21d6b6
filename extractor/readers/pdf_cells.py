"""Words into the cells of ruled grids, cut where they cross an edge."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.readers import pdfium
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_text import PageText, Run
from extractor.readers.pdfium import Handle
from extractor.readers.rulings import Grid, Span

_INSET = 0.2
"""Text may stand over the edge of its cell by this many em."""
_NUMBER_GAP = 0.08
"""Digits nearer than this many em belong to one number, whatever rule runs between them."""
_CLOSING = frozenset("）〕】》〉」』”’、，。；：？！)]};:?!%％")
"""Marks that stay on the line of what they close."""
_THROUGH = 0.15
"""An edge goes through a character if this much of its width is left on either side."""
_APART = 0.02
"""A gap wider by this many em than those within numbers parts two."""
_JOINT = 0.5
"""The edge of a cell lies in the gap, give or take half its rule."""
_SAMPLE = 12
"""So many numbers show how a file draws them."""
_NUMERIC = frozenset("0123456789.,０１２３４５６７８９．，")


@dataclass(slots=True)
class GridContent:
    """A grid and the runs in each of its spans.

    ``overflow`` names the numbers that are wider than the span they are in; ``shaded`` tells that
    no rules but filled areas make the grid.
    """

    grid: Grid
    runs: list[list[Run]]
    shaded: bool = False
    overflow: list[tuple[int, Run]] = field(default_factory=list)


_Part = tuple[int, list[int]]
"""A cell, -1 outside, and indices of characters."""


def _extent(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


@dataclass(frozen=True, slots=True)
class Filler:
    """A page whose runs are put into cells."""

    text_page: Handle
    frame: Frame
    characters: PageText
    runs: list[Run]

    def fill(self, grids: list[GridContent]) -> list[Run]:
        """Put each run into its cell, cut where it crosses an edge; return those outside."""
        innermost = [
            (content, *content.grid.edges())
            for content in sorted(grids, key=lambda content: _extent(content.grid))
        ]
        free = []
        for run in self.runs:
            middle = (run.top + run.bottom) / 2
            for content, left, top, right, bottom in innermost:
                if top <= middle <= bottom and run.x1 > left and run.x0 < right:
                    outside = self._place(content, run, middle)
                    if not outside:
                        break
                    if len(outside) == 1 and outside[0] is run:
                        continue
                    free += outside
                    break
            else:
                free.append(run)
        return free

    def _place(self, content: GridContent, run: Run, middle: float) -> list[Run]:
        """Put ``run`` into the cells it lies in; return the parts outside the grid."""
        grid = content.grid
        xs, ys = grid.xs, grid.ys
        width, height = run.x1 - run.x0, run.bottom - run.top
        inset = _INSET * (width if width < height else height)
        first, last = bisect_right(xs, run.x0 + inset) - 1, bisect_right(xs, run.x1 - inset) - 1
        row = bisect_right(ys, middle) - 1
        owners = grid.owner[row if row < len(grid.owner) else -1]
        whole = 0 <= first <= last < len(owners) and owners[first] == owners[last]
        span = grid.spans[owners[first]] if whole else Span(row, first, 1, last - first)
        end = span.row + span.row_span
        if not whole or run.top < ys[span.row] or (end < len(ys) and run.bottom > ys[end]):
            shown = self._shown_middle(run, middle)
            if shown != middle and ys[0] <= shown <= ys[-1]:
                row = bisect_right(ys, shown) - 1
                owners = grid.owner[row if row < len(grid.owner) else -1]
                whole = 0 <= first <= last < len(owners) and owners[first] == owners[last]
        if whole:
            content.runs[owners[first]].append(run)
            return []
        outside: list[Run] = []
        for owner, indices in self._divide(run, xs, owners):
            if not indices:
                content.overflow.append((owner, run))
            part = self.characters.run(indices) if indices else run
            (content.runs[owner] if owner >= 0 else outside).append(part)
        return outside

    def _divide(self, run: Run, xs: Sequence[float], owners: Sequence[int]) -> list[_Part]:
        """The parts of a run by the cells they lie in, or the run as a whole, without indices.

        An edge between digits next to one another either parts two numbers that fill their
        cells, or crosses one that is wider than its cell. The file tells by what it draws in one
        go, or by a gap that is not there between the digits of a number. In doubt the digits are
        set apart, so that they are taken for no number.
        """
        parts = _cut(self.characters, run, xs, owners)
        seams = [(a[1][-1], b[1][0]) for a, b in pairwise(parts) if self._touch(a[1][-1], b[1][0])]
        if not seams:
            return parts
        together = [pdfium.drawn_together(self.text_page, a, b) for a, b in seams]
        if not any(together):
            numbers = self._sample()
            if self._draws_whole(numbers) or self._stand_apart(seams, numbers, xs):
                return parts
        crossed = [self._is_crossed(a, xs) or self._is_crossed(b, xs) for a, b in seams]
        if not all(x or y for x, y in zip(together, crossed, strict=True)):
            run.text = " ".join(run.text)
        middle = bisect_right(xs, (run.x0 + run.x1) / 2) - 1
        return [(owners[middle] if 0 <= middle < len(owners) else -1, [])]

    def _touch(self, a: int, b: int) -> bool:
        """Whether two characters are digits or marks of one number, by their distance."""
        characters = self.characters
        height = characters.height(a)
        return (
            characters.text[a] in _NUMERIC
            and characters.text[b] in _NUMERIC
            and characters.left[b] - characters.right[a] < _NUMBER_GAP * height
        )

    def _is_crossed(self, index: int, xs: Sequence[float]) -> bool:
        """Whether an edge goes right through a character."""
        left, right = self.characters.left[index], self.characters.right[index]
        inset = _THROUGH * (right - left)
        return bisect_right(xs, left + inset) != bisect_right(xs, right - inset)

    def _sample(self) -> list[Run]:
        """Some of the page's numbers of several digits."""
        numbers = [
            run
            for run in self.runs
            if run.end - run.start == len(run.text) > 1 and _NUMERIC.issuperset(run.text)
        ]
        return numbers[:: max(1, len(numbers) // _SAMPLE)]

    def _draws_whole(self, numbers: list[Run]) -> bool:
        """Whether the file does not draw numbers digit by digit."""
        return len(numbers) > 1 and all(
            pdfium.drawn_together(self.text_page, run.start, run.start + 1) for run in numbers
        )

    def _stand_apart(
        self, seams: list[tuple[int, int]], numbers: list[Run], xs: Sequence[float]
    ) -> bool:
        """Whether the digits at the seams are farther apart than those of a number."""
        left, right = self.characters.left, self.characters.right
        gaps = sorted(
            left[i + 1] - right[i]
            for run in numbers
            for i in range(run.start, run.end - 1)
            if bisect_right(xs, left[i] + _JOINT) == bisect_right(xs, right[i + 1] - _JOINT)
        )
        if not gaps:
            return False
        limit = gaps[3 * len(gaps) // 4] + _APART * self.characters.height(seams[0][0])
        return all(
            left[b] - right[a] > limit
            and bisect_right(xs, right[a] - _JOINT) != bisect_right(xs, left[b] + _JOINT)
            for a, b in seams
        )

    def _shown_middle(self, run: Run, middle: float) -> float:
        """The middle of what is seen of a run that hangs over the rule above or below it.

        Office programs cut off what has no room in a cell: of such a line no more than the
        part within its own cell is printed.
        """
        clip = pdfium.clip_box(self.text_page, run.start)
        if clip is None:
            return middle
        _, top, _, bottom = self.frame.read_rect(clip)
        height = run.bottom - run.top
        if run.top < top < run.bottom + height:
            return (top + max(run.bottom, top + 1)) / 2
        if run.top - height < bottom < run.bottom:
            return (min(run.top, bottom - 1) + bottom) / 2
        return middle


def _cut(characters: PageText, run: Run, xs: Sequence[float], owners: Sequence[int]) -> list[_Part]:
    """The characters of a run by the cell (-1 outside) in which their centres lie.

    No line begins with a closing mark: one that hangs over the edge belongs to the cell before.
    """
    parts: list[_Part] = []
    for i in characters.visible(run.start, run.end):
        column = bisect_right(xs, (characters.left[i] + characters.right[i]) / 2) - 1
        owner = owners[column] if 0 <= column < len(owners) else -1
        if parts and (parts[-1][0] == owner or characters.text[i] in _CLOSING):
            parts[-1][1].append(i)
        else:
            parts.append((owner, [i]))
    return parts
