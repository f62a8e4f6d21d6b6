"""YAML text to a tree that remembers the line of every key and value.

Stricter than YAML: scalars stay text (``no``, ``010`` and ``2022-01-01`` too), a key may stand
once, anchors, aliases, tags and merge keys are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from extractor.rulebook.problems import Place, Problems

MAX_BYTES = 1_000_000
_MAX_DEPTH = 20
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast loader where PyYAML was built with it."""
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("null", "bool", "int", "float", "str", "timestamp", "value", "map", "seq")
)

Plain = str | dict[str, "Plain"] | list["Plain"] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a rule file and its place. ``keys`` are the places of a mapping's keys."""

    value: str | dict[str, Entry] | list[Entry] | None
    place: Place
    keys: dict[str, Place]

    def plain(self) -> Plain:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: entry.plain() for key, entry in self.value.items()}
        if isinstance(self.value, list):
            return [entry.plain() for entry in self.value]
        return self.value

    def get(self, key: str) -> Entry | None:
        """The value of a key, ``None`` where this is no mapping or has no such key."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def text(self, key: str) -> str | None:
        """The text of a key, ``None`` where there is none."""
        entry = self.get(key)
        return entry.value if entry is not None and isinstance(entry.value, str) else None


def parse(content: bytes, file: str, problems: Problems) -> Entry | None:
    """The tree of one file; ``None`` after noting why there is none. An empty file is empty."""
    start = Place(file, 1)
    if len(content) > MAX_BYTES:
        problems.add(
            start, "", f"文件超过 {MAX_BYTES} 字节，请拆成几个文件。",
            f"the file is over {MAX_BYTES} bytes; split it.",
        )  # fmt: skip
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.add(
            Place(file, line), "", "不是 UTF-8 编码，请另存为 UTF-8。",
            "not UTF-8; save the file as UTF-8.",
        )  # fmt: skip
        return None
    before = len(problems.found)
    root = _compose(text, file, problems)
    entry = Entry({}, start, {}) if root is None else _Builder(file, problems).build(root, (), 0)
    return entry if len(problems.found) == before else None


def _compose(text: str, file: str, problems: Problems) -> yaml.Node | None:
    """The YAML nodes of a text; ``None`` where it is empty, or after noting what is wrong."""
    try:
        anchors = list(_anchors(text)) if "&" in text or "*" in text else []
        root: yaml.Node | None = _Loader(text).get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        line = _line_of(error)
        problems.add(Place(file, line), "", *_syntax_message(text, line, error))
        return None
    for line in anchors:
        problems.add(
            Place(file, line), "",
            "规则文件不用 & 和 *（锚点和引用），请把内容写全；文字以它们开头时加引号。",
            "anchors and aliases (& and *) are not used in rule files; write the value out, or "
            "quote a text that begins so.",
        )  # fmt: skip
    return None if anchors else root


def _line_of(error: Exception) -> int:
    """The line that a YAML error speaks of, 1 where it names none."""
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark is not None else 1


def _anchors(text: str) -> Iterator[int]:
    """The lines of anchors and aliases."""
    for event in yaml.parse(text, Loader=_Loader):
        if getattr(event, "anchor", None) is not None and event.start_mark is not None:
            yield event.start_mark.line + 1


def _syntax_message(text: str, line: int, error: Exception) -> tuple[str, str]:
    """What is wrong with a text that is no YAML."""
    lines = text.splitlines()
    nearby = lines[max(0, line - 2) : line]
    if any("\t" in one for one in nearby):
        return (
            "这里或上一行用了制表符（Tab），请全部换成空格。",
            "a tab stands here or on the line above; use spaces.",
        )
    detail = getattr(error, "problem", None) or "nested too deeply"
    return (
        f"不是正确的 YAML（{detail}）。请检查缩进、引号，以及冒号后面是否有空格；"
        "文字里有“: ”或以 [ { * & ! % @ 开头时要加引号。",
        f"not valid YAML ({detail}). Check indentation, quotes and the space after each colon; "
        "quote a text that holds “: ” or begins with [ { * & ! % @.",
    )


class _Builder:
    """Turns YAML nodes into entries, noting what a rule file must not hold."""

    def __init__(self, file: str, problems: Problems) -> None:
        self._file = file
        self._problems = problems

    def build(self, node: yaml.Node, path: tuple[str, ...], depth: int) -> Entry:
        place = Place(self._file, node.start_mark.line + 1)
        if node.tag not in _PLAIN_TAGS:
            self._note(place, path, f"不用标签 {node.tag}。", f"the tag {node.tag} is not used.")
        if depth > _MAX_DEPTH:
            self._note(place, path, "层次太深。", "nested too deeply.")
            return Entry(None, place, {})
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place, path, depth)
        if isinstance(node, yaml.SequenceNode):
            items = [
                self.build(item, (*path, str(number)), depth + 1)
                for number, item in enumerate(node.value, start=1)
            ]
            return Entry(items, place, {})
        return Entry(_scalar_value(node), place, {})

    def _mapping(
        self, node: yaml.MappingNode, place: Place, path: tuple[str, ...], depth: int
    ) -> Entry:
        entries: dict[str, Entry] = {}
        keys: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key_place = Place(self._file, key_node.start_mark.line + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._note(key_place, path, "键必须是文字。", "a key must be a text.")
                continue
            key = str(key_node.value)
            if key in entries:
                self._note(
                    key_place, (*path, key), f"键重复，前一个在第 {keys[key].line} 行。",
                    f"the key stands twice; the first is on line {keys[key].line}.",
                )  # fmt: skip
                continue
            keys[key] = key_place
            entries[key] = self.build(value_node, (*path, key), depth + 1)
        return Entry(entries, place, keys)

    def _note(self, place: Place, path: tuple[str, ...], zh: str, en: str) -> None:
        self._problems.add(place, ".".join(path), zh, en)


def _scalar_value(node: yaml.Node) -> str | None:
    """The text as written; nothing (or ``~``, ``null``) is ``None``."""
    if node.tag == "tag:yaml.org,2002:null" and not getattr(node, "style", None):
        return None
    return str(node.value)
