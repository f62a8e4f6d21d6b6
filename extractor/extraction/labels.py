"""Printed labels against the labels of the forms, with a score.

A label counts as found when it is the statutory wording or an alias (score 1), and less when it
is near one: a slip, a lost character, a piece cut off at a page end. Short labels such as 其他 and
总计 never count away from their neighbours; ``assign.align`` places them by order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import regex
from rapidfuzz.fuzz import ratio

from extractor import textnorm
from extractor.rulebook.model import (
    Axis,
    BlockRule,
    CellRule,
    Label,
    Rulebook,
    TableRule,
)

NEAR = 0.72
"""Least likeness at which a damaged label still counts."""
_LONGEST_VOID = 12
_LOOSE_NUMBER = regex.compile(r"^\s*\d{1,2}[ \t\u3000\xa0]+(?=\p{Han}{2})")
"""A number before a label with nothing but white space behind it."""
_RUIN = 0.5
"""Least likeness of a label so damaged that only its place tells what it was."""
_PIECE = 0.6
"""Score of a piece shorter than half of its label."""
_SHORT = 3
"""Labels up to this length are compared exactly or as a piece, never by likeness."""


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """How a printed label becomes comparable.

    ``variants`` maps characters to those of the rules; ``asides`` finds what is no part of a label.
    """

    variants: dict[int, str]
    asides: regex.Pattern[str] | None

    def key(self, text: str) -> str:
        """The comparable form of a label."""
        bare = _LOOSE_NUMBER.sub("", text)
        bare = self.asides.sub("", textnorm.squash(bare)) if self.asides else bare
        return textnorm.key(bare or text).translate(self.variants)


@dataclass(frozen=True, slots=True, eq=False)
class AxisIndex:
    """The wordings of all rows, or all columns, of one block.

    ``keys[i]`` are the wordings of axis ``i``, statutory first; ``lookup`` is their inverse;
    ``telling`` are the wordings long enough to mean something away from their neighbours.
    """

    keys: tuple[tuple[str, ...], ...]
    lookup: dict[str, tuple[int, ...]]
    telling: frozenset[str]

    def scores(self, key: str) -> tuple[float, ...]:
        """How well a printed key fits each axis: 0 to 1."""
        return _scores(self, key)

    def score(self, key: str, index: int) -> float:
        """How well a printed key fits axis ``index``: 0 to 1."""
        return _scores(self, key)[index]

    def fit(self, key: str, index: int) -> float:
        """:meth:`score`, reckoned anew."""
        hits = self.lookup.get(key)
        if hits is not None:
            return 1.0 if index in hits else 0.0
        best = max(likeness(key, wording) for wording in self.keys[index])
        return best if best >= NEAR or (best and self._only(key, index)) else 0.0

    def could_be(self, key: str, index: int) -> bool:
        """Whether a badly damaged label may be that of an axis that nothing else is left for."""
        return any(
            len(wording) > _SHORT and ratio(key, wording) >= 100 * _RUIN
            for wording in self.keys[index]
        )

    def _only(self, key: str, index: int) -> bool:
        """Whether a piece of a label is a piece of no other label of this axis."""
        own = self.keys[index][0]
        return not any(
            other[0] != own and (other[0].startswith(key) or other[0].endswith(key))
            for other in self.keys
        )


@lru_cache(maxsize=16384)
def _scores(axis: AxisIndex, key: str) -> tuple[float, ...]:
    return tuple(axis.fit(key, index) for index in range(len(axis.keys)))


@dataclass(frozen=True, slots=True, eq=False)
class BlockIndex:
    """One block of one form, ready to be matched."""

    form: str
    table: str
    position: int
    rule: BlockRule
    rows: AxisIndex
    columns: AxisIndex
    column_parents: tuple[tuple[str, ...], ...]
    captions: frozenset[str]
    stub_heads: frozenset[str]
    groups: frozenset[str]
    notes: frozenset[str]

    by_row: tuple[tuple[CellRule, ...], ...]
    inner_groups: frozenset[str]

    def is_repeated(self, column: int) -> bool:
        """Whether other columns of the block have the same heading, in other groups."""
        return len(self.columns.lookup.get(self.columns.keys[column][0], ())) > 1

    def cells_of_row(self, row: int) -> tuple[CellRule, ...]:
        """The cells of one row of the block."""
        return self.by_row[row]

    @property
    def labelled_rows(self) -> bool:
        """Whether the rows of this block carry labels on the form."""
        return any(self.rows.keys[0])


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All labels of all forms, compiled once per rulebook.

    ``telling`` maps a key that occurs in one table only to that table's id; ``column_groups`` maps
    every wording of a group heading of columns to the statutory one.
    """

    blocks: tuple[BlockIndex, ...]
    telling: dict[str, str]
    names: Names
    column_groups: dict[str, str]
    headings: dict[str, int]
    continued: frozenset[str]
    nothing: tuple[regex.Pattern[str], ...]

    def is_void(self, text: str) -> bool:
        """Whether a text stands for a figure without being one: a stroke, a word for nothing."""
        return _is_void(self, text)

    def key(self, text: str) -> str:
        """The comparable form of a printed label."""
        return _key(self, text)

    def of_table(self, table: str) -> tuple[BlockIndex, ...]:
        """The blocks of one table, of every form."""
        return tuple(block for block in self.blocks if block.table == table)


@lru_cache(maxsize=16384)
def _key(vocabulary: Vocabulary, text: str) -> str:
    return vocabulary.names.key(text)


@lru_cache(maxsize=16384)
def _is_void(vocabulary: Vocabulary, text: str) -> bool:
    if not _key(vocabulary, text):
        return True
    plain = textnorm.squash(text)
    return len(plain) < _LONGEST_VOID and any(
        pattern.fullmatch(plain) for pattern in vocabulary.nothing
    )


@lru_cache(maxsize=1024)
def likeness(key: str, wording: str) -> float:
    """How like two label keys are: 1 the same, 0 nothing in common.

    A key that ends in the wording is a label with its group in front of it; a key that the
    wording begins or ends with is a piece of it.
    """
    if key == wording:
        return 1.0
    if not key or not wording:
        return 0.0
    if len(wording) > _SHORT and key.endswith(wording):
        return 0.95
    if 2 <= len(key) < len(wording) <= 3 * len(key) and (
        wording.startswith(key) or wording.endswith(key)
    ):
        return max(0.75 if len(key) * 2 >= len(wording) else _PIECE, ratio(key, wording) / 100)
    if min(len(key), len(wording)) <= _SHORT:
        return 0.0
    alike = ratio(key, wording) / 100
    return alike if alike >= NEAR else 0.0


@lru_cache(maxsize=8)
def compile_vocabulary(rulebook: Rulebook) -> Vocabulary:
    """All labels of a rulebook as comparable keys."""
    names = _names(rulebook)
    norm = names.key
    blocks = [
        _compile_block(form.id, table, position, block, norm)
        for form in rulebook.forms
        for table in form.tables
        for position, block in enumerate(table.blocks)
    ]
    homes: dict[str, set[str]] = {}
    for block in blocks:
        keys = {*block.rows.telling, *block.columns.telling, *block.captions, *block.notes}
        for wording in keys | {group for group in block.groups if len(group) > _SHORT}:
            homes.setdefault(wording, set()).add(block.table)
    headings = {
        norm(wording): section.id
        for form in reversed(rulebook.forms)
        for section in form.sections
        for wording in (*section.aliases, section.title)
    }
    telling = {
        wording: next(iter(tables))
        for wording, tables in homes.items()
        if len(tables) == 1 and wording not in headings
    }
    continued = frozenset(norm(mark) for mark in rulebook.text.continued)
    nothing = tuple(regex.compile(pattern) for pattern in rulebook.text.no_content)
    return Vocabulary(
        blocks=tuple(blocks),
        telling=telling,
        names=names,
        column_groups=_column_groups(rulebook, norm),
        headings=headings,
        continued=continued,
        nothing=nothing,
    )


def _names(rulebook: Rulebook) -> Names:
    text = rulebook.text
    variants = {ord(printed): plain for printed, plain in text.variants}
    asides = regex.compile("|".join(f"(?:{one})" for one in text.asides)) if text.asides else None
    return Names(variants, asides)


def _column_groups(rulebook: Rulebook, norm: _Norm) -> dict[str, str]:
    """Every wording of a group heading of columns, and the statutory one."""
    return {
        wording: norm(group.text)
        for form in rulebook.forms
        for table in form.tables
        for block in table.blocks
        for group in block.column_groups
        for wording in _wordings(group, norm)
    }


def _wordings(label: Label | None, norm: _Norm) -> tuple[str, ...]:
    if label is None:
        return ()
    texts = (label.text, *label.aliases, *label.abbreviations)
    return tuple(dict.fromkeys(norm(text) for text in texts if text))


class _Norm(Protocol):
    """Type of the function that turns a text into a key."""

    def __call__(self, text: str) -> str: ...


def _compile_axis(axes: Sequence[Axis], norm: _Norm) -> AxisIndex:
    keys = tuple(_wordings(axis.label, norm) or ("",) for axis in axes)
    lookup: dict[str, list[int]] = {}
    for index, wordings in enumerate(keys):
        for wording in wordings:
            if wording:
                lookup.setdefault(wording, []).append(index)
    short = {norm(text) for axis in axes for text in axis.label.abbreviations}
    telling = frozenset(k for k in lookup if k not in short and len(k) > 1)
    return AxisIndex(keys, {k: tuple(v) for k, v in lookup.items()}, telling)


def _inner_groups(block: BlockRule, norm: _Norm) -> frozenset[str]:
    """The innermost group headings, where each stands over columns with the same headings."""
    inner = [norm(axis.label.parents[-1]) for axis in block.columns if axis.label.parents]
    leaves = {axis.label.text for axis in block.columns}
    repeated = len(leaves) < len(block.columns)
    return frozenset(inner) if repeated else frozenset()


def _compile_block(
    form: str, table: TableRule, position: int, block: BlockRule, norm: _Norm
) -> BlockIndex:
    def all_keys(labels: Iterable[Label]) -> frozenset[str]:
        return frozenset(k for label in labels for k in _wordings(label, norm))

    return BlockIndex(
        form=form,
        table=table.id,
        position=position,
        rule=block,
        rows=_compile_axis(block.rows, norm),
        columns=_compile_axis(block.columns, norm),
        column_parents=tuple(
            tuple(norm(parent) for parent in axis.label.parents) for axis in block.columns
        ),
        captions=frozenset(_wordings(block.caption, norm)),
        stub_heads=frozenset(_wordings(block.stub_head, norm)),
        groups=all_keys((*block.row_groups, *block.column_groups)),
        notes=all_keys(block.notes),
        inner_groups=_inner_groups(block, norm),
        by_row=tuple(
            tuple(cell for cell in block.cells if cell.row == row) for row in range(len(block.rows))
        ),
    )
