"""Other people's programs: LibreOffice, Chromium and poppler turn documents into PDF and text."""

from __future__ import annotations

import io
import os
import re
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

_SECONDS = 180
_DATE = re.compile(rb"\(D:\d{14}")
_FILE_ID = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\s])")


def _undated(pdf: bytes) -> bytes:
    """The PDF with fixed dates and file id of the same length, so that runs do not differ."""
    head, trailer, tail = pdf.rpartition(b"trailer")
    dated = _DATE.sub(b"(D:20250201090000", head)
    return dated + trailer + _FILE_ID.sub(b"0" * 32, tail)


def soffice_pdf(docx: bytes) -> bytes:
    """A Word document as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(docx)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=_SECONDS,
        )
        return _undated(source.with_suffix(".pdf").read_bytes())


def chromium_pdf(page: str) -> bytes:
    """A web page as Chromium prints it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-pdf-header-footer",
                "--disable-pdf-tagging",
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, "HOME": folder},
        )
        return _undated(target.read_bytes())


def layout_text(pdf: bytes) -> str:
    """A PDF as ``pdftotext -layout`` gives it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "report.pdf"), Path(folder, "report.txt")
        source.write_bytes(pdf)
        subprocess.run(
            ["pdftotext", "-layout", str(source), str(target)], check=True, timeout=_SECONDS
        )
        return target.read_text(encoding="utf-8")


def scanned(pdf: bytes, dots_per_inch: int = 130) -> bytes:
    """The pages as black and white pictures, without any text."""
    document = pypdfium2.PdfDocument(pdf)
    pages: list[Image.Image] = []
    for page in document:
        image = page.render(scale=dots_per_inch / 72, grayscale=True).to_pil()
        pages.append(image.point(lambda level: 255 if level > 150 else 0).convert("1"))
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=dots_per_inch)
    return _undated(buffer.getvalue())
