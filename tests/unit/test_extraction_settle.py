"""Several readings of one cell: agreement, conflict, and the second reader."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extractor.document import Box, Cell, Location, Table, TableOrigin
from extractor.extraction.second import compare
from extractor.extraction.settle import Arithmetic, settle
from extractor.report import Method, Reading, State
from tests import paper

RULE = paper.RULEBOOK.form("2021").tables[0].blocks[0].cells[0]
PLACE = Location(1, Box(100, 100, 150, 120))


def reading(
    number: str | None, state: State = State.REPORTED, method: Method = Method.GRID
) -> Reading:
    value = None if number is None else Decimal(number)
    return Reading(RULE.indicator, value, number or "", "件", state, method, PLACE, 0.9)


def test_readings_that_agree_make_one_value() -> None:
    both = [reading("3"), reading("3", method=Method.STREAM)]
    (value,), findings = settle("disclosure", [RULE], both)
    assert (value.number, value.state) == (Decimal(3), State.REPORTED)
    assert not findings
    assert value.others == (both[1],)


def test_readings_that_differ_make_a_conflict_and_no_value() -> None:
    (value,), (finding,) = settle("disclosure", [RULE], [reading("3"), reading("5")])
    assert (value.number, value.state) == (None, State.UNRESOLVED)
    assert finding.name == "alignment_ambiguous"
    assert {evidence.text for evidence in finding.evidence} == {"3", "5"}


def test_no_reading_is_missing() -> None:
    (value,), findings = settle("disclosure", [RULE], [])
    assert (value.number, value.state) == (None, State.MISSING)
    assert not findings


def test_a_figure_beats_a_blank_copy_of_its_cell() -> None:
    (value,), _ = settle("disclosure", [RULE], [reading(None, State.BLANK), reading("3")])
    assert (value.number, value.state) == (Decimal(3), State.REPORTED)


def _second(text: str, box: Box) -> Table:
    cell = Cell(0, 0, 1, 1, text, Location(1, box))
    return Table(1, 1, (cell,), TableOrigin.RULED, Location(1, box))


def test_the_second_reader_agrees_differs_or_is_silent() -> None:
    (value,), _ = settle("disclosure", [RULE], [reading("3")])
    near = Box(101, 101, 151, 121)
    (agreed,), none = compare([value], [_second("3", near)])
    assert (agreed.number, agreed.state) == (Decimal(3), State.REPORTED)
    assert not none
    (differs,), (finding,) = compare([value], [_second("8", near)])
    assert (differs.number, differs.state) == (None, State.UNRESOLVED)
    assert finding.found == "3 / 8"
    (silent,), none = compare([value], [_second("8", Box(300, 300, 350, 320))])
    assert (silent, none) == (value, ())


def test_a_figure_that_only_the_second_reader_sees_is_a_conflict() -> None:
    (blank,), _ = settle("disclosure", [RULE], [replace(reading(None, State.BLANK), raw="")])
    (value,), findings = compare([blank], [_second("8", Box(100, 100, 150, 120))])
    assert value.state is State.UNRESOLVED
    assert len(findings) == 1


def test_sums_prove_figures_only_when_there_is_something_to_sum() -> None:
    outcomes = ("upheld", "corrected", "other", "pending", "total")
    zero = {f"disputes.reconsideration.{name}": Decimal(0) for name in outcomes}
    one = {**zero, "disputes.reconsideration.upheld": Decimal(1)}
    good = {**one, "disputes.reconsideration.total": Decimal(1)}
    arithmetic = Arithmetic(paper.RULEBOOK)
    assert not arithmetic.proves("2021", "disputes", zero)
    assert not arithmetic.proves("2021", "disputes", one)
    assert arithmetic.proves("2021", "disputes", good)
    assert arithmetic.refutes("2021", "disputes", one)
    assert not arithmetic.refutes("2021", "disputes", zero)
