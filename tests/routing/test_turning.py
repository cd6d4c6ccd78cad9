"""Ways that turn back: what a part of one tells of the whole."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.routing import RouteQuestion, Shipment, route
from landbridge.routing.answering import door_ways, prepare
from landbridge.routing.turned import turning_back
from landbridge.routing.turning import revisits, turns_back
from landbridge.routing.weights import Variant
from landbridge.world import World


def test_what_passes_a_post_twice_turns_back_wherever_it_begins_and_ends() -> None:
    world, variant = World.at("2024-06-01"), Variant("generalised", "generalised")
    setting = prepare(world, RouteQuestion("Tashkent", "Almaty", Shipment(modes=("road",))))
    the_plan = setting.plan
    best = the_plan.weighted(variant).best(*door_ways(setting, variant))
    assert best is not None
    arcs = best.arcs
    assert not revisits(the_plan, arcs)
    assert not turns_back(the_plan, arcs)
    post = int(np.flatnonzero(the_plan.network.ref[arcs] >= 0)[0])
    near = arcs[max(post - 3, 0) : post + 4]
    there_and_back = np.concatenate([near, the_plan.network.twin[near][::-1]])
    assert bool((there_and_back >= 0).all())
    assert revisits(the_plan, there_and_back)
    for first, last in ((0, 0), (5, 0), (0, 5), (9, 9)):
        before, after = arcs[max(post - 3 - first, 0) : max(post - 3, 0)], arcs[post + 4 : post + 4 + last]
        assert turns_back(the_plan, np.concatenate([before, there_and_back, after]))


def test_paths_looked_at_at_once_turn_back_as_each_alone_does() -> None:
    the_plan = prepare(World.at("2024-06-01"), RouteQuestion("Tashkent", "Almaty")).plan
    network, rng = the_plan.network, np.random.default_rng(5)
    out = np.searchsorted(network.tail, np.arange(network.n + 1))
    terminals = np.flatnonzero(network.node_terminal >= 0)

    def walk(node: int, steps: int) -> np.ndarray:
        """A walk that may come back; longer arcs more often than short ones."""
        arcs: list[int] = []
        for _ in range(steps):
            some = np.arange(out[node], out[node + 1])
            if not some.size:
                break
            arcs.append(int(rng.choice(some, p=(network.km[some] + 0.1) / (network.km[some] + 0.1).sum())))
            node = int(network.head[arcs[-1]])
        return np.array(arcs, dtype=np.int64)

    engine = the_plan.engine(Variant("generalised", "generalised"))
    paths = []
    for _ in range(60):
        first, via, last = rng.choice(terminals, 3).tolist()
        some = [engine.path(first, via), engine.path(via, last)]
        if all(path is not None for path in some):
            paths.append([path.arcs for path in some if path is not None])
        arcs = walk(first, int(rng.integers(1, 40)))
        paths.append([arcs, np.empty(0, dtype=np.int64)])
        paths.append([arcs, network.twin[arcs[::-1]][: int(rng.integers(0, 4))]])
    paths = [pieces for pieces in paths if all(bool((piece >= 0).all()) for piece in pieces)]
    alone = [turns_back(the_plan, np.concatenate(pieces)) for pieces in paths]
    assert 20 < sum(alone) < len(alone) - 20
    assert turning_back(the_plan, paths) == alone


@pytest.mark.parametrize(
    ("origin", "destination", "day"),
    [("Jeddah", "Dubai", "2024-03-01"), ("Jebel Ali", "Doha", "2016-06-01"), ("Dubai", "Baghdad", "2024-06-01")],
)
def test_no_way_sails_out_of_a_strait_and_back_in(origin: str, destination: str, day: str) -> None:
    answer = route(World.at(day), origin, destination)
    for one in (*answer.routes, *answer.others):
        passed = [key for key, *_ in one.passages]
        assert len(set(passed)) == len(passed), one.label
