"""The story of one document: read, identify, cut into sections, read the tables, check.

Nothing here raises for a bad document: it becomes a report with a status and a finding.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise

from extractor.checks import Subject, run_checks, to_flag
from extractor.document import Block, Document, Layer, Paragraph, Picture, Table
from extractor.errors import DocumentError, DocumentFault, UnreadableDocument
from extractor.extraction.identity import identify
from extractor.extraction.labels import Vocabulary, compile_vocabulary
from extractor.extraction.run_on import open_run_on
from extractor.extraction.second import compare
from extractor.extraction.sections import section_at, split_sections
from extractor.extraction.tables import ReadTables, TableContext, read_tables
from extractor.extraction.titles import decoy_title, is_titled, title_positions
from extractor.options import Options, SecondReader
from extractor.readers import read_document, second_reading
from extractor.readers.request import ReadRequest
from extractor.readers.sniff import sniff
from extractor.report import (
    Engine,
    Evidence,
    Finding,
    Identity,
    Report,
    Section,
    Severity,
    State,
    Status,
)
from extractor.rulebook.model import FormRule, Rulebook

_ID_LENGTH = 16


def extract_reports(
    data: bytes, source: str, rulebook: Rulebook, options: Options
) -> tuple[Report, ...]:
    """Every report that one file holds, at least one row for any file."""
    with _collector_paused():
        return _reports(data, source, rulebook, options)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for cycles while one document is read: there are none worth the time it takes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _reports(data: bytes, source: str, rulebook: Rulebook, options: Options) -> tuple[Report, ...]:
    vocabulary = compile_vocabulary(rulebook)
    request = ReadRequest(
        data, source, options.limits, options.second_reader, _table_hints(rulebook)
    )
    try:
        document = read_document(request)
    except DocumentError as error:
        return (failed_report(data, source, error.fault, error, rulebook, options),)
    if not any(isinstance(block, Paragraph | Table) for block in document.blocks):
        fault, reason = _nothing_to_read(document)
        return (failed_report(data, source, fault, reason, rulebook, options),)
    newest = max(rulebook.forms, key=lambda form: form.since)
    blocks = open_run_on(document.blocks, vocabulary, newest.sections)
    parts = _reports_in(blocks, vocabulary, rulebook)
    always = options.second_reader is SecondReader.ALWAYS
    second = second_reading(request, document) if always else ()
    reports = [_extract(document, part, second, vocabulary, rulebook, options) for part in parts]
    if len(reports) == 1:
        return tuple(reports)
    return tuple(
        _numbered(report, number, len(reports), rulebook, options)
        for number, report in enumerate(reports, 1)
    )


def failed_report(
    data: bytes | None,
    source: str,
    fault: DocumentFault,
    error: DocumentError,
    rulebook: Rulebook,
    options: Options,
) -> Report:
    """The row of a document that gave no report."""
    digest = hashlib.sha256(data if data is not None else source.encode()).hexdigest()
    finding = Finding(fault.value, detail=error.text(options.lang))
    return Report(
        report_id=digest[:_ID_LENGTH],
        source=source,
        media_type=sniff(data).value if data is not None else "",
        sha256=digest if data is not None else "",
        size=len(data) if data is not None else 0,
        pages=None,
        status=Status.UNREADABLE,
        identity=Identity(),
        sections=(),
        tables=(),
        values=(),
        narrative=(),
        flags=(to_flag(finding, rulebook, options.lang),),
        outcomes=(),
        engine=engine_of(rulebook),
    )


def engine_of(rulebook: Rulebook) -> Engine:
    """Program version and digest of the rules."""
    return Engine(_version(), rulebook.digest)


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return version("nianbao")
    except PackageNotFoundError:
        return "0"


@lru_cache(maxsize=8)
def _table_hints(rulebook: Rulebook) -> tuple[str, ...]:
    """Statutory labels long enough to mark a page that should hold a table."""
    vocabulary = compile_vocabulary(rulebook)
    return tuple(sorted(label for label in vocabulary.telling if len(label) >= 6))


def _nothing_to_read(document: Document) -> tuple[DocumentFault, DocumentError]:
    if any(isinstance(block, Picture) for block in document.blocks):
        return DocumentFault.NO_TEXT, DocumentError(
            f"共 {len(document.pages)} 页，只有图片。", f"{len(document.pages)} pages of pictures."
        )
    return DocumentFault.UNREADABLE, UnreadableDocument(
        "文件里没有任何文字。请用原来的软件打开确认，重新下载或另存后再试。",
        "There is no text in the file. Open it in its own program, or download it again.",
    )


def _reports_in(
    blocks: Sequence[Block], vocabulary: Vocabulary, rulebook: Rulebook
) -> list[tuple[Block, ...]]:
    """The blocks of each report in a file: cut where a new title begins a new set of sections."""
    form = max(rulebook.forms, key=lambda form: form.since)
    sections, ranges = split_sections(blocks, vocabulary, form.sections)
    first = form.sections[0].id
    starts = [
        start for section, (start, _) in zip(sections, ranges, strict=True) if section.id == first
    ]
    if len(starts) < 2:
        return [tuple(blocks)]
    titles = title_positions(blocks, rulebook.identity)
    cuts = [0]
    for before, start in pairwise(starts):
        last = max(at for at, _ in ranges if before <= at < start)
        between = [title for title in titles if last < title < start] or [
            title for title in titles if before < title < start
        ]
        follow = {s.id for s, (at, _) in zip(sections, ranges, strict=True) if at >= start}
        if between and len(follow) >= 3:
            cuts.append(between[0])
    return [tuple(blocks[a:b]) for a, b in zip(cuts, [*cuts[1:], len(blocks)], strict=True)]


def _numbered(
    report: Report, number: int, total: int, rulebook: Rulebook, options: Options
) -> Report:
    """One of several reports in a file: an id of its own and the finding that says so."""
    flag = to_flag(Finding("several_reports", found=str(total)), rulebook, options.lang)
    report_id = report.report_id if number == 1 else f"{report.report_id}-{number}"
    status = Status.FLAGGED if report.status is Status.OK else report.status
    return replace(report, report_id=report_id, status=status, flags=(*report.flags, flag))


def _extract(
    document: Document,
    blocks: tuple[Block, ...],
    second: Sequence[Table],
    vocabulary: Vocabulary,
    rulebook: Rulebook,
    options: Options,
) -> Report:
    newest = max(rulebook.forms, key=lambda form: form.since)
    sections, ranges = split_sections(blocks, vocabulary, newest.sections)
    start = ranges[0][0] if ranges else len(blocks)
    identity, oddities = identify(document, blocks, start, rulebook.identity)
    form = newest if identity.year is None else rulebook.form_for_year(identity.year)
    context = TableContext(
        rulebook,
        vocabulary,
        form,
        partial(section_at, sections, ranges),
        tuple((section.id, span) for section, span in zip(sections, ranges, strict=True)),
    )
    read = read_tables(blocks, context)
    if not _is_report(document, blocks, sections, read, rulebook):
        return _not_a_report(document, blocks, rulebook, options)
    identity = replace(identity, format=_format(read, form))
    values, differences = compare(read.values, second) if second else (read.values, ())
    subject = Subject(
        rulebook=rulebook,
        identity=identity,
        form=form,
        sections=sections,
        tables=read.tables,
        values=values if form or read.tables else (),
        findings=(*oddities, *read.findings, *differences),
        pictures=tuple(
            (section_at(sections, ranges, position), block)
            for position, block in enumerate(blocks)
            if isinstance(block, Picture)
        ),
    )
    flags, outcomes = run_checks(subject, options.lang)
    flagged = any(flag.severity in (Severity.ERROR, Severity.WARNING) for flag in flags)
    return replace(
        _bare(document, Status.FLAGGED if flagged else Status.OK, rulebook),
        identity=identity,
        sections=sections,
        tables=read.tables,
        values=tuple(subject.values),
        flags=flags,
        outcomes=outcomes,
    )


def _bare(document: Document, status: Status, rulebook: Rulebook) -> Report:
    return Report(
        report_id=document.sha256[:_ID_LENGTH],
        source=document.source,
        media_type=document.media_type,
        sha256=document.sha256,
        size=document.size,
        pages=len(document.pages) or None,
        status=status,
        identity=Identity(),
        sections=(),
        tables=(),
        values=(),
        narrative=(),
        flags=(),
        outcomes=(),
        engine=engine_of(rulebook),
    )


def _is_report(
    document: Document,
    blocks: Sequence[Block],
    sections: Sequence[Section],
    read: ReadTables,
    rulebook: Rulebook,
) -> bool:
    """Whether a document is a report of this kind: by its parts, its tables and its title."""
    kinds = {section.id for section in sections}
    filled = any(value.state is State.REPORTED for value in read.values)
    titled = is_titled(document, blocks, rulebook.identity)
    decoy = decoy_title(document, blocks, rulebook.identity)
    if decoy:
        return len(kinds) >= 4 and filled and titled
    return len(kinds) >= 3 or bool(read.tables) or (titled and bool(kinds or _is_long(blocks)))


def _is_long(blocks: Sequence[Block]) -> bool:
    """Whether there is a fair amount of prose; titles and lists of links are none."""
    text = sum(
        len(block.text)
        for block in blocks
        if isinstance(block, Paragraph) and block.layer is Layer.BODY and "。" in block.text
    )
    return text > 300


def _not_a_report(
    document: Document, blocks: Sequence[Block], rulebook: Rulebook, options: Options
) -> Report:
    decoy = decoy_title(document, blocks, rulebook.identity)
    evidence = (Evidence("title", decoy, blocks[0].location),) if decoy else ()
    named = f"《{decoy}》" if decoy else ""
    finding = Finding("not_a_report", found=decoy, detail=named, evidence=evidence)
    bare = _bare(document, Status.NOT_A_REPORT, rulebook)
    return replace(bare, flags=(to_flag(finding, rulebook, options.lang),))


def _format(read: ReadTables, form: FormRule | None) -> str:
    """The form that the tables follow, or ``mixed``.

    Where no table tells, the form in force, by which missing values are listed, or ``none``.
    """
    forms = {name for table in read.tables for name in table.form.split("+") if name}
    if len(forms) > 1:
        return "mixed"
    if forms:
        return forms.pop()
    return form.id if form else "none"
