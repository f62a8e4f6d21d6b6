"""Check formulas: one comparison over ``+ - *``, whole numbers, decimals, names and ``whole()``.

::

    new_received + carried_in == outcomes_total + carried_out
    value == whole(value)

Formulas are parsed with :mod:`ast` and a whitelist, never run as Python.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow

from extractor.rulebook.model import Formula, Judgement
from extractor.rulebook.problems import hint

MAX_LENGTH = 2000
_MAX_DEPTH = 60
_EXACT = Context(prec=200, traps=[InvalidOperation, Overflow, Inexact])
_TYPOGRAPHY = str.maketrans("（）＋－×＝＞＜　", "()+-*=>< ")
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}


class FormulaError(ValueError):
    """A formula that cannot be used; ``zh`` and ``en`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(f"{zh} / {en}")


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


@dataclass(frozen=True, slots=True)
class _Whole:
    operand: _Term


@dataclass(frozen=True, slots=True)
class _Pair:
    operator: str
    left: _Term
    right: _Term


_Term = _Number | _Name | _Whole | _Pair


@dataclass(frozen=True, slots=True)
class Comparison:
    """A parsed formula."""

    source: str
    names: tuple[str, ...]
    operator: str
    left: _Term
    right: _Term


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a formula ended, with what it was judged on.

    ``left`` and ``right`` are the two sides, ``None`` where an operand is not known;
    ``operands`` has every name of the formula once, in order of first use.
    """

    judgement: Judgement
    left: Decimal | None
    right: Decimal | None
    operands: tuple[tuple[str, Decimal | None], ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names without a number."""
        return tuple(name for name, number in self.operands if number is None)


def parse_formula(source: str, known: Collection[str] | None = None) -> Comparison:
    """Parse a formula; with ``known``, every name must be one of them.

    Raises:
        FormulaError: it is no single comparison, uses something not allowed, or an unknown name.
    """
    text = " ".join(source.translate(_TYPOGRAPHY).split())
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            f"算式超过 {MAX_LENGTH} 个字符。", f"the formula is over {MAX_LENGTH} characters."
        )
    try:
        body = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(*_syntax_message(text)) from error
    if not isinstance(body, ast.Compare) or len(body.ops) != 1:
        raise FormulaError(
            "算式必须是一个比较，例如 a + b == c。",
            "a formula is one comparison, such as a + b == c.",
        )
    operator = _COMPARISONS.get(type(body.ops[0]))
    if operator is None:
        raise FormulaError("比较只能用 == != < <= > >=。", "compare with == != < <= > >= only.")
    names: dict[str, None] = {}
    left = _term(body.left, names, 0)
    right = _term(body.comparators[0], names, 0)
    _check_names(names, known)
    return Comparison(source=text, names=tuple(names), operator=operator, left=left, right=right)


def _syntax_message(text: str) -> tuple[str, str]:
    if re.search(r"(?<![=!<>])=(?!=)", text):
        return (
            "算式写错了：“等于”要写成两个等号 ==。",
            "the formula cannot be read: equality is written with two signs, ==.",
        )
    return (
        "算式写错了：只能用名称、数字、+ - *、括号和一个比较。",
        "the formula cannot be read: use names, numbers, + - *, brackets and one comparison.",
    )


def _term(node: ast.expr, names: dict[str, None], depth: int) -> _Term:
    """One side of the comparison, or a part of it."""
    if depth > _MAX_DEPTH:
        raise FormulaError("算式层次太深。", "the formula is nested too deeply.")
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return _Number(Decimal(ast.unparse(node)))
        case ast.Name() | ast.Attribute():
            name = _dotted(node)
            names[name] = None
            return _Name(name)
        case ast.BinOp() if type(node.op) in _OPERATORS:
            left = _term(node.left, names, depth + 1)
            return _Pair(_OPERATORS[type(node.op)], left, _term(node.right, names, depth + 1))
        case ast.UnaryOp(op=ast.USub()):
            return _Pair("-", _Number(Decimal(0)), _term(node.operand, names, depth + 1))
        case ast.Call(func=ast.Name(id="whole"), args=[operand], keywords=[]):
            return _Whole(_term(operand, names, depth + 1))
    raise FormulaError(
        f"算式里不能用“{ast.unparse(node)[:40]}”：只能用名称、数字、+ - *、括号和 whole()。",
        f"“{ast.unparse(node)[:40]}” cannot stand in a formula: use names, numbers, + - *, "
        "brackets and whole().",
    )


def _dotted(node: ast.expr) -> str:
    """A name, or names joined by points."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Name):
        return node.id
    raise FormulaError(
        f"“{ast.unparse(node)[:40]}”不是名称。", f"“{ast.unparse(node)[:40]}” is no name."
    )


def _check_names(names: Collection[str], known: Collection[str] | None) -> None:
    if not names:
        raise FormulaError("算式里没有名称。", "the formula has no name in it.")
    if known is None:
        return
    for name in names:
        if name not in known:
            zh, en = hint(name, known)
            raise FormulaError(
                f"算式里的“{name}”不认识。{zh}", f"the formula's name “{name}” is not known; {en}"
            )


def evaluate(formula: Formula, operands: Callable[[str], Decimal | None]) -> Evaluation:
    """Judge a formula. ``operands`` gives the number of a name, ``None`` where it has none.

    An operand that is missing or not finite leaves the formula unknown: nothing is assumed.

    Raises:
        TypeError: ``formula`` did not come from :func:`parse_formula`.
    """
    if not isinstance(formula, Comparison):
        raise TypeError("formula must come from parse_formula")
    numbers = {name: _finite(operands(name)) for name in formula.names}
    found = tuple(numbers.items())
    if any(number is None for number in numbers.values()):
        return Evaluation(Judgement.UNKNOWN, None, None, found)
    values = {name: number for name, number in found if number is not None}
    try:
        left, right = _value(formula.left, values), _value(formula.right, values)
    except (InvalidOperation, Overflow, Inexact):
        return Evaluation(Judgement.UNKNOWN, None, None, found)
    judgement = Judgement.HOLDS if _compare(formula.operator, left, right) else Judgement.BROKEN
    return Evaluation(judgement, left, right, found)


def coefficients(formula: Formula) -> tuple[Decimal, ...] | None:
    """How much each name counts in left minus right, ``None`` where that is no sum.

    The numbers go with ``formula.names``. Only equalities of names, added up with constant factors,
    have them.

    Raises:
        TypeError: ``formula`` did not come from :func:`parse_formula`.
    """
    if not isinstance(formula, Comparison):
        raise TypeError("formula must come from parse_formula")
    left, right = _linear(formula.left), _linear(formula.right)
    if formula.operator != "==" or left is None or right is None:
        return None
    nothing = Decimal(0)
    return tuple(left.get(name, nothing) - right.get(name, nothing) for name in formula.names)


def _linear(term: _Term) -> dict[str, Decimal] | None:
    """The factor of each name in a sum; a constant stands under ``""``."""
    match term:
        case _Number(value):
            return {"": value}
        case _Name(name):
            return {name: Decimal(1)}
        case _Whole():
            return None
        case _Pair(operator, first, second):
            left, right = _linear(first), _linear(second)
            if left is None or right is None:
                return None
            if operator == "*":
                return _scaled(left, right)
            sign = 1 if operator == "+" else -1
            names = dict.fromkeys((*left, *right))
            return {n: left.get(n, Decimal(0)) + sign * right.get(n, Decimal(0)) for n in names}


def _scaled(left: dict[str, Decimal], right: dict[str, Decimal]) -> dict[str, Decimal] | None:
    """A product of which one side is a constant."""
    for factor, other in ((left, right), (right, left)):
        if factor.keys() == {""}:
            return {name: number * factor[""] for name, number in other.items()}
    return None


def _finite(number: Decimal | None) -> Decimal | None:
    return number if number is not None and number.is_finite() else None


def _value(term: _Term, values: dict[str, Decimal]) -> Decimal:
    """The exact value of a term."""
    match term:
        case _Number(value):
            return value
        case _Name(name):
            return values[name]
        case _Whole(operand):
            return Decimal(int(_value(operand, values)))
        case _Pair(operator, left, right):
            first, second = _value(left, values), _value(right, values)
            if operator == "+":
                return _EXACT.add(first, second)
            if operator == "-":
                return _EXACT.subtract(first, second)
            return _EXACT.multiply(first, second)


def _compare(operator: str, left: Decimal, right: Decimal) -> bool:
    match operator:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right
