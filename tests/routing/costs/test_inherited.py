"""Costs taken over are those worked out anew, to the last bit and in order.

They are taken over from the world without its scenarios and from the same goods between other ends.
"""

from __future__ import annotations

import random

import numpy as np
import pytest

from landbridge.facts import load
from landbridge.network import load as load_network
from landbridge.routing.answering import network_of
from landbridge.routing.costs import arc_costs
from landbridge.routing.costs.classes import arc_classes
from landbridge.routing.costs.inherited import touched
from landbridge.routing.plan import _costs_at_hand, _plan, _weighted, plan
from landbridge.routing.shipment import Shipment
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weightings import variants
from landbridge.world import World, parse_scenario
from tests.routing.costs.same import check_same

FACTS = load()
BASE = World.at("2025-01-20", FACTS)
BOXES = Shipment(teu=2.0, origin_area="CHN", destination_area="DEU")
GRAIN = Shipment(cargo="grain", origin_area="KAZ", destination_area="IRN")
TABLES = {"crossing": "crossings", "port": "ports", "passage": "passages", "ferry": "ferries", "line": "lines"}


def some(kind: str, count: int, seed: int = 1) -> str:
    ids = [row["id"] for row in FACTS.table(TABLES[kind]).rows]
    return ", ".join(f"'{kind}:{key}'" for key in random.Random(seed).sample(ids, min(count, len(ids))))


def world_of(*events: str) -> World:
    return BASE.apply(parse_scenario(f"{{name: s, events: [{', '.join(events)}]}}"))


NARROW = {
    "posts shut": f"{{kind: close, subject: [{some('crossing', 50)}]}}",
    "posts opened": f"{{kind: open, subject: [{some('crossing', 200)}]}}",
    "posts slow": f"{{kind: delay, subject: [{some('crossing', 80)}], hours: 30, hours_sd: 10}}",
    "posts narrow": f"{{kind: capacity, subject: [{some('crossing', 80)}], share: 0.4}}",
    "posts dear": f"{{kind: fee, subject: [{some('crossing', 80)}], usd: 250}}",
    "posts shut on some days": f"{{kind: delay, subject: [{some('crossing', 80)}], closed_share: 0.3}}",
    "ports shut": f"{{kind: close, subject: [{some('port', 80)}]}}",
    "ports slow and dear": f"{{kind: delay, subject: [{some('port', 80)}], hours: 30}}, "
    f"{{kind: fee, subject: [{some('port', 60, 2)}], usd: 9}}",
    "ports narrow": f"{{kind: capacity, subject: [{some('port', 80)}], share: 0.5}}",
    "straits": f"{{kind: delay, subject: [{some('passage', 9)}], hours: 9}}, "
    f"{{kind: fee, subject: [{some('passage', 30, 3)}], usd: 90}}",
    "straits shut": f"{{kind: close, subject: [{some('passage', 9)}]}}",
    "ferries": f"{{kind: delay, subject: [{some('ferry', 30)}], hours: 9, closed_share: 0.2}}",
    "lines": f"{{kind: delay, subject: [{some('line', 30)}], hours: 9}}, "
    f"{{kind: open, subject: [{some('line', 30, 4)}]}}",
    "areas and pairs": "{kind: close, subject: 'area:IRN'}, {kind: delay, subject: 'pair:KAZ-RUS', hours: 40}",
    "by rail alone": "{kind: delay, subject: 'area:KAZ', modes: [rail], hours: 40}",
    "opened and shut again": "{kind: close, subject: 'area:KAZ'}, {kind: open, subject: 'area:KAZ'}",
}
WIDE = {
    "a bloc": "{kind: leave, bloc: eaeu, areas: [ARM, KAZ]}, {kind: delay, subject: 'area:KAZ', hours: 9}",
}


@pytest.mark.parametrize("shipment", [BOXES, GRAIN], ids=["boxes", "grain"])
@pytest.mark.parametrize("name", [*NARROW, *WIDE])
def test_costs_taken_over_are_those_worked_out_anew(name: str, shipment: Shipment) -> None:
    network = load_network()
    world = world_of((NARROW | WIDE)[name])
    below = arc_costs(BASE, network, shipment)
    over = arc_costs(world, network, shipment, below=below)
    check_same(over, arc_costs(world, network, shipment))
    assert (over.changed is None) is (name in WIDE)
    if over.changed is not None:
        left = np.ones(network.m, dtype=np.bool_)
        left[over.changed] = False
        assert (over.hours[left] == below.hours[left]).all()
        assert (over.allowed[left] == below.allowed[left]).all()


@pytest.mark.parametrize(
    "name",
    [
        "caspian-storm-season",
        "georgia-in-eu-customs-union",
        "iran-eaeu-trade-suspended",
        "northern-sea-route-open",
        "poland-belarus-closed",
        "red-sea-avoided",
        "russia-transit-ban",
        "turkey-armenia-open",
        "ukraine-georgia-out-of-common-transit",
        "zangezur-tripp",
    ],
)
def test_known_scenarios_too(name: str) -> None:
    network = load_network()
    world = BASE.apply(name)
    check_same(
        arc_costs(world, network, BOXES, below=arc_costs(BASE, network, BOXES)), arc_costs(world, network, BOXES)
    )


ENDS = [
    ("CHN", "DEU"), ("DEU", "CHN"), ("IND", "RUS"), ("IRN", "ARM"), ("KAZ", "IRN"), ("EGY", "JPN"), ("AZE", "AZE"),
    ("TUR", "KAZ"), ("TUR", "GEO"), ("CHN", "TUR"), ("CHN", "UZB"), (None, None),
]  # fmt: skip
"""Ends that differ in direction and lane of the trade, home trade at ports, lorries and what refuses them."""
CARGO = {"a box of 20 feet": Shipment(teu=3.0), "boxes": Shipment(teu=2.0), "grain": Shipment(cargo="grain")}


@pytest.mark.parametrize("cargo", CARGO)
@pytest.mark.parametrize("scenario", ["", NARROW["posts slow"], WIDE["a bloc"]], ids=["the day", "posts", "a bloc"])
@pytest.mark.parametrize("day", ["2019-06-01", "2022-04-01", "2025-06-01", "2026-01-15"])
def test_costs_between_other_ends_are_those_worked_out_anew(day: str, scenario: str, cargo: str) -> None:
    world, network = World.at(day, FACTS), load_network()
    if scenario:
        world = world.apply(parse_scenario(f"{{name: s, events: [{scenario}]}}"))
    every = [CARGO[cargo].with_(origin_area=start, destination_area=goal) for start, goal in ENDS]
    first = arc_costs(world, network, every[0])
    for shipment in every[1:]:
        beside = arc_costs(world, network, shipment, beside=first)
        check_same(beside, arc_costs(world, network, shipment))
        assert beside.changed is None


def test_few_classes_are_worked_out_for_other_ends() -> None:
    network = load_network()
    ends = ("CHN", "DEU"), ("IND", "POL")
    first, other = (BOXES.with_(origin_area=start, destination_area=goal) for start, goal in ends)
    before, after = (arc_costs(BASE, network, one) for one in (first, other))
    new = touched(BASE, arc_classes(network, FACTS).classes, after.trip, after.rules, before)
    assert new is not None
    assert 0 < new.sum() < new.size / 10


def test_a_plan_takes_over_costs_and_weights() -> None:
    network = load_network()
    for cached in (_plan, _weighted, _costs_at_hand):
        cached.cache_clear()
    world = world_of(NARROW["posts slow"], NARROW["ports shut"])
    asked = variants("generalised", ("rail", "road", "sea", "air"), thresholds(FACTS), by_surface=True)
    alone = plan(world, network_of(world), BOXES)
    assert alone.costs.changed is None
    weights = [alone.weights(one).copy() for one in asked]
    for cached in (_plan, _weighted, _costs_at_hand):
        cached.cache_clear()
    base = plan(BASE, network, BOXES)
    kept = [base.weighted(one) for one in asked]
    over = plan(world, network, BOXES)
    assert over.costs.changed is not None
    for variant, expected, below in zip(asked, weights, kept, strict=True):
        found = over.weighted(variant)
        assert found.per == below.per
        np.testing.assert_array_equal(found.weights, expected)


def test_the_value_of_the_goods_changes_no_cost_but_that_of_time() -> None:
    network = load_network()
    cheap, dear = (plan(BASE, network, BOXES.with_(value_usd=usd)) for usd in (10_000.0, 90_000.0))
    assert cheap.usd_per_h < dear.usd_per_h
    assert cheap.costs is dear.costs
    check_same(dear.costs, arc_costs(BASE, network, BOXES.with_(value_usd=90_000.0)))
    other = plan(BASE, network, BOXES.with_(value_usd=90_000.0, teu=3.0))
    assert other.costs is not dear.costs
    check_same(other.costs, arc_costs(BASE, network, BOXES.with_(value_usd=90_000.0, teu=3.0)))
