"""Families of government sites: the page round an article."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from making.web_chrome import (
    Chrome,
    breadcrumb,
    dated_list,
    footer,
    info_line,
    links,
    menu,
    metadata,
    neighbours,
    share_bar,
)


@dataclass(frozen=True, slots=True)
class Site:
    """One family of sites.

    Attributes:
        name: What the truth calls it.
        weight: How often it is drawn, relative to the others.
        page: The page round an article.
        charset: The charset it declares; ``gb2312`` is written in its superset GB 18030.
        extension: Of the file.
    """

    name: str
    weight: float
    page: Callable[[str, Chrome, random.Random], str]
    charset: str = "utf-8"
    extension: str = "html"


def _head(chrome: Chrome, *inside: str, charset: str = "utf-8") -> str:
    return f'<head><meta charset="{charset}"><title>{chrome.title}</title>{"".join(inside)}</head>'


def _portal(article: str, chrome: Chrome, rng: random.Random) -> str:
    metas = (
        f'<meta name="SiteName" content="{chrome.site}门户网站">'
        f'<meta name="ArticleTitle" content="{chrome.title}">'
        f'<meta name="PubDate" content="{chrome.date} {chrome.time}">'
    )
    script = '<script>var siteId = 100; function hit() { return "微信 120条"; }</script>'
    heading = f"<h1>{chrome.title}</h1>" if rng.random() < 0.6 else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">{_head(chrome, metas, script)}
<body><div class="top"><a>无障碍</a> | <a>关怀版</a> | <a>简体</a> | <a>繁體</a></div>
<div class="header"><img alt="" src="logo.png"><span>{chrome.site}</span></div>
{menu(rng)}
<div class="position">{breadcrumb(rng)}</div>
{heading}
<div class="info"><span>{info_line(chrome, rng)}</span></div>
<div class="view TRS_UEDITOR"><div class="TRS_Editor">
{article}
</div></div>
<div class="fj">附件下载：<a href="a.docx">年报.docx</a></div>
<div class="share">{share_bar(rng)}</div>
<div class="sxt">{neighbours(chrome, rng)}</div>
<div class="relate"><h4>相关信息</h4>{dated_list(chrome.others, chrome)}</div>
<footer>{footer(chrome, rng)}</footer></body></html>
"""


def _catalogue(article: str, chrome: Chrome, rng: random.Random) -> str:
    zoom = rng.choice(("zoom", "content", "ivs_content"))
    return f"""<html xmlns="http://www.w3.org/1999/xhtml">
{_head(chrome, '<meta name="ColumnName" content="政府信息公开年报">')}
<body><div class="tree"><ul>{links(chrome.others)}</ul></div>
<div>{breadcrumb(rng)}</div>
{metadata(chrome, rng)}
<div class="tools">{info_line(chrome, rng)}</div>
<div id="{zoom}">
{article}
</div>
<div>{share_bar(rng)}</div><div>【打印】【关闭】</div>
<div class="foot">{footer(chrome, rng)}</div></body></html>
"""


def _layout_tables(article: str, chrome: Chrome, rng: random.Random) -> str:
    side = "".join(f"<TR><TD>{title}</TD></TR>" for title in chrome.others)
    return f"""<HTML><HEAD>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312">
<TITLE>{chrome.title}-{chrome.county}政务网</TITLE></HEAD>
<BODY TOPMARGIN=0>
<TABLE WIDTH=980 ALIGN=center BORDER=0><TR><TD COLSPAN=2>
<FONT COLOR=red SIZE=6>{chrome.county}政务网</FONT></TD></TR>
<TR><TD WIDTH=180 VALIGN=top><TABLE>{side}</TABLE></TD><TD VALIGN=top>
{breadcrumb(rng)}<HR>{info_line(chrome, rng)}
<DIV ID=zoom>
{article}
</DIV>
<HR>{neighbours(chrome, rng)}
</TD></TR>
<TR><TD COLSPAN=2 ALIGN=center>{footer(chrome, rng)}</TD></TR></TABLE>
</BODY></HTML>
"""


def _messenger(article: str, chrome: Chrome, rng: random.Random) -> str:
    reads = f"阅读 {chrome.hits}　赞 {rng.randint(0, 60)}　在看 {rng.randint(0, 20)}"
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<meta property="og:title" content="{chrome.title}">
<meta property="og:type" content="article"></head><body>
<div id="js_article" class="rich_media"><div class="rich_media_inner">
<h1 class="rich_media_title" id="activity-name">{chrome.title}</h1>
<div id="meta_content"><span>{chrome.site}发布</span> <em>{chrome.date} {chrome.time}</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;"><section>
{article}
</section></div>
<div class="tool">{reads}</div><div>微信扫一扫 关注该公众号</div></div></div></body></html>
""".replace(' style="visibility: hidden;"', rng.choice(("", ' style="font-size:16px"')))


def _fragment(article: str, chrome: Chrome, rng: random.Random) -> str:  # noqa: ARG001
    return article + "\n"


def _scripted(article: str, chrome: Chrome, rng: random.Random) -> str:
    noise = f"var total={rng.randint(10, 999)};if(a<b){{document.write('共12条');}}"
    return f"""<!DOCTYPE html>
<!--<%@page%>--><html>{_head(chrome, "<style>.tb td{border:1px}</style>")}
<body><script>{noise}</script><noscript>请启用脚本 404</noscript>
<div class="bt_nav">{links(chrome.news, "span")}</div>
<table id="article" width="100%"><tr><td class="title">{chrome.title}</td></tr>
<tr><td>{info_line(chrome, rng)}</td></tr>
<tr><td><div id="zoom"><!--ZJEG_RSS.content.begin-->
{article}
<!--ZJEG_RSS.content.end--></div><script>{noise}</script></td></tr>
<tr><td>{neighbours(chrome, rng)}</td></tr></table>
<div class="footer">{footer(chrome, rng)}</div></body></html>
"""


def _mobile(article: str, chrome: Chrome, rng: random.Random) -> str:
    depth = rng.randint(2, 6)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{chrome.title}</title></head>
<body><header><a>返回</a>{chrome.site}</header><main>{"<section>" * depth}
<h1>{chrome.title}</h1><p>{chrome.date} 阅读{chrome.hits}</p>
{article}
{"</section>" * depth}</main><aside><h5>推荐阅读</h5>{dated_list(chrome.news, chrome)}</aside>
<footer>{footer(chrome, rng)}</footer></body></html>
"""


def _footer_first(article: str, chrome: Chrome, rng: random.Random) -> str:
    return f"""<html>{_head(chrome)}<body>
<div class="bottom">{footer(chrome, rng)}</div>
<div class="menu">{links(("网站首页", "产品管理", "新闻资讯", "联系我们"), "span")}</div>
<div class="main"><div class="crumb">{breadcrumb(rng)}</div>
<div class="article">
{article}
</div><div>{neighbours(chrome, rng)}</div></div>
<div class="side"><h4>年报列表</h4>{dated_list(chrome.others, chrome)}</div></body></html>
"""


def _open_data(article: str, chrome: Chrome, rng: random.Random) -> str:
    lines = "".join(
        f"<li>{label}：{text}</li>"
        for label, text in (
            ("标题", chrome.title),
            ("索引号", chrome.index),
            ("发布机构", chrome.issuer),
            ("成文日期", chrome.date),
            ("体裁分类", "报告"),
        )
    )
    return f"""<!DOCTYPE html><html>{_head(chrome)}<body>
<nav>{menu(rng)}</nav><div class="bread">{breadcrumb(rng)}</div>
<div class="bar">{share_bar(rng)}</div><ul class="attrs">{lines}</ul>
<article><header><h1>{chrome.title}</h1><time>{chrome.date}</time></header>
{article}
</article><section class="more">{dated_list(chrome.others, chrome)}</section>
<footer>{footer(chrome, rng)}</footer></body></html>
"""


def _saved_by_word(article: str, chrome: Chrome, rng: random.Random) -> str:  # noqa: ARG001
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=Generator content="Microsoft Word 15"><title>{chrome.title}</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Pages>4</o:Pages><o:Words>1820</o:Words>
</o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {{mso-style-unhide:no;margin:0cm;font-size:10.5pt}} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1>
{article}
</div></body></html>
"""


SITES: tuple[Site, ...] = (
    Site("portal", 4, _portal),
    Site("catalogue", 3, _catalogue),
    Site("layout-tables", 2, _layout_tables, charset="gb2312"),
    Site("messenger", 2, _messenger),
    Site("fragment", 2, _fragment),
    Site("scripted", 2, _scripted),
    Site("mobile", 2, _mobile),
    Site("footer-first", 1, _footer_first),
    Site("open-data", 2, _open_data),
    Site("saved-by-word", 2, _saved_by_word, charset="gb2312", extension="htm"),
)
