"""Tables as HTML, in the markup that sites and editors leave; and tables that markup damaged."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from sampling.grids import Grid, GridCell, Kind

Wrap = Callable[[GridCell], str]


@dataclass(frozen=True, slots=True)
class WebTable:
    """One kind of table markup.

    Attributes:
        name: What the truth calls it.
        weight: How often it is drawn, relative to the others.
        table: Prints one table.
    """

    name: str
    weight: float
    table: Callable[[Grid, random.Random], str]


def inner_html(text: str) -> str:
    """A cell's text, its line breaks as br."""
    return escape(text, quote=False).replace("\n", "<br>")


def spans(cell: GridCell, quote: str = '"') -> str:
    """The span attributes of a cell."""
    rows = f" rowspan={quote}{cell.row_span}{quote}" if cell.row_span > 1 else ""
    return rows + (f" colspan={quote}{cell.col_span}{quote}" if cell.col_span > 1 else "")


def _content(cell: GridCell) -> str:
    return inner_html(cell.text)


def _rows(grid: Grid, tag: Callable[[GridCell], str], wrap: Wrap, first: int, end: int) -> str:
    rows = []
    for row in range(first, end):
        cells = "".join(f"<{tag(c)}{spans(c)}>{wrap(c)}</{tag(c)}>" for c in grid.starts(row))
        rows.append(f"<tr>{cells}</tr>")
    return "\n".join(rows)


def _td(cell: GridCell) -> str:  # noqa: ARG001
    return "td"


def _th(cell: GridCell) -> str:  # noqa: ARG001
    return "th"


def _head_th(cell: GridCell) -> str:
    return "th" if cell.kind is Kind.HEAD else "td"


def _columns(grid: Grid) -> str:
    total = sum(grid.widths)
    return "".join(f'<col style="width:{width / total:.1%}">' for width in grid.widths)


def plain(grid: Grid, rng: random.Random) -> str:
    """Rows and cells, no more."""
    start = rng.choice(
        (
            '<table border="1">',
            '<table border="1" cellspacing="0" style="border-collapse:collapse">',
            f"<table><colgroup>{_columns(grid)}</colgroup>",
        )
    )
    return f"{start}<tbody>{_rows(grid, _td, _content, 0, grid.n_rows)}</tbody></table>"


def heading_cells(grid: Grid, rng: random.Random) -> str:
    """Headings as th, some with a scope."""
    table = f"<table>{_rows(grid, _head_th, _content, 0, grid.n_rows)}</table>"
    return table.replace("<th", '<th scope="col"') if rng.random() < 0.3 else table


def stray_cells(grid: Grid, rng: random.Random) -> str:
    """An empty cell too many at the end of some rows."""
    rows = []
    for row in range(grid.n_rows):
        cells = "".join(f"<td{spans(c)}>{_content(c)}</td>" for c in grid.starts(row))
        stray = rng.choice(("<td></td>", "<td>&nbsp;</td>")) if rng.random() < 0.3 else ""
        rows.append(f"<tr>{cells}{stray}</tr>")
    return f'<table border="1">{"".join(rows)}</table>'


def pieces(text: str) -> list[str]:
    """Runs as Word splits them: letters and digits apart from Chinese."""
    return re.findall(r"[!-~]+|[^!-~]+", text)


def word_spans(text: str, style: str) -> str:
    """A text as Word saves it: a span for each script."""
    return "".join(
        f'<span lang="{"EN-US" if piece.isascii() else "ZH-CN"}" style="{style}">'
        f"{inner_html(piece)}</span>"
        for piece in pieces(text)
    )


def pasted_from_word(grid: Grid, rng: random.Random) -> str:
    """Paragraphs and spans with Word's own styles in every cell."""
    size = rng.choice(("9.0pt", "10.5pt", "12.0pt"))
    style = f"font-size:{size};font-family:仿宋;mso-bidi-font-family:宋体"

    def wrap(cell: GridCell) -> str:
        return (
            '<p class="MsoNormal" align="center" style="text-align:center">'
            f'{word_spans(cell.text, style)}<span lang="EN-US"><o:p></o:p></span></p>'
        )

    rows = _rows(grid, _td, wrap, 0, grid.n_rows)
    return f'<table class="MsoNormalTable" border="0" cellpadding="0">{rows}</table>'


def css_table(grid: Grid, rng: random.Random) -> str:
    """Divs set as a table by style; covered places stand as empty cells."""
    cell_tag = rng.choice(("div", "span"))
    rows = []
    for row in range(grid.n_rows):
        texts = [""] * grid.n_cols
        for cell in grid.starts(row):
            texts[cell.col] = _content(cell)
        cells = "".join(
            f'<{cell_tag} class="td" style="display:table-cell">{text}</{cell_tag}>'
            for text in texts
        )
        rows.append(f'<div class="tr" style="display:table-row">{cells}</div>')
    return f'<div class="tb" style="display:table">{"".join(rows)}</div>'


def head_and_body(grid: Grid, rng: random.Random) -> str:
    """A caption, a head and a body, as component libraries print tables."""
    top = grid.header_rows or 1
    if any(c.row < top < c.row + c.row_span for c in grid.cells):
        top = 0

    def wrap(cell: GridCell) -> str:
        return f'<div class="cell">{_content(cell) or "&nbsp;"}</div>'

    head = f"<thead>{_rows(grid, _th, wrap, 0, top)}</thead>" if top else ""
    body = _rows(grid, _td, wrap, top, grid.n_rows)
    caption = rng.choice(("", "<caption></caption>"))
    return f'<table class="table table-bordered">{caption}{head}<tbody>{body}</tbody></table>'


def broken_labels(grid: Grid, rng: random.Random) -> str:
    """Labels broken by br, no-break spaces round every text."""

    def wrap(cell: GridCell) -> str:
        text, size = cell.text, len(cell.text)
        if cell.indicator is None and size >= 4 and rng.random() < 0.7 and "\n" not in text:
            middle = size // 2
            text = f"{text[:middle]}\n{text[middle:]}"
        return rng.choice(("&nbsp;{}&nbsp;", "{}&nbsp;&ensp;", "{}")).format(inner_html(text))

    return f"<table>{_rows(grid, _td, wrap, 0, grid.n_rows)}</table>"


def unclosed(grid: Grid, rng: random.Random) -> str:
    """Upper case, cells and rows left open."""
    size = rng.choice((2, 3))
    rows = []
    for row in range(grid.n_rows):
        cells = "".join(
            f"<TD ALIGN=center{spans(c, '')}><FONT SIZE={size}>{_content(c)}&nbsp;</FONT>\n"
            for c in grid.starts(row)
        )
        rows.append(f"<TR>{cells}")
    return f"<TABLE WIDTH=100% BORDER=0 CELLSPACING=1>{''.join(rows)}</TABLE>"


def nested(grid: Grid, rng: random.Random) -> str:
    """A table inside a layout table."""
    inside = rng.choice((plain, broken_labels, wrapped_figures))(grid, rng)
    return f'<table width="100%" class="layout"><tr><td>{inside}</td></tr></table>'


_WRAPS = (
    "\n\t\t{}\n\t",
    "<p>{}</p>",
    "<div><span>{}</span></div>",
    "<strong>{}</strong>",
    "<p><br/></p><p>{}</p>",
    "{}<br>",
    '<p style="text-align:center"><span> {} </span></p>',
    "<center>{}</center>",
    "<!-- x -->{}",
)


def wrapped_figures(grid: Grid, rng: random.Random) -> str:
    """Cells wrapped in mixtures of p, div, span and white space."""

    def wrap(cell: GridCell) -> str:
        return rng.choice(_WRAPS).replace("{}", _content(cell))

    return f"<table>{_rows(grid, _td, wrap, 0, grid.n_rows)}</table>"


WEB_TABLES: tuple[WebTable, ...] = (
    WebTable("plain", 4, plain),
    WebTable("th", 2, heading_cells),
    WebTable("stray-cells", 2, stray_cells),
    WebTable("word", 4, pasted_from_word),
    WebTable("css", 1, css_table),
    WebTable("thead", 2, head_and_body),
    WebTable("broken-labels", 3, broken_labels),
    WebTable("unclosed", 2, unclosed),
    WebTable("nested", 2, nested),
    WebTable("wrapped", 3, wrapped_figures),
)


def _printed(grid: Grid) -> str:
    return f"<table>{_rows(grid, _td, _content, 0, grid.n_rows)}</table>"


def row_spans_lost(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """No cell keeps its row span."""
    return re.sub(r' rowspan="\d+"', "", _printed(grid))


def col_spans_lost(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """No cell keeps its column span."""
    return re.sub(r' colspan="\d+"', "", _printed(grid))


def all_spans_lost(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """No cell keeps a span."""
    return re.sub(r' (?:row|col)span="\d+"', "", _printed(grid))


def span_off_by_one(grid: Grid, rng: random.Random) -> str:
    """One span is one too long or too short."""
    bad = rng.choice([c for c in grid.cells if c.row_span > 1 or c.col_span > 1] or grid.cells)
    step = rng.choice((-1, 1))
    if bad.row_span > 1:
        other = replace(bad, row_span=max(1, bad.row_span + step))
    else:
        other = replace(bad, col_span=max(1, bad.col_span + step))
    cells = tuple(other if cell is bad else cell for cell in grid.cells)
    rows = [sorted((c for c in cells if c.row == row), key=lambda c: c.col) for row in _each(grid)]
    return _printed_rows(rows)


def cell_lost(grid: Grid, rng: random.Random) -> str:
    """A cell is gone in one or two rows; those right of it slide to the left."""
    rows = [list(grid.starts(row)) for row in _each(grid)]
    long = [row for row in rows if len(row) > 2]
    for row in rng.sample(long, min(len(long), rng.choice((1, 2)))):
        row.pop(rng.randrange(len(row)))
    return _printed_rows(rows)


def _each(grid: Grid) -> range:
    return range(grid.n_rows)


def _printed_rows(rows: list[list[GridCell]]) -> str:
    lines = ("".join(f"<td{spans(c)}>{_content(c)}</td>" for c in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


WEB_TABLES_DAMAGED: tuple[WebTable, ...] = (
    WebTable("row-spans-lost", 2, row_spans_lost),
    WebTable("col-spans-lost", 2, col_spans_lost),
    WebTable("all-spans-lost", 1, all_spans_lost),
    WebTable("span-off-by-one", 3, span_off_by_one),
    WebTable("cell-lost", 3, cell_lost),
)
