"""The Python calls: one report, or a whole dataset."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from extractor.batch import extract_dataset
from extractor.dataset.writer import Dataset
from extractor.options import Options
from extractor.pipeline import extract_reports
from extractor.report import Report
from extractor.rulebook import load_rulebook
from extractor.rulebook.model import Rulebook

__all__ = ["Dataset", "extract", "read_report"]


def read_report(
    path: str | Path, rules: str | Path | None = None, options: Options | None = None
) -> Report:
    """Read one file in this process.

    Args:
        path: A PDF, DOCX, HTML or text file.
        rules: A folder of rule files to lay over the shipped ones.
        options: Limits, language and second reader; ``options.rules_dir`` yields to ``rules``.

    Returns:
        The report, or a row that says why there is none. Of several reports in the file, the first;
        its findings say that there are more.

    Raises:
        OSError: The file cannot be opened.
        RuleFileError: A rule file is at fault.
    """
    chosen = options or Options()
    folder = Path(rules) if rules is not None else chosen.rules_dir
    source = Path(path)
    return extract_reports(source.read_bytes(), source.name, _rulebook(folder), chosen)[0]


def extract(
    inputs: str | Path | Sequence[str | Path], out: str | Path, options: Options | None = None
) -> Dataset:
    """Read files, folders and zip archives, one or several, into a dataset folder.

    Raises:
        UsageError: There is nothing to read, or ``out`` holds something else.
        OutputError: The folder cannot be written.
        RuleFileError: A rule file is at fault.
    """
    chosen = options or Options()
    rulebook = _rulebook(chosen.rules_dir)
    several = [inputs] if isinstance(inputs, str | Path) else inputs
    return extract_dataset([Path(given) for given in several], Path(out), chosen, rulebook)


@lru_cache(maxsize=4)
def _rulebook(folder: Path | None) -> Rulebook:
    return load_rulebook(folder)
