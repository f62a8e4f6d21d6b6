"""Figures of an invented body for a year, consistent by construction.

Row totals, outcome totals, the balance and dispute totals hold; what 2023 carries out 2024
carries in, and documents in force follow from the year before. Drawn from a generator seeded
with the body's name and the year, so that every run gives the same figures.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from sampling.forms import (
    APPLICANTS,
    DISPUTE_GROUPS,
    DISPUTE_RESULTS,
    outcome_rows,
)

_ROW_WEIGHTS = {
    "granted": 46,
    "partly_granted": 9,
    "refused_prohibited_by_law": 1,
    "refused_three_securities": 1,
    "refused_third_party": 3,
    "refused_internal_affairs": 3,
    "refused_process_information": 4,
    "refused_enforcement_files": 4,
    "refused_administrative_query": 5,
    "unavailable_not_held": 24,
    "unavailable_needs_creation": 5,
    "unavailable_still_unclear": 2,
    "not_processed_petition": 5,
    "not_processed_duplicate": 3,
    "not_processed_confirmation": 1,
    "other_not_corrected": 3,
    "other_misc": 2,
    "other": 3,
}


@dataclass(frozen=True, slots=True)
class Size:
    """How busy a body is: upper bounds of what a year brings."""

    requests: int
    licences: int
    penalties: int
    coercion: int
    fee_cents: int  # hundredths of 万元; 0 where the body charges nothing
    documents: int
    disputes: int


NIL = Size(0, 0, 0, 0, 0, 0, 0)
TOWNSHIP = Size(4, 160, 22, 3, 0, 1, 0)
BUREAU = Size(14, 900, 60, 6, 4200, 2, 2)
BUSY = Size(46, 5200, 480, 40, 91000, 3, 6)
COUNTY = Size(2600, 9800, 3600, 410, 980000, 9, 40)


def _split(rng: random.Random, total: int, weights: list[int]) -> list[int]:
    """Deal ``total`` out over places with the given weights."""
    counts = [0] * len(weights)
    for index in rng.choices(range(len(weights)), weights, k=total):
        counts[index] += 1
    return counts


def _applications(
    form: str, size: Size, rng: random.Random, carried_in: list[int]
) -> tuple[dict[str, int], list[int]]:
    """Section three's figures, and what is carried out, by kind of applicant."""
    total = rng.randint(size.requests // 2, size.requests) if size.requests else 0
    received = _split(rng, total, [70, 16, 1, 2, 7, 2])
    open_limit = [(n + c) // 8 for n, c in zip(received, carried_in, strict=True)]
    carried_out = [rng.randint(0, limit) for limit in open_limit]
    columns: dict[str, list[int]] = {"new_received": received, "carried_in": carried_in}
    names = [row for row, _, _ in outcome_rows(form)]
    for name in names:
        columns[name] = [0] * 6
    for col in range(6):
        settled = received[col] + carried_in[col] - carried_out[col]
        shares = _split(rng, settled, [_ROW_WEIGHTS.get(name, 0) for name in names])
        for name, share in zip(names, shares, strict=True):
            columns[name][col] = share
    columns["outcomes_total"] = [sum(columns[name][col] for name in names) for col in range(6)]
    columns["carried_out"] = carried_out
    figures: dict[str, int] = {}
    for name, values in columns.items():
        for (applicant, _), value in zip(APPLICANTS, values, strict=True):
            figures[f"applications.{name}.{applicant}"] = value
        figures[f"applications.{name}.total"] = sum(values)
    return figures, carried_out


def _disputes(size: Size, rng: random.Random) -> dict[str, int]:
    figures: dict[str, int] = {}
    for position, group in enumerate(DISPUTE_GROUPS):
        limit = size.disputes if position == 0 else size.disputes // 2
        shares = _split(rng, rng.randint(0, limit), [6, 2, 2, 1])
        for (result, _), share in zip(DISPUTE_RESULTS[:4], shares, strict=True):
            figures[f"disputes.{group}.{result}"] = share
        figures[f"disputes.{group}.total"] = sum(shares)
    return figures


def _disclosure_2021(size: Size, rng: random.Random, in_force: int) -> tuple[dict[str, str], int]:
    issued = rng.randint(0, size.documents) if size.documents else 0
    repealed = rng.randint(0, min(in_force, max(0, size.documents - 1))) if size.documents else 0
    fees = rng.randint(size.fee_cents // 2, size.fee_cents) if size.fee_cents else 0
    amount = f"{fees // 100}.{fees % 100:02d}".rstrip("0").rstrip(".")
    figures = {
        "regulations.issued": "0",
        "regulations.repealed": "0",
        "regulations.in_force": "0",
        "normative_documents.issued": str(issued),
        "normative_documents.repealed": str(repealed),
        "normative_documents.in_force": str(in_force + issued - repealed),
        "licensing.decisions": str(rng.randint(size.licences // 2, size.licences)),
        "penalties.decisions": str(rng.randint(size.penalties // 2, size.penalties)),
        "coercion.decisions": str(rng.randint(0, size.coercion)),
        "fees.amount": amount,
    }
    return {f"disclosure.{key}": text for key, text in figures.items()}, (
        in_force + issued - repealed
    )


def _disclosure_2019(size: Size, rng: random.Random) -> dict[str, str]:
    made = rng.randint(0, size.documents) if size.documents else 0
    figures = {
        "regulations.made": 0,
        "regulations.newly_disclosed": 0,
        "regulations.total_disclosed": 0,
        "normative_documents.made": made,
        "normative_documents.newly_disclosed": made,
        "normative_documents.total_disclosed": made + rng.randint(0, 4) if size.documents else 0,
    }
    for row, limit in (
        ("licensing", size.licences),
        ("other_services", size.licences),
        ("penalties", size.penalties),
        ("coercion", size.coercion),
    ):
        figures[f"{row}.items_previous"] = rng.randint(2, 60) if limit else 0
        figures[f"{row}.items_change"] = rng.randint(-2, 5) if limit else 0
        figures[f"{row}.decisions"] = rng.randint(limit // 2, limit)
    figures["fees.items_previous"] = rng.randint(1, 4) if size.fee_cents else 0
    figures["fees.items_change"] = 0
    projects = rng.randint(1, 9) if size is not NIL else 0
    figures["procurement.projects"] = projects
    texts = {f"disclosure.{key}": str(number) for key, number in figures.items()}
    texts["disclosure.procurement.amount"] = str(projects * rng.randint(61000, 980000))
    return texts


def figures_of(name: str, year: int, size: Size) -> dict[str, str]:
    """All figures of a body's report for a year: indicator to printed text."""
    form = "2021" if year >= 2021 else "2019"
    if form == "2019":
        rng = random.Random(f"{name}{year}")
        applications, _ = _applications(form, size, rng, [0] * 6)
        counts = {**applications, **_disputes(size, rng)}
        return {**_disclosure_2019(size, rng), **{k: str(v) for k, v in counts.items()}}
    carried = [0] * 6
    in_force = size.documents * 2
    figures: dict[str, str] = {}
    for each in range(2022, year + 1):
        rng = random.Random(f"{name}{each}")
        applications, carried = _applications(form, size, rng, carried)
        disclosure, in_force = _disclosure_2021(size, rng, in_force)
        counts = {**applications, **_disputes(size, rng)}
        figures = {**disclosure, **{key: str(value) for key, value in counts.items()}}
    return figures
