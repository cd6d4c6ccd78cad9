"""Whose gas an area burns, and how much of it a cut takes away: proportional mixing (Bialek 1996)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.mixing import mix
from landbridge.energy.program import terminals_of
from landbridge.energy.run import Run

Floats = npt.NDArray[np.float64]
STORE: Final = "STORE"
"""The origin of gas that was in store before the horizon."""
OTHER: Final = "OTHER"
"""Exporters that the sources do not name."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Shares of origins in what each area takes in or makes over the horizon [areas, origins]."""

    areas: tuple[str, ...]
    origins: tuple[str, ...]
    share: Floats


def origins(run: Run, areas: tuple[str, ...], exporters: Mapping[str, str]) -> Origins:
    """Whose gas each area takes over the horizon.

    Parameters
    ----------
    exporters
        The area of each exporter of LNG.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.energy.horizon import make_horizon
    >>> from landbridge.energy.run import solve_before
    >>> from landbridge.energy.system import make_system
    >>> from landbridge.world import World
    >>> system = make_system(
    ...     World.at("2019-01-01"), make_horizon(date(2019, 1, 1), date(2019, 12, 31)), undisturbed=True
    ... )
    >>> found = origins(solve_before(system), ("BLR",), {})
    >>> bool(found.share[0, found.origins.index("RUS")] > 0.9)
    True
    """
    system = run.system
    per_day = system.days / 1000
    zones = len(system.zones)
    names = sorted({*(area for area in system.areas if area), *exporters.values(), STORE, OTHER})
    at = {name: o for o, name in enumerate(names)}
    own = np.zeros((zones, len(names)))
    for z, area in enumerate(system.areas):
        if area is not None:
            own[z, at[area]] += float(run.made[z] @ per_day)
    for s, store in enumerate(system.stores):
        own[store.zone, at[STORE]] += max(float((run.out[s] - run.back[s]) @ per_day), 0.0)
    _add_cargoes(run, own, at, exporters)
    inner = system.inner
    flow = run.flow[inner] @ per_day
    shares = mix(flow, system.tails[inner], system.heads[inner], own)
    weight = ((system.demand.mcmd.sum(axis=1) + system.demand.own_mcmd) * per_day).sum(axis=1)
    rows = []
    for name in areas:
        zs = system.zones_of(name)
        whole = weight[zs].sum()
        rows.append((shares[zs] * weight[zs, None]).sum(axis=0) / whole if whole > 0 else np.zeros(len(names)))
    return Origins(areas, tuple(names), np.array(rows))


def _add_cargoes(run: Run, own: Floats, at: Mapping[str, int], exporters: Mapping[str, str]) -> None:
    """What terminals take in, by the exporters that usually serve the importer, as far as they load."""
    system, market = run.system, run.system.lng
    per_day = system.days / 1000
    usual = market.shares.sum(axis=1)
    loads = np.divide(market.export_mcmd.mean(axis=1), usual, out=np.zeros_like(usual), where=usual > 0)
    # an importer without cargoes of its own draws from all who load
    spread = usual * loads
    for i, importer in enumerate(market.importers):
        mine = market.shares[:, i] * loads
        parts = mine if mine.sum() > 0 else spread
        parts = parts / parts.sum() if parts.sum() > 0 else parts
        for p in terminals_of(system, importer):
            amount = float(run.flow[p] @ per_day)
            for e, exporter in enumerate(market.exporters):
                own[system.heads[p], at[exporters.get(exporter, OTHER)]] += amount * parts[e]


def cut_deliveries(before: Run, now_capacity: Floats, areas: tuple[str, ...], lng_lost: Floats) -> Floats:
    """What a cut takes away from each area when nobody reacts [areas; bcm].

    The gas that no longer fits through a point is marked there and followed downstream by proportional mixing.

    Parameters
    ----------
    now_capacity
        What each point can pass after the cut [points, periods; million m3 a day].
    lng_lost
        What each importer's usual cargoes lose [importers, periods; million m3 a day].
    """
    system = before.system
    per_day = system.days / 1000
    zones = len(system.zones)
    inner, group = system.inner, [system.zones_of(name) for name in areas]
    used = system.demand.mcmd.sum(axis=1) + system.demand.own_mcmd - before.short.sum(axis=1)
    lost = np.zeros(len(areas))
    for t in range(len(per_day)):
        flow = before.flow[:, t]
        part = np.divide(np.maximum(flow - now_capacity[:, t], 0.0), flow, out=np.zeros_like(flow), where=flow > 1e-9)
        if not part.any() and not lng_lost[:, t].any():
            continue
        own = np.zeros((zones, 2))
        own[:, 0] += before.made[:, t]
        for s, store in enumerate(system.stores):
            own[store.zone, 0] += before.out[s, t]
        _mark_cargoes(before, own, part, lng_lost, t)
        np.add.at(own[:, 1], system.heads[inner], part[inner] * flow[inner])
        shares = mix((1 - part[inner]) * flow[inner], system.tails[inner], system.heads[inner], own)[:, 1]
        for a, zs in enumerate(group):
            lost[a] += float((shares[zs] * used[zs, t]).sum()) * per_day[t]
    return lost


def _mark_cargoes(before: Run, own: Floats, part: Floats, lng_lost: Floats, t: int) -> None:
    system = before.system
    for i, importer in enumerate(system.lng.importers):
        landed = before.landed[i, t]
        share = min(lng_lost[i, t] / landed, 1.0) if landed > 1e-9 else 0.0
        for p in terminals_of(system, importer):
            gone = max(part[p], share)
            own[system.heads[p], 1] += gone * before.flow[p, t]
            own[system.heads[p], 0] += (1 - gone) * before.flow[p, t]
