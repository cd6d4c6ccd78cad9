"""A weighting over another one that costs no more: what is taken over from it is what a search finds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from landbridge.routing.chain import Way
from landbridge.routing.engine import Topology
from landbridge.routing.weighted import Weighted
from landbridge.routing.weights import INF

SIDE = 9


def grid() -> Topology:
    """A square of nodes, each joined to its neighbours both ways."""
    across = [(v, v + 1) for v in range(SIDE * SIDE) if v % SIDE < SIDE - 1]
    down = [(v, v + SIDE) for v in range(SIDE * (SIDE - 1))]
    arcs = sorted([*across, *down, *((b, a) for a, b in (*across, *down))])
    tail, head = np.array(arcs, dtype=np.int32).T
    place = np.arange(SIDE * SIDE, dtype=np.float32)
    return Topology("grid", SIDE * SIDE, tail.copy(), head.copy(), place // SIDE, place % SIDE)


TOPOLOGY = grid()


def ways(nodes: list[int], units: list[int]) -> tuple[Way, ...]:
    return tuple(Way(node, node, more) for node, more in zip(nodes, units, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 60), st.booleans())
def test_what_is_taken_from_below_is_what_a_search_finds(seed: int, shut: int, engine: bool) -> None:
    rng = np.random.default_rng(seed)
    # Few weights, so that many ways weigh the same.
    low: NDArray[np.uint32] = rng.integers(1, 4, TOPOLOGY.tail.size).astype(np.uint32)
    high = low.copy()
    high[rng.choice(low.size, shut)] = INF
    high[rng.choice(low.size, shut // 2)] += 1
    high = np.minimum(high, INF).astype(np.uint32)
    begin, end = (
        ways(rng.choice(TOPOLOGY.n, 2, replace=False).tolist(), rng.integers(0, 3, 2).tolist()) for _ in range(2)
    )
    below = Weighted(TOPOLOGY, low)
    nodes = rng.choice(TOPOLOGY.n, 12).tolist()
    if engine:
        for source, target in pairwise(nodes):
            below.engine.path(source, target)
    below.best(begin, end)
    over, alone = Weighted(TOPOLOGY, high, below=below), Weighted(TOPOLOGY, high)
    found, expected = over.best(begin, end), alone.best(begin, end)
    assert (found is None) is (expected is None)
    if found is not None and expected is not None:
        assert (found.units, found.ways, found.arcs.tolist()) == (
            expected.units, expected.ways, expected.arcs.tolist()
        )  # fmt: skip
        assert over.best(begin, end, found.units - 1) is None
    for source, target in pairwise(nodes):
        one, other = over.engine.path(source, target), alone.engine.path(source, target)
        assert (None if one is None else one.arcs.tolist()) == (None if other is None else other.arcs.tolist())


@pytest.mark.parametrize("weight", [4, 6])
def test_a_weighting_that_makes_something_cheaper_stands_alone(weight: int) -> None:
    low = np.full(TOPOLOGY.tail.size, 5, dtype=np.uint32)
    other = low.copy()
    other[7] = weight
    assert (Weighted(TOPOLOGY, other, below=Weighted(TOPOLOGY, low))._below is None) is (weight < 5)
