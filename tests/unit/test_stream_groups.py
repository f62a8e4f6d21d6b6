"""Headings of groups that are broken over lines: told by their places, or the row is left open."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.document import Block, Box, Location, Paragraph, Word
from extractor.report import State, Value
from tests import paper

FIGURES = ["0", "0", "0", "0", "0", "7", "1", "0", "0", "8", "61", "0", "0", "0", "61"]
COLUMN = 30.0


def line(y: float, cells: Sequence[tuple[float, str]]) -> Paragraph:
    """A printed line: words by the column over whose middle they stand."""
    words = tuple(
        Word(text, Location(1, Box(COLUMN * at - 4.5 * len(text), y, COLUMN * at, y + 9)))
        for at, text in cells
    )
    return Paragraph(" ".join(word.text for word in words), words[0].location, words=words)


def page(direct: float, after: float) -> list[Block]:
    """The disputes table; ``direct`` and ``after`` are where the headings of its groups stand."""
    heads = [(float(c), text) for c, text in enumerate(paper.OUTCOMES * 3)]
    return [
        line(10, [(2, "行政复议"), (9, "行政诉讼")]),
        line(20, [(direct, "未经复议直接")]),
        line(24, [(after, "复议后起诉")]),
        line(28, [(direct, "起诉")]),
        line(40, heads),
        line(50, [(float(c), text) for c, text in enumerate(FIGURES)]),
    ]


def upheld(blocks: Sequence[Block]) -> Value:
    return paper.by_indicator(paper.read(blocks))["disputes.litigation_direct.upheld"]


def test_broken_headings_above_their_columns_are_read() -> None:
    assert upheld(page(7, 12)).number == 7


def test_broken_headings_of_exchanged_groups_are_not_read_in_the_order_of_the_form() -> None:
    value = upheld(page(12, 7))
    assert (value.state, value.number) == (State.UNRESOLVED, None)


@pytest.mark.parametrize(
    ("heads", "number"),
    [
        ("未经复议直接\n起诉\n复议后起诉", 7),
        ("未经复议直接\n复议后起诉\n起诉", None),
        ("复议后起诉\n未经复议直接\n起诉", None),
    ],
    ids=["in order", "one within the other", "exchanged"],
)
def test_in_text_the_order_of_groups_must_be_told(heads: str, number: int | None) -> None:
    outcomes = "\n".join(paper.OUTCOMES)
    text = f"行政复议\n行政诉讼\n{outcomes}\n{heads}\n{outcomes}\n{outcomes}\n{' '.join(FIGURES)}"
    assert upheld(paper.lines(text)).number == number


def test_a_column_missing_behind_a_blank_one_is_not_filled_from_its_neighbour() -> None:
    rows = [
        ["行政复议", "", "", "", "", "行政诉讼", *[""] * 9],
        [*paper.OUTCOMES, "未经复议直接起诉", "", "", "", "复议后起诉", *[""] * 5],
        [*[""] * 5, *paper.OUTCOMES[1:], *paper.OUTCOMES, ""],
        ["0", "0", "0", "0", "0", "0", "1", "0", "1", "2", "0", "1", "0", "3", ""],
    ]
    table = paper.delimited("\n".join("\t".join(row) for row in rows))
    values = paper.by_indicator(paper.read([table]))
    assert values["disputes.litigation_direct.upheld"].number is None
    assert values["disputes.litigation_after_reconsideration.upheld"].number in (None, 2)
