"""All documents of a dataset against their truth, in groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from extractor.evaluate.judge import Mistake, judge
from extractor.evaluate.reliability import Reliability, reliability_of
from extractor.evaluate.score import Score
from extractor.evaluate.truth import Found, Told, read_dataset, read_truth
from extractor.rulebook.model import Rulebook

_FAMILIES = {".pdf": "PDF", ".docx": "DOCX", ".html": "HTML", ".htm": "HTML", ".txt": "Text"}
FORMAT, LAYOUT, DAMAGED, FORM, OPERATOR = "format", "layout", "layout, damaged", "form", "operator"
_ACROSS = ("cross-year", "batch")
"""Findings about one report beside others, of which the truth of one document says nothing."""
GROUPINGS = (FORMAT, LAYOUT, DAMAGED, FORM, OPERATOR)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a dataset is worth.

    Attributes:
        groups: Scores by grouping and by group. Of ``GROUPINGS``, ``layout`` counts documents
            without damage alone, and ``operator`` counts a document under each of its operators.
        causes: How many figures were wrong or declined, by kind and cause.
        mistakes: Every mistake.
        reliability: How often readings of a given confidence were right.
        digest: Of the truth.
    """

    groups: Mapping[str, Mapping[str, Score]]
    causes: Mapping[tuple[str, str], int]
    mistakes: tuple[Mistake, ...]
    reliability: Reliability
    digest: str

    @property
    def by_format(self) -> Mapping[str, Score]:
        """Scores by file format."""
        return self.groups[FORMAT]

    @property
    def total(self) -> Score:
        """All formats together."""
        return sum(self.by_format.values(), Score())

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "digest": self.digest,
            "total": _plain(self.total),
            "groups": {
                grouping: {name: _plain(score) for name, score in scores.items()}
                for grouping, scores in self.groups.items()
            },
            "causes": [
                {"kind": kind, "cause": cause, "cells": cells}
                for (kind, cause), cells in self.causes.items()
            ],
            "reliability": self.reliability.to_dict(),
            "mistakes": [asdict(mistake) for mistake in self.mistakes],
        }


def evaluate(dataset_dir: Path, truth_dir: Path, rulebook: Rulebook) -> Evaluation:
    """Score a dataset folder against a folder of truth.

    A document that the dataset does not have counts as missed in all its parts.

    Raises:
        UsageError: One of the folders does not hold what it should.
    """
    beyond = frozenset(flag.code for flag in rulebook.flags if flag.scope in _ACROSS)
    found = read_dataset(dataset_dir, beyond)
    told, digest = read_truth(truth_dir, found)
    homes = {table.id: table.section for form in rulebook.forms for table in form.tables}
    groups: dict[str, dict[str, Score]] = {name: defaultdict(Score) for name in GROUPINGS}
    causes: Counter[tuple[str, str]] = Counter()
    mistakes: list[Mistake] = []
    trusted: list[tuple[float, bool]] = []
    for one in told:
        verdict = judge(one, found.get(one.source, Found()), homes)
        for grouping, name in _groups_of(one):
            groups[grouping][name] += verdict.score
        causes.update((m.kind, m.cause) for m in verdict.mistakes if m.cause)
        mistakes += verdict.mistakes
        trusted += verdict.trusted
    return Evaluation(
        {grouping: dict(sorted(scores.items())) for grouping, scores in groups.items()},
        dict(causes.most_common()),
        tuple(mistakes),
        reliability_of(trusted),
        digest,
    )


def _groups_of(told: Told) -> Iterator[tuple[str, str]]:
    truth = told.truth
    suffix = PurePosixPath(told.source).suffix.lower()
    yield FORMAT, _FAMILIES.get(suffix, "Other")
    if truth.get("layout"):
        yield (LAYOUT if truth.get("clean") else DAMAGED), str(truth["layout"])
    if truth.get("format"):
        yield FORM, str(truth["format"])
    for name in dict.fromkeys((*truth.get("operators", ()), *truth.get("variants", ()))):
        yield OPERATOR, str(name)


def _plain(score: Score) -> dict[str, Any]:
    counts = {**asdict(score), "wrong": score.wrong}
    return {**counts, "rates": {rate.name: rate.to_dict() for rate in score.rates()}}
