"""A report under construction: what the case files edit and the writers print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sampling.bodies import Body
from sampling.figures import figures_of
from sampling.forms import applications_grid, disclosure_grid, disputes_grid
from sampling.grids import Grid
from sampling.prose import HEADINGS, write_prose


@dataclass(frozen=True, slots=True)
class GridPicture:
    """A table printed as a picture: its figures are not legible as text."""

    grid: Grid


Block = str | Grid | GridPicture


@dataclass(slots=True)
class Part:
    """One section: its statutory number, printed heading and content."""

    number: int
    heading: str
    blocks: list[Block]


@dataclass(slots=True)
class Draft:
    """One report. Edits change it in place before it is printed."""

    body: Body
    year: int
    title: str
    preamble: list[str]
    parts: list[Part]
    closing: list[str]
    form: str
    published: str = field(default="")

    def part(self, number: int) -> Part:
        """The first section with a statutory number."""
        return next(part for part in self.parts if part.number == number)

    def grid(self, name: str) -> Grid:
        """The first table of a name."""
        return next(
            block
            for part in self.parts
            for block in part.blocks
            if isinstance(block, Grid) and block.name == name
        )

    def change(self, name: str, edit: Callable[[Grid], Grid]) -> None:
        """Edit every table of a name."""
        for part in self.parts:
            part.blocks = [
                edit(block) if isinstance(block, Grid) and block.name == name else block
                for block in part.blocks
            ]

    def values(self) -> dict[str, str]:
        """The printed text of every cell that is there and legible as text."""
        texts: dict[str, str] = {}
        for part in self.parts:
            for block in part.blocks:
                if isinstance(block, Grid):
                    texts.update(block.readings())
        return texts


def start(body: Body, year: int, figures: dict[str, str] | None = None) -> Draft:
    """A faultless report of a body for a year, with its own figures unless others are given."""
    figures = figures_of(body.name, year, body.size) if figures is None else figures
    form = "2021" if year >= 2021 else "2019"
    prose = write_prose(body, year, figures)
    content: dict[int, list[Block]] = {
        1: list(prose.one),
        2: [disclosure_grid(form, figures)],
        3: [applications_grid(form, figures)],
        4: [disputes_grid(figures)],
        5: list(prose.five),
        6: list(prose.six),
    }
    parts = [Part(number, HEADINGS[number], blocks) for number, blocks in content.items()]
    return Draft(
        body,
        year,
        prose.title,
        list(prose.preamble),
        parts,
        list(prose.closing),
        form,
        published=prose.closing[-1],
    )
