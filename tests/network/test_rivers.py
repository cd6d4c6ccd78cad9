"""Rivers: as long between their ports as their kilometres; those of barges meet the sea at quays alone."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from landbridge.facts import load as load_facts
from landbridge.network import KINDS, MODES, Network, load, station_node

SEA, RIVER = MODES.index("sea"), MODES.index("river")
SAILING = [KINDS.index("move"), KINDS.index("passage")]
RHINE = {
    "basel": 170, "strasbourg": 296, "karlsruhe": 360, "mannheim": 424, "ludwigshafen": 427, "cologne": 688,
    "duisburg": 780, "nijmegen": 884,
}  # fmt: skip
"""Kilometres of the Rhine from Konstanz."""
DANUBE = {
    "regensburg": 2376, "passau": 2228, "linz": 2131, "enns": 2112, "krems": 1998, "vienna": 1920, "bratislava": 1867,
    "budapest-csepel": 1640, "dunaujvaros": 1579, "baja": 1479, "vukovar": 1333, "novi-sad": 1254, "belgrade": 1168,
    "pancevo": 1153, "smederevo": 1116, "vidin": 790, "ruse": 495, "galati": 150,
}  # fmt: skip
"""Kilometres of the Danube from its mouth."""
VOLGA = {
    "yaroslavl": 520, "nizhny-novgorod": 907, "kazan": 1313, "samara": 1746, "saratov": 2175, "volgograd": 2560,
    "astrakhan": 3050,
}  # fmt: skip
"""Kilometres from Moscow by the canal and the Volga."""


def far(net: Network, port: str, mode: str) -> np.ndarray:
    """Kilometres by river from the quay of a port to each node."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    wet = (net.mode == RIVER) & np.isin(net.kind, SAILING)
    graph = csr_array((net.km[wet].astype(float), (net.tail[wet], net.head[wet])), shape=(net.n, net.n))
    return dijkstra(graph, indices=station_node(net, port, mode))


@pytest.mark.parametrize(
    ("river", "mode"), [(RHINE, "river"), (DANUBE, "river"), (VOLGA, "sea")], ids=["Rhine", "Danube", "Volga"]
)
def test_a_river_is_as_long_between_its_ports_as_its_kilometres(river: dict[str, int], mode: str) -> None:
    net = load()
    for (one, above), (other, below) in itertools.pairwise(river.items()):
        km = far(net, one, mode)[station_node(net, other, mode)]
        assert km == pytest.approx(abs(above - below), abs=1.0), (one, other)


def test_barges_and_ships_of_the_sea_meet_at_quays_alone() -> None:
    net = load()
    sailing = np.isin(net.kind, SAILING) & np.isin(net.mode, [SEA, RIVER])
    assert (net.node_mode[net.tail[sailing]] == net.node_mode[net.head[sailing]]).all()
    barges = np.flatnonzero((net.node_mode[net.tail] == RIVER) ^ (net.node_mode[net.head] == RIVER))
    assert barges.size
    assert (net.kind[barges] == KINDS.index("transfer")).all()


@pytest.mark.parametrize(
    "port", ["rotterdam", "antwerp-bruges", "amsterdam", "constanta", "galati", "giurgiulesti", "reni", "izmail"]
)
def test_a_sea_port_of_barges_has_a_change_between_both_quays(port: str) -> None:
    net = load()
    ship, barge = station_node(net, port, "sea"), station_node(net, port, "river")
    assert ship is not None
    assert barge is not None
    assert net.arc_between(ship, barge) >= 0
    assert net.arc_between(barge, ship) >= 0


def test_every_port_of_the_table_is_reached_by_water_and_by_land() -> None:
    net = load()
    bare = []
    for row in load_facts().table("ports").rows:
        modes = {int(net.node_mode[node]) for node in net.terminal_nodes(row["id"])}
        if not modes & {SEA, RIVER}:
            bare.append(row["id"])
        elif row["kind"].split()[0] in {"rhine", "main", "danube", "volga"}:
            assert MODES.index("road") in modes, row["id"]
    assert not bare
