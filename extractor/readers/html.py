"""The HTML reader."""

from __future__ import annotations

from extractor.document import Document
from extractor.errors import UnsupportedDocument
from extractor.readers.request import ReadRequest


def read_html(request: ReadRequest) -> Document:
    """Read a web page."""
    raise UnsupportedDocument("网页读取尚未完成", "The HTML reader is not there yet")
