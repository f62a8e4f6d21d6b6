"""The pages of findings (``rules/flags/CODE.md``) and the examples on them.

A page has a part in each language under ``## 中文`` and ``## English``; other parts are shown in
both. An example is a fenced block whose info string says what it is::

    ```text fires name=late.txt
    ```html passes year=2022

The first word is the type of the source, the second whether the finding fires, the rest are
settings; ``encoding=base64`` for a source that is no text.
"""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path

from extractor.errors import RuleFileError, UsageError
from extractor.rulebook.loader import load_rulebook, shipped_rules
from extractor.rulebook.model import Example, FlagRule
from extractor.rulebook.problems import hint

_LANGUAGES = {"中文": "zh", "english": "en"}
_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
_SUFFIXES = {"text": "txt", "html": "html", "markdown": "md", "pdf": "pdf", "docx": "docx"}
_FIELD = re.compile(r"\{[a-z]+\}")
"""A field of a message template."""


def explain_page(code: str, lang: str = "zh", rules_dir: Path | None = None) -> str:
    """The page of a finding in ``zh`` or ``en``, as Markdown. ``code`` may be its name.

    ``rules_dir`` holds rules laid over the shipped ones, with findings of their own.

    Raises:
        UsageError: no such finding; the nearest known one is named.
    """
    flag = _flag(code, rules_dir)
    page = _page_text(flag.code)
    return _in_language(page, lang) if page is not None else _short_page(flag, lang)


def flag_examples(code: str) -> tuple[Example, ...]:
    """The examples on the page of a finding, in order; empty where it has no page.

    Raises:
        UsageError: no such finding.
        RuleFileError: an example cannot be read.
    """
    flag = _flag(code)
    page = _page_text(flag.code)
    return tuple(_examples(page, flag.code)) if page is not None else ()


def _flag(code: str, rules_dir: Path | None = None) -> FlagRule:
    rulebook = load_rulebook(rules_dir)
    wanted = code.strip()
    for name in (wanted.upper(), wanted.lower()):
        try:
            return rulebook.flag(name)
        except KeyError:
            continue
    known = {flag.code for flag in rulebook.flags} | {flag.name for flag in rulebook.flags}
    zh, en = hint(wanted, known)
    raise UsageError(f"没有“{wanted}”这个编号。{zh}", f"no finding “{wanted}”; {en}")


def _page_text(code: str) -> str | None:
    page = shipped_rules() / "flags" / f"{code}.md"
    return page.read_text(encoding="utf-8") if page.is_file() else None


def _short_page(flag: FlagRule, lang: str) -> str:
    """What the rules say of a finding that has no page."""
    title, message = (
        (flag.title_en, flag.message_en) if lang == "en" else (flag.title_zh, flag.message_zh)
    )
    lines = [f"# {flag.code} {flag.name}", "", title, "", _FIELD.sub("…", message)]
    if flag.basis:
        lines += ["", ("Basis: " if lang == "en" else "依据：") + flag.basis]
    return "\n".join(lines) + "\n"


def _in_language(page: str, lang: str) -> str:
    """The page without the parts of the other language."""
    kept: list[str] = []
    skipping, fence = False, ""
    for line in page.splitlines():
        fence = _fence_after(line, fence)
        if line.startswith("## ") and not fence:
            language = _LANGUAGES.get(line[3:].strip().lower())
            skipping = language is not None and language != lang
        if not skipping:
            kept.append(line)
    return "\n".join(kept).strip() + "\n"


def _fence_after(line: str, fence: str) -> str:
    """The fence open after a line, ``""`` for none."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found["fence"]
    closes = found["fence"].startswith(fence) and not found["info"].strip()
    return "" if closes else fence


def _examples(page: str, code: str) -> list[Example]:
    """The fenced blocks of a page that are examples."""
    examples: list[Example] = []
    fence, info, start = "", "", 0
    body: list[str] = []
    for number, line in enumerate(page.splitlines(), start=1):
        after = _fence_after(line, fence)
        if after and not fence:
            found = _FENCE.match(line)
            info, start, body = (found["info"].strip() if found else ""), number, []
        elif fence and not after:
            example = _example(info, "\n".join(body) + "\n", f"{code}.md", start, len(examples) + 1)
            examples += [example] if example is not None else []
        elif fence:
            body.append(line)
        fence = after
    return examples


def _example(info: str, body: str, page: str, line: int, number: int) -> Example | None:
    """A fenced block as an example, ``None`` where it is something else."""
    words = info.split()
    if len(words) < 2 or words[1] not in ("fires", "passes"):
        return None
    settings = dict(word.split("=", 1) for word in words[2:] if "=" in word)
    suffix = _SUFFIXES.get(words[0], words[0])
    name = settings.pop("name", f"{page.removesuffix('.md')}-{number}.{suffix}")
    content = body.encode()
    if settings.pop("encoding", "") == "base64":
        try:
            content = base64.b64decode("".join(body.split()), validate=True)
        except binascii.Error as error:
            where = f"rules/flags/{page}:{line}: "
            raise RuleFileError(
                f"{where}例子不是正确的 base64。", f"{where}the example is not base64."
            ) from error
    return Example(
        fires=words[1] == "fires",
        name=name,
        content=content,
        settings=tuple(settings.items()),
        line=line,
    )
