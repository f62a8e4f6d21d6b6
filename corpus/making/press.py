"""Prints recipes: some at once, those that need another program in batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from making.browser import browser_pages
from making.browser_print import chromium_pdfs
from making.drawn import print_drawn
from making.paper import Item, Layout, Paper, Printed
from making.printing import (
    PdfTextMode,
    layout_of,
    libreoffice_pdfs,
    pdf_digits,
    pdf_text,
    word_digits,
)
from making.recipe import Kind, Recipe
from making.text_styles import TEXT_STYLES, print_text
from making.web_sites import damaged_web, print_web
from making.word import print_word, word_for_print

_BATCH = 40
_BROWSER_HEADER_SHARE = 0.4
_WORD = (Kind.LIBREOFFICE, Kind.PDF_TEXT)
BATCHED = (*_WORD, Kind.CHROMIUM)


def print_all(recipes: Sequence[Recipe]) -> Iterator[tuple[Recipe, Printed]]:
    """Every recipe with its file, in no given order."""
    word = [recipe for recipe in recipes if recipe.kind in _WORD]
    pages = [recipe for recipe in recipes if recipe.kind is Kind.CHROMIUM]
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(_by_libreoffice, part) for part in _parts(word)]
        waiting += [pool.submit(_by_chromium, part) for part in _parts(pages)]
        for recipe in recipes:
            if recipe.kind not in BATCHED:
                yield recipe, _at_once(recipe)
        for done in waiting:
            yield from done.result()


def _parts(recipes: Sequence[Recipe]) -> Iterator[Sequence[Recipe]]:
    for start in range(0, len(recipes), _BATCH):
        yield recipes[start : start + _BATCH]


def joined(papers: Sequence[Paper]) -> Paper:
    """One paper with the items of all, as it is printed; the papers keep the truth."""
    items: list[Item] = [item for paper in papers for item in paper.items]
    return replace(papers[0], items=items)


def _at_once(recipe: Recipe) -> Printed:
    paper = joined(recipe.papers)
    if recipe.kind is Kind.DRAWN:
        return print_drawn(paper)
    if recipe.kind is Kind.WORD:
        return print_word(paper)
    if recipe.kind is Kind.WEB:
        return print_web(paper)
    if recipe.kind is Kind.WEB_DAMAGED:
        return damaged_web(paper)
    style = paper.rng.choices(TEXT_STYLES, [style.weight for style in TEXT_STYLES])[0]
    return print_text(paper, style)


def _by_libreoffice(recipes: Sequence[Recipe]) -> list[tuple[Recipe, Printed]]:
    sources = [word_for_print(joined(recipe.papers)) for recipe in recipes]
    pdfs = libreoffice_pdfs([data for data, _ in sources])
    printed = []
    for recipe, pdf, (source, variants) in zip(recipes, pdfs, sources, strict=True):
        lost = word_digits(source) > pdf_digits(pdf)
        file = Printed(pdf, "pdf", layout_of(variants), variants)
        if recipe.kind is Kind.PDF_TEXT:
            file = _as_text(recipe, pdf, variants)
        printed.append((recipe, replace(file, unplaced=file.unplaced or lost)))
    return printed


def _as_text(recipe: Recipe, pdf: bytes, variants: tuple[str, ...]) -> Printed:
    mode = recipe.rng.choice(list(PdfTextMode))
    blank = any(not text.strip() for paper in recipe.papers for text in paper.texts().values())
    return Printed(
        pdf_text(pdf, mode).encode("utf-8"),
        "txt",
        Layout.TEXT_FREE,
        (f"pdftotext:{mode.value}", *variants),
        unplaced=blank,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    recipe: Recipe
    html: str
    variants: tuple[str, ...]
    header: bool


def _by_chromium(recipes: Sequence[Recipe]) -> list[tuple[Recipe, Printed]]:
    pages = [_page(recipe, recipe.rng) for recipe in recipes]
    printed = []
    for header in (False, True):
        chosen = [page for page in pages if page.header is header]
        pdfs = chromium_pdfs([page.html for page in chosen], header=header)
        for page, pdf in zip(chosen, pdfs, strict=True):
            file = Printed(pdf, "pdf", layout_of(page.variants), page.variants)
            printed.append((page.recipe, file))
    return printed


def _page(recipe: Recipe, rng: random.Random) -> _Page:
    html, variants = browser_pages(joined(recipe.papers))
    header = rng.random() < _BROWSER_HEADER_SHARE
    return _Page(recipe, html, (*variants, *(("browser-header",) if header else ())), header)
