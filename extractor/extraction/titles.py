"""Titles of reports as they are printed: on one line or several, quoted, or declared by a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import regex

from extractor.document import Block, Document, Layer, Location, Paragraph, Table
from extractor.rulebook.model import IdentityRules
from extractor.textnorm import fold, squash

FRONT_BLOCKS = 60
_LONGEST_LINE = 70
LONGEST_ISSUER = 40
_CHINESE_YEAR = regex.compile(r"[二][零][零一二三四五六七八九]{2}(?=年)")
EDGES = "《》<>\"' ,、:;.。()-—·*#_|"
_YEAR_WORDS = regex.compile(r"(?:(?:19|20)\d{2})\s*年?\s*度?")
_LEADING = regex.compile(r"^(?:\[[^\[\]]{1,8}\]|现将|现公布|现发布|公布|发布|关于|有关|附件|附|:)+")
_QUOTED = regex.compile(r"[《<](?P<title>[^《》<>]{4,80})[》>]")
_NO_TITLE = regex.compile(r"[。>＞»]|/.*/")
"""What stands in sentences and in the trail of a page, and never in a title."""
_PARTS = regex.compile(r"[\s_|>＞»\-—–·]+")
_DATE = regex.compile(
    r"(?P<y>(?:19|20)\d{2})\s*[年./-]\s*(?P<m>1[0-2]|0?[1-9])\s*[月./-]\s*(?P<d>3[01]|[12]\d|0?[1-9])"
    r"(?=\d{1,2}:\d{2}|\D|$)"
)
_CHINESE_DATE = regex.compile(
    r"(?P<y>[二零一三四五六七八九]{4})年(?P<m>十?[一二三四五六七八九十])月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source with its place."""

    text: str
    location: Location
    layer: Layer


@dataclass(frozen=True, slots=True)
class Title:
    """A title as found: its text, who and which year it names."""

    text: str
    issuer: str
    year: int | None
    location: Location


def is_titled(document: Document, blocks: Sequence[Block], rules: IdentityRules) -> bool:
    """Whether a title of this kind of report stands at the front of a source."""
    front = list(lines_of(blocks[:FRONT_BLOCKS]))
    return any(True for _ in titles_in(front, metadata_lines(document), rules))


def metadata_lines(document: Document) -> list[Line]:
    """What a file says about itself, as lines."""
    return [Line(text, Location(path=name), Layer.FURNITURE) for name, text in document.metadata]


def decoy_title(document: Document, blocks: Sequence[Block], rules: IdentityRules) -> str:
    """The title of a document that only speaks of such reports, ``""`` where none is found."""
    lines = [
        line.text
        for line in lines_of(blocks[:12])
        if len(line.text) <= _LONGEST_LINE and line.layer is Layer.BODY
    ]
    headings = [text for name, text in document.metadata if name in ("title", "article_title")]
    wrapped = [first + second for first, second in pairwise(lines[:4])]
    for text in [*lines[:6], *headings, *wrapped]:
        plain = squash(text)
        if any(pattern.search(plain) for pattern in compiled(rules.decoys)):
            return " ".join(text.split())
    return ""


def title_positions(blocks: Sequence[Block], rules: IdentityRules) -> list[int]:
    """Positions of paragraphs of the text that read as a whole title with a year, or begin to.

    A title may be wrapped: its second line is a paragraph of its own in a text file. A date above
    a title is that of what ends there, and none of its year.
    """
    lines = [
        (position, block.text)
        for position, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.layer is Layer.BODY
    ]
    positions = []
    for (position, text), (_, following) in pairwise([*lines, (0, "")]):
        if _is_dated_title(text, rules) or (
            not date_in(text)
            and not _is_dated_title(following, rules)
            and _is_dated_title(text + following, rules)
        ):
            positions.append(position)
    return positions


def _is_dated_title(text: str, rules: IdentityRules) -> bool:
    if len(text) > _LONGEST_LINE:
        return False
    plain = squash(text)
    return (
        "。" not in plain
        and bool(report_name_in(plain, rules))
        and _YEAR_WORDS.search(plain) is not None
    )


def level_of(issuer: str, rules: IdentityRules) -> str:
    """The level of a body by the ending of its name, ``""`` where no ending is known."""
    plain = squash(issuer)
    for suffix, level in rules.level_suffixes:
        if plain.endswith(suffix):
            return level
    return ""


@lru_cache(maxsize=16)
def compiled(sources: tuple[str, ...]) -> tuple[regex.Pattern[str], ...]:
    """Patterns of a rule file, compiled once."""
    return tuple(regex.compile(source) for source in sources)


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines of paragraphs and of small tables, those that are not blank."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for text in block.text.splitlines():
                if text.strip():
                    yield Line(text.strip(), block.location, block.layer)
        elif isinstance(block, Table) and block.n_cols <= 2:
            for cell in block.cells:
                if cell.text.strip():
                    yield Line(cell.text.strip(), cell.location, block.layer)


def arabic_year(text: str) -> str:
    """Years in Chinese numerals turned into digits."""
    return _CHINESE_YEAR.sub(lambda m: "".join(_DIGITS[c] for c in m.group()), text)


def report_name_in(plain: str, rules: IdentityRules) -> str:
    """The longest report name that stands in a squashed text."""
    bare = _YEAR_WORDS.sub("", plain)
    return next((name for name in rules.report_names if name in plain or name in bare), "")


def titles_in(
    front: Sequence[Line], metadata: Sequence[Line], rules: IdentityRules
) -> Iterator[Title]:
    """Titles, best first: body lines, quoted in the preamble, furniture, metadata."""
    body = [line for line in front if line.layer is Layer.BODY]
    rest = [line for line in front if line.layer is not Layer.BODY]
    yield from _printed_titles(body, rules)
    for line in body:
        for found in _QUOTED.finditer(arabic_year(fold(line.text))):
            title = _parse_title(squash(found["title"]), line.location, rules)
            if title is not None and (title.year or title.issuer):
                yield title
    yield from _printed_titles(rest, rules)
    for line in metadata:
        pieces = [
            piece for piece in _PARTS.split(line.text) if report_name_in(squash(piece), rules)
        ]
        for text in (*pieces, line.text):
            title = _parse_title(arabic_year(squash(text)), line.location, rules)
            if title is not None:
                yield title
                break


def _printed_titles(lines: Sequence[Line], rules: IdentityRules) -> Iterator[Title]:
    """Lines, or up to four lines in a row, that read as a title."""
    index = 0
    while index < len(lines):
        found = _title_from(lines, index, rules)
        if found is None:
            index += 1
            continue
        title, used = found
        yield title
        index += used


def _title_from(
    lines: Sequence[Line], index: int, rules: IdentityRules
) -> tuple[Title, int] | None:
    joined = ""
    for used in range(1, 5):
        if index + used > len(lines):
            return None
        text = lines[index + used - 1].text
        if len(text) > _LONGEST_LINE or _NO_TITLE.search(text) or (used > 1 and date_in(text)):
            return None
        joined += arabic_year(squash(text))
        if len(joined) > _LONGEST_LINE:
            return None
        title = _parse_title(joined, lines[index].location, rules)
        if title is None:
            continue
        if used > 1 and _parse_title(squash(lines[index + used - 1].text), Location(), rules):
            issuer_line = squash(lines[index + used - 2].text)
            if not level_of(issuer_line, rules) and not _YEAR_WORDS.search(issuer_line):
                return None
        shorter = "".join(squash(line.text) for line in lines[index + 1 : index + used])
        later = _parse_title(arabic_year(shorter), Location(), rules) if used > 1 else None
        if later is not None and level_of(later.issuer, rules):
            return None
        return title, used
    return None


def _parse_title(plain: str, location: Location, rules: IdentityRules) -> Title | None:
    """A squashed text as a title, ``None`` where it names no such report near its end."""
    name = report_name_in(plain, rules)
    if not name:
        return None
    years = [
        int(found["year"])
        for pattern in compiled(rules.title_year_patterns)
        if (found := pattern.search(plain)) is not None
    ]
    bare = _YEAR_WORDS.sub("", plain)
    head, _, tail = bare.partition(name)
    if len(tail) > 24 or len(head) > 3 * LONGEST_ISSUER:
        return None
    issuer = _clean_issuer(head, rules)
    return Title(plain.strip(EDGES), issuer, years[0] if years else None, location)


def _clean_issuer(text: str, rules: IdentityRules) -> str:
    """A body's name out of what stands before the name of the report."""
    issuer = text.strip(EDGES)
    while True:
        stripped = _LEADING.sub("", issuer).strip(EDGES)
        if stripped == issuer:
            break
        issuer = stripped
    for mark in (">", "/", "|", ":", "》"):
        issuer = issuer.rsplit(mark, 1)[-1]
    for ending in ("年度", "关于", "的", "本级", "(机关)", "机关"):
        issuer = issuer.removesuffix(ending).strip(EDGES)
    if not 2 <= len(issuer) <= LONGEST_ISSUER or issuer in rules.generic_issuers:
        return ""
    return issuer if regex.search(r"\p{Han}", issuer) else ""


def date_in(text: str) -> str:
    """The first date in a text as ISO, ``""`` without one."""
    folded = fold(text)
    found = _DATE.search(folded)
    if found is not None:
        return _iso(int(found["y"]), int(found["m"]), int(found["d"]))
    chinese = _CHINESE_DATE.search(squash(folded))
    if chinese is None:
        return ""
    year = int("".join(_DIGITS[c] for c in chinese["y"]))
    return _iso(year, _ordinal(chinese["m"]), _ordinal(chinese["d"]))


def before_date(text: str) -> str:
    """What stands in front of the date that ends a text, ``""`` where none does."""
    folded = fold(text).rstrip()
    found = _DATE.search(folded) or _CHINESE_DATE.search(squash(folded))
    if found is None:
        return ""
    rest = folded[found.end() :] if found.re is _DATE else squash(folded)[found.end() :]
    return "" if rest.strip("日 ") else found.string[: found.start()]


def _ordinal(text: str) -> int:
    """A Chinese numeral up to 31."""
    head, ten, tail = text.partition("十")
    if not ten:
        return int(_DIGITS[text])
    return (int(_DIGITS[head]) if head else 1) * 10 + (int(_DIGITS[tail]) if tail else 0)


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
