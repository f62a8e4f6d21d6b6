"""Headings that were flattened must still be those of the form, in its order."""

from __future__ import annotations

from extractor.report import State
from tests import paper

# A page flattened with its columns kept by spaces: headings in narrow cells are broken.
HEAD = """三、收到和处理政府信息公开申请情况
                                     申请人情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第           法人或其他组织
        三项加第四项之和）         自然人 商业企 科研机 {third} {fourth}                     总计
                                                             其他
                               业   构  {third_rest} {fourth_rest}
"""


def numbers(third: str, third_rest: str, fourth: str, fourth_rest: str) -> list[str]:
    labels = [label for _, label in paper.applications_labels()]
    rows = "\n".join(f"{label}    1   2   0   3   0   0   6" for label in labels)
    head = HEAD.format(third=third, third_rest=third_rest, fourth=fourth, fourth_rest=fourth_rest)
    values = paper.by_indicator(paper.read(paper.lines(head + rows)))
    return [
        str(values[f"applications.new_received.{column}"].number)
        for column in ("public_interest", "legal_service", "total")
        if values[f"applications.new_received.{column}"].state is State.REPORTED
    ]


def test_broken_headings_in_the_order_of_the_form_are_read() -> None:
    assert numbers("社会公", "益组织", "法律服", "务机构") == ["3", "0", "6"]


def test_figures_below_exchanged_headings_are_left_open() -> None:
    assert not numbers("法律服", "务机构", "社会公", "益组织")
