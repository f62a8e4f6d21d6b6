"""The writers by name: each prints drafts as the bytes of one file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sampling.case import Writer
from sampling.convert import chromium_pdf, layout_text, scanned, soffice_pdf
from sampling.docx_out import PRINT_STYLE, WordStyle, docx_bytes
from sampling.draft import Draft
from sampling.generator_out import GeneratorStyle, generated_pdf
from sampling.grids import Grid
from sampling.html_out import PrintStyle, print_page
from sampling.text_out import text_of


def word(style: WordStyle | None = None) -> Writer:
    """A Word document."""
    return lambda drafts: docx_bytes(drafts, style or WordStyle())


def word_pdf(style: WordStyle = PRINT_STYLE) -> Writer:
    """A Word document printed by LibreOffice."""
    return lambda drafts: soffice_pdf(docx_bytes(drafts, style))


def browser_pdf(style: PrintStyle | None = None) -> Writer:
    """A web page printed by Chromium."""
    return lambda drafts: chromium_pdf(print_page(list(drafts), style or PrintStyle()))


def generator_pdf(style: GeneratorStyle | None = None) -> Writer:
    """A PDF of a report generator."""
    return lambda drafts: generated_pdf(drafts[0], style or GeneratorStyle())


def web(page: Callable[[Draft], str], encoding: str = "utf-8") -> Writer:
    """A saved web page."""
    return lambda drafts: page(drafts[0]).encode(encoding)


def text(table: Callable[[Grid], str], encoding: str = "utf-8", gap: str = "\n\n") -> Writer:
    """A text file."""
    return lambda drafts: text_of(drafts[0], table, gap).encode(encoding)


def printed_text(drafts: Sequence[Draft]) -> bytes:
    """The text of a printed PDF, columns kept by spaces."""
    return layout_text(soffice_pdf(docx_bytes(drafts, PRINT_STYLE))).encode("utf-8")


def scan(drafts: Sequence[Draft]) -> bytes:
    """A PDF whose pages are pictures."""
    return scanned(soffice_pdf(docx_bytes(drafts, PRINT_STYLE)))


def truncated(drafts: Sequence[Draft]) -> bytes:
    """A PDF whose transfer broke off after a third."""
    whole = generated_pdf(drafts[0], GeneratorStyle())
    return whole[: len(whole) // 3]
