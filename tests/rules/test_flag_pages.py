"""The pages of findings: complete in both languages, and every example does what it says.

An example may be a part of a report. Its settings say how it is made whole:

``base=report-2021``
    the report in ``rules/flags/base`` into which the example is put
``part=3``, ``part=4-5``, ``part=front``, ``part=front-1``
    the example takes the place of that section, of those sections, or of what stands before them
``part=rows``
    each row of the example takes the place of the row of the same label
``limit.characters=100``
    a limit of ``Limits`` for this run
``reader=crashes``
    the reading process dies
``also=C003``
    other findings (errors, warnings) that the same fault raises in a based example
``with=last-year.txt``
    the source of that name is checked in one batch with it (several are parted by commas); it is a
    block of the page with ``beside`` in the place of ``fires``, and is made whole in the same way

What is said of a source beside an example does not count, only what is said of the example and of
no report at all.
"""

from __future__ import annotations

import importlib
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import extractor
from extractor.across import checked_batch
from extractor.batch import Extract, run_batch
from extractor.inputs.source import Source
from extractor.options import Limits, Options
from extractor.pipeline import extract_reports
from extractor.report import Flag, Report, Severity
from extractor.rulebook import explain_page, flag_examples, load_rulebook
from extractor.rulebook.loader import shipped_rules
from extractor.rulebook.model import Companion, Example

CODES = (
    "D001", "D002", "D003", "D004", "D005", "D006", "D007", "D008", "D009", "D010",
    "M001", "M002", "M003",
    "S001", "S002", "S003", "S004", "S005", "S006",
    "T001", "T002", "T003", "T004", "T005", "T006", "T007", "T008", "T009", "T010", "T011",
    "C001", "C002", "C003", "C004", "C005", "C006", "C007", "C008", "C009",
)  # fmt: skip
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
    names = list(parts)
    replaced = names[names.index(first) : names.index(last or first) + 1]
    assert replaced, part
    parts[first] = fragment + "\n"
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


def sources_of(example: Example) -> list[Example | Companion]:
    """An example and what stands beside it."""
    return [example, *example.beside]


def source_of(example: Example | Companion) -> bytes:
    """The whole source of an example, or of one beside it."""
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


def crashing_extract(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Extract:
    """An extract function that ends its process, importable in a worker too."""
    name = f"crashing_{os.getpid()}"
    (folder / f"{name}.py").write_text("import os\n\n\ndef extract(*task):\n    os._exit(9)\n")
    monkeypatch.syspath_prepend(str(folder))
    extract: Extract = importlib.import_module(name).extract
    return extract


def read(example: Example, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Report, ...]:
    data, rulebook = source_of(example), load_rulebook()
    options = Options(limits=limits_of(example))
    if dict(example.settings).get("reader") != "crashes":
        return extract_reports(data, example.name, rulebook, options)
    path = folder / example.name
    path.write_bytes(data)
    extract = crashing_extract(folder, monkeypatch)
    return tuple(run_batch([Source(example.name, path)], options, rulebook, extract=extract))


def run(example: Example, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Flag, ...]:
    """What a batch of the example and the sources beside it says of the example, or of none."""
    rulebook, options = load_rulebook(), Options()
    reports = list(read(example, folder, monkeypatch))
    for other in example.beside:
        reports += extract_reports(source_of(other), other.name, rulebook, options)
    with checked_batch(reports, rulebook, options) as batch:
        own = [report for report in batch.reports if report.source == example.name]
        return (*(flag for report in own for flag in report.flags), *batch.result.flags)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_example_does_what_the_page_says(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = run(case.example, tmp_path, monkeypatch)
    shown = [f"{flag.code} {flag.message}" for flag in flags]
    assert (case.code in {flag.code for flag in flags}) is case.example.fires, shown
    settings = dict(case.example.settings)
    if "base" in settings:
        also = set(settings.get("also", "").split(",")) - {""}
        troubles = {flag.code for flag in flags if flag.severity is not Severity.INFO}
        assert troubles - {case.code} == also, shown


def test_every_finding_that_can_be_raised_has_a_page() -> None:
    rulebook = load_rulebook()
    package = Path(extractor.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    raised = {flag.code for flag in rulebook.flags if f'"{flag.name}"' in source}
    raised |= {check.code for check in rulebook.checks}
    pages = {item.name.removesuffix(".md") for item in (shipped_rules() / "flags").iterdir()}
    assert raised <= set(CODES)
    assert set(CODES) <= pages & {flag.code for flag in rulebook.flags}


@pytest.mark.parametrize("code", CODES)
def test_page_has_an_example_of_each_kind(code: str) -> None:
    examples = flag_examples(code)
    assert {example.fires for example in examples} == {True, False}
    for example in examples:
        assert example.name not in {other.name for other in example.beside}
    for source in (source for example in examples for source in sources_of(example)):
        settings = dict(source.settings)
        assert {name for name in settings if not name.startswith("limit.")} <= SETTINGS
        assert ("base" in settings) is ("part" in settings)
        assert len(source.content) < 3000


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", CODES)
def test_page_is_complete(code: str, lang: str) -> None:
    flag = load_rulebook().flag(code)
    page = explain_page(code, lang)
    lines = page.splitlines()
    assert lines[0] == f"# {flag.code} {flag.name}"
    assert lines[2] == " · ".join(SEVERITIES[flag.severity])
    own, other = ("中文", "English") if lang == "zh" else ("English", "中文")
    assert f"## {own}" in lines
    assert f"## {other}" not in lines
    title = flag.title_zh if lang == "zh" else flag.title_en
    assert lines[lines.index(f"## {own}") + 2] == f"**{title}**"
    for heading in HEADINGS[lang]:
        text = lines[lines.index(f"### {heading}") + 2]
        assert len(text) >= 10, heading
        han = len(re.findall(r"[\u4e00-\u9fff]", text))
        assert (han > len(re.findall(r"[A-Za-z]", text))) is (lang == "zh"), heading


@pytest.mark.parametrize("name", ["report-2019", "report-2021"])
def test_base_report_raises_nothing(name: str) -> None:
    reports = extract_reports(base_text(name).encode(), name, load_rulebook(), Options())
    assert [flag.message for report in reports for flag in report.flags] == []
    assert [report.identity.format for report in reports] == [name.removeprefix("report-")]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "base" in dict(case.example.settings)], ids=str
)
def test_example_made_whole_says_that_it_is_synthetic(case: Case) -> None:
    for source in sources_of(case.example):
        assert "合成样例" in source_of(source).decode()
