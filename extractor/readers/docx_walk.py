"""From the elements of a story to blocks in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from extractor.document import (
    Block,
    Cell,
    Layer,
    Location,
    Paragraph,
    Picture,
    Table,
    TableOrigin,
)
from extractor.readers.docx_grid import SourceCell, merged, table_rows
from extractor.readers.docx_numbering import Numbering
from extractor.readers.docx_styles import Styles
from extractor.readers.docx_text import Image, InlineReader
from extractor.readers.docx_xml import RELATION, W, find_flat
from extractor.readers.markup_budget import Budget
from extractor.readers.markup_grid import squeeze_columns
from extractor.readers.markup_lines import TRIMMED

_ITEMS = frozenset({W + name for name in ("p", "tbl", "altChunk", "r")})

_LONG = 400
_PAGE = 2_000

ChunkReader = Callable[[str, str], Sequence[Block]]
"""Blocks of an embedded document, from its relation id and its path."""


@dataclass
class Story:
    """A text under way: the body, a header, a note.

    ``counts`` numbers the blocks of each kind below each path.
    """

    layer: Layer
    read_chunk: ChunkReader
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def place(self, prefix: str, kind: str) -> str:
        """The path of the next block of a kind below ``prefix``."""
        self.counts[prefix, kind] += 1
        return f"{prefix}{kind}[{self.counts[prefix, kind]}]"


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph read: its full text and what follows it."""

    text: str
    level: int | None
    path: str


class StoryWalker:
    """Turns stories into blocks; numbers run on from one story to the next."""

    def __init__(
        self, styles: Styles, numbering: Numbering, inline: InlineReader, budget: Budget
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._inline = inline
        self._budget = budget
        self.notes: list[str] = []

    def blocks(
        self, container: etree._Element, story: Story, prefix: str = "", depth: int = 0
    ) -> list[Block]:
        """The blocks of a container in reading order.

        Args:
            container: body, header, note, cell or text box.
            story: the text that it belongs to.
            prefix: path of the container, ``""`` or ending in ``/``.
            depth: tables, boxes and embedded documents around it.

        Raises:
            LimitExceeded: nested too deep, or too many cells or characters.
        """
        self._budget.check_depth(depth)
        found: list[Block] = []
        carried = ""
        for element in find_flat(container, _ITEMS):
            if element.tag == W + "tbl":
                found += self._table(element, story, prefix, depth)
            elif element.tag == W + "altChunk":
                relation = element.get(RELATION + "id") or ""
                chunk_prefix = story.place(prefix, "chunk") + "/"
                found += story.read_chunk(relation, chunk_prefix)
            else:
                line, after = self._paragraph(element, story, prefix, depth)
                text = carried + line.text
                carried = text if _mark_deleted(element) else ""
                if not carried and text.strip(TRIMMED):
                    found.append(self._block(line, text, story.layer))
                found += after
        if carried.strip(TRIMMED):
            line = _Line(carried, None, story.place(prefix, "paragraph"))
            found.append(self._block(line, carried, story.layer))
        return found

    def _block(self, line: _Line, text: str, layer: Layer) -> Paragraph:
        text = text.strip(TRIMMED)
        self._budget.add_text(text)
        return Paragraph(text, Location(path=line.path), layer, line.level)

    def _paragraph(
        self, element: etree._Element, story: Story, prefix: str, depth: int
    ) -> tuple[_Line, list[Block]]:
        """One paragraph with its automatic number, and the blocks anchored in it."""
        properties = element.find(W + "pPr")
        style = self._styles.of_paragraph(properties)
        inline = self._inline.read(element, style)
        path = story.place(prefix, "paragraph")
        text = inline.text
        if not (_mark_deleted(element) or self._is_hidden_whole(properties, text, style)):
            text = _with_number(self._numbering.label(properties), text)
        after: list[Block] = []
        for anchor in inline.anchors:
            if isinstance(anchor, Image):
                place = Location(path=story.place(prefix, "picture"))
                after.append(Picture(place, anchor.width, anchor.height, story.layer))
            else:
                box_prefix = story.place(prefix, "textbox") + "/"
                after += self.blocks(anchor, story, box_prefix, depth + 1)
        return _Line(text, self._styles.level(properties), path), after

    def _is_hidden_whole(
        self, properties: etree._Element | None, text: str, style: str | None
    ) -> bool:
        """Whether a paragraph takes no place: nothing shown and a hidden or removed mark."""
        if text or properties is None:
            return False
        return self._styles.is_hidden(properties.find(W + "rPr"), style)

    def _table(self, table: etree._Element, story: Story, prefix: str, depth: int) -> list[Block]:
        rows = table_rows(table)
        if not any(rows):
            return []
        path = story.place(prefix, "table")
        if _is_frame(rows):
            return self._frame(rows, story, path, depth)
        cells: list[Cell] = []
        after: list[Block] = []
        slots = merged(rows)
        columns, n_cols = squeeze_columns([(slot.cell.col, slot.cell.span) for slot in slots])
        self._budget.check_grid(len(rows), n_cols)
        for slot, (col, span) in zip(slots, columns, strict=True):
            at = f"{path}/row[{slot.row + 1}]/cell[{slot.cell.ordinal}]"
            text, below = self._cell(slot.cell.element, story, at + "/", depth + 1)
            if slot.hides_text:
                self.notes.append(f"{at}: text hidden by a vertical merge was not read")
            self._budget.add_cell()
            cells.append(
                Cell(
                    slot.row,
                    col,
                    slot.row_span,
                    span,
                    text,
                    Location(path=at),
                )
            )
            after += below
        origin = TableOrigin.TAGGED
        grid = Table(len(rows), n_cols, tuple(cells), origin, Location(path=path), story.layer)
        return [grid, *after]

    def _frame(
        self, rows: list[list[SourceCell]], story: Story, path: str, depth: int
    ) -> list[Block]:
        """A table that only frames text: what it holds, in order."""
        found: list[Block] = []
        for at, row in enumerate(rows, start=1):
            for cell in row:
                prefix = f"{path}/row[{at}]/cell[{cell.ordinal}]/"
                found += self.blocks(cell.element, story, prefix, depth + 1)
        return found

    def _cell(
        self, cell: etree._Element, story: Story, prefix: str, depth: int
    ) -> tuple[str, list[Block]]:
        """Text of a cell, its paragraphs on lines of their own; blocks that follow the table."""
        lines: list[str] = []
        after: list[Block] = []
        for block in self.blocks(cell, story, prefix, depth):
            inner_path = block.location.path[len(prefix) - 1 :]
            if isinstance(block, Paragraph) and "/textbox[" not in inner_path:
                lines.append(block.text)
            else:
                after.append(block)
        return "\n".join(lines), after


def _with_number(label: str, text: str) -> str:
    """The automatic number before the text, never grown together with a digit."""
    if not label:
        return text
    text = text.lstrip(TRIMMED)
    gap = " " if label[-1:] in "0123456789." and text[:1].isdigit() else ""
    return label + gap + text


def _mark_deleted(paragraph: etree._Element) -> bool:
    """Whether tracked changes removed the end of this paragraph."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and (
        properties.find(W + "del") is not None or properties.find(W + "moveFrom") is not None
    )


def _is_frame(rows: list[list[SourceCell]]) -> bool:
    """Whether a table only frames text: one column, or a cell that holds pages or long text."""
    if all(len(row) == 1 for row in rows):
        return True
    return any(_is_page(cell.element) for row in rows for cell in row)


def _is_page(cell: etree._Element) -> bool:
    length = sum(len(text.text or "") for text in cell.iter(W + "t"))
    has_table = next(cell.iterdescendants(W + "tbl"), None) is not None
    return length > (_LONG if has_table else _PAGE)
