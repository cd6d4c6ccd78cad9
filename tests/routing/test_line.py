"""Lines drawn when they are looked at, and where paths come nearest to places."""

from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.network import load, path_points
from landbridge.routing.beside import Stretch
from landbridge.routing.line import Line
from landbridge.routing.passing import places_near

PLACES = ((43.25, 76.95), (41.3, 69.25), (52.3, 76.9), (40.4, 49.9))
NEAR_KM = 60.0


def walk(start: int, steps: int) -> NDArray[np.int64]:
    """Some arcs of the network, one after the other."""
    network, node = load(), start
    arcs: list[int] = []
    for step in range(steps):
        out = np.flatnonzero(network.tail == node)
        if not out.size:
            break
        arcs.append(int(out[(start + step) % out.size]))
        node = int(network.head[arcs[-1]])
    return np.array(arcs, dtype=np.int64)


def test_a_line_is_its_points_and_leaves_the_network_behind() -> None:
    arcs = walk(1000, 12)
    points = tuple(map(tuple, path_points(load(), arcs).tolist()))
    line = Line(load(), arcs)
    assert line == points
    assert hash(line) == hash(points)
    copied = pickle.loads(pickle.dumps(line))
    assert type(copied) is tuple
    assert copied == points
    assert (line[0], line[-1], line[1:3], len(line)) == (points[0], points[-1], points[1:3], len(points))
    assert line != points[:-1]


@settings(deadline=None)
@given(st.integers(0, 150_000), st.integers(1, 40))
def test_a_path_is_nearest_to_a_place_where_its_node_is(start: int, steps: int) -> None:
    network = load()
    nodes = network.tail[walk(start, steps)]
    found = places_near(network, PLACES, NEAR_KM).nearest(nodes)
    for number, place in enumerate(PLACES):
        km = great_circle_km(*place, network.lat[nodes], network.lon[nodes])
        expected = int(np.argmin(km)) if km.size and km.min() <= NEAR_KM else None
        assert found.get(number) == expected


@settings(deadline=None)
@given(st.integers(0, 150_000), st.integers(0, 150_000))
def test_stretches_whose_boxes_lie_apart_share_no_cell(start: int, other: int) -> None:
    one, two = (Stretch(load(), walk(node, 25)) for node in (start, other))
    if one.arcs.size and two.arcs.size and one.far_from(two, 25.0):
        assert not set(one.cells(25.0).tolist()) & set(two.cells(25.0).tolist())
