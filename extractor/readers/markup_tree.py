"""A page as a tree: parsed from decoded text, with what is hidden told from what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree
from lxml import html as lxml_html

from extractor.errors import LimitExceeded, UnreadableDocument
from extractor.readers.markup_budget import Budget, too_deep

Event = tuple[Literal["start", "end", "skip"], etree._Element]

SKIPPED = frozenset(
    {
        "script", "style", "template", "noscript", "head", "title", "svg", "canvas", "audio",
        "video", "datalist", "rt", "rp", "object", "applet",
    }
)  # fmt: skip
"""Elements whose content no reader of the page sees."""
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
        "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "iframe", "legend", "li",
        "listing", "main", "menu", "nav", "ol", "optgroup", "p", "plaintext", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp", "caption",
    }
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DISPLAYED_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_INLINE_TAG = re.compile(r"</?(?:span|font|b|i|u|em|strong|small|big|a|o:p)\b[^>]*>", re.I)
_BLOCK_TAG = re.compile(r"</?(?:div|section|center|p|article|blockquote|form)\b[^>]*>", re.I)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_MAX_FRAMES = 50
_MARKUP_PER_CHARACTER = 20


def parse_page(text: str, budget: Budget, notes: list[str]) -> etree._Element:
    """Parse a whole page or a bare fragment.

    A page nested deeper than the parser goes is read once more without the elements that only
    nest; tables keep theirs.

    Args:
        text: decoded markup.
        budget: limits of the source.
        notes: gets a remark where the page had to be flattened.

    Raises:
        LimitExceeded: too much markup, or nested too deep even so.
        UnreadableDocument: no markup at all.
    """
    if len(text) > _MARKUP_PER_CHARACTER * budget.limits.characters:
        raise LimitExceeded(
            f"网页过大（{len(text)} 个字符）。请只保存正文部分后重试。",
            f"The page is too large ({len(text)} characters). Save only its main part and retry.",
        )
    text = _FORBIDDEN.sub("\ufffd", _XML_DECLARATION.sub("", text, count=1))
    root, is_whole = _parse(text)
    if not is_whole:
        notes.append("the page is nested too deep and was flattened")
        text = _BLOCK_TAG.sub("<br>", _INLINE_TAG.sub("", text))
        root, is_whole = _parse(text)
        if not is_whole:
            raise too_deep(budget.limits.nesting)
    _fill_frames(root)
    return root


def _parse(text: str) -> tuple[etree._Element, bool]:
    """The tree, and whether it holds everything."""
    parser = lxml_html.HTMLParser(
        remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        if any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log):
            return etree.Element("html"), False
        raise UnreadableDocument(
            "网页没有内容或无法解析。请在浏览器中打开并重新保存。",
            "The page is empty or cannot be parsed. Open it in a browser and save it again.",
        ) from error
    limited = any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log)
    return root, not limited


def _fill_frames(root: etree._Element) -> None:
    """Put the inline documents of frames into the tree, where a browser shows them."""
    frames = [frame for frame in root.iter("iframe") if frame.get("srcdoc")]
    for frame in frames[:_MAX_FRAMES]:
        inner, is_whole = _parse_or_none(frame.get("srcdoc") or "")
        body = None if inner is None or not is_whole else inner.find("body")
        if body is not None:
            frame.text = None
            body.tag = "div"
            frame.append(body)


def _parse_or_none(text: str) -> tuple[etree._Element | None, bool]:
    try:
        return _parse(text)
    except UnreadableDocument:
        return None, False


def tag_of(element: etree._Element) -> str:
    """Tag name in lower case."""
    return str(element.tag).lower()


def is_hidden(element: etree._Element) -> bool:
    """Whether the element itself says that it is not shown."""
    if element.get("hidden") is not None:
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def is_block(element: etree._Element, tag: str) -> bool:
    """Whether text before and after the element stands on lines of its own."""
    if tag in BLOCKS:
        return True
    style = element.get("style")
    return style is not None and _DISPLAYED_BLOCK.search(style) is not None


def walk_shown(root: etree._Element, *, with_hidden: bool = False) -> Iterator[Event]:
    """Start and end of every element that is shown, in document order, without recursion.

    Text stands in ``element.text`` at the start and in ``element.tail`` at the end. An element
    that is not shown gives one ``skip``, for the sake of its tail.
    """
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, element in walk:
        if event == "end":
            yield ("skip" if element is skipped else "end"), element
        elif element.tag in SKIPPED or (not with_hidden and is_hidden(element)):
            skipped = element
            walk.skip_subtree()
        else:
            yield "start", element
