"""Where sums fail, the cell that is wrong is named first, with the number that would fit."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from extractor.checks import Subject, run_checks
from extractor.options import Lang
from extractor.report import Flag, Identity, State, Value
from extractor.rulebook import load_rulebook
from extractor.rulebook.formula import coefficients, parse_formula
from tests.synthetic import make_value

RULES = load_rulebook()
KINDS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org")
SUMS = ("C001", "C002", "C003", "C004")
TABLE = "applications"
Figures = dict[tuple[str, str], int]


@cache
def rows_of(form_id: str) -> tuple[str, ...]:
    table = RULES.form(form_id).table(TABLE)
    assert table is not None
    return tuple(dict.fromkeys(cell.row_id for block in table.blocks for cell in block.cells))


def consistent(form_id: str, rng: random.Random) -> Figures:
    """A table as bodies fill it: mostly zeros, all sums right."""
    outcomes = [r for r in rows_of(form_id) if r not in
                ("new_received", "carried_in", "outcomes_total", "carried_out")]  # fmt: skip
    figures: Figures = {(row, kind): 0 for row in rows_of(form_id) for kind in KINDS}
    size = rng.choice((3, 30, 400))
    for _ in range(rng.randint(1, 14)):
        figures[rng.choice(outcomes), rng.choice(KINDS)] += rng.randint(1, size)
    for kind in KINDS:
        total = sum(figures[row, kind] for row in outcomes)
        left = rng.choice((0, 0, rng.randint(0, size)))
        figures["outcomes_total", kind], figures["carried_out", kind] = total, left
        figures["carried_in", kind] = rng.randint(0, total + left) if rng.random() < 0.3 else 0
        figures["new_received", kind] = total + left - figures["carried_in", kind]
    for row in rows_of(form_id):
        figures[row, "total"] = sum(figures[row, kind] for kind in KINDS)
    return figures


def slip(number: int, rng: random.Random) -> int:
    """Another number, as a slip of the pen or of the hand gives it."""
    text = str(number)
    at = rng.randrange(len(text))
    return int(
        rng.choice(
            (
                text[:at] + str(rng.randint(0, 9)) + text[at + 1 :],
                text[:at] + str(rng.randint(0, 9)) + text[at:],
                text[:at] + text[at + 1 :] or "0",
                text[::-1],
                str(number + rng.randint(1, 5)),
                "0",
            )
        )
    )


def values(figures: Mapping[tuple[str, str], int | None]) -> tuple[Value, ...]:
    return tuple(
        make_value(
            f"{TABLE}.{row}.{column}",
            None if number is None else Decimal(number),
            State.BLANK if number is None else State.REPORTED,
        )
        for (row, column), number in figures.items()
    )


def flags(
    found: tuple[Value, ...], form_id: str = "2021", lang: Lang = Lang.ZH
) -> tuple[Flag, ...]:
    form = RULES.form(form_id)
    identity = Identity(issuer="澄漪县望澜镇", issuer_level="town", year=form.since)
    subject = Subject(RULES, identity, form, (), (), found, (), ())
    return tuple(flag for flag in run_checks(subject, lang)[0] if flag.code in SUMS)


def first_suspects(flag: Flag) -> list[str]:
    return [item.text for item in flag.evidence if item.role == "suspect"]


def named(found: tuple[Value, ...], form_id: str) -> list[list[str]]:
    """The suspects of every failing sum, by indicator."""
    marked = tuple(
        replace(value, reading=value.reading and replace(value.reading, raw=value.indicator))
        for value in found
    )
    return [first_suspects(flag) for flag in flags(marked, form_id)]


@pytest.mark.parametrize("form_id", ["2021", "2019"])
def test_a_single_wrong_cell_is_the_first_suspect_of_every_sum_that_fails(form_id: str) -> None:
    rng = random.Random(7)
    right = wrong = 0
    while right + wrong < 400:
        figures = consistent(form_id, rng)
        place = rng.choice(list(figures))
        changed = slip(figures[place], rng)
        if changed == figures[place]:
            continue
        suspects = named(values({**figures, place: changed}), form_id)
        assert suspects
        hit = all(one[:1] == [".".join((TABLE, *place))] for one in suspects)
        right, wrong = right + hit, wrong + (not hit)
    assert right >= 0.99 * (right + wrong)


def applications(change: Callable[[Figures], None]) -> tuple[Value, ...]:
    """A table of five applications of natural persons, all granted, and a change to it."""
    figures: Figures = {(row, column): 0 for row in rows_of("2021") for column in (*KINDS, "total")}
    for row in ("new_received", "granted", "outcomes_total"):
        for column in ("natural_person", "total"):
            figures[row, column] = 5
    change(figures)
    return values(figures)


def test_the_message_names_cell_and_number() -> None:
    def change(figures: Figures) -> None:
        figures["granted", "natural_person"] = 8

    found = applications(change)
    for flag in flags(found):
        assert "“（一）予以公开”“自然人”：印的是 8，如果是 5" in flag.message
    for flag in flags(found, lang=Lang.EN):
        assert "“自然人” says 8; with 5 every sum" in flag.message
    assert {flag.code for flag in flags(found)} == {"C002", "C003"}


def test_a_table_that_adds_up_has_no_suspect() -> None:
    assert flags(applications(lambda figures: None)) == ()


def test_two_wrong_cells_apart_are_both_named() -> None:
    def change(figures: Figures) -> None:
        figures["granted", "natural_person"] = 6
        figures["carried_in", "business"] = 2

    found = {name for one in named(applications(change), "2021") for name in one}
    assert found == {f"{TABLE}.granted.natural_person", f"{TABLE}.carried_in.business"}


def test_where_nothing_tells_the_cells_apart_none_is_named() -> None:
    group = ("upheld", "corrected", "other", "pending", "total")
    found = tuple(
        make_value(f"disputes.reconsideration.{column}", Decimal(number))
        for column, number in zip(group, (1, 1, 0, 0, 3), strict=True)
    )
    (flag,) = (flag for flag in flags(found) if flag.code == "C004")
    assert first_suspects(flag) == []
    assert "可能填错" not in flag.message


def test_a_blank_cell_is_no_suspect_and_no_zero() -> None:
    figures: dict[tuple[str, str], int | None] = {
        (row, column): 0 for row in rows_of("2021") for column in (*KINDS, "total")
    }
    figures["granted", "natural_person"] = None
    figures["granted", "total"] = 4
    for flag in flags(values(figures)):
        assert f"{TABLE}.granted.natural_person" not in first_suspects(flag)


def test_no_negative_number_is_proposed() -> None:
    def change(figures: Figures) -> None:
        figures["outcomes_total", "total"] = 0

    for one in named(applications(change), "2021"):
        assert one == [f"{TABLE}.outcomes_total.total"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a + b == c", (1, 1, -1)),
        ("a - 2 * b == 3", (1, -2)),
        ("a + a == b", (2, -1)),
        ("a >= b", None),
        ("a * b == c", None),
        ("a == whole(a)", None),
    ],
)
def test_how_much_each_name_of_a_formula_counts(
    formula: str, expected: tuple[int, ...] | None
) -> None:
    assert coefficients(parse_formula(formula)) == expected
