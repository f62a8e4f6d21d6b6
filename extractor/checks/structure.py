"""Sections and tables: there, once, in order, in place, in the form in force."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.subject import Subject
from extractor.document import Picture, Table
from extractor.report import Evidence, Finding, FoundTable, Section, State
from extractor.rulebook.model import FormRule, TableRule
from extractor.textnorm import key

_SMALL = 60.0
"""A picture narrower or lower than this many points is a seal, an icon or a share button."""


def check_structure(subject: Subject) -> Iterator[Finding]:
    """Findings about the sections and tables of a report that should have them."""
    if subject.form is None:
        return
    yield from _sections_missing(subject, subject.form)
    yield from _headings(subject)
    yield from _order(subject)
    yield from _repeated(subject)
    yield from _empty(subject)
    for rule in subject.form.tables:
        yield from _table(subject, subject.form, rule)


def _sections_missing(subject: Subject, form: FormRule) -> Iterator[Finding]:
    found = {section.id for section in subject.sections}
    for rule in form.sections:
        if rule.id not in found:
            yield Finding("section_missing", section=rule.id, expected=rule.title)


def _headings(subject: Subject) -> Iterator[Finding]:
    for section in subject.sections:
        if key(section.heading) != key(section.statutory_heading):
            yield Finding(
                "heading_nonstandard",
                section=section.id,
                expected=section.statutory_heading,
                found=section.heading,
                evidence=(Evidence("heading", section.heading, section.location),),
            )


def _order(subject: Subject) -> Iterator[Finding]:
    """Sections that stand after one that should follow them."""
    highest = 0
    seen: set[int] = set()
    for section in subject.sections:
        if section.id < highest and section.id not in seen:
            yield Finding(
                "section_out_of_order",
                section=section.id,
                expected=section.statutory_heading,
                found=section.heading,
                evidence=(Evidence("heading", section.heading, section.location),),
            )
        highest = max(highest, section.id)
        seen.add(section.id)


def _repeated(subject: Subject) -> Iterator[Finding]:
    first: dict[int, Section] = {}
    for section in subject.sections:
        if section.id not in first:
            first[section.id] = section
            continue
        yield Finding(
            "section_duplicated",
            section=section.id,
            found=section.heading,
            evidence=(
                Evidence("heading", section.heading, section.location),
                Evidence("first", first[section.id].heading, first[section.id].location),
            ),
        )


def _empty(subject: Subject) -> Iterator[Finding]:
    """Sections that are a heading and nothing else."""
    tables = {table.section for table in subject.tables}
    for section in subject.sections:
        has_content = any(
            isinstance(block, Table | Picture) or key(block.text) for block in section.blocks
        )
        if not has_content and section.id not in tables:
            yield Finding(
                "section_empty",
                section=section.id,
                found=section.heading,
                evidence=(Evidence("heading", section.heading, section.location),),
            )


def _table(subject: Subject, form: FormRule, rule: TableRule) -> Iterator[Finding]:
    copies = [table for table in subject.tables if table.table == rule.id]
    if not copies or not _any_cell(subject, rule.id):
        yield _absent(subject, rule)
        return
    for copy in copies:
        other = [name for name in copy.form.split("+") if name and name != form.id]
        if other:
            yield _superseded(subject, form, rule, copy, other)
    first = copies[0]
    if first.section is not None and first.section != rule.section:
        yield Finding(
            "table_misplaced",
            section=first.section,
            table=rule.id,
            expected=_title(form, rule.section),
            found=_title(form, first.section),
            evidence=(Evidence("table", "", first.location),),
        )


def _any_cell(subject: Subject, table: str) -> bool:
    return any(v.table == table and v.state is not State.MISSING for v in subject.values)


def _absent(subject: Subject, rule: TableRule) -> Finding:
    """A table that is not there, or only as a picture."""
    heading = next((s for s in subject.sections if s.id == rule.section), None)
    pictures = [
        picture
        for section, picture in subject.pictures
        if section == rule.section and _large(picture)
    ]
    where = () if heading is None else (Evidence("heading", heading.heading, heading.location),)
    if pictures:
        return Finding(
            "table_is_image",
            section=rule.section,
            table=rule.id,
            evidence=(Evidence("picture", "", pictures[0].location), *where),
        )
    return Finding("table_missing", section=rule.section, table=rule.id, evidence=where)


def _large(picture: Picture) -> bool:
    unknown = not picture.width or not picture.height
    return unknown or (picture.width >= _SMALL and picture.height >= _SMALL)


def _superseded(
    subject: Subject, form: FormRule, rule: TableRule, copy: FoundTable, other: list[str]
) -> Finding:
    names = [subject.rulebook.form(form_id).zh for form_id in other]
    return Finding(
        "table_superseded_format",
        section=copy.section,
        table=rule.id,
        expected=form.zh,
        found="、".join(names),
        evidence=(Evidence("table", "", copy.location),),
    )


def _title(form: FormRule, section: int) -> str:
    return next((rule.title for rule in form.sections if rule.id == section), "")
