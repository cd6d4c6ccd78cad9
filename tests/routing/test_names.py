"""Which ways bear the name of a corridor: its own, for a good part of the trip, through no foreign area."""

from __future__ import annotations

import pytest

from landbridge.facts import load
from landbridge.routing import route
from landbridge.routing.answer import Itinerary, Leg, RouteAnswer
from landbridge.routing.corridors import corridor_merits
from landbridge.routing.thresholds import thresholds
from landbridge.routing.unnamed import named
from landbridge.world import World

SIBERIA = "Trans-Siberian land bridge from the Far East ports"


def all_ways(answer: RouteAnswer) -> tuple[Itinerary, ...]:
    return (*answer.routes, *answer.others)


@pytest.fixture(scope="module")
def from_busan() -> RouteAnswer:
    return route(World.at("2023-06-01"), "Busan", "Moscow")


@pytest.fixture(scope="module")
def from_yerevan() -> RouteAnswer:
    return route(World.at("2025-06-01"), "Yerevan", "Moscow", modes=("road",))


def test_the_way_of_a_corridor_passes_no_area_that_is_not_its_own(from_busan: RouteAnswer) -> None:
    (siberia,) = (way for way in from_busan.routes if way.label.startswith(SIBERIA))
    assert siberia.areas == ("KOR", "RUS")


def test_a_corridor_that_is_a_small_part_of_a_trip_does_not_name_it(from_busan: RouteAnswer) -> None:
    # Uzen - Gorgan is a tenth of a way from Korea by the Gulf of Persia; Kermanshah - Baghdad of one to Moscow.
    assert not [way.label for way in all_ways(from_busan) if "Turkmenistan-Iran railway" in way.label]
    asked = {"modes": ("road",), "avoid": ("GEO", "TUR")}
    south = route(World.at("2023-06-01"), "Yerevan", "Baghdad", **asked)
    assert all("corridor" not in way.label for way in all_ways(south))


def test_by_sea_from_the_gulf_to_the_rhine_is_no_corridor_of_central_asia() -> None:
    answer = route(World.at("2023-06-01"), "Xi'an", "Duisburg")
    for way in all_ways(answer):
        at_sea = sum(leg.km for leg in way.legs if leg.mode == "sea")
        assert "Ashgabat" not in way.label or at_sea < 0.5 * way.km


def test_what_keeps_out_of_an_area_is_the_cheapest_that_does(from_yerevan: RouteAnswer) -> None:
    (out,) = (way for way in from_yerevan.routes if "GEO" not in way.areas)
    assert "IRQ" not in out.areas
    forced = route(World.at("2025-06-01"), "Yerevan", "Moscow", modes=("road",), avoid=("GEO",), n=1).routes[0]
    assert out.generalised_usd == pytest.approx(forced.generalised_usd, rel=0.01)


def test_a_corridor_that_lies_aside_has_no_merit_of_its_own() -> None:
    world = World.at("2025-06-01")
    answer = route(world, "Mumbai", "Moscow", n=12)
    limits = thresholds(load())
    shortest = min(way.km for way in answer.routes)
    assert not any(way.km > limits.aside_km_times * shortest and "corridor" in way.label for way in answer.routes[:5])
    assert corridor_merits(world, (), (), 0.0) == {}


def test_the_way_by_the_port_beside_is_found_where_the_one_named_is_off_the_way() -> None:
    answer = route(World.at("2022-01-15"), "Tehran", "Constanta", n=8)
    assert any(
        {"AZE", "GEO"} <= set(way.areas) and any(row[0].startswith("AZE-IRN-astara") for row in way.crossings)
        for way in answer.routes
    )


def test_a_corridor_whose_ferry_takes_no_boxes_is_followed_by_ships_between_its_quays() -> None:
    answer = route(World.at("2025-06-01"), "Mumbai", "Moscow", n=12)
    (caspian,) = (way for way in answer.routes if way.label == "INSTC, trans-Caspian branch")
    refs = {leg.ref for leg in caspian.legs}
    assert {("ports", "bandar-anzali"), ("passages", "astrakhan-vkmk"), ("ports", "astrakhan")} <= refs
    assert ("ferries", "astrakhan-anzali") not in refs
    # A lorry brings the boxes to the port: by rail they would stand two days for some fifty kilometres.
    assert "rail" not in {leg.mode for leg in caspian.legs[: [leg.mode for leg in caspian.legs].index("sea")]}


@pytest.mark.parametrize(
    ("day", "ends", "branches"),
    [
        ("2025-06-01", ("Mumbai", "Moscow"), ("INSTC, western", "INSTC, eastern", "INSTC, trans-Caspian")),
        ("2023-06-01", ("Xi'an", "Duisburg"), ("Middle Corridor by Aktau", "Northern corridor by")),
    ],
)
def test_the_best_way_of_a_named_corridor_bears_its_name(
    day: str, ends: tuple[str, str], branches: tuple[str, ...]
) -> None:
    labels = [way.label for way in all_ways(route(World.at(day), *ends))]
    assert all(any(label.startswith(branch) for label in labels) for branch in branches), labels


@pytest.mark.parametrize(
    ("ends", "modes"),
    [(("Rotterdam", "St Petersburg, RUS"), ("sea",)), (("Chittagong", "Singapore"), ()), (("Yerevan", "Moscow"), ())],
)
def test_no_two_ways_of_an_answer_bear_one_name(ends: tuple[str, str], modes: tuple[str, ...]) -> None:
    labels = [way.label for way in all_ways(route(World.at("2024-06-01"), *ends, modes=modes))]
    assert len(set(labels)) == len(labels)


def test_a_place_at_sea_is_told_by_what_lies_near_whatever_the_last_quay() -> None:
    sailing = Leg("move", "sea", "Chornomorsk", "41.24, 29.13", ("UKR",), 595.0, 26.0, 264.0, 129.0)
    waiting = Leg("wait", "sea", "41.24, 29.13", "Bosphorus", (), 0.0, 84.0, 0.0, 0.0)
    first, second = named(load(), (sailing, waiting))
    assert first.end == second.start
    assert first.end.endswith(", TUR")


def test_two_ways_by_the_same_posts_and_ports_are_told_apart_by_where_they_change_mode() -> None:
    labels = [way.label for way in all_ways(route(World.at("2023-06-01"), "Yerevan", "Moscow"))]
    assert len(set(labels)) == len(labels)
    told = [label for label in labels if ", by " in label]
    assert told
    plain = [label.partition(", by ")[0] for label in labels]
    assert all(plain.count(label.partition(", by ")[0]) > 1 for label in told)


@pytest.mark.parametrize(
    ("lat", "lon", "area", "told"),
    [
        (59.923, 30.3, "RUS", "Saint Petersburg, RUS"),
        (55.759, 37.558, "RUS", "Moscow, RUS"),
        (55.889, 37.44, "RUS", "Khimki, RUS"),
    ],
)
def test_a_part_of_a_city_is_told_by_the_city(lat: float, lon: float, area: str, told: str) -> None:
    leg = Leg("move", "road", "A", f"{lat:.2f}, {lon:.2f}", (area,), 5.0, 1.0, 0.0, 0.0)
    assert named(load(), (leg,))[0].end == told


def test_a_way_that_leaves_a_corridor_long_before_its_end_does_not_bear_its_name() -> None:
    """Lapis Lazuli leads to Georgia and Turkiye: what goes from Baku on to Russia is no way along it."""
    world = World.at("2024-06-01")
    assert not [way.label for way in all_ways(route(world, "Kabul", "Moscow")) if way.label.startswith("Lapis")]
    assert [way.label for way in all_ways(route(world, "Andkhoy", "Poti")) if way.label.startswith("Lapis")]
    # A ship from Bandar Abbas to India leaves out the last short piece to Sohar.
    assert [way.label for way in all_ways(route(world, "Tashkent", "Mumbai")) if way.label.startswith("Ashgabat")]
