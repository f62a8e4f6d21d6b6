"""What a paragraph or run inherits from its styles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from extractor.readers.docx_xml import W, is_on, number

_HEADING_NAME = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_MAX_CHAIN = 32


class Styles:
    """The styles of one document. Without a style part nothing is inherited."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: dict[str, str] = {}
        for style in [] if root is None else root.iterchildren(W + "style"):
            style_id = style.get(W + "styleId") or ""
            kind = style.get(W + "type") or "paragraph"
            self._styles.setdefault(style_id, style)
            if style.get(W + "default") in {"1", "true", "on"}:
                self._default.setdefault(kind, style_id)
        self._hidden: dict[str, bool] = {}

    def chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """A style and the ones it is based on, nearest first."""
        seen: set[str] = set()
        while style_id and style_id not in seen and len(seen) < _MAX_CHAIN:
            seen.add(style_id)
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            based_on = style.find(W + "basedOn")
            style_id = None if based_on is None else based_on.get(W + "val")

    def of_paragraph(self, properties: etree._Element | None) -> str | None:
        """The style id of a paragraph, the default style where it names none."""
        style = None if properties is None else properties.find(W + "pStyle")
        named = None if style is None else style.get(W + "val")
        return named or self._default.get("paragraph")

    def level(self, properties: etree._Element | None) -> int | None:
        """Outline level of a paragraph, 1 for the highest; ``None`` for text."""
        direct = None if properties is None else number(properties.find(W + "outlineLvl"))
        if direct is not None:
            return direct + 1 if 0 <= direct < 9 else None
        for style in self.chain(self.of_paragraph(properties)):
            declared = number(style.find(f"{W}pPr/{W}outlineLvl"))
            if declared is not None:
                return declared + 1 if 0 <= declared < 9 else None
            name = style.find(W + "name")
            match = _HEADING_NAME.match("" if name is None else name.get(W + "val") or "")
            if match:
                return int(match.group(1))
        return None

    def numbering(self, properties: etree._Element | None) -> tuple[int, int | None, str] | None:
        """Numbering of a paragraph: number id, level where stated, style that brought it.

        The style is ``""`` where the paragraph itself names the number id.
        """
        direct = None if properties is None else properties.find(W + "numPr")
        number_id = None if direct is None else number(direct.find(W + "numId"))
        level = None if direct is None else number(direct.find(W + "ilvl"))
        if number_id is not None:
            return None if number_id == 0 else (number_id, level, "")
        for style in self.chain(self.of_paragraph(properties)):
            numbering = style.find(f"{W}pPr/{W}numPr")
            if numbering is None:
                continue
            number_id = number(numbering.find(W + "numId"))
            if number_id is None:
                continue
            if level is None:
                level = number(numbering.find(W + "ilvl"))
            style_id = style.get(W + "styleId") or ""
            return None if number_id == 0 else (number_id, level, style_id)
        return None

    def number_id(self, style_id: str) -> int | None:
        """The number id that a numbering style refers to."""
        for style in self.chain(style_id):
            found = number(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            if found is not None:
                return found
        return None

    def is_hidden(self, run: etree._Element | None, paragraph_style: str | None) -> bool:
        """Whether a run with these properties is hidden text.

        Args:
            run: its ``w:rPr``.
            paragraph_style: id of the style of its paragraph.
        """
        if run is not None:
            direct = run.find(W + "vanish")
            if direct is not None:
                return is_on(direct)
            style = run.find(W + "rStyle")
            if style is not None and self._style_hides(style.get(W + "val") or ""):
                return True
        return paragraph_style is not None and self._style_hides(paragraph_style)

    def is_raised(self, run: etree._Element | None) -> bool:
        """Whether a run is superscript by its own properties or its character style."""
        if run is None:
            return False
        direct = run.find(W + "vertAlign")
        if direct is None:
            style = run.find(W + "rStyle")
            for inherited in self.chain(None if style is None else style.get(W + "val")):
                direct = inherited.find(f"{W}rPr/{W}vertAlign")
                if direct is not None:
                    break
        return direct is not None and direct.get(W + "val") == "superscript"

    def _style_hides(self, style_id: str) -> bool:
        if style_id not in self._hidden:
            self._hidden[style_id] = False
            for style in self.chain(style_id):
                vanish = style.find(f"{W}rPr/{W}vanish")
                if vanish is not None:
                    self._hidden[style_id] = is_on(vanish)
                    break
        return self._hidden[style_id]
