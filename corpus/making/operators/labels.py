"""Other ways to print the labels of the tables."""

from __future__ import annotations

import re

from making.operators.base import Operator, Subject, operators_of
from making.operators.tools import reword
from making.paper import Paper

_TRADITIONAL = str.maketrans(
    "属国务机关规执发废业总数结单请与续维审现无个该级实华后举报计区别项处强许费额听复议诉讼终决执负责办"
    "组织护权内过询开没补确访类认获缴纳纠经继会构体况据条罚万转稳于",
    "屬國務機關規執發廢業總數結單請與續維審現無個該級實華後舉報計區別項處強許費額聽復議訴訟終決執負責辦"
    "組織護權內過詢開沒補確訪類認獲繳納糾經繼會構體況據條罰萬轉穩於",
)
_HALF_WIDTH = str.maketrans("（）：，“”", '():,""')
_ALIASES = (
    ("行政规范性文件", ("规范性文件", "行政规范文件")),
    ("行政事业性收费", ("行政事业型收费", "行政事业性收费项目")),
    ("其他对外管理服务事项", ("其它对外管理服务事项", "其他对外管理和服务事项")),
    ("政府集中采购", ("政府集中采购项目",)),
    (
        "一、本年新收政府信息公开申请数量",
        ("一、本年新收政府信息公开申请数", "一、本年新收申请数量"),
    ),
    (
        "二、上年结转政府信息公开申请数量",
        ("二、上年结转政府信息公开数量", "二、上年结转申请数量", "二、上年结转政府信息公开申请数"),
    ),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ("（二）部分公开",)),
    ("2.其他法律行政法规禁止公开", ("2.其他法律、行政法规禁止公开", "2.法律行政法规禁止公开")),
    ("3.危及“三安全一稳定”", ("3.危及三安全一稳定", "3.危及‘三安全一稳定’")),
    ("4.保护第三方合法权益", ("4.保护第三方权益",)),
    ("1.信访举报投诉类申请", ("1.信访、举报、投诉类申请", "1.信访投诉举报类申请")),
    (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        ("1.逾期不补正", "1.申请人逾期不补正"),
    ),
    (
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        ("2.逾期不缴费", "2.申请人逾期未缴费"),
    ),
    ("四、结转下年度继续办理", ("四、结转下年度继续办理数量", "四、结转至下年度继续办理")),
    ("法人或其他组织", ("法人或其它组织", "法人和其他组织")),
    ("未经复议直接起诉", ("未经行政复议直接起诉",)),
    ("复议后起诉", ("行政复议后起诉",)),
)
_MONEY = "本年收费金额（单位：万元）"
_TOTALS = ("总计", "（七）总计")


def _swapped(label: str, old: str, new: str) -> str:
    return new if label == old else label


def half_width_marks(paper: Paper) -> None:
    """Brackets, colons and quotes of half width."""
    reword(paper, lambda label: label.translate(_HALF_WIDTH))


def numbered_otherwise(paper: Paper) -> None:
    """Another mark behind the number of a row: 1、 1． 1) （1）."""
    mark = paper.rng.choice(("{}、", "{}．", "{})", "{}）", "（{}）", "{}. ", "{} "))
    reword(paper, lambda s: re.sub(r"^(\d)\.", lambda m: mark.format(m[1]), s))


def full_width_numbers(paper: Paper) -> None:
    """Numbers of rows in digits of full width."""
    wide = "０１２３４５６７８"
    reword(paper, lambda s: re.sub(r"^(\d)\.", lambda m: f"{wide[int(m[1])]}．", s), "applications")


def groups_otherwise(paper: Paper) -> None:
    """Group numbers with an idle mark: （三）、不予公开."""
    reword(paper, lambda s: re.sub(r"^（([一-七])）", r"（\1）、", s), "applications")


def without_ordinals(paper: Paper) -> None:
    """Rows without numbers, as where automatic numbering was lost."""
    reword(paper, lambda s: re.sub(r"^(?:\d\.|（[一-七]）|[一-四]、)", "", s), "applications")


def spaced_letters(paper: Paper) -> None:
    """Short labels printed letter by letter: 总 计."""
    gap = paper.rng.choice((" ", "\u3000", "  "))
    reword(paper, lambda s: gap.join(s) if 2 <= len(s) <= 4 else s)


def blank_inside(paper: Paper) -> None:
    """A blank somewhere inside long labels."""

    def split(label: str) -> str:
        if len(label) < 4 or paper.rng.random() < 0.5:
            return label
        at = paper.rng.randrange(2, len(label) - 1)
        return f"{label[:at]} {label[at:]}"

    reword(paper, split)


def article_blanks(paper: Paper) -> None:
    """Blanks inside the number of the article: 第二十条 第 （一） 项."""
    form = paper.rng.choice(
        (r"第二十条 第（\1）项", r"第二十条第 （\1） 项", r"第 二十 条 第（\1）项")
    )
    reword(paper, lambda s: re.sub(r"第二十条第（(.)）项", form, s), "disclosure")


def article_without_ordinal_sign(paper: Paper) -> None:
    """第二十条（五）项, without the second 第."""
    reword(paper, lambda s: s.replace("第二十条第（", "第二十条（"), "disclosure")


def article_with_law(paper: Paper) -> None:
    """The law's name in front of the article."""
    law = paper.rng.choice(
        ("《中华人民共和国政府信息公开条例》", "《政府信息公开条例》", "《条例》", "条例")
    )
    reword(paper, lambda s: law + s if s.startswith("第二十条") else s, "disclosure")


def article_in_digits(paper: Paper) -> None:
    """第20条第（1）项."""

    def digits(label: str) -> str:
        found = re.fullmatch(r"第二十条第（([一五六八九])）项", label)
        if found is None:
            return label
        item = dict(zip("一五六八九", "15689", strict=True))[found[1]]
        return f"第20条第（{item}）项"

    reword(paper, digits, "disclosure")


def broken_short_labels(paper: Paper) -> None:
    """A line break in the middle of short labels: 商业 / 企业."""
    reword(paper, lambda s: f"{s[: len(s) // 2]}\n{s[len(s) // 2 :]}" if 4 <= len(s) <= 8 else s)


def wrapped_labels(paper: Paper) -> None:
    """Labels broken after a fixed number of letters."""
    width = paper.rng.choice((4, 5, 6, 8, 12))

    def wrapped(label: str) -> str:
        return "\n".join(label[at : at + width] for at in range(0, len(label), width))

    reword(paper, wrapped)


def stacked_labels(paper: Paper) -> None:
    """Narrow labels with one letter per line."""
    labels = {
        "三、本年度办理结果",
        "结果维持",
        "结果纠正",
        "其他结果",
        "尚未审结",
        "总计",
        "自然人",
    }
    reword(paper, lambda s: "\n".join(s) if s in labels else s)


def split_result_labels(paper: Paper) -> None:
    """Outcomes of disputes with two letters per line: 结果 / 维持."""
    labels = {"结果维持", "结果纠正", "其他结果", "尚未审结"}
    gap = paper.rng.choice(("\n", " "))
    reword(paper, lambda s: f"{s[:2]}{gap}{s[2:]}" if s in labels else s, "disputes")


def aliases(paper: Paper) -> None:
    """Other wordings of rows, and slips that leave no doubt."""
    count = paper.rng.randint(2, 5)
    chosen = {old: paper.rng.choice(new) for old, new in paper.rng.sample(_ALIASES, count)}
    reword(paper, lambda s: chosen.get(s, s))


def money_heading(paper: Paper) -> None:
    """Other ways to name the unit of the fees."""
    other = paper.rng.choice(
        (
            "本年收费金额（万元）",
            "本年收费金额(单位:万元)",
            "本年收费金额\n（单位：万元）",
            "本年收费总金额（单位：万元）",
        )
    )
    reword(paper, lambda s: _swapped(s, _MONEY, other), "disclosure")


def traditional(paper: Paper) -> None:
    """Labels in traditional characters, as mirror sites print them."""
    reword(paper, lambda s: s.translate(_TRADITIONAL))
    for item in paper.items:
        if item.section:
            item.text = item.text.translate(_TRADITIONAL)


def year_in_headings(paper: Paper) -> None:
    """The year named in headings: 本年（2023）制发件数."""
    form = paper.rng.choice(
        (f"本年（{paper.year}）", f"本年({paper.year}年)", f"本年（{paper.year}年度）")
    )
    columns = ("本年制发", "本年废止", "本年处理", "本年新制作", "本年新公开")
    reword(
        paper, lambda s: form + s.removeprefix("本年") if s.startswith(columns) else s, "disclosure"
    )


def noted_labels(paper: Paper) -> None:
    """Marks at labels that refer to notes below the table."""
    mark = paper.rng.choice(("*", "①", "［注］", "（注1）"))
    labels = ["行政许可", "行政处罚", "现行有效件数", "（七）总计", "4.保护第三方合法权益"]
    chosen = paper.rng.sample(labels, 2)
    reword(paper, lambda s: s + mark if s in chosen else s)


def sum_for_total(paper: Paper) -> None:
    """合计 for 总计."""
    other = paper.rng.choice(("合计", "合 计", "共计"))
    reword(paper, lambda s: s.replace("总计", other) if s in _TOTALS else s)


def trailing_marks(paper: Paper) -> None:
    """A stop or colon behind labels."""
    mark = paper.rng.choice(("：", "。", ":", "；"))
    reword(paper, lambda s: s + mark if len(s) > 4 and paper.rng.random() < 0.4 else s)


def padded_labels(paper: Paper) -> None:
    """Indents and idle blanks around labels."""
    pad = paper.rng.choice((" ", "\u3000\u3000", "\u00a0\u00a0", "  "))
    reword(paper, lambda s: f"{pad}{s}{paper.rng.choice(('', pad))}")


OPERATORS: tuple[Operator, ...] = operators_of(
    Subject.LABELS,
    {
        half_width_marks: 4,
        numbered_otherwise: 4,
        full_width_numbers: 1,
        groups_otherwise: 1,
        without_ordinals: 2,
        spaced_letters: 3,
        blank_inside: 2,
        article_blanks: 3,
        article_without_ordinal_sign: 2,
        article_with_law: 2,
        article_in_digits: 1,
        broken_short_labels: 3,
        wrapped_labels: 3,
        stacked_labels: 2,
        split_result_labels: 3,
        aliases: 5,
        money_heading: 2,
        traditional: 2,
        year_in_headings: 2,
        noted_labels: 1,
        sum_for_total: 2,
        trailing_marks: 1,
        padded_labels: 2,
    },
)
