"""Scores against ground truth: nothing wrong may count as right."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.dataset.run import RunInfo
from extractor.dataset.writer import write_dataset
from extractor.errors import UsageError
from extractor.evaluate import (
    Cause,
    Evaluation,
    Rate,
    Score,
    about_corpus,
    full_text,
    raise_floors,
    read_floors,
    score_table,
    shortfalls,
    update_readme,
)
from extractor.evaluate import evaluate as evaluate_with
from extractor.options import Options
from extractor.report import Flag, Report, Section, Severity, State, Status, Value
from extractor.rulebook import load_rulebook
from tests.synthetic import PLACE, make_report, make_value

RULES = load_rulebook()
ISSUED, REPEALED, IN_FORCE = (
    f"disclosure.regulations.{name}" for name in ("issued", "repealed", "in_force")
)
BLANK = Flag("T008", "cell_blank", Severity.WARNING, "table", "空白")
NOTE = Flag("S002", "heading_nonstandard", Severity.INFO, "section", "标题")


def evaluate(dataset: Path, truth: Path) -> Evaluation:
    return evaluate_with(dataset, truth, RULES)


def score(
    folder: Path, reports: list[Report], truth: dict[str, Any], name: str = "a.txt.json"
) -> Score:
    (folder / "truth").mkdir(exist_ok=True)
    (folder / "truth" / name).write_text(json.dumps(truth), encoding="utf-8")
    info = RunInfo((), Options(), "0", "0", datetime.now(UTC))
    write_dataset(reports, folder / "out", RULES, info)
    return evaluate(folder / "out", folder / "truth").total


def value(indicator: str, number: str | None, state: State = State.REPORTED) -> Value:
    return make_value(indicator, None if number is None else Decimal(number), state)


@pytest.mark.parametrize(
    ("read", "truth", "expected"),
    [
        (value(ISSUED, "96171.60"), "96171.6", Score(figures=1, exact=1)),
        (value(ISSUED, "0"), 0, Score(figures=1, exact=1)),
        (value(ISSUED, "3", State.INFERRED), 3, Score(figures=1, exact=1)),
        (value(ISSUED, "4"), 3, Score(figures=1, silent=1)),
        (value(ISSUED, "0"), None, Score(blanks=1, silent=1, zeroed=1)),
        (value(ISSUED, "0"), "blank", Score(blanks=1, silent=1, zeroed=1)),
        (value(ISSUED, "5"), None, Score(blanks=1, silent=1, phantoms=1)),
        (value(ISSUED, None, State.BLANK), None, Score(blanks=1)),
        (value(ISSUED, None, State.BLANK), 0, Score(figures=1, declined=1)),
        (value(ISSUED, "3", State.UNRESOLVED), 3, Score(figures=1, declined=1)),
    ],
)
def test_a_cell_is_exact_wrong_or_declined(
    tmp_path: Path, read: Value, truth: object, expected: Score
) -> None:
    found = score(
        tmp_path, [make_report(values=(read,))], {"source": "a.txt", "values": {ISSUED: truth}}
    )
    whole = not (expected.silent or expected.declined)
    assert found == Score(documents=1, tables=1, tables_exact=whole) + expected


def test_a_number_that_the_truth_does_not_know_is_wrong(tmp_path: Path) -> None:
    report = make_report(values=(value(ISSUED, "1"), value(REPEALED, "2")))
    found = score(tmp_path, [report], {"source": "a.txt", "values": {ISSUED: 1}})
    assert (found.exact, found.wrong) == (1, 1)


def test_a_cell_printed_twice_and_not_alike_is_not_judged(tmp_path: Path) -> None:
    truth = {"source": "a.txt", "values": {ISSUED: 1, REPEALED: 2}, "unjudged": [ISSUED]}
    report = make_report(values=(value(ISSUED, "9"), value(REPEALED, "2")))
    found = score(tmp_path, [report], truth)
    assert (found.figures, found.exact, found.wrong) == (1, 1, 0)


def test_a_document_that_was_not_read_is_declined(tmp_path: Path) -> None:
    truth = {"source": "lost.txt", "values": {ISSUED: 1, REPEALED: None}, "status": "ok"}
    found = score(tmp_path, [make_report()], truth)
    assert (found.figures, found.declined, found.asked, found.right) == (1, 1, 1, 0)


def test_what_other_reports_of_the_batch_show_is_no_false_alarm(tmp_path: Path) -> None:
    truth = {"source": "a.txt", "values": {ISSUED: 1}, "clean": True, "flags": []}
    twice = Flag("D008", "duplicate_document", Severity.WARNING, "batch", "重复")
    report = replace(make_report(values=(value(ISSUED, "1"),)), flags=(twice,))
    found = score(tmp_path, [report], truth)
    assert (found.clean, found.alarmed, found.false_alarms) == (1, 0, 0)


def test_several_reports_in_a_file_are_scored_in_order(tmp_path: Path) -> None:
    first, second = (make_report("b.txt", (value(ISSUED, number),)) for number in "12")
    truth = {"source": "b.txt", "reports": [{"values": {ISSUED: 1}}, {"values": {ISSUED: 2}}]}
    reports = [first, _second(second)]
    assert score(tmp_path, reports, truth).exact == 2
    extra = {"source": "b.txt", "reports": [{"values": {ISSUED: 1}}]}
    assert score(tmp_path, reports, extra).wrong == 1


def _second(report: Report) -> Report:
    return replace(report, report_id=f"{report.report_id}-2")


@pytest.mark.parametrize(
    ("flags", "truth", "expected"),
    [
        ((BLANK,), {"flags": ["T008"]}, (1, 1, 0)),
        ((), {"flags": ["T008"]}, (1, 0, 0)),
        ((BLANK,), {"flags": [], "clean": True}, (0, 0, 1)),
        ((BLANK, BLANK), {"flags": [], "allowed": ["T008"]}, (0, 0, 0)),
        ((NOTE,), {"flags": [], "clean": True}, (0, 0, 0)),
        ((BLANK,), {}, (0, 0, 0)),
    ],
)
def test_findings_are_found_missed_or_false(
    tmp_path: Path,
    flags: tuple[Flag, ...],
    truth: dict[str, Any],
    expected: tuple[int, int, int],
) -> None:
    told = {"source": "a.txt", "values": {}, **truth}
    found = score(tmp_path, [make_report(flags=flags)], told)
    assert (found.defects, found.found, found.false_alarms) == expected


def test_identity_is_judged_where_a_report_can_be_read(tmp_path: Path) -> None:
    report = make_report()
    right = {"issuer": report.identity.issuer, "year": 2023, "format": "2021", "status": "ok"}
    found = score(tmp_path, [report], {"source": "a.txt", "values": {}, **right})
    assert (found.asked, found.right) == (4, 4)
    wrong = right | {"year": 2022, "format": "mixed"}
    found = score(tmp_path, [report], {"source": "a.txt", "values": {}, **wrong})
    assert (found.asked, found.right) == (4, 2)
    broken = make_report(status=Status.UNREADABLE, issuer="", year=None, form="")
    told = {"source": "a.txt", "values": {}, **right, "status": "unreadable"}
    found = score(tmp_path, [broken], told)
    assert (found.asked, found.right) == (1, 1)


def test_truth_without_a_source_is_matched_by_name(tmp_path: Path) -> None:
    truth = {"values": {ISSUED: 1}, "format": "2021", "applications_rows": "2019"}
    report = make_report(values=(value(ISSUED, "1"),), form="mixed")
    found = score(tmp_path, [report], truth, "a.truth.json")
    assert (found.exact, found.right) == (1, 1)


def test_results_are_grouped_by_format(tmp_path: Path) -> None:
    score(tmp_path, [make_report("a.pdf"), make_report("a.txt")], {"source": "a.txt", "values": {}})
    (tmp_path / "truth" / "b.json").write_text(
        json.dumps({"source": "a.pdf", "values": {IN_FORCE: 2}}), encoding="utf-8"
    )
    evaluation = evaluate(tmp_path / "out", tmp_path / "truth")
    assert list(evaluation.by_format) == ["PDF", "Text"]
    assert evaluation.by_format["PDF"].declined == 1
    table = score_table(evaluation)
    assert table.splitlines()[-1].startswith("| **all** | 2 | 1 | 0 (0.00%) | 0 | 0 | 1 |")
    assert json.loads(json.dumps(evaluation.to_dict()))["total"]["documents"] == 2


def test_every_mistake_is_named(tmp_path: Path) -> None:
    report = make_report(values=(value(ISSUED, "4"),), flags=(BLANK,))
    truth = {"source": "a.txt", "values": {ISSUED: 3}, "flags": ["T001"]}
    score(tmp_path, [report], truth)
    mistakes = evaluate(tmp_path / "out", tmp_path / "truth").mistakes
    assert [(one.kind, one.subject, one.expected, one.found) for one in mistakes] == [
        ("silent", ISSUED, "3", "4"),
        ("missed", "T001", "T001", ""),
        ("alarm", "T008", "", "T008"),
    ]


def test_the_readme_is_rewritten_between_its_marks(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    begin, end = "<!-- real:begin -->", "<!-- real:end -->"
    readme.write_text(f"before\n{begin}\nold\n{end}\nafter\n", encoding="utf-8")
    for _ in range(2):
        update_readme(readme, "real", "new")
    assert readme.read_text(encoding="utf-8") == f"before\n{begin}\nnew\n{end}\nafter\n"


ROW = [f"applications.granted.{name}" for name in ("natural_person", "business", "total")]
COLUMN = ["applications.granted.business", "applications.new_received.business"]


@pytest.mark.parametrize(
    ("truth", "read", "cause"),
    [
        ({ROW[0]: 3, ROW[1]: 8}, {ROW[0]: 8}, Cause.COLUMN_SHIFTED),
        ({COLUMN[0]: 3, COLUMN[1]: 8}, {COLUMN[0]: 8}, Cause.ROW_SHIFTED),
        ({ROW[0]: 3}, {ROW[0]: 30}, Cause.NUMBER_MISREAD),
        ({ROW[0]: None}, {ROW[0]: 0}, Cause.BLANK_AS_ZERO),
        ({ROW[0]: None}, {ROW[0]: 2}, Cause.PHANTOM),
        ({}, {ROW[0]: 0}, Cause.PHANTOM),
    ],
)
def test_a_wrong_number_has_a_cause(
    tmp_path: Path, truth: dict[str, int | None], read: dict[str, int], cause: Cause
) -> None:
    values = tuple(value(name, str(number)) for name, number in read.items())
    score(tmp_path, [make_report(values=values)], {"source": "a.txt", "values": truth})
    causes = evaluate(tmp_path / "out", tmp_path / "truth").causes
    assert causes[("silent", cause)] == 1


@pytest.mark.parametrize(
    ("states", "sections", "cause"),
    [
        ((None, None), (), Cause.SECTION_MISSED),
        ((None, None), (3,), Cause.TABLE_MISSED),
        ((None, State.REPORTED), (), Cause.LABEL_MISSED),
        ((State.UNRESOLVED, State.REPORTED), (), Cause.LEFT_OPEN),
        ((State.INVALID, State.REPORTED), (), Cause.NUMBER_MISREAD),
    ],
)
def test_a_declined_number_has_a_cause(
    tmp_path: Path,
    states: tuple[State | None, State | None],
    sections: tuple[int, ...],
    cause: Cause,
) -> None:
    values = tuple(
        value(name, "1" if state is State.REPORTED else None, state or State.MISSING)
        for name, state in zip(ROW, states, strict=False)
    )
    found = tuple(Section(n, "", "", n, PLACE, (), "") for n in sections)
    report = make_report(values=values, sections=found)
    score(tmp_path, [report], {"source": "a.txt", "values": {ROW[0]: 1, ROW[1]: 1}})
    evaluation = evaluate(tmp_path / "out", tmp_path / "truth")
    assert {m.cause for m in evaluation.mistakes if m.subject == ROW[0]} == {cause}


def test_a_crash_counts_as_all_missed(tmp_path: Path) -> None:
    truth = {"source": "gone.pdf", "values": {ISSUED: 1}, "sections": [1, 2], "year": 2023}
    found = score(tmp_path, [make_report()], truth)
    assert (found.declined, found.sections, found.sections_right) == (1, 2, 0)
    assert (found.years, found.years_right) == (1, 0)
    causes = evaluate(tmp_path / "out", tmp_path / "truth").causes
    assert causes == {("declined", Cause.DOCUMENT_MISSED): 1}


SUM = Flag("C002", "applications_row_total", Severity.ERROR, "check", "行", table="applications")


@pytest.mark.parametrize(
    ("flag", "spoken_of"),
    [
        (replace(SUM, indicator=ROW[2]), True),
        (replace(SUM, indicator="applications.partly_granted.total"), False),
        (replace(SUM, indicator="applications.outcomes_total.business"), False),
        (replace(SUM, code="T008", indicator=ROW[2]), False),
        (replace(SUM, code="T008", indicator=ROW[0]), True),
        (replace(SUM, code="T004"), True),
        (replace(SUM, code="T004", table="disputes"), False),
        (replace(SUM, code="T004", severity=Severity.INFO), False),
    ],
)
def test_a_wrong_number_is_flagged_where_a_finding_speaks_of_it(
    tmp_path: Path, flag: Flag, spoken_of: bool
) -> None:
    report = make_report(values=(value(ROW[0], "4"),), flags=(flag,))
    found = score(tmp_path, [report], {"source": "a.txt", "values": {ROW[0]: 3}})
    assert (found.flagged, found.silent) == (int(spoken_of), int(not spoken_of))


def test_intervals_hold_the_share_and_narrow_with_cases() -> None:
    assert Rate("", 0, 0).interval() == (0.0, 1.0)
    low, high = Rate("", 0, 100_000).interval()
    assert low == 0.0
    assert 0.00003 < high < 0.00005
    few, many = Rate("", 9, 10).interval(), Rate("", 900, 1000).interval()
    assert few[0] < many[0] < 0.9 < many[1] < few[1]


def test_confidence_is_set_against_what_was_right(tmp_path: Path) -> None:
    values = (
        replace(value(ISSUED, "1"), confidence=0.9),
        replace(value(REPEALED, "2"), confidence=0.9),
        replace(value(IN_FORCE, "3"), confidence=1.0),
    )
    told = {"source": "a.txt", "values": {ISSUED: 1, REPEALED: 9, IN_FORCE: 3}}
    score(tmp_path, [make_report(values=values)], told)
    reliability = evaluate(tmp_path / "out", tmp_path / "truth").reliability
    assert [(one.readings, one.right) for one in reliability.bins] == [(2, 1), (1, 1)]
    assert reliability.error == pytest.approx(abs(1 - 0.9 * 2) / 3)


def test_floors_only_rise(tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"

    def measure(read: str) -> Evaluation:
        told = {"source": "a.txt", "values": {ISSUED: 3}, "clean": True, "layout": "text-free"}
        report = make_report(values=(value(ISSUED, read),))
        score(tmp_path, [report], told)
        return evaluate(tmp_path / "out", tmp_path / "truth")

    poor = measure("4")
    raise_floors(floors, poor, "make it")
    assert not shortfalls(read_floors(floors), poor)
    good = measure("3")
    raise_floors(floors, good, "make it")
    low = shortfalls(read_floors(floors), measure("4"))
    assert any("layout/text-free/cells exact" in line for line in low)
    assert any(line.startswith("silent: 1 > 0") for line in low)
    with pytest.raises(UsageError, match="only rise"):
        raise_floors(floors, measure("4"), "make it")
    (own,) = read_floors(floors)
    with pytest.raises(UsageError, match="no floors for this corpus"):
        shortfalls([replace(own, digest="0")], good)


def test_floors_of_several_corpora_stand_side_by_side(tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    for number, corpus in (("3", "first"), ("5", "second")):
        told = {"source": "a.txt", "values": {ISSUED: number}, "clean": True}
        score(tmp_path, [make_report(values=(value(ISSUED, number),))], told)
        raise_floors(floors, evaluate(tmp_path / "out", tmp_path / "truth"), corpus)
    assert [one.corpus for one in read_floors(floors)] == ["first", "second"]


def test_the_text_names_every_group_and_how_the_corpus_was_made(tmp_path: Path) -> None:
    told = {"source": "a.txt", "values": {ISSUED: 3}, "format": "2021", "clean": True}
    told |= {"layout": "text-free", "operators": ["aliases"], "variants": ["gap:2"]}
    score(tmp_path, [make_report(values=(value(ISSUED, "3"),))], told)
    text = full_text(evaluate(tmp_path / "out", tmp_path / "truth"))
    for name in ("text-free", "2021", "aliases", "gap:2", "95 % interval"):
        assert name in text
    assert about_corpus(tmp_path / "truth", None) == ""
    made = {"command": "make it", "seed": "7", "documents": 1500}
    (tmp_path / "truth" / "corpus.json").write_text(json.dumps(made), encoding="utf-8")
    day = datetime(2026, 11, 23, tzinfo=UTC).date()
    about = about_corpus(tmp_path / "truth", day)
    assert about == "Measured on 2026-11-23, 1,500 documents, seed 7 (`make it`)."


def test_what_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    score(tmp_path, [make_report()], {"source": "a.txt", "values": {}})
    evaluation = evaluate(tmp_path / "out", tmp_path / "truth")
    (tmp_path / "README.md").write_text("no marks", encoding="utf-8")
    with pytest.raises(UsageError):
        update_readme(tmp_path / "README.md", "results", full_text(evaluation))
    with pytest.raises(UsageError):
        evaluate(tmp_path, tmp_path / "truth")
    with pytest.raises(UsageError):
        evaluate(tmp_path / "out", tmp_path / "nothing")
