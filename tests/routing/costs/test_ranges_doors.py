"""Ranges of paths; the first and last haul."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.routing import route
from landbridge.routing.costs import (
    DoorPart,
    Part,
    Site,
    arc_costs,
    arc_factors,
    complete,
    door_costs,
    load_of,
    mode_factors,
    path_ranges,
)
from landbridge.routing.costs.boxes import RETURN
from landbridge.routing.costs.moves import call_out, lorry_rate, trip_of
from landbridge.routing.costs.parts import CALL_OUT
from landbridge.routing.costs.values import Value, book
from landbridge.routing.shipment import Shipment
from landbridge.world import World

WORLD = World.at("2023-06-01")


def rail(km: float, area: str = "DEU") -> Site:
    return Site("rail", area, km)


def test_totals_of_a_range_are_the_sums_of_the_arcs(fork_network, arc):
    network = fork_network.network
    costs = arc_costs(WORLD, network, Shipment())
    a, b, c, d = fork_network.road
    arcs = np.array([arc(network, a, b), arc(network, b, c), arc(network, c, d)])
    money = arc_factors(network, mode_factors(Shipment(), WORLD.facts))[arcs]
    found = path_ranges(costs, arcs, money)
    assert found.hours == pytest.approx(costs.hours[arcs].sum())
    assert found.usd == pytest.approx((costs.usd[arcs] * money).sum())
    assert found.hours_low < found.hours < found.hours_high
    assert found.usd_low < found.usd < found.usd_high


def test_one_fact_used_twice_moves_together_and_two_facts_do_not(sketch, arc):
    nodes = [sketch.node("road", area) for area in ("KAZ", "KAZ", "KAZ", "RUS", "RUS")]
    for tail, head in ((0, 1), (1, 2), (3, 4)):
        sketch.arc(nodes[tail], nodes[head], 1000.0)
    network = sketch.network("correlated")
    costs = arc_costs(WORLD, network, Shipment())
    one = path_ranges(costs, np.array([arc(network, 0, 1)]))
    same = path_ranges(costs, np.array([arc(network, 0, 1), arc(network, 1, 2)]))
    assert same.hours_high - same.hours == pytest.approx(2.0 * (one.hours_high - one.hours))
    mixed = path_ranges(costs, np.array([arc(network, 0, 1), arc(network, 3, 4)]))
    other = path_ranges(costs, np.array([arc(network, 3, 4)]))
    assert mixed.hours_high - mixed.hours < (one.hours_high - one.hours) + (other.hours_high - other.hours)


def test_doors_widen_the_range(fork_network, arc):
    network = fork_network.network
    costs = arc_costs(WORLD, network, Shipment())
    arcs = np.array([arc(network, fork_network.road[0], fork_network.road[1])])
    bare = path_ranges(costs, arcs)
    part = Part("speed", "parameters", "local-speed-kmh-road-2019", "D", hours=10.0, usd=100.0, low=0.8, high=1.5)
    wider = path_ranges(costs, arcs, None, (DoorPart("move", "road", 50.0, "", (part,)),))
    assert wider.hours == pytest.approx(bare.hours + 10.0)
    assert wider.hours_high - wider.hours > bare.hours_high - bare.hours


def test_the_range_of_a_door_is_that_of_its_rows(fork_network):
    costs = arc_costs(WORLD, fork_network.network, Shipment())
    part = Part("wait", "terminal_times", "any", "B", hours=10.0, low=0.9, high=1.2)
    found = path_ranges(costs, np.empty(0, dtype=np.int64), None, (DoorPart("transfer", "rail", 0.0, "", (part,)),))
    assert (found.hours_low, found.hours_high) == pytest.approx((9.0, 12.0))


def test_an_empty_path_has_no_range(fork_network):
    costs = arc_costs(WORLD, fork_network.network, Shipment())
    found = path_ranges(costs, np.empty(0, dtype=np.int64))
    assert (found.hours, found.usd, found.hours_high) == (0.0, 0.0, 0.0)


@given(st.floats(1.0, 800.0), st.floats(1.0, 800.0), st.sampled_from(["DEU", "KAZ", "IND", "CHN"]))
def test_a_longer_haul_never_costs_less(one: float, other: float, area: str):
    near, far = sorted((one, other))
    short = door_costs(WORLD, Shipment(), area, rail(near, area))
    long = door_costs(WORLD, Shipment(), area, rail(far, area))
    for name in ("km", "usd", "kg_co2e"):
        assert sum(getattr(p, name) for p in short) <= sum(getattr(p, name) for p in long) + 1e-9
    assert sum(p.hours for p in short) <= sum(p.hours for p in long) + 1e-9


def test_the_ends_of_a_trip_differ():
    start = door_costs(WORLD, Shipment(), "DEU", rail(30.0), "origin")
    end = door_costs(WORLD, Shipment(), "DEU", rail(30.0), "destination")
    assert [part.kind for part in start] == ["handling", "move", "transfer"]
    assert [part.kind for part in end] == ["transfer", "move", "handling"]
    returned = [[part.factor for part in one.parts].count(RETURN) for one in (*start, *end)]
    assert returned == [0, 0, 0, 1, 0, 0]


def lorry(parameter: str, area: str) -> Value:
    return book(WORLD.facts, WORLD.day).get(parameter, mode="road", area=area)


def test_the_haul_pays_for_the_call_of_the_lorry_and_follows_the_roads():
    near = door_costs(WORLD, Shipment(), "DEU", rail(1.0))[1]
    far = door_costs(WORLD, Shipment(), "DEU", rail(300.0))[1]
    call, rate, told = (lorry(name, "DEU") for name in ("call_out_usd_lorry", "rate_usd_lorry_km", "rate_trip_km"))
    assert call.value < near.usd < 1.01 * call.value
    assert call.row in near.evidence
    assert far.km == pytest.approx(390.0)
    assert (far.usd - near.usd) / (far.km - near.km) == pytest.approx(rate.value - call.value / told.value)


def test_a_lorry_is_paid_for_its_call_once_on_each_run():
    """Half at each end: at a door on a road and at a change of mode; whole where it goes from the door to a station."""
    usd = lorry("call_out_usd_lorry", "DEU").value
    half = [
        part.usd
        for end in ("origin", "destination")
        for one in door_costs(WORLD, Shipment(), "DEU", Site("road", "DEU", 5.0), end)
        for part in one.parts
        if part.factor == CALL_OUT
    ]
    assert half == pytest.approx([usd / 2.0, usd / 2.0])
    whole = [part for one in door_costs(WORLD, Shipment(), "DEU", rail(5.0)) for part in one.parts]
    assert [part.usd for part in whole if part.factor == CALL_OUT] == pytest.approx([usd])


def test_a_part_load_pays_a_stop_and_stays_in_a_depot_at_each_end():
    """However little it is: a pallet from Rotterdam to Vienna cost 39 USD and took no longer than a full lorry."""
    one_book = book(WORLD.facts, WORLD.day)
    stop, stay = one_book.get("groupage_stop_usd", mode="road"), one_book.get("groupage_h", mode="road")
    ends = ("origin", "destination")
    for tonnes, expected in ((0.5, (2.0 * stop.value, stay.value)), (12.0, (0.0, 0.0))):
        parts = [
            part
            for end in ends
            for one in door_costs(WORLD, Shipment(tonnes=tonnes), "DEU", Site("road", "DEU", 5.0), end)
            for part in one.parts
        ]
        usd = sum(part.usd for part in parts if part.factor == "stop on a round")
        hours = sum(part.hours for part in parts if part.factor == "groupage")
        assert (usd, hours) == pytest.approx(expected)


def test_the_two_parts_of_a_tariff_come_to_the_rate_at_the_length_of_which_it_is_told():
    for area in ("DEU", "IRN", "IND", "TUR", "KAZ"):
        rate, told = lorry("rate_usd_lorry_km", area), lorry("rate_trip_km", area)
        trip = trip_of(book(WORLD.facts, WORLD.day), Shipment(), load_of(Shipment(), WORLD.facts))
        total = call_out(trip, area).usd + lorry_rate(trip, area)[1] * told.value
        assert total == pytest.approx(rate.value * told.value)


def test_driving_costs_something_in_every_area_of_every_year():
    rows = WORLD.facts.table("parameters").where(parameter="rate_usd_lorry_km")
    areas = {row["area"] for row in rows if row["area"]} | {"MNG", "SYR", "POL"}
    for year in (1991, 2000, 2010, 2020, 2021, 2024):
        one = book(WORLD.facts, date(year, 6, 1))
        trip = trip_of(one, Shipment(), load_of(Shipment(), WORLD.facts))
        for area in areas:
            rate, usd_km = lorry_rate(trip, area)
            assert usd_km > 0.4 * rate.value, (year, area)


def test_no_haul_where_the_node_is_the_place():
    assert [part.kind for part in door_costs(WORLD, Shipment(), "DEU", Site("road", "DEU", 0.0))] == ["handling"]


def test_every_part_of_a_door_stands_on_rows():
    for end in ("origin", "at", "destination"):
        for part in door_costs(WORLD, complete(Shipment(), WORLD.facts), "KAZ", rail(60.0, "KAZ"), end):
            assert part.evidence
            for table, row in part.evidence:
                assert row in WORLD.facts.table(table).by_id


@pytest.mark.parametrize(("mode", "port", "least_h"), [("rail", "", 24.0), ("sea", "hamburg", 72.0), ("air", "", 12.0)])
def test_a_trip_that_begins_without_road_waits_in_its_terminal_too(mode: str, port: str, least_h: float):
    for end in ("origin", "destination"):
        parts = door_costs(WORLD, Shipment(), "DEU", Site(mode, "DEU", 5.0, port), end)
        dwell = next(part for part in parts if part.kind == "transfer")
        if (mode, end) == ("air", "origin"):
            # What happens before a flight is counted with the flight.
            assert (dwell.hours, dwell.usd) == (0.0, 0.0)
            continue
        assert dwell.hours >= least_h
        assert dwell.usd > 0.0


@pytest.mark.parametrize(
    ("start", "goal", "paid"),
    [("UZB", "UZB", False), ("DEU", "POL", False), ("KAZ", "RUS", False), ("UZB", "KAZ", True), ("DEU", "CHN", True)],
)
def test_papers_of_an_export_are_paid_where_customs_lie_between(start: str, goal: str, paid: bool):
    shipment = Shipment(origin_area=start, destination_area=goal)
    found = door_costs(WORLD, shipment, start, Site("road", start, 5.0), "origin")
    assert any(part.factor == "papers" for one in found for part in one.parts) == paid
    assert found[0].note == ("loading and papers" if paid else "loading")


def test_loose_cargo_by_rail_is_loaded_at_its_siding():
    coal = route(WORLD, "Kemerovo", "Ust-Luga", cargo="coal", tonnes=3000.0, modes=("rail",), n=1).routes[0]
    assert not any(leg.mode == "road" and leg.kind == "move" for leg in coal.legs)
    box = route(WORLD, "Kemerovo", "Novosibirsk", modes=("rail",), n=1).routes[0]
    assert any(leg.mode == "road" and leg.kind == "move" for leg in box.legs)
