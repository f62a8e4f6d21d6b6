"""The package of a DOCX: a zip of XML parts joined by relationships, opened with care.

Parts are read one at a time and only where needed: pictures stay packed, nothing is written to
disk, and a member that unpacks beyond the limits is refused before it is unpacked.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from extractor.errors import (
    EncryptedDocument,
    LimitExceeded,
    UnreadableDocument,
    UnsupportedDocument,
)
from extractor.options import Limits
from extractor.readers.markup_budget import too_deep

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RATIO_GRACE = 100 * 1024
_PROLOG = 4096
_PIECE = 1 << 20
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
)
_STRICT_DECLARATION = re.compile(rb"xmlns(?::[\w.-]+)?\s*=\s*[\"']http://purl\.oclc\.org/[^\"']*")
_UNPACK_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class UnsafePart(UnreadableDocument):
    """A part that declares a document type or entities."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link of one part to another. ``kind`` is the last word of its type, e.g. ``header``."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one package by name, without leading slash."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open the zip.

        Raises:
            EncryptedDocument: a password is needed.
            UnsupportedDocument: a zip or office file of another kind.
            UnreadableDocument: no zip, or damaged.
            LimitExceeded: more members than allowed.
        """
        self.limits = limits
        self._archive = _open_archive(data, limits)
        self._names: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            name = info.filename.replace("\\", "/").lstrip("/")
            self._names.setdefault(name.lower(), info)
        self._relations: dict[str, dict[str, Relation]] = {}
        self.main = self._find_main()

    def has(self, name: str) -> bool:
        """Whether the package holds the part."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            LimitExceeded: it would unpack beyond the limits.
            UnreadableDocument: missing or damaged.
            EncryptedDocument: packed with a password.
        """
        info = self._names.get(name.lower())
        if info is None:
            raise _damaged(name)
        if info.flag_bits & 0x1:
            raise _encrypted()
        self._check_size(info)
        if info.compress_type not in _METHODS:
            raise _damaged(name)
        try:
            # In pieces: one read of everything would unpack more than the declared size.
            with self._archive.open(info) as stream:
                return b"".join(iter(lambda: stream.read(_PIECE), b""))
        except _UNPACK_ERRORS as error:
            raise _damaged(name) from error

    def tree(self, name: str) -> etree._Element:
        """The root element of an XML part, Strict namespaces turned into Transitional ones.

        Raises:
            UnreadableDocument: not well-formed, or with a document type or entities.
            LimitExceeded: nested too deep, or too large.
        """
        blob = self.read(name)
        if len(blob) > 10 * self.limits.characters:
            raise LimitExceeded(
                f"文件的部件 {name} 过大（{len(blob)} 字节）。",
                f"Part {name} of the file is too large ({len(blob)} bytes).",
            )
        return parse_part(blob, name, self.limits)

    def relations(self, name: str) -> dict[str, Relation]:
        """The relations of a part by id; ``""`` for those of the package.

        A damaged or missing list counts as empty.
        """
        if name not in self._relations:
            self._relations[name] = self._read_relations(name)
        return self._relations[name]

    def _read_relations(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(part):
            return {}
        try:
            root = self.tree(part)
        except UnsafePart:
            raise
        except UnreadableDocument:
            return {}
        found: dict[str, Relation] = {}
        for element in root.iter("{*}Relationship"):
            target = element.get("Target") or ""
            external = (element.get("TargetMode") or "").lower() == "external"
            kind = (element.get("Type") or "").rstrip("/").rsplit("/", 1)[-1]
            path = target if external else _resolve(folder, target)
            found[element.get("Id") or f"?{len(found)}"] = Relation(kind, path, external)
        return found

    def related(self, name: str, kind: str) -> list[str]:
        """Names of the existing parts to which a part is related in this way."""
        relations = self.relations(name).values()
        return [
            relation.target
            for relation in relations
            if relation.kind == kind and not relation.external and self.has(relation.target)
        ]

    def _check_size(self, info: zipfile.ZipInfo) -> None:
        limits = self.limits
        ratio_broken = (
            info.file_size > _RATIO_GRACE
            and info.file_size > limits.archive_ratio * max(1, info.compress_size)
        )
        if info.file_size > limits.member_bytes or ratio_broken:
            raise LimitExceeded(
                f"压缩包成员 {info.filename} 解压后过大（{info.file_size} 字节），疑似压缩炸弹。",
                f"Member {info.filename} of the archive unpacks to {info.file_size} bytes; "
                "it looks like a zip bomb.",
            )

    def _find_main(self) -> str:
        mains = self.related("", "officeDocument")
        for name in [*mains, "word/document.xml", "word/document2.xml"]:
            if not self.has(name):
                continue
            if name.lower().startswith(("xl/", "ppt/", "visio/")):
                raise UnsupportedDocument(
                    "这是表格或演示文稿，不是 Word 文档。请提供 DOCX、PDF 或网页。",
                    "This is a workbook or a presentation, not a Word document. "
                    "Provide a DOCX, a PDF or a web page.",
                )
            return name
        raise UnsupportedDocument(
            "压缩包里没有 Word 正文（word/document.xml），不是 DOCX 文件。",
            "The archive holds no Word text (word/document.xml): it is no DOCX file.",
        )


def parse_part(blob: bytes, name: str, limits: Limits) -> etree._Element:
    """Parse one XML part: no entities, no document type, no network.

    Raises:
        UnreadableDocument: not well-formed, or with a document type or entities.
        LimitExceeded: nested deeper than the parser allows.
    """
    prolog = blob[:_PROLOG].replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
        raise _forbidden(name)
    if b"http://purl.oclc.org/" in blob:
        blob = _STRICT_DECLARATION.sub(_to_transitional, blob)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(blob, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise too_deep(limits.nesting) from error
        raise _damaged(name) from error
    except (ValueError, LookupError) as error:
        raise _damaged(name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _forbidden(name)
    return root


def _to_transitional(match: re.Match[bytes]) -> bytes:
    declaration = match.group(0)
    for strict, transitional in _STRICT:
        declaration = declaration.replace(strict, transitional)
    return declaration


def _resolve(folder: str, target: str) -> str:
    path = unquote(target.split("#", 1)[0]).replace("\\", "/")
    joined = path if path.startswith("/") else posixpath.join(folder, path)
    return posixpath.normpath(joined).lstrip("/") if joined else ""


def _open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    if data.startswith(_OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _encrypted()
        raise UnsupportedDocument(
            "这是旧版 Word（.doc）或其他 OLE 文件，不是 DOCX。请另存为 DOCX 或 PDF 后重试。",
            "This is an old Word file (.doc) or another OLE file, no DOCX. "
            "Save it as DOCX or PDF and try again.",
        )
    if b'progid="Word.Document"' in data[:_PROLOG] or b"<pkg:package" in data[:_PROLOG]:
        raise UnsupportedDocument(
            "这是 Word 的单文件 XML 格式。请在 Word 中打开，另存为 DOCX 后重试。",
            "This is Word's single-file XML format. Open it in Word, save it as DOCX and try "
            "again.",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = len(archive.infolist())
    except _UNPACK_ERRORS as error:
        raise UnreadableDocument(
            "文件不是完整的 DOCX（压缩包已损坏或被截断）。请重新下载。",
            "The file is no complete DOCX (its zip is damaged or cut off). Download it again.",
        ) from error
    if members > limits.archive_members:
        raise LimitExceeded(
            f"压缩包成员超过上限 {limits.archive_members} 个。",
            f"The archive has more than {limits.archive_members} members.",
        )
    return archive


def _encrypted() -> EncryptedDocument:
    return EncryptedDocument(
        "文件已加密。请在 Word 中输入密码打开，取消密码后另存再试。",
        "The file is encrypted. Open it in Word with its password, save it without one and try "
        "again.",
    )


def _damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"DOCX 的部件 {name} 缺失或已损坏。请在 Word 中打开并修复，另存后重试。",
        f"Part {name} of the DOCX is missing or damaged. Open and repair it in Word, save it and "
        "try again.",
    )


def _forbidden(name: str) -> UnsafePart:
    return UnsafePart(
        f"DOCX 的部件 {name} 含有文档类型或实体声明，为安全起见不予读取。请在 Word 中另存后重试。",
        f"Part {name} of the DOCX declares a document type or entities and is not read for "
        "safety. Save it anew in Word and try again.",
    )
