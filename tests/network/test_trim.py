"""Lanes that no way needs are left out, and no way between ports is longer for it."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from network.layer import PASSAGE, Layer
from network.trim import trim

sys.path.pop(0)

NODES, PORTS = 8, (0, 1, 2)
STRAITS = ("one", "two", "three")
Lane = tuple[int, int, int, str]


def lanes() -> st.SearchStrategy[list[Lane]]:
    """Lanes among a few nodes, some through a strait."""
    node, strait = st.integers(0, NODES - 1), st.sampled_from(("", "", *STRAITS))
    lane = st.tuples(node, node, st.integers(1, 20), strait).filter(lambda one: one[0] < one[1])
    return st.lists(lane, min_size=3, max_size=20, unique_by=lambda one: one[:2])


def drawn(some: list[Lane]) -> Layer:
    """The lanes as a layer of the sea."""
    layer = Layer("sea", np.zeros(NODES), np.arange(NODES, dtype=float), np.full(NODES, -1))
    for u, v, km, strait in some:
        more = {"kind": PASSAGE, "ref": ("passages", strait)} if strait else {}
        layer.add_edge(u, v, float(km), **more)
    return layer


def between_ports(layer: Layer, shut: frozenset[str]) -> np.ndarray:
    """How far the ports lie from one another with some straits shut [km]."""
    open_ = [edge for edge in layer.edges.values() if edge.ref is None or edge.ref[1] not in shut]
    ends = ([edge.u for edge in open_], [edge.v for edge in open_])
    there = csr_array(([edge.km for edge in open_], ends), shape=(NODES, NODES))
    return np.asarray(dijkstra(there, directed=False, indices=PORTS)[:, list(PORTS)])


@settings(deadline=None)
@given(lanes())
def test_ways_between_ports_are_as_short_as_before_whichever_strait_is_shut(some: list[Lane]) -> None:
    whole, less = drawn(some), drawn(some)
    trim(less, PORTS, ())
    assert set(less.edges) <= set(whole.edges)
    for shut in ((), *((one,) for one in STRAITS)):
        np.testing.assert_allclose(between_ports(less, frozenset(shut)), between_ports(whole, frozenset(shut)))


def test_what_no_way_needs_goes_unless_it_is_kept() -> None:
    # From 0 by 3 to 1; the lane from 3 to 4 leads to no port, that from 0 to 1 is longer than the way by 3.
    some: list[Lane] = [(0, 3, 5, ""), (1, 3, 5, ""), (3, 4, 5, ""), (0, 1, 30, "")]
    layer = drawn(some)
    trim(layer, (0, 1), ())
    assert set(layer.edges) == {(0, 3), (1, 3)}
    layer = drawn(some)
    trim(layer, (0, 1), [(3, 4)])
    assert set(layer.edges) == {(0, 3), (1, 3), (3, 4)}


def test_the_way_round_a_strait_and_the_way_round_that_one_stay() -> None:
    some: list[Lane] = [
        (0, 3, 5, "one"),
        (1, 3, 5, ""),
        (0, 4, 8, "two"),
        (1, 4, 8, ""),
        (0, 5, 12, ""),
        (1, 5, 12, ""),
    ]
    layer = drawn(some)
    trim(layer, (0, 1), ())
    assert set(layer.edges) == {tuple(one[:2]) for one in some}
    for shut, km in itertools.zip_longest(((), ("one",), ("one", "two")), (10.0, 16.0, 24.0)):
        assert between_ports(layer, frozenset(shut))[0, 1] == km
