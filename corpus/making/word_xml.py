"""Pieces of WordprocessingML: runs, paragraphs, fields, content controls, text boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
V = "urn:schemas-microsoft-com:vml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:wps="{WPS}" '
    f'xmlns:wp="{WP}" xmlns:a="{A}" xmlns:v="{V}"'
)
REVIEWER = 'w:author="审核岗" w:date="2025-01-06T09:00:00Z"'


@dataclass(frozen=True, slots=True)
class Type:
    """Type of a run.

    Attributes:
        font: Name of the font; empty for the default.
        size: In points; 0 for the default.
        bold: Weight.
    """

    font: str = ""
    size: float = 0
    bold: bool = False

    def properties(self, more: str = "") -> str:
        """The run properties."""
        parts = ""
        if self.font:
            parts += (
                f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}" w:eastAsia="{self.font}"/>'
            )
        parts += ("<w:b/>" if self.bold else "") + more
        if self.size:
            parts += f'<w:sz w:val="{round(self.size * 2)}"/>'
        return f"<w:rPr>{parts}</w:rPr>" if parts else ""


PLAIN = Type()
BOLD = Type(bold=True)


def run(text: str, kind: Type = PLAIN, more: str = "") -> str:
    """A run; line breaks of the text are breaks of the run."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{kind.properties(more)}{'<w:br/>'.join(lines)}</w:r>"


def raw_run(inner: str) -> str:
    """A run with content of its own."""
    return f"<w:r>{inner}</w:r>"


def paragraph(runs: str, align: str = "", properties: str = "") -> str:
    """A paragraph of given runs."""
    jc = f'<w:jc w:val="{align}"/>' if align else ""
    inner = properties + jc
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{runs}</w:p>"


def deleted(text: str, kind: Type = PLAIN, number: int = 901) -> str:
    """A tracked deletion."""
    old = run(text, kind).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f'<w:del w:id="{number}" {REVIEWER}>{old}</w:del>'


def inserted(text: str, kind: Type = PLAIN, number: int = 902) -> str:
    """A tracked insertion."""
    return f'<w:ins w:id="{number}" {REVIEWER}>{run(text, kind)}</w:ins>'


def simple_field(code: str, text: str, kind: Type = PLAIN) -> str:
    """A field with its last result."""
    return f'<w:fldSimple w:instr=" {escape(code)} ">{run(text, kind)}</w:fldSimple>'


def complex_field(code: str, result: str) -> str:
    """A field of begin, instruction, result and end."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(content: str, tag: str = "xxgk") -> str:
    """A content control round something."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def text_box(content: str) -> str:
    """A paragraph with a text box, in the new and in the old way, as Word writes it."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    shape = (
        '<wp:inline><wp:extent cx="5400000" cy="900000"/><wp:docPr id="1" name="T"/>'
        f'<a:graphic><a:graphicData uri="{WPS}"><wps:wsp><wps:spPr/><wps:txbx>{box}</wps:txbx>'
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    )
    return paragraph(
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing>{shape}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def one_cell_table(content: str, width: int = 9000) -> str:
    """A layout table of one cell; a cell must end with a paragraph."""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}<w:p/></w:tc></w:tr></w:tbl>'
    )


def contents_by_field(entries: Sequence[str]) -> str:
    """A table of contents as the field leaves it: entries, a tab, page numbers."""
    lines = []
    for index, entry in enumerate(entries):
        page = complex_field(f"PAGEREF _Toc{index:06d} \\h", run(str(1 + index // 2)))
        runs = run(entry) + raw_run("<w:tab/>") + page
        link = f'<w:hyperlink w:anchor="_Toc{index:06d}">{runs}</w:hyperlink>'
        begin = end = ""
        if index == 0:
            begin = (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText '
                'xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            )
        if index == len(entries) - 1:
            end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        lines.append(paragraph(begin + link + end, properties='<w:pStyle w:val="TOC1"/>'))
    return "".join(lines)
