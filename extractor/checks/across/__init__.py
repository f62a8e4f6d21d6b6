"""Checks across reports: against other years, against the rest of the batch, against the roster.

Each check is a function from digests to findings; :func:`check_across` calls them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.digest import Across, Digest
from extractor.report import CheckOutcome
from extractor.rulebook.model import Rulebook

__all__ = ["AcrossOutcome", "Batch", "check_across"]


@dataclass(frozen=True, slots=True)
class Batch:
    """All that checks across reports look at.

    ``previous`` are the reports of an earlier dataset, which are compared with and never flagged.
    """

    rulebook: Rulebook
    digests: Sequence[Digest]
    previous: Sequence[Digest] = ()


@dataclass(frozen=True, slots=True)
class AcrossOutcome:
    """What the checks across a batch gave: findings and how every check ended."""

    findings: tuple[Across, ...] = ()
    outcomes: tuple[CheckOutcome, ...] = ()


Check = Callable[[Batch], AcrossOutcome]

_CHECKS: tuple[Check, ...] = ()


def check_across(batch: Batch) -> AcrossOutcome:
    """All findings across a batch, in the order of the checks."""
    parts = [check(batch) for check in _CHECKS]
    return AcrossOutcome(
        tuple(finding for part in parts for finding in part.findings),
        tuple(outcome for part in parts for outcome in part.outcomes),
    )
