"""Printed figures become numbers exactly, or nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.numerals import is_blank, parse_figure, wrapped_digits


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"), ("３４", "34"), ("1,362", "1362"), ("1，362", "1362"), ("96171.6", "96171.6"),
        ("59237.2449", "59237.2449"), ("-8", "-8"), ("－8", "-8"), ("减4", "-4"), ("增6", "6"),
        ("0件", "0"), ("12 项", "12"), ("12（件）", "12"),
        ("55（含上年结转29件）", "55"), ("3\n（含1件）", "3"),
        ("5*", "5"), ("5①", "5"), ("59\n②", "59"), ("1\n（件", "1"),
        ("7²", "7"), ("零", "0"), ("十二", "12"), ("三件", "3"),
        (" 0\u3000", "0"), ("\u200b7", "7"), ("3985\n758", "3985758"), ("、\n0", "0"), ("? 0", "0"),
    ],
)  # fmt: skip
def test_figure_is_read(text: str, number: str) -> None:
    figure = parse_figure(text)
    assert figure is not None
    assert figure.in_unit("") == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "/", "／", "—", "无", "300余", "约5", "1/2", "1 2", "1\n2", "1,36", "2023年", "一",
        "三", "1.属于国家秘密", "O", "3-5", "12.3.4", "1,2345", "①5", "½", "N/A", "0 0 0",
    ],
)  # fmt: skip
def test_what_is_no_single_figure_is_not_read(text: str) -> None:
    assert parse_figure(text) is None


@pytest.mark.parametrize(
    ("text", "digits"),
    [("39\n5", "395"), ("39\n5\n（件\n）", "395"), ("39 5件", "395"), ("395", ""), ("3\n5.2", "")],
)
def test_digits_on_several_lines(text: str, digits: str) -> None:
    assert wrapped_digits(text) == digits


def test_only_a_printed_unit_converts() -> None:
    printed = parse_figure("437880元")
    plain = parse_figure("43.788")
    loose = parse_figure("10万")
    assert printed is not None
    assert plain is not None
    assert loose is not None
    assert printed.in_unit("万元") == Decimal("43.788")
    assert plain.in_unit("万元") == Decimal("43.788")
    assert loose.in_unit("万元") == Decimal(10)
    assert loose.in_unit("件") == Decimal(100000)


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_a_number_printed_plainly_comes_back(number: Decimal) -> None:
    figure = parse_figure(format(number, "f"))
    assert figure is not None
    assert figure.number == number


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_marks_do_not_change_a_number(number: int) -> None:
    figure = parse_figure(f"{number:,}")
    assert figure is not None
    assert figure.number == number


@given(st.text(max_size=20))
def test_a_blank_never_holds_a_figure(text: str) -> None:
    if is_blank(text):
        assert parse_figure(text) is None


@pytest.mark.parametrize(
    "text",
    ["0（件）0（件）", "0（件）-0（件）", "1（件）2", "3（含1件）4（含2件）", "5[注1]6[注2]"],
)
def test_two_figures_with_their_units_are_not_one(text: str) -> None:
    assert parse_figure(text) is None


def test_a_unit_of_money_in_brackets_is_a_unit() -> None:
    figure = parse_figure("437880（元）")
    assert figure is not None
    assert figure.in_unit("万元") == Decimal("43.788")
