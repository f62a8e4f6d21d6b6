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
    Where several have risen one may be left out, as where it stands on a line of its own.
    """
    heads = [(i, at, int(line[at])) for i, line in enumerate(lines) for at in _candidates(line)]
    found: dict[int, set[int]] = {}
    previous, risen = 0, 0
    for k, (i, at, number) in enumerate(heads):
        following = heads[k + 1][2] if k + 1 < len(heads) else 0
        left_out = risen + 1 >= _LEAST and number == previous + 2
        rises = previous > 0 and (number == previous + 1 or left_out)
        begins = number == 1 and following == number + 1
        if not (rises or begins):
            previous = risen = 0
            continue
        previous, risen = number, risen + 1 if rises else 1
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
        text = run.tokens[-1].text
        if start in numbered or not _NUMBER.match(text) or run.delimited:
            continue
        chain = _chain(runs, start, int(text))
        begins = _is_only(run, 1) and len(chain) > 1
        if begins or _one_too_many(runs, chain):
            numbered.update(chain)
    return numbered


def _one_too_many(runs: Sequence[Run], chain: Sequence[int]) -> bool:
    """Whether many runs that end in a number have one figure more than the run behind them.

    So it is where the first numbers stand on the lines of their labels.
    """
    if len(chain) <= _LEAST:
        return False
    counts = {len(runs[i].tokens) for i in chain if i > chain[0] or len(runs[i].tokens) > 1}
    behind = runs[chain[-1] + 1 : chain[-1] + 2]
    return counts == {len(run.tokens) + 1 for run in behind}


def _chain(runs: Sequence[Run], start: int, first: int) -> list[int]:
    """The runs that end in rising numbers, with the figures of one row, or none, after each."""
    chain, number, i = [start], first, start
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
