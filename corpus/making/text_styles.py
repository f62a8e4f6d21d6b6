"""Papers as plain text, their tables flattened in every style that was met."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from making import text_drawn as drawn
from making import text_tables as flat
from making.paper import Item, Layout, Paper, Printed, Role
from sampling.grids import Grid


@dataclass(frozen=True, slots=True)
class TextStyle:
    """One way of flattening tables.

    Attributes:
        name: What the truth calls it.
        layout: How much of the table is left.
        weight: How often it is drawn, relative to the others.
        table: Prints one table.
        certain: Whether every figure that is printed can be placed for sure.
        keeps_blanks: Whether a blank cell leaves a trace.
        keeps_spaces: Whether a space inside a cell can be told from one between cells.
    """

    name: str
    layout: Layout
    weight: float
    table: Callable[[Grid, random.Random], str]
    certain: bool = True
    keeps_blanks: bool = True
    keeps_spaces: bool = True


_FREE, _TABULAR = Layout.TEXT_FREE, Layout.TEXT_TABULAR

TEXT_STYLES: tuple[TextStyle, ...] = (
    TextStyle("lines", _FREE, 6, flat.cell_lines, keeps_blanks=False),
    TextStyle("lines-apart", _FREE, 14, flat.cell_lines_apart, keeps_blanks=False),
    TextStyle("lines-padded", _FREE, 4, flat.cell_lines_padded, keeps_blanks=False),
    TextStyle("lines-pipe-end", _FREE, 8, flat.cell_then_pipe),
    TextStyle("lines-pipe-before", _FREE, 3, flat.pipe_before_rows),
    TextStyle("lines-pipe-alternate", _FREE, 3, flat.cell_pipe_lines),
    TextStyle("pipe-newline", _FREE, 2, flat.pipe_newline),
    TextStyle("pipe-places", _TABULAR, 5, flat.pipe_places),
    TextStyle("pipe-begun", _TABULAR, 6, flat.pipe_begun),
    TextStyle("pipe-lead", _TABULAR, 4, flat.pipe_lead),
    TextStyle("pipe-pads-after", _TABULAR, 4, flat.pipe_pads_after),
    TextStyle("pipe-pads-inside", _TABULAR, 4, flat.pipe_pads_inside),
    TextStyle("pipe-apart", _TABULAR, 3, flat.pipe_apart),
    TextStyle("pipe-collapsed", _TABULAR, 2, flat.pipe_collapsed, keeps_blanks=False),
    TextStyle("markdown", _TABULAR, 3, flat.markdown),
    TextStyle("tabs-excel", _TABULAR, 5, flat.tabs_excel),
    TextStyle("tabs-browser", _TABULAR, 5, flat.tabs_browser),
    TextStyle("spaces-one", _FREE, 3, flat.spaces_one, keeps_blanks=False, keeps_spaces=False),
    TextStyle("spaces-two", _FREE, 3, flat.spaces_two, keeps_blanks=False),
    TextStyle("aligned", _TABULAR, 4, drawn.aligned),
    TextStyle("box-ascii", _TABULAR, 2, drawn.box_ascii),
    TextStyle("box-drawn", _TABULAR, 2, drawn.box_drawn),
    TextStyle("csv", _TABULAR, 3, flat.comma_rows),
    TextStyle("one-line", _FREE, 2, flat.one_line, keeps_blanks=False, keeps_spaces=False),
    TextStyle("letters", _FREE, 2, drawn.letters, keeps_blanks=False, keeps_spaces=False),
    TextStyle("glued", _FREE, 1, flat.glued, certain=False),
    TextStyle("dedup", _FREE, 1, flat.without_repeats, certain=False, keeps_blanks=False),
)


def _unplaced(paper: Paper, style: TextStyle) -> bool:
    if not style.certain:
        return True
    texts = list(paper.texts().values())
    if not style.keeps_blanks and not all(text.strip() for text in texts):
        return True
    return not style.keeps_spaces and any(len(text.split()) > 1 for text in texts)


@dataclass(frozen=True, slots=True)
class _Page:
    """How a text is set: gap between blocks, indents, encoding, line ends."""

    gap: str
    indent: str
    head_indent: str
    sign_indent: str
    encoding: str
    line_end: str


def _draw_page(style: TextStyle, rng: random.Random) -> _Page:
    indent = rng.choice(("", "", "\u3000\u3000", "    ", "\u00a0\u00a0"))
    return _Page(
        gap=" " if style.name == "one-line" and rng.random() < 0.15 else rng.choice(("\n", "\n\n")),
        indent=indent,
        head_indent=rng.choice(("", indent)),
        sign_indent=rng.choice(("", "", "\u3000" * 14, " " * 30)),
        encoding=rng.choice(("utf-8",) * 5 + ("utf-8-sig", "gb18030", "utf-16")),
        line_end=rng.choice(("\n", "\n", "\r\n")),
    )


def _item_text(item: Item, style: TextStyle, page: _Page, rng: random.Random) -> str:
    if item.grid is not None:
        return style.table(item.grid, rng)
    indents = {Role.TEXT: page.indent, Role.HEADING: page.head_indent, Role.SIGN: page.sign_indent}
    return indents.get(item.role, "") + item.text


def _encoded(text: str, encoding: str) -> tuple[bytes, str]:
    """The bytes; UTF-8 where the encoding has no such sign."""
    try:
        return text.encode(encoding), encoding
    except UnicodeEncodeError:
        return text.encode("utf-8"), "utf-8"


def print_text(paper: Paper, style: TextStyle) -> Printed:
    """Print a paper as text, its tables in a style."""
    rng = paper.rng
    page = _draw_page(style, rng)
    text = page.gap.join(_item_text(item, style, page, rng) for item in paper.items) + "\n"
    data, encoding = _encoded(text.replace("\n", page.line_end), page.encoding)
    gap = {"\n": "line", "\n\n": "blank-line", " ": "none"}[page.gap]
    return Printed(
        data=data,
        extension="csv" if style.name == "csv" and rng.random() < 0.2 else "txt",
        layout=style.layout,
        variants=(f"text:{style.name}", f"encoding:{encoding}", f"gap:{gap}"),
        unplaced=_unplaced(paper, style),
    )
