"""All indicators of all forms, with what they are called: the columns of the panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from extractor.dataset.columns import PANEL_HEAD, Column, Kind, TableSchema
from extractor.rulebook.model import BlockRule, CellRule, FormRule, Rulebook, TableRule


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of a rulebook, in the order of its forms, each once.

    ``forms`` tells for each indicator the ids of the forms that have it.
    """

    rulebook: Rulebook
    columns: tuple[Column, ...]
    forms: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def ids(self) -> tuple[str, ...]:
        """Indicator ids in order."""
        return tuple(column.name for column in self.columns)

    @property
    def panel(self) -> TableSchema:
        """The schema of the panel."""
        columns = (*PANEL_HEAD, *self.columns)
        return TableSchema("panel", "面板", "Panel", columns, ("report_id", "source"))


def indicators_of(rulebook: Rulebook) -> Indicators:
    """Gather the indicators of all forms."""
    forms: dict[str, set[str]] = {}
    columns: dict[str, Column] = {}
    for form, table, block, cell in _cells(rulebook):
        forms.setdefault(cell.indicator, set()).add(form.id)
        columns.setdefault(cell.indicator, _column(table, block, cell))
    found = {
        name: Column(
            column.name,
            column.kind,
            column.title_zh,
            column.title_en,
            f"{column.zh}（版式 {'、'.join(sorted(forms[name]))}）",
            f"{column.en}; forms {', '.join(sorted(forms[name]))}",
            column.width,
        )
        for name, column in columns.items()
    }
    frozen = {name: frozenset(ids) for name, ids in forms.items()}
    return Indicators(rulebook, tuple(found.values()), MappingProxyType(frozen))


def _cells(rulebook: Rulebook) -> Iterator[tuple[FormRule, TableRule, BlockRule, CellRule]]:
    for form in rulebook.forms:
        for table in form.tables:
            for block in table.blocks:
                for cell in block.cells:
                    yield form, table, block, cell


def _column(table: TableRule, block: BlockRule, cell: CellRule) -> Column:
    row = block.rows[cell.row].label if cell.row < len(block.rows) else None
    column = block.columns[cell.column].label
    labels = (
        *((block.caption.text,) if block.caption else ()),
        *((*row.parents, row.text) if row else ()),
        *column.parents,
        column.text,
    )
    path = " / ".join(label for label in labels if label)
    unit = f"，单位：{cell.unit}" if cell.unit else ""
    return Column(
        cell.indicator,
        Kind.NUMBER,
        path,
        cell.indicator,
        f"{table.zh}：{path}{unit}",
        f"{table.en}: {cell.row_id} by {cell.column_id}",
        12,
    )
