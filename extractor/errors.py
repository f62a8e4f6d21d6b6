"""Everything that can go wrong, each with the exit code or the finding it leads to.

::

    NianbaoError
    ├── UsageError            exit 2: wrong arguments, no input
    ├── RuleFileError         exit 2: a fault in a rule file (file, line, key)
    ├── OutputError           exit 3: the run cannot be finished (disk, permissions)
    └── DocumentError         a row of ``reports`` and a D-finding, never the end of a run
        ├── UnreadableDocument
        ├── EncryptedDocument
        ├── UnsupportedDocument
        └── LimitExceeded

A ``DocumentError`` names its finding by a ``DocumentFault``; which code that is stands in
``rules/flags``.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    """The exit codes of the command."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNFINISHED = 3


class DocumentFault(StrEnum):
    """Why a document gave no report. The values are the names of findings."""

    UNREADABLE = "unreadable_document"
    ENCRYPTED = "encrypted_document"
    NO_TEXT = "no_text_layer"
    UNSUPPORTED = "unsupported_type"
    LIMIT = "limit_exceeded"
    CRASHED = "reader_crashed"


class NianbaoError(Exception):
    """Base of all errors. ``str(error)`` is a message for people, Chinese first."""

    exit_code = ExitCode.UNFINISHED

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(f"{zh} / {en}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.zh, self.en)

    def text(self, lang: str) -> str:
        """The message in ``zh`` or ``en``."""
        return self.en if lang == "en" else self.zh


class UsageError(NianbaoError):
    """Wrong arguments, or nothing to read."""

    exit_code = ExitCode.USAGE


class OutputError(NianbaoError):
    """The output folder cannot be written, or the run was interrupted."""

    exit_code = ExitCode.UNFINISHED


class RuleFileError(NianbaoError):
    """A fault in a rule file. The message begins ``file:line: key``."""

    exit_code = ExitCode.USAGE


class DocumentError(NianbaoError):
    """A document that cannot be read. ``zh`` and ``en`` say why and what to do next."""

    fault = DocumentFault.UNREADABLE


class UnreadableDocument(DocumentError):
    """Damaged, truncated or empty."""


class EncryptedDocument(DocumentError):
    """Needs a password."""

    fault = DocumentFault.ENCRYPTED


class UnsupportedDocument(DocumentError):
    """A type that no reader knows."""

    fault = DocumentFault.UNSUPPORTED


class LimitExceeded(DocumentError):
    """Larger, slower or deeper than the limits of ``Options`` allow."""

    fault = DocumentFault.LIMIT
