"""Reports whose tables are missing, misplaced, damaged or filled in wrongly: one fault each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sampling import bodies as b
from sampling.case import Case, faulty
from sampling.docx_out import PRINT_STYLE
from sampling.draft import start
from sampling.figures import figures_of
from sampling.forms import applications_grid, disclosure_grid
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
from sampling.html_out import classic_site, word_page
from sampling.text_out import tab_rows
from sampling.writers import browser_pdf, generator_pdf, text, web, word, word_pdf

_PAGES = replace(PRINT_STYLE, rows_split=False)


def _table_missing() -> Case:
    draft = start(b.LUYIN, 2023)
    draft.part(3).blocks = [
        "2023年，我乡未收到政府信息公开申请，也没有上年结转的申请，无需办理的事项。"
    ]
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
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
    return faulty(
        draft,
        "docx",
        "docx",
        word(),
        ("T010",),
        ("复议诉讼表出现两次", "The disputes table occurs twice"),
    )


def table_faults() -> list[Case]:
    """Reports with a fault in the make of a table."""
    return [
        _table_missing(),
        _old_disclosure(),
        _old_outcomes(),
        _copied_from_pdf(),
        _misplaced(),
        _header_damaged(),
        _row_missing(),
        _column_missing(),
        _row_added(),
        _blanks_in_word(),
        _blanks_in_pdf(),
        _not_numbers(),
        _table_twice(),
    ]
