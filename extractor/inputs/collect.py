"""What the user typed, as the list of documents to read."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.dataset.files import is_dataset
from extractor.errors import DocumentError, UnreadableDocument, UsageError
from extractor.inputs.archive import list_archive
from extractor.inputs.names import from_system, is_junk
from extractor.inputs.source import Source, too_large, unreadable_file
from extractor.options import Limits


@dataclass(frozen=True, slots=True)
class _File:
    """A file found: its path, its path below the input, and the input's folder."""

    path: Path
    below: str
    root: Path
    fault: DocumentError | None = None


def collect(
    inputs: Sequence[Path], limits: Limits | None = None, exclude: Path | None = None
) -> tuple[Source, ...]:
    """All documents in files, folders and zip archives, sorted by name, no name twice.

    Hidden files, lock files and dataset folders of ours are passed over, and so is ``exclude``. An
    input that does not exist or holds no document is a source with a fault, so that it gets a row
    of its own beside the others.

    Raises:
        UsageError: There is nothing to read in any input.
    """
    bounds = limits or Limits()
    found, faults = [], []
    for given in inputs:
        try:
            found += _files(given, exclude)
        except UsageError as error:
            faults.append((given, error))
    if not found and faults:
        raise faults[0][1]
    lost = (
        _File(path, from_system(path.name) or ".", _parent(path), UnreadableDocument(e.zh, e.en))
        for path, e in faults
    )
    files = list(_unique(iter((*found, *lost))))
    named = zip(_names(files), files, strict=True)
    sources = (source for name, file in named for source in _sources(name, file, bounds))
    return tuple(sorted(sources, key=lambda source: (source.name, source.members)))


def _files(given: Path, exclude: Path | None) -> list[_File]:
    try:
        mode = given.stat().st_mode
    except (OSError, ValueError) as error:
        raise UsageError(
            f"找不到输入：{given}。请检查路径是否正确。",
            f"No such input: {given}. Check the path.",
        ) from error
    if stat.S_ISREG(mode):
        return [_File(given, from_system(given.name), _parent(given))]
    if not stat.S_ISDIR(mode):
        raise UsageError(
            f"输入既不是文件也不是文件夹：{given}。请先存为文件。",
            f"The input is neither a file nor a folder: {given}. Save it to a file first.",
        )
    if is_dataset(given):
        raise UsageError(
            f"{given} 是本程序输出的数据集，不是存放报告的文件夹。请给出报告所在的文件夹。",
            f"{given} is a dataset written by this program, not a folder of reports. "
            "Name the folder that holds the reports.",
        )
    found = sorted(_walk(given, exclude), key=lambda file: file.below)
    if not found:
        raise UsageError(
            f"文件夹里没有可读取的文件：{given}。请放入 PDF、DOCX、HTML 或文本格式的报告。",
            f"There is nothing to read in {given}. Put reports as PDF, DOCX, HTML or text there.",
        )
    return found


def _walk(root: Path, exclude: Path | None) -> Iterator[_File]:
    """Every file below a folder. Links are followed, but no folder is entered twice."""
    seen: set[tuple[int, int]] = set()
    waiting = [(root, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(folder.iterdir(), reverse=True)
        except OSError as error:
            yield _File(folder, prefix, root, unreadable_file(error))
            continue
        for entry in entries:
            name = from_system(entry.name)
            if is_junk(name):
                continue
            if os.path.isdir(entry):  # noqa: PTH112 - Path.is_dir raises where access is denied
                if not _is_ours(entry, exclude):
                    waiting.append((entry, f"{prefix}{name}/"))
            else:
                yield _File(entry, prefix + name, root, _fault(entry))


def _is_ours(folder: Path, exclude: Path | None) -> bool:
    return (exclude is not None and _same(folder, exclude)) or is_dataset(folder)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _fault(path: Path) -> DocumentError | None:
    """Why a file of a folder is not even opened, ``None`` where it may be."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return unreadable_file(error)
    if stat.S_ISREG(mode):
        return None
    return UnreadableDocument(
        "不是普通文件（管道、设备或套接字），未读取。请存为普通文件后重试。",
        "Not a regular file (a pipe, device or socket), so not read. Save it to a file first.",
    )


def _unique(files: Iterator[_File]) -> Iterator[_File]:
    """Each path once, though two inputs may both lead to it."""
    seen: set[str] = set()
    for file in files:
        key = os.path.abspath(file.path)  # noqa: PTH100 - links are not resolved on purpose
        if key not in seen:
            seen.add(key)
            yield file


def _names(files: Sequence[_File]) -> list[str]:
    """Names below the input folder, with as much of the folder as tells them apart."""
    deepest = max((len(_absolute(file.root).parts) for file in files), default=0)
    names = [file.below for file in files]
    for depth in range(1, deepest + 1):
        if len(set(names)) == len(names):
            return names
        names = [_with_folders(file, depth) for file in files]
    return [
        name if count == 1 else f"{name}#{count}"
        for name, count in zip(names, _occurrences(names), strict=True)
    ]


def _with_folders(file: _File, depth: int) -> str:
    folders = _absolute(file.root).parts[1:][-depth:]
    return "/".join((*map(from_system, folders), file.below))


def _occurrences(names: Sequence[str]) -> Iterator[int]:
    """For each name, the how manyeth of its kind it is."""
    counts: Counter[str] = Counter()
    for name in names:
        counts[name] += 1
        yield counts[name]


def _parent(path: Path) -> Path:
    return _absolute(path).parent


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links are not resolved on purpose


def _sources(name: str, file: _File, limits: Limits) -> Iterator[Source]:
    source = Source(name, file.path, fault=file.fault)
    if source.fault is not None:
        yield source
        return
    try:
        members = list_archive(file.path, limits)
        if members is None and file.path.stat().st_size > limits.file_bytes:
            source = replace(source, fault=too_large(limits.file_bytes))
    except OSError as error:
        members, source = None, replace(source, fault=unreadable_file(error))
    if members is None:
        yield source
        return
    for member in members:
        inner = f"{name}!{member.name}" if member.name else name
        yield Source(inner, file.path, member.positions, member.fault)
