"""The large corpus as a user makes it, and page breaks read right."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from extractor.options import Options
from extractor.pipeline import extract_reports
from extractor.report import Status
from extractor.rulebook import load_rulebook
from making.breaks import BreakCase, Means, break_cases, print_breaks
from making.numbers import printed_number

ROOT = Path(__file__).resolve().parents[2]
EVERY = 13
"""Which of the drawn page-break cases are read here; ``corpus/make.py --breaks`` makes them all."""


def make(out: Path, *options: str) -> dict[str, bytes]:
    command = [sys.executable, str(ROOT / "corpus" / "make.py"), str(out), *options]
    subprocess.run(command, check=True, capture_output=True)
    files = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def test_the_same_command_makes_the_same_corpus(tmp_path: Path) -> None:
    options = ("--n", "8", "--seed", "again", "--python-only")
    once, twice = make(tmp_path / "a", *options), make(tmp_path / "b", *options)
    assert once == twice
    assert len(once) == 2 * 8 + 1
    about = json.loads(once["truth/corpus.json"])
    assert (about["documents"], about["seed"]) == (8, "again")
    assert about["command"].endswith("--n 8 --seed again --python-only")
    for name, content in once.items():
        if name.startswith("truth/0"):
            assert json.loads(content)["source"] in {n.removeprefix("reports/") for n in once}


def test_a_table_broken_by_a_page_is_read_whole() -> None:
    drawn = [case for case in break_cases("test") if case.means is Means.DRAWN]
    assert len(drawn) > 480
    assert len({case.name for case in drawn}) == len(drawn)
    for case, page in print_breaks(iter(drawn[::EVERY])):
        (report,) = extract_reports(page.data, "a.pdf", load_rulebook(), Options())
        assert report.status is Status.OK, case.name
        read = {value.indicator: value.number for value in report.values}
        assert read == numbers(case), case.name


def numbers(case: BreakCase) -> dict[str, Decimal]:
    texts = {name: printed_number(text) for name, text in case.paper.texts().items()}
    return {name: Decimal(text) for name, text in texts.items() if text is not None}
