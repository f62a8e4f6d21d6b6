"""The large corpus: deterministic, varied, and true to what it prints."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import pytest

from extractor.rulebook import load_rulebook
from making.content import draw_paper
from making.decoys import DECOYS
from making.operators import ALL
from making.operators.base import Subject
from making.paper import Layout, NotApplicable, Paper, Printed
from making.press import joined, print_all
from making.recipe import KINDS, PYTHON_KINDS, recipe_of
from making.text_styles import TEXT_STYLES, print_text
from making.truth import truth_of
from making.web_families import SITES
from sampling.grids import Grid

INDICATORS = {
    cell.indicator
    for form in load_rulebook().forms
    for table in form.tables
    for block in table.blocks
    for cell in block.cells
}


def printed(seed: str, n: int) -> list[tuple[int, dict[str, object], Printed]]:
    recipes = [recipe_of(seed, number, PYTHON_KINDS) for number in range(n)]
    return [
        (recipe.number, truth_of("x", recipe.kind, recipe.papers, page, repeatable=True), page)
        for recipe, page in print_all(recipes)
    ]


def test_the_same_seed_gives_the_same_bytes_and_truth() -> None:
    once, twice = printed("same", 40), printed("same", 40)
    assert once == twice
    assert printed("other", 5) != once[:5]


def test_a_document_does_not_depend_on_how_many_are_made() -> None:
    few = {number: truth for number, truth, _ in printed("same", 10)}
    many = {number: truth for number, truth, _ in printed("same", 20)}
    assert all(many[number] == truth for number, truth in few.items())


def overlaps(grid: Grid) -> bool:
    taken = Counter(
        (cell.row + i, cell.col + j)
        for cell in grid.cells
        for i in range(cell.row_span)
        for j in range(cell.col_span)
    )
    return max(taken.values()) > 1 or any(column >= grid.n_cols for _, column in taken)


@pytest.mark.parametrize("number", range(60))
def test_papers_are_consistent_and_their_cells_statutory(number: int) -> None:
    paper = draw_paper(random.Random(f"paper{number}"))
    texts = paper.texts()
    assert texts.keys() <= INDICATORS
    numbers = {name: Decimal(text) for name, text in texts.items()}
    for name, total in numbers.items():
        row, _, column = name.rpartition(".")
        if row.startswith("applications.") and column == "total":
            parts = [v for n, v in numbers.items() if n.startswith(f"{row}.") and n != name]
            assert sum(parts) == total, name


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_an_operator_leaves_a_sound_paper_and_says_what_it_damaged(one: object) -> None:
    operator = next(known for known in ALL if known is one)
    applied = changed = 0
    for number in range(30):
        paper = draw_paper(random.Random(f"{operator.name}{number}"))
        before = _content(paper)
        try:
            operator.change(paper)
        except NotApplicable:
            continue
        applied += 1
        assert not any(overlaps(item.grid) for item in paper.items if item.grid is not None)
        assert paper.texts().keys() <= INDICATORS
        assert paper.damaged is (operator.subject is Subject.DAMAGE)
        assert paper.required <= paper.allowed
        changed += before != _content(paper)
        if applied == 5:
            break
    assert changed or operator.name in SELDOM


SELDOM = frozenset({"fee_without_leading_zero"})
"""Operators that need a figure which few papers have."""


def _content(paper: Paper) -> list[object]:
    return [
        (item.role, item.text, item.section, item.grid.cells if item.grid else None)
        for item in paper.items
    ]


def test_operators_and_kinds_are_as_many_as_promised() -> None:
    names = [one.name for one in ALL]
    assert len(names) == len(set(names))
    assert len(SITES) >= 8
    assert set(PYTHON_KINDS) < set(KINDS)
    assert {style.layout for style in TEXT_STYLES} == {Layout.TEXT_FREE, Layout.TEXT_TABULAR}


@pytest.mark.parametrize("style", TEXT_STYLES, ids=lambda style: style.name)
def test_flattened_text_prints_every_figure(style: object) -> None:
    own = next(known for known in TEXT_STYLES if known is style)
    paper = draw_paper(random.Random("flat"))
    page = print_text(paper, own)
    truth = truth_of("x", "text", (paper,), page, repeatable=True)
    if own.certain:
        assert truth["certain"] is True
        assert truth["clean"] is True
    else:
        assert truth["certain"] is False
        assert truth["clean"] is False


def test_a_decoy_is_told_as_no_report_and_has_no_values() -> None:
    for decoy in DECOYS:
        paper = decoy.build(random.Random(decoy.name))
        page = print_text(paper, TEXT_STYLES[0])
        truth = truth_of("x", "text", (paper,), page, repeatable=True)
        assert (truth["status"], truth["values"]) == ("not_a_report", {})
        assert truth["flags"] == ["D004"]


def test_two_reports_in_a_file_have_their_truth_in_order() -> None:
    papers = tuple(draw_paper(random.Random(f"two{n}")) for n in range(2))
    page = print_text(joined(papers), TEXT_STYLES[0])
    truth = truth_of("x", "text", papers, page, repeatable=True)
    reports = truth["reports"]
    assert isinstance(reports, list)
    assert [one["issuer"] for one in reports] == [paper.issuers[0] for paper in papers]
    assert "D005" in str(truth["flags"])
