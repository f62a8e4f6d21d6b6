"""What stands round an article on a government site: menus, metadata, counts, other reports."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from making.paper import Paper

_SIGNS = "沄湉澜漪霁蓼霞鹭栖榆苕砚蒲桁沅藿汀浦岭洇溪坞岙峪塬埠垭墩湾滩"
_OTHER_KINDS = ("镇", "乡", "街道", "县教育局", "县水务局", "县统计局")
_MENU = (
    "首页",
    "政务公开",
    "政务服务",
    "互动交流",
    "数据开放",
    "领导之窗",
    "机构设置",
    "政策文件",
    "公告公示",
    "财政信息",
    "应急管理",
    "12345热线",
)
_NEWS = (
    "关于公布{y}年度行政规范性文件清理结果的通知",
    "{n}召开第{k}次党政联席会议",
    "{y}年部门预算公开目录",
    "全县{y}年一季度完成投资{k}亿元",
    "关于清明节期间值班安排的公告",
    "{n}发放惠农补贴{k}0余万元",
)


@dataclass(frozen=True, slots=True)
class Chrome:
    """The facts that a site prints about an article.

    Attributes:
        county: Name of the county whose site it is.
        title: Title of the page; may be empty.
        issuer: Name of the body.
        office: Who posted the article.
        date: Day of publication, ``2024-01-23``.
        time: Time of publication.
        hits: Count of visits.
        index: Index number of the metadata.
        phone: An invented number of no real area.
        licence: Number of the site's registration.
        others: Titles of other bodies' annual reports.
        news: Titles of other articles.
    """

    county: str
    title: str
    issuer: str
    office: str
    date: str
    time: str
    hits: int
    index: str
    phone: str
    licence: str
    others: tuple[str, ...]
    news: tuple[str, ...]

    @property
    def site(self) -> str:
        """Name of the site."""
        return f"{self.county}人民政府"


def _name(rng: random.Random) -> str:
    return "".join(rng.choices(_SIGNS, k=2))


def _other_report(paper: Paper, rng: random.Random) -> str:
    name = _name(rng) + rng.choice(_OTHER_KINDS)
    year = paper.year - rng.choice((0, 0, 0, 1, 2))
    wording = rng.choice(
        ("年政府信息公开工作年度报告", "年度政府信息公开工作年度报告", "年信息公开年报")
    )
    return f"{name}{year}{wording}"


def draw_chrome(paper: Paper, rng: random.Random) -> Chrome:
    """Invent the facts round an article."""
    after = paper.year + 1
    news = rng.sample(_NEWS, 4)
    return Chrome(
        county=escape(paper.county),
        title=escape(paper.title.replace("\n", "")),
        issuer=escape(paper.body.full),
        office=escape(paper.body.office),
        date=f"{after}-{rng.randint(1, 3):02d}-{rng.randint(1, 28):02d}",
        time=f"{rng.randint(8, 18):02d}:{rng.randint(0, 59):02d}",
        hits=rng.randint(3, 4800),
        index=f"00000000-{rng.randint(0, 9)}/{after}-{rng.randint(1, 999):05d}",
        phone=f"0000-{rng.randint(0, 9999):07d}",
        licence=f"沄ICP备{rng.randint(0, 99999999):08d}号-{rng.randint(1, 3)}",
        others=tuple(_other_report(paper, rng) for _ in range(rng.randint(3, 8))),
        news=tuple(
            text.format(y=after, n=_name(rng) + "镇", k=rng.randint(2, 39)) for text in news
        ),
    )


def links(titles: tuple[str, ...], tag: str = "li") -> str:
    """Titles as links, each in an element."""
    return "".join(f'<{tag}><a href="#">{title}</a></{tag}>' for title in titles)


def menu(rng: random.Random) -> str:
    """A menu of the site."""
    return f'<ul class="nav">{links(tuple(rng.sample(_MENU, 7)))}</ul>'


def dated_list(titles: tuple[str, ...], chrome: Chrome) -> str:
    """Titles as a list with dates."""
    rows = (f'<li><a href="#">{title}</a><span>{chrome.date}</span></li>' for title in titles)
    return f'<ul class="list">{"".join(rows)}</ul>'


def breadcrumb(rng: random.Random) -> str:
    """Where the reader is."""
    gap = rng.choice((" &gt; ", "&gt;&gt;", " / ", "&nbsp;&gt;&nbsp;"))
    lead = rng.choice(("当前位置：", "您现在的位置：", "您当前所在位置 ： ", ""))
    steps = ("首页", "政务公开", "法定主动公开内容", rng.choice(("政府信息公开年报", "年度报告")))
    return lead + gap.join(f'<a href="#">{step}</a>' for step in steps)


def info_line(chrome: Chrome, rng: random.Random) -> str:
    """Date, source and counts of an article."""
    glue = rng.choice((" ", "", "&nbsp;"))
    parts = [
        rng.choice(("发布时间：", "发布日期：", "时间：")) + chrome.date + glue + chrome.time,
        "来源：" + rng.choice((chrome.office, chrome.site, chrome.issuer)),
        rng.choice(("浏览次数：", "点击数：", "阅读量：")) + f"<span>{chrome.hits}</span>",
        rng.choice(("字号：[大 中 小]", "【字体：大 中 小】", "打印本页 关闭本页")),
    ]
    return rng.choice(("&nbsp;&nbsp;", " | ", "</span><span>", "　")).join(parts)


def metadata(chrome: Chrome, rng: random.Random) -> str:
    """The table of an article's metadata."""
    number = rng.choice(("", "〔〕号", "无"))
    rows = (
        ("索 引 号：", chrome.index, "信息分类：", "政府信息公开年报"),
        ("发布机构：", chrome.issuer, "发文日期：", chrome.date),
        ("文　　号：", number, "时　　效：", "有效"),
        ("名　　称：", chrome.title, "主 题 词：", ""),
    )
    count = rng.choice((3, 4))
    lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows[:count])
    return f'<table class="xxgk">{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'


def share_bar(rng: random.Random) -> str:
    """Words of a share bar, which look like channels."""
    return rng.choice(
        (
            "分享到：微信 头条 微博 空间 qq",
            "分享：<a>微信</a><a>微博</a><a>QQ空间</a>",
            "扫一扫在手机打开当前页",
            "语音播报 分享到 <i>微信</i>",
        )
    )


def neighbours(chrome: Chrome, rng: random.Random) -> str:
    """Links to the articles before and after."""
    before = rng.choice((chrome.others[0], chrome.news[0], "无", "没有了"))
    after = rng.choice((chrome.others[-1], chrome.news[-1], "无"))
    return f"<p>上一篇：<a>{before}</a></p><p>下一篇：<a>{after}</a></p>"


def footer(chrome: Chrome, rng: random.Random) -> str:
    """Who runs the site, with numbers."""
    parts = [
        f"版权所有：{chrome.site}",
        f"主办：{chrome.county}人民政府办公室　承办：{chrome.county}大数据中心",
        f"联系电话：{chrome.phone}",
        f"备案号：{chrome.licence}",
        f"沄公网安备 {rng.randint(0, 99999999999999):014d}号",
        f"网站标识码：{rng.randint(0, 9999999999):010d}",
    ]
    return "".join(f"<p>{part}</p>" for part in rng.sample(parts, rng.randint(2, 5)))
