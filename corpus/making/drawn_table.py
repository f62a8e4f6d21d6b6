"""Geometry of a drawn table: how wide, how high, and what stands on which page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from making.drawn_style import Cut, DrawnStyle
from sampling.forms import RESULTS
from sampling.grids import Grid, GridCell, Kind

SONG = "STSong-Light"
_LEADING = 1.25
_SIDE = 2.0  # between a rule and the text beside it
_SLACK = 0.01  # sums of lengths are not exact
_STEP = 4.0  # how finely places for a table are tried
_RAISE = 14  # how finely the foot of the page is raised where no place will do
# Letters that the character map of the font does not carry, and what is drawn for them.
_SPELLED = str.maketrans(
    {
        "\u2212": "\uff0d",
        "\u00b7": "\u30fb",
        "\u2022": "\u25cf",
        "\u00dc": "\u00fc",
        "\u2611": "\u25a0",
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u200b": "",
        "\ufeff": "",
        "\t": " ",
    }
)

pdfmetrics.registerFont(UnicodeCIDFont(SONG))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on a page text may stand: the left edge, and the ordinates of top and bottom."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A table with its lengths.

    Attributes:
        grid: The table.
        edges: Left edges of the columns, and the right edge of the last.
        heights: Of the rows.
        lines: The lines of each cell, in the order of the cells.
        size: Of its letters.
        padding: Above and below the text of a cell.
    """

    grid: Grid
    edges: tuple[float, ...]
    heights: tuple[float, ...]
    lines: tuple[tuple[str, ...], ...]
    size: float
    padding: float

    @property
    def leading(self) -> float:
        """From line to line."""
        return self.size * _LEADING

    def lines_in(self, height: float) -> int:
        """How many lines a height holds."""
        return int((height - 2 * self.padding + _SLACK) // self.leading)


@dataclass(frozen=True, slots=True)
class Band:
    """What one page shows of a row; ``repeated`` for a header row shown once more."""

    row: int
    top: float
    bottom: float
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What one page shows of a cell."""

    cell: GridCell
    left: float
    right: float
    top: float
    bottom: float
    lines: tuple[str, ...]


def text_width(text: str, font: str, size: float) -> float:
    """How long a line is."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrap(text: str, width: float, size: float, indent: float = 0) -> tuple[str, ...]:
    """The lines of a text; a line holds at least one letter."""
    lines: list[str] = []
    for paragraph in text.translate(_SPELLED).split("\n"):
        line, used = "", indent
        for letter in paragraph:
            advance = text_width(letter, SONG, size)
            if line and used + advance > width:
                lines.append(line)
                line, used = "", 0.0
            line += letter
            used += advance
        lines.append(line)
    return tuple(lines)


def _edges(grid: Grid, style: DrawnStyle, frame: Frame) -> tuple[float, ...]:
    labels = min((c.col for c in grid.cells if c.kind is Kind.DATA), default=0)
    scale = style.labels if grid.name == "applications" else 1
    shares = [w * (scale if col < labels else 1) for col, w in enumerate(grid.widths)]
    width = (frame.right - frame.left) * (0.8 if style.narrow else 1)
    edges = [frame.left]
    for share in shares:
        edges.append(edges[-1] + width * share / sum(shares))
    return tuple(edges)


def _fitting(grid: Grid, edges: Sequence[float], style: DrawnStyle) -> float:
    """The size of letters at which no figure is broken in two lines."""
    size = min(style.size, 10.5) if grid.name == "disputes" else style.size
    for cell in grid.cells:
        room = edges[cell.col + cell.col_span] - edges[cell.col] - 2 * _SIDE
        needed = max(text_width(cell.text, font, size) for font in (style.digits, SONG))
        if cell.kind is Kind.DATA and needed > room and len(cell.text) <= 10:
            size *= room / needed * 0.98
    return size


def measure(grid: Grid, style: DrawnStyle, frame: Frame) -> Measured:
    """Lay a table out between the margins."""
    edges = _edges(grid, style, frame)
    size = _fitting(grid, edges, style)
    leading, padding = size * _LEADING, style.padding
    heights = [leading + 2 * padding] * grid.n_rows
    lines: list[tuple[str, ...]] = []
    for cell in grid.cells:
        room = edges[cell.col + cell.col_span] - edges[cell.col] - 2 * _SIDE
        stacked = style.stacked and cell.text == RESULTS
        lines.append(tuple(cell.text) if stacked else wrap(cell.text, max(room, size), size))
    by_span = sorted(zip(grid.cells, lines, strict=True), key=lambda pair: pair[0].row_span)
    for cell, its_lines in by_span:
        rows = range(cell.row, cell.row + cell.row_span)
        lacking = len(its_lines) * leading + 2 * padding - sum(heights[row] for row in rows)
        for row in rows:
            heights[row] += max(0.0, lacking) / cell.row_span
    return Measured(grid, edges, tuple(heights), tuple(lines), size, padding)


def paginate(
    table: Measured, start: float, frame: Frame, style: DrawnStyle
) -> tuple[tuple[Band, ...], ...]:
    """Deal the rows out over pages; the first may stay empty."""
    tall = sum(table.heights[: table.grid.header_rows]) > (frame.top - frame.bottom) / 2
    header = range(table.grid.header_rows if style.repeat and not tall else 0)
    pages: list[list[Band]] = [[]]
    y, row, height = start, 0, table.heights[0]
    fresh = start >= frame.top - _SLACK  # nothing can be gained by another page
    rows = len(table.heights)
    while row < rows:
        fits = table.lines_in(y - frame.bottom)
        splits = style.split and 1 <= fits < table.lines_in(height)
        if y - height >= frame.bottom - _SLACK or (fresh and not splits):
            pages[-1].append(Band(row, y, y - height))
            y, row, fresh = y - height, row + 1, False
            height = table.heights[row] if row < rows else 0.0
            continue
        if splits:
            shown = fits * table.leading + 2 * table.padding
            pages[-1].append(Band(row, y, y - shown))
            height -= fits * table.leading
        pages.append([])
        y, fresh = frame.top, True
        if row >= len(header):
            for above in header:
                pages[-1].append(Band(above, y, y - table.heights[above], repeated=True))
                y -= table.heights[above]
    return tuple(tuple(page) for page in pages)


def cuts(pages: Sequence[Sequence[Band]]) -> Iterator[Cut]:
    """Where the pages end within the table."""
    for before, after in itertools.pairwise(pages):
        first = next((band.row for band in after if not band.repeated), None)
        if before and first is not None:
            yield Cut(first, before[-1].row == first)


def places_for(
    cut: Cut, table: Measured, frame: Frame, style: DrawnStyle
) -> list[tuple[float, Frame]]:
    """Where a table may begin, and how far pages go down, for a page to end at a place within it.

    Raises:
        LookupError: No place gives that.
    """
    for raised in range(0, int((frame.top - frame.bottom) / 2), _RAISE):
        shorter = replace(frame, bottom=frame.bottom + raised)
        steps = range(int((shorter.top - shorter.bottom) / _STEP))
        starts = [shorter.top - step * _STEP for step in steps]
        found = [y for y in starts if cut in cuts(paginate(table, y, shorter, style))]
        if found:
            return [(y, shorter) for y in found]
    raise LookupError(cut)


def pieces(
    table: Measured, pages: Sequence[Sequence[Band]]
) -> Iterator[tuple[Sequence[Band], list[Piece]]]:
    """What each page shows of each cell; text that finds no room goes on overleaf."""
    shown = [0] * len(table.grid.cells)
    for page in pages:
        found: list[Piece] = []
        for index, cell in enumerate(table.grid.cells):
            rows = range(cell.row, cell.row + cell.row_span)
            again = [band for band in page if band.repeated and band.row in rows]
            bands = [band for band in page if not band.repeated and band.row in rows]
            left, right = table.edges[cell.col], table.edges[cell.col + cell.col_span]
            lines = table.lines[index]
            if len(again) == cell.row_span:
                found.append(Piece(cell, left, right, again[0].top, again[-1].bottom, lines))
            if bands:
                top, bottom = bands[0].top, bands[-1].bottom
                room = max(1, table.lines_in(top - bottom))
                part = lines[shown[index] : shown[index] + room]
                shown[index] += len(part)
                found.append(Piece(cell, left, right, top, bottom, part))
        yield page, found
