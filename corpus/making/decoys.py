"""Papers that look like annual reports and are none."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from making.content import draw_body, draw_paper
from making.paper import Item, Paper, Role
from sampling.bodies import SYNTHETIC
from sampling.grids import Grid, GridCell, Kind, rewrite

_NOT_A_REPORT = "not_a_report"
_NAME = "政府信息公开工作年度报告"
_BUREAUS = ("教育局", "民政局", "水务局", "审计局", "统计局", "交通运输局", "农业农村局")


@dataclass(frozen=True, slots=True)
class Decoy:
    """A kind of paper that is taken for a report by its looks.

    Attributes:
        name: What the truth calls it.
        build: Writes one; its status is ``not_a_report``.
    """

    name: str
    build: Callable[[random.Random], Paper]


def _heading(line: str) -> Item:
    return Item(Role.HEADING, line)


def _texts(*lines: str) -> list[Item]:
    return [Item(Role.TEXT, line) for line in lines]


def _paper(rng: random.Random, write: Callable[[Paper], list[Item]]) -> Paper:
    """A paper of an invented body with the items that ``write`` gives."""
    body, county = draw_body(rng)
    year = rng.randint(2019, 2025)
    form = "2021" if year >= 2021 else "2019"
    paper = Paper(body, county, year, form, [], rng, [body.full], status=_NOT_A_REPORT)
    paper.items = [*write(paper), Item(Role.TEXT, SYNTHETIC)]
    return paper


def _grid(name: str, rows: Sequence[tuple[str, ...]], widths: tuple[float, ...]) -> Grid:
    """A plain table; the first row is its header."""
    cells = tuple(
        GridCell(row, col, text, kind=Kind.LABEL if row else Kind.HEAD)
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    )
    return Grid(name, cells, widths, 1)


def half_year(rng: random.Random) -> Paper:
    """Statistics of half a year or a quarter."""

    def write(paper: Paper) -> list[Item]:
        period = rng.choice(("上半年", "第三季度", "前三季度", "下半年"))
        labels = ("主动公开信息数", "门户网站", "政务微信", "依申请公开受理数", "行政复议数")
        rows = [("统计指标", "单位", "数量")]
        rows += [(label, rng.choice(("条", "件")), str(rng.randint(0, 300))) for label in labels]
        return [
            Item(Role.TITLE, f"{paper.body.name}{paper.year}年{period}政府信息公开工作统计"),
            *_texts(f"现将{paper.year}年{period}政府信息公开工作情况统计如下。"),
            Item(Role.TABLE, grid=_grid("statistics", rows, (3.0, 1.0, 1.0))),
            *_texts("填报单位：" + paper.body.office),
        ]

    return _paper(rng, write)


def _blank(grid: Grid) -> Grid:
    """The form without figures, which no truth is read off."""
    empty = rewrite(
        grid, lambda c: replace(c, text="", indicator=None) if c.indicator is not None else c
    )
    return replace(empty, name="blank_form")


def circular(rng: random.Random) -> Paper:
    """A circular that asks for reports, empty forms attached."""
    model = draw_paper(rng)
    forms = [
        Item(item.role, item.text, _blank(item.grid) if item.grid else None)
        for item in model.items
        if item.role in (Role.HEADING, Role.TABLE)
    ]

    def write(paper: Paper) -> list[Item]:
        year = paper.year
        return [
            Item(Role.TITLE, f"关于做好{year}年{_NAME}编制和发布工作的通知"),
            *_texts(
                "各乡镇人民政府、街道办事处，县直各部门：",
                f"根据《中华人民共和国政府信息公开条例》规定，现就做好{year}年年度报告编制和发布工作"
                "通知如下。",
                "一要严格对照格式，逐项核对数据；二要落实责任，按时报送；三要在专栏集中发布。",
                f"请于{year + 1}年1月{rng.randint(8, 22)}日前将报告电子版报送县政府办公室。",
                f"附件：{_NAME}格式",
            ),
            *forms,
        ]

    return _paper(rng, write)


def work_summary(rng: random.Random) -> Paper:
    """A summary of a year's work."""

    def write(paper: Paper) -> list[Item]:
        year, us = paper.year, paper.body.self_name
        return [
            Item(Role.TITLE, f"{paper.body.name}{year}年工作总结和{year + 1}年工作打算"),
            _heading("一、主要工作情况"),
            *_texts(
                f"{year}年，{us}围绕中心工作，统筹推进项目建设、民生保障和基层治理，各项任务"
                "完成较好。",
                f"全年新建农村公路{rng.randint(2, 30)}公里，发放补贴{rng.randint(20, 900)}万元。",
            ),
            _heading("二、政务公开工作"),
            *_texts(f"通过门户网站公开信息{rng.randint(30, 400)}条，未收到信息公开申请。"),
            _heading("三、存在的问题"),
            *_texts("产业基础仍然薄弱，干部队伍能力有待提高。"),
            _heading("四、下一步打算"),
            *_texts("抓好项目落地，补齐基础设施短板，提升服务群众水平。"),
            Item(Role.SIGN, paper.body.full),
        ]

    return _paper(rng, write)


def budget(rng: random.Random) -> Paper:
    """A body's budget with a table of amounts."""

    def write(paper: Paper) -> list[Item]:
        labels = ("一般公共服务支出", "社会保障和就业支出", "卫生健康支出", "住房保障支出")
        rows = [("项目", "本年预算数（万元）", "上年预算数（万元）")]
        rows += [
            (label, f"{rng.uniform(3, 900):.2f}", f"{rng.uniform(3, 900):.2f}") for label in labels
        ]
        return [
            Item(Role.TITLE, f"{paper.body.name}{paper.year}年部门预算公开说明"),
            _heading("一、部门主要职责"),
            *_texts("贯彻执行有关法律法规，承担本部门职责范围内的管理和服务工作。"),
            _heading("二、收支预算总体情况"),
            Item(Role.TABLE, grid=_grid("budget", rows, (2.0, 1.0, 1.0))),
            _heading("三、其他需要说明的事项"),
            *_texts("“三公”经费预算与上年持平，无政府性基金预算支出。"),
        ]

    return _paper(rng, write)


def reading_aid(rng: random.Random) -> Paper:
    """A reading aid to a report, in parts named like its sections."""

    def write(paper: Paper) -> list[Item]:
        word = rng.choice(("文字解读：", "【解读】", "图解："))
        parts = (
            ("总体情况", f"主动公开政府信息{rng.randint(40, 900)}条，同比有所增加。"),
            ("主动公开政府信息情况", f"办理行政许可{rng.randint(0, 90)}件，行政处罚0件。"),
            ("收到和处理政府信息公开申请情况", f"新收申请{rng.randint(0, 20)}件，均按期答复。"),
            ("存在的主要问题及改进情况", "公开形式不够多样，下一步将丰富解读方式。"),
        )
        lines: list[Item] = []
        for ordinal, (title, sentence) in zip("一二三四", parts, strict=True):
            lines += [_heading(f"第{ordinal}部分 {title}"), *_texts(sentence)]
        title = f"{word}{paper.body.name}{paper.year}年{_NAME}"
        return [
            Item(Role.TITLE, title),
            *_texts("近日，年度报告在门户网站公布。现就主要内容解读如下。"),
            *lines,
        ]

    return _paper(rng, write)


def news(rng: random.Random) -> Paper:
    """A news item about the publication of reports."""

    def write(paper: Paper) -> list[Item]:
        count = rng.randint(20, 70)
        return [
            Item(Role.TITLE, f"{paper.county}{count}家单位按时公布{paper.year}年信息公开年报"),
            *_texts(
                f"本网讯　截至1月31日，{paper.county}{count}家单位全部在门户网站公布了年度报告，"
                "社会公众可登录专栏查阅。",
                "据了解，今年的年度报告进一步统一了格式，突出数据核对，对存在的问题不回避、不遮掩。",
                "县政府办公室有关负责人表示，将适时组织评议，推动各单位改进工作。",
                "责任编辑：网站编辑部",
            ),
        ]

    return _paper(rng, write)


def model_text(rng: random.Random) -> Paper:
    """A model text from a site of sample documents, its tables left out."""

    def write(paper: Paper) -> list[Item]:
        us = paper.body.name[-1]
        return [
            Item(Role.TITLE, f"政府信息公开工作年度报告范文（精选{rng.randint(3, 9)}篇）"),
            *_texts(
                "本文为大家整理了年度报告范文，仅供参考，欢迎下载。",
                "【篇一】",
                f"根据有关规定，现将XX{us}政府信息公开工作情况报告如下。",
                f"一、总体情况。XX年，XX{us}高度重视信息公开工作，共公开信息XX条。",
                "二、主动公开情况。通过网站公开XX条，通过公示栏公开XX条。",
                "三、存在问题。公开内容不够丰富，更新不够及时。",
                "【篇二】",
                "一年来，XX局坚持把信息公开作为重要工作来抓，取得了一定成效。",
                "相关推荐：工作总结范文、述职报告范文、心得体会范文",
            ),
        ]

    return _paper(rng, write)


def guide(rng: random.Random) -> Paper:
    """A guide to disclosure."""

    def write(paper: Paper) -> list[Item]:
        return [
            Item(Role.TITLE, f"{paper.body.name}政府信息公开指南"),
            _heading("一、信息分类和编排体系"),
            *_texts("按照机构职能、规划计划、财政信息、重点领域等类别编排。"),
            _heading("二、主动公开"),
            *_texts(f"{paper.body.self_name}通过门户网站、公示栏等渠道主动公开政府信息。"),
            _heading("三、依申请公开"),
            *_texts(
                "公民、法人和其他组织可以当面、邮寄或者在线提交申请。",
                "受理机构：" + paper.body.office + "，办公时间：工作日。",
                "收到申请后，能够当场答复的当场答复；不能当场答复的，自收到之日起20个工作日内答复。",
            ),
            _heading("四、监督和救济"),
            *_texts("认为权益受到侵害的，可以依法申请行政复议或者提起行政诉讼。"),
        ]

    return _paper(rng, write)


def roster(rng: random.Random) -> Paper:
    """A list of reports with their dates, as a column of a site prints it."""

    def write(paper: Paper) -> list[Item]:
        year = paper.year
        rows = [("序号", "标题", "发布日期")]
        for at, name in enumerate(rng.sample(_BUREAUS, rng.randint(4, 7)), 1):
            title = f"{paper.county}{name}{year}年{_NAME}"
            rows.append((str(at), title, f"{year + 1}-01-{rng.randint(5, 31):02d}"))
        return [
            Item(Role.TITLE, f"{paper.county}政府信息公开年报汇总"),
            *_texts("当前位置：首页 > 政务公开 > 政府信息公开年报"),
            Item(Role.TABLE, grid=_grid("roster", rows, (0.4, 4.0, 1.0))),
            *_texts("共1页  首页 上一页 下一页 尾页"),
        ]

    return _paper(rng, write)


DECOYS: tuple[Decoy, ...] = tuple(
    Decoy(build.__name__, build)
    for build in (
        half_year,
        circular,
        work_summary,
        budget,
        reading_aid,
        news,
        model_text,
        guide,
        roster,
    )
)
