"""Papers as web pages for printing, and Chromium that prints many of them in one process."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from html import escape

from making.browser_print import chromium_pdfs
from making.paper import Item, Paper, Role
from making.printing import layout_of
from sampling.forms import RESULTS
from sampling.grids import Grid, GridCell, Kind

__all__ = ["BrowserStyle", "browser_page", "browser_pages", "chromium_pdfs", "layout_of"]

_BORDERS = {
    "solid": "1px solid #000",
    "thin": "0.5pt solid #000",
    "thick": "2px solid #000",
    "light": "1px solid #ccc",
    "blue": "1px solid #4f81bd",
    "dashed": "1px dashed #333",
    "dotted": "1px dotted #333",
    "double": "3px double #000",
    "none": "none",
    "horizontal": "1px solid #000",
}
_TEXT_ROLES = {Role.TITLE: "h1", Role.HEADING: "h3", Role.TEXT: "p", Role.SIGN: "p"}


_PAGE_WIDTHS = {"A4": 595, "A4 landscape": 842, "A3": 842, "B5": 499, "Letter": 612}
_MARGINS = {"1cm": 28, "2.4cm": 68, "2cm 1.5cm": 43}
_DIGIT = 0.56
"""Width of a digit by the size of the letters."""
_WIDE, _PADDING = 1.5, 8
"""Points between letters set wide, and at the sides of a cell."""


@dataclass(frozen=True, slots=True)
class BrowserStyle:
    """How a web page looks in print.

    Attributes:
        page: Paper size, as in CSS.
        margin: Page margin, as in CSS.
        border: Name of the borders of cells.
        collapse: Whether neighbours share a border.
        font: Font family.
        body: Letters of the text in pixels.
        size: Letters in tables in points.
        fixed: Whether column widths are given and kept to.
        width: Of tables.
        padding: Of cells.
        align: Place of the text of a cell, horizontally.
        valign: Place of the text of a cell, vertically.
        fill: ``none``, ``zebra`` or ``head``.
        vertical: Whether the label of the results is written from top to bottom.
        unbroken: Whether rows are kept on one page.
        spacing: ``none``, ``wide`` or ``break-all``.
        thead: Whether header rows are marked as such, and so repeated overleaf.
        heads: Whether header cells are ``th``.
        new_page: Whether each table begins a page.
        spacer: Height of a gap above table three in points.
    """

    page: str = "A4"
    margin: str = "2.4cm"
    border: str = "solid"
    collapse: bool = True
    font: str = "Noto Serif CJK SC"
    body: int = 14
    size: float = 9
    fixed: bool = True
    width: str = "100%"
    padding: str = "2px"
    align: str = "center"
    valign: str = "middle"
    fill: str = "none"
    vertical: bool = False
    unbroken: bool = False
    spacing: str = "none"
    thead: bool = False
    heads: bool = False
    new_page: bool = False
    spacer: float = 0

    @property
    def variants(self) -> tuple[str, ...]:
        """The names of what was chosen."""
        switches = {
            "label:vertical": self.vertical,
            "header:thead": self.thead,
            "header:th": self.heads,
            "table:new-page": self.new_page,
        }
        return (
            "pdf:chromium",
            f"page:{self.page.replace(' ', '-')}",
            f"border:{self.border}",
            f"borders:{'collapse' if self.collapse else 'separate'}",
            f"font:{self.font.split()[1].lower()}",
            f"table:{'fixed' if self.fixed else 'auto'}",
            f"rows:{'whole' if self.unbroken else 'split'}",
            f"fill:{self.fill}",
            f"spacing:{self.spacing}",
            *(name for name, on in switches.items() if on),
        )


def draw_browser_style(rng: random.Random) -> BrowserStyle:
    """Any style at all."""
    return BrowserStyle(
        page=rng.choice(("A4", "A4", "A4 landscape", "A3", "B5", "Letter")),
        margin=rng.choice(("1cm", "2.4cm", "2cm 1.5cm")),
        border=rng.choice((*("solid",) * 3, *_BORDERS)),
        collapse=rng.random() < 0.8,
        font=rng.choice(("Noto Serif CJK SC", "Noto Sans CJK SC")),
        body=rng.choice((12, 14, 16)),
        size=rng.choice((8, 9, 10.5, 12)),
        fixed=rng.random() < 0.5,
        width=rng.choice(("100%", "100%", "80%", "auto")),
        padding=rng.choice(("0", "2px", "5px 3px")),
        align=rng.choice(("center", "left", "right")),
        valign=rng.choice(("middle", "top", "bottom")),
        fill=rng.choice(("none", "none", "zebra", "head")),
        vertical=rng.random() < 0.4,
        unbroken=rng.random() < 0.5,
        spacing=rng.choice(("none", "none", "wide", "break-all")),
        thead=rng.random() < 0.5,
        heads=rng.random() < 0.4,
        new_page=rng.random() < 0.3,
    )


def browser_pages(paper: Paper) -> tuple[str, tuple[str, ...]]:
    """A paper as a web page in any style at all, and the names of what was chosen."""
    style = draw_browser_style(paper.rng)
    if style.fixed and any(_overflows(item.grid, style) for item in paper.items if item.grid):
        style = replace(style, fixed=False)
    return browser_page(paper, style), style.variants


def _overflows(grid: Grid, style: BrowserStyle) -> bool:
    """Whether figures would run into each other in columns of fixed widths."""
    if style.spacing == "break-all":
        return False
    width = _PAGE_WIDTHS[style.page] - 2 * _MARGINS[style.margin]
    room = width * (0.8 if style.width == "80%" else 1) / sum(grid.widths)
    letter = _DIGIT * style.size + (_WIDE if style.spacing == "wide" else 0)
    return any(
        len(word) * letter + _PADDING > room * sum(grid.widths[cell.col : cell.col + cell.col_span])
        for cell in grid.cells
        if any(character.isdigit() for character in cell.text)
        for word in cell.text.split()
        if word.isascii()
    )


def browser_page(paper: Paper, style: BrowserStyle) -> str:
    """A paper as a web page in a given style."""
    body = "\n".join(_item(item, style) for item in paper.items)
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(paper.title)}</title><style>{_css(style)}</style></head>"
        f"<body>{body}</body></html>"
    )


def _css(style: BrowserStyle) -> str:
    sides = (
        f"border-top:{_BORDERS[style.border]};border-bottom:{_BORDERS[style.border]}"
        if style.border == "horizontal"
        else f"border:{_BORDERS[style.border]}"
    )
    extra = {
        "zebra": "tr:nth-child(even) td{background:#eef}",
        "head": ".h{background:#c6d9f1}",
        "wide": "td,th{letter-spacing:2px}",
        "break-all": "td,th{word-break:break-all}",
    }
    return (
        f"@page{{size:{style.page};margin:{style.margin}}}"
        f"body{{font-family:'{style.font}';font-size:{style.body}px;margin:0}}"
        "h1{text-align:center}p{text-indent:2em}.sign{text-align:right}"
        f"table{{border-collapse:{'collapse' if style.collapse else 'separate'};"
        f"width:{style.width};table-layout:{'fixed' if style.fixed else 'auto'};"
        f"font-size:{style.size}pt;margin:6px auto}}"
        f"td,th{{{sides};padding:{style.padding};text-align:{style.align};"
        f"vertical-align:{style.valign};font-weight:normal;orphans:1;widows:1}}"
        f"tr{{break-inside:{'avoid' if style.unbroken else 'auto'}}}"
        ".v{writing-mode:vertical-rl}"
        f"{extra.get(style.fill, '')}{extra.get(style.spacing, '')}"
    )


def _item(item: Item, style: BrowserStyle) -> str:
    if item.grid is not None:
        return _table(item.grid, style)
    name = _TEXT_ROLES.get(item.role, "p")
    mark = ' class="sign"' if item.role is Role.SIGN else ""
    return f"<{name}{mark}>{escape(item.text)}</{name}>"


def _table(grid: Grid, style: BrowserStyle) -> str:
    head = "".join(_row(grid, row, style) for row in range(grid.header_rows))
    rows = "".join(_row(grid, row, style) for row in range(grid.header_rows, grid.n_rows))
    columns = ""
    if style.fixed:
        total = sum(grid.widths)
        shares = "".join(f'<col style="width:{100 * w / total:.2f}%">' for w in grid.widths)
        columns = f"<colgroup>{shares}</colgroup>"
    top = f"<thead>{head}</thead>" if style.thead and head else head
    gap = ""
    if style.spacer and grid.name == "applications":
        gap = f'<div style="height:{style.spacer:g}pt"></div>'
    page = ' style="break-before:page"' if style.new_page else ""
    body = f"{top}<tbody>{rows}</tbody>" if style.thead else f"<tbody>{head}{rows}</tbody>"
    return f"<div{page}>{gap}<table>{columns}{body}</table></div>"


def _row(grid: Grid, row: int, style: BrowserStyle) -> str:
    return f"<tr>{''.join(_cell(cell, style) for cell in grid.starts(row))}</tr>"


def _cell(cell: GridCell, style: BrowserStyle) -> str:
    name = "th" if style.heads and cell.kind is Kind.HEAD else "td"
    marks = []
    if cell.kind is Kind.HEAD:
        marks.append("h")
    if style.vertical and cell.text == RESULTS:
        marks.append("v")
    spans = "".join(
        f' {key}="{span}"'
        for key, span in (("rowspan", cell.row_span), ("colspan", cell.col_span))
        if span > 1
    )
    classes = f' class="{" ".join(marks)}"' if marks else ""
    return f"<{name}{classes}{spans}>{escape(cell.text)}</{name}>"
