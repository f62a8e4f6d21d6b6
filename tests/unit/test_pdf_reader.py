"""PDF pages made on the spot: what is drawn must come out as tables, paragraphs and pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.document import Document, Layer, Paragraph, Picture, Table, TableOrigin
from extractor.errors import EncryptedDocument, LimitExceeded, UnreadableDocument
from extractor.options import Limits
from extractor.readers.pdf import read_pdf, text_in_box
from extractor.readers.pdf_second import second_reading, tables_with_pdfplumber
from extractor.readers.request import ReadRequest

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
LEFT, COL, ROW = 80.0, 60.0, 24.0

Row = Sequence[str | None]
Ruler = Callable[[Canvas, float, float, float, float], None]


def draw_line(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.line(x0, y0, x1, y1)


def draw_bar(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.rect(x0 - 0.4, y0 - 0.4, x1 - x0 + 0.8, y1 - y0 + 0.8, stroke=0, fill=1)


def draw_dots(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    length = max(x1 - x0, y1 - y0)
    for i in range(int(length / 3) + 1):
        at = min(3.0 * i, length)
        x, y = (x0 + at, y0) if x1 - x0 > y1 - y0 else (x0, y0 + at)
        canvas.rect(x - 0.5, y - 0.5, 1, 1, stroke=0, fill=1)


def draw_double(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    for d in (-1.2, 1.2):
        dx, dy = (0.0, d) if x1 - x0 > y1 - y0 else (d, 0.0)
        canvas.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)


def draw_dashed(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.setDash(3, 2)
    canvas.line(x0, y0, x1, y1)
    canvas.setDash()


@dataclass
class Sheet:
    """A canvas with a cursor that runs down the page."""

    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    y: float = HEIGHT - 70
    ruler: Ruler = draw_line

    def __post_init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.canvas = Canvas(self.buffer, pagesize=A4, initialFontName=FONT)

    def text(self, text: str, x: float = LEFT, y: float | None = None, size: float = 10) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.y if y is None else y, text)

    def line(self, text: str, size: float = 10) -> None:
        self.text(text, size=size)
        self.y -= 1.8 * size

    def page(self) -> None:
        self.canvas.showPage()
        self.y = HEIGHT - 70

    def table(self, rows: Sequence[Row], widths: Sequence[float], *, bottom: bool = True) -> None:
        """Rows of texts; ``None`` continues the cell on the left."""
        top = self.y + 16
        xs = [LEFT + sum(widths[:i]) for i in range(len(widths) + 1)]
        for r, row in enumerate(rows):
            y = top - r * ROW
            self.ruler(self.canvas, xs[0], y, xs[-1], y)
            for c, text in enumerate(row):
                if text is None:
                    continue
                self.ruler(self.canvas, xs[c], y - ROW, xs[c], y)
                for k, part in enumerate(text.split("\n")):
                    self.text(part, xs[c] + 4, y - 15 - 10 * k, 9)
            self.ruler(self.canvas, xs[-1], y - ROW, xs[-1], y)
        end = top - len(rows) * ROW
        if bottom:
            self.ruler(self.canvas, xs[0], end, xs[-1], end)
        self.y = end - 30

    def data(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def read(data: bytes, **limits: int) -> Document:
    return read_pdf(ReadRequest(data, "sheet.pdf", Limits(**limits)))


def tables(data: bytes) -> list[Table]:
    return list(read(data).tables())


def texts(table: Table) -> list[list[str]]:
    """Rows of the texts of the cells that begin there, line breaks dropped."""
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        rows[cell.row].append("".join(cell.text.split()))
    return rows


HEAD: Row = ["信息内容", "制发件数", "废止件数", "现行有效"]
ROWS: list[Row] = [HEAD, ["规章", "1", "0", "11"], ["规范性文件", "8", "26", "66"]]
WIDTHS = [120.0, 70.0, 70.0, 70.0]


@pytest.mark.parametrize(
    "ruler",
    [draw_line, draw_bar, draw_dots, draw_double, draw_dashed],
    ids=["lines", "thin rectangles", "dots", "double", "dashes"],
)
def test_ruled_table_is_read_whatever_its_rules_are_made_of(ruler: Ruler) -> None:
    sheet = Sheet(ruler=ruler)
    sheet.table(ROWS, WIDTHS)
    (table,) = tables(sheet.data())
    assert table.origin is TableOrigin.RULED
    assert texts(table) == [list(row) for row in ROWS]


@pytest.mark.parametrize("colour", [(1, 0, 0), (0, 0, 1), (0.85, 0.85, 0.85), (0.3, 0.3, 0.3)])
def test_coloured_and_grey_rules_count(colour: tuple[float, float, float]) -> None:
    sheet = Sheet()
    sheet.canvas.setStrokeColorRGB(*colour)
    sheet.table(ROWS, WIDTHS)
    (table,) = tables(sheet.data())
    assert texts(table) == [list(row) for row in ROWS]


def test_white_rules_on_white_paper_do_not_count() -> None:
    sheet = Sheet()
    sheet.table([["甲", "乙"], ["1", "2"]], [120, 120])
    sheet.canvas.setStrokeColorRGB(1, 1, 1)
    sheet.canvas.line(LEFT + 60, 0, LEFT + 60, HEIGHT)
    (table,) = tables(sheet.data())
    assert (table.n_rows, table.n_cols) == (2, 2)


@pytest.mark.parametrize("width", [0.1, 1.0, 3.0, 5.0])
def test_thickness_of_rules_does_not_matter(width: float) -> None:
    sheet = Sheet()
    sheet.canvas.setLineWidth(width)
    sheet.table(ROWS, WIDTHS)
    (table,) = tables(sheet.data())
    assert texts(table) == [list(row) for row in ROWS]


def test_spans_blocks_and_order() -> None:
    sheet = Sheet()
    sheet.line("一、总体情况", 14)
    sheet.line("本报告为合成样例。")
    sheet.y -= 20
    sheet.table([["第一项", None, None, None], *ROWS], WIDTHS)
    sheet.line("二、其他", 14)
    document = read(sheet.data())
    kinds = [type(block) for block in document.blocks]
    assert kinds == [Paragraph, Paragraph, Table, Paragraph]
    (table,) = document.tables()
    first = table.cells[0]
    assert (first.text, first.col_span) == ("第一项", 4)
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert paragraphs == ["一、总体情况", "本报告为合成样例。", "二、其他"]


def test_reading_a_cell_box_again_gives_the_text_of_the_cell() -> None:
    sheet = Sheet()
    sheet.table([*ROWS, ["行政许可\n（含变更）", "447228", None, None]], WIDTHS)
    data = sheet.data()
    (table,) = tables(data)
    for cell in table.cells:
        assert cell.location.page == 1
        assert cell.location.box is not None
        assert text_in_box(data, 1, cell.location.box) == cell.text


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rotated_pages_read_alike_and_boxes_are_as_displayed(turn: int) -> None:
    sheet = Sheet()
    sheet.table(ROWS, WIDTHS)
    data = sheet.data().replace(
        b"/Rotate 0 /Trans", f"/Rotate {turn}".encode().ljust(10) + b"/Trans"
    )
    document = read(data)
    (table,) = document.tables()
    assert texts(table) == [list(row) for row in ROWS]
    page = document.pages[0]
    assert (page.width > page.height) == (turn in {90, 270})
    for cell in table.cells:
        box = cell.location.box
        assert box is not None
        assert 0 <= box.x0 < box.x1 <= page.width + 1
        assert 0 <= box.top < box.bottom <= page.height + 1
        assert text_in_box(data, 1, box) == cell.text


@pytest.mark.parametrize("turn", [90, 270])
def test_content_turned_on_an_upright_page_is_read(turn: int) -> None:
    sheet = Sheet()
    sheet.canvas.translate(0 if turn == 270 else WIDTH, HEIGHT if turn == 270 else 0)
    sheet.canvas.rotate(turn)
    sheet.y = WIDTH - 80
    sheet.table(ROWS, WIDTHS)
    data = sheet.data()
    (table,) = tables(data)
    assert texts(table) == [list(row) for row in ROWS]
    for cell in table.cells:
        assert cell.location.box is not None
        assert text_in_box(data, 1, cell.location.box) == cell.text


def test_boxes_count_from_the_crop_box() -> None:
    sheet = Sheet()
    sheet.canvas.setCropBox((40, 50, WIDTH - 20, HEIGHT - 30))
    sheet.table(ROWS, WIDTHS)
    data = sheet.data()
    document = read(data)
    assert document.pages[0].width == pytest.approx(WIDTH - 60, abs=0.5)
    (table,) = document.tables()
    box = table.cells[0].location.box
    assert box is not None
    assert box.x0 == pytest.approx(LEFT - 40, abs=1.5)
    assert text_in_box(data, 1, box) == "信息内容"


def test_rules_inside_nested_forms_are_found() -> None:
    sheet = Sheet()
    canvas = sheet.canvas
    canvas.beginForm("inner")
    for i in range(4):
        canvas.line(0, 24 * i, 180, 24 * i)
        canvas.line(60 * i, 0, 60 * i, 72)
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.translate(10, 20)
    canvas.doForm("inner")
    canvas.endForm()
    canvas.saveState()
    canvas.translate(90, 380)
    canvas.doForm("outer")
    canvas.restoreState()
    for r in range(3):
        for c in range(3):
            sheet.text(f"{r}{c}", 105 + 60 * c, 408 + 24 * (2 - r), 9)
    (table,) = tables(sheet.data())
    assert texts(table) == [["00", "01", "02"], ["10", "11", "12"], ["20", "21", "22"]]


def test_stacked_characters_stay_in_their_cell_in_order() -> None:
    sheet = Sheet()
    top = HEIGHT - 100
    for y in (top, top - 120):
        sheet.canvas.line(LEFT, y, LEFT + 200, y)
    sheet.canvas.line(LEFT + 24, top - 60, LEFT + 200, top - 60)
    for x in (LEFT, LEFT + 24, LEFT + 140, LEFT + 200):
        sheet.canvas.line(x, top - 120, x, top)
    for i, character in enumerate("本年度办理结果"):
        sheet.text(character, LEFT + 7, top - 18 - 15 * i, 10)
    for i, (label, value) in enumerate((("予以公开", "5"), ("部分公开", "7"))):
        sheet.text(label, LEFT + 30, top - 35 - 60 * i)
        sheet.text(value, LEFT + 150, top - 35 - 60 * i)
    (table,) = tables(sheet.data())
    assert texts(table) == [["本年度办理结果", "予以公开", "5"], ["部分公开", "7"]]


def test_text_frame_underlines_and_page_border_are_no_tables() -> None:
    sheet = Sheet()
    sheet.canvas.rect(30, 30, WIDTH - 60, HEIGHT - 60)
    sheet.canvas.rect(LEFT - 5, HEIGHT - 140, 300, 90)
    sheet.line("框内文字第一行")
    sheet.line("框内文字第二行")
    sheet.y -= 80
    sheet.line("下划线文字")
    sheet.canvas.line(LEFT, sheet.y + 15, LEFT + 60, sheet.y + 15)
    document = read(sheet.data())
    assert list(document.tables()) == []
    text = "".join(b.text for b in document.blocks if isinstance(b, Paragraph))
    assert text == "框内文字第一行框内文字第二行下划线文字"


def test_fake_bold_counts_once() -> None:
    sheet = Sheet()
    sheet.table([["项目", "数量"], ["许可", "12"]], [100, 100])
    for d in (0.0, 0.3, 0.6):
        sheet.text("标题文字", LEFT + d, HEIGHT - 200, 14)
        sheet.text("33", LEFT + 104 + d, HEIGHT - 85, 9)
    document = read(sheet.data())
    (table,) = document.tables()
    assert "333333" not in "".join(cell.text for cell in table.cells)
    titles = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert titles == ["标题文字"]


def test_number_wider_than_its_cell_is_never_cut() -> None:
    sheet = Sheet()
    sheet.table([["甲", "乙", "丙"], ["行", "39857581", "4"]], [60, 30, 60])
    (table,) = tables(sheet.data())
    row = [cell.text for cell in table.cells if cell.row == 1]
    assert "39857581" in row
    assert row[-1] == "4"


def fill_page(sheet: Sheet, lines: int, first: int = 0) -> None:
    for i in range(first, first + lines):
        sheet.line("合成" * (1 + i % 7) + f"文字{i}。")


def test_table_over_two_pages_is_one_and_its_header_is_not_repeated() -> None:
    sheet = Sheet()
    fill_page(sheet, 30)
    sheet.table(ROWS, WIDTHS)
    sheet.page()
    sheet.table([HEAD, ["行政许可", "5", "6", "7"]], WIDTHS)
    sheet.line("三、下一节")
    document = read(sheet.data())
    (table,) = document.tables()
    assert texts(table) == [*[list(row) for row in ROWS], ["行政许可", "5", "6", "7"]]
    pages = {cell.text: cell.location.page for cell in table.cells if cell.row in {2, 3}}
    assert pages["66"] == 1
    assert pages["行政许可"] == pages["7"] == 2


def test_data_row_alone_on_the_next_page_belongs_to_its_header() -> None:
    sheet = Sheet()
    fill_page(sheet, 32)
    sheet.table([["维持", "纠正", "其他", "总计"]], [60, 60, 60, 60])
    sheet.page()
    sheet.table([["72", "64", "178", "314"]], [60, 60, 60, 60])
    (table,) = tables(sheet.data())
    assert texts(table) == [["维持", "纠正", "其他", "总计"], ["72", "64", "178", "314"]]


def test_blank_data_row_on_the_next_page_stays_a_row() -> None:
    sheet = Sheet()
    fill_page(sheet, 32)
    sheet.table([["维持", "纠正", "其他", "总计"]], [60, 60, 60, 60])
    sheet.page()
    sheet.table([["", "", "", ""]], [60, 60, 60, 60])
    (table,) = tables(sheet.data())
    assert texts(table) == [["维持", "纠正", "其他", "总计"], ["", "", "", ""]]


NUMBERED: list[Row] = [
    ["1.国家秘密", "1", "0", "1"],
    ["2.法律禁止", "2", "0", "2"],
    ["3.第三方", "3", "0", "3"],
]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        pytest.param(["4.四类过", "4", "0", "4"], ["程性信息", "", "", ""], id="figures above"),
        pytest.param(["4.四类过", "", "", ""], ["程性信息", "4", "0", "4"], id="figures below"),
        pytest.param(["4.四类过", "4", "0", "1"], ["程性信息", "", "", "4"], id="digits below"),
        pytest.param(["4.四类过程性信息", "4", "0", "1"], ["", "", "", "4"], id="digits alone"),
    ],
)
def test_row_cut_by_the_page_end_is_made_whole(above: Row, below: Row) -> None:
    sheet = Sheet()
    fill_page(sheet, 28)
    sheet.table([*NUMBERED, above], WIDTHS)
    sheet.page()
    sheet.table([below, ["5.执法案卷", "5", "0", "5"]], WIDTHS)
    (table,) = tables(sheet.data())
    total = str(above[3]) + str(below[3])
    assert texts(table)[3:] == [
        ["4.四类过程性信息", "4", "0", total],
        ["5.执法案卷", "5", "0", "5"],
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        pytest.param(
            ["4.过程信息", "4", "0", "4"], ["其余", "5", "0", "5"], id="both have figures"
        ),
        pytest.param(["4.过程信息", "", "", ""], ["5.案卷", "5", "0", "5"], id="own item number"),
        pytest.param(["4.过程信息", "4", "0", "4"], ["5.案卷", "", "", ""], id="blank row below"),
    ],
)
def test_two_rows_are_never_made_one(above: Row, below: Row) -> None:
    sheet = Sheet()
    fill_page(sheet, 28)
    sheet.table([*NUMBERED, above], WIDTHS)
    sheet.page()
    sheet.table([below], WIDTHS)
    (table,) = tables(sheet.data())
    assert texts(table)[3:] == [list(above), list(below)]


def test_tables_with_a_heading_between_them_stay_two() -> None:
    sheet = Sheet()
    fill_page(sheet, 30)
    sheet.table(ROWS, WIDTHS)
    sheet.page()
    sheet.line("三、收到和处理情况")
    sheet.y -= 10
    sheet.table(ROWS, WIDTHS)
    assert len(tables(sheet.data())) == 2


def test_running_heads_and_page_numbers_are_furniture() -> None:
    sheet = Sheet()
    for number in (1, 2, 3):
        sheet.text("虚构县人民政府文件", y=HEIGHT - 40)
        sheet.text(f"- {number} -", x=WIDTH / 2, y=30)
        fill_page(sheet, 12, 12 * number)
        sheet.page()
    document = read(sheet.data())
    furniture = [
        "".join(b.text.split())
        for b in document.blocks
        if isinstance(b, Paragraph) and b.layer is Layer.FURNITURE
    ]
    assert furniture.count("虚构县人民政府文件") == 3
    assert [t for t in furniture if t.startswith("-")] == ["-1-", "-2-", "-3-"]
    body = [b.text for b in document.blocks if isinstance(b, Paragraph) and b.layer is Layer.BODY]
    assert len(body) == 36


def test_wrapped_lines_are_one_paragraph_also_over_the_page_end() -> None:
    sheet = Sheet()
    full = "合成文字" * 10
    sheet.y = 90
    sheet.text("　　" + full[:38])
    sheet.page()
    sheet.line(full)
    sheet.line("末行。")
    document = read(sheet.data())
    (paragraph,) = [b for b in document.blocks if isinstance(b, Paragraph)]
    assert paragraph.text == full[:38] + full + "末行。"
    assert [word.line for word in paragraph.words] == [0, 1, 2]
    assert paragraph.words[1].location.page == 2


@pytest.mark.parametrize(
    ("before", "line", "count"),
    [
        ("合成文字" * 9 + "止。", "一、开头", 2),
        ("合成文字" * 9, "一、开头", 2),
        ("合成文字" * 9 + "（注）", "（二）其次", 2),
        ("合成文字" * 9 + "见下。", "3.再次", 2),
        ("合成文字" * 9 + "为第", "二、三类", 1),
        ("合成文字" * 8 + "根据第二条第", "（一）项办理", 1),
        ("合成文字" * 9 + "止。见第", "一、下文", 1),
        ("合成文字" * 9 + "，费用为", "3.5元", 1),
    ],
)
def test_ordinal_begins_a_paragraph_unless_the_sentence_goes_on(
    before: str, line: str, count: int
) -> None:
    sheet = Sheet()
    sheet.line("合成文字" * 9 + "合成")
    sheet.line(before)
    sheet.line(line)
    found = [b.text for b in read(sheet.data()).blocks if isinstance(b, Paragraph)]
    assert len(found) == count
    assert found[-1].endswith(line)


def aligned_sheet(label: str, following: Sequence[Sequence[str]]) -> Sheet:
    sheet = Sheet()
    for row in (["甲类事项", "1", "2"], ["乙类事项", "3", "4"], [label], *following):
        for c, text in enumerate(row):
            sheet.text(text, LEFT + (200 if c else 0) + 40 * c)
        sheet.y -= 24
    return sheet


def test_heading_between_aligned_tables_parts_them() -> None:
    rows = [["丙", "5", "6", "7", "8"], ["丁", "1", "2", "3", "4"]]
    first, second = tables(aligned_sheet("四、另一张表", rows).data())
    assert texts(first) == [["甲类事项", "1", "2"], ["乙类事项", "3", "4"]]
    assert texts(second) == rows


def test_label_with_an_ordinal_stays_in_its_aligned_table() -> None:
    (table,) = tables(aligned_sheet("三、其他", [["丙类事项", "5", "6"]]).data())
    assert texts(table)[2:] == [["三、其他", "", ""], ["丙类事项", "5", "6"]]


def test_columns_without_rules_become_an_aligned_table() -> None:
    sheet = Sheet()
    for row in ROWS:
        for c, text in enumerate(row):
            sheet.text(text or "", LEFT + 110 * c)
        sheet.y -= 24
    (table,) = tables(sheet.data())
    assert table.origin is TableOrigin.ALIGNED
    assert texts(table) == [list(row) for row in ROWS]


def test_a_row_without_rules_alone_on_the_next_page_is_a_row_of_its_table() -> None:
    sheet = Sheet()
    fill_page(sheet, 28)
    for i, row in enumerate(
        (["甲类事项", "1", "2"], ["乙类事项", "3", "4"], ["丙类事项", "5", "6"])
    ):
        if i == 2:
            sheet.page()
        for c, text in enumerate(row):
            sheet.text(text, LEFT + (200 if c else 0) + 40 * c)
        sheet.y -= 24
    (table,) = tables(sheet.data())
    assert texts(table)[-1] == ["丙类事项", "5", "6"]


def test_headings_of_two_columns_set_as_one_text_are_two() -> None:
    sheet = Sheet()
    for c, text in enumerate(["事项", "甲类", "乙类 丙类"]):
        sheet.text(text, LEFT + (120 if c else 0) + 25 * c)
    for row in (
        ["一、新收", "1", "2", "3"],
        ["二、结转", "4", "5", "6"],
        ["三、下年", "7", "8", "9"],
    ):
        sheet.y -= 24
        for c, text in enumerate(row):
            sheet.text(text, LEFT + (128 if c else 0) + 25 * c)
    (table,) = tables(sheet.data())
    assert texts(table)[0] == ["事项", "甲类", "乙类", "丙类"]


def test_wrapped_label_goes_to_the_figures_centred_on_it() -> None:
    sheet = Sheet()
    for label, figures in (
        (["规章"], ["1", "2"]),
        (["行政规范性", "文件数量"], ["3", "4"]),
        (["行政许可"], ["5", "6"]),
    ):
        for k, part in enumerate(label):
            sheet.text(part, y=sheet.y - 12 * k)
        for c, text in enumerate(figures):
            sheet.text(text, LEFT + 150 + 80 * c, sheet.y - 6 * (len(label) - 1))
        sheet.y -= 12 * len(label) + 16
    (table,) = tables(sheet.data())
    assert texts(table) == [
        ["规章", "1", "2"],
        ["行政规范性文件数量", "3", "4"],
        ["行政许可", "5", "6"],
    ]


def test_label_between_two_rows_of_figures_is_left_to_the_words() -> None:
    sheet = Sheet()
    for label, figures in (("规章", "1"), ("规范性", ""), ("许可", "2"), ("处罚", "3")):
        sheet.text(label)
        if figures:
            sheet.text(figures, LEFT + 150)
            sheet.text(figures, LEFT + 230)
        sheet.y -= 18
    document = read(sheet.data())
    assert list(document.tables()) == []
    words = [w.text for b in document.blocks if isinstance(b, Paragraph) for w in b.words]
    assert words == ["规章", "1", "1", "规范性", "许可", "2", "2", "处罚", "3", "3"]


def test_page_with_only_an_image_has_no_characters() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    sheet = Sheet()
    sheet.canvas.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 50, 100, 400, 600)
    document = read(sheet.data())
    assert document.pages[0].characters == 0
    (picture,) = document.blocks
    assert isinstance(picture, Picture)
    assert round(picture.width) == 400
    assert round(picture.height) == 600


def test_metadata_of_the_file() -> None:
    sheet = Sheet()
    sheet.canvas.setTitle("虚构镇报告")
    sheet.canvas.setAuthor("虚构镇人民政府")
    sheet.line("正文")
    metadata = dict(read(sheet.data()).metadata)
    assert metadata["title"] == "虚构镇报告"
    assert metadata["author"] == "虚构镇人民政府"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"no pdf at all", b"%PDF-1.7\n%%EOF"])
def test_damaged_files_say_what_to_do(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        read(data)
    assert "重" in raised.value.zh
    assert "again" in raised.value.en


def test_truncated_file_is_an_error_or_a_document() -> None:
    sheet = Sheet()
    sheet.table(ROWS, WIDTHS)
    data = sheet.data()
    with pytest.raises(UnreadableDocument):
        read(data[: len(data) // 4])


def test_encrypted_file_asks_for_an_open_copy() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 100, "text")
    canvas.save()
    with pytest.raises(EncryptedDocument) as raised:
        read(buffer.getvalue())
    assert "密码" in raised.value.zh


@pytest.mark.parametrize(
    "limits", [{"pages": 1}, {"characters": 5}, {"cells": 3}, {"file_bytes": 9}]
)
def test_limits_are_kept(limits: dict[str, int]) -> None:
    sheet = Sheet()
    sheet.table(ROWS, WIDTHS)
    sheet.page()
    sheet.line("第二页")
    with pytest.raises(LimitExceeded):
        read(sheet.data(), **limits)


def test_page_full_of_dotted_double_rules_is_a_table() -> None:
    def draw_fine(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
        length = int(max(x1 - x0, y1 - y0) / 1.5)
        for i in range(length + 1):
            for gap in (0.0, 4.3):
                x, y = (x0 + 1.5 * i, y0 - gap) if x1 - x0 > y1 - y0 else (x0 + gap, y0 + 1.5 * i)
                canvas.rect(x, y, 0.75, 0.75, stroke=0, fill=1)

    sheet = Sheet(ruler=draw_fine)
    rows = [["名称", *"甲乙丙丁戊己庚"]] + [[f"事项{i}", *"0123456"] for i in range(27)]
    sheet.table(rows, [80, *[45] * 7])
    (table,) = tables(sheet.data())
    assert texts(table) == rows


def test_page_with_masses_of_line_art_is_read_as_text() -> None:
    sheet = Sheet()
    sheet.line("正文一行")
    path = sheet.canvas.beginPath()
    for i in range(110_000):
        path.moveTo(i % 500, i / 300)
        path.lineTo(i % 500 + 3, i / 300)
    sheet.canvas.drawPath(path)
    document = read(sheet.data())
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["正文一行"]
    assert document.notes


def test_second_reader_gives_the_same_cells_in_the_same_places() -> None:
    sheet = Sheet()
    sheet.table(ROWS, WIDTHS)
    data = sheet.data()
    request = ReadRequest(data, "sheet.pdf")
    document = read_pdf(request)
    (first,) = document.tables()
    (second,) = second_reading(request, document)
    assert texts(second) == texts(first)
    for a, b in zip(first.cells, second.cells, strict=True):
        assert a.location.box is not None
        assert b.location.box is not None
        assert a.location.box.x0 == pytest.approx(b.location.box.x0, abs=2)
        assert a.location.box.top == pytest.approx(b.location.box.top, abs=2)


def test_second_reader_on_pages_without_tables_finds_nothing() -> None:
    sheet = Sheet()
    sheet.line("只有文字")
    assert not any(tables_with_pdfplumber(sheet.data(), [1, 7]).values())


def test_a_heading_with_an_ordinal_atop_two_pages_is_text() -> None:
    sheet = Sheet()
    for page in range(4):
        sheet.text("某市政务公开", y=HEIGHT - 30)
        sheet.y = HEIGHT - 60
        sheet.line("三、收到和处理情况" if page % 2 else f"另起一页的正文{page}。")
        fill_page(sheet, 12, 12 * page)
        sheet.page()
    document = read(sheet.data())
    layers = {b.text: b.layer for b in document.blocks if isinstance(b, Paragraph)}
    assert layers["三、收到和处理情况"] is Layer.BODY
    assert layers["某市政务公开"] is Layer.FURNITURE


def test_a_short_line_without_full_stop_does_not_go_on_with_a_text_that_ended() -> None:
    sheet = Sheet()
    sheet.line("正文" * 20 + "文。")
    sheet.line("六其他需要报告的事项")
    sheet.line("正文" * 20 + "文。")
    paragraphs = [b.text for b in read(sheet.data()).blocks if isinstance(b, Paragraph)]
    assert "六其他需要报告的事项" in paragraphs


def test_space_between_the_rules_of_two_cells_is_no_column() -> None:
    sheet = Sheet()
    sheet.table(ROWS, WIDTHS)
    top = HEIGHT - 70 + 16
    sheet.canvas.line(LEFT + 123.5, top, LEFT + 123.5, top - 3 * ROW)
    (table,) = tables(sheet.data())
    assert (table.n_rows, table.n_cols) == (3, 4)
    assert texts(table) == [list(map(str, row)) for row in ROWS]


def test_tables_whose_columns_of_figures_differ_are_two() -> None:
    sheet = Sheet()
    fill_page(sheet, 34)
    sheet.table([ROWS[0], ["规章", "1", "0", "11"]], [90.0, 80.0, 80.0, 80.0])
    sheet.page()
    sheet.table([["许可", "3", "4", "5"], ["处罚", "6", "7", "8"]], [240.0, 30.0, 30.0, 30.0])
    assert [table.n_cols for table in read(sheet.data()).tables()] == [4, 4]


def _one_by_one(sheet: Sheet, text: str, x: float, y: float, step: float = 6.0) -> None:
    for i, character in enumerate(text):
        sheet.text(character, x + step * i, y, 9)


@pytest.mark.parametrize("start", [22.0, 28.0])
def test_digits_that_run_into_the_next_cell_are_no_number(start: float) -> None:
    sheet = Sheet()
    sheet.table([["甲", "乙", "丙"], ["行", "", ""], ["列", "12", "34"]], [60, 24, 60])
    _one_by_one(sheet, "5146", LEFT + 64, HEIGHT - 93)
    _one_by_one(sheet, "404", LEFT + 60 + start, HEIGHT - 93)
    _one_by_one(sheet, "7777", LEFT + 220, HEIGHT - 200)
    (table,) = tables(sheet.data())
    row = [cell.text for cell in table.cells if cell.row == 1]
    assert not [text for text in row[1:] if text.isdigit()]
