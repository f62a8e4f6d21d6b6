"""What is on the paper: the one shape in which every reader hands over a source.

Readers know formats and never the law. Nothing here says what a text means.
Lengths are PDF points (1/72 inch), origin at the top left of the page as displayed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Layer(StrEnum):
    """Whether a block belongs to the text proper or to what surrounds it."""

    BODY = "body"
    FURNITURE = "furniture"


class TableOrigin(StrEnum):
    """How the cells of a table became known, best evidence first."""

    RULED = "ruled"
    """Ruling lines drawn on the page."""
    TAGGED = "tagged"
    """Markup: DOCX or HTML table elements."""
    DELIMITED = "delimited"
    """Tabs or pipes in plain text. A row may have lost or gained cells."""
    ALIGNED = "aligned"
    """White space between columns, no rules."""
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the top left of the displayed page."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands: page and box, or a path in a source without pages.

    ``page`` is 1-based. ``path`` reads ``table[3]/row[5]/cell[4]``,
    ``paragraph[12]`` or ``line[120]``; every index is 1-based.
    """

    page: int | None = None
    box: Box | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, with its place.

    ``line`` is the 0-based line of the paragraph in which the word stands.
    """

    text: str
    location: Location
    line: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text.

    ``text`` may hold line breaks where the source has them inside one paragraph
    (a forced break, a wrapped line of plain text is a paragraph of its own).
    ``level`` is the outline level that the source declares (``h1`` is 1), ``None`` without one.
    ``words`` is filled by readers that know the place of each word (PDF), else empty.
    ``apart`` tells that a blank line stands before it in a text file.
    """

    text: str
    location: Location
    layer: Layer = Layer.BODY
    level: int | None = None
    words: tuple[Word, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``row`` and ``col`` are 0-based in the grid of the whole table."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells in row-major order.

    Cells never overlap. A grid position without a cell does not exist in the source, so it
    is no blank. A nested table follows its outer table as a block of its own, and the cell that
    held it keeps only its own text.
    """

    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    origin: TableOrigin
    location: Location
    layer: Layer = Layer.BODY


@dataclass(frozen=True, slots=True)
class Picture:
    """An image. ``width`` and ``height`` are in points, 0 where unknown."""

    location: Location
    width: float = 0.0
    height: float = 0.0
    layer: Layer = Layer.BODY


Block = Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """A page as displayed (rotation already applied). ``number`` is 1-based."""

    number: int
    width: float
    height: float
    characters: int


@dataclass(frozen=True, slots=True)
class Document:
    """One source, read.

    ``blocks`` stand in reading order. ``metadata`` holds what the file says about itself
    (``title``, ``author``, ``published``, ``publisher`` …) as pairs, in file order.
    ``notes`` are plain remarks of the reader for the log (English), never findings.
    """

    source: str
    media_type: str
    sha256: str
    size: int
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def tables(self) -> Iterator[Table]:
        """All tables in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))
