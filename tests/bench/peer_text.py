"""Results of the comparison as Markdown: a table per format, then both lists, wins and losses."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.peer_score import Record, Result

OURS = "nianbao"
_NAMES = 4
"""How many files are named where a system did better in more."""


def tables(records: Sequence[Record]) -> str:
    """One table for each format, ours first, then by accuracy."""
    parts = []
    for kind in sorted({record.format for record in records}):
        ours, theirs = _of(records, kind)
        lines = [
            f"| {kind} | files | cells | exact | wrong | missing | middle ms | times our time |",
            f"|---{'|---:' * 7}|",
        ]
        ranked = sorted(theirs, key=lambda one: (-one.share, one.total("wrong"), one.system))
        lines += [_row(record, ours) for record in [ours, *ranked]]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def losses(records: Sequence[Record]) -> list[str]:
    """Where a peer beat us, on accuracy or time, over all files or on some."""
    return [line for ours, other in _pairs(records) for line in _better(other, ours, ours)]


def wins(records: Sequence[Record]) -> list[str]:
    """Where we beat a peer."""
    return [line for ours, other in _pairs(records) for line in _better(ours, other, ours)]


def _of(records: Sequence[Record], kind: str) -> tuple[Record, list[Record]]:
    here = [record for record in records if record.format == kind]
    ours = next(record for record in here if record.system == OURS)
    return ours, [record for record in here if record is not ours]


def _pairs(records: Sequence[Record]) -> list[tuple[Record, Record]]:
    kinds = sorted({record.format for record in records})
    return [
        (ours, other) for kind in kinds for ours, rest in [_of(records, kind)] for other in rest
    ]


def _row(record: Record, ours: Record) -> str:
    failed = f" ({record.failed} failed)" if record.failed else ""
    time, ratio = record.milliseconds, record.times_slower(ours)
    cells = (
        record.system,
        f"{len(record.results)}{failed}",
        f"{record.total('cells'):,}",
        f"{record.total('exact'):,} ({record.share:.2f}%)",
        f"{record.total('wrong'):,}",
        f"{record.total('missing'):,}",
        "-" if time is None else f"{time:.1f}",
        "-" if ratio is None else f"{ratio:.2f}",
    )
    return f"| {' | '.join(cells)} |"


def _better(one: Record, other: Record, ours: Record) -> list[str]:
    """In what one system did better than another: each thing a line."""
    peer = other if one is ours else one
    lines = []
    for what, more in (("exact", True), ("wrong", False), ("missing", False)):
        mine, yours = one.total(what), other.total(what)
        if (mine > yours) if more else (mine < yours):
            lines.append(f"{what} cells {mine:,} against {yours:,}")
    if one.failed < other.failed:
        lines.append(f"files failed {one.failed} against {other.failed}")
    ratio = peer.times_slower(ours)
    if ratio is not None and (ratio > 1 if one is ours else ratio < 1):
        words = f"{ratio:.1f} times" if ratio > 1 else f"{ratio:.2f} of"
        lines.append(f"time, the peer takes {words} our time")
    elif ratio is not None:
        lines += _faster_on(one, other)
    lines += _better_on(one, other)
    return [f"{peer.format}, {peer.system}: {line}" for line in lines]


def _faster_on(one: Record, other: Record) -> list[str]:
    """How many files a system that is slower in the middle reads faster."""
    both = [(mine.seconds, other.results[name].seconds) for name, mine in one.results.items()]
    pairs = [(mine, yours) for mine, yours in both if mine is not None and yours is not None]
    faster = sum(1 for mine, yours in pairs if mine < yours)
    return [f"faster on {faster} of {len(pairs)} files"] if faster else []


def _better_on(one: Record, other: Record) -> list[str]:
    """Files with more exact cells or fewer wrong ones, some of them by name."""
    better = [
        (name, mine, other.results[name])
        for name, mine in one.results.items()
        if _merit(mine) > _merit(other.results[name])
    ]
    if not better:
        return []
    better.sort(key=lambda item: (_merit(item[2])[0] - _merit(item[1])[0], item[0]))
    named = "; ".join(
        f"{name} (exact {mine.exact} against {yours.exact}, wrong {mine.wrong} against "
        f"{yours.wrong})"
        for name, mine, yours in better[:_NAMES]
    )
    more = f"; and {len(better) - _NAMES} more" if len(better) > _NAMES else ""
    return [f"more accurate on {len(better)} of {len(one.results)} files: {named}{more}"]


def _merit(result: Result) -> tuple[int, int]:
    """Exact cells less wrong ones, for a wrong number is worse than none."""
    return result.exact - result.wrong, result.exact
