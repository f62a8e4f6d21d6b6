"""Every source ends with the reader of its content or with a message that says what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractor.errors import (
    DocumentError,
    EncryptedDocument,
    LimitExceeded,
    UnreadableDocument,
    UnsupportedDocument,
)
from extractor.options import Limits
from extractor.readers import read_document
from extractor.readers.request import ReadRequest

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")


def entry(name: str) -> bytes:
    return (name + "\0").encode("utf-16-le").ljust(128, b"\0")


def archive(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def test_the_name_decides_nothing() -> None:
    document = read_document(ReadRequest("一、总体情况\n".encode(), "report.pdf"))
    assert document.media_type == "text/plain"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", UnreadableDocument, "空"),
        (archive("word/document.xml", b"<w/>" * 99)[:60], UnreadableDocument, "不完整"),
        (OLE + entry("EncryptedPackage"), EncryptedDocument, "密码"),
        (OLE + entry("WordDocument"), UnsupportedDocument, ".docx"),
        (archive("OFD.xml", b"<o/>"), UnsupportedDocument, "PDF"),
        (archive("a.txt", b"1"), UnsupportedDocument, "解压"),
        (b"{\\rtf1 a}", UnsupportedDocument, "RTF"),
        (b"\x89PNG\r\n\x1a\n", UnsupportedDocument, "图片"),
        (bytes(range(256)) * 4, UnsupportedDocument, "二进制"),
    ],
    ids=range(9),
)
def test_what_cannot_be_read_says_why_and_what_to_do(
    data: bytes, error: type[DocumentError], words: str
) -> None:
    with pytest.raises(error) as caught:
        read_document(ReadRequest(data, "report.docx"))
    assert words in caught.value.zh
    assert caught.value.en


def test_a_large_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(LimitExceeded):
        read_document(ReadRequest(b"x" * 11, "report.txt", Limits(file_bytes=10)))


@pytest.mark.parametrize("failure", [MemoryError, RecursionError])
def test_exhaustion_is_a_limit(monkeypatch: pytest.MonkeyPatch, failure: type[Exception]) -> None:
    def exhausted(request: ReadRequest) -> None:
        raise failure

    monkeypatch.setattr("extractor.readers._READERS", {"text/plain": exhausted})
    with pytest.raises(LimitExceeded):
        read_document(ReadRequest(b"report", "report.txt"))


def test_a_fault_of_a_reader_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: ReadRequest) -> None:
        raise KeyError("fault")

    monkeypatch.setattr("extractor.readers._READERS", {"text/plain": broken})
    with pytest.raises(KeyError):
        read_document(ReadRequest(b"report", "report.txt"))
