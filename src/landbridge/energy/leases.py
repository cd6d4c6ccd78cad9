"""Gas in stores abroad: what lies in one land and belongs to another, and what one land agreed to send another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from landbridge.energy.lookup import Used
from landbridge.energy.obligations import Reach
from landbridge.world.intervals import holds

if TYPE_CHECKING:
    from landbridge.energy.horizon import Horizon
    from landbridge.energy.stores import Store
    from landbridge.facts import Facts

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lease:
    """Gas that goes from a store to another area, whose own it is or to which it was promised.

    Attributes
    ----------
    store
        Index of the part of the host's stores that is leased, or of what the host keeps for itself.
    way
        Indexes of the points from the host to the owner.
    most_mcmd
        The most that is drawn on a day [periods; million m3 a day].
    """

    store: int
    owner: str
    way: tuple[int, ...]
    most_mcmd: Floats


def leased(facts: Facts, host: str, day: date, used: Used) -> list[Mapping[str, Any]]:
    """What others lease in the stores of an area on a day; without what is only promised to them.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> [(row["owner"], row["working_bcm"]) for row in leased(load(), "HUN", date(2023, 1, 1), Used())]
    [('SRB', 0.3)]
    """
    found: list[Mapping[str, Any]] = []
    for row in facts.table("gas_store_leases").where(host=host):
        if holds(row, day) and float(row["working_bcm"]) > 0:
            used.row("gas_store_leases", row, float(row["working_bcm"]))
            found.append(row)
    return found


def leases(stores: Sequence[Store], reach: Reach, periods: int) -> tuple[Lease, ...]:
    """The leases whose gas can reach its owner, with the way that it takes: the fewest points, then the widest."""
    found = []
    for s, store in enumerate(stores):
        if store.owner != store.area:
            way = _way(store.zone, _zones(store.owner, reach), reach)
            if way:
                found.append(Lease(s, store.owner, way, np.full(periods, store.withdrawal_mcmd)))
    return tuple(found)


def promised(facts: Facts, stores: Sequence[Store], reach: Reach, horizon: Horizon, used: Used) -> tuple[Lease, ...]:
    """What areas agreed to send others out of their own stores: rows without room of the owner's own.

    A promise that tells no amount reaches as far as the host's stores do.
    """
    found = []
    for s, store in enumerate(stores):
        if store.owner != store.area:
            continue
        for row in facts.table("gas_store_leases").where(host=store.area):
            agreed = np.array([holds(row, one.start) for one in horizon.periods])
            way = _way(store.zone, _zones(row["owner"], reach), reach)
            if float(row["working_bcm"]) > 0 or not agreed.any() or not way:
                continue
            told = row["withdrawal_mcmd"]
            most = np.where(agreed, store.withdrawal_mcmd if told is None else float(told), 0.0)
            used.row("gas_store_leases", row, float(most.mean()) * horizon.days / 1000)
            found.append(Lease(s, row["owner"], way, most))
    return tuple(found)


def _zones(area: str, reach: Reach) -> set[int]:
    return {z for z, name in enumerate(reach.areas) if name == area}


def _way(start: int, goals: set[int], reach: Reach) -> tuple[int, ...]:
    ways: dict[int, tuple[int, ...]] = {start: ()}
    front = [start]
    while front:
        reached = [z for z in front if z in goals]
        if reached:
            return ways[reached[0]]
        steps: dict[int, int] = {}
        for p in np.flatnonzero((reach.tails >= 0) & (reach.heads >= 0) & (reach.capacity_mcmd > 0)).tolist():
            tail, head = int(reach.tails[p]), int(reach.heads[p])
            wider = head not in steps or reach.capacity_mcmd[p] > reach.capacity_mcmd[steps[head]]
            if tail in front and head not in ways and wider:
                steps[head] = p
        for head, p in steps.items():
            ways[head] = (*ways[int(reach.tails[p])], p)
        front = list(steps)
    return ()
