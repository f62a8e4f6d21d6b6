"""The corpus README, written from the cases so that it never drifts from the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sampling.case import Case

_TEMPLATE = Path(__file__).with_name("readme_template.md")
_KINDS = {
    "docx": "Word（python-docx）",
    "pdf-libreoffice": "PDF，Word 经 LibreOffice 转换 · Word through LibreOffice",
    "pdf-chromium": "PDF，浏览器打印 · printed by Chromium",
    "pdf-generator": "PDF，报表程序 · reportlab",
    "pdf-scan": "PDF，页面为图像 · page images",
    "pdf-encrypted": "PDF，加密 · encrypted",
    "pdf-truncated": "PDF，截断 · truncated",
    "html-modern": "HTML，新版网站 · recent portal",
    "html-classic": "HTML，旧版网站，GB18030 · old site",
    "html-word": "HTML，Word 粘贴 · pasted from Word",
    "html-fragment": "HTML，正文片段 · fragment",
    "text-tabs": "文本，制表符 · tab rows",
    "text-pipes": "文本，竖线 · pipe rows",
    "text-cells": "文本，一格一行 · one cell a line",
    "text-layout": "文本，pdftotext -layout",
}


def readme_of(cases: Sequence[Case]) -> str:
    """The README's text."""
    clean = sum(case.clean for case in cases)
    lines = [
        f"| `{case.path}` | {_KINDS[case.kind]} | {case.note[0]} · {case.note[1]} | "
        f"{' '.join(case.flags) or '—'} | {' '.join(case.allowed) or '—'} |"
        for case in cases
    ]
    text = _TEMPLATE.read_text(encoding="utf-8")
    for marker, value in (
        ("@count@", str(len(cases))),
        ("@clean@", str(clean)),
        ("@faulty@", str(len(cases) - clean)),
        ("@files@", "\n".join(lines)),
    ):
        text = text.replace(marker, value)
    return text
