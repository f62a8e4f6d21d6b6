"""The lines that close a report: who signs, and when. They belong to no section."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from extractor.document import Block, Paragraph
from extractor.extraction.titles import date_in
from extractor.textnorm import squash

_LONGEST = 40
_SENTENCE = regex.compile(r"[。；;：:，,！!？?]")


def without_closing(blocks: Sequence[Block], is_void: Callable[[str], bool]) -> tuple[Block, ...]:
    """The blocks of the last section without a date at their end and the name above or beside it.

    Args:
        blocks: Blocks of the body.
        is_void: Whether a text stands for nothing (无), which is content and no name.
    """
    kept = list(blocks)
    if not kept or not _is_dated(kept[-1]):
        return tuple(kept)
    dated = kept.pop()
    alone = len(squash(_text(dated))) <= _LONGEST // 2
    if alone and kept and _is_name(kept[-1], is_void):
        kept.pop()
    return tuple(kept)


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def _is_dated(block: Block) -> bool:
    text = _text(block)
    return 0 < len(text) <= _LONGEST and not _SENTENCE.search(text) and bool(date_in(text))


def _is_name(block: Block, is_void: Callable[[str], bool]) -> bool:
    text = _text(block).strip()
    return 3 < len(text) <= _LONGEST and not _SENTENCE.search(text) and not is_void(text)
