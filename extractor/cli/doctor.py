"""What this machine can do."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from extractor.cli.messages import say
from extractor.dataset.run import program_version
from extractor.options import Lang, Limits
from extractor.rulebook.model import Rulebook

_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "~/Library/Fonts",
)
_FONT_MARKS = (
    "cjk",
    "hansans",
    "hanserif",
    "simsun",
    "simhei",
    "simfang",
    "fangsong",
    "simkai",
    "msyh",
    "pingfang",
    "songti",
    "stheiti",
    "wqy",
    "uming",
    "ukai",
)
_FONT_SUFFIXES = (".ttf", ".ttc", ".otf")
_LIBRARIES = (
    ("doctor.pdf", "pypdfium2"),
    ("doctor.second", "pdfplumber"),
    ("doctor.docx", "python-docx"),
    ("doctor.parquet", "duckdb"),
    ("doctor.xlsx", "xlsxwriter"),
    ("doctor.pandas", "pandas"),
)


def examine(rulebook: Rulebook, lang: Lang) -> Iterator[tuple[str, str]]:
    """Pairs of what was looked for and what was found."""
    no = say("doctor.no", lang)
    yield say("doctor.version", lang), program_version()
    yield say("doctor.python", lang), platform.python_version()
    yield say("doctor.system", lang), f"{platform.system()} {platform.machine()}"
    yield say("doctor.cores", lang), str(os.cpu_count() or 1)
    yield (
        say("doctor.rules", lang),
        say(
            "doctor.rules_value",
            lang,
            forms=len(rulebook.forms),
            checks=len(rulebook.checks),
            flags=len(rulebook.flags),
            digest=rulebook.digest[:16],
        ),
    )
    for key, name in _LIBRARIES:
        yield say(key, lang), _installed(name) or no
    yield say("doctor.fonts", lang), ", ".join(chinese_fonts()[:5]) or no
    yield say("doctor.office", lang), shutil.which("soffice") or shutil.which("libreoffice") or no
    yield say("doctor.ocr", lang), _ocr() or no
    limits = Limits()
    yield (
        say("doctor.limits", lang),
        say("doctor.limits_value", lang, seconds=limits.seconds, bytes=limits.file_bytes),
    )
    yield say("doctor.encoding", lang), sys.stdout.encoding


def chinese_fonts() -> list[str]:
    """File names of fonts with Chinese characters, sorted."""
    windows = os.environ.get("WINDIR")
    folders = [Path(folder).expanduser() for folder in _FONT_FOLDERS]
    folders += [Path(windows) / "Fonts"] if windows else []
    names = {
        path.name
        for folder in folders
        if folder.is_dir()
        for path in folder.rglob("*")
        if path.suffix.lower() in _FONT_SUFFIXES and _is_chinese(path.name)
    }
    return sorted(names)


def _is_chinese(name: str) -> bool:
    plain = name.lower().replace(" ", "").replace("-", "")
    return any(mark in plain for mark in _FONT_MARKS)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _ocr() -> str:
    """The OCR engine, where both parts of it are installed."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return ""
    return f"rapidocr {_installed('rapidocr')}"
