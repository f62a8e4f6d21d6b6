"""What checks across reports take and give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.digest import Across, Digest
from extractor.report import CheckOutcome
from extractor.rulebook.model import Rulebook


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
