"""The values of a report against a second reading of the same pages.

Two independent ways to the same figure that agree raise confidence; two that differ make a
conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.document import Box, Cell, Table
from extractor.numerals import is_blank, parse_figure
from extractor.report import Evidence, Finding, Method, Reading, State, Value

_OVERLAP = 0.5
"""Share of the larger of two cells that must lie in both for them to be the same cell."""
_DOUBT_LEFT = 0.5
"""Share of the doubt that is left where a second, unrelated reader agrees."""


def compare(
    values: Sequence[Value], tables: Iterable[Table]
) -> tuple[tuple[Value, ...], tuple[Finding, ...]]:
    """Each value set against the cell that a second reader saw in its place.

    Args:
        values: The values as settled.
        tables: The tables of the second reader, cells with page and box, or with a path.

    Returns:
        The values, unresolved where the two readers differ, and a finding for each difference.
    """
    by_page: dict[int, list[Cell]] = {}
    by_path: dict[str, Cell] = {}
    for table in tables:
        for cell in table.cells:
            if cell.location.page is not None and cell.location.box is not None:
                by_page.setdefault(cell.location.page, []).append(cell)
            elif cell.location.path:
                by_path[cell.location.path] = cell
    judged: list[Value] = []
    findings: list[Finding] = []
    for value in values:
        other = _same_place(value, by_page) or by_path.get(value.location.path)
        outcome = None if other is None else _judge(value, other)
        judged.append(outcome or value)
        if other is not None and outcome is not None and outcome.state is State.UNRESOLVED:
            findings.append(_difference(value, other))
    return tuple(judged), tuple(findings)


def _same_place(value: Value, by_page: dict[int, list[Cell]]) -> Cell | None:
    place = value.location
    if place.page is None or place.box is None:
        return None
    best, share = None, _OVERLAP
    for cell in by_page.get(place.page, ()):
        assert cell.location.box is not None
        common = _common(place.box, cell.location.box)
        if common > share:
            best, share = cell, common
    return best


def _common(one: Box, other: Box) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    larger = max(_area(one), _area(other))
    return width * height / larger if larger else 0.0


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _judge(value: Value, cell: Cell) -> Value | None:
    """The value after the second reading, ``None`` where that one says nothing about it."""
    if value.state not in (State.REPORTED, State.BLANK) or value.reading is None:
        return None
    figure = parse_figure(cell.text)
    if value.state is State.BLANK:
        return None if is_blank(cell.text) else _conflict(value, cell)
    own = parse_figure(value.reading.raw)
    if figure is not None and own is not None and figure == own:
        if value.confidence is None:
            return value
        confidence = 1 - (1 - value.confidence) * _DOUBT_LEFT
        return replace(value, confidence=round(confidence, 6))
    figures = [parse_figure(piece) for piece in cell.text.split()]
    if figure is None and [held for held in figures if held is not None] == [own]:
        return None
    return _conflict(value, cell)


def _conflict(value: Value, cell: Cell) -> Value:
    assert value.reading is not None
    other = Reading(
        value.indicator,
        None,
        cell.text.strip(),
        value.unit,
        State.UNRESOLVED,
        Method.GRID,
        cell.location,
        value.reading.score,
        ("second reader",),
    )
    return replace(
        value, number=None, state=State.UNRESOLVED, confidence=None, others=(*value.others, other)
    )


def _difference(value: Value, cell: Cell) -> Finding:
    raw = value.reading.raw if value.reading else ""
    return Finding(
        "alignment_ambiguous",
        table=value.table,
        indicator=value.indicator,
        row=value.row,
        column=value.column,
        found=f"{raw} / {cell.text.strip()}",
        evidence=(
            Evidence("first reader", raw, value.location),
            Evidence("second reader", cell.text.strip(), cell.location),
        ),
    )
