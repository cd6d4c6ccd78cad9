"""Which nodes lie near a point: the nodes of each mode in the order of their latitude, sorted when first asked for.

A search looks through the band of latitudes that holds all within reach. That is as quick as a tree of points, is ready
at once and needs no library.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import chord_to_km, km_to_chord, unit_vectors
from landbridge.kept import Kept
from landbridge.network.model import MODES, Network

ANSWERS_KEPT = 4096
MARGIN_DEG: Final = 1e-6
"""What a band is wider than it must be, far above errors of rounding."""


def nearest(  # noqa: PLR0913 - what to look for, by name
    network: Network,
    lat: float,
    lon: float,
    *,
    modes: tuple[str, ...] = MODES,
    gauge: int | None = None,
    area: str | None = None,
    terminals_only: bool = False,
    k: int = 1,
    max_km: float = 300.0,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The `k` nodes nearest to a point with some of these modes, nearest first, and how far they are [km].

    Nodes at the same distance are ordered by their number. Lanes of small ships lie over others and are passed over.

    Parameters
    ----------
    gauge, area
        Only nodes of this gauge [mm], of this area.
    terminals_only
        Only nodes of a terminal.

    Examples
    --------
    >>> from landbridge.network.store import load
    >>> nodes, km = nearest(load(), 41.30, 69.24, modes=("road",))
    >>> bool(km[0] < 10)
    True
    """
    key = (lat, lon, modes, gauge, area, terminals_only, k, max_km)
    return _answers(network).get(key, partial(_nearest, network, *key))


@lru_cache(maxsize=8)
def _answers(network: Network) -> Kept[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """What was asked last of a network: the places of corridors and the towns come again and again."""
    return Kept(ANSWERS_KEPT)


def _nearest(  # noqa: PLR0913, PLR0917
    network: Network,
    lat: float,
    lon: float,
    modes: tuple[str, ...],
    gauge: int | None,
    area: str | None,
    terminals_only: bool,
    k: int,
    max_km: float,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    band = _band(network, tuple(sorted(MODES.index(mode) for mode in modes)), terminals_only)
    picky = gauge is not None or area is not None
    # Of those within reach only so many are looked at, however many are of another gauge or area.
    width = max(k * 64, 512) if picky else 2 * k + 8
    nodes, km = band.within(lat, lon, max_km, width)
    keep = np.ones(len(nodes), dtype=bool)
    if gauge is not None:
        keep &= network.node_gauge[nodes] == gauge
    if area is not None:
        keep &= network.node_area[nodes] == (network.areas.index(area) if area in network.areas else -2)
    order = np.lexsort((nodes[keep], km[keep]))[:k]
    nodes, km = nodes[keep][order], km[keep][order]
    nodes.setflags(write=False)
    km.setflags(write=False)
    return nodes, km


@dataclass(frozen=True, eq=False, slots=True)
class Band:
    """Nodes in the order of their latitude, with their places on the unit sphere."""

    nodes: NDArray[np.int64]
    lat: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    z: NDArray[np.float64]

    def within(self, lat: float, lon: float, max_km: float, most: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The nodes within a distance and how far they are [km]; of many the `most` nearest, in no order."""
        reach = km_to_chord(max_km)
        degrees = float(np.degrees(2.0 * np.arcsin(min(reach / 2.0, 1.0)))) + MARGIN_DEG
        first, last = np.searchsorted(self.lat, (lat - degrees, lat + degrees))
        x, y, z = unit_vectors(lat, lon).tolist()
        apart = np.square(self.x[first:last] - x)
        apart += np.square(self.y[first:last] - y)
        apart += np.square(self.z[first:last] - z)
        near = np.flatnonzero(apart < reach * reach)
        if near.size > most:
            edge = np.partition(apart[near], most - 1)[most - 1]
            near = near[apart[near] <= edge]
        return self.nodes[first:last][near], chord_to_km(np.sqrt(apart[near]))


@lru_cache(maxsize=32)
def _band(network: Network, modes: tuple[int, ...], terminals_only: bool) -> Band:
    reached = np.zeros(network.n, dtype=bool)
    reached[network.tail] = True
    wanted = np.isin(network.node_mode, modes) & reached & ~network.small_ships
    if terminals_only:
        wanted &= network.node_terminal >= 0
    members: NDArray[np.int64] = np.flatnonzero(wanted)
    members = members[np.argsort(network.lat[members], kind="stable")]
    lat = network.lat[members].astype(np.float64)
    x, y, z = np.ascontiguousarray(unit_vectors(lat, network.lon[members].astype(np.float64)).reshape(-1, 3).T)
    return Band(members, lat, x, y, z)


def station_node(network: Network, terminal_id: str, mode: str, gauge: int | None = None) -> int | None:
    """The node of a terminal for a mode (and gauge); None if it has none."""
    number = MODES.index(mode)
    for node in network.terminal_nodes(terminal_id):
        if network.node_mode[node] == number and (gauge is None or network.node_gauge[node] == gauge):
            return node
    return None


def terminals_near(
    network: Network, lat: float, lon: float, *, k: int = 5, max_km: float = 300.0
) -> tuple[tuple[str, float], ...]:
    """Ids of the nearest terminals with their distance [km]."""
    from landbridge.geo import great_circle_km

    if not network.terminals:
        return ()
    km = great_circle_km([t.lat for t in network.terminals], [t.lon for t in network.terminals], lat, lon)
    order = np.argsort(km, kind="stable")[:k]
    return tuple((network.terminals[i].id, float(km[i])) for i in order.tolist() if km[i] <= max_km)
