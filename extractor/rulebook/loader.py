"""Rule files to a rulebook: the shipped ones, and a district's own laid over them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from extractor.errors import RuleFileError, UsageError
from extractor.rulebook.build import Builder
from extractor.rulebook.merge import note_repeats, overlay
from extractor.rulebook.model import Rulebook
from extractor.rulebook.problems import Place, Problems, hint
from extractor.rulebook.source import Entry, parse
from extractor.rulebook.validate import validate

_SINGLE = ("confidence", "identity", "labels", "topics")
_FOLDERS = ("across", "checks", "flags", "forms")
_ACROSS = ("hierarchy", "plausible", "years")
"""Files of ``across``, each of a kind of its own."""
_MAPPINGS = ("hierarchy", "identity", "labels", "plausible")
"""Kinds of file that hold one mapping; the others hold a list."""
_YEARS = "years"
"""A kind of file that holds one mapping and checks."""
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class _RuleFile:
    """A rule file. ``kind`` is its folder, or its name for the files that stand alone."""

    kind: str
    name: str
    shown: str
    content: bytes


def shipped_rules() -> Traversable:
    """The folder of the shipped rules: inside the installed package, else of the checkout."""
    installed = files("extractor") / "_rules"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "rules"


def load_rulebook(rules_dir: Path | None = None) -> Rulebook:
    """The shipped rules, with those of ``rules_dir`` laid over them. Read once per process.

    Raises:
        RuleFileError: the first fault found, beginning ``file:line: key``.
        UsageError: ``rules_dir`` is no folder.
    """
    return _load(str(rules_dir) if rules_dir is not None else None)


@cache
def _load(rules_dir: str | None) -> Rulebook:
    problems = Problems()
    rulebook = _read(Path(rules_dir) if rules_dir is not None else None, problems)
    problems.raise_first()
    if rulebook is None:
        raise RuleFileError("规则没有读出来。", "the rules could not be read.")
    return rulebook


def check_rules(rules_dir: Path | None = None) -> tuple[RuleFileError, ...]:
    """Every fault of the rule files, by file and line; empty where all is well.

    Raises:
        UsageError: ``rules_dir`` is no folder.
    """
    problems = Problems()
    _read(rules_dir, problems)
    return problems.errors()


def _read(rules_dir: Path | None, problems: Problems) -> Rulebook | None:
    """The rulebook, or ``None`` (and what is wrong with it in ``problems``)."""
    layers = [list(_rule_files(shipped_rules(), "rules", problems))]
    if rules_dir is not None:
        if not rules_dir.is_dir():
            raise UsageError(
                f"规则文件夹不存在：{rules_dir}。请检查 --rules 的路径。",
                f"no such folder of rules: {rules_dir}. Check the path after --rules.",
            )
        own = list(_rule_files(rules_dir, rules_dir.as_posix(), problems))
        if not own and not problems.found:
            problems.add(
                Place(rules_dir.as_posix(), 1), "", "文件夹里没有规则文件（.yaml）。",
                "the folder holds no rule file (.yaml).",
            )  # fmt: skip
        layers.append(own)
    trees = [_layer(layer, problems) for layer in layers]
    root = reduce(overlay, trees)
    validated = validate(root, problems)
    if validated is None:
        return None
    return Builder(*validated, problems).build(_digest(layers))


def _rule_files(folder: Traversable, shown: str, problems: Problems) -> Iterator[_RuleFile]:
    """The rule files of a folder in a fixed order; files in unknown places are noted."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.startswith((".", "_")):
            continue
        path = f"{shown}/{item.name}"
        if item.is_file() and item.name.endswith(_SUFFIXES):
            kind = item.name.rpartition(".")[0]
            if kind in _SINGLE:
                yield _RuleFile(kind, item.name, path, item.read_bytes())
            else:
                _unknown_place(path, kind, _SINGLE, problems)
        elif item.is_dir():
            inner = [file for file in item.iterdir() if file.name.endswith(_SUFFIXES)]
            if inner and item.name not in _FOLDERS:
                _unknown_place(path, item.name, _FOLDERS, problems)
                continue
            for file in sorted(inner, key=lambda file: file.name):
                name = f"{item.name}/{file.name}"
                kind = file.name.rpartition(".")[0] if item.name == "across" else item.name
                if item.name == "across" and kind not in _ACROSS:
                    _unknown_place(f"{path}/{file.name}", kind, _ACROSS, problems)
                    continue
                yield _RuleFile(kind, name, f"{path}/{file.name}", file.read_bytes())


def _unknown_place(path: str, name: str, known: tuple[str, ...], problems: Problems) -> None:
    zh, en = hint(name, known)
    places = " ".join(
        [f"{single}.yaml" for single in _SINGLE]
        + [f"across/{kind}.yaml" for kind in _ACROSS]
        + [f"{folder}/" for folder in _FOLDERS if folder != "across"]
    )
    problems.add(
        Place(path, 1), "", f"不认识这个位置。{zh}规则文件只能是 {places}。",
        f"rules are not looked for here; {en} Rule files are {places}.",
    )  # fmt: skip


def _layer(rule_files: list[_RuleFile], problems: Problems) -> Entry:
    """The files of one layer as one tree: lists of one kind joined."""
    shown = rule_files[0].shown if rule_files else ""
    start = Place(shown, 1)
    lists: dict[str, list[Entry]] = {}
    singles: dict[str, Entry] = {}
    for file in rule_files:
        entry = parse(file.content, file.shown, problems)
        if entry is None:
            continue
        if not isinstance(entry.value, dict):
            problems.add(entry.place, "", "这里要写“键: 值”。", "“key: value” lines belong here.")
        elif file.kind == "forms":
            lists.setdefault("forms", []).append(entry)
        elif file.kind in _MAPPINGS:
            singles[file.kind] = entry
        elif file.kind == _YEARS:
            checks, singles[file.kind] = _apart(entry)
            lists.setdefault("checks", []).extend(_items(checks, "checks", problems))
        else:
            lists.setdefault(file.kind, []).extend(_items(entry, file.kind, problems))
    values: dict[str, Entry] = {name: Entry(items, start, {}) for name, items in lists.items()}
    layer = Entry({**values, **singles}, start, {})
    note_repeats(layer, problems)
    return layer


def _apart(entry: Entry) -> tuple[Entry, Entry]:
    """The checks of a file, and what else it holds."""
    content = entry.value if isinstance(entry.value, dict) else {}
    checks = {key: value for key, value in content.items() if key == "checks"}
    rest = {key: value for key, value in content.items() if key != "checks"}
    return Entry(checks, entry.place, entry.keys), Entry(rest, entry.place, entry.keys)


def _items(entry: Entry, kind: str, problems: Problems) -> list[Entry]:
    """The list that a file of that kind holds under its one key."""
    for key, value in (entry.value if isinstance(entry.value, dict) else {}).items():
        if key != kind:
            zh, en = hint(key, [kind])
            problems.add(
                entry.keys.get(key, value.place), key,
                f"不认识的键“{key}”。{zh}", f"unknown key “{key}”; {en}",
            )  # fmt: skip
    items = entry.get(kind)
    if items is None or items.value is None:
        return []
    if not isinstance(items.value, list):
        problems.add(
            items.place, kind, "这里要写列表（每行以“- ”开头）。",
            "a list belongs here (lines beginning “- ”).",
        )  # fmt: skip
        return []
    return items.value


def _digest(layers: list[list[_RuleFile]]) -> str:
    """SHA-256 over the names and contents of all rule files, whatever folder they lie in."""
    digest = hashlib.sha256()
    for number, layer in enumerate(layers):
        for file in layer:
            head = f"{number}/{file.name}\0{len(file.content)}\0"
            digest.update(head.encode())
            digest.update(file.content)
    return digest.hexdigest()
