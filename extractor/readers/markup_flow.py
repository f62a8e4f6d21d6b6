"""From a page's tree to blocks in reading order, without recursion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

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
from extractor.readers.markup_budget import Budget
from extractor.readers.markup_grid import PlacedCell, RawCell, RawRow, lay_out, span_of
from extractor.readers.markup_inside import Inside, heading_level, opened_by
from extractor.readers.markup_lines import Line, TextBuffer
from extractor.readers.markup_lists import OpenList, open_list
from extractor.readers.markup_regions import Regions
from extractor.readers.markup_sizes import picture_size
from extractor.readers.markup_survey import DATA_ROWS, Survey
from extractor.readers.markup_tree import tag_of, walk_shown

_TYPED_INPUTS = frozenset({"", "text", "number", "tel", "date", "month", "url", "email"})
_MENU_LENGTH = 3
_TITLE_END = re.compile(r"[-_|—–]")
_MIN_TITLE = 6
_TITLE_SHARE = 0.25
_SMALL_TABLE_ROWS = 8


@dataclass(slots=True)
class _OpenCell:
    element: etree._Element
    raw: RawCell
    path: str
    buffer: TextBuffer = field(default_factory=TextBuffer)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _OpenTable:
    """A table of data under way; ``section`` is the row group that is open."""

    element: etree._Element
    path: str
    rows: list[RawRow] = field(default_factory=list)
    row: RawRow | None = None
    section: etree._Element | None = None
    cell: _OpenCell | None = None
    caption: TextBuffer | None = None
    before: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)


class PageFlow:
    """Reads one page once."""

    def __init__(
        self,
        survey: Survey,
        regions: Regions,
        budget: Budget,
        prefix: str,
        title: str,
        *,
        with_hidden: bool,
    ) -> None:
        self._title = "".join(_TITLE_END.split(title, maxsplit=1)[0].split())
        self._survey = survey
        self._regions = regions
        self._budget = budget
        self._prefix = prefix
        self._with_hidden = with_hidden
        self._blocks: list[Block] = []
        self._menu: list[int] = []
        self._main = TextBuffer()
        self._tables: list[tuple[etree._Element, _OpenTable | None]] = []
        self._lists: list[OpenList] = []
        self._open: list[tuple[Inside, ...]] = []
        self._depth = [0] * len(Inside)
        self._counts: Counter[str] = Counter()
        self._level: int | None = None
        self._marker = ""
        self._passed_container = False

    def read(self, root: etree._Element) -> list[Block]:
        """All blocks in reading order.

        Raises:
            LimitExceeded: too many cells or characters.
        """
        for event, element in walk_shown(root, with_hidden=self._with_hidden):
            tag = tag_of(element)
            if event == "start":
                self._start(element, tag)
                self._text(element.text)
            else:
                if event == "end":
                    self._end(element, tag)
                self._text(element.tail)
        self._flush()
        self._end_menu()
        return self._blocks

    def _start(self, element: etree._Element, tag: str) -> None:
        opened = opened_by(element, tag, self._regions)
        if Inside.BLOCK in opened:
            self._boundary()
        for kind in opened:
            self._depth[kind] += 1
        self._open.append(opened)
        if tag == "br":
            self._buffer().break_line()
        elif tag == "table":
            self._open_table(element)
        elif tag in {"tr", "td", "th", "thead", "tbody", "tfoot", "caption"}:
            self._open_part(element, tag)
        elif tag == "li" and self._lists:
            self._marker = self._lists[-1].marker(element)
        elif tag in {"ol", "ul", "menu", "dir"}:
            self._lists.append(open_list(element))
        elif tag in {"img", "input", "select"}:
            self._insert(element, tag)
        elif Inside.HEADING in opened:
            self._level = heading_level(element, tag)

    def _end(self, element: etree._Element, tag: str) -> None:
        opened = self._open.pop()
        if Inside.BLOCK in opened:
            self._boundary()
        for kind in opened:
            self._depth[kind] -= 1
        if tag == "table":
            self._close_table(element)
        elif tag in {"tr", "td", "th", "thead", "tbody", "tfoot", "caption"}:
            self._close_part(element, tag)
        elif tag == "li":
            self._marker = ""
        elif tag in {"ol", "ul", "menu", "dir"}:
            self._lists.pop()
        if Inside.HEADING in opened:
            self._level = None
        if Inside.CONTAINER in opened:
            self._passed_container = True

    def _text(self, text: str | None) -> None:
        if not text or self._depth[Inside.MUTED]:
            return
        buffer = self._buffer()
        if self._marker and text.strip():
            buffer.add(self._marker)
            self._marker = ""
        if self._depth[Inside.STRUCK] and text.strip():
            # 12 crossed out before 34 must not read 1234.
            text = f"~~{text}~~"
        if self._depth[Inside.KEPT]:
            buffer.add_kept(text)
        else:
            linked = self._depth[Inside.LINK] > 0
            buffer.add(text, linked=linked, raised=self._depth[Inside.RAISED] > 0)

    def _insert(self, element: etree._Element, tag: str) -> None:
        """What an empty element shows: a picture, or the value of a form field in a cell."""
        holder = self._holder()
        if tag == "img":
            width, height = picture_size(element)
            if holder is None or holder.cell is None:
                self._boundary()
                place = Location(path=self._place("picture"))
                self._blocks.append(Picture(place, width, height, self._layer()))
            else:
                holder.cell.counts["picture"] += 1
                path = f"{holder.cell.path}/picture[{holder.cell.counts['picture']}]"
                holder.after.append(Picture(Location(path=path), width, height, self._layer()))
        elif holder is not None and tag == "input":
            if (element.get("type") or "").lower() in _TYPED_INPUTS:
                self._buffer().add(element.get("value") or "")
        elif holder is not None:
            self._buffer().add(_chosen_option(element))

    def _open_table(self, element: etree._Element) -> None:
        if element in self._survey.layout:
            self._tables.append((element, None))
            return
        holder = self._holder()
        if holder is None or holder.cell is None:
            path = self._place("table")
        else:
            holder.cell.counts["table"] += 1
            path = f"{holder.cell.path}/table[{holder.cell.counts['table']}]"
        self._tables.append((element, _OpenTable(element, path)))
        self._budget.check_depth(len(self._tables))

    def _open_part(self, element: etree._Element, tag: str) -> None:
        table = self._tables[-1][1] if self._tables else None
        if table is None:
            return
        if tag == "caption":
            table.caption = TextBuffer()
        elif tag in {"td", "th"}:
            self._close_cell(table)
            row = table.row or _new_row(table)
            raw = RawCell(
                span_of(element, "colspan"), span_of(element, "rowspan"), len(row.cells) + 1
            )
            row.cells.append(raw)
            path = f"{table.path}/row[{len(table.rows)}]/cell[{raw.ordinal}]"
            table.cell = _OpenCell(element, raw, path)
            self._budget.add_cell()
        else:
            self._close_cell(table)
            table.row = None
            if tag == "tr":
                _new_row(table)
            else:
                table.section = element

    def _close_part(self, element: etree._Element, tag: str) -> None:
        table = self._tables[-1][1] if self._tables else None
        if table is None:
            return
        if tag == "caption" and table.caption is not None:
            lines, table.caption = table.caption.take(), None
            table.before += self._paragraphs(lines)
        elif tag in {"td", "th"}:
            if table.cell is not None and table.cell.element is element:
                self._close_cell(table)
        elif tag in {"tr", "thead", "tbody", "tfoot"}:
            self._close_cell(table)
            table.row = None
            if tag != "tr":
                table.section = None

    def _close_cell(self, table: _OpenTable) -> None:
        if table.cell is not None:
            table.cell.raw.text = "\n".join(line.text for line in table.cell.buffer.take())
            self._budget.add_text(table.cell.raw.text)
            table.cell = None

    def _close_table(self, element: etree._Element) -> None:
        if not self._tables or self._tables[-1][0] is not element:
            return
        table = self._tables.pop()[1]
        if table is None:
            return
        self._close_cell(table)
        placed, n_rows, n_cols = lay_out(table.rows)
        self._budget.check_grid(n_rows, n_cols)
        found = list(table.before)
        if placed:
            layer = self._table_layer(table.element, placed, n_rows)
            found.append(_table(table.path, placed, n_rows, n_cols, layer))
        found += table.after
        holder = self._holder()
        if holder is None:
            self._flush()
            self._end_menu()
            self._blocks += found
        else:
            holder.after += found

    def _holder(self) -> _OpenTable | None:
        """The innermost table of data with an open cell."""
        for _, table in reversed(self._tables):
            if table is not None and (table.cell is not None or table.caption is not None):
                return table
        return None

    def _buffer(self) -> TextBuffer:
        """Where text goes now. Text of a table outside its cells stands before the table."""
        holder = self._holder()
        if holder is None:
            return self._main
        if holder.caption is not None:
            return holder.caption
        return self._main if holder.cell is None else holder.cell.buffer

    def _boundary(self) -> None:
        buffer = self._buffer()
        if buffer is self._main:
            self._flush()
        else:
            buffer.break_line()

    def _flush(self) -> None:
        lines = self._main.take()
        if self._level is not None and len(lines) > 1:
            joined = "\n".join(line.text for line in lines)
            lines = [Line(joined, sum(line.linked for line in lines))]
        for line, block in zip(lines, self._paragraphs(lines), strict=True):
            if line.is_link:
                self._menu.append(len(self._blocks))
            else:
                self._end_menu()
            self._blocks.append(block)

    def _end_menu(self) -> None:
        """Turn a run of bare links into furniture, unless it stands inside the text proper."""
        if len(self._menu) >= _MENU_LENGTH and self._regions.container is None:
            for at in self._menu:
                block = self._blocks[at]
                if isinstance(block, Paragraph):
                    self._blocks[at] = replace(block, layer=Layer.FURNITURE)
        self._menu = []

    def _paragraphs(self, lines: Sequence[Line]) -> list[Paragraph]:
        found = []
        for line in lines:
            self._budget.add_text(line.text)
            place = Location(path=self._place("paragraph"))
            layer = Layer.BODY if self._is_page_title(line.text) else self._layer()
            found.append(Paragraph(line.text, place, layer, self._level))
        return found

    def _layer(self) -> Layer:
        if self._depth[Inside.FURNITURE]:
            return Layer.FURNITURE
        if self._regions.container is None or self._depth[Inside.CONTAINER]:
            return Layer.BODY
        if self._depth[Inside.TITLE] and not self._passed_container:
            return Layer.BODY
        return Layer.FURNITURE

    def _is_page_title(self, text: str) -> bool:
        """Whether a line before the text proper repeats the title of the page, or a part of it."""
        if self._passed_container or self._depth[Inside.FURNITURE] or len(text) < _MIN_TITLE:
            return False
        plain = "".join(text.split())
        return plain in self._title and len(plain) >= _TITLE_SHARE * len(self._title)

    def _table_layer(
        self, element: etree._Element, cells: Sequence[PlacedCell], n_rows: int
    ) -> Layer:
        """A table of figures is text wherever it stands, but for menus and page feet."""
        if self._depth[Inside.BOUNDING]:
            return Layer.FURNITURE
        in_text = self._regions.container is None or self._depth[Inside.CONTAINER] > 0
        extent = self._survey.extents.get(element)
        is_menu = extent is not None and extent.linked > extent.own
        if is_menu and not self._depth[Inside.CONTAINER]:
            return Layer.FURNITURE
        if self._survey.numeric_rows.get(element, 0) >= DATA_ROWS:
            return Layer.BODY
        named = self._depth[Inside.FURNITURE] or element in self._regions.furniture
        if named or _is_about_the_page(cells):
            return Layer.FURNITURE
        if in_text:
            return Layer.BODY
        return Layer.FURNITURE if n_rows <= _SMALL_TABLE_ROWS else Layer.BODY

    def _place(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{self._prefix}{kind}[{self._counts[kind]}]"


def _new_row(table: _OpenTable) -> RawRow:
    table.row = RawRow(table.section)
    table.rows.append(table.row)
    return table.row


def _table(
    path: str, placed: Sequence[PlacedCell], n_rows: int, n_cols: int, layer: Layer
) -> Table:
    cells = tuple(
        Cell(
            cell.row,
            cell.col,
            cell.row_span,
            cell.col_span,
            cell.raw.text,
            Location(path=f"{path}/row[{cell.row + 1}]/cell[{cell.raw.ordinal}]"),
        )
        for cell in placed
    )
    return Table(n_rows, n_cols, cells, TableOrigin.TAGGED, Location(path=path), layer)


def _chosen_option(select: etree._Element) -> str:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return "" if not chosen else "".join(map(str, chosen[0].itertext()))


def _is_about_the_page(cells: Sequence[PlacedCell]) -> bool:
    """Whether a table gives labels with colons and their values: what a page says of itself."""
    labels = [cell.raw.text for cell in cells if cell.raw.ordinal % 2 == 1 and cell.raw.text]
    marked = sum(label.endswith((":", "：")) for label in labels)
    return marked >= 2 and marked >= 0.7 * len(labels)
