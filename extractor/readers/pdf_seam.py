"""The break between two parts of one table: which row or label does it cut?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.readers.pdf_tables import Piece, PieceCell

Pairs = list[tuple[PieceCell, PieceCell]]
"""Cells above the break, each with its rest below."""
_ITEM_NUMBER = re.compile(
    r"(?:[（(]?[一二三四五六七八九十百\d]{1,3}[)）、.．,，]|第[一二三四五六七八九十百\d]{1,4}[条项章款]"
    r"|[①-⑳⑴-⒛㈠-㈩]|\d{1,2}(?=[^\W\d_]))"
)


def _is_item(text: str) -> bool:
    """Whether a label begins with the number of a list item."""
    return _ITEM_NUMBER.match("".join(text.split())) is not None


def _first_figure(cells: Iterable[PieceCell]) -> int | None:
    """The leftmost column with a figure."""
    first: int | None = None
    for c in cells:
        if (first is None or c.col < first) and c.is_figure:
            first = c.col
    return first


class Seam:
    """The last row of the upper part against the first row of the lower part."""

    __slots__ = (
        "all_open",
        "cells",
        "figures_follow",
        "has_figures",
        "head",
        "label_end",
        "last",
        "some_open",
    )

    def __init__(self, first: Piece, lower: list[PieceCell], *, header_dropped: bool) -> None:
        self.cells = first.cells + lower
        self.last = {c.col: c for c in first.cells if c.row + c.row_span == first.n_rows}
        self.head = sorted((c for c in lower if c.row == 0), key=lambda c: c.col)
        figures = (_first_figure(first.cells), _first_figure(lower))
        self.has_figures = figures[0] is not None
        self.figures_follow = any(c.row == 1 and c.is_figure for c in lower)
        self.label_end = min((col for col in figures if col is not None), default=0)
        opened = [self._is_open(c) for c in self.head]
        trusted = not first.open_top and not header_dropped
        self.all_open = trusted and all(opened)
        self.some_open = trusted and any(opened) and not all(opened)

    def _is_open(self, below: PieceCell) -> bool:
        """Whether no rule parts the cell from the one above it."""
        above = self._above(below)
        return above is not None and (below.open_top or above.open_bottom)

    def _above(self, below: PieceCell) -> PieceCell | None:
        above = self.last.get(below.col)
        return above if above is not None and above.col_span == below.col_span else None

    def cuts_a_row(self) -> bool:
        """Whether the page break runs through one row."""
        last, head = self.last, self.head
        if len(head) != len(last) or any(self._above(c) is None for c in head):
            return False
        above_figures = any(c.is_figure for c in last.values())
        below_figures = any(c.is_figure for c in head)
        if above_figures and below_figures:
            return self._shares_out_a_row() or self._cuts_figures()
        if self.label_end and (self._is_void(last.values()) or self._is_void(head)):
            return True
        if any(_is_item(c.text) for c in head if not c.is_figure):
            return False
        if any(c.text and last[c.col].text and c.is_figure != last[c.col].is_figure for c in head):
            return False
        if self.all_open:
            return True
        texts = [c for c in head if c.text and c.col < self.label_end]
        if not above_figures and not below_figures:
            return self._cuts_the_header()
        if not texts:
            return below_figures and any(c.text for c in last.values() if c.col < self.label_end)
        return all(last[c.col].text and self._has_the_rest(last[c.col], c) for c in texts)

    def _has_the_rest(self, above: PieceCell, below: PieceCell) -> bool:
        """Whether a label without figures is the rest of the one above rather than a blank row."""
        return self._is_numbered(below.col) or (
            above.flush_bottom and below.flush_top and self._has_no_blanks()
        )

    def _has_no_blanks(self) -> bool:
        """Whether no row but the one in doubt lacks a figure."""
        return not any(
            c.col >= self.label_end and not c.text for c in self.cells if c not in self.head
        )

    def _shares_out_a_row(self) -> bool:
        """Whether some figures of a row stand on one page and the others on the next.

        None of them share a column, and the label is all above.
        """
        labels = [c for c in self.head if c.col < self.label_end]
        return (
            bool(labels)
            and not any(c.text for c in labels)
            and any(self.last[c.col].text for c in labels)
            and not any(c.text and self.last[c.col].text for c in self.head)
        )

    def _cuts_figures(self) -> bool:
        """Whether the last digits of wrapped figures stand on the next page, with the label's rest.

        Then the row below has fewer figures than the one above, and its label, if any, no number.
        """
        labels = [c for c in self.head if c.text and c.col < self.label_end]
        figures = [c for c in self.head if c.text and c.col >= self.label_end]
        above = [c for c in self.last.values() if c.is_figure]
        return (
            0 < len(figures) < len(above)
            and all(
                self.last[c.col].text and not _is_item(c.text) and self._is_numbered(c.col)
                for c in labels
            )
            and all(
                c.text.isdigit() and self.last[c.col].is_figure and self.last[c.col].flush_bottom
                for c in figures
            )
        )

    def _cuts_the_header(self) -> bool:
        """Whether the rest of some column titles stands right above the first figures.

        The first column tells: where its title was complete above, nothing is left of it, while
        a row of the table would begin with a label.
        """
        if self.has_figures or self.head[0].text or not self.last[self.head[0].col].text:
            return False
        texts = [c for c in self.head if c.text]
        return (
            bool(texts)
            and self.figures_follow
            and all(
                c.flush_top and self.last[c.col].flush_bottom and self.last[c.col].text
                for c in texts
            )
        )

    @staticmethod
    def _is_void(cells: Iterable[PieceCell]) -> bool:
        """Whether the cells that belong to this row alone hold nothing."""
        own = [c for c in cells if c.row_span == 1]
        return bool(own) and not any(c.text for c in own)

    def _is_numbered(self, col: int) -> bool:
        """Whether the labels of a column begin with item numbers, at least three of them."""
        labels = [
            c.text
            for c in self.cells
            if c.col == col and c.text and not c.is_figure and c not in self.head
        ]
        numbered = sum(_is_item(text) for text in labels)
        return numbered >= 3 and numbered * 3 >= len(labels) * 2

    def cut_row_pairs(self) -> Pairs:
        """All cells of the row above with those below."""
        return [(self.last[c.col], c) for c in self.head]

    def cut_label_pairs(self) -> Pairs:
        """Merged cells that go on below the break, with their continuation."""
        return [
            (above, below)
            for below in self.head
            if (above := self._above(below)) is not None and self._continues_cell(above, below)
        ]

    def _continues_cell(self, above: PieceCell, below: PieceCell) -> bool:
        if self.some_open and self._is_open(below):
            return not (above.is_figure and below.is_figure)
        if below.col + below.col_span > self.label_end or not above.text or above.is_figure:
            return False
        if not any(c.text for c in self.head if below.col < c.col < self.label_end):
            return False
        if not below.text:
            return True
        if _is_item(below.text):
            return False
        return self._is_numbered(above.col) or (
            above.flush_bottom and below.flush_top and _is_item(above.text)
        )
