"""Stores leased abroad: gas that lies in one land and belongs to another, which may draw it and have it sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.energy.lookup import Used
from landbridge.energy.obligations import Reach

if TYPE_CHECKING:
    from landbridge.energy.stores import Store
    from landbridge.facts import Facts


@dataclass(frozen=True, slots=True)
class Lease:
    """Gas that an area holds in a store abroad.

    Attributes
    ----------
    store
        Index of the part of the host's stores that is leased.
    way
        Indexes of the points from the host to the owner.
    """

    store: int
    owner: str
    way: tuple[int, ...]


def leased(facts: Facts, host: str, day: date, used: Used) -> list[Mapping[str, Any]]:
    """What others lease in the stores of an area on a day.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> [(row["owner"], row["working_bcm"]) for row in leased(load(), "HUN", date(2023, 1, 1), Used())]
    [('SRB', 0.3)]
    """
    found: list[Mapping[str, Any]] = []
    for row in facts.table("gas_store_leases").where(host=host):
        first, last = row["from"], row["to"]
        if (first is None or first.first <= day) and (last is None or day < last.first):
            used.row("gas_store_leases", row, float(row["working_bcm"]))
            found.append(row)
    return found


def leases(stores: Sequence[Store], reach: Reach) -> tuple[Lease, ...]:
    """The leases whose gas can reach its owner, with the way that it takes: the fewest points, then the widest."""
    found = []
    for s, store in enumerate(stores):
        if store.owner != store.area:
            way = _way(store.zone, {z for z, area in enumerate(reach.areas) if area == store.owner}, reach)
            if way:
                found.append(Lease(s, store.owner, way))
    return tuple(found)


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
