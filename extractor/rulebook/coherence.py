"""What must fit together across rule files: wordings, years, patterns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractor.rulebook.model import BlockRule, FormRule, Label
from extractor.rulebook.problems import Place, Problems, hint
from extractor.rulebook.schema import RulesItem
from extractor.rulebook.source import Entry
from extractor.rulebook.validate import locate
from extractor.textnorm import key, whole_key

Loc = tuple[int | str, ...]


def check_coherence(
    rules: RulesItem, forms: Sequence[FormRule], root: Entry, problems: Problems
) -> None:
    """Note whatever does not fit together. ``forms`` are in the order of ``rules.forms``."""
    notes = _Notes(root, problems)
    _finding_names(rules, notes)
    _patterns(rules, notes)
    _wordings_in_use(rules, forms, notes)
    _years_apart(rules, notes)
    for number, form in enumerate(forms):
        _wordings_apart(form, ("forms", number), notes)


@dataclass(frozen=True, slots=True)
class _Notes:
    """Notes problems at a path of the merged tree."""

    root: Entry
    problems: Problems

    def add(self, loc: Loc, zh: str, en: str) -> None:
        _, place, path = locate(self.root, loc)
        self.problems.add(place, path, zh, en)


def _finding_names(rules: RulesItem, notes: _Notes) -> None:
    """No two findings have the same name."""
    seen: dict[str, str] = {}
    for number, flag in enumerate(rules.flags):
        code = seen.setdefault(flag.name, flag.code)
        if code != flag.code:
            notes.add(
                ("flags", number, "name"),
                f"“{flag.name}”已经是 {code} 的名称。",
                f"“{flag.name}” is the name of {code} already.",
            )


def _patterns(rules: RulesItem, notes: _Notes) -> None:
    """Every pattern is a regular expression."""
    labels, identity = rules.labels, rules.identity
    groups: list[tuple[Loc, list[str], bool]] = [
        (("labels", "asides"), labels.asides, False),
        (("labels", "instructions"), labels.instructions, False),
        (("labels", "no_content"), labels.no_content, False),
        (("identity", "decoys"), identity.decoys, False),
        (("identity", "period_patterns"), identity.period_patterns, True),
        (("identity", "title_year_patterns"), identity.title_year_patterns, True),
    ]
    for number, topic in enumerate(rules.topics):
        groups.append((("topics", number, "patterns"), topic.patterns, False))
    for loc, patterns, needs_year in groups:
        for number, pattern in enumerate(patterns):
            _pattern((*loc, number), pattern, notes, needs_year=needs_year)


def _pattern(loc: Loc, pattern: str, notes: _Notes, *, needs_year: bool) -> None:
    try:
        compiled = regex.compile(pattern)
    except regex.error as error:
        notes.add(loc, f"不是正确的正则表达式：{error}。", f"not a regular expression: {error}.")
        return
    if needs_year and "year" not in compiled.groupindex:
        notes.add(
            loc,
            "缺少年度的组，写成 (?P<year>…)。",
            "lacks the group for the year, (?P<year>…).",
        )


def _wordings_in_use(rules: RulesItem, forms: Sequence[FormRule], notes: _Notes) -> None:
    """Every wording belongs to a label or section title of some form."""
    titles = {section.title for form in forms for section in form.sections}
    labels = {text for form in forms for text in _texts(form)}
    known_titles, known_labels = {key(t) for t in titles}, {whole_key(t) for t in labels}
    for number, heading in enumerate(rules.labels.headings):
        if key(heading.title) not in known_titles:
            _unknown_text(("labels", "headings", number, "title"), heading.title, titles, notes)
    for number, wording in enumerate(rules.labels.wordings):
        if whole_key(wording.label) not in known_labels:
            _unknown_text(("labels", "wordings", number, "label"), wording.label, labels, notes)


def _unknown_text(loc: Loc, text: str, known: Collection[str], notes: _Notes) -> None:
    zh, en = hint(text, known)
    notes.add(loc, f"没有一版格式印着“{text}”。{zh}", f"no form prints “{text}”; {en}")


def _texts(form: FormRule) -> Iterable[str]:
    """Every label that a form prints."""
    for block in (block for table in form.tables for block in table.blocks):
        labels = [*block.row_groups, *block.column_groups, *block.notes]
        labels += [label for label in (block.caption, block.stub_head) if label is not None]
        labels += [axis.label for axis in (*block.rows, *block.columns)]
        yield from (label.text for label in labels if label.text)


def _years_apart(rules: RulesItem, notes: _Notes) -> None:
    """No year has two forms in force."""
    forms = sorted(enumerate(rules.forms), key=lambda item: item[1].since)
    for (_, earlier), (number, later) in pairwise(forms):
        if earlier.until is None or earlier.until >= later.since:
            notes.add(
                ("forms", number, "since"),
                f"与“{earlier.id}”的适用年度重叠，请写明“{earlier.id}”的 until。",
                f"overlaps the years of “{earlier.id}”; give “{earlier.id}” an until.",
            )


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a wording stands for: its id, its label, and its place in the tree."""

    id: str
    texts: tuple[str, ...]
    loc: Loc


def _wordings_apart(form: FormRule, loc: Loc, notes: _Notes) -> None:
    """No wording stands for two sections, or two rows or columns side by side."""
    sections = [
        _Owner(str(section.id), (section.title, *section.aliases), (*loc, "sections", number))
        for number, section in enumerate(form.sections)
    ]
    _apart(sections, notes)
    for table_number, table in enumerate(form.tables):
        for block_number, block in enumerate(table.blocks):
            here: Loc = (*loc, "tables", table_number, "blocks", block_number)
            for owners in _owners(block, here):
                _apart(owners, notes)


def _owners(block: BlockRule, loc: Loc) -> Iterable[list[_Owner]]:
    """Rows together, and columns under one heading together."""

    def texts(label: Label) -> tuple[str, ...]:
        return (label.text, *label.aliases)

    yield [
        _Owner(axis.id, texts(axis.label), (*loc, "rows", number))
        for number, axis in enumerate(block.rows)
        if axis.label.text
    ]
    for parents in dict.fromkeys(column.label.parents for column in block.columns):
        yield [
            _Owner(axis.id, texts(axis.label), (*loc, "columns", number))
            for number, axis in enumerate(block.columns)
            if axis.label.parents == parents
        ]


def _apart(owners: Sequence[_Owner], notes: _Notes) -> None:
    """Note the wordings that two owners share: figures or texts would go astray."""
    first: dict[str, tuple[_Owner, str]] = {}
    for owner in owners:
        for text in owner.texts:
            other, other_text = first.setdefault(key(text), (owner, text))
            if other.id == owner.id:
                continue
            place, path = _place_of(text, owner, notes.root)
            elsewhere, _ = _place_of(other_text, other, notes.root)
            at = f"{elsewhere.file}:{elsewhere.line}"
            notes.problems.add(
                place,
                path,
                f"“{text}”同时是“{other.id}”（{at}）和“{owner.id}”的写法，"
                "读的时候分不清，请删去一处。",
                f"“{text}” is a wording of both “{other.id}” ({at}) and “{owner.id}”; they could "
                "not be told apart. Take one away.",
            )


def _place_of(text: str, owner: _Owner, root: Entry) -> tuple[Place, str]:
    """Where a wording is written: with its owner, or among the shared wordings."""
    shared = [
        (("labels", name, number), item.text(item_key))
        for name, item_key in (("headings", "title"), ("wordings", "label"))
        for number, item in enumerate(_list(locate(root, ("labels", name))[0]))
    ]
    statutory = whole_key(owner.texts[0])
    homes: list[Loc] = [owner.loc]
    homes += [loc for loc, label in shared if label is not None and whole_key(label) == statutory]
    for home in homes:
        aliases = locate(root, (*home, "aliases"))[0]
        for number, alias in enumerate(_list(aliases)):
            if alias.value == text:
                return locate(root, (*home, "aliases", number))[1:]
    return locate(root, owner.loc)[1:]


def _list(entry: Entry) -> list[Entry]:
    return entry.value if isinstance(entry.value, list) else []
