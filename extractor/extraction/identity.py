"""Who reports, on which year, under which title, and when it was published.

The title speaks first, then the preamble, then the signature, then what the file or the page
says about itself. A year is taken only from where a year is declared: the title or the
reporting period. Two that differ are a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import regex

from extractor.document import Block, Document, Layer, Location, Paragraph, Table
from extractor.report import Evidence, Finding, Identity
from extractor.rulebook.model import IdentityRules
from extractor.textnorm import fold, squash

_FRONT_BLOCKS = 60
_LONGEST_LINE = 70
_LONGEST_ISSUER = 40
_DATE = regex.compile(
    r"(?P<y>(?:19|20)\d{2})\s*[年./-]\s*(?P<m>1[0-2]|0?[1-9])\s*[月./-]\s*(?P<d>3[01]|[12]\d|0?[1-9])"
    r"(?=\d{1,2}:\d{2}|\D|$)"
)
_CHINESE_DATE = regex.compile(
    r"(?P<y>[二零一三四五六七八九]{4})年(?P<m>十?[一二三四五六七八九十])月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_CHINESE_YEAR = regex.compile(r"[二][零][零一二三四五六七八九]{2}(?=年)")
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")}
_EDGES = "《》<>\"' ,、:;.。()-—·*#_|"
_YEAR_WORDS = regex.compile(r"(?:(?:19|20)\d{2})\s*年?\s*度?")
_LEADING = regex.compile(r"^(?:现将|现公布|现发布|公布|发布|关于|有关|附件|附|:)+")
_QUOTED = regex.compile(r"[《<](?P<title>[^《》<>]{4,80})[》>]")
_SIGNATURE_BLOCKS = 8
_DECLARED = ("publisher", "author")
_NO_TITLE = regex.compile(r"[。>＞»]|/.*/")
"""What stands in sentences and in the trail of a page, and never in a title."""
_OPENING = regex.compile(r"(?P<year>(?:19|20)\d{2})年度?[,，]")
_PARTS = regex.compile(r"[\s_|>＞»\-—–·]+")
_COMPILED_BY = regex.compile(
    r"由(?P<name>[^,，。;；:：()（）]{3,40}?)(?:编制|根据|依据|按照|组织编)"
)
_PLACES = "省市州县区旗盟"
"""Endings of the names of areas."""
_CLAUSES = regex.compile(r"[,，、。;；:：()\[\]《》<>\"'“”]|\d")
_AFTER_VERB = regex.compile(
    r"^.*(?:由|与|向|按照|根据|依据|现将|公布|发布|编制|为|和|及|是|在|请|经)"
    rf"(?=\p{{Han}}{{2,}}[{_PLACES}])"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the source with its place."""

    text: str
    location: Location
    layer: Layer


@dataclass(frozen=True, slots=True)
class _Title:
    """A title as found: its text, who and which year it names."""

    text: str
    issuer: str
    year: int | None
    location: Location


def identify(
    document: Document, blocks: Sequence[Block], body_start: int, rules: IdentityRules
) -> tuple[Identity, tuple[Finding, ...]]:
    """Issuer, level, year, title and date of one report, and what is odd about them.

    Args:
        document: The source, for its metadata.
        blocks: The blocks of this report.
        body_start: Position of the first section heading.
        rules: How issuers, years and dates are written.
    """
    front = list(_lines(blocks[: min(max(body_start, 1), _FRONT_BLOCKS)]))
    metadata = _metadata(document)
    titles = list(_titles(front, metadata, rules))
    periods = list(_periods(front, blocks[body_start : body_start + 3], rules))
    issuer = _issuer(titles, front, blocks, metadata, rules)
    own = [t for t in titles if not t.issuer or t.issuer in issuer or issuer in t.issuer]
    years = [title for title in own if title.year is not None]
    declared = (
        *(title.year for title in years),
        *(year for year, _, _ in periods),
        _opening_year(blocks[body_start : body_start + 3]),
    )
    year = next((named for named in declared if named is not None), None)
    if year is not None and not rules.earliest_year <= year <= rules.latest_year:
        year = None
    identity = Identity(
        title=(own or titles)[0].text if titles else "",
        issuer=issuer,
        issuer_level=level_of(issuer, rules),
        year=year,
        published=_published(blocks, document.metadata, year, rules),
    )
    return identity, tuple(_oddities(identity, years, periods))


def is_titled(document: Document, blocks: Sequence[Block], rules: IdentityRules) -> bool:
    """Whether a title of this kind of report stands at the front of a source."""
    front = list(_lines(blocks[:_FRONT_BLOCKS]))
    return any(True for _ in _titles(front, _metadata(document), rules))


def _metadata(document: Document) -> list[_Line]:
    return [_Line(text, Location(path=name), Layer.FURNITURE) for name, text in document.metadata]


def decoy_title(document: Document, blocks: Sequence[Block], rules: IdentityRules) -> str:
    """The title of a document that only speaks of such reports, ``""`` where none is found."""
    lines = [line.text for line in _lines(blocks[:12]) if len(line.text) <= _LONGEST_LINE]
    headings = [text for name, text in document.metadata if name in ("title", "article_title")]
    for text in [*lines[:6], *headings]:
        plain = squash(text)
        if any(pattern.search(plain) for pattern in _patterns(rules.decoys)):
            return " ".join(text.split())
    return ""


def title_positions(blocks: Sequence[Block], rules: IdentityRules) -> list[int]:
    """Positions of paragraphs that read as a whole title with a year."""
    positions = []
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph) and len(block.text) <= _LONGEST_LINE:
            plain = squash(block.text)
            if "。" not in plain and _name_in(plain, rules) and _YEAR_WORDS.search(plain):
                positions.append(position)
    return positions


def level_of(issuer: str, rules: IdentityRules) -> str:
    """The level of a body by the ending of its name, ``""`` where no ending is known."""
    plain = squash(issuer)
    for suffix, level in rules.level_suffixes:
        if plain.endswith(suffix):
            return level
    return ""


@lru_cache(maxsize=16)
def _patterns(sources: tuple[str, ...]) -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(source) for source in sources)


def _lines(blocks: Iterable[Block]) -> Iterator[_Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            for text in block.text.splitlines():
                if text.strip():
                    yield _Line(text.strip(), block.location, block.layer)
        elif isinstance(block, Table) and block.n_cols <= 2:
            for cell in block.cells:
                if cell.text.strip():
                    yield _Line(cell.text.strip(), cell.location, block.layer)


def _arabic_year(text: str) -> str:
    """Years in Chinese numerals turned into digits."""
    return _CHINESE_YEAR.sub(lambda m: "".join(_DIGITS[c] for c in m.group()), text)


def _name_in(plain: str, rules: IdentityRules) -> str:
    """The longest report name that stands in a squashed text."""
    bare = _YEAR_WORDS.sub("", plain)
    return next((name for name in rules.report_names if name in plain or name in bare), "")


def _titles(
    front: Sequence[_Line], metadata: Sequence[_Line], rules: IdentityRules
) -> Iterator[_Title]:
    """Titles, best first: body lines, quoted in the preamble, furniture, metadata."""
    body = [line for line in front if line.layer is Layer.BODY]
    rest = [line for line in front if line.layer is not Layer.BODY]
    yield from _printed_titles(body, rules)
    for line in body:
        for found in _QUOTED.finditer(_arabic_year(fold(line.text))):
            title = _parse_title(squash(found["title"]), line.location, rules)
            if title is not None and (title.year or title.issuer):
                yield title
    yield from _printed_titles(rest, rules)
    for line in metadata:
        pieces = [piece for piece in _PARTS.split(line.text) if _name_in(squash(piece), rules)]
        for text in (*pieces, line.text):
            title = _parse_title(_arabic_year(squash(text)), line.location, rules)
            if title is not None:
                yield title
                break


def _printed_titles(lines: Sequence[_Line], rules: IdentityRules) -> Iterator[_Title]:
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
    lines: Sequence[_Line], index: int, rules: IdentityRules
) -> tuple[_Title, int] | None:
    joined = ""
    for used in range(1, 5):
        if index + used > len(lines):
            return None
        text = lines[index + used - 1].text
        if len(text) > _LONGEST_LINE or _NO_TITLE.search(text) or (used > 1 and _date_in(text)):
            return None
        joined += _arabic_year(squash(text))
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
        later = _parse_title(_arabic_year(shorter), Location(), rules) if used > 1 else None
        if later is not None and level_of(later.issuer, rules):
            return None
        return title, used
    return None


def _parse_title(plain: str, location: Location, rules: IdentityRules) -> _Title | None:
    """A squashed text as a title, ``None`` where it names no such report near its end."""
    name = _name_in(plain, rules)
    if not name:
        return None
    years = [
        int(found["year"])
        for pattern in _patterns(rules.title_year_patterns)
        if (found := pattern.search(plain)) is not None
    ]
    bare = _YEAR_WORDS.sub("", plain)
    head, _, tail = bare.partition(name)
    if len(tail) > 24 or len(head) > 3 * _LONGEST_ISSUER:
        return None
    issuer = _clean_issuer(head, rules)
    return _Title(plain.strip(_EDGES), issuer, years[0] if years else None, location)


def _clean_issuer(text: str, rules: IdentityRules) -> str:
    """A body's name out of what stands before the name of the report."""
    issuer = text.strip(_EDGES)
    while True:
        stripped = _LEADING.sub("", issuer).strip(_EDGES)
        if stripped == issuer:
            break
        issuer = stripped
    for mark in (">", "/", "|", ":", "》"):
        issuer = issuer.rsplit(mark, 1)[-1]
    for ending in ("年度", "关于", "的", "本级", "(机关)", "机关"):
        issuer = issuer.removesuffix(ending).strip(_EDGES)
    if not 2 <= len(issuer) <= _LONGEST_ISSUER or issuer in rules.generic_issuers:
        return ""
    return issuer if regex.search(r"\p{Han}", issuer) else ""


def _issuer(
    titles: Sequence[_Title],
    front: Sequence[_Line],
    blocks: Sequence[Block],
    metadata: Sequence[_Line],
    rules: IdentityRules,
) -> str:
    """The body that reports: named in a title, beside it, or as who wrote and signed."""
    signed = _signature(blocks, rules)
    compiled = _compiled_by(front, rules)
    vouched = [name for name in (signed, compiled) if name]
    body = {line.location for line in front if line.layer is Layer.BODY}
    named = [title for title in titles if title.issuer and level_of(title.issuer, rules)]
    own = _most_vouched([t.issuer for t in named if t.location in body], vouched)
    beside = _beside_title(titles, front, rules)
    for issuer in (own, beside, *vouched, *(title.issuer for title in named)):
        if issuer:
            return _in_full(issuer, vouched, front, rules)
    for line in front[:12]:
        plain = squash(line.text)
        if line.layer is Layer.BODY and _is_body_name(plain, rules):
            return plain
    loose = next((title.issuer for title in titles if title.issuer), "")
    return loose or _labelled(front, rules, metadata)


def _compiled_by(front: Sequence[_Line], rules: IdentityRules) -> str:
    """A body's name in the sentence that says who wrote the report."""
    for line in front:
        found = _COMPILED_BY.search(squash(line.text))
        if found is not None and _is_body_name(found["name"], rules):
            return str(found["name"])
    return ""


def _most_vouched(issuers: Sequence[str], vouched: Sequence[str]) -> str:
    """Of several titles' issuers the one that preamble or signature confirms, else the last.

    Titles of other reports that a page lists stand before the report's own.
    """
    confirmed = [i for i in issuers if any(i in name or name in i for name in vouched)]
    return (confirmed[:1] or list(issuers[-1:]) or [""])[0]


def _beside_title(titles: Sequence[_Title], front: Sequence[_Line], rules: IdentityRules) -> str:
    """A body's name on the line above or below a title that names none."""
    places = {title.location for title in titles}
    for i, line in enumerate(front):
        if line.location not in places:
            continue
        near = [*front[max(i - 1, 0) : i], *front[i + 1 : i + 3]]
        for other in near:
            if other.layer is line.layer and _is_body_name(squash(other.text), rules):
                return squash(other.text)
    return ""


def _in_full(
    issuer: str, vouched: Sequence[str], front: Sequence[_Line], rules: IdentityRules
) -> str:
    """The fuller name of a body whose title names only the core of it (望澜镇).

    The fuller one goes on with the formal ending of the same level, and begins with what the body
    belongs to where the title leaves that out. An ending is needed unless preamble or signature
    give the name as such: an address has none.
    """
    level = level_of(issuer, rules)
    endings = (suffix for suffix, other in rules.level_suffixes if other == level)
    tails = {ending[len(kept) :] for ending in endings if (kept := _overlap(issuer, ending))}
    formal = "|".join(regex.escape(t) for t in sorted(tails - {""}, key=len, reverse=True))
    short = sum(issuer.count(mark) for mark in _PLACES) <= 1
    prefix = rf"(?:\p{{Han}}{{1,12}}?[{_PLACES}]){{0,1}}" if short else ""
    core = prefix + regex.escape(issuer)
    whole = regex.compile(rf"{core}(?:{formal})?" if formal else core)
    for name in vouched:
        if name != issuer and whole.fullmatch(name):
            return name
    if not formal:
        return issuer
    ended = regex.compile(rf"(?P<name>{core}(?:{formal}))")
    for line in front:
        for clause in _CLAUSES.split(squash(line.text)) if line.layer is Layer.BODY else ():
            found = None if _name_in(clause, rules) else ended.search(clause)
            if found is not None:
                name = _AFTER_VERB.sub("", found["name"])
                if _is_body_name(name, rules):
                    return name
    return issuer


def _overlap(issuer: str, ending: str) -> str:
    """The longest head of an ending that a name already ends with."""
    return next((ending[:n] for n in range(len(ending), 0, -1) if issuer.endswith(ending[:n])), "")


def _is_body_name(plain: str, rules: IdentityRules) -> bool:
    return (
        3 <= len(plain) <= _LONGEST_ISSUER
        and bool(level_of(plain, rules))
        and plain not in rules.generic_issuers
        and not regex.search(r"[\d,，、。:：;；>/|]", plain)
    )


def _signature(blocks: Sequence[Block], rules: IdentityRules) -> str:
    """A body's name on a line of its own just before a date at the end."""
    lines = [
        line
        for line in _lines(block for block in blocks[-_SIGNATURE_BLOCKS * 3 :])
        if line.layer is Layer.BODY
    ][-_SIGNATURE_BLOCKS:]
    for line, after in pairwise(lines):
        dated = len(after.text) < 24 and _date_in(after.text)
        if dated and _is_body_name(squash(line.text), rules):
            return squash(line.text)
    return ""


def _labelled(front: Sequence[_Line], rules: IdentityRules, metadata: Sequence[_Line]) -> str:
    """A body's name behind a label of the page, or in what the file says about itself."""
    for line in front:
        plain = squash(line.text)
        for label in rules.publisher_labels:
            name = plain.removeprefix(label).strip(_EDGES)
            if name != plain and _is_body_name(name, rules):
                return name
    declared = (squash(line.text) for line in metadata if line.location.path in _DECLARED)
    return next((name for name in declared if _is_body_name(name, rules)), "")


def _periods(
    front: Sequence[_Line], first: Sequence[Block], rules: IdentityRules
) -> Iterator[tuple[int, Location, str]]:
    """Years that the reporting period names, with their place and wording."""
    lines = [*front, *(line for line in _lines(first) if line.layer is Layer.BODY)]
    text = "\n".join(line.text for line in lines if line.layer is Layer.BODY)
    folded = _arabic_year(fold(text.replace("\n", "")))
    for pattern in _patterns(rules.period_patterns):
        found = pattern.search(folded)
        if found is not None:
            yield int(found["year"]), _place(lines, found.group()), found.group()
            return


def _opening_year(blocks: Sequence[Block]) -> int | None:
    """The year with which the text of section one opens."""
    for line in _lines(blocks):
        found = _OPENING.match(_arabic_year(squash(line.text)))
        if found is not None and line.layer is Layer.BODY:
            return int(found["year"])
    return None


def _place(lines: Sequence[_Line], wording: str) -> Location:
    start = squash(wording)[:6]
    for line in lines:
        if start in squash(line.text):
            return line.location
    return lines[0].location if lines else Location()


def _date_in(text: str) -> str:
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


def _published(
    blocks: Sequence[Block],
    metadata: Sequence[tuple[str, str]],
    year: int | None,
    rules: IdentityRules,
) -> str:
    """The date of publication: as labelled, as the page declares it, or as signed."""
    edges = [*blocks[:_FRONT_BLOCKS], *blocks[-_SIGNATURE_BLOCKS:]]
    lines = [squash(line.text) for line in _lines(edges)]
    lines += [
        squash(cell.text) + squash(after.text)
        for block in edges
        if isinstance(block, Table) and block.n_rows <= 12
        for cell, after in zip(block.cells, block.cells[1:], strict=False)
    ]
    for label in rules.published_labels:
        for plain in lines:
            at = plain.find(label)
            if at >= 0 and (found := _date_in(plain[at + len(label) : at + len(label) + 20])):
                return found
    for name, text in metadata:
        if name == "published" and (found := _date_in(text)):
            return found
    for plain in reversed(lines):
        if (
            len(plain) < 16
            and (found := _date_in(plain))
            and (year is None or int(found[:4]) >= year)
        ):
            return found
    return ""


def _oddities(
    identity: Identity,
    years: Sequence[_Title],
    periods: Sequence[tuple[int, Location, str]],
) -> Iterator[Finding]:
    if not identity.issuer:
        yield Finding("issuer_unidentified")
    if identity.year is None:
        yield Finding("year_unidentified")
        return
    named = [(title.year, title.location, title.text) for title in years if title.year]
    others = [entry for entry in (*named, *periods) if entry[0] != identity.year]
    if others:
        first = [entry for entry in (*named, *periods) if entry[0] == identity.year][:1]
        yield Finding(
            "year_conflict",
            expected=str(identity.year),
            found="、".join(dict.fromkeys(str(year) for year, _, _ in others)),
            evidence=tuple(
                Evidence("year", text, location) for _, location, text in (*others, *first)
            ),
        )
