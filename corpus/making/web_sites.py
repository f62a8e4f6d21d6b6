"""Papers as web pages of many kinds of government site."""

from __future__ import annotations

import random
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart

from making.paper import Layout, Paper, Printed
from making.web_article import ArticleStyle, article, draw_article_style
from making.web_chrome import draw_chrome
from making.web_families import SITES, Site
from making.web_tables import WEB_TABLES, WEB_TABLES_DAMAGED, WebTable
from sampling.grids import Grid


def _drawn_site(rng: random.Random) -> Site:
    return rng.choices(SITES, [site.weight for site in SITES])[0]


def _drawn_table(tables: tuple[WebTable, ...], rng: random.Random) -> WebTable:
    return rng.choices(tables, [table.weight for table in tables])[0]


def _archived(page: str, title: str, rng: random.Random) -> bytes:
    """A page saved as one file by a browser."""
    root = MIMEMultipart("related", boundary="----MultipartBoundary--sampled00----")
    root["From"] = "<Saved by Blink>"
    root["Snapshot-Content-Location"] = "http://www.example.invalid/xxgk/nb/0001.html"
    root["Subject"] = title
    part = EmailMessage()
    coding = rng.choice(("quoted-printable", "base64"))
    part.set_content(page, subtype="html", charset="utf-8", cte=coding)
    part["Content-Location"] = "http://www.example.invalid/xxgk/nb/0001.html"
    root.attach(part)
    return root.as_bytes()


def _encoded(page: str, site: Site, rng: random.Random) -> tuple[bytes, str]:
    """The bytes and the name of their encoding."""
    if site.charset == "gb2312":
        return page.encode("gb18030"), "gb18030"
    if 'charset="utf-8"' in page and rng.random() < 0.15:
        return page.replace('charset="utf-8"', 'charset="gb2312"').encode("gb18030"), "gb18030"
    return page.encode("utf-8"), "utf-8"


def _site_page(paper: Paper, content: str, site: Site) -> tuple[bytes, str, str]:
    """Bytes, extension and encoding of a page round an article."""
    rng = paper.rng
    page = site.page(content, draw_chrome(paper, rng), rng)
    if site.name != "fragment" and rng.random() < 0.08:
        return (
            _archived(page.replace("charset=gb2312", "charset=utf-8"), "saved", rng),
            "mht",
            "mhtml",
        )
    data, encoding = _encoded(page, site, rng)
    return data, site.extension, encoding


def _printed(paper: Paper, content: str, style: ArticleStyle, table: str) -> Printed:
    site = _drawn_site(paper.rng)
    data, extension, encoding = _site_page(paper, content, site)
    return Printed(
        data=data,
        extension=extension,
        layout=Layout.HTML,
        variants=(
            f"site:{site.name}",
            f"table:{table}",
            f"heads:{style.heads.name}",
            f"paragraphs:{style.paragraphs.name}",
            f"encoding:{encoding}",
        ),
    )


def print_web(paper: Paper) -> Printed:
    """Print a paper as a web page; all spans are right."""
    rng = paper.rng
    style, table = draw_article_style(rng), _drawn_table(WEB_TABLES, rng)
    content = article(paper, style, lambda grid: table.table(grid, rng))
    return _printed(paper, content, style, table.name)


def damaged_web(paper: Paper) -> Printed:
    """Print a paper as a web page with one table whose markup is damaged.

    The variants name the damage, ``damaged:cell-lost``, and its table, ``damaged-table:disputes``.
    """
    rng = paper.rng
    style, table = draw_article_style(rng), _drawn_table(WEB_TABLES, rng)
    damage = _drawn_table(WEB_TABLES_DAMAGED, rng)
    names = list(dict.fromkeys(item.grid.name for item in paper.items if item.grid is not None))
    victim = rng.choice(names or [""])

    def print_table(grid: Grid) -> str:
        return (damage if grid.name == victim else table).table(grid, rng)

    printed = _printed(paper, article(paper, style, print_table), style, table.name)
    marks = (f"damaged:{damage.name}", f"damaged-table:{victim}")
    return Printed(printed.data, printed.extension, printed.layout, printed.variants + marks)
