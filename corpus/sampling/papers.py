"""Files that are no plain report: compilations, look-alikes, pictures, locked and broken files."""

from __future__ import annotations

from sampling import bodies as b
from sampling.bodies import SYNTHETIC, Body
from sampling.case import Case, path_of
from sampling.draft import Block, Draft, GridPicture, Part, start
from sampling.generator_out import GeneratorStyle
from sampling.grids import Grid, GridCell, Kind
from sampling.html_out import modern_site
from sampling.writers import generator_pdf, scan, truncated, web, word


def _as_picture(draft: Draft, numbers: tuple[int, ...]) -> Draft:
    """The draft with the tables of some sections printed as pictures."""
    for number in numbers:
        part = draft.part(number)
        part.blocks = [GridPicture(x) if isinstance(x, Grid) else x for x in part.blocks]
    return draft


def _one_picture() -> Case:
    draft = _as_picture(start(b.TIAOBU, 2023), (3,))
    return Case(
        path_of(draft, "docx"),
        "docx",
        (draft,),
        word(),
        ("申请表是一张图片", "The applications table is a picture"),
        ("D007",),
        ("T001",),
        "flagged",
    )


def _all_pictures() -> Case:
    draft = _as_picture(start(b.YUAI, 2023), (2, 3, 4))
    return Case(
        path_of(draft, "html"),
        "html-modern",
        (draft,),
        web(modern_site),
        ("三张统计表都是图片", "All three tables are pictures"),
        ("D007",),
        ("T001",),
        "flagged",
    )


def _two_reports() -> Case:
    drafts = (start(b.TIAOBU, 2024), start(b.YUAI, 2024))
    path = "2024/苕埠镇、榆霭乡2024年政府信息公开工作年度报告汇编.docx"
    return Case(
        path,
        "docx",
        drafts,
        word(),
        ("一个文件内有两份报告", "Two reports in one file"),
        ("D005",),
        (),
        "flagged",
    )


def _scanned() -> Case:
    draft = start(b.LABOUR, 2023)
    return Case(
        path_of(draft, "pdf"),
        "pdf-scan",
        (draft,),
        scan,
        ("扫描件，没有文字层", "Scanned pages without text"),
        ("D003",),
        (),
        "unreadable",
        legible=False,
    )


def _locked() -> Case:
    draft = start(b.ZONE, 2023)
    style = GeneratorStyle(password="open-sesame")
    return Case(
        path_of(draft, "pdf"),
        "pdf-encrypted",
        (draft,),
        generator_pdf(style),
        ("文件已加密", "The file is encrypted"),
        ("D002",),
        (),
        "unreadable",
        legible=False,
    )


def _broken() -> Case:
    draft = start(b.ZONE, 2024)
    return Case(
        path_of(draft, "pdf"),
        "pdf-truncated",
        (draft,),
        truncated,
        ("文件不完整，只有前三分之一", "Only the first third of the file"),
        ("D001",),
        (),
        "unreadable",
        legible=False,
    )


def _other_paper(body: Body, year: int, title: str, parts: list[Part], date: str) -> Draft:
    note = SYNTHETIC.replace("本报告", "本材料")
    return Draft(body, year, title, [note], parts, [body.full, date], "none", date)


def _half_year() -> Case:
    head = ("单位", "主动公开信息（条）", "收到申请（件）", "已答复（件）")
    rows = (
        ("望澜镇", "268", "1", "1"),
        ("汀蓼镇", "191", "2", "1"),
        ("栖霜乡", "174", "0", "0"),
        ("县教育局", "402", "5", "4"),
        ("合计", "1035", "8", "6"),
    )
    cells = [GridCell(0, col, label, kind=Kind.HEAD) for col, label in enumerate(head)]
    cells += [
        GridCell(row + 1, col, label, kind=Kind.DATA if col else Kind.LABEL)
        for row, line in enumerate(rows)
        for col, label in enumerate(line)
    ]
    blocks: list[Block] = [
        "为掌握全县政府信息公开进展，现将2024年1月至6月各单位主动公开和依申请公开的情况统计如下。",
        Grid("half_year", tuple(cells), (1, 1, 1, 1), 1),
        "请有关单位对照任务清单，查漏补缺，按时完成下半年任务。",
    ]
    title = "澄漪县2024年上半年政府信息公开工作统计"
    draft = _other_paper(b.COUNTY_GOVERNMENT, 2024, title, [Part(0, "", blocks)], "2024年7月9日")
    return Case(
        f"2024/{title}.html",
        "html-modern",
        (draft,),
        web(modern_site),
        ("半年统计，不是年度报告", "Half-year statistics, no annual report"),
        ("D004",),
        (),
        "not_a_report",
    )


def _summary() -> Case:
    parts = [
        Part(
            0,
            "一、主要工作开展情况",
            [
                "（一）抓好教学常规。全县各学校开齐课程，组织教研活动36次，听课评课覆盖全部任课岗位。",
                "（二）改善办学条件。新建校舍两处，更新课桌椅1200套，校园道路和排水设施得到修缮。",
                "（三）推进政务公开。招生入学、学生资助等信息在网站集中公开，全年公开信息312条。",
            ],
        ),
        Part(0, "二、存在的问题", ["乡村学校音体美师资不足，部分校舍设施老化，校车运力仍有缺口。"]),
        Part(0, "三、下一步工作打算", ["增加紧缺学科招聘计划，分期改造老旧校舍，优化校车线路。"]),
    ]
    title = "澄漪县教育局2023年工作总结"
    draft = _other_paper(b.EDUCATION, 2023, title, parts, "2024年1月5日")
    return Case(
        f"2023/{title}.docx",
        "docx",
        (draft,),
        word(),
        ("单位工作总结，不是年度报告", "A bureau's work summary, no annual report"),
        ("D004",),
        (),
        "not_a_report",
    )


def other_papers() -> list[Case]:
    """All files that are no plain report."""
    return [
        _one_picture(),
        _all_pictures(),
        _two_reports(),
        _scanned(),
        _locked(),
        _broken(),
        _half_year(),
        _summary(),
    ]
