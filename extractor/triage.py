"""Findings sorted: what is to be shown, what was set aside with a reason, what was known before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.fingerprint import fingerprint_of
from extractor.report import Flag, Identity, Report, SetAside, Severity, Status, Suppression
from extractor.textnorm import key


class Triage:
    """Sorts the findings of one run, report by report. Make one for each run.

    ``known`` and ``gone`` count findings of the baseline: those met again, and the others, which
    are only known to be gone after the last report.
    """

    def __init__(
        self, suppressions: Sequence[Suppression] = (), baseline: Counter[str] | None = None
    ) -> None:
        self._suppressions = [one for one in suppressions if not one.expired]
        self._left = Counter(baseline or {})
        self.known = 0

    @property
    def gone(self) -> int:
        """Findings of the baseline that were not met (so far)."""
        return self._left.total()

    def sort(self, report: Report) -> Report:
        """The report without findings that were set aside or known; the former stay beside it."""
        if not self._suppressions and not self._left:
            return report
        shown, aside = self._sorted(report.flags, report.identity, report.source)
        bad = any(flag.severity in (Severity.ERROR, Severity.WARNING) for flag in shown)
        clean = report.status is Status.FLAGGED and not bad
        status = Status.OK if clean else report.status
        return replace(report, flags=shown, set_aside=aside, status=status)

    def sort_loose(self, flags: Iterable[Flag]) -> tuple[tuple[Flag, ...], tuple[SetAside, ...]]:
        """The same for findings that belong to no report."""
        return self._sorted(flags, Identity(), "")

    def _sorted(
        self, flags: Iterable[Flag], identity: Identity, source: str
    ) -> tuple[tuple[Flag, ...], tuple[SetAside, ...]]:
        shown: list[Flag] = []
        aside: list[SetAside] = []
        for flag in flags:
            match = self._match(flag, identity, source)
            if self._was_known(flag, identity, source):
                continue
            if match is None:
                shown.append(flag)
            else:
                aside.append(SetAside(flag, match))
        return tuple(shown), tuple(aside)

    def _match(self, flag: Flag, identity: Identity, source: str) -> Suppression | None:
        """The entry that sets a finding aside; a body without a report is named by ``found``."""
        names = {key(identity.issuer), key(source)} if source else {key(flag.found)}
        for one in self._suppressions:
            same = one.code == flag.code and key(one.body) in names
            if same and one.year in (None, identity.year):
                return one
        return None

    def _was_known(self, flag: Flag, identity: Identity, source: str) -> bool:
        own = fingerprint_of(flag, identity, source)
        if not self._left[own]:
            return False
        self._left[own] -= 1
        self.known += 1
        return True
