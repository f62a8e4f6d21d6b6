"""The command line as its users see it: output, exit codes, messages."""

from __future__ import annotations

import codecs
import csv
import json
import os
import signal
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.cli.messages import MESSAGES, language, say
from extractor.options import Lang
from tests.shared import ROOT

SAMPLE = ROOT / "corpus" / "reports"


def sample(ending: str) -> Path:
    """A file of the sample corpus whose name ends so."""
    return next(path for path in sorted(SAMPLE.rglob("*")) if path.name.endswith(ending))


CLEAN = sample("望澜镇2023年政府信息公开工作年度报告.pdf")
FAULTY = sample("沅藿乡2023年政府信息公开工作年度报告.txt")


def environment(**changes: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return kept | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"} | changes


def nianbao(
    *arguments: object, cwd: Path | None = None, **changes: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does. Whatever happens, no traceback is shown."""
    env = environment(**changes)
    done = subprocess.run(
        [sys.executable, "-m", "extractor", *map(str, arguments)],
        capture_output=True,
        cwd=cwd or ROOT,
        env=env,
        encoding=env["PYTHONIOENCODING"],
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of two reports, one of them faulty."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "in").mkdir()
    for path in (CLEAN, FAULTY):
        (folder / "in" / path.name).write_bytes(path.read_bytes())
    done = nianbao("extract", "in", "-o", "结果", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "结果"


# Messages


@pytest.mark.parametrize("key", MESSAGES)
def test_every_message_is_there_in_both_languages(key: str) -> None:
    text = MESSAGES[key]
    assert text.zh.strip()
    assert text.en.strip()
    fields = [
        {name for _, name, _, _ in string.Formatter().parse(t) if name} for t in (text.zh, text.en)
    ]
    assert fields[0] == fields[1]
    assert not any("\u4e00" <= character <= "\u9fff" for character in text.en)


def test_every_message_survives_a_gbk_console() -> None:
    for text in MESSAGES.values():
        assert codecs.encode(text.zh, "gbk")


@pytest.mark.parametrize(
    ("arguments", "variables", "expected"),
    [
        ([], {}, Lang.ZH),
        ([], {"LANG": "en_US.UTF-8"}, Lang.EN),
        ([], {"LANG": "zh_CN.GB18030"}, Lang.ZH),
        ([], {"LANG": "C.UTF-8"}, Lang.ZH),
        ([], {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, Lang.ZH),
        ([], {"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, Lang.EN),
        (["check", "--lang", "en"], {"LANG": "zh_CN"}, Lang.EN),
        (["--lang=zh", "check"], {"LANG": "en_US"}, Lang.ZH),
        (["check", "--lang", "fr"], {"LANG": "en_US"}, Lang.EN),
    ],
)
def test_language(arguments: list[str], variables: dict[str, str], expected: Lang) -> None:
    assert language(arguments, variables) is expected


def test_help_is_in_the_language_of_the_user() -> None:
    assert "压缩包" in nianbao("extract", "--help").stdout
    assert "zip archives" in nianbao("extract", "--help", LANG="en_US.UTF-8").stdout
    assert "zip archives" in nianbao("extract", "--lang", "en", "--help").stdout


def test_the_commands_of_the_contract_that_exist() -> None:
    done = nianbao("--help")
    for command in ("extract", "check", "explain", "rules", "evaluate", "doctor"):
        assert f"\n  {command} " in done.stdout
    assert nianbao("--version").stdout.startswith("nianbao ")


# Wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["extract"],
        ["extract", "no/such/folder", "-o", "out"],
        ["extract", str(CLEAN)],
        ["check"],
        ["check", "no/such/file.pdf"],
        ["check", str(CLEAN), "--jobs", "many"],
        ["check", str(CLEAN), "--fail-on", "sometimes"],
        ["check", str(CLEAN), "--frob"],
        ["check", str(CLEAN), "--rules", "no/such/rules"],
        ["explain", "X999"],
        ["rules", "check", "no/such/rules"],
        ["evaluate", "no/such/dataset", "--truth", "."],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2_with_a_message(arguments: list[str], tmp_path: Path) -> None:
    done = nianbao(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip()) > 10
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_exit_2_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = nianbao("extract", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "请放入" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_bad_rule_file_is_exit_2_and_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "own.yaml").write_text("checks:\n- kode: C900\n", encoding="utf-8")
    done = nianbao("rules", "check", tmp_path)
    assert done.returncode == 2
    assert "own.yaml:2: " in done.stdout
    assert "kode" in done.stdout
    done = nianbao("check", CLEAN, "--rules", tmp_path)
    assert done.returncode == 2
    assert "own.yaml:2: " in done.stderr


# extract


def test_extract_writes_a_dataset_and_says_where(extracted: Path) -> None:
    again = nianbao("extract", "in", "-o", "结果", cwd=extracted.parent)
    assert again.returncode == 0
    assert again.stdout == ""
    assert f"工作簿：{Path('结果') / 'dataset.xlsx'}" in again.stderr
    assert "已读取 2 份：正常 1，有问题 1" in again.stderr
    assert "T001 错误 1 处，1 份报告：缺少法定统计表" in again.stderr


def test_extract_fails_only_when_asked_to(extracted: Path) -> None:
    for level, code in (("error", 1), ("warning", 1), ("info", 1), ("never", 0)):
        done = nianbao("extract", FAULTY, "-o", extracted, "--fail-on", level)
        assert done.returncode == code


def test_quiet_says_nothing(tmp_path: Path) -> None:
    done = nianbao("extract", CLEAN, "-o", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_english_messages(tmp_path: Path) -> None:
    done = nianbao("extract", FAULTY, "-o", tmp_path / "out", "--lang", "en")
    assert "Read 1: flagged 1" in done.stderr
    assert "Workbook:" in done.stderr
    with (tmp_path / "out" / "flags.csv").open(encoding="utf-8-sig", newline="") as file:
        assert all(
            row["message"].isascii() or "“" in row["message"] for row in csv.DictReader(file)
        )


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    done = nianbao("extract", CLEAN, "-o", tmp_path)
    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_place_that_cannot_be_written_is_exit_3(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = nianbao("extract", CLEAN, "-o", tmp_path / "file" / "out")
    assert done.returncode == 3
    assert "无法写入" in done.stderr


def test_the_log_goes_to_a_file(tmp_path: Path) -> None:
    done = nianbao("check", FAULTY, "--log-file", tmp_path / "log.txt")
    assert done.returncode == 1
    assert (tmp_path / "log.txt").is_file()
    done = nianbao("check", FAULTY, "--log-file", tmp_path / "no" / "log.txt")
    assert done.returncode == 3
    assert "日志" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ on Windows")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_exit_3_and_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "in").mkdir()
    for path in SAMPLE.rglob("*.pdf"):
        (tmp_path / "in" / path.name).write_bytes(path.read_bytes())
    running = subprocess.Popen(
        [sys.executable, "-m", "extractor", "extract", "in", "-o", "out", "--jobs", "1"],
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".nianbao-partial-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(number)
    _, messages = running.communicate(timeout=60)
    assert running.returncode == 3
    assert "已中断" in messages
    assert "Traceback" not in messages
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


# check


def test_check_prints_one_line_for_each_finding() -> None:
    done = nianbao("check", FAULTY)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert all(line.startswith(f"{FAULTY.name}:") for line in lines)
    assert any(": T001 error 缺少法定统计表" in line for line in lines)
    assert any(":line[" in line and ": T003 warning " in line for line in lines)
    assert "已读取 1 份" in done.stderr


def test_check_of_a_clean_report_prints_nothing_and_is_exit_0() -> None:
    done = nianbao("check", CLEAN)
    assert (done.returncode, done.stdout) == (0, "")
    assert "没有发现问题" in done.stderr


def test_check_prints_json() -> None:
    done = nianbao("check", FAULTY, "--output-format", "json")
    findings = json.loads(done.stdout)
    assert {"T001", "T003"} <= {finding["code"] for finding in findings}
    for finding in findings:
        assert finding["source"] == FAULTY.name
        assert finding["year"] == 2023
        assert finding["status"] == "flagged"
    assert json.loads(nianbao("check", CLEAN, "--output-format", "json").stdout) == []


def test_check_lists_the_outcome_of_every_check_when_asked() -> None:
    done = nianbao("check", CLEAN, "--verbose")
    assert any(": C001 " in line and line.endswith(": holds") for line in done.stdout.splitlines())
    done = nianbao("check", CLEAN, "--verbose", "--output-format", "json")
    content = json.loads(done.stdout)
    assert content["findings"] == []
    assert {"C001", "C002", "C003", "C004"} <= {one["code"] for one in content["outcomes"]}


def test_check_with_the_second_reader() -> None:
    done = nianbao("check", CLEAN, "--second-reader")
    assert (done.returncode, done.stdout) == (0, "")


def test_check_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(FAULTY.read_bytes())
    nianbao("check", "in", cwd=tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.txt", "in"]


def test_a_document_that_cannot_be_read_does_not_stop_a_batch(tmp_path: Path) -> None:
    (tmp_path / "1.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (tmp_path / "2.pdf").write_bytes(b"")
    (tmp_path / "3.txt").write_bytes(FAULTY.read_bytes())
    (tmp_path / "4.exe").write_bytes(bytes(range(256)))
    done = nianbao("check", tmp_path, "--output-format", "json")
    statuses = {finding["source"]: finding["status"] for finding in json.loads(done.stdout)}
    assert statuses == {
        "1.pdf": "unreadable",
        "2.pdf": "unreadable",
        "3.txt": "flagged",
        "4.exe": "unreadable",
    }
    assert done.returncode == 1


# Other commands


def test_explain_prints_the_page_of_a_finding() -> None:
    done = nianbao("explain", "C001")
    assert done.returncode == 0
    assert "applications_balance" in done.stdout
    assert nianbao("explain", "c001").stdout == done.stdout
    assert nianbao("explain", "C001", "--lang", "en").stdout != done.stdout


def test_the_shipped_rules_are_sound() -> None:
    done = nianbao("rules", "check")
    assert (done.returncode, done.stdout) == (0, "")
    assert "无误" in done.stderr


def test_doctor_tells_what_this_machine_can_do() -> None:
    done = nianbao("doctor")
    assert done.returncode == 0
    for word in ("pdfium", "pdfplumber", "duckdb", "中文字体", "LibreOffice", "规则", "utf-8"):
        assert word in done.stdout


def test_evaluate_prints_a_table(extracted: Path, tmp_path: Path) -> None:
    truth = ROOT / "corpus" / "truth" / f"{CLEAN.relative_to(SAMPLE).as_posix()}.json"
    content = json.loads(truth.read_text(encoding="utf-8")) | {"source": CLEAN.name}
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    nianbao("extract", CLEAN, "-o", extracted.parent / "clean")
    done = nianbao("evaluate", extracted.parent / "clean", "--truth", tmp_path)
    assert done.returncode == 0
    assert "| **all** | 1 | 200 | 200 (100.00%) | 0 | 0 |" in done.stdout
    as_json = nianbao("evaluate", extracted.parent / "clean", "--truth", tmp_path, "--json")
    assert json.loads(as_json.stdout)["total"]["wrong"] == 0


# Consoles


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", str(FAULTY)],
        ["check", str(FAULTY), "--verbose"],
        ["explain", "C001"],
        ["doctor"],
        ["--help"],
        ["check", "no/such/𠮷.pdf"],
    ],
    ids=lambda arguments: " ".join(arguments[:1] + arguments[2:]),
)
def test_a_gbk_console_shows_everything(arguments: list[str]) -> None:
    done = nianbao(*arguments, PYTHONIOENCODING="gbk")
    assert done.returncode in (0, 1, 2)
    assert any("\u4e00" <= character <= "\u9fff" for character in done.stdout + done.stderr)


def test_json_is_valid_on_any_console(tmp_path: Path) -> None:
    (tmp_path / "𠮷.txt").write_bytes(FAULTY.read_bytes())
    done = nianbao("check", tmp_path, "--output-format", "json", PYTHONIOENCODING="gbk")
    assert {finding["source"] for finding in json.loads(done.stdout)} == {"𠮷.txt"}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes differ on Windows")
def test_a_reader_that_goes_away_is_no_accident() -> None:
    command = [sys.executable, "-m", "extractor", "check", str(FAULTY), "--verbose"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        messages = running.stderr.read().decode()
    assert "Traceback" not in messages
    assert "BrokenPipe" not in messages


def test_a_fault_of_the_program_is_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from extractor import cli
    from extractor.cli import commands

    def broken(*_: object) -> None:
        raise ZeroDivisionError("detail for the log")

    monkeypatch.setattr(commands, "load_rulebook", broken)
    log = tmp_path / "log.txt"
    assert cli.main(["check", str(CLEAN), "--lang", "zh", "--log-file", str(log)]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    expected = say("error.unexpected", Lang.ZH, kind="ZeroDivisionError")
    assert shown.err.strip() == say("error", Lang.ZH, message=expected)
    assert "detail for the log" in log.read_text(encoding="utf-8")
