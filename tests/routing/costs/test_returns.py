"""The empty box goes back once: from where a lorry takes it from the last ship or train."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from landbridge.network import Network
from landbridge.routing import route
from landbridge.routing.costs import ArcCosts, Haul, Rested, Site, arc_costs, door_costs, returned_once, stretch_of
from landbridge.routing.costs.boxes import RETURN, return_parts
from landbridge.routing.shipment import Shipment
from landbridge.world import World

WORLD = World.at("2023-06-01")


def way(new_sketch: type[Any], modes: Sequence[str]) -> tuple[Network, list[np.ndarray]]:
    """A line of moves of 100 km by some modes, with the changes between them, one section for each arc."""
    sketch, pairs = new_sketch(), []
    node = sketch.node(modes[0], "KAZ", 1520 if modes[0] == "rail" else 0, lon=0.0)
    for position, mode in enumerate(modes):
        gauge = 1520 if mode == "rail" else 0
        if position and mode != modes[position - 1]:
            new = sketch.node(mode, "KAZ", gauge, lon=position - 0.5)
            sketch.arc(node, new, 0.0, "transfer")
            pairs.append((node, new))
            node = new
        new = sketch.node(mode, "KAZ", gauge, lon=position + 0.25)
        sketch.arc(node, new, 100.0)
        pairs.append((node, new))
        node = new
    network = sketch.network(repr(modes))
    return network, [np.array([network.arc_between(*pair)]) for pair in pairs]


def returns(costs: ArcCosts, sections: Sequence[np.ndarray], after: Haul | None = None) -> float:
    """How often a way as told pays for the return of its box."""
    found: dict[int, Rested] = {}
    returned_once(costs, [stretch_of(costs, arcs) for arcs in sections], after, found)
    parts = [part for arcs in sections for part in costs.parts(int(arcs[0]))]
    parts += [part for one in (after.parts if after else ()) for part in one.parts]
    back = [change for one in found.values() for change in one.of_usd if change.part.factor == RETURN]
    total = sum(part.usd for part in parts if part.factor == RETURN)
    total += sum(change.after - change.before for change in back)
    once = next(part.usd for part in return_parts(costs.trip) if part.factor == RETURN)
    assert once > 0.0
    taken_back = sum(part.usd for part in return_parts(costs.trip)) * len(back)
    assert sum(one.usd for one in found.values()) == pytest.approx(-taken_back)
    return total / once


@pytest.mark.parametrize(
    ("modes", "times"),
    [
        (("road",), 0),
        (("road", "rail"), 1),
        (("rail", "road"), 1),
        (("road", "rail", "road"), 1),
        (("rail", "road", "rail", "road"), 1),
        (("rail", "road", "rail"), 1),
        (("rail",), 1),
    ],
)
def test_boxes_go_back_once_from_the_last_change_to_the_road(new_sketch, modes, times):
    network, sections = way(new_sketch, modes)
    costs = arc_costs(WORLD, network, Shipment())
    # The door of a railway has its own change to the lorry.
    site = Site(modes[-1], "KAZ", 5.0)
    after = Haul("KAZ", door_costs(WORLD, Shipment(), "KAZ", site, "destination"))
    assert returns(costs, sections, after) == pytest.approx(times)


def test_loose_cargo_and_groupage_return_no_box(new_sketch):
    network, _ = way(new_sketch, ("rail", "road"))
    for shipment in (Shipment(cargo="grain", tonnes=100.0), Shipment(teu=0.2)):
        assert return_parts(arc_costs(WORLD, network, shipment).trip) == []


def test_a_box_by_sea_pays_its_return_with_and_without_a_choice_of_modes():
    for modes in ((), ("sea",)):
        first = route(WORLD, "Shanghai", "Rotterdam", modes=modes, n=1).routes[0]
        assert first.basis is not None
        (usd,) = ((row, one.central) for row, one in first.basis.usd.items() if row[1].startswith("drop-usd"))
        assert usd[1] == pytest.approx(WORLD.facts.row(*usd[0])["value"])
        assert usd[0] in {(one.table, one.id) for one in first.evidence}
