"""Parquet through DuckDB: typed columns, texts as they are, the same bytes for the same rows.

Rows are first kept as lines of JSON, so that no table has to fit into memory.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from extractor.dataset.columns import Cell, Kind, Row, TableSchema

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.DATE: "DATE",
}
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "true",
}
_LONGEST_LINE = 256 * 2**20
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class LineTable:
    """A table as lines of JSON, on the way to Parquet. Use as a context manager."""

    def __init__(self, path: Path, schema: TableSchema) -> None:
        self.path = path
        self.schema = schema
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, row: Row) -> None:
        """Add a row."""
        cells = {
            column.name: _json_cell(cell, column.kind)
            for column, cell in zip(self.schema.columns, row, strict=True)
        }
        self._file.write(json.dumps(cells, ensure_ascii=False, separators=(",", ":")) + "\n")


def write_parquet(lines: Path, schema: TableSchema, path: Path) -> None:
    """Turn lines of JSON into a Parquet file.

    Raises:
        OSError: The file cannot be written.
    """
    import duckdb

    columns = ", ".join(f"{_quoted(c.name)}: '{_TYPES[c.kind]}'" for c in schema.columns)
    names = ", ".join('"' + name.replace('"', '""') + '"' for name in schema.names)
    source = _quoted(_literal(lines))
    target = _quoted(str(path))
    options = f"columns={{{columns}}}, maximum_object_size={_LONGEST_LINE}"
    reading = f"read_json({source}, format='newline_delimited', {options})"
    query = f"SELECT {names} FROM {reading}"  # noqa: S608 - every part is quoted above
    try:
        with duckdb.connect(":memory:", config=_CONFIG) as connection:
            connection.execute(f"COPY ({query}) TO {target} (FORMAT parquet, COMPRESSION zstd)")
    except duckdb.IOException as error:
        raise OSError(str(error)) from error


def read_parquet(path: Path) -> pd.DataFrame:
    """A Parquet file as a pandas frame."""
    import duckdb

    with duckdb.connect(":memory:", config=_CONFIG) as connection:
        frame: pd.DataFrame = connection.execute(
            f"SELECT * FROM read_parquet({_quoted(_literal(path))})"  # noqa: S608 - quoted
        ).df()
    return frame


def _literal(path: Path) -> str:
    """A path that DuckDB takes as it stands, though its name may hold wild cards."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def _json_cell(cell: Cell, kind: Kind) -> Cell:
    if kind is Kind.DATE:
        return cell if isinstance(cell, str) and _ISO_DATE.fullmatch(cell) else None
    return float(cell) if isinstance(cell, Decimal) else cell


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
