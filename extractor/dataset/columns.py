"""The columns of every table: name, type and what they mean, in Chinese and English.

The order here is the order in every file. Whatever names a column (CSV, Parquet, workbook, data
package) takes it from this list.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extractor.report import Method, Severity, State, Status

Cell = str | int | float | Decimal | None
"""``None`` is a number that is not there; a text that is not there is ``""``."""

Row = tuple[Cell, ...]


class Kind(StrEnum):
    """What a column holds, named as in a Table Schema."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width`` is in characters of a spreadsheet; ``choices`` are all values."""

    name: str
    kind: Kind
    title_zh: str
    title_en: str
    zh: str = ""
    en: str = ""
    width: int = 10
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table of the dataset. ``key`` are the columns that together occur once."""

    name: str
    title_zh: str
    title_en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)


LEVELS = (
    "province",
    "city",
    "county",
    "town",
    "street",
    "department",
    "zone",
    "ministry",
    "other",
)
FORMATS = ("2021", "2019", "2014", "none", "mixed")

_REPORT_ID = Column(
    "report_id",
    Kind.TEXT,
    "报告编号",
    "Report id",
    "文件 SHA-256 的前 16 位；同一文件内的其他报告加 -2、-3……",
    "First 16 hex digits of the file's SHA-256; -2, -3 ... for further reports in one file",
    20,
)
_SOURCE = Column(
    "source",
    Kind.TEXT,
    "来源",
    "Source",
    "输入文件夹下的路径；压缩包内为 archive.zip!inner/name.docx",
    "Path below the input folder; archive.zip!inner/name.docx inside an archive",
    44,
)
_IDENTITY = (
    Column(
        "issuer",
        Kind.TEXT,
        "编制机关",
        "Issuer",
        "发布年度报告的机关",
        "Body that issued the report",
        30,
    ),
    Column(
        "issuer_level",
        Kind.TEXT,
        "机关层级",
        "Issuer level",
        "未知时为空",
        "Empty where unknown",
        12,
        LEVELS,
    ),
    Column(
        "region_code",
        Kind.TEXT,
        "区划代码",
        "Region code",
        "已知的最长统计用区划代码，2 至 12 位",
        "Longest statistical division code known, 2 to 12 digits",
        14,
    ),
    Column("province", Kind.TEXT, "省", "Province", width=14),
    Column("city", Kind.TEXT, "市", "City", width=14),
    Column("county", Kind.TEXT, "县", "County", width=14),
    Column("town", Kind.TEXT, "乡镇", "Town", width=14),
    Column("year", Kind.INTEGER, "报告年度", "Reporting year", width=8),
)
_FORMAT = Column(
    "format",
    Kind.TEXT,
    "表格版式",
    "Format",
    "法定表格的版式；各表不一时为 mixed",
    "Statutory form; mixed where sub-tables use different ones",
    9,
    FORMATS,
)
_PAGE = Column(
    "page", Kind.INTEGER, "页", "Page", "从 1 起；无页码的来源为空", "1-based; empty without", 6
)
_BOX = (
    Column("x0", Kind.NUMBER, "左", "Left", "距页左，单位磅", "Points from the page's left", 8),
    Column("top", Kind.NUMBER, "上", "Top", "距页顶，单位磅", "Points from the page's top", 8),
    Column("x1", Kind.NUMBER, "右", "Right", "距页左，单位磅", "Points from the page's left", 8),
    Column("bottom", Kind.NUMBER, "下", "Bottom", "距页顶，单位磅", "Points from the top", 8),
)
_LOCATOR = Column(
    "locator",
    Kind.TEXT,
    "定位",
    "Locator",
    "无页码的来源中的位置，如 table[3]/row[5]/cell[4]、line[120]",
    "Place in a source without pages: table[3]/row[5]/cell[4], line[120]",
    26,
)

REPORTS = TableSchema(
    "reports",
    "报告",
    "Reports",
    (
        _REPORT_ID,
        _SOURCE,
        Column("media_type", Kind.TEXT, "文件类型", "Media type", width=18),
        Column("sha256", Kind.TEXT, "SHA-256", "SHA-256", width=18),
        Column("bytes", Kind.INTEGER, "字节数", "Bytes", width=10),
        Column("pages", Kind.INTEGER, "页数", "Pages", width=6),
        Column(
            "status",
            Kind.TEXT,
            "状态",
            "Status",
            "ok 正常；flagged 有错误或警告；unreadable 无法读取；not_a_report 不是年度报告",
            "ok; flagged: an error or a warning; unreadable; not_a_report",
            13,
            tuple(Status),
        ),
        Column("title", Kind.TEXT, "标题", "Title", width=44),
        *_IDENTITY,
        _FORMAT,
        Column("published", Kind.DATE, "公布日期", "Published", width=12),
        Column(
            "tables_found",
            Kind.INTEGER,
            "找到的统计表",
            "Tables found",
            "找到的不同法定统计表的张数",
            "Number of different statutory tables found",
            8,
        ),
        Column(
            "values_reported",
            Kind.INTEGER,
            "读出的数值",
            "Values reported",
            "状态为 reported 或 inferred 的指标数",
            "Indicators whose state is reported or inferred",
            8,
        ),
        Column(
            "values_expected",
            Kind.INTEGER,
            "应有的数值",
            "Values expected",
            "values 表中本报告的行数",
            "Rows of this report in the table values",
            8,
        ),
        Column("flags_error", Kind.INTEGER, "错误", "Errors", width=7),
        Column("flags_warning", Kind.INTEGER, "警告", "Warnings", width=7),
        Column("flags_info", Kind.INTEGER, "提示", "Notes", width=7),
    ),
    ("report_id", "source"),
)

SECTIONS = TableSchema(
    "sections",
    "章节",
    "Sections",
    (
        _REPORT_ID,
        _SOURCE,
        Column(
            "section",
            Kind.INTEGER,
            "法定章节",
            "Section",
            "1 至 6",
            "Statutory section, 1 to 6",
            8,
        ),
        Column("heading", Kind.TEXT, "标题", "Heading", "原文标题", "As printed", 36),
        Column("statutory_heading", Kind.TEXT, "法定标题", "Statutory heading", width=36),
        Column("order", Kind.INTEGER, "次序", "Order", "在文中的次序", "Rank on the paper", 7),
        _PAGE,
        _LOCATOR,
        Column(
            "characters", Kind.INTEGER, "字数", "Characters", "text 的长度", "Length of text", 10
        ),
        Column("text", Kind.TEXT, "正文", "Text", width=80),
    ),
    ("report_id", "source", "order"),
)

VALUES = TableSchema(
    "values",
    "数值",
    "Values",
    (
        _REPORT_ID,
        _SOURCE,
        Column("year", Kind.INTEGER, "报告年度", "Reporting year", width=8),
        _IDENTITY[0],
        _IDENTITY[2],
        _FORMAT,
        Column("table", Kind.TEXT, "表", "Table", "法定统计表", "Statutory table", 14),
        Column("row", Kind.TEXT, "行", "Row", width=26),
        Column("column", Kind.TEXT, "列", "Column", width=18),
        Column("indicator", Kind.TEXT, "指标", "Indicator", "表.行.列", "table.row.column", 48),
        Column(
            "value",
            Kind.NUMBER,
            "数值",
            "Value",
            "仅在状态为 reported 或 inferred 时有值；空白不是 0",
            "Empty unless reported or inferred; a blank is never 0",
            12,
        ),
        Column("raw", Kind.TEXT, "原文", "Raw text", "原样", "As printed", 14),
        Column("unit", Kind.TEXT, "单位", "Unit", width=7),
        Column(
            "state",
            Kind.TEXT,
            "状态",
            "State",
            "reported 已读出；blank 空白；invalid 不是数字；missing 无此单元格；"
            "unresolved 无法确定归属；inferred 由表内算术唯一推定",
            "reported, blank, invalid, missing, unresolved, or inferred: the only value that the "
            "printed figures and the form's arithmetic allow",
            12,
            tuple(State),
        ),
        Column(
            "method",
            Kind.TEXT,
            "读法",
            "Method",
            "未读到时为空",
            "Empty where nothing was read",
            9,
            tuple(Method),
        ),
        Column("confidence", Kind.NUMBER, "把握", "Confidence", "0 至 1", "0 to 1", 8),
        _PAGE,
        *_BOX,
        _LOCATOR,
    ),
    ("report_id", "source", "indicator"),
)

NARRATIVE = TableSchema(
    "narrative",
    "正文数字",
    "Figures in prose",
    (
        _REPORT_ID,
        _SOURCE,
        Column("section", Kind.INTEGER, "法定章节", "Section", width=8),
        Column("quantity", Kind.TEXT, "事项", "Quantity", width=24),
        Column("channel", Kind.TEXT, "渠道", "Channel", width=14),
        Column("value", Kind.NUMBER, "数值", "Value", width=12),
        Column(
            "approximate",
            Kind.INTEGER,
            "约数",
            "Approximate",
            "1 为约数，0 为确数",
            "1 where the text says about, else 0",
            8,
        ),
        Column("unit", Kind.TEXT, "单位", "Unit", width=7),
        Column("text", Kind.TEXT, "原文", "Text", width=60),
        _PAGE,
        _LOCATOR,
    ),
)

FLAGS = TableSchema(
    "flags",
    "问题",
    "Findings",
    (
        _REPORT_ID,
        _SOURCE,
        Column("code", Kind.TEXT, "代码", "Code", width=7),
        Column("name", Kind.TEXT, "名称", "Name", width=28),
        Column("severity", Kind.TEXT, "程度", "Severity", width=10, choices=tuple(Severity)),
        Column("section", Kind.INTEGER, "法定章节", "Section", width=8),
        Column("table", Kind.TEXT, "表", "Table", width=14),
        Column("indicator", Kind.TEXT, "指标", "Indicator", width=44),
        Column("message", Kind.TEXT, "说明", "Message", width=70),
        Column("expected", Kind.TEXT, "应为", "Expected", width=20),
        Column("found", Kind.TEXT, "实为", "Found", width=20),
        _PAGE,
        *_BOX,
        _LOCATOR,
    ),
)

SUPPRESSED = TableSchema(
    "suppressed",
    "已搁置的问题",
    "Findings set aside",
    (
        *FLAGS.columns,
        Column("reason", Kind.TEXT, "理由", "Reason", width=30),
        Column("author", Kind.TEXT, "填写人", "Author", width=12),
        Column("expires", Kind.DATE, "到期日", "Expires", width=12),
    ),
)

PANEL_HEAD = (_REPORT_ID, _SOURCE, *_IDENTITY, _FORMAT)
"""What the panel says of a report before its indicators."""
