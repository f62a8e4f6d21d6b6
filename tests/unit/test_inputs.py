"""Files, folders and archives as documents with names."""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.errors import (
    DocumentError,
    DocumentFault,
    EncryptedDocument,
    LimitExceeded,
    UnreadableDocument,
    UnsupportedDocument,
    UsageError,
)
from extractor.inputs.collect import collect
from extractor.inputs.source import read_source
from extractor.options import Limits


def tree(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def pack(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=compression)
    return memory.getvalue()


def names(*inputs: Path, limits: Limits | None = None, exclude: Path | None = None) -> list[str]:
    return [source.name for source in collect(inputs, limits, exclude)]


def faults(path: Path, limits: Limits | None = None) -> dict[str, DocumentFault | None]:
    """What each document fails with, ``None`` where its bytes can be had."""
    bounds = limits or Limits()
    found: dict[str, DocumentFault | None] = {}
    for source in collect([path], bounds):
        try:
            read_source(source, bounds)
        except DocumentError as error:
            found[source.name] = error.fault
        else:
            found[source.name] = None
    return found


def test_folders_are_read_recursively_in_order(tmp_path: Path) -> None:
    tree(tmp_path, {"b.txt": b"1", "a/z.txt": b"2", "a/甲/c.txt": b"3", "a.txt": b"4"})
    assert names(tmp_path) == ["a.txt", "a/z.txt", "a/甲/c.txt", "b.txt"]


def test_a_file_is_called_by_its_name(tmp_path: Path) -> None:
    tree(tmp_path, {"deep/er/报告.txt": b"1"})
    assert names(tmp_path / "deep" / "er" / "报告.txt") == ["报告.txt"]


def test_what_is_no_document_is_passed_over(tmp_path: Path) -> None:
    junk = ("~$a.docx", ".hidden", ".git/x.txt", "Thumbs.db", "a/.DS_Store", "__MACOSX/._a.txt")
    tree(tmp_path, dict.fromkeys(junk, b"x") | {"a.txt": b"1"})
    assert names(tmp_path) == ["a.txt"]


def test_our_own_datasets_are_passed_over(tmp_path: Path) -> None:
    ours = b'{"name": "nianbao-dataset"}'
    tree(tmp_path, {"a.txt": b"1", "old/datapackage.json": ours, "old/values.csv": b"x"})
    tree(tmp_path, {"out/half.csv": b"x", "theirs/datapackage.json": b'{"name": "x"}'})
    found = names(tmp_path, exclude=tmp_path / "out")
    assert found == ["a.txt", "theirs/datapackage.json"]
    with pytest.raises(UsageError, match="数据集"):
        collect([tmp_path / "old"])


def test_a_missing_path_alone_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        collect([tmp_path / "nothing"])
    assert "nothing" in caught.value.zh
    assert "nothing" in caught.value.en


def test_a_missing_path_and_an_empty_folder_beside_a_report_get_rows(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": b"1", "empty/.DS_Store": b""})
    found = collect([tmp_path / "a.txt", tmp_path / "nothing", tmp_path / "empty"])
    faults = {source.name: source.fault for source in found}
    assert list(faults) == ["a.txt", "empty", "nothing"]
    assert faults["a.txt"] is None
    assert "nothing" in str(faults["nothing"])
    assert "empty" in str(faults["empty"])


def test_an_empty_folder_is_wrong_usage_and_says_what_to_do(tmp_path: Path) -> None:
    tree(tmp_path, {"empty/.DS_Store": b""})
    with pytest.raises(UsageError) as caught:
        collect([tmp_path / "empty"])
    assert "PDF" in caught.value.zh


def test_the_same_name_in_two_folders_gets_the_folder_in_front(tmp_path: Path) -> None:
    tree(tmp_path, {"2023/镇.txt": b"1", "2024/镇.txt": b"2", "2024/县.txt": b"3"})
    found = names(tmp_path / "2023", tmp_path / "2024")
    assert found == ["2023/镇.txt", "2024/县.txt", "2024/镇.txt"]


def test_folders_of_the_same_name_are_told_apart_further_up(tmp_path: Path) -> None:
    tree(tmp_path, {"甲/2024/镇.txt": b"1", "乙/2024/镇.txt": b"2"})
    found = names(tmp_path / "甲" / "2024", tmp_path / "乙" / "2024")
    assert found == ["乙/2024/镇.txt", "甲/2024/镇.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": b"1", "b.txt": b"2"})
    assert names(tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt") == ["a.txt", "b.txt"]


def test_links_are_followed_and_loops_end(tmp_path: Path) -> None:
    tree(tmp_path, {"in/a.txt": b"1", "elsewhere/b.txt": b"2"})
    try:
        (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
        (tmp_path / "in" / "other").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        (tmp_path / "in" / "gone.txt").symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("this system does not allow links")
    assert faults(tmp_path / "in") == {
        "a.txt": None,
        "gone.txt": DocumentFault.UNREADABLE,
        "other/b.txt": None,
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": b"1"})
    os.mkfifo(tmp_path / "pipe")
    assert faults(tmp_path) == {"a.txt": None, "pipe": DocumentFault.UNREADABLE}
    with pytest.raises(UsageError):
        collect([tmp_path / "pipe"])


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="needs a user who may be refused"
)
def test_a_file_that_may_not_be_read_is_a_row(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": b"1", "b.txt": b"2"})
    (tmp_path / "a.txt").chmod(0)
    assert faults(tmp_path) == {"a.txt": DocumentFault.UNREADABLE, "b.txt": None}


def test_a_file_that_vanishes_is_a_row(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": b"1"})
    (source,) = collect([tmp_path])
    (tmp_path / "a.txt").unlink()
    with pytest.raises(UnreadableDocument):
        read_source(source, Limits())


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": b"x" * 11, "b.txt": b"x" * 10})
    limits = Limits(file_bytes=10)
    assert faults(tmp_path, limits) == {"a.txt": DocumentFault.LIMIT, "b.txt": None}
    grown = replace(collect([tmp_path / "b.txt"], limits)[0], path=tmp_path / "a.txt")
    with pytest.raises(LimitExceeded):
        read_source(grown, limits)


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes only on Linux")
def test_a_file_name_in_gb18030_is_shown_as_text(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "样例镇.txt".encode("gb18030")
    with open(raw, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(b"1")
    assert names(tmp_path) == ["样例镇.txt"]


def test_names_cannot_steer_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(pack({"x\x1b[2J\u202ey.txt": b"1"}))
    assert names(tmp_path) == ["a.zip!x\ufffd[2J\ufffdy.txt"]


def test_members_of_archives_are_documents(tmp_path: Path) -> None:
    inner = pack({"丙.txt": "三".encode()})
    tree(tmp_path, {"包.zip": pack({"一/甲.txt": "一".encode(), "内.zip": inner})})
    sources = collect([tmp_path])
    assert [source.name for source in sources] == ["包.zip!一/甲.txt", "包.zip!内.zip!丙.txt"]
    read = [read_source(source, Limits()).decode() for source in sources]
    assert read == ["一", "三"]


def test_junk_in_archives_is_passed_over(tmp_path: Path) -> None:
    junk = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "~$a.docx": b"x", "folder/": b""}
    (tmp_path / "a.zip").write_bytes(pack(junk | {"a.txt": b"1"}))
    assert names(tmp_path) == ["a.zip!a.txt"]


@pytest.mark.parametrize(
    "marker", ["[Content_Types].xml", "OFD.xml", "mimetype", "word/document.xml"]
)
def test_a_document_that_is_a_zip_stays_whole(tmp_path: Path, marker: str) -> None:
    document = pack({marker: b"<x/>", "other.xml": b"<y/>"})
    (tmp_path / "报告.zip").write_bytes(document)
    (tmp_path / "b.zip").write_bytes(pack({"内.docx": document}))
    sources = collect([tmp_path])
    assert [source.name for source in sources] == ["b.zip!内.docx", "报告.zip"]
    assert {read_source(source, Limits()) for source in sources} == {document}


def test_an_archive_is_known_by_content(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(pack({"Word/a.txt": b"1"}))
    assert names(tmp_path) == ["a.docx!Word/a.txt"]


def _renamed(archive: bytes, before: bytes, after: bytes) -> bytes:
    """An archive with a member name of other bytes, in both places where it stands."""
    assert len(before) == len(after)
    assert archive.count(before) == 2
    return archive.replace(before, after)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_member_names_without_a_mark_are_decoded(tmp_path: Path, encoding: str) -> None:
    wanted = "原州区样例镇.txt"
    raw = wanted.encode(encoding)
    archive = _renamed(pack({"x" * len(raw): b"1"}), b"x" * len(raw), raw)
    (tmp_path / "a.zip").write_bytes(archive)
    assert names(tmp_path) == [f"a.zip!{wanted}"]


@pytest.mark.parametrize(
    "name", ["../../etc/x.txt", "/etc/x.txt", "C:\\etc\\x.txt", "./etc//x.txt"]
)
def test_member_names_lead_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(pack({name: b"1"}))
    assert names(tmp_path) == ["a.zip!etc/x.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", b"1")
        archive.writestr("a.txt", b"2")
    sources = collect([tmp_path])
    assert [source.name for source in sources] == ["a.zip!a.txt", "a.zip!a.txt#2"]
    assert [read_source(source, Limits()) for source in sources] == [b"1", b"2"]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(pack({"bomb.txt": bytes(5_000_000), "a.txt": b"1"}))
    assert faults(tmp_path) == {"a.zip!a.txt": None, "a.zip!bomb.txt": DocumentFault.LIMIT}


def test_a_member_over_the_limit_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(pack({"big.txt": bytes(range(256)) * 5, "a.txt": b"1"}))
    for limits in (Limits(file_bytes=1_000), Limits(member_bytes=1_000)):
        found = faults(tmp_path, limits)
        assert found == {"a.zip!a.txt": None, "a.zip!big.txt": DocumentFault.LIMIT}


@pytest.mark.parametrize("limits", [Limits(archive_members=2), Limits(archive_bytes=2)])
def test_an_archive_over_the_limit_is_one_row(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "a.zip").write_bytes(pack({f"{n}.txt": b"1" for n in range(3)}))
    assert faults(tmp_path, limits) == {"a.zip": DocumentFault.LIMIT}


def test_a_directory_too_long_to_load_is_refused_unread(tmp_path: Path) -> None:
    archive = pack({f"{n:03}{'x' * 300}.txt": b"1" for n in range(50)})
    (tmp_path / "a.zip").write_bytes(archive)
    assert faults(tmp_path, Limits(archive_members=10)) == {"a.zip": DocumentFault.LIMIT}


def test_limits_count_for_archives_within_archives(tmp_path: Path) -> None:
    inner = pack({f"{n}.txt": b"1" for n in range(5)})
    (tmp_path / "a.zip").write_bytes(pack({"内.zip": inner, "a.txt": b"1"}))
    found = faults(tmp_path, Limits(archive_members=4))
    assert found == {"a.zip!a.txt": None, "a.zip!内.zip": DocumentFault.LIMIT}


def test_archives_too_deep_come_to_an_end(tmp_path: Path) -> None:
    data = pack({"a.txt": b"1"})
    for _ in range(8):
        data = pack({"in.zip": data})
    (tmp_path / "a.zip").write_bytes(data)
    found = faults(tmp_path)
    assert list(found.values()) == [DocumentFault.LIMIT]


def test_an_empty_archive_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(pack({}))
    (tmp_path / "b.zip").write_bytes(pack({"in.zip": pack({}), "only/": b""}))
    assert faults(tmp_path) == {
        "a.zip": DocumentFault.UNREADABLE,
        "b.zip!in.zip": DocumentFault.UNREADABLE,
    }


def test_a_broken_archive_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(pack({"a.txt": b"1" * 100})[:60])
    assert faults(tmp_path) == {"a.zip": DocumentFault.UNREADABLE}


def test_a_broken_member_does_not_hide_the_others(tmp_path: Path) -> None:
    archive = bytearray(pack({"a.txt": b"1" * 50, "b.txt": b"2" * 50}, zipfile.ZIP_STORED))
    archive[archive.index(b"1" * 50)] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(bytes(archive))
    assert faults(tmp_path) == {"a.zip!a.txt": DocumentFault.UNREADABLE, "a.zip!b.txt": None}


def _patched(archive: bytes, offset: int, value: int) -> bytes:
    """An archive whose directory entry says something else (offset within the entry)."""
    data = bytearray(archive)
    entry = data.index(b"PK\x01\x02")
    data[entry + offset : entry + offset + 2] = struct.pack("<H", value)
    return bytes(data)


def test_an_encrypted_member_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_patched(pack({"a.txt": b"1"}), 8, 1))
    assert faults(tmp_path) == {"a.zip!a.txt": EncryptedDocument.fault}


def test_an_unknown_compression_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_patched(pack({"a.txt": b"1"}), 10, 97))
    assert faults(tmp_path) == {"a.zip!a.txt": UnsupportedDocument.fault}
