"""A Word package: parts, relations and content types, written with fixed dates."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

from making.word_xml import NAMESPACES, paragraph, run, simple_field

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ZIP_DATE = (2025, 1, 1, 0, 0, 0)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of a document, in twips."""

    width: int = 11906
    height: int = 16838
    side: int = 1531
    top: int = 1700
    bottom: int = 1474

    @property
    def text_width(self) -> int:
        """Between the margins."""
        return self.width - 2 * self.side


@dataclass(frozen=True, slots=True)
class Package:
    """What a document is made of.

    Attributes:
        body: Content of the body.
        sheet: Its paper.
        header: Text at the top of each page; empty for none.
        footer: Text round the page number, ``{}`` for the number; empty for none.
        numbered: Whether the list 一、二、三、 is needed.
        notes: Footnotes.
    """

    body: str
    sheet: Sheet = Sheet()
    header: str = ""
    footer: str = ""
    numbered: bool = False
    notes: tuple[str, ...] = ()


def _part(root: str, content: str) -> str:
    return f"{_XML}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def _styles() -> str:
    return _part(
        "styles",
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/>'
        "</w:style>",
    )


def _numbering() -> str:
    return _part(
        "numbering",
        '<w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>',
    )


def _footnotes(notes: tuple[str, ...]) -> str:
    marks = "<w:r><w:footnoteRef/></w:r>"
    separators = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
        '</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote>"
    )
    texts = "".join(
        f'<w:footnote w:id="{number}">{paragraph(marks + run(text))}</w:footnote>'
        for number, text in enumerate(notes, 1)
    )
    return _part("footnotes", separators + texts)


def _footer(text: str) -> str:
    before, after = text.split("{}")
    return paragraph(run(before) + simple_field("PAGE", "1") + run(after), "center")


def _parts(package: Package) -> dict[str, tuple[str, str]]:
    """Name and content of each part beside the document, by relation type."""
    parts = {"styles": ("styles.xml", _styles())}
    if package.numbered:
        parts["numbering"] = ("numbering.xml", _numbering())
    if package.notes:
        parts["footnotes"] = ("footnotes.xml", _footnotes(package.notes))
    if package.header:
        parts["header"] = ("header1.xml", _part("hdr", paragraph(run(package.header), "center")))
    if package.footer:
        parts["footer"] = ("footer1.xml", _part("ftr", _footer(package.footer)))
    return parts


def _section(package: Package, ids: dict[str, str]) -> str:
    sheet = package.sheet
    turned = ' w:orient="landscape"' if sheet.width > sheet.height else ""
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{ids[kind]}"/>'
        for kind in ("header", "footer")
        if kind in ids
    )
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/>'
        f'<w:pgMar w:top="{sheet.top}" w:right="{sheet.side}" w:bottom="{sheet.bottom}" '
        f'w:left="{sheet.side}" w:header="851" w:footer="850" w:gutter="0"/></w:sectPr>'
    )


def _content_types(parts: dict[str, tuple[str, str]]) -> str:
    override = '<Override PartName="/word/{}" ContentType="{}.{}+xml"/>'
    overrides = override.format("document.xml", _MAIN, "document.main") + "".join(
        override.format(name, _MAIN, kind) for kind, (name, _) in parts.items()
    )
    return (
        f'{_XML}<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    """Relations by id: the type and the target of each."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'


def package_bytes(package: Package) -> bytes:
    """The bytes of the package."""
    parts = _parts(package)
    ids = {kind: f"rId{number}" for number, kind in enumerate(parts, 1)}
    document = _part("document", f"<w:body>{package.body}{_section(package, ids)}</w:body>")
    members = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            {ids[kind]: (kind, name) for kind, (name, _) in parts.items()}
        ),
        **{f"word/{name}": content for name, content in parts.values()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            target.writestr(info, content.encode("utf-8"), zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()
