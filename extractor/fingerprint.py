"""By what a finding is known again in another run; never by its place, which moves."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from extractor.report import Flag, Identity
from extractor.textnorm import key

_LENGTH = 32


def fingerprint_of(flag: Flag, identity: Identity, source: str) -> str:
    """The fingerprint of a finding about a report."""
    return fingerprint(
        (
            flag.code,
            identity.issuer,
            "" if identity.year is None else str(identity.year),
            source,
            "" if flag.section is None else str(flag.section),
            flag.table,
            flag.indicator,
            flag.expected,
            flag.found,
        )
    )


def fingerprint(parts: Sequence[str]) -> str:
    """Hex digits of code, issuer, year, source, section, table, indicator, expected and found.

    The source counts only where issuer or year is not known: a report may get another file name.
    """
    code, issuer, year, source, *rest = parts
    who = (key(issuer), year) if issuer and year else (source,)
    text = "\0".join((code, *who, *rest))
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
