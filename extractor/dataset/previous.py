"""An earlier dataset folder, read back as far as later reports are compared with it."""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from extractor.dataset.columns import REPORTS, SECTIONS, VALUES, TableSchema
from extractor.dataset.csvfile import plain_cell
from extractor.dataset.files import is_dataset
from extractor.dataset.rows import READ
from extractor.digest import Digest, Passage, ReportKey
from extractor.errors import UsageError
from extractor.report import Identity, State, Status

Row = dict[str, str]


def read_previous(folder: Path) -> tuple[Digest, ...]:
    """The reports of a dataset, from its CSV files; in the order of its table ``reports``.

    Raises:
        UsageError: It is no dataset of ours, or a table is missing or damaged.
    """
    is_usable(folder, "--previous")
    try:
        numbers, forms = _values(folder)
        passages = _passages(folder)
        return tuple(_digest(row, numbers, forms, passages) for row in table_rows(folder, REPORTS))
    except (OSError, ValueError, InvalidOperation, csv.Error) as error:
        raise UsageError(
            f"--previous 的数据集读不出来：{folder}（{error}）。"
            "请重新运行 nianbao extract 生成它。",
            f"The dataset of --previous cannot be read: {folder} ({error}). "
            "Make it again with nianbao extract.",
        ) from error


def is_usable(folder: Path, option: str) -> None:
    """Refuse a folder that is no dataset; ``option`` is what named it.

    Raises:
        UsageError: It is no dataset of ours.
    """
    if not is_dataset(folder):
        raise UsageError(
            f"{option} 给出的不是本程序的数据集文件夹：{folder}。"
            "请指向以前 nianbao extract 写出的文件夹。",
            f"{option} is no dataset folder of this program: {folder}. "
            "Give a folder that nianbao extract wrote.",
        )


def _digest(
    row: Row,
    numbers: dict[ReportKey, dict[str, Decimal]],
    forms: dict[ReportKey, dict[str, set[str]]],
    passages: dict[ReportKey, list[Passage]],
) -> Digest:
    key = _key(row)
    identity = Identity(
        title=row["title"],
        issuer=row["issuer"],
        issuer_level=row["issuer_level"],
        region_code=row["region_code"],
        province=row["province"],
        city=row["city"],
        county=row["county"],
        town=row["town"],
        year=int(row["year"]) if row["year"] else None,
        published=row["published"],
        format=row["format"],
    )
    return Digest(
        key=key,
        sha256=row["sha256"],
        status=Status(row["status"]),
        identity=identity,
        numbers=numbers.get(key, {}),
        forms={
            table: next(iter(found)) if len(found) == 1 else ""
            for table, found in forms.get(key, {}).items()
        },
        passages=tuple(passages.get(key, ())),
    )


def _values(
    folder: Path,
) -> tuple[dict[ReportKey, dict[str, Decimal]], dict[ReportKey, dict[str, set[str]]]]:
    """The numbers that were read, and the forms of the tables of which there is any cell."""
    numbers: defaultdict[ReportKey, dict[str, Decimal]] = defaultdict(dict)
    forms: defaultdict[ReportKey, defaultdict[str, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for row in table_rows(folder, VALUES):
        key, state = _key(row), State(row["state"])
        if state is not State.MISSING:
            forms[key][row["table"]].add(row["format"])
        if state in READ and row["value"]:
            numbers[key][sys.intern(row["indicator"])] = Decimal(row["value"])
    return dict(numbers), {key: dict(found) for key, found in forms.items()}


def _passages(folder: Path) -> dict[ReportKey, list[Passage]]:
    passages: defaultdict[ReportKey, list[Passage]] = defaultdict(list)
    for row in table_rows(folder, SECTIONS):
        passages[_key(row)].append(Passage(int(row["section"]), row["text"]))
    return dict(passages)


def _key(row: Row) -> ReportKey:
    return ReportKey(row["source"], row["report_id"])


def table_rows(folder: Path, schema: TableSchema) -> Iterator[Row]:
    """The rows of a table as they were before they were written.

    Raises:
        OSError: The file is not there.
        ValueError: Columns are missing.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with (folder / f"{schema.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        names = next(reader, [])
        lost = [name for name in schema.names if name not in names]
        if lost:
            raise ValueError(f"{schema.name}.csv: {', '.join(lost)}")
        for cells in reader:
            if len(cells) != len(names):
                raise ValueError(f"{schema.name}.csv:{reader.line_num}")
            yield dict(zip(names, map(plain_cell, cells), strict=True))
