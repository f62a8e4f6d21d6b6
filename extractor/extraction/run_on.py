"""Headings that stand in the middle of a paragraph or a table, cut free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.document import Block, Cell, Layer, Paragraph, Table, Word
from extractor.extraction.headings import LONGEST_HEADING, Quality, heading_of
from extractor.extraction.labels import Vocabulary
from extractor.rulebook.model import SectionRule
from extractor.textnorm import split_numbering, squash

_RUN_ON = regex.compile(r"(?<=[。；;！!\s）)”])(?=[一二三四五六七八九][、.．])")
_RUN_ON_LENGTH = 12


def open_run_on(
    blocks: Sequence[Block], vocabulary: Vocabulary, rules: Sequence[SectionRule]
) -> tuple[Block, ...]:
    """Cut paragraphs and tables in front of headings that stand in the middle of them."""
    titles = {rule.id: vocabulary.key(rule.title) for rule in rules}
    opened: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and len(block.text) > _RUN_ON_LENGTH:
            opened += _cut(block, vocabulary, titles)
        elif isinstance(block, Table) and block.layer is Layer.BODY:
            opened += _cut_table(block, vocabulary, titles)
        else:
            opened.append(block)
    return tuple(opened)


def _cut(paragraph: Paragraph, vocabulary: Vocabulary, titles: dict[int, str]) -> list[Paragraph]:
    pieces: list[str] = []
    for piece in _RUN_ON.split(paragraph.text):
        heading = heading_of(0, piece, None, vocabulary, titles) if pieces else None
        if not pieces or (heading and heading.in_step and heading.quality is not Quality.FUZZY):
            pieces.append(piece)
        else:
            pieces[-1] += piece
    if len(pieces) < 2:
        return [paragraph]
    if not paragraph.words:
        return [replace(paragraph, text=piece) for piece in pieces]
    return _cut_words(paragraph, pieces)


def _cut_table(table: Table, vocabulary: Vocabulary, titles: dict[int, str]) -> list[Block]:
    """A table cut at rows that hold the numbered heading of a section and nothing else.

    One that comes again is part of a header that was printed again on a further page.
    """
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.strip():
            by_row.setdefault(cell.row, []).append(cell)
    pieces: list[Block] = []
    start = 0
    seen: set[str] = set()
    for r, cells in sorted(by_row.items()):
        text = cells[0].text
        if text in seen or len(cells) > 1 or len(text) > LONGEST_HEADING:
            continue
        if not split_numbering(text)[0]:
            continue
        heading = heading_of(0, text, None, vocabulary, titles)
        if heading is None or not heading.in_step or heading.quality is Quality.FUZZY:
            continue
        pieces += [*_rows_of_table(table, start, r), Paragraph(text, cells[0].location)]
        start = r + 1
        seen.add(text)
    return [*pieces, *_rows_of_table(table, start, table.n_rows)] if pieces else [table]


def _rows_of_table(table: Table, start: int, stop: int) -> list[Block]:
    """The rows from ``start`` up to ``stop`` as a table of their own."""
    cells = tuple(
        replace(cell, row=cell.row - start, row_span=min(cell.row_span, stop - cell.row))
        for cell in table.cells
        if start <= cell.row < stop
    )
    if not cells:
        return []
    return [replace(table, n_rows=stop - start, cells=cells, location=cells[0].location)]


def _cut_words(paragraph: Paragraph, pieces: Sequence[str]) -> list[Paragraph]:
    """Deal the words of a paragraph out to its pieces, in order."""
    dealt: list[Paragraph] = []
    words = list(paragraph.words)
    for piece in pieces:
        room = len(squash(piece))
        held: list[Word] = []
        while words and room > 0:
            word = words.pop(0)
            room -= len(squash(word.text))
            held.append(word)
        location = held[0].location if held else paragraph.location
        dealt.append(replace(paragraph, text=piece, words=tuple(held), location=location))
    if words:
        dealt[-1] = replace(dealt[-1], words=(*dealt[-1].words, *words))
    return dealt
