"""Sections and text that are missing, doubled or not this report's."""

from __future__ import annotations

from making.operators.base import Operator, Subject, operators_of
from making.operators.tools import (
    ORDINALS,
    first_section,
    insert,
    own_headings,
    section_at,
    section_end,
    text,
    without_number,
)
from making.paper import Item, Paper, Role
from making.reshape import require


def _block(paper: Paper, number: int) -> slice:
    start = section_at(paper, number)
    return slice(start, section_end(paper, start))


def section_missing(paper: Paper) -> None:
    """A section of text left out."""
    number = paper.rng.choice((1, 5, 6))
    del paper.items[_block(paper, number)]
    paper.damage("S004", "S006", required=("S001",))


def section_heading_lost(paper: Paper) -> None:
    """A heading left out; the text of the section stays."""
    number = paper.rng.choice((3, 4, 5, 6))
    at = section_at(paper, number)
    require(paper.items[at].role is Role.HEADING, "text in the line of the heading")
    del paper.items[at]
    paper.damage("T003", "S006", "T010", required=("S001",))


def sections_merged(paper: Paper) -> None:
    """Two sections below one heading: 三、四、…."""
    first = paper.rng.choice((2, 3, 5))
    at, second = section_at(paper, first), section_at(paper, first + 1)
    require(paper.items[at].role is paper.items[second].role is Role.HEADING, "no headings")
    titles = [without_number(paper.items[i].text) for i in (at, second)]
    numbers = f"{ORDINALS[first - 1]}、{ORDINALS[first]}、"
    paper.items[at].text = f"{numbers}{'和'.join(titles)}"
    del paper.items[second]
    paper.damage("S001", "S002", "S004", "S006", "T003")


def sections_exchanged(paper: Paper) -> None:
    """Two sections exchanged."""
    first = paper.rng.choice((1, 2, 3, 4, 5))
    one, two = _block(paper, first), _block(paper, first + 1)
    require(one.stop == two.start, "not side by side")
    paper.items[one.start : two.stop] = [*paper.items[two], *paper.items[one]]
    paper.damage("S001", "S005", "T003", required=("S003",))


def section_twice(paper: Paper) -> None:
    """A section of text twice."""
    block = _block(paper, paper.rng.choice((5, 6)))
    copies = [Item(i.role, i.text, i.grid, i.section) for i in paper.items[block]]
    require(all(item.grid is None for item in copies), "a table in it")
    require(len(copies) > 1, "an empty section")
    paper.items[block.stop : block.stop] = copies
    paper.damage("S003", required=("S005",))


def section_empty(paper: Paper) -> None:
    """A heading with nothing below it."""
    block = _block(paper, paper.rng.choice((1, 5, 5, 6)))
    require(paper.items[block.start].role is Role.HEADING, "text in the line of the heading")
    require(block.stop > block.start + 1, "empty already")
    del paper.items[block.start + 1 : block.stop]
    paper.damage("S006", required=("S004",))


def other_period(paper: Paper) -> None:
    """The reporting period of another year."""
    year, other = paper.year, paper.year + paper.rng.choice((-1, 1))
    require(str(year) in paper.title, "no year in the title")
    form = "自{0}年1月1日起至{0}年12月31日止"
    found = [item for item in paper.items if form.format(year) in item.text]
    require(bool(found), "no period")
    for item in found:
        item.text = item.text.replace(form.format(year), form.format(other))
    paper.damage("N004", required=("M003",))


def placeholders_left(paper: Paper) -> None:
    """Placeholders of the template left in the text."""
    at = section_at(paper, 1) + 1
    lines = (
        "XX年，XX镇主动公开政府信息XX条，其中通过政府网站公开XX条。",
        "（文字描述，收取信息处理费情况在此处报告。）",
        "*****内容中必须包括主动公开、依申请公开、政府信息管理等方面*****",
        "编写说明：可先适当综述，再分项报告。",
    )
    insert(paper, at, paper.rng.choice(lines))
    paper.damage("S006", "N003", "N004")


def last_years_text(paper: Paper) -> None:
    """Last year's year left in the text of section one."""
    block = _block(paper, 1)
    year = f"{paper.year}年"
    found = [i for i in paper.items[block] if i.role is Role.TEXT and year in i.text]
    require(bool(found), "no year in section one")
    for item in found:
        item.text = item.text.replace(year, f"{paper.year - 1}年")
    paper.damage("N004", "M003", "N001")


def other_body_in_text(paper: Paper) -> None:
    """Another body named in the preamble and the text, as where its report was copied."""
    found = [i for i in paper.items if i.role is Role.TEXT and paper.body.self_name in i.text]
    require(bool(found) and paper.body.name in paper.title, "nothing to change")
    other = f"{paper.county}沄埠供销合作社联合社"
    for item in found:
        item.text = item.text.replace(paper.body.self_name, other, 1)
    paper.damage("N003", "M001")


def starts_in_the_middle(paper: Paper) -> None:
    """Preamble and section one lost, as where the page was cut."""
    require(paper.items[section_at(paper, 2)].role is Role.HEADING, "no heading")
    start = first_section(paper)
    kept = [item for item in paper.items[:start] if item.role is Role.TITLE]
    require(bool(kept), "no title")
    end = section_at(paper, 2)
    paper.items = [*kept, *paper.items[end:]]
    if not any(paper.body.full in item.text for item in paper.items):
        paper.issuers.append(paper.body.name)
    paper.damage("S006", required=("S001",))


def headings_without_content(paper: Paper) -> None:
    """The headings of sections two to four with nothing below, as where tables were pictures."""
    for number in (2, 3, 4):
        require(paper.items[section_at(paper, number)].role is Role.HEADING, "no heading")
    for number in (2, 3, 4):
        block = _block(paper, number)
        paper.lost |= {item.grid.name for item in paper.items[block] if item.grid is not None}
        del paper.items[block.start + 1 : block.stop]
    paper.damage("S004", "D007", "T002", required=("T001",))


def no_headings(paper: Paper) -> None:
    """No headings at all."""
    own_headings(paper)
    paper.items = [item for item in paper.items if item.role is not Role.HEADING]
    paper.damage("S004", "S006", "T003", required=("S001",))


def instructions_under_headings(paper: Paper) -> None:
    """The instruction of the template under a heading, in place of the text."""
    block = _block(paper, 6)
    require(paper.items[block.start].role is Role.HEADING, "text in the line of the heading")
    line = paper.rng.choice(("（文字描述）", "（文字描述，收取信息处理费情况在此处报告。）", "XXX"))
    paper.items[block.start + 1 : block.stop] = text(line)
    paper.damage("S004", "S006")


OPERATORS: tuple[Operator, ...] = operators_of(
    Subject.DAMAGE,
    {
        section_missing: 3,
        section_heading_lost: 2,
        sections_merged: 1,
        sections_exchanged: 2,
        section_twice: 2,
        section_empty: 3,
        other_period: 2,
        placeholders_left: 1,
        last_years_text: 1,
        other_body_in_text: 1,
        starts_in_the_middle: 1,
        headings_without_content: 2,
        no_headings: 1,
        instructions_under_headings: 1,
    },
)
