"""Cells that hold no usable figure."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.subject import Subject
from extractor.report import Evidence, Finding, State, Value

_SHOWN = 50
"""Places that one finding names."""


def check_cells(subject: Subject) -> Iterator[Finding]:
    """Blank, non-numeric and unassignable cells of the tables that were found."""
    found = {table.table for table in subject.tables}
    conflicts = {f.indicator for f in subject.findings if f.name == "alignment_ambiguous"}
    sections = {table.table: table.section for table in subject.tables}
    for table in found:
        values = [value for value in subject.values if value.table == table]
        yield from _together("cell_blank", State.BLANK, table, values, sections[table])
        for value in values:
            if value.state is State.INVALID:
                yield _invalid(value, sections[table])
        open_values = [value for value in values if value.indicator not in conflicts]
        yield from _together(
            "alignment_ambiguous", State.UNRESOLVED, table, open_values, sections[table]
        )


def _together(
    name: str, state: State, table: str, values: list[Value], section: int | None
) -> Iterator[Finding]:
    """One finding for all cells of a table in the same state."""
    held = [value for value in values if value.state is state]
    if not held:
        return
    only = held[0] if len(held) == 1 else None
    yield Finding(
        name,
        section=section,
        table=table,
        indicator=only.indicator if only else "",
        row=only.row if only else "",
        column=only.column if only else "",
        found=str(len(held)),
        evidence=tuple(
            Evidence(value.indicator, value.reading.raw if value.reading else "", value.location)
            for value in held[:_SHOWN]
        ),
    )


def _invalid(value: Value, section: int | None) -> Finding:
    raw = value.reading.raw if value.reading else ""
    return Finding(
        "cell_not_numeric",
        section=section,
        table=value.table,
        indicator=value.indicator,
        row=value.row,
        column=value.column,
        found=raw,
        evidence=(Evidence(value.indicator, raw, value.location),),
    )
