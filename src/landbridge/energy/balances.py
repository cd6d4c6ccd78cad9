"""What each area made, got, drew, went without: sums of a solved program over its zones, by period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.run import Run
from landbridge.energy.system import System

Floats = npt.NDArray[np.float64]
ITEMS: Final = (
    "demand", "switched", "losses", "production", "pipe_import", "pipe_export", "lng_import", "lng_export",
    "withdrawal", "injection", "shortage", "unbalanced",
)  # fmt: skip
"""The items of a balance, in bcm: production + imports - exports + withdrawal + shortage = demand + injection + losses.

`demand` is what is asked for less what another fuel serves (`switched`); `losses` is own use of the industry and of
transport; gas drawn from the pipes counts as withdrawal; `unbalanced` is the part of the shortage without which the
data would not balance at all."""
EMPTY: Final = 0.02
"""A store with less than this share of its working gas above what the state holds back is empty."""


@dataclass(frozen=True, slots=True)
class Balances:
    """Balances by area and period.

    Attributes
    ----------
    bcm
        By item [areas, periods].
    held_bcm
        In store at the end of each period; NaN without stores [areas, periods].
    price
        What one more unit is worth, mean over the zones by demand [areas, periods; USD per 1000 m3].
    """

    areas: tuple[str, ...]
    bcm: dict[str, Floats]
    held_bcm: Floats
    price: Floats
    empty_days: tuple[float | None, ...]

    def total(self, item: str) -> Floats:
        """An item over the horizon [areas; bcm]."""
        whole: Floats = self.bcm[item].sum(axis=1)
        return whole


def balances(run: Run, areas: tuple[str, ...]) -> Balances:
    """The balances of areas in a solved program.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.energy.horizon import make_horizon
    >>> from landbridge.energy.run import solve_before
    >>> from landbridge.energy.system import make_system
    >>> from landbridge.world import World
    >>> system = make_system(
    ...     World.at("2019-01-01"), make_horizon(date(2019, 1, 1), date(2019, 2, 28)), undisturbed=True
    ... )
    >>> found = balances(solve_before(system), ("BGR",)).bcm
    >>> comes = ("production", "pipe_import", "lng_import", "withdrawal", "shortage")
    >>> goes = ("demand", "pipe_export", "lng_export", "injection", "losses")
    >>> bool(np.allclose(sum(found[one] for one in comes), sum(found[one] for one in goes)))
    True
    """
    system = run.system
    by_zone = _by_zone(run)
    group = [system.zones_of(name) for name in areas]
    bcm = {item: np.array([by_zone[item][zs].sum(axis=0) for zs in group]) for item in ITEMS}
    weight = (system.demand.mcmd.sum(axis=1) + system.demand.own_mcmd) + 1e-9
    price = np.array([(run.price[zs] * weight[zs]).sum(axis=0) / weight[zs].sum(axis=0) for zs in group])
    held = np.full((len(areas), len(system.days)), np.nan)
    at = {name: a for a, name in enumerate(areas)}
    strategic, working = np.zeros(len(areas)), np.zeros(len(areas))
    for s, store in enumerate(system.stores):
        a = at.get(system.areas[store.zone] or "")
        if a is not None:
            held[a] = np.nan_to_num(held[a]) + run.held[s]
            strategic[a] += store.strategic_bcm
            working[a] += store.working_bcm
    empty = [
        _empty_after(system, held[a] - strategic[a], working[a]) if working[a] > 0 else None for a in range(len(areas))
    ]
    return Balances(areas, bcm, held, price, tuple(empty))


def _by_zone(run: Run) -> dict[str, Floats]:
    system = run.system
    per_day = system.days / 1000
    shape = run.made.shape
    found = {item: np.zeros(shape) for item in ITEMS}
    asked = system.demand.mcmd.sum(axis=1)
    found["switched"] = run.switched.sum(axis=1) * per_day
    found["losses"] = system.demand.own_mcmd * per_day
    found["demand"] = asked * per_day - found["switched"]
    found["production"] = run.made * per_day
    found["unbalanced"] = run.gap * per_day
    found["shortage"] = run.short.sum(axis=1) * per_day + found["unbalanced"]
    for p, (tail, head, kind) in enumerate(zip(system.tails, system.heads, system.kinds, strict=True)):
        flow = run.flow[p] * per_day
        if tail >= 0 and head >= 0 and system.areas[tail] == system.areas[head]:
            continue
        if head >= 0:
            found["lng_import" if kind == "lng-import" else "pipe_import"][head] += flow
        if tail >= 0:
            found["lng_export" if kind == "lng-export" else "pipe_export"][tail] += flow
    found["withdrawal"] += np.maximum(run.pack, 0.0) * per_day
    found["injection"] += np.maximum(-run.pack, 0.0) * per_day
    for s, store in enumerate(system.stores):
        found["withdrawal"][store.zone] += run.out[s] * per_day
        found["injection"][store.zone] += run.back[s] * per_day
    return found


def _empty_after(system: System, left_bcm: Floats, working_bcm: float) -> float | None:
    """Days until a store is empty; None when it is not within the horizon."""
    gone = np.flatnonzero(left_bcm <= EMPTY * working_bcm)
    if not len(gone):
        return None
    return float(system.days[: int(gone[0]) + 1].sum())
