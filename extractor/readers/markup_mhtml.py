"""Web archives: the pages inside one MHTML file."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import Message

from extractor.readers.encoding import decode_text

_HEADER = re.compile(
    rb"\A\s*(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"content-type:\s*(?:multipart/|text/html)",
    re.I,
)
_MAX_PAGES = 50


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page of a web archive, decoded."""

    text: str
    location: str


def is_mhtml(data: bytes) -> bool:
    """Whether mail headers at the top announce a page or several parts."""
    return _HEADER.match(data[:8192].replace(b"\r\n", b"\n")) is not None


def pages_of(data: bytes) -> list[ArchivedPage]:
    """The HTML parts in file order; the first is the page itself, others are its frames.

    Raises:
        UnreadableDocument: a part in no known encoding.
    """
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    pages = []
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                text, _ = decode_text(payload, _charset(part) or declared_charset(payload))
                pages.append(ArchivedPage(text, str(part.get("Content-Location") or "")))
        if len(pages) == _MAX_PAGES:
            break
    return pages


def _charset(part: Message) -> str | None:
    charset = part.get_content_charset()
    return charset if charset and charset != "us-ascii" else None


_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page names in its first bytes."""
    head = data[:16_384]
    match = _XML_ENCODING.search(head[:1024]) or _META_CHARSET.search(head)
    return match.group(1).decode("ascii", "replace") if match else None
