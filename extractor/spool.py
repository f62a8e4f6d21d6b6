"""Reports set aside on disk until the whole batch has been read, so that memory stays flat."""

from __future__ import annotations

import pickle
import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Self

from extractor.document import Paragraph
from extractor.errors import OutputError
from extractor.report import Report, Section

_LENGTH = struct.Struct("<Q")


class Spool:
    """Reports in a temporary file, read back in the order in which they were added.

    Use as a context manager. Of the blocks of sections only paragraphs are kept: what comes
    after needs the places of sentences and no longer those of cells that gave no value.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="nianbao-")  # noqa: SIM115 - closed in __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, report: Report) -> None:
        """Set a report aside.

        Raises:
            OutputError: The temporary folder is full or cannot be written.
        """
        packed = zlib.compress(pickle.dumps(_light(report), protocol=pickle.HIGHEST_PROTOCOL), 1)
        try:
            self._file.write(_LENGTH.pack(len(packed)))
            self._file.write(packed)
        except OSError as error:
            raise OutputError(
                f"临时文件夹写不进去（{tempfile.gettempdir()}）：{error.strerror}。请清理磁盘后重试。",
                f"The temporary folder cannot be written ({tempfile.gettempdir()}): "
                f"{error.strerror}. Free some disk space and try again.",
            ) from error

    def __iter__(self) -> Iterator[Report]:
        """The reports, from the first one on."""
        self._file.seek(0)
        while head := self._file.read(_LENGTH.size):
            (length,) = _LENGTH.unpack(head)
            report = pickle.loads(zlib.decompress(self._file.read(length)))  # noqa: S301 - our own bytes
            if not isinstance(report, Report):
                raise TypeError(type(report).__name__)
            yield report


def _light(report: Report) -> Report:
    return replace(report, sections=tuple(map(_without_cells, report.sections)))


def _without_cells(section: Section) -> Section:
    paragraphs = (block for block in section.blocks if isinstance(block, Paragraph))
    return replace(section, blocks=tuple(replace(block, words=()) for block in paragraphs))
