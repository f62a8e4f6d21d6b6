"""The file that sets findings aside, each with a reason, an author and a date when it ends."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractor.errors import UsageError
from extractor.readers.encoding import decode_text
from extractor.report import Suppression
from extractor.rulebook.model import Rulebook
from extractor.rulebook.problems import Problems
from extractor.rulebook.source import MAX_BYTES, parse

_HEADINGS = {
    "代码": "code", "单位": "body", "机构": "body", "机构名称": "body", "单位名称": "body",
    "年度": "year", "理由": "reason", "原因": "reason", "填写人": "author", "审核人": "author",
    "到期": "expires", "到期日": "expires", "有效期至": "expires",
}  # fmt: skip
_NEEDED = ("code", "body", "reason", "author", "expires")
_KNOWN = (*_NEEDED, "year")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry as written, and the line where it stands."""

    line: int
    cells: dict[str, str]


def read_suppressions(path: Path, rulebook: Rulebook, today: date) -> tuple[Suppression, ...]:
    """All entries of a CSV or YAML file, in its order.

    A CSV file has a row of headings (``code body year reason author expires`` or in Chinese), a
    YAML file a list under ``suppressions`` with the same keys.

    Args:
        path: The file; of another type than YAML it is read as CSV.
        rulebook: Knows the codes.
        today: Entries that ended before this day are expired.

    Raises:
        UsageError: It cannot be read, or an entry lacks something; file, line and key are named.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"读不出 --suppress 的文件：{path}（{error.strerror}）。",
            f"The file of --suppress cannot be read: {path} ({error.strerror}).",
        ) from error
    if len(data) > MAX_BYTES:
        raise UsageError(
            f"{path}：文件超过 {MAX_BYTES} 字节。", f"{path}: the file is over {MAX_BYTES} bytes."
        )
    entries = _yaml(data, path) if path.suffix.lower() in _YAML else _csv(data)
    codes = {flag.code for flag in rulebook.flags}
    return tuple(_suppression(entry, path, codes, today) for entry in entries)


def _csv(data: bytes) -> Iterator[_Entry]:
    text, _ = decode_text(data, None)
    reader = csv.reader(io.StringIO(text, newline=""))
    names: list[str] = []
    for cells in reader:
        shown = [cell.strip() for cell in cells]
        if not any(shown):
            continue
        if not names:
            names = [_HEADINGS.get(cell, cell.lower()) for cell in shown]
            continue
        yield _Entry(reader.line_num, dict(zip(names, shown, strict=False)))


def _yaml(data: bytes, path: Path) -> Iterator[_Entry]:
    problems = Problems()
    tree = parse(data, str(path), problems)
    problems.raise_first()
    listed = tree.get("suppressions") if tree is not None else None
    if listed is None or not isinstance(listed.value, list):
        raise UsageError(
            f"{path}:1: suppressions: 要有这个键，下面逐条列出。",
            f"{path}:1: suppressions: this key is needed, with a list below it.",
        )
    for entry in listed.value:
        plain = entry.plain()
        cells = plain if isinstance(plain, dict) else {}
        yield _Entry(entry.place.line, {k: str(v or "").strip() for k, v in cells.items()})


def _suppression(entry: _Entry, path: Path, codes: set[str], today: date) -> Suppression:
    place = f"{path.name}:{entry.line}"
    for name in _NEEDED:
        if not entry.cells.get(name):
            raise UsageError(
                f"{place}: {name}: 没有填。每条都要有代码、单位、理由、填写人和到期日。",
                f"{place}: {name}: is missing. Each entry needs code, body, reason, author and "
                "expires.",
            )
    unknown = [name for name in entry.cells if name not in _KNOWN]
    if unknown:
        raise UsageError(
            f"{place}: {unknown[0]}: 不认识这一项，可以用的有：{'、'.join(_KNOWN)}。",
            f"{place}: {unknown[0]}: is not known; use {', '.join(_KNOWN)}.",
        )
    code, year = entry.cells["code"].upper(), entry.cells.get("year", "")
    if code not in codes:
        raise UsageError(
            f"{place}: code: 没有代码“{code}”。", f"{place}: code: there is no code “{code}”."
        )
    if year and not re.fullmatch(r"\d{4}", year):
        raise UsageError(
            f"{place}: year: “{year}”不是四位数的年度。",
            f"{place}: year: “{year}” is no year of four digits.",
        )
    expires = _day(entry.cells["expires"], place)
    return Suppression(
        code=code,
        body=entry.cells["body"],
        year=int(year) if year else None,
        reason=entry.cells["reason"],
        author=entry.cells["author"],
        expires=expires.isoformat(),
        place=place,
        expired=expires < today,
    )


def _day(text: str, place: str) -> date:
    found = _DATE.fullmatch(text)
    try:
        if found is not None:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise UsageError(
        f"{place}: expires: “{text}”不是日期，要写成 2026-12-31。",
        f"{place}: expires: “{text}” is no date; write it as 2026-12-31.",
    )
