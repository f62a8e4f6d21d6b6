"""The HTML reader: saved pages, fragments and web archives."""

from __future__ import annotations

from dataclasses import replace

from extractor.document import Block, Document, Layer
from extractor.errors import UnreadableDocument
from extractor.readers.encoding import decode_text
from extractor.readers.markup import Page, read_page
from extractor.readers.markup_budget import Budget
from extractor.readers.markup_mhtml import declared_charset, is_mhtml, pages_of
from extractor.readers.request import ReadRequest

_HTML = "text/html"
_MHTML = "multipart/related"


def read_html(request: ReadRequest) -> Document:
    """Read a web page, a fragment of one, or an MHTML archive.

    Raises:
        UnreadableDocument: empty, in no known encoding, or no markup.
        LimitExceeded: larger or deeper than the limits allow.
    """
    notes: list[str] = []
    budget = Budget(request.limits)
    if is_mhtml(request.data):
        media_type = _MHTML
        texts = [page.text for page in pages_of(request.data)]
        if not texts:
            raise UnreadableDocument(
                "网页存档（MHTML）中没有网页。请在浏览器中重新保存。",
                "The web archive (MHTML) holds no page. Save the page again in a browser.",
            )
    else:
        media_type = _HTML
        text, encoding = decode_text(request.data, declared_charset(request.data))
        texts = [text]
        notes.append(f"decoded as {encoding}")
    blocks, metadata = _joined(texts, budget, notes)
    return Document(
        source=request.source,
        media_type=media_type,
        sha256=request.digest(),
        size=len(request.data),
        pages=(),
        blocks=blocks,
        metadata=metadata,
        notes=tuple(notes),
    )


def _joined(
    texts: list[str], budget: Budget, notes: list[str]
) -> tuple[tuple[Block, ...], tuple[tuple[str, str], ...]]:
    """The page with the most text, then its other frames as furniture."""
    if len(texts) == 1:
        page = read_page(texts[0], budget, notes)
        return page.blocks, page.metadata
    pages: list[Page] = []
    for count, text in enumerate(texts, start=1):
        try:
            pages.append(read_page(text, budget, notes, f"page[{count}]/"))
        except UnreadableDocument:
            notes.append(f"page {count} of the archive is empty and was left out")
    if not pages:
        raise UnreadableDocument(
            "网页存档（MHTML）中的网页都没有内容。请在浏览器中重新保存。",
            "All pages of the web archive (MHTML) are empty. Save the page again in a browser.",
        )
    main = max(pages, key=lambda page: page.characters)
    others = [
        replace(block, layer=Layer.FURNITURE)
        for page in pages
        if page is not main
        for block in page.blocks
    ]
    return (*main.blocks, *others), pages[0].metadata
