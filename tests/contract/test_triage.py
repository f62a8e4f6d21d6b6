"""Living with findings: set aside with a reason, known from before, printed for other programs."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from extractor.rulebook.loader import shipped_rules
from tests.contract.test_cli import nianbao

NAME = "望澜镇2023年报告.txt"
BODY = "澄漪县望澜镇人民政府"
ROW = "| （七）总计 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with one report whose outcomes total is wrong in one cell."""
    text = shipped_rules().joinpath("flags", "base", "report-2021.txt").read_text(encoding="utf-8")
    assert ROW in text
    (tmp_path / "in").mkdir()
    wrong = text.replace(ROW, ROW.replace("| 4 |", "| 6 |"))
    (tmp_path / "in" / NAME).write_text(wrong, encoding="utf-8")
    return tmp_path


def suppress(folder: Path, text: str, name: str = "suppress.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def codes(folder: Path, *more: object) -> set[str]:
    done = nianbao("check", folder / "in", "--output-format", "json", "--quiet", *more)
    assert done.stderr == "" or done.returncode < 2, done.stderr
    return {row["code"] for row in json.loads(done.stdout)}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


CHINESE = (
    "代码,单位,年度,理由,填写人,到期日\nC002,{body},2023,原件如此，已核实,审核岗,2099年12月31日\n"
)
HEAD = "code,body,year,reason,author,expires\n"


def test_the_report_fails_three_sums_because_of_one_cell(reports: Path) -> None:
    done = nianbao("check", reports / "in", "--output-format", "json", "--quiet")
    found = json.loads(done.stdout)
    assert {row["code"] for row in found} == {"C001", "C002", "C003"}
    assert all("印的是 6，如果是 4" in row["message"] for row in found)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_finding_is_set_aside_and_stays_in_a_table_of_its_own(
    reports: Path, encoding: str
) -> None:
    body = json.loads(
        nianbao("check", reports / "in", "--output-format", "json", "--quiet").stdout
    )[0]["issuer"]
    path = suppress(reports, CHINESE.format(body=body), encoding=encoding)
    out = reports / "out"

    done = nianbao("extract", reports / "in", "-o", out, "--suppress", path)

    assert done.returncode == 0, done.stderr
    assert "按清单搁置：1 处" in done.stderr
    assert {row["code"] for row in rows(out / "flags.csv")} == {"C001", "C003"}
    (aside,) = rows(out / "suppressed.csv")
    assert (aside["code"], aside["author"], aside["expires"]) == ("C002", "审核岗", "2099-12-31")
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["suppressions"]["set_aside"] == {"suppress.csv:2": 1}

    nianbao("extract", reports / "in", "-o", out)
    assert not (out / "suppressed.csv").exists()


def test_a_report_whose_findings_are_all_set_aside_is_in_order(reports: Path) -> None:
    entries = "".join(f"{c},{NAME},,known,auditor,2099-01-01\n" for c in ("C001", "C002", "C003"))
    path = suppress(reports, HEAD + entries)

    done = nianbao("check", reports / "in", "--suppress", path)

    assert (done.returncode, done.stdout) == (0, "")


def test_unused_and_expired_entries_are_named_and_an_expired_one_does_nothing(
    reports: Path,
) -> None:
    path = suppress(
        reports,
        f"{HEAD}C002,{NAME},,known,auditor,2020-01-31\nT001,{NAME},,known,auditor,2099-01-31\n",
    )

    done = nianbao("check", reports / "in", "--suppress", path, "--lang", "en")

    assert "C002" in done.stdout
    assert "set nothing aside: suppress.csv:3" in done.stderr
    assert "have expired and do nothing any more: suppress.csv:2" in done.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{HEAD}C002,甲镇,,,auditor,2099-01-01\n", "suppress.csv:2: reason"),
        (f"{HEAD}C002,甲镇,,known,,2099-01-01\n", "suppress.csv:2: author"),
        (f"{HEAD}C002,甲镇,,known,auditor,\n", "suppress.csv:2: expires"),
        (f"{HEAD}C002,甲镇,,known,auditor,2099-02-31\n", "suppress.csv:2: expires"),
        (f"{HEAD}X999,甲镇,,known,auditor,2099-01-01\n", "suppress.csv:2: code"),
        (f"{HEAD}C002,甲镇,23,known,auditor,2099-01-01\n", "suppress.csv:2: year"),
        ("code,body,reason,author,expires,note\nC002,甲,a,b,2099-01-01,c\n", "2: note"),
    ],
)
def test_a_fault_of_the_file_is_told_with_line_and_key(reports: Path, text: str, told: str) -> None:
    done = nianbao("check", reports / "in", "--suppress", suppress(reports, text))
    assert done.returncode == 2
    assert told in done.stderr


def test_the_file_may_be_yaml(reports: Path) -> None:
    path = suppress(
        reports,
        "suppressions:\n"
        f"  - code: C002\n    body: {NAME}\n    reason: 已核实\n    author: 审核岗\n"
        "    expires: 2099-12-31\n",
        "suppress.yaml",
    )
    assert codes(reports, "--suppress", path) == {"C001", "C003"}


def test_only_what_is_new_since_the_baseline_is_listed(reports: Path) -> None:
    base = reports / "base"
    nianbao("extract", reports / "in", "-o", base)
    assert codes(reports, "--baseline", base) == set()

    source = reports / "in" / NAME
    text = source.read_text(encoding="utf-8")
    source.unlink()
    moved = "\n\n" + text.replace("| 行政许可 | 12 |", "| 行政许可 | -12 |").replace(
        "| 6 |", "| 4 |"
    )
    (reports / "in" / "另一个文件名.txt").write_text(moved, encoding="utf-8")
    done = nianbao("check", reports / "in", "--baseline", base)

    assert [line.split()[1] for line in done.stdout.splitlines()] == ["C005"]
    assert done.returncode == 1
    assert "0 处以前已有，未再列出；3 处已经没有了" in done.stderr


def test_a_baseline_that_is_no_dataset_is_refused(reports: Path) -> None:
    done = nianbao("check", reports / "in", "--baseline", reports / "in")
    assert done.returncode == 2
    assert "--baseline" in done.stderr


def sarif(folder: Path, *more: object) -> dict[str, Any]:
    done = nianbao("check", folder / "in", "--output-format", "sarif", "--quiet", *more)
    log: dict[str, Any] = json.loads(done.stdout)
    return log


def test_sarif_has_what_its_schema_asks_for(reports: Path) -> None:
    log = sarif(reports)

    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["C001", "C002", "C003"]
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["properties"]["title_en"] != rule["properties"]["title_zh"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].isascii()
        assert place["region"]["startLine"] > 1
        assert result["relatedLocations"]
    marks = [result["partialFingerprints"]["finding/v1"] for result in run["results"]]
    assert len(set(marks)) == len(marks)


def test_sarif_knows_a_finding_again_under_another_file_name(reports: Path) -> None:
    def marks() -> set[str]:
        results = sarif(reports)["runs"][0]["results"]
        return {result["partialFingerprints"]["finding/v1"] for result in results}

    before = marks()
    (reports / "in" / NAME).rename(reports / "in" / "a b#c.txt")
    assert marks() == before
    uri = sarif(reports)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert uri["artifactLocation"]["uri"] == "a%20b%23c.txt"


def test_markdown_has_a_table_for_the_report_and_no_stray_mark(reports: Path) -> None:
    (reports / "in" / NAME).rename(reports / "in" / "a_b|c.txt")
    done = nianbao("check", reports / "in", "--output-format", "markdown", "--quiet")

    lines = done.stdout.splitlines()
    assert lines[0] == "# 年度报告检查结果"
    assert r"## a\_b\|c.txt" in lines
    body = [line for line in lines if line.startswith("| C002")]
    assert len(body) == 2
    assert all(line.replace(r"\|", "").count("|") in (5, 6) for line in body)


def test_verbose_text_gives_the_basis(reports: Path) -> None:
    done = nianbao("check", reports / "in", "--verbose", "--lang", "en")
    assert "    Basis: " in done.stdout


def test_every_outcome_is_counted_with_its_reason(reports: Path) -> None:
    out = reports / "out"
    nianbao("extract", reports / "in", "-o", out)
    checks = json.loads((out / "run.json").read_text(encoding="utf-8"))["checks"]
    assert checks["C001"]["holds"] == 6
    assert checks["C001"]["broken"] == 1
    for counts in checks.values():
        for outcome in ("not_applicable", "could_not_judge"):
            assert bool(counts[outcome]) == bool(counts["reasons"].get(outcome))
