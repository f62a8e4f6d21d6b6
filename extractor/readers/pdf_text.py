"""Characters, runs and lines of one page: what stands where, in the reading frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from extractor.readers import pdfium
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdfium import Handle

VISIBLE = re.compile(
    "[^\\s\x00-\x01\x03-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\uffff]+"
)
"""Runs without white space, control characters and characters of no width."""
_BLANK = re.compile("[ \xa0\u3000]")
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What pdfium puts for a hyphen at the end of a line."""
SPACE = 0.19
"""A gap of this many em parts two words."""


@dataclass(slots=True, eq=False)
class Run:
    """Characters without a gap on one line. ``start`` and ``end`` are pdfium's indices."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    start: int
    end: int

    @property
    def height(self) -> float:
        """Font size, nearly."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class PageText:
    """Characters of a page: ``text[i]`` stands in the box of the i-th entry of each list."""

    text: str
    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]

    def height(self, index: int) -> float:
        """Font size of a character, nearly."""
        return self.bottom[index] - self.top[index]

    def blanks(self) -> frozenset[int]:
        """Indices of blanks that are printed; pdfium adds others, of no width, where words part."""
        left, right = self.left, self.right
        found = [match.start() for match in _BLANK.finditer(self.text)]
        return frozenset([i for i in found if right[i] > left[i]])

    def visible(self, start: int, end: int) -> list[int]:
        """Indices of the characters that show."""
        return [
            i for match in VISIBLE.finditer(self.text, start, end) for i in range(*match.span())
        ]

    def run(self, indices: Sequence[int]) -> Run:
        """The run of the characters at ``indices``."""
        return Run(
            "".join([self.text[i] for i in indices]),
            self.left[indices[0]],
            min([self.top[i] for i in indices]),
            self.right[indices[-1]],
            max([self.bottom[i] for i in indices]),
            indices[0],
            indices[-1] + 1,
        )


def reading_quarter(text_page: Handle, text: str) -> int:
    """Clockwise quarter turns that bring most of the text upright (some 24 samples)."""
    indices = [i for i in range(0, len(text), max(1, len(text) // 24)) if text[i] > " "]
    counts = [0, 0, 0, 0]
    for quarter in pdfium.char_quarters(text_page, indices):
        counts[quarter] += 1
    best = max(counts)
    return counts.index(best) if best > 0.8 * sum(counts) else 0


def read_characters(text_page: Handle, text: str, frame: Frame) -> PageText:
    """All character boxes in the reading frame."""
    flat = pdfium.loose_boxes(text_page, len(text)) if text else []
    if "\x02" in text or "\ufffe" in text:
        text = text.translate(_HYPHENS)
    return PageText(text, *frame.read_boxes(flat))


def split_lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs grouped into lines, top to bottom, each left to right."""
    lines: list[list[Run]] = []
    line: list[Run] = []
    top = bottom = 0.0
    for run in sorted(runs, key=lambda run: run.top + run.bottom):
        run_top, run_bottom = run.top, run.bottom
        lower = run_bottom if run_bottom < bottom else bottom
        upper = run_top if run_top > top else top
        size, height = bottom - top, run_bottom - run_top
        if line and lower - upper > 0.5 * (height if height < size else size):
            line.append(run)
            top = run_top if run_top < top else top
            bottom = run_bottom if run_bottom > bottom else bottom
        else:
            line = [run]
            lines.append(line)
            top, bottom = run_top, run_bottom
    for line in lines:
        if len(line) > 1:
            line.sort(key=attrgetter("x0"))
    return lines


def line_text(line: Sequence[Run]) -> str:
    """The runs of one line, a space where they are apart."""
    text = line[0].text
    if len(line) == 1:
        return text
    for before, run in pairwise(line):
        height = max(before.height, run.height)
        text += run.text if run.x0 - before.x1 < SPACE * height else " " + run.text
    return text


def runs_text(runs: Sequence[Run]) -> str:
    """Text of a cell: lines joined by line breaks. ``runs`` in the order of the file."""
    if not runs:
        return ""
    if len(runs) == 1:
        return runs[0].text
    if _is_vertical(runs):
        return "\n".join([run.text for run in runs])
    return "\n".join([line_text(line) for line in split_lines(runs)])


def _is_vertical(runs: Sequence[Run]) -> bool:
    """Whether single characters follow one another downwards (or upwards), as vertical text does.

    Such text in several columns cannot be read line by line; the file has its order.
    """
    if len(runs) < 3 or any(len(run.text) > 1 for run in runs):
        return False
    down = sum(
        abs(a.x0 + a.x1 - b.x0 - b.x1) < max(a.height, b.height)
        and abs(a.middle - b.middle) > 0.4 * min(a.height, b.height)
        for a, b in pairwise(runs)
    )
    return 2 * down >= len(runs)
