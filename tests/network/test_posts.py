"""Border posts by rail: the gauge at the border is that of a line there, and dated lines hold on their days."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from landbridge.network import KINDS, MODES, Network, load
from landbridge.routing import route
from landbridge.world import World
from tools.network.validate import gauges_at_posts

RAIL = MODES.index("rail")


@pytest.fixture(scope="module")
def net() -> Network:
    return load()


def test_no_post_has_a_gauge_unlike_the_lines_on_both_sides(net: Network) -> None:
    """The Trans-Afghan line changed gauge three times at Kharlachi; Bakhty, Akhaura and Ramtha were of the kind."""
    assert gauges_at_posts(net) == []


def test_a_post_of_another_gauge_is_told(net: Network) -> None:
    arc = int(net.arcs_of("crossings", "KAZ-TKM-bolashak")[0])
    other = net.node_gauge.copy()
    other[[net.tail[arc], net.head[arc]]] = 1067
    wrong = gauges_at_posts(dataclasses.replace(net, node_gauge=other))
    assert [text.partition(":")[0] for text in wrong] == ["KAZ-TKM-bolashak"] * 2


@pytest.mark.parametrize(
    ("post", "gauge"),
    [
        ("AFG-PAK-kharlachi-rail", 1520),
        ("CHN-KAZ-bakhty-rail", 1435),
        ("BGD-IND-akhaura-rail", 1000),
        ("JOR-SYR-ramtha", 1050),
        ("EST-LVA-ikla-rail", 1435),
        ("LTU-LVA-grenctale-rail", 1435),
    ],
)
def test_gauges_at_the_posts_that_were_wrong(net: Network, post: str, gauge: int) -> None:
    arcs = net.arcs_of("crossings", post)
    arcs = arcs[(net.mode[arcs] == RAIL) & (net.kind[arcs] == KINDS.index("crossing"))]
    assert set(net.node_gauge[net.tail[arcs]].tolist()) == {gauge}


def test_the_trans_afghan_line_changes_gauge_once() -> None:
    world = World.at("2026-01-15").apply("trans-afghan-built")
    answer = route(world, "Tashkent", "Rawalpindi", modes=("rail",), via=("AFG-PAK-kharlachi-rail",), n=1)
    gauges = [leg.gauge_mm for leg in answer.routes[0].legs if leg.kind == "move" and leg.mode == "rail"]
    assert np.count_nonzero(np.diff(gauges)) == 1


@pytest.mark.parametrize(("day", "km"), [("2021-06-01", 110), ("2023-06-01", 180), ("2025-11-01", 110)])
def test_novi_sad_subotica_was_shut_while_it_was_rebuilt(day: str, km: float) -> None:
    """Trains went round by Sombor or Senta."""
    answer = route(World.at(day), "Novi Sad", "Subotica", modes=("rail",), n=1)
    assert sum(leg.km for leg in answer.routes[0].legs) == pytest.approx(km, rel=0.1)
