"""A box that lands on another lane than that of its trip pays what that lane asks, where it asks more."""

from __future__ import annotations

from datetime import date

import pytest

from landbridge.facts import load
from landbridge.routing import route
from landbridge.routing.costs import complete, load_of
from landbridge.routing.costs.landed import LANE_KM, LINER, landed_apart
from landbridge.routing.costs.moves import move_group, trip_of
from landbridge.routing.costs.parts import OTHER_LANE, RATE
from landbridge.routing.costs.ports import port_area
from landbridge.routing.costs.terminals import Change, transfer_group
from landbridge.routing.costs.values import book
from landbridge.routing.shipment import Shipment
from landbridge.world import World
from tests.routing.costs.test_water import amount, setting

FACTS = load()
DAY = "2025-06-01"


def sea_usd(origin: str, destination: str, port: str, lane: str, day: str = DAY) -> float:
    """What a box pays from its origin to a port, over the length of the lane that leads there."""
    shipment = Shipment(teu=2.0, origin_area=origin, destination_area=destination)
    world, rules, trip = setting(day, shipment)
    km = trip.book.get(LANE_KM, mode="sea", product=LINER, lanes=(lane,)).value
    move = move_group(trip, "sea", "")
    rate = sum(part.usd_km for part in move.parts if part.factor not in {"co2e", "container hire"})
    group = transfer_group(world, rules, trip, Change("sea", "rail", port_area(FACTS, port), port))
    return rate * km + amount(group, OTHER_LANE)


@pytest.mark.parametrize(
    ("destination", "port", "lane"),
    [
        ("TUR", "umm-qasr", "east_asia>gulf"),
        ("UZB", "bandar-abbas-shahid-rajaee", "east_asia>gulf"),
        ("AZE", "poti", "east_asia>mediterranean"),
        ("RUS", "jebel-ali", "east_asia>gulf"),
    ],
)
def test_the_sea_to_a_port_on_the_way_costs_what_its_own_lane_asks(destination: str, port: str, lane: str) -> None:
    there = port_area(FACTS, port)
    assert sea_usd("CHN", destination, port, lane) == pytest.approx(sea_usd("CHN", there, port, lane), rel=1e-9)


@pytest.mark.parametrize(
    ("origin", "destination", "port"),
    [
        ("CHN", "DEU", "constanta"),  # both on the lane to Europe: a box from Poti has not sailed it
        ("CHN", "TUR", "piraeus"),
        ("DEU", "KAZ", "qingdao"),  # boxes go back to East Asia for less
        ("KAZ", "TUR", "poti"),  # no lane leads from the steppe
        ("CHN", "KAZ", "aktau"),  # the Caspian is no sea of these lanes
        ("IND", "RUS", "bandar-abbas-shahid-rajaee"),  # no length of the lane is told
    ],
)
def test_a_port_on_no_dearer_lane_asks_nothing_more(origin: str, destination: str, port: str) -> None:
    world, rules, trip = setting(DAY, Shipment(origin_area=origin, destination_area=destination))
    for change in (("sea", "rail"), ("rail", "sea")):
        group = transfer_group(world, rules, trip, Change(*change, port_area(FACTS, port), port))
        assert amount(group, OTHER_LANE) == 0.0


def test_goods_that_go_in_no_box_sail_no_lane_of_boxes() -> None:
    some = Shipment(cargo="grain", origin_area="CHN", destination_area="TUR")
    assert not landed_apart(some, FACTS, date(2025, 6, 1))
    assert not landed_apart(Shipment(origin_area="CHN"), FACTS, date(2025, 6, 1))


@pytest.mark.parametrize("day", ["2021-09-01", "2023-06-01", "2025-06-01"])
def test_no_port_is_cheaper_for_goods_that_go_on(day: str) -> None:
    """Whatever the lanes ask, a port on the way asks no less than nothing."""
    for start, goal in (("CHN", "TUR"), ("CHN", "UZB"), ("RUS", "JPN"), ("UZB", "VNM"), ("KOR", "AZE")):
        found = landed_apart(Shipment(origin_area=start, destination_area=goal), FACTS, date.fromisoformat(day))
        assert all(usd > 0.0 for usd, _ in found.values())


def test_a_rate_for_a_kilometre_is_that_of_the_trip() -> None:
    """What another lane asks more is paid at its port alone: the sea itself has one price for a trip."""
    done = complete(Shipment(origin_area="CHN", destination_area="TUR"), FACTS)
    on = book(FACTS, date(2025, 6, 1))
    trip = trip_of(on, done, load_of(done, FACTS))
    paid = next(part for part in move_group(trip, "sea", "").parts if part.factor == RATE)
    assert paid.id == "rate-usd-teu-km-sea-container-ship-east-asia-mediterranean-2025-4"


def test_boxes_for_istanbul_do_not_land_in_iraq_for_its_price() -> None:
    """In June 2025 a box from Shanghai to the Gulf paid as much as one to the Mediterranean round Africa."""
    first = route(World.at(DAY), "Shanghai", "Istanbul").routes[0]
    assert set(first.modes) == {"road", "sea"}
    assert "IRQ" not in first.areas
