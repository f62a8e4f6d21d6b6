"""Accuracy floors: what was reached on a corpus, below which nothing may fall.

A floors file is JSON, with one entry for each corpus::

    [{"digest": "0123456789abcdef", "corpus": "how to make it",
      "least": {"layout/html/cells exact": 0.9998}, "most": {"silent": 0}}]

``least`` holds shares, named by grouping, group and rate, ``most`` counts over all documents.
``digest`` is that of the truth they were measured against.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import floor
from pathlib import Path
from typing import Any

from extractor.errors import OutputError, UsageError
from extractor.evaluate.evaluation import LAYOUT, Evaluation

_COUNTS = ("silent", "flagged", "zeroed", "phantoms", "alarmed")
_SHARES = ("cells exact", "tables exact")
_OVERALL = ("issuer right", "year right", "form right", "sections right", "defects found")
_PLACES = 10**6


@dataclass(frozen=True, slots=True)
class Floors:
    """What may not be undercut (``least``) and not exceeded (``most``) on one corpus."""

    digest: str
    corpus: str
    least: Mapping[str, float]
    most: Mapping[str, int]


def read_floors(path: Path) -> tuple[Floors, ...]:
    """The floors of a file.

    Raises:
        UsageError: It is not there or is none.
    """
    try:
        data: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Floors(one["digest"], one["corpus"], dict(one["least"]), dict(one["most"]))
            for one in data
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"无法读取准确度下限文件 {path}。", f"{path} is no readable file of accuracy floors."
        ) from error


def shortfalls(floors: Sequence[Floors], evaluation: Evaluation) -> list[str]:
    """What fell below its floor, a line each.

    Raises:
        UsageError: There are no floors for the corpus that the evaluation was made on.
    """
    own = next((one for one in floors if one.digest == evaluation.digest), None)
    if own is None:
        known = "; ".join(f"{one.digest}: {one.corpus}" for one in floors)
        raise UsageError(
            f"没有这份语料（{evaluation.digest}）的下限。已有：{known}",
            f"There are no floors for this corpus ({evaluation.digest}). Known: {known}",
        )
    return _below(own, evaluation)


def raise_floors(path: Path, evaluation: Evaluation, corpus: str) -> None:
    """Write what was reached beside the floors of other corpora; a floor never falls.

    Raises:
        UsageError: Something fell below a floor that stands, or the old file is broken.
        OutputError: The file cannot be written.
    """
    old = read_floors(path) if path.exists() else ()
    for one in old:
        low = _below(one, evaluation) if one.digest == evaluation.digest else []
        if low:
            listed = "; ".join(low)
            raise UsageError(f"下限只能提高：{listed}", f"Floors only rise: {listed}")
    kept = [one for one in old if evaluation.digest != one.digest and one.corpus != corpus]
    held = sorted([*kept, _reached(evaluation, corpus)], key=lambda one: one.corpus)
    text = json.dumps([asdict(one) for one in held], ensure_ascii=False, indent=1)
    try:
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"无法写入 {path}。", f"{path} cannot be written.") from error


def _below(floors: Floors, evaluation: Evaluation) -> list[str]:
    now = _reached(evaluation, floors.corpus)
    low = [
        f"{name}: {now.least.get(name, 0.0):.4%} < {least:.4%}"
        for name, least in floors.least.items()
        if now.least.get(name, 0.0) < least
    ]
    high = [
        f"{name}: {now.most[name]} > {most}"
        for name, most in floors.most.items()
        if now.most[name] > most
    ]
    return low + high


def _reached(evaluation: Evaluation, corpus: str) -> Floors:
    """The floors that an evaluation bears out."""
    total = asdict(evaluation.total)
    most = {name: total[name] for name in _COUNTS}
    return Floors(evaluation.digest, corpus, dict(_shares(evaluation)), most)


def _shares(evaluation: Evaluation) -> Iterator[tuple[str, float]]:
    for group, score in evaluation.groups[LAYOUT].items():
        for rate in score.rates():
            if rate.name in _SHARES and rate.share is not None:
                yield f"{LAYOUT}/{group}/{rate.name}", floor(rate.share * _PLACES) / _PLACES
    for rate in evaluation.total.rates():
        if rate.name in _OVERALL and rate.share is not None:
            yield f"total/{rate.name}", floor(rate.share * _PLACES) / _PLACES
