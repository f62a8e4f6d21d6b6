"""The built wheel, installed into an empty environment, does the main job by itself."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.shared import ROOT

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(1200), pytest.mark.xdist_group("wheel")]

REPORTS = ROOT / "corpus" / "reports"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
TABLES = ("reports", "sections", "values", "narrative", "flags", "panel")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command as a user would, without this checkout on the path; give what it printed."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True, cwd=cwd, env={**kept, "PYTHONUTF8": "1"}, encoding="utf-8",
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def pinned() -> dict[str, str]:
    """Each package of constraints.txt and its lines; several where versions depend on Python."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for block in re.findall(r"^[A-Za-z0-9].*(?:\n +--hash.*)+\n", text, re.MULTILINE):
        name = canonicalize_name(Requirement(block.partition("\\")[0]).name)
        found[name] = found.get(name, "") + block
    return found


def run_time(requirements: list[str]) -> Iterator[str]:
    """What the given requirements and theirs name, without extras: what a user needs."""
    waiting, seen = [Requirement(line) for line in requirements], set[str]()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        yield name
        try:
            waiting += [Requirement(line) for line in requires(name) or ()]
        except PackageNotFoundError:
            pytest.fail(f"{name} is a run-time requirement and is not installed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def empty(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("empty")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode()
    wanted = re.findall(r"^Requires-Dist: (.+)$", metadata, re.MULTILINE)
    blocks = pinned()
    lines = "".join(blocks[name] for name in sorted(run_time(wanted)))
    (folder / "run-time.txt").write_text(lines, encoding="utf-8")
    commands = folder / "venv" / SCRIPTS
    pip = (commands / "python", "-m", "pip")
    run(*pip, "install", "--quiet", "--require-hashes", "-r", "run-time.txt", cwd=folder)
    run(*pip, "install", "--quiet", "--no-deps", wheel, cwd=folder)
    run(*pip, "check", cwd=folder)
    return commands


def test_holds_the_rules_and_nothing_of_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    rules = {
        f"extractor/_rules/{path.relative_to(ROOT / 'rules').as_posix()}"
        for path in (ROOT / "rules").rglob("*")
        if path.suffix in (".yaml", ".md")
    }
    assert rules
    assert rules <= names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"extractor"}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_uses_its_own_rules(empty: Path, tmp_path: Path) -> None:
    script = "from extractor.rulebook.loader import shipped_rules; print(shipped_rules())"
    shown = run(empty / "python", "-c", script, cwd=tmp_path).strip()
    assert Path(shown).is_relative_to(empty.parent)
    run(empty / "nianbao", "rules", "check", cwd=tmp_path)
    assert "C002" in run(empty / "nianbao", "explain", "C002", cwd=tmp_path)


def test_does_the_main_job(empty: Path, tmp_path: Path) -> None:
    run(empty / "nianbao", "extract", REPORTS, "-o", "out", cwd=tmp_path)
    out = tmp_path / "out"
    expected = {f"{table}.{suffix}" for table in TABLES for suffix in ("csv", "parquet")}
    expected |= {"dataset.xlsx", "datapackage.json", "run.json"}
    assert {path.name for path in out.iterdir()} >= expected
    with (out / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row["source"] for row in csv.DictReader(file)]
    truths = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (ROOT / "corpus" / "truth").rglob("*.json")
    ]
    assert sorted(rows) == sorted(
        truth["source"] for truth in truths for _ in truth.get("reports", [truth])
    )
    with (out / "values.csv").open(encoding="utf-8-sig", newline="") as file:
        read = sum(row["state"] == "reported" for row in csv.DictReader(file))
    printed = sum(
        value is not None
        for truth in truths
        for part in truth.get("reports", [truth])
        for value in part["values"].values()
    )
    assert 0.9 * printed <= read <= printed
