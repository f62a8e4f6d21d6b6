"""A batch goes on whatever one document does to its worker."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.batch import extract_dataset, run_batch, worker_count
from extractor.errors import UsageError
from extractor.inputs.collect import collect
from extractor.inputs.source import Source
from extractor.options import Lang, Limits, Options
from extractor.report import Report, Status
from extractor.rulebook import load_rulebook
from tests.shared import ROOT

SAMPLE = ROOT / "corpus" / "reports"


class Acts:
    """An extractor that a worker rebuilds from text, so it need not import this file.

    A document that holds code does what the code says; every document then gives a row.
    """

    _CODE = (
        "lambda source, options, rulebook: ("
        "exec(source.path.read_text(encoding='utf-8'), {}),"
        "__import__('extractor.batch').batch.extract_one(source, options, rulebook))[1]"
    )

    def __reduce__(self) -> tuple[Any, ...]:
        return eval, (self._CODE,)

    def __call__(self, source: Source, options: Options, rulebook: object) -> tuple[Report, ...]:
        raise AssertionError("runs in workers only")


class Watcher:
    """Notes what a batch says of its progress."""

    def __init__(self) -> None:
        self.documents = 0
        self.names: list[str] = []

    def started(self, documents: int) -> None:
        self.documents = documents

    def finished(self, source: Source, reports: tuple[Report, ...]) -> None:
        self.names.append(source.name)


def run(
    folder: Path, codes: dict[str, str], options: Options, watcher: Watcher | None = None
) -> dict[str, Report]:
    for name, code in codes.items():
        (folder / name).write_text(code, encoding="utf-8")
    sources = collect([folder], options.limits)
    reports = run_batch(sources, options, load_rulebook(), watcher, Acts())
    return {report.source: report for report in reports}


def codes_of(report: Report) -> list[str]:
    return [flag.code for flag in report.flags]


HARMLESS = {f"ok{n}.txt": f"# {n}" for n in range(6)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_worker_costs_one_document(tmp_path: Path, jobs: int) -> None:
    bad = {"bad.txt": "import os; os._exit(7)"}
    watcher = Watcher()
    found = run(tmp_path, {**HARMLESS, **bad}, Options(jobs=jobs), watcher)
    assert sorted(found) == sorted({**HARMLESS, **bad})
    assert codes_of(found["bad.txt"]) == ["D010"]
    assert found["bad.txt"].status is Status.UNREADABLE
    assert len(found["bad.txt"].sha256) == 64
    assert all(codes_of(found[name]) == ["D004"] for name in HARMLESS)
    assert watcher.documents == len(found)
    assert watcher.names == sorted(found)


def test_a_hanging_document_is_stopped(tmp_path: Path) -> None:
    limits = Limits(seconds=1.5)
    bad = {"bad.txt": "import time; time.sleep(1000)"}
    found = run(tmp_path, {**HARMLESS, **bad}, Options(jobs=2, limits=limits))
    assert codes_of(found["bad.txt"]) == ["D009"]
    assert "1.5" in found["bad.txt"].flags[0].message
    assert all(codes_of(found[name]) == ["D004"] for name in HARMLESS)


def test_a_fault_of_the_program_is_a_row_and_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bad = {"bad.txt": "raise KeyError('secret detail')"}
    found = run(tmp_path, {**HARMLESS, **bad}, Options(lang=Lang.EN))
    assert codes_of(found["bad.txt"]) == ["D010"]
    message = found["bad.txt"].flags[0].message
    assert "KeyError" in message
    assert "secret detail" not in message
    assert "secret detail" in caplog.text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_a_document_that_eats_memory_is_stopped(tmp_path: Path) -> None:
    found = run(tmp_path, {"bad.txt": "x = bytearray(2**40)", "ok.txt": "# 1"}, Options())
    assert codes_of(found["bad.txt"]) == ["D009"]
    assert codes_of(found["ok.txt"]) == ["D004"]


def test_a_worker_that_was_spoilt_before_gets_a_second_chance(tmp_path: Path) -> None:
    """The first try of this document dies, as if the one before it had spoilt the memory."""
    mark = (tmp_path / "mark").as_posix()
    folder = tmp_path / "in"
    folder.mkdir()
    code = (
        f"import os, pathlib\np = pathlib.Path({mark!r})\n"
        "if not p.exists():\n    p.touch()\n    os._exit(9)\n"
    )
    found = run(folder, {"a.txt": code}, Options())
    assert codes_of(found["a.txt"]) == ["D004"]


def test_workers_print_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    noise = "import os, sys, warnings; print('out'); os.write(1, b'raw'); os.write(2, b'err')"
    run(tmp_path, {"a.txt": f"{noise}; warnings.warn('w'); sys.stdout.flush()"}, Options())
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""


def test_leaving_a_batch_early_ends_its_workers(tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / f"{n:02}.txt").write_text("import time; time.sleep(0.05)", encoding="utf-8")
    options = Options(jobs=2)
    reports = run_batch(collect([tmp_path]), options, load_rulebook(), None, Acts())
    next(reports)
    reports.close()
    assert list(reports) == []


def test_a_script_without_a_guard_can_read_a_folder(tmp_path: Path) -> None:
    """Spawned workers run the user's script again unless they are kept from it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("样例", encoding="utf-8")
    script = tmp_path / "script.py"
    out = (tmp_path / "out").as_posix()
    script.write_text(
        f"import sys; sys.path.insert(0, {ROOT.as_posix()!r})\n"
        "from extractor import extract\n"
        f"print(len(extract([{(tmp_path / 'in').as_posix()!r}], {out!r}).to_frame('reports')))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("1", "", 0)


@pytest.mark.parametrize(
    ("jobs", "documents", "expected"), [(1, 10, 1), (4, 10, 4), (4, 2, 2), (3, 0, 1)]
)
def test_no_more_workers_than_documents(jobs: int, documents: int, expected: int) -> None:
    assert worker_count(jobs, documents) == expected


def test_all_cores_by_default() -> None:
    assert 1 <= worker_count(0, 1000) <= 1000
    assert worker_count(0, 1) == 1


def _some_reports(folder: Path, names: Sequence[str]) -> Path:
    for path in sorted(SAMPLE.rglob("*")):
        if path.suffix in names:
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_the_tables_are_the_same_whatever_the_number_of_workers(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    _some_reports(folder, (".txt", ".html"))
    options = Options(jobs=1)
    one = extract_dataset([folder], tmp_path / "one", options, load_rulebook())
    two = extract_dataset([folder], tmp_path / "two", replace(options, jobs=3), load_rulebook())
    assert len(one.summary.lines) > 10
    for path in one.path.iterdir():
        if path.name != "run.json":
            assert path.read_bytes() == (two.path / path.name).read_bytes(), path.name


def test_a_dataset_within_its_own_input_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("样例", encoding="utf-8")
    for _ in range(2):
        dataset = extract_dataset([tmp_path], tmp_path / "out", Options(), load_rulebook())
        assert [line.source for line in dataset.summary.lines] == ["a.txt"]


def test_a_bad_output_folder_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("样例", encoding="utf-8")
    watcher = Watcher()
    with pytest.raises(UsageError):
        extract_dataset([tmp_path], tmp_path, Options(), load_rulebook(), watcher)
    assert watcher.documents == 0
