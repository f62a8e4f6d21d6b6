"""Confidence is what was measured for the same evidence, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extractor.extraction.confidence import Fit, Grounds, Sums, grounds_of, rate
from extractor.report import State, Value
from extractor.rulebook.instances import instances_of
from tests import paper
from tests.synthetic import make_value

RULES = {(r.method, r.fit, r.sums): r.right for r in paper.RULEBOOK.confidence}


def disputes(*numbers: int) -> list[Value]:
    """The disputes table: five figures of the first group, zeros in the others."""
    table = paper.RULEBOOK.form("2021").table("disputes")
    assert table is not None
    figures = [*numbers, *[0] * 10]
    cells = [cell for block in table.blocks for cell in block.cells]
    return [
        replace(
            make_value(f"disputes.x.{n}", Decimal(figure)),
            indicator=cell.indicator, table="disputes", row=cell.row_id, column=cell.column_id,
        )
        for n, (cell, figure) in enumerate(zip(cells, figures, strict=True))
    ]  # fmt: skip


def test_sums_that_hold_fail_or_say_nothing_are_told_apart() -> None:
    assert instances_of(paper.RULEBOOK, "2021", "disputes")
    for numbers, sums in (((1, 2, 0, 0, 3), Sums.HOLD), ((1, 2, 0, 0, 4), Sums.FAIL)):
        values = disputes(*numbers)
        grounds = grounds_of(values, paper.RULEBOOK)
        assert grounds[values[0].indicator] == Grounds("grid", Fit.SURE, sums)
        assert grounds[values[5].indicator].sums is Sums.UNTESTED


def test_a_value_has_the_share_that_was_measured_for_its_evidence() -> None:
    rated = rate(disputes(1, 2, 0, 0, 3), paper.RULEBOOK)
    assert rated[0].confidence == RULES["grid", "sure", "hold"]
    assert rated[5].confidence == RULES["grid", "sure", "untested"]


def test_evidence_that_was_seldom_met_has_the_share_of_its_method() -> None:
    kept = tuple(rule for rule in paper.RULEBOOK.confidence if not rule.sums and not rule.fit)
    few = replace(paper.RULEBOOK, confidence=kept)
    assert rate(disputes(1, 2, 0, 0, 3), few)[0].confidence == RULES["grid", "", ""]


def test_what_was_not_read_has_no_confidence() -> None:
    values = disputes(1, 2, 0, 0, 3)
    values[0] = replace(values[0], number=None, state=State.BLANK, confidence=None)
    assert rate(values, paper.RULEBOOK)[0].confidence is None


def test_no_share_is_one_and_none_is_made_of_nothing() -> None:
    assert paper.RULEBOOK.confidence
    assert all(0 < rule.right < 1 and rule.readings > 0 for rule in paper.RULEBOOK.confidence)
