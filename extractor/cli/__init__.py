"""The command line: the only place that prints or turns an error into an exit code."""

from __future__ import annotations

from extractor.cli.main import main

__all__ = ["main"]
