"""Chromium told over a pipe to print web pages: one process, page after page."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Sequence
from typing import Any

from making.printing import undated

_SECONDS = 120.0
_CHUNK = 1 << 20
_FIRST_FREE = 20  # well above the numbers that the shell needs for itself
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
_LINE = '<div style="font-size:8px;width:100%;margin:0 24px;display:flex">'
_TOP = f'{_LINE}<span>2025/2/1 09:00</span><span class="title" style="margin:auto"></span></div>'
_FOOT = (
    f'{_LINE}<span style="flex:1">https://www.example.invalid/xxgk/ndbg.html</span>'
    '<span class="pageNumber"></span>/<span class="totalPages"></span></div>'
)


def chromium_pdfs(pages: Sequence[str], *, header: bool = False) -> list[bytes]:
    """Web pages as Chromium prints them, by one process.

    Args:
        pages: The pages as HTML.
        header: Whether the browser prints date, title, address and page number.
    """
    if not pages:
        return []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = _Browser(folder)
        try:
            return [browser.print(page, header=header) for page in pages]
        finally:
            browser.close()


class _Browser:
    """One Chromium with one tab, spoken to over descriptors 3 and 4."""

    def __init__(self, folder: str) -> None:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        high = [fcntl.fcntl(fd, fcntl.F_DUPFD, _FIRST_FREE) for fd in (theirs_in, theirs_out)]
        os.close(theirs_in)
        os.close(theirs_out)
        script = f'exec "$@" 3<&{high[0]} 4>&{high[1]} {high[0]}<&- {high[1]}>&-'
        command = ["bash", "-c", script, "chromium", "chromium", *_FLAGS]
        self._process = subprocess.Popen(
            [*command, f"--user-data-dir={folder}/profile", "about:blank"],
            pass_fds=high,
            env={**os.environ, "HOME": folder},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for fd in high:
            os.close(fd)
        self._buffer = bytearray()
        self._sent = 0
        self._session = ""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._frame = self._call("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def print(self, page: str, *, header: bool) -> bytes:
        """One page as PDF."""
        self._call("Page.setDocumentContent", frameId=self._frame, html=page)
        printed = self._call(
            "Page.printToPDF",
            preferCSSPageSize=True,
            printBackground=True,
            generateTaggedPDF=False,
            displayHeaderFooter=header,
            headerTemplate=_TOP,
            footerTemplate=_FOOT,
        )
        return undated(base64.b64decode(printed["data"]))

    def close(self) -> None:
        """End the process."""
        self._session = ""
        try:
            self._call("Browser.close")
            self._process.wait(timeout=10)
        except (OSError, EOFError, TimeoutError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        os.close(self._out)
        os.close(self._in)

    def _call(self, method: str, **params: object) -> dict[str, Any]:
        self._sent += 1
        message: dict[str, object] = {"id": self._sent, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = memoryview(json.dumps(message).encode() + b"\0")
        while data:
            data = data[os.write(self._out, data) :]
        deadline = time.monotonic() + _SECONDS
        while True:
            answer = self._receive(deadline)
            if answer.get("id") != self._sent:
                continue
            if "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            result: dict[str, Any] = answer["result"]
            return result

    def _receive(self, deadline: float) -> dict[str, Any]:
        while (end := self._buffer.find(b"\0")) < 0:
            ready, _, _ = select.select([self._in], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise TimeoutError("Chromium does not answer")
            chunk = os.read(self._in, _CHUNK)
            if not chunk:
                raise EOFError("Chromium has gone")
            self._buffer += chunk
        message: dict[str, Any] = json.loads(self._buffer[:end])
        del self._buffer[: end + 1]
        return message
