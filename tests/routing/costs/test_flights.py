"""Flights go straight or round what is closed to the aircraft that may fly them."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.geo import great_circle_km
from landbridge.network import MODES, load
from landbridge.routing import route
from landbridge.routing.costs.flights import closed_to, detour, flights
from landbridge.world import Trip, World, parse_scenario, resolve


def flown(day: str, start: str, goal: str, carrier: str | None = None, scenario: str = ""):
    """The longest flight of the best way by air."""
    world = World.at(day)
    if scenario:
        world = world.apply(parse_scenario(f"name: shut\nevents:\n  - {scenario}\n"))
    legs = route(world, start, goal, modes=("air",), n=1, carrier=carrier).routes[0].legs
    return max((leg for leg in legs if (leg.kind, leg.mode) == ("move", "air")), key=lambda leg: leg.km)


# Who is kept out of what on a day, by the rows of the measures: the aircraft, the ends, and how much farther they fly.
ROUND = [
    ("2022-04-01", "Helsinki", "Tokyo", "FIN", "air22-rus-r", (1.4, 1.7)),
    ("2022-04-01", "Frankfurt", "Seoul", "DEU", "air22-rus-r", (1.1, 1.25)),
    ("2022-04-01", "Frankfurt", "Seoul", "KOR", "air22-kr-r-own", (1.1, 1.25)),
    ("2025-06-05", "Delhi", "Frankfurt", "IND", "ind-pak-air25-r-pak", (1.05, 1.2)),
    ("2023-01-01", "Minsk", "Istanbul", "BLR", "air22-ukr-r", (1.3, 2.2)),
    ("2016-01-01", "Tel Aviv", "Mumbai", None, "sau-isr-r-air", (1.4, 1.8)),
]


@pytest.mark.parametrize(("day", "start", "goal", "carrier", "row", "times"), ROUND)
def test_aircraft_go_round_what_is_closed_to_them(day, start, goal, carrier, row, times):
    leg = flown(day, start, goal, carrier)
    assert row in {one for _, one in leg.evidence}
    assert "round the airspace of" in leg.note
    assert len(leg.points) > 2
    lat, lon = np.array(leg.points)[[0, -1]].T
    assert times[0] < leg.km / great_circle_km(lat[0], lon[0], lat[1], lon[1]) < times[1]


@pytest.mark.parametrize(
    ("day", "start", "goal", "carrier"),
    [
        ("2022-04-01", "Amsterdam", "Beijing", "CHN"),  # Chinese lines went on crossing Russia
        ("2022-04-01", "Dubai", "Moscow", None),
        ("2021-06-01", "Helsinki", "Tokyo", "FIN"),
        ("2021-06-01", "Delhi", "Frankfurt", "IND"),
    ],
)
def test_who_is_kept_out_of_nothing_on_the_way_flies_straight(day, start, goal, carrier):
    leg = flown(day, start, goal, carrier)
    assert "round the airspace" not in leg.note
    assert len(leg.points) == 2


def test_of_two_ends_that_side_flies_whose_way_is_shorter():
    either = flown("2022-04-01", "Amsterdam", "Beijing")
    assert either.km == flown("2022-04-01", "Amsterdam", "Beijing", "CHN").km
    assert either.km < 0.9 * flown("2022-04-01", "Amsterdam", "Beijing", "NLD").km


def test_a_scenario_that_closes_an_area_to_flights_closes_its_airspace():
    before = flown("2024-06-01", "Istanbul", "Mumbai")
    after = flown("2024-06-01", "Istanbul", "Mumbai", scenario="{kind: close, subject: 'area:IRN', modes: air}")
    assert after.km > before.km
    assert "Iran" in after.note


def test_the_lengths_are_the_same_both_ways_and_never_shorter_than_straight():
    network = load()
    rules = resolve(World.at("2023-06-01"), Trip("DEU", "JPN"))
    found = flights(network, rules, None)
    assert found is not None
    assert (found.times > 1.0).all()
    assert (network.mode[found.longer] == MODES.index("air")).all()
    times = dict(zip(found.longer.tolist(), found.times.tolist(), strict=True))
    assert all(times[int(network.twin[arc])] == pytest.approx(some) for arc, some in times.items())
    assert not np.intersect1d(found.longer, found.barred).size
    some = detour(network, rules, None, int(found.longer[0]))
    assert some is not None
    assert set(some.areas) <= closed_to(rules, some.carrier)
    assert some.rows


def test_nothing_is_closed_in_a_quiet_year():
    rules = resolve(World.at("2010-06-01"), Trip("DEU", "JPN"))
    found = flights(load(), rules, "DEU")
    assert found is None or not found.barred.size
