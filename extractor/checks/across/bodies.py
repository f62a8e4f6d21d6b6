"""Which reports are of the same body, and which of them are of the same year.

Names are compared in a normal form. A name that leaves out its county belongs to the one body of
the batch whose fuller name ends with it; where several do, nothing is said. Division codes, where
both reports have one, go before names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from extractor.digest import Digest
from extractor.report import Status
from extractor.rulebook.across_model import BodyRules
from extractor.rulebook.model import Rulebook
from extractor.textnorm import key, squash

BodyYear = tuple[str, int]
"""The id of a body and a reporting year."""

_READ = (Status.OK, Status.FLAGGED)
_SHORTEST = 2
"""Characters of the shortest name of an area, its last one included."""


@dataclass(frozen=True, slots=True)
class Body:
    """The body that a report is of.

    ``id`` is ``""`` where it cannot be told; ``why`` says so. ``sure`` is whether the name or a
    code says of which area it is, so that no other body has the same.
    """

    id: str
    name: str
    sure: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of a batch; made by :func:`bodies_of`.

    ``years`` has the reports of the batch by body and year, of all bodies that could be told;
    ``previous`` those of earlier datasets. ``unsure`` are bodies and years whose reports may be of
    several bodies of one name.
    """

    rules: BodyRules
    fullest: dict[str, str]
    codes: dict[str, tuple[str, ...]]
    years: dict[BodyYear, list[Digest]]
    previous: dict[BodyYear, list[Digest]]
    unsure: frozenset[BodyYear]

    def of(self, digest: Digest) -> Body:
        """The body that a report is of."""
        return _body(digest, self)

    def reports(self, which: BodyYear) -> list[Digest]:
        """The reports of a body and year: those of the batch, else those of earlier datasets."""
        return self.years.get(which) or self.previous.get(which, [])


def bodies_of(rulebook: Rulebook, digests: Sequence[Digest], previous: Sequence[Digest]) -> Bodies:
    """The bodies of the reports that were read."""
    rules = rulebook.across.bodies
    read = [one for one in chain(digests, previous) if is_read(one)]
    names = {name for one in read if (name := name_of(one, rules))}
    bodies = Bodies(rules, _fullest(names, rules), {}, {}, {}, frozenset())
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for one in read:
        name, code = name_of(one, rules), _code(one, rules)
        if name and code and bodies.fullest[name]:
            codes[bodies.fullest[name]].add(code)
    bodies.codes.update({name: tuple(sorted(found)) for name, found in codes.items()})
    for group, reports in ((bodies.years, digests), (bodies.previous, previous)):
        for one in filter(is_read, reports):
            body, year = bodies.of(one), one.identity.year
            if body.id and year is not None:
                group.setdefault((body.id, year), []).append(one)
    unsure = (
        which
        for which in bodies.years.keys() | bodies.previous.keys()
        if _may_be_several([*bodies.years.get(which, ()), *bodies.previous.get(which, ())], bodies)
    )
    return replace(bodies, unsure=frozenset(unsure))


def is_read(digest: Digest) -> bool:
    """Whether a document gave a report."""
    return digest.status in _READ


def name_of(digest: Digest, rules: BodyRules) -> str:
    """The normal form of the issuer's name, with its county where that is known; ``""`` without."""
    identity = digest.identity
    name = normal_name(identity.issuer, identity.issuer_level, rules)
    if not name or area_of(name, rules) or name.endswith(identity.county or "\0"):
        return name
    above = squash(identity.county or identity.city) or _folder_area(digest.key.source, rules)
    return name if name.startswith(above) else above + name


@lru_cache(maxsize=65536)
def normal_name(issuer: str, level: str, rules: BodyRules) -> str:
    """A name without what may be left out of it (澄漪县人民政府 and 澄漪县 are the same)."""
    name = squash(issuer)
    for rule in rules.endings:
        if level in rule.levels:
            ending = next((also for also in rule.also if name.endswith(also)), None)
            if ending is not None and len(name) > len(ending):
                name = name.removesuffix(ending) + rule.ending
                break
    for word in rules.inner:
        for area in rules.areas:
            before, found, after = name.partition(area + word)
            if found and len(before) + 1 >= _SHORTEST and len(after) >= _SHORTEST:
                name = before + area + after
    return name


def area_of(name: str, rules: BodyRules) -> str:
    """The name of the area with which a name begins (澄漪县), ``""`` where it has none."""
    cut = max(_cuts(name, rules), default=0)
    return name[:cut]


def _cuts(name: str, rules: BodyRules) -> Iterator[int]:
    """Where the name of an area ends inside a name."""
    for at in range(_SHORTEST, len(name) - 1):
        head = name[:at]
        if head.endswith(rules.areas) and not head.endswith(rules.no_areas):
            yield at


def _folder_area(source: str, rules: BodyRules) -> str:
    """The area after which the nearest folder of a source is named, ``""`` without."""
    for folder in reversed(source.replace("!", "/").split("/")[:-1]):
        plain = "".join(c for c in squash(folder) if not c.isdigit()).removesuffix("年")
        if len(plain) >= _SHORTEST and plain.endswith(rules.areas):
            return "" if plain.endswith(rules.no_areas) else plain
    return ""


def _fullest(names: Iterable[str], rules: BodyRules) -> dict[str, str]:
    """The fullest form of every name; ``""`` where there are several."""
    known = set(names)
    fuller: defaultdict[str, set[str]] = defaultdict(set)
    for name in known:
        for cut in _cuts(name, rules):
            if name[cut:] in known:
                fuller[name[cut:]].add(name)
    result = {}
    for name in known:
        longest = [other for other in fuller.get(name, ()) if other not in fuller] or [name]
        result[name] = longest[0] if len(longest) == 1 else ""
    return result


def _code(digest: Digest, rules: BodyRules) -> str:
    """The part of the division code that is the body's own, ``""`` without one."""
    digits = dict(rules.code_digits)
    own = digits.get(digest.identity.issuer_level)
    code = digest.identity.region_code
    if own is None or len(code) < own:
        return ""
    above = max((other for other in digits.values() if other < own), default=0)
    return code[:own] if len(code[:own].rstrip("0")) > above else ""


def _body(digest: Digest, bodies: Bodies) -> Body:
    name = name_of(digest, bodies.rules)
    if not name:
        return Body("", "", False, "issuer unknown")
    full = bodies.fullest.get(name, "")
    if not full:
        return Body("", name, False, f"several bodies named {name}")
    code = _code(digest, bodies.rules)
    codes = bodies.codes.get(full, ())
    if not code and len(codes) > 1:
        return Body("", name, False, f"several bodies named {name}")
    code = code or next(iter(codes), "")
    sure = bool(code or area_of(full, bodies.rules))
    return Body(f"#{code}" if code else full, full, sure)


def _may_be_several(group: Sequence[Digest], bodies: Bodies) -> bool:
    """Whether reports of one name and year may be of different bodies of that name."""
    first, *others = group
    if not others or bodies.of(first).sure:
        return False
    return any(
        not same_text(first, other) and likeness(first, other) < bodies.rules.likeness
        for other in others
    )


def same_text(one: Digest, other: Digest) -> bool:
    """Whether two reports are the same file or say the same in prose."""
    if one.sha256 == other.sha256:
        return True
    texts = [key("".join(p.text for p in digest.passages)) for digest in (one, other)]
    return bool(texts[0]) and texts[0] == texts[1]


def likeness(one: Digest, other: Digest) -> float:
    """The share of equal figures among those that both reports have and one has not as 0.

    0 where there are none.
    """
    both = one.numbers.keys() & other.numbers.keys()
    telling = [name for name in both if one.numbers[name] or other.numbers[name]]
    same = sum(one.numbers[name] == other.numbers[name] for name in telling)
    return same / len(telling) if telling else 0.0


def agreed(group: Sequence[Digest]) -> dict[str, Decimal | None]:
    """The figures of several versions of one report; ``None`` where they differ."""
    result: dict[str, Decimal | None] = {}
    for digest in group:
        for name, number in digest.numbers.items():
            known = result.setdefault(name, number)
            if known != number:
                result[name] = None
    return result
