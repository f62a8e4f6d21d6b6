"""Cells that hold no figure, or not the right one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from making.numbers import GLUED_LABELS, is_blank, printed_number
from making.operators.base import Operator, Subject, operators_of
from making.operators.tools import SUMS, only_grid, print_figures, reprint, tables_of
from making.paper import Paper
from making.reshape import figure_rows, figures_in, require
from sampling.forms import APPLICANTS, DISPUTE_GROUPS, DISPUTE_RESULTS, outcome_rows
from sampling.grids import Grid, GridCell, rewrite

_LOOKALIKES = str.maketrans("015", "OlS")
_CONSEQUENCES = ("T008", "T009", "T011", "N001", *SUMS)


def failing_sums(texts: Mapping[str, str], form: str) -> set[str]:
    """Codes of the sums that do not hold; a sum with a cell that says no number is left out."""
    cells = {key: printed_number(text) for key, text in texts.items()}

    def number(key: str) -> int | None:
        found = cells.get(key)
        return int(found) if found is not None and re.fullmatch(r"-?\d+", found) else None

    def differ(left: list[str], right: list[str]) -> bool:
        values = [number(key) for key in left + right]
        if any(value is None for value in values):
            return False
        known = [value for value in values if value is not None]
        return sum(known[: len(left)]) != sum(known[len(left) :])

    rows = [row for row, _, _ in outcome_rows(form)]
    kinds = [kind for kind, _ in APPLICANTS]
    failed = set[str]()
    for kind in (*kinds, "total"):
        at = {row: f"applications.{row}.{kind}" for row in rows}
        new, carried, done, left = (
            f"applications.{row}.{kind}"
            for row in ("new_received", "carried_in", "outcomes_total", "carried_out")
        )
        if differ([new, carried], [done, left]):
            failed.add("C001")
        if differ(list(at.values()), [done]):
            failed.add("C003")
    for row in ("new_received", "carried_in", *rows, "outcomes_total", "carried_out"):
        if differ([f"applications.{row}.{k}" for k in kinds], [f"applications.{row}.total"]):
            failed.add("C002")
    for group in DISPUTE_GROUPS:
        keys = [f"disputes.{group}.{result}" for result, _ in DISPUTE_RESULTS]
        if differ(keys[:-1], keys[-1:]):
            failed.add("C004")
    return failed


def _changed(paper: Paper, keys: list[str], change: int) -> None:
    """Add to some figures and note which sums fail for it."""
    texts = paper.texts()
    before = failing_sums(texts, paper.form)
    new = {key: str(int(texts[key]) + change) for key in keys}
    failed = failing_sums({**texts, **new}, paper.form) - before
    require(bool(failed), "no sum fails")
    for name in tables_of(paper):
        paper.change(name, lambda grid: print_figures(grid, new))
    paper.damage("N001", "C008", required=tuple(sorted(failed)))


def _countable(paper: Paper, table: str) -> list[str]:
    """Indicators of a table that are printed as plain counts."""
    texts = paper.texts()
    keys = [k for k in texts if k.startswith(table + ".") and re.fullmatch(r"\d+", texts[k])]
    require(bool(keys), f"no counts in {table}")
    return keys


def one_application_figure_off(paper: Paper) -> None:
    """One figure of the applications table changed, so that sums fail."""
    key = paper.rng.choice(_countable(paper, "applications"))
    _changed(paper, [key], paper.rng.choice((1, 2, 9, 10)))


def one_dispute_figure_off(paper: Paper) -> None:
    """One figure of the disputes table changed, so that a total fails."""
    key = paper.rng.choice(_countable(paper, "disputes"))
    _changed(paper, [key], paper.rng.choice((1, 2, 5)))


def balance_off(paper: Paper) -> None:
    """More received than was ever handled, in one column and the total."""
    kind = paper.rng.choice([kind for kind, _ in APPLICANTS])
    keys = [f"applications.new_received.{each}" for each in (kind, "total")]
    require(set(keys) <= set(_countable(paper, "applications")), "not plain counts")
    _changed(paper, keys, paper.rng.choice((1, 3, 10)))


def outcomes_total_off(paper: Paper) -> None:
    """One outcome too many, in one column and the total."""
    row = paper.rng.choice([row for row, _, _ in outcome_rows(paper.form)])
    kind = paper.rng.choice([kind for kind, _ in APPLICANTS])
    keys = [f"applications.{row}.{each}" for each in (kind, "total")]
    require(set(keys) <= set(_countable(paper, "applications")), "not plain counts")
    _changed(paper, keys, 1)


def some_blank(paper: Paper) -> None:
    """Some cells blank."""
    share = paper.rng.choice((0.03, 0.1, 0.3))
    reprint(paper, lambda _: "", share)
    paper.damage(*_CONSEQUENCES, "T005", required=("T008",))


def zeros_blank(paper: Paper) -> None:
    """Zeros left blank, in all tables or one."""
    names = tables_of(paper)
    chosen = names if paper.rng.random() < 0.4 else [paper.rng.choice(names)]

    def emptied(cell: GridCell) -> str:
        inside = (cell.indicator or "").partition(".")[0] in chosen
        return "" if inside and cell.text == "0" else cell.text

    reprint(paper, emptied)
    paper.damage(*_CONSEQUENCES, "T001", "T004", "T005", "T006", required=("T008",))


def all_blank(paper: Paper) -> None:
    """Every cell of one table blank."""
    name = paper.rng.choice(tables_of(paper))
    prefix = name + "."
    reprint(paper, lambda c: "" if (c.indicator or "").startswith(prefix) else c.text)
    paper.damage(*_CONSEQUENCES, "T001", "T004", "T005", "T006", required=("T008",))


def blank_form(paper: Paper) -> None:
    """Every cell of every table blank."""
    reprint(paper, lambda _: "")
    paper.damage(*_CONSEQUENCES, "T001", "T004", "T005", "T006", required=("T008",))
    paper.allowed.add("D004")


def words_for_zero(paper: Paper) -> None:
    """无 or / for some zeros."""
    word = paper.rng.choice(("无", "/", "／", "没有", "无此项", "N/A"))
    reprint(paper, lambda c: word if c.text == "0" else c.text, paper.rng.choice((0.1, 0.4)))
    paper.damage(*_CONSEQUENCES, required=("T009",))


def dashes_for_zero(paper: Paper) -> None:
    """Dashes for some zeros."""
    word = paper.rng.choice(("-", "—", "——", "－", "--"))
    reprint(paper, lambda c: word if c.text == "0" else c.text, paper.rng.choice((0.1, 0.4)))
    paper.damage(*_CONSEQUENCES, "T005")


def letters_in_figures(paper: Paper) -> None:
    """Letters that look like digits: 1O, l2."""
    reprint(
        paper,
        lambda c: c.text.translate(_LOOKALIKES) if len(c.text) > 1 else c.text,
        paper.rng.choice((0.2, 1.0)),
    )
    paper.damage(*_CONSEQUENCES, "T007")


def doubtful_figures(paper: Paper) -> None:
    """Figures that are no exact numbers: 约3, 12余, 1/2, ？."""
    form = paper.rng.choice(("约{}", "{}余", "{}/{}", "{}？", "≥{}", "{}-{}"))
    reprint(
        paper, lambda c: form.format(c.text, c.text) if c.text not in ("", "0") else c.text, 0.5
    )
    paper.damage(*_CONSEQUENCES)


def spaces_in_figures(paper: Paper) -> None:
    """Blanks between the digits of a figure: 1 362."""

    def gapped(cell: GridCell) -> str:
        at = len(cell.text) // 2 if len(cell.text) < 4 else len(cell.text) - 3
        return f"{cell.text[:at]} {cell.text[at:]}" if cell.text.isdigit() and at else cell.text

    reprint(paper, gapped)
    paper.damage(*_CONSEQUENCES, "T007")
    paper.unplaced |= set(tables_of(paper))


def row_shifted(paper: Paper) -> None:
    """The figures of a row typed one column further to the right."""
    grid = only_grid(paper, "applications")
    rows = [r for r in figure_rows(grid) if any(c.text != "0" for c in figures_in(grid, r))]
    row = paper.rng.choice(rows or figure_rows(grid))
    cells = figures_in(grid, row)
    keys = [c.indicator or "" for c in cells]
    texts = ["", *(c.text for c in cells[:-1])]
    paper.change("applications", lambda g: print_figures(g, dict(zip(keys, texts, strict=True))))
    paper.damage(*_CONSEQUENCES, required=("T008",))


def rows_slipped(paper: Paper) -> None:
    """The figures of several rows typed one row further down, the last lost, the first blank."""
    grid = only_grid(paper, "applications")
    rows = figure_rows(grid)
    top = paper.rng.randrange(2, len(rows) - 4)
    chosen = rows[top : top + 4]
    texts: dict[str, str] = {}
    for above, row in zip([None, *chosen[:-1]], chosen, strict=True):
        old = [c.text for c in figures_in(grid, above)] if above is not None else []
        for at, cell in enumerate(figures_in(grid, row)):
            texts[cell.indicator or ""] = old[at] if at < len(old) else ""
    paper.change("applications", lambda g: print_figures(g, texts))
    paper.damage(*_CONSEQUENCES, required=("T008",))


def two_in_one_cell(paper: Paper) -> None:
    """Two figures of a row in one cell, the next cell blank."""
    grid = only_grid(paper, "applications")
    cells = figures_in(grid, paper.rng.choice(figure_rows(grid)))
    at = paper.rng.randrange(len(cells) - 1)
    gap = paper.rng.choice((" ", "\n", "  "))
    left, right = cells[at], cells[at + 1]
    texts = {left.indicator or "": f"{left.text}{gap}{right.text}", right.indicator or "": ""}
    paper.change("applications", lambda g: print_figures(g, texts))
    paper.damage(*_CONSEQUENCES)
    paper.unplaced.add("applications")


def _glued(grid: Grid) -> Grid:
    labels = {c.row: c for c in grid.cells if c.text in GLUED_LABELS}
    single = {r: c for r in labels for c in figures_in(grid, r) if len(figures_in(grid, r)) == 1}
    require(bool(single), "no row with a single figure")

    def glued(cell: GridCell) -> GridCell | None:
        if cell in single.values():
            return None
        if cell not in [labels[row] for row in single]:
            return cell
        figure = single[cell.row]
        span = figure.col + figure.col_span - cell.col
        text = cell.text + figure.text
        return replace(cell, text=text, col_span=span, indicator=figure.indicator)

    return replace(grid, cells=tuple(g for c in grid.cells if (g := glued(c)) is not None))


def figures_glued_to_labels(paper: Paper) -> None:
    """Label and figure in one cell: 行政许可12."""
    paper.change("disclosure", _glued)
    paper.damage(*_CONSEQUENCES, "T004", "T005", "T007")
    paper.unplaced.add("disclosure")


def fractions_for_counts(paper: Paper) -> None:
    """A fractional or negative count."""
    keys = _countable(paper, "applications")
    key = paper.rng.choice(keys)
    other = paper.rng.choice(("2.5", "-1", "0.5", "-3"))
    paper.change("applications", lambda g: print_figures(g, {key: other}))
    paper.damage("N001", *SUMS, required=("C005",))


def regulations_of_a_town(paper: Paper) -> None:
    """Regulations reported by a body that cannot make any."""
    require(paper.form == "2021" and paper.body.level in ("town", "street"), "another body")
    key = "disclosure.regulations.in_force"
    require(paper.texts().get(key) == "0", "no such cell")
    count = str(paper.rng.randint(1, 6))
    paper.change("disclosure", lambda g: print_figures(g, {key: count}))
    paper.damage("C008", required=("C009",))


def totals_only(paper: Paper) -> None:
    """Figures of the 总计 column only; the kinds of applicants are blank."""
    grid = only_grid(paper, "applications")

    def emptied(cell: GridCell) -> GridCell:
        key = cell.indicator or ""
        return cell if not key or key.endswith(".total") else replace(cell, text="")

    require(any(not is_blank(c.text) for c in grid.cells if c.indicator), "blank already")
    paper.change("applications", lambda g: rewrite(g, emptied))
    paper.damage(*_CONSEQUENCES, "T005", required=("T008",))


OPERATORS: tuple[Operator, ...] = operators_of(
    Subject.DAMAGE,
    {
        one_application_figure_off: 4,
        one_dispute_figure_off: 2,
        balance_off: 2,
        outcomes_total_off: 2,
        some_blank: 4,
        zeros_blank: 4,
        all_blank: 2,
        blank_form: 1,
        words_for_zero: 3,
        dashes_for_zero: 2,
        letters_in_figures: 1,
        doubtful_figures: 1,
        spaces_in_figures: 1,
        row_shifted: 3,
        rows_slipped: 1,
        two_in_one_cell: 1,
        figures_glued_to_labels: 1,
        fractions_for_counts: 1,
        regulations_of_a_town: 1,
        totals_only: 1,
    },
)
