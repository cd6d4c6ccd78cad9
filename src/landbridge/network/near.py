"""Which nodes lie near a point: one tree on the unit sphere for each mode, built when first asked for."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import chord_to_km, km_to_chord, unit_vectors
from landbridge.kept import Kept
from landbridge.network.model import MODES, Network

if TYPE_CHECKING:
    from scipy.spatial import KDTree

ANSWERS_KEPT = 4096


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

    Nodes at the same distance are ordered by their number.

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
    members, tree = _tree(network, tuple(sorted(MODES.index(mode) for mode in modes)), terminals_only)
    picky = gauge is not None or area is not None
    # Some more than asked for: which of those at one distance come first must not hang on the order in the tree.
    width = min(max(k * 64, 512) if picky else 2 * k + 8, len(members))
    if width == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float64)
    chord, row = tree.query(unit_vectors(lat, lon), k=width, distance_upper_bound=km_to_chord(max_km))
    chord, row = np.atleast_1d(chord), np.atleast_1d(row)
    found = np.isfinite(chord)
    nodes, km = members[row[found]], chord_to_km(chord[found])
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


@lru_cache(maxsize=32)
def _tree(network: Network, modes: tuple[int, ...], terminals_only: bool) -> tuple[NDArray[np.int64], KDTree]:
    from scipy.spatial import KDTree

    reached = np.zeros(network.n, dtype=bool)
    reached[network.tail] = True
    wanted = np.isin(network.node_mode, modes) & reached
    if terminals_only:
        wanted &= network.node_terminal >= 0
    members: NDArray[np.int64] = np.flatnonzero(wanted)
    points: Any = unit_vectors(network.lat[members].astype(float), network.lon[members].astype(float))
    return members, KDTree(points.reshape(-1, 3))


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
