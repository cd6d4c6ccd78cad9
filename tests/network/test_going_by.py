"""Ships that go by: lanes meet off a port, so that its area and its state touch only who calls there."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.network import KINDS, MODES, load
from landbridge.routing import route
from landbridge.world import World


def test_no_lane_leads_through_a_seaport() -> None:
    net = load()
    by_sea = (net.mode == MODES.index("sea")) & np.isin(net.kind, [KINDS.index("move"), KINDS.index("passage")])
    in_port = net.node_area >= 0
    small = net.small_ships[net.tail] | net.small_ships[net.head]
    for ships, least in ((~small, 200), (small, 60)):
        ports, lanes = np.unique(net.head[by_sea & ships & in_port[net.head]], return_counts=True)
        assert len(ports) > least
        assert set(lanes.tolist()) == {1}, "each has one way in, from the lanes that meet off it"


@pytest.mark.parametrize(
    ("day", "origin", "destination", "areas"),
    [
        ("2024-02-01", "Shanghai", "Rotterdam", ("CHN", "NLD")),
        ("2024-02-01", "Mumbai", "Hamburg", ("IND", "DEU")),
    ],
)
def test_a_way_by_sea_touches_only_where_it_calls(
    day: str, origin: str, destination: str, areas: tuple[str, ...]
) -> None:
    answer = route(World.at(day), origin, destination, modes=("sea",))
    assert {one.areas for one in answer.routes} == {areas}
