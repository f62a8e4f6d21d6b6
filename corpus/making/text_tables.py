"""Tables flattened to text, in the ways copies and conversions leave them."""

from __future__ import annotations

import random

from sampling.grids import Grid

_QUOTED = frozenset(',"\n')


def plain(text: str) -> str:
    """A cell's text on one line."""
    return text.replace("\n", "")


def places(grid: Grid, row: int) -> list[str]:
    """One row with an empty text for every covered place."""
    texts = [""] * grid.n_cols
    for cell in grid.starts(row):
        texts[cell.col] = plain(cell.text)
    return texts


def begun(grid: Grid, row: int) -> list[str]:
    """The texts of the cells that begin in a row, blank ones too."""
    return [plain(cell.text) for cell in grid.starts(row)]


def filled(grid: Grid, row: int) -> list[str]:
    """The texts of the cells that begin in a row, blank ones dropped."""
    return [text for text in begun(grid, row) if text]


def width_of(text: str) -> int:
    """Places a text takes where Chinese signs are two wide."""
    return sum(2 if ord(sign) > 0xFF else 1 for sign in text)


def _lines(grid: Grid) -> list[str]:
    """Every filled cell, in reading order; labels keep their line breaks, figures are whole."""
    return [
        plain(cell.text) if cell.indicator is not None else cell.text
        for row in range(grid.n_rows)
        for cell in grid.starts(row)
        if cell.text
    ]


def cell_lines(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """One cell a line."""
    return "\n".join(_lines(grid))


def cell_lines_apart(grid: Grid, rng: random.Random) -> str:
    """One cell a line, blank lines between; label breaks are blank lines as well, at times."""
    inner = rng.choice(("\n", "\n\n"))
    return "\n\n".join(line.replace("\n", inner) for line in _lines(grid))


def cell_lines_padded(grid: Grid, rng: random.Random) -> str:
    """One cell a line with stray blanks round it."""
    pads = ("", " ", "\u00a0", "\u3000")
    gap = rng.choice(("\n", "\n\n", "\n \n"))
    lines = [line for cell in _lines(grid) for line in cell.split("\n")]
    return gap.join(f"{rng.choice(pads)}{line}{rng.choice(pads)}" for line in lines)


def cell_then_pipe(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """One cell a line ending in a pipe, the pads of spans on a line of their own."""
    lines: list[str] = []
    for row in range(grid.n_rows):
        cells = begun(grid, row)
        lines += [f"{text} |".strip() for text in cells]
        if len(cells) < grid.n_cols:
            lines.append("|" * (grid.n_cols - len(cells)))
    return "\n".join(lines)


def pipe_before_rows(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """A lone pipe before each row, then one cell a line ending in a pipe."""
    lines: list[str] = []
    for row in range(grid.n_rows):
        lines += ["|", *(f"{text} |".strip() for text in begun(grid, row))]
    return "\n".join(lines)


def cell_pipe_lines(grid: Grid, rng: random.Random) -> str:
    """Cells and pipes on alternate lines."""
    gap = rng.choice(("\n", "\n\n"))
    lines: list[str] = []
    for row in range(grid.n_rows):
        for text in begun(grid, row):
            lines += [text, "|"] if text else ["|"]
    return gap.join(lines)


def pipe_newline(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """Rows of pipes with a new line after each pipe."""
    rows = (" | \n ".join(begun(grid, row)) for row in range(grid.n_rows))
    return "\n".join(f"| {row} |" for row in rows)


def pipe_places(grid: Grid, rng: random.Random) -> str:
    """Rows of pipes, a leading pipe, every covered place kept."""
    gap = rng.choice((" ", " ", "", "  "))
    rows = (f"{gap}|{gap}".join(places(grid, row)) for row in range(grid.n_rows))
    return "\n".join(f"|{gap}{row}{gap}|" for row in rows)


def pipe_begun(grid: Grid, rng: random.Random) -> str:
    """Rows of pipes without a leading pipe, covered places absent."""
    end = rng.choice((" |", " |", "", " | "))
    return "\n".join(" | ".join(begun(grid, row)) + end for row in range(grid.n_rows))


def pipe_lead(grid: Grid, rng: random.Random) -> str:
    """Rows of pipes with a leading pipe, covered places absent."""
    gap = rng.choice((" ", "  ", ""))
    rows = (f"{gap}|{gap}".join(begun(grid, row)) for row in range(grid.n_rows))
    return "\n".join(f"|{gap}{row}{gap}|" for row in rows)


def pipe_pads_after(grid: Grid, rng: random.Random) -> str:
    """Rows of pipes, the places of spans as pipes at the end."""
    gap = rng.choice(("", " "))
    lines = []
    for row in range(grid.n_rows):
        cells = begun(grid, row)
        lines.append(" | ".join(cells) + " |" + gap + "|" * (grid.n_cols - len(cells)))
    return "\n".join(lines)


def pipe_pads_inside(grid: Grid, rng: random.Random) -> str:
    """Rows of pipes, the places of a column span as pipes right behind its cell."""
    lead = rng.choice(("", "| "))
    lines = []
    for row in range(grid.n_rows):
        cells = [f"{plain(c.text)} |{'|' * (c.col_span - 1)}" for c in grid.starts(row)]
        lines.append((lead + " ".join(cells)).rstrip())
    return "\n".join(lines)


def pipe_apart(grid: Grid, rng: random.Random) -> str:
    """Rows of pipes with blank lines between."""
    table = rng.choice((pipe_begun, pipe_places, pipe_pads_after))
    return table(grid, rng).replace("\n", "\n\n")


def pipe_collapsed(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """Rows of pipes whose blank cells slid to the end."""
    lines = []
    for row in range(grid.n_rows):
        cells = filled(grid, row)
        lines.append(" | ".join(cells) + " | " + "|" * (grid.n_cols - len(cells)))
    return "\n".join(lines)


def markdown(grid: Grid, rng: random.Random) -> str:
    """A Markdown table."""
    dash = rng.choice((" --- ", "---", ":---:", " :-: ", " -------- "))
    rows = ["| " + " | ".join(places(grid, row)) + " |" for row in range(grid.n_rows)]
    rows.insert(1, "|" + f"{dash}|" * grid.n_cols)
    return "\n".join(rows)


def tabs_excel(grid: Grid, rng: random.Random) -> str:
    """Rows of tabs as copied from a sheet: every place kept."""
    end = "\t" if rng.random() < 0.2 else ""
    return "\n".join("\t".join(places(grid, row)) + end for row in range(grid.n_rows))


def tabs_browser(grid: Grid, rng: random.Random) -> str:
    """Rows of tabs as copied from a page: covered places absent."""
    end = "\t" if rng.random() < 0.25 else ""
    return "\n".join("\t".join(begun(grid, row)) + end for row in range(grid.n_rows))


def spaces_one(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """Rows with one space between cells."""
    return "\n".join(" ".join(filled(grid, row)) for row in range(grid.n_rows))


def spaces_two(grid: Grid, rng: random.Random) -> str:
    """Rows with two or more spaces between cells."""
    gap = rng.choice(("  ", "  ", "   ", "\u3000\u3000"))
    return "\n".join(gap.join(filled(grid, row)) for row in range(grid.n_rows))


def one_line(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """The whole table on one line."""
    return " ".join(text for row in range(grid.n_rows) for text in filled(grid, row))


def comma_rows(grid: Grid, rng: random.Random) -> str:
    """Rows of commas with quotes where needed, or everywhere."""
    always = rng.random() < 0.3
    lines = []
    for row in range(grid.n_rows):
        texts = [""] * grid.n_cols
        for cell in grid.starts(row):
            texts[cell.col] = cell.text
        lines.append(",".join(_quoted(text, always) for text in texts))
    return "\n".join(lines)


def _quoted(text: str, always: bool) -> str:
    if not always and _QUOTED.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def glued(grid: Grid, rng: random.Random) -> str:  # noqa: ARG001
    """Rows with nothing between label and figures."""
    return "\n".join("".join(begun(grid, row)) for row in range(grid.n_rows))


def without_repeats(grid: Grid, rng: random.Random) -> str:
    """One cell a line, lines that stood before deleted."""
    gap = rng.choice(("\n", "\n\n"))
    return gap.join(dict.fromkeys(_lines(grid)))
