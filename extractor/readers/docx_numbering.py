"""Automatic numbers of paragraphs: what Word prints before the text but does not store in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from extractor.readers import ordinals
from extractor.readers.docx_styles import Styles
from extractor.readers.docx_xml import W, is_on, number

_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
_CLOSERS = tuple("、）．：。】〕》，")

FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": ordinals.full_width,
    "decimalFullWidth2": ordinals.full_width,
    "decimalEnclosedCircle": ordinals.circled,
    "decimalEnclosedCircleChinese": ordinals.circled,
    "decimalEnclosedFullstop": ordinals.from_block(0x2488, 20),
    "decimalEnclosedParen": ordinals.from_block(0x2474, 20),
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": lambda value: ordinals.roman(value).upper(),
    "lowerRoman": ordinals.roman,
    "upperLetter": lambda value: ordinals.letters_repeated(value).upper(),
    "lowerLetter": ordinals.letters_repeated,
    "chineseCounting": ordinals.chinese,
    "chineseCountingThousand": ordinals.chinese,
    "japaneseCounting": ordinals.chinese,
    "taiwaneseCounting": ordinals.chinese,
    "taiwaneseCountingThousand": ordinals.chinese,
    "ideographDigital": ordinals.chinese_digits,
    "japaneseDigitalTenThousand": ordinals.chinese_digits,
    "taiwaneseDigital": ordinals.chinese_digits,
    "ideographTraditional": ordinals.stems,
    "ideographZodiac": ordinals.branches,
    "ideographZodiacTraditional": ordinals.stems_and_branches,
    "ideographEnclosedCircle": ordinals.from_block(0x3280, 10),
    "ideographLegalTraditional": ordinals.legal_traditional,
    "japaneseLegal": ordinals.legal_traditional,
    "chineseLegalSimplified": ordinals.legal,
}
"""Number formats of WordprocessingML by name. Unknown ones print decimal digits."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``style`` is the paragraph style tied to it."""

    format: str
    text: str
    start: int
    suffix: str
    restart_after: int | None
    legal: bool
    style: str
    hidden: bool


class Numbering:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[int, etree._Element] = {}
        self._numbers: dict[int, etree._Element] = {}
        if root is not None:
            for element in root.iterchildren(W + "abstractNum"):
                self._abstract.setdefault(number(element, "abstractNumId") or 0, element)
            for element in root.iterchildren(W + "num"):
                self._numbers.setdefault(number(element, "numId") or 0, element)
        self._levels: dict[int, tuple[int, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._started: set[tuple[int, int]] = set()

    def label(self, properties: etree._Element | None) -> str:
        """Count one paragraph and give the number printed before it, ``""`` for none.

        Args:
            properties: the ``w:pPr`` of the paragraph.
        """
        found = self._styles.numbering(properties)
        if found is None:
            return ""
        number_id, index, style = found
        abstract, levels, starts = self._resolved(number_id)
        if index is None or (style and index == 0):
            tied = [at for at, level in levels.items() if style and level.style == style]
            index = tied[0] if tied else index or 0
        level = levels.get(index)
        if level is None:
            return ""
        self._count(abstract, number_id, index, levels, starts)
        return self._printed(abstract, index, levels)

    def _resolved(self, number_id: int) -> tuple[int, dict[int, Level], dict[int, int]]:
        """Key of the shared counter, levels, and starts that this list overrides."""
        if number_id not in self._levels:
            self._levels[number_id] = self._resolve(number_id)
        return self._levels[number_id]

    def _resolve(self, number_id: int) -> tuple[int, dict[int, Level], dict[int, int]]:
        instance = self._numbers.get(number_id)
        if instance is None:
            return -1, {}, {}
        abstract_id = number(instance.find(W + "abstractNumId")) or 0
        abstract_id, abstract = self._follow_link(abstract_id)
        levels = {} if abstract is None else _levels_of(abstract)
        starts: dict[int, int] = {}
        for override in instance.iterchildren(W + "lvlOverride"):
            index = number(override, "ilvl") or 0
            replaced = override.find(W + "lvl")
            if replaced is not None:
                levels[index] = _level(replaced)
            start = number(override.find(W + "startOverride"))
            if start is not None:
                starts[index] = start
        return abstract_id, levels, starts

    def _follow_link(self, abstract_id: int) -> tuple[int, etree._Element | None]:
        """The list definition, through a numbering style that stands for it."""
        abstract = self._abstract.get(abstract_id)
        for _ in range(_LEVELS):
            link = None if abstract is None else abstract.find(W + "numStyleLink")
            if link is None:
                break
            number_id = self._styles.number_id(link.get(W + "val") or "")
            instance = None if number_id is None else self._numbers.get(number_id)
            target = None if instance is None else number(instance.find(W + "abstractNumId"))
            if target is None:
                break
            abstract_id, abstract = target, self._abstract.get(target)
        return abstract_id, abstract

    def _count(
        self,
        abstract: int,
        number_id: int,
        index: int,
        levels: dict[int, Level],
        starts: dict[int, int],
    ) -> None:
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        first_use = (number_id, index) not in self._started
        self._started.add((number_id, index))
        current = counts[index]
        if first_use and index in starts:
            counts[index] = starts[index]
        elif current is None:
            counts[index] = starts.get(index, levels[index].start)
        else:
            counts[index] = current + 1
        for above in range(index):
            if counts[above] is None and above in levels:
                counts[above] = starts.get(above, levels[above].start)
        for below in range(index + 1, _LEVELS):
            restart = levels[below].restart_after if below in levels else None
            if restart is None or (restart > 0 and index < restart):
                counts[below] = None

    def _printed(self, abstract: int, index: int, levels: dict[int, Level]) -> str:
        level = levels[index]
        if level.hidden:
            return ""
        if level.format in {"bullet", "none"} and "%" not in level.text:
            return "" if level.format == "bullet" else _joined(level.text, level.suffix)
        counts = self._counts[abstract]

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            part = levels.get(at)
            value = counts[at]
            if part is None or value is None or part.format in {"none", "bullet"}:
                return ""
            return FORMATS.get("decimal" if level.legal else part.format, str)(value)

        return _joined(_PLACEHOLDER.sub(shown, level.text), level.suffix)


def _joined(text: str, suffix: str) -> str:
    """The number with what keeps it apart from the text: ``1.`` before ``5`` must not be 1.5."""
    if not text or suffix == "nothing" or text.endswith(_CLOSERS):
        return text
    return text + " "


def _levels_of(abstract: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in abstract.iterchildren(W + "lvl"):
        index = number(element, "ilvl")
        if index is not None and 0 <= index < _LEVELS:
            levels.setdefault(index, _level(element))
    return levels


def _level(element: etree._Element) -> Level:
    def text_of(name: str, default: str) -> str:
        child = element.find(f".//{W}{name}")
        return default if child is None else child.get(W + "val") or ""

    start = number(element.find(W + "start"))
    return Level(
        format=text_of("numFmt", "decimal"),
        text=text_of("lvlText", ""),
        start=1 if start is None else start,
        suffix=text_of("suff", "tab"),
        restart_after=number(element.find(W + "lvlRestart")),
        legal=is_on(element.find(W + "isLgl")),
        style=text_of("pStyle", ""),
        hidden=is_on(element.find(f"{W}rPr/{W}vanish")),
    )
