"""Findings about the shape of a table: copies, rows and columns too many or too few."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.extraction.aligned import AlignedBlock, TableCopy
from extractor.report import Evidence, Finding, State
from extractor.rulebook.model import TableRule


def repeated(copies: Sequence[TableCopy]) -> list[Finding]:
    """A finding where a table stands on the paper more than once."""
    if len(copies) < 2:
        return []
    evidence = tuple(Evidence("table", "", copy.parts[0].location) for copy in copies[1:])
    first = Evidence("first", "", copies[0].parts[0].location)
    return [
        Finding(
            "table_duplicated",
            section=copies[1].section,
            table=copies[0].table,
            found=str(len(copies)),
            evidence=(*evidence, first),
        )
    ]


def odd_rows_and_columns(
    parts: Sequence[AlignedBlock], copies: Sequence[TableCopy], rule: TableRule
) -> list[Finding]:
    """Findings about rows and columns, by block. ``rule`` is the table in the forms it follows."""
    findings = [
        Finding(
            "rows_unexpected" if oddity.finding == "column_unexpected" else oddity.finding,
            section=copies[0].section,
            table=rule.id,
            detail=oddity.detail,
            evidence=oddity.evidence,
        )
        for part in parts
        for oddity in part.oddities
    ]
    by_block: dict[tuple[str, int], list[AlignedBlock]] = {}
    for part in parts:
        by_block.setdefault((part.block.form, part.block.position), []).append(part)
    for same in by_block.values():
        block = same[0].block
        rows = frozenset[int]().union(*(part.rows for part in same))
        columns = frozenset[int]().union(*(part.columns for part in same))
        where = (Evidence("table", "", same[0].location),)
        lost_rows = [axis for i, axis in enumerate(block.rule.rows) if i not in rows]
        lost_columns = [axis for i, axis in enumerate(block.rule.columns) if i not in columns]
        holes = _holes(same, rows, columns)
        if holes:
            findings.append(
                Finding(
                    "columns_missing",
                    section=copies[0].section,
                    table=rule.id,
                    detail="、".join(holes),
                    evidence=where,
                )
            )
        for name, lost in (("rows_missing", lost_rows), ("columns_missing", lost_columns)):
            if lost:
                findings.append(
                    Finding(
                        name,
                        section=copies[0].section,
                        table=rule.id,
                        detail="、".join(axis.label.text for axis in lost),
                        evidence=where,
                    )
                )
    return findings + _lost_blocks(by_block, copies, rule)


def _holes(
    parts: Sequence[AlignedBlock], rows: frozenset[int], columns: frozenset[int]
) -> list[str]:
    """Cells that are not there although their row and their column are."""
    block = parts[0].block.rule
    read = {r.indicator for part in parts for r in part.readings if r.state is not State.MISSING}
    return [
        f"{block.rows[cell.row].label.text}/{block.columns[cell.column].label.text}".strip("/")
        for cell in block.cells
        if cell.row in rows and cell.column in columns and cell.indicator not in read
    ]


def _lost_blocks(
    by_block: dict[tuple[str, int], list[AlignedBlock]],
    copies: Sequence[TableCopy],
    rule: TableRule,
) -> list[Finding]:
    """Sub-tables that are not on the paper, where the rest of the table is."""
    found = {parts[0].block.rule.id for parts in by_block.values()}
    lost = [block for block in rule.blocks if block.id not in found]
    if not lost or not found:
        return []
    labels = [axis.label.text for block in lost for axis in block.rows]
    where = (Evidence("table", "", copies[0].parts[0].location),)
    return [
        Finding(
            "rows_missing",
            section=copies[0].section,
            table=rule.id,
            detail="、".join(labels),
            evidence=where,
        )
    ]
