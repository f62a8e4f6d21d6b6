"""The pages of findings: complete in both languages, and every example does what it says.

An example may be a part of a report. Its settings say how it is made whole:

``base=report-2021``
    the report in ``rules/flags/base`` into which the example is put
``part=3``, ``part=4-5``, ``part=front``
    the example takes the place of that section, of those sections, or of what stands before them
``part=rows``
    each row of the example takes the place of the row of the same label
``limit.characters=100``
    a limit of ``Limits`` for this run
``reader=crashes``
    the reading process dies
``also=C003``
    other findings (errors, warnings) that the same fault raises in a based example
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from extractor.batch import run_batch
from extractor.inputs.source import Source
from extractor.options import Limits, Options
from extractor.pipeline import extract_reports
from extractor.report import Report, Severity
from extractor.rulebook import explain_page, flag_examples, load_rulebook
from extractor.rulebook.loader import shipped_rules
from extractor.rulebook.model import Example, FlagRule

CODES = (
    "D001 D002 D003 D004 D005 D006 D007 D009 D010 M001 M002 M003 S001 S002 S003 S004 S005 S006 "
    "T001 T002 T003 T004 T005 T006 T007 T008 T009 T010 T011 C001 C002 C003 C004 C005 C009"
).split()
SECTION = re.compile(r"^[一二三四五六]、(?=[^|]*$)", re.MULTILINE)
SETTINGS = {"base", "part", "reader", "also"}
SEVERITIES = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "info")}
HEADINGS = {
    "zh": ("含义", "为什么要紧", "依据", "怎样改正", "误报和局限"),
    "en": ("Meaning", "Why it matters", "Basis", "What to do", "False alarms and limits"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One example of one page."""

    code: str
    number: int
    example: Example

    def __str__(self) -> str:
        kind = "fires" if self.example.fires else "passes"
        return f"{self.code}-{self.number}-{kind}"


CASES = tuple(
    Case(code, number, example)
    for code in CODES
    for number, example in enumerate(flag_examples(code), start=1)
)


@cache
def base_text(name: str) -> str:
    return shipped_rules().joinpath("flags", "base", f"{name}.txt").read_text(encoding="utf-8")


def sections_of(text: str) -> dict[str, str]:
    """The text before the first section heading (``front``), and each section by its number."""
    starts = [found.start() for found in SECTION.finditer(text)]
    parts = {"front": text[: starts[0]]}
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        parts[str(number)] = text[start:stop]
    return parts


def with_part(text: str, part: str, fragment: str) -> str:
    parts = sections_of(text)
    first, _, last = part.partition("-")
    replaced = [first] if not last else [str(n) for n in range(int(first), int(last) + 1)]
    assert set(replaced) <= set(parts), part
    parts[replaced[0]] = fragment + "\n"
    for name in replaced[1:]:
        parts[name] = ""
    return "".join(parts.values())


def row_label(line: str) -> str:
    return line.strip("| ").split("|")[0].strip()


def with_rows(text: str, fragment: str) -> str:
    lines = text.splitlines()
    labels = [row_label(line) if line.startswith("|") else "" for line in lines]
    for row in fragment.splitlines():
        label = row_label(row)
        assert labels.count(label) == 1, label
        lines[labels.index(label)] = row
    return "\n".join(lines) + "\n"


def source_of(example: Example) -> bytes:
    """The whole source of an example."""
    settings = dict(example.settings)
    if "base" not in settings:
        return example.content
    text, fragment = base_text(settings["base"]), example.content.decode()
    whole = (
        with_rows(text, fragment)
        if settings["part"] == "rows"
        else with_part(text, settings["part"], fragment)
    )
    return whole.encode()


def limits_of(example: Example) -> Limits:
    values = {
        name.removeprefix("limit."): int(value)
        for name, value in example.settings
        if name.startswith("limit.")
    }
    return Limits(**values)


def crashing_extract(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """An extract function that ends its process, importable in a worker too."""
    name = f"crashing_{os.getpid()}"
    (folder / f"{name}.py").write_text("import os\n\n\ndef extract(*task):\n    os._exit(9)\n")
    monkeypatch.syspath_prepend(str(folder))
    return __import__(name).extract


def run(
    example: Example, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Report, ...]:
    data, rulebook = source_of(example), load_rulebook()
    options = Options(limits=limits_of(example))
    if dict(example.settings).get("reader") != "crashes":
        return extract_reports(data, example.name, rulebook, options)
    path = folder / example.name
    path.write_bytes(data)
    extract = crashing_extract(folder, monkeypatch)
    return tuple(run_batch([Source(example.name, path)], options, rulebook, extract=extract))


def raised_by(reports: tuple[Report, ...]) -> set[str]:
    return {flag.code for report in reports for flag in report.flags}


def troubles(reports: tuple[Report, ...]) -> set[str]:
    """The codes of errors and warnings."""
    return {
        flag.code
        for report in reports
        for flag in report.flags
        if flag.severity is not Severity.INFO
    }


@pytest.mark.parametrize("case", CASES, ids=str)
def test_example_does_what_the_page_says(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = run(case.example, tmp_path, monkeypatch)
    shown = [f"{flag.code} {flag.message}" for report in reports for flag in report.flags]
    assert (case.code in raised_by(reports)) is case.example.fires, shown
    settings = dict(case.example.settings)
    if "base" in settings:
        also = set(settings.get("also", "").split(",")) - {""}
        assert troubles(reports) - {case.code} == also, shown

