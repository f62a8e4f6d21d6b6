"""What a dataset says and what the truth says, document by document."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import Any

from extractor.errors import UsageError

Row = dict[str, str]

_VALUE_COLUMNS = ("indicator", "value", "state", "method", "confidence")


@dataclass(slots=True)
class Found:
    """What the dataset says of one document: its reports in order."""

    reports: list[Row] = field(default_factory=list)
    values: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    sections: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    flags: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """The truth of one document."""

    source: str
    truth: Mapping[str, Any]


def read_dataset(folder: Path, beyond: Collection[str] = ()) -> dict[str, Found]:
    """A dataset folder by source, without findings whose code is in ``beyond``.

    Raises:
        UsageError: The folder holds no dataset.
    """
    found: dict[str, Found] = defaultdict(Found)
    for row in _rows(folder / "reports.csv"):
        found[row["source"]].reports.append(row)
    for row in _rows(folder / "values.csv"):
        kept = {name: row[name] for name in _VALUE_COLUMNS}
        found[row["source"]].values[row["report_id"]][row["indicator"]] = kept
    for row in _rows(folder / "sections.csv"):
        found[row["source"]].sections[row["report_id"]].append(int(row["section"]))
    for row in _rows(folder / "flags.csv"):
        if row["code"] not in beyond:
            found[row["source"]].flags.append(row)
    return dict(found)


def read_truth(folder: Path, found: Mapping[str, Found]) -> tuple[list[Told], str]:
    """Every truth file of a folder, and the digest of them all.

    Raises:
        UsageError: There is none, or one cannot be read.
    """
    files = sorted(folder.rglob("*.json")) if folder.is_dir() else []
    if not files:
        raise UsageError(
            f"标准答案文件夹里没有 JSON 文件：{folder}。",
            f"There is no JSON file of ground truth in {folder}.",
        )
    told: list[Told] = []
    digest = hashlib.sha256()
    for file in files:
        try:
            data = file.read_bytes()
            truth = json.loads(data.decode("utf-8-sig"), parse_float=Decimal)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"标准答案文件无法读取：{file}。", f"This file of truth cannot be read: {file}."
            ) from error
        if not isinstance(truth, dict) or not {"values", "reports", "source"} & truth.keys():
            continue
        place = PurePosixPath(file.relative_to(folder).as_posix())
        digest.update(hashlib.sha256(str(place).encode()).digest())
        digest.update(hashlib.sha256(data).digest())
        told.append(Told(str(truth.get("source") or _source_of(place, found)), truth))
    return told, digest.hexdigest()[:16]


def number_in(value: object) -> Decimal | None:
    """The number in a cell of truth or dataset, ``None`` for a blank or a word."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def shown(value: object) -> str:
    """A value as the dataset writes it."""
    return "" if value is None else str(value)


def _rows(path: Path) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)
    except OSError as error:
        raise UsageError(
            f"{path.parent} 不是数据集文件夹（缺少 {path.name}）。请先运行 nianbao extract。",
            f"{path.parent} is no dataset folder ({path.name} is missing). "
            "Run nianbao extract first.",
        ) from error


def _source_of(place: PurePosixPath, sources: Iterable[str]) -> str:
    """The document that a truth file without ``source`` speaks of."""
    stem = place.name.removesuffix(".json").removesuffix(".truth")
    beside = [
        source
        for source in map(PurePosixPath, sorted(sources))
        if source.parent == place.parent and source.suffix.lower() != ".json"
    ]
    if stem == "truth":
        return str(beside[0]) if len(beside) == 1 else str(place)
    return str(next((s for s in beside if stem in (s.stem, s.name)), place))
