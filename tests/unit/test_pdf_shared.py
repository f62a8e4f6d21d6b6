"""Real reports, and files that want to break a reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from extractor.document import Document, Table
from extractor.errors import DocumentError
from extractor.readers.pdf import read_pdf, text_in_box
from extractor.readers.request import ReadRequest
from tests.shared import SHARED, shared

REAL = ["huaian_2024", "hongze_2024"]
HOSTILE = sorted((SHARED / "hostile" / "pdf").glob("*.pdf"))


def read(path: Path) -> Document:
    return read_pdf(ReadRequest(path.read_bytes(), path.name))


def figures(tables: Iterator[Table]) -> list[float]:
    """All numbers in reading order of the cells."""
    found = []
    for table in tables:
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
            try:
                found.append(float(cell.text))
            except ValueError:
                continue
    return found


@pytest.mark.parametrize("name", REAL)
def test_every_figure_of_a_real_report_is_read_in_its_place(name: str) -> None:
    truth = json.loads(shared("real", f"{name}.truth.json").read_text("utf-8"))
    document = read(shared("real", f"{name}.pdf"))
    assert len(list(document.tables())) == 3
    assert figures(document.tables()) == [v for v in truth["values"].values() if v is not None]


@pytest.mark.parametrize("name", REAL)
def test_labels_cut_by_the_page_end_are_whole(name: str) -> None:
    document = read(shared("real", f"{name}.pdf"))
    applications = list(document.tables())[1]
    labels = {"".join(cell.text.split()): cell for cell in applications.cells}
    assert labels["（四）无法提供"].row_span == 3
    result = next(cell for text, cell in labels.items() if text == "三、本年度办理结果")
    assert result.row + result.row_span == applications.n_rows - 1


@pytest.mark.parametrize("name", REAL)
def test_reading_the_box_of_a_figure_again_gives_the_figure(name: str) -> None:
    path = shared("real", f"{name}.pdf")
    data = path.read_bytes()
    for table in read(path).tables():
        for cell in table.cells:
            if not cell.text.strip().replace(".", "").isdigit():
                continue
            assert cell.location.page is not None
            assert cell.location.box is not None
            assert text_in_box(data, cell.location.page, cell.location.box) == cell.text


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
@pytest.mark.timeout(60)
def test_hostile_file_gives_a_document_or_says_why_not(path: Path) -> None:
    document: Document | None = None
    with suppress(DocumentError):
        document = read(path)
    if document is None:
        return
    assert document.pages
    for table in document.tables():
        taken: set[tuple[int, int]] = set()
        for cell in table.cells:
            area = {
                (row, col)
                for row in range(cell.row, cell.row + cell.row_span)
                for col in range(cell.col, cell.col + cell.col_span)
            }
            assert not area & taken
            taken |= area
            assert cell.row + cell.row_span <= table.n_rows
            assert cell.col + cell.col_span <= table.n_cols


def test_hostile_files_are_there() -> None:
    shared("hostile", "pdf")
    assert len(HOSTILE) > 100
