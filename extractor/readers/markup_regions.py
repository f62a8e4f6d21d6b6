"""Which parts of a page are its text and which surround it: menus, share bars, footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
        "crumb", "crumbs", "weizhi", "position", "location", "bread", "dqwz", "curpos",
        "curposition", "topbar", "footer", "foot", "copyright", "sidebar", "share", "sharebar",
        "bdsharebuttonbox", "bdshare",
        "toolbar", "related", "relate", "pager", "pagination", "paging", "prevnext", "login",
        "banner", "qrcode", "ewm", "erweima", "recommend", "friendlink", "friendlinks",
        "sitemap", "fontsize", "accessibility", "wza", "slogan", "logo", "langbar",
    }
)  # fmt: skip
_LINKED_WORDS = frozenset(
    {
        "header", "head", "top", "bottom", "side", "hot", "tools",
        "search", "comment", "comments", "links", "print", "page",
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
_SURE_NAME = re.compile(
    r"^(?:zoom|ucap-?content|trs_?u?edit(?:or)?|js_content|v_news_content|wp_articlecontent)$", re.I
)
"""Names that editors of government sites give to the text proper and to nothing else."""
_WORDS = re.compile(r"[A-Za-z]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MIN_SHARE = 0.75
_MIN_SURE_SHARE = 0.4
_MIN_NESTED_SHARE = 0.8
_MIN_PART_SHARE = 0.1
_MAX_FURNITURE_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Regions:
    """The judgement over a page.

    ``container`` is the element around the text proper, ``None`` where none is certain.
    ``bounding`` are the navigation and footer elements in which even a table of figures is
    furniture.
    """

    container: etree._Element | None
    furniture: frozenset[etree._Element]
    bounding: frozenset[etree._Element]


def find_regions(root: etree._Element, found: Survey) -> Regions:
    """Judge a page by the names of its elements and by where its text stands."""
    named = {
        element
        for element, extent in found.extents.items()
        if _is_furniture(element, tag_of(element), extent)
        and extent.own <= _MAX_FURNITURE_SHARE * found.total.own
    }
    around_text = max(1, found.total.own - sum(_own_outermost(named, found)))
    candidates = [
        (found.extents[element].own, element)
        for element in root.iter(etree.Element)
        if element in found.extents and _is_content(element)
    ]
    container = _container(candidates, around_text)
    spared = _elements_with_figures(found)
    bounding = {element for element in named if tag_of(element) in _BOUNDING_TAGS}
    if container is not None:
        spared.update(container.iterancestors())
        spared.add(container)
        bounding.difference_update(container.iterancestors())
    furniture = frozenset((named - spared) | bounding)
    return Regions(container, furniture, frozenset(bounding))


def _own_outermost(named: set[etree._Element], found: Survey) -> Iterator[int]:
    """Text outside links of the named elements that lie in no other named element."""
    for element in named:
        if not any(parent in named for parent in element.iterancestors()):
            yield found.extents[element].own


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


def _container(candidates: list[tuple[int, etree._Element]], total: int) -> etree._Element | None:
    """The innermost named container that holds nearly all of what the largest one holds.

    Where another one beside it holds text too, the report is split over both, and the element
    around both is taken.
    """
    most = max((own for own, _ in candidates), default=0)
    is_sure = any(
        _SURE_NAME.match(name)
        for own, element in candidates
        if own >= _MIN_NESTED_SHARE * most
        for name in _names(element)
    )
    if most < (_MIN_SURE_SHARE if is_sure else _MIN_SHARE) * total:
        return None
    _, chosen = [pair for pair in candidates if pair[0] >= _MIN_NESTED_SHARE * most][-1]
    around = set(chosen.iterancestors())
    beside = [
        element
        for size, element in candidates
        if size >= _MIN_PART_SHARE * total
        and element not in around
        and element is not chosen
        and chosen not in element.iterancestors()
    ]
    for element in beside:
        if chosen in element.iterancestors():
            continue
        chosen = next((up for up in element.iterancestors() if up in around), chosen)
        around = set(chosen.iterancestors())
    return chosen


def _is_content(element: etree._Element) -> bool:
    tag = tag_of(element)
    if tag in {"article", "main"} or (element.get("role") or "").lower() in {"main", "article"}:
        return True
    if (element.get("itemprop") or "").lower() == "articlebody":
        return True
    if tag in {"html", "body", "a", "span", "p", "input", "meta", "font"}:
        return False
    return any(_CONTENT_NAME.match(name) for name in _names(element))


def _names(element: etree._Element) -> list[str]:
    """Id and classes as written."""
    return [*(element.get("id") or "").split(), *(element.get("class") or "").split()]


def _is_furniture(element: etree._Element, tag: str, extent: Extent) -> bool:
    if tag not in _PARTS:
        return tag == "table" and not _META_WORDS.isdisjoint(
            name.lower() for name in _names(element)
        )
    if tag in _FURNITURE_TAGS or (element.get("role") or "").lower() in _FURNITURE_ROLES:
        return True
    words = _FURNITURE_WORDS
    if extent.linked > extent.own:
        words = words | _LINKED_WORDS
        if tag == "header":
            return True
    return any(_is_furniture_name(name, words) for name in _names(element))


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
    names = [name.lower() for name in _names(element)]
    return any("title" in name or name == "bt" for name in names)
