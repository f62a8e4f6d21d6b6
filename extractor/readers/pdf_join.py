"""The parts of one table on several pages put together again.

A wrong join is worse than none: two parts become one table only where their outer edges agree
and nothing stands between them, and two rows become one row only where at most one of them has
figures of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_lines import Line
from extractor.readers.pdf_seam import Pairs, Seam
from extractor.readers.pdf_tables import Piece, PieceCell
from extractor.readers.rulings import cluster

_EDGE = 3.0
"""Column edges on two pages agree within this many points."""
_MAX_SHIFT = 90.0
"""Left and right pages may be set off by a binding margin of at most this."""
_MOST_SPACE = 40.0
"""A table cut in two on one page has at most this much space between its parts."""
_MAX_HEADER = 8
_CUT_SHORT = 6
"""What is left of a text that is cut off has at least this many characters."""


def can_join(first: Piece, second: Piece) -> bool:
    """Whether ``second``, at the top of the next page, may continue ``first``."""
    if second.page != first.last_page + 1 or first.origin is not second.origin:
        return False
    if first.bands:
        return share_bands(first, second)
    shift = second.xs[0] - first.xs[0]
    if abs(second.xs[-1] - first.xs[-1] - shift) > _EDGE or abs(shift) > _MAX_SHIFT:
        return False
    if abs(shift) <= _EDGE:
        return not _figures_clash(first, second)
    return min(first.n_cols, second.n_cols) > 1 and share_edges(first, second)


def share_bands(first: Piece, second: Piece) -> bool:
    """Whether two parts without rules have their figures in the same columns, by one margin."""
    pairs = list(zip(first.bands, second.bands, strict=False))
    if len(first.bands) != len(second.bands):
        return False
    return (
        all(abs(a[0] - b[0]) <= _EDGE for a, b in pairs)
        or all(abs(a[1] - b[1]) <= _EDGE for a, b in pairs)
        or all(abs(a[0] + a[1] - b[0] - b[1]) <= 2 * _EDGE for a, b in pairs)
    )


def _figures_clash(first: Piece, second: Piece) -> bool:
    """Whether the columns of figures of one part lie across those of the other."""

    def lacks(piece: Piece, edges: set[float]) -> bool:
        own = [x - piece.xs[0] for x in piece.xs]
        return any(min(abs(edge - x) for x in own) > _EDGE for edge in edges)

    upper, lower = first.figure_edges, second.figure_edges
    inside = {edge for edge in lower if upper and min(upper) < edge < max(upper)}
    return lacks(first, inside) and lacks(second, upper)


def share_edges(first: Piece, second: Piece) -> bool:
    """Whether the inner edges of the part with fewer are all edges of the other part."""
    edges = [[x - piece.xs[0] for x in piece.xs[1:-1]] for piece in (first, second)]
    few, many = sorted(edges, key=len)
    return all(any(abs(a - b) <= _EDGE for b in many) for a in few)


def join(first: Piece, second: Piece) -> Piece:
    """One table of both parts: header not repeated, cut rows and cut labels made whole.

    The cells of both parts are taken over and changed.
    """
    _share_columns(first, second)
    skip = _repeated_header(first, second)
    lower = [c for c in second.cells if c.row >= skip]
    for c in lower:
        c.row -= skip
    seam = Seam(first, lower, header_dropped=skip > 0)
    offset = first.n_rows
    if seam.cuts_a_row():
        offset -= 1
        continued = seam.cut_row_pairs()
    else:
        continued = seam.cut_label_pairs()
    joined = _merge_pairs(continued, cut=offset < first.n_rows)
    for c in lower:
        c.row += offset
    return replace(
        first,
        last_page=second.last_page,
        n_rows=offset + second.n_rows - skip,
        cells=first.cells + [c for c in lower if id(c) not in joined],
        bottom=second.bottom,
        runs=[],
    )


def can_append(first: Piece, second: Piece) -> bool:
    """Whether ``second``, right below ``first``, goes on with it: the same columns, no header."""
    return (
        first.origin is second.origin
        and second.page == first.page == first.last_page
        and min(first.n_cols, second.n_cols) > 1
        and 0 < second.top - first.bottom < _MOST_SPACE
        and all(abs(first.xs[i] - second.xs[i]) <= _EDGE for i in (0, -1))
        and share_edges(first, second)
        and any(c.row == 0 and c.is_figure for c in second.cells)
    )


def append(first: Piece, second: Piece) -> Piece:
    """One table of two that stand one below the other. Their cells are taken over and changed."""
    _share_columns(first, second)
    for c in second.cells:
        c.row += first.n_rows
    return replace(
        first,
        n_rows=first.n_rows + second.n_rows,
        cells=first.cells + second.cells,
        bottom=second.bottom,
        box=first.box.union(second.box),
        runs=[],
    )


def _share_columns(first: Piece, second: Piece) -> None:
    """Count the cells of both parts in the columns of both."""
    if first.bands:
        return _share_places(first, second)
    shift = second.xs[0] - first.xs[0]
    xs = cluster([*first.xs, *(x - shift for x in second.xs)], _EDGE + 1)
    _recolumn(first.cells, first.xs, xs, 0.0)
    _recolumn(second.cells, second.xs, xs, shift)
    first.xs = tuple(xs)
    return None


def _share_places(first: Piece, second: Piece) -> None:
    """The same for parts without rules: one may lack names of groups left of its labels."""
    more = second.n_cols - first.n_cols
    wider, narrow = (second, first) if more > 0 else (first, second)
    body = min((c.row for c in narrow.cells if c.is_figure or not c.text), default=0)
    for c in narrow.cells:
        begins = c.col == 0 and (c.col_span > 1 or c.row < body)
        c.col_span += abs(more) if begins else 0
        c.col += 0 if begins else abs(more)
    first.xs = wider.xs


def absorb(piece: Piece, lines: Iterable[Line], frame: Frame) -> None:
    """Put text that hangs out below the last row into its cells; their boxes grow with it."""
    for line in lines:
        for run in line.runs:
            box = frame.to_display((run.x0, run.top, run.x1, run.bottom))
            for c in piece.cells:
                if c.row + c.row_span != piece.n_rows or c.page != line.page:
                    continue
                if piece.xs[c.col] <= (run.x0 + run.x1) / 2 <= piece.xs[c.col + c.col_span]:
                    c.text += "\n" + run.text if c.text else run.text
                    c.box = c.box.union(box)


def _recolumn(
    cells: Iterable[PieceCell], old: Sequence[float], new: Sequence[float], shift: float
) -> None:
    """Count the cells in the columns of the joined table."""
    places = [min(range(len(new)), key=lambda i: abs(new[i] - (x - shift))) for x in old]
    if places == list(range(len(places))):
        return
    for c in cells:
        start, end = places[c.col], places[c.col + c.col_span]
        c.col, c.col_span = start, end - start


def _repeated_header(first: Piece, second: Piece) -> int:
    """How many of the second part's first rows repeat the first part's first rows.

    The texts of each column are compared as a whole: a header that the page end cuts in two has
    another number of rows than the same header in one piece.
    """
    upper = [c for c in first.cells if c.row <= _MAX_HEADER]
    lower = [c for c in second.cells if c.row <= _MAX_HEADER]
    figures = [c.row for c in lower if c.is_figure]
    most = min([second.n_rows - 1, _MAX_HEADER, *figures])
    for count in range(most, 0, -1):
        again = _columns(lower, count, first.n_cols)
        if not any(text for column in again for text in column):
            continue
        for rows in (count, count + 1, count - 1):
            above = _columns(upper, rows, first.n_cols)
            if above and _is_repeated(above, again):
                return count
    return 0


_Column = list[str]
"""The texts of the cells that cover a column, from the top."""


def _columns(cells: Iterable[PieceCell], count: int, n_cols: int) -> list[_Column]:
    """The columns of the first rows; nothing where a cell reaches below them."""
    columns: list[_Column] = [[] for _ in range(n_cols)]
    for c in sorted((c for c in cells if c.row < count), key=lambda c: c.row):
        if c.row + c.row_span > count:
            return []
        text = "".join(c.text.split())
        for column in columns[c.col : c.col + c.col_span]:
            column.append(text)
    return columns


def _is_repeated(columns: Sequence[_Column], again: Sequence[_Column]) -> bool:
    """Whether columns have the same texts, but that one cell may have had no room for all of it."""
    same = 0
    for column, other in zip(columns, again, strict=True):
        a, b = "".join(column), "".join(other)
        if a == b:
            same += 1
        elif (
            min(len(a), len(b)) < _CUT_SHORT
            or len(other) > 1
            or not (a.startswith(b) or b.startswith(a))
        ):
            return False
    return same > 0


def _merge_pairs(pairs: Pairs, *, cut: bool) -> set[int]:
    """Put each lower cell into its upper one; the identities of the lower cells.

    The place of the whole is that of the first part with text.
    """
    for above, below in pairs:
        if below.text:
            if above.text:
                above.text += "\n" + below.text
            else:
                above.text, above.page, above.box = below.text, below.page, below.box
        above.row_span += below.row_span - (1 if cut else 0)
        above.flush_bottom, above.open_bottom = below.flush_bottom, below.open_bottom
    return {id(below) for _, below in pairs}
