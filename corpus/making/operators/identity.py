"""Other ways to print who reports on which year."""

from __future__ import annotations

from making.operators.base import Operator, Subject, operators_of
from making.operators.tools import CHINESE_DIGITS, first_section, insert, printed, settle_issuers
from making.paper import Item, Paper, Role
from making.reshape import require

_REPORT = "政府信息公开工作年度报告"


def _retitle(paper: Paper, *lines: str) -> None:
    """Print other lines as the title, in the place of the old one or in front."""
    at = next((i for i, item in enumerate(paper.items) if item.role is Role.TITLE), 0)
    kept = [item for item in paper.items if item.role is not Role.TITLE]
    paper.items = [*kept[:at], *(Item(Role.TITLE, line) for line in lines), *kept[at:]]
    settle_issuers(paper)


def _resign(paper: Paper, *lines: str) -> None:
    """Print other lines as the signature."""
    at = next((i for i, item in enumerate(paper.items) if item.role is Role.SIGN), -1)
    require(at >= 0, "no signature")
    kept = [item for item in paper.items if item.role is not Role.SIGN]
    paper.items = [*kept[:at], *(Item(Role.SIGN, line) for line in lines), *kept[at:]]
    settle_issuers(paper)


def _chinese_year(year: int) -> str:
    return "".join(CHINESE_DIGITS[int(digit)] for digit in str(year))


def _date(paper: Paper) -> str:
    return f"{paper.year + 1}年1月{paper.rng.randint(4, 29)}日"


def _names_issuer(paper: Paper) -> bool:
    """Whether the text apart from the title gives the full name."""
    lines = (item.text for item in paper.items if item.role is not Role.TITLE)
    return paper.body.full in "".join(lines)


def year_first(paper: Paper) -> None:
    """The year in front of the issuer."""
    name = paper.rng.choice((paper.body.name, paper.body.full))
    _retitle(paper, f"{paper.year}年{paper.rng.choice(('', '度'))}{name}{_REPORT}")


def full_name(paper: Paper) -> None:
    """The full name of the issuer in the title."""
    _retitle(paper, f"{paper.body.full}{paper.year}年{_REPORT}")


def twice_annual(paper: Paper) -> None:
    """年度 twice."""
    _retitle(paper, f"{paper.body.name}{paper.year}年度{_REPORT}")


def shorter_title(paper: Paper) -> None:
    """Shorter or other names of the report."""
    words = (
        "年度政府信息公开年报",
        "年信息公开年度报告",
        "年政府信息公开年度报告",
        "年政务信息公开工作年度报告",
        "年度政府信息公开工作报告",
        "年政务公开工作年度报告",
        "年信息年度公开报告",
        "年政府信息公开工作告年度报",
    )
    _retitle(paper, f"{paper.body.name}{paper.year}{paper.rng.choice(words)}")


def issuer_on_own_line(paper: Paper) -> None:
    """Issuer and title on two lines, in either order."""
    line = f"{paper.year}年{paper.rng.choice(('', '度'))}{_REPORT}"
    lines = [paper.body.full, line]
    _retitle(paper, *(lines if paper.rng.random() < 0.7 else reversed(lines)))


def about_title(paper: Paper) -> None:
    """关于…年度政府信息公开工作的年度报告 below the issuer."""
    _retitle(paper, paper.body.full, f"关于{paper.year}年度政府信息公开工作的年度报告")


def broken_title(paper: Paper) -> None:
    """The title broken over two to four lines."""
    name, year = paper.body.name, paper.year
    forms = (
        (f"{name}{year}年政府信息", "公开工作年度报告"),
        (name, f"{year}年政府信息公开工作", "年度报告"),
        (f"{name}{year}年政府信息公开", "工作年度报告"),
        (f"{year}年度", f"{name}政府信息公开工作年度报告"),
        (paper.body.full, f"{year}年", "政府信息公开工作", "年度报告"),
        (paper.body.full, "政府信息公开工作年度报告", f"（{year}年度）"),
        (f"{name}{year}年政府信息公开工作年度报", "告"),
    )
    _retitle(paper, *paper.rng.choice(forms))


def two_titles(paper: Paper) -> None:
    """The title of the page and the title of the text, in different words."""
    name, year = paper.body.name, paper.year
    other = f"{paper.body.full}{year}年度政府信息公开工作报告"
    lines = [f"{name}{year}年{_REPORT}", paper.rng.choice((other, f"{name}{year}年{_REPORT}"))]
    if paper.rng.random() < 0.4:
        lines.insert(1, f"发布时间：{paper.year + 1}-01-{paper.rng.randint(10, 29)}")
    _retitle(paper, *lines)


def chinese_year(paper: Paper) -> None:
    """The year in Chinese digits."""
    year = _chinese_year(paper.year)
    if paper.rng.random() < 0.5:
        year = year.replace("〇", "○")
    _retitle(paper, f"{paper.body.name}{year}年{_REPORT}")


def in_title_marks(paper: Paper) -> None:
    """The title in 《》."""
    _retitle(paper, f"《{paper.body.name}{paper.year}年{_REPORT}》")


def title_with_suffix(paper: Paper) -> None:
    """Something in brackets at the title."""
    name, year = paper.body.name, paper.year
    forms = (
        f"{name}{year}年{_REPORT}（文字版）",
        f"{name}（机关）{year}年{_REPORT}",
        f"{name}{year}年{_REPORT}（{year + 1}年1月）",
        f"{name}{year}年度{_REPORT}（含附表）",
        f"【年报】{name}{year}年{_REPORT}",
        f"关于{name}{year}年{_REPORT}",
    )
    _retitle(paper, paper.rng.choice(forms))


def spaced_title(paper: Paper) -> None:
    """Blanks in the title."""
    form = paper.rng.choice(("{} {} 年{}", "{}  {}  年  {}", "{}{}年\u3000{}"))
    _retitle(paper, form.format(paper.body.name, paper.year, _REPORT))


def title_with_county(paper: Paper) -> None:
    """County and short name in the title."""
    require(not paper.body.name.startswith(paper.county), "the county is in the name")
    _retitle(paper, f"{paper.county}{paper.body.name}{paper.year}年{_REPORT}")


def no_title(paper: Paper) -> None:
    """No title; issuer and year stand in the preamble only."""
    require(_names_issuer(paper), "the issuer stands in the title only")
    lines = "".join(i.text for i in paper.items[: first_section(paper)] if i.role is Role.TEXT)
    require(f"{paper.year}年" in lines and paper.body.full in lines, "nothing in the preamble")
    _retitle(paper)


def title_in_preamble(paper: Paper) -> None:
    """The title only inside 《》 in the preamble."""
    no_title(paper)
    line = f"现公布《{paper.body.full}{paper.year}年{_REPORT}》，请予监督。"
    insert(paper, max(first_section(paper) - 1, 0), line)


def title_glued_to_preamble(paper: Paper) -> None:
    """The preamble in the line of the title."""
    titles = [at for at, item in enumerate(paper.items) if item.role is Role.TITLE]
    require(len(titles) == 1 and titles[0] + 1 < len(paper.items), "no single title")
    following = paper.items[titles[0] + 1]
    require(following.role is Role.TEXT and not following.section, "no preamble")
    following.text = f"{paper.items[titles[0]].text} {following.text}"
    del paper.items[titles[0]]


def signed_on_one_line(paper: Paper) -> None:
    """Name and date in one line."""
    gap = paper.rng.choice(("    ", "\u3000\u3000", " "))
    _resign(paper, f"{paper.body.full}{gap}{_date(paper)}")


def dated_only(paper: Paper) -> None:
    """A date without a name."""
    _resign(paper, _date(paper))


def dated_in_chinese(paper: Paper) -> None:
    """The date in Chinese numerals."""
    day = paper.rng.choice(("四", "九", "十二", "二十三", "三十"))
    _resign(paper, paper.body.full, f"{_chinese_year(paper.year + 1)}年一月{day}日")


def unsigned(paper: Paper) -> None:
    """No signature."""
    require(paper.body.name in printed(paper), "nobody named")
    _resign(paper)


def contact_below(paper: Paper) -> None:
    """A contact in place of the signature."""
    _resign(paper, f"（联系人：{paper.body.office}，联系电话：0000-0000000）")


def compiled_by_office(paper: Paper) -> None:
    """Another office named as compiler or source."""
    line = paper.rng.choice(("来源：{}", "编制单位：{}", "本报告由{}编制。", "发布机构：{}"))
    office = paper.body.office
    if paper.rng.random() < 0.5:
        insert(paper, 0, line.format(office))
    else:
        paper.items.append(Item(Role.SIGN, line.format(office)))


def other_reports_above(paper: Paper) -> None:
    """Links to other bodies' reports in front of the title."""
    county, year = paper.county, paper.year
    others = [("教育局", year), ("民政局", year - 1), ("审计局", year)]
    others = [(n, y) for n, y in others if n not in paper.body.full]
    lines = [f"{county}{name}{each}年{_REPORT}" for name, each in others]
    insert(paper, 0, *lines[: paper.rng.randint(1, 3)])


def signed_by_short_name(paper: Paper) -> None:
    """The short name in the signature."""
    _resign(paper, paper.body.name, _date(paper))


OPERATORS: tuple[Operator, ...] = operators_of(
    Subject.IDENTITY,
    {
        year_first: 4,
        full_name: 3,
        twice_annual: 5,
        shorter_title: 5,
        issuer_on_own_line: 5,
        about_title: 2,
        broken_title: 5,
        two_titles: 4,
        chinese_year: 1,
        in_title_marks: 1,
        title_with_suffix: 3,
        spaced_title: 2,
        title_with_county: 3,
        no_title: 3,
        title_in_preamble: 2,
        title_glued_to_preamble: 1,
        signed_on_one_line: 2,
        dated_only: 2,
        dated_in_chinese: 2,
        unsigned: 2,
        contact_below: 1,
        compiled_by_office: 2,
        other_reports_above: 1,
        signed_by_short_name: 2,
    },
)
