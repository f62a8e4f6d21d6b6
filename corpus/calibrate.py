"""Measures how often readings are right and writes ``rules/confidence.yaml``.

``python corpus/calibrate.py DIR [DIR ...]`` takes folders made by ``corpus/make.py``. The share of
right readings is measured for each kind of evidence (method, fit of labels, sums), with half a
wrong reading added to every kind, so that no share is 1. Check it on a corpus of another seed with
``nianbao evaluate``: its last table sets the stated confidence against what was right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from extractor.extraction.confidence import grounds_of
from extractor.options import Options
from extractor.pipeline import extract_reports
from extractor.rulebook import load_rulebook

Key = tuple[str, str, str]
RULES = Path(__file__).resolve().parents[1] / "rules" / "confidence.yaml"
_FEWEST = 30
"""Readings below which a kind of evidence has no line of its own."""
_HEAD = """\
# 各种读取依据的把握：在已知答案的合成语料上实测，同样依据的读数有多大比例正确。
# 由 corpus/calibrate.py 生成，不要手改。method 读取方式；fit 标签与位置的吻合程度；
# sums 勾稽关系是否成立；right 正确的比例；readings 实测的读数个数。
# 语料：{corpora}
confidence:
"""


def read(path: Path) -> list[tuple[Key, bool]]:
    """The evidence of every number read from a document, and whether it was right."""
    truth = json.loads(path.read_text(encoding="utf-8"))
    if "source" not in truth:
        return []
    source = path.parents[1] / "reports" / truth["source"]
    rulebook = load_rulebook()
    reports = extract_reports(source.read_bytes(), source.name, rulebook, Options())
    judged: list[tuple[Key, bool]] = []
    for at, report in enumerate(reports):
        parts = truth.get("reports") or [truth]
        told = parts[at]["values"] if at < len(parts) else {}
        for _, table in groupby(report.values, key=lambda value: value.table):
            values = list(table)
            numbers = {value.indicator: value.number for value in values}
            for indicator, grounds in grounds_of(values, rulebook).items():
                expected = told.get(indicator)
                right = expected is not None and Decimal(expected) == numbers[indicator]
                key = (grounds.method, grounds.fit.value, grounds.sums.value)
                judged.append((key, right))
    return judged


def measure(folders: Iterable[Path]) -> tuple[Counter[Key], Counter[Key]]:
    """How many readings there are of each kind of evidence, and how many are wrong."""
    paths = [path for folder in folders for path in sorted((folder / "truth").glob("*.json"))]
    total: Counter[Key] = Counter()
    wrong: Counter[Key] = Counter()
    with ProcessPoolExecutor() as pool:
        for judged in pool.map(read, paths, chunksize=8):
            for (method, fit, sums), right in judged:
                for key in ((method, fit, sums), (method, fit, ""), (method, "", "")):
                    total[key] += 1
                    wrong[key] += not right
    return total, wrong


def lines(total: Counter[Key], wrong: Counter[Key]) -> Iterator[str]:
    """The lines of the rule file, in a fixed order."""
    for key in sorted(total):
        if total[key] < _FEWEST and key[1]:
            continue
        method, fit, sums = key
        name = "-".join(part for part in key if part)
        right = 1 - (wrong[key] + 0.5) / (total[key] + 1)
        yield (
            f"  - {{id: {name}, method: {method}, fit: {fit or chr(34) * 2}, "
            f"sums: {sums or chr(34) * 2}, right: {right:.6f}, readings: {total[key]}}}"
        )


def main() -> None:
    """Read the command line, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    folders: list[Path] = parser.parse_args().folders
    total, wrong = measure(folders)
    made = [json.loads((f / "truth" / "corpus.json").read_text("utf-8")) for f in folders]
    head = _HEAD.format(corpora="; ".join(one["command"] for one in made))
    RULES.write_text(head + "\n".join(lines(total, wrong)) + "\n", encoding="utf-8")
    print(f"{sum(total.values()) // 3:,} readings", file=sys.stderr)


if __name__ == "__main__":
    main()
