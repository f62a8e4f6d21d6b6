"""A flattened block whose rows carry labels: rows by label and order."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.extraction.aligned import AlignedBlock, Oddity
from extractor.extraction.assign import align, fill_by_position, place_exact
from extractor.extraction.chunks import (
    LABELLED,
    LEAST_TAIL,
    UNSURE,
    Chunk,
    chunks_of,
    names_others,
    row_readings,
    tail_score,
)
from extractor.extraction.frames import frame_of
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.referee import Referee
from extractor.extraction.stream_heads import (
    headings_told,
    sound_heads,
    unknown_columns,
    unknown_heading,
)
from extractor.extraction.tokens import Run
from extractor.report import Evidence, Method, Reading

_MANY = 3
"""Rows whose sums fail that are no slips of the writer if most others fail as well."""
_SOME = 2
"""The same where the headings do not stand there in order, and no other row adds up."""
_WHOLE = 3
"""One label in so many must stand before a whole row."""
_ODD_ROW = 0.5
"""What a whole row that a form does not know costs it against its rivals; filling one earns it."""


def align_labelled(
    runs: Sequence[Run], block: BlockIndex, vocabulary: Vocabulary, referee: Referee
) -> AlignedBlock | None:
    """One block whose rows carry labels, ``None`` where too few of them stand before figures."""
    keyed = [vocabulary.key(run.label) for run in runs]
    units = [vocabulary.key(run.unit) for run in runs]
    n_rows, width = len(block.rows.keys), len(block.columns.keys)
    following = [*keyed[1:], ""]
    by_run = [
        [tail_score(label, after, block.rows, j, unit) if label else 0.0 for j in range(n_rows)]
        for label, after, unit in zip(keyed, following, units, strict=True)
    ]
    lines = [
        line
        for run, fits in zip(runs, by_run, strict=True)
        if run.delimited and max(fits) > 0
        for line in run.lines
    ]
    frame = frame_of(lines, width)
    chunks = chunks_of(runs, keyed, units, frame)
    known = {id(run): fits for run, fits in zip(runs, by_run, strict=True)}
    nothing = [0.0] * n_rows
    scores = [known[id(chunk.run)] if chunk.label else nothing for chunk in chunks]
    targets = align(scores, n_rows)
    named = sum(
        1
        for i, target in enumerate(targets)
        if target is not None and scores[i][target] >= LABELLED
    )
    if named < _least_rows(n_rows):
        return None
    placed = place_exact(targets, scores)
    filled = _filled(chunks, targets, placed, block)
    taken = {place for place in placed if place is not None}
    first = next(i for i, place in enumerate(filled) if place is not None)
    foreign = unknown_heading(chunks[first].run.labels, block, (block,), vocabulary)
    sound = sound_heads(chunks[: first + 1], block) and foreign is None
    apart = {listed for listed in (False, True) if _come_apart(chunks, scores, listed=listed)}
    rows: list[tuple[Chunk, int, float, bool]] = []
    for i, (chunk, place) in enumerate(zip(chunks, filled, strict=True)):
        if place is None:
            continue
        sure = chunk.whole and not names_others(chunk.label, place, taken, block.rows)
        sure = sure and sound and not _goes_on(chunks, filled, i)
        sure = sure and (i == first or not _holds_another(chunk, place, taken, block, vocabulary))
        sure = sure and (not chunk.cut or _alike(chunk.run, width))
        sure = sure and (chunk.run.delimited or _is_list(chunk.run) not in apart)
        sure = sure and not _is_loose(place, taken, block)
        rows.append((chunk, place, scores[i][place] or UNSURE, sure))
    headed = headings_told(chunks[: first + 1], block)
    readings = _readings(rows, block, referee, headed=headed, picked=frame.columns is not None)
    odd = _odd_rows(chunks, filled, width)
    return AlignedBlock(
        block=block,
        readings=tuple(readings),
        rows=frozenset(place for place in filled if place is not None),
        columns=frozenset(range(width)),
        oddities=(*_unknown_rows(odd), *unknown_columns(foreign)),
        location=rows[0][0].run.location,
        method=Method.STREAM,
        fit=sum(scores[i][j] for i, j in enumerate(targets) if j is not None)
        + _ODD_ROW * (sum(j is not None for j in filled) - len(taken) - len(odd)),
    )


def _holds_another(
    chunk: Chunk, place: int, taken: set[int], block: BlockIndex, vocabulary: Vocabulary
) -> bool:
    """Whether a word before the label of a row is the label of another row without figures.

    Then the figures may be those of either. Before the first row such words are headings.
    """
    for word in chunk.run.labels[:-1]:
        named = block.rows.lookup.get(vocabulary.key(word.text), ())
        if named and place not in named and not taken.intersection(named):
            return True
    return False


def _filled(
    chunks: Sequence[Chunk],
    targets: Sequence[int | None],
    placed: Sequence[int | None],
    block: BlockIndex,
) -> Sequence[int | None]:
    """Rows that have lost their labels placed between their neighbours, if all are in order."""
    if tuple(placed) != tuple(targets):
        return placed

    def may_be(i: int, target: int) -> bool:
        label, whole = chunks[i].label, chunks[i].whole
        length = len(block.rows.keys[target][0])
        bare = not label or any(label.endswith(group) for group in block.groups)
        return whole and (bare or block.rows.could_be(label[-length:], target))

    return fill_by_position(targets, may_be, len(block.rows.keys))


def _readings(
    rows: Sequence[tuple[Chunk, int, float, bool]],
    block: BlockIndex,
    referee: Referee,
    *,
    headed: bool,
    picked: bool,
) -> list[Reading]:
    """Readings of all rows; the form's arithmetic must bear out rows cut out of longer runs.

    So it must those with one figure on each line where other rows have too many or too few.

    ``headed`` tells that the headings stand above them in order, ``picked`` that a column was left
    out because it is blank in every row: then the sums of the whole block must hold.
    """
    readings: list[Reading] = []
    width = len(block.columns.keys)
    odd = not all(chunk.whole for chunk, _, _, _ in rows)
    if _refuted(rows, block, referee, headed=headed):
        return _unsure(rows, block)
    for chunk, place, score, sure in rows:
        row = row_readings(chunk, block, place, score, sure)
        if sure and (
            (chunk.cut and len(chunk.run.tokens) > width) or (odd and _is_list(chunk.run))
        ):
            numbers = {r.indicator: r.number for r in row if r.number is not None}
            if referee.refutes(block.form, block.table, numbers):
                row = row_readings(chunk, block, place, score, sure=False)
        readings += row
    if not picked:
        return readings
    numbers = {r.indicator: r.number for r in readings if r.number is not None}
    if len(set(numbers.values())) == 1 or referee.proves(block.form, block.table, numbers):
        return readings
    return _unsure(rows, block)


def _unsure(rows: Sequence[tuple[Chunk, int, float, bool]], block: BlockIndex) -> list[Reading]:
    return [
        reading
        for chunk, place, _, _ in rows
        for reading in row_readings(chunk, block, place, UNSURE, sure=False)
    ]


def _refuted(
    rows: Sequence[tuple[Chunk, int, float, bool]],
    block: BlockIndex,
    referee: Referee,
    *,
    headed: bool,
) -> bool:
    """Whether the sums of so many rows fail that the figures cannot be those of the form.

    Where more rows have too many figures or too few, they are broken over lines, and one is enough.
    """
    wrong = right = 0
    for chunk, place, score, sure in rows:
        row = row_readings(chunk, block, place, score, sure)
        numbers = {r.indicator: r.number for r in row if r.number is not None}
        if any(numbers.values()):
            refuted = referee.refutes(block.form, block.table, numbers)
            wrong += refuted
            right += not refuted
    broken = sum(not chunk.whole for chunk, _, _, _ in rows) > wrong + right
    return wrong > right and (
        wrong >= _MANY or broken or (not headed and wrong >= _SOME and not right)
    )


def _come_apart(
    chunks: Sequence[Chunk], scores: Sequence[Sequence[float]], *, listed: bool
) -> bool:
    """Whether so few labels stand before whole rows that this may be chance.

    Only of text without cells: with one of them on each line (``listed``), whose lines may have
    changed places, or with several, where most figures are broken over lines.
    """
    labelled = [
        chunk
        for chunk, fits in zip(chunks, scores, strict=True)
        if chunk.label
        and max(fits) >= LABELLED
        and not chunk.run.delimited
        and _is_list(chunk.run) == listed
        and (listed or chunk.whole or len(chunk.run.lines) > 1)
    ]
    return sum(chunk.whole for chunk in labelled) * _WHOLE < len(labelled)


def _is_loose(place: int, taken: set[int], block: BlockIndex) -> bool:
    """Whether a label that means little by itself stands there without the one before it."""
    return place > 0 and len(block.rows.keys[place][0]) < LEAST_TAIL and place - 1 not in taken


def _is_list(run: Run) -> bool:
    return not run.delimited and all(len(line) == 1 for line in run.lines)


def _goes_on(chunks: Sequence[Chunk], filled: Sequence[int | None], i: int) -> bool:
    """Whether figures too few for a row follow before the next row: the rest of wrapped ones."""
    width = len(chunks[i].tokens)
    for j in range(i + 1, len(chunks)):
        if filled[j] is not None:
            return False
        figures = sum(bool(token.text) for token in chunks[j].tokens)
        if not chunks[j].whole and 0 < figures < width:
            return True
    return False


def _alike(run: Run, width: int) -> bool:
    """Whether a run that was cut into rows holds one row, or the same row several times.

    Of several rows behind one label it cannot be told which one the label names.
    """
    texts = [token.text for token in run.tokens]
    return len(texts) == width or len(set(texts)) == 1


def _least_rows(n_rows: int) -> int:
    """Labels that must stand before figures for a stretch of text to be this table at all."""
    return min(3, n_rows)


def _odd_rows(chunks: Sequence[Chunk], filled: Sequence[int | None], width: int) -> list[Chunk]:
    """Whole rows between the first and the last known one that the block does not know."""
    known = [i for i, place in enumerate(filled) if place is not None]
    return [
        chunk
        for i, (chunk, place) in enumerate(zip(chunks, filled, strict=True))
        if place is None
        and (known[0] < i < known[-1] or (i > known[-1] and chunk.run.delimited))
        and len(chunk.tokens) >= width
        and any(token.text for token in chunk.tokens)
    ]


def _unknown_rows(odd: Sequence[Chunk]) -> tuple[Oddity, ...]:
    if not odd:
        return ()
    evidence = tuple(
        Evidence("row", " ".join(t.text for t in chunk.tokens), chunk.run.location) for chunk in odd
    )
    return (Oddity("rows_unexpected", "、".join(c.label[-16:] or "—" for c in odd), evidence),)
