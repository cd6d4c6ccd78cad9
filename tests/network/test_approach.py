"""The way of a ship from its port: over water, round what lies between, off the land once it has left."""

from __future__ import annotations

import itertools

import pytest
import shapely
from shapely.geometry import LineString, Polygon

from landbridge.geo import great_circle_km
from tools.network import approach


def shore(*rings: list[tuple[float, float]]) -> shapely.STRtree:
    """Land as polygons of (lon, lat)."""
    return shapely.STRtree([Polygon(ring) for ring in rings])


COAST = [(19.0, 49.0), (19.95, 49.0), (19.95, 51.0), (19.0, 51.0)]
SPIT = [(19.94, 50.10), (20.40, 50.10), (20.40, 50.13), (19.94, 50.13)]
PORT, BEYOND = (50.0, 20.0), (50.3, 20.0)


def test_a_ship_goes_round_a_spit() -> None:
    land = shore(COAST, SPIT)
    way = approach.waters(land, PORT, 60.0, 1.3, 0.0, 12.0).way(BEYOND)
    assert way is not None
    assert approach.length_km([PORT, *way]) > 60.0, "33 km through the spit"
    for a, b in itertools.pairwise(way):
        line = LineString([a[::-1], b[::-1]])
        assert not any(line.crosses(polygon) for polygon in land.geometries), (a, b)


def test_in_sight_it_goes_straight() -> None:
    way = approach.waters(shore(COAST), PORT, 60.0, 1.3, 0.0, 12.0).way(BEYOND)
    assert way is not None
    assert len(way) == 2
    assert approach.length_km([PORT, *way]) == pytest.approx(float(great_circle_km(*PORT, *BEYOND)), rel=0.05)


def test_at_sea_it_keeps_off_the_land() -> None:
    land = shore([(20.0, 49.9), (20.3, 49.9), (20.3, 50.1), (20.0, 50.1)])
    way = approach.waters(land, (50.0, 19.0), 150.0, 3.0, approach.OFFSHORE_DEG, 30.0).way((50.0, 21.0))
    assert way is not None
    assert len(way) > 2
    for a, b in itertools.pairwise(way):
        assert land.geometries[0].distance(LineString([a[::-1], b[::-1]])) >= 0.9 * approach.OFFSHORE_DEG


def test_where_there_is_no_water_there_is_no_way() -> None:
    lake = shore([(10.0, 45.0), (30.0, 45.0), (30.0, 55.0), (10.0, 55.0)])
    assert approach.waters(lake, PORT, 60.0, 1.3, 0.0, 12.0).way(BEYOND) is None
    land = shore(COAST)
    assert approach.waters(land, PORT, 60.0, 1.3, 0.0, 12.0).way((50.0, 19.5)) is None, "the goal lies on land"
