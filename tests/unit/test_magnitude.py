"""Figures out of keeping with other years of a body and with its peers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

import pytest

from extractor.digest import Digest
from extractor.report import Outcome
from tests.panel import across, ends, findings, history, make_digest, told, with_numbers, without

TOWN = "澄漪县望澜镇人民政府"
FEE = "disclosure.fees.amount"
LICENCES = "disclosure.licensing.decisions"
VARIANTS = ("own_years", "peers")


def years(indicator: str, *figures: str, form: str = "") -> list[Digest]:
    """A body's reports from 2021 on; an empty text is a cell that was not read."""
    return [
        make_digest(TOWN, 2021 + at, {indicator: figure} if figure else {}, form=form)
        for at, figure in enumerate(figures)
    ]


def slips(batch: Sequence[Digest]) -> list[tuple[str, str, str]]:
    """Kind, year and figure of every finding about a size."""
    outcome = across(batch)
    years = {one.key.source: str(one.identity.year) for one in batch}
    return [
        (one.finding.variant, years[one.key.source] if one.key else "", one.finding.found)
        for one in outcome.findings
        if one.finding.variant in VARIANTS
    ]


def town(number: int, figure: str, indicator: str = FEE, level: str = "town") -> Digest:
    return make_digest(f"澄漪县第{number}镇人民政府", 2023, {indicator: figure}, level=level)


# Own years


def test_yuan_for_ten_thousand_yuan_is_told_on_the_later_of_two_years() -> None:
    assert slips(years(FEE, "1.25", "12500")) == [("own_years", "2022", "12500")]
    assert slips(years(FEE, "12500", "1.25")) == [("own_years", "2022", "1.25")]


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_of_three_years_the_wrong_one_is_told(wrong: int) -> None:
    figures = ["1.25", "1.4", "0.9"]
    figures[wrong] = "12500"
    assert slips(years(FEE, *figures)) == [("own_years", str(2021 + wrong), "12500")]


def test_message_holds_the_other_years() -> None:
    (finding,) = findings(across(years(FEE, "1.25", "12500")), "C008")
    assert (finding.found, finding.expected, finding.detail) == ("12500", "1.25", "2021 1.25")
    assert finding.evidence[0].role == FEE


@pytest.mark.parametrize(("figure", "fires"), [("1250", True), ("1249", False), ("300", False)])
def test_limit_of_amounts(figure: str, fires: bool) -> None:
    assert bool(slips(years(FEE, "1.25", figure))) is fires


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        (("127", "131", "1290"), [("own_years", "2023", "1290")]),
        (("127", "13", "125"), [("own_years", "2022", "13")]),
        (("127", "131", "700"), []),
        (("127", "1290"), []),
        (("20", "131", "1290"), []),
        (("1", "1", "12"), []),
        (("127", "131", "0"), []),
        (("127", "", "1290"), []),
    ],
    ids=["digit more", "digit less", "grown", "two years", "uneven", "small", "none", "blank"],
)
def test_counts_beside_other_years(figures: tuple[str, ...], found: list[object]) -> None:
    assert slips(years(LICENCES, *figures)) == found


def test_a_blank_year_is_no_year() -> None:
    batch = years(FEE, "1.25", "", "12500")
    assert slips(batch) == [("own_years", "2023", "12500")]
    assert ends(across(batch), "amount_unit_slip", batch[1].key.source) == {Outcome.NOT_APPLICABLE}


def test_amounts_without_a_unit_on_the_form_are_not_compared() -> None:
    assert slips(years("disclosure.procurement.amount", "160.5", "1605000", form="2019")) == []


# Peers


def test_one_town_in_another_unit_stands_out_among_its_level() -> None:
    rng = random.Random("peers")
    batch = [town(n, f"{rng.uniform(0.5, 9):.2f}") for n in range(30)]
    batch.append(town(99, "43788"))
    assert slips(batch) == [("peers", "2023", "43788")]
    (finding,) = findings(across(batch), "C008")
    assert 0.5 < Decimal(finding.expected) < 9


@pytest.mark.parametrize("kind", ["few", "other level", "wide", "bridged", "near"])
def test_what_need_not_stand_out(kind: str) -> None:
    rng = random.Random(kind)
    count = 8 if kind == "few" else 30
    figures = [f"{rng.uniform(0.5, 9):.2f}" for _ in range(count)]
    if kind == "wide":
        figures = [f"{10 ** rng.uniform(-2, 4):.4f}" for _ in range(count)]
    if kind == "bridged":
        figures += [f"{3 * 7**step:.2f}" for step in range(1, 5)]
    batch = [town(n, figure) for n, figure in enumerate(figures)]
    level = "department" if kind == "other level" else "town"
    batch.append(town(99, "900" if kind == "near" else "43788", level=level))
    assert slips(batch) == []


def test_two_in_another_unit_both_stand_out() -> None:
    rng = random.Random("two")
    batch = [town(n, f"{rng.uniform(0.5, 9):.2f}") for n in range(60)]
    batch += [town(98, "43788"), town(99, "12500")]
    assert slips(batch) == [("peers", "2023", "43788"), ("peers", "2023", "12500")]


def test_a_cell_is_told_once() -> None:
    rng = random.Random("once")
    batch = [town(n, f"{rng.uniform(0.5, 9):.2f}") for n in range(30)]
    batch += [make_digest(TOWN, 2022, {FEE: "3"}), make_digest(TOWN, 2023, {FEE: "30000"})]
    assert slips(batch) == [("own_years", "2023", "30000")]


# A generated panel


def test_every_slip_of_a_panel_is_found_and_no_other() -> None:
    rng = random.Random("magnitude-1")
    reports, due = [], set()
    for number in range(320):
        own = history(rng, f"澄漪县第{number}镇人民政府", 2022, 3)
        at = rng.randrange(3)
        cell = rng.choice((FEE, LICENCES))
        factor = 10000 if cell == FEE else 10
        others = [one.numbers[cell] for one in own if one is not own[at]]
        slipped = own[at].numbers[cell] * factor
        if number % 4 == 0 and slipped >= 8 * max(others) and (cell == FEE or min(others) >= 10):
            own[at] = with_numbers(own[at], **{cell.replace(".", "__"): str(slipped)})
            due.add((own[at].key.source, "C008", cell))
        if number % 7 == 0:
            own[0] = without(own[0], "disclosure.penalties.decisions")
        reports += own
    assert len(due) > 50
    assert told(across(reports), "C008") == due
