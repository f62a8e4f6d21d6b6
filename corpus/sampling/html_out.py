"""Drafts as web pages: three kinds of government site, a bare fragment, and pages for printing."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape

from sampling.bodies import CITY, COUNTY_NAME, PROVINCE
from sampling.draft import Draft, GridPicture, Part
from sampling.grids import Grid, GridCell, Kind
from sampling.pictures import picture_of


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """How a page looks when a browser prints it."""

    page: str = "A4"
    line: str = "1px solid #000"
    frame: str = ""
    head_fill: str = "#c6d9f1"
    table_size: str = "10.5pt"
    pad: str = "3px 2px"
    body_size: str = "15pt"
    rows_split: bool = False


def _broken(cell: GridCell) -> str:
    """Header labels of four signs over two lines, as the official form has them."""
    text = cell.text
    if cell.kind is Kind.HEAD and cell.col_span == 1 and len(text) == 4 and text != "信息内容":
        return f"{escape(text[:2])}<br>{escape(text[2:])}"
    return escape(text)


def _spans(cell: GridCell) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    return spans + (f' colspan="{cell.col_span}"' if cell.col_span > 1 else "")


def plain_table(grid: Grid) -> str:
    """A table with spans and classes."""
    total = sum(grid.widths)
    columns = "".join(f'<col style="width:{w / total:.1%}">' for w in grid.widths)
    rows = []
    for row in range(grid.n_rows):
        cells = "".join(
            f'<td class="{c.kind}"{_spans(c)}>{_broken(c)}</td>' for c in grid.starts(row)
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table><colgroup>{columns}</colgroup>\n" + "\n".join(rows) + "\n</table>"


def _word_table(grid: Grid) -> str:
    style = "font-family:仿宋;mso-bidi-font-family:宋体;font-size:10.5pt"
    border = "border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 2.85pt"
    rows = []
    for row in range(grid.n_rows):
        cells = "".join(
            f'<td{_spans(c)} style="{border}"><p class="MsoNormal" align="center">'
            + "".join(
                f'<span lang="{"EN-US" if piece.isascii() else "ZH-CN"}" style="{style}">'
                f"{escape(piece)}</span>"
                for piece in _pieces(c.text)
            )
            + '<span lang="EN-US"><o:p></o:p></span></p></td>'
            for c in grid.starts(row)
        )
        rows.append(f'<tr style="mso-yfti-irow:{row};height:17.0pt">{cells}</tr>')
    return (
        '<table class="MsoNormalTable" border="0" cellspacing="0" cellpadding="0" '
        'style="border-collapse:collapse;mso-yfti-tbllook:1184">' + "\n".join(rows) + "</table>"
    )


def _pieces(text: str) -> list[str]:
    """Runs as Word splits them: letters and digits apart from Chinese."""
    pieces: list[str] = []
    for letter in text:
        if pieces and pieces[-1][-1].isascii() == letter.isascii():
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _classic_table(grid: Grid) -> str:
    rows = []
    for row in range(grid.n_rows):
        cells = "".join(
            f'<TD ALIGN=center{_spans(c)} BGCOLOR="#FFFFFF"><FONT SIZE=2>{_broken(c)}&nbsp;</FONT>'
            for c in grid.starts(row)
        )
        rows.append(f"<TR>{cells}")
    return (
        '<TABLE WIDTH="100%" BORDER=0 CELLSPACING=1 CELLPADDING=3 BGCOLOR="#999999">'
        + "\n".join(rows)
        + "</TABLE>"
    )


def _picture(block: GridPicture) -> str:
    data = base64.b64encode(picture_of(block.grid)).decode("ascii")
    return f'<p style="text-align:center"><img src="data:image/png;base64,{data}" width="640"></p>'


def _plain_part(part: Part) -> str:
    lines = [f"<h2>{escape(part.heading)}</h2>"] if part.heading else []
    for block in part.blocks:
        if isinstance(block, str):
            lines.append(f"<p>{escape(block)}</p>")
        elif isinstance(block, GridPicture):
            lines.append(_picture(block))
        else:
            lines.append(plain_table(block))
    return "\n".join(lines)


def fragment(draft: Draft) -> str:
    """The article alone, without a page around it."""
    head = f"<h1>{escape(draft.title)}</h1>\n" + "\n".join(
        f"<p>{escape(text)}</p>" for text in draft.preamble
    )
    parts = "\n".join(_plain_part(part) for part in draft.parts)
    closing = "\n".join(f'<p class="sign">{escape(text)}</p>' for text in draft.closing)
    return f"{head}\n{parts}\n{closing}\n"


def print_page(drafts: list[Draft], style: PrintStyle) -> str:
    """One or more articles styled for paper."""
    frame = style.frame or style.line
    css = f"""
@page {{ size: {style.page}; margin: 2.4cm 2.2cm; }}
body {{ font-family: "Noto Serif CJK SC"; font-size: {style.body_size}; line-height: 1.7; }}
h1 {{ text-align: center; font-size: 20pt; break-before: auto; }}
h2 {{ font-size: {style.body_size}; text-indent: 2em; margin: .6em 0 .3em; break-after: avoid; }}
p {{ text-indent: 2em; margin: 0; text-align: justify; }}
p.sign {{ text-align: right; }}
article + article {{ break-before: page; }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; border: {frame};
  font-size: {style.table_size}; line-height: 1.3; margin: .5em 0; }}
td {{ border: {style.line}; padding: {style.pad}; text-align: center; }}
td.label {{ text-align: left; }}
td.head {{ background: {style.head_fill}; }}
tr {{ break-inside: {"auto" if style.rows_split else "avoid"}; }}
"""
    articles = "".join(f"<article>\n{fragment(draft)}</article>\n" for draft in drafts)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>'
        f"{escape(drafts[0].title)}</title><style>{css}</style></head>\n<body>{articles}</body></html>"
    )


def _dashed(date: str) -> str:
    year, rest = date.split("年")
    month, day = rest.rstrip("日").split("月")
    return f"{year}-{int(month):02d}-{int(day):02d}"


def modern_site(draft: Draft) -> str:
    """A portal of recent make: navigation, breadcrumb, metadata table, share bar, footer."""
    date, full = _dashed(draft.published), escape(draft.body.full)
    title = escape(draft.title)
    menu = "".join(
        f'<li><a href="#">{text}</a></li>'
        for text in ("首页", "走进澄漪", "政务公开", "政务服务", "互动交流", "数据开放")
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="UTF-8">
<meta name="SiteName" content="{COUNTY_NAME}人民政府门户网站">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{date} 09:12">
<meta name="ContentSource" content="{full}">
<title>{title}_{COUNTY_NAME}人民政府</title>
<style>.nav li{{float:left}} .article table td{{border:1px solid #333;text-align:center}}</style>
<script>var siteId = 100; function share(to) {{ return to + "微信 120条 微博 45条"; }}</script>
</head>
<body>
<div class="top"><a href="#">无障碍</a> | <a href="#">关怀版</a> |
<a href="#">简体</a> | <a href="#">繁體</a></div>
<div class="nav"><ul>{menu}</ul></div>
<div class="crumb">当前位置：<a href="#">首页</a> &gt; <a href="#">政务公开</a> &gt;
<a href="#">政府信息公开年报</a> &gt; 正文</div>
<table class="meta" width="100%">
<tr><td>索 引 号：</td><td>000000000/{draft.year}-00017</td>
<td>主题分类：</td><td>政务公开</td></tr>
<tr><td>发布机构：</td><td>{full}</td><td>发文日期：</td><td>{date}</td></tr>
<tr><td>文　　号：</td><td></td><td>有 效 性：</td><td>有效</td></tr>
</table>
<div class="tools">字体：【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】
<a href="#">打印本页</a> 浏览次数：<span id="hits">326</span></div>
<div class="article">
{fragment(draft)}</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> <a href="#">QQ空间</a></div>
<div class="page-nav"><p>上一篇：<a href="#">关于清明节期间值班安排的公告</a></p>
<p>下一篇：<a href="#">公共场所卫生检查结果公示</a></p></div>
<div class="footer"><p>主办：{COUNTY_NAME}人民政府办公室　承办：{COUNTY_NAME}数据中心</p>
<p>网站标识码：0000000000　备案序号：沄ICP备00000000号</p></div>
</body>
</html>
"""


def classic_site(draft: Draft) -> str:
    """A site of the table age: layout tables, font tags, unclosed cells; kept in GB18030."""
    lines = [
        f"<P ALIGN=center><FONT SIZE=5><B>{escape(draft.title)}</B></FONT></P>",
        *(f"<P>　　{escape(text)}</P>" for text in draft.preamble),
    ]
    for part in draft.parts:
        if part.heading:
            lines.append(f"<P>　　<STRONG>{escape(part.heading)}</STRONG></P>")
        for block in part.blocks:
            if isinstance(block, str):
                lines.append(f"<P>　　{escape(block)}<BR></P>")
            elif isinstance(block, GridPicture):
                lines.append(_picture(block))
            else:
                lines.append(_classic_table(block))
    lines += [f"<P ALIGN=right>{escape(text)}&nbsp;&nbsp;</P>" for text in draft.closing]
    content = "\n".join(lines)
    return f"""<HTML><HEAD>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312">
<TITLE>{escape(draft.title)}-{CITY}{COUNTY_NAME}政务网</TITLE></HEAD>
<BODY TOPMARGIN=0>
<TABLE WIDTH=980 ALIGN=center BORDER=0><TR><TD COLSPAN=2>
<FONT COLOR=red SIZE=6>{PROVINCE}{CITY}{COUNTY_NAME}政务网</FONT></TD></TR>
<TR><TD WIDTH=180 VALIGN=top>
<TABLE><TR><TD>信息公开指南</TD></TR><TR><TD>信息公开目录</TD></TR>
<TR><TD>依申请公开</TD></TR><TR><TD>信息公开年报</TD></TR></TABLE>
</TD><TD VALIGN=top>
您现在的位置：首页 &gt;&gt; 信息公开 &gt;&gt; 信息公开年报<HR>
信息来源：{escape(draft.body.office)}&nbsp;&nbsp;
发布日期：{_dashed(draft.published)}&nbsp;&nbsp;阅读次数：58
<DIV ID=zoom>
{content}
</DIV>
<HR>【<A HREF="#">打印</A>】【<A HREF="#">关闭</A>】
</TD></TR>
<TR><TD COLSPAN=2 ALIGN=center>
版权所有：{COUNTY_NAME}人民政府　联系电话：0000-0000000</TD></TR></TABLE>
</BODY></HTML>
"""


def word_page(draft: Draft) -> str:
    """A page whose article was pasted from Word."""

    def paragraph(text: str, style: str) -> str:
        spans = "".join(
            f'<span lang="{"EN-US" if piece.isascii() else "ZH-CN"}" style="{style}">'
            f"{escape(piece)}</span>"
            for piece in _pieces(text)
        )
        return (
            '<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0;'
            f'line-height:28.0pt">{spans}<span lang="EN-US"><o:p></o:p></span></p>'
        )

    body, head = "font-size:16.0pt;font-family:仿宋_GB2312", "font-size:16.0pt;font-family:黑体"
    lines = [paragraph(draft.title, "font-size:22.0pt;font-family:方正小标宋简体")]
    lines += [paragraph(text, body) for text in draft.preamble]
    for part in draft.parts:
        if part.heading:
            lines.append(paragraph(part.heading, head))
        for block in part.blocks:
            if isinstance(block, str):
                lines.append(paragraph(block, body))
            elif isinstance(block, GridPicture):
                lines.append(_picture(block))
            else:
                lines.append(_word_table(block))
    lines += [paragraph(text, body) for text in draft.closing]
    content = "\n".join(lines)
    return f"""<!DOCTYPE html>
<html xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta charset="utf-8"><title>{escape(draft.title)}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm;font-size:10.5pt;}} --></style></head>
<body>
<div class="header"><a href="#">{COUNTY_NAME}人民政府</a> /
<a href="#">信息公开</a> / 年度报告</div>
<h3 class="bt">{escape(draft.title)}</h3>
<p class="info">发布时间：{_dashed(draft.published)} 来源：{escape(draft.body.name)}</p>
<div class="TRS_Editor">
{content}
</div>
<div class="fx">扫一扫在手机打开当前页　【打印】【关闭】</div>
</body></html>
"""
