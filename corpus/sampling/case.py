"""One file of the corpus: how it is made, what is wrong with it, what must be found in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sampling.draft import Draft

Writer = Callable[[Sequence[Draft]], bytes]

_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_UNITS = ("万元", "件", "项")


@dataclass(frozen=True, slots=True)
class Case:
    """A file to make.

    Attributes:
        path: Place below ``corpus/reports``.
        kind: Which writer made it, in a word.
        drafts: The reports it holds; more than one for a compilation.
        write: Prints them.
        note: What it shows or what is wrong, Chinese and English.
        flags: Codes that must be found.
        allowed: Codes that may be found besides.
        status: Status of the contract that the file must get.
        legible: Whether the figures can be read from the file without recognition of pictures.
    """

    path: str
    kind: str
    drafts: tuple[Draft, ...]
    write: Writer
    note: tuple[str, str]
    flags: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    status: str = "ok"
    legible: bool = True

    @property
    def clean(self) -> bool:
        """Whether no error and no warning may be raised."""
        return self.status == "ok"


def path_of(draft: Draft, extension: str) -> str:
    """Where a report lies: a folder a year, named by its title."""
    return f"{draft.year}/{draft.title}.{extension}"


def faulty(
    draft: Draft,
    extension: str,
    kind: str,
    write: Writer,
    flags: tuple[str, ...],
    note: tuple[str, str],
    allowed: tuple[str, ...] = (),
) -> Case:
    """A report that can be read and is flagged."""
    return Case(
        path_of(draft, extension), kind, (draft,), write, note, flags, allowed, status="flagged"
    )


def number_of(text: str) -> str | None:
    """The number a cell says, in plain notation; None for a blank cell or one without a number."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    for unit in _UNITS:
        plain = plain.removesuffix(unit)
    if not _PLAIN_NUMBER.fullmatch(plain):
        return None
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _report_truth(draft: Draft, legible: bool) -> dict[str, object]:
    texts = draft.values() if legible else {}
    return {
        "issuer": draft.body.full,
        "issuer_short": draft.body.name,
        "issuer_level": draft.body.level,
        "year": draft.year,
        "format": draft.form,
        "values": {indicator: number_of(text) for indicator, text in texts.items()},
        "invalid": sorted(k for k, text in texts.items() if text and number_of(text) is None),
    }


def truth_of(case: Case) -> dict[str, object]:
    """Ground truth of a file, as the corpus README describes it."""
    truth: dict[str, object] = {"source": case.path, "kind": case.kind}
    reports = [_report_truth(draft, case.legible) for draft in case.drafts]
    if case.status == "not_a_report":
        only = reports[0]
        identity = ("issuer", "issuer_short", "issuer_level", "year")
        truth |= {key: only[key] for key in identity}
        truth |= {"format": "none", "values": {}, "invalid": []}
    elif len(reports) == 1:
        truth |= reports[0]
    else:
        truth["reports"] = reports
    return truth | {
        "status": case.status,
        "flags": list(case.flags),
        "allowed": list(case.allowed),
        "clean": case.clean,
        "note": f"{case.note[0]} / {case.note[1]}",
    }
