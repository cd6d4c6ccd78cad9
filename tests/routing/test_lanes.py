"""Chains of gates weighed together against each alone."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.routing import RouteQuestion, Shipment
from landbridge.routing.answering import door_ways, prepare
from landbridge.routing.chain import FAR, best_chain, stop_of
from landbridge.routing.lanes import Lanes, Trip
from landbridge.routing.strung import strings
from landbridge.routing.trees import PAYS, at_hand
from landbridge.routing.weights import Variant
from landbridge.world import World

VARIANT = Variant("generalised", "generalised")
PAIRS = (("Xi'an", "Duisburg"), ("Tashkent", "Istanbul"), ("Mumbai", "Moscow"))


@pytest.mark.parametrize("ends", PAIRS)
def test_a_chain_weighed_with_others_is_the_chain_alone(ends: tuple[str, str]) -> None:
    world = World.at("2024-06-01")
    setting = prepare(world, RouteQuestion(*ends, Shipment()))
    the_plan = setting.plan
    begin, end = door_ways(setting, VARIANT)
    lanes = Lanes(the_plan, VARIANT)
    trip = Trip(lanes, stop_of(begin), stop_of(end))
    some = []
    for number, one in enumerate(strings(the_plan.network, world).branches):
        places = tuple(range(len(one.gates)))
        some += [lanes.lane(number, chain, one.gates) for chain in (places, places[::-1], places[:1], places[1:])]
    sums = trip.sums(some)
    found = 0
    for number, lane in enumerate(some):
        alone = best_chain(lanes.engine, [begin, *lane.stops, end])
        assert (sums.units[number] >= FAR) == (alone is None)
        if alone is None:
            continue
        found += 1
        solved, inside = trip.solved(lane, sums, number)
        assert solved.units == alone.units
        assert inside.path is not None
        assert (begin[solved.picked[0]], *inside.path.ways, end[solved.picked[-1]]) == alone.ways
        before = lanes.stretch(begin[solved.picked[0]].leave, inside.path.ways[0].enter, back=False)
        after = lanes.stretch(end[solved.picked[-1]].enter, inside.path.ways[-1].leave, back=True)
        assert before is not None
        assert after is not None
        assert np.array_equal(np.concatenate([before.arcs, inside.path.arcs, after.arcs]), alone.arcs)
    assert found > 100
    assert trip.sums([]).units == []
    best = best_chain(lanes.engine, [begin, end])
    assert best is not None
    assert trip.direct() == best.units


def test_a_way_is_the_same_read_off_the_tree_of_a_gate() -> None:
    setting = prepare(World.at("2024-06-01"), RouteQuestion("Tashkent", "Istanbul", Shipment()))
    lanes = Lanes(setting.plan, VARIANT)
    network = setting.plan.network
    doors = np.random.default_rng(4).choice(np.flatnonzero(network.node_terminal >= 0), 2 * PAYS).tolist()
    gate = setting.begin[0].node
    for back in (False, True):
        for door in doors:
            found = lanes.stretch(door, gate, back=back)
            path = lanes.engine.path(gate, door) if back else lanes.engine.path(door, gate)
            assert (found is None) == (path is None)
            assert found is None or path is None or np.array_equal(found.arcs, path.arcs)
        assert at_hand((setting.plan.key, VARIANT), gate, to_root=not back)
