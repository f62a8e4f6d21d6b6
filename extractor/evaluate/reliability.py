"""Whether readings are right as often as their confidence says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from extractor.evaluate.score import Rate

_EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995)
"""Lower ends of the bins: narrow near 1, where nearly all readings lie."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings of about the same confidence.

    Attributes:
        low: Least confidence of the bin.
        readings: How many there are.
        stated: Mean confidence.
        right: How many were right.
    """

    low: float
    readings: int
    stated: float
    right: int

    @property
    def rate(self) -> Rate:
        """Share of right readings."""
        return Rate(f"confidence from {self.low}", self.right, self.readings)


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins that hold readings."""

    bins: tuple[Bin, ...]

    @property
    def readings(self) -> int:
        """All readings with a confidence."""
        return sum(one.readings for one in self.bins)

    @property
    def error(self) -> float:
        """Expected calibration error: the mean distance of stated and found, by readings."""
        if not self.readings:
            return 0.0
        far = sum(abs(one.right - one.stated * one.readings) for one in self.bins)
        return far / self.readings

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "expected_calibration_error": self.error,
            "bins": [
                {"low": one.low, "stated": one.stated, **one.rate.to_dict()} for one in self.bins
            ],
        }


def reliability_of(readings: Iterable[tuple[float, bool]]) -> Reliability:
    """The reliability of readings, each with its confidence and whether it was right."""
    held: list[list[tuple[float, bool]]] = [[] for _ in _EDGES]
    for confidence, right in readings:
        held[max(0, bisect_right(_EDGES, confidence) - 1)].append((confidence, right))
    bins = (
        Bin(low, len(part), sum(c for c, _ in part) / len(part), sum(right for _, right in part))
        for low, part in zip(_EDGES, held, strict=True)
        if part
    )
    return Reliability(tuple(bins))
