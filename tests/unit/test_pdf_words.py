"""Words of a PDF line, whatever stands above or below them; tables that are stripes of one."""

from __future__ import annotations

import pytest

from extractor.readers.pdf_second import without_stripes
from extractor.readers.pdf_text import Run
from extractor.readers.pdf_tokens import tokens_of
from tests import paper


def run(text: str, x0: float, top: float, start: int) -> Run:
    """Characters ten points high and wide."""
    return Run(text, x0, top, x0 + 10 * len(text), top + 10, start, start + len(text))


def words(*runs: Run) -> list[str]:
    """The words of a line, its runs from left to right."""
    return [token.text for token in tokens_of(sorted(runs, key=lambda r: r.x0), ())]


def test_the_rest_of_a_heading_on_a_line_below_does_not_part_it() -> None:
    assert words(run("自", 0, 0, 0), run("然", 11, 0, 1), run("人", 6, 13, 10)) == ["自然", "人"]


@pytest.mark.parametrize(
    ("gap", "parted"), [(1.0, ["结果总计"]), (20.0, ["结果", "总计"])], ids=["near", "far"]
)
def test_words_of_one_line_are_parted_by_space_alone(gap: float, parted: list[str]) -> None:
    assert words(run("结果", 0, 0, 0), run("总计", 20 + gap, 0, 2)) == parted


def test_figures_of_two_cells_are_never_one() -> None:
    assert words(run("12", 0, 0, 0), run("3", 21, 0, 2)) == ["12", "3"]


def test_coloured_stripes_are_no_tables_and_tables_are() -> None:
    stripe, whole = paper.table([["规章", "1", "2"]]), paper.table(paper.disputes_rows())
    assert without_stripes([stripe, whole, stripe, stripe]) == ()
    assert without_stripes([stripe, whole]) == [stripe, whole]
