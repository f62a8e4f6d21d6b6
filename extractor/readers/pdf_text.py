"""Characters to runs to lines: what stands where on a page, in the reading frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter, sub

from extractor.readers import pdfium
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdfium import Handle

_VISIBLE = re.compile(
    "[^\\s\x00-\x01\x03-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\uffff]+"
)
"""Runs without white space, control characters and characters of no width."""
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What pdfium puts for a hyphen at the end of a line."""
_SPACE = 0.19
"""A gap of this many em parts two words."""
_BACK = 0.35
"""Characters overlap their predecessor by at most this many em."""
_BUCKET = 0.125
"""Buckets per point in the search for glyphs drawn twice."""
_SAME_PLACE = 0.15
"""A character drawn again within this many em is the same one in fake bold."""


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
    turned: int = 0

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

    def visible(self, start: int, end: int) -> list[int]:
        """Indices of the characters that show."""
        return [
            i for match in _VISIBLE.finditer(self.text, start, end) for i in range(*match.span())
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


def build_runs(text_page: Handle, characters: PageText, frame: Frame) -> list[Run]:
    """Runs in the order of the file, each glyph once, boxes mended where the font lies."""
    pieces = _pieces(characters)
    _mend_boxes(text_page, characters, frame, pieces)
    return _join(_drop_overlaid(characters, pieces))


def _pieces(characters: PageText) -> list[Run]:
    """Cut at white space, at gaps and where the line changes."""
    text = characters.text
    left, top, right, bottom = (
        characters.left,
        characters.top,
        characters.right,
        characters.bottom,
    )
    pieces = []
    after = list(map(sub, left[1:], right))
    for match in _VISIBLE.finditer(text):
        start, end = match.span()
        if end - start > 1:
            gaps = after[start : end - 1]
            if max(gaps) > 1.2 or min(gaps) < -1.5 or abs(top[start] - top[end - 1]) > 3:
                for a, b in _cuts(characters, start, end):
                    pieces.append(Run(text[a:b], left[a], top[a], right[b - 1], bottom[a], a, b))
                continue
        pieces.append(
            Run(text[start:end], left[start], top[start], right[end - 1], bottom[start], start, end)
        )
    return pieces


def _cuts(characters: PageText, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a run between real gaps and jumps."""
    left, right = characters.left, characters.right
    top, bottom = characters.top, characters.bottom
    cuts = [start]
    for i in range(start + 1, end):
        gap, height = left[i] - right[i - 1], bottom[i - 1] - top[i - 1]
        if not (
            -_BACK * height < gap < _SPACE * height and abs(top[i] - top[i - 1]) < 0.5 * height
        ):
            cuts.append(i)
    return list(pairwise([*cuts, end]))


def _mend_boxes(text_page: Handle, characters: PageText, frame: Frame, pieces: list[Run]) -> None:
    """Lone characters get the box of their ink where the font's own box misses it.

    Vertical writing and fonts scaled by odd matrices have loose boxes beside the glyph.
    """
    for run in pieces:
        if run.end - run.start > 1 or (run.text.isascii() and 2 < run.height < 60):
            continue
        ink = pdfium.tight_box(text_page, run.start)
        if ink is None:
            continue
        x0, top, x1, bottom = frame.read_rect(ink)
        size = max(x1 - x0, bottom - top)
        inside = run.x0 <= (x0 + x1) / 2 <= run.x1 and run.top <= (top + bottom) / 2 <= run.bottom
        if inside and run.height <= 3 * size:
            continue
        if inside and run.height < 60 and size < 0.4 * run.height:
            continue
        i = run.start
        run.x0, run.top, run.x1, run.bottom = x0, top, x1, bottom
        characters.left[i], characters.top[i] = x0, top
        characters.right[i], characters.bottom[i] = x1, bottom


def _drop_overlaid(characters: PageText, pieces: list[Run]) -> list[Run]:
    """The same text at nearly the same place counts once; the copy is blotted out."""
    if not _may_overlay(pieces):
        return pieces
    seen: dict[tuple[str, int, int], Run] = {}
    kept = []
    dropped = []
    for run in pieces:
        x, y = int(run.x0 * _BUCKET), int(run.top * _BUCKET)
        tolerance = _SAME_PLACE * run.height + 0.1
        if any(
            abs(other.x0 - run.x0) <= tolerance and abs(other.top - run.top) <= tolerance
            for dx in (0, -1, 1)
            for dy in (0, -1, 1)
            if (other := seen.get((run.text, x + dx, y + dy))) is not None
        ):
            dropped.append(run)
            continue
        seen[run.text, x, y] = run
        kept.append(run)
    if dropped:
        glyphs = list(characters.text)
        for run in dropped:
            glyphs[run.start : run.end] = "\x00" * (run.end - run.start)
        characters.text = "".join(glyphs)
    return kept


def _may_overlay(pieces: list[Run]) -> bool:
    """A quick look for text drawn again on the spot, or later at the very same place."""
    for a, b in pairwise(pieces):
        if a.text == b.text and abs(a.x0 - b.x0) < 3 and abs(a.top - b.top) < 3:
            return True
    places = {(run.text, int(run.x0), int(run.top)) for run in pieces}
    return len(places) < len(pieces)


def _join(pieces: list[Run]) -> list[Run]:
    """Neighbours in the file without a gap between them are one run."""
    runs = pieces[:1]
    for run in pieces[1:]:
        last = runs[-1]
        if run.x0 - last.x1 < _SPACE * (run.bottom - run.top + last.bottom - last.top) and (
            _continues(last, run)
        ):
            last.text += run.text
            last.x1 = run.x1
            last.top = min(last.top, run.top)
            last.bottom = max(last.bottom, run.bottom)
            last.end = run.end
        else:
            runs.append(run)
    return runs


def _continues(last: Run, run: Run) -> bool:
    height = max(last.bottom - last.top, run.bottom - run.top)
    gap = run.x0 - last.x1
    return (
        -_BACK * height < gap < _SPACE * height
        and abs(run.top + run.bottom - last.top - last.bottom) < 0.8 * height
    )


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
        text += run.text if run.x0 - before.x1 < _SPACE * height else " " + run.text
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
