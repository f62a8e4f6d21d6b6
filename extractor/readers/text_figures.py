"""What stands in a cell of figures: a figure, or a stroke or word in its place."""

from __future__ import annotations

import re

from extractor.numerals import parse_figure

_STROKE = re.compile(r"[-—–－/／]{1,2}|无")


def is_figure(text: str) -> bool:
    """Whether a text is a figure, with its unit or mark if it has any, or stands for one."""
    stripped = text.strip()
    return _STROKE.fullmatch(stripped) is not None or (
        parse_figure(stripped.removesuffix("%")) is not None
    )
