"""One document to read: what it is called and how its bytes are fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractor.errors import DocumentError, LimitExceeded, UnreadableDocument
from extractor.inputs.archive import read_member
from extractor.options import Limits


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read.

    ``name`` is the ``source`` of the dataset. ``members`` leads into a zip archive: the position
    of the member in ``path``, then in the archive inside it, and so on; empty for a plain file.
    ``fault`` is set where the document is known to be unreadable before it is opened.
    """

    name: str
    path: Path
    members: tuple[int, ...] = ()
    fault: DocumentError | None = None


def read_source(source: Source, limits: Limits) -> bytes:
    """The bytes of a document.

    Raises:
        DocumentError: It cannot be fetched, or it is larger than ``limits.file_bytes``.
    """
    if source.fault is not None:
        raise source.fault
    if source.members:
        return read_member(source.path, source.members, limits)
    try:
        with source.path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise unreadable_file(error) from error
    if len(data) > limits.file_bytes:
        raise too_large(limits.file_bytes)
    return data


def unreadable_file(error: OSError) -> UnreadableDocument:
    """The system refuses the file."""
    reason = error.strerror or type(error).__name__
    return UnreadableDocument(
        f"系统无法打开此文件（{reason}）。请检查权限，或将文件复制到本机后重试。",
        f"The system cannot open this file ({reason}). Check its permissions, "
        "or copy it to a local disk and try again.",
    )


def too_large(limit: int) -> LimitExceeded:
    """The file is over ``limit`` bytes."""
    return LimitExceeded(
        f"文件超过 {limit:,} 字节的上限，未读取。请拆分文件，或只保留报告正文后重试。",
        f"The file is larger than the limit of {limit:,} bytes and was not read. "
        "Split it, or keep the report alone, and try again.",
    )
