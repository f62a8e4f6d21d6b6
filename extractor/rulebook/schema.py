"""The shape of the rule files: what may stand in them, before it is made into typed rules."""

from __future__ import annotations

import string
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from extractor.rulebook.formula import FormulaError, parse_formula
from extractor.rulebook.model import Quantity

MESSAGE_FIELDS = frozenset(
    {"section", "table", "row", "column", "expected", "found", "where", "detail"}
)
"""What a message may speak of."""


class WordedError(ValueError):
    """A fault worded in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(zh)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _label_as_mapping(value: object) -> object:
    """A label may be written as its text alone."""
    return {"text": value} if isinstance(value, str) else value


def _message(value: str) -> str:
    """A message with known fields only, written plainly in braces."""
    try:
        parts = list(string.Formatter().parse(value))
    except ValueError as error:
        raise WordedError("花括号不成对。", "a brace has no partner.") from error
    for _, name, spec, conversion in parts:
        if name is not None and (name not in MESSAGE_FIELDS or spec or conversion):
            known = "、".join(f"{{{field}}}" for field in sorted(MESSAGE_FIELDS))
            raise WordedError(
                f"不认识“{{{name}}}”，可以用的有：{known}。",
                f"“{{{name}}}” is not known; use {known}.",
            )
    return value


def _formula(value: str) -> str:
    """A formula that can be read, whatever its names stand for."""
    try:
        parse_formula(value)
    except FormulaError as error:
        raise WordedError(error.zh, error.en) from error
    return value


Text = Annotated[str, Field(min_length=1, max_length=2000)]
Message = Annotated[Text, AfterValidator(_message)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
AxisId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", max_length=160)]
Code = Annotated[str, Field(pattern=r"^[A-Z]\d{3}$")]
Year = Annotated[int, Field(ge=1949, le=2999)]
SectionId = Annotated[int, Field(ge=1, le=6)]
Share = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(gt=1)]
"""How many times more, or less."""
SeverityName = Literal["error", "warning", "info"]
CheckSeverity = Literal["error", "warning", "info", "off"]
Scope = Literal["document", "section", "table", "check", "cross-year", "narrative", "batch"]
Level = Literal[
    "province", "city", "county", "town", "street", "department", "zone", "ministry", "other"
]
Texts = list[Text]


class LabelItem(_Strict):
    """A printed text and its other wordings."""

    text: str
    aliases: Texts = []
    abbreviations: Texts = []
    parents: Texts = []


LabelField = Annotated[LabelItem, BeforeValidator(_label_as_mapping)]


class AxisItem(_Strict):
    """A row or column."""

    id: AxisId
    label: Annotated[str, Field(max_length=200)]
    aliases: Texts = []
    abbreviations: Texts = []
    parents: Texts = []
    unit: str | None = None
    quantity: Quantity | None = None


class BlockItem(_Strict):
    """A sub-table."""

    id: Id
    caption: LabelField | None = None
    stub_head: LabelField | None = None
    unit: str = ""
    quantity: Quantity = Quantity.COUNT
    rows: Annotated[list[AxisItem], Field(min_length=1)]
    columns: Annotated[list[AxisItem], Field(min_length=1)]
    row_groups: list[LabelField] = []
    column_groups: list[LabelField] = []
    notes: list[LabelField] = []


class TableItem(_Strict):
    """A statutory table."""

    id: Id
    zh: Text
    en: Text
    section: SectionId
    blocks: Annotated[list[BlockItem], Field(min_length=1)]


class SectionItem(_Strict):
    """A statutory section."""

    id: SectionId
    title: Text
    aliases: Texts = []
    table: Id | None = None


class FormItem(_Strict):
    """``forms/*.yaml``: one statutory form."""

    id: Text
    zh: Text
    en: Text
    since: Year
    until: Year | None = None
    document: Text
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    source: str = ""
    sections: Annotated[list[SectionItem], Field(min_length=1)]
    tables: list[TableItem]


class CheckItem(_Strict):
    """One arithmetic check."""

    code: Code
    name: Id
    table: Id
    for_each: Literal["column", "row", "cell", ""] = ""
    formula: Annotated[str, Field(min_length=1), AfterValidator(_formula)]
    severity: CheckSeverity
    since: Year | None = None
    until: Year | None = None
    forms: Texts = []
    levels: list[Level] = []
    quantities: list[Quantity] = []
    subjects: list[Id] = []
    variant: Id | None = None
    basis: Text


class VariantItem(_Strict):
    """The messages of one kind of a finding."""

    id: Id
    message_zh: Message
    message_en: Message


class FlagItem(_Strict):
    """One finding."""

    code: Code
    name: Id
    severity: SeverityName
    scope: Scope
    title_zh: Text
    title_en: Text
    message_zh: Message
    message_en: Message
    suspect_zh: Message = ""
    suspect_en: Message = ""
    basis: str = ""
    variants: list[VariantItem] = []


class TopicItem(_Strict):
    """A matter that a section must report."""

    id: Id
    zh: Text
    en: Text
    section: SectionId
    forms: Texts = []
    levels: list[Level] = []
    patterns: Annotated[Texts, Field(min_length=1)]
    words: Texts = []
    basis: Text


class HeadingItem(_Strict):
    """Other wordings of a section title."""

    title: Text
    aliases: Texts


class WordingItem(_Strict):
    """Other wordings of a table label."""

    label: Text
    aliases: Texts = []
    abbreviations: Texts = []


class LabelsFile(_Strict):
    """``labels.yaml``."""

    headings: list[HeadingItem] = []
    wordings: list[WordingItem] = []
    variants: dict[
        Annotated[str, Field(min_length=1, max_length=1)],
        Annotated[str, Field(min_length=1, max_length=1)],
    ] = {}
    asides: Texts = []
    continued: Texts = []
    instructions: Texts = []
    no_content: Texts = []


class ConfidenceItem(_Strict):
    """One line of ``confidence.yaml``."""

    id: str
    method: str
    fit: Literal["", "sure", "fair", "weak"] = ""
    sums: Literal["", "hold", "untested", "fail"] = ""
    right: Annotated[float, Field(ge=0, le=1)]
    readings: Annotated[int, Field(ge=1)]


class IdentityFile(_Strict):
    """``identity.yaml``."""

    report_names: Texts
    decoys: Texts
    level_suffixes: dict[Level, Texts]
    period_patterns: Texts
    title_year_patterns: Texts
    published_labels: Texts
    publisher_labels: Texts
    generic_issuers: Texts
    earliest_year: Year
    latest_year: Year


class EndingItem(_Strict):
    """Endings of names that stand for the same body."""

    levels: Annotated[list[Level], Field(min_length=1)]
    ending: str
    also: Annotated[Texts, Field(min_length=1)]


class BodiesItem(_Strict):
    """How the reports of one body are told from those of another."""

    areas: Texts
    no_areas: Texts
    inner: Texts
    endings: list[EndingItem]
    code_digits: dict[Level, Annotated[int, Field(ge=2, le=12)]]
    likeness: Share


class RepeatedItem(_Strict):
    """When a report whose figures are those of last year is a finding."""

    least: Annotated[int, Field(ge=1)]
    severity: CheckSeverity
    basis: Text


class OwnYearsItem(_Strict):
    """A figure out of keeping with other years of its body."""

    name: Id
    tables: Annotated[list[Id], Field(min_length=1)]
    quantities: Annotated[list[Quantity], Field(min_length=1)]
    ratio: Factor
    years: Annotated[int, Field(ge=1)]
    spread: Factor
    least: Annotated[float, Field(gt=0)]
    basis: Text


class PeersItem(_Strict):
    """A figure out of keeping with other bodies of its level."""

    name: Id
    tables: Annotated[list[Id], Field(min_length=1)]
    quantities: Annotated[list[Quantity], Field(min_length=1)]
    bodies: Annotated[int, Field(ge=3)]
    ratio: Factor
    deviations: Annotated[float, Field(gt=0)]
    gap: Factor
    share: Share
    basis: Text


class PlausibleFile(_Strict):
    """``across/plausible.yaml``: what makes a figure implausible."""

    own_years: list[OwnYearsItem]
    peers: list[PeersItem]


class HierarchyFile(_Strict):
    """``across/hierarchy.yaml``: a body's figures against those of the bodies below it."""

    parents: list[Level]
    children: list[Level]
    scope: Texts
    own: Texts
    independent: Texts
    indicators: Texts
    bodies: Annotated[int, Field(ge=1)]
    severity: CheckSeverity
    basis: Text


class YearsFile(_Strict):
    """``across/years.yaml``, its checks apart."""

    bodies: BodiesItem
    repeated: RepeatedItem


class RulesItem(_Strict):
    """All rule files of all layers as one."""

    forms: Annotated[list[FormItem], Field(min_length=1)]
    checks: list[CheckItem] = []
    flags: Annotated[list[FlagItem], Field(min_length=1)]
    topics: list[TopicItem] = []
    confidence: list[ConfidenceItem] = []
    labels: LabelsFile
    identity: IdentityFile
    years: YearsFile
    plausible: PlausibleFile
    hierarchy: HierarchyFile
