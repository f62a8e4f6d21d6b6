"""Words of one printed line, or cells of one row, told apart: labels, and what stands for a figure.

A figure is told from the numbering of a label. What is no number and yet fills the place of one, a
stroke, a word for nothing, digits with a letter among them, keeps its place among the figures, so
that those beside it keep theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

import regex

from extractor.document import Cell, Location
from extractor.extraction.labels import Vocabulary
from extractor.numerals import CHANGES, is_blank, is_unit, parse_figure
from extractor.textnorm import fold, squash

LONGEST_LABEL = 48
"""Characters without white space; a longer line without a figure cell is prose."""
_LONGEST_DOUBT = 12
_FIGURE_HEAD = regex.compile(r"^[+\-]?\.?\d")
_NUMBERING = regex.compile(r"^\d{1,2}[.、,):]?$")
_MARKED_NUMBERING = regex.compile(r"^\d{1,2}[.、,):]$")
_AFTER_NUMBERING = ".、．)）,，:：年月日号"
_GLUED = regex.compile(r"^(?P<label>.*[\p{Han}）)”\"’])(?P<digits>[\d.,]+)$")
_NUMERALS = regex.compile(r"^[一二两三四五六七八九十百千零]{2,}$")
_BEFORE_ORDINAL, _AFTER_ORDINAL = "第", "条章节项款部、"
_STROKE = regex.compile(r"^[-/]{1,2}$")
_DAMAGED = regex.compile(
    r"^(?:[约近超逾≥≤>~]?[^\p{Han}(\[][^\p{Han}]*(?<=\d[^\p{Han}]*)[余多]?|[A-Za-z]{1,3}(?:/[A-Za-z])?)$"
)
_MORE_OR_LESS = ("余", "多", "余件", "多件")
_ABOUT = ("约", "近", "超", "逾")
_ORDINAL = regex.compile(r"^[(\[]?\d{1,2}[)\]]?[.、,):]*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A figure, an explicit blank (``text`` is empty) or what stands for one.

    ``indent`` is what stands before it on a line of plain text: letters, and columns where wide
    letters take two.
    """

    text: str
    location: Location
    indent: tuple[int, int] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a printed line: a label, or what stands in a cell of figures."""

    token: Token
    is_value: bool


def columns_of(text: str) -> int:
    """How many columns a text takes where wide letters take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def row_pieces(
    cells: Sequence[Cell], vocabulary: Vocabulary, delimited: bool, numbers: frozenset[int]
) -> list[Piece]:
    """Cells of a row, told apart.

    Texts are labels. What follows the last of them is figures and blanks; so are figures between
    two labels, as where tables stand beside one another.

    Args:
        cells: The cells that begin in the row.
        vocabulary: The labels of all forms.
        delimited: Whether blank cells are cells of the table.
        numbers: Positions of cells that hold numbers of labels.
    """
    last = max((i for i, cell in enumerate(cells) if _is_label(cell.text, vocabulary)), default=-1)
    pieces: list[Piece] = []
    for i, cell in enumerate(cells):
        token = Token(cell.text.strip(), cell.location)
        if i > last:
            if delimited or not is_blank(cell.text):
                pieces.append(Piece(token, is_value=True))
        elif not is_blank(cell.text):
            numbering = i in numbers or _MARKED_NUMBERING.match(fold(token.text)) is not None
            is_value = not numbering and not _is_label(cell.text, vocabulary)
            if is_value and not pieces and _NUMBERING.match(fold(token.text)):
                is_value = False
            pieces += _split_glued(token, is_value)
    figures = any(piece.is_value and piece.token.text for piece in pieces)
    if not figures and _is_header(pieces, vocabulary):
        return [piece for piece in pieces if not piece.is_value]
    return pieces


def _is_header(pieces: Sequence[Piece], vocabulary: Vocabulary) -> bool:
    """Whether a row is one of headings, so that the blanks behind them are pads."""
    keys = {vocabulary.key(piece.token.text) for piece in pieces if not piece.is_value}
    blocks = vocabulary.blocks
    if any(not keys.isdisjoint(block.rows.telling) for block in blocks):
        return False
    return any(
        not keys.isdisjoint(held)
        for block in blocks
        for held in (block.columns.lookup, block.captions, block.notes, block.groups)
    )


def _is_label(text: str, vocabulary: Vocabulary) -> bool:
    if is_blank(text) or parse_figure(text) is not None or vocabulary.is_void(text):
        return False
    words = text.split()
    if len(words) > 1 and all(parse_figure(word) is not None for word in words):
        return False
    return not _is_damaged(text)


def is_prose(tokens: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Whether a printed line is running text rather than labels and figures."""
    if any(len(token.text) > LONGEST_LABEL or "。" in token.text[:-1] for token in tokens):
        return True
    last = tokens[-1].text if tokens else ""
    if not last.endswith("。") or "，" not in last:
        return False
    return vocabulary.key(last) not in vocabulary.telling


def line_pieces(
    tokens: Sequence[Token], vocabulary: Vocabulary, numbers: frozenset[int]
) -> list[Piece]:
    """Words of a printed line.

    Args:
        tokens: The words in their order.
        vocabulary: The labels of all forms.
        numbers: Positions of words that are numbers of labels though they look like figures.
    """
    if _is_one_doubt(tokens):
        whole = Token(" ".join(token.text for token in tokens), tokens[0].location)
        return [Piece(whole, is_value=True)]
    joined, numbers = _with_units(tokens, numbers)
    kinds = [i not in numbers and _is_figure(joined, i) for i in range(len(joined))]
    pieces: list[Piece] = []
    start = 0
    while start < len(joined):
        stop = start
        while (
            stop < len(joined)
            and stop not in numbers
            and (kinds[stop] or _is_doubtful(joined[stop].text, vocabulary))
        ):
            stop += 1
        group = joined[start:stop]
        if group and _are_values(group, any(kinds[start:stop]), stop == len(joined)):
            pieces += [Piece(token, is_value=True) for token in group]
        else:
            stop = max(stop, start + 1)
            for token in joined[start:stop]:
                pieces += _split_glued(token, is_value=False)
        start = stop
    return pieces


def _is_one_doubt(tokens: Sequence[Token]) -> bool:
    """Whether a line is one figure with something around it that makes it none: ``18 余``."""
    digits = [token for token in tokens if any(c.isdigit() for c in token.text)]
    text = "".join(token.text for token in tokens)
    return len(tokens) > len(digits) == 1 and parse_figure(text) is None and _is_damaged(text)


def _are_values(group: Sequence[Token], figures: bool, at_end: bool) -> bool:
    """Whether words that could stand for figures do: beside figures, or where a row ends."""
    return figures or len(group) > 1 or at_end


def _with_units(
    tokens: Sequence[Token], numbers: frozenset[int]
) -> tuple[list[Token], frozenset[int]]:
    """Figures joined with what stands beside them on the same line.

    Behind them that is a unit or 余, before them 约 or a word for more or less.
    """
    joined: list[Token] = []
    moved: set[int] = set()
    for i, token in enumerate(tokens):
        before = joined[-1] if joined else None
        if before is not None and i not in numbers and _is_about(before.text, token.text):
            joined[-1] = Token(f"{before.text} {token.text}", before.location)
            continue
        if (
            before is not None
            and len(joined) - 1 not in moved
            and _FIGURE_HEAD.match(fold(before.text))
            and parse_figure(before.text) is not None
            and (token.text in _MORE_OR_LESS or _is_unit_of(before.text, token.text))
        ):
            joined[-1] = Token(f"{before.text} {token.text}", before.location)
            continue
        if before is not None and before.text in CHANGES and _is_plain_number(token.text):
            joined[-1] = Token(f"{before.text} {token.text}", token.location)
            continue
        if i in numbers:
            moved.add(len(joined))
        joined.append(token)
    return joined, frozenset(moved)


def _is_about(text: str, figure: str) -> bool:
    return text in _ABOUT and parse_figure(figure) is not None


def _is_unit_of(figure: str, text: str) -> bool:
    return is_unit(text) and parse_figure(figure + text) is not None


def _is_plain_number(text: str) -> bool:
    return fold(text)[:1].isdigit() and parse_figure(text) is not None


def _is_figure(tokens: Sequence[Token], i: int) -> bool:
    text = tokens[i].text
    following = tokens[i + 1].text if i + 1 < len(tokens) else ""
    folded = fold(text)
    if _NUMERALS.match(folded):
        before = tokens[i - 1].text if i else ""
        ordinal = before.endswith(_BEFORE_ORDINAL) or following.startswith(tuple(_AFTER_ORDINAL))
        return not ordinal and parse_figure(text) is not None
    if not _FIGURE_HEAD.match(folded) and not folded.startswith(("增", "减")):
        return False
    if _MARKED_NUMBERING.match(folded) or following[:1] in tuple(_AFTER_NUMBERING):
        return False
    return parse_figure(text) is not None


def _is_doubtful(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a word may stand in place of a figure."""
    if _STROKE.match(fold(text)):
        return True
    return bool(vocabulary.key(text)) and (vocabulary.is_void(text) or _is_damaged(text))


def _is_damaged(text: str) -> bool:
    """Whether a text is a figure with something in it that makes it none: ``1O``, ``约3``."""
    squashed = squash(text)
    if len(squashed) > _LONGEST_DOUBT or _ORDINAL.match(squashed):
        return False
    return _DAMAGED.match(squashed) is not None


def _split_glued(token: Token, is_value: bool) -> list[Piece]:
    """A label with zeros glued to its end, as label and zeros.

    Only zeros are split: 00 can be nothing but two figures, whereas 12 may be one or two.
    """
    if is_value:
        return [Piece(token, is_value=True)]
    found = _GLUED.match(fold(token.text))
    if found is None or set(found["digits"]) != {"0"}:
        return [Piece(token, is_value=False)]
    zeros = [Piece(Token("0", token.location), is_value=True) for _ in found["digits"]]
    return [Piece(Token(found["label"], token.location), is_value=False), *zeros]
