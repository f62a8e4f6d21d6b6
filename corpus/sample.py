"""Makes the shipped sample corpus: ``python corpus/sample.py``.

Writes ``corpus/reports``, ``corpus/truth`` and ``corpus/README.md`` anew. The content is the same
on every run, and so are the bytes with the same versions of the programs that print PDF.
Needs LibreOffice, Chromium, poppler's pdftotext, Noto CJK fonts, and the Python packages
reportlab, python-docx, pypdfium2 and Pillow.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from sampling.case import Case, truth_of
from sampling.clean import clean_cases
from sampling.faults_content import content_faults
from sampling.faults_tables import table_faults
from sampling.papers import other_papers
from sampling.readme import readme_of

CORPUS = Path(__file__).resolve().parent


def all_cases() -> list[Case]:
    """Every file of the corpus, sorted by its path."""
    cases = sorted(
        [*clean_cases(), *table_faults(), *content_faults(), *other_papers()], key=lambda c: c.path
    )
    paths = [case.path for case in cases]
    if len(set(paths)) != len(paths):
        raise ValueError("two files of the corpus have the same path")
    return cases


def write_truth(case: Case, folder: Path) -> None:
    """Write the ground truth of one file below a folder."""
    target = folder / f"{case.path}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        json.dumps(truth_of(case), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def write_report(case: Case, folder: Path) -> None:
    """Write one report below a folder."""
    target = folder / case.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(case.write(case.drafts))


def main() -> None:
    """Make all files, or those whose path contains a given text."""
    parser = argparse.ArgumentParser(description="Makes the sample corpus.")
    parser.add_argument("--only", default="", help="make only reports whose path contains this")
    only: str = parser.parse_args().only
    cases = all_cases()
    if not only:
        shutil.rmtree(CORPUS / "reports", ignore_errors=True)
    shutil.rmtree(CORPUS / "truth", ignore_errors=True)
    for case in cases:
        write_truth(case, CORPUS / "truth")
        if only in case.path:
            write_report(case, CORPUS / "reports")
            print(f"{case.path}", file=sys.stderr)
    (CORPUS / "README.md").write_text(readme_of(cases), encoding="utf-8")


if __name__ == "__main__":
    main()
