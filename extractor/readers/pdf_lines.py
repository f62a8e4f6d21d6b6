"""Lines to paragraphs, and which lines are running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import Box, Layer, Location, Paragraph, Word
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_text import Run, line_text

_EDGE_ZONE = 0.1
"""Running heads and page numbers stand in this part of the page's height at either end."""
_INNER_ZONE = 0.16
"""Where margins are wide, a head or foot reaches this far in, always at the same height."""
_APART = 0.8
"""Heads and feet stand off the text by this many em."""
_LEAST_NUMBERED = 3
"""A heading with an ordinal may begin two pages; on more of them it is a running head."""
_MIN_REACH = 0.66
"""Lines that end before this part of the page's width are not wrapped."""
_PAGE_NUMBER = re.compile(
    r"[\s\-–—―－_·•~|]*(?:(?:第|page|p\.?)?\s*\d{1,4}\s*(?:页|頁)?"
    r"(?:\s*[,，、/／|]?\s*(?:of|共|总)?\s*\d{1,4}\s*(?:页|頁)?)?)[\s\-–—―－_·•~|]*",
    re.IGNORECASE,
)
_DECORATED = re.compile(r"[\-–—―－·•~|/／页頁]|page|of", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMERAL = "一二三四五六七八九十"
_SECTION = re.compile(
    rf"[{_NUMERAL}]{{1,3}}[、．.](?![{_NUMERAL}])|第[{_NUMERAL}]{{1,3}}(?:部分|篇|章|节)"
)
_ITEM = re.compile(
    rf"{_SECTION.pattern}|[（(](?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})[)）](?![条款项目])"
    r"|\d{1,2}[、．.](?![\d０-９])|[①-⑳⑴-⒛㈠-㈩]"
)
"""What a heading or an item of a list begins with, but no citation (第二条第（一）项)."""
_SENTENCE_END = frozenset("。！？；：!?;:）)】」』”…")
_FULL_STOP = frozenset("。！？!?")
_SHORT = 2.3
"""A line that ends this many em before the right margin is the last of its paragraph."""
_GOES_ON = frozenset("第，、,·《〈“‘（(〔[【和与及或至")
"""An ordinal after one of these is part of the sentence."""


@dataclass(slots=True, eq=False)
class Line:
    """One line of text outside tables, in the reading frame of its page.

    ``height`` is that of the tallest run.
    """

    page: int
    frame: Frame
    runs: list[Run]
    x0: float
    top: float
    x1: float
    bottom: float
    height: float
    furniture: bool = False

    @property
    def has_columns(self) -> bool:
        """Whether words stand so far apart that this is no running text."""
        runs = self.runs
        return len(runs) > 1 and any(
            b.x0 - a.x1 > 1.6 * (b.bottom - b.top) for a, b in pairwise(runs)
        )

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """The line's text."""
        return line_text(self.runs)


def make_line(page: int, frame: Frame, runs: list[Run]) -> Line:
    """A line of runs that stand left to right."""
    first = runs[0]
    if len(runs) == 1:
        top, bottom = first.top, first.bottom
        return Line(page, frame, runs, first.x0, top, first.x1, bottom, bottom - top)
    return Line(
        page,
        frame,
        runs,
        first.x0,
        min([run.top for run in runs]),
        max([run.x1 for run in runs]),
        max([run.bottom for run in runs]),
        max([run.bottom - run.top for run in runs]),
    )


def mark_furniture(pages: Sequence[Sequence[Line]]) -> None:
    """Mark the outermost lines that repeat on other pages or count pages."""
    edges: list[tuple[Line, str, str]] = []
    for lines in pages:
        for kind, outer in _edge_lines(lines):
            text = "".join(outer.text.split())
            if kind in {"head 0", "foot 0"}:
                text = _DIGITS.sub("#", text)
            elif kind in {"inner head", "inner foot"}:
                text = f"{round(outer.top)} {_DIGITS.sub('#', text)}"
            edges.append((outer, kind, text))
    repeats = Counter((kind, text) for _, kind, text in edges)
    for line, kind, text in edges:
        bare = "".join(line.text.split())
        least = _LEAST_NUMBERED if begins_section(bare) else 2
        if _PAGE_NUMBER.fullmatch(line.text):
            line.furniture = (
                bool(_DECORATED.search(bare)) or repeats[kind, text] > 1 or (_far_out(line))
            )
        elif repeats[kind, text] >= least and text:
            line.furniture = True
    for lines in pages:
        _spare_headings(sorted(lines, key=lambda line: line.top))
    _keep_contiguous(pages)


def _spare_headings(ordered: Sequence[Line]) -> None:
    """Keep the headings of a table that are repeated on every page: its rows follow close upon."""
    first = next((i for i, line in enumerate(ordered) if not line.furniture), 0)
    near = ordered[: first + 1]
    for upper, lower in pairwise(reversed(near)):
        if upper.top - lower.bottom >= _APART * lower.height:
            return
        if any(line.has_columns for line in near):
            lower.furniture = False


def _edge_lines(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """Up to three lines at the head and at the foot of a page, within the edge zones."""
    if not lines:
        return []
    height = lines[0].frame.height
    ordered = sorted(lines, key=lambda line: line.top)
    heads = [(f"head {i}", x) for i, x in enumerate(ordered[:3]) if x.bottom < _EDGE_ZONE * height]
    feet = [
        (f"foot {i}", x) for i, x in enumerate(ordered[:-4:-1]) if x.top > (1 - _EDGE_ZONE) * height
    ]
    first, last = ordered[0], ordered[-1]
    if not heads and first.bottom < _INNER_ZONE * height and _is_apart(first, ordered[:2]):
        heads.append(("inner head", first))
    if not feet and last.top > (1 - _INNER_ZONE) * height and _is_apart(last, ordered[-2:]):
        feet.append(("inner foot", last))
    return heads + feet


def _is_apart(line: Line, pair: Sequence[Line]) -> bool:
    """Whether a line without columns stands off its neighbour by more than is usual in a text."""
    gaps = [lower.top - upper.bottom for upper, lower in pairwise(pair)]
    return not line.has_columns and all(gap > _APART * line.height for gap in gaps)


def _far_out(line: Line) -> bool:
    height = line.frame.height
    return line.bottom < 0.07 * height or line.top > 0.93 * height


def _keep_contiguous(pages: Sequence[Sequence[Line]]) -> None:
    """A line on the inner side of a body line is body as well."""
    for lines in pages:
        ordered = sorted(lines, key=lambda line: line.top)
        upper = [line for line in ordered if line.middle < line.frame.height / 2]
        lower = [line for line in reversed(ordered) if line.middle >= line.frame.height / 2]
        for outer_first in (upper, lower):
            inside = False
            for line in outer_first:
                inside = inside or not line.furniture
                line.furniture = line.furniture and not inside


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of the body text."""

    left: float
    right: float


def body_margins(lines: Sequence[Line]) -> Margins:
    """The edges that long lines keep to; out of reach where no line fills the page."""
    body = [line for line in lines if not line.furniture]
    if not body:
        return Margins(0.0, 0.0)
    right = max(line.x1 for line in body)
    if right < _MIN_REACH * max(line.frame.width for line in body):
        return Margins(0.0, float("inf"))
    full = [line.x0 for line in body if line.x1 > right - 3 * line.height]
    return Margins(min(full), right)


def continues(before: Line, line: Line, margins: Margins) -> bool:
    """Whether ``line`` goes on with the paragraph of ``before``."""
    height = max(before.height, line.height)
    if before.x1 < margins.right - _SHORT * height:
        return False
    if line.x0 > margins.left + 0.8 * height and not _is_centred_rest(before, line, margins):
        return False
    if abs(before.height - line.height) > 0.25 * height:
        return False
    if before.page == line.page and line.top - before.bottom > 1.8 * height:
        return False
    if before.has_columns or line.has_columns:
        return False
    return not _begins_anew(before, line, margins)


def _is_centred_rest(before: Line, line: Line, margins: Margins) -> bool:
    """Whether a long title breaks here: one middle, the first line from margin to margin."""
    return (
        before.x0 < margins.left + 1.3 * before.height
        and abs(before.x0 + before.x1 - line.x0 - line.x1) < 0.6 * line.height
        and before.runs[-1].text[-1:] not in _SENTENCE_END
    )


def _begins_anew(before: Line, line: Line, margins: Margins) -> bool:
    """Whether the line begins an item or a heading, although the line before it is long.

    A line that only happens to break before an ordinal ends in the middle of a sentence, at the
    right margin. A short line that is no sentence does not go on with a text that has ended.
    """
    end = before.runs[-1].text[-1:]
    if end in _FULL_STOP and line.x1 < margins.right - _SHORT * line.height:
        return line.runs[-1].text[-1:] not in _SENTENCE_END or _ITEM.match(line.text) is not None
    if end in _GOES_ON or not _ITEM.match(line.runs[0].text):
        return False
    return end in _SENTENCE_END or before.x1 < margins.right - 0.6 * line.height


def begins_section(text: str) -> bool:
    """Whether a text begins with an ordinal of the highest level, as a heading does."""
    return _SECTION.match(text) is not None


def begins_item(text: str) -> bool:
    """Whether a text begins with the ordinal of a heading or of an item of a list."""
    return _ITEM.match(text) is not None


def make_paragraph(lines: Sequence[Line]) -> Paragraph:
    """One paragraph; its place is that of its part on the first page."""
    text = lines[0].text
    for line in lines[1:]:
        following = line.text
        latin = text[-1:].isascii() and text[-1:].isalnum() and following[:1].isascii()
        text += " " + following if latin and following[:1].isalnum() else following
    words: list[Word] = []
    for number, line in enumerate(lines):
        page, place = line.page, line.frame.placer()
        words += [
            Word(run.text, Location(page, place(run.x0, run.top, run.x1, run.bottom)), number)
            for run in line.runs
        ]
    first = [line for line in lines if line.page == lines[0].page]
    return Paragraph(
        text,
        Location(lines[0].page, _box(first)),
        layer=Layer.FURNITURE if lines[0].furniture else Layer.BODY,
        words=tuple(words),
    )


def _box(lines: Sequence[Line]) -> Box:
    return lines[0].frame.to_display(
        (
            min([line.x0 for line in lines]),
            min([line.top for line in lines]),
            max([line.x1 for line in lines]),
            max([line.bottom for line in lines]),
        )
    )
