"""File names: which files are never documents, and how a name is shown."""

from __future__ import annotations

import os
import re
import unicodedata

_JUNK = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def is_junk(name: str) -> bool:
    """Whether a path with ``/`` is hidden, an Office lock file or a leaving of the system."""
    return any(
        part.startswith((".", "~$")) or part == "__MACOSX" or part.lower() in _JUNK
        for part in name.split("/")
    )


def clean_path(name: str) -> str:
    """A member name as a relative path with ``/``: no drive, no root, no way upwards."""
    text = clean(name).replace("\\", "/")
    text = re.sub(r"^[A-Za-z]:", "", text)
    return "/".join(part for part in text.split("/") if part not in ("", ".", "..")) or "_"


def clean(name: str) -> str:
    """A name that is safe to show: composed, without control and direction characters."""
    return _CONTROL.sub("\ufffd", unicodedata.normalize("NFC", name))


def from_system(name: str) -> str:
    """A file name of this system as text, also where its bytes are GB18030."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "replace")
    return clean(name)
