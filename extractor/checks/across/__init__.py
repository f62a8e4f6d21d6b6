"""Checks across reports: against other years, against the rest of the batch, against the roster.

Each check is a function from digests to findings; :func:`check_across` calls them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from extractor.checks.across.batch import AcrossOutcome, Batch
from extractor.checks.across.bodies import Bodies, bodies_of
from extractor.checks.across.duplicates import check_duplicates
from extractor.checks.across.hierarchy import check_hierarchy
from extractor.checks.across.magnitude import check_magnitude
from extractor.checks.across.years import check_years

__all__ = ["AcrossOutcome", "Batch", "check_across"]

Check = Callable[[Batch], AcrossOutcome]


def _check_bodies(batch: Batch) -> AcrossOutcome:
    """The checks that ask which reports are of the same body."""
    bodies: Bodies = bodies_of(batch.rulebook, batch.digests, batch.previous)
    checks = (check_duplicates, check_years, check_magnitude, check_hierarchy)
    return _joined(check(batch, bodies) for check in checks)


_CHECKS: tuple[Check, ...] = (_check_bodies,)


def check_across(batch: Batch) -> AcrossOutcome:
    """All findings across a batch, in the order of the checks."""
    return _joined(check(batch) for check in _CHECKS)


def _joined(outcomes: Iterable[AcrossOutcome]) -> AcrossOutcome:
    parts = tuple(outcomes)
    return AcrossOutcome(
        tuple(finding for part in parts for finding in part.findings),
        tuple(outcome for part in parts for outcome in part.outcomes),
    )
