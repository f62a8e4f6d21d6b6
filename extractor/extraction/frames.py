"""Where the figures of delimited rows stand among the blanks that merged cells leave.

Rows copied from a table keep blank cells, and often one blank more for every cell that a label
spans. Which blanks are cells is told from all rows of a table together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.extraction.pieces import Token

Line = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How to find the cells of a row of ``width`` figures.

    ``columns`` are the places, counted from the left or, if ``from_right``, from the right end,
    that hold figures in any row; ``None`` where the shortest row tells. ``padded`` tells that rows
    are longer than their figures; ``leading`` that the pads stand before the figures; ``whole``
    that only rows without any blank may be read.
    """

    width: int
    columns: tuple[int, ...] | None = None
    from_right: bool = False
    leading: bool = False
    whole: bool = False

    def fit(self, line: Line) -> Line | None:
        """The cells of a row without pads, ``None`` where they cannot be told."""
        if self.columns is not None:
            return self._picked(line, self.columns)
        core = _core(line)
        if self.whole:
            return core if len(core) == self.width and all(t.text for t in core) else None
        extra = len(line) - self.width
        if extra < 0:
            return None
        if extra == 0:
            return line
        if len(core) == self.width and all(token.text for token in core):
            return core
        head, tail = line[:extra], line[self.width :]
        if self.leading and not any(token.text for token in head):
            return line[extra:]
        if not any(token.text for token in tail) and (
            self.width == 1 or line[0].text or not any(token.text for token in line)
        ):
            return line[: self.width]
        return None

    def _picked(self, line: Line, columns: tuple[int, ...]) -> Line | None:
        places = [len(line) - 1 - c if self.from_right else c for c in columns]
        if any(place < 0 or place >= len(line) for place in places):
            return None
        return tuple(line[place] for place in sorted(places))


def frame_of(lines: Sequence[Line], width: int) -> Frame:
    """The frame of a table from all its rows of figures."""
    filled = [line for line in lines if any(token.text for token in line)]
    if not filled:
        return Frame(width)
    least, most = min(map(len, filled)), max(map(len, filled))
    if least < width < most:
        return Frame(width, whole=True)
    if least > width and len(filled) > 1:
        return _picking(filled, width) or Frame(width, whole=True)
    return Frame(width, leading=_leads(filled, width))


def _picking(lines: Sequence[Line], width: int) -> Frame | None:
    """The frame of rows with a blank column among their figures.

    A column is blank where no row holds a figure in it; one row at least must hold all others.
    """
    for from_right in (False, True):
        columns = sorted({place for line in lines for place in _places(line, from_right)})
        complete = any(len(_places(line, from_right)) == len(columns) for line in lines)
        if len(columns) == width and complete:
            return Frame(width, columns=tuple(columns), from_right=from_right)
    return None


def _places(line: Line, from_right: bool) -> list[int]:
    ordered = line[::-1] if from_right else line
    return [place for place, token in enumerate(ordered) if token.text]


def _leads(lines: Sequence[Line], width: int) -> bool:
    """Whether extra blanks stand before the figures in every row (pads of a merged label).

    One row alone may as well have a column too many.
    """
    extra = [line for line in lines if len(line) > width]
    lead = all(not any(t.text for t in line[: len(line) - width]) for line in extra)
    trail = all(not any(t.text for t in line[width:]) for line in extra)
    return len(extra) > 1 and lead and not trail


def _core(line: Line) -> Line:
    """A row without the blanks at both ends."""
    held = [place for place, token in enumerate(line) if token.text]
    return line[held[0] : held[-1] + 1] if held else ()
