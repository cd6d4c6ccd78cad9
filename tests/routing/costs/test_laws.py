"""Closing, banning, taxing never make the best route better; opening and building never worse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.routing.costs import arc_costs, arc_factors, mode_factors, value_of_time_usd_h
from landbridge.routing.shipment import Shipment
from landbridge.world import World

JUNE = World.at("2023-06-01")


def best(world: World, network, start: int, goal: int, shipment: Shipment, objective: str) -> float:
    """The least cost from a node to another (infinite where there is no way), by plain relaxation."""
    costs = arc_costs(world, network, shipment)
    money = costs.usd * arc_factors(network, mode_factors(shipment, world.facts))
    per_h = value_of_time_usd_h(shipment, world.facts)
    weight = {"hours": costs.hours, "usd": money, "generalised": money + per_h * costs.hours}[objective]
    far = np.full(network.n, np.inf)
    far[start] = 0.0
    usable = np.flatnonzero(costs.allowed)
    for _ in range(network.n):
        for arc in usable.tolist():
            reached = far[network.tail[arc]] + weight[arc]
            far[network.head[arc]] = min(far[network.head[arc]], reached)
    return float(far[goal])


WORSE = [
    "{kind: close, subject: 'crossing:KAZ-RUS-sagarchin'}",
    "{kind: close, subject: 'pair:KAZ-RUS'}",
    "{kind: close, subject: 'area:RUS'}",
    "{kind: delay, subject: 'crossing:KAZ-RUS-sagarchin', hours: 48}",
    "{kind: fee, subject: 'crossing:KAZ-RUS-ozinki-rail', usd: 500}",
    "{kind: capacity, subject: 'crossing:KAZ-RUS-ozinki-rail', share: 0.5}",
    "{kind: leave, bloc: eaeu, areas: [KAZ]}",
]


@pytest.mark.parametrize("objective", ["hours", "usd", "generalised"])
@pytest.mark.parametrize("event", WORSE)
def test_what_hinders_never_helps(fork_network, scenario, event: str, objective: str):
    network, shipment = fork_network.network, Shipment(origin_area="KAZ", destination_area="RUS")
    start, goal = fork_network.road[0], fork_network.road[-1]
    before = best(JUNE, network, start, goal, shipment, objective)
    after = best(JUNE.apply(scenario(event)), network, start, goal, shipment, objective)
    assert np.isfinite(before)
    assert after >= before - 1e-9


@pytest.mark.parametrize("objective", ["hours", "usd", "generalised"])
def test_what_opens_never_hurts(fork_network, scenario, objective: str):
    network, shipment = fork_network.network, Shipment(origin_area="KAZ", destination_area="RUS")
    start, goal = fork_network.road[0], fork_network.road[-1]
    shut = JUNE.apply(scenario("{kind: close, subject: 'pair:KAZ-RUS'}"))
    one = shut.apply(scenario("{kind: open, subject: 'crossing:KAZ-RUS-ozinki-rail'}"))
    both = one.apply(scenario("{kind: open, subject: 'crossing:KAZ-RUS-sagarchin'}"))
    costs = [best(world, network, start, goal, shipment, objective) for world in (shut, one, both)]
    assert costs == sorted(costs, reverse=True)
    assert np.isinf(costs[0])
    assert np.isfinite(costs[1])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORSE), max_size=4, unique=True), st.sampled_from(["hours", "usd", "generalised"]))
def test_more_hindrances_never_cost_less(events: list[str], objective: str):
    from landbridge.world import parse_scenario

    from_conftest = _fork()
    network, start, goal = from_conftest
    shipment = Shipment(origin_area="KAZ", destination_area="RUS")
    world, last = JUNE, best(JUNE, network, start, goal, shipment, objective)
    for event in events:
        world = world.apply(parse_scenario(f"name: t\nnote: t\nsources: [t]\nevents: [{event}]\n"))
        now = best(world, network, start, goal, shipment, objective)
        assert now >= last - 1e-9
        last = now


@pytest.fixture(autouse=True)
def _keep(fork_network):
    _KEPT[:] = [(fork_network.network, fork_network.road[0], fork_network.road[-1])]


_KEPT: list = []


def _fork():
    return _KEPT[0]


def test_a_union_makes_its_borders_quick(sketch, arc):
    nodes = [sketch.node("road", area) for area in ("KAZ", "RUS", "UZB", "KAZ")]
    sketch.arc(nodes[0], nodes[1], 0.5, "crossing", ref=("crossings", "KAZ-RUS-sagarchin"))
    sketch.arc(nodes[2], nodes[3], 0.5, "crossing", ref=("crossings", "KAZ-UZB-yallama"))
    network = sketch.network("union")
    costs = arc_costs(JUNE, network, Shipment())
    inside, outside = arc(network, 0, 1), arc(network, 3, 2)
    assert costs.hours[inside] < costs.hours[outside]
    assert costs.usd[inside] < costs.usd[outside]
    before = arc_costs(World.at("2009-06-01"), network, Shipment())
    assert before.hours[inside] > costs.hours[inside]


def test_joining_the_union_saves_time_at_its_border(sketch, arc, scenario):
    a, b = sketch.node("road", "UZB"), sketch.node("road", "KAZ")
    sketch.arc(a, b, 0.5, "crossing", ref=("crossings", "KAZ-UZB-yallama"))
    network = sketch.network("join")
    joined = JUNE.apply(scenario("{kind: join, bloc: eaeu, areas: [UZB]}"))
    before, after = (arc_costs(world, network, Shipment()).hours[arc(network, 0, 1)] for world in (JUNE, joined))
    assert after <= before


def test_a_team_is_never_slower(fork_network):
    network = fork_network.network
    one = arc_costs(JUNE, network, Shipment())
    two = arc_costs(JUNE, network, Shipment(team=True))
    assert (two.hours <= one.hours + 1e-9).all()
    assert two.hours.sum() < one.hours.sum()


def test_a_draw_moves_the_costs_and_gives_the_same_again(fork_network):
    from landbridge.facts.draws import draw

    network = fork_network.network
    drawn = [World.at("2023-06-01", draw(JUNE.facts, 1, k)) for k in (0, 0, 1)]
    hours = [arc_costs(world, network, Shipment()).hours for world in drawn]
    assert np.array_equal(hours[0], hours[1])
    assert not np.array_equal(hours[0], hours[2])
    assert (hours[0] > 0.0).all()
