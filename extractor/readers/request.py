"""What a reader is asked: the bytes, their name, and how far it may go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from extractor.options import Limits, SecondReader

_NO_OTHER_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One source to read.

    ``table_hints`` are texts without white space that mark a page as worth a second look when no
    grid was found on it; the reader compares strings and knows nothing of their meaning.
    """

    data: bytes
    source: str
    limits: Limits = _NO_OTHER_LIMITS
    second_reader: SecondReader = SecondReader.FALLBACK
    table_hints: tuple[str, ...] = ()
    sha256: str = ""

    def digest(self) -> str:
        """Hex SHA-256 of the bytes."""
        return self.sha256 or hashlib.sha256(self.data).hexdigest()
