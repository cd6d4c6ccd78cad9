"""Links of a scenario: how they join, what they must declare, what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.errors import InputError
from landbridge.network import KINDS, overlay
from landbridge.network.overlay import LINKS
from landbridge.world.types import Link
from tests.network.tiny import POSTS, distances, grid, rail_line

CROSSING, GAUGE, SWAP = KINDS.index("crossing"), KINDS.index("gauge"), KINDS.index("swap")


def test_no_links_change_nothing() -> None:
    network = grid()
    laid = overlay(network, (), POSTS)
    assert laid.network is network
    assert laid.base_arc.tolist() == list(range(network.m))


def test_link_inside_an_area_shortens_the_way() -> None:
    network = grid()
    link = Link("cut", "road", "40.0,50.0", "40.8,50.8", km=50.0)
    laid = overlay(network, (link,), POSTS)
    assert distances(laid.network, 0)[14] == pytest.approx(50.0, abs=0.02)
    assert laid.network.n == network.n + 1
    assert laid.network.id != network.id
    assert set(laid.arc_link.tolist()) == {-1, 0}
    new = laid.base_arc < 0
    assert {laid.network.refs[r] for r in laid.network.ref[new].tolist()} == {(LINKS, "cut")}


def test_border_needs_its_crossing() -> None:
    with pytest.raises(InputError, match="AAA into BBB without a declared crossing") as caught:
        overlay(grid(), (Link("x", "road", "40.8,50.8", "40.8,51.2"),), POSTS)
    assert "AAA-BBB-second" in caught.value.nearest


def test_declared_crossing_is_an_arc_from_area_to_area_with_a_swap() -> None:
    network = grid()
    laid = overlay(
        network, (Link("x", "road", "40.8,50.8", "40.8,51.2", crossings=("AAA-BBB-second",)),), POSTS
    ).network
    arcs = laid.arcs_of("crossings", "AAA-BBB-second")
    kinds = laid.kind[arcs]
    assert (kinds == CROSSING).sum() == 4
    assert (kinds == SWAP).sum() == 2
    for arc in arcs[kinds == CROSSING].tolist():
        assert laid.node_area[laid.tail[arc]] != laid.node_area[laid.head[arc]]
    assert distances(laid, 12)[17] < distances(network, 12)[17]


def test_unknown_and_wrong_crossings_are_named() -> None:
    with pytest.raises(InputError, match="no crossing 'AAA-BBB-secund'"):
        overlay(grid(), (Link("x", "road", "40.8,50.8", "40.8,51.2", crossings=("AAA-BBB-secund",)),), POSTS)
    twice = ("AAA-BBB-second", "AAA-BBB-first")
    with pytest.raises(InputError, match="without a declared crossing"):
        overlay(grid(), (Link("x", "road", "40.8,50.8", "40.0,51.2", crossings=twice),), POSTS)


def test_waypoints_may_not_run_through_another_area() -> None:
    with pytest.raises(InputError, match="into BBB without a declared crossing"):
        overlay(grid(), (Link("x", "road", "40.0,50.8", "40.8,50.8", waypoints=((40.4, 52.0),)),), POSTS)


def test_far_end_says_how_far() -> None:
    with pytest.raises(InputError, match=r"no road node within 30 km of 41\.600,50\.000, the nearest is 89 km away"):
        overlay(grid(), (Link("x", "road", "41.6,50.0", "40.8,50.8"),), POSTS)


def test_rail_link_joins_its_gauge_or_changes_it() -> None:
    network = rail_line()
    same = overlay(network, (Link("x", "rail", "40.0,50.5", "40.0,51.0", gauge_mm=1520, km=45.0),), POSTS).network
    assert (same.kind == GAUGE).sum() == 2
    assert distances(same, 0)[3] == pytest.approx(
        distances(network, 0)[1] + 45.0 + distances(network, 2)[3] + 0.1, abs=0.05
    )
    gauges = same.node_gauge[same.tail] != same.node_gauge[same.head]
    assert bool((same.kind[gauges] == GAUGE).all())


def test_one_way_link_goes_one_way() -> None:
    network = grid()
    laid = overlay(network, (Link("x", "road", "40.0,50.0", "40.8,50.8", km=50.0, both_ways=False),), POSTS).network
    assert distances(laid, 0)[14] == pytest.approx(50.0, abs=0.02)
    assert distances(laid, 14)[0] == pytest.approx(distances(network, 14)[0])
    assert bool((laid.twin[laid.ref >= 0][:0] == -1).all())


def test_twins_and_base_arcs_stay_true() -> None:
    network = grid()
    laid = overlay(network, (Link("x", "road", "40.8,50.8", "40.8,51.2", crossings=("AAA-BBB-second",)),), POSTS)
    net = laid.network
    old = laid.base_arc >= 0
    assert sorted(laid.base_arc[old].tolist()) == list(range(network.m))
    assert bool((net.km[old] == network.km[laid.base_arc[old]]).all())
    paired = np.flatnonzero(net.twin >= 0)
    assert bool((net.twin[net.twin[paired]] == paired).all())
    assert bool((net.tail[net.twin[paired]] == net.head[paired]).all())
