"""Trips by barge and by ships of rivers: where they sail, when ice shuts them, what a change of ships costs."""

from __future__ import annotations

from functools import cache

import pytest

from landbridge.routing import route
from landbridge.world import World

JULY, JANUARY = "2025-07-01", "2025-01-15"


@cache
def world(day: str) -> World:
    return World.at(day)


def by_river(start: str, goal: str, day: str = JULY, **asked):
    return route(world(day), start, goal, modes=("river",), n=1, **asked)


BULK = [
    ("Rotterdam", "Duisburg", "coal", 3000.0, 235),
    ("Antwerp", "Strasbourg", "iron_ore", 3000.0, 754),
    ("Constanta", "Vienna", "grain", 1500.0, 1684),
    ("Linz", "Rotterdam", "steel", 1500.0, 1353),
    ("Astrakhan", "Samara", "grain", 3000.0, 1304),
    ("Volgograd", "Nizhny Novgorod", "grain", 3000.0, 1653),
]
"""Kilometres of the rivers between the ports."""


@pytest.mark.parametrize(("start", "goal", "cargo", "tonnes", "km"), BULK)
def test_loose_cargo_goes_by_river_between_its_ports(start: str, goal: str, cargo: str, tonnes: float, km: float):
    (way,) = by_river(start, goal, cargo=cargo, tonnes=tonnes).routes
    assert "river" in way.modes
    assert sum(leg.km for leg in way.legs if leg.mode == "river" and leg.kind != "transfer") == pytest.approx(km, abs=2)
    assert way.areas[0] != "" != way.areas[-1]
    assert "road" not in way.modes, "loose cargo lies at the quay"


def test_it_is_among_the_ways_that_are_told_without_asking_for_it():
    ways = route(world(JULY), "Rotterdam", "Duisburg", cargo="coal", tonnes=3000.0).routes
    assert any("river" in way.modes for way in ways)


@pytest.mark.parametrize(
    ("start", "goal", "shut"),
    [
        ("Astrakhan", "Volgograd", {"volga-lower"}),
        ("Volgograd", "Samara", {"volga-middle"}),
        ("Samara", "Yaroslavl", {"volga-upper"}),
        ("Astrakhan", "Samara", {"volga-lower", "volga-middle"}),
    ],
)
def test_ice_shuts_the_volga_in_winter(start: str, goal: str, shut: set[str]):
    assert by_river(start, goal, cargo="grain", tonnes=3000.0).routes
    none = by_river(start, goal, JANUARY, cargo="grain", tonnes=3000.0).no_route
    assert {row["subject"] for row in none.opens_with} == shut
    assert {row["table"] for row in none.opens_with} == {"seasons"}


@pytest.mark.parametrize(
    ("start", "goal"), [("Rotterdam", "Duisburg"), ("Antwerp", "Basel"), ("Duisburg", "Strasbourg")]
)
def test_boxes_go_by_barge_where_lines_sail(start: str, goal: str):
    (way,) = by_river(start, goal, teu=20.0).routes
    assert "river" in way.modes


@pytest.mark.parametrize(
    ("start", "goal", "row"),
    [
        ("Constanta", "Vienna", "danube-upper"),
        ("Rotterdam", "Nuremberg", "main-and-canal"),
        ("Astrakhan", "Samara", "volga-middle"),
        ("Samara", "Kazan", "volga-upper-and-baltic"),
    ],
)
def test_boxes_do_not_go_where_no_line_sails(start: str, goal: str, row: str):
    none = by_river(start, goal, teu=20.0).no_route
    assert row in {one["id"] for one in none.blocked_by if one["table"] == "waterways"}


@pytest.mark.parametrize(
    ("start", "goal", "asked"),
    [
        ("Port Hedland", "Duisburg", {"cargo": "iron_ore", "tonnes": 3000.0}),
        ("Odesa", "Linz", {"cargo": "grain", "tonnes": 1500.0}),
        ("Shanghai", "Basel", {"teu": 20.0}),
        ("Duisburg", "New York", {"teu": 20.0}),
    ],
)
def test_a_ship_of_the_sea_gives_way_to_a_barge_over_a_quay(start: str, goal: str, asked: dict[str, object]):
    (way,) = route(world("2023-06-01"), start, goal, modes=("sea", "river"), n=1, **asked).routes
    changes = [leg for leg in way.legs if leg.kind == "transfer" and {*leg.note.split()[:3:2]} == {"sea", "river"}]
    assert len(changes) == 1
    assert changes[0].hours > 24.0
    assert changes[0].usd > 0.0
