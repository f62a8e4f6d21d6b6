"""Whatever the bytes, a source ends as a Document or as a DocumentError."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.document import Document, Paragraph, Table
from extractor.errors import DocumentError
from extractor.readers import read_document
from extractor.readers.request import ReadRequest
from extractor.readers.sniff import MediaType, sniff
from extractor.readers.text import read_text

HOSTILE = Path(__file__).parents[2].parent / "shared" / "hostile"
SECONDS = 20

FAST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEADS = st.sampled_from(
    [
        b"",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1",
        b"<html><table><tr><td>",
        b"<?xml version='1.0'?>",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ]
)
WORDS = ["规章", "0", "1,214", "第二十条第（一）项", "总 计", "。", "甲", "—", "12.5"]
MARKS = [
    "|", " | ", "||", "\t", "\t\t", "\n", "\n\n", "\f", "  ", "     ", "　　", ",", "，", "；", '"',
    "+---+---+", "|---|---|", "┌──┬──┐", "│", "├──┼──┤", "└──┴──┘", "- 3 -", "\u200b", "\\|",
    "\r\n", "# ", "======", "```", "---",
]  # fmt: skip
PIECES = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=60)
TABLES = st.lists(
    st.lists(st.sampled_from(["规章", "0", "", "总 计", "7"]), min_size=1, max_size=6)
)


@given(HEADS, st.binary(max_size=300))
@FAST
def test_any_bytes_have_a_type_and_end_as_document_or_error(head: bytes, tail: bytes) -> None:
    data = head + tail
    assert sniff(data) in MediaType
    try:
        document = read_document(ReadRequest(data, "source"))
    except DocumentError as error:
        said = error.zh and error.en
    else:
        said = document.sha256
        assert document.size == len(data)
    assert said


def words_of(text: str) -> str:
    """What no reader may lose: letters, ideographs and digits."""
    return "".join(char for char in text if char.isalnum())


def words_in(document: Document) -> str:
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        elif isinstance(block, Table):
            parts.extend(cell.text for cell in block.cells)
    return "".join(parts)


def read(text: str) -> Document | None:
    try:
        return read_text(ReadRequest(text.encode(), "source.txt"))
    except DocumentError:
        return None


@given(PIECES)
@FAST
def test_no_word_of_a_text_is_lost_or_made_up(pieces: list[str]) -> None:
    text = "".join(pieces)
    document = read(text)
    found = words_in(document) if document else ""
    assert sorted(words_of(found)) == sorted(words_of(text))


@given(PIECES)
@FAST
def test_cells_never_overlap_and_stay_inside_their_table(pieces: list[str]) -> None:
    document = read("".join(pieces))
    for table in document.tables() if document else ():
        places = [
            (cell.row + y, cell.col + x)
            for cell in table.cells
            for y in range(cell.row_span)
            for x in range(cell.col_span)
        ]
        assert len(places) == len(set(places))
        assert all(row < table.n_rows and col < table.n_cols for row, col in places)
        assert list(table.cells) == sorted(table.cells, key=lambda cell: (cell.row, cell.col))


@given(TABLES, st.sampled_from(["\t", " | "]))
@FAST
def test_a_figure_that_is_read_stands_in_its_own_line_and_column(
    rows: list[list[str]], mark: str
) -> None:
    text = "\n".join(mark.join(["标签", *row]) for row in rows)
    document = read(text)
    lines = text.split("\n")
    for table in document.tables() if document else ():
        for cell in (cell for cell in table.cells if cell.text.isdigit()):
            line, number = cell.location.path.removeprefix("line[").split("]/cell[")
            fields = lines[int(line) - 1].split(mark)
            assert cell.text == fields[int(number.rstrip("]")) - 1].strip()


def hostile_files() -> Iterator[Path]:
    """The broken and malicious files of the reference material, none where it is absent."""
    return (path for path in sorted(HOSTILE.rglob("*")) if path.is_file())


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Break off a reader that hangs; a test that merely runs long is no failure."""

    def expire(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"no end after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, expire)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["doc", "docx", "html", "ofd", "pdf", "zip"])
def test_hostile_files_end_as_document_or_error(folder: str) -> None:
    paths = [path for path in hostile_files() if path.parent.name == folder]
    if not paths:
        pytest.skip("the reference material does not stand beside the project")
    failed: list[str] = []
    for path in paths:
        try:
            with time_limit(SECONDS):
                read_document(ReadRequest(path.read_bytes(), path.name))
        except DocumentError:
            continue
        except Exception as error:
            failed.append(f"{path.name}: {type(error).__name__}: {error}")
    assert failed == []


EXPECTED = {
    "doc": {MediaType.DOC, MediaType.WORKS, MediaType.RTF, MediaType.ODT, MediaType.WORD_XML},
    "docx": {MediaType.DOCX, MediaType.XLSX, MediaType.DAMAGED_ZIP, MediaType.ZIP},
    "html": {MediaType.HTML},
    "ofd": {MediaType.OFD},
    "pdf": {MediaType.PDF, MediaType.TEXT},
    "zip": {MediaType.ZIP, MediaType.DAMAGED_ZIP},
}


@pytest.mark.shared
@pytest.mark.parametrize("folder", sorted(EXPECTED))
def test_hostile_files_are_sniffed_to_a_sensible_type(folder: str) -> None:
    paths = [path for path in hostile_files() if path.parent.name == folder]
    if not paths:
        pytest.skip("the reference material does not stand beside the project")
    odd = {
        path.name: kind
        for path in paths
        if (kind := sniff(path.read_bytes())) not in EXPECTED[folder]
    }
    assert odd == {}
