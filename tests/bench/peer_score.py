"""Documents with their truth, and what a system made of them, as counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median

FORMATS = {".pdf": "PDF", ".docx": "DOCX", ".html": "HTML", ".htm": "HTML"}
_UNREAD = frozenset({"unreadable", "not_a_report"})


@dataclass(frozen=True, slots=True)
class Case:
    """One document and the figures printed in it; ``None`` where a cell holds no number."""

    path: Path
    name: str
    format: str
    truth: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Result:
    """One document as one system read it. ``seconds`` is ``None`` where it failed."""

    name: str
    cells: int
    exact: int
    wrong: int
    missing: int
    seconds: float | None
    error: str = ""


@dataclass(slots=True)
class Record:
    """All that one system made of one format."""

    system: str
    format: str
    results: dict[str, Result] = field(default_factory=dict)

    def total(self, what: str) -> int:
        """The sum of one count over the files."""
        return sum(int(getattr(one, what)) for one in self.results.values())

    @property
    def share(self) -> float:
        """Exact cells of a hundred."""
        return 100 * self.total("exact") / max(1, self.total("cells"))

    @property
    def failed(self) -> int:
        """Files that gave an error or no answer in time."""
        return sum(1 for one in self.results.values() if one.seconds is None)

    @property
    def milliseconds(self) -> float | None:
        """The middle time of a file, of those that were read."""
        times = [one.seconds for one in self.results.values() if one.seconds is not None]
        return 1000 * median(times) if times else None

    def times_slower(self, base: Record) -> float | None:
        """The middle ratio of time to that of another, over the files that both have read."""
        ratios = []
        for name, one in self.results.items():
            other = base.results[name].seconds
            if one.seconds is not None and other:
                ratios.append(one.seconds / other)
        return median(ratios) if ratios else None


def cases(reports: Path, truth: Path) -> Iterator[Case]:
    """Every document that can be scored: a single report, in a format that has peers."""
    for path in sorted(truth.rglob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        if "values" not in told or told.get("reports") or told.get("status") in _UNREAD:
            continue
        source = told.get("source") or path.relative_to(truth).as_posix().removesuffix(".json")
        document = reports / source
        kind = FORMATS.get(document.suffix.lower())
        if kind and document.is_file():
            yield Case(document, source, kind, told["values"])


def choose(found: Sequence[Case], sample: int | None) -> list[Case]:
    """The cases in turn over the formats; of each the same choice for the same size."""
    queues = []
    for kind in sorted({case.format for case in found}):
        queue = [case for case in found if case.format == kind]
        if sample is not None:
            Random(f"{kind} {len(queue)}").shuffle(queue)
        queues.append(queue)
    turns = max(map(len, queues), default=0)
    ordered = [queue[turn] for turn in range(turns) for queue in queues if turn < len(queue)]
    return ordered if sample is None else ordered[:sample]


def score(case: Case, found: Mapping[str, Decimal], seconds: float | None, error: str) -> Result:
    """Counts of one document: a number where the truth has none is as wrong as a wrong number."""
    figures = {name: Decimal(text) for name, text in case.truth.items() if text is not None}
    exact = sum(1 for name, number in figures.items() if found.get(name) == number)
    wrong = sum(1 for name, number in found.items() if figures.get(name) != number)
    missing = sum(1 for name in figures if name not in found)
    return Result(case.name, len(figures), exact, wrong, missing, seconds, error)
