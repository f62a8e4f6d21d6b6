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
from extractor.extraction.sheets import matrix
from extractor.numerals import is_blank, parse_figure
from extractor.textnorm import fold, squash

_PIECES = regex.compile(r"[^\s|｜│┃]+")
_FIGURE_HEAD = regex.compile(r"^[+\-]?\d")
_NUMBERING = regex.compile(r"^\d{1,2}[.、,):]?$")
_MARKED_NUMBERING = regex.compile(r"^\d{1,2}[.、,):]$")
_AFTER_NUMBERING = ".、．)）,，:：年月日号"
_GLUED = regex.compile(r"^(?P<label>.*[\p{Han}）)”\"’])(?P<digits>[\d.,]+)$")
LONGEST_LABEL = 48
"""Characters without white space; a longer line without a figure cell is prose."""


@dataclass(frozen=True, slots=True)
class Token:
    """A figure, an explicit blank (``text`` is empty) or what stands for one."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Run:
    """Figures with no label between them.

    ``label`` is all label text since the run before (joined without white space), ``after`` the
    label text that follows up to the next run. ``lines`` are the figures by printed line.
    ``delimited`` tells that blank cells are explicit.
    """

    label: str
    lines: tuple[tuple[Token, ...], ...]
    after: str
    delimited: bool
    location: Location
    labels: tuple[Token, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All figures in reading order."""
        return tuple(token for line in self.lines for token in line)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One printed line, or table row: labels first, then figures, in order of reading."""

    text: str
    token: Token
    is_value: bool


def runs_of(blocks: Iterable[Block], vocabulary: Vocabulary) -> tuple[Run, ...]:
    """All runs of the blocks, in reading order. Furniture is passed over."""
    builder = _Builder()
    for block in blocks:
        if block.layer is Layer.FURNITURE:
            continue
        if isinstance(block, Table):
            delimited = block.origin is not TableOrigin.ALIGNED
            for cells in _table_lines(block):
                builder.add(_row_pieces(cells, vocabulary, delimited), delimited)
        elif isinstance(block, Paragraph):
            for line in _paragraph_lines(block):
                if not _is_prose(line):
                    builder.add(_line_pieces(line), delimited=False)
    return builder.finish()


class _Builder:
    """Collects pieces into runs."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._labels: list[Token] = []
        self._lines: list[tuple[Token, ...]] = []
        self._run_labels: list[Token] = []
        self._delimited = False

    def add(self, pieces: Sequence[_Piece], delimited: bool) -> None:
        """Add one printed line."""
        values: list[Token] = []
        for piece in pieces:
            if piece.is_value:
                values.append(piece.token)
                continue
            self._flush_line(values, delimited)
            values = []
            self._label(piece.token)
        self._flush_line(values, delimited)

    def _flush_line(self, values: list[Token], delimited: bool) -> None:
        pads_only = not any(token.text for token in values)
        if not values or (pads_only and not self._lines and not self._labels):
            return
        if not self._lines:
            self._run_labels, self._labels = self._labels, []
            self._delimited = delimited
        self._lines.append(tuple(values))

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
            )
        )
        self._lines = []

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


def _row_pieces(cells: Sequence[Cell], vocabulary: Vocabulary, delimited: bool) -> list[_Piece]:
    """Cells of a row: texts are labels; what follows the last label is figures and blanks."""
    last = max((i for i, cell in enumerate(cells) if _is_label(cell.text, vocabulary)), default=-1)
    pieces = []
    for i, cell in enumerate(cells):
        token = Token(cell.text.strip(), cell.location)
        if i <= last:
            numbering = _NUMBERING.match(fold(token.text)) is not None
            if not is_blank(cell.text):
                is_value = not numbering and not _is_label(cell.text, vocabulary)
                pieces += _split_glued(token, is_value)
        elif delimited or not is_blank(cell.text):
            pieces.append(_Piece(token.text, token, is_value=True))
    return pieces


def _is_label(text: str, vocabulary: Vocabulary) -> bool:
    return not (is_blank(text) or parse_figure(text) is not None or vocabulary.is_void(text))


def _paragraph_lines(paragraph: Paragraph) -> list[list[Token]]:
    """The words of a paragraph by printed line."""
    if not paragraph.words:
        return [
            [Token(piece, paragraph.location) for piece in _PIECES.findall(line)]
            for line in paragraph.text.splitlines()
        ]
    lines: dict[int, list[Token]] = {}
    for word in paragraph.words:
        lines.setdefault(word.line, []).extend(
            Token(piece, word.location) for piece in _PIECES.findall(word.text)
        )
    return [lines[number] for number in sorted(lines)]


def _is_prose(tokens: Sequence[Token]) -> bool:
    """Whether a printed line is running text rather than labels and figures."""
    return any("。" in token.text or len(token.text) > LONGEST_LABEL for token in tokens)


def _line_pieces(tokens: Sequence[Token]) -> list[_Piece]:
    """Words of a printed line, figures told from the numbering of labels."""
    pieces: list[_Piece] = []
    for i, token in enumerate(tokens):
        following = tokens[i + 1].text if i + 1 < len(tokens) else ""
        is_value = _is_figure(token.text, following)
        pieces += [_Piece(token.text, token, True)] if is_value else _split_glued(token, False)
    return pieces


def _is_figure(text: str, following: str) -> bool:
    folded = fold(text)
    if not _FIGURE_HEAD.match(folded) and not folded.startswith(("增", "减")):
        return False
    if _MARKED_NUMBERING.match(folded) or following[:1] in tuple(_AFTER_NUMBERING):
        return False
    return parse_figure(text) is not None


def _split_glued(token: Token, is_value: bool) -> list[_Piece]:
    """A label with zeros glued to its end, as label and zeros.

    Only zeros are split: 00 can be nothing but two figures, whereas 12 may be one or two.
    """
    if is_value:
        return [_Piece(token.text, token, True)]
    found = _GLUED.match(fold(token.text))
    if found is None or set(found["digits"]) != {"0"}:
        return [_Piece(token.text, token, False)]
    zeros = [_Piece("0", Token("0", token.location), True) for _ in found["digits"]]
    return [_Piece(found["label"], Token(found["label"], token.location), False), *zeros]
