"""The article of a web page: how its headings, paragraphs and tables are marked up."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from making.paper import Item, Paper, Role
from making.web_tables import inner_html, word_spans
from sampling.grids import Grid

PrintTable = Callable[[Grid], str]


@dataclass(frozen=True, slots=True)
class Markup:
    """One way to mark up a line, relative to others by weight."""

    name: str
    weight: float
    html: Callable[[str, random.Random], str]


def _halves(text: str, rng: random.Random) -> str:
    """Two bold pieces, cut anywhere."""
    at = rng.randint(1, max(1, len(text) - 1))
    return f"<p><b>{inner_html(text[:at])}</b><b>{inner_html(text[at:])}</b></p>"


def _wrapped(pattern: str) -> Callable[[str, random.Random], str]:
    def html(text: str, rng: random.Random) -> str:  # noqa: ARG001
        return pattern.replace("{}", inner_html(text))

    return html


def _word_line(text: str, rng: random.Random) -> str:
    style = rng.choice(("font-size:16.0pt;font-family:仿宋_GB2312", "font-size:16.0pt"))
    return (
        f'<p class="MsoNormal" style="text-indent:32.0pt">{word_spans(text, style)}'
        '<span lang="EN-US"><o:p></o:p></span></p>'
    )


_SPAN_FONT = (
    '<p style="text-indent:2em"><span style="font-family:黑体;font-size:16pt">{}</span></p>'
)

HEADS: tuple[Markup, ...] = (
    Markup("h2", 3, _wrapped("<h2>{}</h2>")),
    Markup("h3", 1, _wrapped('<h3 style="text-indent:2em">{}</h3>')),
    Markup("bold", 5, _wrapped("<p><strong>{}</strong></p>")),
    Markup("indent", 4, _wrapped("<p>　　{}</p>")),
    Markup("span-font", 4, _wrapped(_SPAN_FONT)),
    Markup("div", 2, _wrapped('<div class="tit">{}</div>')),
    Markup("br", 2, _wrapped("<b>{}</b>")),
    Markup("table-row", 1, _wrapped('<table width="100%"><tr><td>{}</td></tr></table>')),
    Markup("two-bolds", 2, _halves),
    Markup("section", 1, _wrapped("<section><section><span>{}</span></section></section>")),
    Markup("word", 2, _word_line),
)

PARAGRAPHS: tuple[Markup, ...] = (
    Markup("p", 5, _wrapped("<p>{}</p>")),
    Markup("p-indent", 4, _wrapped("<p>　　{}</p>")),
    Markup("p-nbsp", 2, _wrapped("<P>&nbsp;&nbsp;&nbsp;&nbsp;{}</P>")),
    Markup("br", 2, _wrapped("　　{}")),
    Markup("div", 2, _wrapped("<div>{}</div>")),
    Markup("section", 1, _wrapped('<section style="margin:8px"><span>{}</span></section>')),
    Markup("word", 2, _word_line),
    Markup("p-span", 2, _wrapped('<p style="text-indent:2em"><span><span>{}</span></span></p>')),
)


@dataclass(frozen=True, slots=True)
class ArticleStyle:
    """How an article is marked up."""

    heads: Markup
    paragraphs: Markup
    title: str
    sign: str


_TITLES = (
    "<h1>{}</h1>",
    '<p style="text-align:center"><strong>{}</strong></p>',
    '<p align="center"><font size="5">{}</font></p>',
    '<div style="text-align:center"><span style="font-size:22pt">{}</span></div>',
)
_SIGNS = (
    '<p style="text-align:right">{}</p>',
    "<p>　　　　　　　　　　　　　　{}</p>",
    '<p align="right">{}&nbsp;&nbsp;</p>',
    "<div>{}</div>",
)


def pick(markups: tuple[Markup, ...], rng: random.Random) -> Markup:
    """Draw one by weight."""
    return rng.choices(markups, [markup.weight for markup in markups])[0]


def draw_article_style(rng: random.Random) -> ArticleStyle:
    """Draw how an article is marked up."""
    heads, paragraphs = pick(HEADS, rng), pick(PARAGRAPHS, rng)
    if heads.name == "br" or paragraphs.name == "br":
        paragraphs = next(m for m in PARAGRAPHS if m.name == "br")
        heads = next(m for m in HEADS if m.name == "br")
    return ArticleStyle(heads, paragraphs, rng.choice(_TITLES), rng.choice(_SIGNS))


def _line(item: Item, style: ArticleStyle, rng: random.Random) -> str:
    if item.role is Role.TITLE:
        return style.title.replace("{}", inner_html(item.text))
    if item.role is Role.HEADING:
        return style.heads.html(item.text, rng)
    if item.role is Role.SIGN and style.paragraphs.name != "br":
        return style.sign.replace("{}", inner_html(item.text))
    return style.paragraphs.html(item.text, rng)


def article(paper: Paper, style: ArticleStyle, print_table: PrintTable) -> str:
    """The whole article."""
    rng = paper.rng
    flows = style.paragraphs.name == "br"
    spacer = rng.choice(("", "", "<p>&nbsp;</p>", "<p><br></p>"))
    lines: list[str] = []
    for item in paper.items:
        if item.grid is not None:
            lines.append(print_table(item.grid) + spacer)
        else:
            end = "<br>" if flows and item.role is not Role.TITLE else ""
            lines.append(_line(item, style, rng) + end)
    return "\n".join(lines)
