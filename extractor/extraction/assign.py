"""Printed labels in a row assigned to the labels of an axis, by score and order."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def align(
    scores: Sequence[Sequence[float]], n_targets: int, skip: float = 0.0
) -> tuple[int | None, ...]:
    """The best monotone assignment of items to targets.

    Args:
        scores: ``scores[i][j]`` is how well item ``i`` fits target ``j`` (0: not at all).
        n_targets: Number of targets.
        skip: What leaving an item without a target costs.

    Returns:
        For each item the index of its target, or ``None``. Indices strictly rise.
    """
    undisputed = _undisputed(scores)
    if undisputed is not None:
        return undisputed
    n_items = len(scores)
    best = [[0.0] * (n_targets + 1) for _ in range(n_items + 1)]
    for i in range(n_items - 1, -1, -1):
        row, below, fits = best[i], best[i + 1], scores[i]
        row[n_targets] = below[n_targets] - skip
        for j in range(n_targets - 1, -1, -1):
            top = max(below[j] - skip, row[j + 1])
            if fits[j] > 0 and fits[j] + below[j + 1] >= top:
                top = fits[j] + below[j + 1]
            row[j] = top
    chosen: list[int | None] = []
    j = 0
    for i in range(n_items):
        row, below, fits = best[i], best[i + 1], scores[i]
        while (
            j < n_targets
            and row[j] == row[j + 1]
            and not (fits[j] > 0 and fits[j] + below[j + 1] == row[j])
        ):
            j += 1
        if j < n_targets and fits[j] > 0 and fits[j] + below[j + 1] == row[j]:
            chosen.append(j)
            j += 1
        else:
            chosen.append(None)
    return tuple(chosen)


def _undisputed(scores: Sequence[Sequence[float]]) -> tuple[int | None, ...] | None:
    """Every item at its best target where these already rise: nothing can fit better."""
    chosen: list[int | None] = []
    previous = -1
    for fits in scores:
        best = max(fits, default=0.0)
        if best <= 0:
            chosen.append(None)
            continue
        place = next((j for j in range(previous + 1, len(fits)) if fits[j] == best), None)
        if place is None:
            return None
        chosen.append(place)
        previous = place
    return tuple(chosen)


def place_exact(
    assigned: Sequence[int | None], scores: Sequence[Sequence[float]], least: float = 1.0
) -> tuple[int | None, ...]:
    """Give items out of order the free target whose label they carry to the letter.

    An item that fits several free targets, or a target that several items fit, stays open.
    """
    free = set(range(len(scores[0]) if scores else 0)) - set(assigned)
    wanted: dict[int, list[int]] = {}
    for i, place in enumerate(assigned):
        if place is None:
            fits = [j for j in free if scores[i][j] >= least]
            if len(fits) == 1:
                wanted.setdefault(fits[0], []).append(i)
    placed = list(assigned)
    for j, items in wanted.items():
        if len(items) == 1:
            placed[items[0]] = j
    return tuple(placed)


def fill_by_position(
    assigned: Sequence[int | None], may_be: Callable[[int, int], bool], n_targets: int
) -> tuple[int | None, ...]:
    """Give items the targets that are left between their labelled neighbours.

    Only where the gap holds as many items as targets and each of them may be its target (its label
    is lost, or badly damaged): a complete geometry. Everything else stays unassigned.
    """
    filled = list(assigned)
    start, previous = 0, -1
    for stop in range(len(filled) + 1):
        if stop < len(filled) and assigned[stop] is None:
            continue
        following = n_targets if stop == len(filled) else assigned[stop]
        gap = range(start, stop)
        assert following is not None
        if len(gap) == following - previous - 1 and all(
            may_be(i, previous + 1 + offset) for offset, i in enumerate(gap)
        ):
            for offset, i in enumerate(gap):
                filled[i] = previous + 1 + offset
        start, previous = stop + 1, following
    return tuple(filled)
