"""PDF to Document: pdfium's text and ruling lines, table by table, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.document import Block, Box, Document, Layer, Page, Table
from extractor.errors import LimitExceeded, UnreadableDocument
from extractor.readers import pdfium
from extractor.readers.pdf_flow import assemble
from extractor.readers.pdf_page import PageContent, page_frame, read_page
from extractor.readers.pdf_runs import build_runs
from extractor.readers.pdf_second import tables_with_pdfplumber, without_stripes
from extractor.readers.pdf_text import read_characters, runs_text
from extractor.readers.pdfium import Handle
from extractor.readers.request import ReadRequest

MEDIA_TYPE = "application/pdf"

_METADATA = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "Keywords": "keywords",
    "Creator": "creator",
    "Producer": "producer",
    "CreationDate": "created",
    "ModDate": "modified",
}


def read_pdf(request: ReadRequest) -> Document:
    """The document with its pages, tables, paragraphs and images in reading order.

    Raises:
        EncryptedDocument: a password is needed.
        UnreadableDocument: damaged, empty, or no page can be loaded.
        LimitExceeded: larger than ``request.limits`` allow.
    """
    _check_size(len(request.data), request.limits.file_bytes)
    with pdfium.open_pdf(request.data) as document:
        metadata = tuple(
            (name, value)
            for key, name in _METADATA.items()
            if (value := pdfium.meta_text(document, key).strip())
        )
        contents = list(_read_pages(document, request))
    blocks, notes = assemble(contents)
    blocks = _with_second_look(request, contents, blocks)
    return Document(
        source=request.source,
        media_type=MEDIA_TYPE,
        sha256=request.digest(),
        size=len(request.data),
        pages=tuple(_page(content) for content in contents),
        blocks=blocks,
        metadata=metadata,
        notes=notes,
    )


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise LimitExceeded(
            f"文件有 {size} 字节，超过上限 {limit}。请确认是否为年度报告，或提高上限后重试。",
            f"The file has {size} bytes, more than the limit of {limit}. "
            "Make sure that it is an annual report, or raise the limit and try again.",
        )


def _read_pages(document: Handle, request: ReadRequest) -> Iterator[PageContent]:
    count = pdfium.page_count(document)
    limits = request.limits
    if count <= 0:
        raise UnreadableDocument(
            "PDF 中没有任何页面。请重新下载后重试。",
            "The PDF has no pages. Download it again and retry.",
        )
    if count > limits.pages:
        raise LimitExceeded(
            f"PDF 有 {count} 页，超过上限 {limits.pages} 页。请拆分文件，或提高上限后重试。",
            f"The PDF has {count} pages, more than the limit of {limits.pages}. "
            "Split the file, or raise the limit and try again.",
        )
    characters = cells = loaded = 0
    for index in range(count):
        with pdfium.open_page(document, index) as handles:
            if handles is None:
                yield PageContent.unreadable(index + 1)
                continue
            loaded += 1
            content = read_page(*handles, index + 1)
        characters += len(content.text)
        cells += sum(len(grid.runs) for grid in content.grids)
        if characters > limits.characters or cells > limits.cells:
            raise LimitExceeded(
                f"PDF 到第 {index + 1} 页已有 {characters} 个字符、{cells} 个单元格，超过上限。"
                "请拆分文件，或提高上限后重试。",
                f"By page {index + 1} the PDF holds {characters} characters and {cells} cells, "
                "more than the limits allow. Split the file, or raise the limits and try again.",
            )
        yield content
    if not loaded:
        raise UnreadableDocument(
            "PDF 的所有页面都无法打开，文件可能已损坏。请重新下载，或用 PDF 阅读器另存后重试。",
            "No page of the PDF can be opened; the file may be damaged. "
            "Download it again, or save it anew from a PDF viewer and retry.",
        )


def _with_second_look(
    request: ReadRequest, contents: Sequence[PageContent], blocks: tuple[Block, ...]
) -> tuple[Block, ...]:
    """Add pdfplumber's tables on pages that bear table labels but no table."""
    if not request.table_hints:
        return blocks
    read = {
        cell.location.page for block in blocks if isinstance(block, Table) for cell in block.cells
    }
    read |= {content.number for content in contents if content.has_grid}
    missing = [
        content.number
        for content in contents
        if content.number not in read and content.has_rules and _is_hinted(request, content)
    ]
    if not missing:
        return blocks
    found = tables_with_pdfplumber(request.data, missing)
    waiting = [table for number in sorted(found) for table in without_stripes(found[number])]
    result: list[Block] = []
    for block in blocks:
        while waiting and _stands_before(waiting[0], block):
            result.append(waiting.pop(0))
        result.append(block)
    return (*result, *waiting)


def _stands_before(table: Table, block: Block) -> bool:
    """Whether a table stands above a block, or on a page before it."""
    page, other = table.location.page or 0, block.location.page or 0
    box, below = table.location.box, block.location.box
    if page != other or box is None or below is None:
        return page < other
    return block.layer is Layer.BODY and below.top >= (box.top + box.bottom) / 2


def _is_hinted(request: ReadRequest, content: PageContent) -> bool:
    text = "".join(content.text.split())
    return any(hint in text for hint in request.table_hints)


def _page(content: PageContent) -> Page:
    width, height = content.frame.display_size()
    visible = "".join(content.text.split()).replace("\x00", "")
    return Page(content.number, round(width, 2), round(height, 2), len(visible))


def text_in_box(data: bytes, page: int, box: Box) -> str:
    """The text whose characters have their centre inside ``box`` of the 1-based ``page``.

    Reads the file again, without its ruling lines, so it can check what ``read_pdf`` said.

    Raises:
        DocumentError: the file cannot be opened.
        ValueError: there is no such page.
    """
    with pdfium.open_pdf(data) as document:
        if not 1 <= page <= pdfium.page_count(document):
            raise ValueError(f"no page {page}")
        with pdfium.open_page(document, page - 1) as handles:
            if handles is None:
                return ""
            text = pdfium.page_text(handles[1])
            frame = page_frame(*handles, text)
            characters = read_characters(handles[1], text, frame)
            runs = build_runs(handles[1], characters, frame).text
    x0, top, x1, bottom = frame.from_display(box)
    inside = []
    for run in runs:
        if not top <= run.middle <= bottom:
            continue
        indices = characters.visible(run.start, run.end)
        within = [i for i in indices if x0 <= (characters.left[i] + characters.right[i]) / 2 <= x1]
        if within:
            inside.append(run if len(within) == len(indices) else characters.run(within))
    return runs_text(inside)
