"""Small gas systems for tests, written down by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from landbridge.energy.demand import TIERS, Demand
from landbridge.energy.horizon import Horizon, make_horizon
from landbridge.energy.lng import REST, Lng
from landbridge.energy.lookup import Used, parameters
from landbridge.energy.stores import Store
from landbridge.energy.supply import Production
from landbridge.energy.system import OUTSIDE, System
from landbridge.facts import load

START = date(2019, 1, 1)
PARTS = (0.4, 0.3, 0.3)
"""How a zone's demand falls on protected, power and industry."""


def days(count: int) -> Horizon:
    """A horizon of days."""
    return make_horizon(START, START + timedelta(days=count - 1), "day")


def months(count: int) -> Horizon:
    """A horizon of months within a year."""
    after = date(START.year, count + 1, 1) if count < 12 else date(START.year + 1, 1, 1)
    return make_horizon(START, after - timedelta(days=1), "month")


def no_lng(horizon: Horizon) -> Lng:
    """A market for cargoes without cargoes."""
    n = len(horizon.periods)
    nothing = np.zeros((1, n))
    return Lng(
        importers=(REST,), exporters=(), zones=(), shares=np.zeros((0, 1)), export_mcmd=np.zeros((0, n)),
        firm_mcmd=nothing, usual_pool_mcmd=nothing, pool_mcmd=np.zeros(n), more_mcmd=np.full((1, n), np.inf),
        tank_mcm=np.zeros(1),
    )  # fmt: skip


def store(
    area: str, zone: int, working: float, start: float, rate: float, *, floor: float = 0.0, owner: str = ""
) -> Store:
    """A store whose withdrawal falls to a third as it empties; nothing need be left at the end."""
    curve = ((rate / 3, 2 * rate / 3 / working),)
    return Store(area, zone, working, rate, rate / 2, start, 0.0, floor, curve, owner or area)


def tiny(
    demand: Mapping[str, float],
    production: Mapping[str, float],
    pipes: Mapping[str, tuple[str, str, float, float]],
    *,
    horizon: Horizon | None = None,
    stores: Sequence[Store] = (),
    mirrors: Mapping[str, Sequence[str]] = {},
    switching: float = 0.0,
    swing: float = 1.0,
    shape: Sequence[float] | None = None,
) -> System:
    """A system of zones that are areas.

    Parameters
    ----------
    demand, production
        By zone [million m3 a day]; every zone has a demand.
    pipes
        By id: from, to, capacity, usual flow [million m3 a day].
    swing
        The most that a zone makes, of its usual production.
    shape
        Demand of each period, of its mean.
    """
    span = horizon or days(2)
    n, zones = len(span.periods), tuple(demand)
    at = {zone: z for z, zone in enumerate(zones)}
    part = np.array(shape if shape is not None else [1.0] * n)
    asked = np.array([demand[zone] for zone in zones])
    made = np.repeat(np.array([production.get(zone, 0.0) for zone in zones])[:, None], n, axis=1)
    ids = tuple(pipes)
    index = {name: p for p, name in enumerate(ids)}
    ends = tuple((pipes[name][0], pipes[name][1]) for name in ids)
    capacity = np.repeat(np.array([pipes[name][2] for name in ids], dtype=float)[:, None], n, axis=1)
    usual = np.repeat(np.array([pipes[name][3] for name in ids], dtype=float)[:, None], n, axis=1)
    lengths = np.array([period.days for period in span.periods])
    return System(
        horizon=span,
        zones=zones,
        areas=zones,
        points=ids,
        pipelines=ids,
        kinds=tuple("virtual-reverse" if name in mirrors else "physical" for name in ids),
        ends=ends,
        tails=np.array([at.get(tail, OUTSIDE) for tail, _ in ends], dtype=np.int64),
        heads=np.array([at.get(head, OUTSIDE) for _, head in ends], dtype=np.int64),
        capacity_mcmd=capacity,
        usual_mcmd=usual,
        before_mcmd=usual,
        normal_mcmd=np.array(capacity, dtype=float),
        loaded_mcmd=np.zeros_like(usual),
        flow_share=np.ones_like(usual),
        demand=Demand(
            asked[:, None, None] * np.array(PARTS)[None, :, None] * part[None, None, :],
            np.zeros((len(zones), n)),
            np.repeat(np.array([[0.0, switching, switching]]), len(zones), axis=0),
            asked,
        ),
        production=Production(
            made, made * swing, (made * swing) @ lengths / 1000, made.mean(axis=1), np.ones(len(zones))
        ),
        stores=tuple(stores),
        lng=no_lng(span),
        swaps=(),
        duties=(),
        mirrors=tuple((index[name], tuple(index[one] for one in against)) for name, against in mirrors.items()),
        numbers=parameters(load()),
        used=Used(),
    )


def line(**more: object) -> System:
    """A seller, a land between and a buyer, whose own gas serves a part: SEL 100 to MID 20 to END 30, END makes 5."""
    return tiny(
        {"SEL": 50.0, "MID": 20.0, "END": 35.0},
        {"SEL": 100.0, "END": 5.0},
        {"s-m": ("SEL", "MID", 60.0, 50.0), "m-e": ("MID", "END", 40.0, 30.0)},
        **more,  # type: ignore[arg-type]
    )


def shut(system: System, *points: str) -> System:
    """The system with points that pass nothing."""
    capacity, usual = system.capacity_mcmd.copy(), system.usual_mcmd.copy()
    for name in points:
        capacity[system.points.index(name)] = usual[system.points.index(name)] = 0.0
    return replace(system, capacity_mcmd=capacity, usual_mcmd=usual)


def turned_over(system: System) -> System:
    """The same system with zones, points and stores in the opposite order."""
    zones, points = np.arange(len(system.zones))[::-1], np.arange(len(system.points))[::-1]

    def zone(old: np.ndarray) -> np.ndarray:
        return np.where(old >= 0, len(zones) - 1 - old, old)

    def moved(old: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(len(points) - 1 - p for p in old)

    asked, made = system.demand, system.production
    return replace(
        system,
        zones=system.zones[::-1],
        areas=system.areas[::-1],
        points=system.points[::-1],
        pipelines=system.pipelines[::-1],
        kinds=system.kinds[::-1],
        ends=system.ends[::-1],
        tails=zone(system.tails[points]),
        heads=zone(system.heads[points]),
        capacity_mcmd=system.capacity_mcmd[points],
        usual_mcmd=system.usual_mcmd[points],
        before_mcmd=system.before_mcmd[points],
        normal_mcmd=system.normal_mcmd[points],
        loaded_mcmd=system.loaded_mcmd[points],
        flow_share=system.flow_share[points],
        demand=Demand(asked.mcmd[zones], asked.own_mcmd[zones], asked.switching[zones], asked.year_mcmd[zones]),
        production=Production(
            made.usual_mcmd[zones],
            made.most_mcmd[zones],
            made.most_bcm[zones],
            made.year_mcmd[zones],
            made.loose_share[zones],
        ),
        stores=tuple(replace(one, zone=len(zones) - 1 - one.zone) for one in reversed(system.stores)),
        swaps=tuple(replace(one, ins=moved(one.ins), outs=moved(one.outs)) for one in system.swaps),
        duties=tuple(replace(one, points=moved(one.points)) for one in system.duties),
        mirrors=tuple((len(points) - 1 - p, moved(against)) for p, against in system.mirrors),
    )


assert len(PARTS) == len(TIERS)
