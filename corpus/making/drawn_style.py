"""How a drawn PDF looks: everything that a drawing program decides."""

from __future__ import annotations

import random
from dataclasses import dataclass

from reportlab.lib.pagesizes import A3, A4, B5, landscape

from making.paper import Layout

FULL_GRIDS = frozenset(
    ("full", "dashed", "dotted", "color", "thick", "double", "rects", "celldraw")
)
_PAGES: dict[str, tuple[float, float]] = {
    "A4": A4,
    "A4-landscape": landscape(A4),
    "A3": A3,
    "A3-landscape": landscape(A3),
    "B5": B5,
}
_RULES = (
    *("full",) * 3,
    *("dashed", "dotted", "color", "thick", "double", "rects", "celldraw"),
    *("horizontal", "none", "outer", "threeline"),
)
_FEET = ("", "- %d -", "— %d —", "第 %d 页", "%d")
_STRAYS = ("page-line", "title-line", "head-line", "foot-line")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page ends within a table: above a row, or between the lines of its label."""

    row: int
    inside: bool


@dataclass(frozen=True, slots=True)
class DrawnStyle:
    """How a drawn PDF looks. Lengths are points.

    Attributes:
        page: Name of the paper size.
        rotation: What the page dictionary turns the page by; it is upright on the screen.
        margin: On all four sides.
        size: Letters in tables.
        body: Letters of the text.
        rules: Lines of tables.
        fill: Shading of tables.
        vertical: Place of text in a cell, ``top`` or ``middle``.
        horizontal: Place of figures in a cell, ``left``, ``center`` or ``right``.
        labels: Factor on the width of the label columns of table three.
        padding: Above and below the text of a cell.
        digits: Font of plain figures.
        split: Whether a row may go on overleaf.
        repeat: Whether header rows are repeated overleaf.
        new_page: Whether each table begins a page.
        head: Whether there is a running head.
        foot: Pattern of the page number; empty for none.
        by_char: Whether each letter is drawn by itself.
        order: What is drawn first: ``row`` or ``column`` of text, or ``rules``.
        jitter: Whether figures stand a little beside their place.
        narrow: Whether tables are narrower than the text.
        stacked: Whether the label of the results stands one letter to the line.
        watermark: ``none``, ``diagonal`` or ``flat``.
        strays: Lines on the page that belong to no table.
        bold: What is drawn twice to look bold: ``none``, ``headings``, ``heads`` or ``figures``.
        target: Where a page must end within table three.
    """

    page: str = "A4"
    rotation: int = 0
    margin: float = 62
    size: float = 9
    body: float = 14
    rules: str = "full"
    fill: str = "none"
    vertical: str = "middle"
    horizontal: str = "center"
    labels: float = 1.0
    padding: float = 3
    digits: str = "Times-Roman"
    split: bool = False
    repeat: bool = False
    new_page: bool = False
    head: bool = False
    foot: str = ""
    by_char: bool = False
    order: str = "row"
    jitter: bool = False
    narrow: bool = False
    stacked: bool = False
    watermark: str = "none"
    strays: tuple[str, ...] = ()
    bold: str = "none"
    target: Cut | None = None

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the page as displayed."""
        return _PAGES[self.page]

    @property
    def layout(self) -> Layout:
        """Whether every cell has its rules."""
        return Layout.PDF_RULED if self.rules in FULL_GRIDS else Layout.PDF_BORDERLESS

    @property
    def variants(self) -> tuple[str, ...]:
        """The names of what was chosen."""
        named = (
            ("page", self.page),
            ("rules", self.rules),
            ("fill", self.fill),
            ("vertical", self.vertical),
            ("horizontal", self.horizontal),
            ("order", self.order),
            ("size", f"{self.size:g}"),
            ("rotation", str(self.rotation) if self.rotation else ""),
            ("watermark", self.watermark if self.watermark != "none" else ""),
            ("bold", self.bold if self.bold != "none" else ""),
            *(("stray", stray) for stray in self.strays),
        )
        switches = {
            "rows:split": self.split,
            "header:repeated": self.repeat,
            "table:new-page": self.new_page,
            "table:narrow": self.narrow,
            "text:by-letter": self.by_char,
            "text:jitter": self.jitter,
            "label:stacked": self.stacked,
            "head:running": self.head,
            "foot:numbered": bool(self.foot),
        }
        names = [f"{key}:{value}" for key, value in named if value]
        return (*names, *(name for name, on in switches.items() if on))


def draw_style(rng: random.Random) -> DrawnStyle:
    """Any style at all."""
    return DrawnStyle(
        page=rng.choice(("A4", "A4", "A4", "A4-landscape", "A3", "A3-landscape", "B5")),
        rotation=rng.choice((0,) * 6 + (90, 180, 270)),
        margin=rng.choice((40, 62, 80)),
        size=rng.choice((7.5, 9, 10.5, 12)),
        body=rng.choice((12, 14, 16)),
        rules=rng.choice(_RULES),
        fill=rng.choice(("none", "none", "zebra", "head", "headdark", "articles")),
        vertical=rng.choice(("middle", "middle", "top")),
        horizontal=rng.choice(("center", "center", "left", "right")),
        labels=rng.choice((1, 1, 0.7, 1.3)),
        padding=rng.choice((1.5, 3, 6)),
        digits=rng.choice(("Times-Roman", "Helvetica", "STSong-Light")),
        split=rng.random() < 0.33,
        repeat=rng.random() < 0.33,
        new_page=rng.random() < 0.33,
        head=rng.random() < 0.5,
        foot=rng.choice(_FEET),
        by_char=rng.random() < 0.15,
        order=rng.choice(("row", "row", "column", "rules")),
        jitter=rng.random() < 0.2,
        narrow=rng.random() < 0.15,
        stacked=rng.random() < 0.5,
        watermark=rng.choice(("none",) * 40 + ("diagonal", "diagonal", "flat")),
        strays=tuple(stray for stray in _STRAYS if rng.random() < 0.1),
        bold=rng.choice(("none",) * 6 + ("headings", "headings", "heads", "figures")),
    )
