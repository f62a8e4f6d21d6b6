"""The truth of a printed paper, in the keys that ``corpus/README.md`` lists."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from making.numbers import is_blank, printed_number
from making.operators import ALL
from making.operators.base import Subject
from making.paper import Layout, Paper, Printed

_DAMAGES = frozenset(one.name for one in ALL if one.subject is Subject.DAMAGE)
_UNSURE = frozenset({"T001", "T004", "T005", "T006", "T007", "T008", "T009", "T011"})
_SUMS = frozenset({"C001", "C002", "C003", "C004"})
_PLAIN_TO_SEE = frozenset({"M003", "S001", "S003", "S005", "T010"})
"""Findings due even where the table is flattened, or where one damage may hide another."""
_COPIED = "unmerged_copied"
"""Operator that prints a figure once for each cell it covers: in flat text nobody can tell."""
_NO_SECTIONS = "sections_merged"
"""Operator after which it is a matter of taste which sections are there."""
_NOT_A_REPORT = "not_a_report"


def truth_of(
    name: str, kind: str, papers: tuple[Paper, ...], printed: Printed, *, repeatable: bool
) -> dict[str, object]:
    """The truth of one file.

    Args:
        name: Path of the file below the reports folder.
        kind: How it was made, in a word.
        papers: The reports it holds, in order.
        printed: The file.
        repeatable: Whether the bytes are the same on every machine; then their hash is kept.
    """
    first = papers[0]
    unsure = printed.unplaced or any(_is_unsure(paper, printed.layout) for paper in papers)
    damaged = unsure or len(papers) > 1 or any(paper.damaged for paper in papers)
    decoy = first.status == _NOT_A_REPORT
    allowed = set[str]().union(*(paper.allowed for paper in papers))
    required = set[str]().union(*(paper.required for paper in papers))
    if unsure:
        allowed |= _UNSURE | _SUMS
        required = set()
    if printed.layout is Layout.TEXT_FREE or sum(map(_damages, papers)) > 1:
        allowed, required = allowed | required, required & _PLAIN_TO_SEE
    if len(papers) > 1:
        required.add("D005")
    if decoy:
        required = {"D004"}
    truth: dict[str, object] = {
        "source": name,
        "kind": kind,
        "layout": "decoy" if decoy else printed.layout.value,
        "operators": [name for paper in papers for name in paper.operators],
        "variants": list(printed.variants),
        "flags": sorted(required),
        "allowed": sorted(allowed - required),
        "clean": not damaged and not decoy,
        "certain": not unsure,
    }
    if decoy:
        truth |= {"status": _NOT_A_REPORT, "values": {}}
    elif len(papers) > 1:
        truth["reports"] = [_report(paper) for paper in papers]
    else:
        truth |= _report(first)
    if repeatable:
        truth["sha256"] = hashlib.sha256(printed.data).hexdigest()
    return truth


def _is_unsure(paper: Paper, layout: Layout) -> bool:
    copied = layout is Layout.TEXT_FREE and _COPIED in paper.operators
    return bool(paper.unplaced) or copied


def _damages(paper: Paper) -> int:
    """How many damaging operators a paper went through."""
    return sum(name in _DAMAGES for name in paper.operators)


def _report(paper: Paper) -> dict[str, object]:
    texts = paper.texts()
    report: dict[str, object] = {
        "issuer": paper.issuers[0],
        "issuers": list(paper.issuers),
        "issuer_level": paper.body.level,
        "year": paper.year,
        "format": paper.format,
        "values": {indicator: printed_number(text) for indicator, text in texts.items()},
        "invalid": _invalid(texts),
    }
    unjudged = paper.disputed() | _shared(paper)
    if unjudged:
        report["unjudged"] = sorted(unjudged)
    if _NO_SECTIONS not in paper.operators:
        report["sections"] = paper.sections()
    return report


def _shared(paper: Paper) -> set[str]:
    """The cells of rows in which one cell holds several figures: they may be any of them."""
    texts = paper.texts()
    rows = {name.rpartition(".")[0] for name, text in texts.items() if len(text.split()) > 1}
    damaged = {name for name in texts if name.partition(".")[0] in paper.unplaced}
    return {name for name in damaged if name.rpartition(".")[0] in rows}


def _invalid(texts: Mapping[str, str]) -> list[str]:
    """Indicators whose cell holds something that is no number."""
    return sorted(
        indicator
        for indicator, text in texts.items()
        if not is_blank(text) and printed_number(text) is None
    )
