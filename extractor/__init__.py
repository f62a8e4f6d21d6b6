"""Nianbao (年报): disclosure annual reports of Chinese public bodies into flagged datasets.

::

    from extractor import read_report

    report = read_report("望澜镇2024年政府信息公开工作年度报告.docx")
    for value in report.values:
        print(value.indicator, value.number, value.state, value.location)

The public names are those of ``__all__``. They are looked up when first used, so that importing
one module of the package costs no more than that module.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.api import Dataset, extract, read_report
    from extractor.errors import DocumentError, NianbaoError, RuleFileError, UsageError
    from extractor.options import Limits, Options
    from extractor.report import Flag, Report, Section, State, Value

__all__ = [
    "Dataset",
    "DocumentError",
    "Flag",
    "Limits",
    "NianbaoError",
    "Options",
    "Report",
    "RuleFileError",
    "Section",
    "State",
    "UsageError",
    "Value",
    "extract",
    "read_report",
]

_HOMES = {
    "Dataset": "api", "extract": "api", "read_report": "api",
    "DocumentError": "errors", "NianbaoError": "errors", "RuleFileError": "errors",
    "UsageError": "errors",
    "Limits": "options", "Options": "options",
    "Flag": "report", "Report": "report", "Section": "report", "State": "report",
    "Value": "report",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
