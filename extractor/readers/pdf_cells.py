"""Words into the cells of ruled grids, cut where they cross an edge."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.readers import pdfium
from extractor.readers.pdf_digits import NUMERIC, Digits, Link, tangled
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_text import PageText, Run
from extractor.readers.pdfium import Handle
from extractor.readers.rulings import Grid, Span

_INSET = 0.2
"""Text may stand over the edge of its cell by this many em."""
_NEAR = 0.5
"""Digits that stand nearer than this many em may be of one number."""
_APART = " "
"""Set between digits that are taken for no number."""
_CLOSING = frozenset("）〕】》〉」』”’、，。；：？！)]};:?!%％")
"""Marks that stay on the line of what they close."""


@dataclass(slots=True)
class GridContent:
    """A grid and the runs in each of its spans.

    ``overflow`` names text that may reach beyond the span it is in; ``shaded`` tells that
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
    digits: Digits

    def fill(self, grids: list[GridContent]) -> list[Run]:
        """Put each run into its cell, cut where it crosses an edge; return those outside."""
        innermost = [
            (content, *content.grid.edges())
            for content in sorted(grids, key=lambda content: _extent(content.grid))
        ]
        free = []
        for run in tangled(self.text_page, self.runs):
            run.text = _APART.join(run.text)
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
        for owner, indices in self._divide(content, run, owners):
            part = self.characters.run(indices) if indices else run
            (content.runs[owner] if owner >= 0 else outside).append(part)
            if owner >= 0:
                content.overflow.append((owner, part))
        return outside

    def _divide(self, content: GridContent, run: Run, owners: Sequence[int]) -> list[_Part]:
        """The parts of a run by the cells they lie in; a part without indices is the whole run.

        Digits on both sides of an edge are two numbers that fill their cells, or one that is
        wider than its cell. In doubt all digits are set apart in every cell they reach, so that
        they are taken for no number.
        """
        xs = content.grid.xs
        parts = _cut(self.characters, run, xs, owners)
        if _APART in run.text:
            return [(owner, []) for owner in dict(parts) if owner >= 0]
        text = self.characters.text
        if not any(
            text[a[-1]] in NUMERIC and text[b[0]] in NUMERIC for (_, a), (_, b) in pairwise(parts)
        ):
            return parts
        indices = [i for _, own in parts for i in own]
        links = self._links(parts, xs)
        if {Link.DOUBT, Link.EVEN}.isdisjoint(links):
            return self._joined(parts, links, xs, owners)
        free = {owner for owner, _ in parts if owner >= 0} - self._numbered(content, run)
        if set(links) <= {Link.ONE, Link.EVEN} and len(free) == 1:
            return [(free.pop(), indices)]
        numbers = [
            (self._owner_of(number, xs, owners), number)
            for number in self.digits.untangle(indices, xs)
            if {Link.ONE, Link.EVEN}.issuperset(self._links(self._parts(number, xs), xs))
        ]
        if sum(len(number) for _, number in numbers) == len(indices) and (
            {owner for owner, _ in numbers} == free and len(free) == len(numbers)
        ):
            return numbers
        run.text = _APART.join(run.text)
        return [(owner, []) for owner in dict(parts) if owner >= 0]

    def _joined(
        self, parts: list[_Part], links: list[Link], xs: Sequence[float], owners: Sequence[int]
    ) -> list[_Part]:
        """The parts, those of one number as one."""
        indices = [i for _, own in parts for i in own]
        linked = {i for i, link in zip(indices[1:], links, strict=True) if link is Link.ONE}
        whole: list[_Part] = []
        for owner, own in parts:
            if whole and own[0] in linked:
                joined = [*whole[-1][1], *own]
                whole[-1] = self._owner_of(joined, xs, owners), joined
            else:
                whole.append((owner, own))
        return whole

    def _numbered(self, content: GridContent, run: Run) -> set[int]:
        """The cells at the height of a run that have a number of their own, well apart from it."""
        grid = content.grid
        row = bisect_right(grid.ys, (run.top + run.bottom) / 2) - 1
        owners = grid.owner[row if row < len(grid.owner) else -1]
        top, bottom = grid.ys[min(row, len(grid.ys) - 2)], grid.ys[min(row + 1, len(grid.ys) - 1)]
        found = set()
        for other in self.runs:
            near = _NEAR * (run.bottom - run.top)
            apart = other.x0 > run.x1 + near or other.x1 < run.x0 - near
            if not apart or not top <= (other.top + other.bottom) / 2 <= bottom:
                continue
            first, last = (bisect_right(grid.xs, x) - 1 for x in (other.x0, other.x1))
            if first == last and 0 <= first < len(owners) and NUMERIC.issuperset(other.text):
                found.add(owners[first])
        return found

    def _links(self, parts: list[_Part], xs: Sequence[float]) -> list[Link]:
        indices = [i for _, own in parts for i in own]
        return self.digits.links(indices, {own[0] for _, own in parts[1:]}, xs)

    def _parts(self, indices: list[int], xs: Sequence[float]) -> list[_Part]:
        """Characters by the column in which their centres lie."""
        left, right = self.characters.left, self.characters.right
        parts: dict[int, list[int]] = {}
        for i in indices:
            parts.setdefault(bisect_right(xs, (left[i] + right[i]) / 2), []).append(i)
        return list(parts.items())

    def _owner_of(self, indices: Sequence[int], xs: Sequence[float], owners: Sequence[int]) -> int:
        """The cell in which the middle of some characters lies, -1 outside."""
        middle = (self.characters.left[indices[0]] + self.characters.right[indices[-1]]) / 2
        column = bisect_right(xs, middle) - 1
        return owners[column] if 0 <= column < len(owners) else -1

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
