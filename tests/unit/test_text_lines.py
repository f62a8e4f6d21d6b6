"""Lines of plain text as paragraphs, each with its number."""

from __future__ import annotations

import pytest

from extractor.document import Block, Document, Layer, Paragraph, Picture
from extractor.errors import LimitExceeded, UnreadableDocument
from extractor.options import Limits
from extractor.readers.request import ReadRequest
from extractor.readers.text import read_text


def read(text: str, encoding: str = "utf-8") -> Document:
    return read_text(ReadRequest(text.encode(encoding), "report.txt"))


def paragraphs(document: Document) -> list[tuple[str, str]]:
    return [(b.location.path, b.text) for b in document.blocks if isinstance(b, Paragraph)]


def texts(text: str) -> list[str]:
    return [text for _, text in paragraphs(read(text))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_one_paragraph_for_each_line_in_any_encoding(encoding: str) -> None:
    text = "青溪镇2022年政府信息公开工作年度报告\n\n一、总体情况\n我镇共公开信息1214条。\n"

    document = read(text, encoding)

    assert paragraphs(document) == [
        ("line[1]", "青溪镇2022年政府信息公开工作年度报告"),
        ("line[3]", "一、总体情况"),
        ("line[4]", "我镇共公开信息1214条。"),
    ]
    assert document.media_type == "text/plain"
    assert document.size == len(text.encode(encoding))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_all_line_ends_count_as_one(end: str) -> None:
    assert paragraphs(read(f"甲{end}{end}乙")) == [("line[1]", "甲"), ("line[3]", "乙")]


def test_invisible_characters_are_dropped_and_entities_decoded() -> None:
    assert texts("规\u200b章\ufeff&nbsp;共&#160;3&ensp;条\x07") == ["规章\u00a0共\u00a03\u2002条"]


def test_an_address_keeps_its_ampersands() -> None:
    assert texts("见 ?a=1&sect=2&copy=3") == ["见 ?a=1&sect=2&copy=3"]


@pytest.mark.parametrize(
    ("line", "level", "words"),
    [
        ("# 一、总体情况", 1, "一、总体情况"),
        ("###### 六、其他 ##", 6, "六、其他"),
        ("##二、主动公开", 2, "二、主动公开"),
        ("#政务公开#", None, "#政务公开#"),
        ("####### 七", None, "####### 七"),
    ],
)
def test_headings(line: str, level: int | None, words: str) -> None:
    (block,) = read(line).blocks
    assert isinstance(block, Paragraph)
    assert (block.level, block.text) == (level, words)


def test_underlined_headings_and_rules_of_markdown() -> None:
    blocks = read("# 标题\n\n一、总体情况\n======\n正文。\n\n---\n\n- 第一\n").blocks
    found = [(b.level, b.text) for b in blocks if isinstance(b, Paragraph)]
    assert found == [(1, "标题"), (1, "一、总体情况"), (None, "正文。"), (None, "- 第一")]


def test_marks_of_markdown_leave_the_text() -> None:
    assert texts("**规章**共***3***件\n[公报](http://gov.example/a_(1).htm)见1\\.2\n*注*\n") == [
        "规章共3件",
        "公报见1.2",
        "注",
    ]


def test_stars_that_are_no_marks_stay() -> None:
    assert texts("张**等3*4*5人\n*****内容中必须包括\n共公开__条__件") == [
        "张**等3*4*5人",
        "*****内容中必须包括",
        "共公开__条__件",
    ]


def test_pictures_keep_their_place() -> None:
    blocks = read("# 二、主动公开\n![表](table.png)\n<!-- image -->\n三、申请\n").blocks
    kinds = [(type(b), b.location.path) for b in blocks]
    assert kinds == [
        (Paragraph, "line[1]"),
        (Picture, "line[2]"),
        (Picture, "line[3]"),
        (Paragraph, "line[4]"),
    ]


def furniture(blocks: tuple[Block, ...]) -> list[str]:
    return [b.text for b in blocks if isinstance(b, Paragraph) and b.layer is Layer.FURNITURE]


def test_page_numbers_beside_form_feeds_are_furniture() -> None:
    document = read("正文一\n\n- 1 -\n\f第 2 页 共 3 页\n正文二\n\n\f正文三\n  — 3 —\n")
    assert furniture(document.blocks) == ["- 1 -", "第 2 页 共 3 页", "— 3 —"]


def test_rising_numbers_between_dashes_are_furniture_without_form_feeds() -> None:
    assert furniture(read("甲\n- 1 -\n乙\n- 2 -\n丙\n").blocks) == ["- 1 -", "- 2 -"]


def test_bare_numbers_are_furniture_only_where_they_count_pages() -> None:
    counted = read("甲\n1\n\f乙\n2\n\f丙\n3\n")
    figures = read("规章\n0\n\f许可\n0\n\f处罚\n0\n")
    two = read("规章\n1\n\f许可\n2\n")
    assert furniture(counted.blocks) == ["1", "2", "3"]
    assert furniture(figures.blocks) == []
    assert furniture(two.blocks) == []


def test_running_heads_are_furniture() -> None:
    pages = "\f".join(
        f"青溪镇年度报告\n第{name}页的正文\n- {n} -\n" for n, name in enumerate("甲乙丙", 1)
    )
    assert furniture(read(pages).blocks).count("青溪镇年度报告") == 3


@pytest.mark.parametrize(
    "text",
    [
        "信息内容 |\n本年制发件数 |\n||\n规章 |\n0 |\n0 |\n|\n",
        "规章\n|\n0\n|\n0\n|\n",
        "| \n 规章  | \n 0  |\n",
        "规\n章\n0\n0\n",
        "规章000\n行政许可0\n",
        "规章 0 0 0\n行政规范性文件 0 0 0\n",
        "首页 | 概况 | 新闻\n\n一、总体情况\n",
        "1.\t加强领导\n2.\t健全制度\n3.\t创新形式\n",
        "一、总体情况......\t1\n二、主动公开......\t3\n",
        "\t2022年，我镇认真落实。\n\t全年公开3条。\n",
        "公开4条,公示52条,网站620条\n微信3条,微博4条,抖音5条\n报纸3条,电视4条,广播5条\n",
        "全年公开3条,其中网站2条,微信1条。\n收到0件,办结0件,结转0件。\n答复0件,复议0件,诉讼0件。\n",
        "联系人：办公室    电话：见网站\n地址：青溪镇      邮编：见网站\n",
    ],
)
def test_styles_that_are_no_rows_stay_lines_word_for_word(text: str) -> None:
    document = read(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert list(document.tables()) == []
    assert [found.strip() for _, found in paragraphs(document)] == lines


def test_rows_of_bare_pipes_are_furniture() -> None:
    document = read("一、总体情况\n" + "|" * 500 + "\n正文\n")
    assert [len(text) for text in furniture(document.blocks)] == [500]


def test_limits_and_empty_texts_end_in_messages() -> None:
    with pytest.raises(LimitExceeded):
        read_text(ReadRequest("规章".encode() * 9, "x", Limits(characters=10)))
    with pytest.raises(LimitExceeded):
        read_text(ReadRequest("规章\t0\t0\n".encode() * 9, "x", Limits(cells=10)))
    with pytest.raises(UnreadableDocument):
        read("\ufeff \n\t\n")
