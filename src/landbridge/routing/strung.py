"""Corridors as strings of gates on the globe, and which gates of one lie on the way from here to there."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.routing.gates import Branch, Gate, branches, gate_position
from landbridge.routing.thresholds import Thresholds

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.world import World

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Strung:
    """The gates of a branch that are in the network, one after the other.

    `first` is the place of its first gate among those of all branches, `apart_km` the way from each gate to the next.
    """

    branch: Branch
    gates: tuple[Gate, ...]
    first: int
    apart_km: tuple[float, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Strings:
    """All branches of a day that a way can be led along, and where their gates lie."""

    branches: tuple[Strung, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    def km_from(self, spot: Spot) -> list[float]:
        """Kilometres from a spot to each gate."""
        found: list[float] = great_circle_km(*spot, self.lat, self.lon).tolist()
        return found


@lru_cache(maxsize=32)
def strings(network: Network, world: World) -> Strings:
    """The branches of the named corridors that exist on the day, without those that lack a gate other than a place."""
    return _strings_of(network, branches(world))


@lru_cache(maxsize=8)
def _strings_of(network: Network, some: tuple[Branch, ...]) -> Strings:
    found: list[Strung] = []
    spots: list[Spot] = []
    for branch in some:
        where = [(gate, gate_position(network, gate)) for gate in branch.gates]
        if any(spot is None and gate.kind != "place" for gate, spot in where):
            continue
        gates = tuple(gate for gate, spot in where if spot is not None)
        own = [spot for _, spot in where if spot is not None]
        if len(own) >= 2:
            apart = tuple(float(great_circle_km(*one, *other)) for one, other in itertools.pairwise(own))
            found.append(Strung(branch, gates, len(spots), apart))
            spots += own
    lat, lon = np.array(spots, dtype=np.float64).reshape(-1, 2).T
    return Strings(tuple(found), lat, lon)


def useful_gates(
    one: Strung, from_start: Sequence[float], to_goal: Sequence[float], direct_km: float, limits: Thresholds
) -> tuple[int, ...] | None:
    """The places of the gates of a branch that lie on the way from start to goal; None when it leads elsewhere.

    Leading and trailing gates that only make a detour are left out; at least two gates, and one that is no mere
    place, must remain.

    Parameters
    ----------
    from_start, to_goal
        Kilometres from the start and to the goal for the gates of all branches.
    direct_km
        From start to goal.
    """
    count = len(one.gates)
    near = from_start[one.first : one.first + count]
    far = to_goal[one.first : one.first + count]
    places, apart = tuple(range(count)), one.apart_km
    if sum((near[-1], *apart[::-1], far[0])) < sum((near[0], *apart, far[-1])):
        near, far, places, apart = near[::-1], far[::-1], places[::-1], apart[::-1]
    first = _trimmed(near, apart, count, limits)
    last = count - _trimmed(far[first:][::-1], apart[first:][::-1], count - first, limits)
    places = places[first:last]
    if len(places) < 2 or all(one.gates[place].kind == "place" for place in places):
        return None
    whole = sum((near[first], *apart[first : last - 1], far[last - 1]))
    return None if whole > limits.detour_km_times * max(direct_km, 1.0) else places


def _trimmed(km: Sequence[float], apart: Sequence[float], count: int, limits: Thresholds) -> int:
    """How many leading gates lie behind: going to them first makes the way noticeably longer."""
    first = 0
    while count - first >= 2:
        if km[first] + apart[first] <= limits.behind_times * km[first + 1] + limits.behind_km:
            break
        first += 1
    return first
