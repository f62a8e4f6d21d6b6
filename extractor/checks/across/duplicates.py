"""The same report twice, and several versions of one.

Each of the reports concerned gets the finding, with the source of the others: which of them is
the one to keep is not ours to say, and whoever opens any of them must see that there are more.
Reports of one file (a comparison with last year, a compilation) are never duplicates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractor.checks.across.batch import AcrossOutcome, Batch
from extractor.checks.across.bodies import Bodies, is_read, same_text
from extractor.checks.across.labels import cell_label
from extractor.digest import Across, Digest, ReportKey
from extractor.document import Location
from extractor.report import CheckOutcome, Evidence, Finding, Outcome
from extractor.rulebook.model import Rulebook

_CODE, _NAME = "D008", "duplicate_document"
_CELLS = 3
"""Cells that differ, of which a message tells."""
_SOURCES = 5
"""Other sources that a message names."""


def check_duplicates(batch: Batch, bodies: Bodies) -> AcrossOutcome:
    """Files that occur twice, and bodies with several reports of a year."""
    read = [digest for digest in batch.digests if is_read(digest)]
    same_file = list(_same_file(read))
    found = {across.key for across in same_file}
    several: list[Across] = []
    outcomes: dict[ReportKey, CheckOutcome] = {}
    for which, group in bodies.years.items():
        if len(_sources(group)) < 2:
            continue
        if which in bodies.unsure:
            why = f"several bodies named {bodies.of(group[0]).name}: {which[1]}"
            outcomes |= {one.key: _outcome(one, Outcome.COULD_NOT_JUDGE, why) for one in group}
        else:
            several.extend(_versions(group, bodies, batch.rulebook))
    found |= {across.key for across in several}
    for digest in read:
        if digest.key in found:
            outcomes[digest.key] = _outcome(digest, Outcome.BROKEN)
        elif digest.key not in outcomes:
            body = bodies.of(digest)
            why = body.why or ("" if digest.identity.year is not None else "year unknown")
            ended = Outcome.COULD_NOT_JUDGE if why else Outcome.HOLDS
            outcomes[digest.key] = _outcome(digest, ended, why)
    return AcrossOutcome((*same_file, *several), tuple(outcomes.values()))


def _outcome(digest: Digest, ended: Outcome, why: str = "") -> CheckOutcome:
    return CheckOutcome(_CODE, digest.key.source, ended, why)


def _same_file(digests: Iterable[Digest]) -> Iterator[Across]:
    """A finding on the first report of every file that occurs more than once."""
    by_file: defaultdict[str, dict[str, Digest]] = defaultdict(dict)
    for digest in digests:
        by_file[digest.sha256].setdefault(digest.key.source, digest)
    for group in by_file.values():
        for source, digest in group.items():
            others = [other for other in group if other != source]
            if others:
                yield Across(digest.key, Finding(_NAME, detail=_listed(others)))


def _versions(group: Sequence[Digest], bodies: Bodies, rulebook: Rulebook) -> Iterator[Across]:
    """What every report of a body and year is to be told of the others, but for the same file."""
    for digest in group:
        others = [
            other
            for other in group
            if other.key.source != digest.key.source and other.sha256 != digest.sha256
        ]
        others = list({other.sha256: other for other in reversed(others)}.values())[::-1]
        differing = [other for other in others if _differences(digest, other)]
        if differing:
            yield Across(digest.key, _version(digest, differing, rulebook))
        elif others and (bodies.of(digest).sure or any(_alike(digest, one) for one in others)):
            yield Across(digest.key, _copy(digest, others))


def _alike(one: Digest, other: Digest) -> bool:
    """Whether two reports of a name that other bodies may have are certainly of one body."""
    return same_text(one, other) or any(
        number and other.numbers.get(name) == number for name, number in one.numbers.items()
    )


def _differences(one: Digest, other: Digest) -> list[str]:
    """The cells that both reports have and in which they differ."""
    return [
        name for name, number in one.numbers.items() if other.numbers.get(name, number) != number
    ]


def _version(digest: Digest, others: Sequence[Digest], rulebook: Rulebook) -> Finding:
    first, *more = others
    cells = _differences(digest, first)
    told = [
        f"{cell_label(rulebook, cell)} {_text(digest, cell)} ≠ {_text(first, cell)}"
        for cell in cells[:_CELLS]
    ]
    rest = ["……"] if len(cells) > _CELLS else []
    also = [_listed(other.key.source for other in more)] if more else []
    table, row, column = cells[0].split(".")
    return Finding(
        _NAME,
        table=table,
        indicator=cells[0],
        row=row,
        column=column,
        expected=_text(first, cells[0]),
        found=str(len(cells)),
        detail="；".join([first.key.source, *told, *rest, *also]),
        evidence=tuple(
            Evidence(cell, f"{_text(digest, cell)} ≠ {_text(first, cell)}", Location())
            for cell in cells[:_CELLS]
        ),
        variant="versions",
    )


def _copy(digest: Digest, others: Sequence[Digest]) -> Finding:
    compared = any(digest.numbers.keys() & other.numbers.keys() for other in others)
    return Finding(
        _NAME,
        detail=_listed(other.key.source for other in others),
        variant="same_figures" if compared else "same_year",
    )


def _text(digest: Digest, cell: str) -> str:
    number: Decimal = digest.numbers[cell]
    return str(number)


def _listed(sources: Iterable[str]) -> str:
    listed = sorted(set(sources))
    return "、".join(listed[:_SOURCES]) + ("……" if len(listed) > _SOURCES else "")


def _sources(group: Iterable[Digest]) -> set[str]:
    return {digest.key.source for digest in group}
