"""The type of a source is told by its content."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractor.readers.sniff import MediaType, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = "<html><head><title>年度报告</title></head><body><p>一、总体情况</p></body></html>"


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in members.items():
            target.writestr(name, data)
    return buffer.getvalue()


def zipped(*members: tuple[str, bytes]) -> bytes:
    return archive(**dict(members))


def compound(*streams: str) -> bytes:
    entries = b"".join((name + "\0").encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return OLE.ljust(512, b"\0") + entries


def content_types(main: str) -> bytes:
    return f'<Types><Override PartName="/a.xml" ContentType="application/{main}"/></Types>'.encode()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", MediaType.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", MediaType.PDF),
        (b"\r\n\0junk" * 50 + b"%PDF-1.4\n1 0 obj", MediaType.PDF),
        (b"x" * 1100 + b"%PDF-1.4\n", MediaType.TEXT),
        (b"{\\rtf1\\ansi report}", MediaType.RTF),
        (b"\x89PNG\r\n\x1a\n\0\0", MediaType.PNG),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", MediaType.JPEG),
        (b"II*\0\x08\0\0\0", MediaType.TIFF),
        (b"GIF89a\0\0", MediaType.GIF),
        (b"RIFF\0\0\0\0WEBPVP8 ", MediaType.WEBP),
        (b"BM" + bytes(12) + (40).to_bytes(4, "little") + bytes(20), MediaType.BMP),
        (b"BMI of the township is 23, and nothing more is said here", MediaType.TEXT),
        (bytes(range(256)) * 8, MediaType.BINARY),
        (compound("Root Entry", "WordDocument"), MediaType.DOC),
        (compound("Root Entry", "EncryptedPackage"), MediaType.ENCRYPTED_OFFICE),
        (compound("Root Entry", "Workbook"), MediaType.XLS),
        (compound("Root Entry"), MediaType.OLE),
    ],
)
def test_magic(data: bytes, kind: MediaType) -> None:
    assert sniff(data) is kind


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ((("word/document.xml", b"<w/>"),), MediaType.DOCX),
        (
            (
                (
                    "[Content_Types].xml",
                    content_types(
                        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                    ),
                ),
                ("a.xml", b"<w/>"),
            ),
            MediaType.DOCX,
        ),
        ((("word\\document.xml", b"<w/>"),), MediaType.DOCX),
        ((("xl/workbook.xml", b"<w/>"), ("xl/embed/word.docx", b"")), MediaType.XLSX),
        ((("OFD.xml", b"<o/>"), ("Doc_0/Document.xml", b"")), MediaType.OFD),
        ((("mimetype", b"application/vnd.oasis.opendocument.text"),), MediaType.ODT),
        ((("report.docx", b"PK"),), MediaType.ZIP),
    ],
)
def test_zip_is_looked_into(members: tuple[tuple[str, bytes], ...], kind: MediaType) -> None:
    assert sniff(zipped(*members)) is kind


def test_zip_without_directory_is_damaged() -> None:
    whole = zipped(("word/document.xml", b"<w/>" * 500))
    assert sniff(whole[: len(whole) // 2]) is MediaType.DAMAGED_ZIP


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "<!DOCTYPE html>\n" + PAGE,
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "x">' + PAGE,
        "<p>一、总体情况</p><table><tr><td>规章</td><td>0</td></tr></table>",
        "<table><tr><td>规章</td><td>0</td></tr></table>",
        "  \n<!-- saved --><div class='a'>一、总体情况</div>",
        "一、总体情况<br>2022年<br>二、主动公开<br>规章 0<br>",
        "导航 \n\n" + PAGE,
        "一、总体情况<p>我镇</p><p>二、主动公开</p><table><tr><td>0</td></tr></table>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_html_is_known_by_its_markup(text: str, encoding: str) -> None:
    assert sniff(text.encode(encoding)) is MediaType.HTML


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n根据《中华人民共和国政府信息公开条例》，我镇…\n",
        "现行有效 < 制发 - 废止\n上年 > 本年\n",
        "一、总体情况 格式>\n<xx镇>\n<二〇二二年>\n",
        "规章|0|0|0\n",
        "标签 <p> 用于段落\n二、主动公开\n三、申请\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_plain_text_with_angle_brackets_is_no_html(text: str, encoding: str) -> None:
    assert sniff(text.encode(encoding)) is MediaType.TEXT


@pytest.mark.parametrize(
    "text",
    [
        "# 一、总体情况\n\n我镇…\n",
        "规章 | 制发\n--- | ---\n规章 | 0\n",
        "**一、总体情况**\n\n我镇…\n",
        "# 二、主动公开\n\n<table><tr><td>规章</td><td>0</td></tr></table>\n\n三、申请\n",
        "| 信息内容 | 本年新<br>制作数量 |\n|---|---|\n| 规章 | 0<br>1 |\n| 规<br>章 | 0<br>1 |\n",
    ],
)
def test_markdown(text: str) -> None:
    assert sniff(text.encode()) is MediaType.MARKDOWN


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('<?xml version="1.0"?><?mso-application progid="Word.Document"?>', MediaType.WORD_XML),
        ('<?xml version="1.0"?><pkg:package xmlns:pkg="p">', MediaType.FLAT_OPC),
        ('<?xml version="1.0"?><rss><channel/></rss>', MediaType.XML),
        (
            "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n',
            MediaType.MHTML,
        ),
        (
            "From: a\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n你好\r\n",
            MediaType.MAIL,
        ),
    ],
)
def test_xml_and_mail(text: str, kind: MediaType) -> None:
    assert sniff(text.encode()) is kind
