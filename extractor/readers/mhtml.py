"""Saved pages in one file (MHTML): unpacks the page for the HTML reader."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.errors import MessageError
from email.message import Message

from extractor.errors import UnreadableDocument
from extractor.readers.encoding import decode_text


def page_of_mhtml(data: bytes) -> bytes:
    """The page of the archive, as UTF-8 with a byte order mark that outranks its declarations.

    Raises:
        UnreadableDocument: no page inside, or its text fits no known encoding.
    """
    try:
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        pages = list(_pages(message))
    except (MessageError, ValueError, LookupError) as error:
        raise _without_page() from error
    if not pages:
        raise _without_page()
    payload, charset = _main_page(message, pages)
    text, _ = decode_text(payload, charset)
    return text.encode("utf-8-sig", "replace")


def _pages(message: Message) -> Iterator[tuple[Message, bytes]]:
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                yield part, payload


def _main_page(message: Message, pages: list[tuple[Message, bytes]]) -> tuple[bytes, str | None]:
    """The part that the archive names as its root, else the first page."""
    root = message.get_param("start")
    named = [(part, payload) for part, payload in pages if root and part.get("Content-ID") == root]
    part, payload = (named or pages)[0]
    return payload, part.get_content_charset()


def _without_page() -> UnreadableDocument:
    return UnreadableDocument(
        "单文件网页（.mht）里没有可读的网页，文件可能不完整。请重新保存网页。",
        "the saved page (.mht) holds no readable page and may be incomplete; save the page again.",
    )
