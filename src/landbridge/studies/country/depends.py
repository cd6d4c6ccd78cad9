"""On whom and what an area depends: partners, areas and gates that its standard routes pass, the origins of its gas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from landbridge.politics.votes import last_seen
from landbridge.studies.country.rows import Evidences, Told
from landbridge.studies.country.trade import Trade
from landbridge.studies.country.ways import StandardRoute

if TYPE_CHECKING:
    from landbridge.world import World

CONTRACTED: Final = "origin"
"""Rows of gas trade that tell whose gas it is; border flows hold transit."""
NOT_NAMED: Final = ("ALL",)


@dataclass(frozen=True, slots=True)
class Passed(Told):
    """An area, passage or crossing that standard routes to partners pass.

    Attributes
    ----------
    box_share
        Of the trade that boxes may carry with the partners that are reached, the share whose route passes it; None
        where trade is not known.
    routes
        How many of the routes to partners pass it.
    partners
        To whom these routes lead.
    """

    id: str
    box_share: float | None
    routes: int
    partners: tuple[str, ...]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Transit(Told):
    """What the standard routes pass between the area and its partners, the weightiest first.

    Attributes
    ----------
    routes
        Routes to partners that there are.
    trade_share
        Share of those partners in all trade of the area: on the rest nothing is said.
    """

    routes: int
    trade_share: float | None
    areas: tuple[Passed, ...]
    passages: tuple[Passed, ...]
    crossings: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Bought(Told):
    """Gas bought from one origin by contract or declared origin in a year [bcm]."""

    origin: str
    bcm: float
    share: float
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Gas(Told):
    """Whose gas the area takes.

    Attributes
    ----------
    bought_year, bought
        As contracts and customs tell it, in the last year before the day; None and empty where no row does.
    need_bcm
        What was consumed and not produced in that year; None where not known.
    traced
        Shares by origin over the twelve months from the day's month, by proportional mixing: gas that leaves a zone is
        mixed as what entered it, so gas in transit counts as that of the zone that it passes. None where not known.
    traced_from, traced_to
        Those months.
    """

    bought_year: int | None
    bought: tuple[Bought, ...]
    need_bcm: float | None
    traced: dict[str, float] | None
    traced_from: str | None
    traced_to: str | None
    traced_grade: str | None
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Dependence(Told):
    """On partners, on transit, on gas; None where nothing is known."""

    trade: Trade | None
    transit: Transit
    gas: Gas | None


def transit(area: str, routes: Sequence[StandardRoute]) -> Transit:
    """What the routes to partners pass, weighted by trade in boxes."""
    some = [one for one in routes if one.kind == "partner" and one.there]
    weights = [one.box_share for one in some]
    known = bool(weights) and all(weight is not None for weight in weights)
    whole = sum(weight or 0.0 for weight in weights) if known else 0.0
    shares = [one.share for one in some if one.share is not None]

    def passed(table: str, of: Callable[[StandardRoute], Iterable[str]]) -> tuple[Passed, ...]:
        found: dict[str, list[StandardRoute]] = {}
        for one in some:
            for key in dict.fromkeys(of(one)):
                found.setdefault(key, []).append(one)
        rows = [
            Passed(
                id=key,
                box_share=sum(one.box_share or 0.0 for one in users) / whole if whole > 0 else None,
                routes=len(users),
                partners=tuple(one.to_area for one in users),
                evidence=((table, key), *(row for one in users for row in one.weighed_by)),
            )
            for key, users in found.items()
        ]
        return tuple(sorted(rows, key=lambda one: (-(one.box_share or 0.0), -one.routes, one.id)))

    return Transit(
        routes=len(some),
        trade_share=sum(shares) if some and len(shares) == len(some) else None,
        areas=passed("areas", lambda one: [key for key in one.areas if key not in (area, one.to_area)]),
        passages=passed("passages", lambda one: one.passages),
        crossings=passed("crossings", lambda one: one.crossings),
    )


def gas(world: World, area: str) -> Gas | None:
    """Whose gas an area takes, as contracts tell it and as the model of flows traces it; None where neither knows.

    Examples
    --------
    >>> from landbridge.world import World
    >>> told = gas(World.at("2022-05-16"), "ARM")
    >>> sorted(told.traced)
    ['AZE', 'IRN', 'RUS']
    >>> gas(World.at("2022-05-16"), "ISL") is None
    True
    """
    year, bought = _bought(world, area)
    traced, start, end, grade = _traced(world, area)
    if not bought and traced is None:
        return None
    need = _need(world, area, year)
    rows = (("gas_years", f"{area}-{year}"),) if need is not None else ()
    return Gas(year, bought, need, traced, start, end, grade, rows)


def _bought(world: World, area: str) -> tuple[int | None, tuple[Bought, ...]]:
    """Gas by origin in the last year that was over on the day and has rows."""
    rows = [
        row
        for row in world.facts.table("gas_trade").where(importer=area)
        if row["basis"] == CONTRACTED
        and row["first_month"] is None
        and row["origin"] not in (*NOT_NAMED, area)
        and row["year"] <= last_seen(world)
    ]
    if not rows:
        return None, ()
    year = max(row["year"] for row in rows)
    amounts: dict[str, float] = {}
    ids: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row["year"] == year:
            amounts[row["origin"]] = amounts.get(row["origin"], 0.0) + row["bcm"]
            ids.setdefault(row["origin"], []).append(("gas_trade", row["id"]))
    whole = sum(amounts.values())
    if whole <= 0:
        return None, ()
    ordered = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    return year, tuple(Bought(origin, bcm, bcm / whole, tuple(ids[origin])) for origin, bcm in ordered)


def _need(world: World, area: str, year: int | None) -> float | None:
    rows = world.facts.table("gas_years").where(area=area)
    found = [row for row in rows if row["year"] == year]
    if not found or None in (found[0]["consumption_bcm"], found[0]["production_bcm"]):
        return None
    return max(float(found[0]["consumption_bcm"] - found[0]["production_bcm"]), 0.0)


def _traced(world: World, area: str) -> tuple[dict[str, float] | None, str | None, str | None, str | None]:
    """Shares by origin in a gas answer of the world; nothing where the area is in no zone or burns no gas."""
    from landbridge.energy import GasQuestion, answer_gas
    from landbridge.errors import InputError

    if not world.facts.table("gas_zones").where(area=area):
        return None, None, None, None
    try:
        answer = answer_gas(world, GasQuestion(areas=(area,)))
    except InputError:
        # Before the years of the gas tables, or an area without demand in them.
        return None, None, None, None
    shares = dict(answer.areas[0].origins) if answer.areas else {}
    if not shares:
        return None, None, None, None
    return shares, answer.start, answer.end, answer.grade
