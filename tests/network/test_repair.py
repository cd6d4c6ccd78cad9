"""How the base is mended: lines beside each other are joined, and lines that end on another meet it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from network import links, repair
from network.layer import Layer

sys.path.pop(0)


class Ground:
    """All ground is that of the first area."""

    @staticmethod
    def at(lat: np.ndarray, lon: np.ndarray, slack: float = 0.0) -> np.ndarray:
        return np.zeros(np.shape(lat), dtype=int)


def layer(spots: list[tuple[float, float]], edges: list[tuple[int, int, float]]) -> Layer:
    lat, lon = np.array(spots).T
    made = Layer("rail", lat, lon, np.zeros(len(spots)))
    for u, v, km in edges:
        made.add_edge(u, v, km)
    return made


def test_a_yard_does_not_hide_the_line_beside_it() -> None:
    yard = [(50.0, 20.0 + 0.001 * i) for i in range(12)]
    beside = [(50.02, 20.0), (50.9, 20.0)]
    made = layer([*yard, *beside], [*((i, i + 1, 0.1) for i in range(11)), (12, 13, 98.0)])
    assert repair.spanner(made, 3.0) == 1
    assert made.bounded_km(0, 13, 120.0) < 102.0


def test_a_line_that_ends_on_a_long_edge_meets_it() -> None:
    spots = [(50.0, 20.0), (50.0, 20.8), (50.005, 20.4), (50.5, 20.4)]
    made = layer(spots, [(0, 1, 57.5), (2, 3, 57.0)])
    assert repair.meet_edges(made, 80.0) == 1
    assert 28.0 < made.bounded_km(2, 0, 100.0) < 30.0
    assert 28.0 < made.bounded_km(2, 1, 100.0) < 30.0


def test_an_edge_that_winds_or_lies_aside_is_not_met() -> None:
    winding = layer([(50.0, 20.0), (50.0, 20.8), (50.05, 20.4), (50.5, 20.4)], [(0, 1, 80.0), (2, 3, 52.0)])
    aside = layer([(50.0, 20.0), (50.0, 20.8), (50.15, 20.4), (50.5, 20.4)], [(0, 1, 57.5), (2, 3, 52.0)])
    assert repair.meet_edges(winding, 80.0) == repair.meet_edges(aside, 80.0) == 0


def test_a_gap_is_closed_but_at_a_known_end() -> None:
    spots, edges = [(50.0, 20.0), (50.0, 20.5), (50.0, 20.6), (50.0, 21.1)], [(0, 1, 36.0), (2, 3, 36.0)]
    assert len(repair.close_gaps(layer(spots, edges), Ground(), 15.0, 100.0)) == 1
    assert repair.close_gaps(layer(spots, edges), Ground(), 15.0, 100.0, [(50.0, 20.5), (50.0, 20.6)]) == []


def road(points: str, km: float) -> dict[str, str]:
    return {"id": "pass", "points": points, "km": str(km)}


def test_a_road_is_as_long_as_told_and_drawn_links_keep_their_length() -> None:
    spots = [(50.0, 20.0), (50.0, 20.5), (50.0, 21.0), (50.0, 21.5), (51.0, 20.5)]
    made = layer(spots, [(0, 1, 36.0), (1, 2, 40.0), (2, 3, 36.0), (1, 4, 111.0)])
    told = links.to_length(made, [road("50.0 20.0;50.0 21.5", 130.0)], {(1, 2)})
    assert list(told.made) == ["pass"]
    assert [round(made.edges[pair].km, 6) for pair in ((0, 1), (1, 2), (2, 3), (1, 4))] == [45.0, 40.0, 45.0, 111.0]


def test_a_road_of_two_rows_has_the_length_of_the_first() -> None:
    made = layer([(50.0, 20.0), (50.0, 20.5), (50.0, 21.0)], [(0, 1, 36.0), (1, 2, 36.0)])
    rows = [road("50.0 20.0;50.0 20.5", 40.0), {**road("50.0 20.0;50.0 21.0", 82.0), "id": "whole"}]
    assert list(links.to_length(made, rows, ()).made) == ["pass", "whole"]
    assert [round(made.edges[pair].km, 6) for pair in ((0, 1), (1, 2))] == [40.0, 42.0]


def test_what_is_much_longer_than_the_base_is_another_road() -> None:
    made = layer([(50.0, 20.0), (50.0, 20.5)], [(0, 1, 36.0)])
    told = links.to_length(made, [road("50.0 20.0;50.0 20.5", 120.0)], ())
    assert list(told.failed) == ["pass"]
    assert made.edges[(0, 1)].km == 36.0
