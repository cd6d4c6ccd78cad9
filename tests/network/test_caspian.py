"""The Caspian is water: its ports have lanes of their own, as long as a ship sails."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from landbridge.network import KINDS, MODES, load, station_node


@pytest.mark.parametrize(
    ("port", "other", "most_km"),
    [
        ("baku-alat", "turkmenbashi", 350.0),  # 305 km, round the spits off its bay
        ("baku-alat", "kuryk", 450.0),  # 383 km, round the peninsula of Absheron
        ("baku-alat", "bandar-anzali", 320.0),  # 279 km
        ("aktau", "makhachkala", 325.0),  # 308 km
    ],
)
def test_lanes_of_the_caspian_go_from_port_to_port(port: str, other: str, most_km: float) -> None:
    net = load()
    sailed = np.isin(net.kind, [KINDS.index("move"), KINDS.index("passage")]) & (net.mode == MODES.index("sea"))
    graph = csr_array((net.km[sailed], (net.tail[sailed], net.head[sailed])), shape=(net.n, net.n))
    start, goal = station_node(net, port, "sea"), station_node(net, other, "sea")
    assert start is not None
    assert goal is not None
    assert 200.0 < dijkstra(graph, indices=start, limit=1.2 * most_km)[goal] < most_km
