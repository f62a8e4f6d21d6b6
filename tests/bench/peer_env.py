"""The peers' own environment: made once, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("peers-requirements.txt")
_MARK = "peers-installed.txt"


def default_folder() -> Path:
    """Where the environment goes if nobody says otherwise."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(base) / "nianbao-peers" if base else Path.home() / ".cache" / "nianbao-peers"


def prepare(folder: Path) -> Path:
    """The Python of the environment, which is made, or brought up to date, where it has to be.

    A package that cannot be installed costs its peer, not the others.
    """
    scripts = "Scripts" if os.name == "nt" else "bin"
    python = folder / scripts / ("python.exe" if os.name == "nt" else "python")
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    mark = folder / _MARK
    if python.exists() and mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return python
    sys.stderr.write(f"installing the peers in {folder}\n")
    if not python.exists():
        venv.create(folder, with_pip=True)
    if not _install(python, ["-r", str(REQUIREMENTS)]):
        # All together or, failing that, what can be had: no mark, so that the next run tries again.
        for line in filter(None, REQUIREMENTS.read_text(encoding="utf-8").splitlines()):
            _install(python, [line])
        return python
    mark.write_text(wanted, encoding="utf-8")
    return python


def _install(python: Path, what: list[str]) -> bool:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*command, *what], check=False, stdout=sys.stderr)
    if done.returncode:
        sys.stderr.write(f"could not install {' '.join(what)}\n")
    return done.returncode == 0
