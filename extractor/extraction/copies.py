"""Copies of one statutory table set against each other: which reads more, what one adds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from extractor.extraction.aligned import AlignedBlock, TableCopy
from extractor.report import State

UNREAD = (State.MISSING, State.UNRESOLVED)
"""States of a cell that no figure was given to."""


def is_same_whole(copies: Sequence[TableCopy], others: Sequence[TableCopy]) -> bool:
    """Whether other copies are whole and undamaged, and show the same figures."""
    numbers, same = (
        {r.indicator: r.number for copy in held for part in copy.parts for r in part.readings}
        for held in (copies, others)
    )
    sound = all(is_complete(copy.parts) and is_sound(copy.parts) for copy in others)
    return bool(others) and sound and numbers == same


def unseen(part: AlignedBlock, copies: Sequence[TableCopy]) -> AlignedBlock:
    """A part without what was read before, alike and at the same place above another part."""
    seen = {
        (reading.indicator, reading.location, reading.raw)
        for copy in copies
        for other in copy.parts
        for reading in other.readings
    }
    kept = tuple(r for r in part.readings if (r.indicator, r.location, r.raw) not in seen)
    return part if len(kept) == len(part.readings) else replace(part, readings=kept)


def figures_of(copies: Sequence[TableCopy]) -> int:
    """Cells that some copy reads without doubt."""
    return len(
        {
            reading.indicator
            for copy in copies
            for part in copy.parts
            for reading in part.readings
            if reading.state not in UNREAD
        }
    )


def forms_of(copies: Sequence[TableCopy]) -> set[str]:
    """The forms whose blocks some copies are."""
    return {part.block.form for copy in copies for part in copy.parts}


def add(copies: list[TableCopy], copy: TableCopy) -> None:
    """Join a copy that has no cell in common with the one before it: a table drawn in pieces."""
    if copies and not (copies[-1].indicators & copy.indicators):
        last = copies[-1]
        copies[-1] = TableCopy(last.table, last.section, (*last.parts, *copy.parts))
    else:
        copies.append(copy)


def with_absent(copies: Sequence[TableCopy], others: Sequence[TableCopy]) -> list[TableCopy]:
    """Copies with what whole blocks of others have and these lack, where the rest is the same."""
    forms = forms_of(copies)
    read = {
        r.indicator: r.number
        for copy in copies
        for part in copy.parts
        for r in part.readings
        if r.state not in UNREAD
    }
    found: list[TableCopy] = []
    for other in others:
        for part in other.parts:
            lacking = tuple(r for r in part.readings if r.indicator not in read)
            same = all(read.get(r.indicator, r.number) == r.number for r in part.readings)
            if lacking and same and part.block.form in forms and is_complete((part,)):
                whole = (replace(part, readings=lacking),)
                found.append(TableCopy(other.table, other.section, whole))
                read |= {r.indicator: r.number for r in lacking}
    if not found:
        return list(copies)
    told = {indicator for copy in found for indicator in copy.indicators}
    joined = [_without_unread(copy, told) for copy in copies]
    for copy in found:
        add(joined, copy)
    return joined


def _without_unread(copy: TableCopy, told: Collection[str]) -> TableCopy:
    """A copy without the cells left open that are told elsewhere."""
    parts = (
        replace(
            part,
            readings=tuple(
                r for r in part.readings if r.state not in UNREAD or r.indicator not in told
            ),
        )
        for part in copy.parts
    )
    return replace(copy, parts=tuple(part for part in parts if part.readings))


def is_complete(parts: Sequence[AlignedBlock]) -> bool:
    """Whether every cell of some blocks was read."""
    return bool(parts) and all(
        len(part.readings) == len(part.block.rule.cells)
        and not any(r.state in UNREAD for r in part.readings)
        for part in parts
    )


def is_sound(parts: Sequence[AlignedBlock]) -> bool:
    """Whether every column of figures stands under an undamaged heading.

    Cells of delimited text may have moved: pads of merged headings often stand at the end of a row.
    """
    unsound = {"table_header_damaged", "column_unexpected"}
    return all(oddity.finding not in unsound for part in parts for oddity in part.oddities)


def better_of(
    grid: tuple[AlignedBlock, ...], stream: tuple[AlignedBlock, ...]
) -> tuple[AlignedBlock, ...]:
    """The reading with more figures; the grid where they are even."""

    def figures(parts: Iterable[AlignedBlock]) -> int:
        return sum(reading.state not in UNREAD for part in parts for reading in part.readings)

    return stream if figures(stream) > figures(grid) else grid
