"""Figures whose size is out of keeping: with other years of the body, then with its peers.

Only slips of a unit or of a digit are looked for, never unusual but possible figures; the limits
stand in ``rules/across/plausible.yaml``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import exp, log
from statistics import median

from extractor.checks.across.batch import AcrossOutcome, Batch
from extractor.checks.across.bodies import Bodies, agreed, is_read
from extractor.checks.across.labels import cells_of
from extractor.digest import Across, Digest
from extractor.document import Location
from extractor.report import CheckOutcome, Evidence, Finding, Outcome
from extractor.rulebook.across_model import OwnYearsRule, PeersRule
from extractor.rulebook.model import Rulebook

_CODE, _NAME = "C008", "implausible_value"
_NORMAL = 1.4826
"""What makes the median absolute deviation of normally spread figures their standard deviation."""

Result = tuple[CheckOutcome, Across | None]
Logs = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Peers:
    """The logarithms of one cell's figures at bodies of one level, in order."""

    logs: Logs
    middle: float
    deviation: float


def check_magnitude(batch: Batch, bodies: Bodies) -> AcrossOutcome:
    """Figures far from those of other years or of other bodies."""
    years = _by_body(bodies)
    peers = _peers(batch.rulebook, bodies)
    outcomes: list[CheckOutcome] = []
    findings: list[Across] = []
    for digest in batch.digests:
        if not is_read(digest):
            continue
        for outcome, across in _check(digest, bodies, years, peers, batch.rulebook):
            outcomes.append(outcome)
            if across is not None:
                findings.append(across)
    return AcrossOutcome(tuple(findings), tuple(outcomes))


def _by_body(bodies: Bodies) -> dict[str, dict[int, dict[str, Decimal | None]]]:
    """What each body reported in each year, without years of which it is unsure who reported."""
    result: defaultdict[str, dict[int, dict[str, Decimal | None]]] = defaultdict(dict)
    for body, year in bodies.years.keys() | bodies.previous.keys():
        if (body, year) not in bodies.unsure:
            result[body][year] = agreed(bodies.reports((body, year)))
    return dict(result)


def _peers(rulebook: Rulebook, bodies: Bodies) -> dict[tuple[str, str], _Peers]:
    """The figures of each level, by level and indicator: one for each body, its median."""
    cells = {cell for rule in rulebook.across.plausible.peers for cell in _cells(rulebook, rule)}
    figures: defaultdict[tuple[str, str], defaultdict[str, list[float]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for (body, _), group in bodies.years.items():
        for digest in group:
            level = digest.identity.issuer_level
            for cell in cells & digest.numbers.keys():
                number = digest.numbers[cell]
                if level and number > 0:
                    figures[level, cell][body].append(log(number))
    return {which: _spread(by_body) for which, by_body in figures.items()}


def _spread(by_body: dict[str, list[float]]) -> _Peers:
    logs = tuple(sorted(median(values) for values in by_body.values()))
    middle = median(logs)
    deviation = _NORMAL * median(abs(value - middle) for value in logs)
    return _Peers(logs, middle, deviation)


def _check(
    digest: Digest,
    bodies: Bodies,
    years: dict[str, dict[int, dict[str, Decimal | None]]],
    peers: dict[tuple[str, str], _Peers],
    rulebook: Rulebook,
) -> Iterator[Result]:
    """One outcome for each rule; a cell that other years show to be wrong is told once."""
    body, year = bodies.of(digest), digest.identity.year
    others = {
        other: numbers
        for other, numbers in years.get(body.id, {}).items()
        if year is not None and other != year and (body.id, year) not in bodies.unsure
    }
    told: set[str] = set()
    for rule in rulebook.across.plausible.own_years:
        yield from _own_years(rule, digest, others, rulebook, told)
    for beside in rulebook.across.plausible.peers:
        yield from _beside_peers(beside, digest, peers, rulebook, told)


def _own_years(
    rule: OwnYearsRule,
    digest: Digest,
    others: dict[int, dict[str, Decimal | None]],
    rulebook: Rulebook,
    told: set[str],
) -> Iterator[Result]:
    judged = broken = False
    for cell in sorted(_cells(rulebook, rule)):
        number = digest.numbers.get(cell)
        known = {year: n for year, numbers in others.items() if (n := numbers.get(cell))}
        if not number or number < 0 or len(known) < rule.years or min(known.values()) < 0:
            continue
        if len(known) == 1 and min(known) > (digest.identity.year or 0):
            continue
        judged = True
        logs = [log(n) for n in known.values()]
        apart = abs(log(number) - median(logs))
        least = min(float(number), *map(float, known.values()))
        if max(logs) - min(logs) > log(rule.spread) or least < rule.least:
            continue
        if apart >= log(rule.ratio):
            broken = True
            told.add(cell)
            detail = "；".join(f"{year} {n}" for year, n in sorted(known.items()))
            middle = sorted(known.values())[len(known) // 2]
            finding = _finding(cell, number, str(middle), detail, "own_years")
            yield _outcome(rule.name, digest, Outcome.BROKEN), Across(digest.key, finding)
    if not broken:
        ended = Outcome.HOLDS if judged else Outcome.NOT_APPLICABLE
        why = "" if judged else f"fewer than {rule.years} other years with figures"
        yield _outcome(rule.name, digest, ended, why), None


def _beside_peers(
    rule: PeersRule,
    digest: Digest,
    peers: dict[tuple[str, str], _Peers],
    rulebook: Rulebook,
    told: set[str],
) -> Iterator[Result]:
    judged = broken = False
    for cell in sorted(_cells(rulebook, rule) - told):
        number = digest.numbers.get(cell)
        group = peers.get((digest.identity.issuer_level, cell))
        if not number or number < 0 or group is None or len(group.logs) < rule.bodies:
            continue
        judged = True
        if _stands_out(log(number), group, rule):
            broken = True
            reference = f"{exp(group.middle):.4g}"
            detail = f"{digest.identity.issuer_level} × {len(group.logs)}"
            finding = _finding(cell, number, reference, detail, "peers")
            yield _outcome(rule.name, digest, Outcome.BROKEN), Across(digest.key, finding)
    if not broken:
        ended = Outcome.HOLDS if judged else Outcome.NOT_APPLICABLE
        why = "" if judged else f"fewer than {rule.bodies} bodies of its level with figures"
        yield _outcome(rule.name, digest, ended, why), None


def _stands_out(value: float, group: _Peers, rule: PeersRule) -> bool:
    """Whether a figure lies far from the middle, with a gap between it and all but a few."""
    apart = abs(value - group.middle)
    if apart < max(log(rule.ratio), rule.deviations * group.deviation):
        return False
    above = value > group.middle
    side = sorted(abs(v - group.middle) for v in group.logs if (v > group.middle) is above)
    gap, edge = max(
        (after - before, after) for before, after in pairwise([0.0, *side, apart]) if after <= apart
    )
    beyond = sum(distance >= edge for distance in side)
    return gap >= log(rule.gap) and beyond <= max(1, rule.share * len(group.logs))


def _finding(cell: str, number: Decimal, reference: str, detail: str, variant: str) -> Finding:
    table, row, column = cell.split(".")
    return Finding(
        _NAME,
        table=table,
        indicator=cell,
        row=row,
        column=column,
        expected=reference,
        found=str(number),
        detail=detail,
        evidence=(Evidence(cell, str(number), Location()),),
        variant=variant,
    )


def _outcome(name: str, digest: Digest, ended: Outcome, why: str = "") -> CheckOutcome:
    return CheckOutcome(_CODE, f"{name} {digest.key.source}", ended, why)


def _cells(rulebook: Rulebook, rule: OwnYearsRule | PeersRule) -> frozenset[str]:
    return cells_of(rulebook, rule.tables, rule.quantities)
