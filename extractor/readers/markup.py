"""Markup to blocks: what the HTML reader and pages embedded in other files share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extractor.document import Block, Location, Paragraph
from extractor.readers.encoding import decode_text
from extractor.readers.markup_budget import Budget
from extractor.readers.markup_flow import PageFlow
from extractor.readers.markup_lines import TRIMMED
from extractor.readers.markup_mhtml import declared_charset, is_mhtml, pages_of
from extractor.readers.markup_regions import find_regions
from extractor.readers.markup_survey import survey
from extractor.readers.markup_tree import parse_page

_MIN_SHOWN_SHARE = 0.2
_META_KEYS = {
    "articletitle": "article_title",
    "og:title": "article_title",
    "pubdate": "published",
    "publishdate": "published",
    "publish_date": "published",
    "publishtime": "published",
    "og:release_date": "published",
    "article:published_time": "published",
    "firstpublishedtime": "published",
    "contentsource": "publisher",
    "source": "publisher",
    "publisher": "publisher",
    "article:author": "author",
    "author": "author",
    "description": "description",
    "og:description": "description",
    "keywords": "keywords",
    "sitename": "site_name",
    "og:site_name": "site_name",
    "columnname": "column",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page read: its blocks, what it says about itself, and how much text it shows."""

    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...]
    characters: int


def read_page(text: str, budget: Budget, notes: list[str], prefix: str = "") -> Page:
    """Read decoded markup.

    Args:
        text: a whole page or a fragment.
        budget: limits of the source.
        notes: gets remarks for the log.
        prefix: path of the page in its source, ``""`` or ending in ``/``.

    Raises:
        UnreadableDocument: no markup.
        LimitExceeded: too large or too deep.
    """
    root = parse_page(text, budget, notes)
    found = survey(root, with_hidden=False)
    with_hidden = False
    if found.total.characters < _MIN_SHOWN_SHARE * found.hidden:
        # Pages that a script reveals: saved without it, their text is marked hidden.
        found, with_hidden = survey(root, with_hidden=True), True
        notes.append("nearly all text is marked hidden; it was read as shown")
    regions = find_regions(root, found)
    metadata = tuple(_metadata(root))
    title = dict(metadata).get("title", "")
    flow = PageFlow(found, regions, budget, prefix, title, with_hidden=with_hidden)
    return Page(tuple(flow.read(root)), metadata, found.total.characters)


def embedded_blocks(
    blob: bytes, budget: Budget, prefix: str, notes: list[str]
) -> tuple[Block, ...]:
    """Blocks of a page, web archive or plain text that another file holds.

    Raises:
        UnreadableDocument: in no known encoding.
        LimitExceeded: too large or too deep.
    """
    if not blob.strip():
        return ()
    if is_mhtml(blob):
        pages = [page.text for page in pages_of(blob)[:1]]
        return tuple(
            block for page in pages for block in read_page(page, budget, notes, prefix).blocks
        )
    text, _ = decode_text(blob, declared_charset(blob))
    if "<" in text and ">" in text:
        return read_page(text, budget, notes, prefix).blocks
    return tuple(_plain(text, budget, prefix))


def _plain(text: str, budget: Budget, prefix: str) -> Iterator[Paragraph]:
    lines = (line.strip(TRIMMED) for line in text.splitlines())
    for count, line in enumerate((line for line in lines if line), start=1):
        budget.add_text(line)
        yield Paragraph(line, Location(path=f"{prefix}paragraph[{count}]"))


def _metadata(root: etree._Element) -> Iterator[tuple[str, str]]:
    title = next(root.iter("title"), None)
    pairs = [] if title is None else [("title", "".join(map(str, title.itertext())))]
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        key = _META_KEYS.get(name.strip().lower())
        if key:
            pairs.append((key, meta.get("content") or ""))
    seen = set()
    for key, value in pairs:
        pair = (key, " ".join(value.split()))
        if pair[1] and pair not in seen:
            seen.add(pair)
            yield pair
