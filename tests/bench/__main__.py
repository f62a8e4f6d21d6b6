"""``python -m tests.bench``: what reading a ruled PDF costs, as ratios.

Each file is read several times by every method in turn; a ratio is the time of one method over
that of another in the same round. The columns give the least, middle and greatest ratio.

* extract / text: reading, extraction and checks against pdfium's text-only pass. Target: 3.0.
* read / text: our reader alone against the same.
* plumber / extract: pdfplumber's tables against our whole journey.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.bench.measure import Spread, time_methods
from tests.bench.methods import extracting, is_ruled, plumbing, reading, text_only

ROOT = Path(__file__).resolve().parents[2]
BEGIN = "<!-- speed:begin -->"
END = "<!-- speed:end -->"
RATIOS = ("extract / text", "read / text", "plumber / extract")
_SECONDS = 50.0
"""For everything. A third of it is for pdfplumber, which is slow and needs few rounds."""
_PLUMBER_ROUNDS = 3


def files() -> Iterator[Path]:
    """Ruled PDFs of the sample and, where it lies beside the project, of the reference material."""
    sample = (ROOT / "corpus" / "reports").rglob("*.pdf")
    real = (ROOT.parent / "shared" / "real").glob("*.pdf")
    yield from (path for path in [*sorted(real), *sorted(sample)] if is_ruled(path))


def main() -> int:
    """Print the table. Always 0: a time is a measurement, not a test."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="rounds for each file (25)")
    parser.add_argument("--only", default="", help="only files whose name contains this")
    parser.add_argument(
        "--update-readme", type=Path, action="append", default=[], metavar="FILE",
        help="write the summary between the speed marks of this file; may be given twice",
    )  # fmt: skip
    given = parser.parse_args()
    chosen = [path for path in files() if given.only in path.name]
    if not chosen:
        sys.stderr.write("no ruled PDF to measure\n")
        return 0
    rows = list(_measure(chosen, given.rounds))
    summary = _summary(rows)
    print(f"\n{summary}")
    for readme in given.update_readme:
        _update(readme, summary)
    return 0


def _measure(chosen: list[Path], rounds: int) -> Iterator[dict[str, Spread]]:
    """The ratios of each file, printed as they come."""
    ours = {"text": text_only(), "read": reading(), "extract": extracting()}
    theirs = {"extract": ours["extract"], "plumber": plumbing()}
    share = _SECONDS / len(chosen)
    print(f"{'  |  '.join(RATIOS)}  |  ms text read extract  |  file")
    for path in chosen:
        data, start = path.read_bytes(), perf_counter()
        fast = time_methods(ours, data, rounds, start + share * 2 / 3)
        slow = time_methods(theirs, data, _PLUMBER_ROUNDS, start + share)
        row = {
            "extract / text": fast.ratio("extract", "text"),
            "read / text": fast.ratio("read", "text"),
            "plumber / extract": slow.ratio("plumber", "extract"),
        }
        times = " ".join(f"{fast.milliseconds(name):.1f}" for name in ours)
        ratios = "  |  ".join(str(row[name]) for name in RATIOS)
        print(f"{ratios}  |  {times}  |  {path.name}", flush=True)
        yield row


def _summary(rows: list[dict[str, Spread]]) -> str:
    """Least, middle and greatest of the files' middle ratios, as a Markdown table."""
    lines = [f"| ratio, {len(rows)} files | least | middle | greatest |", "|---|---:|---:|---:|"]
    for name in RATIOS:
        files = Spread.of([row[name].middle for row in rows])
        lines.append(f"| {name} | {files.least:.2f} | {files.middle:.2f} | {files.most:.2f} |")
    return "\n".join(lines)


def _update(readme: Path, summary: str) -> None:
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{readme} lacks the marks {BEGIN} and {END}")
    readme.write_text(f"{before}{begin}\n{summary}\n{end}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
