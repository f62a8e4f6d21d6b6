"""Front matter of Markdown: what a web clipper notes about the page above its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.readers.text_lines import Line

_FENCE = "---"
_PAIR = re.compile(r"([A-Za-z][\w.:-]{0,40})\s*:\s*(.*)")
_MAX_LINES = 60
_QUOTES = "\"'"


def take_front_matter(
    lines: Sequence[Line],
) -> tuple[list[Line], tuple[tuple[str, str], ...]]:
    """The lines below the front matter, and its pairs in file order.

    Anything between the fences that is no ``key: value`` means that there is no front matter.
    """
    start = next((index for index, line in enumerate(lines) if not line.blank), len(lines))
    if start == len(lines) or lines[start].text.rstrip() != _FENCE:
        return list(lines), ()
    pairs: list[tuple[str, str]] = []
    for index in range(start + 1, min(start + _MAX_LINES, len(lines))):
        text = lines[index].text.strip()
        if text == _FENCE and pairs:
            return list(lines[index + 1 :]), tuple(pairs)
        found = _PAIR.fullmatch(text)
        if found is None:
            break
        pairs.append((found.group(1).lower(), found.group(2).strip().strip(_QUOTES)))
    return list(lines), ()
