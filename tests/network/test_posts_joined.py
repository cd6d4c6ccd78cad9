"""Every post of the table has an arc, and its roads lead on into both areas."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from landbridge.facts import load as load_facts
from landbridge.network import KINDS, MODES, load

NO_ARC = {
    ("IRN-IRQ-khosravi", "rail"),
    ("KAZ-RUS-saikhin-rail", "rail"),
    ("KOR-PRK-jejin-rail", "rail"),
    ("RUS-UKR-krasna-talivka-rail", "rail"),
    ("SYR-TUR-kobani", "rail"),
    ("AFG-PAK-badini", "road"),
}
"""Lines that are not laid or no longer, and roads that the base lacks on one side."""

LEAST = 0.1
"""What leads on belongs to a piece of the roads of its area that is at least so large as the largest."""
APART = {
    "AZE": "Nakhchivan",
    "BRN": "Temburong",
    "GBR": "Northern Ireland",
    "MYS": "Borneo",
    "NOR": "eastern Finnmark, which the base joins by Finland alone",
    "OMN": "Musandam and Madha",
    "RUS": "Kaliningrad",
}
ENDS = {
    ("ARM-GEO-privolnoye", "GEO"),
    ("auto-DZA-TUN-road-30.2-9.5", "TUN"),
    ("auto-DZA-TUN-road-36.8-8.4", "TUN"),
    ("auto-EGY-SDN-road-21.8-31.3", "EGY"),
    ("auto-UKR-X_DNR-road-48.6-39.5", "UKR"),
}
"""Where the road of the base ends beside the post."""


@pytest.mark.parametrize("mode", ["rail", "road"])
def test_every_post_that_is_not_planned_has_an_arc(mode: str) -> None:
    net = load()
    without = set()
    for row in load_facts().table("crossings").rows:
        arcs = net.arcs_of("crossings", row["id"])
        if mode in row["modes"] and row["status"] != "planned" and not np.any(net.mode[arcs] == MODES.index(mode)):
            without.add((row["id"], mode))
    assert without <= NO_ARC


def test_the_roads_of_a_post_lead_on_in_both_areas() -> None:
    net = load()
    road, area = net.mode == MODES.index("road"), net.node_area
    inside = road & (net.kind == KINDS.index("move")) & (area[net.tail] == area[net.head])
    graph = csr_array((np.ones(int(inside.sum())), (net.tail[inside], net.head[inside])), shape=(net.n, net.n))
    _, piece = connected_components(graph, directed=False)
    size = np.bincount(piece)[piece]
    largest = np.zeros(len(net.areas), dtype=int)
    np.maximum.at(largest, area[net.node_mode == MODES.index("road")], size[net.node_mode == MODES.index("road")])
    ends = set()
    for row in load_facts().table("crossings").rows:
        arcs = net.arcs_of("crossings", row["id"])
        arcs = arcs[road[arcs]] if len(arcs) else arcs
        nodes = np.unique(net.tail[arcs]) if row["status"] != "planned" else arcs[:0]
        for code in np.unique(area[nodes]).tolist():
            if size[nodes[area[nodes] == code]].max() < LEAST * largest[code] and net.areas[code] not in APART:
                ends.add((row["id"], net.areas[code]))
    assert ends <= ENDS
