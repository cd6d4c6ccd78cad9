"""The gas system over a horizon, as arrays: everything the program needs, nothing of how it is solved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.demand import Cold, Demand, demand
from landbridge.energy.horizon import Basis, Horizon, period_means
from landbridge.energy.landing import lng_usual, terminals
from landbridge.energy.leases import Lease, leases, promised
from landbridge.energy.lng import REST, Lng, lng, tanks_mcm
from landbridge.energy.lookup import Row, Used, parameters
from landbridge.energy.obligations import Duty, Reach, Swap, duties, intended, landings, swapped, swaps
from landbridge.energy.stores import Store, stores
from landbridge.energy.supply import Production, production
from landbridge.energy.usual import entering, fed, usual_flows
from landbridge.world.lng import lng_import_states, lng_states
from landbridge.world.membership import area_set
from landbridge.world.pipe_facts import points
from landbridge.world.pipes import PipeStates, demand_factors, pipe_states, production_factors, storage_factors

if TYPE_CHECKING:
    from landbridge.world import World

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
POOL: Final = "LNG"
"""The zone that all cargoes come from and go to."""
UNION: Final = "EU"
"""The group whose stores are measured together."""
OUTSIDE: Final = -1
"""The index of the pool, and of what only loads cargoes: nothing is balanced there."""


@dataclass(frozen=True, slots=True)
class System:
    """Zones, points, demand, supply and stores over a horizon.

    Attributes
    ----------
    zones, areas
        Zones, and the area of each (None for the node that stands for the rest of the world).
    points, tails, heads, kinds, ends
        Directed points with the index of the zone at each end, `OUTSIDE` for the LNG pool, and the names of both.
    capacity_mcmd, usual_mcmd
        What may pass and what usually passes, capped by what may [points, periods; million m3 a day].
    normal_mcmd
        What each point may pass undisturbed [points, periods].
    before_mcmd
        What usually passes, whatever may [points, periods; million m3 a day].
    loaded_mcmd
        What the market counts as loaded at each plant [points, periods].
    flow_share
        The share of what flowed before that a dated cut leaves; 1 without one [points, periods].
    mirrors
        For each point of virtual reverse flow: its index and those of the points against which it runs.
    opened
        Points that could pass nothing on any day before the horizon: how they are used is not known.
    """

    horizon: Horizon
    zones: tuple[str, ...]
    areas: tuple[str | None, ...]
    points: tuple[str, ...]
    pipelines: tuple[str, ...]
    kinds: tuple[str, ...]
    ends: tuple[tuple[str, str], ...]
    tails: Ints
    heads: Ints
    capacity_mcmd: Floats
    normal_mcmd: Floats
    usual_mcmd: Floats
    before_mcmd: Floats
    loaded_mcmd: Floats
    flow_share: Floats
    demand: Demand
    production: Production
    stores: tuple[Store, ...]
    lng: Lng
    swaps: tuple[Swap, ...]
    duties: tuple[Duty, ...]
    mirrors: tuple[tuple[int, tuple[int, ...]], ...]
    numbers: Mapping[str, float]
    used: Used
    leases: tuple[Lease, ...] = ()
    opened: tuple[int, ...] = ()

    @property
    def days(self) -> Floats:
        """The length of each period [days]."""
        return np.array([period.days for period in self.horizon.periods], dtype=float)

    @property
    def inner(self) -> Ints:
        """The points between two zones."""
        return np.flatnonzero((self.tails >= 0) & (self.heads >= 0))

    def zones_of(self, area: str) -> list[int]:
        """The zones of an area."""
        return [z for z, one in enumerate(self.areas) if one == area]


def make_system(
    world: World,
    horizon: Horizon,
    *,
    basis: Basis = "before",
    cold: Cold | None = None,
    undisturbed: bool = False,
) -> System:
    """The gas system of a world over a horizon.

    Parameters
    ----------
    undisturbed
        Without the dated cuts of the facts and without what the scenarios change: what the deliveries that a cut
        stops are measured against.

    Examples
    --------
    >>> from landbridge.energy.horizon import make_horizon
    >>> from landbridge.world import World
    >>> system = make_system(World.at("2009-01-01"), make_horizon(date(2009, 1, 6), date(2009, 1, 19)))
    >>> "BGR" in system.zones, len(system.horizon.periods)
    (True, 14)
    """
    shared = _share(world, horizon, basis, cold)
    return _variant(world, horizon, basis, shared, undisturbed=undisturbed)


def make_systems(
    world: World, horizon: Horizon, *, basis: Basis = "before", cold: Cold | None = None
) -> tuple[System, System]:
    """The undisturbed system and that of the world, over the same zones and points."""
    shared = _share(world, horizon, basis, cold)
    return (
        _variant(world, horizon, basis, shared, undisturbed=True),
        _variant(world, horizon, basis, shared, undisturbed=False),
    )


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a system has in common with the undisturbed one."""

    normal: PipeStates
    normal_mcmd: Floats
    zones: tuple[str, ...]
    areas: tuple[str | None, ...]
    area_of: Mapping[str, str | None]
    tails: Ints
    heads: Ints
    usual: Floats
    demand: Demand
    production: Production
    stores: tuple[Store, ...]
    terminals: Mapping[str, float]
    used: Used


def _share(world: World, horizon: Horizon, basis: Basis, cold: Cold | None) -> _Shared:
    facts, used = world.facts, Used()
    normal = pipe_states(world, horizon.each_day(), undisturbed=True)
    rows = _zones(world, normal)
    zones = tuple(row["id"] for row in rows)
    at: dict[str, int] = {zone: z for z, zone in enumerate(zones)}
    area_of = {row["id"]: row["area"] for row in facts.table("gas_zones").rows}
    by_pipe = np.array([not kind.startswith("lng") for kind in normal.kinds])
    asked = demand(facts, rows, horizon, basis, used, cold)
    made = production(facts, rows, horizon, basis, used)
    sizes = (asked.mcmd.sum(axis=1) + asked.own_mcmd).sum(axis=1)
    lacks = dict(zip(zones, (asked.year_mcmd - made.year_mcmd).tolist(), strict=True))
    return _Shared(
        normal=normal,
        normal_mcmd=period_means(normal.capacity_mcmd, horizon),
        zones=zones,
        areas=tuple(row["area"] for row in rows),
        area_of=area_of,
        tails=np.array([at.get(zone, OUTSIDE) for zone in normal.from_zones], dtype=np.int64),
        heads=np.array([at.get(zone, OUTSIDE) for zone in normal.to_zones], dtype=np.int64),
        usual=usual_flows(
            facts,
            horizon.start.year,
            (normal.from_zones, normal.to_zones),
            np.where(by_pipe, normal.capacity_mcmd.max(axis=1), 0.0),
            area_of,
            frozenset(row["id"] for row in rows if row["kind"] == "node"),
            lacks,
            used,
        ),
        demand=asked,
        production=made,
        stores=stores(facts, rows, sizes, horizon, used, basis, area_set(world, UNION)),
        terminals=terminals(normal.kinds, normal.to_zones, area_of, normal.capacity_mcmd),
        used=used,
    )  # fmt: skip


def _variant(world: World, horizon: Horizon, basis: Basis, shared: _Shared, *, undisturbed: bool) -> System:
    facts, used = world.facts, Used(dict(shared.used.bcm), dict(shared.used.remarks))
    days, zones, areas, normal = horizon.each_day(), shared.zones, shared.areas, shared.normal
    states, asked, made, held = normal, shared.demand, shared.production, shared.stores
    if not undisturbed:
        states = pipe_states(world, days)
        asked = _scaled(asked, _by_period(demand_factors(world, days), zones, areas, horizon))
        made = _raised(made, _by_period(production_factors(world, days), zones, areas, horizon))
        factors = _by_period(storage_factors(world, days), zones, areas, horizon)
        held = tuple(_shrunk(one, float(factors[one.zone].min())) for one in held)
    market = lng(
        facts, horizon, basis, tuple(sorted({*shared.terminals, REST})),
        shared.terminals, _loading(world, days, basis, undisturbed=undisturbed), _first_change(states, normal, days),
        used,
    )  # fmt: skip
    capacity = period_means(_reached(world, days, states, undisturbed=undisturbed), horizon)
    sends_out = {
        point: shared.area_of[zone] or zone
        for point, kind, zone, most in zip(states.points, states.kinds, states.to_zones, capacity, strict=True)
        if kind == "lng-import" and most.max() > 0
    }
    market = replace(market, tank_mcm=tanks_mcm(facts, horizon.start, sends_out, market.importers, used))
    usual = np.repeat(shared.usual[:, None], len(horizon.periods), axis=1)
    usual, loaded = lng_usual(usual, states, shared.area_of, market, shared.normal_mcmd, capacity)
    # a plant loads no more than its exporter's supply; what could be added is the spare of the pool
    plants = np.array([kind == "lng-export" for kind in states.kinds])[:, None]
    capacity = np.where(plants, np.minimum(capacity, loaded), capacity)
    landed = entering(usual, states.kinds, shared.heads, len(zones))
    usual = fed(usual, capacity, shared.tails, shared.heads, made.usual_mcmd + landed)
    at_point = {point: p for p, point in enumerate(states.points)}
    numbers = parameters(facts)
    rules = swaps(world, horizon, at_point, used, undisturbed=undisturbed)
    surplus = made.usual_mcmd.mean(axis=1) - (asked.mcmd.sum(axis=1) + asked.own_mcmd).mean(axis=1)
    reach = Reach(shared.zones, shared.areas, shared.tails, shared.heads, capacity.mean(axis=1))
    owed = (
        *duties(facts, horizon, at_point, capacity, reach, used),
        *swapped(facts, horizon, rules),
        *intended(
            horizon, states, shared.tails.tolist(), shared.heads.tolist(),
            np.maximum(capacity - shared.normal_mcmd, 0.0), usual, surplus, numbers["new_use_share"],
        ),
    )  # fmt: skip
    if market.told and (undisturbed or world.id == world.base.id):
        arriving = market.firm_mcmd + market.usual_pool_mcmd
        importers = {name: line for name, line in zip(market.importers, arriving, strict=True) if name != REST}
        owed = (*owed, *landings(horizon, importers, _by_importer(states, shared.area_of), capacity))
    for p, evidence in enumerate(states.evidence):
        for table, key in evidence:
            used.name(table, key, float(capacity[p].mean() * horizon.days / 1000))
    return System(
        horizon=horizon,
        zones=zones,
        areas=areas,
        points=tuple(states.points),
        pipelines=tuple(states.pipelines),
        kinds=tuple(states.kinds),
        ends=tuple(zip(states.from_zones, states.to_zones, strict=True)),
        tails=shared.tails,
        heads=shared.heads,
        capacity_mcmd=capacity,
        normal_mcmd=shared.normal_mcmd,
        usual_mcmd=usual,
        before_mcmd=usual,
        loaded_mcmd=loaded,
        flow_share=period_means(states.flow_share, horizon),
        demand=asked,
        production=made,
        stores=held,
        lng=market,
        swaps=rules,
        duties=owed,
        mirrors=_mirrors(states.kinds, shared.tails, shared.heads),
        numbers=numbers,
        used=used,
        leases=(*leases(held, reach, len(horizon.periods)), *promised(facts, held, reach, horizon, used)),
        opened=_opened(world, states.points, horizon.start),
    )


def _by_importer(states: PipeStates, area_of: Mapping[str, str | None]) -> dict[str, list[int]]:
    """The terminals of each importer."""
    found: dict[str, list[int]] = {}
    for p, (kind, zone) in enumerate(zip(states.kinds, states.to_zones, strict=True)):
        if kind == "lng-import":
            found.setdefault(area_of[zone] or zone, []).append(p)
    return found


def _opened(world: World, names: Sequence[str], start: date) -> tuple[int, ...]:
    """The points that let nothing pass before a day, by the facts."""
    known = points(world.facts, "gas", world.known_on)
    day = start.toordinal()
    return tuple(
        p
        for p, name in enumerate(names)
        if name in known and not any(one.value > 0 for one in known[name].capacities if one.start < day)
    )


def _loading(world: World, days: Sequence[date], basis: Basis, *, undisturbed: bool) -> Mapping[str, Floats]:
    """The share of its supply that each exporter can bring out, by day.

    The supply of an observed year holds the cuts of that year already, so that only what scenarios change counts.
    """
    now = lng_states(world, days, undisturbed=undisturbed)
    if basis == "before":
        return now
    facts = lng_states(world.base, days)
    return {
        name: np.divide(share, facts[name], out=np.ones_like(share), where=facts[name] > 0)
        for name, share in now.items()
        if name in facts
    }


def _reached(world: World, days: Sequence[date], states: PipeStates, *, undisturbed: bool) -> Floats:
    """What each point can pass by day; a terminal that ships cannot reach takes nothing in."""
    capacity = states.capacity_mcmd.copy()
    reached = lng_import_states(world, days, undisturbed=undisturbed)
    for p, (kind, zone) in enumerate(zip(states.kinds, states.to_zones, strict=True)):
        if kind == "lng-import" and zone in reached:
            capacity[p] = capacity[p] * reached[zone]
    return capacity


def _zones(world: World, states: PipeStates) -> list[Row]:
    """The zones that a pipe or a terminal can feed, and their sources; what only loads cargoes is outside."""
    fed: set[str] = set()
    for tail, head, kind in zip(states.from_zones, states.to_zones, states.kinds, strict=True):
        if kind == "lng-import":
            fed.add(head)
        elif kind != "lng-export":
            fed |= {tail, head}
    return [row for row in world.facts.table("gas_zones").rows if row["id"] in fed and row["id"] != POOL]


def _by_period(
    factors: Mapping[str, Floats], zones: Sequence[str], areas: Sequence[str | None], horizon: Horizon
) -> Floats:
    """Factors by zone or area as means over the periods [zones, periods]."""
    days = horizon.days
    daily = np.ones((len(zones), days))
    for z, (zone, area) in enumerate(zip(zones, areas, strict=True)):
        for name in {zone, area or zone}:
            if name in factors:
                daily[z] = daily[z] * factors[name]
    return period_means(daily, horizon)


def _scaled(asked: Demand, factors: Floats) -> Demand:
    return Demand(asked.mcmd * factors[:, None, :], asked.own_mcmd * factors, asked.switching, asked.year_mcmd)


def _raised(made: Production, factors: Floats) -> Production:
    return replace(
        made, usual_mcmd=made.usual_mcmd * factors, most_mcmd=made.most_mcmd * factors,
        most_bcm=made.most_bcm * factors.mean(axis=1),
    )  # fmt: skip


def _shrunk(store: Store, factor: float) -> Store:
    return replace(
        store, withdrawal_mcmd=store.withdrawal_mcmd * factor, injection_mcmd=store.injection_mcmd * factor,
        curve=tuple((rate * factor, slope * factor) for rate, slope in store.curve),
    )  # fmt: skip


def _first_change(states: PipeStates, normal: PipeStates, days: Sequence[date]) -> date | None:
    """The first day on which a point can pass less than usual."""
    less = states.capacity_mcmd < normal.capacity_mcmd - 1e-9
    found = np.flatnonzero(less.any(axis=0))
    return days[int(found[0])] if len(found) else None


def _mirrors(kinds: Sequence[str], tails: Ints, heads: Ints) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Each point of virtual reverse flow with the points that run the other way."""
    found = []
    for p, kind in enumerate(kinds):
        if kind == "virtual-reverse":
            against = tuple(
                int(q) for q in np.flatnonzero((tails == heads[p]) & (heads == tails[p])) if kinds[int(q)] == "physical"
            )
            found.append((p, against))
    return tuple(found)
