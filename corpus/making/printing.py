"""Word documents printed by LibreOffice, in batches, and PDF as text."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path

from making.paper import Layout

_SECONDS = 300
_DATE = re.compile(rb"\(D:\d{14}")
_FILE_ID = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\s])")
_TEXT = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_BORDERS = ("border", "borders", "rules")
_OPEN = ("none", "horizontal", "outer", "threeline", "honly")


class PdfTextMode(StrEnum):
    """How ``pdftotext`` sets the text out."""

    LAYOUT = "layout"
    DEFAULT = "default"
    RAW = "raw"


def undated(pdf: bytes) -> bytes:
    """The PDF with fixed dates and file id of the same length, so that runs do not differ."""
    head, trailer, tail = pdf.rpartition(b"trailer")
    dated = _DATE.sub(b"(D:20250201090000", head)
    return dated + trailer + _FILE_ID.sub(b"0" * 32, tail)


def libreoffice_pdfs(documents: Sequence[bytes]) -> list[bytes]:
    """Word documents as LibreOffice prints them, by one process; up to about forty at a time.

    Raises:
        RuntimeError: It gave no PDF for one of them.
    """
    if not documents:
        return []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        sources = [Path(folder, f"{index:04d}.docx") for index in range(len(documents))]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document)
        profile = Path(folder, "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", folder, *map(str, sources)]
        done = subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        targets = [source.with_suffix(".pdf") for source in sources]
        missing = [target.name for target in targets if not target.exists()]
        if missing:
            reason = done.stderr.decode(errors="replace")
            raise RuntimeError(f"LibreOffice did not print {', '.join(missing)}: {reason}")
        return [undated(target.read_bytes()) for target in targets]


def pdf_text(pdf: bytes, mode: PdfTextMode) -> str:
    """A PDF as ``pdftotext`` gives it."""
    options = [] if mode is PdfTextMode.DEFAULT else [f"-{mode.value}"]
    done = subprocess.run(
        ["pdftotext", *options, "-enc", "UTF-8", "-", "-"],
        check=True,
        input=pdf,
        capture_output=True,
        timeout=_SECONDS,
    )
    return done.stdout.decode("utf-8")


def word_digits(document: bytes) -> int:
    """How many digits the text of a Word document has; of tables and paragraphs, not of fields."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        texts = _TEXT.findall(package.read("word/document.xml"))
    return sum(character.isdigit() for text in texts for character in text.decode("utf-8"))


def pdf_digits(pdf: bytes) -> int:
    """How many digits a PDF shows: fewer than were given where rows got lost in print."""
    return sum(character.isdigit() for character in pdf_text(pdf, PdfTextMode.RAW))


def layout_of(variants: Iterable[str]) -> Layout:
    """How tables stand in a printed document, by the names of what was chosen.

    Cells have all their rules unless a variant such as ``border:none`` says otherwise.
    """
    for variant in variants:
        key, _, value = variant.partition(":")
        if key in _BORDERS and value in _OPEN:
            return Layout.PDF_BORDERLESS
    return Layout.PDF_RULED
