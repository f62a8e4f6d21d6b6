"""Headings of the statutory sections, whatever their numbering.

A heading is told from a list item, a table row that begins with 一、, a table of contents and the
sentence that lists the parts by its wording first, its numbering second and its place third.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import regex

from extractor.document import Block, Layer, Paragraph, Picture, Table
from extractor.extraction.labels import Vocabulary, likeness
from extractor.textnorm import key as label_key
from extractor.textnorm import numbering_value, split_numbering

LONGEST_HEADING = 60
_LONG_TITLE = 6
"""A title of this many characters is telling even where text follows it on the line."""
_LEAST_BARE = 6
"""Characters that a wording must have to be a heading without a number, alone on its line."""
_LEAST_TITLE = 8
"""Characters that a title without a number must have where text follows it on the line."""
_NUMBERED_LIKENESS = 0.6
_BARE_LIKENESS = 0.84
_TITLE_ENDS = " 。:：\u3000\t"
"""Marks between a title and text on the same line."""
_LEADING_ON = regex.compile(r"[.·…‥]{3,}\s*\d*\s*$|[…‥]{2,}")
_LEADERS = regex.compile(r"[.·…‥\s\d\-–—_]+$")
_CONTENTS = 3
"""Headings in a row that come again later, from which on they are a table of contents."""
_SUB_NUMBERING = ("(", "①")
_FEW_HEADINGS = 3
"""Below this many sections with the usual numbering, (一) to (六) may be the numbering instead."""


class Quality(IntEnum):
    """How sure it is that a line is a heading."""

    FUZZY = 1
    ALIAS = 2
    STATUTORY = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may be a heading. ``rest`` is text behind it on the same line."""

    position: int
    section: int
    quality: Quality
    in_step: bool
    text: str
    rest: str

    @property
    def rank(self) -> tuple[int, bool]:
        """What decides between several lines for one section."""
        return int(self.quality), self.in_step


def find_headings(
    blocks: Sequence[Block], vocabulary: Vocabulary, titles: dict[int, str]
) -> tuple[Heading, ...]:
    """The headings of a report in reading order; a section may occur more than once."""
    found = []
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.layer is Layer.BODY:
            heading = _heading(position, block, blocks, vocabulary, titles)
            if heading is not None:
                found.append(heading)
    if len({heading.section for heading in found}) < _FEW_HEADINGS:
        bracketed = _bracketed(blocks, vocabulary, titles)
        found = max(found, bracketed, key=lambda held: len({h.section for h in held}))
    strongest = _strongest(_without_contents(found, blocks), blocks)
    bare = _without_number(strongest, blocks, vocabulary, titles)
    return tuple(sorted([*strongest, *bare], key=lambda heading: heading.position))


def _without_number(
    found: Sequence[Heading],
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    titles: dict[int, str],
) -> list[Heading]:
    """Headings that have lost their numbers: of a section without another, in the only gap.

    Alone on a line in any wording, or as the title with the text of the section behind it. Where
    wordings of several sections stand there, they may all be headings within a section.
    """
    places = {min(titles) - 1: -1} | {heading.section: heading.position for heading in found}
    lost = []
    for section in titles.keys() - places.keys():
        start, stop = places.get(section - 1), places.get(section + 1, len(blocks))
        if start is None:
            continue
        held = [
            heading
            for position in range(start + 1, stop)
            if (heading := _bare_heading(position, blocks[position], vocabulary, titles))
        ]
        if len(held) == 1 and held[0].section == section:
            lost += held
    return lost


def _bare_heading(
    position: int, block: Block, vocabulary: Vocabulary, titles: dict[int, str]
) -> Heading | None:
    """A paragraph that begins with a wording of a section, without number."""
    if not isinstance(block, Paragraph) or block.layer is not Layer.BODY:
        return None
    line = block.text.split("\n", 1)[0]
    if split_numbering(line)[0]:
        return None
    key = vocabulary.key(line)
    section = vocabulary.headings.get(key)
    if section and len(key) >= _LEAST_BARE and len(line) <= LONGEST_HEADING:
        rest = block.text[len(line) :].strip()
        return Heading(position, section, Quality.ALIAS, False, line, rest)
    for section, title in titles.items():
        gap = _behind(line, title, vocabulary) if key.startswith(title) else None
        if gap and len(title) >= _LEAST_TITLE and gap[0] in _TITLE_ENDS:
            rest = (gap.lstrip(_TITLE_ENDS) + block.text[len(line) :]).strip()
            heading = line[: len(line) - len(gap)]
            return Heading(position, section, Quality.ALIAS, False, heading, rest)
    return None


def _bracketed(
    blocks: Sequence[Block], vocabulary: Vocabulary, titles: dict[int, str]
) -> list[Heading]:
    """Headings numbered (一) to (六): a wording of a section under the number of that section."""
    found = []
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.layer is not Layer.BODY:
            continue
        line = block.text.split("\n", 1)[0]
        numbering, _ = split_numbering(line)
        section = numbering_value(numbering, bracketed=True)
        wording = titles.get(section or 0)
        if not numbering.startswith("(") or section is None or wording is None:
            continue
        known = vocabulary.headings.get(vocabulary.key(line)) == section
        rest = "" if known else _behind(line, wording, vocabulary)
        if rest is None or (rest and len(wording) < _LONG_TITLE):
            continue
        heading = line[: len(line) - len(rest)]
        more = rest.lstrip(_TITLE_ENDS) + block.text[len(line) :]
        found.append(Heading(position, section, Quality.STATUTORY, True, heading, more.strip()))
    return found


def _heading(
    position: int,
    block: Paragraph,
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    titles: dict[int, str],
) -> Heading | None:
    line = block.text.split("\n", 1)[0] if "\n" in block.text else block.text
    heading = heading_of(position, line, block.level, vocabulary, titles)
    if heading is not None:
        rest = block.text[len(line) :].strip()
        return replace(heading, rest=heading.rest + rest) if rest else heading
    if "\n" in block.text and len(block.text) <= LONGEST_HEADING:
        return heading_of(position, block.text, block.level, vocabulary, titles)
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if isinstance(following, Paragraph) and len(block.text) + len(following.text) <= 48:
        joined = heading_of(position, block.text + following.text, None, vocabulary, titles)
        if joined is not None and joined.quality is not Quality.FUZZY and not joined.rest:
            return joined
    return None


def heading_of(
    position: int, text: str, level: int | None, vocabulary: Vocabulary, titles: dict[int, str]
) -> Heading | None:
    """Whether one line reads as the heading of a section."""
    if len(text) < 2:
        return None
    numbering, _ = split_numbering(text)
    if numbering.startswith(_SUB_NUMBERING):
        return None
    bare = _LEADERS.sub("", text)
    key = vocabulary.key(bare)
    if not key or key in vocabulary.telling:
        return None
    number = numbering_value(numbering)
    section = vocabulary.headings.get(key)
    if section is not None:
        statutory = key == titles.get(section)
        quality = Quality.STATUTORY if statutory else Quality.ALIAS
        if not statutory and not numbering and level is None and len(key) < _LONG_TITLE * 2:
            return None
        return Heading(position, section, quality, number == section, text, "")
    if number is not None:
        return _with_text(position, text, key, number, vocabulary, titles) or _fuzzy(
            position, text, key, number, vocabulary, titles
        )
    return _fuzzy(position, text, key, None, vocabulary, titles)


def _with_text(
    position: int,
    text: str,
    key: str,
    number: int,
    vocabulary: Vocabulary,
    titles: dict[int, str],
) -> Heading | None:
    """A heading with the text of the section behind it on the same line."""
    wordings = [
        wording
        for wording, section in vocabulary.headings.items()
        if section == number and len(wording) >= 4 and key.startswith(wording)
    ]
    if not wordings:
        return None
    wording = max(wordings, key=len)
    gap = _behind(text, wording, vocabulary)
    if gap is None:
        return None
    loose = len(wording) < _LONG_TITLE and wording != titles.get(number)
    if loose and not gap[:1].isspace() and gap[:1] not in "。:：":
        return None
    others = (title for section, title in titles.items() if section != number)
    if any(title in vocabulary.key(gap)[:60] for title in others):
        return None
    quality = Quality.STATUTORY if wording == titles.get(number) else Quality.ALIAS
    heading = text[: len(text) - len(gap)]
    return Heading(position, number, quality, True, heading, gap.lstrip(_TITLE_ENDS).rstrip())


def _behind(text: str, wording: str, vocabulary: Vocabulary) -> str | None:
    """What follows a wording in a text as printed."""
    for stop in range(len(wording), len(text) + 1):
        if vocabulary.key(text[:stop]) == wording:
            return text[stop:]
    return None


def _fuzzy(
    position: int,
    text: str,
    key: str,
    number: int | None,
    vocabulary: Vocabulary,
    titles: dict[int, str],
) -> Heading | None:
    """A heading whose wording is near a title, the nearer the less its numbering agrees."""
    if len(text) > LONGEST_HEADING or len(key) < 4 or "。" in text:
        return None
    best, section = max((likeness(key, title), section) for section, title in titles.items())
    least = _NUMBERED_LIKENESS if number == section else _BARE_LIKENESS
    if best < least or len(key) > 2 * len(titles[section]):
        return None
    if any(likeness(key, label) > best for label in vocabulary.telling):
        return None
    return Heading(position, section, Quality.FUZZY, number == section, text, "")


def _without_contents(found: Sequence[Heading], blocks: Sequence[Block]) -> list[Heading]:
    """Drop a table of contents: headings in a row, most of which come again.

    The numbers of their pages may stand on lines of their own, and their ends too. What follows
    the last of these directly, and no dots lead on to a page, is a heading itself.
    """
    kept: list[Heading] = []
    group: list[Heading] = []
    for heading in [*found, None]:
        if group and (heading is None or _text(blocks, group[-1].position, heading.position)):
            last = {h.section: h.position for h in found}
            again = [h for h in group if last[h.section] != h.position]
            if len(again) >= _CONTENTS:
                end = again[-1].position
                kept += [h for h in group if h.position > end and not _LEADING_ON.search(h.text)]
            else:
                kept += group
            group = []
        if heading is not None:
            group.append(heading)
    return kept


def _content(blocks: Sequence[Block], start: int, stop: int) -> bool:
    """Whether anything of the body stands between two blocks."""
    return any(
        isinstance(block, Table | Picture) or (block.layer is Layer.BODY and block.text.strip())
        for block in blocks[start + 1 : stop]
    )


def _text(blocks: Sequence[Block], start: int, stop: int) -> bool:
    """Whether more stands between two blocks than numbers of pages and dots that lead to them."""
    between = [
        block
        for block in blocks[start + 1 : stop]
        if not isinstance(block, Paragraph)
        or not (_LEADERS.fullmatch(block.text) or _LEADING_ON.search(block.text))
    ]
    return _content(between, -1, len(between))


def _is_caption(heading: Heading, before: Heading, blocks: Sequence[Block]) -> bool:
    """Whether a title directly below its own heading is the caption of a table.

    It is where it has no number, or is the same heading once more: at once, or above the table.
    """
    again = label_key(heading.text) == label_key(before.text)
    if not _content(blocks, before.position, heading.position):
        return again or not split_numbering(heading.text)[0]
    following = blocks[heading.position + 1 : heading.position + 2]
    between = blocks[before.position + 1 : heading.position]
    return (
        again
        and any(isinstance(block, Table) for block in following)
        and not any(isinstance(block, Table | Picture) for block in between)
    )


def _strongest(found: Sequence[Heading], blocks: Sequence[Block]) -> list[Heading]:
    """For each section the headings of the best rank; lesser ones are part of the text."""
    best: dict[int, tuple[int, bool]] = {}
    for heading in found:
        best[heading.section] = max(best.get(heading.section, (0, False)), heading.rank)
    kept: list[Heading] = []
    for heading in found:
        top = best[heading.section]
        if kept and heading.section == kept[-1].section and _is_caption(heading, kept[-1], blocks):
            continue
        if heading.rank == top and (
            heading.quality is not Quality.FUZZY
            or not any(h.section == heading.section for h in kept)
        ):
            kept.append(heading)
    return kept
