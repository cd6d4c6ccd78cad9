"""What may be used in a small network, and which row says no."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.network import load as shipped_network
from landbridge.routing.costs import arc_costs
from landbridge.routing.costs.classes import arc_classes
from landbridge.routing.shipment import Shipment
from landbridge.world import World

JUNE = World.at("2023-06-01")


def one_crossing(sketch, crossing: str, mode: str, left: str, right: str, *, swap: bool = False):
    a, b = sketch.node(mode, left), sketch.node(mode, right)
    sketch.arc(a, b, 0.5, "crossing", ref=("crossings", crossing))
    if swap:
        s = sketch.node(mode, left)
        sketch.arc(a, s, 0.0, "swap", ref=("crossings", crossing), both=False)
        sketch.arc(s, b, 0.5, "crossing", ref=("crossings", crossing), both=False)
    return sketch.network(crossing)


def refusal_at(costs, arc: int):
    assert not costs.allowed[arc]
    assert costs.blocked[arc] >= 0
    return costs.refusals[int(costs.blocked[arc])]


def test_a_shut_crossing_cites_its_row(sketch, arc):
    network = one_crossing(sketch, "AFG-PAK-torkham", "road", "PAK", "AFG")
    world = World.at("2026-01-15")
    refusal = refusal_at(arc_costs(world, network, Shipment()), arc(network, 0, 1))
    assert refusal.table == "crossing_status"
    assert refusal.id in world.facts.table("crossing_status").by_id


def test_a_shut_crossing_still_has_hours_for_the_reader_of_what_would_open(sketch, arc):
    network = one_crossing(sketch, "AFG-PAK-torkham", "road", "PAK", "AFG")
    costs = arc_costs(World.at("2026-01-15"), network, Shipment())
    assert np.isfinite(costs.hours).all()
    assert costs.hours[arc(network, 0, 1)] > 1.0


def test_a_ban_of_transit_refuses_the_area_by_its_measure(sketch, arc):
    a, b, c = (sketch.node("road", area) for area in ("GEO", "AZE", "AZE"))
    sketch.arc(a, b, 0.5, "crossing", ref=("crossings", "AZE-GEO-red-bridge"))
    sketch.arc(b, c, 100.0)
    network = sketch.network("aze")
    cargo = Shipment(origin_area="ARM", destination_area="RUS")
    refusal = refusal_at(arc_costs(JUNE, network, cargo), arc(network, 1, 2))
    assert (refusal.table, refusal.id) == ("measure_rules", "arm-aze89-r-transit")
    free = arc_costs(JUNE, network, Shipment(origin_area="GEO", destination_area="AZE"))
    assert free.allowed[arc(network, 1, 2)]


def test_mainline_ships_leave_the_red_sea_and_bulk_does_not(sketch, arc):
    a, b = sketch.node("sea", "", lat=12.0, lon=44.0), sketch.node("sea", "", lat=13.5, lon=42.6)
    sketch.arc(a, b, 180.0, "passage", mode="sea", ref=("passages", "bab-el-mandeb"))
    network = sketch.network("mandeb")
    world = World.at("2024-06-01")
    refusal = refusal_at(arc_costs(world, network, Shipment()), arc(network, 0, 1))
    assert refusal.table == "carrier_policies"
    assert refusal.id in world.facts.table("carrier_policies").by_id
    assert arc_costs(JUNE, network, Shipment()).allowed.all()
    assert arc_costs(world, network, Shipment(cargo="grain")).allowed.all()


def test_ships_that_still_used_the_red_sea_may_use_it(sketch, arc):
    a, b = sketch.node("sea", "", lat=12.0, lon=44.0), sketch.node("sea", "", lat=13.5, lon=42.6)
    sketch.arc(a, b, 180.0, "passage", mode="sea", ref=("passages", "bab-el-mandeb"))
    network, world = sketch.network("mandeb"), World.at("2025-06-01")
    assert not arc_costs(world, network, Shipment(carrier="DNK")).allowed.any()
    assert arc_costs(world, network, Shipment(carrier="RUS")).allowed.all()
    assert arc_costs(world, network, Shipment(origin_area="IND", destination_area="RUS")).allowed.all()
    assert not arc_costs(world, network, Shipment(origin_area="IND", destination_area="NLD")).allowed.any()


def test_a_crossing_without_a_row_is_no_crossing(sketch, arc):
    network = one_crossing(sketch, "no-such-post", "road", "KAZ", "RUS")
    costs = arc_costs(JUNE, network, Shipment())
    assert not costs.allowed.any()
    assert np.isfinite(costs.hours).all()


def test_a_line_that_is_not_built_refuses_until_a_scenario_builds_it(sketch, arc):
    a, b = sketch.node("rail", "IRN", 1435), sketch.node("rail", "IRN", 1435)
    sketch.arc(a, b, 162.0, gate=("projects", "rasht-astara"))
    network = sketch.network("rasht")
    world = World.at("2025-06-01")
    refusal = refusal_at(arc_costs(world, network, Shipment()), arc(network, 0, 1))
    assert (refusal.subject_kind, refusal.subject) == ("project", "rasht-astara")
    assert arc_costs(world.apply("rasht-astara-built"), network, Shipment()).allowed.all()


def test_a_closed_season_cites_the_season(sketch, arc):
    a, b = sketch.node("river", "RUS"), sketch.node("river", "RUS")
    sketch.arc(a, b, 100.0, "passage", mode="river", ref=("passages", "volga-don"))
    network = sketch.network("volga")
    refusal = refusal_at(arc_costs(World.at("2024-01-15"), network, Shipment()), arc(network, 0, 1))
    assert refusal.table == "seasons"
    assert arc_costs(World.at("2024-06-15"), network, Shipment()).allowed.all()


LOWER, MIDDLE, UPPER = (44.15, 28.65), (44.83, 20.49), (48.31, 14.32)
"""Constanta, Belgrade and Linz on the Danube and its canals."""
DUISBURG, MAINZ = (51.43, 6.73), (50.0, 8.28)
CERNAVODA = (44.34, 28.03)
VOLGOGRAD, SARATOV, ASTRAKHAN = (48.52, 44.55), (51.53, 46.05), (46.33, 48.02)


@pytest.mark.parametrize(
    ("ends", "day", "row"),
    [
        ((MAINZ, DUISBURG), "2022-06-01", ""),
        ((LOWER, CERNAVODA), "2022-06-01", ""),
        ((CERNAVODA, MIDDLE), "2022-06-01", "danube-middle-2008"),
        ((CERNAVODA, MIDDLE), "2007-06-01", ""),
        ((MIDDLE, UPPER), "2007-06-01", "danube-upper"),
        ((VOLGOGRAD, ASTRAKHAN), "2020-06-01", "volga-don-before-2021"),
        ((VOLGOGRAD, ASTRAKHAN), "2021-07-01", ""),
        ((VOLGOGRAD, ASTRAKHAN), "2023-07-01", "volga-don-2022"),
        ((VOLGOGRAD, SARATOV), "2022-06-01", "volga-middle"),
    ],
)
def test_boxes_sail_on_rivers_where_ships_in_service_carry_them(sketch, arc, ends, day, row):
    a, b = (sketch.node("river", "", lat=lat, lon=lon) for lat, lon in ends)
    sketch.arc(a, b, 200.0, mode="river")
    network, world = sketch.network("river"), World.at(day)
    costs = arc_costs(world, network, Shipment())
    assert costs.allowed.all() == (not row)
    if row:
        refusal = refusal_at(costs, arc(network, 0, 1))
        assert (refusal.table, refusal.id, refusal.subject_kind) == ("waterways", row, "waterway")
    assert arc_costs(world, network, Shipment(cargo="grain")).allowed.all()


def test_every_river_of_the_network_has_a_row_on_boxes():
    network, facts = shipped_network(), JUNE.facts
    classes = arc_classes(network, facts)
    bare = [one for one in classes.classes if one.mode == "river" and one.kind in {"move", "passage"}]
    without = [one.ref for one in bare if not one.stretches]
    assert without in ([], [None], [("passages", "danube-sulina")]), without


def test_a_ferry_through_a_shut_strait_is_refused_for_the_strait(sketch, arc):
    a, b = sketch.node("sea", "ARE"), sketch.node("sea", "PAK")
    sketch.arc(a, b, 1270.0, "ferry", mode="sea", ref=("ferries", "jebel-ali-karachi"))
    network = sketch.network("ferry")
    shut = arc_costs(JUNE.apply("hormuz-closed"), network, Shipment())
    refusal = refusal_at(shut, arc(network, 0, 1))
    assert refusal.subject == "hormuz"


def test_carriers_that_may_not_pass_hand_over_at_the_border(sketch, arc):
    network = one_crossing(sketch, "BLR-POL-kozlovichi", "road", "BLR", "POL", swap=True)
    world = World.at("2024-06-01")
    any_carrier = arc_costs(world, network, Shipment(origin_area="KAZ", destination_area="DEU"))
    swap, out = arc(network, 0, 2), arc(network, 2, 1)
    assert any_carrier.hours[swap] > 1.0
    assert any_carrier.hours[out] > 1.0
    assert any_carrier.allowed[[swap, out]].all()


def test_the_carriers_of_one_state_alone_have_nobody_to_hand_over_to(sketch, arc):
    network = one_crossing(sketch, "BLR-POL-kozlovichi", "road", "BLR", "POL", swap=True)
    world = World.at("2024-06-01")
    straight, out = arc(network, 0, 1), arc(network, 2, 1)
    russian = arc_costs(world, network, Shipment(origin_area="KAZ", destination_area="DEU", carrier="RUS"))
    assert not russian.allowed[[straight, out]].any()
    assert refusal_at(russian, out).kind == "carrier"
    kazakh = arc_costs(world, network, Shipment(origin_area="KAZ", destination_area="DEU", carrier="KAZ"))
    assert kazakh.allowed[straight]


def test_the_modes_of_the_shipment_leave_no_refusal(fork_network):
    network = fork_network.network
    costs = arc_costs(JUNE, network, Shipment(modes=("rail",)))
    assert costs.allowed.any()
    assert (costs.blocked == -1).all()


@pytest.mark.parametrize("words", [("RUS",), ("area:RUS",), ("KAZ-RUS-sagarchin",), ("crossing:KAZ-RUS-sagarchin",)])
def test_what_is_avoided_is_not_used_but_not_refused(fork_network, arc, words: tuple[str, ...]):
    network = fork_network.network
    costs = arc_costs(JUNE, network, Shipment(avoid=words))
    border = arc(network, fork_network.road[1], fork_network.road[2])
    assert not costs.allowed[border]
    assert costs.blocked[border] == -1


def test_nodes_in_the_area_that_holds_the_ground_still_cross_by_the_row(sketch, arc):
    network = one_crossing(sketch, "GEO-RUS-psou-road", "road", "RUS", "X_ABK")
    costs = arc_costs(JUNE, network, Shipment(origin_area="RUS", destination_area="X_ABK"))
    assert costs.hours[arc(network, 0, 1)] > 0.0


def test_a_tanker_line_takes_no_boxes(sketch, arc):
    a, b = sketch.node("sea", "KAZ", lat=43.6, lon=51.2), sketch.node("sea", "AZE", lat=40.0, lon=49.4)
    sketch.arc(a, b, 400.0, "ferry", mode="sea", ref=("ferries", "aktau-baku-oil"))
    network = sketch.network("tanker")
    refusal = refusal_at(arc_costs(JUNE, network, Shipment()), arc(network, 0, 1))
    assert (refusal.table, refusal.id) == ("ferries", "aktau-baku-oil")
    assert arc_costs(JUNE, network, Shipment(cargo="crude_oil")).allowed.all()


def test_no_ship_calls_at_a_berth_of_a_ferry(sketch, arc):
    land, sea = sketch.node("road", "GBR"), sketch.node("sea", "GBR")
    sketch.arc(land, sea, 0.0, "transfer", ref=("ports", "berth-dover"))
    network = sketch.network("berth")
    assert not arc_costs(JUNE, network, Shipment()).allowed.any()


def test_a_tunnel_under_a_strait_costs_as_the_railway_there(sketch, arc):
    a, b, c = (sketch.node("rail", "TUR", 1435, lat=41.0, lon=29.0 + i / 50.0) for i in range(3))
    sketch.arc(a, b, 10.0, "passage", mode="rail", ref=("passages", "bosphorus-bridge-rail"))
    sketch.arc(b, c, 10.0)
    network = sketch.network("tunnel")
    costs = arc_costs(JUNE, network, Shipment())
    assert costs.usd[arc(network, 0, 1)] == pytest.approx(costs.usd[arc(network, 1, 2)])
