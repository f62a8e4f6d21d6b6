"""Papers as Word documents, with the features that editors leave in a package."""

from __future__ import annotations

import random
from dataclasses import dataclass

from making.paper import Item, Layout, Paper, Printed, Role
from making.word_cells import CELL_WRITERS
from making.word_package import Package, package_bytes
from making.word_print import word_for_print
from making.word_tables import TableLook, table_xml
from making.word_xml import (
    BOLD,
    PLAIN,
    contents_by_field,
    control,
    inserted,
    one_cell_table,
    paragraph,
    run,
    text_box,
)

__all__ = ["print_word", "word_for_print"]

_NUMBERS = "一二三四五六七八九十"
_NUMBERING = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
_MERGES = {"real": 8.0, "no-grid": 2.0, "none": 2.0, "before": 1.0, "after": 1.0}
_NESTS = {"none": 9.0, "tables": 1.5, "all": 1.0}
_HEADS = {"bold": 5.0, "plain": 2.0, "style": 2.0, "numbered": 3.0, "letter-runs": 1.0, "row": 1.0}
_FOOTERS = ("", "", "- {} -", "第{}页", "— {} —", "{}")


@dataclass(frozen=True, slots=True)
class WordDesign:
    """What was chosen for one document.

    Attributes:
        cells: How texts stand in cells.
        merges: How spans are written.
        nest: What stands in a layout table.
        heads: How section headings are written.
        boxed_title: Whether the title stands in a text box.
        contents: Whether there is a table of contents.
        controlled: Whether blocks stand in content controls.
        tracked: Whether some paragraphs are tracked insertions.
        header: Whether pages bear the title at their top.
        footer: Text round the page number.
    """

    cells: str
    merges: str
    nest: str
    heads: str
    boxed_title: bool
    contents: bool
    controlled: bool
    tracked: bool
    header: bool
    footer: str

    @property
    def variants(self) -> tuple[str, ...]:
        """What the truth calls the choices."""
        switches = {
            "word:title-box": self.boxed_title,
            "word:contents": self.contents,
            "word:controls": self.controlled,
            "word:tracked-text": self.tracked,
            "word:header": self.header,
            "word:footer": bool(self.footer),
        }
        named = (
            f"cells:{self.cells}",
            f"merges:{self.merges}",
            f"nest:{self.nest}",
            f"heads:{self.heads}",
        )
        return named + tuple(name for name, on in switches.items() if on)


def _drawn(weights: dict[str, float], rng: random.Random) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def _countable(paper: Paper) -> bool:
    """Whether automatic numbers would be the printed ones."""
    heads = [item.text for item in paper.items if item.role is Role.HEADING]
    return 0 < len(heads) <= len(_NUMBERS) and all(
        text.startswith(f"{number}、") and len(text) > 2
        for number, text in zip(_NUMBERS, heads, strict=False)
    )


def draw_design(paper: Paper) -> WordDesign:
    """Choose how a paper is written."""
    rng = paper.rng
    cells = "plain" if rng.random() < 0.3 else rng.choice(list(CELL_WRITERS))
    heads = _drawn(_HEADS, rng)
    return WordDesign(
        cells=cells,
        merges=_drawn(_MERGES, rng),
        nest=_drawn(_NESTS, rng),
        heads="bold" if heads == "numbered" and not _countable(paper) else heads,
        boxed_title=rng.random() < 0.1,
        contents=rng.random() < 0.1,
        controlled=rng.random() < 0.1,
        tracked=rng.random() < 0.08,
        header=rng.random() < 0.25,
        footer=rng.choice(_FOOTERS),
    )


def _heading(text: str, design: WordDesign) -> str:
    if design.heads == "numbered":
        return paragraph(run(text.split("、", 1)[1], BOLD), properties=_NUMBERING)
    if design.heads == "style":
        return paragraph(run(text), properties='<w:pStyle w:val="1"/>')
    if design.heads == "letter-runs":
        return paragraph("".join(run(sign, BOLD) for sign in text))
    if design.heads == "row":
        return one_cell_table(paragraph(run(text, BOLD)))
    return paragraph(run(text, BOLD if design.heads == "bold" else PLAIN))


def _text(item: Item, design: WordDesign, rng: random.Random) -> str:
    if item.role is Role.HEADING:
        return _heading(item.text, design)
    if item.role is Role.TITLE:
        line = paragraph(run(item.text, BOLD), "center")
        return text_box(line) if design.boxed_title else line
    if item.role is Role.SIGN:
        return paragraph(run(item.text), "right")
    if design.tracked and rng.random() < 0.2:
        return paragraph(inserted(item.text, number=rng.randint(500, 599)))
    return paragraph(run(item.text), properties='<w:ind w:firstLineChars="200"/>')


def _look(design: WordDesign, rng: random.Random) -> TableLook:
    return TableLook(
        write=CELL_WRITERS[design.cells],
        merges="real" if design.merges == "no-grid" else design.merges,
        grid=design.merges != "no-grid",
        repeated=rng.random() < 0.4,
        rows_split=rng.random() < 0.7,
        row_height=rng.choice((0, 340, 454)),
        fixed=rng.random() < 0.5,
        controls=0.12 if design.controlled else 0.0,
        dead_row=design.cells == "tracked" and rng.random() < 0.3,
    )


def _block(item: Item, design: WordDesign, look: TableLook, rng: random.Random) -> str:
    if item.grid is None:
        return _text(item, design, rng)
    table = table_xml(item.grid, look, rng)
    if design.nest == "tables":
        table = one_cell_table(table)
    if design.controlled and rng.random() < 0.3:
        table = control(table)
    return table + "<w:p/>"


def _body(paper: Paper, design: WordDesign) -> str:
    rng = paper.rng
    look = _look(design, rng)
    blocks = [_block(item, design, look, rng) for item in paper.items]
    heads = [item.text for item in paper.items if item.role is Role.HEADING]
    if design.contents and heads:
        titles = [at for at, item in enumerate(paper.items) if item.role is Role.TITLE]
        blocks.insert(max(titles, default=-1) + 1, contents_by_field(heads))
    body = "".join(blocks)
    return one_cell_table(body) + "<w:p/>" if design.nest == "all" else body


def print_word(paper: Paper) -> Printed:
    """Print a paper as a Word document."""
    design = draw_design(paper)
    package = Package(
        body=_body(paper, design),
        header=paper.title if design.header else "",
        footer=design.footer,
        numbered=design.heads == "numbered",
        notes=("统计口径见填报说明。",) if design.cells == "footnotes" else (),
    )
    return Printed(package_bytes(package), "docx", Layout.DOCX, design.variants)
