"""A government's figures against those of the bodies below it.

Only where the report's own text says that its figures are of the whole area. The reports at hand
need not be all there are: so the figure of the whole is only never less than the sum of parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

from extractor.checks.across.batch import AcrossOutcome, Batch
from extractor.checks.across.bodies import Bodies, agreed, area_of, is_read, name_of
from extractor.digest import Across, Digest
from extractor.document import Location
from extractor.report import CheckOutcome, Evidence, Finding, Outcome
from extractor.rulebook.across_model import HierarchyRules

_CODE, _NAME = "C008", "implausible_value"
_SUBJECT = "whole_area"
_NAMED = 5
"""Children that a message names."""

Result = tuple[CheckOutcome, Across | None]


@dataclass(frozen=True, slots=True)
class _Child:
    """A body below another: its source and its figures, ``None`` where versions differ."""

    source: str
    numbers: dict[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class _Area:
    """A body of one year that may be below others, with the area it names and its code."""

    level: str
    name: str
    code: str
    child: _Child


def check_hierarchy(batch: Batch, bodies: Bodies) -> AcrossOutcome:
    """Figures of a whole area that are less than those of its parts."""
    rules = batch.rulebook.across.hierarchy
    if rules.severity == "off":
        return AcrossOutcome()
    below = _below(bodies, rules)
    results = [
        result
        for digest in batch.digests
        if is_read(digest) and digest.identity.issuer_level in rules.parents
        for result in _check(digest, bodies, below, rules)
    ]
    findings = tuple(across for _, across in results if across is not None)
    return AcrossOutcome(findings, tuple(outcome for outcome, _ in results))


def _below(bodies: Bodies, rules: HierarchyRules) -> dict[int, list[_Area]]:
    """All bodies that may be below others, by year."""
    result: dict[int, list[_Area]] = {}
    for (body, year), group in bodies.years.items():
        level = group[0].identity.issuer_level
        name = bodies.of(group[0]).name
        if level not in rules.children or (body, year) in bodies.unsure:
            continue
        if any(word in name for word in rules.independent):
            continue
        child = _Child(group[0].key.source, agreed(group))
        code = next((one.identity.region_code for one in group if one.identity.region_code), "")
        result.setdefault(year, []).append(_Area(level, name, code, child))
    return result


def _check(
    digest: Digest, bodies: Bodies, below: dict[int, list[_Area]], rules: HierarchyRules
) -> Iterator[Result]:
    body, year = bodies.of(digest), digest.identity.year
    why = _not_applicable(digest, rules)
    if why:
        yield _outcome(_SUBJECT, digest, Outcome.NOT_APPLICABLE, why), None
        return
    if not body.id or year is None:
        why = body.why or "year unknown"
        yield _outcome(_SUBJECT, digest, Outcome.COULD_NOT_JUDGE, why), None
        return
    names = {body.name, name_of(digest, bodies.rules)}
    children = [
        area.child for area in below.get(year, ()) if _is_below(area, digest, names, bodies)
    ]
    if len(children) < rules.bodies:
        why = f"fewer than {rules.bodies} bodies known to be below it: {len(children)}"
        yield _outcome(_SUBJECT, digest, Outcome.NOT_APPLICABLE, why), None
        return
    for indicator in rules.indicators:
        yield _compare(indicator, digest, children, rules)


def _not_applicable(digest: Digest, rules: HierarchyRules) -> str:
    """Why nothing is said of a report: its text does not make its figures those of an area."""
    text = "\n".join(passage.text for passage in digest.passages)
    if not any(pattern.search(text) for pattern in _compiled(rules.scope)):
        return "the text does not speak of the whole area"
    if any(pattern.search(text) for pattern in _compiled(rules.own)):
        return "the text speaks of the office alone as well"
    return ""


def _is_below(area: _Area, digest: Digest, names: set[str], bodies: Bodies) -> bool:
    """Whether a body belongs to an area directly, by its code or by its name."""
    digits = dict(bodies.rules.code_digits).get(digest.identity.issuer_level, 0)
    code = digest.identity.region_code[:digits]
    if area.name in names or area.level == digest.identity.issuer_level:
        return False
    if digits and len(code) == digits and area.code:
        longer = sorted(n for _, n in bodies.rules.code_digits if n > digits)
        step = longer[0] if longer else digits
        return area.code.startswith(code) and not area.code[step:].strip("0")
    return any(
        area.name.startswith(name) and not area_of(area.name.removeprefix(name), bodies.rules)
        for name in names
    )


def _compare(
    indicator: str, digest: Digest, children: Sequence[_Child], rules: HierarchyRules
) -> Result:
    whole = digest.numbers.get(indicator)
    parts = [
        (child.source, number)
        for child in children
        if (number := child.numbers.get(indicator)) is not None
    ]
    subject = f"{_SUBJECT}:{indicator}"
    if whole is None or len(parts) < rules.bodies:
        why = indicator if whole is None else f"{indicator}: {len(parts)} bodies with a figure"
        return _outcome(subject, digest, Outcome.COULD_NOT_JUDGE, why), None
    total = sum((number for _, number in parts), Decimal(0))
    if whole >= total:
        return _outcome(subject, digest, Outcome.HOLDS), None
    table, row, column = indicator.split(".")
    largest = sorted(parts, key=lambda part: (-part[1], part[0]))
    told = [f"{source} {number}" for source, number in largest[:_NAMED] if number]
    rest = ["……"] if len(parts) > len(told) else []
    finding = Finding(
        _NAME,
        table=table,
        indicator=indicator,
        row=row,
        column=column,
        expected=str(total),
        found=str(whole),
        detail="；".join([*told, *rest]),
        evidence=(Evidence(indicator, str(whole), Location()),),
        severity=rules.severity,
        variant="children",
    )
    return _outcome(subject, digest, Outcome.BROKEN), Across(digest.key, finding)


def _outcome(subject: str, digest: Digest, ended: Outcome, why: str = "") -> CheckOutcome:
    return CheckOutcome(_CODE, f"{subject} {digest.key.source}", ended, why)


@lru_cache(maxsize=16)
def _compiled(patterns: tuple[str, ...]) -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in patterns)
