"""What the checks look at: everything that extraction said of one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document import Picture
from extractor.report import Finding, FoundTable, Identity, Section, Value
from extractor.rulebook.model import FormRule, Rulebook


@dataclass(frozen=True, slots=True)
class Subject:
    """One report as extracted.

    ``form`` is the form in force for its year: the newest where the year is unknown, ``None``
    where no form was in force. ``findings`` are those of extraction. ``pictures`` are the pictures
    with the section in which they stand.
    """

    rulebook: Rulebook
    identity: Identity
    form: FormRule | None
    sections: Sequence[Section]
    tables: Sequence[FoundTable]
    values: Sequence[Value]
    findings: Sequence[Finding]
    pictures: Sequence[tuple[int | None, Picture]]
