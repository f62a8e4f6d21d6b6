"""Other ways to print the same figures."""

from __future__ import annotations

import re
from dataclasses import replace

from making.numbers import CIRCLED, chinese
from making.operators.base import Operator, Subject, operators_of
from making.operators.tools import reprint
from making.paper import Paper
from sampling.grids import GridCell

_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_PADS = (" {}", "{} ", "\u00a0{}\u00a0", "\u3000{}", " {}  ", "\u2002{}")


def _is_fee(cell: GridCell) -> bool:
    return cell.indicator == "disclosure.fees.amount"


def _is_money(cell: GridCell) -> bool:
    return (cell.indicator or "").endswith(".amount")


def _is_change(cell: GridCell) -> bool:
    return (cell.indicator or "").endswith(".items_change")


def _is_plain(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(?:\.\d+)?", text))


def _grouped(text: str) -> str:
    whole, point, fraction = text.partition(".")
    return f"{int(whole):,}{point}{fraction}"


def thousands(paper: Paper) -> None:
    """Marks between thousands: 1,362."""
    reprint(paper, lambda c: _grouped(c.text) if re.match(r"\d{4,}(\.\d+)?$", c.text) else c.text)


def full_width(paper: Paper) -> None:
    """Digits of full width: １２."""
    share = paper.rng.choice((1.0, 0.4))
    reprint(paper, lambda c: c.text.translate(_WIDE), share)


def units_in_cells(paper: Paper) -> None:
    """The unit once more behind each figure: 12件, 12（件）."""
    form = paper.rng.choice(("{}件", "{}（件）", "{} 件"))
    money = "{}万元" if form != "{}（件）" else "{}（万元）"

    def unit(cell: GridCell) -> str:
        if not _is_plain(cell.text) or (_is_money(cell) and not _is_fee(cell)):
            return cell.text
        return (money if _is_fee(cell) else form).format(cell.text)

    reprint(paper, unit)


def unit_in_fee(paper: Paper) -> None:
    """The unit in the cell of the fees only: 43.788万元."""
    form = paper.rng.choice(("{}万元", "{} 万元", "{}（万元）"))
    reprint(paper, lambda c: form.format(c.text) if _is_fee(c) and _is_plain(c.text) else c.text)


def fee_in_yuan(paper: Paper) -> None:
    """The fees in 元, said in the cell, below a heading that asks for 万元."""

    def yuan(cell: GridCell) -> str:
        if not _is_fee(cell) or not _is_plain(cell.text) or float(cell.text) == 0:
            return cell.text
        whole, _, fraction = cell.text.partition(".")
        digits = (whole + fraction[:4].ljust(4, "0")).lstrip("0") or "0"
        rest = fraction[4:].rstrip("0")
        return f"{digits}.{rest}元" if rest else f"{digits}元"

    reprint(paper, yuan)


def padded(paper: Paper) -> None:
    """Blanks of all kinds around figures."""
    reprint(paper, lambda c: paper.rng.choice(_PADS).format(c.text) if c.text else c.text, 0.6)


def zero_fee_with_decimals(paper: Paper) -> None:
    """No fees as 0.00."""
    zero = paper.rng.choice(("0.00", "0.0", "0.0000", "0.000000"))
    reprint(paper, lambda c: zero if _is_money(c) and c.text == "0" else c.text)


def fee_with_idle_zeros(paper: Paper) -> None:
    """An amount with zeros behind it: 12.50 for 12.5, 3.00 for 3."""

    def longer(cell: GridCell) -> str:
        if not _is_money(cell) or not _is_plain(cell.text) or cell.text == "0":
            return cell.text
        return cell.text + ("0" if "." in cell.text else ".00")

    reprint(paper, longer)


def fee_without_leading_zero(paper: Paper) -> None:
    """An amount below one as .5."""
    reprint(paper, lambda c: c.text[1:] if _is_money(c) and c.text.startswith("0.") else c.text)


def other_minus(paper: Paper) -> None:
    """Another minus sign: － or −."""
    minus = paper.rng.choice("－−")
    reprint(paper, lambda c: c.text.replace("-", minus) if _is_change(c) else c.text)


def spelled_change(paper: Paper) -> None:
    """A change spelled out: 减4, 增3."""
    more, less = paper.rng.choice((("增", "减"), ("增加", "减少"), ("", "减"), ("+", "减")))

    def spelled(cell: GridCell) -> str:
        if not _is_change(cell) or not re.fullmatch(r"-?[1-9]\d*", cell.text):
            return cell.text
        return less + cell.text[1:] if cell.text.startswith("-") else more + cell.text

    reprint(paper, spelled)


def plus_sign(paper: Paper) -> None:
    """A plus before a growing number of items."""
    sign = paper.rng.choice("+＋")

    def signed(cell: GridCell) -> str:
        grows = _is_change(cell) and re.fullmatch(r"[1-9]\d*", cell.text)
        return sign + cell.text if grows else cell.text

    reprint(paper, signed)


def note_marks(paper: Paper) -> None:
    """A mark that refers to a note below the table: 12*, 12①."""
    mark = paper.rng.choice(("*", "※", *CIRCLED[:2]))

    def marked(cell: GridCell) -> str:
        plain = _is_plain(cell.text) and not _is_money(cell) and cell.text != "0"
        return cell.text + mark if plain else cell.text

    reprint(paper, marked, 0.3)


def chinese_numerals(paper: Paper) -> None:
    """Counts of two digits in Chinese numerals: 十二; a single 一 would look like a dash."""

    def spelled(cell: GridCell) -> str:
        small = re.fullmatch(r"[1-9]\d", cell.text) and not _is_money(cell)
        plain = small and cell.text != "10" and not _is_change(cell)
        return chinese(int(cell.text)) if plain else cell.text

    reprint(paper, spelled)


def wrapped_figures(paper: Paper) -> None:
    """A line break in front of or behind a figure, left over by an editor."""
    form = paper.rng.choice(("\n{}", "{}\n", "\n{}\n"))
    reprint(paper, lambda c: form.format(c.text) if c.text else c.text, 0.3)


def mixed_notation(paper: Paper) -> None:
    """Some figures of full width, some with a unit, as where several hands filled the form."""

    def mixed(cell: GridCell) -> str:
        if not _is_plain(cell.text) or _is_money(cell):
            return cell.text
        forms = (cell.text.translate(_WIDE), cell.text + "件", f" {cell.text}")
        return paper.rng.choice(forms)

    reprint(paper, mixed, 0.25)


def shared_header_unit(paper: Paper) -> None:
    """Headings of counts that name the unit: 本年制发件数（单位：件）."""
    columns = {"本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "处理决定数量"}

    def named(cell: GridCell) -> GridCell:
        if cell.indicator is not None or cell.text not in columns:
            return cell
        return replace(cell, text=f"{cell.text}（单位：件）")

    paper.change(
        "disclosure", lambda grid: replace(grid, cells=tuple(named(c) for c in grid.cells))
    )


OPERATORS: tuple[Operator, ...] = operators_of(
    Subject.FIGURES,
    {
        thousands: 3,
        full_width: 3,
        units_in_cells: 3,
        unit_in_fee: 3,
        fee_in_yuan: 1,
        padded: 4,
        zero_fee_with_decimals: 3,
        fee_with_idle_zeros: 2,
        fee_without_leading_zero: 1,
        other_minus: 2,
        spelled_change: 2,
        plus_sign: 1,
        note_marks: 1,
        chinese_numerals: 1,
        wrapped_figures: 1,
        mixed_notation: 2,
        shared_header_unit: 1,
    },
)
