"""Drafts as PDF from a report generator: reportlab, with a standard Chinese font."""

from __future__ import annotations

import io
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from sampling.draft import Draft
from sampling.grids import Grid, Kind

_FONT = "STSong-Light"
_MARGIN = 62.0


@dataclass(frozen=True, slots=True)
class GeneratorStyle:
    """How the generated PDF looks.

    Attributes:
        ruled: Whether tables have lines.
        zebra: Whether every second row is shaded.
        password: Opens the file, where given.
        running_head: Text at the top of every page.
    """

    ruled: bool = True
    zebra: bool = False
    password: str = ""
    running_head: str = ""


def _styles() -> dict[str, ParagraphStyle]:
    base = ParagraphStyle(
        "body", fontName=_FONT, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK"
    )
    return {
        "body": base,
        "title": ParagraphStyle(
            "title",
            base,
            fontSize=20,
            leading=30,
            firstLineIndent=0,
            alignment=TA_CENTER,
            spaceAfter=12,
        ),
        "heading": ParagraphStyle("heading", base, fontSize=15, spaceBefore=6, keepWithNext=True),
        "sign": ParagraphStyle("sign", base, alignment=TA_RIGHT, firstLineIndent=0),
        "cell": ParagraphStyle(
            "cell", base, fontSize=9, leading=12, firstLineIndent=0, alignment=TA_CENTER
        ),
        "label": ParagraphStyle("label", base, fontSize=9, leading=12, firstLineIndent=0),
    }


def _table(grid: Grid, style: GeneratorStyle, styles: dict[str, ParagraphStyle]) -> Table:
    width = A4[0] - 2 * _MARGIN
    columns = [width * w / sum(grid.widths) for w in grid.widths]
    content: list[list[object]] = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    commands: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    if style.ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    if style.zebra:
        commands += [
            ("BACKGROUND", (0, row), (-1, row), colors.Color(0.93, 0.95, 0.98))
            for row in range(0, grid.n_rows, 2)
        ]
    for cell in grid.cells:
        look = styles["label" if cell.kind is Kind.LABEL else "cell"]
        content[cell.row][cell.col] = Paragraph(escape(cell.text), look) if cell.text else ""
        corner = (cell.col + cell.col_span - 1, cell.row + cell.row_span - 1)
        if corner != (cell.col, cell.row):
            commands.append(("SPAN", (cell.col, cell.row), corner))
    return Table(content, columns, style=TableStyle(commands), repeatRows=grid.header_rows)


def generated_pdf(draft: Draft, style: GeneratorStyle) -> bytes:
    """The report as a report generator prints it."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    styles = _styles()
    story: list[object] = [Paragraph(escape(draft.title), styles["title"])]
    story += [Paragraph(escape(text), styles["body"]) for text in draft.preamble]
    for part in draft.parts:
        if part.heading:
            story.append(Paragraph(escape(part.heading), styles["heading"]))
        for block in part.blocks:
            if isinstance(block, str):
                story.append(Paragraph(escape(block), styles["body"]))
            elif isinstance(block, Grid):
                story += [_table(block, style, styles), Spacer(1, 10)]
    story += [Paragraph(escape(text), styles["sign"]) for text in draft.closing]

    def furniture(canvas: Canvas, _: SimpleDocTemplate) -> None:
        canvas.setFont(_FONT, 9)
        canvas.drawCentredString(A4[0] / 2, 34, f"第 {canvas.getPageNumber()} 页")
        if style.running_head:
            canvas.drawString(_MARGIN, A4[1] - 40, style.running_head)

    encrypt = StandardEncryption(style.password, strength=128) if style.password else None
    buffer = io.BytesIO()
    SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=64,
        bottomMargin=60,
        title=draft.title,
        encrypt=encrypt,
        invariant=1,
    ).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()
