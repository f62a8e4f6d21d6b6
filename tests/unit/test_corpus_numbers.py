"""The corpus's own reading of what a cell says, on which all its truth rests."""

from __future__ import annotations

import pytest

from making.numbers import chinese, is_blank, printed_number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("0", "0"),
        ("1,362", "1362"),
        ("１，３６２", "1362"),
        (" 7\u00a0", "7"),
        ("43.788万元", "43.788"),
        ("437880元", "43.788"),
        ("12（件）", "12"),
        ("12件", "12"),
        ("减4", "-4"),
        ("−4", "-4"),
        ("+3", "3"),
        ("0.00", "0"),
        (".5", "0.5"),
        ("190.457379", "190.457379"),
        ("12①", "12"),
        ("12*", "12"),
        ("十二", "12"),
        ("行政许可12", "12"),
        ("", None),
        ("　", None),
        ("/", None),
        ("—", None),
        ("无", None),
        ("1O2", None),
        ("3 5 x", None),
    ],
)
def test_what_a_cell_says(printed: str, number: str | None) -> None:
    assert printed_number(printed) == number


def test_blank_is_not_a_mark() -> None:
    assert is_blank("\u3000\n")
    assert not is_blank("/")
    assert not is_blank("0")


def test_chinese_numerals_read_back() -> None:
    assert all(printed_number(chinese(n)) == str(n) for n in range(100))
