"""The grid of a DOCX table: spans, merged cells, rows that begin late or end early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from lxml import etree

from extractor.readers.docx_xml import W, find_flat, is_on, number

_ROWS = frozenset({W + "tr"})
_CELLS = frozenset({W + "tc"})
_MAX_SPAN = 1000
_WIDTH_TOLERANCE = 0.02


class Merge(Enum):
    """A cell's part in a vertical merge."""

    NONE = 0
    START = 1
    CONTINUED = 2


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A ``w:tc`` with its place: ``ordinal`` is its 1-based position in its row."""

    element: etree._Element
    ordinal: int
    col: int
    span: int
    merge: Merge
    width: int | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of the finished grid; ``hides_text`` where a continued cell below it holds text."""

    cell: SourceCell
    row: int
    row_span: int
    hides_text: bool = False


def table_rows(table: etree._Element) -> list[list[SourceCell]]:
    """The rows that are on the paper, each with its cells at their grid columns."""
    rows = []
    for row in find_flat(table, _ROWS):
        properties = row.find(W + "trPr")
        if properties is not None and _is_gone(properties):
            continue
        rows.append(_row_cells(row, properties))
    return _aligned_by_width(rows)


def merged(rows: Sequence[Sequence[SourceCell]]) -> list[Slot]:
    """The cells in row-major order, each continued cell taken into the one above it.

    A continued cell without a cell of the same columns right above stays a cell of its own.
    """
    slots: list[Slot] = []
    open_slots: dict[tuple[int, int], int] = {}
    for at, row in enumerate(rows):
        still_open: dict[tuple[int, int], int] = {}
        for cell in row:
            columns = (cell.col, cell.span)
            above = open_slots.get(columns) if cell.merge is Merge.CONTINUED else None
            if above is not None:
                slot = slots[above]
                slots[above] = replace(
                    slot,
                    row_span=slot.row_span + 1,
                    hides_text=slot.hides_text or _has_text(cell.element),
                )
                still_open[columns] = above
                continue
            if cell.merge is not Merge.NONE:
                still_open[columns] = len(slots)
            slots.append(Slot(cell, at, 1))
        open_slots = still_open
    return slots


def _has_text(cell: etree._Element) -> bool:
    return any((text.text or "").strip() for text in cell.iter(W + "t"))


def _is_gone(properties: etree._Element) -> bool:
    if properties.find(W + "del") is not None or properties.find(W + "moveFrom") is not None:
        return True
    hidden = properties.find(W + "hidden")
    return hidden is not None and is_on(hidden)


def _row_cells(row: etree._Element, properties: etree._Element | None) -> list[SourceCell]:
    skipped = None if properties is None else number(properties.find(W + "gridBefore"))
    col = min(_MAX_SPAN, max(0, skipped or 0))
    cells: list[SourceCell] = []
    for element in find_flat(row, _CELLS):
        cell_properties = element.find(W + "tcPr")
        span, merge, width = 1, Merge.NONE, None
        if cell_properties is not None:
            if cell_properties.find(W + "cellDel") is not None:
                continue
            span = number(cell_properties.find(W + "gridSpan")) or 1
            span = min(_MAX_SPAN, max(1, span))
            merge = _merge_of(cell_properties)
            width = _width_of(cell_properties)
        cells.append(SourceCell(element, len(cells) + 1, col, span, merge, width))
        col += span
    return _without_horizontal_merges(cells)


def _merge_of(properties: etree._Element) -> Merge:
    merge = properties.find(W + "vMerge")
    if merge is not None:
        return Merge.START if merge.get(W + "val") == "restart" else Merge.CONTINUED
    revised = properties.find(W + "cellMerge")
    if revised is None or revised.get(W + "vMerge") is None:
        return Merge.NONE
    return Merge.START if revised.get(W + "vMerge") == "rest" else Merge.CONTINUED


def _width_of(properties: etree._Element) -> int | None:
    width = properties.find(W + "tcW")
    if width is None or width.get(W + "type", "dxa") != "dxa":
        return None
    value = number(width, "w")
    return value if value is not None and value > 0 else None


def _without_horizontal_merges(cells: list[SourceCell]) -> list[SourceCell]:
    """``w:hMerge``, the old way to span columns, turned into spans."""
    joined: list[SourceCell] = []
    for cell in cells:
        merge = cell.element.find(f"{W}tcPr/{W}hMerge")
        continued = merge is not None and merge.get(W + "val") != "restart"
        if continued and joined and joined[-1].element.find(f"{W}tcPr/{W}hMerge") is not None:
            joined[-1] = replace(joined[-1], span=joined[-1].span + cell.span)
        else:
            joined.append(cell)
    return joined


def _aligned_by_width(rows: list[list[SourceCell]]) -> list[list[SourceCell]]:
    """Columns from the widths of cells where a generator wrote widths but no spans.

    Only where the spans contradict the widths: rows that are equally wide on the page but differ
    in their number of columns. Everything else keeps the grid that the file states.
    """
    full = [row for row in rows if row]
    ends = {row[-1].col + row[-1].span for row in full}
    if len(ends) < 2 or any(row[0].col for row in full):
        return rows
    if any(cell.span > 1 or cell.width is None for row in full for cell in row):
        return rows
    totals = [sum(cell.width or 0 for cell in row) for row in full]
    tolerance = max(totals) * _WIDTH_TOLERANCE
    if max(totals) - min(totals) > tolerance:
        return rows
    edges = _edges(full, tolerance / 2)
    return [_on_edges(row, edges) for row in rows]


def _edges(rows: list[list[SourceCell]], tolerance: float) -> list[float]:
    """The left edges of all columns, those closer than the tolerance taken as one."""
    found: list[float] = [0.0]
    positions = set()
    for row in rows:
        at = 0
        for cell in row:
            at += cell.width or 0
            positions.add(at)
    for position in sorted(positions):
        if position - found[-1] > tolerance:
            found.append(float(position))
    return found


def _on_edges(row: list[SourceCell], edges: list[float]) -> list[SourceCell]:
    placed: list[SourceCell] = []
    at = 0
    col = 0
    for cell in row:
        at += cell.width or 0
        end = min(range(len(edges)), key=lambda index: abs(edges[index] - at))
        end = max(end, col + 1)
        placed.append(replace(cell, col=col, span=end - col))
        col = end
    return placed
