"""Interleaved timing: every round runs each method once on the same bytes, so that a busy machine
slows them alike, and ratios are taken within a round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from tests.bench.methods import Method


@dataclass(frozen=True, slots=True)
class Spread:
    """Smallest, middle and largest of several numbers."""

    least: float
    middle: float
    most: float

    @classmethod
    def of(cls, numbers: list[float]) -> Spread:
        """The spread of at least one number."""
        return cls(min(numbers), median(numbers), max(numbers))

    def __str__(self) -> str:
        return f"{self.least:.2f} / {self.middle:.2f} / {self.most:.2f}"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each method in each round; a round has one time of every method."""

    rounds: tuple[Mapping[str, float], ...]

    def milliseconds(self, method: str) -> float:
        """The middle time of a method."""
        return 1000 * median(one[method] for one in self.rounds)

    def ratio(self, method: str, base: str) -> Spread:
        """How many times the cost of ``base`` a method cost, round by round."""
        return Spread.of([one[method] / one[base] for one in self.rounds])


def time_methods(
    methods: Mapping[str, Method], data: bytes, rounds: int, deadline: float
) -> Timing:
    """Time the methods in turn on the same bytes.

    The first round warms up and is dropped. The order is turned about from round to round.

    Args:
        methods: What to time, by name.
        data: The bytes each method gets.
        rounds: How many rounds to keep.
        deadline: On ``perf_counter``'s clock: no new round starts after it, but one is kept.
    """
    kept: list[Mapping[str, float]] = []
    order = list(methods)
    for name in order:
        methods[name](data)
    while len(kept) < rounds and (not kept or perf_counter() < deadline):
        order.append(order.pop(0))
        kept.append({name: _seconds(methods[name], data) for name in order})
    return Timing(tuple(kept))


def _seconds(method: Method, data: bytes) -> float:
    start = perf_counter()
    method(data)
    return perf_counter() - start
