"""One peer in its own environment: a path in on each line, its tables out as a line of JSON.

Imports nothing of ours, and of the peers only the one asked for. The first line out says whether
the peer is there; each answer is ``{path: {"tables": ..., "seconds": ...}}`` or
``{path: {"error": ...}}``. A blank line in asks for nothing and ends the work.
"""

from __future__ import annotations

import io
import json
import logging
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

Grid = list[list[str]]
Method = Callable[[Path], list[Grid]]


def pdfplumber() -> Method:
    """``extract_tables`` on every page, as it is by default."""
    library = import_module("pdfplumber")

    def run(path: Path) -> list[Grid]:
        grids: list[Grid] = []
        with library.open(path) as document:
            for page in document.pages:
                grids += [_texts(table) for table in page.extract_tables()]
                page.close()
        return grids

    return run


def camelot() -> Method:
    """Lattice on all pages."""
    library = import_module("camelot")

    def run(path: Path) -> list[Grid]:
        found = library.read_pdf(str(path), pages="all", flavor="lattice")
        return [_texts(table.df.values.tolist()) for table in found]

    return run


def markitdown() -> Method:
    """Its Markdown, and the tables in that."""
    converter = import_module("markitdown").MarkItDown()

    def run(path: Path) -> list[Grid]:
        return markdown_tables(converter.convert(str(path)).markdown)

    return run


def docling() -> Method:
    """Docling's own readers of Word and HTML, called as its converter calls them.

    The converter itself cannot be imported without torch, which these two formats do not use.
    """
    formats = import_module("docling.datamodel.base_models").InputFormat
    document = import_module("docling.datamodel.document").InputDocument
    word = import_module("docling.backend.msword_backend").MsWordDocumentBackend
    html = import_module("docling.backend.html_backend").HTMLDocumentBackend

    def run(path: Path) -> list[Grid]:
        is_word = path.suffix.lower() == ".docx"
        kind, backend = (formats.DOCX, word) if is_word else (formats.HTML, html)
        # A stream with a plain suffix: the reader goes by content, the name is not asked.
        stream = io.BytesIO(path.read_bytes())
        given = document(stream, format=kind, backend=backend, filename=f"report{path.suffix}")
        tables = given._backend.convert().tables
        return [[[cell.text for cell in row] for row in table.data.grid] for table in tables]

    return run


def python_docx() -> Method:
    """The loop everybody writes: tables, rows, cells. A merged cell comes once a column."""
    library = import_module("docx")

    def run(path: Path) -> list[Grid]:
        tables = library.Document(str(path)).tables
        return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]

    return run


def pandas() -> Method:
    """``read_html``, which lays merged cells out over their columns and rows."""
    library = import_module("pandas")

    def run(path: Path) -> list[Grid]:
        page = io.StringIO(_decoded(path.read_bytes()))
        return [_with_head(frame) for frame in library.read_html(page, keep_default_na=False)]

    return run


def beautifulsoup() -> Method:
    """The loop everybody writes: innermost tables, rows, cells as they stand in the source."""
    soup = import_module("bs4").BeautifulSoup

    def run(path: Path) -> list[Grid]:
        page = soup(_decoded(path.read_bytes()), "lxml")
        return [
            [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in rows]
            for rows in (
                table.find_all("tr") for table in page.find_all("table") if not table.find("table")
            )
        ]

    return run


PEERS: dict[str, Callable[[], Method]] = {
    "pdfplumber": pdfplumber,
    "camelot": camelot,
    "markitdown": markitdown,
    "docling": docling,
    "python-docx": python_docx,
    "pandas": pandas,
    "beautifulsoup": beautifulsoup,
}
_RULE = re.compile(r":?-+:?")


def markdown_tables(text: str) -> list[Grid]:
    """The pipe tables of a Markdown text: runs of lines between bars."""
    grids: list[Grid] = [[]]
    for line in text.splitlines():
        stripped = line.strip()
        if not (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1):
            grids.append([])
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", stripped[1:-1])]
        if not all(_RULE.fullmatch(cell) for cell in cells):
            grids[-1].append(cells)
    return [grid for grid in grids if grid]


def _decoded(data: bytes) -> str:
    """Text of a page. Given bytes of an old Chinese site, lxml cuts them short and pandas fails."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace")


def _texts(rows: Iterable[Iterable[Any]]) -> Grid:
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _with_head(frame: Any) -> Grid:
    """The rows of a frame, and what it took for its head before them."""
    body = _texts(frame.values.tolist())
    if str(frame.columns.dtype).startswith("int"):
        return body
    columns = [name if isinstance(name, tuple) else (name,) for name in frame.columns]
    return _texts(zip(*columns, strict=True)) + body


def serve(peer: str, lines: Iterable[str], answer: Callable[[object], None]) -> None:
    """Answer each path. The first file that can be read is read twice, and then timed."""
    try:
        method = PEERS[peer]()
    except Exception as error:
        answer({"absent": f"{type(error).__name__}: {error}"})
        return
    answer({"ready": peer})
    warm = False
    for line in lines:
        name = line.rstrip("\n")
        if not name:
            return
        try:
            if not warm:
                method(Path(name))
                warm = True
            start = perf_counter()
            tables = method(Path(name))
            answer({name: {"tables": tables, "seconds": perf_counter() - start}})
        except Exception as error:
            answer({name: {"error": f"{type(error).__name__}: {error}"[:300]}})


def main() -> int:
    """Serve standard input. What libraries print goes to standard error."""
    # Libraries write to standard output, some of them past Python: keep it for the answers.
    kept = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)

    def answer(what: object) -> None:
        kept.write(json.dumps(what) + "\n")
        kept.flush()

    serve(sys.argv[1], sys.stdin, answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
