"""Ruling lines to grids, without any PDF."""

from __future__ import annotations

import pytest

from extractor.readers.rulings import (
    Grid,
    Segment,
    cluster,
    find_grids,
    grids_of_areas,
    merge_segments,
)

XS = (100.0, 200.0, 260.0, 320.0)
YS = (50.0, 70.0, 90.0, 110.0)


def lattice(
    xs: tuple[float, ...] = XS, ys: tuple[float, ...] = YS
) -> tuple[list[Segment], list[Segment]]:
    """Full rules: horizontal ones at ``ys``, vertical ones at ``xs``."""
    return [(y, xs[0], xs[-1]) for y in ys], [(x, ys[0], ys[-1]) for x in xs]


def spans_of(grid: Grid) -> set[tuple[int, int, int, int]]:
    return {(s.row, s.col, s.row_span, s.col_span) for s in grid.spans}


def only(grids: list[Grid]) -> Grid:
    assert len(grids) == 1
    return grids[0]


def test_full_lattice_gives_one_cell_per_position() -> None:
    grid = only(find_grids(*lattice()))
    assert (grid.n_rows, grid.n_cols) == (3, 3)
    assert spans_of(grid) == {(r, c, 1, 1) for r in range(3) for c in range(3)}
    assert all(grid.ruled_top)
    assert all(grid.ruled_bottom)


def test_missing_pieces_of_rules_make_spans() -> None:
    horizontal = [(50.0, 100.0, 320.0), (70.0, 200.0, 320.0), (90.0, 100.0, 320.0)]
    vertical = [(100.0, 50.0, 90.0), (200.0, 50.0, 90.0), (260.0, 70.0, 90.0), (320.0, 50.0, 90.0)]
    grid = only(find_grids(horizontal, vertical))
    assert spans_of(grid) == {(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)}


@pytest.mark.parametrize(
    ("piece", "gap"),
    [
        pytest.param(1.0, 1.0, id="dots"),
        pytest.param(3.0, 3.0, id="dashes"),
        pytest.param(58.0, 2.0, id="cell borders"),
    ],
)
def test_rules_in_pieces_are_whole(piece: float, gap: float) -> None:
    def pieces(rule: Segment) -> list[Segment]:
        at, start, end = rule
        parts = []
        while start < end:
            parts.append((at, start, min(end, start + piece)))
            start += piece + gap
        return [*parts, (at, end - 1, end)]

    horizontal, vertical = lattice()
    grid = only(
        find_grids(
            [p for rule in horizontal for p in pieces(rule)],
            [p for rule in vertical for p in pieces(rule)],
        )
    )
    assert len(grid.spans) == 9


def test_double_rules_make_no_extra_rows() -> None:
    horizontal, vertical = lattice()
    doubled_h = [(at + d, a, b) for at, a, b in horizontal for d in (-1.5, 1.5)]
    doubled_v = [(at + d, a, b) for at, a, b in vertical for d in (-1.5, 1.5)]
    grid = only(find_grids(doubled_h, doubled_v))
    assert (grid.n_rows, grid.n_cols) == (3, 3)
    assert len(grid.spans) == 9


def test_row_cut_by_the_page_end_is_a_row_without_bottom_rule() -> None:
    horizontal, vertical = lattice()
    grid = only(find_grids(horizontal[:-1], vertical))
    assert grid.n_rows == 3
    assert all(grid.ruled_top)
    assert not any(grid.ruled_bottom)


def test_table_without_outer_side_rules_keeps_its_outer_columns() -> None:
    horizontal, vertical = lattice()
    grid = only(find_grids(horizontal, vertical[1:-1]))
    assert grid.n_cols == 3
    assert grid.xs[0] == pytest.approx(100.0)
    assert grid.xs[-1] == pytest.approx(320.0)


def test_merged_cell_at_the_top_of_a_page_shows_where_no_rule_closes_it() -> None:
    horizontal = [(50.0, 200.0, 320.0), (70.0, 100.0, 320.0), (90.0, 100.0, 320.0)]
    vertical = [(x, 50.0, 90.0) for x in XS]
    grid = only(find_grids(horizontal, vertical))
    assert grid.ruled_top == (False, True, True)


def test_separate_tables_are_separate_grids_in_reading_order() -> None:
    first_h, first_v = lattice()
    second_h = [(at + 300, a, b) for at, a, b in first_h]
    second_v = [(at, a + 300, b + 300) for at, a, b in first_v]
    grids = find_grids(second_h + first_h, second_v + first_v)
    assert [grid.ys[0] for grid in grids] == [50.0, 350.0]


def test_underline_and_frameless_rules_are_no_grid() -> None:
    assert find_grids([(100.0, 50.0, 200.0), (140.0, 50.0, 200.0)], []) == []
    assert find_grids([(100.0, 50.0, 200.0)], [(400.0, 300.0, 500.0)]) == []


def test_absurd_number_of_rules_is_no_grid() -> None:
    horizontal = [(float(5 * i), 0.0, 9000.0) for i in range(2000)]
    vertical = [(float(5 * i), 0.0, 9000.0) for i in range(2000)]
    assert find_grids(horizontal, vertical) == []


def test_shaded_cells_with_gaps_make_a_grid() -> None:
    areas = [(x, y, x + 98.0, y + 18.0) for x in (100.0, 200.0, 300.0) for y in (50.0, 70.0, 90.0)]
    grid = only(grids_of_areas(areas))
    assert (grid.n_rows, grid.n_cols) == (3, 3)
    assert len(grid.spans) == 9


def test_shading_of_every_other_row_is_no_grid() -> None:
    areas = [(x, y, x + 100.0, y + 18.0) for x in (100.0, 200.0) for y in (50.0, 90.0, 130.0)]
    assert grids_of_areas(areas) == []


def test_merge_keeps_real_gaps() -> None:
    merged = merge_segments([(10.0, 0.0, 50.0), (10.5, 49.0, 80.0), (10.0, 100.0, 120.0)])
    assert [(start, end) for _, start, end in merged] == [(0.0, 80.0), (100.0, 120.0)]


def test_cluster_keeps_edges_apart_that_hold_text_between_them() -> None:
    assert cluster([1.0, 2.0, 30.0, 31.0, 40.0], 4.0) == [1.5, 30.5, 40.0]
