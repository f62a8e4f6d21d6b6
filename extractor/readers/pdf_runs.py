"""Characters to runs: the words of a page, each glyph once, without what is behind them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import sub

from extractor.readers import pdfium
from extractor.readers.pdf_behind import take_behind
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_text import SPACE, VISIBLE, PageText, Run
from extractor.readers.pdfium import Handle

_BACK = 0.35
"""Characters overlap their predecessor by at most this many em."""
_ONE_SIZE = 2.5
"""Boxes of letters of one size, in whatever fonts, differ by less than this factor."""
_BUCKET = 0.125
"""Buckets per point in the search for glyphs drawn twice."""
_SAME_PLACE = 0.15
"""A character drawn again within this many em is the same one in fake bold."""


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of a page in the order of the file, and what is printed behind them."""

    text: list[Run]
    behind: list[Run]


def build_runs(text_page: Handle, characters: PageText, frame: Frame) -> Runs:
    """All runs, each glyph once, boxes mended where the font lies."""
    pieces, broken = _pieces(characters)
    behind = take_behind(text_page, characters, frame, pieces, broken)
    _mend_boxes(text_page, characters, frame, pieces)
    return Runs(_join(_drop_overlaid(characters, pieces)), behind)


def _pieces(characters: PageText) -> tuple[list[Run], list[Run]]:
    """Cut at white space, at gaps and where the line changes; those made by the latter again."""
    text = characters.text
    left, top, right, bottom = (
        characters.left,
        characters.top,
        characters.right,
        characters.bottom,
    )
    pieces: list[Run] = []
    broken: list[Run] = []
    after = list(map(sub, left[1:], right))
    for match in VISIBLE.finditer(text):
        start, end = match.span()
        if end - start > 1:
            gaps = after[start : end - 1]
            if max(gaps) > 1.2 or min(gaps) < -1.5 or abs(top[start] - top[end - 1]) > 3:
                cut = [
                    Run(text[a:b], left[a], top[a], right[b - 1], bottom[a], a, b)
                    for a, b in _cuts(characters, start, end)
                ]
                pieces += cut
                broken += cut
                continue
        pieces.append(
            Run(text[start:end], left[start], top[start], right[end - 1], bottom[start], start, end)
        )
    return pieces, broken


def _cuts(characters: PageText, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a run between real gaps, jumps and changes of size."""
    left, right = characters.left, characters.right
    top, bottom = characters.top, characters.bottom
    cuts = [start]
    for i in range(start + 1, end):
        gap, height = left[i] - right[i - 1], bottom[i - 1] - top[i - 1]
        if not (
            -_BACK * height < gap < SPACE * height
            and abs(top[i] - top[i - 1]) < 0.5 * height
            and height < _ONE_SIZE * (bottom[i] - top[i]) < _ONE_SIZE * _ONE_SIZE * height
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
        if run.x0 - last.x1 < SPACE * (run.bottom - run.top + last.bottom - last.top) and (
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
    height, other = last.bottom - last.top, run.bottom - run.top
    if height < other:
        height, other = other, height
    gap = run.x0 - last.x1
    return (
        height < _ONE_SIZE * other
        and -_BACK * height < gap < SPACE * height
        and abs(run.top + run.bottom - last.top - last.bottom) < 0.8 * height
    )
