"""Faults in rule files, gathered so that all of them can be shown at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from extractor.errors import RuleFileError

_NEAREST = 55
"""Least similarity (0 to 100) at which a name is offered as the one that was meant."""

_SHORT_LIST = 30
"""Up to this many known names are listed where none is much like the unknown one."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a rule file, 1-based."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: where, under which key, and what to do, in both languages."""

    place: Place
    key: str
    zh: str
    en: str

    def error(self) -> RuleFileError:
        """The exception that tells of it."""
        head = f"{self.place.file}:{self.place.line}: " + (f"{self.key}: " if self.key else "")
        return RuleFileError(head + self.zh, head + self.en)


@dataclass(slots=True)
class Problems:
    """The faults found so far."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, key: str, zh: str, en: str) -> None:
        """Note a fault."""
        self.found.append(Problem(place, key, zh, en))

    def errors(self) -> tuple[RuleFileError, ...]:
        """Every fault once, by file and line."""
        return tuple(problem.error() for problem in sorted(set(self.found)))

    def raise_first(self) -> None:
        """Raise the first fault by file and line, if there is any.

        Raises:
            RuleFileError: there is one.
        """
        for error in self.errors():
            raise error


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name most like ``name``, ``None`` where none is much like it."""
    match = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=_NEAREST)
    return match[0] if match else None


def hint(name: str, known: Collection[str]) -> tuple[str, str]:
    """What to say about an unknown name: the nearest known one, else all of a short list."""
    best = nearest(name, known)
    if best is not None:
        return f"是不是“{best}”？", f"did you mean “{best}”?"
    if 0 < len(known) <= _SHORT_LIST:
        names = "、".join(sorted(known))
        return f"可以用的有：{names}。", f"known are: {', '.join(sorted(known))}."
    return "", ""
