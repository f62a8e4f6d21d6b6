"""Validated rule files to typed rules; names and codes are resolved here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from extractor.rulebook.across_build import across_rules
from extractor.rulebook.coherence import check_coherence
from extractor.rulebook.formula import FormulaError, parse_formula
from extractor.rulebook.model import (
    LAST_YEAR,
    Axis,
    BlockRule,
    CellRule,
    CheckRule,
    ConfidenceRule,
    FlagRule,
    FormRule,
    IdentityRules,
    Label,
    Rulebook,
    SectionRule,
    TableRule,
    TextRules,
    Topic,
    Variant,
)
from extractor.rulebook.problems import Problems, hint
from extractor.rulebook.schema import (
    AxisItem,
    BlockItem,
    CheckItem,
    FlagItem,
    FormItem,
    IdentityFile,
    LabelItem,
    LabelsFile,
    RulesItem,
    SectionItem,
    TableItem,
    TopicItem,
)
from extractor.rulebook.source import Entry
from extractor.rulebook.validate import locate
from extractor.textnorm import key, whole_key

Loc = tuple[int | str, ...]


class Builder:
    """Makes a rulebook of validated files, noting what does not fit together."""

    def __init__(self, rules: RulesItem, root: Entry, problems: Problems) -> None:
        self._rules = rules
        self._root = root
        self._problems = problems
        self._wordings = {whole_key(item.label): item for item in rules.labels.wordings}
        self._headings = {key(item.title): item for item in rules.labels.headings}

    def build(self, digest: str) -> Rulebook:
        """The rulebook; worth nothing where problems were noted."""
        forms = tuple(
            self._form(form, ("forms", number)) for number, form in enumerate(self._rules.forms)
        )
        check_coherence(self._rules, forms, self._root, self._problems)
        checks = tuple(
            check
            for number, item in enumerate(self._rules.checks)
            for check in self._check(item, forms, ("checks", number))
        )
        flags = tuple(map(_flag, self._rules.flags))
        return Rulebook(
            forms=tuple(sorted(forms, key=lambda form: form.since, reverse=True)),
            checks=checks,
            flags=tuple(sorted(flags, key=lambda flag: flag.code)),
            confidence=tuple(
                ConfidenceRule(**item.model_dump()) for item in self._rules.confidence
            ),
            identity=_identity(self._rules.identity),
            text=_text(self._rules.labels),
            across=across_rules(self._rules),
            digest=digest,
        )

    def _note(self, loc: Loc, zh: str, en: str) -> None:
        _, place, path = locate(self._root, loc)
        self._problems.add(place, path, zh, en)

    # Forms

    def _form(self, form: FormItem, loc: Loc) -> FormRule:
        tables = tuple(
            self._table(table, (*loc, "tables", number)) for number, table in enumerate(form.tables)
        )
        table_ids = {table.id for table in tables}
        for number, section in enumerate(form.sections):
            if section.table is not None and section.table not in table_ids:
                zh, en = hint(section.table, table_ids)
                self._note(
                    (*loc, "sections", number, "table"),
                    f"这一版没有“{section.table}”这张表。{zh}",
                    f"this form has no table “{section.table}”; {en}",
                )
        sections = tuple(self._section(section, form) for section in form.sections)
        return FormRule(
            id=form.id, zh=form.zh, en=form.en, since=form.since, until=form.until,
            document=form.document, date=form.date, sections=sections, tables=tables,
        )  # fmt: skip

    def _section(self, section: SectionItem, form: FormItem) -> SectionRule:
        heading = self._headings.get(key(section.title))
        aliases = _joined(heading.aliases if heading else [], section.aliases)
        topics = tuple(
            _topic(topic)
            for topic in self._rules.topics
            if topic.section == section.id and (not topic.forms or form.id in topic.forms)
        )
        return SectionRule(
            id=section.id, title=section.title, aliases=aliases, topics=topics, table=section.table
        )

    def _table(self, table: TableItem, loc: Loc) -> TableRule:
        blocks = tuple(self._block(block, table.id) for block in table.blocks)
        cells = [cell.indicator for block in blocks for cell in block.cells]
        for indicator in sorted({name for name in cells if cells.count(name) > 1}):
            self._note(
                loc, f"两个格子有同一个指标“{indicator}”。",
                f"two cells have the same indicator “{indicator}”.",
            )  # fmt: skip
        return TableRule(
            id=table.id, zh=table.zh, en=table.en, section=table.section, blocks=blocks
        )

    def _block(self, block: BlockItem, table_id: str) -> BlockRule:
        return BlockRule(
            id=block.id,
            caption=self._label(block.caption) if block.caption else None,
            stub_head=self._label(block.stub_head) if block.stub_head else None,
            rows=tuple(self._axis(item) for item in block.rows),
            columns=tuple(self._axis(item) for item in block.columns),
            cells=_cells(block, table_id),
            row_groups=tuple(self._label(item) for item in block.row_groups),
            column_groups=tuple(self._label(item) for item in block.column_groups),
            notes=tuple(self._label(item) for item in block.notes),
        )

    def _axis(self, item: AxisItem) -> Axis:
        label = LabelItem(
            text=item.label, aliases=item.aliases, abbreviations=item.abbreviations,
            parents=item.parents,
        )  # fmt: skip
        return Axis(item.id, self._label(label))

    def _label(self, item: LabelItem) -> Label:
        wording = self._wordings.get(whole_key(item.text)) if item.text else None
        aliases = _joined(wording.aliases if wording else [], item.aliases)
        short = _joined(wording.abbreviations if wording else [], item.abbreviations)
        return Label(item.text, aliases, short, tuple(item.parents))

    # Checks

    def _check(self, item: CheckItem, forms: tuple[FormRule, ...], loc: Loc) -> Iterable[CheckRule]:
        codes = {flag.code for flag in self._rules.flags}
        if item.code not in codes:
            zh, en = hint(item.code, codes)
            self._note(
                (*loc, "code"), f"没有编号“{item.code}”。{zh}", f"no finding “{item.code}”; {en}"
            )
        kinds = {
            variant.id
            for flag in self._rules.flags
            for variant in flag.variants
            if flag.code == item.code
        }
        if item.variant is not None and item.variant not in kinds:
            zh, en = hint(item.variant, kinds)
            self._note(
                (*loc, "variant"),
                f"{item.code} 没有“{item.variant}”这种情形。{zh}",
                f"{item.code} has no kind “{item.variant}”; {en}",
            )
        names = self._check_names(item, forms, loc)
        if names is None:
            return
        try:
            formula = parse_formula(item.formula, names)
        except FormulaError as error:
            self._note((*loc, "formula"), error.zh, error.en)
            return
        if item.severity != "off":
            yield CheckRule(
                code=item.code, name=item.name, table=item.table, for_each=item.for_each,
                formula=formula, severity=item.severity, since=item.since, until=item.until,
                forms=tuple(item.forms), levels=tuple(item.levels),
                quantities=tuple(item.quantities), basis=item.basis,
                subjects=tuple(item.subjects), variant=item.variant or "",
            )  # fmt: skip

    def _check_names(
        self, item: CheckItem, forms: tuple[FormRule, ...], loc: Loc
    ) -> Collection[str] | None:
        """The names that the formula may use: those that every form concerned knows."""
        form_ids = {form.id for form in forms}
        unknown = [number for number, name in enumerate(item.forms) if name not in form_ids]
        for number in unknown:
            zh, en = hint(item.forms[number], form_ids)
            self._note(
                (*loc, "forms", number),
                f"没有“{item.forms[number]}”这一版格式。{zh}",
                f"no form “{item.forms[number]}”; {en}",
            )
        if unknown:
            return None
        concerned = [form for form in forms if not item.forms or form.id in item.forms]
        tables = [table for form in concerned if (table := form.table(item.table)) is not None]
        if not tables:
            known = {table.id for form in forms for table in form.tables}
            zh, en = hint(item.table, known)
            self._note(
                (*loc, "table"), f"没有“{item.table}”这张表。{zh}", f"no table “{item.table}”; {en}"
            )
            return None
        self._check_subjects(item, tables, loc)
        names = set.intersection(*(_names(table, item.for_each) for table in tables))
        return names | {LAST_YEAR + name for name in names}

    def _check_subjects(self, item: CheckItem, tables: Sequence[TableRule], loc: Loc) -> None:
        """Note the rows or columns to which a check is limited and which no form has."""
        over = "row" if item.for_each == "column" else "column"
        known = set.union(*(_names(table, over) for table in tables))
        for number, name in enumerate(item.subjects):
            if name not in known:
                zh, en = hint(name, known)
                self._note(
                    (*loc, "subjects", number),
                    f"表里没有“{name}”。{zh}",
                    f"the table has no “{name}”; {en}",
                )


def _joined(*groups: Iterable[str]) -> tuple[str, ...]:
    """All texts once, in order."""
    return tuple(dict.fromkeys(chain(*groups)))


def _cells(block: BlockItem, table_id: str) -> tuple[CellRule, ...]:
    """Every crossing of a row and a column holds a figure."""
    cells = []
    for row_number, row in enumerate(block.rows):
        for column_number, column in enumerate(block.columns):
            row_id, _, column_id = column.id.rpartition(".")
            quantity = column.quantity or row.quantity or block.quantity
            unit = next((u for u in (column.unit, row.unit) if u is not None), block.unit)
            cells.append(
                CellRule(
                    indicator=f"{table_id}.{row_id or row.id}.{column_id}",
                    row=row_number,
                    column=column_number,
                    row_id=row_id or row.id,
                    column_id=column_id,
                    quantity=quantity,
                    unit=unit,
                )
            )
    return tuple(cells)


def _names(table: TableRule, for_each: str) -> set[str]:
    """The names that a formula over a table may use."""
    cells = [cell for block in table.blocks for cell in block.cells]
    match for_each:
        case "column":
            return {cell.row_id for cell in cells}
        case "row":
            return {cell.column_id for cell in cells}
        case "cell":
            return {"value"}
        case _:
            return {cell.indicator for cell in cells}


def _flag(item: FlagItem) -> FlagRule:
    variants = tuple(Variant(**variant.model_dump()) for variant in item.variants)
    return FlagRule(**{**item.model_dump(), "variants": variants})


def _topic(item: TopicItem) -> Topic:
    return Topic(
        id=item.id, zh=item.zh, en=item.en, patterns=tuple(item.patterns),
        words=tuple(item.words), levels=tuple(item.levels), basis=item.basis,
    )  # fmt: skip


def _identity(item: IdentityFile) -> IdentityRules:
    suffixes = {
        suffix: level for level, suffixes in item.level_suffixes.items() for suffix in suffixes
    }
    return IdentityRules(
        report_names=tuple(sorted(item.report_names, key=len, reverse=True)),
        decoys=tuple(item.decoys),
        level_suffixes=tuple(sorted(suffixes.items(), key=lambda pair: -len(pair[0]))),
        period_patterns=tuple(item.period_patterns),
        title_year_patterns=tuple(item.title_year_patterns),
        published_labels=tuple(item.published_labels),
        publisher_labels=tuple(item.publisher_labels),
        generic_issuers=tuple(item.generic_issuers),
        earliest_year=item.earliest_year,
        latest_year=item.latest_year,
    )


def _text(item: LabelsFile) -> TextRules:
    return TextRules(
        variants=tuple(item.variants.items()),
        asides=tuple(item.asides),
        continued=tuple(item.continued),
        instructions=tuple(item.instructions),
        no_content=tuple(item.no_content),
    )
