"""What is timed: each method takes the bytes of one PDF and reads it whole."""

from __future__ import annotations

import ctypes
import io
import logging
from collections.abc import Callable
from pathlib import Path

from extractor.document import Document, Table, TableOrigin
from extractor.errors import DocumentError
from extractor.options import Options
from extractor.pipeline import extract_reports
from extractor.readers import read_document
from extractor.readers.request import ReadRequest
from extractor.rulebook import load_rulebook

Method = Callable[[bytes], object]


def text_only() -> Method:
    """pdfium's text and nothing else: load each page and its text, fetch it in one call."""
    import pypdfium2_raw as pdfium

    pdfium.FPDF_InitLibrary()

    def run(data: bytes) -> object:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        texts = []
        for number in range(pdfium.FPDF_GetPageCount(document)):
            page = pdfium.FPDF_LoadPage(document, number)
            text = pdfium.FPDFText_LoadPage(page)
            length = pdfium.FPDFText_CountChars(text)
            buffer = (ctypes.c_ushort * (length + 1))()
            pdfium.FPDFText_GetText(text, 0, length, buffer)
            texts.append(bytes(buffer).decode("utf-16-le", "replace"))
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)
        pdfium.FPDF_CloseDocument(document)
        return texts

    return run


def reading() -> Method:
    """Our reader alone: bytes to a document of paragraphs and tables."""
    options = Options()

    def run(data: bytes) -> object:
        return read(data, options)

    return run


def extracting() -> Method:
    """The whole journey: read, identify, align, settle, check. The rules are loaded before."""
    options = Options()
    rulebook = load_rulebook()

    def run(data: bytes) -> object:
        return extract_reports(data, "bench.pdf", rulebook, options)

    return run


def plumbing() -> Method:
    """pdfplumber's tables of every page, with the settings it has by default."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)

    def run(data: bytes) -> object:
        tables = []
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                tables.append(page.extract_tables())
                page.close()
        return tables

    return run


def read(data: bytes, options: Options) -> Document:
    """One document, with the limits of a usual run."""
    return read_document(ReadRequest(data, "bench.pdf", options.limits))


def is_ruled(path: Path) -> bool:
    """Whether a PDF can be read and holds a table drawn with lines."""
    try:
        document = read(path.read_bytes(), Options())
    except DocumentError:
        return False
    return any(isinstance(b, Table) and b.origin is TableOrigin.RULED for b in document.blocks)
