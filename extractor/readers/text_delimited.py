"""Tables of plain text whose rows are cut by pipes or tabs."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import Layer, Table, TableOrigin
from extractor.readers.text_build import Row, drop_padding, mode, table_of
from extractor.readers.text_lines import Item, Line, replace_runs, transparent
from extractor.readers.text_pads import without_slid_pads

_PIPE = re.compile(r"(?<!\\)[|｜]")
_RULE_LINE = re.compile(r"\s*[-=─━]{2,}(?:[+┼][-=─━]{2,}|[-=─━]{3,})+\s*")
_RULE_FIELD = re.compile(r":?-{3,}:?|:-+:?|:?-+:|[-=+─━┼]{3,}")
_LIST_MARK = re.compile(
    r"[(（\[【]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3}|[a-zA-Z])[)）\]】.、．]{1,2}|[•●·◆■□▪*+-]"
)
_LEADERS = ("...", "……", "···", "。。。", "---", "———")
_MAX_JOINED = 8
_MAX_QUOTED = 128
"""Lines that the quoted cells of one row may take: a heading written letter by letter has many."""
_MAX_FIELD = 200
_FIGURE = re.compile(r"[\d０-９.,%+-]{1,20}|[—–/／]|无")


def find_pipe_tables(items: Sequence[Item]) -> list[Item]:
    """Replace runs of pipe rows by tables; one cell per line is left as it is."""
    found = replace_runs(items, _has_pipe, _pipe_tables)
    before = {id(item) for item in items}
    tables = [item for item in found if isinstance(item, Table) and id(item) not in before]
    cleared = without_slid_pads(tables)
    return [cleared.get(id(item), item) for item in found]


def find_tab_tables(items: Sequence[Item]) -> list[Item]:
    """Replace runs of tab rows by tables; indents and list marks are left as they are."""
    return replace_runs(join_quoted(items), _has_tab, _tab_tables)


def _has_pipe(line: Line) -> bool:
    if _RULE_LINE.fullmatch(line.text):
        return True
    fields = _PIPE.split(line.text)
    return len(fields) > 1 and max(map(len, fields)) <= _MAX_FIELD


def _pipe_tables(run: list[Line]) -> list[Item] | None:
    run, before, after = _trim_rules(run)
    lines = [line for line in run if not transparent(line)]
    raw = [Row(line.number, tuple(_PIPE.split(line.text))) for line in lines]
    rows = _without_outer_pipes(raw)
    rows = _join_wrapped(rows, lines)
    groups = _cut_at_headers(rows, run)
    tables = [_accepted(group) for group in groups]
    if not any(tables):
        return None
    built: list[Item] = [*before]
    ends = [group[0].number for group in groups[1:]] + [lines[-1].number + 1]
    for group, kept, end in zip(groups, tables, ends, strict=True):
        if kept:
            built.append(table_of(kept, TableOrigin.DELIMITED))
        else:
            built.extend(line for line in lines if group[0].number <= line.number < end)
    return [*built, *_furniture(run), *after]


def _trim_rules(run: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """The run from its first to its last pipe, and the lines of dashes before and after."""
    piped = [index for index, line in enumerate(run) if _PIPE.search(line.text)]
    if not piped:
        return [], run, []
    start, end = piped[0], piped[-1] + 1
    return run[start:end], run[:start], run[end:]


def _furniture(run: list[Line]) -> list[Line]:
    return [line for line in run if line.layer is Layer.FURNITURE and not line.blank]


def _without_outer_pipes(rows: list[Row]) -> list[Row]:
    """Drop the empty field outside an outer pipe where the table is written with outer pipes.

    In a table without outer pipes the same field is a blank cell.
    """
    texts = [row for row in rows if row.filled and not _is_rule(row)]
    leading = _is_style(texts, first=True)
    trailing = _is_style(texts, first=False)
    result: list[Row] = []
    for row in rows:
        fields = row.fields
        if leading and len(fields) > 1 and not fields[0].strip():
            fields = fields[1:]
        if trailing and len(fields) > 1 and not fields[-1].strip():
            fields = fields[:-1]
        result.append(Row(row.number, fields))
    return result


def _is_style(rows: list[Row], *, first: bool) -> bool:
    outer = [row for row in rows if not row.fields[0 if first else -1].strip()]
    others = [row for row in rows if row.fields[0 if first else -1].strip()]
    if not outer:
        return False
    if len(outer) >= (0.9 if first else 0.8) * len(rows):
        return True
    width = mode(len(row.fields) for row in outer)
    if not first and all(len(row.fields) < width - 1 for row in others):
        return True
    return mode(len(row.fields) for row in others) == width - 1 > 1


def _join_wrapped(rows: list[Row], lines: list[Line]) -> list[Row]:
    """Join a row that was broken inside a cell, where every whole row ends in a pipe.

    Only where the pieces together have exactly the fields of a whole row, none alone has, and
    none holds a figure: headers are broken by their length, and a figure must not change its row.
    """
    closed = [line.text.rstrip().endswith(("|", "｜")) for line in lines]
    rules = sum(1 for row in rows if _is_rule(row))
    if not rows or sum(closed) < 0.6 * (len(rows) - rules):
        return rows
    widths = [len(row.fields) for row, ends in zip(rows, closed, strict=True) if ends]
    whole = mode(widths)
    if widths.count(whole) < 2:
        return rows
    result: list[Row] = []
    index = 0
    while index < len(rows):
        taken = _wrapped_pieces(rows, closed, index, whole)
        fields = list(rows[index].fields)
        for row in rows[index + 1 : index + taken]:
            fields[-1] = f"{fields[-1].strip()}\n{row.fields[0].strip()}"
            fields.extend(row.fields[1:])
        result.append(Row(rows[index].number, tuple(fields)))
        index += taken
    return result


def _wrapped_pieces(rows: list[Row], closed: list[bool], start: int, whole: int) -> int:
    """How many lines from ``start`` make one row."""
    count = len(rows[start].fields)
    if closed[start] or count >= whole or _never_joined(rows[start]):
        return 1
    for taken in range(2, min(_MAX_JOINED, len(rows) - start) + 1):
        row = rows[start + taken - 1]
        if len(row.fields) >= whole or _never_joined(row):
            return 1
        count += len(row.fields) - 1
        if closed[start + taken - 1]:
            return taken if count == whole else 1
    return 1


def _never_joined(row: Row) -> bool:
    return _is_rule(row) or any(_FIGURE.fullmatch(field.strip()) for field in row.fields)


def _is_rule(row: Row) -> bool:
    fields = [field.strip() for field in row.fields if field.strip()]
    return bool(fields) and all(_RULE_FIELD.fullmatch(field) for field in fields)


def _cut_at_headers(rows: list[Row], run: list[Line]) -> list[list[Row]]:
    """Cut where a header with its rule follows a blank line, and drop the rules."""
    after_blank = {line.number for before, line in pairwise(run) if before.blank and not line.blank}
    groups: list[list[Row]] = [[]]
    for index, row in enumerate(rows):
        if _is_rule(row):
            continue
        headed = index + 1 < len(rows) and _is_rule(rows[index + 1])
        if headed and row.number in after_blank and groups[-1]:
            groups.append([])
        groups[-1].append(row)
    return [group for group in groups if group]


def _accepted(rows: list[Row]) -> list[Row]:
    """The rows, if they are rows: several cells on most lines that hold text."""
    texts = [row for row in rows if row.filled]
    like_rows = [row for row in texts if len(row.fields) >= 2]
    several = [row for row in texts if row.filled >= 2]
    blank = [row for row in rows if not row.filled and len(row.fields) >= 2]
    headed = len(texts) == 1 and any(len(row.fields) == len(texts[0].fields) for row in blank)
    if not several or (len(like_rows) < 2 and not headed):
        return []
    if len(like_rows) < 0.6 * len(texts) or _is_listing(texts):
        return []
    return drop_padding(rows)


def _has_tab(line: Line) -> bool:
    """A row of fields, be they all blank; of indented lines only those that hold a figure."""
    stripped = line.text.strip(" \u3000\u00a0")
    if "\t" not in stripped or max(map(len, stripped.split("\t"))) > _MAX_FIELD:
        return False
    body = stripped.lstrip("\t \u3000\u00a0")
    return not body or "\t" in body or _FIGURE.fullmatch(body) is not None


def join_quoted(items: Sequence[Item], mark: str = "\t") -> list[Item]:
    """Join lines inside a quoted cell, as a spreadsheet copies a cell with a line break."""
    result: list[Item] = []
    index = 0
    while index < len(items):
        taken = _quoted_lines(items, index, mark)
        item = items[index]
        if taken > 1 and isinstance(item, Line):
            parts = [part.text for part in items[index : index + taken] if isinstance(part, Line)]
            item = Line(item.number, "\n".join(parts), item.page, item.layer)
        result.append(item)
        index += taken
    return result


def _quoted_lines(items: Sequence[Item], start: int, mark: str) -> int:
    """How many lines from ``start`` hold the quoted cells of one row."""
    first = items[start]
    if not isinstance(first, Line) or not _opens_quote(first.text, mark):
        return 1
    parts = [first.text]
    quotes = first.text.count('"')
    for taken in range(2, min(_MAX_QUOTED, len(items) - start) + 1):
        line = items[start + taken - 1]
        if not isinstance(line, Line) or line.blank:
            return 1
        parts.append(line.text)
        quotes += line.text.count('"')
        if quotes % 2 == 0 and re.search(rf'"\s*(?:{mark}|$)', line.text):
            if _is_record("\n".join(parts), mark):
                return taken
        elif quotes % 2 == 0 and '"' in line.text:
            return 1
    return 1


def _is_record(text: str, mark: str) -> bool:
    """Whether a text of several lines is one row of fields, its breaks inside quotes."""
    try:
        records = list(csv.reader([text.strip()], delimiter=mark, strict=True))
    except csv.Error:
        return False
    return len(records) == 1 and len(records[0]) > 1


def _opens_quote(text: str, mark: str) -> bool:
    odd = text.count('"') % 2 == 1
    return odd and (text.startswith('"') or f'{mark}"' in text)


def _tab_tables(run: list[Line]) -> list[Item] | None:
    lines = _trim_indented([line for line in run if _counts(line)])
    rows = [Row(line.number, tuple(map(_unquoted, line.text.split("\t")))) for line in lines]
    width = mode(len(row.fields) for row in rows if row.filled)
    rows = [row for row in rows if row.filled or len(row.fields) == width]
    kept = _accepted(rows)
    if not kept:
        return None
    first, last = (_position(run, line) for line in (lines[0], lines[-1]))
    before = [line for line in run[:first] if not transparent(line)]
    after = [line for line in run[last + 1 :] if not transparent(line)]
    return [*before, table_of(kept, TableOrigin.DELIMITED), *_furniture(run), *after]


def _position(run: Sequence[Line], line: Line) -> int:
    """Where a line stands in a run. Its number tells no place: a page may end within it."""
    return next(i for i, other in enumerate(run) if other is line)


def _counts(line: Line) -> bool:
    """Rows, and lines of bare tabs, which are rows of blank cells."""
    return line.layer is Layer.BODY and "\t" in line.text


def _trim_indented(lines: list[Line]) -> list[Line]:
    """Without the lines at both ends that are indented rather than cut into fields."""

    def indented(line: Line) -> bool:
        return line.text[:1] in "\t \u3000" and "\t" not in line.text.strip()

    start, end = 0, len(lines)
    while start < end and indented(lines[start]):
        start += 1
    while end > start and indented(lines[end - 1]) and lines[end - 1].text.strip():
        end -= 1
    return lines[start:end]


def _unquoted(field: str) -> str:
    text = field.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return field


def _is_listing(rows: list[Row]) -> bool:
    """List items behind their marks, or a table of contents before its page numbers."""
    pairs = [[field.strip() for field in row.fields if field.strip()] for row in rows]
    if any(len(pair) > 2 for pair in pairs):
        return False
    marked = sum(1 for pair in pairs if _LIST_MARK.fullmatch(pair[0]))
    dotted = sum(1 for pair in pairs if pair[0].endswith(_LEADERS))
    return 2 * marked > len(pairs) or 2 * dotted > len(pairs)
