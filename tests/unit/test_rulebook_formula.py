"""Check formulas: what they may hold and how they end."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extractor.rulebook import FormulaError, evaluate, parse_formula
from extractor.rulebook.model import Judgement


def given(**numbers: str | None) -> Callable[[str], Decimal | None]:
    """Operands by name."""
    found = {name: None if text is None else Decimal(text) for name, text in numbers.items()}
    return found.__getitem__


@pytest.mark.parametrize(
    ("source", "numbers", "holds"),
    [
        ("a + b == c", {"a": "1", "b": "2", "c": "3"}, True),
        ("a + b == c", {"a": "1", "b": "2", "c": "4"}, False),
        ("a + b == c", {"a": "0.1", "b": "0.2", "c": "0.3"}, True),
        ("2 * (a - b) <= c", {"a": "5", "b": "1", "c": "8"}, True),
        ("-a < 0.5", {"a": "0"}, True),
        ("a != b", {"a": "1.0", "b": "1"}, False),
        ("a >= 0", {"a": "-1"}, False),
        ("a > 0", {"a": "0"}, False),
        ("a == whole(a)", {"a": "2.5"}, False),
        ("a == whole(a)", {"a": "-3"}, True),
        ("（a＋b）＝＝c", {"a": "1", "b": "2", "c": "3"}, True),
        ("a + b == c", {"a": "9" * 40, "b": "1", "c": "1" + "0" * 40}, True),
    ],
)
def test_judgement(source: str, numbers: dict[str, str | None], holds: bool) -> None:
    result = evaluate(parse_formula(source), given(**numbers))
    assert result.judgement is (Judgement.HOLDS if holds else Judgement.BROKEN)


def test_both_sides_and_operands_are_kept() -> None:
    result = evaluate(
        parse_formula("new + old == done + left"),
        given(new="3119", old="34", done="3050", left="102"),
    )
    assert result.judgement is Judgement.BROKEN
    assert (result.left, result.right) == (Decimal(3153), Decimal(3152))
    assert [name for name, _ in result.operands] == ["new", "old", "done", "left"]
    assert result.unknown == ()


@pytest.mark.parametrize("missing", [None, "NaN", "Infinity"])
def test_missing_operand_leaves_it_unknown(missing: str | None) -> None:
    result = evaluate(parse_formula("a + b == 0"), given(a="0", b=missing))
    assert result.judgement is Judgement.UNKNOWN
    assert result.unknown == ("b",)
    assert result.left is None


def test_number_too_long_to_be_exact_leaves_it_unknown() -> None:
    result = evaluate(parse_formula("a + b == a"), given(a="1E+300", b="1"))
    assert result.judgement is Judgement.UNKNOWN


@pytest.mark.parametrize(
    "source",
    [
        "a + b",
        "a == b == c",
        "a = b",
        "1 == 1",
        "a ** 2 == b",
        "a / b == c",
        "a % 2 == 0",
        "open('x') == a",
        "a.__class__() == b",
        "(lambda: a)() == b",
        "[a] == b",
        "a['x'] == b",
        "'a' == b",
        "True == a",
        "a and b == c",
        "a in b",
        "whole(a, b) == c",
        "whole(a=1) == c",
        "a == 1j",
        "",
        "a ==",
        "a == " + "(" * 500 + "b" + ")" * 500,
        "a == " + "-" * 100 + "b",
        "a == " + "+".join(["b"] * 2000),
    ],
)
def test_anything_else_is_refused(source: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(source)


def test_single_equals_sign_is_explained() -> None:
    with pytest.raises(FormulaError, match="=="):
        parse_formula("a = b")


def test_unknown_name_names_the_nearest() -> None:
    with pytest.raises(FormulaError, match="carried_in"):
        parse_formula("carried_im == 0", {"carried_in", "carried_out"})


def test_names_in_order_of_first_use_each_once() -> None:
    formula = parse_formula("t.b.c + a == a + t.b.d")
    assert formula.names == ("t.b.c", "a", "t.b.d")
    assert formula.source == "t.b.c + a == a + t.b.d"
