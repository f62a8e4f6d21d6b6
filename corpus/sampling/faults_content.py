"""Reports whose figures, sections or dates contradict one another or the law: one fault each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sampling import bodies as b
from sampling.bodies import Body
from sampling.case import Case, faulty
from sampling.docx_out import PRINT_STYLE
from sampling.draft import Part, start
from sampling.figures import figures_of
from sampling.generator_out import GeneratorStyle
from sampling.grids import print_as
from sampling.html_out import classic_site, modern_site
from sampling.text_out import pipe_rows
from sampling.writers import generator_pdf, text, web, word, word_pdf

_PAGES = replace(PRINT_STYLE, rows_split=False)


def _shifted(body: Body, year: int, changes: Mapping[str, int]) -> dict[str, str]:
    """A body's figures with some of them changed by an amount."""
    figures = figures_of(body.name, year, body.size)
    for indicator, change in changes.items():
        figures[indicator] = str(int(figures[indicator]) + change)
    return figures


def _balance() -> Case:
    changes = {f"applications.new_received.{c}": 3 for c in ("natural_person", "total")}
    draft = start(b.HOUSING, 2023, _shifted(b.HOUSING, 2023, changes))
    return faulty(
        draft,
        "pdf",
        "pdf-libreoffice",
        word_pdf(_PAGES),
        ("C001",),
        (
            "自然人和总计两列：新收＋结转≠总计＋结转下年（多3件）",
            "Columns 自然人 and 总计 do not balance (3 too many received)",
        ),
    )


def _row_total() -> Case:
    changes = {"applications.granted.total": 1, "applications.partly_granted.total": -1}
    draft = start(b.HOUSING, 2024, _shifted(b.HOUSING, 2024, changes))
    return faulty(
        draft,
        "html",
        "html-modern",
        web(modern_site),
        ("C002",),
        ("“予以公开”“部分公开”两行总计各差1件", "Two row totals are off by one"),
    )


def _outcomes_total() -> Case:
    changes = {f"applications.granted.{c}": -1 for c in ("natural_person", "total")}
    draft = start(b.HEALTH, 2023, _shifted(b.HEALTH, 2023, changes))
    return faulty(
        draft,
        "pdf",
        "pdf-generator",
        generator_pdf(GeneratorStyle(zebra=True)),
        ("C003",),
        (
            "办理结果总计比各项之和多1件（自然人、总计两列）",
            "Outcome totals exceed their parts by one",
        ),
    )


def _disputes_total() -> Case:
    changes = {"disputes.reconsideration.total": 2}
    draft = start(b.HEALTH, 2024, _shifted(b.HEALTH, 2024, changes))
    return faulty(
        draft,
        "txt",
        "text-pipes",
        text(pipe_rows),
        ("C004",),
        ("行政复议总计比各项之和多2件", "The reconsideration total is two too many"),
    )


def _not_counts() -> Case:
    draft = start(b.FARMING, 2023)
    texts = {"disclosure.penalties.decisions": "12.5", "disclosure.coercion.decisions": "-1"}
    draft.change("disclosure", lambda grid: print_as(grid, texts))
    return faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("C005",),
        ("行政处罚12.5件、行政强制-1件", "A fractional and a negative count"),
    )


def _regulations() -> Case:
    changes = {"disclosure.regulations.in_force": 6}
    draft = start(b.YANTING, 2024, _shifted(b.YANTING, 2024, changes))
    return faulty(
        draft,
        "pdf",
        "pdf-generator",
        generator_pdf(),
        ("C009",),
        ("镇政府填报规章6件", "A township reports six regulations"),
        allowed=("C007",),
    )


def _section_missing() -> Case:
    draft = start(b.LUYIN, 2024)
    draft.parts = [part for part in draft.parts if part.number != 5]
    return faulty(
        draft,
        "html",
        "html-modern",
        web(modern_site),
        ("S001",),
        ("缺少第五部分", "Section five is missing"),
    )


def _out_of_order() -> Case:
    draft = start(b.YANTING, 2023)
    draft.parts[4], draft.parts[5] = draft.parts[5], draft.parts[4]
    return faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("S003",),
        ("第六部分排在第五部分之前", "Section six stands before section five"),
    )


def _empty_section() -> Case:
    draft = start(b.FARMING, 2024)
    draft.part(5).blocks = []
    return faulty(
        draft,
        "html",
        "html-classic",
        web(classic_site, "gb18030"),
        ("S004",),
        ("第五部分只有标题", "Section five is a heading only"),
        allowed=("S006",),
    )


def _section_twice() -> Case:
    draft = start(b.PLANNING, 2023)
    part = draft.part(5)
    draft.parts.insert(5, Part(5, part.heading, list(part.blocks)))
    return faulty(
        draft,
        "html",
        "html-modern",
        web(modern_site),
        ("S005",),
        ("第五部分出现两次", "Section five occurs twice"),
    )


def _topics_missing() -> Case:
    draft = start(b.HENGLING, 2024)
    draft.part(6).blocks = ["全年组织政府信息公开业务学习两次，参加人员覆盖全部业务机构。"]
    return faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("S006",),
        (
            "第六部分写了其他工作，没有说明信息处理费收取情况",
            "Section six tells of other work and says nothing of information-processing fees",
        ),
    )


def _year_conflict() -> Case:
    draft = start(b.LABOUR, 2024)
    period = "自{0}年1月1日起至{0}年12月31日止"
    draft.preamble = [
        line.replace(period.format(2024), period.format(2023)) for line in draft.preamble
    ]
    return faulty(
        draft,
        "pdf",
        "pdf-generator",
        generator_pdf(),
        ("M003",),
        ("标题为2024年，统计期限写成2023年", "Title says 2024, the period says 2023"),
        allowed=("N004",),
    )


def content_faults() -> list[Case]:
    """Reports with a fault in figures, sections or dates."""
    return [
        _balance(),
        _row_total(),
        _outcomes_total(),
        _disputes_total(),
        _not_counts(),
        _regulations(),
        _section_missing(),
        _out_of_order(),
        _empty_section(),
        _section_twice(),
        _topics_missing(),
        _year_conflict(),
    ]
