"""What an aligner says of one sheet: readings, and what is odd about the sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractor.document import Location
from extractor.extraction.labels import BlockIndex
from extractor.report import Evidence, Method, Reading, State


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd about a sheet.

    ``finding`` is a name of the findings vocabulary, or ``column_unexpected``, which is told with
    the unexpected rows.
    """

    finding: str
    detail: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AlignedBlock:
    """One block of a form, read from one place.

    ``readings`` holds at most one reading per cell of the block; a cell without one was not found.
    ``rows`` and ``columns`` are the indices of the axes found. ``fit`` is the sum of label scores,
    by which rival blocks are compared. ``sound_heads`` tells that no row of headings has lost or
    gained cells, ``in_order`` that its columns stand in the order of the form.
    """

    block: BlockIndex
    readings: tuple[Reading, ...]
    rows: frozenset[int]
    columns: frozenset[int]
    oddities: tuple[Oddity, ...]
    location: Location
    method: Method
    fit: float
    sound_heads: bool = True
    in_order: bool = True


def inferred(part: AlignedBlock) -> AlignedBlock:
    """A block whose figures are inferred, not printed in their place."""
    readings = tuple(
        replace(reading, state=State.INFERRED) if reading.number is not None else reading
        for reading in part.readings
    )
    return replace(part, readings=readings)


@dataclass(frozen=True, slots=True)
class TableCopy:
    """One copy of one statutory table on the paper."""

    table: str
    section: int | None
    parts: tuple[AlignedBlock, ...]

    @property
    def indicators(self) -> set[str]:
        """The cells that this copy has, read or not."""
        return {
            reading.indicator
            for part in self.parts
            for reading in part.readings
            if reading.state is not State.MISSING
        }
