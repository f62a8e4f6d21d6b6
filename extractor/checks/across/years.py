"""Each report against the same body's report of last year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.checks.across.batch import AcrossOutcome, Batch
from extractor.checks.across.bodies import Bodies, agreed, is_read
from extractor.checks.across.labels import cell_label
from extractor.digest import Across, Digest
from extractor.document import Location
from extractor.report import CheckOutcome, Evidence, Finding, Outcome
from extractor.rulebook import Evaluation, evaluate
from extractor.rulebook.instances import CheckInstance, year_instances_of
from extractor.rulebook.model import LAST_YEAR, CheckRule, Judgement, Rulebook

_REPEATED = "repeated"

Result = tuple[CheckOutcome, Across | None]


@dataclass(frozen=True, slots=True)
class _Years:
    """A report and what the same body reported on the year before.

    ``numbers`` has ``None`` where versions of last year's report differ. Where there is nothing
    to compare with, ``earlier`` is empty and ``ended`` and ``why`` tell how every check ends.
    """

    digest: Digest
    year: int
    earlier: tuple[Digest, ...]
    numbers: dict[str, Decimal | None]
    ended: Outcome = Outcome.NOT_APPLICABLE
    why: str = ""

    @property
    def source(self) -> str:
        """Where last year's report stands."""
        return self.earlier[0].key.source


def check_years(batch: Batch, bodies: Bodies) -> AcrossOutcome:
    """Every formula that names last year's figures, and reports that repeat them all."""
    results = [
        result
        for digest in batch.digests
        if is_read(digest)
        for result in _check(_years(digest, bodies), batch.rulebook)
    ]
    findings = tuple(across for _, across in results if across is not None)
    return AcrossOutcome(findings, tuple(outcome for outcome, _ in results))


def _years(digest: Digest, bodies: Bodies) -> _Years:
    year = digest.identity.year
    if year is None:
        return _Years(digest, 0, (), {}, Outcome.COULD_NOT_JUDGE, "year unknown")
    body = bodies.of(digest)
    if not body.id:
        return _Years(digest, year, (), {}, Outcome.COULD_NOT_JUDGE, body.why)
    for which in ((body.id, year), (body.id, year - 1)):
        if which in bodies.unsure:
            why = f"several bodies named {body.name}: {which[1]}"
            return _Years(digest, year, (), {}, Outcome.COULD_NOT_JUDGE, why)
    earlier = bodies.reports((body.id, year - 1))
    if not earlier:
        return _Years(digest, year, (), {}, why=f"no report of {year - 1}")
    return _Years(digest, year, tuple(earlier), agreed(earlier))


def _check(years: _Years, rulebook: Rulebook) -> Iterator[Result]:
    for rule in rulebook.checks:
        if rule.across_years:
            yield from _formula(rule, years, rulebook)
    repeated = rulebook.across.repeated
    if repeated.severity != "off":
        yield _repeated(years, repeated.least, repeated.severity)


def _formula(rule: CheckRule, years: _Years, rulebook: Rulebook) -> Iterator[Result]:
    """A rule on every row, column or cell it is for; one outcome where it does not apply."""
    form = _form_of(years.digest, rule.table, rulebook)
    why = _not_applicable(rule, years, form, rulebook)
    if why or not years.earlier:
        ended = Outcome.NOT_APPLICABLE if why else years.ended
        yield CheckOutcome(rule.code, _subject(rule.name, years), ended, why or years.why), None
        return
    for instance in year_instances_of(rulebook, form, rule.table):
        if instance.rule is rule:
            yield _judge(instance, years, rulebook)


def _not_applicable(rule: CheckRule, years: _Years, form: str, rulebook: Rulebook) -> str:
    """Why a rule is not for these two reports, ``""`` where it is."""
    identity = years.digest.identity
    if years.year and rule.since is not None and years.year < rule.since:
        return f"year < {rule.since}"
    if years.year and rule.until is not None and years.year > rule.until:
        return f"year > {rule.until}"
    if rule.levels and identity.issuer_level not in rule.levels:
        return f"level {identity.issuer_level or '?'}"
    if not form or (rule.forms and form not in rule.forms):
        return f"form {form or '?'}"
    before = _form_of(years.earlier[0], rule.table, rulebook) if years.earlier else ""
    if years.earlier and rule.forms and before not in rule.forms:
        return f"form of {years.year - 1}: {before or '?'}"
    return ""


def _form_of(digest: Digest, table: str, rulebook: Rulebook) -> str:
    """The form of a table: as found, else the one in force; ``""`` where none was."""
    found = digest.forms.get(table, "")
    year = digest.identity.year
    in_force = rulebook.form_for_year(year) if year is not None else None
    return found or (in_force.id if in_force else "")


def _judge(instance: CheckInstance, years: _Years, rulebook: Rulebook) -> Result:
    rule = instance.rule
    names = dict(zip(rule.formula.names, instance.indicators, strict=True))
    result = evaluate(
        rule.formula,
        lambda name: (years.numbers if name.startswith(LAST_YEAR) else years.digest.numbers).get(
            names[name]
        ),
    )
    subject = _subject(instance.name, years)
    if result.judgement is Judgement.UNKNOWN:
        unknown = "、".join(_in_full(name, names[name]) for name in result.unknown)
        return CheckOutcome(rule.code, subject, Outcome.COULD_NOT_JUDGE, unknown), None
    if result.judgement is Judgement.HOLDS:
        return CheckOutcome(rule.code, subject, Outcome.HOLDS), None
    finding = _finding(instance, result, years, rulebook)
    outcome = CheckOutcome(rule.code, subject, Outcome.BROKEN)
    return outcome, Across(years.digest.key, finding)


def _in_full(name: str, indicator: str) -> str:
    """The indicator that a name of a formula stands for, with its year."""
    return f"{LAST_YEAR}{indicator}" if name.startswith(LAST_YEAR) else indicator


def _finding(
    instance: CheckInstance, result: Evaluation, years: _Years, rulebook: Rulebook
) -> Finding:
    """A broken formula; the cell to look at first is the last one named of this year."""
    rule = instance.rule
    operands = list(zip(result.operands, instance.indicators, strict=True))
    own = [
        Evidence(indicator, str(number), Location())
        for (name, number), indicator in reversed(operands)
        if not name.startswith(LAST_YEAR)
    ]
    other = [
        Evidence(LAST_YEAR + indicator, f"{years.source}: {number}", Location())
        for (name, number), indicator in operands
        if name.startswith(LAST_YEAR)
    ]
    _, row, column = own[0].role.split(".")
    return Finding(
        name=rule.code,
        table=instance.table,
        indicator=own[0].role,
        row=row,
        column=column,
        expected=str(result.left),
        found=str(result.right),
        detail=_told(operands, years, rulebook),
        evidence=(*own, *other),
        severity=rule.severity,
        variant=rule.variant,
    )


def _told(
    operands: Sequence[tuple[tuple[str, Decimal | None], str]], years: _Years, rulebook: Rulebook
) -> str:
    """The figures of both years with their labels, and where last year's report stands."""
    parts = []
    for (name, number), indicator in operands:
        year = years.year - 1 if name.startswith(LAST_YEAR) else years.year
        parts.append(f"{year} {cell_label(rulebook, indicator)} {number}")
    return "；".join([years.source, *parts])


def _repeated(years: _Years, least: int, severity: str) -> Result:
    """Whether all figures of a report are those of last year's."""
    code, subject = "C008", _subject(_REPEATED, years)
    if not years.earlier:
        return CheckOutcome(code, subject, years.ended, years.why), None
    mine, before = years.digest.numbers, years.numbers
    telling = [name for name in mine if mine[name] or before.get(name)]
    if any(before.get(name) not in (None, mine[name]) for name in telling):
        return CheckOutcome(code, subject, Outcome.HOLDS), None
    if len({mine[name] for name in telling}) < least:
        why = f"fewer than {least} different figures"
        return CheckOutcome(code, subject, Outcome.NOT_APPLICABLE, why), None
    lost = [name for name in telling if before.get(name) is None]
    lost += [name for name, number in before.items() if number and name not in mine]
    if lost:
        return CheckOutcome(code, subject, Outcome.COULD_NOT_JUDGE, "、".join(lost[:3])), None
    finding = Finding(
        "implausible_value",
        table=telling[0].split(".")[0],
        expected="",
        found=str(len(telling)),
        detail=years.source,
        evidence=tuple(Evidence(name, str(mine[name]), Location()) for name in telling[:8]),
        severity=severity,
        variant=_REPEATED,
    )
    return CheckOutcome(code, subject, Outcome.BROKEN), Across(years.digest.key, finding)


def _subject(name: str, years: _Years) -> str:
    return f"{name} {years.digest.key.source}"
