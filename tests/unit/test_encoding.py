"""Bytes become the text that was written, or an error; never other characters."""

from __future__ import annotations

import random

import pytest

from extractor.errors import UnreadableDocument
from extractor.readers.encoding import decode_text

TEXT = "一、总体情况。本镇全年主动公开信息1,362条，镕珺堃龘𠮷。\n规章\t0\t3\n"
TRADITIONAL = "一、總體情況。本鎮主動公開政府資訊1,362條，依申請公開為零，監督保障情況良好。"


@pytest.mark.parametrize("repeat", [1, 40])
@pytest.mark.parametrize("declared", [None, "gb2312", "utf-8", "big5", "iso-8859-1", "no-such"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_every_encoding_whatever_is_declared(
    encoding: str, declared: str | None, repeat: int
) -> None:
    text, _ = decode_text((TEXT * repeat).encode(encoding), declared)
    assert text == TEXT * repeat


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gbk", "gb18030"), ("utf-8", "utf-8"), ("utf-16-le", "utf-16-le"), ("utf-16", "utf-16-le")],
)
def test_encoding_is_named(encoding: str, name: str) -> None:
    assert decode_text("政府信息公开工作年度报告".encode(encoding)) == (
        "政府信息公开工作年度报告",
        name,
    )


@pytest.mark.parametrize("declared", [None, "big5", "utf-8"])
def test_traditional_characters_in_big5(declared: str | None) -> None:
    assert decode_text(TRADITIONAL.encode("big5"), declared)[0] == TRADITIONAL


def test_traditional_characters_in_gbk() -> None:
    assert decode_text(TRADITIONAL.encode("gbk"))[0] == TRADITIONAL


@pytest.mark.parametrize("text", ["无", "无。", "0", "总计 0", "收到0件"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_short_texts(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding))[0] == text


def test_latin_charset_is_believed_only_where_nothing_else_fits() -> None:
    assert decode_text("naïve façade".encode("cp1252"), "windows-1252")[0] == "naïve façade"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_bad_bytes_are_marked(encoding: str) -> None:
    data = bytearray((TEXT * 100).encode(encoding))
    data[501] = 0xFF
    text, found = decode_text(bytes(data))
    assert found == encoding
    assert text.count("\ufffd") <= 3
    assert text.count("1,362条") >= 98


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_text_cut_inside_its_last_character(encoding: str) -> None:
    whole = "主动公开" * 50
    text, _ = decode_text(whole.encode(encoding)[:-1])
    assert text == whole[:-1]


@pytest.mark.parametrize("size", [64, 1_000, 100_000])
def test_random_bytes_are_no_text(size: int) -> None:
    source = random.Random(7)
    for _ in range(20):
        with pytest.raises(UnreadableDocument):
            decode_text(source.randbytes(size))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        "Это обычный русский текст без единого китайского знака".encode("cp1251") * 3,
    ],
)
def test_no_text_or_no_known_encoding(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        decode_text(data)
    assert caught.value.zh
    assert caught.value.en
