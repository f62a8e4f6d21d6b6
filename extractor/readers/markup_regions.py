"""Which parts of a page are its text and which surround it: menus, share bars, footers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from extractor.readers.markup_survey import DATA_ROWS, Extent, Survey
from extractor.readers.markup_tree import tag_of

_FURNITURE_TAGS = frozenset({"nav", "footer", "aside"})
_PARTS = frozenset(
    {
        "div", "section", "nav", "footer", "aside", "header", "ul", "ol", "dl", "form", "p",
        "center", "menu",
    }
)  # fmt: skip
_BOUNDING_TAGS = frozenset({"nav", "footer"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "contentinfo", "complementary", "search", "toolbar", "menu", "menubar"}
)
_FURNITURE_WORDS = frozenset(
    {
        "nav", "navbar", "navi", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs",
        "crumb", "crumbs", "weizhi", "dqwz", "curpos", "curposition", "topbar", "footer",
        "foot", "copyright", "sidebar", "share", "sharebar", "bdsharebuttonbox", "bdshare",
        "toolbar", "related", "relate", "pager", "pagination", "paging", "prevnext", "login",
        "banner", "qrcode", "ewm", "erweima", "recommend", "friendlink", "friendlinks",
        "sitemap", "fontsize", "accessibility", "wza", "slogan", "logo", "langbar",
    }
)  # fmt: skip
_LINKED_WORDS = frozenset(
    {
        "header", "head", "top", "bottom", "side", "position", "location", "hot", "tools",
        "search", "comment", "comments", "links", "bread", "print", "page",
    }
)  # fmt: skip
"""Names that mean furniture only where links outweigh text."""
_META_WORDS = frozenset(
    {
        "headinfo", "metadata", "metainfo", "meta", "xxgktable", "infotable", "xxgk-head",
        "detail-info", "info-table", "article-info", "articleinfo", "pubinfo", "docinfo",
        "xilan", "xllan", "syh", "suoyin",
    }
)  # fmt: skip
_CONTENT_NAME = re.compile(
    r"""^(?:
        o?zoom(?:con|content)?|fontzoom|ucap-?content|trs_?u?edit(?:or)?|trs_editor_view
      | js_content|rich_media_content|v_news_content|wp_articlecontent|entry-content
      | (?:xxgk|zwgk|gk|news|article|art|detail|text|main|page|pages|view|info|zw|xl|body|wz|con
          |cont|nr)
        [-_]?(?:content|con|cont|text|txt|body|detail|details|main|box|nr|view)
      | content|article|contents|con_?text|content_?(?:body|text|main|box|con|article|detail)
      | bt[-_]content|editor[-_]content|mainbody|maincontent|neirong|zhengwen
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MIN_SHARE = 0.5
_MIN_NESTED_SHARE = 0.8
_MAX_FURNITURE_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Regions:
    """The judgement over a page.

    ``container`` is the element around the text proper, ``None`` where none is certain;
    ``share`` is its part of all text outside links. ``bounding`` are the navigation and footer
    elements in which even a table of figures is furniture.
    """

    container: etree._Element | None
    share: float
    furniture: frozenset[etree._Element]
    bounding: frozenset[etree._Element]


def find_regions(root: etree._Element, found: Survey) -> Regions:
    """Judge a page by the names of its elements and by where its text stands."""
    total = max(1, found.total.own)
    candidates = [
        (found.extents[element].own, element)
        for element in root.iter(etree.Element)
        if element in found.extents and _is_content(element)
    ]
    container, share = _container(candidates, total)
    around = set() if container is None else {container, *container.iterancestors()}
    furniture: set[etree._Element] = set()
    bounding: set[etree._Element] = set()
    numeric = _elements_with_figures(found)
    for element, extent in found.extents.items():
        tag = tag_of(element)
        if element in around or tag not in _PARTS:
            continue
        if not _is_furniture(element, tag, extent) or _is_too_much(extent, total):
            continue
        if tag in _BOUNDING_TAGS:
            bounding.add(element)
        elif element in numeric:
            continue
        furniture.add(element)
    return Regions(container, share, frozenset(furniture), frozenset(bounding))


def _is_too_much(extent: Extent, total: int) -> bool:
    """Whether an element holds so much of the text that its name must mislead."""
    return extent.own > _MAX_FURNITURE_SHARE * total


def _elements_with_figures(found: Survey) -> set[etree._Element]:
    """All elements around a table that looks like one of figures."""
    around: set[etree._Element] = set()
    for table, rows in found.numeric_rows.items():
        if rows >= DATA_ROWS and table not in found.layout:
            for parent in table.iterancestors():
                if parent in around:
                    break
                around.add(parent)
    return around


def _container(
    candidates: list[tuple[int, etree._Element]], total: int
) -> tuple[etree._Element | None, float]:
    """The innermost named container that holds nearly all of what the largest one holds."""
    if not candidates:
        return None, 0.0
    most = max(own for own, _ in candidates)
    if most < _MIN_SHARE * total:
        return None, 0.0
    near = [(own, element) for own, element in candidates if own >= _MIN_NESTED_SHARE * most]
    own, element = near[-1]
    return element, own / total


def _is_content(element: etree._Element) -> bool:
    tag = tag_of(element)
    if tag in {"article", "main"} or (element.get("role") or "").lower() in {"main", "article"}:
        return True
    if (element.get("itemprop") or "").lower() == "articlebody":
        return True
    if tag in {"html", "body", "a", "span", "p", "input", "meta", "font"}:
        return False
    names = [element.get("id") or "", *(element.get("class") or "").split()]
    return any(_CONTENT_NAME.match(name) for name in names)


def _is_furniture(element: etree._Element, tag: str, extent: Extent) -> bool:
    if tag in _FURNITURE_TAGS or (element.get("role") or "").lower() in _FURNITURE_ROLES:
        return True
    names = [element.get("id") or "", *(element.get("class") or "").split()]
    words = _FURNITURE_WORDS
    if extent.linked > extent.own:
        words = words | _LINKED_WORDS
        if tag == "header":
            return True
    return any(_is_furniture_name(name, words) for name in names if name)


def _is_furniture_name(name: str, known: frozenset[str]) -> bool:
    if name.lower() in _META_WORDS:
        return True
    words = [word.lower() for word in _WORDS.findall(_CAMEL.sub(" ", name))]
    if not words or not {"title", "content", "article", "text"}.isdisjoint(words):
        return False
    return not known.isdisjoint(words) or "".join(words) in known


def is_title_like(element: etree._Element) -> bool:
    """Whether an element presents the title of a page."""
    if tag_of(element) in {"h1", "h2"}:
        return True
    names = [element.get("id") or "", *(element.get("class") or "").split()]
    return any("title" in name.lower() or name.lower() == "bt" for name in names)
