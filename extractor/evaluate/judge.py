"""One document against its truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from extractor.evaluate.score import Cause, Score
from extractor.evaluate.truth import Found, Row, Told, number_in, shown

READ = frozenset({"reported", "inferred"})
SEVERE = frozenset({"error", "warning"})
_UNREAD = frozenset({"unreadable", "not_a_report"})
_IDENTITY = ("issuer", "year", "format")
_SUMS = "C"
"""First letter of the codes of findings about sums."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that differs from the truth.

    ``kind`` is ``silent``, ``flagged``, ``declined``, ``identity``, ``sections``, ``missed`` (a
    finding that was due) or ``alarm`` (one that was not).
    """

    source: str
    kind: str
    subject: str
    expected: str
    found: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The score of one document, its mistakes, and how sure right and wrong readings were."""

    score: Score
    mistakes: tuple[Mistake, ...] = ()
    trusted: tuple[tuple[float, bool], ...] = ()

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(
            self.score + other.score,
            self.mistakes + other.mistakes,
            self.trusted + other.trusted,
        )


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of one report when its cells are judged."""

    source: str
    truth: Mapping[str, Decimal | None]
    values: Mapping[str, Row]
    sections: frozenset[int]
    flags: Sequence[Row]
    lost: bool
    table_sections: Mapping[str, int] = field(default_factory=dict)


def judge(told: Told, found: Found, table_sections: Mapping[str, int]) -> Verdict:
    """Score one document.

    Args:
        told: The truth.
        found: What the dataset says of the document; empty if it has no row for it.
        table_sections: The statutory section that each table belongs to, by table id.
    """
    parts: Sequence[Mapping[str, Any]] = told.truth.get("reports") or [told.truth]
    verdict = Verdict(Score(documents=1))
    for at, part in enumerate(parts):
        report = found.reports[at] if at < len(found.reports) else {}
        key = report.get("report_id", "")
        skipped = frozenset(part.get("unjudged", ()))
        truth = _number_of(part.get("values", {}), skipped)
        sections = found.sections.get(key, [])
        page = _Page(
            told.source,
            truth,
            {n: row for n, row in found.values.get(key, {}).items() if n not in skipped},
            frozenset(sections),
            [flag for flag in found.flags if flag["report_id"] == key],
            not report or report.get("status") in _UNREAD,
            table_sections,
        )
        verdict += _judge_values(page)
        verdict += _judge_identity(told.source, part, report)
        verdict += _judge_sections(told.source, part, sections)
    for report in found.reports[len(parts) :]:
        verdict += _unasked(told.source, found.values.get(report["report_id"], {}))
    return verdict + _judge_flags(told, found.flags)


def _number_of(values: Mapping[str, Any], skipped: frozenset[str]) -> dict[str, Decimal | None]:
    return {name: number_in(value) for name, value in values.items() if name not in skipped}


def _unasked(source: str, values: Mapping[str, Row]) -> Verdict:
    """Numbers of a report that is not there."""
    mistakes = tuple(
        Mistake(source, "silent", indicator, "", row["value"], Cause.PHANTOM)
        for indicator, row in values.items()
        if row["state"] in READ
    )
    return Verdict(Score(silent=len(mistakes), phantoms=len(mistakes)), mistakes)


def _judge_values(page: _Page) -> Verdict:
    score, mistakes, trusted = Score(), [], []
    spoiled: set[str] = set()
    for indicator in dict.fromkeys((*page.truth, *page.values)):
        expected = page.truth.get(indicator)
        row = page.values.get(indicator)
        read = number_in(row["value"]) if row and row["state"] in READ else None
        score += Score(
            figures=expected is not None,
            blanks=expected is None and indicator in page.truth,
            exact=read is not None and read == expected,
        )
        if row and read is not None and row["confidence"]:
            trusted.append((float(row["confidence"]), read == expected))
        if read == expected:
            continue
        spoiled.add(_table(indicator))
        mistake = _mistake(page, indicator, expected, read)
        mistakes.append(mistake)
        score += Score(
            declined=mistake.kind == "declined",
            silent=mistake.kind == "silent",
            flagged=mistake.kind == "flagged",
            zeroed=mistake.cause == Cause.BLANK_AS_ZERO,
            phantoms=mistake.cause == Cause.PHANTOM,
        )
    tables = {_table(indicator) for indicator in page.truth}
    score += Score(tables=len(tables), tables_exact=len(tables - spoiled))
    return Verdict(score, tuple(mistakes), tuple(trusted))


def _mistake(
    page: _Page, indicator: str, expected: Decimal | None, read: Decimal | None
) -> Mistake:
    if read is None:
        cause = _why_unread(page, indicator)
        return Mistake(page.source, "declined", indicator, shown(expected), "", cause)
    cause = _why_wrong(page, indicator, expected, read)
    kind = "flagged" if any(_speaks_of(flag, indicator) for flag in page.flags) else "silent"
    return Mistake(page.source, kind, indicator, shown(expected), shown(read), cause)


def _why_unread(page: _Page, indicator: str) -> Cause:
    table = _table(indicator)
    if page.lost:
        return Cause.DOCUMENT_MISSED
    states = {name: row["state"] for name, row in page.values.items() if _table(name) == table}
    if all(state == "missing" for state in states.values()):
        home = page.table_sections.get(table)
        return Cause.TABLE_MISSED if home in page.sections else Cause.SECTION_MISSED
    state = states.get(indicator, "missing")
    if state == "missing":
        return Cause.LABEL_MISSED
    return Cause.LEFT_OPEN if state == "unresolved" else Cause.NUMBER_MISREAD


def _why_wrong(page: _Page, indicator: str, expected: Decimal | None, read: Decimal) -> Cause:
    if expected is None:
        here = indicator in page.truth
        return Cause.BLANK_AS_ZERO if here and read == 0 else Cause.PHANTOM
    row, _, column = indicator.rpartition(".")
    in_row = any(n.rpartition(".")[0] == row and v == read for n, v in page.truth.items())
    if in_row:
        return Cause.COLUMN_SHIFTED
    in_column = any(
        _table(n) == _table(indicator) and n.rpartition(".")[2] == column and v == read
        for n, v in page.truth.items()
    )
    return Cause.ROW_SHIFTED if in_column else Cause.NUMBER_MISREAD


def _speaks_of(flag: Row, indicator: str) -> bool:
    """Whether an error or a warning is about a cell.

    It is where it names the cell, or the table and no cell, or where it is about a sum of the same
    row or column of the table, the cell being one of its operands.
    """
    if flag["severity"] not in SEVERE or flag["table"] != _table(indicator):
        return False
    named = flag["indicator"]
    if named in ("", indicator):
        return True
    row, _, column = indicator.rpartition(".")
    named_row, _, named_column = named.rpartition(".")
    in_line = named_row == row or named_column == column
    return in_line and flag["code"].startswith(_SUMS)


def _table(indicator: str) -> str:
    return indicator.partition(".")[0]


def _judge_identity(source: str, truth: Mapping[str, Any], report: Row) -> Verdict:
    readable = truth.get("status") not in _UNREAD
    asked = [name for name in ("status", *(_IDENTITY if readable else ())) if name in truth]
    score, mistakes = Score(), []
    for name in asked:
        accepted = _accepted(truth, name)
        right = report.get(name, "") in accepted
        score += Score(asked=1, right=right) + _one_kind(name, right)
        if not right:
            mistakes.append(Mistake(source, "identity", name, accepted[0], report.get(name, "")))
    return Verdict(score, tuple(mistakes))


def _one_kind(name: str, right: bool) -> Score:
    kinds = {
        "issuer": Score(issuers=1, issuers_right=right),
        "year": Score(years=1, years_right=right),
        "format": Score(forms=1, forms_right=right),
    }
    return kinds.get(name, Score())


def _accepted(truth: Mapping[str, Any], name: str) -> list[str]:
    if name == "issuer":
        return [shown(one) for one in truth.get("issuers", [truth["issuer"]])]
    return [_form(truth) if name == "format" else shown(truth[name])]


def _form(truth: Mapping[str, Any]) -> str:
    """``mixed`` where a table is said to have the rows of another form than the report."""
    form = shown(truth["format"])
    rows = {shown(value) for name, value in truth.items() if name.endswith("_rows")}
    return form if rows <= {form} else "mixed"


def _judge_sections(source: str, truth: Mapping[str, Any], found: Iterable[int]) -> Verdict:
    if "sections" not in truth:
        return Verdict(Score())
    told, here = Counter(truth["sections"]), Counter(found)
    right = sum((told & here).values())
    score = Score(sections=max(sum(told.values()), sum(here.values())), sections_right=right)
    if told == here:
        return Verdict(score)
    mistake = Mistake(source, "sections", "sections", _listed(told), _listed(here))
    return Verdict(score, (mistake,))


def _listed(sections: Counter[int]) -> str:
    return " ".join(str(number) for number in sorted(sections.elements()))


def _judge_flags(told: Told, flags: Iterable[Row]) -> Verdict:
    truth = told.truth
    if "flags" not in truth and "clean" not in truth:
        return Verdict(Score())
    parts = [truth, *truth.get("reports", ())]
    codes = {row["code"]: row["severity"] for row in flags}
    expected = {code for part in parts for code in part.get("flags", ())}
    known = expected.union(*(part.get("allowed", ()) for part in parts))
    missed = sorted(expected - codes.keys())
    alarms = sorted(c for c, severity in codes.items() if severity in SEVERE and c not in known)
    score = Score(defects=len(expected), found=len(expected) - len(missed))
    score = replace(score, clean=bool(truth.get("clean")), false_alarms=len(alarms))
    if truth.get("clean"):
        score = replace(score, alarmed=bool(alarms))
    return Verdict(score, tuple(_flag_mistakes(told.source, missed, alarms)))


def _flag_mistakes(source: str, missed: list[str], alarms: list[str]) -> Iterator[Mistake]:
    yield from (Mistake(source, "missed", code, code, "") for code in missed)
    yield from (Mistake(source, "alarm", code, "", code) for code in alarms)
