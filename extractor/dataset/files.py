"""The dataset folder: refuse to spoil another, write beside it, then move whole files in."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractor.errors import OutputError, UsageError

DATASET_NAME = "nianbao-dataset"
"""The ``name`` in ``datapackage.json``, by which a dataset of ours is known again."""

_NOTHING = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def is_dataset(folder: Path) -> bool:
    """Whether a folder is a dataset that this program wrote."""
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(package, dict) and package.get("name") == DATASET_NAME


def check_output(out: Path) -> None:
    """Refuse an output folder that holds something else.

    Raises:
        UsageError: It is a file, or a folder that is neither empty nor a dataset of ours.
    """
    if not os.path.lexists(out):
        return
    if not out.is_dir():
        raise UsageError(
            f"输出位置已有同名文件：{out}。请换一个文件夹名。",
            f"A file stands where the output folder belongs: {out}. Choose another name.",
        )
    try:
        occupied = any(entry.name.lower() not in _NOTHING for entry in out.iterdir())
    except OSError as error:
        raise _cannot_write(out, error) from error
    if occupied and not is_dataset(out):
        raise UsageError(
            f"输出文件夹非空，且不是本程序的数据集：{out}。请换一个新文件夹，以免覆盖其他文件。",
            f"The output folder is not empty and is no dataset of this program: {out}. "
            "Choose a new folder, so that nothing is overwritten.",
        )


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder beside ``out`` for files in the making; it is gone afterwards, come what may.

    Raises:
        OutputError: Nothing can be written there, now or on the way.
    """
    try:
        parent = Path(os.path.abspath(out)).parent  # noqa: PTH100 - a linked folder stays linked
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".nianbao-partial-", dir=parent))
    except OSError as error:
        raise _cannot_write(out, error) from error
    try:
        yield folder
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, out: Path, names: tuple[str, ...], stale: tuple[str, ...] = ()) -> None:
    """Move finished files into the dataset folder, one whole file at a time.

    ``stale`` are files of an earlier run that this one did not write; they go.

    The workbook goes first: where a spreadsheet program holds it open the move fails, and then
    nothing has changed yet.

    Raises:
        OSError: A file cannot be replaced.
    """
    out.mkdir(exist_ok=True)
    for name in sorted(names, key=lambda name: (not name.endswith(".xlsx"), name)):
        (folder / name).replace(out / name)
    for name in stale:
        (out / name).unlink(missing_ok=True)


def _cannot_write(out: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error).splitlines()[0]
    return OutputError(
        f"无法写入输出文件夹 {out}（{reason}）。请检查磁盘空间和权限，"
        "关闭正在打开的 dataset.xlsx，然后重试；原有文件未受影响。",
        f"Cannot write to the output folder {out} ({reason}). Check free space and permissions, "
        "close dataset.xlsx if it is open, and try again; no file was left half written.",
    )
