"""Small documents for tests: tables and paragraphs built by hand, forms filled with figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.document import Block, Cell, Document, Location, Paragraph, Table, TableOrigin
from extractor.extraction.labels import Vocabulary, compile_vocabulary
from extractor.extraction.tables import ReadTables, TableContext, read_tables
from extractor.report import Value
from extractor.rulebook import load_rulebook
from extractor.rulebook.model import Rulebook

RULEBOOK: Rulebook = load_rulebook()
VOCABULARY: Vocabulary = compile_vocabulary(RULEBOOK)
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
NOTE = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

Spec = str | tuple[str, int, int]
"""A cell: its text, or its text with row span and column span."""


def table(
    rows: Sequence[Sequence[Spec]], origin: TableOrigin = TableOrigin.TAGGED, name: str = "table[1]"
) -> Table:
    """A table laid out as HTML lays out rows of cells with spans."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        c = 0
        for spec in row:
            text, down, across = (spec, 1, 1) if isinstance(spec, str) else spec
            while (r, c) in taken:
                c += 1
            path = f"{name}/row[{r + 1}]/cell[{c + 1}]"
            cells.append(Cell(r, c, down, across, text, Location(path=path)))
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            c += across
    width = max(c for _, c in taken) + 1
    return Table(len(rows), width, tuple(cells), origin, Location(path=name))


def delimited(text: str) -> Table:
    """A table of tab-separated rows, as the text reader hands it over."""
    rows = [line.split("\t") for line in text.splitlines()]
    return table(rows, TableOrigin.DELIMITED, "line[1]")


def lines(text: str) -> list[Block]:
    """One paragraph for each line that is not empty."""
    return [
        Paragraph(line, Location(path=f"line[{number}]"))
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]


def document(blocks: Sequence[Block]) -> Document:
    """A document of plain blocks."""
    return Document("sample.txt", "text/plain", "0" * 64, 0, (), tuple(blocks))


def disclosure_rows(figure: Callable[[str], str] = lambda _: "0") -> list[list[Spec]]:
    """The 2021 disclosure table; ``figure`` gives the text of each cell by ``row.column``."""
    return [
        [("第二十条第（一）项", 1, 4)],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", *(figure(f"regulations.{c}") for c in ("issued", "repealed", "in_force"))],
        [
            "行政规范性文件",
            *(figure(f"normative_documents.{c}") for c in ("issued", "repealed", "in_force")),
        ],
        [("第二十条第（五）项", 1, 4)],
        ["信息内容", ("本年处理决定数量", 1, 3)],
        ["行政许可", (figure("licensing.decisions"), 1, 3)],
        [("第二十条第（六）项", 1, 4)],
        ["信息内容", ("本年处理决定数量", 1, 3)],
        ["行政处罚", (figure("penalties.decisions"), 1, 3)],
        ["行政强制", (figure("coercion.decisions"), 1, 3)],
        [("第二十条第（八）项", 1, 4)],
        ["信息内容", ("本年收费金额（单位：万元）", 1, 3)],
        ["行政事业性收费", (figure("fees.amount"), 1, 3)],
    ]


def applications_labels(form: str = "2021") -> list[tuple[str, str]]:
    """Row ids and statutory labels of the applications table of one form."""
    rule = RULEBOOK.form(form).table("applications")
    assert rule is not None
    return [(axis.id, axis.label.text) for axis in rule.blocks[0].rows]


def applications_rows(
    figure: Callable[[str, int], str] = lambda _row, _column: "0", form: str = "2021"
) -> list[list[Spec]]:
    """The applications table with one label column; ``figure`` gives each cell's text."""
    heads: list[list[Spec]] = [
        [(f"（{NOTE}）", 3, 1), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        list(APPLICANTS[1:6]),
    ]  # fmt: skip
    return heads + [
        [label, *(figure(row, column) for column in range(7))]
        for row, label in applications_labels(form)
    ]


def disputes_rows(figures: Sequence[str] = ("0",) * 15) -> list[list[Spec]]:
    """The disputes table with its one row of figures."""
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((label, 2, 1) for label in OUTCOMES), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [*OUTCOMES, *OUTCOMES],
        list(figures),
    ]


def read(blocks: Sequence[Block], year: int | None = 2023) -> ReadTables:
    """The statutory tables among some blocks."""
    form = None if year is None else RULEBOOK.form_for_year(year)
    context = TableContext(RULEBOOK, VOCABULARY, form, lambda _position: None, ())
    return read_tables(blocks, context)


def by_indicator(result: ReadTables) -> dict[str, Value]:
    """Values by indicator."""
    return {value.indicator: value for value in result.values}
