"""Digests of invented bodies over several years, consistent by construction, for checks across."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.checks.across import AcrossOutcome, Batch, check_across
from extractor.digest import Digest, Passage, ReportKey
from extractor.report import CheckOutcome, Finding, Identity, Outcome, Status
from extractor.rulebook import load_rulebook
from extractor.rulebook.model import Rulebook

COLUMNS = (
    "natural_person",
    "business",
    "research",
    "public_interest",
    "legal_service",
    "other_org",
    "total",
)
ROWS = ("regulations", "normative_documents")
ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")
Numbers = dict[str, Decimal]


def make_digest(
    issuer: str,
    year: int | None,
    numbers: Mapping[str, int | str | Decimal],
    *,
    source: str = "",
    level: str = "town",
    sha256: str = "",
    county: str = "",
    region_code: str = "",
    text: str = "",
    form: str = "",
    status: Status = Status.OK,
) -> Digest:
    """One report as checks across reports see it."""
    name = source or f"{year}/{issuer}.txt"
    own = form or ("2021" if year is None or year >= 2021 else "2019")
    identity = Identity(
        issuer=issuer,
        issuer_level=level,
        year=year,
        county=county,
        region_code=region_code,
        format=own,
    )
    return Digest(
        ReportKey(name, hashlib.sha256(name.encode()).hexdigest()[:16]),
        sha256 or hashlib.sha256(name.encode()).hexdigest(),
        status,
        identity,
        {key: Decimal(value) for key, value in numbers.items()},
        {"disclosure": own, "applications": own, "disputes": ""},
        (Passage(1, text),) if text else (),
    )


def without(digest: Digest, *indicators: str) -> Digest:
    """A report in which some cells are blank or lost."""
    kept = {name: n for name, n in digest.numbers.items() if name not in indicators}
    return replace(digest, numbers=kept)


def with_numbers(digest: Digest, **numbers: int | str) -> Digest:
    """A report with other figures; double underscores stand for the points of an indicator."""
    changed = {name.replace("__", "."): Decimal(n) for name, n in numbers.items()}
    return replace(digest, numbers=digest.numbers | changed)


def across(
    digests: Sequence[Digest],
    previous: Sequence[Digest] = (),
    rulebook: Rulebook | None = None,
) -> AcrossOutcome:
    """What the checks across reports say of a batch."""
    return check_across(Batch(rulebook or load_rulebook(), digests, previous))


def told(outcome: AcrossOutcome, *codes: str) -> set[tuple[str, str, str]]:
    """Findings of some codes: source, code and indicator."""
    result = set()
    for one in outcome.findings:
        code = load_rulebook().flag(one.finding.name).code
        if one.key is not None and code in codes:
            result.add((one.key.source, code, one.finding.indicator))
    return result


def findings(outcome: AcrossOutcome, code: str) -> list[Finding]:
    """The findings of a code."""
    rulebook = load_rulebook()
    return [one.finding for one in outcome.findings if rulebook.flag(one.finding.name).code == code]


def ended(outcome: AcrossOutcome, name: str, source: str) -> list[CheckOutcome]:
    """How a check ended on a report."""
    return [
        one
        for one in outcome.outcomes
        if one.subject.split(":")[0].split(" ")[0] == name and one.subject.endswith(f" {source}")
    ]


def ends(outcome: AcrossOutcome, name: str, source: str) -> set[Outcome]:
    """The ways in which a check ended on a report."""
    return {one.outcome for one in ended(outcome, name, source)}


def history(rng: random.Random, issuer: str, first: int, years: int) -> list[Digest]:
    """The reports of a body for some years in a row; every carry and every stock follows."""
    carried = {column: rng.randint(0, 4) for column in COLUMNS[:-1]}
    stock = {row: rng.randint(0, 40) for row in ROWS}
    items = {row: rng.randint(3, 60) for row in ITEMS}
    size = rng.choice((12, 60, 400))
    fee = Decimal(rng.randint(10, 9000)) / 100
    reports = []
    for year in range(first, first + years):
        numbers: Numbers = {}
        after = {column: rng.randint(0, 4) for column in COLUMNS[:-1]}
        for row, figures in (("carried_in", carried), ("carried_out", after)):
            for column, figure in figures.items():
                numbers[f"applications.{row}.{column}"] = Decimal(figure)
            numbers[f"applications.{row}.total"] = Decimal(sum(figures.values()))
        carried = after
        numbers |= _stocks(rng, year, stock)
        if year < 2021:
            numbers |= _items(rng, items)
        for row in ("licensing", "penalties", "coercion"):
            decisions = round(size * rng.uniform(0.8, 1.25))
            numbers[f"disclosure.{row}.decisions"] = Decimal(decisions)
        if year >= 2021:
            change = Decimal(rng.randint(70, 140)) / 100
            numbers["disclosure.fees.amount"] = (fee * change).quantize(Decimal("0.01"))
        reports.append(make_digest(issuer, year, numbers))
    return reports


def _stocks(rng: random.Random, year: int, stock: dict[str, int]) -> Numbers:
    """Documents of a year; ``stock`` goes on to the end of it."""
    numbers = {}
    for row in ROWS:
        new = rng.randint(0, 3)
        gone = rng.randint(0, min(2, stock[row]))
        stock[row] += new - gone if year >= 2021 else new
        names = ("issued", "repealed", "in_force") if year >= 2021 else (
            "made", "newly_disclosed", "total_disclosed",
        )  # fmt: skip
        figures = (new, gone if year >= 2021 else new, stock[row])
        for name, figure in zip(names, figures, strict=True):
            numbers[f"disclosure.{row}.{name}"] = Decimal(figure)
    return numbers


def _items(rng: random.Random, items: dict[str, int]) -> Numbers:
    """Items of the form of 2019; ``items`` goes on to the end of the year."""
    numbers = {}
    for row in ITEMS:
        change = rng.randint(-min(3, items[row]), 3)
        numbers[f"disclosure.{row}.items_previous"] = Decimal(items[row])
        numbers[f"disclosure.{row}.items_change"] = Decimal(change)
        items[row] += change
    return numbers
