"""Who reports, on which year, under which title, and when it was published.

The title speaks first, then the preamble, then the signature, then what the file or the page
says about itself. A year is taken only from where a year is declared: the title or the
reporting period. Two that differ are a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extractor.document import Block, Document, Layer, Location, Table
from extractor.extraction.titles import (
    EDGES,
    FRONT_BLOCKS,
    LONGEST_ISSUER,
    Line,
    Title,
    arabic_year,
    before_date,
    compiled,
    date_in,
    level_of,
    lines_of,
    metadata_lines,
    report_name_in,
    titles_in,
)
from extractor.report import Evidence, Finding, Identity
from extractor.rulebook.model import IdentityRules
from extractor.textnorm import fold, squash

_SIGNATURE_BLOCKS = 8
_LONGEST_SIGNATURE = 60
_OPENING_BLOCKS = 3
"""Blocks from the first heading on in which a preamble may stand that has slipped below it."""
_DECLARED = ("publisher", "author")
_GAP = regex.compile(r"(?<=\d)\s+(?=\d)")
"""Space between digits that were set apart in print."""
_OPENING = regex.compile(r"(?P<year>(?:19|20)\d{2})年度?[,，]")
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
    front = list(lines_of(blocks[: min(max(body_start, 1), FRONT_BLOCKS)]))
    metadata = metadata_lines(document)
    titles = list(titles_in(front, metadata, rules))
    periods = list(_periods(front, blocks[body_start : body_start + 3], rules))
    opening = list(lines_of(blocks[body_start : body_start + _OPENING_BLOCKS]))
    vouched = _vouched(blocks, [*front, *opening], rules)
    issuer = _issuer(titles, front, vouched, metadata, rules)
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


def _issuer(
    titles: Sequence[Title],
    front: Sequence[Line],
    vouched: Sequence[str],
    metadata: Sequence[Line],
    rules: IdentityRules,
) -> str:
    """The body that reports: named in a title, beside it, or as who wrote and signed."""
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


def _vouched(blocks: Sequence[Block], opening: Sequence[Line], rules: IdentityRules) -> list[str]:
    """The names of who signed and of who wrote the report, as far as they are given."""
    return [name for name in (_signature(blocks, rules), _compiled_by(opening, rules)) if name]


def _compiled_by(front: Sequence[Line], rules: IdentityRules) -> str:
    """A body's name in the sentence that says who wrote the report."""
    for line in front:
        found = _COMPILED_BY.search(squash(line.text))
        if found is not None and _is_body_name(found["name"], rules):
            return str(found["name"])
    return ""


def _most_vouched(issuers: Sequence[str], vouched: Sequence[str]) -> str:
    """Of several titles' issuers the one that preamble or signature confirms, else the last.

    Titles of other reports that a page lists stand before the report's own. Of a body and what it
    belongs to (a running head names the county) the body is the one further on in the name.
    """

    def reach(issuer: str) -> int:
        return max((n.find(issuer) + len(issuer) for n in vouched if issuer in n), default=0)

    confirmed = [issuer for issuer in issuers if reach(issuer)]
    return max(confirmed, key=reach) if confirmed else (issuers[-1] if issuers else "")


def _beside_title(titles: Sequence[Title], front: Sequence[Line], rules: IdentityRules) -> str:
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
    issuer: str, vouched: Sequence[str], front: Sequence[Line], rules: IdentityRules
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
            found = None if report_name_in(clause, rules) else ended.search(clause)
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
        3 <= len(plain) <= LONGEST_ISSUER
        and bool(level_of(plain, rules))
        and plain not in rules.generic_issuers
        and not regex.search(r"[\d,，、。:：;；>/|]", plain)
    )


def _signature(blocks: Sequence[Block], rules: IdentityRules) -> str:
    """A body's name just before a date at the end, on a line of its own or on the same."""
    lines = [
        line
        for line in lines_of(block for block in blocks[-_SIGNATURE_BLOCKS * 3 :])
        if line.layer is Layer.BODY
    ][-_SIGNATURE_BLOCKS:]
    for line in lines:
        beside = squash(before_date(line.text))
        if len(line.text) < _LONGEST_SIGNATURE and _is_body_name(beside, rules):
            return beside
    for line, after in pairwise(lines):
        dated = len(after.text) < 24 and date_in(after.text)
        if dated and _is_body_name(squash(line.text), rules):
            return squash(line.text)
    return ""


def _labelled(front: Sequence[Line], rules: IdentityRules, metadata: Sequence[Line]) -> str:
    """A body's name behind a label of the page, or in what the file says about itself."""
    for line in front:
        plain = squash(line.text)
        for label in rules.publisher_labels:
            name = plain.removeprefix(label).strip(EDGES)
            if name != plain and _is_body_name(name, rules):
                return name
    declared = (squash(line.text) for line in metadata if line.location.path in _DECLARED)
    return next((name for name in declared if _is_body_name(name, rules)), "")


def _periods(
    front: Sequence[Line], first: Sequence[Block], rules: IdentityRules
) -> Iterator[tuple[int, Location, str]]:
    """Years that the reporting period names, with their place and wording."""
    lines = [*front, *(line for line in lines_of(first) if line.layer is Layer.BODY)]
    text = "\n".join(line.text for line in lines if line.layer is Layer.BODY)
    folded = arabic_year(fold(text.replace("\n", "")))
    for printed in (folded, _GAP.sub("", folded)):
        for pattern in compiled(rules.period_patterns):
            found = pattern.search(printed)
            if found is not None:
                yield int(found["year"]), _place(lines, found.group()), found.group()
                return


def _opening_year(blocks: Sequence[Block]) -> int | None:
    """The year with which the text of section one opens."""
    for line in lines_of(blocks):
        found = _OPENING.match(arabic_year(squash(line.text)))
        if found is not None and line.layer is Layer.BODY:
            return int(found["year"])
    return None


def _place(lines: Sequence[Line], wording: str) -> Location:
    start = squash(wording)[:6]
    for line in lines:
        if start in squash(line.text):
            return line.location
    return lines[0].location if lines else Location()


def _published(
    blocks: Sequence[Block],
    metadata: Sequence[tuple[str, str]],
    year: int | None,
    rules: IdentityRules,
) -> str:
    """The date of publication: as labelled, as the page declares it, or as signed."""
    edges = [*blocks[:FRONT_BLOCKS], *blocks[-_SIGNATURE_BLOCKS:]]
    lines = [squash(line.text) for line in lines_of(edges)]
    lines += [
        squash(cell.text) + squash(after.text)
        for block in edges
        if isinstance(block, Table) and block.n_rows <= 12
        for cell, after in zip(block.cells, block.cells[1:], strict=False)
    ]
    for label in rules.published_labels:
        for plain in lines:
            at = plain.find(label)
            if at >= 0 and (found := date_in(plain[at + len(label) : at + len(label) + 20])):
                return found
    for name, text in metadata:
        if name == "published" and (found := date_in(text)):
            return found
    for plain in reversed(lines):
        if (
            len(plain) < 16
            and (found := date_in(plain))
            and (year is None or int(found[:4]) >= year)
        ):
            return found
    return ""


def _oddities(
    identity: Identity,
    years: Sequence[Title],
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
