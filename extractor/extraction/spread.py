"""A row without a label whose headings are broken up, and whose figures come in turns with them.

The last heading of a group, which is often shorter than the others, may be printed apart from them,
its figure before or behind those of the next group. A layout is taken only if every figure stands
behind its heading, the sums hold in it, and they hold in no other. Figures on lines of one block
stand side by side; where cells have lines of their own (a unit below the figure), they may not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, groupby, permutations

from extractor import textnorm
from extractor.extraction.labels import BlockIndex
from extractor.extraction.pieces import Token
from extractor.extraction.referee import Referee
from extractor.extraction.stream_heads import is_scrambled, pieces_in_order
from extractor.extraction.tokens import Run
from extractor.numerals import parse_figure

Figures = tuple[Token, ...]


def spread_figures(
    runs: Sequence[Run], keyed: Sequence[str], block: BlockIndex, referee: Referee
) -> Figures:
    """The figures of a row in the order of its columns, empty where anything is in doubt.

    Args:
        runs: The labels and figures of a stretch of text.
        keyed: The labels before each run, in comparable form.
        block: A block of one row.
        referee: Says whether the form's arithmetic proves a set of figures.
    """
    rules = block.cells_of_row(0)
    tokens = tuple(token for run in runs for token in run.tokens)
    numbers = [
        figure.in_unit(rule.unit)
        for token, rule in zip(tokens, rules, strict=False)
        if (figure := parse_figure(token.text)) is not None
    ]
    if len(tokens) != len(rules) or len(numbers) != len(rules):
        return ()
    if not is_scrambled("".join(keyed), block):
        return ()
    if len(set(numbers)) == 1:
        return tokens
    if not all(token.text.strip().isdecimal() for token in tokens):
        return ()
    words = [textnorm.key(token.text) for run in runs for token in run.labels]
    if not pieces_in_order(words, block, whole=True):
        return ()
    found: dict[tuple[Decimal, ...], tuple[int, ...]] = {}
    for order in _orders(runs, keyed, block):
        values = tuple(numbers[at] for at in order)
        if values not in found and referee.proves(
            block.form,
            block.table,
            {rule.indicator: value for rule, value in zip(rules, values, strict=True)},
        ):
            found[values] = order
    if len(found) != 1:
        return ()
    return tuple(tokens[at] for at in next(iter(found.values())))


def _orders(
    runs: Sequence[Run], keyed: Sequence[str], block: BlockIndex
) -> Iterator[tuple[int, ...]]:
    """For every column the position of its figure, in every way in which the text can be read.

    The figures of all columns but the last of each group keep their order.
    """
    width = len(block.columns.keys)
    groups = [len(list(held)) for _, held in groupby(block.column_parents)]
    last = [sum(groups[: k + 1]) - 1 for k in range(len(groups))]
    others = [column for column in range(width) if column not in last]
    may = _behind_headings(runs, keyed, block, others, last)
    starts = [0, *accumulate(len(run.tokens) for run in runs)]
    apart = {
        start + at for start, run in zip(starts, runs, strict=False) for at in (0, *run.breaks)
    }
    for places in permutations(range(width), len(last)):
        if not all(column in may[at] for column, at in zip(last, places, strict=True)):
            continue
        rest = [at for at in range(width) if at not in places]
        if not all(column in may[at] for column, at in zip(others, rest, strict=True)):
            continue
        order = dict(zip(last, places, strict=True)) | dict(zip(others, rest, strict=True))
        columns = sorted(order, key=order.__getitem__)
        if all(columns[at] == columns[at - 1] + 1 for at in range(1, width) if at not in apart):
            yield tuple(order[column] for column in range(width))


def _behind_headings(
    runs: Sequence[Run],
    keyed: Sequence[str],
    block: BlockIndex,
    others: Sequence[int],
    last: Sequence[int],
) -> list[frozenset[int]]:
    """For every figure the columns whose headings, and those before them, stand before it.

    One figure alone right behind a heading is that of the heading.
    """
    may: list[frozenset[int]] = []
    text = ""
    for run, key in zip(runs, keyed, strict=True):
        text += key
        held = Counter(text)
        columns: set[int] = set()
        for line in (others, last):
            needed: Counter[str] = Counter()
            for column in line:
                needed += Counter(block.columns.keys[column][0])
                if needed <= held:
                    columns.add(column)
        if len(run.tokens) == 1:
            named = {
                c for c in columns if any(w and key.endswith(w) for w in block.columns.keys[c])
            }
            columns = named or columns
        may += [frozenset(columns)] * len(run.tokens)
    return may
