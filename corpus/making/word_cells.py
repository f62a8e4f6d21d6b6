"""What stands inside a cell of a Word table: one text, written in the ways editors leave it."""

from __future__ import annotations

import random
from collections.abc import Callable

from making.word_xml import (
    PLAIN,
    Type,
    complex_field,
    control,
    deleted,
    inserted,
    paragraph,
    raw_run,
    run,
    simple_field,
)
from sampling.grids import GridCell

CellWriter = Callable[[GridCell, random.Random], str]
"""Block content of a cell that has a text."""


def _broken(text: str, rng: random.Random) -> list[str]:
    if len(text) < 4 or "\n" in text:
        return text.split("\n")
    at = rng.choice((len(text) // 2, 2, len(text) - 2))
    return [text[:at], text[at:]]


def _is_figure(cell: GridCell) -> bool:
    return cell.indicator is not None


def plain(cell: GridCell, rng: random.Random) -> str:  # noqa: ARG001
    """One paragraph of one run."""
    return paragraph(run(cell.text), "center")


def in_paragraphs(cell: GridCell, rng: random.Random) -> str:
    """Labels broken over paragraphs."""
    if _is_figure(cell) or rng.random() < 0.3:
        return plain(cell, rng)
    return "".join(paragraph(run(line), "center") for line in _broken(cell.text, rng))


def in_lines(cell: GridCell, rng: random.Random) -> str:
    """Labels broken by line breaks."""
    if _is_figure(cell) or rng.random() < 0.3:
        return plain(cell, rng)
    return paragraph(run("\n".join(_broken(cell.text, rng))))


def letter_runs(cell: GridCell, rng: random.Random) -> str:  # noqa: ARG001
    """A run for every sign."""
    return paragraph("".join(run(sign) for sign in cell.text))


def corrected(cell: GridCell, rng: random.Random) -> str:
    """Some figures are tracked changes: the old one struck out, the new one inserted."""
    if not _is_figure(cell) or rng.random() > 0.3:
        return plain(cell, rng)
    number = rng.randint(900, 990)
    new = inserted(cell.text, PLAIN, number + 1)
    old = deleted(str(rng.randint(1, 99)), PLAIN, number)
    return paragraph(rng.choice((old + new, new + old, new)))


def moved(cell: GridCell, rng: random.Random) -> str:
    """Figures that were moved away beside those that stay."""
    if not _is_figure(cell) or rng.random() > 0.2:
        return plain(cell, rng)
    away = f'<w:moveFrom w:id="7" w:author="审核岗">{run(str(rng.randint(1, 9)))}</w:moveFrom>'
    return paragraph(away + run(cell.text))


def hidden(cell: GridCell, rng: random.Random) -> str:
    """Hidden digits before or behind a figure."""
    if not _is_figure(cell) or rng.random() > 0.3:
        return plain(cell, rng)
    decoy = run(str(rng.randint(1, 99)), PLAIN, "<w:vanish/>")
    return paragraph(rng.choice((decoy + run(cell.text), run(cell.text) + decoy)))


def fields(cell: GridCell, rng: random.Random) -> str:
    """Figures that are results of formulas."""
    if not _is_figure(cell) or rng.random() > 0.5:
        return plain(cell, rng)
    code = rng.choice(("=SUM(LEFT)", "=SUM(ABOVE) \\# 0", "REF 总数12 \\h"))
    if rng.random() < 0.5:
        return paragraph(simple_field(code, cell.text))
    return paragraph(complex_field(code, run(cell.text)))


def controls(cell: GridCell, rng: random.Random) -> str:
    """Content controls inside the cell, round the run or round the paragraph."""
    if rng.random() < 0.5:
        return paragraph(control(run(cell.text)))
    return control(plain(cell, rng))


def noted(cell: GridCell, rng: random.Random) -> str:
    """Footnote marks beside some labels."""
    mark = raw_run(
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/>'
    )
    if _is_figure(cell) or rng.random() > 0.15:
        return plain(cell, rng)
    return paragraph(run(cell.text) + mark)


def padded(cell: GridCell, rng: random.Random) -> str:
    """Blank paragraphs, tabs and wide blanks round a figure."""
    if not _is_figure(cell):
        return plain(cell, rng)
    return rng.choice(
        (
            "<w:p/>" + plain(cell, rng) + "<w:p/>",
            paragraph(raw_run("<w:tab/>") + run(cell.text)),
            paragraph(run(f"\u3000{cell.text}\u00a0")),
            paragraph(run(" ") + run(cell.text) + run(" ")),
        )
    )


def linked(cell: GridCell, rng: random.Random) -> str:
    """Links, smart tags and comment marks round a text."""
    inner = run(cell.text)
    return paragraph(
        rng.choice(
            (
                f'<w:hyperlink w:anchor="b">{inner}</w:hyperlink>',
                f'<w:smartTag w:uri="u" w:element="chmetcnv">{inner}</w:smartTag>',
                f'<w:bookmarkStart w:id="3" w:name="b3"/>{inner}<w:bookmarkEnd w:id="3"/>',
                f'<w:proofErr w:type="spellStart"/>{inner}<w:proofErr w:type="spellEnd"/>',
                inner,
            )
        )
    )


CELL_WRITERS: dict[str, CellWriter] = {
    "plain": plain,
    "paragraphs": in_paragraphs,
    "line-breaks": in_lines,
    "letter-runs": letter_runs,
    "tracked": corrected,
    "moved": moved,
    "hidden": hidden,
    "fields": fields,
    "controls": controls,
    "footnotes": noted,
    "padded": padded,
    "linked": linked,
}


def typed(kind: Type, align: str, spacing: str = "") -> CellWriter:
    """One paragraph of one run in a given type."""

    def write(cell: GridCell, rng: random.Random) -> str:  # noqa: ARG001
        return paragraph(run(cell.text, kind), align, spacing)

    return write
