"""The findings of an earlier dataset, by which those of a new run are told to be known or new."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from extractor.dataset.columns import FLAGS, REPORTS
from extractor.dataset.previous import is_usable, table_rows
from extractor.errors import UsageError
from extractor.fingerprint import fingerprint

_OF_FLAG = ("section", "table", "indicator", "expected", "found")


def read_baseline(folder: Path) -> Counter[str]:
    """How often each finding stands in a dataset, by its fingerprint.

    Raises:
        UsageError: It is no dataset of ours, or a table is missing or damaged.
    """
    is_usable(folder, "--baseline")
    try:
        bodies = {
            (row["source"], row["report_id"]): (row["issuer"], row["year"])
            for row in table_rows(folder, REPORTS)
        }
        return Counter(
            fingerprint(
                (
                    row["code"],
                    *bodies.get((row["source"], row["report_id"]), ("", "")),
                    row["source"],
                    *(row[name] for name in _OF_FLAG),
                )
            )
            for row in table_rows(folder, FLAGS)
        )
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(
            f"--baseline 的数据集读不出来：{folder}（{error}）。"
            "请重新运行 nianbao extract 生成它。",
            f"The dataset of --baseline cannot be read: {folder} ({error}). "
            "Make it again with nianbao extract.",
        ) from error
