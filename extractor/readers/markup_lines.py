"""Text under way, with white space collapsed as a browser does."""

from __future__ import annotations

import re
from dataclasses import dataclass

TRIMMED = (
    " \t\n\r\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""Characters that show nothing at the ends of a text: spaces of all widths, layout indents."""
_COLLAPSED = re.compile(r"[ \t\n\r\x0c]+")
_NEWLINE = re.compile(r"\r\n?|\n")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; ``linked`` of its characters stand in links."""

    text: str
    linked: int

    @property
    def is_link(self) -> bool:
        """Whether the line is little more than a link."""
        return self.linked > 0.8 * len(self.text)


class TextBuffer:
    """Collects the lines of one block or cell."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._after_space = True

    def add(self, text: str, *, linked: bool = False, raised: bool = False) -> None:
        """Add running text. Raised digits after a digit stay apart: 12² is not 122."""
        text = _COLLAPSED.sub(" ", text)
        if self._after_space and text.startswith(" "):
            text = text[1:]
        if not text:
            return
        if raised and self._pieces and self._pieces[-1][-1:].isdigit():
            text = text.translate(_RAISED)
        self._after_space = text.endswith(" ")
        self._pieces.append(text)
        if linked:
            self._linked += len(text)

    def add_kept(self, text: str) -> None:
        """Add preformatted text: line ends and spaces count."""
        for at, part in enumerate(_NEWLINE.split(text)):
            if at:
                self.break_line()
            if part:
                self._pieces.append(part)
                self._after_space = False

    def break_line(self) -> None:
        """Begin a new line; empty lines are dropped."""
        text = "".join(self._pieces).strip(TRIMMED).replace("\xa0", " ")
        if text:
            self._lines.append(Line(text, self._linked))
        self._pieces = []
        self._linked = 0
        self._after_space = True

    def take(self) -> list[Line]:
        """All lines so far; the buffer is empty afterwards."""
        self.break_line()
        lines, self._lines = self._lines, []
        return lines
