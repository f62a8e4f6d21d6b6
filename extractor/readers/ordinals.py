"""Numbers as list markers print them: 一, （二）, ③, iv, C."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLE = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def chinese(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number below ten thousand in words: 12 as 十二, 105 as 一百〇五.

    Others come back in decimal digits.
    """
    if not 0 < value < 10_000:
        return digits[0] if value == 0 else str(value)
    text = ""
    for power in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**power % 10
        if digit:
            text += digits[digit] + (units[power - 1] if power else "")
        elif text and not text.endswith(digits[0]) and value % 10**power:
            text += digits[0]
    return text[1:] if digits == _DIGITS and 10 <= value < 20 else text


def chinese_digits(value: int) -> str:
    """A number digit by digit: 12 as 一二."""
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def roman(value: int) -> str:
    """A number in lower case Roman numerals."""
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for amount, letters in _ROMAN:
        count, value = divmod(value, amount)
        text += letters * count
    return text


def letters_repeated(value: int) -> str:
    """Letters as word processors count: a … z, aa, bb …."""
    return chr(ord("a") + (value - 1) % 26) * min(32, (value - 1) // 26 + 1) if value > 0 else ""


def letters_counted(value: int) -> str:
    """Letters as browsers count: a … z, aa, ab …."""
    text = ""
    while value > 0:
        value, rest = divmod(value - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def circled(value: int) -> str:
    """① … ㊿; beyond fifty in decimal digits."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= value <= last:
            return chr(start + value - first)
    return str(value)


def from_block(start: int, count: int) -> Callable[[int], str]:
    """Markers that stand side by side in Unicode; beyond them decimal digits."""
    return lambda value: chr(start + value - 1) if 1 <= value <= count else str(value)


def full_width(value: int) -> str:
    """A number in full-width digits."""
    return "".join(chr(ord("０") + int(digit)) for digit in str(abs(value)))


def cycled(symbols: str) -> Callable[[int], str]:
    """One symbol per number, from the start again after the last."""
    return lambda value: symbols[(value - 1) % len(symbols)] if value > 0 else str(value)


def legal(value: int) -> str:
    """Banker's numerals, simplified: 壹拾贰."""
    return chinese(value, _LEGAL_SIMPLE, "拾佰仟")


def legal_traditional(value: int) -> str:
    """Banker's numerals, traditional: 壹拾貳."""
    return chinese(value, _LEGAL_TRADITIONAL, "拾佰仟")


stems = cycled(_STEMS)
branches = cycled(_BRANCHES)


def stems_and_branches(value: int) -> str:
    """The sexagenary cycle: 甲子, 乙丑 …."""
    return stems(value) + branches(value) if value > 0 else str(value)
