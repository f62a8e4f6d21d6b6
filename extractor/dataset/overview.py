"""The first sheet of the workbook: what was read, what is wrong, and where to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractor.dataset.columns import FLAGS, Cell
from extractor.dataset.summary import Summary
from extractor.dataset.workbook import A4, Workbook
from extractor.options import Lang
from extractor.report import Severity, Status
from extractor.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class _Words:
    sheet: str
    title: str
    severity: str
    findings: str
    reports: str
    code: str
    meaning: str
    hint: str
    total: str
    comma: str
    columns: tuple[str, ...]
    statuses: dict[Status, str]
    severities: dict[Severity, str]


_WORDS = {
    Lang.ZH: _Words(
        "摘要",
        "政府信息公开工作年度报告：读取结果",
        "程度",
        "问题数",
        "涉及报告数",
        "代码",
        "含义",
        "点击“来源”可跳到该报告的问题；各列含义见各表表头的批注。数值以报告原文为准，空白不是 0。",
        "共 {total} 份：",
        "，",
        (
            "来源",
            "编制机关",
            "年度",
            "版式",
            "状态",
            "错误",
            "警告",
            "提示",
            "统计表",
            "读出",
            "应有",
            "首要问题",
        ),
        {
            Status.OK: "正常",
            Status.FLAGGED: "有问题",
            Status.UNREADABLE: "无法读取",
            Status.NOT_A_REPORT: "不是年度报告",
        },
        {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"},
    ),
    Lang.EN: _Words(
        "Summary",
        "Disclosure annual reports: what was read",
        "Severity",
        "Findings",
        "Reports",
        "Code",
        "Meaning",
        "Click a source to go to its findings; notes on the headers say what columns mean. "
        "The printed report prevails, and a blank is never 0.",
        "{total} reports: ",
        ", ",
        (
            "Source",
            "Issuer",
            "Year",
            "Format",
            "Status",
            "Errors",
            "Warnings",
            "Notes",
            "Tables",
            "Read",
            "Expected",
            "Worst finding",
        ),
        {
            Status.OK: "ok",
            Status.FLAGGED: "flagged",
            Status.UNREADABLE: "unreadable",
            Status.NOT_A_REPORT: "not a report",
        },
        {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"},
    ),
}
_WIDTHS = (46, 28, 11, 10, 13, 8, 8, 8, 8, 8, 8, 80)
_MOST_LINKS = 60_000
"""A sheet holds at most 65,530 links."""
_COLOURS = {
    Severity.ERROR: "#F8CBAD",
    Severity.WARNING: "#FFE699",
    Severity.INFO: "#DDEBF7",
}


def add_overview_sheet(book: Workbook) -> Any:
    """The empty first sheet; its place in the workbook must be taken before the tables'."""
    sheet = book.book.add_worksheet(_WORDS[book.lang].sheet)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    return sheet


def fill_overview(book: Workbook, sheet: Any, summary: Summary, rulebook: Rulebook) -> None:
    """Write counts by severity and code, then one row per report, what needs work first."""
    words = _WORDS[book.lang]
    row = _opening(book, sheet, summary, words)
    row = _severities(book, sheet, summary, words, row + 1)
    row = _codes(book, sheet, summary, rulebook, row + 1)
    _reports(book, sheet, summary, words, row + 1)


def _opening(book: Workbook, sheet: Any, summary: Summary, words: _Words) -> int:
    title = book.book.add_format({"bold": True, "font_size": 15})
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, words.title, title)
    parts = [
        f"{words.statuses[status]} {summary.statuses[status]}"
        for status in Status
        if summary.statuses[status]
    ]
    total = sum(summary.statuses.values())
    sheet.write_string(1, 0, words.total.format(total=total) + words.comma.join(parts))
    sheet.write_string(2, 0, words.hint)
    return 3


def _severities(book: Workbook, sheet: Any, summary: Summary, words: _Words, row: int) -> int:
    _head(book, sheet, row, (words.severity, words.findings, words.reports))
    for severity in Severity:
        row += 1
        style = _fill(book, severity)
        cells = (summary.severities[severity], summary.reports_with_severity[severity])
        _line(book, sheet, row, (words.severities[severity], *cells), style)
    return row + 1


def _codes(book: Workbook, sheet: Any, summary: Summary, rulebook: Rulebook, row: int) -> int:
    words = _WORDS[book.lang]
    if not summary.codes:
        return row
    _head(book, sheet, row, (words.meaning, words.code, words.findings, words.reports))
    titles = {
        flag.code: flag.title_zh if book.lang is Lang.ZH else flag.title_en
        for flag in rulebook.flags
    }
    styles = {severity: _fill(book, severity) for severity in Severity}
    for code in summary.top_codes():
        row += 1
        counts = (summary.codes[code], summary.reports_with_code[code])
        style = styles[summary.code_severity[code]]
        _line(book, sheet, row, (titles.get(code, ""), code, *counts), style)
    return row + 1


def _reports(book: Workbook, sheet: Any, summary: Summary, words: _Words, row: int) -> None:
    _head(book, sheet, row, words.columns)
    first = row
    centred = book.book.add_format({"align": "center"})
    link = book.book.add_format({"font_color": "#0563C1", "underline": 1})
    for line in sorted(summary.lines, key=lambda line: line.rank):
        row += 1
        cells = (
            line.issuer,
            line.year,
            line.format,
            words.statuses[line.status],
            line.errors,
            line.warnings,
            line.infos,
            line.tables_found,
            line.values_reported,
            line.values_expected,
            line.worst,
        )
        if line.first_flag is None or max(line.first_flag, row - first) > _MOST_LINKS:
            book.put(sheet, row, 0, line.source)
        else:
            target = f"internal:'{FLAGS.name}'!A{line.first_flag + 1}"
            sheet.write_url(row, 0, target, link, string=line.source)
        for at, cell in enumerate(cells, start=1):
            book.put(sheet, row, at, cell, centred if isinstance(cell, int) else None)
    sheet.autofilter(first, 0, max(row, first + 1), len(words.columns) - 1)


def _head(book: Workbook, sheet: Any, row: int, names: tuple[str, ...]) -> None:
    for at, name in enumerate(names):
        sheet.write_string(row, at, name, book.head)


def _line(book: Workbook, sheet: Any, row: int, cells: tuple[Cell, ...], style: Any) -> None:
    for at, cell in enumerate(cells):
        book.put(sheet, row, at, cell, style)


def _fill(book: Workbook, severity: Severity) -> Any:
    return book.book.add_format({"bg_color": _COLOURS[severity]})
