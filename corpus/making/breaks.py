"""The page-break suite: table three cut at every row boundary and inside every row."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import pypdfium2

from making.breaks_docx import break_docx
from making.browser import BrowserStyle, browser_page, chromium_pdfs
from making.drawn import frame_of, print_styled
from making.drawn_style import Cut, DrawnStyle
from making.paper import Item, Layout, Paper, Printed, Role
from making.printing import libreoffice_pdfs
from sampling.bodies import COUNTY_GOVERNMENT, EDUCATION, HOUSING, LAND, MARKET, WANGLAN
from sampling.draft import start
from sampling.figures import COUNTY, figures_of
from sampling.forms import APPLICANTS, outcome_rows
from sampling.grids import Grid, Kind

_BODIES = (COUNTY_GOVERNMENT, EDUCATION, HOUSING, LAND, MARKET, WANGLAN)
_COUNTY_NAME = "澄漪县"
_YEARS = {"2021": (2021, 2022, 2023, 2024, 2025), "2019": (2019, 2020)}
_BATCH = 40
_GAP_STEP, _GAP_END = 8, 640  # points; less than a line and a page
_WORD_SIZE, _WORD_WIDTH = 10.5, 442.0
_WEB_SIZE, _WEB_WIDTH = 9.0, 459.0


class Means(StrEnum):
    """What prints a case."""

    DRAWN = "drawn"
    LIBREOFFICE = "libreoffice"
    CHROMIUM = "chromium"


@dataclass(frozen=True, slots=True)
class BreakCase:
    """One report whose table three goes over a page end.

    Attributes:
        name: What the truth calls it; no two have the same.
        paper: The report.
        means: What prints it.
        style: How it is drawn, if it is drawn.
        document: The Word document, if LibreOffice prints it.
        page: The web page, if Chromium prints it.
    """

    name: str
    paper: Paper
    means: Means
    style: DrawnStyle | None = None
    document: bytes = b""
    page: str = ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A drawn layout and the form printed in it."""

    name: str
    form: str
    style: DrawnStyle


_PLANS = (
    _Plan("thin grid", "2021", DrawnStyle(size=8.5, new_page=True)),
    _Plan(
        "landscape, double rules",
        "2021",
        DrawnStyle(
            page="A4-landscape",
            rules="double",
            size=9,
            body=16,
            stacked=True,
            foot="- %d -",
            fill="head",
            digits="Helvetica",
        ),
    ),
    _Plan(
        "turned page, filled rules",
        "2021",
        DrawnStyle(
            rotation=90,
            rules="rects",
            size=9,
            margin=50,
            vertical="top",
            head=True,
            order="rules",
            strays=("head-line",),
        ),
    ),
    _Plan(
        "coloured rules, large type",
        "2021",
        DrawnStyle(
            page="A3",
            rules="color",
            size=12,
            fill="zebra",
            stacked=True,
            foot="%d",
            order="column",
            horizontal="left",
            margin=62,
        ),
    ),
    _Plan(
        "letter by letter, dashed rules",
        "2019",
        DrawnStyle(
            page="B5",
            rules="dashed",
            size=7.5,
            by_char=True,
            foot="第 %d 页",
            order="column",
            horizontal="right",
            digits="STSong-Light",
        ),
    ),
)


def break_cases(seed: int | str) -> Iterator[BreakCase]:
    """Every case of the suite; the same seed gives the same cases."""
    for plan in _PLANS:
        yield from _drawn_cases(seed, plan)
    for repeat in (False, True):
        for number, gap in enumerate(range(0, _GAP_END, _GAP_STEP)):
            form = "2019" if number % 8 == 7 else "2021"
            yield _libreoffice_case(seed, form, gap, repeat)
            yield _chromium_case(seed, form, gap, repeat)


def print_breaks(cases: Iterator[BreakCase]) -> Iterator[tuple[BreakCase, Printed]]:
    """Print cases in order of means, some at a time; what was cut is among the variants."""
    waiting: dict[Means, list[BreakCase]] = {means: [] for means in Means}
    for case in cases:
        waiting[case.means].append(case)
        if case.means is Means.DRAWN or len(waiting[case.means]) == _BATCH:
            yield from _print(case.means, waiting[case.means])
            waiting[case.means] = []
    for means, rest in waiting.items():
        yield from _print(means, rest)


def cuts_in(pdf: bytes, grid: Grid) -> list[Cut]:
    """Where the pages of a file end within a table, judged by where its labels stand."""
    document = pypdfium2.PdfDocument(pdf)
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    places = [_pages_of(label, pages) for label in _labels(grid)]
    found = []
    for row, place in enumerate(places, start=grid.header_rows):
        if not place:
            found.append(Cut(row, inside=True))
        elif row > grid.header_rows:
            before = places[row - 1 - grid.header_rows]
            if before and before[-1] < place[0]:
                found.append(Cut(row, inside=False))
    return found


def _labels(grid: Grid) -> list[str]:
    """The label next to the figures of each row below the header."""
    first = min(cell.col for cell in grid.cells if cell.kind is Kind.DATA)
    by_row = {
        cell.row: "".join(cell.text.split())
        for cell in grid.cells
        if cell.kind is Kind.LABEL and cell.col + cell.col_span == first
    }
    return [by_row[row] for row in range(grid.header_rows, grid.n_rows)]


def _pages_of(label: str, pages: Sequence[str]) -> list[int]:
    return [number for number, text in enumerate(pages) if label in text]


def _print(means: Means, cases: Sequence[BreakCase]) -> Iterator[tuple[BreakCase, Printed]]:
    if means is Means.DRAWN:
        printed = [print_styled(case.paper, case.style) for case in cases if case.style]
    else:
        data = (
            libreoffice_pdfs([case.document for case in cases])
            if means is Means.LIBREOFFICE
            else chromium_pdfs([case.page for case in cases])
        )
        printed = [Printed(pdf, "pdf", Layout.PDF_RULED, (f"pdf:{means}",)) for pdf in data]
    for case, file in zip(cases, printed, strict=True):
        cuts = cuts_in(file.data, case.paper.grid("applications"))
        if case.style and case.style.target and case.style.target not in cuts:
            cuts.append(case.style.target)
        names = (f"break:{_cut_name(cut)}" for cut in cuts)
        yield case, replace(file, variants=(*file.variants, *names))


def _cut_name(cut: Cut) -> str:
    return f"{'inside' if cut.inside else 'above'} row {cut.row}"


def _header_name(repeat: bool) -> str:
    return "header repeated" if repeat else "header once"


def _drawn_cases(seed: int | str, plan: _Plan) -> Iterator[BreakCase]:
    rows = {"2021": 28, "2019": 26}[plan.form]
    for repeat, inside in itertools.product((False, True), repeat=2):
        for row in range(3 if repeat or inside else 1, rows):
            cut = Cut(row, inside)
            style = replace(plan.style, repeat=repeat, split=inside, target=cut)
            name = f"break:{_cut_name(cut)}, {_header_name(repeat)}, {plan.name}"
            frame = frame_of(style)
            paper = _paper(seed, name, plan.form, style.size, frame.right - frame.left)
            yield BreakCase(name, paper, Means.DRAWN, style=style)


def _libreoffice_case(seed: int | str, form: str, gap: int, repeat: bool) -> BreakCase:
    name = f"break:gap {gap}, {_header_name(repeat)}, libreoffice"
    paper = _paper(seed, name, form, _WORD_SIZE, _WORD_WIDTH)
    document = break_docx(paper, gap, repeat=repeat)
    return BreakCase(name, paper, Means.LIBREOFFICE, document=document)


def _chromium_case(seed: int | str, form: str, gap: int, repeat: bool) -> BreakCase:
    name = f"break:gap {gap}, {_header_name(repeat)}, chromium"
    paper = _paper(seed, name, form, _WEB_SIZE, _WEB_WIDTH)
    style = BrowserStyle(size=_WEB_SIZE, thead=repeat, new_page=True, spacer=gap)
    return BreakCase(name, paper, Means.CHROMIUM, page=browser_page(paper, style))


def _paper(seed: int | str, name: str, form: str, size: float, width: float) -> Paper:
    """A faultless busy report, its labels of table three so narrow that each takes two lines."""
    rng = random.Random(f"{seed}/{name}")
    body = rng.choice(_BODIES)
    year = rng.choice(_YEARS[form])
    figures = figures_of(f"{seed}/{name}", max(year, 2022) if form == "2021" else year, COUNTY)
    figures |= _applications(rng, form)
    draft = start(body, year, figures)
    items = [Item(Role.TITLE, draft.title)]
    items += [Item(Role.TEXT, text) for text in draft.preamble]
    for part in draft.parts:
        items.append(Item(Role.HEADING, part.heading, section=part.number))
        for block in part.blocks:
            if isinstance(block, str):
                items.append(Item(Role.TEXT, block))
            elif isinstance(block, Grid):
                items.append(Item(Role.TABLE, grid=block))
    items += [Item(Role.SIGN, text) for text in draft.closing]
    paper = Paper(body, _COUNTY_NAME, year, form, items, rng, [body.full])
    paper.change("applications", _narrowed(size, width))
    return paper


def _narrowed(size: float, width: float) -> Callable[[Grid], Grid]:
    """Give the three label columns room for one, one and two letters to the line."""

    def edit(grid: Grid) -> Grid:
        labels = (1.3 * size + 4, 1.3 * size + 4, 2.4 * size + 4)
        return replace(grid, widths=(*labels, *((width - sum(labels)) / 7,) * 7))

    return edit


def _applications(rng: random.Random, form: str) -> dict[str, str]:
    """Figures of section three, few of them zero, with sums and balance that hold."""
    outcomes = [name for name, _, _ in outcome_rows(form)]
    columns: dict[str, list[int]] = {
        name: [rng.randint(1, 39) if rng.random() < 0.88 else 0 for _ in APPLICANTS]
        for name in outcomes
    }
    settled = [sum(columns[name][col] for name in outcomes) for col in range(len(APPLICANTS))]
    carried_in = [rng.randint(1, 9) for _ in APPLICANTS]
    carried_out = [rng.randint(1, 9) for _ in APPLICANTS]
    balance = zip(settled, carried_out, carried_in, strict=True)
    columns["new_received"] = [done + left - came for done, left, came in balance]
    columns |= {"carried_in": carried_in, "outcomes_total": settled, "carried_out": carried_out}
    figures: dict[str, str] = {}
    for name, values in columns.items():
        for (applicant, _), value in zip(APPLICANTS, values, strict=True):
            figures[f"applications.{name}.{applicant}"] = str(value)
        figures[f"applications.{name}.total"] = str(sum(values))
    return figures
