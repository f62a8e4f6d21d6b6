"""What the mapping of peers knows of the statutory tables, written down on its own.

Each row by a piece of its label that no other row contains; ``=`` marks one that must be the whole
label. Both forms together: where they differ, rows and columns have names of their own.
"""

from __future__ import annotations

APPLICATION_ROWS = {
    "new_received": "本年新收",
    "carried_in": "上年结转",
    "granted": "予以公开",
    "partly_granted": "部分公开",
    "refused_state_secret": "国家秘密",
    "refused_prohibited_by_law": "法律行政法规禁止",
    "refused_three_securities": "三安全一稳定",
    "refused_third_party": "第三方合法权益",
    "refused_internal_affairs": "内部事务",
    "refused_process_information": "过程性信息",
    "refused_enforcement_files": "行政执法案卷",
    "refused_administrative_query": "行政查询",
    "unavailable_not_held": "不掌握",
    "unavailable_needs_creation": "没有现成信息",
    "unavailable_still_unclear": "补正后申请内容",
    "not_processed_petition": "信访举报",
    "not_processed_duplicate": "重复申请",
    "not_processed_publication": "公开出版物",
    "not_processed_excessive": "大量反复申请",
    "not_processed_confirmation": "确认或重新出具",
    "other_not_corrected": "逾期不补正",
    "other_fee_unpaid": "未按收费通知",
    "other_misc": "=其他",
    "other": "=其他处理",
    "outcomes_total": "=总计",
    "carried_out": "结转下年度",
}
APPLICANTS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "public_interest": "社会公益",
    "legal_service": "法律服务",
    "other_org": "=其他",
    "total": "=总计",
}
DISCLOSURE_ROWS = {
    "normative_documents": "规范性文件",
    "regulations": "=规章",
    "licensing": "行政许可",
    "other_services": "其他对外管理服务",
    "penalties": "行政处罚",
    "coercion": "行政强制",
    "fees": "行政事业性收费",
    "procurement": "政府集中采购",
}
_ITEMS = ("items_previous", "items_change", "decisions")
_DOCUMENTS = (
    ("issued", "repealed", "in_force"),
    ("made", "newly_disclosed", "total_disclosed"),
)
DISCLOSURE_COLUMNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "normative_documents": _DOCUMENTS,
    "regulations": _DOCUMENTS,
    "licensing": (("decisions",), _ITEMS),
    "other_services": (_ITEMS,),
    "penalties": (("decisions",), _ITEMS),
    "coercion": (("decisions",), _ITEMS),
    "fees": (("amount",), _ITEMS[:2]),
    "procurement": (("projects", "amount"),),
}
"""The columns that each row has in one form or the other."""
BLOCKS = {
    "issued": ("制发件数", "制发数"),
    "repealed": ("废止件数", "废止数"),
    "in_force": ("现行有效",),
    "made": ("新制作",),
    "newly_disclosed": ("新公开数",),
    "total_disclosed": ("对外公开总",),
    "items_previous": ("上一年项目",),
    "items_change": ("本年增",),
    "decisions": ("处理决定数",),
    "projects": ("采购项目数",),
    "amount": ("收费金额", "采购总金额"),
}
"""Columns of the disclosure table; each block has a row that names its own."""
DISPUTES = tuple(
    f"disputes.{group}.{result}"
    for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    for result in ("upheld", "corrected", "other", "pending", "total")
)
DISPUTE_HEADS = ("结果维持", "复议后起诉", "未经复议")
HEADERS = ("信息内容", "申请人情况", "商业企业", "结果维持", "行政复议")
"""A table with one of these in its first rows is no continuation."""
