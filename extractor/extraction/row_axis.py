"""The rows of a sheet told by their labels, their order and what spans them."""

from __future__ import annotations

from extractor.document import Cell
from extractor.extraction.assign import align, fill_by_position, place_exact
from extractor.extraction.axes import Line, Part
from extractor.extraction.column_axis import AxisFit, fitted
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.numerals import is_unit


def assign_rows(part: Part, first: int, block: BlockIndex, vocabulary: Vocabulary) -> AxisFit:
    """Printed rows to the rows of a block, by label and order."""
    n = len(block.rows.keys)
    if not block.labelled_rows:
        return _assign_unlabelled(part, n)
    nothing = (0.0,) * n
    held = [_row_keys(line, first, part, block, vocabulary) for line in part.data]
    several = [any(_names_two(key, block) for key in keys) for keys in held]
    scores = [
        tuple(map(max, nothing, *(block.rows.scores(key) for key in keys)))
        if keys and not two
        else nothing
        for keys, two in zip(held, several, strict=True)
    ]
    targets = align(scores, n)
    placed = place_exact(targets, scores)

    def may_be(i: int, target: int) -> bool:
        line = part.data[i]
        if several[i]:
            return False
        if held[i]:
            return any(block.rows.could_be(key, target) for key in held[i])
        return any(cell.col >= first for cell in (*line.figures, *line.blanks))

    filled = fill_by_position(targets, may_be, n) if placed == targets else placed
    return AxisFit(filled, fitted(filled, placed, scores))


def _assign_unlabelled(part: Part, n: int) -> AxisFit:
    """Rows without labels on the form: exactly as many as hold figures, or as are blank."""
    with_figures = [i for i, line in enumerate(part.data) if line.figures]
    chosen = with_figures or list(range(len(part.data)))
    targets: list[int | None] = [None] * len(part.data)
    if len(chosen) == n:
        for target, i in enumerate(chosen):
            targets[i] = target
    return AxisFit(tuple(targets), tuple(0.0 if t is None else 1.0 for t in targets))


def _row_keys(
    line: Line, first: int, part: Part, block: BlockIndex, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """What may be the label of a row.

    Its last label cell, the same without the name of its group in front, or all label cells run
    together.
    """
    labels = [
        (cell, key)
        for cell, key in zip(line.texts, line.keys, strict=True)
        if cell.col < first and not _is_group(cell, line, part) and not _names_group(key, block)
    ]
    if not labels:
        return ()
    while len(labels) > 1 and is_unit(labels[-1][0].text):
        labels.pop()
    cell, last = labels[-1]
    keys = [last, *_without_group(cell.text, last, block.groups, vocabulary)]
    if len(labels) > 1:
        keys.append(vocabulary.key("".join(cell.text for cell, _ in labels)))
    return tuple(keys)


def _names_two(key: str, block: BlockIndex) -> bool:
    """Whether a text is the labels of two rows: its figures may belong to either."""
    labels = block.rows.lookup
    return key not in labels and any(
        key[:k] in labels and key[k:] in labels for k in range(2, len(key) - 1)
    )


def _names_group(key: str, block: BlockIndex) -> bool:
    """Whether a text is the name of a group of rows and of no row."""
    return key in block.groups and key not in block.rows.lookup


def _is_group(cell: Cell, line: Line, part: Part) -> bool:
    """Whether a cell left of the figures spans further rows of figures: the name of a group."""
    if cell.row_span == 1:
        return False
    below = range(line.index + 1, line.index + cell.row_span)
    return any(other.figures for other in part.data if other.index in below)


def _without_group(
    text: str, key: str, groups: frozenset[str], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The key of a label without the name of its group in front: 其他处理3.其他 is 其他."""
    for group in groups:
        if key.startswith(group) and len(key) > len(group):
            for stop in range(len(group), len(text)):
                if vocabulary.key(text[:stop]) == group and text[stop : stop + 1].strip():
                    return (vocabulary.key(text[stop:]),)
    return ()
