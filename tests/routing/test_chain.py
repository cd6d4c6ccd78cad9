"""Chains of stops against brute force."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from landbridge.routing.chain import Way, best_chain
from landbridge.routing.engine import UNREACHABLE, Topology, make_engine
from landbridge.routing.weights import INF


def grid(seed: int, side: int = 8) -> tuple[Topology, np.ndarray]:
    rng = np.random.default_rng(seed)
    pairs = []
    for row, column in itertools.product(range(side), range(side)):
        node = row * side + column
        if column + 1 < side:
            pairs += [(node, node + 1), (node + 1, node)]
        if row + 1 < side:
            pairs += [(node, node + side), (node + side, node)]
    pairs.sort()
    array = np.array(pairs, dtype=np.int32)
    n = side * side
    lat, lon = np.divmod(np.arange(n), side)
    topology = Topology(
        f"grid-{seed}-{side}", n, array[:, 0], array[:, 1], lat.astype(np.float32), lon.astype(np.float32)
    )
    return topology, rng.integers(1, 1000, len(pairs)).astype(np.uint32)


@pytest.mark.parametrize("seed", range(6))
def test_chain_equals_brute_force(seed: int) -> None:
    topology, weights = grid(seed)
    engine = make_engine(topology, weights)
    rng = np.random.default_rng(seed)
    stops = [[Way(int(node), int(node), int(units)) for node, units in rng.integers(0, 64, (3, 2))] for _ in range(4)]
    found = best_chain(engine, stops)
    best = INF
    for ways in itertools.product(*stops):
        total = sum(way.units for way in ways)
        for here, there in itertools.pairwise(ways):
            leg = int(engine.distances(np.array([here.leave]), np.array([there.enter]))[0, 0])
            total = INF if leg == UNREACHABLE else total + leg
        best = min(best, total)
    assert found is not None
    assert found.units == best
    inner = sum(way.units for way in found.ways)
    assert int(weights[found.arcs].astype(np.int64).sum()) + inner == best


def test_a_stop_without_ways_has_no_chain() -> None:
    topology, weights = grid(0)
    engine = make_engine(topology, weights)
    assert best_chain(engine, [[Way(0, 0)], [], [Way(5, 5)]]) is None


def test_a_stop_may_be_an_arc_that_must_be_used() -> None:
    topology, weights = grid(3)
    engine = make_engine(topology, weights)
    arc = 17
    way = Way(int(topology.tail[arc]), int(topology.head[arc]), int(weights[arc]), (arc,))
    found = best_chain(engine, [[Way(0, 0)], [way], [Way(63, 63)]])
    assert found is not None
    assert arc in found.arcs.tolist()
    np.testing.assert_array_equal(topology.head[found.arcs[:-1]], topology.tail[found.arcs[1:]])


def test_unreachable_is_no_chain() -> None:
    topology, weights = grid(1)
    weights[:] = INF
    engine = make_engine(topology, weights)
    assert best_chain(engine, [[Way(0, 0)], [Way(63, 63)]]) is None
