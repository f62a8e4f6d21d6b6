"""What is printed behind the text: watermarks, told by slant or by size.

A watermark runs through lines and cells, so its letters would be read as part of them. Nobody
writes body text askew; and letters several times the size of the rest that lie across other
words, or are pale grey, are no body text either.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median_low

from extractor.readers import pdfium
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_objects import Rect
from extractor.readers.pdf_text import PageText, Run
from extractor.readers.pdfium import Handle

_HUGE = 2.4
"""Letters of this many times the usual height are not of the text around them."""
_SOLID = 0.7
"""Their ink reaches this far: fonts may give boxes far larger than their letters."""
_WIDE = 0.62
"""An upright letter of a Latin alphabet, a digit or a mark is rarely wider than this by height."""
_PALE = (140, 245)
"""Between these a colour without hue is pale grey: darker is print, lighter is white."""
_HUE = 30
_SHEER = 150
"""A colour less opaque than this shows what is beneath."""


def take_behind(
    text_page: Handle,
    characters: PageText,
    frame: Frame,
    pieces: list[Run],
    broken: Sequence[Run],
) -> list[Run]:
    """Take what stands behind the text out of ``pieces``, blot it out, and give it.

    ``broken`` are those of the pieces that white space alone does not part from one another.
    """
    if not pieces:
        return []
    found = _askew(text_page, pieces, broken)
    if 2 * _length(found) >= _length(pieces):
        found = []
    heights = [run.bottom - run.top for run in pieces]
    limit = _HUGE * median_low(heights)
    for run in pieces if max(heights) > limit else ():
        if run.bottom - run.top > limit and run not in found:
            ink = _ink(text_page, frame, run)
            if max(ink[2] - ink[0], ink[3] - ink[1]) > _SOLID * limit and (
                _is_pale(text_page, run) or _lies_across(ink, pieces, limit)
            ):
                found.append(run)
    if found:
        glyphs = list(characters.text)
        for run in found:
            glyphs[run.start : run.end] = "\x00" * (run.end - run.start)
            pieces.remove(run)
        characters.text = "".join(glyphs)
    return found


def _length(pieces: Sequence[Run]) -> int:
    return sum([run.end - run.start for run in pieces])


def _askew(text_page: Handle, pieces: Sequence[Run], broken: Sequence[Run]) -> list[Run]:
    """The pieces whose letters are turned by no quarter.

    Letters in a slanting row do not keep to a line, so the row is broken, or each letter stands
    alone. The box around a slim letter that is turned is wider than the letter.
    """
    doubtful = [
        run
        for run in pieces
        if run.end - run.start == 1
        and (not run.text.isascii() or run.x1 - run.x0 > _WIDE * (run.bottom - run.top))
    ]
    doubtful += [run for run in broken if run.end - run.start > 1]
    turned = pdfium.turned_askew(text_page, [run.start for run in doubtful])
    return [run for run, askew in zip(doubtful, turned, strict=True) if askew]


def _ink(text_page: Handle, frame: Frame, run: Run) -> Rect:
    """The box around the ink of a run in the reading frame, nothing where there is none."""
    inks = [pdfium.tight_box(text_page, i) for i in range(run.start, run.end)]
    boxes = [frame.read_rect(ink) for ink in inks if ink is not None]
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    return (
        min([box[0] for box in boxes]),
        min([box[1] for box in boxes]),
        max([box[2] for box in boxes]),
        max([box[3] for box in boxes]),
    )


def _is_pale(text_page: Handle, run: Run) -> bool:
    red, green, blue, alpha = pdfium.fill_colour(text_page, run.start)
    low, high = min(red, green, blue), max(red, green, blue)
    return alpha < _SHEER or (_PALE[0] <= low and high <= _PALE[1] and high - low <= _HUE)


def _lies_across(ink: Rect, pieces: Sequence[Run], limit: float) -> bool:
    """Whether words of the text stand inside the letters."""
    return any(
        ink[0] < run.x1
        and run.x0 < ink[2]
        and ink[1] < (run.top + run.bottom) / 2 < ink[3]
        and run.bottom - run.top <= limit
        for run in pieces
    )
