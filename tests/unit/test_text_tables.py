"""Rows of plain text cut by pipes, tabs and commas, and HTML tables inside Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.document import Document, Paragraph, Table, TableOrigin
from extractor.readers.request import ReadRequest
from extractor.readers.text import read_text

SEED = Path(__file__).parents[2].parent / "shared" / "real" / "seed"


def read(text: str) -> Document:
    return read_text(ReadRequest(text.encode(), "report.txt"))


def rows(table: Table) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        found[cell.row].append(cell.text)
    return found


def only_table(text: str) -> Table:
    (table,) = read(text).tables()
    return table


def body(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


HEADER = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


@pytest.mark.parametrize(
    "text",
    [
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 |  | 3 |\n",
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| 规章 | 0 |  | 3 |\n",
        "信息内容｜本年制发件数｜本年废止件数｜现行有效件数\n规章｜0｜｜3\n",
        "|信息内容|本年制发件数|本年废止件数|现行有效件数|\n|:--|---|--:|:-:|\n|**规章**|0||3|\n",
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n---+---+---+---\n规章 | 0 |  | 3\n",
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n\n规章\t0\t\t3\n",
        "信息内容,本年制发件数,本年废止件数,现行有效件数\n规章,0,,3\n规范,,,\n",
        "信息内容；本年制发件数；本年废止件数；现行有效件数\n规章；0；；3\n规范；1；；\n",
    ],
)
def test_a_row_of_each_style_keeps_its_blanks(text: str) -> None:
    table = only_table(text)
    assert table.origin is TableOrigin.DELIMITED
    assert rows(table)[:2] == [HEADER, ["规章", "0", "", "3"]]


def test_cells_know_their_line_and_number() -> None:
    table = only_table("标题\n\n规章\t0\t1\n规范\t\t2\n")
    assert table.location.path == "line[3]"
    assert [cell.location.path for cell in table.cells if cell.row == 1] == [
        "line[4]/cell[1]",
        "line[4]/cell[2]",
        "line[4]/cell[3]",
    ]


def test_an_outer_pipe_is_a_blank_cell_where_rows_have_none() -> None:
    table = only_table("项目 | 个人 | 总计\n公开 | 0 | \n | 1 | 2\n不公开 | 3 | 4\n")
    assert rows(table)[1:] == [["公开", "0", ""], ["", "1", "2"], ["不公开", "3", "4"]]


def test_pads_are_blank_cells_and_padding_is_not() -> None:
    padded = only_table(
        "规章 | 0 | 0 |\n许可 |||\n| | 3 |\n" + "|" * 400 + "\n处罚 | 0 |" + "|" * 300 + "\n"
    )
    assert rows(padded) == [
        ["规章", "0", "0"],
        ["许可", "", ""],
        ["", "", "3"],
        ["处罚", "0", ""],
    ]


def test_blanks_behind_figures_are_no_cells_where_blanks_may_have_slid() -> None:
    slid = only_table("甲 | 乙 | 丙 |\n规章 | 0 | 3 |\n许可 |||\n处罚 | 3 ||\n")
    kept = only_table("甲 | 乙 | 丙 |\n规章 | | 3 |\n许可 |||\n处罚 | 3 ||\n")
    assert rows(slid)[2:] == [["许可", "", ""], ["处罚", "3"]]
    assert rows(kept)[2:] == [["许可", "", ""], ["处罚", "3", ""]]


def test_escaped_pipes_and_breaks_stay_inside_their_cell() -> None:
    table = only_table("| 甲\\|乙 | 本年新<br>制作 |\n|---|---|\n| 1 | 2&#124;3 |\n")
    assert rows(table) == [["甲|乙", "本年新\n制作"], ["1", "2|3"]]


def test_a_row_broken_inside_its_cells_is_made_whole() -> None:
    table = only_table(
        "信息内容 | 本年新\n制作数量 | 本年新\n公开数量 | 对外公开总数量 |\n"
        "规章 | 0 | 1 | 2 |\n规范 | 3 | 4 | 5 |\n"
    )
    assert rows(table)[0] == ["信息内容", "本年新\n制作数量", "本年新\n公开数量", "对外公开总数量"]
    assert rows(table)[2] == ["规范", "3", "4", "5"]


def test_two_markdown_tables_stay_two() -> None:
    text = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n| 丙 | 丁 |\n|---|---|\n| 3 | 4 |\n"
    assert [rows(table) for table in read(text).tables()] == [
        [["甲", "乙"], ["1", "2"]],
        [["丙", "丁"], ["3", "4"]],
    ]


def test_a_line_without_delimiters_parts_tables() -> None:
    document = read("规章\t0\t0\n规范\t0\t0\n\t三、收到申请\n甲\t乙\t丙\n1\t2\t3\n")
    assert [rows(table)[0][0] for table in document.tables()] == ["规章", "甲"]
    assert body(document) == ["三、收到申请"]


def test_a_row_of_blanks_below_a_header_is_kept() -> None:
    assert rows(only_table("维持\t纠正\t总计\n\t\t\n")) == [["维持", "纠正", "总计"], ["", "", ""]]


def test_a_quoted_cell_may_hold_a_line_break() -> None:
    table = only_table('信息内容\t"本年新\n制作数量"\t"说明""甲"""\n规章\t0\t0\n')
    assert rows(table) == [["信息内容", "本年新\n制作数量", '说明"甲"'], ["规章", "0", "0"]]


def test_thousands_in_quotes_are_one_field() -> None:
    table = only_table('内容,制发,废止\n规章,"1,214",0\n规范,2,0\n')
    assert rows(table)[1] == ["规章", "1,214", "0"]


def test_a_table_runs_on_over_a_page_break() -> None:
    document = read("甲 | 乙 | 丙 |\n规章 | 0 | 0 |\n\n- 1 -\n\f规范 | 1 | 1 |\n\n- 2 -\n")
    (table,) = document.tables()
    assert rows(table) == [["甲", "乙", "丙"], ["规章", "0", "0"], ["规范", "1", "1"]]


def test_html_table_inside_markdown() -> None:
    document = read(
        "# 二、主动公开\n\n前文\n<table border=1><tr><td rowspan=2>规章</td><td>0</td></tr>\n"
        "<tr><td>1<br>2<table><tr><td>内</td></tr></table></td></tr></table>后文\n\n三、申请\n"
    )
    outer, inner = document.tables()
    assert outer.origin is TableOrigin.TAGGED
    assert [(c.row, c.col, c.row_span, c.text) for c in outer.cells] == [
        (0, 0, 2, "规章"),
        (0, 1, 1, "0"),
        (1, 1, 1, "1\n2"),
    ]
    assert outer.cells[2].location.path == "line[5]/cell[1]"
    assert rows(inner) == [["内"]]
    assert body(document) == ["二、主动公开", "前文", "后文", "三、申请"]


def test_an_unclosed_html_table_keeps_its_words() -> None:
    document = read("# 标题\n<table><tr><td>规章 0\n后文\n")
    assert "规章 0" in " ".join(body(document))


@pytest.mark.shared
def test_the_damaged_table_of_the_seed_report_is_one_table_of_two_rows() -> None:
    if not SEED.is_dir():
        pytest.skip("the reference material does not stand beside the project")
    (path,) = SEED.glob("*.txt")
    disclosure, disputes = read_text(ReadRequest(path.read_bytes(), path.name)).tables()
    assert (disclosure.n_rows, disclosure.n_cols) == (14, 4)
    assert rows(disclosure)[2] == ["规章", "0", "0", "0"]
    assert rows(disclosure)[6] == ["行政许可", "0", "", ""]
    assert (disputes.n_rows, disputes.n_cols) == (2, 15)
    assert rows(disputes)[0][3:7] == ["审结", "", "结果 维持", "结果 纠正"]
    assert rows(disputes)[1] == ["0"] * 15


def test_lines_of_dashes_between_pipe_rows_are_rules() -> None:
    document = read(
        "标题\n------\n------------\n| 规章 | 0 |\n------------\n| 规范 | 1 |\n------------\n"
    )
    (table,) = document.tables()
    assert rows(table) == [["规章", "0"], ["规范", "1"]]


def test_front_matter_becomes_metadata() -> None:
    document = read('---\ntitle: "青溪镇年度报告"\npublished: 2023-01-20\n---\n\n# 一、总体情况\n')
    assert document.metadata == (("title", "青溪镇年度报告"), ("published", "2023-01-20"))
    assert body(document) == ["一、总体情况"]
