"""The verb: who runs short of oil in a world, what is stranded, which ways carry it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.answers import Reliance, grade_of, grade_shares
from landbridge.energy.oil_answer import BALANCE, OilAnswer, OilArea, OilFlow, OilPassage
from landbridge.energy.oil_program import (
    SHARINGS,
    TINY,
    OilRun,
    Program,
    Sharing,
    by_area,
    least_shortage,
    make_program,
    run,
)
from landbridge.energy.oil_question import OilQuestion
from landbridge.energy.oil_system import OilSystem, kbd_of_mt, make_system, years_away
from landbridge.energy.oil_tracing import origins, passed
from landbridge.energy.solver import Solved
from landbridge.world.states import passage_state

if TYPE_CHECKING:
    from landbridge.world import World

LEAST_SHARE = 0.005
"""Origins and passages with less than this share of an area's oil are told together as OTHER, or left out."""
OTHER = "OTHER"
SMALL = 1e-6
"""A price below this is nothing."""
NEAR_YEARS = 5
"""A day further than so many years from every balance of the world is not answered."""


def oil(world: World, **options: Any) -> OilAnswer:
    """Who runs short of oil when the state of the day lasts a year.

    Parameters
    ----------
    world
        The world: its facts, its day, its scenarios.
    options
        Fields of `OilQuestion`: sharing, areas.

    Returns
    -------
    OilAnswer
        Balances [10^3 barrels a day and 10^6 t a year], flows, passages, ways round Hormuz and others, origins.

    Notes
    -----
    A linear program over zones, pipes, quays and sea basins: first the least shortage of the world, then its sharing
    (lexicographic least maximum), then the shortest haul near the last known flows and trade. Crude and
    products go as one.

    Examples
    --------
    >>> from landbridge.world import World
    >>> answer = oil(World.at("2024-06-01").apply("hormuz-closed"), areas=("KWT", "SAU"))
    >>> [(one.area, round(one.kbd["net_import"]), one.kbd["stranded"] > 1000) for one in answer.areas]
    [('KWT', 0, True), ('SAU', -3096, True)]
    """
    return answer_oil(world, OilQuestion(**options))


def answer_oil(world: World, question: OilQuestion) -> OilAnswer:
    """Answer an oil question in a world."""
    away = years_away(world.facts, world.day.year)
    if away > NEAR_YEARS:
        return _no_balance(world, question, away)
    system = make_system(world)
    program = make_program(system)
    least = least_shortage(program)
    runs = {sharing: run(program, sharing, least) for sharing in SHARINGS}
    now = runs[question.sharing]
    every = _areas(world, program, least, runs, question)
    chosen = tuple(one for one in every if not question.areas or one.area in question.areas)
    totals = {name: sum(one.kbd[name] for one in every) for name in ("demand", "production", "shortage", "stranded")}
    flows = _flows(program, least, now, question)
    weights, reliances = _reliance(system, now)
    shares = grade_shares(weights)
    return OilAnswer(
        question, world.ref(), chosen, totals, system.difference_kbd, flows, _passages(world, system, now), "",
        _remarks(world, system), kbd_of_mt(world.facts), grade_of(shares), shares, reliances, system.evidence,
    )  # fmt: skip


def _no_balance(world: World, question: OilQuestion, away: int) -> OilAnswer:
    reason = f"the nearest balance of the world lies {away} years away; at most {NEAR_YEARS} are bridged"
    return OilAnswer(
        question, world.ref(), (), dict.fromkeys(("demand", "production", "shortage", "stranded"), 0.0), 0.0, (), (),
        reason, (), kbd_of_mt(world.facts), "D", grade_shares({}),
    )  # fmt: skip


def _areas(
    world: World, program: Program, least: Solved, runs: Mapping[Sharing, OilRun], question: OilQuestion
) -> tuple[OilArea, ...]:
    system, now = program.system, runs[question.sharing]
    demand, could = by_area(system, system.demand), by_area(system, system.production)
    made, short = by_area(system, now.made), by_area(system, now.short)
    shorts = {sharing: by_area(system, one.short) for sharing, one in runs.items()}
    whose = _by_user(origins(system, now))
    through = {passage: passed(system, now, passage) for passage in _names(system)}
    worths = _worth_of_areas(program, least)
    told: dict[str, float] = {}
    for trade in system.trade:
        if trade.area != trade.origin:
            told[trade.area] = told.get(trade.area, 0.0) + trade.kbd
    grades = {row["id"]: row["grade"] for row in world.facts.table("oil_years").rows}
    found = []
    for area in system.areas:
        if demand[area] + could[area] <= TINY:
            continue
        kbd = {
            "demand": demand[area],
            "production": made[area],
            "net_import": demand[area] - short[area] - made[area],
            "shortage": short[area],
            "stranded": could[area] - made[area] if could[area] - made[area] > 10 * TINY else 0.0,
        }
        whole, used = demand[area] or 1.0, demand[area] - short[area]
        stock = system.stocks_mb.get(area)
        year = system.years.get(area)
        rows = () if year is None else year.rows
        found.append(
            OilArea(
                area=area,
                kbd={name: kbd[name] for name in BALANCE},
                shortage_pct=100.0 * short[area] / whole,
                by_sharing={sharing: 100.0 * one[area] / whole for sharing, one in shorts.items()},
                stock_days=None if stock is None or short[area] <= 1.0 else stock[0] * 1000.0 / short[area],
                worth=worths.get(area, 0.0),
                origins=_shares(whose.get(area, {}), used),
                passages={
                    name: amount[area] / used
                    for name, amount in through.items()
                    if used > 0 and amount.get(area, 0.0) / used >= LEAST_SHARE
                },
                origins_known=_known(told.get(area, 0.0), could[area], demand[area]),
                production_year=None if year is None else year.production_year,
                demand_year=None if year is None else year.demand_year,
                grade=max((grades[row] for row in rows), default="D"),
            )
        )
    return tuple(found)


def _known(traded: float, made: float, used: float) -> float:
    """The share of what is used whose origin is known: own oil as far as it goes, and the last known trade."""
    return min(1.0, (made + traded) / used) if used > 0 else 0.0


def _by_user(found: Mapping[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    out: dict[str, dict[str, float]] = {}
    for (user, origin), amount in found.items():
        out.setdefault(user, {})[origin] = amount
    return out


def _shares(amounts: Mapping[str, float], used: float) -> dict[str, float]:
    """Shares of origins, largest first; small ones together."""
    if used <= 0:
        return {}
    shares = {name: amount / used for name, amount in amounts.items()}
    small = sum(part for part in shares.values() if part < LEAST_SHARE)
    kept = {name: part for name, part in shares.items() if part >= LEAST_SHARE}
    if small > 1e-9:
        kept[OTHER] = small
    return dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))


def _worth_of_areas(program: Program, least: Solved) -> dict[str, float]:
    """What one barrel more in each area would avoid of the world's shortage: the largest price of a demand there."""
    if least.objective <= TINY:
        return {}
    first = len(program.system.nodes) * len(program.system.classes)
    worth: dict[str, float] = {}
    for place, node in enumerate(program.users):
        price = min(max(float(least.price_equal[first + place]), 0.0), 1.0)
        area = program.system.zone_area[node]
        worth[area] = max(worth.get(area, 0.0), price if price > SMALL else 0.0)
    return worth


def _worth_of_points(program: Program, least: Solved) -> dict[int, float]:
    """World shortage avoided by one more barrel of capacity, by group of ways; each told price is solved for again."""
    if least.objective <= TINY:
        return {}
    found = {}
    for place, group in enumerate(program.bounded):
        if least.price_below[place] < -1e-9:
            most = program.at_most.copy()
            most[place] += 1.0
            again = least_shortage(replace(program, at_most=most))
            avoided = min(least.objective - again.objective, 1.0)
            found[int(group)] = avoided if avoided > SMALL else 0.0
    return found


def _flows(program: Program, least: Solved, now: OilRun, question: OilQuestion) -> tuple[OilFlow, ...]:
    """Flows of points, largest first; points that carry nothing are told when they are shut or go round a passage."""
    system, worth = program.system, _worth_of_points(program, least)
    found = []
    for number, way in enumerate(system.ways):
        point = way.point
        if point is None:
            continue
        kbd = float(now.flow[number].sum())
        ends = {system.zone_area[way.tail], system.zone_area[way.head]}
        if question.areas and not ends & set(question.areas):
            continue
        if kbd <= TINY and not (point.bypasses or point.reason):
            continue
        found.append(
            OilFlow(
                point.id, point.tail, point.head, point.kind, point.pipeline, point.bypasses, kbd,
                point.capacity_kbd if np.isfinite(point.capacity_kbd) else None, way.usual_kbd,
                worth.get(way.group, 0.0), point.reason,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.kbd, one.id)))


def _names(system: OilSystem) -> tuple[str, ...]:
    """All straits and canals on the sea links."""
    return tuple(sorted({name for way in system.ways if way.link is not None for name in way.link.passages}))


def _passages(world: World, system: OilSystem, now: OilRun) -> tuple[OilPassage, ...]:
    found = []
    for name in _names(system):
        on_it = [n for n, way in enumerate(system.ways) if way.link is not None and name in way.link.passages]
        links = {way.link.id: way.link for way in (system.ways[n] for n in on_it) if way.link is not None}
        capacity = sum(one.capacity_kbd for one in links.values())
        state = passage_state(world, name)
        reason = next((one.reason for one in links.values() if one.reason), "")
        found.append(
            OilPassage(name, float(now.flow[on_it].sum()), state.usable, capacity if np.isfinite(capacity) else None,
                       reason)
        )  # fmt: skip
    return tuple(found)


def _reliance(system: OilSystem, now: OilRun) -> tuple[dict[str, float], tuple[Reliance, ...]]:
    """How much oil hangs on each row: production and demand on the balances, flows on points and links."""
    amounts: dict[tuple[str, str], float] = {}
    made, used = by_area(system, now.made), by_area(system, system.demand)
    for area, year in system.years.items():
        for key in year.rows:
            # an area with one row for both bears both; two rows share by what they say
            amounts["oil_years", key] = (made.get(area, 0.0) + used.get(area, 0.0)) / len(year.rows)
    for number, way in enumerate(system.ways):
        kbd = float(now.flow[number].sum())
        rows = way.point.evidence if way.point is not None else way.link.evidence if way.link is not None else ()
        if kbd > TINY and rows:
            table, key = rows[0]
            amounts[table, key] = amounts.get((table, key), 0.0) + kbd
    grades = {(one.table, one.id): one.grade for one in system.evidence}
    weights: dict[str, float] = {}
    for at, amount in sorted(amounts.items()):
        grade = grades.get(at, "D")
        weights[grade] = weights.get(grade, 0.0) + amount
    reliances = (Reliance(table, key, "oil", "kb/d", amount) for (table, key), amount in sorted(amounts.items()))
    return weights, tuple(reliances)


def _remarks(world: World, system: OilSystem) -> tuple[str, ...]:
    """What has to be said of an answer, as codes with their numbers; `report` words them."""
    found = [f"difference:{system.difference_kbd:.0f}"]
    years = {one.production_year for one in system.years.values()} | {one.demand_year for one in system.years.values()}
    known = sorted(year for year in years if year is not None)
    if known and known != [world.day.year]:
        found.append(f"balances-of:{known[0]}-{known[-1]}")
    surplus = float(system.production.sum() - system.demand.sum())
    if surplus > 1.0:
        found.append(f"surplus:{surplus:.0f}")
    found.append("crude-and-products-as-one")
    return tuple(found)
