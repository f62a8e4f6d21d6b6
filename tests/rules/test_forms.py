"""The shipped rules against the reference lists and against what the law prints."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import regex

from extractor.rulebook import check_rules, load_rulebook
from extractor.rulebook.model import BlockRule, CellRule, Quantity, SectionRule, TableRule

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
NUMERALS = "一二三四五六"


def reference(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the reference list {name} is not beside the project")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cells_of(form_id: str) -> dict[str, tuple[TableRule, BlockRule, CellRule]]:
    return {
        cell.indicator: (table, block, cell)
        for table in load_rulebook().form(form_id).tables
        for block in table.blocks
        for cell in block.cells
    }


def printed(table: TableRule, block: BlockRule, cell: CellRule) -> tuple[str, str, str]:
    """Group, row and column label as the reference list writes them."""
    row, column = block.rows[cell.row].label, block.columns[cell.column].label
    if table.id == "disclosure":
        assert block.caption is not None
        return block.caption.text, row.text, column.text
    if table.id == "disputes":
        return "", "/".join(column.parents), column.text
    heads = [parent for parent in column.parents if parent != "申请人情况"]
    return "/".join(row.parents), row.text, "/".join([*heads, column.text])


@pytest.mark.shared
@pytest.mark.parametrize(("form_id", "count"), [("2021", 200), ("2019", 198)])
def test_every_indicator_has_the_statutory_labels_and_unit(form_id: str, count: int) -> None:
    expected = {
        line["indicator"]: line for line in reference("indicators.csv") if line["format"] == form_id
    }
    cells = cells_of(form_id)
    assert len(expected) == count
    assert list(cells) == list(expected)
    for indicator, line in expected.items():
        table, block, cell = cells[indicator]
        labels = (line["group_label"], line["row_label"], line["column_label"])
        assert printed(table, block, cell) == labels, indicator
        assert (table.id, cell.row_id, cell.column_id) == (
            line["table"], line["row"], line["column"],
        )  # fmt: skip
        if indicator != "disclosure.procurement.amount":
            assert cell.unit == line["unit"], indicator


def test_procurement_amount_has_no_unit_since_the_form_prints_none() -> None:
    _, _, cell = cells_of("2019")["disclosure.procurement.amount"]
    assert (cell.unit, cell.quantity) == ("", Quantity.AMOUNT)


@pytest.mark.shared
def test_findings_are_those_of_the_vocabulary() -> None:
    expected = [
        (line["code"], line["name"], line["severity"], line["scope"], line["zh"], line["en"])
        for line in reference("flags.csv")
    ]
    found = [
        (flag.code, flag.name, flag.severity, flag.scope, flag.title_zh, flag.title_en)
        for flag in load_rulebook().flags
    ]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("year", "form_id"),
    [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")],
)
def test_form_in_force(year: int, form_id: str | None) -> None:
    form = load_rulebook().form_for_year(year)
    assert (form.id if form else None) == form_id


def test_six_sections_and_the_tables_that_belong_there() -> None:
    for form in load_rulebook().forms:
        assert [section.id for section in form.sections] == [1, 2, 3, 4, 5, 6]
        assert {section.table: section.id for section in form.sections if section.table} == {
            table.id: table.section for table in form.tables
        }


def test_change_columns_may_be_negative_and_nothing_else() -> None:
    changes = {
        indicator
        for form_id in ("2019", "2021")
        for indicator, (_, _, cell) in cells_of(form_id).items()
        if cell.quantity is Quantity.CHANGE
    }
    assert changes == {
        f"disclosure.{row}.items_change"
        for row in ("licensing", "other_services", "penalties", "coercion", "fees")
    }


@pytest.mark.parametrize("form_id", ["2019", "2021"])
def test_outcomes_formula_names_every_outcome_of_the_form(form_id: str) -> None:
    rulebook = load_rulebook()
    table = rulebook.form(form_id).table("applications")
    assert table is not None
    outcomes = {
        row.id for row in table.blocks[0].rows if row.label.parents[:1] == ("三、本年度办理结果",)
    }
    (check,) = (
        check for check in rulebook.checks if check.code == "C003" and form_id in check.forms
    )
    assert set(check.formula.names) == outcomes


def test_every_check_names_a_basis_and_a_known_finding() -> None:
    rulebook = load_rulebook()
    codes = {flag.code for flag in rulebook.flags}
    assert rulebook.checks
    for check in rulebook.checks:
        assert check.code in codes
        assert check.basis


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_message_can_be_filled_with_and_without_fields(lang: str) -> None:
    fields = ("section", "table", "row", "column", "expected", "found", "where", "detail")
    for flag in load_rulebook().flags:
        template = flag.message_zh if lang == "zh" else flag.message_en
        assert len(template.format_map(dict.fromkeys(fields, ""))) > 15
        filled = template.format_map({name: f"<{name}>" for name in fields})
        assert "{" not in filled


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("江淮省人民政府", "province"),
        ("内蒙古自治区人民政府", "province"),
        ("重庆市人民政府", "province"),
        ("澄湖市人民政府", "city"),
        ("某某盟行政公署", "city"),
        ("澄湖县人民政府", "county"),
        ("澄湖市蓼岸区人民政府", "county"),
        ("某某旗人民政府", "county"),
        ("蓼岸特区人民政府", "county"),
        ("澄湖县望澜镇", "town"),
        ("望澜镇人民政府", "town"),
        ("栖霜回族乡", "town"),
        ("某某苏木", "town"),
        ("蓼岸区人民政府霞泊街道办事处", "street"),
        ("霞泊街道", "street"),
        ("蓼岸经济技术开发区管理委员会", "zone"),
        ("澄湖县发展和改革委员会", "department"),
        ("国家税务总局澄湖县税务局", "department"),
        ("澄湖市生态环境局蓼岸分局", "department"),
        ("澄湖县人民政府办公室", "department"),
        ("江淮省教育厅", "department"),
        ("财政部", "ministry"),
        ("国家统计局", "ministry"),
        ("政府网站", ""),
        ("信息公开平台", ""),
        ("办事大厅", ""),
    ],
)
def test_level_by_the_longest_suffix(issuer: str, level: str) -> None:
    suffixes = load_rulebook().identity.level_suffixes
    assert next((found for suffix, found in suffixes if issuer.endswith(suffix)), "") == level


def year_in(patterns: tuple[str, ...], text: str) -> str | None:
    for pattern in patterns:
        found = regex.search(pattern, text)
        if found is not None:
            return str(found["year"])
    return None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("统计期限自2024年1月1日起至2024年12月31日止", "2024"),
        ("所列统计期限自 2024 年 1 月 1 日至 2024 年 12 月 31 日", "2024"),
        ("本报告统计数据从2022年1月1日起至12月31日止", "2022"),
        ("统计时段为2020年1月1日到12月30日", "2020"),
        ("统计限为2022年1月1日起", "2022"),
        ("统计期限为202111日起至20211231日", "2021"),
        ("20231月1日至12月31日", "2023"),
        ("本年报中的数据自2021年1月1日起至2021年12月31日止", "2021"),
        ("数据统计截止2023年12月31日", "2023"),
        ("统计时限从2023.1.1至2023.12.31", "2023"),
        ("的通知(国办公开办函[2021]30号)要求,结合定期检查,2023年", None),
        ("电话0517-83605210,邮编223001", None),
    ],
)
def test_reporting_period(text: str, year: str | None) -> None:
    assert year_in(load_rulebook().identity.period_patterns, text) == year


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("望澜镇2023年政府信息公开工作年度报告", "2023"),
        ("2020年望澜镇政府信息公开工作年度报告", "2020"),
        ("望澜镇2022年度政府信息公开工作年度报告", "2022"),
        ("望澜镇政府信息公开工作2023年度报告", "2023"),
        ("望澜镇政府信息公开工作年度报告(2023年)", "2023"),
        ("望澜镇政府信息公开工作年度报告", None),
    ],
)
def test_year_in_a_title(title: str, year: str | None) -> None:
    assert year_in(load_rulebook().identity.title_year_patterns, title) == year


@pytest.mark.parametrize(
    ("title", "decoy"),
    [
        ("望澜镇2023年政府信息公开工作年度报告", False),
        ("望澜镇2023年度政府信息公开工作年度报告(文字版)", False),
        ("首页>政府信息公开>政府信息公开年报", False),
        ("政策解读", False),
        ("政府信息公开指南", False),
        ("本报告由澄湖县望澜镇人民政府依据条例和政府信息公开工作年度报告格式", False),
        ("中华人民共和国政府信息公开工作年度报告格式", True),
        ("文字解读:望澜镇2023年政府信息公开工作年度报告", True),
        ("望澜镇2023年政府信息公开工作年度报告解读", True),
        ("一图读懂|望澜镇2023年政府信息公开工作年度报告", True),
        ("澄湖县2024年上半年政府信息公开工作统计", True),
        ("关于做好2023年政府信息公开工作年度报告编制工作的通知", True),
        ("政府信息公开工作年度报告范文", True),
        ("澄湖县2023年法治政府建设年度报告", True),
        ("澄湖县人民政府网站2023年政府网站工作年度报表", True),
        ("澄湖县教育局2023年工作总结", True),
    ],
)
def test_titles_of_other_documents(title: str, decoy: bool) -> None:
    patterns = load_rulebook().identity.decoys
    assert any(regex.search(pattern, title) for pattern in patterns) is decoy


def section(number: int, form_id: str = "2021") -> SectionRule:
    return load_rulebook().form(form_id).sections[number - 1]


def missing(number: int, text: str, level: str = "town", form_id: str = "2021") -> set[str]:
    """The topics of a section that a text does not touch."""
    return {
        topic.id
        for topic in section(number, form_id).topics
        if (not topic.levels or level in topic.levels)
        and not any(regex.search(pattern, text) for pattern in topic.patterns)
        and not any(word in text for word in topic.words)
    }


SHORT_SECTION_ONE = (
    "2023年，我镇主动公开信息56条，未收到依申请公开事项。落实信息发布审核制度，"
    "通过县政府网站和公示栏公开，接受社会监督，未发生责任追究情况。"
)


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [
        (1, SHORT_SECTION_ONE, set()),
        (1, SHORT_SECTION_ONE.replace("未收到依申请公开事项。", ""), {"disclosure_on_request"}),
        (5, "一是人员兼职较多。下一步将加强培训。", set()),
        (5, "一是工作人员多为兼职。", {"improvements"}),
        (5, "下一步，拓宽渠道。", {"problems"}),
        (5, "无。", {"problems", "improvements"}),
        (6, "无。", set()),
        (6, "本年度无其他需要报告的事项。", set()),
        (6, "没有其他事项需要报告。", set()),
        (6, "本年度未收取信息处理费。", set()),
        (6, "全年办理人大代表建议3件、政协提案2件。", {"processing_fee"}),
    ],
)
def test_required_topics(number: int, text: str, expected: set[str]) -> None:
    assert missing(number, text) == expected


def test_work_assessment_is_asked_of_governments_only() -> None:
    text = "主动公开5条。没有收到申请。严格信息审核。网站公开。组织培训。"
    assert missing(1, text, "town") == {"work_assessment"}
    assert missing(1, text, "department") == set()
    assert missing(1, text, "street") == set()


def test_fees_are_not_asked_for_under_the_2019_form() -> None:
    assert missing(6, "办理建议3件。", form_id="2019") == set()


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("无。", True),
        ("/", True),
        ("无其他需要报告的事项。", True),
        ("2023年度，本单位无需要报告的其他事项。", True),
        ("没有其他事项需要报告。", True),
        ("未收取信息处理费。", False),
        ("无障碍改造已完成。", False),
        ("0", False),
    ],
)
def test_texts_that_say_nothing(text: str, nothing: bool) -> None:
    patterns = load_rulebook().text.no_content
    assert any(regex.fullmatch(pattern, text) for pattern in patterns) is nothing


def readme_rules() -> list[tuple[str, str]]:
    """The rule files that the README shows, with the names it gives them."""
    text = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 6
    return blocks


@pytest.mark.parametrize("name", dict.fromkeys(name for name, _ in readme_rules()))
def test_rules_shown_in_the_readme_are_sound(name: str, tmp_path: Path) -> None:
    shown = readme_rules()
    if name.startswith("forms/"):
        wanted = [(other, text) for other, text in shown if other.startswith("forms/")]
    else:
        wanted = [(other, text) for other, text in shown if other == name]
    for number, (other, text) in enumerate(wanted):
        folder = tmp_path / ("all" if name.startswith("forms/") else str(number))
        path = folder / other
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for folder in tmp_path.iterdir():
        assert [error.zh for error in check_rules(folder)] == []
        assert load_rulebook(folder).digest != load_rulebook().digest
