"""What the text of a cell says: the other side of every way in which operators print a figure."""

from __future__ import annotations

import re
import unicodedata

CIRCLED = "①②③④⑤"
GLUED_LABELS = ("行政许可", "行政处罚", "行政强制", "行政事业性收费")
_UNITS = ("万元", "元", "件", "项", "条", "宗", "个")
_SIGNS = {"减少": "-", "增加": "", "减": "-", "增": "", "+": "", "−": "-", "－": "-", "–": "-"}
_INVISIBLE = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")
_MARKS = re.compile(rf"(?:[*※#{CIRCLED}]|注\d)+$")
_PLAIN = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")
_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A whole number below one hundred in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


_CHINESE = {chinese(number): str(number) for number in range(100)}


def is_blank(text: str) -> bool:
    """Whether nothing visible is printed."""
    return not _INVISIBLE.sub("", text)


def printed_number(text: str) -> str | None:
    """The number that a cell says, in plain notation; None for a blank or for anything else.

    An amount in 元 is given in 万元, the unit of the one statutory cell where operators print it.
    """
    plain = _INVISIBLE.sub("", text).replace("**", "")
    for label in GLUED_LABELS:
        plain = plain.removeprefix(label)
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", plain)).replace(",", "")
    if plain in _CHINESE:
        return _CHINESE[plain]
    plain, unit = _without_unit(plain)
    for printed, sign in _SIGNS.items():
        if plain.startswith(printed):
            plain = sign + plain.removeprefix(printed)
            break
    if not _PLAIN.fullmatch(plain):
        return None
    if unit == "元":
        plain = _in_ten_thousands(plain)
    return _shortest(plain)


def _without_unit(text: str) -> tuple[str, str]:
    """A figure and the unit behind it, which may stand in brackets."""
    bare = text.rstrip(")").replace("(", "")
    for unit in _UNITS:
        if bare.endswith(unit):
            return bare.removesuffix(unit), unit
    return text, ""


def _in_ten_thousands(amount: str) -> str:
    """An amount in 元 as 万元, by moving the point."""
    whole, _, fraction = amount.partition(".")
    digits = whole.rjust(5, "0")
    return f"{digits[:-4]}.{digits[-4:]}{fraction}"


def _shortest(plain: str) -> str:
    """Without idle zeros."""
    sign = "-" if plain.startswith("-") else ""
    whole, _, fraction = plain.lstrip("-").partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    number = f"{whole}.{fraction}" if fraction else whole
    return number if number == "0" else sign + number
