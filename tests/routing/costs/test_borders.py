"""What a border costs all vehicles of a shipment, from what it costs one, is what it costs worked out as a whole."""

from __future__ import annotations

import pytest

from landbridge.facts import load
from landbridge.network import load as load_network
from landbridge.routing.costs import arc_costs, borders
from landbridge.routing.costs.arcs import rules_of
from landbridge.routing.costs.borders import crossing_group, swap_group, swap_parts
from landbridge.routing.costs.classes import arc_classes
from landbridge.routing.costs.moves import hire_part
from landbridge.routing.costs.waits import Border
from landbridge.routing.shipment import Shipment
from landbridge.world import World

SHIPMENTS = (
    Shipment(teu=3.0),
    Shipment(teu=0.3),
    Shipment(teu=82.0),
    Shipment(teu=7.0, service="single wagon"),
    Shipment(cargo="grain", tonnes=910.0),
    Shipment(teu=13.0, carrier="RUS"),
)
WORLDS = (("2025-06-01", ()), ("2022-06-01", ("upper-lars-closed",)), ("2025-06-01", ("iran-in-eaeu",)))


@pytest.mark.parametrize("shipment", SHIPMENTS, ids=str)
@pytest.mark.parametrize(("day", "scenarios"), WORLDS)
def test_a_border_for_all_vehicles_is_as_if_worked_out_whole(
    day: str, scenarios: tuple[str, ...], shipment: Shipment
) -> None:
    world = World.at(day).apply(*scenarios) if scenarios else World.at(day)
    network = load_network()
    costs = arc_costs(world, network, shipment.with_(origin_area="IND", destination_area="RUS"))
    rules, trip = rules_of(world, costs.trip.shipment), costs.trip
    posts = [one for one in arc_classes(network, load()).classes if one.kind == "crossing" and one.ref is not None]
    assert len(posts) > 1000
    for one in posts[::7]:
        border = Border(one.ref[1] if one.ref else "", one.mode, one.start, one.goal)
        effect, usual = borders._effect(world, border, trip), borders._without_blocs(world)
        effects = (effect if usual is world else borders._effect(usual, border, trip), effect)
        whole = borders._crossing_group(world, rules, trip, border, effects)
        assert crossing_group(world, rules, trip, border) == whole
    swapped = swap_parts(trip)
    hire = hire_part(trip, hours=sum(part.hours for part in swapped))
    assert swap_group(trip, "some-post").parts == (*swapped, *hire)
