"""Who says whether figures whose place is in doubt may stand there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol


class Referee(Protocol):
    """The form's arithmetic as a judge of figures whose place is in doubt."""

    def proves(self, form: str, table: str, numbers: Mapping[str, Decimal]) -> bool:
        """Whether the sums hold, with at least one figure to test them."""

    def refutes(self, form: str, table: str, numbers: Mapping[str, Decimal]) -> bool:
        """Whether any sum whose operands are all known fails."""
