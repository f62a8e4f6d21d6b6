"""``python -m tests.bench.peers``: the same documents through what one would use instead of us.

Each file goes through our pipeline and then through every peer for its format, one after the other,
so that a busy machine slows them alike. Peers run in an environment of their own (``--env``), each
in a process of its own; import and warm-up are not counted, on either side. Their tables become
indicators by one mapping for all (``peer_map.py`` says how generous it is). We are timed for the
whole journey, peers for their tables only: the mapping that they leave to the user is free.

Plain text is left out: no peer makes tables of it. Docling is left out for PDF: it wants models
that have to be fetched. Scans, files of several reports and files that are no report are left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from extractor.options import Options
from extractor.pipeline import extract_reports
from extractor.report import State, Status
from extractor.rulebook import load_rulebook
from tests.bench.peer_env import default_folder, prepare
from tests.bench.peer_map import to_indicators
from tests.bench.peer_process import Peer
from tests.bench.peer_score import Case, Record, Result, cases, choose, score
from tests.bench.peer_text import OURS, losses, tables, wins

ROOT = Path(__file__).resolve().parents[2]
BEGIN = "<!-- peers:begin -->"
END = "<!-- peers:end -->"
PEERS = {
    "PDF": ("pdfplumber", "camelot", "markitdown"),
    "DOCX": ("python-docx", "markitdown", "docling"),
    "HTML": ("pandas", "beautifulsoup", "markitdown", "docling"),
}
_READ = frozenset({State.REPORTED, State.INFERRED})

Ours = Callable[[Case], Result]


def main() -> int:
    """Print tables and lists. Always 0: this measures, it does not judge."""
    given = _arguments()
    chosen = choose(list(cases(given.reports, given.truth)), given.sample)
    if not chosen:
        sys.stderr.write("no document with truth to compare\n")
        return 0
    python = prepare(given.env)
    names = sorted({name for case in chosen for name in PEERS[case.format]})
    peers = {name: Peer(name, python, given.limit) for name in names}
    try:
        records, done = compare(chosen, peers, ours(), perf_counter() + given.seconds)
    finally:
        for peer in peers.values():
            peer.close()
    told = _report(records, peers, done, len(chosen))
    print(told)
    for readme in given.update_readme:
        _update(readme, tables(records))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--env",
        type=Path,
        default=default_folder(),
        help="environment of the peers, made if it is not there",
    )
    add("--reports", type=Path, default=ROOT / "corpus" / "reports", help="folder of documents")
    add("--truth", type=Path, default=ROOT / "corpus" / "truth", help="folder of their truth")
    add("--sample", type=int, metavar="N", help="only N documents, the same ones each time")
    add("--seconds", type=float, default=600, help="start no new file after this time (600)")
    add("--limit", type=float, default=30, help="seconds a peer has for one file (30)")
    add(
        "--update-readme", type=Path, action="append", default=[], metavar="FILE",
        help="write the tables between the peers marks of this file; may be given twice",
    )  # fmt: skip
    return parser.parse_args()


def compare(
    chosen: Sequence[Case], peers: Mapping[str, Peer], read: Ours, deadline: float
) -> tuple[list[Record], int]:
    """Every file through us and its peers, until the time is up; and how many files that were."""
    records: dict[tuple[str, str], Record] = {}

    def keep(system: str, kind: str, result: Result) -> None:
        records.setdefault((kind, system), Record(system, kind)).results[result.name] = result

    read(chosen[0])
    done = 0
    for case in chosen:
        if done and perf_counter() > deadline:
            break
        keep(OURS, case.format, read(case))
        for name in PEERS[case.format]:
            result = _ask(peers[name], case)
            if not peers[name].absent:
                keep(name, case.format, result)
        done += 1
    return list(records.values()), done


def ours() -> Ours:
    """Our whole journey: read, identify, align, settle, check. The rules are loaded before."""
    options, rulebook = Options(), load_rulebook()

    def read(case: Case) -> Result:
        data = case.path.read_bytes()
        start = perf_counter()
        reports = extract_reports(data, case.name, rulebook, options)
        seconds = perf_counter() - start
        found: dict[str, Decimal] = {}
        for value in reports[0].values:
            if value.state in _READ and value.number is not None:
                found[value.indicator] = value.number
        failed = reports[0].status is Status.UNREADABLE
        return score(case, found, None if failed else seconds, "unreadable" if failed else "")

    return read


def _ask(peer: Peer, case: Case) -> Result:
    answer = peer.ask(case.path)
    return score(case, to_indicators(answer.tables), answer.seconds, answer.error)


def _report(records: Sequence[Record], peers: Mapping[str, Peer], done: int, asked: int) -> str:
    lines = [tables(records), ""]
    if done < asked:
        lines += [f"Time was up: {done} of {asked} files measured.", ""]
    for title, found in (
        ("Where a peer did better", losses(records)),
        ("Where we did better", wins(records)),
        ("Failed files", _failures(records)),
        ("Peers left out", [f"{p.name}: {p.absent}" for p in peers.values() if p.absent]),
    ):
        lines += [f"{title}:", *(f"- {line}" for line in found or ["nothing"]), ""]
    return "\n".join(lines)


def _failures(records: Sequence[Record]) -> list[str]:
    return [
        f"{record.format}, {record.system}: {one.name}: {one.error}"
        for record in records
        for one in record.results.values()
        if one.error
    ]


def _update(readme: Path, summary: str) -> None:
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{readme} lacks the marks {BEGIN} and {END}")
    readme.write_text(f"{before}{begin}\n{summary}\n{end}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
