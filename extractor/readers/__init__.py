"""One reader per format, each bytes to a Document."""

from __future__ import annotations

from collections.abc import Callable

from extractor.document import Document, Table
from extractor.errors import EncryptedDocument, LimitExceeded, UnreadableDocument
from extractor.readers import docx_second, pdf_second
from extractor.readers.docx import read_docx
from extractor.readers.html import read_html
from extractor.readers.pdf import read_pdf
from extractor.readers.request import ReadRequest
from extractor.readers.sniff import MediaType, sniff
from extractor.readers.text import read_text
from extractor.readers.unsupported import unsupported

_READERS: dict[MediaType, Callable[[ReadRequest], Document]] = {
    MediaType.PDF: read_pdf,
    MediaType.DOCX: read_docx,
    MediaType.HTML: read_html,
    MediaType.MHTML: read_html,
    MediaType.TEXT: read_text,
    MediaType.MARKDOWN: read_text,
}


def read_document(request: ReadRequest) -> Document:
    """Read a source of any known type, chosen by its content.

    Raises:
        LimitExceeded: larger or deeper than the limits allow, or out of memory.
        UnreadableDocument: empty, damaged or truncated.
        EncryptedDocument: needs a password.
        UnsupportedDocument: a type that no reader knows; the message names it.
    """
    _check_size(request)
    reader = _reader_for(sniff(request.data))
    try:
        return reader(request)
    except MemoryError as error:
        raise LimitExceeded(
            "读取该文件需要的内存超出可用范围。请检查文件是否异常，或拆分后重试。",
            "reading this file needs more memory than there is; check it, or split it.",
        ) from error
    except RecursionError as error:
        raise LimitExceeded(
            "文件内部嵌套过深，无法读取。请用原软件重新保存后重试。",
            "the file is nested too deeply to be read; save it again with its own program.",
        ) from error


_SECOND_READERS: dict[str, Callable[[ReadRequest, Document], tuple[Table, ...]]] = {
    MediaType.PDF: pdf_second.second_reading,
    MediaType.DOCX: docx_second.second_reading,
}


def second_reading(request: ReadRequest, document: Document) -> tuple[Table, ...]:
    """The tables of a document as an independent reader sees them, cells in the same places.

    Empty for a type that has no second reader.
    """
    reader = _SECOND_READERS.get(document.media_type)
    return reader(request, document) if reader is not None else ()


def _check_size(request: ReadRequest) -> None:
    limit = request.limits.file_bytes
    if len(request.data) > limit:
        raise LimitExceeded(
            f"文件有 {len(request.data)} 字节，超过上限 {limit} 字节。请拆分文件或提高上限。",
            f"the file has {len(request.data)} bytes, more than the limit of {limit}; "
            "split it or raise the limit.",
        )


def _reader_for(kind: MediaType) -> Callable[[ReadRequest], Document]:
    reader = _READERS.get(kind)
    if reader is not None:
        return reader
    if kind is MediaType.EMPTY:
        raise UnreadableDocument(
            "文件是空的（0 字节）。请重新下载或向发布单位索取。",
            "the file is empty (0 bytes); download it again or ask the publisher.",
        )
    if kind is MediaType.DAMAGED_ZIP:
        raise UnreadableDocument(
            "文件不完整：压缩结构（docx/ofd/zip）缺少目录，可能是下载中断。请重新下载。",
            "the file is incomplete: its zip directory (docx/ofd/zip) is missing, perhaps by an "
            "interrupted download; download it again.",
        )
    if kind is MediaType.ENCRYPTED_OFFICE:
        raise EncryptedDocument(
            "Office 文档已加密。请用密码打开后取消密码，另存再重试。",
            "the Office document is encrypted; open it with its password and save it without.",
        )
    raise unsupported(kind)
