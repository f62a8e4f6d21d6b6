"""Readings of single cells that are known to belong to a statutory cell."""

from __future__ import annotations

from extractor.document import Cell, Location
from extractor.numerals import is_blank, parse_figure, wrapped_digits
from extractor.report import Method, Reading, State
from extractor.rulebook.model import CellRule


def read_text(
    text: str,
    location: Location,
    rule: CellRule,
    method: Method,
    score: float,
    trace: tuple[str, ...],
    printed: str = "",
) -> Reading:
    """The reading of a text that is known to stand in the cell of ``rule``.

    ``printed`` is the unit of money that the heading above it names.
    """
    if is_blank(text):
        return Reading(
            rule.indicator, None, text, rule.unit, State.BLANK, method, location, score, trace
        )
    figure = parse_figure(text)
    if figure is None:
        state = State.UNRESOLVED if _several_figures(text) else State.INVALID
        return Reading(
            rule.indicator, None, text.strip(), rule.unit, state, method, location, score, trace
        )
    return Reading(
        rule.indicator,
        figure.in_unit(rule.unit, printed),
        text.strip(),
        rule.unit or figure.printed_unit or printed,
        State.REPORTED,
        method,
        location,
        score,
        trace,
    )


def _several_figures(text: str) -> bool:
    pieces = text.split()
    several = len(pieces) > 1 and all(parse_figure(piece) is not None for piece in pieces)
    return several or bool(wrapped_digits(text))


def reading_of(
    cell: Cell | None, rule: CellRule, state: State, score: float, trace: tuple[str, ...]
) -> Reading:
    """A reading that gives no number."""
    return Reading(
        indicator=rule.indicator,
        number=None,
        raw=cell.text.strip() if cell else "",
        unit=rule.unit,
        state=state,
        method=Method.GRID,
        location=cell.location if cell else Location(),
        score=score,
        trace=trace,
    )
