"""Pages to blocks in reading order: furniture told apart, tables and paragraphs made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.document import Block, Location, Picture, TableOrigin
from extractor.readers.pdf_aligned import find_aligned, may_hold_aligned
from extractor.readers.pdf_cells import GridContent
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_join import absorb, append, can_append, can_join, join, share_edges
from extractor.readers.pdf_lines import (
    Line,
    Margins,
    body_margins,
    continues,
    make_line,
    make_paragraph,
    mark_furniture,
)
from extractor.readers.pdf_objects import Rect
from extractor.readers.pdf_page import PageContent
from extractor.readers.pdf_tables import (
    Piece,
    drop_idle_columns,
    drop_idle_rows,
    drop_stray_rules,
    is_figure,
    piece_from_grid,
    to_table,
)
from extractor.readers.pdf_text import Run, runs_text, split_lines

_MIN_PICTURE = 24.0
"""Images smaller than this in either direction are ornaments."""
_COLUMN_GAP = 1.6
"""Words this many em apart stand in columns."""
_HEADING_GAP = 2.0
_FRAME_LINES = 4
"""A single cell with at least this many lines is a text frame."""


@dataclass(slots=True)
class _Image:
    page: int
    frame: Frame
    rect: Rect

    @property
    def top(self) -> float:
        return self.rect[1]


_Item = Line | Piece | _Image


@dataclass(slots=True)
class _Flow:
    """Items of one page, top to bottom."""

    frame: Frame
    items: list[_Item] = field(default_factory=list)

    def lines(self) -> list[Line]:
        """Lines outside tables."""
        return [x for x in self.items if isinstance(x, Line)]

    def body(self) -> list[_Item]:
        """Items that are no furniture."""
        return [x for x in self.items if not (isinstance(x, Line) and x.furniture)]

    def drop(self, unwanted: Sequence[_Item]) -> None:
        """Remove items."""
        self.items = [x for x in self.items if all(x is not item for item in unwanted)]

    def replace(self, old: _Item, new: _Item) -> None:
        """Put ``new`` where ``old`` stands."""
        self.items = [new if x is old else x for x in self.items]


def assemble(contents: Sequence[PageContent]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """All blocks of the document and the reader's notes."""
    flows = [_page_flow(content) for content in contents]
    mark_furniture([flow.lines() for flow in flows])
    continued = False
    for flow, content in zip(flows, contents, strict=True):
        _take_aligned(flow, content, continued=continued)
        continued = _ends_unruled(flow)
    _join_tables(flows)
    for flow, content in zip(flows, contents, strict=True):
        _put_behind(flow, content)
    page_lines = [flow.lines() for flow in flows]
    margins = body_margins([line for lines in page_lines for line in lines])
    notes = tuple(note for content in contents for note in content.notes)
    return tuple(_blocks(flows, margins)), notes


def _page_flow(content: PageContent) -> _Flow:
    frame, number = content.frame, content.number
    pieces: list[Piece] = []
    free = list(content.free)
    for grid in content.grids:
        if _is_text_frame(grid, content.grids):
            free += [run for runs in grid.runs for run in runs]
        else:
            pieces.append(piece_from_grid(grid, frame, number))
            drop_idle_columns(pieces[-1])
    lines = [make_line(number, frame, runs) for runs in split_lines(free)]
    images = [
        _Image(number, frame, rect)
        for rect in content.pictures
        if min(rect[2] - rect[0], rect[3] - rect[1]) >= _MIN_PICTURE
    ]
    return _Flow(frame, sorted([*lines, *pieces, *images], key=lambda item: item.top))


def _is_text_frame(content: GridContent, grids: list[GridContent]) -> bool:
    """Whether the grid only frames text or other tables, or shades headings."""
    grid = content.grid
    if content.shaded and not any(is_figure(runs_text(runs)) for runs in content.runs):
        return True
    if grid.n_cols > 1:
        return False
    if any(
        other is not content
        and grid.contains(other.grid.xs[0], other.grid.ys[0])
        and grid.contains(other.grid.xs[-1], other.grid.ys[-1])
        for other in grids
    ):
        return True
    return any(_is_text(runs) for runs in content.runs)


def _is_text(runs: Sequence[Run]) -> bool:
    """Whether runs are lines of a text, or of a table without inner rules."""
    lines = split_lines(runs)
    return len(lines) >= _FRAME_LINES or any(
        b.x0 - a.x1 > _COLUMN_GAP * b.height for line in lines for a, b in pairwise(line)
    )


def _put_behind(flow: _Flow, content: PageContent) -> None:
    """Give what is printed behind the text a line of furniture at the head of the page."""
    if content.behind:
        line = make_line(content.number, flow.frame, content.behind)
        line.furniture = True
        flow.items.insert(0, line)


def _ends_unruled(flow: _Flow) -> bool:
    """Whether a page ends with a table without rules, or a heading of its next part."""
    body = flow.body()
    last = body.pop() if body else None
    if isinstance(last, Line) and body and isinstance(body[-1], Piece):
        near = last.top - body[-1].bottom < _HEADING_GAP * last.height
        last = body[-1] if near else None
    return isinstance(last, Piece) and last.origin is TableOrigin.ALIGNED


def _take_aligned(flow: _Flow, content: PageContent, *, continued: bool) -> None:
    """Turn lines that stand in columns into tables.

    ``continued`` tells that the page before ends with such a table.
    """
    lines = [line for line in flow.lines() if not line.furniture]
    if not continued and not may_hold_aligned(lines):
        return
    found = find_aligned(lines, content.separators(), content.blanks, continued=continued)
    for piece, taken in found:
        flow.replace(taken[0], piece)
        flow.drop(taken)


@dataclass(slots=True)
class _Ending:
    """The table that ends a page: where it stands, and lines that hang out of its last row."""

    piece: Piece
    home: _Flow
    flow: _Flow
    overhang: list[Line]


def _join_tables(flows: list[_Flow]) -> None:
    """Join parts of tables over page breaks; single columns left over become lines again."""
    ending: _Ending | None = None
    for flow in flows:
        _append_below(flow)
        body = flow.body()
        first = body[0] if body else None
        if ending is not None and isinstance(first, Piece) and _goes_on(ending, first):
            absorb(ending.piece, ending.overhang, ending.flow.frame)
            ending.flow.drop(ending.overhang)
            joined = join(ending.piece, first)
            ending.home.replace(ending.piece, joined)
            flow.drop([first])
            overhang = _overhang(joined, body[1:])
            if overhang is not None:
                ending = _Ending(joined, ending.home, flow, overhang)
                continue
        ending = _find_ending(flow, body)
    for flow in flows:
        flow.items = [part for item in flow.items for part in _without_single_columns(item, flow)]


def _append_below(flow: _Flow) -> None:
    """Join parts of tables that stand one right below the other."""
    body = flow.body()
    above = body[0] if body else None
    for item in body[1:]:
        if isinstance(above, Piece) and isinstance(item, Piece) and can_append(above, item):
            joined = append(above, item)
            flow.replace(above, joined)
            flow.drop([item])
            above = joined
        else:
            above = item


def _goes_on(ending: _Ending, first: Piece) -> bool:
    return (
        _reaches_end(ending.piece, first, ending.home)
        and can_join(ending.piece, first)
        and (not ending.overhang or any(c.open_top for c in first.cells))
    )


def _find_ending(flow: _Flow, body: list[_Item]) -> _Ending | None:
    for i in range(len(body) - 1, -1, -1):
        item = body[i]
        if isinstance(item, Piece):
            overhang = _overhang(item, body[i + 1 :])
            return None if overhang is None else _Ending(item, flow, flow, overhang)
        if not isinstance(item, Line):
            return None
    return None


def _overhang(piece: Piece, rest: list[_Item]) -> list[Line] | None:
    """The items under a table if all are text that hangs out of its last row, else ``None``.

    A row cut by the page end may print its last line a little below its part of the frame.
    """
    lines = [item for item in rest if isinstance(item, Line)]
    if len(lines) < len(rest) or any(
        line.top > piece.bottom + 0.35 * line.height
        or line.x0 < piece.xs[0]
        or line.x1 > piece.xs[-1]
        for line in lines
    ):
        return None
    return lines


def _reaches_end(piece: Piece, following: Piece, home: _Flow) -> bool:
    """Whether the table may have left its page unfinished.

    It runs into the lower part of the page, or it was cut there, or a tall row was moved on whole,
    while the columns are the same.
    """
    if piece.bands or piece.last_page > piece.page or piece.bottom > 0.55 * home.frame.height:
        return True
    return min(piece.n_cols, following.n_cols) > 1 and share_edges(piece, following)


def _without_single_columns(item: _Item, flow: _Flow) -> list[_Item]:
    if isinstance(item, Piece) and not any(c.text for c in item.cells):
        return []
    if isinstance(item, Piece) and item.n_cols == 1 and item.last_page == item.page:
        return [make_line(item.page, flow.frame, runs) for runs in split_lines(item.runs)]
    return [item]


def _blocks(flows: Sequence[_Flow], margins: Margins) -> list[Block]:
    """Paragraphs run on over page breaks; a table stands where it begins."""
    blocks: list[Block] = []
    open_lines: list[Line] = []
    pending: list[Block] = []

    def close() -> None:
        if open_lines:
            blocks.append(make_paragraph(open_lines))
            open_lines.clear()
        blocks.extend(pending)
        pending.clear()

    for flow in flows:
        for item in flow.items:
            if isinstance(item, Line) and item.furniture:
                (pending if open_lines else blocks).append(make_paragraph([item]))
            elif isinstance(item, Line):
                if open_lines and not continues(open_lines[-1], item, margins):
                    close()
                open_lines.append(item)
            else:
                close()
                blocks.append(_block(item))
    close()
    return blocks


def _block(item: Piece | _Image) -> Block:
    if isinstance(item, Piece):
        drop_stray_rules(item)
        drop_idle_rows(item)
        drop_idle_columns(item)
        return to_table(item)
    box = item.frame.to_display(item.rect)
    width, height = round(box.x1 - box.x0, 2), round(box.bottom - box.top, 2)
    return Picture(Location(item.page, box), width, height)
