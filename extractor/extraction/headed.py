"""Blocks one below the other whose figures stand under their headings, not behind their labels.

Programs that print a page as text may print the labels of a block first and then column after
column, each under its heading; or a first row before its label. Nothing is read unless every label,
heading and figure of the block is there, in the order of the form, with nothing else among them.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.extraction.aligned import AlignedBlock
from extractor.extraction.chunks import whole_block
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.pieces import Token
from extractor.extraction.tokens import Run

Rows = tuple[tuple[Token, ...], ...]


def align_headed(
    runs: Sequence[Run], rivals: Sequence[BlockIndex], vocabulary: Vocabulary
) -> tuple[AlignedBlock, ...]:
    """The blocks of a table that are read column by column, or from a row before its label."""
    keyed = [vocabulary.key(run.label) for run in runs]
    keyed.append(vocabulary.key(runs[-1].after))
    bare = [_bare(key, rivals) for key in keyed]
    found: list[AlignedBlock] = []
    for block in rivals:
        for i in range(len(runs)):
            rows = _under_headings(runs, bare, i, block)
            rows = rows or _before_label(runs, bare, i, block, rivals)
            if rows:
                found.append(whole_block(runs[i], keyed[i], rows, block))
    return tuple(found)


def _bare(key: str, rivals: Sequence[BlockIndex]) -> str:
    """A text without captions and the heads of label columns."""
    words = {word for block in rivals for word in (*block.captions, *block.stub_heads) if word}
    for word in sorted(words, key=len, reverse=True):
        key = key.replace(word, "")
    return key


def _without_tail(text: str, names: Sequence[Sequence[str]]) -> str | None:
    """What stands before labels that end a text, one behind the other; ``None`` without them."""
    for wordings in reversed(names):
        held = max((w for w in wordings if w and text.endswith(w)), key=len, default="")
        if not held:
            return None
        text = text.removesuffix(held)
    return text


def _under_headings(
    runs: Sequence[Run], bare: Sequence[str], i: int, block: BlockIndex
) -> Rows | None:
    """All labels, then heading by heading the figures of its column.

    Or so the first row alone, and each other row behind its own label.
    """
    rows, columns = block.rows.keys, block.columns.keys
    width = len(columns)
    if width == 1 or i + width > len(runs) or not _are(bare[i + 1 : i + width], columns[1:]):
        return None
    held = runs[i : i + width]
    if _without_tail(bare[i], (*rows, columns[0])) is not None:
        return _turned(held, len(rows))
    others = runs[i + width : i + width + len(rows) - 1]
    labels = bare[i + width : i + width + len(others)]
    first = _turned(held, 1)
    if first is None or _without_tail(bare[i], (rows[0], columns[0])) is None:
        return None
    if len(others) < len(rows) - 1 or not _are(labels, rows[1:]):
        return None
    if any(len(run.tokens) != width for run in others):
        return None
    return (*first, *(run.tokens for run in others))


def _are(texts: Sequence[str], names: Sequence[Sequence[str]]) -> bool:
    """Whether texts are labels, one for one."""
    return all(text in wordings for text, wordings in zip(texts, names, strict=True))


def _before_label(
    runs: Sequence[Run],
    bare: Sequence[str],
    i: int,
    block: BlockIndex,
    rivals: Sequence[BlockIndex],
) -> Rows | None:
    """A first row between the headings and its label, each other row behind its own label."""
    rows, columns = block.rows.keys, block.columns.keys
    held = runs[i : i + len(rows)]
    if len(rows) == 1 or len(held) < len(rows) or any(run.delimited for run in held):
        return None
    before = _without_tail(bare[i], columns)
    labels = {w for rival in rivals for w in rival.rows.telling}
    if before is None or any(before.endswith(label) for label in labels):
        return None
    if _without_tail(bare[i + 1], rows[:2]) != "":
        return None
    if not _are(bare[i + 2 : i + len(rows)], rows[2:]):
        return None
    if any(len(run.tokens) != len(columns) for run in held):
        return None
    return tuple(run.tokens for run in held)


def _turned(columns: Sequence[Run], height: int) -> Rows | None:
    """The rows of figures that are printed column by column, one on each line."""
    if any(run.delimited or len(run.tokens) != height for run in columns):
        return None
    if any(len(line) > 1 for run in columns for line in run.lines):
        return None
    if any(0 < at < height for run in columns for at in run.breaks):
        return None
    return tuple(zip(*(run.tokens for run in columns), strict=True))
