"""What reports say: invented bodies, years and figures, consistent by construction."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from making.paper import Item, Paper, Role
from sampling.bodies import COUNTY_NAME, Body
from sampling.draft import start
from sampling.figures import BUREAU, BUSY, COUNTY, NIL, TOWNSHIP, Size, figures_of
from sampling.grids import Grid

_SIGNS = "沄湉澜漪霁蓼霞鹭栖榆苕砚蒲桁沅藿汀浦岭洇溪坞岙峪塬埠垭墩湾滩"
_TOPICS = ("惠农补贴", "宅基地审批", "防汛值守", "社会救助")
_BUREAUS = ("教育局", "水务局", "统计局", "审计局", "文化广电和旅游局", "发展和改革局", "民政局")
_BUSY_BUREAUS = ("自然资源局", "市场监督管理局", "农业农村局", "生态环境局", "住房和城乡建设局")
_COMMITTEES = ("发展和改革委员会", "卫生健康委员会")
_MINORITIES = ("回族镇", "苗族乡", "瑶族乡", "蒙古族乡")
_YEARS = (2019, 2020, 2021, 2022, 2023, 2023, 2024, 2024, 2025)
_KINDS = {
    "town": 30, "township": 16, "ethnic": 5, "sumu": 3, "street": 12, "two_level_street": 3,
    "bureau": 12, "busy_bureau": 8, "committee": 3, "zone": 4, "county": 4, "city": 2,
}  # fmt: skip


def place_name(rng: random.Random, length: int = 2) -> str:
    """An invented place name without its suffix."""
    return "".join(rng.choice(_SIGNS) for _ in range(length))


def draw_body(rng: random.Random) -> tuple[Body, str]:
    """An invented body and the county it belongs to."""
    county = place_name(rng) + rng.choice("县县县区市旗")
    kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
    if kind == "city":
        county = county[:-1] + "市"
    body = _town(kind, county, rng) or _street(kind, county, rng) or _other(kind, county, rng)
    if rng.random() < 0.35:
        body = replace(body, size=NIL)
    return body, county


def _town(kind: str, county: str, rng: random.Random) -> Body | None:
    suffixes = {
        "town": "镇",
        "township": "乡",
        "ethnic": rng.choice(_MINORITIES),
        "sumu": "苏木",
    }
    if kind not in suffixes:
        return None
    name = place_name(rng, 3 if kind == "sumu" else 2) + suffixes[kind]
    mine = "我苏木" if kind == "sumu" else f"我{name[-1]}"
    office = name + rng.choice(("党政办公室", "党政办", "党政综合办公室"))
    return Body(name, f"{county}{name}人民政府", "town", mine, office, TOWNSHIP, _TOPICS)


def _street(kind: str, county: str, rng: random.Random) -> Body | None:
    if kind not in ("street", "two_level_street"):
        return None
    name = place_name(rng) + "街道"
    full = f"{county}{'人民政府' if kind == 'two_level_street' else ''}{name}办事处"
    short = full if kind == "two_level_street" else name
    return Body(short, full, "street", "本街道", f"{name}党政办公室", TOWNSHIP, _TOPICS)


def _other(kind: str, county: str, rng: random.Random) -> Body:
    if kind in ("bureau", "busy_bureau"):
        name = rng.choice(_BUREAUS if kind == "bureau" else _BUSY_BUREAUS)
        size = BUREAU if kind == "bureau" else BUSY
        return Body(county + name, county + name, "department", "我局", "局办公室", size, _TOPICS)
    if kind == "committee":
        name = county + rng.choice(_COMMITTEES)
        return Body(name, name, "department", "我委", "委办公室", BUREAU, _TOPICS)
    if kind == "zone":
        name = county + place_name(rng) + "经济开发区管理委员会"
        return Body(name, name, "zone", "本单位", "综合管理部", BUREAU, _TOPICS)
    if kind == "city":
        name = county + "人民政府"
        return Body(name, name, "city", "我市", "市政府办公室", COUNTY, _TOPICS)
    return Body(
        f"{county}人民政府", f"{county}人民政府", "county", "我县", "县政府办公室", COUNTY, _TOPICS
    )


def draw_figures(rng: random.Random, year: int, size: Size) -> dict[str, str]:
    """Figures of a report, from all zero to six digits.

    Every statutory sum is linear, so a sum of consistent figures with whole weights is consistent:
    that is how large and uneven figures are made from small ones.
    """
    form_year = 2022 if year >= 2021 else year
    figures = figures_of(place_name(rng, 6), form_year, size)
    if size is NIL:
        return dict.fromkeys(figures, "0")
    weights = [1]
    if rng.random() < 0.25:
        weights += [rng.choice((3, 7, 19, 53, 131)) for _ in range(rng.randint(1, 3))]
    parts = [figures_of(place_name(rng, 6), form_year, size) for _ in weights]
    total = {
        key: str(
            sum((Decimal(part[key]) * w for part, w in zip(parts, weights, strict=True)), Decimal())
        )
        for key in figures
    }
    fee = "disclosure.fees.amount"
    if fee in total and rng.random() < 0.5:
        digits = rng.choice((0, 1, 2, 4, 6))
        total[fee] = f"{rng.uniform(0.01, rng.choice((9, 900, 99999))):.{digits}f}"
    return total


def draw_paper(rng: random.Random) -> Paper:
    """A faultless report of an invented body."""
    body, county = draw_body(rng)
    year = rng.choice(_YEARS)
    return write_paper(rng, body, county, year, draw_figures(rng, year, body.size))


def write_paper(
    rng: random.Random, body: Body, county: str, year: int, figures: dict[str, str]
) -> Paper:
    """A faultless report with given figures."""
    draft = start(body, year, figures)

    def place(text: str) -> str:
        return text.replace(COUNTY_NAME, county)

    items = [Item(Role.TITLE, draft.title)]
    items += [Item(Role.TEXT, place(text)) for text in draft.preamble]
    for part in draft.parts:
        items.append(Item(Role.HEADING, part.heading, section=part.number))
        for block in part.blocks:
            if isinstance(block, Grid):
                items.append(Item(Role.TABLE, grid=block))
            elif isinstance(block, str):
                items.append(Item(Role.TEXT, place(block)))
    items += [Item(Role.SIGN, place(text)) for text in draft.closing]
    return Paper(body, county, year, draft.form, items, rng, issuers=[body.full])
