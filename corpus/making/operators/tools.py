"""What operators share."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from making.paper import TABLES, Item, Paper, Role
from making.reshape import relabelled, require
from sampling.grids import Grid, GridCell, Kind, print_as, rewrite

CHINESE_DIGITS = "〇一二三四五六七八九"
ORDINALS = "一二三四五六"
SUMS = ("C001", "C002", "C003", "C004")


def tables_of(paper: Paper) -> list[str]:
    """Names of the statutory tables that the paper has.

    Raises:
        NotApplicable: It has none.
    """
    names = [name for name in TABLES if any(True for _ in paper.grids(name))]
    require(bool(names), "no table")
    return names


def each_table(paper: Paper, edit: Callable[[Grid], Grid]) -> None:
    """Edit every statutory table."""
    names = tables_of(paper)
    require(bool(names), "no tables")
    for name in names:
        paper.change(name, edit)


def refresh_copies(old: Grid, new: Grid) -> Grid:
    """The new grid, parts of unmerged cells following the figure that they are copies of."""
    copied: dict[tuple[int, int], tuple[str, str]] = {}
    pairs = sorted(zip(old.cells, new.cells, strict=True), key=lambda pair: pair[0].col)
    for before, after in pairs:
        left = copied.get((before.row, before.col - 1))
        if before.indicator is not None:
            copied[before.row, before.col] = (before.text, after.text)
        elif before.kind is Kind.DATA and left is not None and left[0] == before.text:
            copied[before.row, before.col] = left

    def follow(cell: GridCell) -> GridCell:
        found = copied.get((cell.row, cell.col))
        return replace(cell, text=found[1]) if found else cell

    return rewrite(new, follow)


def print_figures(grid: Grid, texts: Mapping[str, str]) -> Grid:
    """Print other text in the cells of the given indicators and their copies."""
    return refresh_copies(grid, print_as(grid, texts))


def reprint(paper: Paper, change: Callable[[GridCell], str], share: float = 1.0) -> None:
    """Print figures another way, each with a chance of ``share``; at least one must change."""
    before = paper.texts()

    def changed(cell: GridCell) -> GridCell:
        if cell.indicator is None or (share < 1 and paper.rng.random() >= share):
            return cell
        return replace(cell, text=change(cell))

    drafts = {
        name: [refresh_copies(grid, rewrite(grid, changed)) for grid in paper.grids(name)]
        for name in tables_of(paper)
    }
    after: dict[str, str] = {}
    for grids in drafts.values():
        for grid in grids:
            after.update(grid.readings())
    require(before != after, "no figure to print another way")
    for name, grids in drafts.items():
        queue = iter(grids)
        paper.change(name, lambda _, queue=queue: next(queue))  # type: ignore[misc]


def reword(paper: Paper, change: Callable[[str], str], *names: str) -> None:
    """Print labels another way in some tables, or in all; at least one must change."""
    chosen = [name for name in names or TABLES if name in tables_of(paper)]
    drafts = {name: [relabelled(grid, change) for grid in paper.grids(name)] for name in chosen}
    changed = any(
        new != old
        for name in chosen
        for new, old in zip(drafts[name], paper.grids(name), strict=True)
    )
    require(changed, "no label to print another way")
    for name, grids in drafts.items():
        queue = iter(grids)
        paper.change(name, lambda _, queue=queue: next(queue))  # type: ignore[misc]


def text(*lines: str) -> list[Item]:
    """Paragraphs."""
    return [Item(Role.TEXT, line) for line in lines]


def insert(paper: Paper, at: int, *lines: str) -> None:
    """Put paragraphs in front of an item."""
    paper.items[at:at] = text(*lines)


def section_at(paper: Paper, number: int) -> int:
    """Place of the item with which a section begins, however it is printed.

    Raises:
        NotApplicable: There is none.
    """
    places = [at for at, item in enumerate(paper.items) if item.section == number]
    require(bool(places), f"no section {number}")
    return places[0]


def section_end(paper: Paper, at: int) -> int:
    """Place behind the last item of the section that begins at a place."""
    for place in range(at + 1, len(paper.items)):
        item = paper.items[place]
        if item.section or item.role is Role.SIGN:
            return place
    return len(paper.items)


def first_section(paper: Paper) -> int:
    """Place of the first item that begins a section, or the end of the title and preamble."""
    return min((at for at, item in enumerate(paper.items) if item.section), default=0)


def own_headings(paper: Paper) -> list[Item]:
    """The items with which sections begin, still marked as headings."""
    found = [item for item in paper.items if item.section and item.role is Role.HEADING]
    require(bool(found), "no headings")
    return found


def without_number(heading: str) -> str:
    """A heading without its leading ordinal."""
    head, mark, tail = heading.partition("、")
    return tail.strip() if mark and len(head) <= 2 else heading


def printed(paper: Paper) -> str:
    """All running text, without blanks."""
    return "".join("".join(item.text.split()) for item in paper.items)


def settle_issuers(paper: Paper) -> None:
    """Accept the shorter names in print where the full name is not printed any more."""
    page = printed(paper)
    full, name = paper.body.full, paper.body.name
    if full in page:
        return
    office = ("人民政府", "办事处", "管理委员会")
    stems = {name, *(full.removesuffix(end) for end in office)}
    shorter = sorted({*stems, *(stem + end for stem in stems for end in office)})
    paper.issuers += [each for each in shorter if each in page and each not in paper.issuers]


def some(rng: random.Random, count: int, least: int, most: int) -> list[int]:
    """Some of ``count`` places, in order."""
    return sorted(rng.sample(range(count), min(count, rng.randint(least, most))))


def only_grid(paper: Paper, name: str) -> Grid:
    """The table of a name, where it stands in one piece.

    Raises:
        NotApplicable: There is none, or it is in pieces.
    """
    grids = list(paper.grids(name))
    require(len(grids) == 1, f"{name} not in one piece")
    return grids[0]
