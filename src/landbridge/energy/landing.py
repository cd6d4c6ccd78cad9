"""Cargoes at the coast: what terminals take in and plants load as a rule, by their capacity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from landbridge.energy.lng import Lng

if TYPE_CHECKING:
    from landbridge.world.pipes import PipeStates

Floats = npt.NDArray[np.float64]


def terminals(
    kinds: Sequence[str], to_zones: Sequence[str], area_of: Mapping[str, str | None], capacity: Floats
) -> dict[str, float]:
    """What the terminals of each area can take in [million m3 a day]."""
    found: dict[str, float] = {}
    for kind, zone, row in zip(kinds, to_zones, capacity, strict=True):
        if kind == "lng-import" and row.max() > 0:
            name = area_of[zone] or zone
            found[name] = found.get(name, 0.0) + float(row.max())
    return found


def lng_usual(
    usual: Floats, states: PipeStates, area_of: Mapping[str, str | None], market: Lng, normal: Floats, capacity: Floats
) -> tuple[Floats, Floats]:
    """The usual flow at terminals, by capacity: what the importer usually gets; and what the exporter's supply loads.

    Both as [points, periods]; the second is 0 at all other points, and the first no more than may pass.
    """
    loaded = np.zeros_like(usual)
    for side, kind in ((states.to_zones, "lng-import"), (states.from_zones, "lng-export")):
        rows: dict[str, list[int]] = {}
        for p, zone in enumerate(side):
            if states.kinds[p] == kind:
                rows.setdefault((area_of[zone] or zone) if kind == "lng-import" else zone, []).append(p)
        for name, ps in rows.items():
            whole = normal[ps].sum(axis=0)
            share = np.divide(normal[ps], whole, out=np.zeros_like(normal[ps]), where=whole > 0)
            if kind == "lng-export":
                loaded[ps] = share * _loaded(name, market, states, ps)
                usual[ps] = np.minimum(loaded[ps], capacity[ps])
            elif name in market.importers:
                i = market.importers.index(name)
                amount = market.firm_mcmd[i] + market.usual_pool_mcmd[i]
                usual[ps] = np.minimum(share * amount, capacity[ps])
    return usual, loaded


def _loaded(zone: str, market: Lng, states: PipeStates, ps: Sequence[int]) -> Floats:
    """What a zone loads: its exporter's supply, over the exporter's zones by the capacity of their plants."""
    for e, zones in enumerate(market.zones):
        if zone in zones:
            sizes = {
                one: sum(
                    float(states.capacity_mcmd[p].max())
                    for p, tail in enumerate(states.from_zones)
                    if tail == one and states.kinds[p] == "lng-export"
                )
                for one in zones
            }
            whole = sum(sizes.values())
            loaded: Floats = market.export_mcmd[e] * (sizes[zone] / whole if whole > 0 else 1 / len(zones))
            return loaded
    return np.zeros(market.export_mcmd.shape[1])
