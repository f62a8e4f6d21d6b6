"""Other ways to print the headings of the sections."""

from __future__ import annotations

from making.operators.base import Operator, Subject, operators_of
from making.operators.tools import (
    ORDINALS,
    first_section,
    own_headings,
    section_at,
    text,
    without_number,
)
from making.paper import Item, Paper, Role
from making.reshape import require

_WORDINGS = {
    1: ("概述", "工作基本情况", "总体概述", "公开总体情况", "工作开展总体情况", "主要工作概述"),
    2: (
        "主动公开情况",
        "主动公开政府信息的情况",
        "行政机关主动公开政府信息情况",
        "主动公开政府政府情况",
    ),
    3: (
        "行政机关收到和处理政府信息公开申请情况",
        "依申请公开情况",
        "收到和处理政府信息公开申请的情况",
    ),
    4: (
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开行政复议行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
        "因政府信息公开被申请行政复议、提起行政诉讼情况",
    ),
    5: (
        "存在问题和改进措施",
        "政府信息公开工作存在的主要问题及改进情况",
        "存在的主要问题及下步打算",
        "政府信息公开工作存在的主要问题及改进措施",
    ),
    6: ("其他需要报告的情况", "需要说明的事项", "其他事项", "其它需要报告的事项"),
}
_NESTED = (
    "一、加强组织领导。明确分管负责同志和专门机构，责任落实到岗。",
    "二、扎实推进主动公开。围绕重点领域及时更新栏目内容。",
    "三、规范办理依申请公开。完善登记、审核、答复各环节。",
    "四、加强平台建设。专栏设置更加清晰。",
    "五、强化监督保障。将公开工作列入年度考核。",
    "六、开展业务培训。经办人员的能力得到提高。",
)


def other_wordings(paper: Paper) -> None:
    """Headings in other words."""
    items = own_headings(paper)
    chosen = paper.rng.sample(items, paper.rng.randint(1, len(items)))
    for item in chosen:
        words = paper.rng.choice(_WORDINGS[item.section])
        item.text = f"{ORDINALS[item.section - 1]}、{words}"


def blanks_around_number(paper: Paper) -> None:
    """Blanks at the number of a heading."""
    form = paper.rng.choice(
        ("{}、 {}", "{} 、{}", "\u3000\u3000{}、{}", "{}、\u3000{}", "\u00a0{}、{}")
    )
    for item in own_headings(paper):
        item.text = form.format(ORDINALS[item.section - 1], without_number(item.text))


def other_number_mark(paper: Paper) -> None:
    """Another mark behind the number: 一. 一． 一：."""
    mark = paper.rng.choice((".", "．", "，", ":", " "))
    for item in own_headings(paper):
        item.text = f"{ORDINALS[item.section - 1]}{mark}{without_number(item.text)}"


def closing_mark(paper: Paper) -> None:
    """A colon or stop behind headings."""
    mark = paper.rng.choice("：。:")
    for item in own_headings(paper):
        item.text += mark


def as_paragraphs(paper: Paper) -> None:
    """Headings not marked as such."""
    for item in own_headings(paper):
        item.role = Role.TEXT


def without_numbers(paper: Paper) -> None:
    """Headings without numbers, as where automatic numbering was lost."""
    for item in own_headings(paper):
        item.text = without_number(item.text)


def parts(paper: Paper) -> None:
    """第一部分 instead of 一、."""
    gap = paper.rng.choice((" ", "", "：", "\u3000"))
    for item in own_headings(paper):
        item.text = f"第{ORDINALS[item.section - 1]}部分{gap}{without_number(item.text)}"


def bracketed_numbers(paper: Paper) -> None:
    """（一） instead of 一、, the numbers inside section one then 1. 2. 3."""
    form = paper.rng.choice(("（{}）{}", "({}){}"))
    headings = own_headings(paper)
    for item in paper.items:
        for at, ordinal in enumerate(ORDINALS):
            if item.role is Role.TEXT and item.text.startswith(f"（{ordinal}）"):
                item.text = f"{at + 1}.{item.text[3:]}"
    for item in headings:
        item.text = form.format(ORDINALS[item.section - 1], without_number(item.text))


def arabic_numbers(paper: Paper) -> None:
    """1、 instead of 一、."""
    mark = paper.rng.choice(("、", ".", "．"))
    for item in own_headings(paper):
        item.text = f"{item.section}{mark}{without_number(item.text)}"


def repeated_number(paper: Paper) -> None:
    """The number of the section before once more."""
    items = own_headings(paper)
    require(len(items) > 1, "one heading")
    item = paper.rng.choice(items[1:])
    item.text = f"{ORDINALS[item.section - 2]}、{without_number(item.text)}"


def one_number_lost(paper: Paper) -> None:
    """One heading without its number."""
    item = paper.rng.choice(own_headings(paper))
    item.text = without_number(item.text)


def run_on(paper: Paper) -> None:
    """Text that begins in the line of the heading."""
    gap = paper.rng.choice((" ", "\u3000", "。", "：", "  "))
    items, joined = list[Item](), False
    for item in paper.items:
        last = items[-1] if items else None
        heads = last is not None and last.section and last.role is Role.HEADING
        if last is not None and heads and item.role is Role.TEXT and not item.section:
            items[-1] = Item(Role.TEXT, f"{last.text}{gap}{item.text}", section=last.section)
            joined = True
        else:
            items.append(item)
    require(joined, "no text under a heading")
    paper.items = items


def one_paragraph(paper: Paper) -> None:
    """All text between two tables in one paragraph, headings included.

    A section that begins inside a paragraph is kept as an empty item behind it.
    """
    own_headings(paper)
    items, line, begun = list[Item](), "", list[int]()

    def flush() -> None:
        if line:
            first, *others = begun or [0]
            items.append(Item(Role.TEXT, line, section=first))
            items.extend(Item(Role.TEXT, section=each) for each in others)

    for item in paper.items:
        if item.role in (Role.TEXT, Role.HEADING):
            line += item.text
            begun += [item.section] if item.section else []
            continue
        flush()
        line, begun = "", []
        items.append(item)
    flush()
    paper.items = items


def wrapped(paper: Paper) -> None:
    """A heading broken by a line break."""
    items = [item for item in own_headings(paper) if len(item.text) > 8]
    require(bool(items), "no long heading")
    for item in paper.rng.sample(items, paper.rng.randint(1, len(items))):
        at = paper.rng.randint(5, len(item.text) - 3)
        item.text = f"{item.text[:at]}\n{item.text[at:]}"


def nested_numbers(paper: Paper) -> None:
    """A list 一、 to 六、 inside section one."""
    at = section_at(paper, 2)
    count = paper.rng.randint(3, len(_NESTED))
    paper.items[at:at] = text(*_NESTED[:count])


def contents(paper: Paper) -> None:
    """A table of contents in front."""
    lines = [without_number(item.text) for item in own_headings(paper)]
    numbers = [ORDINALS[item.section - 1] for item in own_headings(paper)]
    leader = paper.rng.choice(("……………………", "\u3000", "......................", " …………… ", "\t"))
    word = paper.rng.choice(("目  录", "目录", "目\u3000录"))
    rows = [
        f"{number}、{line}{leader}{page}"
        for page, (number, line) in enumerate(zip(numbers, lines, strict=True), 1)
    ]
    titles = [at for at, item in enumerate(paper.items) if item.role is Role.TITLE]
    at = titles[-1] + 1 if titles else 0
    require(at <= first_section(paper), "title below")
    paper.items[at:at] = text(word, *rows)


def first_heading_twice(paper: Paper) -> None:
    """概述 as a line of its own below 一、总体情况."""
    at = section_at(paper, 1)
    paper.items[at + 1 : at + 1] = text(paper.rng.choice(("概述", "（一）概述", "工作概况")))


OPERATORS: tuple[Operator, ...] = operators_of(
    Subject.DOCUMENT,
    {
        other_wordings: 5,
        blanks_around_number: 3,
        other_number_mark: 2,
        closing_mark: 2,
        as_paragraphs: 4,
        without_numbers: 2,
        parts: 1,
        bracketed_numbers: 1,
        arabic_numbers: 1,
        repeated_number: 1,
        one_number_lost: 2,
        run_on: 2,
        one_paragraph: 1,
        wrapped: 2,
        nested_numbers: 2,
        contents: 2,
        first_heading_twice: 1,
    },
)
