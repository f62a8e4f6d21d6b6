"""Printed figures to numbers, or to ``None``: never a guess.

Read: ``1,362`` ``１２`` ``-8`` ``43.788万元`` ``7（元）`` ``55（含…29件）``
``减4`` ``十二`` ``5*``.
Not read: ``300余`` ``约5`` ``1/2`` ``1 2`` ``0（件）0（件）`` ``/`` ``无``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

from extractor.textnorm import fold, squash

_UNITS = {
    "元": ("元", 0), "千元": ("元", 3), "万元": ("元", 4), "百万元": ("元", 6), "亿元": ("元", 8),
    "万": ("", 4), "亿": ("", 8),
}  # fmt: skip
CHANGES = ("增加", "减少", "增", "减")
"""Words before a figure that give it its sign."""
_COUNTERS = "件条个项宗份次起人篇家例类"
_NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)"
_FIGURE = regex.compile(
    rf"""^(?P<sign>[+-]|{"|".join(CHANGES)})?
         (?P<number>{_NUMBER})
         (?P<unit>(?:百万|[千万亿])元|元|[万亿]?[{_COUNTERS}次]{{0,2}})
         (?:\((?P<beside>(?:百万|[千万亿])?元)\))?
         (?P<note>(?:\([^()]*\)|\[[^\[\]]*\]|[*#※△①-⑳¹²³⁴-⁹†‡]|注\d?)*)
         (?:\([{_COUNTERS}]?)?[。.;,、]?$""",
    regex.VERBOSE,
)
"""A bracket around a counter may be cut off by the end of a page."""
_WRAPPED = regex.compile(rf"(?P<digits>\d+(?:\s+\d+)+)\s*\(?\s*[{_COUNTERS}]?\s*\)?")
_MONEY = regex.compile(r"(?:单位:?|[(\[])(?:人民币)?(?P<unit>(?:百万|[千万亿])?元)")
_PADDING = regex.compile(r"^['?]+(?=\s*[-+\d])")
_CHINESE = regex.compile(r"^[零一二两三四五六七八九十百千]+$")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_SPLIT = regex.compile(r"\s+")
_STRAY = "、。;:"
"""Punctuation of a neighbouring label that hangs over the edge of its cell."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed.

    ``unit`` is the printed unit (``元`` with ``scale`` 4 for 万元) or ``""``; ``number`` is the
    figure before scaling.
    """

    number: Decimal
    unit: str = ""
    scale: int = 0

    @property
    def printed_unit(self) -> str:
        """The unit as printed behind the figure (万元), ``""`` without one."""
        names = (name for name, parts in _UNITS.items() if parts == (self.unit, self.scale))
        return next(names, self.unit)

    def in_unit(self, unit: str, printed: str = "") -> Decimal:
        """The number in ``unit`` (``元`` or ``万元`` for money, anything for a count).

        ``printed`` is the unit of money in the heading above the figure. A figure without a unit of
        its own is in that unit, and in ``unit`` where the heading names none.
        """
        if printed in _UNITS and unit in _UNITS and not self.unit and not self.scale:
            return _plain(self.number.scaleb(_UNITS[printed][1] - _UNITS[unit][1]))
        if unit in _UNITS and (self.unit == "元" or self.scale):
            return _plain(self.number.scaleb(self.scale - _UNITS[unit][1]))
        if self.unit == "元":
            return _plain(self.number)
        return _plain(self.number.scaleb(self.scale))


def money_unit(text: str) -> str:
    """The unit of money that a heading names (（单位：元） is 元), ``""`` without one."""
    found = _MONEY.search(squash(text))
    return found.group("unit") if found else ""


def _plain(number: Decimal) -> Decimal:
    """Without exponent, digits unchanged."""
    return Decimal(format(number, "f"))


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit (件, 万元)."""
    plain = squash(text).strip("()[]")
    return plain in _UNITS or (len(plain) == 1 and plain in _COUNTERS)


def is_blank(text: str) -> bool:
    """Nothing printed but white space and invisible characters."""
    return not text or (not text[0].isalnum() and not squash(text))


@lru_cache(maxsize=8192)
def parse_figure(text: str) -> Figure | None:
    """The one figure that a cell holds, ``None`` where it holds anything else or more than one.

    White space inside a figure is taken as a line wrap only where the pieces look like one:
    all pieces but the last of one length of three digits or more.
    """
    folded = _PADDING.sub("", fold(text).strip())
    pieces = [piece for piece in _SPLIT.split(folded) if piece.strip(_STRAY)]
    if len(pieces) > 1 and not _joinable(pieces):
        return None
    joined = "".join(pieces)
    if not joined:
        return None
    found = _FIGURE.match(joined)
    if found is None:
        return _chinese(joined)
    number = Decimal(found["number"].replace(",", ""))
    sign = found["sign"] or ""
    if sign in ("-", "减", "减少"):
        number = -number
    printed = found["unit"] or found["beside"] or ""
    unit, scale = _UNITS.get(printed, (printed, 0))
    if found["unit"][:1] in ("万", "亿") and "元" not in found["unit"]:
        scale = 4 if found["unit"][0] == "万" else 8
        unit = found["unit"][1:]
    return Figure(number, unit, scale)


def wrapped_digits(text: str) -> str:
    """The digits of a whole number that stands on several lines, its unit behind it or not.

    They may also be several numbers. ``""`` for anything else.
    """
    found = _WRAPPED.fullmatch(fold(text).strip())
    return "".join(found["digits"].split()) if found else ""


def _joinable(pieces: list[str]) -> bool:
    """Pieces of one figure wrapped over lines, or a figure and what hangs on it."""
    head, *rest = pieces
    if all(not piece[0].isdecimal() for piece in rest) and not head.endswith((",", ".")):
        loose = [piece for piece in rest if piece[0] not in "(["]
        return not any(character.isdecimal() for piece in loose for character in piece)
    if head in ("+", "-", *CHANGES) and len(rest) == 1:
        return True
    if not all(piece.replace(",", "").replace(".", "").isdigit() for piece in pieces):
        return False
    width = len(head)
    wrapped = all(len(piece) == width for piece in pieces[:-1]) and len(pieces[-1]) <= width
    return width >= 3 and wrapped and "," not in head[-1:] + pieces[-1][:1]


def _chinese(text: str) -> Figure | None:
    """A whole number in Chinese numerals up to 9999.

    One character alone is a numbering (三) rather than a figure, unless a counter follows it.
    """
    bare = text.rstrip(_COUNTERS)
    counted = len(text) - len(bare)
    if not _CHINESE.match(bare) or counted > 1 or not (counted or len(bare) > 1 or bare == "零"):
        return None
    total, digit = 0, None
    for character in bare:
        if character in _SCALES:
            total += (1 if digit is None else digit) * _SCALES[character]
            digit = None
        elif digit not in (None, 0):
            return None
        else:
            digit = _DIGITS[character]
    return Figure(Decimal(total + (digit or 0)), text[len(bare) :])
