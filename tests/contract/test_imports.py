"""Asking for help, or importing the package, loads none of the large libraries."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.shared import ROOT

LARGE = ("pandas", "numpy", "jieba", "pdfplumber", "pdfminer", "duckdb", "docx", "xlsxwriter")

SCRIPTS = {
    "help": "from extractor.cli import main\nassert main(['--help']) == 0",
    "help of extract": "from extractor.cli import main\nassert main(['extract', '--help']) == 0",
    "package": "import extractor",
    "reading": "from extractor import read_report, extract",
}


def loaded_after(script: str) -> set[str]:
    """The modules that a fresh interpreter holds after a script."""
    tail = "\nimport json, sys\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script + tail], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("name", SCRIPTS)
def test_large_libraries_are_not_loaded(name: str) -> None:
    loaded = loaded_after(SCRIPTS[name])
    assert "extractor" in loaded
    assert not loaded & set(LARGE)


def test_the_probe_sees_a_large_library() -> None:
    assert "docx" in loaded_after("import docx")
