"""Labels that are the same in print have the same key."""

from __future__ import annotations

import pytest

from extractor.textnorm import fold, key, numbering_value, split_numbering, squash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.属于国家秘密", "1、属于国家秘密"),
        ("1.属于国家秘密", "１．属 于 国\n家秘密"),
        ("（一）予以公开", "(一)予以公开"),
        ("一、总体情况", " 一 、 总体情况 "),
        ("3.危及“三安全一稳定”", '3.危及"三安全一稳定"'),
        ("本年收费金额（单位：万元）", "本年收费金额(单位:万元)"),
        ("总计", "总 计"),
        ("（七）总计", "总计"),
        ("⾏政许可", "行政许可"),
    ],
)
def test_same_label(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第二十条第（一）项", "第二十条第（五）项"),
        ("5.属于三类内部事务信息", "6.属于四类过程性信息"),
        ("结果维持", "结果纠正"),
    ],
)
def test_different_labels(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_folding_never_turns_a_mark_into_a_digit() -> None:
    for mark in "①⑴½²":
        assert not any(character.isascii() and character.isdigit() for character in fold(mark))


def test_squash_drops_every_kind_of_space() -> None:
    assert squash("自\u3000然\u00a0人\u200b\t\n") == "自然人"


@pytest.mark.parametrize(
    ("text", "numbering", "rest"),
    [
        ("一、总体情况", "一、", "总体情况"),
        ("（二）依申请公开", "(二)", "依申请公开"),
        ("1.重复申请", "1.", "重复申请"),
        ("2024年工作", "", "2024年工作"),
        ("三类内部事务信息", "", "三类内部事务信息"),
    ],
)
def test_numbering_is_told_from_text(text: str, numbering: str, rest: str) -> None:
    assert split_numbering(text) == (numbering, rest)


@pytest.mark.parametrize(
    ("numbering", "value"),
    [("三、", 3), ("十、", 10), ("十一、", 11), ("(三)", None), ("3.", None)],
)
def test_numbering_value(numbering: str, value: int | None) -> None:
    assert numbering_value(numbering) == value
