"""A report on its way to paper: what operators change and renderers print.

The truth is read off the paper as it stands when it is printed: each cell of a ``Grid`` that
carries a statutory figure bears its ``indicator``, so whatever an operator does to a table is done
to the truth as well.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sampling.bodies import Body
from sampling.grids import Grid

TABLES = ("disclosure", "applications", "disputes")


class Role(StrEnum):
    """What an item of a paper is for."""

    TITLE = "title"
    TEXT = "text"
    HEADING = "heading"
    TABLE = "table"
    SIGN = "sign"


@dataclass(slots=True)
class Item:
    """One paragraph or table.

    Attributes:
        role: What it is for. A ``HEADING`` is printed as the writer of a report would mark one.
        text: The paragraph; empty for a table.
        grid: The table.
        section: Statutory number (1 to 6) of the section that begins here; 0 for all other items.
    """

    role: Role
    text: str = ""
    grid: Grid | None = None
    section: int = 0


_TELLING = ("disclosure", "applications")
"""The tables that differ from form to form."""


class NotApplicable(Exception):
    """An operator finds nothing to work on in this paper."""


@dataclass(slots=True)
class Paper:
    """One report under construction. Operators change it in place.

    Attributes:
        body: The invented body.
        county: Name of its county.
        year: Reporting year.
        form: Form of its tables, ``2021`` or ``2019``.
        items: What is printed, in order.
        rng: Source of every choice made on the way.
        issuers: Names that may be given as issuer; the full one first.
        form_of: For tables that are not in the form of the paper: the form they are in, or both.
        lost: Tables that were left out.
        operators: Names of the operators applied, in order.
        required: Codes of findings that must be raised.
        allowed: Codes of errors and warnings that may be raised besides.
        damaged: Whether something is wrong with the report that a reader has to tell.
        unplaced: Tables whose figures are printed so that their cells cannot be told for sure.
        status: Status of the contract that the file must get; empty: ``ok`` if clean.
    """

    body: Body
    county: str
    year: int
    form: str
    items: list[Item]
    rng: random.Random
    issuers: list[str] = field(default_factory=list)
    form_of: dict[str, frozenset[str]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    operators: list[str] = field(default_factory=list)
    required: set[str] = field(default_factory=set)
    allowed: set[str] = field(default_factory=set)
    damaged: bool = False
    unplaced: set[str] = field(default_factory=set)
    status: str = ""

    @property
    def title(self) -> str:
        """The printed title, its lines joined."""
        return "".join(item.text for item in self.items if item.role is Role.TITLE)

    @property
    def format(self) -> str:
        """The ``format`` that the report must get: the form of its tables, or ``mixed``."""
        own = frozenset({self.form})
        told = [self.form_of.get(name, own) for name in _TELLING if name not in self.lost]
        forms = frozenset[str]().union(*told) or own
        return "mixed" if len(forms) > 1 else next(iter(forms))

    def grids(self, name: str) -> Iterator[Grid]:
        """Every table of a name, in order."""
        for item in self.items:
            if item.grid is not None and item.grid.name == name:
                yield item.grid

    def grid(self, name: str) -> Grid:
        """The first table of a name.

        Raises:
            NotApplicable: The paper has none.
        """
        for grid in self.grids(name):
            return grid
        raise NotApplicable(name)

    def change(self, name: str, edit: Callable[[Grid], Grid | list[Grid]]) -> None:
        """Edit every table of a name; an edit may give several tables in its place.

        Raises:
            NotApplicable: The paper has no such table.
        """
        self.grid(name)
        items: list[Item] = []
        for item in self.items:
            if item.grid is None or item.grid.name != name:
                items.append(item)
                continue
            edited = edit(item.grid)
            grids = edited if isinstance(edited, list) else [edited]
            items += [Item(Role.TABLE, grid=grid) for grid in grids]
        self.items = items

    def index(self, role: Role, section: int | None = None) -> int:
        """Place of the first item of a role, or of the heading of a section.

        Raises:
            NotApplicable: There is none.
        """
        for at, item in enumerate(self.items):
            if item.role is role and section in (None, item.section):
                return at
        raise NotApplicable(f"{role} {section}")

    def index_of_table(self, name: str) -> int:
        """Place of the first table of a name.

        Raises:
            NotApplicable: There is none.
        """
        for at, item in enumerate(self.items):
            if item.grid is not None and item.grid.name == name:
                return at
        raise NotApplicable(name)

    def damage(self, *allowed: str, required: tuple[str, ...] = ()) -> None:
        """Note that something is wrong: findings that must and that may be raised."""
        self.damaged = True
        self.required |= set(required)
        self.allowed |= set(allowed) | set(required)

    def texts(self) -> dict[str, str]:
        """The printed text of each statutory cell that is there."""
        texts: dict[str, str] = {}
        for item in self.items:
            if item.grid is not None:
                texts.update(item.grid.readings())
        return texts

    def disputed(self) -> set[str]:
        """The statutory cells that are printed more than once, and not alike."""
        first: dict[str, str] = {}
        disputed: set[str] = set()
        for item in self.items:
            for indicator, text in item.grid.readings().items() if item.grid is not None else ():
                if first.setdefault(indicator, text) != text:
                    disputed.add(indicator)
        return disputed

    def sections(self) -> list[int]:
        """Statutory numbers of the sections in the order in which they begin."""
        return [item.section for item in self.items if item.section]


class Layout(StrEnum):
    """How tables stand in a file, as far as it bears on what can be read for certain."""

    PDF_RULED = "pdf-ruled"
    PDF_BORDERLESS = "pdf-borderless"
    DOCX = "docx"
    HTML = "html"
    TEXT_TABULAR = "text-tabular"
    TEXT_FREE = "text-free"


@dataclass(frozen=True, slots=True)
class Printed:
    """A file.

    Attributes:
        data: Its bytes.
        extension: Of its name, without the dot.
        layout: How its tables stand.
        variants: What was chosen on the way, such as ``site:portal``, ``rules:dashed``.
        unplaced: Whether figures lost their cells in print (glued, repeated lines deleted), so that
            no reader can tell for sure where they belong.
    """

    data: bytes
    extension: str
    layout: Layout
    variants: tuple[str, ...] = ()
    unplaced: bool = False
