"""``run.json``: the one file that tells of the run itself, with its times."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from extractor.dataset.summary import Summary
from extractor.options import Options
from extractor.report import Outcome, Severity, Status

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
    for name in ("rules_dir", "previous"):
        options[name] = str(options[name]) if options[name] else None
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
            code: {outcome.value: counts[outcome] for outcome in Outcome}
            for code, counts in sorted(summary.outcomes.items())
        },
    }


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
