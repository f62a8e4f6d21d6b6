"""The pages of findings (``rules/flags/CODE.md``) and the examples on them.

A page has a part in each language under ``## 中文`` and ``## English``; other parts are shown in
both. An example is a fenced block whose info string says what it is::

    ```text fires name=late.txt
    ```html passes year=2022

The first word is the type of the source, the second whether the finding fires, the rest are
settings; ``encoding=base64`` for a source that is no text. A finding that needs a second source
has it in a block of its own, and names it::

    ```text beside name=last-year.txt
    ```text fires with=last-year.txt
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import RuleFileError, UsageError
from extractor.rulebook.loader import load_rulebook, shipped_rules
from extractor.rulebook.model import Companion, Example, FlagRule
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


@dataclass(frozen=True, slots=True)
class _Block:
    """A fenced block of a page whose info string gives the type of a source and what it is for."""

    use: str
    name: str
    content: bytes
    settings: dict[str, str]
    where: str
    line: int


def _examples(page: str, code: str) -> Iterator[Example]:
    """The fenced blocks of a page that are examples, with the sources beside them."""
    blocks = _blocks(page, code)
    beside = {
        block.name: Companion(block.name, block.content, tuple(block.settings.items()), block.line)
        for block in blocks
        if block.use == "beside"
    }
    for block in blocks:
        if block.use == "beside":
            continue
        wanted = block.settings.pop("with", "")
        names = wanted.split(",") if wanted else []
        for name in names:
            if name not in beside:
                zh, en = hint(name, beside)
                raise RuleFileError(
                    f"{block.where}没有名为“{name}”的 beside 例子。{zh}",
                    f"{block.where}no beside block is named “{name}”; {en}",
                )
        yield Example(
            fires=block.use == "fires",
            name=block.name,
            content=block.content,
            settings=tuple(block.settings.items()),
            line=block.line,
            beside=tuple(beside[name] for name in names),
        )


def _blocks(page: str, code: str) -> list[_Block]:
    """The fenced blocks of a page that are sources."""
    blocks: list[_Block] = []
    fence, info, start = "", "", 0
    body: list[str] = []
    for number, line in enumerate(page.splitlines(), start=1):
        after = _fence_after(line, fence)
        if after and not fence:
            found = _FENCE.match(line)
            info, start, body = (found["info"].strip() if found else ""), number, []
        elif fence and not after:
            block = _block(info.split(), body, code, start, len(blocks) + 1)
            blocks += [block] if block is not None else []
        elif fence:
            body.append(line)
        fence = after
    return blocks


def _block(
    words: Sequence[str], body: Sequence[str], code: str, line: int, number: int
) -> _Block | None:
    """A fenced block as a source, ``None`` where it is something else."""
    if len(words) < 2 or words[1] not in ("fires", "passes", "beside"):
        return None
    settings = dict(word.split("=", 1) for word in words[2:] if "=" in word)
    suffix = _SUFFIXES.get(words[0], words[0])
    name = settings.pop("name", f"{code}-{number}.{suffix}")
    where = f"rules/flags/{code}.md:{line}: "
    text = "\n".join(body) + "\n"
    content = text.encode()
    if settings.pop("encoding", "") == "base64":
        try:
            content = base64.b64decode("".join(text.split()), validate=True)
        except binascii.Error as error:
            raise RuleFileError(
                f"{where}例子不是正确的 base64。", f"{where}the example is not base64."
            ) from error
    return _Block(words[1], name, content, settings, where, line)
