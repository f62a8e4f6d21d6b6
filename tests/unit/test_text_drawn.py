"""Tables of plain text drawn with characters or held by blanks."""

from __future__ import annotations

import pytest

from extractor.document import Document, Table, TableOrigin
from extractor.readers.request import ReadRequest
from extractor.readers.text import read_text


def read(text: str) -> Document:
    return read_text(ReadRequest(text.encode(), "report.txt"))


def only_table(text: str) -> Table:
    (table,) = read(text).tables()
    return table


def grid(table: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.col): cell.text for cell in table.cells}


BOX = """\
┌────────┬──────┬──────┐
│信息内容│ 制发 │ 废止 │
├────────┼──────┼──────┤
│规章    │  0   │      │
├────────┼──────┼──────┤
│规范    │  2   │  3   │
└────────┴──────┴──────┘
"""
WIDE_BOX = """\
┌────┬──┬──┐
│信息内容│制发│废止│
├────┼──┼──┤
│规章　　│０　│　　│
├────┼──┼──┤
│规范　　│２　│３　│
└────┴──┴──┘
"""
GRID = """\
+----------+------+------+
| 信息内容 | 制发 | 废止 |
+==========+======+======+
| 规章     | 0    |      |
+----------+------+------+
| 规范     | 2    | 3    |
+----------+------+------+
"""
CLIENT = """\
+--------+----+----+
| 信息内容   | 制发 | 废止 |
+--------+----+----+
| 规章     |  0 |    |
| 规范     |  2 |  3 |
+--------+----+----+
"""


@pytest.mark.parametrize("text", [BOX, WIDE_BOX, GRID, CLIENT])
def test_drawn_tables_of_every_width_of_a_character(text: str) -> None:
    table = only_table(text)
    found = [table.cells[i].text for i in range(3)]
    assert (table.n_rows, table.n_cols) == (3, 3)
    assert found == ["信息内容", "制发", "废止"]
    assert grid(table)[1, 0] == "规章"
    assert grid(table)[1, 1] in {"0", "０"}
    assert grid(table)[1, 2].strip() == ""
    assert grid(table)[2, 2] in {"3", "３"}


def test_cells_of_several_lines_and_spans() -> None:
    table = only_table(
        "┌──────────┬─────────────┐\n"
        "│          │ 申请人情况  │\n"
        "│          ├──────┬──────┤\n"
        "│          │自然人│ 总计 │\n"
        "├────┬─────┼──────┼──────┤\n"
        "│三、│公开 │  1   │  2   │\n"
        "│办理├─────┼──────┼──────┤\n"
        "│结果│不公 │      │  3   │\n"
        "│    │开   │      │      │\n"
        "└────┴─────┴──────┴──────┘\n"
    )
    cells = {(c.row, c.col): (c.row_span, c.col_span, c.text) for c in table.cells}
    assert cells[0, 2] == (1, 2, "申请人情况")
    assert cells[0, 0] == (2, 2, "")
    assert cells[2, 0] == (2, 1, "三、\n办理\n结果")
    assert cells[3, 1] == (1, 1, "不公\n开")
    assert cells[3, 2] == (1, 1, "")
    assert cells[3, 3] == (1, 1, "3")


def test_rows_without_rules_between_them_stay_rows() -> None:
    blank = only_table(
        "+------+------+\n| 内容 | 制发 |\n+------+------+\n"
        "| 规章 |      |\n| 规范 |      |\n+------+------+\n"
    )
    assert grid(blank) == {
        (0, 0): "内容",
        (0, 1): "制发",
        (1, 0): "规章",
        (1, 1): "",
        (2, 0): "规范",
        (2, 1): "",
    }


def test_a_skewed_drawing_is_read_by_its_uprights() -> None:
    table = only_table("+----+---+\n| 规章 | 0|\n+-----+----+\n| 行政许可  | 12 |\n+----+---+\n")
    assert grid(table) == {(0, 0): "规章", (0, 1): "0", (1, 0): "行政许可", (1, 1): "12"}


SCREEN = """\
信息内容        本年制发件数   本年废止件数
规章                 0             1
行政规范性文件                     2
"""
COUNTED = """\
信息内容          本年制发件数     本年废止件数


规章            0          1

行政规范性文件                  2
"""
FULL_WIDTH = """\
信息内容　　　　制发　　废止
规　章　　　　　　0　　　1
规范性文件　　　　　　　　2
"""


@pytest.mark.parametrize("text", [SCREEN, COUNTED, FULL_WIDTH])
def test_columns_held_by_blanks_tell_which_figure_is_missing(text: str) -> None:
    table = only_table(text)
    found = grid(table)
    assert table.origin is TableOrigin.ALIGNED
    assert (table.n_rows, table.n_cols) == (3, 3)
    assert (found[1, 1], found[1, 2]) == ("0", "1")
    assert (found[2, 1], found[2, 2]) == ("", "2")


def test_a_label_alone_belongs_to_the_table_only_between_rows() -> None:
    document = read(
        "                自然人   总计\n公开             1        2\n（三）不予公开\n"
        "1.国家秘密       0        0\n四、其他\n"
    )
    (table,) = document.tables()
    assert grid(table)[2, 0] == "（三）不予公开"
    assert table.n_rows == 4
    assert (2, 1) not in grid(table)


def test_figures_below_their_heads_without_labels() -> None:
    table = only_table("维持   纠正   其他   尚未   总计\n 0      1      0      2      3\n")
    assert [cell.text for cell in table.cells if cell.row == 1] == ["0", "1", "0", "2", "3"]


@pytest.mark.parametrize(
    "text",
    [
        "信息内容      制发   废止\n规章     0   1\n规范性文件              2   3   4\n",
        "信息内容      制发   废止\n规章        0      1\n 5       7\n",
        "规章        0      1\n规范        2      3\n",
        "甲        乙\n丙        丁\n",
    ],
)
def test_uncertain_columns_stay_lines(text: str) -> None:
    document = read(text)
    assert list(document.tables()) == []
    assert len(document.blocks) == len(text.splitlines())


def test_a_line_of_dashes_below_the_heads_is_no_row() -> None:
    table = only_table(
        "  信息内容         制发    废止\n  -------------- ------- -------\n"
        "  规章                0       1\n  规范                2       3\n"
        "  -------------- ------- -------\n"
    )
    assert table.n_rows == 3
    assert grid(table)[2, 2] == "3"
