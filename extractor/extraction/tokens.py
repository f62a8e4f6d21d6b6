"""A run of text as labels and rows of figures: what is left of a table once it is flattened.

A *run* is a stretch of figures with no label text between them, with all label text since the run
before it. Which figures stand on one printed line is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from extractor.document import Block, Cell, Layer, Location, Paragraph, Table, TableOrigin
from extractor.extraction.labels import Vocabulary
from extractor.extraction.numbering import label_numbers, without_sequence
from extractor.extraction.pieces import Piece, Token, columns_of, is_prose, line_pieces, row_pieces
from extractor.extraction.sheets import matrix
from extractor.numerals import is_unit
from extractor.textnorm import squash

_IN_WORDS = regex.compile(r"[零〇一二两三四五六七八九十百千万]+")
_PIECES = regex.compile(r"[^\s|｜│┃]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Figures with no label between them.

    ``label`` is all label text since the run before (joined without white space), ``after`` the
    label text that follows up to the next run. ``lines`` are the figures by printed line.
    ``delimited`` tells that blank cells are explicit. ``unit`` is the unit that ends the label
    where one stands in a word of its own before the figures. ``breaks`` are the positions of
    figures before which a blank line stands.
    """

    label: str
    lines: tuple[tuple[Token, ...], ...]
    after: str
    delimited: bool
    location: Location
    labels: tuple[Token, ...]
    breaks: frozenset[int] = frozenset()

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All figures in reading order."""
        return tuple(token for line in self.lines for token in line)

    @property
    def unit(self) -> str:
        """The unit in a word of its own between label and figures, ``""`` without one."""
        last = self.labels[-1].text if self.labels else ""
        return squash(last) if len(self.labels) > 1 and is_unit(last) else ""


def runs_of(blocks: Iterable[Block], vocabulary: Vocabulary) -> tuple[Run, ...]:
    """All runs of the blocks, in reading order. Furniture is passed over."""
    lines: list[_Line] = []
    for block in blocks:
        if block.layer is Layer.FURNITURE:
            continue
        if isinstance(block, Table):
            delimited = block.origin is not TableOrigin.ALIGNED
            lines += [_Line(cells=cells, delimited=delimited) for cells in _table_lines(block)]
        elif isinstance(block, Paragraph):
            lines += [
                _Line(tokens=tokens, apart=block.apart)
                for tokens in _paragraph_lines(block)
                if not is_prose(tokens, vocabulary)
            ]
    numbers = label_numbers([line.texts for line in lines])
    builder = _Builder()
    for i, line in enumerate(lines):
        pieces = line.pieces(vocabulary, numbers.get(i, frozenset()))
        builder.add(pieces, line.delimited, apart=line.apart)
    return without_sequence(builder.finish())


@dataclass(frozen=True, slots=True)
class _Line:
    """One printed line of words, or one row of cells."""

    tokens: Sequence[Token] = ()
    cells: Sequence[Cell] = ()
    delimited: bool = False
    apart: bool = False

    @property
    def texts(self) -> list[str]:
        """The words, or the cells, as texts."""
        return [one.text.strip() for one in (self.cells or self.tokens)]

    def pieces(self, vocabulary: Vocabulary, numbers: frozenset[int]) -> list[Piece]:
        """Labels and figures; ``numbers`` are positions of numbers of labels."""
        if self.cells:
            return row_pieces(self.cells, vocabulary, self.delimited, numbers)
        return line_pieces(self.tokens, vocabulary, numbers)


class _Builder:
    """Collects pieces into runs."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._labels: list[Token] = []
        self._lines: list[tuple[Token, ...]] = []
        self._run_labels: list[Token] = []
        self._breaks: list[int] = []
        self._delimited = False

    def add(self, pieces: Sequence[Piece], delimited: bool, *, apart: bool = False) -> None:
        """Add one printed line; ``apart`` tells that a blank line stands before it."""
        if apart and self._lines:
            self._breaks.append(sum(map(len, self._lines)))
        values: list[Token] = []
        for piece in pieces:
            if piece.is_value or (len(pieces) == 1 and not apart and self._goes_on(piece.token)):
                values.append(piece.token)
                continue
            self._flush_line(values, delimited)
            values = []
            self._label(piece.token)
        self._flush_line(values, delimited)

    def _flush_line(self, values: list[Token], delimited: bool) -> None:
        pads_only = not any(token.text for token in values)
        if not values or (pads_only and (self._lines or not self._labels)):
            return
        if not self._lines:
            self._run_labels, self._labels = self._labels, []
            self._delimited = delimited
        self._lines.append(tuple(values))

    def _goes_on(self, token: Token) -> bool:
        """Whether a word alone on its line may be the rest of a figure in words above it."""
        last = self._lines[-1][-1].text if self._lines else ""
        return bool(_IN_WORDS.fullmatch(last) and _IN_WORDS.fullmatch(token.text))

    def _label(self, token: Token) -> None:
        if self._lines:
            self._close()
        self._labels.append(token)

    def _close(self) -> None:
        self._runs.append(
            Run(
                label=squash("".join(token.text for token in self._run_labels)),
                lines=tuple(self._lines),
                after="",
                delimited=self._delimited,
                location=self._lines[0][0].location,
                labels=tuple(self._run_labels),
                breaks=frozenset(self._breaks),
            )
        )
        self._lines, self._breaks = [], []

    def finish(self) -> tuple[Run, ...]:
        """All runs, each told what follows it."""
        if self._lines:
            self._close()
        if not self._runs:
            return ()
        tails = [run.label for run in self._runs[1:]]
        tails.append(squash("".join(token.text for token in self._labels)))
        return tuple(replace(run, after=tail) for run, tail in zip(self._runs, tails, strict=True))


def _table_lines(table: Table) -> list[list[Cell]]:
    """The cells of each row of a table, each once, where it begins."""
    rows = matrix(table)
    lines: list[list[Cell]] = []
    for r, row in enumerate(rows):
        above = rows[r - 1] if r else (None,) * len(row)
        line: list[Cell] = []
        for c, cell in enumerate(row):
            if cell is not None and above[c] is not cell and (not line or line[-1] is not cell):
                line.append(cell)
        lines.append(line)
    return lines


def _paragraph_lines(paragraph: Paragraph) -> list[list[Token]]:
    """The words of a paragraph by printed line."""
    if not paragraph.words:
        return [
            [
                Token(
                    found[0], paragraph.location, (found.start(), columns_of(line[: found.start()]))
                )
                for found in _PIECES.finditer(line)
            ]
            for line in paragraph.text.splitlines()
        ]
    lines: dict[int, list[Token]] = {}
    for word in paragraph.words:
        lines.setdefault(word.line, []).extend(
            Token(piece, word.location) for piece in _PIECES.findall(word.text)
        )
    return [lines[number] for number in sorted(lines)]
