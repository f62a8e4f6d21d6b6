"""Plain text as lines with their numbers and pages; which lines are running heads and numbers."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.document import Layer, Picture, Table


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source.

    ``number`` is 1-based and counts line breaks only; ``page`` is 1-based and counts form feeds.
    """

    number: int
    text: str
    page: int = 1
    layer: Layer = Layer.BODY

    @property
    def blank(self) -> bool:
        """Whether there is nothing but white space."""
        return not self.text.strip()


Item = Line | Table | Picture

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BREAK = re.compile("(\r\n|[\n\r\x0b\x85\u2028\u2029]|\f)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Decoding one of these before the rows are split would make or break a cell.
_STRUCTURAL = set('|｜\t\n\r\f\x0b"\\*<`')

_MAX_EMPTY = 8
_PLAIN_DASHES = tuple("-—–－第Pp")
_DASHES = "-—–－―─_~～·•"
_NUMBER_LINE = re.compile(
    rf"\s*(?:[{_DASHES}]+\s*(?P<dashed>\d{{1,4}})\s*[{_DASHES}]+"
    r"|第\s*(?P<zh>\d{1,4})\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?"
    r"|(?:page|p\.)\s*(?P<en>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|(?P<of>\d{1,4})\s*/\s*\d{1,4})\s*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\s*(\d{1,4})\s*")
_WIDE_GAP = re.compile(r"\S(?: {2,}|\t|\u3000{2,})\S")


def split_lines(text: str) -> list[Line]:
    """Cut a text at its line breaks and form feeds, without invisible characters.

    Of many empty lines in a row only the first few are kept; the numbers of the others stand.
    """
    lines: list[Line] = []
    number, page, empty = 1, 1, 0
    pieces = _BREAK.split(text)
    for index in range(0, len(pieces), 2):
        empty = 0 if pieces[index] else empty + 1
        if empty <= _MAX_EMPTY:
            lines.append(Line(number, _visible(pieces[index]), page))
        if index + 1 < len(pieces):
            if pieces[index + 1] == "\f":
                page += 1
            else:
                number += 1
    return lines


def _visible(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(_decoded, text)
    return _INVISIBLE.sub("", text)


def _decoded(match: re.Match[str]) -> str:
    plain = html.unescape(match.group())
    return match.group() if _STRUCTURAL.intersection(plain) else plain


def mark_furniture(lines: list[Line]) -> list[Line]:
    """Move page numbers and running heads to the furniture layer."""
    marked = _numbers_anywhere(lines)
    # A page number often hides the running head behind it, hence a second look.
    for _ in range(2):
        edges = _page_edges(lines, marked)
        marked |= _edge_numbers(lines, edges)
        marked |= _counted_pages(lines, edges)
        marked |= _running_heads(lines, edges)
    return [
        replace(line, layer=Layer.FURNITURE) if index in marked else line
        for index, line in enumerate(lines)
    ]


def _page_edges(lines: list[Line], marked: set[int]) -> list[tuple[int, int]]:
    """Indexes of the first and the last unmarked line with text, page by page."""
    edges: dict[int, tuple[int, int]] = {}
    for index, line in enumerate(lines):
        if index in marked or line.blank:
            continue
        first, _ = edges.get(line.page, (index, index))
        edges[line.page] = (first, index)
    return [edges[page] for page in sorted(edges)] if len(edges) > 1 else []


def _page_number(text: str) -> int | None:
    found = _NUMBER_LINE.fullmatch(text)
    if found is None:
        return None
    return int(next(value for value in found.groups() if value is not None))


def _numbers_anywhere(lines: list[Line]) -> set[int]:
    """Numbers between dashes that rise through a text whose form feeds are gone."""
    found = [
        (index, number)
        for index, line in enumerate(lines)
        if line.text.strip()[:1] in _PLAIN_DASHES
        and len(line.text) < 40
        and (number := _page_number(line.text)) is not None
    ]
    values = [number for _, number in found]
    rising = all(a < b for a, b in pairwise(values))
    if len(found) < 2 or not rising or values[0] == 0:
        return set()
    return {index for index, _ in found}


def _edge_numbers(lines: list[Line], edges: list[tuple[int, int]]) -> set[int]:
    return {
        index for edge in edges for index in edge if _page_number(lines[index].text) is not None
    }


def _counted_pages(lines: list[Line], edges: list[tuple[int, int]]) -> set[int]:
    """Bare numbers at the same edge of three pages or more, counting with the pages.

    A bare number may as well be the figure of a cell, so nothing less is proof.
    """
    marked: set[int] = set()
    for side in (0, 1):
        found = {
            edge[side]: int(match.group(1)) - lines[edge[side]].page
            for edge in edges
            if (match := _BARE_NUMBER.fullmatch(lines[edge[side]].text)) is not None
        }
        if len(found) >= 3 and len(set(found.values())) == 1 and len(found) + 2 >= len(edges):
            marked |= set(found)
    return marked


def _running_heads(lines: list[Line], edges: list[tuple[int, int]]) -> set[int]:
    """The same words at the same edge of most pages, three at least; never a table row."""
    marked: set[int] = set()
    for side in (0, 1):
        texts = {edge[side]: lines[edge[side]].text.strip() for edge in edges}
        counts = Counter(texts.values())
        for index, text in texts.items():
            often = counts[text] >= 3 and 2 * counts[text] > len(edges)
            if often and len(text) >= 4 and not text.isdigit() and not _WIDE_GAP.search(text):
                marked.add(index)
    return marked


def transparent(line: Line) -> bool:
    """Whether a run of rows goes on across the line."""
    return line.blank or line.layer is Layer.FURNITURE


def replace_runs(
    items: Sequence[Item],
    member: Callable[[Line], bool],
    build: Callable[[list[Line]], Sequence[Item] | None],
    max_blank: int = 3,
) -> list[Item]:
    """Replace each run of member lines by what ``build`` makes of it.

    A run begins and ends with a member; between two members stand at most ``max_blank`` blank
    lines (any number at a page break) and furniture. ``build`` gets all lines of the run and
    returns ``None`` to leave them as they are.
    """
    result: list[Item] = []
    done = 0
    for start, end in _runs(items, member, max_blank):
        result.extend(items[done:start])
        run = [item for item in items[start:end] if isinstance(item, Line)]
        built = build(run)
        result.extend(run if built is None else built)
        done = end
    result.extend(items[done:])
    return result


def _runs(
    items: Sequence[Item], member: Callable[[Line], bool], max_blank: int
) -> Iterator[tuple[int, int]]:
    start = last = -1
    for index, item in enumerate(items):
        inside = isinstance(item, Line) and item.layer is Layer.BODY and member(item)
        if not inside and isinstance(item, Line) and transparent(item):
            continue
        if start >= 0 and not (inside and _joined(items, last, index, max_blank)):
            yield start, last + 1
            start = -1
        if inside:
            start = index if start < 0 else start
            last = index
    if start >= 0:
        yield start, last + 1


def _joined(items: Sequence[Item], last: int, index: int, max_blank: int) -> bool:
    before, after = items[last], items[index]
    if isinstance(before, Line) and isinstance(after, Line) and before.page != after.page:
        return True
    between = items[last + 1 : index]
    return sum(isinstance(item, Line) and item.blank for item in between) <= max_blank


def columns(text: str, wide: int, ambiguous: int = 1) -> list[int]:
    """The display column at which each character starts, and the end of the last one.

    Args:
        text: One line.
        wide: Columns that a Chinese character takes: 2 on a screen, 1 where a program padded
            by the number of characters.
        ambiguous: Columns of a character whose width depends on the font (box drawing).
    """
    if text.isascii():
        return list(range(len(text) + 1))
    starts = [0]
    for char in text:
        kind = unicodedata.east_asian_width(char)
        if unicodedata.combining(char):
            width = 0
        elif kind in "WF":
            width = wide
        else:
            width = ambiguous if kind == "A" else 1
        starts.append(starts[-1] + width)
    return starts
