"""One layer of rules over another: a district's own files over the shipped ones."""

from __future__ import annotations

from extractor.rulebook.problems import Problems
from extractor.rulebook.source import Entry

ITEM_KEYS = {
    "forms": "id",
    "sections": "id",
    "tables": "id",
    "blocks": "id",
    "rows": "id",
    "columns": "id",
    "topics": "id",
    "confidence": "id",
    "checks": "name",
    "flags": "code",
    "variants": "id",
    "own_years": "name",
    "peers": "name",
    "headings": "title",
    "wordings": "label",
}
"""The key that tells the items of a list apart, by the name of the list."""


def overlay(base: Entry, over: Entry, name: str = "") -> Entry:
    """``base`` with ``over`` laid over it.

    Mappings are merged key by key. Lists of texts are joined without repeats. Items of a list
    that has an item key are merged with the item of the same key, else added. Anything else is
    replaced.
    """
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        merged = dict(base.value)
        for key, entry in over.value.items():
            merged[key] = overlay(merged[key], entry, key) if key in merged else entry
        return Entry(merged, over.place, {**base.keys, **over.keys})
    if isinstance(base.value, list) and isinstance(over.value, list):
        return Entry(_overlay_items(base.value, over.value, ITEM_KEYS.get(name)), over.place, {})
    return over


def _overlay_items(base: list[Entry], over: list[Entry], item_key: str | None) -> list[Entry]:
    """The items of two lists as one."""
    if item_key is None:
        known = {entry.value for entry in base if isinstance(entry.value, str)}
        return base + [e for e in over if not (isinstance(e.value, str) and e.value in known)]
    merged = list(base)
    index = {entry.text(item_key): number for number, entry in enumerate(base)}
    for entry in over:
        number = index.get(entry.text(item_key))
        if entry.text(item_key) is None or number is None:
            merged.append(entry)
        else:
            merged[number] = overlay(merged[number], entry)
    return merged


def note_repeats(entry: Entry, problems: Problems, name: str = "", path: str = "") -> None:
    """Note the items of one layer that have the same key as an earlier item of their list."""
    if isinstance(entry.value, dict):
        for key, value in entry.value.items():
            note_repeats(value, problems, key, f"{path}.{key}" if path else key)
        return
    if not isinstance(entry.value, list):
        return
    item_key = ITEM_KEYS.get(name, "")
    seen: dict[str, Entry] = {}
    for item in entry.value:
        item_name = item.text(item_key)
        if item_name is not None:
            first = seen.setdefault(item_name, item)
            if first is not item:
                at = f"{first.place.file}:{first.place.line}"
                problems.add(
                    item.place, f"{path}.{item_name}", f"“{item_name}”已经写过（{at}）。",
                    f"“{item_name}” stands already at {at}.",
                )  # fmt: skip
        note_repeats(item, problems, "", f"{path}.{item_name or ''}".rstrip("."))
