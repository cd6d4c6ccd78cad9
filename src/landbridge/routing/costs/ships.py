"""Who sails where: the lanes of small ships, what lies beneath them, and where the large ones do not go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from landbridge.network import KINDS
from landbridge.routing.costs.ports import port_roles

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.network import Network

PASSAGE: Final = KINDS.index("passage")


def by_small_ships(network: Network) -> NDArray[np.bool_]:
    """For each arc whether it is one of the lanes of small ships, or leads to them or from them."""
    small = network.small_ships
    return np.asarray(small[network.tail] | small[network.head], dtype=np.bool_)


def shoals(network: Network, facts: Facts, modes: list[str]) -> NDArray[np.bool_]:
    """For each arc whether large ships keep off it, for there small ones fetch and bring the boxes.

    That is next to the quay of a port that small ships serve, where a shallow sea opens, and at the mouth of a river
    that has no quay of its own.
    """
    by_small = by_small_ships(network)
    if not by_small.any():
        return by_small
    roles = port_roles(facts)
    off = np.array([role == "feeder" for role in (roles.get(row.id, "") for row in network.terminals)] + [False])
    kinds = list(KINDS)
    at_sea, on_river = network.mode == modes.index("sea"), network.mode == modes.index("river")
    sailing = np.isin(network.kind, [kinds.index("move"), kinds.index("passage")]) & (at_sea | on_river) & ~by_small
    tail, head = network.tail, network.head
    quay = off[network.node_terminal] & _touched(network, by_small & at_sea) & ~network.small_ships
    found = sailing & at_sea & (quay[tail] | quay[head])
    shallow = basins(network, facts) > 0
    found |= sailing & at_sea & (shallow[tail] != shallow[head])
    mouth = _touched(network, sailing & at_sea) & _touched(network, sailing & on_river)
    mouth &= ~shallow & (network.node_terminal < 0)
    return np.asarray(found | (sailing & on_river & (mouth[tail] | mouth[head])), dtype=np.bool_)


def _touched(network: Network, arcs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The nodes at the ends of some arcs."""
    found = np.zeros(network.n, dtype=np.bool_)
    found[network.tail[arcs]] = found[network.head[arcs]] = True
    return found


def basins(network: Network, facts: Facts) -> NDArray[np.int32]:
    """The basin of each node: 0 the open sea, else the number of the row."""
    found = np.zeros(network.n, dtype=np.int32)
    for number, row in enumerate(facts.table("sea_basins").rows, 1):
        inside = (network.lat >= row["lat_min"]) & (network.lat <= row["lat_max"])
        inside &= (network.lon >= row["lon_min"]) & (network.lon <= row["lon_max"])
        found[inside] = number
    return found


def stretches(network: Network, facts: Facts, on_river: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The rows of the table of waterways that each arc on a river lies in, as a sum of powers of two by their order."""
    found = np.zeros(network.m, dtype=np.int64)
    arcs = np.flatnonzero(on_river)
    for number, row in enumerate(facts.table("waterways").rows):
        inside = np.ones(arcs.size, dtype=np.bool_)
        for ends in (network.tail[arcs], network.head[arcs]):
            lat, lon = network.lat[ends], network.lon[ends]
            inside &= (lat >= row["lat_min"]) & (lat <= row["lat_max"])
            inside &= (lon >= row["lon_min"]) & (lon <= row["lon_max"])
        found[arcs[inside]] |= 1 << number
    return found


def beneath(network: Network, arcs: NDArray[np.int64]) -> NDArray[np.int64]:
    """For arcs of the lanes of small ships the arcs that they lie over."""
    spots = np.stack([network.lat, network.lon], axis=1)
    at = {
        (float(spots[node, 0]), float(spots[node, 1])): node
        for node in np.flatnonzero(_touched(network, network.kind == PASSAGE) & ~network.small_ships).tolist()
    }

    def node(number: int) -> int:
        return at[float(spots[number, 0]), float(spots[number, 1])]

    found = [network.arc_between(node(int(network.tail[arc])), node(int(network.head[arc]))) for arc in arcs.tolist()]
    return np.array(found, dtype=np.int64)
