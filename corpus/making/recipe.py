"""What each document of the corpus is: its kind, its papers and what was done to them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from making.content import draw_paper
from making.decoys import DECOYS
from making.operators import ALL
from making.operators.base import Operator, Subject
from making.paper import NotApplicable, Paper

_HARMLESS = (0, 0, 0, 1, 1, 2, 3)
"""How many harmless operators a document gets, each as often as it stands here."""
_DAMAGED_SHARE = 0.36
_DECOY_SHARE = 0.04
_TWO_REPORTS_SHARE = 0.02
_SUBJECTS = {
    Subject.FIGURES: 3.0,
    Subject.LABELS: 4.0,
    Subject.LAYOUT: 4.0,
    Subject.DOCUMENT: 4.0,
    Subject.IDENTITY: 2.0,
}


_LOST_MARKUP = ("C001", "C002", "C003", "C004", "T004", "T005", "T006", "T007", "T008", "T011")
"""What may be found where a table of a web page lost spans or a cell."""


class Kind(StrEnum):
    """How a document is printed."""

    DRAWN = "pdf-reportlab"
    LIBREOFFICE = "pdf-libreoffice"
    CHROMIUM = "pdf-chromium"
    WORD = "docx"
    WEB = "html"
    WEB_DAMAGED = "html-damaged"
    TEXT = "text"
    PDF_TEXT = "text-pdftotext"


KINDS = {
    Kind.DRAWN: 19.0,
    Kind.LIBREOFFICE: 12.0,
    Kind.CHROMIUM: 10.0,
    Kind.WORD: 17.0,
    Kind.WEB: 18.0,
    Kind.WEB_DAMAGED: 2.0,
    Kind.TEXT: 19.0,
    Kind.PDF_TEXT: 3.0,
}
PYTHON_KINDS: dict[Kind, float] = {
    kind: weight
    for kind, weight in KINDS.items()
    if kind not in (Kind.LIBREOFFICE, Kind.CHROMIUM, Kind.PDF_TEXT)
}
"""Kinds that need no program beside Python."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One document before it is printed."""

    number: int
    kind: Kind
    papers: tuple[Paper, ...]

    @property
    def rng(self) -> random.Random:
        """Source of the choices of the printer."""
        return self.papers[0].rng


def recipe_of(seed: str, number: int, kinds: Mapping[Kind, float]) -> Recipe:
    """The document of a number; the same for the same seed, whatever the other documents."""
    rng = random.Random(f"{seed}/{number}")
    kind = rng.choices(list(kinds), list(kinds.values()))[0]
    drawn = rng.random()
    if drawn < _DECOY_SHARE:
        decoy = rng.choice(DECOYS)
        paper = decoy.build(rng)
        paper.operators.append(f"decoy_{decoy.name}")
        return Recipe(number, kind, (paper,))
    if drawn < _DECOY_SHARE + _TWO_REPORTS_SHARE and kind is not Kind.WEB_DAMAGED:
        return Recipe(number, kind, (draw_paper(rng), draw_paper(rng)))
    paper = draw_paper(rng)
    _apply(paper, _draw_harmless(rng))
    if kind is Kind.WEB_DAMAGED:
        paper.damage(*_LOST_MARKUP)
    elif rng.random() < _DAMAGED_SHARE:
        _apply(paper, _draw(rng, Subject.DAMAGE, rng.choice((1, 1, 2))))
    return Recipe(number, kind, (paper,))


def _draw_harmless(rng: random.Random) -> list[Operator]:
    count = rng.choice(_HARMLESS)
    subjects = rng.choices(list(_SUBJECTS), list(_SUBJECTS.values()), k=count)
    return [one for subject in subjects for one in _draw(rng, subject, 1)]


def _draw(rng: random.Random, subject: Subject, count: int) -> list[Operator]:
    pool = [one for one in ALL if one.subject is subject]
    return rng.choices(pool, [one.weight for one in pool], k=count)


def _apply(paper: Paper, operators: Sequence[Operator]) -> None:
    """Apply what applies; an operator is named in the truth if it did something."""
    for one in dict.fromkeys(operators):
        try:
            one.change(paper)
        except NotApplicable:
            continue
        paper.operators.append(one.name)
