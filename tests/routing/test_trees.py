"""Trees of cheapest ways against single paths, where many ways cost the same."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from landbridge.routing.engine import Topology, make_engine
from landbridge.routing.trees import tree
from landbridge.routing.weights import INF


def grid(side: int = 9) -> Topology:
    pairs = []
    for row, column in itertools.product(range(side), range(side)):
        node = row * side + column
        for other in (node + 1 if column + 1 < side else -1, node + side if row + 1 < side else -1):
            if other >= 0:
                pairs += [(node, other), (other, node)]
    pairs.sort()
    ends = np.array(pairs, dtype=np.int32)
    lat, lon = np.divmod(np.arange(side * side), side)
    spots = lat.astype(np.float32), lon.astype(np.float32)
    return Topology(f"trees-{side}", side * side, ends[:, 0], ends[:, 1], *spots)


@pytest.mark.parametrize("most", [2, 3, 1000])
def test_a_tree_tells_the_paths_of_the_engine(most: int) -> None:
    topology = grid()
    weights = np.random.default_rng(most).integers(1, most, topology.tail.size).astype(np.uint32)
    engine = make_engine(topology, weights)
    for root in (0, 40, 77):
        to, back = (tree(("test", most), topology, weights, root, to_root=towards) for towards in (True, False))
        for node in range(topology.n):
            there, here = engine.path(node, root), engine.path(root, node)
            assert there is not None
            assert here is not None
            assert np.array_equal(to.path(node), there.arcs)
            assert np.array_equal(back.path(node), here.arcs)


def test_where_no_way_leads_there_is_none() -> None:
    topology = grid(3)
    weights = np.where((topology.head == 4) | (topology.tail == 4), INF, 1).astype(np.uint32)
    for towards in (True, False):
        one = tree("shut", topology, weights, 0, to_root=towards)
        assert one.path(4) is None
        assert one.path(8) is not None
        assert one.path(0) is not None
