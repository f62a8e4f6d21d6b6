"""Printed columns assigned to the columns of a block, by heading and order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.extraction.assign import align, fill_by_position, place_exact
from extractor.extraction.axes import Column
from extractor.extraction.labels import BlockIndex

SURE = 0.9
"""Label scores below this are damage worth telling."""
_LOST_GROUP = 0.75
"""Factor for a heading that several columns share and whose group above it is lost."""
_BY_POSITION = 0.6
"""Score of an axis without a label that its neighbours leave no choice."""


@dataclass(frozen=True, slots=True)
class AxisFit:
    """Printed lines or columns assigned to an axis: ``targets`` and ``scores`` by item."""

    targets: tuple[int | None, ...]
    scores: tuple[float, ...]

    @property
    def by_position(self) -> bool:
        """Whether no label tells any of what was assigned, only its place."""
        return all(
            target is None or score == _BY_POSITION
            for target, score in zip(self.targets, self.scores, strict=True)
        )

    @property
    def fit(self) -> float:
        """Sum of the scores of what was assigned, less a little for what was not."""
        return sum(
            score if target is not None else -0.25
            for target, score in zip(self.targets, self.scores, strict=True)
        )


def assign_columns(columns: Sequence[Column], block: BlockIndex) -> AxisFit:
    """Printed columns to the columns of a block, by heading and order."""
    n = len(block.columns.keys)
    scores = []
    for column in columns:
        row = list(column.scores(block))
        named = block.inner_groups.intersection(column.path)
        for j, parents in enumerate(block.column_parents):
            if named and parents and parents[-1] not in named:
                row[j] = 0.0
            elif parents and row[j]:
                shared = sum(parent in column.path for parent in parents)
                lost = parents[-1] not in column.path and block.is_repeated(j)
                row[j] = row[j] * (_LOST_GROUP if lost else 0.9) + 0.1 * shared / len(parents)
        scores.append(row)
    targets = _with_copies(columns, align(scores, n))
    if n == 1:
        return _spread(columns, targets, scores)
    placed = place_exact(targets, scores, SURE)

    def may_be(i: int, _target: int) -> bool:
        return not columns[i].key

    filled = fill_by_position(targets, may_be, n) if placed == targets else placed
    return AxisFit(filled, fitted(filled, placed, scores))


def _with_copies(
    columns: Sequence[Column], targets: Sequence[int | None]
) -> tuple[int | None, ...]:
    """Columns beside an assigned one with the very same heading: a merged cell copied out."""
    spread = list(targets)
    for order in (range(1, len(columns)), range(len(columns) - 2, -1, -1)):
        for i in order:
            beside = i - order.step
            if spread[i] is None and columns[i].key and columns[i].keys == columns[beside].keys:
                spread[i] = spread[beside]
    return tuple(spread)


def _spread(
    columns: Sequence[Column], targets: Sequence[int | None], scores: Sequence[Sequence[float]]
) -> AxisFit:
    """The one column of a block with all blank headings beside it: a merged cell drawn unmerged."""
    if 0 not in targets:
        return AxisFit(tuple(targets), (0.0,) * len(targets))
    score = fitted(targets, targets, scores)[targets.index(0)]
    spread = tuple(
        0 if target == 0 or not column.key else None
        for target, column in zip(targets, columns, strict=True)
    )
    return AxisFit(spread, tuple(0.0 if place is None else score for place in spread))


def fitted(
    filled: Sequence[int | None],
    targets: Sequence[int | None],
    scores: Sequence[Sequence[float]],
) -> tuple[float, ...]:
    """The score of each item: of its label, or less where only its place tells."""
    return tuple(
        0.0
        if place is None
        else _BY_POSITION
        if target is None
        else min(1.0, scores[i][place] + (0.1 if scores[i][place] >= SURE else 0.0))
        for i, (place, target) in enumerate(zip(filled, targets, strict=True))
    )
