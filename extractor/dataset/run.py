"""``run.json``: the one file that tells of the run itself, with its times."""

from __future__ import annotations

import platform
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from extractor.dataset.summary import Summary
from extractor.options import Options
from extractor.report import Outcome, Severity, Status

_REASONS = 50
"""Reasons listed for each check; the counts of outcomes are complete."""
_LIBRARIES = ("duckdb", "lxml", "pdfplumber", "pypdfium2", "python-docx", "xlsxwriter")


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What only the caller knows: inputs as typed, options, version, and when it began."""

    inputs: tuple[str, ...]
    options: Options
    version: str
    rules_digest: str
    started: datetime


def program_version() -> str:
    """The version installed; ``0+source`` where the package runs without being installed."""
    return _installed("nianbao") or "0+source"


def describe_run(info: RunInfo, summary: Summary, ended: datetime | None = None) -> dict[str, Any]:
    """The content of ``run.json``. Times are UTC in ISO 8601."""
    options = asdict(info.options)
    options |= {name: str(value) for name, value in options.items() if isinstance(value, Path)}
    return {
        "started": info.started.astimezone(UTC).isoformat(timespec="seconds"),
        "ended": (ended or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
        "inputs": list(info.inputs),
        "options": options,
        "versions": {
            "nianbao": info.version,
            "python": platform.python_version(),
            **{name: _installed(name) for name in _LIBRARIES},
        },
        "rules_digest": info.rules_digest,
        "counts": {
            "reports": {status.value: summary.statuses[status] for status in Status},
            "tables": dict(sorted(summary.tables.items())),
            "values_reported": summary.values_reported,
            "values_expected": summary.values_expected,
            "flags": {severity.value: summary.severities[severity] for severity in Severity},
            "codes": dict(sorted(summary.codes.items())),
        },
        "checks": {
            code: {
                **{outcome.value: counts[outcome] for outcome in Outcome},
                "reasons": _reasons(summary, code),
            }
            for code, counts in sorted(summary.outcomes.items())
        },
        "suppressions": {
            "set_aside": {one.place: summary.set_aside[one.place] for one in summary.suppressions},
            "unused": [one.place for one in summary.unused],
            "expired": [one.place for one in summary.suppressions if one.expired],
        },
    }


def _reasons(summary: Summary, code: str) -> dict[str, dict[str, int]]:
    """Why a check did not apply or could not be judged, most frequent first."""
    found: dict[str, dict[str, int]] = {}
    for (outcome, reason), count in summary.reasons.get(code, Counter()).most_common(_REASONS):
        found.setdefault(outcome.value, {})[reason] = count
    return found


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
