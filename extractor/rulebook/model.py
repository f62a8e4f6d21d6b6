"""The law as typed values. Filled from ``rules/`` by :func:`extractor.rulebook.load_rulebook`.

Python outside ``rules/`` never names an article, a label or a threshold of the law: it takes them
from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from extractor.rulebook.across_model import AcrossRules

LAST_YEAR = "last_year."
"""What names of the same body's report of last year begin with in a formula."""


class Quantity(StrEnum):
    """What kind of number a cell holds."""

    COUNT = "count"
    """A whole number, 0 or more."""
    CHANGE = "change"
    """A whole number that may be negative."""
    AMOUNT = "amount"
    """Money, decimals allowed."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: statutory text and the other wordings in use.

    ``parents`` are the labels of the merged cells above (columns) or left of it (rows), outermost
    first, as statutory text. ``abbreviations`` are wordings too short to identify the label away
    from its neighbours (其他, 总计): they count only in position.
    """

    text: str
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """One row or column of a block."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True)
class CellRule:
    """One cell that must hold a figure. ``row`` and ``column`` are 0-based in its block."""

    indicator: str
    row: int
    column: int
    row_id: str
    column_id: str
    quantity: Quantity
    unit: str
    """Unit of the indicator; ``""`` where the form prints none and none is implied."""


@dataclass(frozen=True, slots=True)
class BlockRule:
    """A sub-table with one set of column headings.

    ``caption`` stands above it (第二十条第（一）项), ``None`` without one. ``stub_head`` is the
    label at the head of the row-label column (信息内容). Rows with an empty label carry none on the
    form (the data row of the disputes table). ``row_groups`` are merged labels left of the rows or
    heading them that own no cells; ``notes`` are printed texts inside the grid that are no label.
    """

    id: str
    caption: Label | None
    stub_head: Label | None
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    cells: tuple[CellRule, ...]
    row_groups: tuple[Label, ...] = ()
    column_groups: tuple[Label, ...] = ()
    notes: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRule:
    """A statutory table of one form. ``section`` is where it belongs (1 to 6)."""

    id: str
    zh: str
    en: str
    section: int
    blocks: tuple[BlockRule, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter that a section must report: any of the wordings (regular expressions) will do.

    ``levels`` limits it to bodies of those levels, empty for all.
    """

    id: str
    zh: str
    en: str
    patterns: tuple[str, ...]
    words: tuple[str, ...]
    levels: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A statutory section. ``aliases`` are wordings met in the wild; all without numbering.

    ``aliases_accepted`` of them count as the statutory heading in all but style.
    """

    id: int
    title: str
    aliases: tuple[str, ...]
    topics: tuple[Topic, ...]
    table: str | None
    """Id of the table that belongs here."""


@dataclass(frozen=True, slots=True)
class FormRule:
    """A statutory form: in force for the reporting years ``since`` to ``until`` (``None`` open)."""

    id: str
    zh: str
    en: str
    since: int
    until: int | None
    document: str
    date: str
    sections: tuple[SectionRule, ...]
    tables: tuple[TableRule, ...]

    def table(self, table_id: str) -> TableRule | None:
        """The table of that id, ``None`` where this form has none."""
        return next((table for table in self.tables if table.id == table_id), None)


class Judgement(StrEnum):
    """How a formula ended on given operands."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CheckRule:
    """An arithmetic check within a report, as written in ``rules/checks``.

    ``for_each`` is ``column``, ``row``, ``cell`` or ``""`` (once). ``forms`` limits it to form ids,
    empty for all. ``levels`` limits it to issuer levels. ``quantities`` limits a ``cell`` check,
    ``subjects`` one over rows or columns. ``variant`` is the kind of its finding.
    """

    code: str
    name: str
    table: str
    for_each: str
    formula: Formula
    severity: str
    since: int | None
    until: int | None
    forms: tuple[str, ...]
    levels: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    basis: str
    subjects: tuple[str, ...] = ()
    variant: str = ""

    @property
    def across_years(self) -> bool:
        """Whether the formula names figures of last year's report."""
        return any(name.startswith(LAST_YEAR) for name in self.formula.names)


class Formula(Protocol):
    """A parsed comparison over ``+ - *``, numbers and names (see ``rulebook.formula``)."""

    @property
    def source(self) -> str:
        """The formula as written."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in it, in order of first use, after resolution."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A source of a page that stands beside an example in one batch."""

    name: str
    content: bytes
    settings: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a page: a small source that does, or does not, raise the finding.

    ``beside`` are the sources that are checked in one batch with it.
    """

    fires: bool
    name: str
    content: bytes
    settings: tuple[tuple[str, str], ...]
    line: int
    beside: tuple[Companion, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """The messages of one kind of a finding, in the place of the usual ones."""

    id: str
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True)
class FlagRule:
    """A finding: its vocabulary entry and its messages (``str.format`` templates).

    ``suspect_zh`` and ``suspect_en`` follow for each cell that may be at fault; in them ``row``,
    ``column``, ``found`` and ``expected`` are those of that cell.
    """

    code: str
    name: str
    severity: str
    scope: str
    title_zh: str
    title_en: str
    message_zh: str
    message_en: str
    suspect_zh: str
    suspect_en: str
    basis: str
    variants: tuple[Variant, ...] = ()

    def message(self, variant: str, *, english: bool) -> str:
        """The template of a kind of the finding, the usual one for ``""``.

        Raises:
            KeyError: the finding has no such kind.
        """
        if not variant:
            return self.message_en if english else self.message_zh
        for one in self.variants:
            if one.id == variant:
                return one.message_en if english else one.message_zh
        raise KeyError(variant)


@dataclass(frozen=True, slots=True)
class IdentityRules:
    """How issuer, year, title and date are told. Patterns are for the ``regex`` package."""

    report_names: tuple[str, ...]
    """Names of this kind of report as they stand in titles, longest first."""
    decoys: tuple[str, ...]
    """Patterns of titles of other documents that speak of these reports."""
    level_suffixes: tuple[tuple[str, str], ...]
    """(suffix, level), longest suffix first."""
    period_patterns: tuple[str, ...]
    """Patterns with a group ``year`` for the reporting period."""
    title_year_patterns: tuple[str, ...]
    published_labels: tuple[str, ...]
    publisher_labels: tuple[str, ...]
    generic_issuers: tuple[str, ...]
    """Words that stand for the issuer without naming it (本机关)."""
    earliest_year: int
    latest_year: int


@dataclass(frozen=True, slots=True)
class TextRules:
    """How labels vary in print, whatever the form.

    ``variants`` maps single characters (traditional, look-alike) to the one in the rules.
    ``asides`` are patterns of what stands in a label and is no part of it (a year, a unit, a note
    mark), for text squashed. ``continued`` are marks of a continued table (续表). ``instructions``
    are patterns of texts left over from the template.
    """

    variants: tuple[tuple[str, str], ...]
    asides: tuple[str, ...]
    continued: tuple[str, ...]
    instructions: tuple[str, ...]
    no_content: tuple[str, ...]
    """Patterns of texts that say nothing (无)."""


@dataclass(frozen=True, slots=True)
class ConfidenceRule:
    """How often readings with the same evidence were right.

    ``fit`` and ``sums`` are empty where the rule is for all of them; ``right`` is a share of
    ``readings``.
    """

    id: str
    method: str
    fit: str
    sums: str
    right: float
    readings: int


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All rules, and the digest of the files they came from (hex SHA-256).

    Compared by identity, so that what is compiled from a rulebook can be cached cheaply.
    """

    forms: tuple[FormRule, ...]
    checks: tuple[CheckRule, ...]
    flags: tuple[FlagRule, ...]
    identity: IdentityRules
    text: TextRules
    confidence: tuple[ConfidenceRule, ...]
    across: AcrossRules
    digest: str

    def form(self, form_id: str) -> FormRule:
        """The form of that id. Raises ``KeyError``."""
        for form in self.forms:
            if form.id == form_id:
                return form
        raise KeyError(form_id)

    def form_for_year(self, year: int) -> FormRule | None:
        """The form in force for a reporting year, ``None`` where no form is known for it."""
        for form in self.forms:
            if form.since <= year and (form.until is None or year <= form.until):
                return form
        return None

    def flag(self, name_or_code: str) -> FlagRule:
        """The finding of that code or name. Raises ``KeyError``."""
        for flag in self.flags:
            if name_or_code in (flag.code, flag.name):
                return flag
        raise KeyError(name_or_code)
