"""What stands above a table: headings that a page break or a title cut off from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from extractor.document import Block, Layer, Paragraph, Table
from extractor.extraction.aligned import AlignedBlock
from extractor.extraction.labels import Vocabulary
from extractor.extraction.sheets import Sheet
from extractor.numerals import parse_figure

_DAMAGED_HEADS = "table_header_damaged"


def lines_above(
    sheet: Sheet,
    blocks: Sequence[Block],
    ranges: Sequence[tuple[int, tuple[int, int]]],
    told: Collection[int] = (),
) -> list[Block]:
    """What stands in a section before a table: headings that a page break or a title cut off.

    Of tables no more than what is above their figures, and nothing of those ``told`` to have the
    columns of the form in its order.
    """
    at = sheet.blocks[0]
    start = next((start for _, (start, stop) in ranges if start < at < stop), at) + 1
    return [
        _above_figures(block) if isinstance(block, Table) else block
        for position, block in enumerate(blocks[start:at], start)
        if block.layer is not Layer.FURNITURE and position not in told
    ]


def has_damaged_heads(parts: Sequence[AlignedBlock]) -> bool:
    """Whether a heading of some part is lost or altered."""
    return any(oddity.finding == _DAMAGED_HEADS for part in parts for oddity in part.oddities)


def confirmed(part: AlignedBlock, above: Sequence[Block], vocabulary: Vocabulary) -> AlignedBlock:
    """A part whose headings are no damage where lines on the page before have those it lacks."""
    page = part.location.page or 0
    lines = [
        line
        for block in above
        if isinstance(block, Paragraph) and (block.location.page or page) < page
        for line in block.text.splitlines()
        if "。" not in line
    ]
    text = "".join(vocabulary.key(line) for line in lines)
    block = part.block
    kept = []
    for oddity in part.oddities:
        labels = oddity.detail.split("、")
        named = [j for j, column in enumerate(block.rule.columns) if column.label.text in labels]
        wanted = {block.columns.keys[j][0] for j in named}
        wanted.update(parent for j in named for parent in block.column_parents[j])
        there = wanted and all(key in text for key in wanted)
        if oddity.finding != _DAMAGED_HEADS or not there:
            kept.append(oddity)
    return replace(part, oddities=tuple(kept))


def _above_figures(table: Table) -> Table:
    rows = [cell.row for cell in table.cells if parse_figure(cell.text) is not None]
    first = min(rows, default=table.n_rows)
    return replace(table, n_rows=first, cells=tuple(c for c in table.cells if c.row < first))
