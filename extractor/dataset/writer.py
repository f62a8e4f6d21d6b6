"""Writes a dataset folder while reports come in; no report is kept longer than its rows take."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from extractor.dataset.columns import (
    FLAGS,
    NARRATIVE,
    REPORTS,
    SECTIONS,
    SUPPRESSED,
    VALUES,
    Row,
    TableSchema,
)
from extractor.dataset.csvfile import CsvTable
from extractor.dataset.files import check_output, publish, staging
from extractor.dataset.indicators import Indicators, indicators_of
from extractor.dataset.overview import add_overview_sheet, fill_overview
from extractor.dataset.package import describe
from extractor.dataset.parquet import LineTable, read_parquet, write_parquet
from extractor.dataset.rows import (
    flags_rows,
    loose_flag_row,
    narrative_rows,
    panel_row,
    reports_row,
    sections_rows,
    suppressed_rows,
    values_rows,
)
from extractor.dataset.run import RunInfo, describe_run
from extractor.dataset.summary import Summary
from extractor.dataset.workbook import SheetTable, Workbook
from extractor.digest import BatchResult
from extractor.options import Lang
from extractor.report import Report
from extractor.rulebook.model import Rulebook

if TYPE_CHECKING:
    import pandas as pd

_NOTHING = BatchResult()
_OPTIONAL = (SUPPRESSED,)
"""Tables that not every run writes."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset folder and what its reports came to."""

    path: Path
    summary: Summary

    def to_frame(self, table: str = "values") -> pd.DataFrame:
        """A table as a pandas frame: ``reports``, ``sections``, ``values``, ``flags``, ``panel``.

        Raises:
            ValueError: There is no such table.
        """
        if not table.isidentifier() or not (self.path / f"{table}.parquet").is_file():
            raise ValueError(table)
        return read_parquet(self.path / f"{table}.parquet")


def write_dataset(
    reports: Iterable[Report],
    out: Path,
    rulebook: Rulebook,
    info: RunInfo,
    result: BatchResult = _NOTHING,
) -> Dataset:
    """Write all tables of ``reports``, which come sorted by source, into the folder ``out``.

    Findings of ``result`` belong to no report: their rows come first, without id and source. The
    table ``suppressed`` is written where the run had a file of suppressions.

    Files appear whole or not at all, after the last report.

    Raises:
        UsageError: ``out`` holds something that is no dataset of ours.
        OutputError: The folder cannot be written.
    """
    check_output(out)
    indicators = indicators_of(rulebook)
    schemas: tuple[TableSchema, ...]
    schemas = (REPORTS, SECTIONS, VALUES, NARRATIVE, FLAGS, indicators.panel)
    if info.options.suppress is not None:
        schemas = (*schemas, SUPPRESSED)
    summary = Summary()
    with staging(out) as folder:
        with _open_book(folder, info.options.lang) as book, ExitStack() as stack:
            overview = add_overview_sheet(book)
            tables = {s.name: stack.enter_context(_Table(folder, s, book)) for s in schemas}
            summary.add_batch(result)
            for flag in result.flags:
                tables[FLAGS.name].write(loose_flag_row(flag))
            for row in suppressed_rows(result.set_aside):
                tables[SUPPRESSED.name].write(row)
            for report in reports:
                summary.add(report)
                _write_report(report, tables, indicators)
            for table in tables.values():
                table.sheet.close()
            fill_overview(book, overview, summary, rulebook)
        for table in tables.values():
            write_parquet(table.lines.path, table.schema, folder / f"{table.schema.name}.parquet")
        _write_json(folder / "datapackage.json", describe(schemas, summary))
        _write_json(folder / "run.json", describe_run(info, summary))
        names = _file_names(schemas)
        stale = (name for name in _file_names(_OPTIONAL) if name not in names)
        publish(folder, out, names, tuple(stale))
    return Dataset(out, summary)


class _Table:
    """One table in all formats. Use as a context manager."""

    def __init__(self, folder: Path, schema: TableSchema, book: Workbook) -> None:
        self.schema = schema
        self.sheet = SheetTable(book, schema)
        self._files = ExitStack()
        self.csv = self._files.enter_context(CsvTable(folder / f"{schema.name}.csv", schema.names))
        self.lines = self._files.enter_context(LineTable(folder / f"{schema.name}.ndjson", schema))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def write(self, row: Row) -> None:
        """Add a row to all formats."""
        self.csv.write(row)
        self.lines.write(row)
        self.sheet.write(row)


@contextmanager
def _open_book(folder: Path, lang: Lang) -> Iterator[Workbook]:
    """The workbook; where writing fails its own loose ends are closed as well."""
    book = Workbook(folder / "dataset.xlsx", lang, folder)
    try:
        yield book
    except BaseException:
        with suppress(OSError):
            book.close()
        raise
    book.close()


def _write_report(report: Report, tables: Mapping[str, _Table], indicators: Indicators) -> None:
    panel = panel_row(report, indicators.ids)
    rows: dict[str, Iterable[Row]] = {
        "reports": (reports_row(report),),
        "sections": sections_rows(report),
        "values": values_rows(report, indicators),
        "narrative": narrative_rows(report),
        "flags": flags_rows(report),
        "panel": () if panel is None else (panel,),
        "suppressed": suppressed_rows(report.set_aside, report),
    }
    for name, table_rows in rows.items():
        for row in table_rows:
            tables[name].write(row)


def _file_names(schemas: Iterable[TableSchema]) -> tuple[str, ...]:
    tables = [f"{schema.name}.{suffix}" for schema in schemas for suffix in ("csv", "parquet")]
    return (*tables, "dataset.xlsx", "datapackage.json", "run.json")


def _write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
