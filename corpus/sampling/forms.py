"""The statutory tables of the 2021 and 2019 forms as grids, filled with given figures.

Written down here on its own, not read from ``rules/``: the truth of the corpus must not follow
the rule files that it is there to test.
"""

from __future__ import annotations

from collections.abc import Mapping

from sampling.grids import Grid, GridCell, Kind

Figures = Mapping[str, str]

APPLICANTS = (
    ("natural_person", "自然人"),
    ("business", "商业企业"),
    ("research", "科研机构"),
    ("public_interest", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other_org", "其他"),
)
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"
REFUSED, UNAVAILABLE, NOT_PROCESSED, OTHER = (
    "（三）不予公开",
    "（四）无法提供",
    "（五）不予处理",
    "（六）其他处理",
)
OUTCOMES = (
    ("granted", "", "（一）予以公开"),
    ("partly_granted", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("refused_state_secret", REFUSED, "1.属于国家秘密"),
    ("refused_prohibited_by_law", REFUSED, "2.其他法律行政法规禁止公开"),
    ("refused_three_securities", REFUSED, "3.危及“三安全一稳定”"),
    ("refused_third_party", REFUSED, "4.保护第三方合法权益"),
    ("refused_internal_affairs", REFUSED, "5.属于三类内部事务信息"),
    ("refused_process_information", REFUSED, "6.属于四类过程性信息"),
    ("refused_enforcement_files", REFUSED, "7.属于行政执法案卷"),
    ("refused_administrative_query", REFUSED, "8.属于行政查询事项"),
    ("unavailable_not_held", UNAVAILABLE, "1.本机关不掌握相关政府信息"),
    ("unavailable_needs_creation", UNAVAILABLE, "2.没有现成信息需要另行制作"),
    ("unavailable_still_unclear", UNAVAILABLE, "3.补正后申请内容仍不明确"),
    ("not_processed_petition", NOT_PROCESSED, "1.信访举报投诉类申请"),
    ("not_processed_duplicate", NOT_PROCESSED, "2.重复申请"),
    ("not_processed_publication", NOT_PROCESSED, "3.要求提供公开出版物"),
    ("not_processed_excessive", NOT_PROCESSED, "4.无正当理由大量反复申请"),
    ("not_processed_confirmation", NOT_PROCESSED, "5.要求行政机关确认或重新出具已获取信息"),
)
OTHER_2021 = (
    (
        "other_not_corrected",
        OTHER,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    (
        "other_fee_unpaid",
        OTHER,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("other_misc", OTHER, "3.其他"),
)
OTHER_2019 = (("other", "", OTHER),)
DISPUTE_RESULTS = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)
DISPUTE_GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


def outcome_rows(form: str) -> tuple[tuple[str, str, str], ...]:
    """Outcome rows of a form as (id, group label, row label)."""
    return OUTCOMES + (OTHER_2021 if form == "2021" else OTHER_2019)


def _data(figures: Figures, indicator: str, row: int, col: int, col_span: int = 1) -> GridCell:
    text = figures[indicator]
    return GridCell(row, col, text, 1, col_span, Kind.DATA, indicator)


# Each block: article, column labels with ids, rows with ids.
_BLOCKS_2021 = (
    (
        "第二十条第（一）项",
        (("issued", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")),
        (("regulations", "规章"), ("normative_documents", "行政规范性文件")),
    ),
    ("第二十条第（五）项", (("decisions", "本年处理决定数量"),), (("licensing", "行政许可"),)),
    (
        "第二十条第（六）项",
        (("decisions", "本年处理决定数量"),),
        (("penalties", "行政处罚"), ("coercion", "行政强制")),
    ),
    (
        "第二十条第（八）项",
        (("amount", "本年收费金额（单位：万元）"),),
        (("fees", "行政事业性收费"),),
    ),
)
_ITEMS = (
    ("items_previous", "上一年项目数量"),
    ("items_change", "本年增/减"),
    ("decisions", "处理决定数量"),
)
_BLOCKS_2019 = (
    (
        "第二十条第（一）项",
        (
            ("made", "本年新制作数量"),
            ("newly_disclosed", "本年新公开数量"),
            ("total_disclosed", "对外公开总数量"),
        ),
        (("regulations", "规章"), ("normative_documents", "规范性文件")),
    ),
    (
        "第二十条第（五）项",
        _ITEMS,
        (("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")),
    ),
    ("第二十条第（六）项", _ITEMS, (("penalties", "行政处罚"), ("coercion", "行政强制"))),
    ("第二十条第（八）项", _ITEMS[:2], (("fees", "行政事业性收费"),)),
    (
        "第二十条第（九）项",
        (("projects", "采购项目数量"), ("amount", "采购总金额")),
        (("procurement", "政府集中采购"),),
    ),
)


def disclosure_grid(form: str, figures: Figures) -> Grid:
    """Section two's table."""
    cells: list[GridCell] = []
    row = 0
    for article, columns, rows in _BLOCKS_2021 if form == "2021" else _BLOCKS_2019:
        cells.append(GridCell(row, 0, article, 1, 4, Kind.HEAD))
        cells.append(GridCell(row + 1, 0, "信息内容", 1, 1, Kind.HEAD))
        last = len(columns) - 1
        for index, (_, label) in enumerate(columns):
            span = 3 - last if index == last else 1
            cells.append(GridCell(row + 1, 1 + index, label, 1, span, Kind.HEAD))
        row += 2
        for row_id, label in rows:
            cells.append(GridCell(row, 0, label))
            for index, (column_id, _) in enumerate(columns):
                span = 3 - last if index == last else 1
                indicator = f"disclosure.{row_id}.{column_id}"
                cells.append(_data(figures, indicator, row, 1 + index, span))
            row += 1
    return Grid("disclosure", tuple(cells), (1.15, 1, 1, 1), 0)


def applications_grid(form: str, figures: Figures) -> Grid:
    """Section three's table."""
    cells = [
        GridCell(0, 0, BALANCE_NOTE, 3, 3, Kind.NOTE),
        GridCell(0, 3, "申请人情况", 1, 7, Kind.HEAD),
        GridCell(1, 3, "自然人", 2, 1, Kind.HEAD),
        GridCell(1, 4, "法人或其他组织", 1, 5, Kind.HEAD),
        GridCell(1, 9, "总计", 2, 1, Kind.HEAD),
    ]
    cells += [
        GridCell(2, 4 + i, label, 1, 1, Kind.HEAD) for i, (_, label) in enumerate(APPLICANTS[1:])
    ]
    columns = [column for column, _ in APPLICANTS] + ["total"]

    def add_row(row: int, row_id: str, label: str, col: int) -> None:
        cells.append(GridCell(row, col, label, 1, 3 - col))
        for index, column in enumerate(columns):
            cells.append(_data(figures, f"applications.{row_id}.{column}", row, 3 + index))

    add_row(3, "new_received", "一、本年新收政府信息公开申请数量", 0)
    add_row(4, "carried_in", "二、上年结转政府信息公开申请数量", 0)
    outcomes = outcome_rows(form)
    cells.append(GridCell(5, 0, RESULTS, len(outcomes) + 1, 1))
    seen: set[str] = set()
    row = 5
    for row_id, group, label in outcomes:
        if group and group not in seen:
            seen.add(group)
            size = sum(1 for _, other, _ in outcomes if other == group)
            cells.append(GridCell(row, 1, group, size, 1))
        add_row(row, row_id, label, 2 if group else 1)
        row += 1
    add_row(row, "outcomes_total", "（七）总计", 1)
    add_row(row + 1, "carried_out", "四、结转下年度继续办理", 0)
    return Grid("applications", tuple(cells), (0.5, 1.1, 3.6, *(0.72,) * 7), 3)


def disputes_grid(figures: Figures) -> Grid:
    """Section four's table; the same in both forms."""
    cells = [
        GridCell(0, 0, "行政复议", 1, 5, Kind.HEAD),
        GridCell(0, 5, "行政诉讼", 1, 10, Kind.HEAD),
        GridCell(1, 5, "未经复议直接起诉", 1, 5, Kind.HEAD),
        GridCell(1, 10, "复议后起诉", 1, 5, Kind.HEAD),
    ]
    for index, group in enumerate(DISPUTE_GROUPS):
        for offset, (result, label) in enumerate(DISPUTE_RESULTS):
            col = 5 * index + offset
            top, span = (1, 2) if index == 0 else (2, 1)
            cells.append(GridCell(top, col, label, span, 1, Kind.HEAD))
            cells.append(_data(figures, f"disputes.{group}.{result}", 3, col))
    return Grid("disputes", tuple(cells), (1,) * 15, 3)
