"""The merged tree against the schema, every fault worded for people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from extractor.rulebook.merge import ITEM_KEYS
from extractor.rulebook.problems import Place, Problems, hint
from extractor.rulebook.schema import RulesItem, WordedError
from extractor.rulebook.source import Entry


def validate(root: Entry, problems: Problems) -> tuple[RulesItem, Entry] | None:
    """The rules as written and the tree they came from.

    Where something is wrong, what is sound of them, so that its other faults can be found too;
    ``None`` where too little is left. The faults are noted.
    """
    try:
        return RulesItem.model_validate(root.plain()), root
    except ValidationError as error:
        faults: list[dict[str, Any]] = [dict(fault) for fault in error.errors(include_url=False)]
    for fault in faults:
        on_key = fault["type"] == "extra_forbidden"
        entry, place, key = locate(root, fault["loc"], on_key=on_key)
        problems.add(place, key, *_words(fault, root, entry))
    spoilt = {_spoilt(fault) for fault in faults}
    if () in spoilt:
        return None
    sound = _without(root, spoilt, ())
    try:
        return RulesItem.model_validate(sound.plain()), sound
    except ValidationError:
        return None


def _spoilt(fault: dict[str, Any]) -> tuple[int | str, ...]:
    """The path of what must go for the rest to be sound; empty where that is everything."""
    loc: tuple[int | str, ...] = fault["loc"]
    if fault["type"] == "extra_forbidden":
        return loc
    if loc[0] in ("checks", "topics", "confidence"):
        return loc[:2]
    if loc[0] == "labels" and len(loc) > 2 and loc[1] in ("headings", "wordings"):
        return loc[:3]
    return ()


def _without(
    entry: Entry, spoilt: set[tuple[int | str, ...]], path: tuple[int | str, ...]
) -> Entry:
    """The tree without what stands at the paths."""
    if isinstance(entry.value, dict):
        kept = {
            key: _without(value, spoilt, (*path, key))
            for key, value in entry.value.items()
            if (*path, key) not in spoilt
        }
        return Entry(kept, entry.place, entry.keys)
    if isinstance(entry.value, list):
        items = [
            _without(item, spoilt, (*path, number))
            for number, item in enumerate(entry.value)
            if (*path, number) not in spoilt
        ]
        return Entry(items, entry.place, entry.keys)
    return entry


def locate(
    root: Entry, loc: tuple[int | str, ...], *, on_key: bool = False
) -> tuple[Entry, Place, str]:
    """The deepest entry on a path, its place, and the path for people.

    Items of a list are named by their id. ``on_key`` asks for the place of the last key rather
    than of its value.
    """
    entry, place, names = root, root.place, list[str]()
    list_name = ""
    for step in loc:
        value = entry.value
        if isinstance(value, dict) and isinstance(step, str) and step in value:
            place = entry.keys.get(step, value[step].place) if on_key else value[step].place
            entry, list_name = value[step], step
            names.append(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            entry = value[step]
            place = entry.place
            if not isinstance(entry.value, str):
                names.append(entry.text(ITEM_KEYS.get(list_name, "")) or str(step + 1))
        else:
            if isinstance(step, str) and step not in ("[key]", "text"):
                names.append(step)
            break
    return entry, place, ".".join(names)


def _words(fault: dict[str, Any], root: Entry, entry: Entry) -> tuple[str, str]:
    """A fault of the schema in words."""
    last = str(fault["loc"][-1]) if fault["loc"] else ""
    context = fault.get("ctx") or {}
    match fault["type"]:
        case "extra_forbidden":
            known = _known_keys(fault["loc"][:-1])
            zh, en = hint(last, known)
            return f"不认识的键“{last}”。{zh}", f"unknown key “{last}”; {en}"
        case "missing":
            zh, en = _meant_item(root, fault["loc"][:-1], entry)
            return f"缺少“{last}”。{zh}", f"“{last}” is missing. {en}".rstrip()
        case "int_parsing" | "int_type" | "int_from_float":
            return "这里要写整数。", "a whole number belongs here."
        case "string_type":
            return "这里要写文字。", "a text belongs here."
        case "list_type":
            return "这里要写列表（每行以“- ”开头）。", "a list belongs here (lines beginning “- ”)."
        case "model_type" | "model_attributes_type" | "dict_type":
            return "这里要写“键: 值”。", "“key: value” lines belong here."
        case "literal_error" | "enum":
            expected = str(context.get("expected", "")).replace(" or ", ",").split(",")
            known = [name for part in expected if (name := part.strip(" '"))]
            value = str(fault.get("input"))
            zh, en = hint(value, known)
            return (
                f"“{value}”不能用在这里，只能是 {'、'.join(known)}。{zh}",
                f"“{value}” cannot stand here, only {', '.join(known)}; {en}",
            )
        case "string_too_short" | "too_short":
            return "这里不能是空的。", "this must not be empty."
        case "string_too_long":
            limit = context.get("max_length")
            return f"太长，最多 {limit} 个字。", f"too long; at most {limit} characters."
        case "string_pattern_mismatch":
            return _pattern_words(last, str(fault.get("input")))
        case "greater_than_equal" | "less_than_equal":
            bound = context.get("ge", context.get("le"))
            return f"超出范围（界限 {bound}）。", f"out of range (the limit is {bound})."
        case "value_error" if isinstance(context.get("error"), WordedError):
            error = context["error"]
            return error.zh, error.en
    return f"写法不对：{fault['msg']}。", f"{fault['msg']}."


def _pattern_words(name: str, value: str) -> tuple[str, str]:
    """What is wrong with an id, a code or a date."""
    if name == "code":
        return (
            f"“{value}”不是编号：一个大写字母加三位数字，如 C001。",
            f"“{value}” is no code: one capital letter and three digits, such as C001.",
        )
    if name == "date":
        return f"“{value}”不是日期：写成 2021-09-26。", f"“{value}” is no date: write 2021-09-26."
    return (
        f"“{value}”不能作名称：只用小写英文字母、数字和下划线，以字母开头。",
        f"“{value}” is no name: use small letters, digits and underscores, a letter first.",
    )


def _meant_item(root: Entry, loc: tuple[int | str, ...], entry: Entry) -> tuple[str, str]:
    """The item of a list that was probably meant by one that is incomplete."""
    if len(loc) < 2 or not isinstance(loc[-1], int):
        return "", ""
    item_key = ITEM_KEYS.get(str(loc[-2]))
    siblings, _, _ = locate(root, loc[:-1])
    name = entry.text(item_key) if item_key else None
    if item_key is None or name is None or not isinstance(siblings.value, list):
        return "", ""
    others = {text for item in siblings.value if (text := item.text(item_key))} - {name}
    zh, en = hint(name, others)
    return (
        (f"如果想补充已有的一项，它的 {item_key} 不是“{name}”：{zh}" if zh else ""),
        (f"To add to an existing item, “{name}” is not its {item_key}: {en}" if en else ""),
    )


def _known_keys(loc: tuple[int | str, ...]) -> Collection[str]:
    """The keys that the schema knows at a path."""
    model: Any = RulesItem
    for step in loc:
        if isinstance(step, str) and isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(step)
            model = _model_in(field.annotation) if field is not None else None
    if isinstance(model, type) and issubclass(model, BaseModel):
        return list(model.model_fields)
    return []


def _model_in(annotation: Any) -> Any:
    """The model inside ``list[...]``, ``Annotated[...]`` or a union with ``None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
