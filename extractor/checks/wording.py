"""Findings put into words: a code, a severity and a message that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from extractor.document import Location
from extractor.options import Lang
from extractor.report import Finding, Flag, Severity, SuspectCell
from extractor.rulebook.model import FlagRule, Rulebook

_FIELDS = ("section", "table", "row", "column", "expected", "found", "where", "detail")


def to_flag(finding: Finding, rulebook: Rulebook, lang: Lang) -> Flag:
    """The flag of a finding, worded in one language.

    Args:
        finding: What was found; ``name`` is a name or code of the findings vocabulary.
        rulebook: Holds the vocabulary and its messages.
        lang: Language of the message.

    Raises:
        KeyError: no finding has that name.
    """
    rule = rulebook.flag(finding.name)
    names = _names(rulebook)
    place = finding.evidence[0].location if finding.evidence else Location()
    english = lang is Lang.EN
    fields = {
        "section": names.sections.get(finding.section, "") if finding.section else "",
        "table": (names.tables_en if english else names.tables).get(finding.table, ""),
        "row": names.rows.get((finding.table, finding.row), finding.row),
        "column": names.columns.get((finding.table, finding.column), finding.column),
        "expected": finding.expected,
        "found": finding.found,
        "where": where(place, lang),
        "detail": finding.detail,
    }
    template = rule.message(finding.variant, english=english)
    return Flag(
        code=rule.code,
        name=rule.name,
        severity=Severity(finding.severity or rule.severity),
        scope=rule.scope,
        message=template.format(**{name: fields[name] for name in _FIELDS})
        + "".join(_suspected(cell, rule, fields, names, lang) for cell in finding.suspects),
        section=finding.section,
        table=finding.table,
        indicator=finding.indicator,
        expected=finding.expected,
        found=finding.found,
        evidence=finding.evidence,
    )


def _suspected(
    cell: SuspectCell, rule: FlagRule, fields: Mapping[str, str], names: _Names, lang: Lang
) -> str:
    """The words about a cell that may be at fault, behind those about the finding."""
    table = cell.table
    own = {
        "row": names.rows.get((table, cell.row), cell.row),
        "column": names.columns.get((table, cell.column), cell.column),
        "found": cell.found,
        "expected": cell.expected,
    }
    template = rule.suspect_en if lang is Lang.EN else rule.suspect_zh
    return template.format(**{**fields, **own})


def where(location: Location, lang: Lang) -> str:
    """A place for people: ``第3页`` or the path in the source."""
    if location.page is not None:
        return f"page {location.page}" if lang is Lang.EN else f"第{location.page}页"
    return location.path


class _Names:
    """Printed names of sections, tables, rows and columns, by id."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.sections: dict[int, str] = {}
        self.tables: dict[str, str] = {}
        self.tables_en: dict[str, str] = {}
        self.rows: dict[tuple[str, str], str] = {}
        self.columns: dict[tuple[str, str], str] = {}
        for form in rulebook.forms:
            for section in form.sections:
                self.sections.setdefault(section.id, section.title)
            for table in form.tables:
                self.tables.setdefault(table.id, table.zh)
                self.tables_en.setdefault(table.id, table.en)
                for block in table.blocks:
                    for cell in block.cells:
                        row = block.rows[cell.row].label
                        column = block.columns[cell.column].label
                        name = row.text or "/".join(column.parents)
                        self.rows.setdefault((table.id, cell.row_id), name)
                        self.columns.setdefault((table.id, cell.column_id), column.text)


@lru_cache(maxsize=8)
def _names(rulebook: Rulebook) -> _Names:
    return _Names(rulebook)
