"""Faultless reports: every format, layout and spelling that must be read without complaint."""

from __future__ import annotations

from dataclasses import replace

from sampling import bodies as b
from sampling.bodies import Body
from sampling.case import Case, Writer, path_of
from sampling.docx_out import PRINT_STYLE, WordStyle
from sampling.draft import start
from sampling.generator_out import GeneratorStyle
from sampling.grids import GridCell, rewrite
from sampling.html_out import PrintStyle, classic_site, fragment, modern_site, word_page
from sampling.text_out import cell_lines, pipe_rows, tab_rows
from sampling.writers import (
    browser_pdf,
    generator_pdf,
    printed_text,
    text,
    web,
    word,
    word_pdf,
)

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _case(
    body: Body, year: int, extension: str, kind: str, write: Writer, zh: str, en: str
) -> Case:
    draft = start(body, year)
    return Case(path_of(draft, extension), kind, (draft,), write, (zh, en))


def _thousands() -> Case:
    """Figures with thousands marks."""
    draft = start(b.COUNTY_GOVERNMENT, 2024)

    def mark(cell: GridCell) -> GridCell:
        whole, point, rest = cell.text.partition(".")
        if cell.indicator is None or not whole.isdigit():
            return cell
        return replace(cell, text=f"{int(whole):,}{point}{rest}")

    for name in ("disclosure", "applications"):
        draft.change(name, lambda grid: rewrite(grid, mark))
    return Case(
        path_of(draft, "docx"),
        "docx",
        (draft,),
        word(WordStyle(red_head=True)),
        (
            "红头文件；数字带千分号，收费金额有小数",
            "Official letterhead; thousands marks, a fee with decimals",
        ),
    )


def _spelled() -> Case:
    """Figures with units and in full width."""
    draft = start(b.CIVIL, 2024)

    def spell(cell: GridCell) -> GridCell:
        if cell.indicator is None:
            return cell
        if cell.indicator == "disclosure.fees.amount":
            return replace(cell, text=cell.text + "万元")
        if cell.indicator.startswith("disclosure."):
            return replace(cell, text=cell.text.translate(_FULL_WIDTH))
        return cell

    draft.change("disclosure", lambda grid: rewrite(grid, spell))
    return Case(
        path_of(draft, "html"),
        "html-fragment",
        (draft,),
        web(fragment),
        (
            "网页正文片段；全角数字，收费金额带单位",
            "Bare article; full-width digits, the unit printed in the fee cell",
        ),
    )


def _tracked() -> Case:
    """Two figures are tracked changes: what is struck out does not count."""
    draft = start(b.DANPU, 2024)
    struck = (("disclosure.licensing.decisions", "999"), ("applications.granted.total", "88"))
    return Case(
        path_of(draft, "docx"),
        "docx",
        (draft,),
        word(WordStyle(tracked=struck)),
        (
            "保留修订痕迹：两处数字为修订后的结果",
            "Tracked changes: two figures are insertions beside struck-out ones",
        ),
    )


def _own_headings() -> Case:
    """Headings in other words, which is style and no fault."""
    draft = start(b.PLANNING, 2024)
    draft.part(1).heading = "一、概述"
    draft.part(4).heading = "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    draft.part(5).heading = "五、政府信息公开工作存在的主要问题及改进措施"
    return Case(
        path_of(draft, "html"),
        "html-word",
        (draft,),
        web(word_page),
        (
            "三处章节标题与法定格式不一致（提示）",
            "Three headings differ from the statutory wording (a note only)",
        ),
        flags=("S002",),
    )


def clean_cases() -> list[Case]:
    """All faultless reports."""
    landscape = replace(PRINT_STYLE, landscape=True, rows_split=False)
    dotted = PrintStyle(
        line="0.6px dotted #36c", frame="1.5px solid #36c", head_fill="#eef3fb", rows_split=True
    )
    return [
        _case(
            b.WANGLAN,
            2020,
            "pdf",
            "pdf-libreoffice",
            word_pdf(),
            "2019年格式（2020年度）",
            "The 2019 form, in force for 2020",
        ),
        _case(
            b.EDUCATION,
            2020,
            "html",
            "html-modern",
            web(modern_site),
            "2019年格式（2020年度），新版网站",
            "The 2019 form on a recent portal",
        ),
        _case(
            b.WANGLAN,
            2023,
            "pdf",
            "pdf-libreoffice",
            word_pdf(replace(PRINT_STYLE, rows_split=False)),
            "Word 转 PDF，表格跨页",
            "Word to PDF; tables run over pages between rows",
        ),
        _case(
            b.WANGLAN,
            2024,
            "pdf",
            "pdf-libreoffice",
            word_pdf(replace(PRINT_STYLE, bottom_margin=3.8)),
            "Word 转 PDF，第三部分表格在行中间断页",
            "Word to PDF; section three's table breaks within a row",
        ),
        _case(
            b.COUNTY_GOVERNMENT,
            2023,
            "pdf",
            "pdf-generator",
            generator_pdf(GeneratorStyle(running_head="澄漪县政府信息公开 · 年度报告")),
            "报表程序生成，有页眉；数字上千，收费金额有小数",
            "Report generator with running head; figures in thousands, a fee with decimals",
        ),
        _thousands(),
        _case(
            b.TINGLIAO,
            2023,
            "docx",
            "docx",
            word(WordStyle(numbered=True)),
            "章节序号为 Word 自动编号",
            "Section numbers come from automatic numbering",
        ),
        _case(
            b.TINGLIAO,
            2024,
            "pdf",
            "pdf-chromium",
            browser_pdf(),
            "浏览器打印",
            "Printed from a browser",
        ),
        _case(
            b.QISHUANG,
            2023,
            "html",
            "html-modern",
            web(modern_site),
            "新版网站：导航、信息表、分享栏",
            "Recent portal: navigation, metadata, share bar",
        ),
        _case(
            b.QISHUANG,
            2024,
            "html",
            "html-classic",
            web(classic_site, "gb18030"),
            "旧版网站：GB18030 编码、表格排版、单元格不闭合",
            "Old site: GB18030, layout tables, unclosed cells",
        ),
        _case(
            b.EDUCATION,
            2023,
            "txt",
            "text-tabs",
            text(tab_rows),
            "文本，制表符分列",
            "Text, cells apart by tabs",
        ),
        _case(
            b.EDUCATION,
            2024,
            "txt",
            "text-pipes",
            text(pipe_rows, "gb18030"),
            "文本，竖线分列，GB18030 编码",
            "Text, cells apart by pipes, GB18030",
        ),
        _case(
            b.WATER,
            2023,
            "txt",
            "text-cells",
            text(cell_lines, "utf-16"),
            "文本，一格一行，UTF-16 编码",
            "Text, one cell a line, UTF-16",
        ),
        _case(
            b.WATER,
            2024,
            "pdf",
            "pdf-libreoffice",
            word_pdf(landscape),
            "横向页面",
            "Landscape pages",
        ),
        _case(
            b.LAND,
            2023,
            "pdf",
            "pdf-generator",
            generator_pdf(GeneratorStyle(ruled=False)),
            "报表程序生成，表格无框线",
            "Report generator, tables without lines",
        ),
        _case(
            b.LAND,
            2024,
            "pdf",
            "pdf-chromium",
            browser_pdf(dotted),
            "浏览器打印，彩色点线框",
            "Printed from a browser, coloured dotted lines",
        ),
        _case(
            b.DANPU,
            2023,
            "html",
            "html-word",
            web(word_page, "utf-8-sig"),
            "从 Word 粘贴的网页",
            "Pasted from Word",
        ),
        _tracked(),
        _case(
            b.MARKET,
            2023,
            "txt",
            "text-layout",
            printed_text,
            "pdftotext -layout 输出的文本",
            "Text from pdftotext -layout",
        ),
        _case(
            b.MARKET,
            2024,
            "docx",
            "docx",
            word(WordStyle(merged=False)),
            "表格无合并单元格",
            "Tables without merged cells",
        ),
        _spelled(),
        _own_headings(),
    ]
