"""A flattened run of labels and figures against the blocks of a table.

Order is all that is left of the geometry, so a row is read only where its label stands before
exactly as many figures as the row has cells. Anything else is left unresolved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from rapidfuzz.fuzz import partial_ratio, ratio

from extractor.document import Location
from extractor.extraction.aligned import AlignedBlock, Oddity
from extractor.extraction.labels import (
    AxisIndex,
    BlockIndex,
    Vocabulary,
    align,
    fill_by_position,
    place_exact,
)
from extractor.extraction.readings import read_text
from extractor.extraction.tokens import Run, Token
from extractor.numerals import money_unit
from extractor.report import Evidence, Method, Reading, State
from extractor.rulebook.model import CellRule, Quantity


class Referee(Protocol):
    """The form's arithmetic as a judge of figures whose place is in doubt."""

    def proves(self, form: str, table: str, numbers: Mapping[str, Decimal]) -> bool:
        """Whether the sums hold, with at least one figure to test them."""

    def refutes(self, form: str, table: str, numbers: Mapping[str, Decimal]) -> bool:
        """Whether any sum whose operands are all known fails."""


_LEAST_TAIL = 4
_SLACK = 3
_REST = 6
"""Characters of the rest of a label, and of what a group label may put in front of it."""
_NEAR_TAIL = 0.78
_LABELLED = 0.9
_UNSURE = 0.5


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The figures of one printed row.

    ``whole`` tells that there are as many as the row has cells; ``cut`` that the row was cut out of
    a longer run by counting.
    """

    label: str
    after: str
    tokens: tuple[Token, ...]
    whole: bool
    run: Run
    cut: bool = False


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
        The blocks found; empty where no label of the table stands before a figure.
    """
    rivals = vocabulary.of_table(table)
    if not rivals or not runs:
        return ()
    keyed = [vocabulary.key(run.label) for run in runs]
    if not rivals[0].labelled_rows:
        return _unlabelled(runs, keyed, rivals, referee, preferred)
    if len({block.position for block in rivals}) == 1:
        fitted = [_labelled(runs, keyed, block, referee) for block in rivals]
        found = [aligned for aligned in fitted if aligned is not None]
        if not found:
            return ()
        return (max(found, key=lambda a: (round(a.fit, 3), a.block.form == preferred)),)
    return _stacked(runs, keyed, rivals, preferred)


def _tail_score(label: str, after: str, axis: AxisIndex, index: int) -> float:
    """How well the end of a run of label text names a row: 1 is the label itself."""
    best = 0.0
    for wording in axis.keys[index]:
        if not wording:
            continue
        if label.endswith(wording):
            return 1.0 if len(wording) >= _LEAST_TAIL or label == wording else _LABELLED
        if len(wording) >= _LEAST_TAIL:
            best = max(best, _near_tail(label, wording), _cut_tail(label, after, wording))
    return best


def _near_tail(label: str, wording: str) -> float:
    """Likeness of a damaged label, a few characters longer or shorter, to the end of the text."""
    if len(wording) <= _LEAST_TAIL:
        return 0.0
    lengths = range(max(_LEAST_TAIL, len(wording) - _SLACK), len(wording) + 2)
    alike = max(ratio(label[-length:], wording) / 100 for length in lengths)
    return alike * 0.95 if alike >= _NEAR_TAIL else 0.0


def _cut_tail(label: str, after: str, wording: str) -> float:
    """A label that goes on after its figures, as where figures stand beside the middle line."""
    for cut in range(len(wording) - 1, _LEAST_TAIL - 1, -1):
        if label.endswith(wording[:cut]):
            rest = wording[cut:]
            if 0 <= after.find(rest[:_REST]) <= _REST:
                return 0.97
            return 0.75 if cut * 2 >= len(wording) else 0.0
    return 0.0


def _chunks(runs: Sequence[Run], keyed: Sequence[str], width: int) -> list[_Chunk]:
    """Runs cut into rows of ``width`` figures where they hold whole rows, else left odd."""
    leading = _leads(runs, width)
    chunks: list[_Chunk] = []
    following = [*keyed[1:], ""]
    for run, key, after in zip(runs, keyed, following, strict=True):
        rows = _rows_of(run, width, leading)
        if rows is None:
            chunks.append(_Chunk(key, after, run.tokens, whole=False, run=run))
            continue
        by_line = len(rows) == len(run.lines)
        for number, row in enumerate(rows):
            label = "" if number else key
            chunks.append(_Chunk(label, after, row, whole=True, run=run, cut=not by_line))
    return chunks


def _leads(runs: Sequence[Run], width: int) -> bool:
    """Whether extra blanks stand before the figures in every row (pads of a merged label)."""
    extra = [line for run in runs if run.delimited for line in run.lines if len(line) > width]
    lead = all(not any(t.text for t in line[: len(line) - width]) for line in extra)
    trail = all(not any(t.text for t in line[width:]) for line in extra)
    return bool(extra) and lead and not trail


def _rows_of(run: Run, width: int, leading: bool) -> list[tuple[Token, ...]] | None:
    """The rows of a run, ``None`` where its figures do not make whole rows."""
    if run.delimited:
        rows = []
        for line in run.lines:
            row = _fit_width(line, width, leading)
            if row is None:
                return None
            rows.append(row)
        return rows
    tokens = run.tokens
    if all(len(line) == width for line in run.lines):
        return list(run.lines)
    if width == 1 and len({token.text for token in tokens}) == 1 < len(tokens):
        return [tokens[:1]]
    if len(tokens) % width == 0 and all(width % len(line) == 0 for line in run.lines):
        return [tokens[i : i + width] for i in range(0, len(tokens), width)]
    return None


def _fit_width(line: tuple[Token, ...], width: int, leading: bool) -> tuple[Token, ...] | None:
    """A delimited row without the pads of merged cells, ``None`` where they cannot be told."""
    extra = len(line) - width
    if extra < 0:
        return None
    if extra == 0:
        return line
    head, tail = line[:extra], line[width:]
    if leading and not any(token.text for token in head):
        return line[extra:]
    if not any(token.text for token in tail) and (
        width == 1 or any(token.text for token in line[:1]) or not any(t.text for t in line)
    ):
        return line[:width]
    return None


def _labelled(
    runs: Sequence[Run], keyed: Sequence[str], block: BlockIndex, referee: Referee
) -> AlignedBlock | None:
    """One block whose rows carry labels, by label and order."""
    n_rows, width = len(block.rows.keys), len(block.columns.keys)
    chunks = _chunks(runs, keyed, width)
    scores = [
        [_tail_score(chunk.label, chunk.after, block.rows, j) if chunk.label else 0.0
         for j in range(n_rows)]
        for chunk in chunks
    ]  # fmt: skip
    targets = align(scores, n_rows)
    named = sum(
        1
        for i, target in enumerate(targets)
        if target is not None and scores[i][target] >= _LABELLED
    )
    if named < _least_rows(n_rows):
        return None
    placed = place_exact(targets, scores)

    def may_be(i: int, target: int) -> bool:
        label, whole = chunks[i].label, chunks[i].whole
        length = len(block.rows.keys[target][0])
        return whole and (not label or block.rows.could_be(label[-length:], target))

    filled = fill_by_position(targets, may_be, n_rows) if placed == targets else placed
    taken = {place for place in placed if place is not None}
    first = next(i for i, place in enumerate(filled) if place is not None)
    heads = "".join(chunk.label for chunk in chunks[: first + 1])
    ordered = _heads_in_order(heads, block) and _heads_whole(heads, block)
    readings: list[Reading] = []
    for i, (chunk, place) in enumerate(zip(chunks, filled, strict=True)):
        if place is None:
            continue
        score = scores[i][place] or _UNSURE
        sure = chunk.whole and not _names_others(chunk.label, place, taken, block.rows)
        sure = sure and ordered and not _goes_on(chunks, filled, i)
        sure = sure and (not chunk.cut or _alike(chunk.run, width))
        row = _row_readings(chunk, block, place, score, sure)
        if sure and chunk.cut and len(chunk.run.tokens) > width:
            numbers = {r.indicator: r.number for r in row if r.number is not None}
            if referee.refutes(block.form, block.table, numbers):
                row = _row_readings(chunk, block, place, score, sure=False)
        readings += row
    places = [chunk for chunk, place in zip(chunks, filled, strict=True) if place is not None]
    return AlignedBlock(
        block=block,
        readings=tuple(readings),
        rows=frozenset(place for place in filled if place is not None),
        columns=frozenset(range(width)),
        oddities=_unknown_rows(chunks, filled, width),
        location=places[0].run.location,
        method=Method.STREAM,
        fit=sum(scores[i][j] for i, j in enumerate(targets) if j is not None),
    )


def _goes_on(chunks: Sequence[_Chunk], filled: Sequence[int | None], i: int) -> bool:
    """Whether figures too few for a row follow before the next row: the rest of wrapped ones."""
    width = len(chunks[i].tokens)
    for j in range(i + 1, len(chunks)):
        if filled[j] is not None:
            return False
        if not chunks[j].whole and 0 < len(chunks[j].tokens) < width:
            return True
    return False


def _alike(run: Run, width: int) -> bool:
    """Whether a run that was cut into rows holds one row, or the same row several times.

    Of several rows behind one label it cannot be told which one the label names.
    """
    texts = [token.text for token in run.tokens]
    return len(texts) == width or len(set(texts)) == 1


def _heads_in_order(text: str, block: BlockIndex) -> bool:
    """Whether the column headings that stand in a text stand in the order of the form.

    Headings of one group are compared with each other; which group comes first in the text depends
    on how it was flattened.
    """
    for group in block.groups:
        text = text.replace(group, "|")
    last: dict[tuple[str, ...], int] = {}
    for wordings, parents in zip(block.columns.keys, block.column_parents, strict=True):
        place = text.find(wordings[0])
        if place < 0:
            continue
        if place < last.get(parents, -1):
            return False
        last[parents] = place
    return True


def _heads_whole(text: str, block: BlockIndex) -> bool:
    """Whether the column headings before the first row are all there, or none of them.

    With one of them gone, as many figures as the form has columns may still be other columns.
    """
    found = [
        any(wording in text for wording in wordings if wording)
        or (len(wordings[0]) > _LEAST_TAIL and partial_ratio(wordings[0], text) >= 100 * _NEAR_TAIL)
        for wordings in block.columns.keys
    ]
    telling = [len(wordings[0]) > 2 for wordings in block.columns.keys]
    some = any(hit and long for hit, long in zip(found, telling, strict=True))
    return all(found) or not some or _scrambled(text, block)


def _least_rows(n_rows: int) -> int:
    """Labels that must stand before figures for a stretch of text to be this table at all."""
    return min(3, n_rows)


def _names_others(label: str, place: int, taken: set[int], axis: AxisIndex) -> bool:
    """Whether the text before the figures names rows that have no figures of their own.

    Then the figures may belong to any of them.
    """
    for wording in axis.telling:
        if len(wording) < _LEAST_TAIL or wording not in label:
            continue
        hits = axis.lookup[wording]
        if place in hits or any(hit in taken for hit in hits):
            continue
        if not any(wording in own for own in axis.keys[place]):
            return True
    return False


def _row_readings(
    chunk: _Chunk, block: BlockIndex, place: int, score: float, sure: bool
) -> list[Reading]:
    rules = block.cells_of_row(place)
    printed = _money_unit(chunk, block)
    trace = (f"label {chunk.label[-24:]}", f"{len(chunk.tokens)} figures")
    if not sure:
        joined = " ".join(token.text for token in chunk.tokens)
        return [_unresolved(rule, joined, chunk.tokens[0].location, trace) for rule in rules]
    return [
        read_text(
            chunk.tokens[rule.column].text,
            chunk.tokens[rule.column].location,
            rule,
            Method.STREAM,
            min(score, 0.95),
            trace,
            printed if rule.quantity is Quantity.AMOUNT else "",
        )
        for rule in rules
    ]


def _money_unit(chunk: _Chunk, block: BlockIndex) -> str:
    """The unit of money in the headings before a row of amounts."""
    if not any(rule.quantity is Quantity.AMOUNT for rule in block.rule.cells):
        return ""
    return money_unit("".join(token.text for token in chunk.run.labels))


def _unresolved(rule: CellRule, raw: str, location: Location, trace: tuple[str, ...]) -> Reading:
    return Reading(
        rule.indicator,
        None,
        raw,
        rule.unit,
        State.UNRESOLVED,
        Method.STREAM,
        location,
        _UNSURE,
        trace,
    )


def _unknown_rows(
    chunks: Sequence[_Chunk], filled: Sequence[int | None], width: int
) -> tuple[Oddity, ...]:
    """Whole rows between the first and the last known one that the block does not know."""
    known = [i for i, place in enumerate(filled) if place is not None]
    if not known:
        return ()
    odd = [
        chunk
        for i, (chunk, place) in enumerate(zip(chunks, filled, strict=True))
        if place is None
        and (known[0] < i < known[-1] or (i > known[-1] and chunk.run.delimited))
        and len(chunk.tokens) >= width
        and any(token.text for token in chunk.tokens)
    ]
    if not odd:
        return ()
    evidence = tuple(
        Evidence("row", " ".join(t.text for t in chunk.tokens), chunk.run.location) for chunk in odd
    )
    return (Oddity("rows_unexpected", "、".join(c.label[-16:] or "—" for c in odd), evidence),)


def _unlabelled(
    runs: Sequence[Run],
    keyed: Sequence[str],
    rivals: Sequence[BlockIndex],
    referee: Referee,
    preferred: str,
) -> tuple[AlignedBlock, ...]:
    """A block whose single row has no label: one unbroken run of all its figures."""
    block = max(rivals, key=lambda rival: rival.form == preferred)
    width = len(block.columns.keys)
    wordings = [w for w in block.columns.telling | block.groups if len(w) >= _LEAST_TAIL]
    context = ""
    loose: list[Run] = []
    copies: list[AlignedBlock] = []
    for run, key in zip(runs, keyed, strict=True):
        context += key
        tokens = _trim(run, width)
        named = sum(context.count(wording) for wording in wordings)
        if not named and not _scrambled(context, block):
            continue
        loose.append(run)
        if len(tokens) != width:
            continue
        chunk = _Chunk(key, "", tokens, whole=True, run=run)
        readings = _row_readings(chunk, block, 0, _LABELLED, sure=True)
        numbers = {r.indicator: r.number for r in readings if r.number is not None}
        proven = (
            _in_order(context, block)
            or (len(numbers) == width and len(set(numbers.values())) == 1)
            or referee.proves(block.form, block.table, numbers)
        )
        if not (proven and _groups_in_order(context, block)):
            readings = _row_readings(chunk, block, 0, _UNSURE, sure=False)
        heads = tuple(Evidence("heading", t.text, t.location) for t in run.labels[-3:])
        damaged = (
            ()
            if _in_order(context, block) or _scrambled(context, block)
            else (Oddity("table_header_damaged", "", heads),)
        )
        copies.append(
            AlignedBlock(
                block, tuple(readings), frozenset({0}), frozenset(range(width)), damaged,
                run.location, Method.STREAM, float(named),
            )
        )  # fmt: skip
        context = ""
    if copies:
        return tuple(copies)
    return _scattered(loose, block) if _in_order(context, block) else ()


def _scattered(runs: Sequence[Run], block: BlockIndex) -> tuple[AlignedBlock, ...]:
    """All headings are there, and figures that cannot be assigned to them."""
    width = len(block.columns.keys)
    tokens = [token for run in runs for token in run.tokens if token.text]
    if len(tokens) * 2 < width:
        return ()
    chunk = _Chunk("", "", tuple(tokens[: 2 * width]), whole=False, run=runs[0])
    readings = _row_readings(chunk, block, 0, _UNSURE, sure=False)
    return (
        AlignedBlock(
            block, tuple(readings), frozenset({0}), frozenset(range(width)), (), runs[0].location,
            Method.STREAM, 0.0,
        ),
    )  # fmt: skip


def _trim(run: Run, width: int) -> tuple[Token, ...]:
    """The figures of a run without the blank pads of delimited rows."""
    filled = [line for line in run.lines if any(token.text for token in line)]
    tokens = tuple(token for line in filled or run.lines[-1:] for token in line)
    while len(tokens) > width and not tokens[-1].text:
        tokens = tokens[:-1]
    return tokens


def _in_order(context: str, block: BlockIndex) -> bool:
    """Whether all column headings stand in the text in the order of the form."""
    start = 0
    for wordings in block.columns.keys:
        ends = [
            context.find(w, start) + len(w) for w in wordings if w and context.find(w, start) >= 0
        ]
        if not ends:
            return False
        start = min(ends)
    return True


def _groups_in_order(context: str, block: BlockIndex) -> bool:
    """Whether the group headings that stand in a text do so in the order of the form."""
    groups = dict.fromkeys(parents[-1] for parents in block.column_parents if parents)
    places = [context.rfind(group) for group in groups if len(group) > _LEAST_TAIL]
    found = [place for place in places if place >= 0]
    return found == sorted(found)


def _scrambled(context: str, block: BlockIndex) -> bool:
    """Whether all characters of the headings are there, in whatever order they came out."""
    needed: dict[str, int] = {}
    for wordings in block.columns.keys:
        for character in wordings[0]:
            needed[character] = needed.get(character, 0) + 1
    return all(context.count(character) >= count for character, count in needed.items())


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run as a row of a block."""

    block: BlockIndex
    place: int
    heads: float
    score: float


def _stacked(
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
            context, captioned = key[caption:], named
        else:
            context += key
        candidates = [
            _Candidate(block, place, _heads_score(context, block), score)
            for block in captioned
            for place in range(len(block.rows.keys))
            if (score := _tail_score(key, after, block.rows, place)) > 0
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
        elif len(wordings[0]) > _LEAST_TAIL:
            near = partial_ratio(wordings[0], context[start:]) / 100
            held += near if near >= _NEAR_TAIL else 0
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
        rows = _rows_of(run, width, leading=_leads([run], width))
        whole = rows is not None and len(rows) == 1
        tokens = rows[0] if rows is not None and whole else run.tokens
        sure = whole and best.heads > _UNSURE and best.score >= _NEAR_TAIL
        sure = sure and not _names_others(key, best.place, set(), best.block.rows)
        chunk = _Chunk(key, after, tokens, whole, run)
        spot = (best.block.form, best.block.position)
        blocks[spot] = best.block
        parts.setdefault(spot, []).append(
            (best.place, _row_readings(chunk, best.block, best.place, best.score, sure), run)
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
