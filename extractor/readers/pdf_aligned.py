"""Tables without vertical rules: columns from white space, rows from base lines.

Only what leaves no doubt becomes a table. Where a wrapped label could belong to either of two
rows of figures, or figures fall into no column, the lines stay lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import TableOrigin
from extractor.readers.pdf_lines import Line, begins_section
from extractor.readers.pdf_tables import Piece, PieceCell, is_figure
from extractor.readers.pdf_text import Run, runs_text
from extractor.readers.rulings import cluster

_COLUMN_GAP = 0.8
"""Words this many em apart stand in different columns."""
_BLOCK_GAP = 70.0
_DOUBT = 0.85
"""A label line belongs to the nearer row only if the other is at least this much farther."""
_MIN_BAND = 8.0
_MAX_LABEL_COLUMNS = 4


@dataclass(slots=True, eq=False)
class _Entry:
    """Words that stand together in one line."""

    runs: list[Run]
    line: int
    x0: float
    x1: float
    top: float
    bottom: float
    figure: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def find_aligned(
    lines: Sequence[Line], separators: Sequence[tuple[float, float, float]]
) -> list[tuple[Piece, list[Line]]]:
    """Tables among the lines of one page, each with the lines that it takes up.

    ``separators`` are horizontal rules or edges of filled bands (y, left, right), which part
    rows for certain.
    """
    several = {i: _entries(line, i) for i, line in enumerate(lines) if len(line.runs) > 1}
    if sum(any(e.figure for e in row) and len(row) > 1 for row in several.values()) < 2:
        return []
    entries = [several[i] if i in several else _entries(line, i) for i, line in enumerate(lines)]
    found = []
    for start, end in _blocks(lines, entries):
        piece = _table(lines[start:end], entries[start:end], separators)
        if piece is not None:
            found.append((piece, list(lines[start:end])))
    return found


def _entries(line: Line, number: int) -> list[_Entry]:
    groups: list[list[Run]] = []
    for run in line.runs:
        if groups and run.x0 - groups[-1][-1].x1 < _COLUMN_GAP * run.height:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [
        _Entry(
            runs,
            number,
            runs[0].x0,
            runs[-1].x1,
            min([run.top for run in runs]),
            max([run.bottom for run in runs]),
            is_figure(runs_text(runs)),
        )
        for runs in groups
    ]


def _blocks(lines: Sequence[Line], entries: Sequence[list[_Entry]]) -> list[tuple[int, int]]:
    """Stretches of lines from a header to the last row of figures."""
    figure_rows = [
        i
        for i, row in enumerate(entries)
        if not lines[i].furniture and row[-1].figure and len(row) + _is_lone(row) > 1
    ]
    blocks: list[tuple[int, int]] = []
    i = 0
    while i < len(figure_rows):
        first = last = figure_rows[i]
        left = min(e.x0 for e in entries[first] if e.figure)
        while i + 1 < len(figure_rows) and not (
            _is_broken(lines, entries, last, figure_rows[i + 1], left)
            or _is_headed(entries, first, last, figure_rows[i + 1])
        ):
            i += 1
            last = figure_rows[i]
            left = min(left, *(e.x0 for e in entries[last] if e.figure))
        i += 1
        start = _header_start(lines, entries, first, blocks[-1][1] if blocks else 0)
        blocks.append((start, _label_end(lines, entries, last, left)))
    return [block for block in blocks if block[1] - block[0] > 1]


def _is_lone(row: list[_Entry]) -> bool:
    return len(row) == 1 and row[0].figure


def _is_broken(
    lines: Sequence[Line], entries: Sequence[list[_Entry]], last: int, following: int, left: float
) -> bool:
    """Whether something between two rows of figures shows that they are not one table."""
    for i in range(last, following):
        if lines[i + 1].top - lines[i].bottom > _BLOCK_GAP:
            return True
    return any(
        len(entries[i]) == 1 and _is_prose(lines[i], lines[last], left, lines)
        for i in range(last + 1, following)
    )


def _is_headed(entries: Sequence[list[_Entry]], first: int, last: int, following: int) -> bool:
    """Whether a heading between two rows of figures begins another table.

    A label without figures may look the same, but under it the columns go on.
    """
    if not any(_is_heading(entries[i]) for i in range(last + 1, following)):
        return False
    figures = [e for row in entries[first : last + 1] for e in row if e.figure]
    columns = _figure_columns(figures)
    both = _figure_columns([*figures, *(e for e in entries[following] if e.figure)])
    return columns is None or both is None or len(both) > len(columns)


def _is_heading(row: Sequence[_Entry]) -> bool:
    return len(row) == 1 and begins_section(row[0].runs[0].text)


def _is_prose(line: Line, row: Line, left: float, lines: Sequence[Line]) -> bool:
    """Text from the left margin right through the label column, or larger, is no label."""
    margin = min(other.x0 for other in lines)
    if line.x0 > margin + 3 * line.height:
        return False
    return line.x1 > left or line.height > 1.15 * row.height


def _header_start(
    lines: Sequence[Line], entries: Sequence[list[_Entry]], first: int, floor: int
) -> int:
    start = first
    while start > floor:
        above = entries[start - 1]
        if lines[start - 1].furniture or lines[start].top - lines[start - 1].bottom > (
            2.5 * lines[start].height
        ):
            break
        if _is_heading(above) or (len(above) < 2 and not _centred_in(lines[start - 1], lines)):
            break
        start -= 1
    return start


def _centred_in(line: Line, lines: Sequence[Line]) -> bool:
    left = min(other.x0 for other in lines)
    right = max(other.x1 for other in lines)
    middle = (line.x0 + line.x1) / 2
    return line.x0 > left + 3 * line.height and abs(middle - (left + right) / 2) < 2 * line.height


def _label_end(
    lines: Sequence[Line], entries: Sequence[list[_Entry]], last: int, left: float
) -> int:
    """One past the last line: a wrapped label may go on below the last figures."""
    end = last + 1
    while (
        end < len(lines)
        and not lines[end].furniture
        and len(entries[end]) == 1
        and not _is_heading(entries[end])
        and lines[end].x1 < left
        and lines[end].top - lines[end - 1].bottom < 0.3 * lines[end].height
    ):
        end += 1
    return end


def _table(
    lines: Sequence[Line],
    entries: Sequence[list[_Entry]],
    separators: Sequence[tuple[float, float, float]],
) -> Piece | None:
    columns = _figure_columns(e for row in entries for e in row if e.figure)
    if columns is None:
        return None
    rows = _group_rows(lines, entries, columns[0][0], separators)
    if rows is None or sum(any(e.figure for e in row) for row in rows) < 2:
        return None
    edges = _edges(rows, columns)
    if edges is None:
        return None
    return _piece(lines, rows, edges)


def _figure_columns(figures: Iterable[_Entry]) -> list[tuple[float, float]] | None:
    """The bands in which figures stand, left to right; ``None`` where two of one line share one."""
    bands: list[tuple[float, float]] = []
    members: list[list[int]] = []
    for entry in sorted(figures, key=lambda e: e.x0):
        if bands and entry.x0 < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], entry.x1))
            members[-1].append(entry.line)
        else:
            bands.append((entry.x0, entry.x1))
            members.append([entry.line])
    if any(len(set(lines)) < len(lines) for lines in members):
        return None
    return bands


def _group_rows(
    lines: Sequence[Line],
    entries: Sequence[list[_Entry]],
    left: float,
    separators: Sequence[tuple[float, float, float]],
) -> list[list[_Entry]] | None:
    """Lines put together into rows; ``None`` in doubt."""
    bands = _bands(lines, separators)
    anchors = [i for i, row in enumerate(entries) if any(e.figure for e in row)]
    first = anchors[0]
    leaf = _leaf_edge(entries)
    owner: dict[int, int] = {}
    for i, row in enumerate(entries):
        if i in anchors:
            owner[i] = i
            continue
        band = bisect_right(bands, lines[i].middle)
        inside = [a for a in anchors if bisect_right(bands, lines[a].middle) == band]
        if len(inside) == 1 and len(bands) > 2:
            owner[i] = inside[0]
            continue
        if i < first or max(e.x1 for e in row) > left:
            owner[i] = i
            continue
        nearest = _nearest(lines, i, inside if len(bands) > 2 else anchors)
        if nearest is None and lines[i].x1 < leaf:
            nearest = min(anchors, key=lambda a: abs(lines[a].middle - lines[i].middle))
        if nearest is None:
            return None
        owner[i] = nearest
    rows: dict[int, list[_Entry]] = {}
    for i in range(len(entries)):
        rows.setdefault(owner[i], []).extend(entries[i])
    return [rows[key] for key in sorted(rows)]


def _leaf_edge(entries: Sequence[list[_Entry]]) -> float:
    """Where the labels next to the figures begin; those left of it belong to several rows."""
    starts = sorted(
        labels[-1].x0
        for row in entries
        if row[-1].figure and (labels := [e for e in row if not e.figure])
    )
    return starts[len(starts) // 2] - 1 if starts else 0.0


def _bands(lines: Sequence[Line], separators: Sequence[tuple[float, float, float]]) -> list[float]:
    """Heights at which rows are parted for certain."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = lines[0].top - 20, lines[-1].bottom + 20
    heights = cluster(
        y
        for y, left, right in separators
        if top <= y <= bottom and min(right, x1) - max(left, x0) > 0.6 * (x1 - x0)
    )
    return heights if all(b - a > _MIN_BAND for a, b in pairwise(heights)) else []


def _nearest(lines: Sequence[Line], i: int, anchors: Sequence[int]) -> int | None:
    """The row of figures to which a label line belongs; ``None`` where two are as near.

    A label far from any figures is a row of its own.
    """
    middle = lines[i].middle
    ranked = sorted(anchors, key=lambda a: abs(lines[a].middle - middle))
    if not ranked:
        return i
    distance = abs(lines[ranked[0]].middle - middle)
    if distance > 2.2 * lines[i].height:
        return i
    if len(ranked) > 1 and distance > _DOUBT * abs(lines[ranked[1]].middle - middle):
        return None
    between = range(min(i, ranked[0]) + 1, max(i, ranked[0]))
    return None if any(k in anchors for k in between) else ranked[0]


def _edges(
    rows: Sequence[list[_Entry]], columns: Sequence[tuple[float, float]]
) -> list[float] | None:
    """Column edges: label columns, then the middle of the white space between figures."""
    left = columns[0][0]
    first = next(i for i, row in enumerate(rows) if any(e.figure for e in row))
    labels = [e for row in rows[first:] for e in row if not e.figure and e.x1 <= left + 1]
    if any(
        not e.figure and e.x1 > left + 1 and e.x0 < left
        for row in rows[first:]
        for e in row
        if len(row) > 1
    ):
        return None
    starts = _label_starts(labels, rows[first:])
    if starts is None:
        return None
    everything = [e for row in rows for e in row]
    label_right = max((e.x1 for e in labels), default=left - 2)
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    return [
        *(x - 1 for x in starts),
        (label_right + left) / 2,
        *inner,
        max(e.x1 for e in everything) + 1,
    ]


def _label_starts(labels: Sequence[_Entry], rows: Sequence[list[_Entry]]) -> list[float] | None:
    """Left edges of the label columns; ``None`` where labels stand in no order."""
    if not labels:
        return []
    several = any(
        sum(not e.figure and e.line == line for e in row) > 1
        for row in rows
        for line in {e.line for e in row}
    )
    if not several:
        return [min(e.x0 for e in labels)]
    height = max(e.bottom - e.top for e in labels)
    starts = cluster((e.x0 for e in labels), 0.6 * height)
    return starts if len(starts) <= _MAX_LABEL_COLUMNS else None


def _piece(
    lines: Sequence[Line], rows: Sequence[list[_Entry]], edges: Sequence[float]
) -> Piece | None:
    frame, page = lines[0].frame, lines[0].page
    heights = [(min(e.top for e in row), max(e.bottom for e in row)) for row in rows]
    n_cols = len(edges) - 1
    cells: list[PieceCell] = []
    for number, row in enumerate(rows):
        places: dict[tuple[int, int], list[_Entry]] = {}
        for entry in row:
            start = max(0, _column(edges, entry.x0 + 0.5))
            end = min(n_cols - 1, _column(edges, entry.x1 - 0.5))
            if entry.figure and start != end:
                return None
            places.setdefault((start, max(start, end)), []).append(entry)
        row_cells = _row_cells(places, number, n_cols, page)
        if row_cells is None:
            return None
        for cell, group in row_cells:
            cell.box = frame.to_display(_cell_box(group, edges, cell, heights[number]))
            cell.text = runs_text([run for entry in group for run in entry.runs])
            cells.append(cell)
    box = (edges[0], heights[0][0], edges[-1], heights[-1][1])
    return Piece(
        page=page,
        last_page=page,
        xs=tuple(edges),
        n_rows=len(rows),
        cells=cells,
        top=heights[0][0],
        bottom=heights[-1][1],
        box=frame.to_display(box),
        origin=TableOrigin.ALIGNED,
    )


def _column(edges: Sequence[float], x: float) -> int:
    return bisect_right(edges, x) - 1


def _row_cells(
    places: dict[tuple[int, int], list[_Entry]], row: int, n_cols: int, page: int
) -> list[tuple[PieceCell, list[_Entry]]] | None:
    """The cells of one row, blanks included; ``None`` where two texts would share a column."""
    cells: list[tuple[PieceCell, list[_Entry]]] = []
    taken = [False] * n_cols
    merged: dict[int, tuple[int, list[_Entry]]] = {}
    for (start, end), group in sorted(places.items()):
        if start in merged:
            other_end, other = merged[start]
            merged[start] = max(other_end, end), other + group
        else:
            merged[start] = end, list(group)
    for start, (end, group) in merged.items():
        if any(taken[start : end + 1]) or (len(group) > 1 and any(e.figure for e in group)):
            return None
        taken[start : end + 1] = [True] * (end + 1 - start)
        cells.append((PieceCell(row, start, 1, end + 1 - start, "", page), group))
    blanks = [
        (PieceCell(row, col, 1, 1, "", page), list[_Entry]())
        for col in range(n_cols)
        if not taken[col]
    ]
    return sorted([*cells, *blanks], key=lambda pair: pair[0].col)


def _cell_box(
    group: Sequence[_Entry], edges: Sequence[float], cell: PieceCell, height: tuple[float, float]
) -> tuple[float, float, float, float]:
    """The box of the words, or of the empty place."""
    if not group:
        return edges[cell.col], height[0], edges[cell.col + cell.col_span], height[1]
    return (
        min(e.x0 for e in group),
        min(e.top for e in group),
        max(e.x1 for e in group),
        max(e.bottom for e in group),
    )
