"""Flattened blocks that stand one below the other, each under headings of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio

from extractor.extraction.aligned import AlignedBlock
from extractor.extraction.chunks import (
    CONTEXT,
    LABELLED,
    LEAST_TAIL,
    NEAR_TAIL,
    UNSURE,
    Chunk,
    names_others,
    row_readings,
    rows_of,
    tail_score,
)
from extractor.extraction.frames import frame_of
from extractor.extraction.labels import BlockIndex, Vocabulary
from extractor.extraction.pieces import Token
from extractor.extraction.stream_heads import is_heading, unknown_columns, unknown_heading
from extractor.extraction.tiled import Flow, TooManyError, layouts
from extractor.extraction.tokens import Run
from extractor.report import Method, Reading


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run as a row of a block. ``again`` is how often its first heading stands before it."""

    block: BlockIndex
    place: int
    heads: float
    score: float
    again: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A run that may be a row, with the text around it.

    ``heads`` are the words of the headings above it; ``figures`` are given where the run holds
    several rows.
    """

    run: Run
    key: str
    after: str
    heads: tuple[Token, ...]
    candidates: Sequence[_Candidate]
    figures: tuple[Token, ...] | None = None


def align_stacked(
    runs: Sequence[Run],
    rivals: Sequence[BlockIndex],
    vocabulary: Vocabulary,
    preferred: str,
) -> tuple[AlignedBlock, ...]:
    """Blocks one below the other, told apart by caption, heading and label."""
    context, captioned = "", [*rivals]
    heads: tuple[Token, ...] = ()
    chosen: list[_Row] = []
    keyed = [vocabulary.key(run.label) for run in runs]
    following = [*keyed[1:], vocabulary.key(runs[-1].after)]
    for run, key, after in zip(runs, keyed, following, strict=True):
        unit = vocabulary.key(run.unit)
        caption, named = _captions(key, rivals)
        if named:
            context, captioned, heads = key[caption:][:CONTEXT], named, ()
        else:
            context = (context + key)[-CONTEXT:]
        if any(is_heading(vocabulary.key(token.text), rivals) for token in run.labels):
            heads = run.labels
        candidates = [
            _Candidate(block, place, _heads_score(context, block), score, _headed(context, block))
            for block in captioned
            for place in range(len(block.rows.keys))
            if (score := tail_score(key, after, block.rows, place, unit)) > 0
        ]
        candidates = candidates or _elsewhere(key, context, rivals)
        if candidates:
            chosen.append(_Row(run, key, after, heads, candidates))
            continue
        for block in captioned:
            found = _before_heads(key, run, block)
            score = _heads_score(context, block)
            for place, figures in found:
                candidate = _Candidate(block, place, score, LABELLED, _headed(context, block))
                chosen.append(_Row(run, key, after, heads, [candidate], figures))
            if found:
                break
    totals: dict[str, float] = {}
    for row in chosen:
        for candidate in row.candidates:
            form = candidate.block.form
            totals[form] = totals.get(form, 0.0) + candidate.heads
    return _gather(chosen, totals, rivals, vocabulary, preferred)


def _elsewhere(key: str, context: str, rivals: Sequence[BlockIndex]) -> list[_Candidate]:
    """A row of a block that no caption names, as where captions come late in the text."""
    return [
        _Candidate(block, place, _heads_score(context, block), 1.0, _headed(context, block))
        for block in rivals
        for place in range(len(block.rows.keys))
        if tail_score(key, "", block.rows, place) >= 1
    ]


def _before_heads(key: str, run: Run, block: BlockIndex) -> list[tuple[int, tuple[Token, ...]]]:
    """Rows whose labels come before headings of their block, and the headings before the figures.

    One row with its figures; or all rows of the block, if each has one figure or they come to the
    same in whatever blocks they were printed.
    """
    held = [
        (key.rfind(wording), place, wording)
        for place, wordings in enumerate(block.rows.keys)
        if (wording := next((w for w in wordings if w and w in key), ""))
    ]
    if not held or held != sorted(held):
        return []
    rest = key[held[0][0] :]
    headed = sum(any(w and w in rest for w in names) for names in block.columns.keys)
    words = {wording for _, _, wording in held} | block.columns.lookup.keys() | block.stub_heads
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    tokens, width = run.tokens, len(block.columns.keys)
    if rest or run.delimited or len(tokens) != len(held) * width:
        return []
    if len(held) == 1:
        apart = len(block.rows.keys) > 1 and 0 < headed < width
        return [] if apart else [(held[0][1], tokens)]
    if len(held) < len(block.rows.keys) or not _one_way(tokens, len(held), width):
        return []
    return [(place, tokens[place * width : (place + 1) * width]) for _, place, _ in held]


def _one_way(tokens: Sequence[Token], height: int, width: int) -> bool:
    """Whether figures make the same rows, whether printed row by row or in blocks."""
    if width == 1 or len({token.text for token in tokens}) == 1:
        return True
    flow = Flow([token.text for token in tokens], frozenset(range(len(tokens))), frozenset())
    try:
        return len(layouts(flow, height, width, lambda _place, _texts: True)) == 1
    except TooManyError:
        return False


def _captions(key: str, rivals: Sequence[BlockIndex]) -> tuple[int, list[BlockIndex]]:
    """Where the first caption in a text begins, and the blocks that all of them name.

    Captions with no figures between them stand over blocks that are beside one another.
    """
    found = [
        (key.find(caption), block)
        for block in rivals
        for caption in block.captions
        if caption in key
    ]
    if not found:
        return 0, []
    named = {id(block): block for _, block in found}
    return min(position for position, _ in found), list(named.values())


def _heads_score(context: str, block: BlockIndex) -> float:
    """Share of a block's column headings that stand in the text, in order."""
    start, held = 0, 0.0
    for wordings in block.columns.keys:
        places = [context.find(w, start) for w in wordings if w and context.find(w, start) >= 0]
        if places:
            start = min(places) + 1
            held += 1
        elif len(wordings[0]) > LEAST_TAIL:
            near = partial_ratio(wordings[0], context[start:]) / 100
            held += near if near >= NEAR_TAIL else 0
    return held / len(block.columns.keys)


def _headed(context: str, block: BlockIndex) -> int:
    """How often the first heading of a block stands in a text."""
    return max(context.count(wording) for wording in block.columns.keys[0] if wording)


def _row_of(row: _Row, candidate: _Candidate, vocabulary: Vocabulary) -> tuple[Token, ...] | None:
    """The figures of a run as one row, ``None`` where they are none.

    In a table whose merged cells were taken apart a heading may be printed more than once, and then
    so is its figure.
    """
    block, run = candidate.block, row.run
    width, tokens = len(block.columns.keys), run.tokens
    if width == 1 and 1 < len(tokens) <= candidate.again and len({t.text for t in tokens}) == 1:
        return tokens[:1]
    keys = [vocabulary.key(token.text) for token in row.heads]
    printed = [block.columns.lookup[key][0] for key in keys if key in block.columns.lookup]
    if width < len(tokens) == len(printed):
        held = [
            {t.text for t, c in zip(tokens, printed, strict=True) if c == k} for k in range(width)
        ]
        if all(len(texts) == 1 for texts in held):
            return tuple(tokens[printed.index(column)] for column in range(width))
    rows = rows_of(run, frame_of(run.lines, width))
    return rows[0] if rows is not None and len(rows) == 1 else None


def _rank(
    candidate: _Candidate, totals: Mapping[str, float], preferred: str
) -> tuple[float, float, float, bool]:
    """Headings first, if most of them stand there; then the label, then the form of the others."""
    heads = candidate.heads if candidate.heads > UNSURE else 0.0
    form = candidate.block.form
    return round(heads, 3), round(candidate.score, 2), round(totals[form], 3), form == preferred


def _gather(
    chosen: Sequence[_Row],
    totals: Mapping[str, float],
    rivals: Sequence[BlockIndex],
    vocabulary: Vocabulary,
    preferred: str,
) -> tuple[AlignedBlock, ...]:
    parts: dict[tuple[str, int], list[tuple[int, list[Reading], Run]]] = {}
    foreign: dict[tuple[str, int], Token | None] = {}
    blocks: dict[tuple[str, int], BlockIndex] = {}
    for row in chosen:
        best = max(row.candidates, key=lambda c: _rank(c, totals, preferred))
        figures = row.figures or _row_of(row, best, vocabulary)
        whole = figures is not None
        spot = (best.block.form, best.block.position)
        siblings = [block for block in rivals if block.form == best.block.form]
        foreign[spot] = foreign.get(spot) or unknown_heading(
            row.heads, best.block, siblings, vocabulary
        )
        sure = whole and best.heads > UNSURE and best.score >= NEAR_TAIL and not foreign[spot]
        alone = row.figures or not names_others(row.key, best.place, set(), best.block.rows)
        sure = sure and bool(alone)
        tokens = row.run.tokens if figures is None else figures
        chunk = Chunk(row.key, row.after, tokens, whole, row.run)
        blocks[spot] = best.block
        parts.setdefault(spot, []).append(
            (best.place, row_readings(chunk, best.block, best.place, best.score, sure), row.run)
        )
    return tuple(
        AlignedBlock(
            block=blocks[spot],
            readings=tuple(reading for _, readings, _ in rows for reading in readings),
            rows=frozenset(place for place, _, _ in rows),
            columns=frozenset(range(len(blocks[spot].columns.keys))),
            oddities=unknown_columns(foreign[spot]),
            location=rows[0][2].location,
            method=Method.STREAM,
            fit=float(len(rows)),
        )
        for spot, rows in parts.items()
    )
