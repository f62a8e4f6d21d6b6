"""Papers drawn as PDF line by line, with full control of how and where."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from making.drawn_style import DrawnStyle, draw_style
from making.drawn_table import (
    SONG,
    Band,
    Frame,
    Measured,
    Piece,
    measure,
    paginate,
    pieces,
    places_for,
    text_width,
    wrap,
)
from making.paper import Item, Paper, Printed, Role
from sampling.grids import Grid, Kind

_LINE = 1.6
_TITLE_SIZE = 20.0
_FILLS = {
    "zebra": (0.93, 0.95, 0.98),
    "head": (0.78, 0.85, 0.95),
    "headdark": (0.3, 0.4, 0.6),
    "articles": (0.78, 0.85, 0.95),
}
_WIDTHS = {"thick": 2.0, "dotted": 0.5}
_DASHES = {"dashed": (3, 2), "dotted": (0.7, 1.5)}
_BOLD_SHIFT = 0.3
_DOUBLE = 1.5


def print_drawn(paper: Paper) -> Printed:
    """A paper in any style at all."""
    return print_styled(paper, draw_style(paper.rng))


def print_styled(paper: Paper, style: DrawnStyle) -> Printed:
    """A paper in a given style.

    Raises:
        LookupError: No page can end where the style asks for it.
    """
    data = _Drawing(paper, style).draw(paper.items)
    return Printed(data, "pdf", style.layout, ("pdf:drawn", *style.variants))


def frame_of(style: DrawnStyle) -> Frame:
    """Where on a page text may stand."""
    width, height = style.paper
    margin = style.margin
    return Frame(margin, width - margin, height - margin - 20, margin + 10)


class _Drawing:
    """A PDF being drawn from top to bottom."""

    def __init__(self, paper: Paper, style: DrawnStyle) -> None:
        self._style = style
        self._rng: random.Random = paper.rng
        self._head = f"{paper.county}政务公开　{paper.year}年度报告"
        self._frame = frame_of(style)
        self._buffer = io.BytesIO()
        # The page dictionary gets the sides swapped by the library where a page is turned.
        self._canvas = Canvas(self._buffer, pagesize=style.paper, invariant=1)
        self._page = 0
        self._y = 0.0
        self._begin_page()

    def draw(self, items: Sequence[Item]) -> bytes:
        """Draw everything and give the file."""
        for item in items:
            if item.grid is not None:
                self._draw_table(item.grid)
            elif item.role is Role.TITLE:
                self._draw_title(item.text)
            elif item.role is Role.SIGN:
                self._draw_paragraph(item.text, 0, "right")
            else:
                self._draw_paragraph(item.text, 2, heading=item.role is Role.HEADING)
        self._canvas.save()
        return self._buffer.getvalue()

    def _begin_page(self) -> None:
        if self._page:
            self._canvas.showPage()
        self._page += 1
        self._turn()
        self._y = self._frame.top
        self._draw_watermark()
        self._draw_furniture()

    def _turn(self) -> None:
        rotation = self._style.rotation
        width, height = self._style.paper
        if not rotation:
            return
        self._canvas.setPageRotation(rotation)
        origin = {90: (height, 0), 180: (width, height), 270: (0, width)}[rotation]
        self._canvas.translate(*origin)
        self._canvas.rotate(rotation)

    def _draw_watermark(self) -> None:
        if self._style.watermark == "none":
            return
        width, height = self._style.paper
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(width / 2, height / 2)
        if self._style.watermark == "diagonal":
            canvas.rotate(45)
        canvas.setFillGray(0.88)
        canvas.setFont(SONG, 120)
        canvas.drawCentredString(0, -40, "样例")
        canvas.restoreState()

    def _draw_furniture(self) -> None:
        style, frame, canvas = self._style, self._frame, self._canvas
        canvas.setFont(SONG, 9)
        middle = (frame.left + frame.right) / 2
        if style.head:
            canvas.drawString(frame.left, frame.top + 25, self._head)
        if style.foot:
            canvas.drawCentredString(middle, style.margin - 22, style.foot % self._page)
        canvas.setLineWidth(0.6)
        if "head-line" in style.strays:
            canvas.line(frame.left, frame.top + 21, frame.right, frame.top + 21)
        if "foot-line" in style.strays:
            canvas.line(frame.left, style.margin - 10, frame.right, style.margin - 10)

    def _write(self, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
        """One line of text, drawn twice if it shall look bold."""
        for shift in (0.0, _BOLD_SHIFT) if bold else (0.0,):
            self._write_once(x + shift, y, text, size)

    def _write_once(self, x: float, y: float, text: str, size: float) -> None:
        font = self._style.digits if text.isascii() else SONG
        self._canvas.setFont(font, size)
        if not self._style.by_char:
            self._canvas.drawString(x, y, text)
            return
        for letter in text:
            self._canvas.drawString(x, y, letter)
            x += text_width(letter, font, size)

    def _draw_title(self, text: str) -> None:
        size = _TITLE_SIZE
        self._draw_paragraph(text, 0, "center", size=size, heading=True)
        if "title-line" in self._style.strays:
            length = min(text_width(text, SONG, size), self._frame.right - self._frame.left)
            middle = (self._frame.left + self._frame.right) / 2
            y = self._y + size * 0.45
            self._canvas.setLineWidth(0.8)
            self._canvas.line(middle - length / 2, y, middle + length / 2, y)

    def _draw_paragraph(
        self,
        text: str,
        indent: int,
        align: str = "left",
        *,
        size: float | None = None,
        heading: bool = False,
    ) -> None:
        size = size or self._style.body
        frame = self._frame
        bold = heading and self._style.bold != "none"
        for index, line in enumerate(wrap(text, frame.right - frame.left, size, indent * size)):
            if self._y < frame.bottom + size:
                self._begin_page()
            length = text_width(line, SONG, size)
            x = {
                "left": frame.left + (indent * size if index == 0 else 0),
                "center": (frame.left + frame.right - length) / 2,
                "right": frame.right - length - 2 * size,
            }[align]
            self._write(max(x, frame.left), self._y - size, line, size, bold)
            self._y -= size * _LINE

    def _draw_table(self, grid: Grid) -> None:
        style, frame = self._style, self._frame
        table = measure(grid, style, frame)
        if style.new_page and self._y < frame.top:
            self._begin_page()
        if style.target is not None and grid.name == "applications":
            start, frame = self._rng.choice(places_for(style.target, table, frame, style))
            if start > self._y:
                self._begin_page()
            self._y = start
        pages = paginate(table, self._y, frame, style)
        for number, (bands, parts) in enumerate(pieces(table, pages)):
            if number:
                self._begin_page()
            if bands:
                self._draw_part(table, bands, parts)
                self._y = bands[-1].bottom
        self._y -= 12
        if "page-line" in style.strays:
            width = style.paper[0]
            self._canvas.setLineWidth(0.6)
            self._canvas.line(20, self._y + 4, width - 20, self._y + 4)

    def _draw_part(self, table: Measured, bands: Sequence[Band], parts: list[Piece]) -> None:
        """What one page shows of a table."""
        self._draw_fills(table, bands)
        if self._style.order == "rules":
            self._draw_rules(table, bands, parts)
        places = {"column": lambda p: (p.cell.col, p.cell.row)}
        order = places.get(self._style.order, lambda p: (p.cell.row, p.cell.col))
        for part in sorted(parts, key=order):
            self._draw_cell(table, part)
        if self._style.order != "rules":
            self._draw_rules(table, bands, parts)

    def _draw_fills(self, table: Measured, bands: Sequence[Band]) -> None:
        grid, fill, canvas = table.grid, self._style.fill, self._canvas
        whole = {c.row for c in grid.cells if c.col_span == grid.n_cols and c.kind is Kind.HEAD}
        for band in bands:
            filled = {
                "zebra": band.row % 2 == 1,
                "head": band.row < grid.header_rows or band.row in whole,
                "headdark": band.row < grid.header_rows,
                "articles": band.row in whole,
            }.get(fill, False)
            if filled:
                canvas.saveState()
                canvas.setFillColorRGB(*_FILLS[fill])
                left, right = table.edges[0], table.edges[-1]
                canvas.rect(
                    left, band.bottom, right - left, band.top - band.bottom, stroke=0, fill=1
                )
                canvas.restoreState()

    def _draw_rules(self, table: Measured, bands: Sequence[Band], parts: list[Piece]) -> None:
        rules = self._style.rules
        if rules in ("outer", "threeline"):
            self._draw_outline(table, bands)
        elif rules != "none":
            for part in parts:
                self._draw_borders(part)

    def _draw_outline(self, table: Measured, bands: Sequence[Band]) -> None:
        left, right = table.edges[0], table.edges[-1]
        top, bottom = bands[0].top, bands[-1].bottom
        self._line(left, top, right, top)
        self._line(left, bottom, right, bottom)
        if self._style.rules == "outer":
            self._line(left, top, left, bottom)
            self._line(right, top, right, bottom)
            return
        for band in bands:
            if band.row == table.grid.header_rows - 1:
                self._line(left, band.bottom, right, band.bottom)

    def _draw_borders(self, part: Piece) -> None:
        if self._style.rules == "celldraw":
            self._canvas.setLineWidth(0.5)
            self._canvas.rect(
                part.left, part.bottom, part.right - part.left, part.top - part.bottom
            )
            return
        self._line(part.left, part.top, part.right, part.top)
        self._line(part.left, part.bottom, part.right, part.bottom)
        if self._style.rules != "horizontal":
            self._line(part.left, part.top, part.left, part.bottom)
            self._line(part.right, part.top, part.right, part.bottom)

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A rule as the style draws it."""
        canvas, rules = self._canvas, self._style.rules
        canvas.saveState()
        if rules == "rects":
            canvas.setFillGray(0)
            width, height = abs(x1 - x0) + 0.5, abs(y1 - y0) + 0.5
            canvas.rect(min(x0, x1) - 0.25, min(y0, y1) - 0.25, width, height, stroke=0, fill=1)
        else:
            canvas.setLineWidth(_WIDTHS.get(rules, 0.6))
            canvas.setDash(*_DASHES.get(rules, ()))
            if rules == "color":
                canvas.setStrokeColorRGB(0.75, 0.8, 0.9)
            canvas.line(x0, y0, x1, y1)
            if rules == "double":
                aside = (_DOUBLE, 0) if x0 == x1 else (0, -_DOUBLE)
                canvas.line(x0 + aside[0], y0 + aside[1], x1 + aside[0], y1 + aside[1])
        canvas.restoreState()

    def _draw_cell(self, table: Measured, part: Piece) -> None:
        style, cell, size = self._style, part.cell, table.size
        height = len(part.lines) * table.leading
        middle = (part.top + part.bottom + height) / 2
        y = part.top - table.padding if style.vertical == "top" else middle
        light = style.fill == "headdark" and cell.row + cell.row_span <= table.grid.header_rows
        bold = (style.bold == "heads" and cell.kind is Kind.HEAD) or (
            style.bold == "figures" and cell.kind is Kind.DATA
        )
        is_label = cell.kind is Kind.LABEL and style.horizontal != "center"
        align = style.horizontal if cell.kind is Kind.DATA else "left" if is_label else "center"
        self._canvas.setFillGray(1 if light else 0)
        for line in part.lines:
            length = text_width(line, style.digits if line.isascii() else SONG, size)
            x = {
                "center": (part.left + part.right - length) / 2,
                "left": part.left + 2,
                "right": part.right - length - 2,
            }[align]
            if style.jitter and cell.kind is Kind.DATA:
                x += self._rng.uniform(-1.5, 1.5)
            self._write(x, y - size * 0.95, line, size, bold)
            y -= table.leading
        self._canvas.setFillGray(0)
