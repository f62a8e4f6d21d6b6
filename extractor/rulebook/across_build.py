"""Validated rules for checks across reports to typed ones."""

from __future__ import annotations

from extractor.rulebook.across_model import (
    AcrossRules,
    BodyRules,
    EndingRule,
    HierarchyRules,
    OwnYearsRule,
    PeersRule,
    PlausibleRules,
    RepeatedRule,
)
from extractor.rulebook.schema import (
    BodiesItem,
    HierarchyFile,
    OwnYearsItem,
    PeersItem,
    RulesItem,
)


def across_rules(item: RulesItem) -> AcrossRules:
    """The rules as the checks take them."""
    return AcrossRules(
        bodies=_bodies(item.years.bodies),
        repeated=RepeatedRule(**item.years.repeated.model_dump()),
        plausible=PlausibleRules(
            own_years=tuple(map(_own_years, item.plausible.own_years)),
            peers=tuple(map(_peers, item.plausible.peers)),
        ),
        hierarchy=_hierarchy(item.hierarchy),
    )


def _bodies(item: BodiesItem) -> BodyRules:
    endings = (
        EndingRule(tuple(e.levels), e.ending, tuple(sorted(e.also, key=len, reverse=True)))
        for e in item.endings
    )
    return BodyRules(
        areas=tuple(item.areas),
        no_areas=tuple(item.no_areas),
        inner=tuple(sorted(item.inner, key=len, reverse=True)),
        endings=tuple(endings),
        code_digits=tuple(item.code_digits.items()),
        likeness=item.likeness,
    )


def _own_years(item: OwnYearsItem) -> OwnYearsRule:
    return OwnYearsRule(
        name=item.name, tables=tuple(item.tables), quantities=tuple(item.quantities),
        ratio=item.ratio, years=item.years, spread=item.spread, least=item.least, basis=item.basis,
    )  # fmt: skip


def _peers(item: PeersItem) -> PeersRule:
    return PeersRule(
        name=item.name, tables=tuple(item.tables), quantities=tuple(item.quantities),
        bodies=item.bodies, ratio=item.ratio, deviations=item.deviations, gap=item.gap,
        share=item.share, basis=item.basis,
    )  # fmt: skip


def _hierarchy(item: HierarchyFile) -> HierarchyRules:
    return HierarchyRules(
        parents=tuple(item.parents), children=tuple(item.children), scope=tuple(item.scope),
        own=tuple(item.own), independent=tuple(item.independent),
        indicators=tuple(item.indicators), bodies=item.bodies, severity=item.severity,
        basis=item.basis,
    )  # fmt: skip
