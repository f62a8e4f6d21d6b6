"""Flattened blocks that stand one below the other, each under headings of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio

from extractor.extraction.aligned import AlignedBlock
from extractor.extraction.chunks import (
    CONTEXT,
    LEAST_TAIL,
    NEAR_TAIL,
    UNSURE,
    Chunk,
    leads,
    names_others,
    row_readings,
    rows_of,
    tail_score,
)
from extractor.extraction.labels import (
    BlockIndex,
)
from extractor.extraction.tokens import Run
from extractor.report import Method, Reading


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run as a row of a block."""

    block: BlockIndex
    place: int
    heads: float
    score: float


def align_stacked(
    runs: Sequence[Run],
    keyed: Sequence[str],
    rivals: Sequence[BlockIndex],
    preferred: str,
) -> tuple[AlignedBlock, ...]:
    """Blocks one below the other, told apart by caption, heading and label."""
    context, captioned = "", [*rivals]
    chosen: list[tuple[Run, str, str, list[_Candidate]]] = []
    following = [*keyed[1:], ""]
    for run, key, after in zip(runs, keyed, following, strict=True):
        caption, named = _last_caption(key, rivals)
        if named:
            context, captioned = key[caption:][:CONTEXT], named
        else:
            context = (context + key)[-CONTEXT:]
        candidates = [
            _Candidate(block, place, _heads_score(context, block), score)
            for block in captioned
            for place in range(len(block.rows.keys))
            if (score := tail_score(key, after, block.rows, place)) > 0
        ]
        if candidates:
            chosen.append((run, key, after, candidates))
    totals: dict[str, float] = {}
    for _, _, _, candidates in chosen:
        for candidate in candidates:
            form = candidate.block.form
            totals[form] = totals.get(form, 0.0) + candidate.heads
    return _gather(chosen, totals, preferred)


def _last_caption(key: str, rivals: Sequence[BlockIndex]) -> tuple[int, list[BlockIndex]]:
    """Where the last caption in a text begins, and the blocks it names."""
    found = [
        (key.rfind(caption), block)
        for block in rivals
        for caption in block.captions
        if caption in key
    ]
    if not found:
        return 0, []
    last = max(position for position, _ in found)
    return last, [block for position, block in found if position == last]


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


def _gather(
    chosen: Sequence[tuple[Run, str, str, list[_Candidate]]],
    totals: Mapping[str, float],
    preferred: str,
) -> tuple[AlignedBlock, ...]:
    parts: dict[tuple[str, int], list[tuple[int, list[Reading], Run]]] = {}
    blocks: dict[tuple[str, int], BlockIndex] = {}
    for run, key, after, candidates in chosen:
        best = max(
            candidates,
            key=lambda c: (
                round(c.heads, 3), round(c.score, 2), round(totals[c.block.form], 3),
                c.block.form == preferred,
            ),
        )  # fmt: skip
        width = len(best.block.columns.keys)
        rows = rows_of(run, width, leading=leads([run], width))
        whole = rows is not None and len(rows) == 1
        tokens = rows[0] if rows is not None and whole else run.tokens
        sure = whole and best.heads > UNSURE and best.score >= NEAR_TAIL
        sure = sure and not names_others(key, best.place, set(), best.block.rows)
        chunk = Chunk(key, after, tokens, whole, run)
        spot = (best.block.form, best.block.position)
        blocks[spot] = best.block
        parts.setdefault(spot, []).append(
            (best.place, row_readings(chunk, best.block, best.place, best.score, sure), run)
        )
    return tuple(
        AlignedBlock(
            block=blocks[spot],
            readings=tuple(reading for _, readings, _ in rows for reading in readings),
            rows=frozenset(place for place, _, _ in rows),
            columns=frozenset(range(len(blocks[spot].columns.keys))),
            oddities=(),
            location=rows[0][2].location,
            method=Method.STREAM,
            fit=float(len(rows)),
        )
        for spot, rows in parts.items()
    )
