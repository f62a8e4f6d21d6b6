"""The dataset folder as a whole: files, formats, safety of what stands there already."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extractor.dataset.files import check_output
from extractor.dataset.run import RunInfo
from extractor.dataset.writer import Dataset, write_dataset
from extractor.document import Location
from extractor.errors import OutputError, UsageError
from extractor.options import Lang, Options
from extractor.report import Evidence, Flag, Report, Section, Severity, State, Status
from extractor.rulebook import load_rulebook
from tests.synthetic import PLACE, make_report, make_value

TABLES = ("reports", "sections", "values", "narrative", "flags", "panel")
FILES = {f"{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet")}
FILES |= {"dataset.xlsx", "datapackage.json", "run.json"}
NASTY = '=HYPERLINK("http://example.invalid")\r\n第二行，"引号"'


def write(reports: Iterable[Report], out: Path, lang: Lang = Lang.ZH) -> Dataset:
    started = datetime(2024, 1, 1, tzinfo=UTC)
    info = RunInfo(("reports",), Options(lang=lang), "0.1.0", "00", started)
    return write_dataset(reports, out, load_rulebook(), info)


def sample() -> list[Report]:
    flags = (
        Flag(
            "C001",
            "applications_balance",
            Severity.ERROR,
            "check",
            "第一项加第二项不等于第三项加第四项",
            3,
            "applications",
            expected="=5+1",
            found="6",
            evidence=(Evidence("sum", "6", PLACE),),
        ),
        Flag("S002", "heading_nonstandard", Severity.INFO, "section", "标题不一致", 1),
    )
    sections = (Section(1, "一、总体情况", "一、总体情况", 1, Location(1), (), NASTY),)
    values = (
        make_value(number=Decimal("96171.60"), raw="96171.60万元"),
        make_value("disclosure.regulations.repealed", Decimal(0), raw="0"),
        make_value("disclosure.licensing.items_change", Decimal(-4), raw="-4"),
        make_value("disclosure.regulations.in_force", None, State.BLANK, raw=""),
        make_value("disclosure.fees.amount", None, State.INVALID, raw="=2+3"),
    )
    return [
        make_report("2023/甲.txt", values, flags, sections, Status.FLAGGED),
        make_report("2023/乙.pdf", status=Status.UNREADABLE, year=None, issuer=""),
        make_report("2024/甲.txt", values, year=2024),
    ]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return write(sample(), tmp_path_factory.mktemp("run") / "out")


def rows(dataset: Dataset, table: str) -> list[dict[str, str]]:
    with (dataset.path / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def parquet(dataset: Dataset, query: str) -> list[tuple[Any, ...]]:
    folder = str(dataset.path).replace("'", "''")
    with duckdb.connect(":memory:") as connection:
        found: list[tuple[Any, ...]] = connection.execute(query.format(folder)).fetchall()
    return found


def sheets(path: Path) -> dict[str, str]:
    """The XML of each sheet by its name."""
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        return {
            name: book.read(f"xl/worksheets/sheet{at}.xml").decode()
            for at, name in enumerate(names, start=1)
        }


def test_every_file_is_there_and_nothing_else(dataset: Dataset) -> None:
    assert {path.name for path in dataset.path.iterdir()} == FILES
    assert [path.name for path in dataset.path.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("table", TABLES)
def test_csv_is_what_excel_and_rfc_4180_expect(dataset: Dataset, table: str) -> None:
    data = (dataset.path / f"{table}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")


def test_numbers_are_numbers_and_formulas_are_text(dataset: Dataset) -> None:
    values = {row["indicator"]: row for row in rows(dataset, "values") if "2023" in row["source"]}
    assert values["disclosure.regulations.issued"]["value"] == "96171.6"
    assert values["disclosure.regulations.repealed"]["value"] == "0"
    assert values["disclosure.licensing.items_change"]["value"] == "-4"
    assert values["disclosure.regulations.in_force"]["value"] == ""
    assert values["disclosure.fees.amount"]["value"] == ""
    assert values["disclosure.fees.amount"]["raw"] == "'=2+3"
    (flag, _) = rows(dataset, "flags")
    assert flag["expected"] == "'=5+1"
    (section,) = rows(dataset, "sections")
    assert section["text"] == "'" + NASTY.replace("\r\n", "\n")


def test_parquet_has_types_and_texts_as_they_are(dataset: Dataset) -> None:
    typed = parquet(dataset, "DESCRIBE SELECT * FROM '{}/values.parquet'")
    types = {row[0]: row[1] for row in typed}
    assert types["value"] == types["x0"] == "DOUBLE"
    assert types["year"] == types["page"] == "BIGINT"
    assert types["raw"] == types["region_code"] == "VARCHAR"
    read = parquet(
        dataset,
        "SELECT indicator, value, raw FROM '{}/values.parquet' WHERE year = 2023 ORDER BY 1",
    )
    assert read == [
        ("disclosure.fees.amount", None, "=2+3"),
        ("disclosure.licensing.items_change", -4.0, "-4"),
        ("disclosure.regulations.in_force", None, ""),
        ("disclosure.regulations.issued", 96171.6, "96171.60万元"),
        ("disclosure.regulations.repealed", 0.0, "0"),
    ]
    assert parquet(dataset, "SELECT text FROM '{}/sections.parquet'") == [
        (NASTY.replace("\r\n", "\n"),)
    ]


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_parquet_have_the_same_columns_and_rows(dataset: Dataset, table: str) -> None:
    query = f"SELECT * FROM '{{}}/{table}.parquet'"
    names = [row[0] for row in parquet(dataset, f"DESCRIBE {query}")]
    with (dataset.path / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == names
    assert len(parquet(dataset, query)) == len(rows(dataset, table))


def test_the_panel_has_one_row_for_each_report_with_a_year(dataset: Dataset) -> None:
    panel = rows(dataset, "panel")
    assert [row["year"] for row in panel] == ["2023", "2024"]
    assert panel[0]["disclosure.regulations.issued"] == "96171.6"
    assert panel[0]["disclosure.regulations.in_force"] == ""


def test_the_workbook_opens_with_an_overview(dataset: Dataset) -> None:
    found = sheets(dataset.path / "dataset.xlsx")
    assert list(found) == ["摘要", *TABLES]
    overview = found["摘要"]
    assert "正常 1，有问题 1，无法读取 1" in overview
    assert "第一项加第二项不等于第三项加第四项" in overview
    assert re.search(r"""<hyperlink [^>]*location="'?flags'?!A2\"""", overview)


def test_the_overview_speaks_english(tmp_path: Path) -> None:
    dataset = write(sample(), tmp_path / "out", Lang.EN)
    found = sheets(dataset.path / "dataset.xlsx")
    assert next(iter(found)) == "Summary"
    assert "3 reports: ok 1, flagged 1, unreadable 1" in found["Summary"]


def test_the_workbook_holds_no_formula_and_no_outside_link(dataset: Dataset) -> None:
    with zipfile.ZipFile(dataset.path / "dataset.xlsx") as book:
        parts = {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}
    assert not [name for name, text in parts.items() if "<f>" in text]
    assert not [name for name, text in parts.items() if 'TargetMode="External"' in text]
    assert not [name for name in parts if "vbaProject" in name]


@pytest.mark.parametrize("table", TABLES)
def test_sheets_have_a_frozen_head_a_filter_and_all_rows(dataset: Dataset, table: str) -> None:
    sheet = sheets(dataset.path / "dataset.xlsx")[table]
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet
    assert len(re.findall(r"<row ", sheet)) == len(rows(dataset, table)) + 1


def test_text_too_long_for_a_cell_is_cut_with_a_note(tmp_path: Path) -> None:
    text = "字" * 40_000
    section = Section(1, "一、总体情况", "一、总体情况", 1, Location(1), (), text)
    dataset = write([make_report(sections=(section,))], tmp_path / "out")
    assert rows(dataset, "sections")[0]["text"] == text
    sheet = sheets(dataset.path / "dataset.xlsx")["sections"]
    cut = re.search(r"字{1000,}[^<]*", sheet)
    assert cut is not None
    assert len(cut[0]) == 32_767
    assert cut[0].endswith("……（全文见 CSV）")


def test_the_data_package_describes_every_column(dataset: Dataset) -> None:
    package = json.loads((dataset.path / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        with (dataset.path / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in fields]
        for field in fields:
            assert field["type"] in {"string", "integer", "number", "date"}
            for key in ("title", "title_en", "description", "description_en"):
                assert field[key], (resource["name"], field["name"], key)


def test_the_data_package_keeps_its_word(dataset: Dataset) -> None:
    """Primary keys are unique, foreign keys lead somewhere, and choices are kept."""
    package = json.loads((dataset.path / "datapackage.json").read_text(encoding="utf-8"))
    known = {(row["report_id"], row["source"]) for row in rows(dataset, "reports")}
    for resource in package["resources"]:
        table, schema = rows(dataset, resource["name"]), resource["schema"]
        if "primaryKey" in schema:
            keys = [tuple(row[name] for name in schema["primaryKey"]) for row in table]
            assert len(set(keys)) == len(keys)
        if "foreignKeys" in schema:
            assert {(row["report_id"], row["source"]) for row in table} <= known
        for field in schema["fields"]:
            choices = field.get("constraints", {}).get("enum")
            if choices:
                assert {row[field["name"]] for row in table} <= {*choices, ""}


def test_run_json_tells_of_the_run(dataset: Dataset) -> None:
    run = json.loads((dataset.path / "run.json").read_text(encoding="utf-8"))
    assert run["started"] == "2024-01-01T00:00:00+00:00"
    assert run["ended"] > run["started"]
    assert run["inputs"] == ["reports"]
    assert run["counts"]["reports"] == {
        "ok": 1,
        "flagged": 1,
        "unreadable": 1,
        "not_a_report": 0,
    }
    assert run["checks"]["C002"]["could_not_judge"] == 3


def test_the_same_reports_give_the_same_bytes(dataset: Dataset, tmp_path: Path) -> None:
    again = write(sample(), tmp_path / "other name")
    for name in FILES - {"run.json"}:
        assert (again.path / name).read_bytes() == (dataset.path / name).read_bytes(), name


def test_a_dataset_of_ours_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    write(sample(), tmp_path / "out")
    (tmp_path / "out" / "我的笔记.txt").write_text("keep", encoding="utf-8")
    dataset = write(sample()[:1], tmp_path / "out")
    assert len(rows(dataset, "reports")) == 1
    assert (tmp_path / "out" / "我的笔记.txt").read_text(encoding="utf-8") == "keep"


@pytest.mark.parametrize("name", ["out[1]", "it's *here*", "结果 数据"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    if any(mark in name for mark in "*") and not _allows(tmp_path / name):
        pytest.skip("this system does not allow such a name")
    dataset = write(sample(), tmp_path / name)
    assert {path.name for path in dataset.path.iterdir()} == FILES
    assert len(dataset.to_frame("values")) == 10


def _allows(path: Path) -> bool:
    try:
        path.mkdir()
    except OSError:
        return False
    path.rmdir()
    return True


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        check_output(tmp_path)
    (tmp_path / "datapackage.json").write_text('{"name": "another"}', encoding="utf-8")
    with pytest.raises(UsageError):
        check_output(tmp_path)


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        check_output(tmp_path / "out")


def test_an_empty_folder_and_a_new_one_are_taken(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"")
    check_output(tmp_path)
    check_output(tmp_path / "new" / "er")


def test_a_place_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        write(sample(), tmp_path / "file" / "out")
    assert "无法写入" in caught.value.zh


def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted() -> Iterable[Report]:
        yield sample()[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(interrupted(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_fails_leaves_the_old_dataset(tmp_path: Path) -> None:
    def failing() -> Iterable[Report]:
        yield sample()[0]
        raise OSError(28, "No space left on device")

    write(sample(), tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with pytest.raises(OutputError) as caught:
        write(failing(), tmp_path / "out")
    assert "No space left" in caught.value.en
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_frames_for_pandas(dataset: Dataset) -> None:
    frame = dataset.to_frame("panel")
    assert list(frame["year"]) == [2023, 2024]
    assert frame["disclosure.regulations.issued"].sum() == pytest.approx(2 * 96171.6)
    with pytest.raises(ValueError, match="nonsense"):
        dataset.to_frame("nonsense")
