"""Word documents of the page-break suite, with a gap of exact height above table three."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from making.paper import Item, Paper, Role
from sampling.docx_out import WordStyle, table_xml
from sampling.grids import Grid

_ZIP_DATE = (2025, 1, 1, 0, 0, 0)
_FONT = "Noto Serif CJK SC"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1530" w:right="1530" w:bottom="1474" w:left="1530" '
    'w:header="850" w:footer="850" w:gutter="0"/></w:sectPr>'
)


def break_docx(paper: Paper, gap: float, *, repeat: bool) -> bytes:
    """A paper as a Word document whose section three begins a page.

    Args:
        paper: The report.
        gap: Points between the heading of section three and its table.
        repeat: Whether the header rows of the table are repeated overleaf.
    """
    body = "".join(_item(item, gap, repeat) for item in paper.items)
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}{_PAGE}</w:body></w:document>'
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in members.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            package.writestr(info, head + text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _item(item: Item, gap: float, repeat: bool) -> str:
    if item.grid is not None:
        spacer = _spacer(gap) if item.grid.name == "applications" and gap else ""
        return spacer + _table(item.grid, repeat) + _paragraph("", "")
    place = {Role.TITLE: '<w:jc w:val="center"/>', Role.SIGN: '<w:jc w:val="right"/>'}
    layout = place.get(item.role, '<w:ind w:firstLine="560"/>')
    if item.section == 3:
        layout = "<w:pageBreakBefore/>" + layout
    return _paragraph(item.text, layout, 40 if item.role is Role.TITLE else 28)


def _paragraph(text: str, layout: str, half_points: int = 28) -> str:
    fonts = f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}"/>'
    return (
        f'<w:p><w:pPr>{layout}</w:pPr><w:r><w:rPr>{fonts}<w:sz w:val="{half_points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _spacer(gap: float) -> str:
    line = f'<w:spacing w:before="0" w:after="0" w:line="{round(gap * 20)}" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{line}</w:pPr></w:p>"


def _table(grid: Grid, repeat: bool) -> str:
    table = table_xml(grid, WordStyle(font=_FONT, title_font=_FONT))
    # A paragraph of two lines is cut only where single lines may stand alone.
    table = table.replace("<w:pPr>", '<w:pPr><w:widowControl w:val="0"/>')
    header_rows = grid.header_rows if repeat else 0
    return table.replace("<w:trPr>", "<w:trPr><w:tblHeader/>", header_rows)
