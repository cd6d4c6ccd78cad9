"""Ways that nobody would sell: what counts as coming back into a mode or an area, and what does not."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from landbridge.network import Network
from landbridge.routing import route
from landbridge.routing.again import bounces, comes_back
from landbridge.world import World

NEAR_KM = 30.0


def way(new_sketch: type[Any], *stops: tuple[str, str], km: float = 10.0, joined: tuple[int, int] = (0, 0)) -> Any:
    """A line of nodes, each of (mode, area), and its path; a road of its own lies between the two that are `joined`."""
    sketch = new_sketch()
    nodes = [sketch.node(mode, area, lon=0.2 * place) for place, (mode, area) in enumerate(stops)]
    pairs = list(itertools.pairwise(nodes))
    for (start, goal), (one, other) in zip(pairs, itertools.pairwise(stops), strict=True):
        if one[0] != other[0]:
            sketch.arc(start, goal, 0.0, kind="transfer")
        elif one[1] != other[1] and "sea" not in one:
            sketch.arc(start, goal, 0.0, kind="crossing")
        else:
            sketch.arc(start, goal, km)
    if joined != (0, 0):
        sketch.arc(nodes[joined[0]], nodes[joined[1]], 500.0)
    network: Network = sketch.network(repr((stops, km, joined)))
    return network, np.array([network.arc_between(*pair) for pair in pairs])


@pytest.mark.parametrize(("km", "found"), [(0.0, True), (10.0, True), (400.0, False)])
def test_out_of_a_mode_and_back_into_it_at_one_place(new_sketch: type[Any], km: float, found: bool) -> None:
    stops = (("rail", "KAZ"), ("rail", "KAZ"), ("sea", ""), ("sea", ""), ("rail", "KAZ"), ("rail", "KAZ"))
    assert bounces(*way(new_sketch, *stops, km=km), NEAR_KM) == found


def test_a_ship_between_two_modes_is_no_bounce(new_sketch: type[Any]) -> None:
    stops = (("rail", "KAZ"), ("sea", ""), ("sea", ""), ("road", "AZE"))
    assert not bounces(*way(new_sketch, *stops), NEAR_KM)


def test_a_border_on_the_way_between_makes_it_a_way(new_sketch: type[Any]) -> None:
    stops = (("rail", "KAZ"), ("road", "KAZ"), ("road", "UZB"), ("rail", "UZB"))
    assert not bounces(*way(new_sketch, *stops), NEAR_KM)


@pytest.mark.parametrize(("joined", "found"), [((0, 5), True), ((0, 0), False)])
def test_out_of_an_area_and_back_into_it_but_for_an_exclave(
    new_sketch: type[Any], joined: tuple[int, int], found: bool
) -> None:
    stops = tuple(("road", area) for area in ("AZE", "AZE", "ARM", "ARM", "AZE", "AZE"))
    assert comes_back(*way(new_sketch, *stops, joined=joined)) == found


def test_a_ship_between_two_ports_of_one_area_does_not_come_back(new_sketch: type[Any]) -> None:
    stops = (("rail", "CHN"), ("sea", ""), ("sea", ""), ("rail", "CHN"), ("rail", "CHN"))
    assert not comes_back(*way(new_sketch, *stops, joined=(0, 3)))


@pytest.mark.parametrize(
    ("origin", "destination", "day"),
    [("Bishkek", "Moscow", "2024-05-01"), ("Kyiv", "Istanbul", "2022-05-01"), ("Berlin", "Almaty", "2024-05-01")],
)
def test_no_way_but_the_best_comes_back(origin: str, destination: str, day: str) -> None:
    found = route(World.at(day), origin, destination, n=9)
    for one in (*found.routes, *found.others):
        assert one.best_for or len(set(one.areas)) == len(one.areas), one.label


def test_an_exclave_is_still_reached_by_its_neighbours() -> None:
    found = route(World.at("2021-10-01").apply("zangezur-tripp"), "Baku", "Nakhchivan")
    assert found.routes[0].areas == ("AZE", "ARM", "AZE")
