"""Drafts as Word documents, in the manner of the official form: merged cells, Chinese sizes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from sampling.draft import Draft, GridPicture
from sampling.grids import Grid, GridCell, Kind
from sampling.pictures import picture_of

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT_WIDTH = {False: 8844, True: 13950}  # twips between the margins, portrait and landscape
_ZIP_DATE = (2025, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class WordStyle:
    """How a Word document looks.

    Attributes:
        font: Body font; the PDF route needs one that is installed.
        title_font: Font of the title.
        landscape: Page orientation.
        merged: Whether spans are real merges; otherwise covered cells stand empty.
        numbered: Whether 一、二、 come from automatic numbering, not from the text.
        red_head: Whether the issuer stands above the title in red, as on official paper.
        row_height: Least height of table rows in twips.
        tracked: Indicators whose figure is a tracked change: an old figure struck out.
        size: Body size in points.
        rows_split: Whether a row may break over two pages.
        bottom_margin: In centimetres; decides where tables break.
    """

    font: str = "仿宋_GB2312"
    title_font: str = "方正小标宋简体"
    landscape: bool = False
    merged: bool = True
    numbered: bool = False
    red_head: bool = False
    row_height: int = 340
    tracked: tuple[tuple[str, str], ...] = ()
    size: float = 16
    rows_split: bool = True
    bottom_margin: float = 2.6


PRINT_STYLE = WordStyle(font="Noto Serif CJK SC", title_font="Noto Serif CJK SC")


def _run(text: str, style: WordStyle, bold: bool = False, size: float = 10.5) -> str:
    fonts = f'<w:rFonts w:ascii="{style.font}" w:hAnsi="{style.font}" w:eastAsia="{style.font}"/>'
    weight = "<w:b/>" if bold else ""
    half_points = round(size * 2)
    return (
        f'<w:r><w:rPr>{fonts}{weight}<w:sz w:val="{half_points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _tracked(old: str, new: str, style: WordStyle) -> str:
    mark = 'w:author="审核岗" w:date="2025-01-06T09:00:00Z"'
    deleted = _run(old, style).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return (
        f'<w:del w:id="901" {mark}>{deleted}</w:del>'
        f'<w:ins w:id="902" {mark}>{_run(new, style)}</w:ins>'
    )


def _cell_xml(
    cell: GridCell | None, widths: list[int], style: WordStyle, merge: str, col_span: int
) -> str:
    span = f'<w:gridSpan w:val="{col_span}"/>' if col_span > 1 else ""
    left = cell is not None and cell.kind is Kind.LABEL and cell.col_span + cell.col == 3
    align = "left" if left else "center"
    shade = cell is not None and cell.kind is Kind.HEAD and cell.text.startswith("第二十条")
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="C6D9F1"/>' if shade else ""
    runs = ""
    if cell is not None and cell.text:
        old = dict(style.tracked).get(cell.indicator or "")
        runs = _tracked(old, cell.text, style) if old else _run(cell.text, style)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}{merge}{fill}'
        '<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:line="260" w:lineRule="atLeast"/><w:jc w:val="{align}"/></w:pPr>'
        f"{runs}</w:p></w:tc>"
    )


def _row_xml(grid: Grid, row: int, widths: list[int], style: WordStyle) -> str:
    cells = []
    col = 0
    while col < grid.n_cols:
        owner = next(
            c
            for c in grid.cells
            if c.row <= row < c.row + c.row_span and c.col <= col < c.col + c.col_span
        )
        begins = owner.row == row
        if style.merged:
            merge = ""
            if owner.row_span > 1:
                merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
            span = owner.col_span
        else:
            merge, span = "", 1
            begins = begins and owner.col == col
        cells.append(
            _cell_xml(owner if begins else None, widths[col : col + span], style, merge, span)
        )
        col += span
    split = "" if style.rows_split else "<w:cantSplit/>"
    return (
        f'<w:tr><w:trPr>{split}<w:trHeight w:val="{style.row_height}" w:hRule="atLeast"/>'
        f'<w:jc w:val="center"/></w:trPr>{"".join(cells)}</w:tr>'
    )


def table_xml(grid: Grid, style: WordStyle) -> str:
    """One table as WordprocessingML."""
    total = _TEXT_WIDTH[style.landscape]
    shares = grid.widths
    if not style.merged and grid.name == "applications":
        shares = (2.0, 1.2, 2.2, *grid.widths[3:])
    widths = [round(total * w / sum(shares)) for w in shares]
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(_row_xml(grid, row, widths, style) for row in range(grid.n_rows))
    return (
        f'<w:tbl {_NS}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _write(
    paragraph: Paragraph,
    text: str,
    font: str,
    size: float,
    *,
    bold: bool = False,
    red: bool = False,
) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run.font.bold = bold
    run.font.color.rgb = RGBColor(0xC0, 0, 0) if red else RGBColor(0, 0, 0)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _line(
    document: DocumentObject, text: str, style: WordStyle, *, bold: bool = False
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(style.size * 2)
    paragraph.paragraph_format.line_spacing = Pt(style.size * 1.75)
    paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, text, style.font, style.size, bold=bold)
    return paragraph


def _page_number(document: DocumentObject, style: WordStyle) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(footer, "— ", style.font, 12)
    footer._p.append(
        parse_xml(f'<w:fldSimple {_NS} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    _write(footer, " —", style.font, 12)


def _chinese_numbering(document: DocumentObject) -> None:
    """Add the automatic list 一、二、三、 as number 77."""
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {_NS} w:abstractNumId="77"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/>'
        '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:lvl>'
        "</w:abstractNum>"
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {_NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def _heading(document: DocumentObject, text: str, style: WordStyle) -> None:
    if not style.numbered:
        _line(document, text, style, bold=True)
        return
    paragraph = _line(document, text.split("、", 1)[1], style, bold=True)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {_NS}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>')
    )


def _add_report(document: DocumentObject, draft: Draft, style: WordStyle) -> None:
    if style.red_head:
        head = document.add_paragraph()
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(head, draft.body.full, style.title_font, 30, bold=True, red=True)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(14)
    _write(title, draft.title, style.title_font, 22, bold=True)
    for text in draft.preamble:
        _line(document, text, style)
    for part in draft.parts:
        if part.heading:
            _heading(document, part.heading, style)
        for block in part.blocks:
            if isinstance(block, str):
                _line(document, block, style)
            elif isinstance(block, GridPicture):
                document.add_picture(io.BytesIO(picture_of(block.grid)), width=Cm(15.2))
            else:
                document.element.body.insert(
                    len(document.element.body) - 1, parse_xml(table_xml(block, style))
                )
                document.add_paragraph().paragraph_format.space_after = Pt(0)
    for text in draft.closing:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write(paragraph, text, style.font, style.size)


def _repack(data: bytes) -> bytes:
    """The same package with fixed member dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            target.writestr(info, source.read(name), zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def docx_bytes(drafts: Iterable[Draft], style: WordStyle) -> bytes:
    """One Word document that holds the given reports one after another."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if style.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(style.bottom_margin)
    _page_number(document, style)
    if style.numbered:
        _chinese_numbering(document)
    for index, draft in enumerate(drafts):
        if index:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _add_report(document, draft, style)
    properties = document.core_properties
    properties.author, properties.title = "样例", ""
    buffer = io.BytesIO()
    document.save(buffer)
    return _repack(buffer.getvalue())
