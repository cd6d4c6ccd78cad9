"""Lengths on the packaged network by plain searches, beside those that landbridge tells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from landbridge.geo import km_to_chord, unit_vectors
from landbridge.network import KINDS, MODES, Network, load, station_node


def sailed_km(port: str, other: str, limit_km: float) -> float:
    """Kilometres by the lanes from one port to another, infinite where they are more than a limit."""
    net = load()
    sailed = np.isin(net.kind, [KINDS.index("move"), KINDS.index("passage")]) & (net.mode == MODES.index("sea"))
    graph = csr_array((net.km[sailed], (net.tail[sailed], net.head[sailed])), shape=(net.n, net.n))
    start, goal = station_node(net, port, "sea"), station_node(net, other, "sea")
    assert start is not None
    assert goal is not None
    return float(dijkstra(graph, indices=start, limit=limit_km)[goal])


def broken_off(
    network: Network, arcs: NDArray[np.int64], gap_km: float, detour_km: float
) -> tuple[list[int], NDArray[np.int64]]:
    """Dead ends near nodes of their area and gauge, all farther by the arcs than a detour; and all dead ends."""
    tail, head, n = network.tail[arcs], network.head[arcs], network.n
    graph = csr_array((np.maximum(network.km[arcs], 1e-3), (tail, head)), shape=(n, n))
    degree = np.bincount(tail, minlength=n)
    nodes = np.flatnonzero(degree > 0)
    points = unit_vectors(network.lat.astype(float), network.lon.astype(float))
    tree = cKDTree(points[nodes])
    ends = np.flatnonzero(degree == 1)
    apart = []
    for end, near in zip(ends, tree.query_ball_point(points[ends], km_to_chord(gap_km)), strict=True):
        others = nodes[near]
        same = (network.node_area[others] == network.node_area[end]) & (others != end)
        others = others[same & (network.node_gauge[others] == network.node_gauge[end])]
        if others.size and np.all(np.isinf(dijkstra(graph, indices=int(end), limit=detour_km)[others])):
            apart.append(int(end))
    return apart, ends
