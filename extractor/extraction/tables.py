"""The statutory tables of one report: found, read against the forms, settled.

Grids are read by coordinates. Where no grid gives a cell, the text of the section, and then of
the whole report, is read as a stream of labels and figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat

from extractor.document import Block, Paragraph, Table, TableOrigin
from extractor.extraction.above import confirmed, has_damaged_heads, lines_above
from extractor.extraction.aligned import AlignedBlock, TableCopy
from extractor.extraction.confidence import rate
from extractor.extraction.copies import (
    UNREAD,
    add,
    better_of,
    figures_of,
    forms_of,
    is_complete,
    is_same_whole,
    is_sound,
    unseen,
    with_absent,
)
from extractor.extraction.grid import align_grid
from extractor.extraction.labels import Vocabulary
from extractor.extraction.readings import reading_of
from extractor.extraction.referee import Referee
from extractor.extraction.settle import Arithmetic, infer, settle
from extractor.extraction.shape import odd_rows_and_columns, repeated
from extractor.extraction.sheets import Sheet, find_sheets
from extractor.extraction.stream import align_stream, open_table
from extractor.extraction.tokens import Run, runs_of
from extractor.extraction.wordings import form_in
from extractor.numerals import parse_figure
from extractor.report import Finding, FoundTable, Method, State, Value
from extractor.rulebook.model import FormRule, Rulebook, TableRule

_FLAT = (TableOrigin.DELIMITED, TableOrigin.ALIGNED)

SectionOf = Callable[[int], int | None]
"""The statutory section in which a block stands, by its position."""


@dataclass(frozen=True, slots=True)
class TableContext:
    """What reading the tables of one report needs to know.

    ``expected`` is the form in force, ``None`` where the year is unknown or has no form.
    """

    rulebook: Rulebook
    vocabulary: Vocabulary
    expected: FormRule | None
    section_of: SectionOf
    ranges: tuple[tuple[int, tuple[int, int]], ...]


@dataclass(frozen=True, slots=True)
class ReadTables:
    """All statutory tables of a report."""

    tables: tuple[FoundTable, ...]
    values: tuple[Value, ...]
    findings: tuple[Finding, ...]


def read_tables(blocks: Sequence[Block], context: TableContext) -> ReadTables:
    """Find and read every statutory table among the blocks of one report."""
    sheets = find_sheets(blocks, context.vocabulary)
    referee = Arithmetic(context.rulebook)
    form = context.expected or max(context.rulebook.forms, key=lambda form: form.since)
    tables: list[FoundTable] = []
    values: list[Value] = []
    findings: list[Finding] = []
    for rule in form.tables:
        copies = _copies(rule, sheets, blocks, context, referee, form.id)
        read = _settle_table(rule, copies, blocks, context, form)
        tables += read.tables
        values += read.values
        findings += read.findings
    return ReadTables(tuple(tables), tuple(values), tuple(findings))


def _copies(
    rule: TableRule,
    sheets: Sequence[Sheet],
    blocks: Sequence[Block],
    context: TableContext,
    referee: Referee,
    preferred: str,
) -> list[TableCopy]:
    """All copies of one table, in one form where its pieces can all be of that form."""
    copies = _read_copies(rule, sheets, blocks, context, referee, preferred)
    for form in sorted(forms_of(copies) - {preferred}) if len(forms_of(copies)) > 1 else ():
        others = _read_copies(rule, sheets, blocks, context, referee, form)
        if forms_of(others) == {form} and figures_of(others) >= figures_of(copies):
            return others
    return copies


def _read_copies(
    rule: TableRule,
    sheets: Sequence[Sheet],
    blocks: Sequence[Block],
    context: TableContext,
    referee: Referee,
    preferred: str,
) -> list[TableCopy]:
    """All copies of one table: by grid, and by stream where the grids leave something out."""
    own = [sheet for sheet in sheets if sheet.table == rule.id]
    copies: list[TableCopy] = []
    told: set[int] = set()
    for sheet in own:
        section = context.section_of(sheet.blocks[0])
        parts = align_grid(sheet, context.vocabulary, preferred)
        if parts and all(part.in_order for part in parts):
            told.update(sheet.blocks)
        if not _is_trusted(sheet, parts):
            parts = ()
        if not is_complete(parts) and not (parts and is_sound(parts)):
            lines = [*lines_above(sheet, blocks, context.ranges, told), *_tables_of(sheet, blocks)]
            runs = runs_of(lines, context.vocabulary)
            stream = align_stream(runs, rule.id, context.vocabulary, referee, preferred)
            parts = better_of(parts, stream)
        above = lines_above(sheet, blocks, context.ranges) if has_damaged_heads(parts) else []
        for part in map(unseen, parts, repeat(copies)):
            if part.readings:
                whole = confirmed(part, above, context.vocabulary)
                add(copies, TableCopy(rule.id, section, (whole,)))
    flat = all(sheet.origin in _FLAT for sheet in own)
    from_text: list[TableCopy] | None = None
    if not copies or (flat and figures_of(copies) < sum(len(b.cells) for b in rule.blocks)):
        from_text = _from_text(rule, blocks, context, referee, preferred)
        better = not copies or figures_of(from_text) > figures_of(copies)
        copies, others = (from_text, copies) if better else (copies, from_text)
        copies = with_absent(copies, others)
    if any(has_damaged_heads(copy.parts) for copy in copies):
        if from_text is None:
            from_text = _from_text(rule, blocks, context, referee, preferred)
        copies = from_text if is_same_whole(copies, from_text) else copies
    unread = next((sheet for sheet in own if _holds_figures(sheet)), None)
    if not copies and unread is not None:
        section = context.section_of(unread.blocks[0])
        copies = [TableCopy(rule.id, section, _unread(unread, context, preferred))]
    return copies


def _holds_figures(sheet: Sheet) -> bool:
    return any(
        parse_figure(cell.text) is not None
        for r in range(len(sheet.rows))
        for cell in sheet.starting(r)
    )


def _unread(sheet: Sheet, context: TableContext, preferred: str) -> tuple[AlignedBlock, ...]:
    """A table that is there, with figures that could not be given to its cells."""
    blocks = [b for b in context.vocabulary.of_table(sheet.table) if b.form == preferred]
    trace = ("no row and column could be told",)
    return tuple(
        AlignedBlock(
            block=block,
            readings=tuple(
                replace(
                    reading_of(None, cell, State.UNRESOLVED, 0.0, trace), location=sheet.location
                )
                for cell in block.rule.cells
            ),
            rows=frozenset(range(len(block.rule.rows))),
            columns=frozenset(range(len(block.rule.columns))),
            oddities=(),
            location=sheet.location,
            method=Method.GRID,
            fit=0.0,
        )
        for block in blocks
    )


def _is_trusted(sheet: Sheet, parts: Sequence[AlignedBlock]) -> bool:
    """Whether the positions of cells are what they seem.

    Ruling lines are; markup is where the rows of headings have all their cells; columns told from
    white space are where all of them were told.
    """
    if sheet.origin in (TableOrigin.RULED, TableOrigin.OCR):
        return True
    if sheet.origin is TableOrigin.ALIGNED:
        return all(len(part.columns) == len(part.block.rule.columns) for part in parts)
    if sheet.origin is TableOrigin.TAGGED:
        return all(part.sound_heads for part in parts)
    return _is_rectangular(sheet) and is_sound(parts)


def _is_rectangular(sheet: Sheet) -> bool:
    """Whether rows of delimited text have all their cells, so that columns are what they seem.

    A row of one cell is a caption. Text copied from a browser leaves out cells that spans cover, so
    its rows differ in length.
    """
    return all(None not in row or sum(cell is not None for cell in row) == 1 for row in sheet.rows)


def _tables_of(sheet: Sheet, blocks: Sequence[Block]) -> list[Table]:
    return [block for position in sheet.blocks if isinstance(block := blocks[position], Table)]


def _from_text(
    rule: TableRule,
    blocks: Sequence[Block],
    context: TableContext,
    referee: Referee,
    preferred: str,
) -> list[TableCopy]:
    """A table that survives only as text: in its own section first, then anywhere.

    Where no row of it can be read, its labels still tell that it is there.
    """
    reaches = [span for section, span in context.ranges if section == rule.section]
    reaches.append((0, len(blocks)))
    told = [(start, _runs(blocks[start:stop], context)) for start, stop in reaches]
    vocabulary = context.vocabulary
    read = (
        (start, align_stream(runs, rule.id, vocabulary, referee, preferred)) for start, runs in told
    )
    unread = ((start, open_table(runs, rule.id, vocabulary, preferred)) for start, runs in told[:1])
    for start, parts in chain(read, unread):
        if parts:
            found = next(
                (
                    position
                    for position, block in enumerate(blocks)
                    if block.location == parts[0].location
                ),
                start,
            )
            return [TableCopy(rule.id, context.section_of(found), parts)]
    return []


def _runs(blocks: Sequence[Block], context: TableContext) -> tuple[Run, ...]:
    """Labels and figures of text, and of tables whose columns are told from white space."""
    paragraphs = [
        block
        for block in blocks
        if isinstance(block, Paragraph) or (isinstance(block, Table) and block.origin in _FLAT)
    ]
    return runs_of(paragraphs, context.vocabulary)


def _settle_table(
    rule: TableRule,
    copies: Sequence[TableCopy],
    blocks: Sequence[Block],
    context: TableContext,
    form: FormRule,
) -> ReadTables:
    parts = [part for copy in copies for part in copy.parts]
    layout = _layout(rule, parts, context, form)
    cells = [cell for block in layout.blocks for cell in block.cells]
    readings = [reading for part in parts for reading in part.readings]
    settled, conflicts = settle(rule.id, cells, readings)
    main = parts[0].block.form if parts else form.id
    values = rate(infer(settled, context.rulebook, main), context.rulebook)
    places = {rule.section, *(copy.section for copy in copies)}
    spans = [span for section, span in context.ranges if section in places]
    own = [block for start, stop in spans for block in blocks[start:stop]] or blocks
    tables = tuple(_found(copy, own, context) for copy in copies)
    findings = [*conflicts, *repeated(copies), *odd_rows_and_columns(parts, copies, layout)]
    return ReadTables(tables, values, tuple(findings))


def _layout(
    rule: TableRule, parts: Sequence[AlignedBlock], context: TableContext, form: FormRule
) -> TableRule:
    """The table as it stands: each block in its own form, absent ones in the form of most."""
    if not parts:
        return rule
    votes = Counter(part.block.form for part in parts)
    main = max(votes, key=lambda form_id: (votes[form_id], form_id == form.id))
    table = context.rulebook.form(main).table(rule.id) or rule
    seen = {(part.block.form, part.block.position) for part in parts}
    blocks = []
    for position, block in enumerate(table.blocks):
        rival = next(
            (part.block.rule for part in parts
             if part.block.form != main and part.block.rule.id == block.id
             and (main, position) not in seen),
            None,
        )  # fmt: skip
        blocks.append(rival or block)
    ids = {block.id for block in blocks}
    blocks += [
        part.block.rule
        for part in parts
        if part.block.form != main and part.block.rule.id not in ids
    ]
    return TableRule(table.id, table.zh, table.en, table.section, tuple(blocks))


def _found(copy: TableCopy, blocks: Sequence[Block], context: TableContext) -> FoundTable:
    """What was found; where not every cell of it was read, its wordings tell the form."""
    forms = {part.block.form for part in copy.parts if not _common(part, context.vocabulary)}
    if forms and not _is_whole(copy):
        unread = not figures_of([copy])
        told = form_in(blocks, copy.table, context.vocabulary, by_absence=unread)
        forms = {told} if told else forms
    return FoundTable(
        table=copy.table,
        form="+".join(sorted(forms)),
        section=copy.section,
        location=copy.parts[0].location,
        method=copy.parts[0].method,
    )


def _is_whole(copy: TableCopy) -> bool:
    return all(
        len(part.rows) == len(part.block.rule.rows)
        and all(r.state not in UNREAD for r in part.readings)
        for part in copy.parts
    )


def _common(part: AlignedBlock, vocabulary: Vocabulary) -> bool:
    """Whether another form has the very same block."""
    own = part.block
    cells = [cell.indicator for cell in own.rule.cells]
    return any(
        block.form != own.form and [cell.indicator for cell in block.rule.cells] == cells
        for block in vocabulary.of_table(own.table)
    )
