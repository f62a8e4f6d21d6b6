"""Makes a large synthetic corpus with exact truth: ``python corpus/make.py OUT --n 500 --seed 7``.

Writes ``OUT/reports`` and ``OUT/truth``; nothing of it is ever committed. The content is the same
for the same seed, and so are the bytes with the same versions of the printing programs. Needs
LibreOffice, Chromium, poppler and the Noto CJK fonts, or none of them with ``--python-only``, and
the Python package reportlab. ``--breaks`` makes the page-break suite instead: the applications
table broken at and inside every row, in several layouts.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from making.breaks import break_cases, print_breaks
from making.paper import Printed
from making.press import BATCHED, print_all
from making.recipe import KINDS, PYTHON_KINDS, Kind, recipe_of
from making.truth import truth_of

Document = tuple[str, dict[str, object], Printed]


def mixed(seed: str, n: int, kinds: Mapping[Kind, float]) -> Iterator[Document]:
    """Documents of the given kinds: name, truth and file."""
    recipes = [recipe_of(seed, number, kinds) for number in range(n)]
    for recipe, printed in print_all(recipes):
        name = f"{recipe.number:05d}-{recipe.kind.value}.{printed.extension}"
        repeatable = recipe.kind not in BATCHED
        truth = truth_of(name, recipe.kind.value, recipe.papers, printed, repeatable=repeatable)
        yield name, truth, printed


def broken(seed: str) -> Iterator[Document]:
    """The page-break suite."""
    for number, (case, printed) in enumerate(print_breaks(break_cases(seed))):
        name = f"{number:04d}-break.{printed.extension}"
        case.paper.operators.append(case.name)
        truth = truth_of(name, "page-break", (case.paper,), printed, repeatable=False)
        yield name, truth, printed


def write(out: Path, documents: Iterator[Document], about: dict[str, object]) -> int:
    """Write files and truth; the number of documents."""
    for folder in (out / "reports", out / "truth"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    count = 0
    for name, truth, printed in documents:
        (out / "reports" / name).write_bytes(printed.data)
        _write_json(out / "truth" / f"{name}.json", truth)
        count += 1
    _write_json(out / "truth" / "corpus.json", about | {"documents": count})
    return count


def _write_json(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _command(given: argparse.Namespace) -> str:
    """The command line that makes the same corpus again."""
    words = ["python corpus/make.py OUT", f"--seed {given.seed}"]
    if given.breaks:
        return " ".join([*words, "--breaks"])
    words.insert(1, f"--n {given.n}")
    if given.python_only:
        words.append("--python-only")
    if len(given.kinds) < len(KINDS):
        words.append(f"--kinds {' '.join(given.kinds)}")
    return " ".join(words)


def main() -> None:
    """Read the command line and make the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--n", type=int, default=500, help="number of documents (500)")
    parser.add_argument("--seed", default="1", help="any text; another seed, other documents (1)")
    parser.add_argument(
        "--kinds", nargs="+", type=Kind, choices=list(Kind), metavar="KIND", default=list(KINDS),
        help=f"only these: {', '.join(Kind)}",
    )  # fmt: skip
    parser.add_argument("--python-only", action="store_true", help="only what Python prints")
    parser.add_argument("--breaks", action="store_true", help="the page-break suite")
    given = parser.parse_args()
    known = PYTHON_KINDS if given.python_only else KINDS
    kinds = {kind: weight for kind, weight in known.items() if kind in given.kinds}
    about: dict[str, object] = {"command": _command(given), "seed": given.seed}
    documents = broken(given.seed) if given.breaks else mixed(given.seed, given.n, kinds)
    count = write(given.out, documents, about)
    print(f"{count} documents in {given.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
