"""Year against year: what was carried over, what is in force, and tables handed in twice."""

from __future__ import annotations

import json
import random
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.across import checked_batch
from extractor.batch import extract_dataset
from extractor.dataset.previous import read_previous
from extractor.digest import Digest, digest_of
from extractor.errors import UsageError
from extractor.options import Lang, Options
from extractor.pipeline import extract_reports
from extractor.report import Flag, Outcome, Report, Severity
from extractor.rulebook import check_rules, load_rulebook
from extractor.rulebook.loader import shipped_rules
from tests.panel import (
    COLUMNS,
    ITEMS,
    ROWS,
    across,
    ended,
    ends,
    findings,
    history,
    make_digest,
    told,
    with_numbers,
    without,
)

RULES = load_rulebook()
TOWN = "澄漪县望澜镇人民政府"
IN_ROW = "| 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |"
OUT_ROW = "| 四、结转下年度继续办理 | 1 | 1 | 0 | 0 | 0 | 0 | 2 |"
CARRIED_IN = {f"applications.carried_in.{column}": 0 for column in COLUMNS}
CARRIED_OUT = {f"applications.carried_out.{column}": 0 for column in COLUMNS}
TOTAL = "carried_in_from_last_year_total"


def text_of(year: int, *changes: tuple[str, str], form: str = "2021") -> bytes:
    """The synthetic report as one of another year, with other rows."""
    base = shipped_rules().joinpath("flags", "base", f"report-{form}.txt")
    text = base.read_text(encoding="utf-8")
    own = {"2021": 2023, "2019": 2020}[form]
    text = text.replace(str(own + 1), "NEXT").replace(str(own), str(year))
    for old, new in (*changes, ("NEXT", str(year + 1))):
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def read(data: bytes, name: str) -> Report:
    return extract_reports(data, name, RULES, Options())[0]


def flags_of(reports: list[Report], source: str, options: Options | None = None) -> list[Flag]:
    with checked_batch(reports, RULES, options or Options()) as batch:
        return [flag for one in batch.reports if one.source == source for flag in one.flags]


def town(year: int, **numbers: int) -> Digest:
    """A town's report that carries nothing over, but for what is given."""
    digest = make_digest(TOWN, year, CARRIED_IN | CARRIED_OUT)
    return with_numbers(digest, **{f"applications__{k}": n for k, n in numbers.items()})


# What a user sees


def test_finding_names_both_figures_the_other_report_and_the_cell() -> None:
    reports = [read(text_of(2022), "2022/望澜镇.txt"), read(text_of(2023), "2023/望澜镇.txt")]
    flags = [f for f in flags_of(reports, "2023/望澜镇.txt") if f.code == "C006"]
    total = next(flag for flag in flags if flag.severity is Severity.ERROR)
    assert (total.expected, total.found) == ("2", "1")
    assert total.indicator == "applications.carried_in.total"
    assert "2022/望澜镇.txt" in total.message
    assert "“总计”列" in total.message
    cell = next(v for v in reports[1].values if v.indicator == total.indicator)
    assert total.location == cell.location != reports[1].sections[0].location
    assert {flag.severity for flag in flags if flag is not total} == {Severity.WARNING}
    assert [flag.indicator for flag in flags if flag is not total] == [
        "applications.carried_in.business"
    ]


def test_message_in_english() -> None:
    reports = [read(text_of(2022), "2022.txt"), read(text_of(2023), "2023.txt")]
    flags = flags_of(reports, "2023.txt", Options(lang=Lang.EN))
    message = next(flag.message for flag in flags if flag.code == "C006")
    assert message.startswith("Carried in, column “总计”, is 1; last year's report carried out 2.")
    assert "2022.txt" in message


def test_nothing_is_said_of_the_earlier_year() -> None:
    reports = [read(text_of(2022), "2022.txt"), read(text_of(2023), "2023.txt")]
    assert flags_of(reports, "2022.txt") == []


def test_previous_dataset_stands_for_last_year(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "望澜镇.txt").write_bytes(text_of(2022))
    extract_dataset([tmp_path / "in"], tmp_path / "old", Options(), RULES)
    options = Options(previous=tmp_path / "old")
    report = read(text_of(2023), "新.txt")
    found = flags_of([report], "新.txt", options)
    beside = flags_of([read(text_of(2022), "望澜镇.txt"), report], "新.txt")
    assert [(f.code, f.message) for f in found] == [(f.code, f.message) for f in beside]
    assert "C006" in {flag.code for flag in found}


def test_a_dataset_gives_the_digests_of_its_reports(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    files = {"甲.txt": text_of(2022), "乙.txt": text_of(2020, form="2019")}
    files["丙.txt"] = text_of(2023, (IN_ROW, IN_ROW.replace("| 1 | 0 |", "|  | 0 |", 1)))
    files["丁.txt"] = "会议通知\n请各科室参加。\n".encode()
    for name, data in files.items():
        (tmp_path / "in" / name).write_bytes(data)
    extract_dataset([tmp_path / "in"], tmp_path / "out", Options(), RULES)
    known = {digest.key.source: digest for digest in read_previous(tmp_path / "out")}
    assert known.keys() == files.keys()
    for name, data in files.items():
        own = digest_of(read(data, name))
        assert known[name].numbers == own.numbers
        assert known[name].identity == own.identity
        assert (known[name].key, known[name].sha256) == (own.key, own.sha256)
        assert [p.section for p in known[name].passages] == [p.section for p in own.passages]
        assert {t: f for t, f in known[name].forms.items() if own.forms.get(t)} == {
            t: f for t, f in own.forms.items() if f
        }


@pytest.mark.parametrize("damage", ["nothing", "other", "no values", "columns"])
def test_what_is_no_dataset_is_refused_in_both_languages(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "old"
    if damage != "nothing":
        (tmp_path / "甲.txt").write_bytes(text_of(2022))
        extract_dataset([tmp_path / "甲.txt"], folder, Options(), RULES)
    if damage == "other":
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        text = json.dumps(package | {"name": "other"})
        (folder / "datapackage.json").write_text(text, encoding="utf-8")
    if damage == "no values":
        (folder / "values.csv").unlink()
    if damage == "columns":
        (folder / "reports.csv").write_text("source\r\na.txt\r\n", encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_previous(folder)
    assert str(folder) in error.value.zh
    assert str(folder) in error.value.en


# Forms and what is missing


def test_carried_figures_chain_over_a_change_of_form_and_documents_do_not() -> None:
    old = read(text_of(2020, form="2019"), "2020.txt")
    new = read(text_of(2021), "2021.txt")
    flags = flags_of([old, new], "2021.txt")
    assert {flag.code for flag in flags} == {"C006"}
    outcome = across([digest_of(old), digest_of(new)])
    (one,) = ended(outcome, "in_force_from_last_year", "2021.txt")
    assert (one.outcome, one.reason) == (Outcome.NOT_APPLICABLE, "year < 2022")


def test_documents_are_not_compared_with_those_of_the_other_form() -> None:
    old = make_digest(TOWN, 2022, {"disclosure.regulations.total_disclosed": 9}, form="2019")
    numbers = {"issued": 0, "repealed": 0, "in_force": 3}
    new = make_digest(TOWN, 2023, {f"disclosure.regulations.{k}": n for k, n in numbers.items()})
    outcome = across([old, new])
    assert told(outcome, "C007", "C008") == set()
    (one,) = ended(outcome, "in_force_from_last_year", new.key.source)
    assert (one.outcome, one.reason) == (Outcome.NOT_APPLICABLE, "form of 2022: 2019")


@pytest.mark.parametrize("lost", ["last year", "this year"])
def test_a_blank_cell_is_never_taken_for_zero(lost: str) -> None:
    last, this = town(2022, carried_out__total=3), town(2023, carried_in__total=4)
    if lost == "last year":
        last = without(last, "applications.carried_out.total")
    else:
        this = without(this, "applications.carried_in.total")
    outcome = across([last, this])
    assert told(outcome, "C006") == set()
    (one,) = ended(outcome, TOTAL, this.key.source)
    assert one.outcome is Outcome.COULD_NOT_JUDGE
    assert one.reason.endswith("applications.carried_" + one.reason.split("carried_")[-1])
    assert one.reason.startswith("last_year.") is (lost == "last year")


def test_a_blank_printed_cell_is_not_zero_either() -> None:
    blank = OUT_ROW.replace("| 0 | 2 |", "| 0 |  |")
    reports = [read(text_of(2022, (OUT_ROW, blank)), "2022.txt"), read(text_of(2023), "2023.txt")]
    found = [flag for flag in flags_of(reports, "2023.txt") if flag.code == "C006"]
    assert [flag.indicator for flag in found] == ["applications.carried_in.business"]


def test_every_check_ends_in_one_of_four_ways() -> None:
    last = town(2022, carried_out__total=2, carried_out__business=2)
    this = without(town(2023, carried_in__business=2), "applications.carried_in.research")
    outcome = across([last, this])
    assert ends(outcome, TOTAL, this.key.source) == {Outcome.BROKEN}
    assert Counter(
        one.outcome for one in ended(outcome, "carried_in_from_last_year", this.key.source)
    ) == {Outcome.HOLDS: 5, Outcome.COULD_NOT_JUDGE: 1}
    (one,) = ended(outcome, TOTAL, last.key.source)
    assert (one.outcome, one.reason) == (Outcome.NOT_APPLICABLE, "no report of 2021")


def test_versions_of_last_year_are_used_where_they_agree() -> None:
    last = town(2022, carried_out__total=2, carried_out__business=1)
    version = with_numbers(last, applications__carried_out__business=2)
    version = make_digest(TOWN, 2022, version.numbers, source="2022/改.txt")
    this = town(2023)
    outcome = across([last, version, this])
    assert told(outcome, "C006") == {(this.key.source, "C006", "applications.carried_in.total")}
    (one,) = [
        one
        for one in ended(outcome, "carried_in_from_last_year", this.key.source)
        if one.outcome is Outcome.COULD_NOT_JUDGE
    ]
    assert one.reason == "last_year.applications.carried_out.business"


def test_a_report_of_the_batch_goes_before_the_previous_dataset() -> None:
    stale, new = town(2022, carried_out__total=9), town(2022, carried_out__total=1)
    this = town(2023, carried_in__total=1)
    assert told(across([new, this], [stale]), "C006") == set()
    assert len(told(across([this], [stale]), "C006")) == 1


def test_previous_reports_are_never_flagged() -> None:
    last, this = town(2022, carried_out__total=2), town(2023)
    assert told(across([last], [this]), "C006") == set()


@pytest.mark.parametrize(("issuer", "year"), [("", 2023), (TOWN, None)])
def test_unknown_body_or_year_is_not_judged(issuer: str, year: int | None) -> None:
    this = make_digest(issuer, year, {"applications.carried_in.total": 4}, source="x.txt")
    outcome = across([town(2022, carried_out__total=1), this])
    assert told(outcome, "C006") == set()
    assert ends(outcome, TOTAL, "x.txt") == {Outcome.COULD_NOT_JUDGE}


# The form of 2019, and tables handed in again


def test_items_and_totals_of_the_2019_form() -> None:
    last = make_digest(
        TOWN,
        2019,
        {
            "disclosure.licensing.items_previous": 20,
            "disclosure.licensing.items_change": -2,
            "disclosure.regulations.total_disclosed": 5,
        },
    )
    figures = {
        "disclosure.licensing.items_previous": 19,
        "disclosure.regulations.total_disclosed": 6,
        "disclosure.regulations.newly_disclosed": 2,
    }
    this = make_digest(TOWN, 2020, figures)
    found = findings(across([last, this]), "C008")
    assert {(f.indicator, f.expected, f.found, f.severity) for f in found} == {
        ("disclosure.licensing.items_previous", "18", "19", "warning"),
        ("disclosure.regulations.total_disclosed", "7", "6", "info"),
    }
    assert told(across([last, make_digest(TOWN, 2021, figures, form="2019")]), "C008") == set()


def test_last_years_tables_handed_in_again() -> None:
    figures = {f"disclosure.{row}.decisions": n for row, n in
               (("licensing", 31), ("penalties", 7), ("coercion", 2))}  # fmt: skip
    figures |= {"disclosure.normative_documents.in_force": 12, "applications.granted.total": 4}
    last, this = make_digest(TOWN, 2022, figures), make_digest(TOWN, 2023, figures)
    (finding,) = findings(across([last, this]), "C008")
    assert (finding.variant, finding.found, finding.severity) == ("repeated", "5", "warning")
    assert last.key.source in finding.detail
    other = with_numbers(this, disclosure__coercion__decisions=3)
    assert findings(across([last, other]), "C008") == []
    few = without(this, "disclosure.coercion.decisions")
    outcome = across([last, few])
    assert findings(outcome, "C008") == []
    assert Outcome.HOLDS not in ends(outcome, "repeated", few.key.source)


# A district's own check


def test_a_district_adds_a_check_against_last_year(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    own = tmp_path / "checks" / "own.yaml"
    own.write_text(
        "checks:\n"
        "  - code: C008\n"
        "    name: received_not_doubled\n"
        "    table: applications\n"
        "    formula: applications.new_received.total"
        " <= 2 * last_year.applications.new_received.total\n"
        "    severity: warning\n"
        "    basis: 本县规定\n",
        encoding="utf-8",
    )
    last = make_digest(TOWN, 2022, {"applications.new_received.total": 5})
    this = make_digest(TOWN, 2023, {"applications.new_received.total": 11})
    outcome = across([last, this], rulebook=load_rulebook(tmp_path))
    assert told(outcome, "C008") == {(this.key.source, "C008", "applications.new_received.total")}
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("last_year.app", "lastyear.app"), encoding="utf-8")
    (fault,) = check_rules(tmp_path)
    assert "last_year.applications.new_received.total" in fault.zh


# A generated panel

PANEL = 320
SEED = "panel-1"


def panel() -> list[Digest]:
    rng = random.Random(SEED)
    reports = []
    for number in range(PANEL):
        first = rng.choice((2019, 2020, 2022, 2023))
        reports += history(rng, f"澄漪县第{number}镇人民政府", first, 3)
    return reports


def expected(reports: list[Digest]) -> set[tuple[str, str, str]]:
    """What is wrong with carried figures, documents and items, worked out from the law's text."""
    known = {(one.identity.issuer, one.identity.year): one for one in reports}
    wrong = set()
    for one in reports:
        year = one.identity.year or 0
        last = known.get((one.identity.issuer, year - 1))
        if last is None:
            continue
        chains = [
            ("C006", f"applications.carried_in.{c}", [(last, f"applications.carried_out.{c}", 1)])
            for c in COLUMNS
        ]
        for row in ROWS if year > 2021 else ():
            cells = [(last, "in_force", 1), (one, "issued", 1), (one, "repealed", -1)]
            operands = [(which, f"disclosure.{row}.{name}", sign) for which, name, sign in cells]
            chains.append(("C007", f"disclosure.{row}.in_force", operands))
        for row in ITEMS if year < 2021 else ():
            names = (f"disclosure.{row}.items_previous", f"disclosure.{row}.items_change")
            chains.append(("C008", names[0], [(last, name, 1) for name in names]))
        for code, cell, operands in chains:
            figures = [which.numbers.get(name) for which, name, _ in operands]
            if cell not in one.numbers or None in figures:
                continue
            total = sum(f * sign for f, (_, _, sign) in zip(figures, operands, strict=True) if f)
            if total != one.numbers[cell]:
                wrong.add((one.key.source, code, cell))
    return wrong


def broken_panel() -> list[Digest]:
    """The panel with one wrong cell in every second report and one blank cell in every fifth."""
    rng = random.Random(SEED + "-breaks")
    chained = ("carried_in", "carried_out", "in_force", "issued", "items_previous", "items_change")
    reports = []
    for number, report in enumerate(panel()):
        one = report
        cells = sorted(n for n in one.numbers if n.split(".")[2] in chained or "carried" in n)
        if number % 2 == 0:
            cell = rng.choice(cells)
            figure = str(one.numbers[cell] + rng.randint(1, 9))
            one = with_numbers(one, **{cell.replace(".", "__"): figure})
        if number % 5 == 0:
            one = without(one, rng.choice(cells))
        reports.append(one)
    return reports


def test_a_consistent_panel_raises_nothing() -> None:
    outcome = across(panel())
    assert told(outcome, "C006", "C007", "C008", "D008") == set()
    assert sum(one.outcome is Outcome.HOLDS for one in outcome.outcomes) > PANEL * 2 * 7


def test_every_decidable_break_of_a_panel_is_found_and_no_other() -> None:
    reports = broken_panel()
    wrong = expected(reports)
    assert len(wrong) > PANEL / 2
    assert {code for _, code, _ in wrong} == {"C006", "C007", "C008"}
    found = told(across(reports), "C006", "C007", "C008")
    assert found == wrong


def test_a_panel_in_two_datasets_gives_the_same() -> None:
    reports = broken_panel()
    last: dict[str, int] = {}
    for one in reports:
        last[one.identity.issuer] = max(last.get(one.identity.issuer, 0), one.identity.year or 0)
    new = [one for one in reports if one.identity.year == last[one.identity.issuer]]
    old = [one for one in reports if one.identity.year != last[one.identity.issuer]]
    sources = {one.key.source for one in new}
    everything = told(across(reports), "C006", "C007")
    assert told(across(new, old), "C006", "C007") == {f for f in everything if f[0] in sources}


def test_total_is_an_error_and_kinds_of_applicants_warnings() -> None:
    last = town(2022, **{f"carried_out__{column}": 1 for column in COLUMNS})
    found = findings(across([last, town(2023)]), "C006")
    assert {f.column: f.severity for f in found} == {
        column: "error" if column == "total" else "warning" for column in COLUMNS
    }
    assert all(Decimal(f.expected) == 1 and Decimal(f.found) == 0 for f in found)
