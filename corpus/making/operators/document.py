"""Other things on the page and other ways to arrange the text."""

from __future__ import annotations

import re

from making.operators.base import Operator, Subject, operators_of
from making.operators.tools import (
    first_section,
    insert,
    own_headings,
    printed,
    section_at,
    section_end,
    settle_issuers,
    text,
)
from making.paper import Item, Paper, Role
from making.reshape import require
from sampling.grids import Grid, GridCell, Kind

_UNDER_HEADINGS = {
    "disclosure": ("{y}年，{s}主动公开信息的具体情况如下表：", "该部分以表格形式报告。表格如下："),
    "applications": ("{s}收到和处理申请的情况见下表。", "该部分以表格形式报告。表格如下："),
    "disputes": ("本年度涉及行政复议、行政诉讼的情况见下表。", "详见下表："),
}


def _preamble(paper: Paper) -> range:
    """Places of the paragraphs between the title and section one."""
    end = first_section(paper)
    titles = [at for at in range(end) if paper.items[at].role is Role.TITLE]
    return range(titles[-1] + 1 if titles else 0, end)


def site_lines(paper: Paper) -> None:
    """Lines of a web page around the report."""
    date = f"{paper.year + 1}-{paper.rng.randint(1, 3):02d}-{paper.rng.randint(10, 28)}"
    before = (
        "当前位置：首页 > 政务公开 > 法定主动公开内容 > 政府信息公开年报",
        f"索引号：000000/{paper.year + 1}-{paper.rng.randint(1, 400):05d}",
        "发布机构：县融媒体中心",
        f"发文日期：{date}",
        "字体：【大 中 小】 打印 关闭本页",
        f"浏览次数：{paper.rng.randint(3, 4000)}",
        "分享到：微信 微博 QQ空间",
        "无障碍浏览 | 繁體 | 手机版 | 关怀版",
        f"来源：{paper.body.office}  作者：佚名  时间：{date}18:26 点击数：-",
    )
    after = (
        "扫一扫在手机打开当前页",
        "上一篇：关于开展冬季安全检查的通知",
        "下一篇：关于开展春季绿化的通知",
        f"主办：{paper.county}人民政府办公室 沄ICP备00000000号",
        "网站地图 | 联系我们 | 打印整页",
    )
    insert(paper, 0, *(line for line in before if paper.rng.random() < 0.6))
    paper.items += text(*(line for line in after if paper.rng.random() < 0.6))


def footer_first(paper: Paper) -> None:
    """The foot of the page before the report."""
    pad = paper.rng.choice(("|" * 120, "| | | | | |", "----------"))
    insert(paper, 0, "版权所有：沄湉信息网 ICP备案：沄ICP备00000000号", pad)


def sentence_above_tables(paper: Paper) -> None:
    """A sentence between the heading and its table."""
    for name, lines in _UNDER_HEADINGS.items():
        if any(True for _ in paper.grids(name)):
            line = paper.rng.choice(lines).format(y=paper.year, s=paper.body.self_name)
            insert(paper, paper.index_of_table(name), line)


def notes_below_tables(paper: Paper) -> None:
    """Notes and figures of no form below the tables."""
    at = paper.index_of_table("disclosure") + 1
    count = paper.rng.randint(1, 300)
    line = f"{paper.year}年政府信息公开发布总数量（非新闻类、消息类）：{count}"
    insert(paper, at, paper.rng.choice((line, "注：以上数据由各业务机构报送。")))
    at = paper.index_of_table("applications")
    ends = [i for i, x in enumerate(paper.items) if x.grid and x.grid.name == "applications"]
    insert(paper, max(at, ends[-1]) + 1, "注：本表统计口径为1月1日至12月31日。")


def channels_table(paper: Paper) -> None:
    """A table of disclosures by channel in section one or six."""
    rows = [(word, paper.rng.randint(3, 400)) for word in ("政府网站", "政务微信", "公示栏")]
    cells = [
        GridCell(0, 0, "公开渠道", kind=Kind.HEAD),
        GridCell(0, 1, "数量（条）", kind=Kind.HEAD),
    ]
    rows.append(("总计", sum(count for _, count in rows)))
    for row, (word, count) in enumerate(rows, 1):
        cells += [GridCell(row, 0, word), GridCell(row, 1, str(count))]
    grid = Grid("channels", tuple(cells), (1.0, 1.0), 1)
    at = section_end(paper, section_at(paper, paper.rng.choice((1, 6))))
    paper.items[at:at] = [*text("各渠道公开情况统计如下："), Item(Role.TABLE, grid=grid)]


def comparison_table(paper: Paper) -> None:
    """A table that compares years, with words of the statutory tables, in section one."""
    labels = ("行政许可", "行政处罚", "行政强制", "新收政府信息公开申请")
    texts = ("指标", f"{paper.year - 1}年", f"{paper.year}年")
    cells = [GridCell(0, col, word, kind=Kind.HEAD) for col, word in enumerate(texts)]
    figures = paper.texts()
    keys = (
        "disclosure.licensing.decisions",
        "disclosure.penalties.decisions",
        "disclosure.coercion.decisions",
        "applications.new_received.total",
    )
    for row, (label, key) in enumerate(zip(labels, keys, strict=True), 1):
        cells.append(GridCell(row, 0, label))
        cells.append(GridCell(row, 1, str(paper.rng.randint(0, 90))))
        cells.append(GridCell(row, 2, figures.get(key, "0")))
    at = section_at(paper, 2)
    grid = Grid("comparison", tuple(cells), (2.0, 1.0, 1.0), 1)
    paper.items[at:at] = [*text("近两年有关数据对比如下："), Item(Role.TABLE, grid=grid)]


def preamble_in_section_one(paper: Paper) -> None:
    """The preamble below the first heading."""
    places = _preamble(paper)
    require(len(places) > 0, "no preamble")
    heading = paper.items.pop(places.stop)
    paper.items.insert(places.start, heading)


def no_preamble(paper: Paper) -> None:
    """No preamble."""
    places = _preamble(paper)
    title = paper.title
    require(len(places) > 0 and str(paper.year) in title, "no preamble, or no year in the title")
    require(paper.body.name in title, "nobody named in the title")
    del paper.items[places.start : places.stop]
    settle_issuers(paper)


def labelled_preamble(paper: Paper) -> None:
    """A label such as 编制说明： before the preamble."""
    places = _preamble(paper)
    require(len(places) > 0, "no preamble")
    insert(paper, places.start, paper.rng.choice(("编制说明：", "说明：", "前  言", "引言")))


def old_circular(paper: Paper) -> None:
    """The circular of another year cited as the basis."""
    old, new = "〔2021〕30号", "〔2019〕60号"
    if paper.form == "2019":
        old, new = "〔2019〕60号", "〔2019〕30号"
    found = [item for item in paper.items if old in item.text]
    require(bool(found), "no circular")
    for item in found:
        item.text = item.text.replace(old, new)


def period_words(paper: Paper) -> None:
    """The reporting period in other words."""
    year = paper.year
    plain = f"统计期限自{year}年1月1日起至{year}年12月31日止"
    other = paper.rng.choice(
        (
            f"统计时限为{year}年1月1日至12月31日",
            f"统计时段：{year}.1.1-{year}.12.31",
            f"统计期限从{year}年1月1日到{year}年12月30日",
            f"统计限为{year}年1月1日起至12月31日止",
            f"统计期为{year}年度",
            f"统计期限自 {year} 年 1 月 1 日起至 {year} 年 12 月 31 日止",
        )
    )
    found = [item for item in paper.items if plain in item.text]
    require(bool(found), "no period")
    for item in found:
        item.text = item.text.replace(plain, other)


def digits_stripped(paper: Paper) -> None:
    """Runs like 年1月1日 lost from dates: 202411日."""
    found = [i for i in paper.items if i.role is Role.TEXT and re.search(r"\d年\d+月\d", i.text)]
    require(bool(found), "no date")
    for item in found:
        item.text = re.sub(r"(\d{4})年(\d+)月(\d+)日", r"\1\2\3日", item.text)


def attachments(paper: Paper) -> None:
    """A list of attachments at the end."""
    lines = (
        f"附件：1.{paper.year}年度统计表.xls",
        f"2.{paper.body.name}政府信息公开指南.docx",
        "附件下载",
    )
    paper.items += text(*lines[: paper.rng.randint(1, 3)])


def related_reading(paper: Paper) -> None:
    """Links to other bodies' and years' reports below."""
    lines = (
        f"相关阅读：{paper.county}{paper.year - 1}年政府信息公开工作年度报告",
        f"{paper.county}民政局{paper.year}年政府信息公开工作年度报告",
        f"{paper.county}审计局{paper.year - 2}年政府信息公开工作年度报告",
    )
    paper.items += text(*lines[: paper.rng.randint(1, 3)])


def section_six_nothing(paper: Paper) -> None:
    """Nothing else to report but that no fees were charged."""
    start = section_at(paper, 6)
    end = section_end(paper, start)
    require(all(not item.grid for item in paper.items[start:end]), "a table in section six")
    require(paper.items[start].role is Role.HEADING, "text in the line of the heading")
    lines = (
        "本年度未收取信息处理费，无其他需要报告的事项。",
        "无其他需要报告的事项。本年度没有收取信息处理费。",
        "本机关未收取信息处理费。除此之外，无其他需要报告的事项。",
    )
    paper.items[start + 1 : end] = text(paper.rng.choice(lines))


def long_paragraphs_split(paper: Paper) -> None:
    """Every sentence of the text a paragraph of its own."""
    items = list[Item]()
    for item in paper.items:
        pieces = re.findall(r"[^。]+。?", item.text)
        if item.role is not Role.TEXT or item.section or len(pieces) < 2:
            items.append(item)
        else:
            items += text(*pieces)
    require(len(items) > len(paper.items), "no long paragraph")
    paper.items = items


def no_subheadings(paper: Paper) -> None:
    """Section one without （一） to （五）."""
    found = [i for i in paper.items if i.role is Role.TEXT and re.match(r"（[一-六]）", i.text)]
    require(bool(found), "no subsections")
    for item in found:
        item.text = re.sub(r"^（[一-六]）[^。]*。", "", item.text) or item.text


def subheadings_apart(paper: Paper) -> None:
    """Headings of subsections as lines of their own."""
    items = list[Item]()
    for item in paper.items:
        found = re.match(r"(（[一-六]）[^。]{2,20})。(.+)", item.text, re.DOTALL)
        if item.role is Role.TEXT and not item.section and found:
            items += text(found[1], found[2])
        else:
            items.append(item)
    require(len(items) > len(paper.items), "no subsections")
    paper.items = items


def synthetic_pinyin(paper: Paper) -> None:
    """Pinyin in brackets behind a letter, as mirror sites insert it."""
    found = [i for i in paper.items if i.role is Role.TEXT and "公开" in i.text]
    require(bool(found), "no text")
    for item in found:
        item.text = item.text.replace("平台建设", "平台建设(shè)").replace("全年", "全年(nián)", 1)


def blank_paragraphs(paper: Paper) -> None:
    """A blank paragraph between every two paragraphs."""
    require("\u3000" not in printed(paper)[:1], "blank already")
    own_headings(paper)
    items = list[Item]()
    for item in paper.items:
        items.append(item)
        if item.role is Role.TEXT:
            items += text(paper.rng.choice(("", "\u3000", "\u00a0")))
    paper.items = items


OPERATORS: tuple[Operator, ...] = operators_of(
    Subject.DOCUMENT,
    {
        site_lines: 5,
        footer_first: 1,
        sentence_above_tables: 3,
        notes_below_tables: 2,
        channels_table: 2,
        comparison_table: 2,
        preamble_in_section_one: 3,
        no_preamble: 3,
        labelled_preamble: 1,
        old_circular: 2,
        period_words: 4,
        digits_stripped: 3,
        attachments: 2,
        related_reading: 2,
        section_six_nothing: 3,
        long_paragraphs_split: 1,
        no_subheadings: 2,
        subheadings_apart: 2,
        synthetic_pinyin: 1,
        blank_paragraphs: 1,
    },
)
