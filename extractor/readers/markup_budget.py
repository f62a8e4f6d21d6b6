"""A running count of what a marked-up source costs, checked against the limits."""

from __future__ import annotations

from extractor.errors import LimitExceeded
from extractor.options import Limits

_POSITIONS_PER_CELL = 10


class Budget:
    """Counts cells and characters of one source while it is read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._cells = 0
        self._characters = 0

    def add_text(self, text: str) -> None:
        """Count the characters of one paragraph or cell.

        Raises:
            LimitExceeded: more characters than the limit allows.
        """
        self._characters += len(text)
        if self._characters > self.limits.characters:
            raise _exceeded("字符", "characters", self.limits.characters)

    def add_cell(self) -> None:
        """Count one table cell.

        Raises:
            LimitExceeded: more cells than the limit allows.
        """
        self._cells += 1
        if self._cells > self.limits.cells:
            raise _exceeded("表格单元格", "table cells", self.limits.cells)

    def check_grid(self, n_rows: int, n_cols: int) -> None:
        """Refuse a table whose grid is vastly larger than its cells.

        Raises:
            LimitExceeded: more grid positions than any table of so many cells needs.
        """
        if n_rows * n_cols > _POSITIONS_PER_CELL * self.limits.cells:
            raise _exceeded("表格网格", "table grid positions", self.limits.cells)

    def check_depth(self, depth: int) -> None:
        """Refuse a table or part nested deeper than the limit.

        Raises:
            LimitExceeded: nested too deep.
        """
        if depth > self.limits.nesting:
            raise too_deep(self.limits.nesting)


def too_deep(limit: int) -> LimitExceeded:
    """The error for a source nested deeper than ``limit`` levels."""
    return LimitExceeded(
        f"文件内容嵌套过深（上限 {limit} 层），可能已损坏。请用办公软件打开后另存再试。",
        f"The content is nested deeper than {limit} levels; the file may be damaged. "
        "Open it in an office program, save a copy and try again.",
    )


def _exceeded(zh: str, en: str, limit: int) -> LimitExceeded:
    return LimitExceeded(
        f"文件的{zh}数超过上限 {limit}。请拆分文件，或确认它是一份年度报告。",
        f"The file has more than {limit} {en}. Split it, or check that it is one annual report.",
    )
