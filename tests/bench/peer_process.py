"""A worker process per peer: asked one file at a time, ended and started anew when it hangs."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

WORKER = Path(__file__).with_name("peer_worker.py")
_START_SECONDS = 120.0
"""For the import of a peer, which may be slow and is not counted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer made of a file: its tables and the time, or why there are none."""

    tables: tuple[list[list[str]], ...] = ()
    seconds: float | None = None
    error: str = ""


class Peer:
    """One peer in the environment of the peers. ``absent`` says why it cannot be asked."""

    def __init__(self, name: str, python: Path, limit: float) -> None:
        self.name = name
        self.absent = ""
        self._python = python
        self._limit = limit
        self._warm = False
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()

    def ask(self, path: Path) -> Answer:
        """The tables of one file, within the limit of time."""
        if self._process is None and not self._start():
            return Answer(error=self.absent)
        assert self._process is not None
        assert self._process.stdin is not None
        # The first file is read twice, to warm up.
        limit = self._limit if self._warm else 2 * self._limit
        try:
            self._process.stdin.write(f"{path}\n")
            self._process.stdin.flush()
            answer = self._next(limit)
        except queue.Empty:
            self.close()
            return Answer(error=f"no answer within {limit:g} s")
        except (OSError, ValueError) as error:
            self.close()
            return Answer(error=f"the process ended: {error}")
        one: dict[str, Any] = answer[str(path)]
        if "error" in one:
            return Answer(error=one["error"])
        self._warm = True
        return Answer(tuple(one["tables"]), one["seconds"])

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process, self._warm = None, False

    def _start(self) -> bool:
        """Start the process and wait until the peer is there."""
        if self.absent:
            return False
        self._lines = queue.Queue()
        self._process = subprocess.Popen(
            [str(self._python), str(WORKER), self.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            # Nothing is to be fetched while times are taken.
            env=os.environ | {"HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"},
        )
        assert self._process.stdout is not None
        threading.Thread(
            target=_forward, args=(self._process.stdout, self._lines), daemon=True
        ).start()
        try:
            self.absent = self._next(_START_SECONDS).get("absent", "")
        except (queue.Empty, ValueError) as error:
            self.absent = f"did not start: {type(error).__name__}"
        if self.absent:
            self.close()
        return not self.absent

    def _next(self, limit: float) -> dict[str, Any]:
        line = self._lines.get(timeout=limit)
        if not line:
            raise ValueError("end of output")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _forward(stream: IO[str], lines: queue.Queue[str]) -> None:
    """Every line, and an empty one at the end."""
    for line in stream:
        lines.put(line)
    lines.put("")
