"""What a reader of a web page sees is what the blocks say."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.document import Document, Layer, Paragraph, Picture, Table
from extractor.errors import DocumentError, LimitExceeded, UnreadableDocument
from extractor.options import Limits
from extractor.readers.html import read_html
from extractor.readers.request import ReadRequest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def read(markup: str | bytes, limits: Limits | None = None) -> Document:
    data = markup.encode() if isinstance(markup, str) else markup
    return read_html(ReadRequest(data, "page.html", limits or Limits()))


def texts(document: Document, layer: Layer | None = Layer.BODY) -> list[str]:
    return [
        block.text
        for block in document.blocks
        if isinstance(block, Paragraph) and (layer is None or block.layer is layer)
    ]


def grid(table: Table) -> list[list[str | None]]:
    """The text at every grid position; ``None`` where no cell is."""
    rows: list[list[str | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                assert rows[row][col] is None, "cells overlap"
                rows[row][col] = cell.text
    return rows


def only_table(markup: str) -> Table:
    (table,) = read(markup).tables()
    return table


class TestText:
    def test_paragraphs_headings_and_white_space(self) -> None:
        page = read(
            "<h1>某镇<br>年度报告</h1><p>\u3000\u3000一、总体\n  情况&nbsp;</p>"
            "<div>甲<span>乙</span>丙</div>"
        )
        first, *rest = [block for block in page.blocks if isinstance(block, Paragraph)]
        assert (first.text, first.level) == ("某镇\n年度报告", 1)
        assert [block.text for block in rest] == ["一、总体 情况", "甲乙丙"]
        assert rest[0].location.path == "paragraph[2]"

    def test_breaks_split_paragraphs(self) -> None:
        page = read("<div>一、总体情况<br><br>&nbsp;&nbsp;正文<br/>二、主动公开</div>尾<p>末</p>")
        assert texts(page) == ["一、总体情况", "正文", "二、主动公开", "尾", "末"]

    def test_word_markup_does_not_split_words(self) -> None:
        page = read(
            "<p class=MsoNormal><span style='mso-spacerun:yes'> </span><b>公开</b>"
            "<span lang=EN-US>1,3</span><span>62</span><o:p></o:p>条"
            "<![if !supportEmptyParas]>。<![endif]>"
            "<!--[if gte mso 9]><xml>隐藏</xml><![endif]--></p>"
        )
        assert texts(page) == ["公开1,362条。"]

    def test_hidden_content_is_no_text(self) -> None:
        page = read(
            "<p>见</p><p style='display: none'>假</p><p hidden>假</p><script>假()</script>"
            "<style>.a{}</style><noscript>假</noscript><template>假</template>"
            "<p>1<span style='display:none'>9</span>2<rt>拼</rt></p>"
        )
        assert texts(page) == ["见", "12"]

    def test_page_whose_text_waits_for_a_script_is_read(self) -> None:
        page = read(
            "<div id=js_content style='visibility:hidden'><p>一、总体情况。正文。</p></div>"
        )
        assert texts(page) == ["一、总体情况。正文。"]

    def test_preformatted_lines(self) -> None:
        page = read("<pre>一、总体情况\n规章\t0\t0\r\n\n  尾</pre>")
        assert texts(page) == ["一、总体情况", "规章\t0\t0", "尾"]

    @pytest.mark.parametrize(
        ("markup", "expected"),
        [
            ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
            (
                "<ol start=3><li><p>甲</p><p>续</p></li><li value=7>乙</ol>",
                ["3. 甲", "续", "7. 乙"],
            ),
            ("<ol type=A><li>甲<li>乙</ol>", ["A. 甲", "B. 乙"]),
            ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
            ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
            ("<ul><li>甲<ol><li>子</ol><li>乙</ul>", ["甲", "1. 子", "乙"]),
            ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ],
    )
    def test_list_numbers(self, markup: str, expected: list[str]) -> None:
        assert texts(read(markup)) == expected

    def test_raised_note_mark_does_not_join_a_figure(self) -> None:
        assert texts(read("<p>12<sup>1</sup></p>")) == ["12¹"]

    @pytest.mark.parametrize(
        "struck",
        ["<s>12</s>", "<del>12</del>", "<span style='text-decoration: line-through'>12</span>"],
    )
    def test_crossed_out_text_is_marked(self, struck: str) -> None:
        assert texts(read(f"<p>{struck}34</p>")) == ["~~12~~34"]

    def test_comment_inside_a_figure(self) -> None:
        assert texts(read("<p>1<!-- x -->2</p>")) == ["12"]


class TestTables:
    def test_spans(self) -> None:
        table = only_table(
            "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2<tr><td>3<td>4<td>5</table>"
        )
        assert grid(table) == [["甲", "乙", "乙"], ["甲", "1", "2"], ["3", "4", "5"]]
        assert table.cells[2].location.path == "table[1]/row[2]/cell[1]"

    def test_absurd_and_zero_spans(self) -> None:
        table = only_table(
            "<table><tr><td colspan=0>a<td colspan=99999999999>b<tr><td rowspan=70000>c<td>d"
            "<tr><td>e</table>"
        )
        assert grid(table) == [["a", "b"], ["c", "d"], ["c", "e"]]

    def test_row_span_ends_with_its_section_and_zero_fills_it(self) -> None:
        table = only_table(
            "<table><tbody><tr><td rowspan=9>a<td>1<tr><td>2</tbody>"
            "<tbody><tr><td rowspan=0>b<td>3<tr><td>4</tbody></table>"
        )
        assert grid(table) == [["a", "1"], ["a", "2"], ["b", "3"], ["b", "4"]]

    def test_overlapping_spans_never_overlap_in_the_grid(self) -> None:
        table = only_table(
            "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=2>d<td>e"
            "<tr><td>1<td>2<td>3</table>"
        )
        assert grid(table)[1][:3] == ["d", "b", "e"]

    def test_cell_lines_and_blanks(self) -> None:
        table = only_table(
            "<table><tr><td><p>本年新</p><p>制作数量</p><td>a<br>b<td>&nbsp;"
            "<tr><td><div> 1 </div><td><td>0</table>"
        )
        assert [cell.text for cell in table.cells] == ["本年新\n制作数量", "a\nb", "", "1", "", "0"]

    def test_missing_cells_do_not_exist(self) -> None:
        table = only_table("<table><tr><td>a<td>b<td>c<tr><td>1</table>")
        assert grid(table)[1] == ["1", None, None]

    def test_head_and_foot_stand_where_they_are_shown(self) -> None:
        table = only_table(
            "<table><tfoot><tr><td>尾<td>9</tfoot><tbody><tr><td>身<td>1</tbody>"
            "<thead><tr><th>头<th>数</thead></table>"
        )
        assert grid(table) == [["头", "数"], ["身", "1"], ["尾", "9"]]

    def test_caption_comes_before_the_table(self) -> None:
        page = read("<table><caption>标题</caption><tr><td>a<td>b</table>")
        assert isinstance(page.blocks[0], Paragraph)
        assert page.blocks[0].text == "标题"
        assert isinstance(page.blocks[1], Table)

    def test_nested_table_follows_and_shows_its_path(self) -> None:
        page = read(
            "<table><tr><td>甲<td>1<tr><td>乙<td>2<tr><td>丙<td>3<tr><td>丁"
            "<td>4<table><tr><td>x<td>y<tr><td>5<td>6</table></table>"
        )
        outer, inner = page.tables()
        assert [row[1] for row in grid(outer)] == ["1", "2", "3", "4"]
        assert inner.location.path == "table[1]/row[4]/cell[2]/table[1]"
        assert grid(inner) == [["x", "y"], ["5", "6"]]

    def test_table_of_one_cell_inside_a_cell_is_its_text(self) -> None:
        table = only_table(
            "<table><tr><td>甲<td><table><tr><td>12</table><tr><td>乙<td>0<tr><td>丙<td>3</table>"
        )
        assert grid(table) == [["甲", "12"], ["乙", "0"], ["丙", "3"]]

    def test_layout_tables_give_their_parts_in_order(self) -> None:
        page = read(
            "<table><tr><td><a href=/>首页</a></td><td>站名</td></tr><tr><td>目录</td><td>"
            "<p>一、总体情况</p><table><tr><td>规章<td>0<td>1<tr><td>文件<td>2<td>3</table>"
            "<p>二、其他</p></td></tr></table>"
        )
        kinds = [type(block).__name__ for block in page.blocks]
        assert kinds[-3:] == ["Paragraph", "Table", "Paragraph"]
        (table,) = page.tables()
        assert grid(table) == [["规章", "0", "1"], ["文件", "2", "3"]]
        assert table.location.path == "table[1]"

    def test_one_column_table_is_a_frame(self) -> None:
        page = read("<table><tr><td>一、总体情况</td></tr><tr><td><p>正文</p></td></tr></table>")
        assert list(page.tables()) == []
        assert texts(page) == ["一、总体情况", "正文"]

    def test_form_values_are_read_in_cells(self) -> None:
        table = only_table(
            "<table><tr><td>a<td><input value=' 12 '>"
            "<tr><td>b<td><select><option>1<option selected>2</select>"
            "<tr><td>c<td><input type=hidden value=9><textarea>3</textarea></table>"
        )
        assert [row[1] for row in grid(table)] == ["12", "2", "3"]

    def test_cells_without_end_tags_and_with_open_inline_tags(self) -> None:
        table = only_table("<table><tr><td><b>a<td><b>b<tr><td><font>c<td>d</table>")
        assert grid(table) == [["a", "b"], ["c", "d"]]

    def test_hidden_rows_and_cells_are_not_there(self) -> None:
        table = only_table(
            "<table><tr style='display:none'><td>x<td>y"
            "<tr><td>a<td style='display:none'>z<td>b</table>"
        )
        assert grid(table) == [["a", "b"]]

    def test_picture_in_a_cell_follows_the_table(self) -> None:
        page = read(
            "<table><tr><td>a<td><img src=x width=100 style='height:20pt'><tr><td>b<td>1</table>"
        )
        table, picture = page.blocks
        assert isinstance(table, Table)
        assert isinstance(picture, Picture)
        assert (picture.width, picture.height) == (75.0, 20.0)
        assert picture.location.path == "table[1]/row[1]/cell[2]/picture[1]"

    def test_text_of_a_table_outside_its_cells_comes_before_it(self) -> None:
        page = read("<table>漂<tr><td>a<td>b</tr><p>游</p></table>后")
        assert texts(page) == ["漂", "游", "后"]


PORTAL = """<!DOCTYPE html><html><head><title>某镇2023年政府信息公开工作年度报告</title>
<meta name="ArticleTitle" content="某镇2023年年报"><meta name="PubDate" content="2024-01-20 09:00">
<meta name="ContentSource" content="某镇人民政府"></head><body>
<div class="header"><ul class="nav"><li><a href=/>首页</a></li><li><a href=/a>要闻</a></li></ul>
</div>
<div class="position">当前位置：<a href=/>首页</a> &gt; <a href=/g>年报</a></div>
<table class="headInfo"><tr><td>索引号：</td><td>A-1</td><td>发布机构：</td><td>某镇</td></tr>
<tr><td>生成日期：</td><td>2024-01-20</td><td>有效性：</td><td>有效</td></tr></table>
<h1 class="title">某镇2023年政府信息公开工作年度报告</h1>
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div id="zoom" class="TRS_Editor"><p>本报告为合成样例，内容全部虚构，仅供测试。</p>
<p>一、总体情况</p>
<p>全年主动公开信息12条，未收到申请。工作总体平稳，各项制度得到落实。</p>
<table><tr><td>信息内容</td><td>制发</td><td>废止</td></tr><tr><td>规章</td><td>0</td><td>0</td></tr>
<tr><td>规范性文件</td><td>1</td><td>0</td></tr></table></div>
<div class="related"><ul><li><a href=1>上一篇</a></li><li><a href=2>下一篇</a></li></ul></div>
<div class="footer">版权所有 某县人民政府 备案号 00000000</div></body></html>"""


class TestRegions:
    def test_portal_page(self) -> None:
        page = read(PORTAL)
        body = texts(page)
        assert body[0] == "某镇2023年政府信息公开工作年度报告"
        assert body[1:] == [
            "本报告为合成样例，内容全部虚构，仅供测试。",
            "一、总体情况",
            "全年主动公开信息12条，未收到申请。工作总体平稳，各项制度得到落实。",
        ]
        around = " ".join(texts(page, Layer.FURNITURE))
        for word in ("首页", "当前位置", "微信", "上一篇", "版权所有"):
            assert word in around
        about, figures = page.tables()
        assert about.layer is Layer.FURNITURE
        assert figures.layer is Layer.BODY
        assert ("title", "某镇2023年政府信息公开工作年度报告") in page.metadata
        assert ("article_title", "某镇2023年年报") in page.metadata
        assert ("published", "2024-01-20 09:00") in page.metadata
        assert ("publisher", "某镇人民政府") in page.metadata

    def test_fragment_is_all_text(self) -> None:
        page = read("<p>一、总体情况</p><p>无。</p><p><a href=x>附件</a></p>")
        assert texts(page, Layer.FURNITURE) == []

    def test_table_of_figures_outside_the_container_is_text(self) -> None:
        table = "<table><tr><td>甲<td>1<td>2<tr><td>乙<td>0<td>0<tr><td>丙<td>3<td>4</table>"
        page = read(f"<div class=sidebar>{table}</div><article><p>{'正文。' * 60}</p></article>")
        assert [found.layer for found in page.tables()] == [Layer.BODY]
        page = read(f"<footer>{table}</footer><article><p>{'正文。' * 60}</p></article>")
        assert [found.layer for found in page.tables()] == [Layer.FURNITURE]

    def test_title_outside_the_container_is_text(self) -> None:
        page = read(
            "<title>某镇2023年政府信息公开工作年度报告-某县网</title><div>某县网</div>"
            "<div><font>某镇2023年政府信息公开<br>工作年度报告</font></div><div>浏览次数：9</div>"
            f"<div class=TRS_Editor><p>一、总体情况</p><p>{'文' * 80}</p></div>"
        )
        assert texts(page)[:2] == ["某镇2023年政府信息公开", "工作年度报告"]
        assert texts(page, Layer.FURNITURE) == ["某县网", "浏览次数：9"]

    def test_report_split_over_two_containers_is_all_text(self) -> None:
        half = "<div class=TRS_Editor><p>一、总体情况</p><p>" + "文" * 80 + "</p></div>"
        page = read(f"<div><div class=nav><a>站</a></div>{half}<p>二、主动公开</p>{half}</div>")
        assert "二、主动公开" in texts(page)
        assert len(texts(page)) == 5

    def test_container_name_around_a_fraction_is_not_believed(self) -> None:
        page = read(
            f"<div class=content><p>登录</p></div><div><p>一、总体情况</p><p>{'文' * 80}</p></div>"
        )
        assert texts(page) == ["登录", "一、总体情况", "文" * 80]

    def test_furniture_name_around_the_report_is_not_believed(self) -> None:
        page = read(f"<div class='nav footer'><p>一、总体情况</p><p>{'文' * 80}</p></div><p>尾</p>")
        assert texts(page) == ["一、总体情况", "文" * 80, "尾"]

    def test_menu_of_bare_links_is_furniture(self) -> None:
        menu = "".join(f"<div><a href={at}>栏目{at}</a></div>" for at in range(5))
        page = read(f"{menu}<p>一、总体情况</p><p>{'文' * 80}</p>")
        assert texts(page)[0] == "一、总体情况"
        assert len(texts(page, Layer.FURNITURE)) == 5


class TestEncodings:
    BODY = "<p>一、总体情况：镕珺堃龘𠮷，公开1,362条。</p>"

    @pytest.mark.parametrize(
        ("encoding", "declared"),
        [
            ("gb18030", "gb2312"),
            ("gb18030", "GBK"),
            ("gb18030", "utf-8"),
            ("utf-8", "gb2312"),
            ("utf-8-sig", "iso-8859-1"),
            ("utf-16", "utf-8"),
            ("utf-16-le", "gb2312"),
        ],
    )
    def test_bytes_decide_and_nothing_is_cut(self, encoding: str, declared: str) -> None:
        page = f"<html><head><meta charset={declared}></head><body>{self.BODY}</body></html>"
        assert texts(read(page.encode(encoding))) == ["一、总体情况：镕珺堃龘𠮷，公开1,362条。"]

    def test_xml_declaration(self) -> None:
        page = f'<?xml version="1.0" encoding="GBK"?><html><body>{self.BODY}</body></html>'
        assert len(texts(read(page.encode("gb18030")))) == 1

    def test_web_archive(self) -> None:
        inner = "<p>一、总体情况</p><p>公开=12条，其余从略，内容为合成样例。</p>".encode("gb18030")
        data = (
            b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
            b'\ttype="text/html"; boundary="b"\r\n\r\n'
            b'--b\r\nContent-Type: text/html; charset="gb2312"\r\n'
            b"Content-Transfer-Encoding: 8bit\r\n\r\n" + inner + b"\r\n--b\r\n"
            b"Content-Type: text/html\r\n\r\n<p>frame</p>\r\n--b--\r\n"
        )
        page = read(data)
        assert page.media_type == "multipart/related"
        assert texts(page) == ["一、总体情况", "公开=12条，其余从略，内容为合成样例。"]
        assert texts(page, Layer.FURNITURE) == ["frame"]


class TestBadPages:
    @pytest.mark.parametrize("depth", [300, 3_000, 30_000])
    def test_deep_nesting(self, depth: int) -> None:
        page = read("<div>" * depth + "<p>底</p>" + "</div>" * depth + "<p>后</p>")
        assert texts(page) == ["底", "后"]

    def test_tables_nested_beyond_the_limit(self) -> None:
        with pytest.raises(LimitExceeded):
            read("<table><tr><td>a<td>" * 5_000 + "x")

    def test_table_in_depth_survives_flattening(self) -> None:
        table = "<table><tr><td>规章<td>0<tr><td>文件<td>1</table>"
        page = read("<div><span>" * 4_000 + table)
        assert [grid(found) for found in page.tables()] == [[["规章", "0"], ["文件", "1"]]]

    def test_too_many_cells(self) -> None:
        with pytest.raises(LimitExceeded):
            read("<table>" + "<tr><td>1<td>2" * 60 + "</table>", Limits(cells=100))

    def test_too_many_characters(self) -> None:
        with pytest.raises(LimitExceeded):
            read("<p>" + "字" * 200 + "</p>", Limits(characters=100))

    @pytest.mark.parametrize("data", [b"", b"   \r\n", b"\x00" * 50])
    def test_empty(self, data: bytes) -> None:
        with pytest.raises(UnreadableDocument):
            read(data)

    def test_spans_that_multiply_stay_cheap(self) -> None:
        row = "<tr>" + "<td colspan=1000 rowspan=65000>x" * 20
        table = only_table("<table>" + row * 20 + "</table>")
        grid(table)

    def test_hostile_pages_end_in_a_document_or_a_document_error(self) -> None:
        folder = SHARED / "hostile"
        if not folder.is_dir():
            pytest.skip("the reference material is not beside the project")
        silent: list[str] = []
        for path in [*sorted(folder.glob("html/*")), *sorted(folder.glob("zip/*"))]:
            try:
                assert read(path.read_bytes()).size == path.stat().st_size
            except DocumentError as error:
                silent += [path.name] * (not error.zh or not error.en)
        assert silent == []
