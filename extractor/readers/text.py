"""Reads plain text and Markdown: lines are paragraphs, runs of rows are tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.document import Block, Document, Layer, Paragraph, Picture, Table
from extractor.errors import LimitExceeded, UnreadableDocument
from extractor.options import Limits
from extractor.readers.encoding import decode_text
from extractor.readers.request import ReadRequest
from extractor.readers.sniff import MediaType, is_markdown
from extractor.readers.text_aligned import find_aligned_tables
from extractor.readers.text_boxes import find_boxed_tables
from extractor.readers.text_build import line_location
from extractor.readers.text_csv import find_comma_tables
from extractor.readers.text_delimited import find_pipe_tables, find_tab_tables
from extractor.readers.text_front import take_front_matter
from extractor.readers.text_islands import find_tagged_tables
from extractor.readers.text_lines import Item, Line, mark_furniture, split_lines
from extractor.readers.text_markup import heading, plain, take_pictures
from extractor.readers.text_unwrapped import join_wrapped_cells

_PASSES = (
    find_tagged_tables,
    find_boxed_tables,
    find_pipe_tables,
    find_tab_tables,
    find_comma_tables,
    find_aligned_tables,
    join_wrapped_cells,
)
_UNDERLINE = re.compile(r"\s{0,3}(={3,}|-{3,})\s*")
_TITLE = re.compile(r"[^。；!！?？\n]{1,60}")
_RULE_LINE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|[`~]{3,}[A-Za-z]*)")
_PADDING = re.compile(r"[\s|｜]{65,}")
_GAP = re.compile(r"\S(?: {2,}|[\u3000\u00a0]{2,})\S")


def read_text(request: ReadRequest) -> Document:
    """Read plain text or Markdown.

    Paragraphs have the path ``line[n]``, cells ``line[n]/cell[k]``; both count from 1.

    Raises:
        UnreadableDocument: no known encoding fits, or there is no text.
        LimitExceeded: more characters or cells than the limits allow.
    """
    text, encoding = decode_text(request.data, None)
    _check("characters", len(text), request.limits.characters)
    markdown = is_markdown(text)
    lines, metadata = take_front_matter(split_lines(text))
    items: list[Item] = list(mark_furniture(lines))
    for find in _PASSES:
        items = find(items)
        _check_cells(items, request.limits)
    blocks = tuple(_blocks(items, markdown=markdown))
    if not blocks and not metadata:
        raise UnreadableDocument(
            "文件里没有文字。请检查是否下载完整。",
            "there is no text in the file; check that it was downloaded completely.",
        )
    return Document(
        source=request.source,
        media_type=(MediaType.MARKDOWN if markdown else MediaType.TEXT).value,
        sha256=request.digest(),
        size=len(request.data),
        pages=(),
        blocks=blocks,
        metadata=metadata,
        notes=(f"encoding: {encoding}",),
    )


def _check(what: str, found: int, limit: int) -> None:
    if found > limit:
        name = {"characters": "字符", "cells": "单元格"}[what]
        raise LimitExceeded(
            f"文件有 {found} 个{name}，超过上限 {limit}。请拆分文件或提高上限。",
            f"the file has {found} {what}, more than the limit of {limit}; "
            "split it or raise the limit.",
        )


def _check_cells(items: list[Item], limits: Limits) -> None:
    cells = sum(len(item.cells) for item in items if isinstance(item, Table))
    _check("cells", cells, limits.cells)


def _blocks(items: list[Item], *, markdown: bool) -> Iterator[Block]:
    index, apart = 0, False
    while index < len(items):
        item = items[index]
        index += 1
        if not isinstance(item, Line):
            apart = False
            yield item
            continue
        if item.blank:
            apart = True
            continue
        level = _underlined(items, index) if markdown else None
        if level is not None:
            index += 1
        elif markdown and _RULE_LINE.fullmatch(item.text):
            continue
        yield from _line_blocks(item, level, apart=apart)
        apart = apart and item.layer is Layer.FURNITURE


def _underlined(items: list[Item], index: int) -> int | None:
    """The level that an underline at ``index`` gives to the line above it."""
    line = items[index] if index < len(items) else None
    above = items[index - 1]
    if not isinstance(line, Line) or not isinstance(above, Line):
        return None
    found = _UNDERLINE.fullmatch(line.text)
    if found is None or _RULE_LINE.fullmatch(above.text) or not _TITLE.fullmatch(above.text):
        return None
    return 1 if found.group(1)[0] == "=" else 2


def _line_blocks(line: Line, level: int | None, *, apart: bool) -> Iterator[Block]:
    text, pictures = take_pictures(line.text)
    location = line_location(line.number)
    found = heading(text)
    if found is not None:
        level, text = found
    layer = Layer.FURNITURE if _PADDING.fullmatch(text) else line.layer
    text = _paragraph_text(text)
    if text:
        yield Paragraph(text, location, layer, level, apart=apart)
    for _ in range(pictures):
        yield Picture(location, layer=line.layer)


def _paragraph_text(text: str) -> str:
    """Without marks and outer blanks; delimiters and the indent of columns stay."""
    clean = plain(text)
    if not clean.strip():
        return ""
    if "\t" in clean.strip() or "|" in clean:
        return clean
    return clean.rstrip() if _GAP.search(clean) else clean.strip()
