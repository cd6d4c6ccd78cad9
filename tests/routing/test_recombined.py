"""What is put together of pieces of ways is a path between their doors, and the best of all such at its prices."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from landbridge.routing import route
from landbridge.routing.alternatives import candidates
from landbridge.routing.answering import answer_route, door_ways, prepare
from landbridge.routing.question import RouteQuestion
from landbridge.routing.recombined import Amounts, Meeting, meeting
from landbridge.routing.shipment import MODES
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weightings import variants
from landbridge.world import World

NODES = 60
NOTHING: Amounts = (0.0, 0.0, 0.0)


def drawn(seed: int) -> tuple[Meeting, np.ndarray, np.ndarray, np.ndarray, list[np.ndarray]]:
    """Walks through a random graph without circles, as ways from its first node to its last."""
    rng = np.random.default_rng(seed)
    pairs = sorted({(int(a), int(b)) for a, b in np.sort(rng.integers(0, NODES, (400, 2)), axis=1) if a < b})
    pairs = sorted({*pairs, *((k, k + 1) for k in range(NODES - 1))})
    tail, head = np.array(pairs, dtype=np.int32).T
    by_tail = [np.flatnonzero(tail == node) for node in range(NODES)]
    paths = []
    for _ in range(12):
        node, path = 0, []
        while node != NODES - 1:
            path.append(int(rng.choice(by_tail[node])))
            node = int(head[path[-1]])
        paths.append(np.array(path))
    amounts = rng.uniform(1.0, 10.0, (len(pairs), 3))
    graph = meeting(paths, amounts[np.concatenate(paths)], tail, head, ({0: NOTHING}, {NODES - 1: NOTHING}))
    return graph, tail, head, amounts, paths


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("prices", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.5, 1.0, 0.25)])
def test_the_best_of_pieces_is_that_of_a_search_over_the_same_arcs(
    seed: int, prices: tuple[float, float, float]
) -> None:
    graph, tail, head, amounts, paths = drawn(seed)
    found = graph.best(prices)
    assert found is not None
    arcs, first, last = found
    assert (first, last) == (0, NODES - 1)
    assert tail[arcs[0]] == first
    assert head[arcs[-1]] == last
    assert np.array_equal(head[arcs[:-1]], tail[arcs[1:]])
    some = np.unique(np.concatenate(paths))
    assert np.isin(arcs, some).all()
    cost = amounts @ np.array(prices)
    whole = csr_array((cost[some], (tail[some], head[some])), shape=(NODES, NODES))
    assert cost[arcs].sum() == pytest.approx(dijkstra(whole, indices=0)[NODES - 1])


def test_each_piece_is_told_once_and_leads_from_where_ways_meet_to_where_they_meet() -> None:
    graph, tail, head, amounts, paths = drawn(3)
    assert sorted(graph.arcs.tolist()) == np.unique(np.concatenate(paths)).tolist()
    for node, pieces in graph.pieces.items():
        for other, number in pieces:
            arcs = graph.arcs[graph.starts[number] : graph.starts[number + 1]]
            assert (tail[arcs[0]], head[arcs[-1]]) == (node, other)
            assert np.allclose(graph.amounts[number], amounts[arcs].sum(axis=0))


def test_doors_are_paid_and_decide_where_a_way_begins() -> None:
    tail, head = np.array([0, 1, 2]), np.array([2, 2, 3])
    costs = np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    begin: dict[int, Amounts] = {0: (0.0, 9.0, 0.0), 1: (9.0, 0.0, 0.0)}
    graph = meeting([np.array([0, 2]), np.array([1, 2])], costs, tail, head, (begin, {3: NOTHING}))
    cheap, fast = graph.best((0.0, 1.0, 0.0)), graph.best((1.0, 0.0, 0.0))
    assert cheap is not None
    assert fast is not None
    assert (cheap[1], fast[1]) == (1, 0)


def test_ways_of_pieces_beat_no_search_in_what_was_asked_for() -> None:
    """The first way stays that of the search, whatever was put together beside it."""
    world = World.at("2025-06-01")
    answer = route(world, "Tehran", "Constanta")
    alone = answer_route(world, RouteQuestion("Tehran", "Constanta", n=1))
    assert answer.routes[0].generalised_usd == alone.routes[0].generalised_usd


def test_ways_of_pieces_are_whole_paths() -> None:
    world = World.at("2025-06-01")
    setting = prepare(world, RouteQuestion("Islamabad", "Istanbul"))
    plan = setting.plan
    several = variants("generalised", MODES, thresholds(world.facts), by_surface=True)
    found = candidates(plan, partial(door_ways, setting), (), several)
    between = [one for one in found if one.between]
    assert between
    network = plan.network
    for one in between:
        assert plan.costs.allowed[one.arcs].all()
        assert network.tail[one.arcs[0]] == one.begin.leave
        assert network.head[one.arcs[-1]] == one.end.enter
        assert np.array_equal(network.head[one.arcs[:-1]], network.tail[one.arcs[1:]])
