"""The statutory sections of a report, whatever their numbering."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Block, Layer, Paragraph
from extractor.extraction.closing import without_closing
from extractor.extraction.headings import find_headings
from extractor.extraction.labels import Vocabulary
from extractor.report import Section
from extractor.rulebook.model import SectionRule


def split_sections(
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    rules: Sequence[SectionRule],
) -> tuple[tuple[Section, ...], tuple[tuple[int, int], ...]]:
    """Cut a report into its sections.

    Args:
        blocks: The blocks of one report.
        vocabulary: The labels and headings of all forms.
        rules: The sections of the form in force.

    Returns:
        The sections in reading order, and for each the range of block positions it covers
        (heading included).
    """
    titles = {rule.id: vocabulary.key(rule.title) for rule in rules}
    statutory = {rule.id: rule.title for rule in rules}
    headings = find_headings(blocks, vocabulary, titles)
    sections, ranges = [], []
    for order, heading in enumerate(headings, start=1):
        stop = headings[order].position if order < len(headings) else len(blocks)
        held = [b for b in blocks[heading.position + 1 : stop] if b.layer is Layer.BODY]
        if heading.rest:
            first = blocks[heading.position]
            held.insert(0, Paragraph(heading.rest, first.location))
        if order == len(headings):
            held = list(without_closing(held, vocabulary.is_void))
        sections.append(
            Section(
                id=heading.section,
                heading=" ".join(heading.text.split()),
                statutory_heading=statutory[heading.section],
                order=order,
                location=blocks[heading.position].location,
                blocks=tuple(held),
                text="\n".join(
                    b.text.strip() for b in held if isinstance(b, Paragraph) and b.text.strip()
                ),
            )
        )
        ranges.append((heading.position, stop))
    return tuple(sections), tuple(ranges)


def section_at(
    sections: Sequence[Section], ranges: Sequence[tuple[int, int]], position: int
) -> int | None:
    """The section in which a block stands, ``None`` before the first heading."""
    for section, (start, stop) in zip(sections, ranges, strict=True):
        if start <= position < stop:
            return section.id
    return None
