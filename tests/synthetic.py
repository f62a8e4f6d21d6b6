"""Reports made up for tests of what happens after reading. They name invented bodies."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from extractor.document import Box, Location
from extractor.report import (
    CheckOutcome,
    Engine,
    Flag,
    FoundTable,
    Identity,
    Method,
    Outcome,
    Reading,
    Report,
    Section,
    State,
    Status,
    Value,
)

PLACE = Location(2, Box(10.1234, 20.0, 30.0, 40.5))


def make_value(
    indicator: str = "disclosure.regulations.issued",
    number: Decimal | None = Decimal(1),
    state: State = State.REPORTED,
    raw: str = "1",
    unit: str = "件",
) -> Value:
    """A value that was read from a grid."""
    table, row, column = indicator.split(".")
    reading = Reading(indicator, number, raw, unit, state, Method.GRID, PLACE, 0.9)
    return Value(indicator, table, row, column, number, state, unit, 0.98765, reading)


def make_report(
    source: str = "a.txt",
    values: tuple[Value, ...] = (),
    flags: tuple[Flag, ...] = (),
    sections: tuple[Section, ...] = (),
    status: Status = Status.OK,
    year: int | None = 2023,
    form: str = "2021",
    issuer: str = "合成县样例镇人民政府",
) -> Report:
    """A report of one invented body."""
    digest = hashlib.sha256(source.encode()).hexdigest()
    identity = Identity(f"{issuer}年度报告", issuer, "town", year=year, format=form)
    return Report(
        report_id=digest[:16],
        source=source,
        media_type="text/plain",
        sha256=digest,
        size=100,
        pages=3,
        status=status,
        identity=identity,
        sections=sections,
        tables=(FoundTable("disclosure", "2021", 2, PLACE, Method.GRID),),
        values=values,
        narrative=(),
        flags=flags,
        outcomes=(
            CheckOutcome("C001", "natural_person", Outcome.HOLDS),
            CheckOutcome("C002", "granted", Outcome.COULD_NOT_JUDGE, "granted.total"),
        ),
        engine=Engine("0.1.0", "00"),
    )
