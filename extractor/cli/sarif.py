"""Findings as SARIF 2.1.0, the format that code-scanning tools and editors read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from extractor.dataset.rows import clean_text
from extractor.dataset.run import program_version
from extractor.document import Location
from extractor.fingerprint import fingerprint_of
from extractor.options import Lang
from extractor.report import Flag, Identity, Severity
from extractor.rulebook.model import FlagRule, Rulebook

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINE = re.compile(r"line\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the report it is about; ``source`` is empty where it is about none."""

    source: str
    report_id: str
    identity: Identity
    flag: Flag


def sarif_log(found: Sequence[Found], rulebook: Rulebook, lang: Lang) -> dict[str, Any]:
    """A SARIF log of one run, as plain values for JSON."""
    ids = sorted({one.flag.code for one in found})
    places = {code: index for index, code in enumerate(ids)}
    driver = {
        "name": "nianbao",
        "version": program_version(),
        "language": "en" if lang is Lang.EN else "zh-CN",
        "rules": [_rule(rulebook.flag(code), lang) for code in ids],
    }
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": list(_results(found, places)),
            }
        ],
    }


def _rule(rule: FlagRule, lang: Lang) -> dict[str, Any]:
    """A code with its title in both languages and its basis."""
    english = lang is Lang.EN
    title, other = rule.title_zh, rule.title_en
    shown = {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("_")),
        "shortDescription": {"text": other if english else title},
        "help": {"text": f"nianbao explain {rule.code}"},
        "defaultConfiguration": {"level": _LEVELS[Severity(rule.severity)]},
        "properties": {"title_zh": title, "title_en": other, "scope": rule.scope},
    }
    return shown | ({"fullDescription": {"text": rule.basis}} if rule.basis else {})


def _results(found: Iterable[Found], places: Mapping[str, int]) -> Iterable[dict[str, Any]]:
    seen: dict[str, int] = {}
    for one in found:
        flag = one.flag
        own = fingerprint_of(flag, one.identity, one.source)
        seen[own] = seen.get(own, 0) + 1
        evidence = [item for item in flag.evidence if item.location != Location()]
        first, others = evidence[:1], evidence[1:]
        result: dict[str, Any] = {
            "ruleId": flag.code,
            "ruleIndex": places[flag.code],
            "level": _LEVELS[flag.severity],
            "message": {"text": clean_text(flag.message)},
            "partialFingerprints": {"finding/v1": f"{own}:{seen[own]}"},
            "properties": _properties(one),
        }
        if one.source:
            places_of = [item.location for item in first] or [Location()]
            result["locations"] = [_location(one.source, place) for place in places_of]
        if one.source and others:
            result["relatedLocations"] = [
                _location(one.source, item.location)
                | {"message": {"text": clean_text(f"{item.role}: {item.text}")}}
                for item in others
            ]
        yield result


def _properties(one: Found) -> dict[str, Any]:
    flag, identity = one.flag, one.identity
    named = {
        "report_id": one.report_id,
        "issuer": clean_text(identity.issuer),
        "year": identity.year,
        "section": flag.section,
        "table": flag.table,
        "indicator": flag.indicator,
        "expected": clean_text(flag.expected),
        "found": clean_text(flag.found),
    }
    return {name: value for name, value in named.items() if value not in ("", None)}


def _location(source: str, place: Location) -> dict[str, Any]:
    """A place: the line of a text; page and box of a PDF, path of a Word file or web page."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(clean_text(source), safe="/!")}}
    line = _LINE.match(place.path)
    if line is not None:
        physical["region"] = {"startLine": int(line.group(1))}
    shown: dict[str, Any] = {"physicalLocation": physical}
    if place.path:
        shown["logicalLocations"] = [{"fullyQualifiedName": clean_text(place.path)}]
    box = place.box
    if place.page is not None:
        shown["properties"] = {"page": place.page} | (
            {"box": [round(edge, 2) for edge in (box.x0, box.top, box.x1, box.bottom)]}
            if box
            else {}
        )
    return shown
