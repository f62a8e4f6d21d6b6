"""The operators: named ways in which reports vary or go wrong."""

from __future__ import annotations

from making.operators import (
    damage_cells,
    damage_document,
    damage_tables,
    document,
    figures,
    headings,
    identity,
    labels,
    layout,
)
from making.operators.base import Operator

ALL: tuple[Operator, ...] = (
    *figures.OPERATORS,
    *labels.OPERATORS,
    *layout.OPERATORS,
    *headings.OPERATORS,
    *document.OPERATORS,
    *identity.OPERATORS,
    *damage_cells.OPERATORS,
    *damage_tables.OPERATORS,
    *damage_document.OPERATORS,
)
