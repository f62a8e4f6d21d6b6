"""Reports with one fault each, and the findings it must raise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sampling import bodies as b
from sampling.bodies import Body
from sampling.case import Case, Writer
from sampling.clean import path_of
from sampling.docx_out import PRINT_STYLE
from sampling.draft import Draft, Part, start
from sampling.figures import figures_of
from sampling.forms import applications_grid, disclosure_grid
from sampling.generator_out import GeneratorStyle
from sampling.grids import (
    Grid,
    GridCell,
    Kind,
    print_as,
    relabel,
    rewrite,
    with_row_after,
    without_column,
    without_row,
)
from sampling.html_out import classic_site, modern_site, word_page
from sampling.text_out import pipe_rows, tab_rows
from sampling.writers import (
    browser_pdf,
    generator_pdf,
    text,
    web,
    word,
    word_pdf,
)

_PAGES = replace(PRINT_STYLE, rows_split=False)


def shifted(body: Body, year: int, changes: Mapping[str, int]) -> dict[str, str]:
    """A body's figures with some of them changed by an amount."""
    figures = figures_of(body.name, year, body.size)
    for indicator, change in changes.items():
        figures[indicator] = str(int(figures[indicator]) + change)
    return figures


def _faulty(
    draft: Draft,
    extension: str,
    kind: str,
    write: Writer,
    flags: tuple[str, ...],
    note: tuple[str, str],
    allowed: tuple[str, ...] = (),
) -> Case:
    return Case(
        path_of(draft, extension), kind, (draft,), write, note, flags, allowed, status="flagged"
    )


# Tables ----------------------------------------------------------------------------------------


def _table_missing() -> Case:
    draft = start(b.LUYIN, 2023)
    draft.part(3).blocks = [
        "2023年，我乡未收到政府信息公开申请，也没有上年结转的申请，无需办理的事项。"
    ]
    return _faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("T001",),
        ("第三部分只有一句话，没有统计表", "Section three has a sentence and no table"),
    )


def _old_disclosure() -> Case:
    figures = figures_of(b.PUJI.name, 2023, b.PUJI.size)
    old = {
        key: value
        for key, value in figures_of(b.PUJI.name, 2020, b.PUJI.size).items()
        if key.startswith("disclosure.")
    }
    kept = {key: value for key, value in figures.items() if not key.startswith("disclosure.")}
    draft = start(b.PUJI, 2023, {**_disclosure_zeros(figures), **kept})
    draft.part(2).blocks = [disclosure_grid("2019", old)]
    draft.form = "mixed"
    return _faulty(
        draft,
        "pdf",
        "pdf-libreoffice",
        word_pdf(_PAGES),
        ("T002",),
        ("第二部分用了2019年旧表", "Section two uses the superseded 2019 table"),
    )


def _disclosure_zeros(figures: Mapping[str, str]) -> dict[str, str]:
    """Section two's figures of the 2021 form, all zero, so that the prose claims none of them."""
    return {key: "0" for key in figures if key.startswith("disclosure.")}


def _old_outcomes() -> Case:
    figures = figures_of(b.PUJI.name, 2024, b.PUJI.size)
    merged = dict(figures)
    for indicator in figures:
        table, row, column = indicator.split(".")
        if (table, row) == ("applications", "other_misc"):
            rows = ("other_not_corrected", "other_fee_unpaid", "other_misc")
            merged[f"applications.other.{column}"] = str(
                sum(int(figures[f"applications.{each}.{column}"]) for each in rows)
            )
    draft = start(b.PUJI, 2024, figures)
    draft.part(3).blocks = [applications_grid("2019", merged)]
    draft.form = "mixed"
    return _faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("T002",),
        (
            "第三部分沿用2019年旧表的行（其他处理只有一行）",
            "Section three keeps the rows of the 2019 table",
        ),
    )


def _copied_from_pdf() -> Case:
    draft = start(b.YUANHUO, 2023)
    header = (
        "维持",
        "纠正",
        "结果",
        "审结",
        "",
        "结果 维持",
        "结果 纠正",
        "其他 结果",
        "尚未 审结",
        "总计",
        "结果 维持",
        "结果 纠正",
        "其他 结果",
        "尚未 审结",
        "总计",
    )
    data = [cell for cell in draft.grid("disputes").cells if cell.indicator]
    cells = [GridCell(0, col, label, kind=Kind.HEAD) for col, label in enumerate(header)]
    cells += [replace(cell, row=1) for cell in data]
    draft.part(3).blocks = [Grid("disputes", tuple(cells), (1,) * 15, 1)]
    draft.parts = [part for part in draft.parts if part.number != 4]
    draft.part(5).heading = "五、政府信息公开工作存在的主要问题及改进措施"
    return _faulty(
        draft,
        "txt",
        "text-tabs",
        text(tab_rows),
        ("T001", "S001", "T003", "T004"),
        (
            "从 PDF 复制的文本：申请表丢失，复议诉讼表表头残缺并落在第三部分，第四部分标题丢失",
            "Copied from a PDF: applications table lost, disputes table with a cut header "
            "under heading three, heading four lost",
        ),
        allowed=("S002",),
    )


def _misplaced() -> Case:
    draft = start(b.YUANHUO, 2024)
    draft.part(3).blocks += draft.part(4).blocks
    draft.part(4).blocks = ["本年度政府信息公开行政复议、行政诉讼的具体数据已列在前面的表格中。"]
    return _faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("T003",),
        ("复议诉讼表放在第三部分", "The disputes table stands in section three"),
    )


def _header_damaged() -> Case:
    draft = start(b.HENGLING, 2023)
    draft.change("applications", lambda g: relabel(relabel(g, 2, 5, ""), 2, 6, "组织"))
    return _faulty(
        draft,
        "pdf",
        "pdf-generator",
        generator_pdf(),
        ("T004",),
        ("申请表表头一格空白、一格残缺", "One header label blank and one cut short"),
        allowed=("T006", "T011"),
    )


def _row_missing() -> Case:
    draft = start(b.XIABO, 2024)
    label = "5.属于三类内部事务信息"
    row = draft.grid("applications").row_of(label)
    gone = [c.text for c in draft.grid("applications").starts(row) if c.indicator]
    if any(figure != "0" for figure in gone):
        raise ValueError(f"the row to drop must hold zeros: {gone}")
    draft.change("applications", lambda grid: without_row(grid, row))
    return _faulty(
        draft,
        "pdf",
        "pdf-chromium",
        browser_pdf(),
        ("T005",),
        ("申请表缺少“属于三类内部事务信息”一行", "A statutory row is missing"),
    )


def _column_missing() -> Case:
    draft = start(b.XIABO, 2023)
    column = 7
    gone = [c.text for c in draft.grid("applications").cells if c.indicator and c.col == column]
    if any(figure != "0" for figure in gone):
        raise ValueError(f"the column to drop must hold zeros: {gone}")
    draft.change("applications", lambda grid: without_column(grid, column))
    return _faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("T006",),
        ("申请表缺少“法律服务机构”一列", "A statutory column is missing"),
        allowed=("T004",),
    )


def _row_added() -> Case:
    draft = start(b.ENFORCEMENT, 2023)
    row = draft.grid("disclosure").row_of("行政许可")
    extra = (GridCell(0, 0, "行政确认"), GridCell(0, 1, "57", 1, 3, Kind.DATA))
    draft.change("disclosure", lambda grid: with_row_after(grid, row, extra))
    return _faulty(
        draft,
        "html",
        "html-classic",
        web(classic_site, "gb18030"),
        ("T007",),
        ("第二十条第（五）项多出“行政确认”一行", "A row that the form does not know"),
    )


def _blanks_in_word() -> Case:
    draft = start(b.ENFORCEMENT, 2024)

    def blank(cell: GridCell) -> GridCell:
        row = (cell.indicator or "..").split(".")[1]
        empty = row.startswith("not_processed") and cell.text == "0"
        return replace(cell, text="") if empty else cell

    draft.change("applications", lambda grid: rewrite(grid, blank))
    return _faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("T008",),
        ("“不予处理”各行的零留作空白", "Zeros of the group 不予处理 left blank"),
    )


def _blanks_in_pdf() -> Case:
    draft = start(b.CIVIL, 2023)
    blanks = {f"disclosure.regulations.{c}": "" for c in ("issued", "repealed", "in_force")}
    draft.change("disclosure", lambda grid: print_as(grid, blanks))
    return _faulty(
        draft,
        "pdf",
        "pdf-libreoffice",
        word_pdf(_PAGES),
        ("T008",),
        ("“规章”一行三格空白", "The row 规章 is blank"),
    )


def _not_numbers() -> Case:
    draft = start(b.TRANSPORT, 2023)
    texts = {f"disclosure.regulations.{c}": "/" for c in ("issued", "repealed", "in_force")}
    texts["disclosure.coercion.decisions"] = "无"
    draft.change("disclosure", lambda grid: print_as(grid, texts))
    return _faulty(
        draft,
        "html",
        "html-word",
        web(word_page),
        ("T009",),
        ("单元格填“/”和“无”", "Cells hold “/” and “无”"),
    )


def _table_twice() -> Case:
    draft = start(b.TRANSPORT, 2024)
    draft.part(4).blocks = [*draft.part(4).blocks, "附表同上：", *draft.part(4).blocks]
    return _faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("T010",),
        ("复议诉讼表出现两次", "The disputes table occurs twice"),
    )


# Figures ---------------------------------------------------------------------------------------


def _balance() -> Case:
    changes = {f"applications.new_received.{c}": 3 for c in ("natural_person", "total")}
    draft = start(b.HOUSING, 2023, shifted(b.HOUSING, 2023, changes))
    return _faulty(
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
    draft = start(b.HOUSING, 2024, shifted(b.HOUSING, 2024, changes))
    return _faulty(
        draft,
        "html",
        "html-modern",
        web(modern_site),
        ("C002",),
        ("“予以公开”“部分公开”两行总计各差1件", "Two row totals are off by one"),
    )


def _outcomes_total() -> Case:
    changes = {f"applications.granted.{c}": -1 for c in ("natural_person", "total")}
    draft = start(b.HEALTH, 2023, shifted(b.HEALTH, 2023, changes))
    return _faulty(
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
    draft = start(b.HEALTH, 2024, shifted(b.HEALTH, 2024, changes))
    return _faulty(
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
    return _faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("C005",),
        ("行政处罚12.5件、行政强制-1件", "A fractional and a negative count"),
    )


def _regulations() -> Case:
    changes = {"disclosure.regulations.in_force": 6}
    draft = start(b.YANTING, 2024, shifted(b.YANTING, 2024, changes))
    return _faulty(
        draft,
        "pdf",
        "pdf-generator",
        generator_pdf(),
        ("C009",),
        ("镇政府填报规章6件", "A township reports six regulations"),
    )


# Sections and identity -------------------------------------------------------------------------


def _section_missing() -> Case:
    draft = start(b.LUYIN, 2024)
    draft.parts = [part for part in draft.parts if part.number != 5]
    return _faulty(
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
    return _faulty(
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
    return _faulty(
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
    return _faulty(
        draft,
        "html",
        "html-modern",
        web(modern_site),
        ("S005",),
        ("第五部分出现两次", "Section five occurs twice"),
    )


def _topics_missing() -> Case:
    draft = start(b.HENGLING, 2024)
    draft.part(1).blocks[-1] = (
        "（五）监督保障情况。明确专人负责信息发布，公开监督电话，收到的意见均登记办理。"
    )
    draft.part(6).blocks = ["无其他需要报告的事项。"]
    return _faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("S006",),
        (
            "乡政府未报告工作考核、社会评议、责任追究，也未说明信息处理费",
            "A township tells nothing of appraisal, public review, accountability or fees",
        ),
    )


def _year_conflict() -> Case:
    draft = start(b.LABOUR, 2024)
    period = "自{0}年1月1日起至{0}年12月31日止"
    draft.preamble = [
        line.replace(period.format(2024), period.format(2023)) for line in draft.preamble
    ]
    return _faulty(
        draft,
        "pdf",
        "pdf-generator",
        generator_pdf(),
        ("M003",),
        ("标题为2024年，统计期限写成2023年", "Title says 2024, the period says 2023"),
        allowed=("N004",),
    )


def faulty_reports() -> list[Case]:
    """Reports that can be read and have a fault."""
    makers: tuple[Callable[[], Case], ...] = (
        _table_missing,
        _old_disclosure,
        _old_outcomes,
        _copied_from_pdf,
        _misplaced,
        _header_damaged,
        _row_missing,
        _column_missing,
        _row_added,
        _blanks_in_word,
        _blanks_in_pdf,
        _not_numbers,
        _table_twice,
        _balance,
        _row_total,
        _outcomes_total,
        _disputes_total,
        _not_counts,
        _regulations,
        _section_missing,
        _out_of_order,
        _empty_section,
        _section_twice,
        _topics_missing,
        _year_conflict,
    )
    return [make() for make in makers]
