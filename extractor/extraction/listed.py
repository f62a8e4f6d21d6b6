"""Blocks one below the other whose row labels are listed apart from their figures.

Programs that print a page as text may print the column of labels first. What is left of a block is
then its caption, its column headings and all of its figures, row by row. Nothing is read unless
every label, heading and figure of the block is there, in the order of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.extraction.aligned import AlignedBlock
from extractor.extraction.chunks import whole_block
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.pieces import Token
from extractor.extraction.remaining import is_claimed
from extractor.extraction.tokens import Run

Figures = tuple[Token, ...]


def align_listed(
    runs: Sequence[Run], rivals: Sequence[BlockIndex], vocabulary: Vocabulary
) -> tuple[AlignedBlock, ...]:
    """The blocks of a table that are read by caption, headings and the number of figures."""
    keyed = [vocabulary.key(run.label) for run in runs]
    found: list[AlignedBlock] = []
    for block in rivals:
        for i, label in enumerate(keyed):
            heads = _under_caption(label, block, rivals)
            if not heads:
                continue
            after = vocabulary.key(runs[i].after)
            single = len(block.rows.keys) == 1
            named = "".join(keyed[: i + 1]) + (after if single else "")
            claimed = single and is_claimed(runs[:i], block, vocabulary)
            if _listed(named, block) and not claimed:
                rows = _rows(runs, keyed, i, heads, after, block, rivals)
                found += [whole_block(runs[i], label, rows, block)] if rows else []
    return tuple(found)


def _listed(text: str, block: BlockIndex) -> bool:
    """Whether the labels of all rows stand in a text, in the order of the form.

    The text ends at the figures: labels below them may have figures of their own.
    """
    places = [
        min((at for w in wordings if w and (at := text.find(w)) >= 0), default=-1)
        for wordings in block.rows.keys
    ]
    return min(places) >= 0 and places == sorted(places)


def _under_caption(label: str, block: BlockIndex, rivals: Sequence[BlockIndex]) -> str:
    """The headings between the last caption of a text, if it is that of a block, and its end.

    Row labels that are listed between them are left out. Where only some of the block's are there,
    the figures may belong to the last of them alone.
    """
    captions = {caption for rival in rivals for caption in rival.captions if caption}
    last = max(captions, key=lambda caption: (label.rfind(caption), len(caption)), default="")
    if last not in block.captions or last not in label:
        return ""
    heads = label[label.rfind(last) + len(last) :]
    named = sum(any(w and w in heads for w in wordings) for wordings in block.rows.keys)
    if 0 < named < len(block.rows.keys):
        return ""
    rows = {wording for rival in rivals for wording in rival.rows.telling}
    for word in sorted(rows | block.stub_heads, key=len, reverse=True):
        heads = heads.replace(word, "")
    return heads


def _headings(text: str, block: BlockIndex, first: int) -> int:
    """How many column headings from ``first`` on a text consists of, 0 where of anything else."""
    count = 0
    for wordings in block.columns.keys[first:]:
        held = max((w for w in wordings if w and text.startswith(w)), key=len, default="")
        if not held:
            break
        text, count = text.removeprefix(held), count + 1
    return 0 if text else count


def _rows(
    runs: Sequence[Run],
    keyed: Sequence[str],
    i: int,
    heads: str,
    after: str,
    block: BlockIndex,
    rivals: Sequence[BlockIndex],
) -> list[Figures]:
    """The figures of all rows of a block, empty where they are not all there."""
    height, width = len(block.rows.keys), len(block.columns.keys)
    known = _headings(heads, block, 0)
    if not known:
        return []
    figures = _unbroken(runs[i])
    if (
        known == width
        and height == 1
        and any(w and after.startswith(w) for w in block.rows.keys[0])
    ):
        figures = runs[i].tokens
    if len(figures) != known * height or (len(figures) == 1 < len(runs[i].tokens)):
        return []
    rows = [figures[at : at + known] for at in range(0, len(figures), known)]
    if known == width:
        return rows
    rest = list(_of_columns(runs, keyed, known, block, rivals)) if height > 1 else []
    if len(rest) != 1:
        return []
    others = width - known
    return [row + rest[0][r * others : (r + 1) * others] for r, row in enumerate(rows)]


def _of_columns(
    runs: Sequence[Run],
    keyed: Sequence[str],
    first: int,
    block: BlockIndex,
    rivals: Sequence[BlockIndex],
) -> Iterator[Figures]:
    """The figures of the last columns of a block, under headings that no other block has."""
    ending = "".join(wordings[0] for wordings in block.columns.keys[first:])
    siblings = [other for other in rivals if other.form == block.form and other is not block]
    heading = block.columns.keys[first][0]
    if any(heading in wordings for other in siblings for wordings in other.columns.keys):
        return
    height, others = len(block.rows.keys), len(block.columns.keys) - first
    for run, label in zip(runs, keyed, strict=True):
        figures = _unbroken(run)
        if label.endswith(ending) and len(figures) == height * others:
            yield figures


def _unbroken(run: Run) -> Figures:
    """The figures of a run up to the first blank line among them."""
    return run.tokens[: min(run.breaks, default=len(run.tokens))]
