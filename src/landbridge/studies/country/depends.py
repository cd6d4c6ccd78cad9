"""On whom and what an area depends: partners, areas and gates that its standard routes pass, the origins of its gas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from landbridge.politics.votes import last_seen
from landbridge.studies.country.rows import Evidences, Told
from landbridge.studies.country.trade import Trade
from landbridge.studies.country.ways import StandardRoute
from landbridge.world.intervals import holds, starts

if TYPE_CHECKING:
    from landbridge.energy import GasAnswer
    from landbridge.facts import Row
    from landbridge.world import World

CONTRACTED: Final = "origin"
"""Rows of gas trade that tell whose gas it is; border flows hold transit."""
NOT_NAMED: Final = ("ALL",)
AT_ODDS: Final = 0.2
"""By more than this share do contracts in force and mixing contradict each other."""
MOST_ROWS: Final = 12
"""So many rows of a gas balance are named; `landbridge gas --area` has all."""


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
    """Gas bought from one origin by contract or declared origin in a year [bcm]; `share` is of all that is told."""

    origin: str
    bcm: float
    share: float
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Contract(Told):
    """Gas that a seller is bound to sell to the area on the day [bcm a year]; with several buyers it is that of all.

    `share` is that of all contracts of the area alone; None where it buys together with others.
    """

    id: str
    seller: str
    origin: str
    bcm_y: float
    share: float | None
    buyers: tuple[str, ...]
    since: date | None
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Gas(Told):
    """Whose gas the area takes.

    Attributes
    ----------
    bought_year, bought
        As contracts and customs tell it, in the last year before the day; None and empty where no row does. It is
        what comes in from each origin, whether it is burnt, put in store or sold on: nothing is scaled to the need.
    contracts
        Sales in force on the day, the largest first.
    need_bcm
        What was consumed and not produced in that year; None where not known.
    untold_bcm, beyond_bcm
        By how much `bought` falls short of the need, so that so much has no origin in the tables, and by how much it
        is above it, so that so much was sold on, stored or counted otherwise; None where the need is not known.
    traced
        Shares by origin over the twelve months from the day's month, by proportional mixing: gas that leaves a zone is
        mixed as what entered it, so gas in transit counts as that of the zone that it passes: molecules, not whose
        gas is bought. None where not known, or where `traced_reason` says why it cannot be told.
    traced_from, traced_to
        Those months.
    """

    bought_year: int | None
    bought: tuple[Bought, ...]
    contracts: tuple[Contract, ...]
    need_bcm: float | None
    untold_bcm: float | None
    beyond_bcm: float | None
    traced: dict[str, float] | None
    traced_reason: str
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
    >>> told.traced, [(one.origin, one.bcm_y, round(one.share, 2)) for one in told.contracts]
    (None, [('RUS', 2.5, 0.69), ('IRN', 1.1, 0.31)])
    >>> told.traced_reason.partition(",")[0]
    'contracts in force say RUS 69 %'
    >>> gas(World.at("2022-05-16"), "ISL") is None
    True
    """
    year, bought = _bought(world, area)
    answer, sales = _balance(world, area), _contracts(world, area)
    if not bought and not sales and answer is None:
        return None
    need = _need(world, area, year)
    needed, told = _from_abroad(need), sum(one.bcm for one in bought)
    rows = (("gas_years", need["id"]),) if need is not None else ()
    traced = None if answer is None else dict(answer.areas[0].origins)
    reason = "" if traced is None else _at_odds(traced, sales, _last_imports(world, area))
    return Gas(
        bought_year=year,
        bought=bought,
        contracts=sales,
        need_bcm=needed,
        untold_bcm=None if needed is None else max(needed - told, 0.0),
        beyond_bcm=None if needed is None else max(told - needed, 0.0),
        traced=None if reason else traced,
        traced_reason=reason,
        traced_from=None if answer is None else answer.start,
        traced_to=None if answer is None else answer.end,
        traced_grade=None if answer is None else answer.grade,
        evidence=(*rows, *(() if answer is None else _about(world, area, answer))),
    )


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


def _contracts(world: World, area: str) -> tuple[Contract, ...]:
    """Contracts of sale to the area that hold on the day."""
    rows = [
        row
        for row in world.facts.table("gas_contracts").rows
        if row["kind"] == "sale" and area in (row["buyer_area"], *(row["buyer_areas"] or ()))
        if row["seller_area"] != area and holds(row, world.day, world.known_on)
    ]
    ordered = sorted(rows, key=lambda row: (-row["bcm_y"], row["id"]))
    whole = sum(row["bcm_y"] for row in rows if not _together(row))
    return tuple(
        Contract(
            id=row["id"],
            seller=row["seller"],
            origin=row["seller_area"],
            bcm_y=row["bcm_y"],
            share=row["bcm_y"] / whole if whole > 0 and not _together(row) else None,
            buyers=tuple(row["buyer_areas"] or (area,)),
            since=None if row["from"] is None else starts(row),
            evidence=(("gas_contracts", row["id"]),),
        )
        for row in ordered
    )


def _together(row: Row) -> bool:
    return len(row["buyer_areas"] or ()) > 1


def _last_imports(world: World, area: str) -> float:
    """What is needed from abroad in the last known year before the day [bcm]; 0 where none is known."""
    rows = [row for row in world.facts.table("gas_years").where(area=area) if row["year"] <= last_seen(world)]
    return _from_abroad(_need(world, area, max((row["year"] for row in rows), default=None))) or 0.0


def _from_abroad(need: Row | None) -> float | None:
    """What is burnt and not produced in a year [bcm]; None where one of the two is not known."""
    return None if need is None else max(float(need["consumption_bcm"] - need["production_bcm"]), 0.0)


def _at_odds(traced: Mapping[str, float], sales: Sequence[Contract], imports_bcm: float) -> str:
    """Why mixing cannot tell whose gas it is; empty where the contracts in force do not contradict it.

    What is contracted is measured against all that the area needs from abroad, so that few contracts say little; an
    origin may come in as others are resold, and more than what contracts leave over is at odds as well.
    """
    by: dict[str, float] = {}
    for one in sales:
        if one.share is not None:
            by[one.origin] = by.get(one.origin, 0.0) + one.bcm_y
    whole = max(sum(by.values()), imports_bcm)
    if not by or whole <= 0:
        return ""
    gaps = {
        origin: max(by.get(origin, 0.0) / whole - share,
                    share - (1.0 - sum(bcm for other, bcm in by.items() if other != origin) / whole))
        for origin, share in {**dict.fromkeys(by, 0.0), **traced}.items()
    }  # fmt: skip
    worst = max((one for one in gaps if one in by), key=lambda one: (by[one] / whole - traced.get(one, 0.0), one))
    if max(gaps.values()) <= AT_ODDS:
        return ""
    return f"contracts in force say {worst} {by[worst] / whole:.0%}, mixing {traced.get(worst, 0.0):.0%}".replace(
        "%", " %"
    )


def _need(world: World, area: str, year: int | None) -> Row | None:
    """What the area made and burnt in a year; None where one of the two is not known."""
    rows = world.facts.table("gas_years").where(area=area)
    found = [row for row in rows if row["year"] == year]
    if not found or None in (found[0]["consumption_bcm"], found[0]["production_bcm"]):
        return None
    return found[0]


def _balance(world: World, area: str) -> GasAnswer | None:
    """A gas answer of the world about an area; None where it is in no zone or burns no gas."""
    from landbridge.energy import GasQuestion, answer_gas
    from landbridge.errors import InputError

    if not world.facts.table("gas_zones").where(area=area):
        return None
    try:
        answer = answer_gas(world, GasQuestion(areas=(area,)))
    except InputError:
        # Before the years of the gas tables, or an area without demand in them.
        return None
    return answer if answer.areas and answer.areas[0].origins else None


def _about(world: World, area: str, answer: GasAnswer) -> Evidences:
    """The rows of a gas answer that speak of an area or its zones, those on which most gas hangs first."""
    facts = world.facts
    names = {area, *(row["id"] for row in facts.table("gas_zones").where(area=area))}
    found = []
    for one in answer.evidence:
        row = facts.table(one.table).by_id.get(one.id) if one.table in facts.names else None
        if row is not None and not names.isdisjoint(cell for cell in row.values() if isinstance(cell, str)):
            found.append((one.table, one.id))
    return tuple(found[:MOST_ROWS])
