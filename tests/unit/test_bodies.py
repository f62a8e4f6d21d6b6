"""Which reports are of one body: wordings of names, counties, folders and division codes."""

from __future__ import annotations

import pytest

from extractor.digest import Digest
from extractor.report import Outcome
from tests.panel import COLUMNS, across, ended, ends, make_digest, told

TOTAL = "carried_in_from_last_year_total"


@pytest.mark.parametrize(
    ("level", "first", "second"),
    [
        ("town", "望澜镇", "澄漪县望澜镇人民政府"),
        ("town", "固州市澄漪县望澜镇人民政府", "望澜镇政府"),
        ("street", "澄漪区人民政府澹浦街道办事处", "澹浦街道"),
        ("street", "澄漪区澹浦街道办", "澄漪区澹浦街道办事处"),
        ("county", "澄漪县人民政府", "澄漪县"),
        ("zone", "蓼岸经济开发区管委会", "蓼岸经济开发区管理委员会"),
        ("department", "澄漪县人民政府办公室", "澄漪县政府办公室"),
        ("department", "澄漪县卫生健康委员会", "澄漪县卫生健康委"),
    ],
)
def test_two_wordings_of_a_name_are_one_body(level: str, first: str, second: str) -> None:
    last = make_digest(first, 2022, {"applications.carried_out.total": 2}, level=level)
    this = make_digest(second, 2023, {"applications.carried_in.total": 1}, level=level)
    assert told(across([last, this]), "C006") == {
        (this.key.source, "C006", "applications.carried_in.total")
    }


@pytest.mark.parametrize(
    ("level", "first", "second"),
    [
        ("town", "澄漪县望澜镇人民政府", "霁浦县望澜镇人民政府"),
        ("department", "澄漪县人民政府办公室", "澄漪县人民政府"),
        ("department", "澄漪县教育局", "固州市教育局"),
        ("town", "望澜镇", "望澜乡"),
        ("department", "澄漪县城市管理局", "管理局"),
    ],
)
def test_two_names_are_two_bodies(level: str, first: str, second: str) -> None:
    last = make_digest(first, 2022, {"applications.carried_out.total": 2}, level=level)
    this = make_digest(second, 2023, {"applications.carried_in.total": 1}, level=level)
    outcome = across([last, this])
    assert told(outcome, "C006") == set()
    assert ends(outcome, TOTAL, this.key.source) == {Outcome.NOT_APPLICABLE}


def test_a_name_that_two_counties_have_is_not_matched() -> None:
    one = make_digest("澄漪县城关镇人民政府", 2022, {"applications.carried_out.total": 2})
    two = make_digest("霁浦县城关镇人民政府", 2022, {"applications.carried_out.total": 1})
    bare = make_digest("城关镇", 2023, {"applications.carried_in.total": 1})
    outcome = across([one, two, bare])
    assert told(outcome, "C006") == set()
    (ending,) = ended(outcome, TOTAL, bare.key.source)
    assert ending.outcome is Outcome.COULD_NOT_JUDGE
    assert "城关镇" in ending.reason


@pytest.mark.parametrize("how", ["county", "folder"])
def test_county_or_folder_tell_bodies_of_one_name_apart(how: str) -> None:
    def named(county: str, year: int, **numbers: int) -> Digest:
        figures = {f"applications.{name}.total": n for name, n in numbers.items()}
        folder = county if how == "folder" else "表"
        known = county if how == "county" else ""
        source = f"{folder}/{year}/{county}.txt" if how == "county" else f"{county}/{year}/镇.txt"
        return make_digest("城关镇", year, figures, county=known, source=source)

    batch = [
        named("澄漪县", 2022, carried_out=2),
        named("霁浦县", 2022, carried_out=1),
        named("澄漪县", 2023, carried_in=2),
        named("霁浦县", 2023, carried_in=5),
    ]
    assert told(across(batch), "C006") == {
        (batch[3].key.source, "C006", "applications.carried_in.total")
    }


def test_reports_of_one_bare_name_and_year_that_differ_are_not_judged() -> None:
    figures = {f"applications.granted.{column}": 3 for column in COLUMNS}
    one = make_digest("城关镇", 2022, figures, source="a.txt")
    others = dict.fromkeys(figures, 8) | {"applications.carried_out.total": 7}
    two = make_digest("城关镇", 2022, others, source="b.txt")
    this = make_digest("城关镇", 2023, {"applications.carried_in.total": 1})
    outcome = across([one, two, this])
    assert told(outcome, "C006", "D008") == set()
    assert ends(outcome, TOTAL, this.key.source) == {Outcome.COULD_NOT_JUDGE}


def test_a_renamed_body_is_known_by_its_code() -> None:
    code = "640402104000"
    last = make_digest("旧名乡", 2022, {"applications.carried_out.total": 2}, region_code=code)
    this = make_digest("新名镇", 2023, {"applications.carried_in.total": 1}, region_code=code[:9])
    assert len(told(across([last, this]), "C006")) == 1
    county = [
        make_digest(name, year, numbers, region_code="640402")
        for name, year, numbers in (
            ("甲镇", 2022, {"applications.carried_out.total": 2}),
            ("乙镇", 2023, {"applications.carried_in.total": 1}),
        )
    ]
    assert told(across(county), "C006") == set()


def test_codes_tell_bodies_of_one_name_apart() -> None:
    last = make_digest(
        "城关镇", 2022, {"applications.carried_out.total": 2}, region_code="640402104"
    )
    this = make_digest(
        "城关镇", 2023, {"applications.carried_in.total": 1}, region_code="340281107"
    )
    outcome = across([last, this])
    assert told(outcome, "C006") == set()
    assert ends(outcome, TOTAL, this.key.source) == {Outcome.NOT_APPLICABLE}
