"""The one options object of a run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Lang(StrEnum):
    """Language of messages."""

    ZH = "zh"
    EN = "en"


class SecondReader(StrEnum):
    """When the second PDF reader is asked."""

    FALLBACK = "fallback"
    """Only for a page whose text bears table labels while no grid was found."""
    ALWAYS = "always"
    """For every page with a table; a difference is a conflict."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. Bytes and seconds; the rest are counts."""

    file_bytes: int = 200_000_000
    seconds: float = 50.0
    pages: int = 2_000
    archive_members: int = 10_000
    archive_bytes: int = 2_000_000_000
    member_bytes: int = 500_000_000
    archive_ratio: int = 200
    nesting: int = 256
    cells: int = 200_000
    characters: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done; every command and the Python calls take one.

    ``previous`` is the folder of an earlier dataset, whose reports are compared with; ``baseline``
    is one whose findings are not shown again; ``suppress`` is a file that sets findings aside.
    """

    rules_dir: Path | None = None
    jobs: int = 1
    lang: Lang = Lang.ZH
    second_reader: SecondReader = SecondReader.FALLBACK
    limits: Limits = Limits()
    previous: Path | None = None
    baseline: Path | None = None
    suppress: Path | None = None
