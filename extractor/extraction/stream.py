"""A flattened run of labels and figures against the blocks of a table.

Order is all that is left of the geometry, so a row is read only where its label stands before
exactly as many figures as the row has cells. Anything else is left unresolved.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.extraction.aligned import AlignedBlock
from extractor.extraction.counted import align_counted
from extractor.extraction.foreign import of_another_form
from extractor.extraction.headed import align_headed
from extractor.extraction.labelled import align_labelled
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.listed import align_listed
from extractor.extraction.referee import Referee
from extractor.extraction.remaining import align_remaining
from extractor.extraction.stacked import align_stacked
from extractor.extraction.tokens import Run
from extractor.extraction.unlabelled import align_unlabelled
from extractor.extraction.unplaced import with_open_rows
from extractor.report import State

_MOST_RUNS = 4000
"""Rows of figures beyond which a text is no report; a bound on time."""
_LEAST_AGAIN = 3
"""Labels that must come again, one after the other, for a table to stand there twice."""
_LEAST_LABEL = 4


def align_stream(
    runs: Sequence[Run],
    table: str,
    vocabulary: Vocabulary,
    referee: Referee,
    preferred: str = "",
) -> tuple[AlignedBlock, ...]:
    """Read one statutory table out of runs of labels and figures.

    Args:
        runs: What :func:`~extractor.extraction.tokens.runs_of` made of a stretch of the source.
        table: Id of the table looked for.
        vocabulary: The labels of all forms.
        referee: Says whether the form's arithmetic proves a set of figures.
        preferred: Id of the form in force, which decides between layouts that fit equally.

    Returns:
        The blocks found, those of a second copy of the table behind those of the first; empty where
        no label of the table stands before a figure.
    """
    rivals = vocabulary.of_table(table)
    if not rivals or not runs:
        return ()
    runs = runs[:_MOST_RUNS]
    found: list[AlignedBlock] = []
    for copy in _copies(runs, rivals, vocabulary):
        parts = _one_copy(copy, rivals, vocabulary, referee, preferred)
        if not _complete(parts, rivals):
            parts = align_counted(copy, rivals, vocabulary, referee, parts) or parts
        if parts and not _complete(parts, rivals) and rivals[0].labelled_rows:
            parts = (*parts, *align_remaining(copy, rivals, vocabulary, parts))
            parts = with_open_rows(copy, rivals, vocabulary, parts, preferred)
        found += parts
    return tuple(found)


def open_table(
    runs: Sequence[Run], table: str, vocabulary: Vocabulary, preferred: str = ""
) -> tuple[AlignedBlock, ...]:
    """A statutory table whose labels stand in a text without a row that could be read.

    Args:
        runs: What :func:`~extractor.extraction.tokens.runs_of` made of a stretch of the source.
        table: Id of the table looked for.
        vocabulary: The labels of all forms.
        preferred: Id of the form in force.

    Returns:
        Its rows, all of them open; empty where the table is not there.
    """
    rivals = vocabulary.of_table(table)
    runs = runs[:_MOST_RUNS]
    if not rivals or not runs or not rivals[0].labelled_rows:
        return ()
    return with_open_rows(runs, rivals, vocabulary, (), preferred)


def _complete(parts: Sequence[AlignedBlock], rivals: Sequence[BlockIndex]) -> bool:
    """Whether every cell of one form was read."""
    read = sum(r.state is not State.UNRESOLVED for part in parts for r in part.readings)
    forms = {part.block.form for part in parts}
    return any(
        read >= sum(len(block.rule.cells) for block in rivals if block.form == form)
        for form in forms
    )


def _one_copy(
    runs: Sequence[Run],
    rivals: Sequence[BlockIndex],
    vocabulary: Vocabulary,
    referee: Referee,
    preferred: str,
) -> tuple[AlignedBlock, ...]:
    if not rivals[0].labelled_rows:
        keyed = [vocabulary.key(run.label) for run in runs]
        return align_unlabelled(runs, keyed, rivals, referee, preferred)
    if len({block.position for block in rivals}) > 1:
        parts = align_stacked(runs, rivals, vocabulary, preferred)
        if _complete(parts, rivals):
            return parts
        listed = align_listed(runs, rivals, vocabulary)
        return (*parts, *listed, *align_headed(runs, rivals, vocabulary))
    fitted = [align_labelled(runs, block, vocabulary, referee) for block in rivals]
    found = [aligned for aligned in fitted if aligned is not None]
    found = [
        a for a in found if not of_another_form(runs, a.block.form, rivals, vocabulary)
    ] or found
    if not found:
        return ()
    return (max(found, key=lambda a: (round(a.fit, 3), a.block.form == preferred)),)


def _copies(
    runs: Sequence[Run], rivals: Sequence[BlockIndex], vocabulary: Vocabulary
) -> list[Sequence[Run]]:
    """The runs of each copy of a table that stands in the text more than once."""
    named = [_row_named(vocabulary.key(run.label), rivals) for run in runs]
    labelled = [(i, name) for i, name in enumerate(named) if name]
    cuts = [0]
    seen: list[str] = []
    for k, (i, name) in enumerate(labelled):
        again = [other for _, other in labelled[k : k + _LEAST_AGAIN]]
        if len(again) == _LEAST_AGAIN and _follow(again, seen):
            cuts.append(i)
            seen = []
        seen.append(name)
    return [runs[start:stop] for start, stop in zip(cuts, [*cuts[1:], len(runs)], strict=True)]


def _follow(names: Sequence[str], seen: Sequence[str]) -> bool:
    """Whether names stand in a list one after the other."""
    if names[0] not in seen:
        return False
    start = seen.index(names[0])
    return list(seen[start : start + len(names)]) == list(names)


def _row_named(label: str, rivals: Sequence[BlockIndex]) -> str:
    """The longest statutory row label that ends a text."""
    held = {
        wordings[0]
        for block in rivals
        for wordings in block.rows.keys
        if len(wordings[0]) >= _LEAST_LABEL and label.endswith(wordings)
    }
    return max(held, key=len, default="")
