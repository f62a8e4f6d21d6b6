"""Zip archives: which members are documents, under which names, within which limits.

Nothing is ever unpacked to disk, so a member name can lead nowhere; it is only cleaned for
display. A zip that is itself a document (DOCX, OFD, ODF) is no archive.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from extractor.errors import (
    DocumentError,
    EncryptedDocument,
    LimitExceeded,
    UnreadableDocument,
    UnsupportedDocument,
)
from extractor.inputs.names import clean_path, is_junk
from extractor.options import Limits

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_DEEPEST = 4
"""Archives within archives: a zip that holds itself must come to an end."""
_RATIO_GRACE = 1_000_000
"""Bytes below which no ratio is suspicious: an empty form compresses very well."""
_DIRECTORY_ENTRY = 1_000
"""Bytes of directory allowed for each member: 46 and a long name."""
_PACKAGE_PARTS = re.compile(
    r"\[content_types\]\.xml|ofd\.xml|mimetype|_rels/\.rels|word/document\.xml"
    r"|xl/workbook\.xml|ppt/presentation\.xml|doc_0/document\.xml|meta-inf/manifest\.xml",
    re.IGNORECASE,
)
_BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    LookupError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A document in an archive, or a part of the archive that cannot be read (``fault``).

    ``name`` joins the names on the way with ``!``; it is empty where the fault is the archive's.
    """

    name: str
    positions: tuple[int, ...]
    fault: DocumentError | None = None


@dataclass(slots=True)
class _Budget:
    """What an archive and all archives in it may still hold."""

    members: int
    size: int


def list_archive(path: Path, limits: Limits) -> tuple[Member, ...] | None:
    """The documents in a zip archive in the order of its directory.

    Returns ``None`` where the file is no archive, so that a reader may look at it.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as file:
        if file.read(4) not in _MAGIC:
            return None
        fault = _directory_fault(file, limits)
    if fault is not None:
        return (Member("", (), fault),)
    try:
        with zipfile.ZipFile(path) as archive:
            if _is_package(archive):
                return None
            budget = _Budget(limits.archive_members, limits.archive_bytes)
            members = tuple(_documents(archive, (), "", budget, limits))
    except _BAD_ZIP:
        return (Member("", (), _damaged()),) if path.suffix.lower() == ".zip" else None
    return members or (Member("", (), _nothing_inside()),)


def read_member(path: Path, positions: tuple[int, ...], limits: Limits) -> bytes:
    """The bytes of a document in an archive.

    Raises:
        DocumentError: It is damaged, encrypted, packed in an unknown way or too large.
    """
    try:
        archive = _open_inner(path, positions[:-1], limits)
        info = archive.infolist()[positions[-1]]
    except _BAD_ZIP as error:
        raise _damaged() from error
    if info.file_size > limits.file_bytes:
        raise _too_large(limits.file_bytes)
    return _read(archive, info, limits)


@lru_cache(maxsize=1)
def _open_inner(path: Path, positions: tuple[int, ...], limits: Limits) -> zipfile.ZipFile:
    """An archive, kept open: the next document is most likely its neighbour."""
    if not positions:
        return zipfile.ZipFile(path)
    outer = _open_inner.__wrapped__(path, positions[:-1], limits)
    return zipfile.ZipFile(io.BytesIO(_read(outer, outer.infolist()[positions[-1]], limits)))


def _documents(
    archive: zipfile.ZipFile,
    positions: tuple[int, ...],
    prefix: str,
    budget: _Budget,
    limits: Limits,
) -> Iterator[Member]:
    wanted = [(at, info) for at, info in enumerate(archive.infolist()) if not info.is_dir()]
    budget.members -= len(wanted)
    budget.size -= sum(info.file_size for _, info in wanted)
    if budget.members < 0 or budget.size < 0:
        yield Member(prefix.rstrip("!"), positions, _too_much(limits))
        return
    taken: dict[str, int] = {}
    for at, info in wanted:
        name = clean_path(_name(info))
        if is_junk(name):
            continue
        taken[name] = taken.get(name, 0) + 1
        unique = name if taken[name] == 1 else f"{name}#{taken[name]}"
        yield from _member(archive, info, (*positions, at), prefix + unique, budget, limits)


def _member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    positions: tuple[int, ...],
    name: str,
    budget: _Budget,
    limits: Limits,
) -> Iterator[Member]:
    try:
        with _open(archive, info, limits) as stream:
            packed = stream.read(4) in _MAGIC
        inner = zipfile.ZipFile(io.BytesIO(_read(archive, info, limits))) if packed else None
    except DocumentError as fault:
        yield Member(name, positions, fault)
        return
    except _BAD_ZIP:
        inner = None  # The reader tells what is wrong with it.
    if inner is None:
        yield Member(name, positions)
        return
    with inner:
        if _is_package(inner):
            yield Member(name, positions)
        elif len(positions) >= _DEEPEST:
            yield Member(name, positions, _too_deep())
        else:
            found = tuple(_documents(inner, positions, f"{name}!", budget, limits))
            yield from found or (Member(name, positions, _nothing_inside()),)


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> IO[bytes]:
    """A stream of a member that keeps within the limits."""
    if info.flag_bits & 0x1:
        raise _encrypted()
    if info.file_size > limits.member_bytes:
        raise _too_large(limits.member_bytes)
    if info.file_size > max(_RATIO_GRACE, info.compress_size * limits.archive_ratio):
        raise _bomb(limits.archive_ratio)
    try:
        return archive.open(info)
    except NotImplementedError as error:
        raise _unknown_packing() from error
    except _BAD_ZIP as error:
        raise _damaged() from error


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    try:
        with _open(archive, info, limits) as stream:
            return stream.read(info.file_size + 1)
    except _BAD_ZIP as error:
        raise _damaged() from error


def _is_package(archive: zipfile.ZipFile) -> bool:
    """Whether the zip is one document in parts (DOCX, OFD, ODF)."""
    return any(_PACKAGE_PARTS.fullmatch(info.filename) for info in archive.infolist())


def _name(info: zipfile.ZipInfo) -> str:
    """The member name as its maker meant it.

    Without the UTF-8 mark a name is in the code page of its maker: UTF-8 all the same (macOS),
    else GB18030 (Chinese Windows), else the code page 437 of the standard.
    """
    if info.flag_bits & 0x800:
        return info.orig_filename
    unicode_name = _unicode_path(info.extra)
    if unicode_name:
        return unicode_name
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _unicode_path(extra: bytes) -> str:
    """The name in the Info-ZIP Unicode Path field, ``""`` without one."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        if kind == 0x7075 and length > 5:
            return extra[9 : 4 + length].decode("utf-8", "replace")
        extra = extra[4 + length :]
    return ""


def _directory_fault(file: IO[bytes], limits: Limits) -> DocumentError | None:
    """Refuse a directory too long to load.

    ``zipfile`` makes an object of every entry before anyone can count them.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return None
    directory: int = struct.unpack("<L", tail[end + 12 : end + 16])[0]
    if directory == 0xFFFF_FFFF:
        zip64 = tail.rfind(b"PK\x06\x06", 0, end)
        if zip64 >= 0 and len(tail) >= zip64 + 48:
            directory = struct.unpack("<Q", tail[zip64 + 40 : zip64 + 48])[0]
    allowed = limits.archive_members * _DIRECTORY_ENTRY
    return _too_much(limits) if min(directory, size) > allowed else None


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "压缩包已损坏，无法取出此文件。请重新下载或重新打包。",
        "The archive is damaged and this file cannot be taken out. Download or pack it again.",
    )


def _nothing_inside() -> UnreadableDocument:
    return UnreadableDocument(
        "压缩包内没有文件。请检查是否打包完整。",
        "There is no file in the archive. Check that it was packed completely.",
    )


def _encrypted() -> EncryptedDocument:
    return EncryptedDocument(
        "压缩包内的此文件设有密码。请解压后重试。",
        "This file in the archive has a password. Unpack it and try again.",
    )


def _unknown_packing() -> UnsupportedDocument:
    return UnsupportedDocument(
        "此文件的压缩方式无法识别。请解压后重试。",
        "This file is compressed in an unknown way. Unpack it and try again.",
    )


def _too_large(limit: int) -> LimitExceeded:
    return LimitExceeded(
        f"压缩包内的此文件超过 {limit:,} 字节的上限，未读取。请解压并拆分后重试。",
        f"This file in the archive is larger than the limit of {limit:,} bytes and was not read. "
        "Unpack and split it, and try again.",
    )


def _bomb(ratio: int) -> LimitExceeded:
    return LimitExceeded(
        f"此文件的压缩率超过 {ratio} 倍，疑为压缩炸弹，未读取。确认无误后请解压重试。",
        f"This file is compressed more than {ratio} times, like a zip bomb, and was not read. "
        "If you trust it, unpack it and try again.",
    )


def _too_deep() -> LimitExceeded:
    return LimitExceeded(
        f"压缩包嵌套超过 {_DEEPEST} 层，未继续读取。请解压内层压缩包后重试。",
        f"Archives lie more than {_DEEPEST} deep within each other. "
        "Unpack the inner one and try again.",
    )


def _too_much(limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        f"压缩包内的文件超过 {limits.archive_members:,} 个或 {limits.archive_bytes:,} 字节的上限，"
        "未读取。请分成几个压缩包后重试。",
        f"The archive holds more than {limits.archive_members:,} files or "
        f"{limits.archive_bytes:,} bytes and was not read. Split it and try again.",
    )
