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
from statistics import median
from time import perf_counter

from tests.bench.measure import time_methods
from tests.bench.methods import extracting, is_ruled, plumbing, reading, text_only

ROOT = Path(__file__).resolve().parents[2]
TARGET = 3.0
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
    parser.add_argument("--no-plumber", action="store_true", help="leave pdfplumber out")
    given = parser.parse_args()
    chosen = [path for path in files() if given.only in path.name]
    if not chosen:
        sys.stderr.write("no ruled PDF to measure\n")
        return 0
    ours = {"text": text_only(), "read": reading(), "extract": extracting()}
    theirs = {"extract": ours["extract"], "plumber": plumbing()}
    share = _SECONDS / len(chosen)
    middles = []
    print("extract / text  |  read / text  |  plumber / extract  |  ms text read extract  |  file")
    for path in chosen:
        data, start = path.read_bytes(), perf_counter()
        timing = time_methods(ours, data, given.rounds, start + share * 2 / 3)
        whole, part = timing.ratio("extract", "text"), timing.ratio("read", "text")
        middles.append(whole.middle)
        peer = "-"
        if not given.no_plumber:
            slow = time_methods(theirs, data, _PLUMBER_ROUNDS, start + share)
            peer = str(slow.ratio("plumber", "extract"))
        times = " ".join(f"{timing.milliseconds(name):.1f}" for name in ours)
        print(f"{whole}  |  {part}  |  {peer}  |  {times}  |  {path.name}", flush=True)
    print(
        f"extract / text: middle {median(middles):.2f}, worst file {max(middles):.2f}, "
        f"target {TARGET:.1f}; {len(chosen)} files"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
