"""Ways that turn back: what a part of one tells of the whole."""

from __future__ import annotations

import numpy as np

from landbridge.routing import RouteQuestion, Shipment
from landbridge.routing.answering import door_ways, prepare
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
