"""Numbers that belong to labels although they stand alone and look like figures.

A label may be numbered without a mark (``1 属于国家秘密``), and a table may have a column of
running numbers. Both rise by one from row to row; figures do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from extractor.numerals import is_unit

if TYPE_CHECKING:
    from extractor.extraction.tokens import Run

_NUMBER = regex.compile(r"^[1-9]\d?$")
_LABEL = regex.compile(r"\p{Han}")
_LEAST = 4
"""Rows with running numbers below which these may be figures."""


def label_numbers(lines: Sequence[Sequence[str]]) -> dict[int, frozenset[int]]:
    """Positions of numbers in front of labels, by printed line.

    A number alone between the head of a line, or a label, and another label on the same line
    counts where such numbers rise by one from line to line, or begin anew at one and rise then.
    """
    heads = [(i, at, int(line[at])) for i, line in enumerate(lines) for at in _candidates(line)]
    found: dict[int, set[int]] = {}
    previous = 0
    for k, (i, at, number) in enumerate(heads):
        following = heads[k + 1][2] if k + 1 < len(heads) else 0
        rises = number == previous + 1 and previous > 0
        begins = number == 1 and following == number + 1
        if not (rises or begins):
            previous = 0
            continue
        previous = number
        found.setdefault(i, set()).add(at)
    return {i: frozenset(places) for i, places in found.items()}


def _candidates(line: Sequence[str]) -> list[int]:
    """Where a number stands that may be that of the label behind it: one place at most.

    A line with several such numbers may be any run of labels and figures.
    """
    held = [at for at, text in enumerate(line) if text]
    places = []
    for before, at, after in zip([None, *held], held, held[1:], strict=False):
        if not _NUMBER.match(line[at]) or not _LABEL.search(line[after]) or is_unit(line[after]):
            continue
        if before is None or _LABEL.search(line[before]):
            places.append(at)
    return places if len(places) == 1 else []


def without_sequence(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs without the running numbers in front of their labels.

    Where every cell has a line of its own, a running number comes last before the label of its
    row, behind the figures of the row above it.
    """
    numbered = _numbered(runs)
    if len(numbered) < _LEAST:
        return tuple(runs)
    kept: list[Run] = []
    waiting: Run | None = None
    for i, run in enumerate(runs):
        bare = _without_last(run) if i in numbered else run
        if waiting is not None:
            bare = replace(
                bare, label=waiting.label + bare.label, labels=(*waiting.labels, *bare.labels)
            )
            waiting = None
        if bare.lines:
            kept.append(bare)
        else:
            waiting = bare
    if not kept:
        return ()
    tails = [run.label for run in kept[1:]] + [runs[-1].after]
    return tuple(replace(run, after=tail) for run, tail in zip(kept, tails, strict=True))


def _numbered(runs: Sequence[Run]) -> set[int]:
    """The runs that end in a running number: of the whole table, or of each group of rows."""
    numbered: set[int] = set()
    for start, run in enumerate(runs):
        if start not in numbered and _is_only(run, 1):
            chain = _chain(runs, start)
            if len(chain) > 1:
                numbered.update(chain)
    return numbered


def _chain(runs: Sequence[Run], start: int) -> list[int]:
    """The runs that end in 1, 2, 3 … with the figures of one row, or none, after each number."""
    chain, number, i = [start], 1, start
    while True:
        number += 1
        rest = runs[i + 1 : i + 3]
        if len(rest) > 1 and _is_only(rest[1], number):
            i += 2
        elif rest and _ends_in(rest[0], number):
            i += 1
        else:
            return chain
        chain.append(i)


def _ends_in(run: Run, number: int) -> bool:
    last = run.lines[-1][-1].text
    return last == str(number) and not run.delimited


def _is_only(run: Run, number: int) -> bool:
    return _ends_in(run, number) and len(run.tokens) == 1


def _without_last(run: Run) -> Run:
    lines = (*run.lines[:-1], run.lines[-1][:-1])
    return replace(run, lines=tuple(line for line in lines if line))
