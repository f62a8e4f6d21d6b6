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
from extractor.evaluate import BEGIN, END, Score, evaluate, score_table, update_readme
from extractor.options import Options
from extractor.report import Flag, Report, Severity, State, Status, Value
from extractor.rulebook import load_rulebook
from tests.synthetic import make_report, make_value

ISSUED, REPEALED, IN_FORCE = (
    f"disclosure.regulations.{name}" for name in ("issued", "repealed", "in_force")
)
BLANK = Flag("T008", "cell_blank", Severity.WARNING, "table", "空白")
NOTE = Flag("S002", "heading_nonstandard", Severity.INFO, "section", "标题")


def score(
    folder: Path, reports: list[Report], truth: dict[str, Any], name: str = "a.txt.json"
) -> Score:
    (folder / "truth").mkdir(exist_ok=True)
    (folder / "truth" / name).write_text(json.dumps(truth), encoding="utf-8")
    info = RunInfo((), Options(), "0", "0", datetime.now(UTC))
    write_dataset(reports, folder / "out", load_rulebook(), info)
    return evaluate(folder / "out", folder / "truth").total


def value(indicator: str, number: str | None, state: State = State.REPORTED) -> Value:
    return make_value(indicator, None if number is None else Decimal(number), state)


@pytest.mark.parametrize(
    ("read", "truth", "expected"),
    [
        (value(ISSUED, "96171.60"), "96171.6", Score(figures=1, exact=1)),
        (value(ISSUED, "0"), 0, Score(figures=1, exact=1)),
        (value(ISSUED, "3", State.INFERRED), 3, Score(figures=1, exact=1)),
        (value(ISSUED, "4"), 3, Score(figures=1, wrong=1)),
        (value(ISSUED, "0"), None, Score(wrong=1)),
        (value(ISSUED, "0"), "blank", Score(wrong=1)),
        (value(ISSUED, None, State.BLANK), None, Score()),
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
    assert found == Score(documents=1) + expected


def test_a_number_that_the_truth_does_not_know_is_wrong(tmp_path: Path) -> None:
    report = make_report(values=(value(ISSUED, "1"), value(REPEALED, "2")))
    found = score(tmp_path, [report], {"source": "a.txt", "values": {ISSUED: 1}})
    assert (found.exact, found.wrong) == (1, 1)


def test_a_document_that_was_not_read_is_declined(tmp_path: Path) -> None:
    truth = {"source": "lost.txt", "values": {ISSUED: 1, REPEALED: None}, "status": "ok"}
    found = score(tmp_path, [make_report()], truth)
    assert (found.figures, found.declined, found.asked, found.right) == (1, 1, 1, 0)


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
    assert table.splitlines()[-1].startswith("| **all** | 2 | 1 | 0 (0.00%) | 0 | 1 |")
    assert json.loads(json.dumps(evaluation.to_dict()))["total"]["documents"] == 2


def test_every_mistake_is_named(tmp_path: Path) -> None:
    report = make_report(values=(value(ISSUED, "4"),), flags=(BLANK,))
    truth = {"source": "a.txt", "values": {ISSUED: 3}, "flags": ["T001"]}
    score(tmp_path, [report], truth)
    mistakes = evaluate(tmp_path / "out", tmp_path / "truth").mistakes
    assert [(one.kind, one.subject, one.expected, one.found) for one in mistakes] == [
        ("wrong", ISSUED, "3", "4"),
        ("missed", "T001", "T001", ""),
        ("alarm", "T008", "", "T008"),
    ]


def test_the_readme_is_rewritten_between_its_marks(tmp_path: Path) -> None:
    score(tmp_path, [make_report()], {"source": "a.txt", "values": {}})
    evaluation = evaluate(tmp_path / "out", tmp_path / "truth")
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    for _ in range(2):
        update_readme(readme, evaluation)
    table = score_table(evaluation)
    assert readme.read_text(encoding="utf-8") == f"before\n{BEGIN}\n{table}\n{END}\nafter\n"


def test_what_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    score(tmp_path, [make_report()], {"source": "a.txt", "values": {}})
    evaluation = evaluate(tmp_path / "out", tmp_path / "truth")
    (tmp_path / "README.md").write_text("no marks", encoding="utf-8")
    with pytest.raises(UsageError):
        update_readme(tmp_path / "README.md", evaluation)
    with pytest.raises(UsageError):
        evaluate(tmp_path, tmp_path / "truth")
    with pytest.raises(UsageError):
        evaluate(tmp_path / "out", tmp_path / "nothing")
