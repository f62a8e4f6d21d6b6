"""What Word prints is what the blocks say."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extractor.document import Document, Layer, Paragraph, Picture, Table
from extractor.errors import (
    DocumentError,
    EncryptedDocument,
    LimitExceeded,
    UnreadableDocument,
    UnsupportedDocument,
)
from extractor.options import Limits
from extractor.readers.docx import read_docx
from extractor.readers.request import ReadRequest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*targets: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def pack(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(
    body: str, side: dict[str, str] | None = None, extra: dict[str, str | bytes] | None = None
) -> bytes:
    """A package of a body, side parts by kind (``styles``, ``header`` …) and further parts."""
    side = side or {}
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            *((kind, kind, f"{kind}.xml") for kind in side), ("chunk", "aFChunk", "chunk.bin")
        ),
    }
    for kind, content in side.items():
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        parts[f"word/{kind}.xml"] = f"{HEAD}<w:{root} {NAMESPACES}>{content}</w:{root}>"
    return pack(parts | (extra or {}))


def read(data: bytes, limits: Limits | None = None) -> Document:
    return read_docx(ReadRequest(data, "report.docx", limits or Limits()))


def p(*runs: str, properties: str = "") -> str:
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    space = 'xml:space="preserve"'
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t {space}>{text}</w:t></w:r>"


def tc(content: str = "", properties: str = "") -> str:
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    inner = "".join(
        cell if cell.startswith("<w:tc") or "sdt" in cell else tc(cell) for cell in cells
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def texts(document: Document, layer: Layer = Layer.BODY) -> list[str]:
    return [
        block.text
        for block in document.blocks
        if isinstance(block, Paragraph) and block.layer is layer
    ]


def grid(table: Table) -> list[list[str | None]]:
    rows: list[list[str | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                assert rows[row][col] is None, "cells overlap"
                rows[row][col] = cell.text
    return rows


def only_table(*rows: str) -> Table:
    (table,) = read(docx(tbl(*rows))).tables()
    return table


SPAN2 = '<w:gridSpan w:val="2"/>'
START = '<w:vMerge w:val="restart"/>'
MORE = "<w:vMerge/>"


class TestTables:
    def test_spans_and_merges(self) -> None:
        table = only_table(
            tr(tc("甲", START), tc("乙", SPAN2)), tr(tc("", MORE), "1", "2"), tr("3", "4", "5")
        )
        assert grid(table) == [["甲", "乙", "乙"], ["甲", "1", "2"], ["3", "4", "5"]]
        assert table.cells[2].location.path == "table[1]/row[2]/cell[2]"

    def test_merge_never_continued_and_merge_never_started(self) -> None:
        table = only_table(tr(tc("a", START), "1"), tr("b", "2"), tr(tc("c", MORE), "3"))
        assert grid(table) == [["a", "1"], ["b", "2"], ["c", "3"]]

    def test_merge_of_other_columns_is_a_cell_of_its_own(self) -> None:
        table = only_table(
            tr(tc("a", START), "b", "1"), tr(tc("", MORE + SPAN2), "2"), tr("x", "y", "3")
        )
        assert grid(table) == [["a", "b", "1"], ["", "", "2"], ["x", "y", "3"]]

    def test_rows_that_begin_late_or_end_early(self) -> None:
        table = only_table(
            tr("a", "b", "c"),
            tr("1", properties='<w:gridBefore w:val="2"/>'),
            tr("2", properties='<w:gridAfter w:val="2"/>'),
        )
        assert grid(table) == [["a", "b", "c"], [None, None, "1"], ["2", None, None]]

    def test_widths_place_cells_where_a_generator_wrote_no_spans(self) -> None:
        def wide(text: str, width: int) -> str:
            return tc(text, f'<w:tcW w:w="{width}" w:type="dxa"/>')

        table = only_table(
            tr(wide("标签", 3000), wide("合并", 3000)),
            tr(wide("规章", 3000), wide("1", 1000), wide("2", 1010), wide("3", 990)),
        )
        assert grid(table) == [["标签", "合并", "合并", "合并"], ["规章", "1", "2", "3"]]

    def test_ragged_rows_without_widths_stay_ragged(self) -> None:
        table = only_table(tr("a", "b", "c"), tr("1", "2"))
        assert grid(table) == [["a", "b", "c"], ["1", "2", None]]

    def test_old_horizontal_merge(self) -> None:
        table = only_table(
            tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "b"),
            tr("1", "2", "3"),
        )
        assert grid(table) == [["a", "a", "b"], ["1", "2", "3"]]

    def test_cell_paragraphs_are_lines(self) -> None:
        cell = tc(p("商业") + p() + p("企业", "<w:r><w:br/></w:r>", "等"))
        table = only_table(tr(cell, "\u3000 12 "), tr("", "0"))
        assert [found.text for found in table.cells] == ["商业\n企业\n等", "12", "", "0"]

    def test_nested_table_follows(self) -> None:
        inner = tbl(tr("x", "y"), tr("1", "2"))
        page = read(docx(tbl(tr("a", "b"), tr("c", tc(p("文") + inner + p()))) + p("后")))
        outer, nested = page.tables()
        assert grid(outer) == [["a", "b"], ["c", "文"]]
        assert nested.location.path == "table[1]/row[2]/cell[2]/table[1]"
        assert nested.cells[3].location.path == "table[1]/row[2]/cell[2]/table[1]/row[2]/cell[2]"
        assert texts(page) == ["后"]

    def test_table_of_one_cell_is_a_frame(self) -> None:
        frame = tbl(tr(tc(p("一、总体情况") + tbl(tr("规章", "0")) + p("尾"))))
        page = read(docx(frame))
        assert texts(page) == ["一、总体情况", "尾"]
        assert [type(block).__name__ for block in page.blocks] == [
            "Paragraph",
            "Table",
            "Paragraph",
        ]
        table = only_table(tr("a", tc(tbl(tr("12")) + p())))
        assert grid(table) == [["a", "12"]]

    def test_report_inside_a_table_is_text(self) -> None:
        page = read(docx(tbl(tr("题"), tr(tc(p("一、总体情况") + p("正文"))))))
        assert texts(page) == ["题", "一、总体情况", "正文"]
        cell = tc(p("文" * 500) + tbl(tr("规章", "0"), tr("文件", "1")) + p("二、其他"))
        page = read(docx(tbl(tr("目录", cell))))
        assert texts(page) == ["目录", "文" * 500, "二、其他"]
        assert [grid(table) for table in page.tables()] == [[["规章", "0"], ["文件", "1"]]]

    def test_content_controls_at_every_level(self) -> None:
        def sdt(content: str) -> str:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

        run = p(sdt(r("1")))
        row = sdt(tr(sdt(tc("乙")), tc(sdt(p("2")))))
        page = read(docx(sdt(p("段") + tbl(tr("甲", tc(run)), row))))
        assert texts(page) == ["段"]
        assert [grid(table) for table in page.tables()] == [[["甲", "1"], ["乙", "2"]]]

    def test_tracked_rows_and_cells(self) -> None:
        table = only_table(
            tr("a", "1"),
            tr("b", "2", properties='<w:del w:id="1"/>'),
            tr("c", "3", properties='<w:ins w:id="2"/>'),
            tr(tc("x", '<w:cellDel w:id="3"/>'), tc("d"), tc("4")),
        )
        assert grid(table) == [["a", "1"], ["c", "3"], ["d", "4"]]
        assert read(docx(tbl(tr("b", properties="<w:del/>")) + p("x"))).blocks[0].location.path == (
            "paragraph[1]"
        )

    def test_picture_in_a_cell_follows_the_table(self) -> None:
        drawing = (
            '<w:r><w:drawing><wp:inline><wp:extent cx="127000" cy="254000"/>'
            '<a:graphic><a:graphicData><a:blip r:embed="x"/></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )
        page = read(docx(tbl(tr("a", tc(p(drawing))), tr("b", "1")) + p(drawing)))
        table, inside, below = page.blocks
        assert isinstance(table, Table)
        assert isinstance(inside, Picture)
        assert (inside.width, inside.height) == (10.0, 20.0)
        assert inside.location.path == "table[1]/row[1]/cell[2]/picture[1]"
        assert isinstance(below, Picture)


class TestText:
    def test_tracked_changes(self) -> None:
        page = read(
            docx(
                p(
                    "新收",
                    "<w:del><w:r><w:delText>旧值12</w:delText><w:t>旧</w:t></w:r></w:del>",
                    f"<w:ins>{r('新值34')}</w:ins>",
                    f"<w:moveFrom>{r('走')}</w:moveFrom><w:moveTo>{r('来')}</w:moveTo>",
                    "件",
                )
            )
        )
        assert texts(page) == ["新收新值34来件"]

    def test_deleted_paragraph_end_joins_paragraphs(self) -> None:
        gone = "<w:rPr><w:del/></w:rPr>"
        deleted = "<w:del><w:r><w:delText>全删</w:delText></w:r></w:del>"
        page = read(
            docx(p("上", properties=gone) + p("下") + p(deleted, properties=gone) + p("尾"))
        )
        assert texts(page) == ["上下", "尾"]

    def test_field_results_and_not_their_codes(self) -> None:
        def mark(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        code = "<w:r><w:instrText> IF </w:instrText></w:r>"
        inner = mark("begin") + code + mark("separate") + r("隐") + mark("end")
        page = read(
            docx(
                p("共", mark("begin"), code, inner, mark("separate"), "12", mark("end"), "件")
                + p('<w:fldSimple w:instr="DATE">' + r("2024") + "</w:fldSimple>")
                + p(mark("begin"), code)
                + p("未完的域之后")
            )
        )
        assert texts(page) == ["共12件", "2024", "未完的域之后"]

    def test_special_characters(self) -> None:
        page = read(
            docx(
                p(
                    "a",
                    "<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/></w:r>",
                    '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
                    '<w:r><w:sym w:font="Symbol" w:char="F035"/></w:r>',
                    f"<w:hyperlink>{r('链')}</w:hyperlink><w:smartTag>{r('智')}</w:smartTag>",
                    f"<w:r><w:ruby><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('拼')}</w:rubyBase></w:ruby></w:r>",
                )
            )
        )
        assert texts(page) == ["a\t-☑5链智拼"]

    def test_hidden_text(self) -> None:
        styles = (
            '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="P"><w:basedOn w:val="Q"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="Q"><w:rPr><w:vanish/></w:rPr></w:style>'
        )
        page = read(
            docx(
                p(
                    "见",
                    r("隐", "<w:vanish/>"),
                    r("隐", '<w:rStyle w:val="H"/>'),
                    r("显", '<w:vanish w:val="0"/>'),
                )
                + p("隐", properties='<w:pStyle w:val="P"/>'),
                {"styles": styles},
            )
        )
        assert texts(page) == ["见显"]

    def test_raised_note_mark_does_not_join_a_figure(self) -> None:
        raised = '<w:vertAlign w:val="superscript"/>'
        assert texts(read(docx(p("12", r("1", raised))))) == ["12¹"]
        assert texts(read(docx(p(r("12", raised))))) == ["12"]

    def test_crossed_out_text_is_marked(self) -> None:
        struck = r("12", "<w:strike/>")
        assert texts(read(docx(p(struck, "34")))) == ["~~12~~34"]

    def test_fraction_is_no_figure(self) -> None:
        fraction = (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
        )
        assert texts(read(docx(p(fraction)))) == ["1/2"]

    def test_text_box_once_and_after_its_paragraph(self) -> None:
        content = f"<w:txbxContent>{p('框')}{tbl(tr('a', '1'))}</w:txbxContent>"
        box = (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp>'
            f"<wps:txbx>{content}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )
        page = read(docx(p("前", box, "后") + p("末")))
        assert texts(page) == ["前后", "框", "末"]
        assert len(list(page.tables())) == 1
        vml = f"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"
        assert texts(read(docx(p(vml)))) == ["框"]

    def test_outline_levels(self) -> None:
        styles = (
            '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="1"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="b"><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
            "</w:style>"
        )
        body = "".join(
            p("题", properties=properties)
            for properties in (
                '<w:pStyle w:val="1"/>',
                '<w:pStyle w:val="a"/>',
                '<w:pStyle w:val="b"/>',
                '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>',
                "",
            )
        )
        page = read(docx(body, {"styles": styles}))
        levels = [block.level for block in page.blocks if isinstance(block, Paragraph)]
        assert levels == [1, 1, 3, None, None]


def level(index: int, number_format: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(text: str, number: int, index: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, properties=numbering)


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def instance(key: int, target: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{target}"/>{overrides}</w:num>'


class TestNumbering:
    OUTLINE = abstract(
        0,
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "decimal", "%1.%4", "<w:isLgl/>"),
    ) + instance(1, 0)

    def test_outline(self) -> None:
        body = "".join(
            [
                numbered("总体情况", 1),
                numbered("主动公开", 1, 1),
                numbered("依申请", 1, 1),
                numbered("5项", 1, 2),
                numbered("情况", 1),
                numbered("再起", 1, 1),
                numbered("法", 1, 3),
            ]
        )
        assert texts(read(docx(body, {"numbering": self.OUTLINE}))) == [
            "一、总体情况",
            "（一）主动公开",
            "（二）依申请",
            "1. 5项",
            "二、情况",
            "（一）再起",
            "2.1 法",
        ]

    def test_row_labels_are_numbered_in_reading_order(self) -> None:
        rows = [tr(tc(numbered(text, 1)), "0") for text in ("本年新收", "上年结转")]
        page = read(
            docx(
                numbered("总体情况", 2) + tbl(*rows),
                {
                    "numbering": self.OUTLINE.replace(
                        "</w:abstractNum>",
                        "</w:abstractNum>" + abstract(5, level(0, "decimalEnclosedCircle", "%1")),
                        1,
                    )
                    + instance(2, 5)
                },
            )
        )
        assert texts(page) == ["① 总体情况"]
        assert [cell.text for cell in next(page.tables()).cells] == [
            "一、本年新收",
            "0",
            "二、上年结转",
            "0",
        ]

    @pytest.mark.parametrize(
        ("number_format", "expected"),
        [
            ("decimal", "12"),
            ("decimalZero", "12"),
            ("decimalFullWidth", "１２"),
            ("decimalEnclosedCircle", "⑫"),
            ("upperRoman", "XII"),
            ("lowerRoman", "xii"),
            ("upperLetter", "L"),
            ("lowerLetter", "l"),
            ("chineseCounting", "十二"),
            ("chineseCountingThousand", "十二"),
            ("japaneseCounting", "十二"),
            ("ideographDigital", "一二"),
            ("ideographTraditional", "乙"),
            ("ideographZodiac", "亥"),
            ("chineseLegalSimplified", "壹拾贰"),
            ("someFutureFormat", "12"),
        ],
    )
    def test_formats(self, number_format: str, expected: str) -> None:
        numbering = abstract(0, level(0, number_format, "%1、")) + instance(1, 0)
        page = read(docx(numbered("项", 1) * 12, {"numbering": numbering}))
        assert texts(page)[-1] == f"{expected}、项"

    def test_bullets_and_removed_numbers_print_nothing(self) -> None:
        numbering = abstract(0, level(0, "bullet", "\uf0b7")) + instance(1, 0)
        body = numbered("点", 1) + numbered("无", 0) + numbered("缺", 9)
        assert texts(read(docx(body, {"numbering": numbering}))) == ["点", "无", "缺"]

    def test_overrides_and_shared_counters(self) -> None:
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        numbering = (
            abstract(0, level(0, "decimal", "%1、"))
            + instance(1, 0)
            + instance(2, 0)
            + instance(3, 0, restart)
        )
        body = numbered("a", 1) + numbered("b", 2) + numbered("c", 3) + numbered("d", 3)
        page = read(docx(body, {"numbering": numbering}))
        assert texts(page) == ["1、a", "2、b", "1、c", "2、d"]

    def test_numbers_from_styles(self) -> None:
        styles = (
            '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/>'
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="T2"><w:name w:val="heading 2"/>'
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        )
        numbering = abstract(
            0,
            level(0, "chineseCounting", "%1、", '<w:pStyle w:val="T1"/>'),
            level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="T2"/>'),
        ) + instance(1, 0)
        body = "".join(
            p("题", properties=f'<w:pStyle w:val="{style}"/>') for style in ("T1", "T2", "T2", "T1")
        )
        page = read(docx(body, {"styles": styles, "numbering": numbering}))
        assert texts(page) == ["一、题", "（一）题", "（二）题", "二、题"]

    def test_numbers_through_a_numbering_style(self) -> None:
        styles = (
            '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/>'
            "</w:numPr></w:pPr></w:style>"
        )
        numbering = (
            abstract(0, '<w:numStyleLink w:val="L"/>')
            + abstract(1, '<w:styleLink w:val="L"/>', level(0, "chineseCounting", "%1、"))
            + instance(1, 0)
            + instance(2, 1)
        )
        page = read(docx(numbered("题", 1), {"styles": styles, "numbering": numbering}))
        assert texts(page) == ["一、题"]

    def test_deleted_paragraphs_do_not_count(self) -> None:
        gone = numbered("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", 1).replace(
            "</w:numPr>", "</w:numPr><w:rPr><w:del/></w:rPr>"
        )
        body = numbered("a", 1) + gone + numbered("b", 1)
        assert texts(read(docx(body, {"numbering": self.OUTLINE}))) == ["一、a", "二、b"]


class TestParts:
    def test_headers_footers_and_notes_are_furniture(self) -> None:
        body = p("正文") + (
            '<w:sectPr><w:headerReference r:id="header"/><w:footerReference r:id="footer"/>'
            "</w:sectPr>"
        )
        notes = f'<w:footnote w:type="separator">{p("线")}</w:footnote>'
        notes += f"<w:footnote>{p('注')}</w:footnote>"
        page = read(docx(body, {"header": p("眉"), "footer": p("- 1 -"), "footnotes": notes}))
        assert texts(page) == ["正文"]
        assert texts(page, Layer.FURNITURE) == ["眉", "- 1 -", "注"]
        assert page.blocks[1].location.path == "header[1]/paragraph[1]"
        assert page.blocks[3].location.path == "footnote[1]/paragraph[1]"

    @pytest.mark.parametrize(
        "chunk",
        [
            "<html><meta charset=gb2312><p>镕</p><table><tr><td>a<td>1</table></html>".encode(
                "gb18030"
            ),
            docx(p("镕") + tbl(tr("a", "1"))),
        ],
    )
    def test_embedded_documents(self, chunk: bytes) -> None:
        page = read_with_chunk(chunk)
        assert texts(page) == ["前", "镕", "后"]
        assert [grid(table) for table in page.tables()] == [[["a", "1"]]]
        assert page.blocks[2].location.path == "chunk[1]/table[1]"

    def test_strict_namespaces(self) -> None:
        data = docx(p("一、总体情况") + tbl(tr("a", "1")))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        strict = {
            name: content.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ).replace(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
            for name, content in parts.items()
        }
        page = read(pack(dict(strict)))
        assert texts(page) == ["一、总体情况"]
        assert len(list(page.tables())) == 1

    def test_metadata(self) -> None:
        core = (
            f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
            'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:title>年度报告</dc:title><dc:creator>办公室</dc:creator></cp:coreProperties>"
        )
        page = read(docx(p("x"), extra={"docProps/core.xml": core}))
        assert page.metadata == (("title", "年度报告"), ("creator", "办公室"))

    def test_package_without_root_relations_is_read(self) -> None:
        body = f"{HEAD}<w:document {NAMESPACES}><w:body>{p('正文')}</w:body></w:document>"
        assert texts(read(pack({"word/document.xml": body}))) == ["正文"]

    def test_damaged_side_part_is_left_out_with_a_note(self) -> None:
        page = read(docx(p("正文"), {"styles": "<w:style>"}))
        assert texts(page) == ["正文"]
        assert any("styles" in note for note in page.notes)


def read_with_chunk(chunk: bytes) -> Document:
    body = p("前") + '<w:altChunk r:id="chunk"/>' + p("后")
    return read(docx(body, extra={"word/chunk.bin": chunk}))


class TestBadPackages:
    @pytest.mark.parametrize(
        ("data", "error"),
        [
            (b"", UnreadableDocument),
            (b"PK\x03\x04 cut off", UnreadableDocument),
            (docx(p("x"))[:-60], UnreadableDocument),
            (pack({"a.txt": "x"}), UnsupportedDocument),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnsupportedDocument),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                EncryptedDocument,
            ),
            (docx("<w:p>"), UnreadableDocument),
        ],
    )
    def test_kinds(self, data: bytes, error: type[DocumentError]) -> None:
        with pytest.raises(error) as caught:
            read(data)
        assert caught.value.zh
        assert caught.value.en

    @pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_document_types_are_refused(self, part: str, encoding: str) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
        with pytest.raises(UnreadableDocument):
            read(docx(p("x"), {"styles": ""}, extra={part: bomb.encode(encoding)}))

    def test_zip_bomb(self) -> None:
        body = f"{HEAD}<w:document {NAMESPACES}><w:body>{' ' * 40_000_000}</w:body></w:document>"
        with pytest.raises(LimitExceeded):
            read(pack({"word/document.xml": body}))

    def test_zip_bomb_that_lies_about_its_size(self) -> None:
        body = f"{HEAD}<w:document {NAMESPACES}><w:body>{' ' * 40_000_000}</w:body></w:document>"
        data = bytearray(pack({"word/document.xml": body}))
        size = len(body.encode()).to_bytes(4, "little")
        while (at := data.find(size)) >= 0:
            data[at : at + 4] = (5_000).to_bytes(4, "little")
        with pytest.raises(DocumentError):
            read(bytes(data))

    def test_too_many_members(self) -> None:
        data = docx(p("x"), extra={f"x/{count}": "" for count in range(50)})
        with pytest.raises(LimitExceeded):
            read(data, Limits(archive_members=20))

    def test_too_many_cells_and_characters(self) -> None:
        with pytest.raises(LimitExceeded):
            read(docx(tbl(*[tr("1", "2")] * 60)), Limits(cells=100))
        with pytest.raises(LimitExceeded):
            read(docx(p("字" * 200)), Limits(characters=100))

    @pytest.mark.parametrize("depth", [30, 60, 500])
    def test_nested_tables_end_in_tables_or_a_limit(self, depth: int) -> None:
        body = p("底")
        for _ in range(depth):
            body = tbl(tr("a", tc(body + p())))
        try:
            page = read(docx(body))
        except LimitExceeded:
            assert depth > 30
        else:
            assert len(list(page.tables())) == depth

    def test_document_that_embeds_itself(self) -> None:
        data = docx(p("底"))
        for _ in range(30):
            data = docx('<w:altChunk r:id="chunk"/>', extra={"word/chunk.bin": data})
        page = read(data)
        assert any("embedded too deep" in note for note in page.notes)


class TestReferenceMaterial:
    def test_blank_form(self) -> None:
        path = SHARED / "real" / "blank_form_2021.docx"
        if not path.is_file():
            pytest.skip("the reference material is not beside the project")
        page = read(path.read_bytes())
        assert [(table.n_rows, table.n_cols) for table in page.tables()] == [
            (14, 4),
            (28, 10),
            (4, 15),
        ]
        assert texts(page)[0] == "政府信息公开工作年度报告格式模板"

    def test_hostile_packages_end_in_a_document_or_a_document_error(self) -> None:
        folder = SHARED / "hostile"
        if not folder.is_dir():
            pytest.skip("the reference material is not beside the project")
        silent: list[str] = []
        for kind in ("docx", "doc", "zip"):
            for path in sorted(folder.glob(f"{kind}/*")):
                try:
                    assert read(path.read_bytes()).size == path.stat().st_size
                except DocumentError as error:
                    silent += [path.name] * (not error.zh or not error.en)
        assert silent == []
