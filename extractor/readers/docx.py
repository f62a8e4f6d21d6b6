"""The DOCX reader: everything on the paper, in order, each with its path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from extractor.document import Block, Document, Layer
from extractor.errors import UnreadableDocument, UnsupportedDocument
from extractor.readers.docx_numbering import Numbering
from extractor.readers.docx_package import Package, UnsafePart
from extractor.readers.docx_styles import Styles
from extractor.readers.docx_text import InlineReader, field_codes
from extractor.readers.docx_walk import Story, StoryWalker
from extractor.readers.docx_xml import RELATION, W
from extractor.readers.markup import embedded_blocks
from extractor.readers.markup_budget import Budget
from extractor.readers.request import ReadRequest

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CORE = {
    "{http://purl.org/dc/elements/1.1/}title": "title",
    "{http://purl.org/dc/elements/1.1/}creator": "creator",
    "{http://purl.org/dc/terms/}created": "created",
    "{http://purl.org/dc/terms/}modified": "modified",
}
_MAX_EMBEDDED = 8
_ZIP_MAGIC = b"PK\x03\x04"


def read_docx(request: ReadRequest) -> Document:
    """Read a DOCX, DOCM or DOTX.

    Raises:
        UnreadableDocument: damaged, or unsafe XML.
        EncryptedDocument: a password is needed.
        UnsupportedDocument: an archive or office file of another kind.
        LimitExceeded: larger or deeper than the limits allow.
    """
    notes: list[str] = []
    package = Package(request.data, request.limits)
    content = _Content(Budget(request.limits), notes, 0)
    blocks = content.read(package, "")
    return Document(
        source=request.source,
        media_type=MEDIA_TYPE,
        sha256=request.digest(),
        size=len(request.data),
        pages=(),
        blocks=tuple(blocks),
        metadata=tuple(_metadata(package, notes)),
        notes=tuple(notes),
    )


@dataclass(frozen=True, slots=True)
class _Content:
    """Reads one package, and the documents embedded in it one level deeper each."""

    budget: Budget
    notes: list[str]
    level: int

    def read(self, package: Package, prefix: str) -> list[Block]:
        """Body, then headers, footers and notes as furniture."""
        root = package.tree(package.main)
        body = root.find(W + "body")
        if root.tag != W + "document" or body is None:
            raise UnsupportedDocument(
                "文件主体不是 Word 正文。请在 Word 中打开，另存为 DOCX 后重试。",
                "The main part is no Word text. Open it in Word, save it as DOCX and try again.",
            )
        styles = Styles(self._side_part(package, "styles"))
        numbering = Numbering(self._side_part(package, "numbering"), styles)
        blocks = self._story(package, package.main, body, Layer.BODY, prefix, styles, numbering)
        for name, part_prefix, story in self._furniture(package, root, prefix):
            blocks += self._story(
                package, name, story, Layer.FURNITURE, part_prefix, styles, numbering
            )
        return blocks

    def _story(
        self,
        package: Package,
        part: str,
        container: etree._Element,
        layer: Layer,
        prefix: str,
        styles: Styles,
        numbering: Numbering,
    ) -> list[Block]:
        inline = InlineReader(styles, field_codes(container.iter(W + "t", W + "fldChar")))
        walker = StoryWalker(styles, numbering, inline, self.budget)

        def read_chunk(relation: str, path: str) -> Sequence[Block]:
            return self._chunk(package, part, relation, path)

        blocks = walker.blocks(container, Story(layer, read_chunk), prefix)
        self.notes.extend(walker.notes)
        return blocks

    def _furniture(
        self, package: Package, root: etree._Element, prefix: str
    ) -> Iterator[tuple[str, str, etree._Element]]:
        """Part, path and root of every header, footer and note."""
        relations = package.relations(package.main)
        for kind in ("header", "footer"):
            targets: list[str] = []
            for reference in root.iter(f"{W}{kind}Reference"):
                relation = relations.get(reference.get(RELATION + "id") or "")
                if relation is not None and relation.target not in targets:
                    targets.append(relation.target)
            for count, name in enumerate(targets, start=1):
                story = self._part(package, name)
                if story is not None:
                    yield name, f"{prefix}{kind}[{count}]/", story
        for kind in ("footnote", "endnote"):
            for name in package.related(package.main, f"{kind}s")[:1]:
                notes = self._part(package, name)
                found = [] if notes is None else list(notes.iterchildren(W + kind))
                own = [note for note in found if note.get(W + "type", "normal") == "normal"]
                for count, note in enumerate(own, start=1):
                    yield name, f"{prefix}{kind}[{count}]/", note

    def _chunk(self, package: Package, part: str, relation_id: str, prefix: str) -> Sequence[Block]:
        """Blocks of a document embedded whole (``w:altChunk``): another DOCX, HTML or text."""
        relation = package.relations(part).get(relation_id)
        if relation is None or relation.external or not package.has(relation.target):
            self.notes.append(f"{prefix} refers to a part that is not in the file")
            return ()
        if self.level >= _MAX_EMBEDDED:
            self.notes.append(f"{relation.target} is embedded too deep and was not read")
            return ()
        blob = package.read(relation.target)
        if blob.startswith(_ZIP_MAGIC):
            inner = _Content(self.budget, self.notes, self.level + 1)
            return inner.read(Package(blob, package.limits), prefix)
        if blob.lstrip().startswith(b"{\\rtf"):
            self.notes.append(f"{relation.target} is embedded RTF and was not read")
            return ()
        return embedded_blocks(blob, self.budget, prefix, self.notes)

    def _side_part(self, package: Package, kind: str) -> etree._Element | None:
        names = package.related(package.main, kind)
        return self._part(package, names[0]) if names else None

    def _part(self, package: Package, name: str) -> etree._Element | None:
        """A part beside the body; a damaged one is left out with a note."""
        if not package.has(name):
            return None
        try:
            return package.tree(name)
        except UnsafePart:
            raise
        except UnreadableDocument:
            self.notes.append(f"part {name} is damaged and was left out")
            return None


def _metadata(package: Package, notes: list[str]) -> Iterator[tuple[str, str]]:
    names = package.related("", "core-properties") or ["docProps/core.xml"]
    if not package.has(names[0]):
        return
    try:
        root = package.tree(names[0])
    except UnsafePart:
        raise
    except UnreadableDocument:
        notes.append(f"part {names[0]} is damaged and was left out")
        return
    for element in root:
        key = _CORE.get(str(element.tag))
        value = (element.text or "").strip()
        if key and value:
            yield key, value
