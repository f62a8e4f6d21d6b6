"""An evaluation as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from extractor.errors import OutputError, UsageError
from extractor.evaluate.evaluation import DAMAGED, FORM, LAYOUT, OPERATOR, Evaluation
from extractor.evaluate.score import Rate, Score

BEGIN = "<!-- {name}:begin -->"
END = "<!-- {name}:end -->"
_WORST = 15


def score_table(evaluation: Evaluation) -> str:
    """Counts by file format."""
    head = (
        "format",
        "documents",
        "figures",
        "exact",
        "silently wrong",
        "wrong, flagged",
        "declined",
        "status, issuer, year, form",
        "defects found",
        "false alarms",
    )
    rows = [*evaluation.by_format.items(), ("**all**", evaluation.total)]
    return _table(head, ((name, *_counts(score)) for name, score in rows))


def rate_table(evaluation: Evaluation) -> str:
    """Every rate over all documents, with cases and interval."""
    head = ("measure", "found", "cases", "share", "95 % interval")
    return _table(head, (_rate_row(rate) for rate in evaluation.total.rates() if rate.cases))


def layout_table(scores: Mapping[str, Score]) -> str:
    """Accuracy by layout, form or operator."""
    head = ("", "documents", "cells exact", "95 % interval", "tables exact", "silently wrong",
            "wrong, flagged", "declined")  # fmt: skip
    return _table(head, (_layout_row(name, score) for name, score in scores.items()))


def cause_table(evaluation: Evaluation) -> str:
    """How many cells were wrong or declined, and why."""
    rows = ((kind, cause, f"{cells:,}") for (kind, cause), cells in evaluation.causes.items())
    return _table(("cells", "cause", "number"), rows)


def reliability_table(evaluation: Evaluation) -> str:
    """Confidence against the share of right readings."""
    rows = (
        (f"{one.low:g}", f"{one.readings:,}", f"{one.stated:.5f}", f"{one.rate.share:.5f}",
         _interval(one.rate))
        for one in evaluation.reliability.bins
    )  # fmt: skip
    head = ("confidence from", "readings", "stated", "right", "95 % interval")
    error = f"Expected calibration error: {evaluation.reliability.error:.5f}"
    return f"{_table(head, rows)}\n\n{error}"


def full_text(evaluation: Evaluation) -> str:
    """Every table of an evaluation."""
    groups = evaluation.groups
    worst = sorted(
        groups[OPERATOR].items(), key=lambda item: (-item[1].wrong, -item[1].declined, item[0])
    )
    parts = [
        ("By file format", score_table(evaluation)),
        ("All documents", rate_table(evaluation)),
        ("Clean documents by layout", layout_table(groups[LAYOUT])),
        ("Damaged documents by layout", layout_table(groups[DAMAGED])),
        ("By form", layout_table(groups[FORM])),
        ("Operators with most wrong or declined cells", layout_table(dict(worst[:_WORST]))),
        ("Causes", cause_table(evaluation)),
        ("Confidence", reliability_table(evaluation)),
    ]
    filled = [(title, text) for title, text in parts if text.count("\n") > 1]
    return "\n\n".join(f"{title}\n\n{text}" for title, text in filled)


def mistake_lines(evaluation: Evaluation) -> list[str]:
    """Every mistake on a line."""
    return [
        f"{one.source}: {one.kind} {one.subject}: expected {one.expected or '-'}, "
        f"found {one.found or '-'}{f' ({one.cause})' if one.cause else ''}"
        for one in evaluation.mistakes
    ]


def update_readme(readme: Path, name: str, text: str) -> None:
    """Rewrite what stands between the two marks of a name in a file.

    Raises:
        UsageError: The file or its marks are not there.
        OutputError: The file cannot be written.
    """
    try:
        old = readme.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"无法读取 {readme}。", f"{readme} cannot be read.") from error
    first, last = BEGIN.format(name=name), END.format(name=name)
    before, begin, rest = old.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise UsageError(
            f"{readme} 中没有标记 {first} 和 {last}。",
            f"{readme} lacks the marks {first} and {last}.",
        )
    try:
        new = f"{before}{first}\n{text}\n{last}{after}"
        readme.write_text(new, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"无法写入 {readme}。", f"{readme} cannot be written.") from error


def about_corpus(truth: Path, day: date | None) -> str:
    """What ``corpus.json`` says of how the truth was made; empty where there is none.

    With a day it reads as a sentence for people, without one as the command that makes the corpus.
    """
    try:
        made = json.loads((truth / "corpus.json").read_text(encoding="utf-8"))
        command, seed, documents = made["command"], made["seed"], made["documents"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    if day is None:
        return str(command)
    return f"Measured on {day.isoformat()}, {documents:,} documents, seed {seed} (`{command}`)."


def readme_text(evaluation: Evaluation, about: str) -> str:
    """What the README shows of an evaluation: date, seed and size first."""
    parts = [about, score_table(evaluation)]
    if evaluation.groups[LAYOUT]:
        parts += [
            rate_table(evaluation),
            "Documents without damage, by layout:",
            layout_table(evaluation.groups[LAYOUT]),
        ]
    return "\n\n".join(part for part in parts if part)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = tuple(head)
    lines = [f"| {' | '.join(names)} |", f"|---{'|---:' * (len(names) - 1)}|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def _counts(score: Score) -> Iterator[str]:
    yield f"{score.documents:,}"
    yield f"{score.figures:,}"
    yield f"{score.exact:,}{_percent(Rate('', score.exact, score.figures))}"
    yield f"{score.silent:,}"
    yield f"{score.flagged:,}"
    yield f"{score.declined:,}"
    yield f"{score.right:,} of {score.asked:,}"
    yield f"{score.found:,} of {score.defects:,}"
    yield f"{score.false_alarms:,} ({score.alarmed:,} of {score.clean:,} clean)"


def _layout_row(name: str, score: Score) -> tuple[str, ...]:
    cells = Rate("", score.exact, score.figures)
    share = "" if cells.share is None else f"{cells.share:.3%}"
    tables = Rate("", score.tables_exact, score.tables)
    whole = "" if tables.share is None else f"{tables.share:.2%}"
    return (name, f"{score.documents:,}", share, _interval(cells), whole, f"{score.silent:,}",
            f"{score.flagged:,}", f"{score.declined:,}")  # fmt: skip


def _rate_row(rate: Rate) -> tuple[str, ...]:
    share = 0.0 if rate.share is None else rate.share
    return rate.name, f"{rate.count:,}", f"{rate.cases:,}", f"{share:.4%}", _interval(rate)


def _interval(rate: Rate) -> str:
    low, high = rate.interval()
    return f"{low:.3%} to {high:.3%}" if rate.cases else ""


def _percent(rate: Rate) -> str:
    return "" if rate.share is None else f" ({rate.share:.2%})"
