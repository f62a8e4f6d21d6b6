"""Accuracy of a dataset against ground truth.

Truth is one JSON file per document (``corpus/README.md`` lists the keys)::

    {"source": "2024/town.pdf", "issuer": "...", "year": 2024, "format": "2021",
     "values": {"disclosure.regulations.issued": "0", ...}, "status": "flagged",
     "flags": ["T001"], "allowed": ["S002"], "clean": false}

``values`` gives the figure printed for each indicator; ``null`` where the cell is there and holds
no number; an indicator is left out where the document has no such cell. A number read where the
truth has none is as wrong as a wrong number. A file of several reports lists them under
``reports``. Keys that are left out are not judged. Without ``source`` the document is the one
whose name without suffix is that of the truth file (``town.truth.json``), or, for a file named
``truth.json``, the only one beside it.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import Any

from extractor.errors import OutputError, UsageError

BEGIN = "<!-- results:begin -->"
END = "<!-- results:end -->"

_READ = frozenset({"reported", "inferred"})
_SEVERE = frozenset({"error", "warning"})
_FAMILIES = {".pdf": "PDF", ".docx": "DOCX", ".html": "HTML", ".htm": "HTML", ".txt": "Text"}
_IDENTITY = ("issuer", "year", "format")
_UNREAD = frozenset({"unreadable", "not_a_report"})

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts, of one document or of many.

    ``figures`` are the cells in which the truth has a number: ``exact`` of them were read right,
    ``declined`` not read and said so. ``wrong`` counts every number that the truth does not bear
    out. ``asked`` and ``right`` count the status and,
    of what can be read, issuer, year and format. ``defects`` had to be found.
    """

    documents: int = 0
    figures: int = 0
    exact: int = 0
    wrong: int = 0
    declined: int = 0
    asked: int = 0
    right: int = 0
    defects: int = 0
    found: int = 0
    clean: int = 0
    false_alarms: int = 0

    def __add__(self, other: Score) -> Score:
        mine, theirs = asdict(self), asdict(other)
        return Score(**{name: mine[name] + theirs[name] for name in mine})


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that differs from the truth: ``wrong``, ``identity``, ``missed``, ``alarm``."""

    source: str
    kind: str
    subject: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores by file format, and every mistake by name."""

    by_format: Mapping[str, Score]
    mistakes: tuple[Mistake, ...]

    @property
    def total(self) -> Score:
        """All formats together."""
        return sum(self.by_format.values(), Score())

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "total": asdict(self.total),
            "formats": {name: asdict(score) for name, score in self.by_format.items()},
            "mistakes": [asdict(mistake) for mistake in self.mistakes],
        }


@dataclass(slots=True)
class _Found:
    """What the dataset says of one document: its reports in order."""

    reports: list[Row] = field(default_factory=list)
    values: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    flags: list[Row] = field(default_factory=list)


def evaluate(dataset_dir: Path, truth_dir: Path) -> Evaluation:
    """Score a dataset folder against a folder of truth.

    Raises:
        UsageError: One of the folders does not hold what it should.
    """
    found = _read_dataset(dataset_dir)
    scores: dict[str, Score] = {}
    mistakes: list[Mistake] = []
    for source, truth in _read_truth(truth_dir, found):
        score, wrong = _judge(source, truth, found.get(source, _Found()))
        family = _FAMILIES.get(PurePosixPath(source).suffix.lower(), "Other")
        scores[family] = scores.get(family, Score()) + score
        mistakes += wrong
    return Evaluation(dict(sorted(scores.items())), tuple(mistakes))


def score_table(evaluation: Evaluation) -> str:
    """The scores as a Markdown table."""
    head = (
        "format",
        "documents",
        "figures",
        "exact",
        "silently wrong",
        "declined",
        "status, issuer, year, form",
        "defects found",
        "false alarms",
    )
    rows = [*evaluation.by_format.items(), ("**all**", evaluation.total)]
    lines = [f"| {' | '.join(head)} |", f"|---{'|---:' * (len(head) - 1)}|"]
    lines += [f"| {' | '.join((name, *_cells(score)))} |" for name, score in rows]
    return "\n".join(lines)


def mistake_lines(evaluation: Evaluation) -> list[str]:
    """Every mistake on a line."""
    return [
        f"{one.source}: {one.kind} {one.subject}: expected {one.expected or '-'}, "
        f"found {one.found or '-'}"
        for one in evaluation.mistakes
    ]


def update_readme(readme: Path, evaluation: Evaluation) -> None:
    """Rewrite what stands between the two result marks of a file.

    Raises:
        UsageError: The file or its marks are not there.
        OutputError: The file cannot be written.
    """
    try:
        text = readme.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"无法读取 {readme}。", f"{readme} cannot be read.") from error
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise UsageError(
            f"{readme} 中没有标记 {BEGIN} 和 {END}。",
            f"{readme} lacks the marks {BEGIN} and {END}.",
        )
    table = score_table(evaluation)
    try:
        readme.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"无法写入 {readme}。", f"{readme} cannot be written.") from error


def _cells(score: Score) -> Iterator[str]:
    yield str(score.documents)
    yield f"{score.figures:,}"
    share = f" ({score.exact / score.figures:.2%})" if score.figures else ""
    yield f"{score.exact:,}{share}"
    yield str(score.wrong)
    yield str(score.declined)
    yield f"{score.right} of {score.asked}"
    yield f"{score.found} of {score.defects}"
    yield f"{score.false_alarms} on {score.clean} clean"


def _read_dataset(folder: Path) -> dict[str, _Found]:
    found: dict[str, _Found] = defaultdict(_Found)
    for row in _rows(folder / "reports.csv"):
        found[row["source"]].reports.append(row)
    for row in _rows(folder / "values.csv"):
        found[row["source"]].values[row["report_id"]][row["indicator"]] = row
    for row in _rows(folder / "flags.csv"):
        found[row["source"]].flags.append(row)
    return dict(found)


def _rows(path: Path) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)
    except OSError as error:
        raise UsageError(
            f"{path.parent} 不是数据集文件夹（缺少 {path.name}）。请先运行 nianbao extract。",
            f"{path.parent} is no dataset folder ({path.name} is missing). "
            "Run nianbao extract first.",
        ) from error


def _read_truth(folder: Path, found: Mapping[str, _Found]) -> Iterator[tuple[str, dict[str, Any]]]:
    files = sorted(folder.rglob("*.json")) if folder.is_dir() else []
    if not files:
        raise UsageError(
            f"标准答案文件夹里没有 JSON 文件：{folder}。",
            f"There is no JSON file of ground truth in {folder}.",
        )
    for file in files:
        try:
            truth = json.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"标准答案文件无法读取：{file}。", f"This file of truth cannot be read: {file}."
            ) from error
        if not isinstance(truth, dict) or not {"values", "reports", "source"} & truth.keys():
            continue
        place = PurePosixPath(file.relative_to(folder).as_posix())
        yield str(truth.get("source") or _source_of(place, found)), truth


def _source_of(place: PurePosixPath, sources: Iterable[str]) -> str:
    """The document that a truth file without ``source`` speaks of."""
    stem = place.name.removesuffix(".json").removesuffix(".truth")
    beside = [
        source
        for source in map(PurePosixPath, sorted(sources))
        if source.parent == place.parent and source.suffix.lower() != ".json"
    ]
    if stem == "truth":
        return str(beside[0]) if len(beside) == 1 else str(place)
    return str(next((s for s in beside if stem in (s.stem, s.name)), place))


def _judge(source: str, truth: Mapping[str, Any], found: _Found) -> tuple[Score, list[Mistake]]:
    parts: Sequence[Mapping[str, Any]] = truth.get("reports") or [truth]
    score = Score(documents=1)
    mistakes: list[Mistake] = []
    for at, part in enumerate(parts):
        report = found.reports[at] if at < len(found.reports) else {}
        values = found.values.get(report.get("report_id", ""), {})
        for judged, wrong in (
            _judge_values(source, part.get("values", {}), values),
            _judge_identity(source, part, report),
        ):
            score += judged
            mistakes += wrong
    judged, wrong = _judge_flags(source, truth, found.flags)
    extra = [
        Mistake(source, "wrong", indicator, "", row["value"])
        for report in found.reports[len(parts) :]
        for indicator, row in found.values.get(report["report_id"], {}).items()
        if row["state"] in _READ
    ]
    return score + judged + Score(wrong=len(extra)), [*mistakes, *wrong, *extra]


def _judge_values(
    source: str, truth: Mapping[str, Any], values: Mapping[str, Row]
) -> tuple[Score, list[Mistake]]:
    exact = declined = figures = 0
    mistakes: list[Mistake] = []
    for indicator in dict.fromkeys((*truth, *values)):
        expected = _number(truth.get(indicator))
        row = values.get(indicator)
        read = _number(row["value"]) if row and row["state"] in _READ else None
        figures += expected is not None
        if read is None:
            declined += expected is not None
        elif read == expected:
            exact += 1
        else:
            mistakes.append(Mistake(source, "wrong", indicator, _shown(expected), _shown(read)))
    return Score(figures=figures, exact=exact, declined=declined, wrong=len(mistakes)), mistakes


def _judge_identity(
    source: str, truth: Mapping[str, Any], report: Row
) -> tuple[Score, list[Mistake]]:
    readable = truth.get("status") not in _UNREAD
    asked = [name for name in ("status", *(_IDENTITY if readable else ())) if name in truth]
    mistakes = []
    for name in asked:
        expected = _expected_format(truth) if name == "format" else _shown(truth[name])
        if report.get(name, "") != expected:
            mistakes.append(Mistake(source, "identity", name, expected, report.get(name, "")))
    return Score(asked=len(asked), right=len(asked) - len(mistakes)), mistakes


def _expected_format(truth: Mapping[str, Any]) -> str:
    """``mixed`` where a table is said to have the rows of another form than the report."""
    form = _shown(truth["format"])
    rows = {_shown(value) for name, value in truth.items() if name.endswith("_rows")}
    return form if rows <= {form} else "mixed"


def _judge_flags(
    source: str, truth: Mapping[str, Any], flags: Iterable[Row]
) -> tuple[Score, list[Mistake]]:
    if "flags" not in truth and "clean" not in truth:
        return Score(), []
    parts = [truth, *truth.get("reports", ())]
    codes = {row["code"]: row["severity"] for row in flags}
    expected = {code for part in parts for code in part.get("flags", ())}
    known = expected.union(*(part.get("allowed", ()) for part in parts))
    missed = sorted(expected - codes.keys())
    alarms = sorted(c for c, severity in codes.items() if severity in _SEVERE and c not in known)
    mistakes = [Mistake(source, "missed", code, code, "") for code in missed]
    mistakes += [Mistake(source, "alarm", code, "", code) for code in alarms]
    score = Score(
        defects=len(expected),
        found=len(expected) - len(missed),
        clean=bool(truth.get("clean")),
        false_alarms=len(alarms),
    )
    return score, mistakes


def _number(value: object) -> Decimal | None:
    """The number in a cell of truth or dataset, ``None`` for a blank or a word."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _shown(value: object) -> str:
    return "" if value is None else str(value)
