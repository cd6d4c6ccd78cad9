"""Whether the way to a corridor and the way on from it run beside each other, so that the corridor is walked back."""

from __future__ import annotations

import itertools
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import EARTH_RADIUS_KM
from landbridge.routing.thresholds import thresholds
from landbridge.routing.turning import among

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.plan import Plan

_SPAN = 4096
"""More cells than the globe has from one side to the other."""
_AROUND = np.array([(i * _SPAN + j) * _SPAN + k for i, j, k in itertools.product((-1, 0, 1), repeat=3)])
"""From a cell to itself and its neighbours."""


class Stretch:
    """A part of a path, with what is asked of it for many paths worked out once and when it is needed."""

    def __init__(self, network: Network, arcs: NDArray[np.int64]) -> None:
        self._network, self.arcs = network, arcs
        self._cells: dict[float, NDArray[np.int64]] = {}

    @cached_property
    def km(self) -> float:
        """Its length."""
        return float(self._network.km[self.arcs].sum(dtype=np.float64))

    @cached_property
    def box_km(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Its least and its greatest coordinates on the globe [km]; a long arc bulges out between its ends."""
        return _box_km(self._network, self.arcs)

    def cells(self, size_km: float) -> NDArray[np.int64]:
        """The cells of a grid through the globe that it runs through."""
        if size_km not in self._cells:
            self._cells[size_km] = _cells(self._network, self.arcs, size_km)
        return self._cells[size_km]

    def far_from(self, other: Stretch, size_km: float) -> bool:
        """Whether none of its cells lies in or beside one of another stretch, seen from the boxes around them alone."""
        (low, high), (least, most) = self.box_km, other.box_km
        return bool(((low > most + 2.0 * size_km) | (least > high + 2.0 * size_km)).any())


def walked_back(the_plan: Plan, before: Stretch, after: Stretch) -> bool:
    """Whether the way to the first gate of a chain and that from its last run beside each other for the most part."""
    limits = thresholds(the_plan.world.facts)
    if min(before.km, after.km) < limits.beside_least_km or before.far_from(after, limits.beside_km):
        return False
    one, other = before.cells(limits.beside_km), after.cells(limits.beside_km)
    if one.size > other.size:
        one, other = other, one
    beside = among(one[:, None] + _AROUND[None, :], other).any(axis=1)
    return float(beside.mean()) >= limits.beside_share


def _cells(network: Network, arcs: NDArray[np.int64], size_km: float) -> NDArray[np.int64]:
    """The cells of a grid through the globe that a path runs through, a point each `size_km`."""
    steps = np.maximum(np.ceil(network.km[arcs] / size_km).astype(np.int64), 1)
    arc = np.repeat(np.arange(arcs.size), steps)
    along = (np.arange(arc.size) - np.repeat(np.cumsum(steps) - steps, steps)) / steps[arc]
    spots = _on_globe(network)
    tail, head = spots[network.tail[arcs]], spots[network.head[arcs]]
    points = tail[arc] * (1.0 - along[:, None]) + head[arc] * along[:, None]
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    x, y, z = (np.floor(points * EARTH_RADIUS_KM / size_km).astype(np.int64) + _SPAN // 2).T
    return np.asarray(np.unique((x * _SPAN + y) * _SPAN + z))


def _box_km(network: Network, arcs: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the greatest coordinates of a path on the globe [km]; a long arc bulges out between its ends."""
    spots = _on_globe(network)[np.append(network.tail[arcs], network.head[arcs[-1:]])]
    longest2 = float(_chords2(network)[arcs].max())
    bulge = 1.0 - np.sqrt(max(1.0 - longest2 / 4.0, 0.0))
    return EARTH_RADIUS_KM * (spots.min(axis=0) - bulge), EARTH_RADIUS_KM * (spots.max(axis=0) + bulge)


@lru_cache(maxsize=8)
def _chords2(network: Network) -> NDArray[np.float64]:
    """The squares of the straight lines between the ends of all arcs on the unit sphere, shape (m,)."""
    spots = _on_globe(network)
    return np.asarray(((spots[network.head] - spots[network.tail]) ** 2).sum(axis=1), dtype=np.float64)


@lru_cache(maxsize=8)
def _on_globe(network: Network) -> NDArray[np.float64]:
    """All nodes as points on the unit sphere, shape (n, 3)."""
    lat, lon = (np.radians(values.astype(np.float64)) for values in (network.lat, network.lon))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
