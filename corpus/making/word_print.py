"""Papers as Word documents made to be printed to PDF by an office suite."""

from __future__ import annotations

import random
from dataclasses import dataclass

from making.paper import Item, Paper, Role
from making.word_cells import CellWriter, typed
from making.word_package import Package, Sheet, package_bytes
from making.word_tables import TableLook, table_xml
from making.word_xml import Type, paragraph, run
from sampling.grids import GridCell, Kind

_FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
_BORDERS = ("single",) * 6 + ("dotted", "double", "thick", "dashed", "none")
_FOOTERS = ("", "- {} -", "- {} -", "第{}页", "— {} —")
_LOOSE = '<w:spacing w:line="360" w:lineRule="auto"/>'
_TIGHT = '<w:spacing w:line="240" w:lineRule="auto"/>'


@dataclass(frozen=True, slots=True)
class PrintDesign:
    """What was chosen for one document to print.

    Attributes:
        font: Of everything.
        size: Of the text in points.
        table_size: Of the tables in points.
        border: Kind of rule; ``none`` for no rules.
        border_size: In eighths of a point.
        landscape: Page orientation.
        bottom: Bottom margin in twips; decides where tables break.
        row_height: Least height of rows in twips.
        rows_split: Whether a row may break over two pages.
        repeated: Whether heading rows repeat.
        upright: Whether 三、本年度办理结果 is set from top to bottom.
        fixed: Whether column widths are fixed.
        label_align: Of the labels of rows.
        figure_align: Of the figures.
        footer: Text round the page number.
    """

    font: str
    size: float
    table_size: float
    border: str
    border_size: int
    landscape: bool
    bottom: int
    row_height: int
    rows_split: bool
    repeated: bool
    upright: bool
    fixed: bool
    label_align: str
    figure_align: str
    footer: str

    @property
    def variants(self) -> tuple[str, ...]:
        """What the truth calls the choices."""
        return (
            f"rules:{self.border}",
            f"size:{self.table_size:g}",
            f"page:{'landscape' if self.landscape else 'portrait'}",
            f"rows:{'split' if self.rows_split else 'whole'}",
            f"labels:{self.label_align}",
            f"figures:{self.figure_align}",
            *(("heads:repeated",) if self.repeated else ()),
            *(("label:upright",) if self.upright else ()),
            *(("footer:number",) if self.footer else ()),
        )


def draw_print_design(rng: random.Random) -> PrintDesign:
    """Choose how a document is printed."""
    landscape = rng.random() < 0.2
    border = rng.choice(_BORDERS)
    return PrintDesign(
        font=rng.choice(_FONTS),
        size=rng.choice((12, 14, 15, 16)),
        table_size=rng.choice((9, 9, 10.5, 12, 14, 16) if landscape else (9, 9, 10.5, 10.5, 12)),
        border=border,
        border_size={"thick": 18, "double": 4}.get(border, rng.choice((4, 4, 6, 8))),
        landscape=landscape,
        bottom=rng.randint(1000, 2600 if landscape else 4200),
        row_height=rng.choice((0, 0, 340, 454, 567)),
        rows_split=rng.random() < 0.6,
        repeated=rng.random() < 0.35,
        upright=rng.random() < 0.2,
        fixed=rng.random() < 0.7,
        label_align=rng.choice(("left", "left", "center")),
        figure_align=rng.choice(("center", "center", "center", "left", "right")),
        footer=rng.choice(_FOOTERS),
    )


def _cell_writer(design: PrintDesign) -> CellWriter:
    kind = Type(design.font, design.table_size)
    label = typed(kind, design.label_align, _TIGHT)
    figure = typed(kind, design.figure_align, _TIGHT)
    heading = typed(kind, "center", _TIGHT)

    def write(cell: GridCell, rng: random.Random) -> str:
        if cell.indicator is not None:
            return figure(cell, rng)
        return (label if cell.kind is Kind.LABEL else heading)(cell, rng)

    return write


def _text(item: Item, design: PrintDesign) -> str:
    kind = Type(design.font, design.size, bold=item.role is Role.HEADING)
    if item.role is Role.TITLE:
        title = Type(design.font, design.size + 6, bold=True)
        return paragraph(run(item.text, title), "center", '<w:spacing w:after="280"/>')
    if item.role is Role.SIGN:
        return paragraph(run(item.text, kind), "right")
    keep = "<w:keepNext/>" if item.role is Role.HEADING else ""
    indent = f'<w:ind w:firstLine="{round(design.size * 40)}"/>'
    return paragraph(
        run(item.text, kind),
        properties=f'{keep}<w:spacing w:line="360" w:lineRule="auto"/>{indent}',
    )


def _sheet(design: PrintDesign) -> Sheet:
    width, height = (16838, 11906) if design.landscape else (11906, 16838)
    return Sheet(width, height, side=1400, top=1500, bottom=design.bottom)


def word_for_print(paper: Paper) -> tuple[bytes, tuple[str, ...]]:
    """A document for an office suite to print, and the variants chosen."""
    rng = paper.rng
    design = draw_print_design(rng)
    sheet = _sheet(design)
    look = TableLook(
        write=_cell_writer(design),
        width=sheet.text_width,
        border="" if design.border == "none" else design.border,
        border_size=design.border_size,
        repeated=design.repeated,
        rows_split=design.rows_split,
        row_height=design.row_height,
        fixed=design.fixed,
        upright=design.upright,
    )
    blocks = [
        _text(item, design) if item.grid is None else table_xml(item.grid, look, rng) + "<w:p/>"
        for item in paper.items
    ]
    package = Package("".join(blocks), sheet, footer=design.footer)
    return package_bytes(package), design.variants
