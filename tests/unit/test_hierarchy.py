"""A government's figures against those of the bodies below it."""

from __future__ import annotations

import pytest

from extractor.digest import Digest
from extractor.report import Outcome
from tests.panel import across, ended, ends, findings, make_digest

WHOLE = "2023年，全县各级行政机关共收到政府信息公开申请36件。"
CELL = "applications.new_received.total"
NAMES = ("澄漪县望澜镇人民政府", "澄漪县栖霜乡人民政府", "澄漪县教育局")
LEVELS = {"镇人民政府": "town", "乡人民政府": "town", "局": "department", "处": "street"}


def county(figure: int, text: str = WHOLE, code: str = "") -> Digest:
    return make_digest(
        "澄漪县人民政府",
        2023,
        {CELL: figure},
        level="county",
        text=text,
        source="县.txt",
        region_code=code,
    )


def below(name: str, figure: int | None = 12, year: int = 2023, code: str = "") -> Digest:
    level = next(level for ending, level in LEVELS.items() if name.endswith(ending))
    numbers = {} if figure is None else {CELL: figure}
    return make_digest(name, year, numbers, level=level, region_code=code)


def test_a_whole_that_is_less_than_its_parts() -> None:
    (finding,) = findings(across([county(35), *map(below, NAMES)]), "C008")
    assert (finding.found, finding.expected, finding.indicator) == ("35", "36", CELL)
    assert finding.severity == "warning"
    assert "2023/澄漪县教育局.txt 12" in finding.detail


def test_a_whole_that_is_no_less_holds() -> None:
    outcome = across([county(36), *map(below, NAMES)])
    assert findings(outcome, "C008") == []
    assert Outcome.HOLDS in ends(outcome, "whole_area", "县.txt")


@pytest.mark.parametrize(
    "text",
    [
        "2023年，本机关共收到政府信息公开申请5件。",
        "全县政务公开工作会议召开后，本机关制定了方案。",
        WHOLE + "本报告数据仅包括县政府办公室。",
        "",
    ],
)
def test_without_a_declared_scope_nothing_is_compared(text: str) -> None:
    outcome = across([county(5, text), *map(below, NAMES)])
    assert findings(outcome, "C008") == []
    assert ends(outcome, "whole_area", "县.txt") == {Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize(
    "text",
    [
        "全市共受理政府信息公开申请3607件。",
        "本报告统计数据包括各乡镇、街道和县政府各部门。",
        "本报告汇总了各乡镇、各部门的年度报告。",
    ],
)
def test_wordings_of_a_whole_area(text: str) -> None:
    assert len(findings(across([county(35, text), *map(below, NAMES)]), "C008")) == 1


@pytest.mark.parametrize(
    "others",
    [
        ("望澜镇人民政府", "栖霜乡人民政府", "教育局"),
        ("霁浦县望澜镇人民政府", "霁浦县栖霜乡人民政府", "霁浦县教育局"),
        ("澄漪县税务局", "澄漪县气象局", "澄漪县烟草专卖局"),
        NAMES[:2],
    ],
    ids=["no county", "another county", "not of the county", "too few"],
)
def test_bodies_not_known_to_be_below_do_not_count(others: tuple[str, ...]) -> None:
    outcome = across([county(5), *map(below, others)])
    assert findings(outcome, "C008") == []
    (one,) = ended(outcome, "whole_area", "县.txt")
    assert one.outcome is Outcome.NOT_APPLICABLE
    assert "known to be below it" in one.reason


def test_codes_say_what_is_below() -> None:
    names = ("望澜镇人民政府", "栖霜乡人民政府", "苕埠镇人民政府")
    codes = ("640402104", "640402201000", "640402105")
    children = [below(name, 12, code=code) for name, code in zip(names, codes, strict=True)]
    outcome = across([county(35, code="640402"), *children])
    assert len(findings(outcome, "C008")) == 1
    other = across([county(35, code="640403"), *children])
    assert findings(other, "C008") == []


def test_a_body_two_steps_below_is_not_counted_twice() -> None:
    city = make_digest(
        "固州市人民政府",
        2023,
        {CELL: 40},
        level="city",
        text="全市共收到申请40件。",
        source="市.txt",
    )
    parts = [
        make_digest("固州市澄漪县人民政府", 2023, {CELL: 36}, level="county"),
        make_digest("固州市教育局", 2023, {CELL: 2}, level="department"),
        make_digest("固州市水务局", 2023, {CELL: 2}, level="department"),
        *(below(f"固州市{name}") for name in NAMES),
    ]
    assert findings(across([city, *parts]), "C008") == []


def test_a_missing_figure_is_not_zero() -> None:
    outcome = across([county(35), *map(below, NAMES), below("澄漪县水务局", None)])
    assert [one.expected for one in findings(outcome, "C008")] == ["36"]
    few = across([county(5), below(NAMES[0]), below(NAMES[1]), below(NAMES[2], None)])
    assert findings(few, "C008") == []
    assert ends(few, "whole_area", "县.txt") == {Outcome.COULD_NOT_JUDGE}


def test_another_year_does_not_count() -> None:
    outcome = across([county(5), *(below(name, year=2022) for name in NAMES)])
    assert findings(outcome, "C008") == []
