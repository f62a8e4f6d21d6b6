"""Several reports in one file: each gets what is its own."""

from __future__ import annotations

from extractor.options import Options
from extractor.pipeline import extract_reports
from tests import paper

NUMBERS = "一二三四五六"
TITLES = [rule.title for rule in paper.RULEBOOK.form("2021").sections]
HEAD = "丙县甲镇2021年政府信息公开工作年度报告"


def pages(name: str, year: int, per_page: int = 2) -> list[str]:
    """A report in text, under a running head that names the first report of the file."""
    parts = [
        f"{number}、{title}\n{'正文' * 30}。" for number, title in zip(NUMBERS, TITLES, strict=True)
    ]
    parts[0] = f"{name}{year}年政府信息公开工作年度报告\n{parts[0]}"
    groups = [parts[start : start + per_page] for start in range(0, 6, per_page)]
    return ["\n".join([HEAD, "", *group]) for group in groups]


def test_a_running_head_cuts_no_report_in_two() -> None:
    data = "\f".join([*pages("丙县甲镇", 2021), *pages("丙县乙镇", 2023)]).encode()
    reports = extract_reports(data, "a.txt", paper.RULEBOOK, Options())
    assert [[section.id for section in report.sections] for report in reports] == [
        [1, 2, 3, 4, 5, 6],
        [1, 2, 3, 4, 5, 6],
    ]
    assert [report.identity.year for report in reports] == [2021, 2023]


def test_a_wrapped_title_begins_a_report() -> None:
    second = pages("丙县乙镇", 2023)
    second[0] = second[0].replace("年政府信息公开", "年政府信\n息公开")
    data = "\f".join([*pages("丙县甲镇", 2021), *second]).replace(f"{HEAD}\n\n", "").encode()
    reports = extract_reports(data, "a.txt", paper.RULEBOOK, Options())
    assert [report.identity.year for report in reports] == [2021, 2023]


def test_a_date_above_a_title_is_not_its_year() -> None:
    second = pages("丙县乙镇", 2023)
    second[0] = "2022年1月16日\n" + second[0].replace("2023年政府", "政府")
    data = "\f".join([*pages("丙县甲镇", 2021), *second]).replace(f"{HEAD}\n\n", "").encode()
    reports = extract_reports(data, "a.txt", paper.RULEBOOK, Options())
    assert 2022 not in [report.identity.year for report in reports]
