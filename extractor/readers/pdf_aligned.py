"""Tables without vertical rules: columns from white space, rows from base lines.

Only what leaves no doubt becomes a table. Where a wrapped label could belong to either of two
rows of figures, or figures fall into no column, the lines stay lines.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extractor.readers.pdf_columns import find_bands
from extractor.readers.pdf_lines import Line, begins_item, begins_section
from extractor.readers.pdf_tables import Piece
from extractor.readers.pdf_tokens import Token, tokens_of, unmark_numbers, value_count
from extractor.readers.pdf_unruled import build_table
from extractor.readers.pdf_words import LEAST_FIGURES
from extractor.readers.rulings import Segment

_BLOCK_GAP = 70.0
_HEADER_GAP = 2.5
_MOST_HEADINGS = 5
_MOST_WRAPPED = 3
_WRAP_GAP = 0.8
"""Lines of one label have at most this many em between them."""
_SHIFT = 4.0
"""Figures this many em left of all others are those of another table."""


def find_aligned(
    lines: Sequence[Line],
    separators: Sequence[Segment],
    blanks: Collection[int],
    *,
    continued: bool = False,
) -> list[tuple[Piece, list[Line]]]:
    """Tables among the lines of one page, each with the lines that it takes up.

    Args:
        lines: The lines outside other tables, from the top.
        separators: Horizontal rules or edges of filled bands, which part rows for certain.
        blanks: Indices of blanks that are printed as characters.
        continued: Whether the page before ends with such a table.
    """
    tokens = [tokens_of(line.runs, blanks) for line in lines]
    unmark_numbers(tokens)
    found = []
    top = next((i for i, line in enumerate(lines) if not line.furniture), 0)
    for start, end in _blocks(lines, tokens):
        goes_on = continued and start <= top
        if end - start < 2 and not goes_on:
            continue
        piece = build_table(lines[start:end], tokens[start:end], separators, continued=goes_on)
        if piece is not None:
            found.append((piece, list(lines[start:end])))
    return found


def may_hold_aligned(lines: Sequence[Line]) -> bool:
    """Whether two lines end in a figure that stands apart, or one in several."""
    count = 0
    for line in lines:
        runs = line.runs
        if len(runs) > 1 and runs[-1].text[-1:].isdigit():
            several = len(runs) >= LEAST_FIGURES and runs[-LEAST_FIGURES].text[-1:].isdigit()
            count += 2 if several else 1
            if count > 1:
                return True
    return False


def _blocks(lines: Sequence[Line], tokens: Sequence[list[Token]]) -> list[tuple[int, int]]:
    """Stretches of lines from a header to the last row of figures."""
    figure_rows = [i for i, row in enumerate(tokens) if not lines[i].furniture and value_count(row)]
    blocks: list[tuple[int, int]] = []
    i = 0
    while i < len(figure_rows):
        first = last = figure_rows[i]
        left = _left(tokens[first])
        while i + 1 < len(figure_rows) and not (
            _is_broken(lines, tokens, last, figure_rows[i + 1], left)
            or _is_headed(tokens, first, last, figure_rows[i + 1])
        ):
            i += 1
            last = figure_rows[i]
            left = min(left, _left(tokens[last]))
        i += 1
        start = _header_start(lines, tokens, first, blocks[-1][1] if blocks else 0)
        blocks.append((start, _label_end(lines, tokens, last, left)))
    return blocks


def _values(row: list[Token]) -> list[Token]:
    return row[len(row) - value_count(row) :]


def _left(row: list[Token]) -> float:
    """Where the figures of a line begin."""
    return _values(row)[0].x0


def _is_broken(
    lines: Sequence[Line], tokens: Sequence[list[Token]], last: int, following: int, left: float
) -> bool:
    """Whether something between two rows of figures shows that they are not one table."""
    for i in range(last, following):
        if lines[i + 1].top - lines[i].bottom > _BLOCK_GAP:
            return True
    if following > last + 1 and _left(tokens[following]) < left - _SHIFT * lines[last].height:
        return True
    return any(
        len(tokens[i]) == 1 and _is_prose(lines[i], lines[last], left, lines)
        for i in range(last + 1, following)
    )


def _is_headed(tokens: Sequence[list[Token]], first: int, last: int, following: int) -> bool:
    """Whether a heading between two rows of figures begins another table.

    A label without figures may look the same, but under it the columns go on.
    """
    if not any(_is_heading(tokens[i]) for i in range(last + 1, following)):
        return False
    rows = [values for row in tokens[first : last + 1] if (values := _values(row))]
    columns = find_bands(rows)
    both = find_bands([*rows, _values(tokens[following])])
    return columns is None or both is None or len(both) > len(columns)


def _is_heading(row: Sequence[Token]) -> bool:
    return len(row) == 1 and begins_section(row[0].text)


def _is_prose(line: Line, row: Line, left: float, lines: Sequence[Line]) -> bool:
    """Text from the left margin right through the label column, or larger, is no label."""
    margin = min(other.x0 for other in lines)
    if line.x0 > margin + 3 * line.height:
        return False
    return line.x1 > left or line.height > 1.15 * row.height


def _header_start(
    lines: Sequence[Line], tokens: Sequence[list[Token]], first: int, floor: int
) -> int:
    """The first line of the headings above the first row of figures.

    A lone word at the left is part of a table only where headings of columns stand above it.
    """
    start = reach = first
    left = _left(tokens[first])
    while reach > floor:
        above = reach - 1
        if (
            lines[above].furniture
            or lines[reach].top - lines[above].bottom > _HEADER_GAP * lines[reach].height
            or (_is_heading(tokens[above]) and not _goes_on(lines[above], lines[reach]))
            or _is_sentence(lines[above], lines)
        ):
            break
        reach = above
        line = lines[reach]
        if len(tokens[reach]) > 1 or line.x0 > left - line.height or _is_centred(line, lines):
            start = reach
    while start > floor and _goes_on(lines[start - 1], lines[start]) and lines[start - 1].x1 < left:
        start -= 1
    return start


def _goes_on(line: Line, below: Line) -> bool:
    """Whether the line below stands as close as lines of one cell do."""
    return abs(line.x0 - below.x0) < 1 and below.top - line.bottom < 0.3 * line.height


def _is_sentence(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line fills the page from margin to margin, as running text does."""
    left = min(other.x0 for other in lines)
    right = max(other.x1 for other in lines)
    return len(line.runs) == 1 and line.x1 - line.x0 > 0.7 * (right - left)


def _is_centred(line: Line, lines: Sequence[Line]) -> bool:
    left = min(other.x0 for other in lines)
    right = max(other.x1 for other in lines)
    middle = (line.x0 + line.x1) / 2
    return line.x0 > left + 3 * line.height and abs(middle - (left + right) / 2) < 2 * line.height


def _label_end(lines: Sequence[Line], tokens: Sequence[list[Token]], last: int, left: float) -> int:
    """One past the last line: a wrapped label may go on below the last figures."""
    end = last + 1
    while (
        end < len(lines)
        and not lines[end].furniture
        and not _is_heading(tokens[end])
        and lines[end].x1 < left
        and lines[end].top - lines[end - 1].bottom < 0.3 * lines[end].height
    ):
        end += 1
    if _are_last_headings(lines, tokens, end) or _are_last_words(lines, tokens, end, left):
        return len(lines)
    return end


def _are_last_headings(lines: Sequence[Line], tokens: Sequence[list[Token]], start: int) -> bool:
    """Whether all that is left of a page is headings of rows that follow overleaf."""
    rest = range(start, len(lines))
    return 0 < len(rest) <= _MOST_HEADINGS and all(
        not lines[i].furniture
        and lines[i].top - lines[i - 1].bottom < _HEADER_GAP * lines[i].height
        and not _is_heading(tokens[i])
        and (len(tokens[i]) > 1 or _is_centred(lines[i], lines))
        for i in rest
    )


def _are_last_words(
    lines: Sequence[Line], tokens: Sequence[list[Token]], start: int, left: float
) -> bool:
    """Whether all that is left of a page is the rest of the last label, which goes on overleaf."""
    rest = range(start, len(lines))
    return 0 < len(rest) <= _MOST_WRAPPED and all(
        not lines[i].furniture
        and len(tokens[i]) == 1
        and lines[i].x1 < left
        and lines[i].top - lines[i - 1].bottom < _WRAP_GAP * lines[i].height
        and not begins_item(tokens[i][0].text)
        and any(_wraps(above, tokens[i][0]) for above in tokens[i - 1])
        for i in rest
    )


def _wraps(above: Token, below: Token) -> bool:
    """Whether a word is set as the one above it and is no longer."""
    off = min(abs(above.x0 - below.x0), abs(above.centre - below.centre), abs(above.x1 - below.x1))
    return off < 1 and below.x1 - below.x0 < above.x1 - above.x0 + below.height
