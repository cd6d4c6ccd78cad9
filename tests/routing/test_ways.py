"""What holds of every way that is shown or named: no turning back, a name that is true, the best of each measure."""

from __future__ import annotations

import itertools
import re
from functools import cache

import numpy as np
import pytest

from landbridge.geo import great_circle_km
from landbridge.routing import RouteQuestion, answer_route, route
from landbridge.routing.answer import Itinerary, Leg, RouteAnswer
from landbridge.routing.labels import SHIPS
from landbridge.routing.marks import marks
from landbridge.routing.naming import WORDS
from landbridge.routing.selection import worth_driving
from landbridge.routing.single import best_way
from landbridge.routing.thresholds import Thresholds, thresholds
from landbridge.world import World
from landbridge.world.places import resolve

APART = re.compile(r", (by .*|with \w+|[\d,]+ km)$")
"""What tells ways of one name apart, at the end of it."""

Question = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]


def asked(day: str, origin: str, destination: str, *modes: str, scenario: str = "") -> Question:
    return day, origin, destination, modes, (scenario,) if scenario else ()


QUESTIONS = [
    asked("2025-06-01", "Mumbai", "Moscow"),
    asked("2021-06-01", "Xi'an", "Duisburg"),
    asked("2023-06-01", "Xi'an", "Duisburg"),
    asked("2023-06-01", "Yerevan", "Moscow", "road", "sea", scenario="upper-lars-closed"),
    asked("2022-01-15", "Tehran", "Constanta"),
    asked("2022-06-01", "Islamabad", "Istanbul"),
    asked("2022-06-01", "Islamabad", "Istanbul", "road", "sea"),
    asked("2025-06-01", "Tashkent", "Kabul"),
    asked("2025-06-01", "Almaty", "Moscow"),
    asked("2025-06-01", "Almaty", "Moscow", "road"),
    asked("2025-06-01", "Kashgar", "Tashkent"),
    asked("2024-02-01", "Shanghai", "Rotterdam"),
    asked("2026-04-01", "Dammam", "Rotterdam"),
    asked("2021-10-01", "Baku", "Nakhchivan"),
    asked("2024-06-01", "Helsinki", "St Petersburg", "road"),
    asked("2023-06-01", "Istanbul", "Almaty"),
    asked("2023-06-01", "Karachi", "Tashkent"),
    asked("2023-06-01", "Chongqing", "Hamburg"),
    asked("2023-06-01", "Jebel Ali", "Tbilisi"),
    asked("2023-06-01", "Mersin", "Erbil"),
    asked("2023-06-01", "Ulaanbaatar", "Tianjin"),
    asked("2023-06-01", "Odesa", "Warsaw"),
    asked("2023-06-01", "Novosibirsk", "Busan"),
    asked("2023-06-01", "Ashgabat", "Poti"),
    asked("2024-06-01", "Dushanbe", "Bandar Abbas"),
]
LIMITS = thresholds(World.at("2025-06-01").facts)


@cache
def world(day: str, scenarios: tuple[str, ...] = ()) -> World:
    found = World.at(day)
    return found.apply(*scenarios) if scenarios else found


@cache
def answer(question: Question) -> RouteAnswer:
    day, origin, destination, modes, scenarios = question
    return route(world(day, scenarios), origin, destination, modes=modes, n=12)


def named(question: Question) -> tuple[Itinerary, ...]:
    found = answer(question)
    assert found.routes
    return (*found.routes, *found.others)


def every(questions: list[Question]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("question", questions, ids=lambda one: f"{one[1]}-{one[2]}-{one[0]}")


@every(QUESTIONS)
def test_no_way_turns_back(question: Question) -> None:
    for one in named(question):
        if set(one.best_for):
            continue
        posts = [row for row, *_ in one.crossings]
        assert len(posts) == len(set(posts)), f"{one.label} passes a post twice: {posts}"
        ferries = [leg.ref for leg in one.legs if leg.kind == "move" and leg.ref and leg.ref[0] == "ferries"]
        assert len(ferries) == len(set(ferries)), one.label
        straits = [row for row, _ in itertools.groupby(row for row, _ in one.passages)]
        assert len(straits) == len(set(straits)), f"{one.label} passes a strait twice: {straits}"


@every(QUESTIONS)
def test_no_way_is_a_detour_that_avoids_nothing(question: Question) -> None:
    some = named(question)
    seen = marks(world(question[0], question[4]), some)
    assert worth_driving(some, seen, LIMITS, [True] * len(some)) == tuple(range(len(some)))


def modes_of(legs: tuple[Leg, ...]) -> dict[str, float]:
    km: dict[str, float] = {}
    for leg in legs:
        if leg.kind in {"move", "passage", "crossing"}:
            km[leg.mode] = km.get(leg.mode, 0.0) + leg.km
    crossed = {leg.mode for leg in legs if leg.kind == "crossing"}
    return {mode: length for mode, length in km.items() if length > 0.0 or mode in crossed}


def corridors() -> set[str]:
    return {row["name"] for row in World.at("2025-06-01").facts.table("corridors").rows}


@every(QUESTIONS)
def test_a_name_agrees_with_the_legs(question: Question) -> None:
    facts = world(question[0], question[4]).facts
    for one in named(question):
        km = modes_of(one.legs)
        name = next((name for name in sorted(corridors(), key=len, reverse=True) if one.label.startswith(name)), None)
        if name is not None:
            promised = {WORDS[word] for word in re.findall(r"\w+", name) if word in WORDS}
            least = LIMITS.told_mode_share * one.km * 0.98
            assert all(km.get(mode, 0.0) >= least for mode in promised), f"{one.label}: {km}"
            assert ("Suez" in name) <= ("suez" in dict(one.passages)), one.label
            assert ("Cape" in name) <= ("cape" in dict(one.passages)), one.label
            continue
        told, _, marked = APART.sub("", one.label).partition(" via ")
        said = set(re.findall(r"rail|road|sea|river|air", told.casefold()))
        assert said <= km.keys(), f"{one.label}: {km}"
        assert {max(km, key=lambda mode: km[mode])} <= said, f"{one.label}: {km}"
        assert {leg.mode for leg in one.legs if leg.kind == "crossing"} <= said, (
            f"{one.label} crosses borders otherwise"
        )
        for mode, length in km.items():
            assert mode in said or length < limit_of(mode, LIMITS), f"{one.label} hides {length:.0f} km by {mode}"
        passed = {facts.row("passages", row)["name"] for row, _ in one.passages}
        areas = {facts.row("areas", area)["name"] for area in one.areas}
        for mark in marked.split(" and ") if marked else ():
            assert any(mark in spot for spot in passed | areas), f"{one.label}: {mark} is not passed"


def limit_of(mode: str, limits: Thresholds) -> float:
    return limits.told_ship_km if mode in SHIPS else limits.told_km


@every(QUESTIONS[:15])
def test_the_fastest_way_asked_for_alone_is_the_one_named_best_for_hours(
    question: Question,
) -> None:
    day, origin, destination, modes, scenarios = question
    alone = route(world(day, scenarios), origin, destination, modes=modes, objective="hours", n=1).routes[0]
    found = answer(question)
    best = [one.hours for one in named(question) if "hours" in one.best_for]
    assert len(best) == 1
    left = [one.route.hours for one in found.left_out if one.objective == "hours"]
    assert min(best + left) == pytest.approx(alone.hours, rel=2 * LIMITS.equal_share)
    assert bool(left) == ("air" in alone.modes), "what is left out on purpose is told"


@pytest.mark.parametrize("objective", ["usd", "kg_co2e"])
@every(QUESTIONS[:5])
def test_the_cheapest_and_the_cleanest_way_are_named_too(question: Question, objective: str) -> None:
    day, origin, destination, modes, scenarios = question
    alone = route(world(day, scenarios), origin, destination, modes=modes, objective=objective, n=1).routes[0]
    best = [getattr(one, objective) for one in named(question) if objective in one.best_for]
    assert best == [pytest.approx(getattr(alone, objective), rel=2 * LIMITS.equal_share)]


def test_what_is_left_out_is_told_as_data() -> None:
    told = answer(QUESTIONS[0]).to_dict()["left_out"]
    assert [(one["objective"], "air" in one["modes"]) for one in told] == [("hours", True)]
    assert all(one["reason"] and one["hours"] > 0.0 and one["usd"] > 0.0 for one in told)


def test_round_the_cape_for_those_who_avoid_the_red_sea() -> None:
    assert any("cape" in dict(one.passages) for one in named(QUESTIONS[0]))


def test_almaty_to_moscow_never_leaves_the_two_states() -> None:
    for question in (QUESTIONS[8], QUESTIONS[9]):
        assert all(set(one.areas) <= {"KAZ", "RUS"} for one in named(question))


VIA = [
    ("2023-06-01", "Xi'an", "Duisburg", ("Aktau", "Poti"), ()),
    ("2023-06-01", "Tashkent", "Istanbul", ("Aktau", "Poti"), ()),
    ("2025-06-01", "Mumbai", "Moscow", ("Chabahar",), ()),
    ("2025-06-01", "Mumbai", "Moscow", ("Bandar Abbas", "Baku"), ()),
    ("2023-06-01", "Almaty", "Istanbul", ("Mersin",), ()),
    ("2023-06-01", "Tashkent", "Hamburg", ("Klaipeda",), ()),
    ("2023-06-01", "Baku", "Constanta", ("Batumi",), ()),
    ("2025-06-01", "Almaty", "Moscow", ("Karaganda",), ()),
    ("2023-06-01", "Shanghai", "Rotterdam", ("LKCMB",), ("sea",)),
    ("2023-06-01", "Ashgabat", "Tbilisi", ("Turkmenbashi",), ()),
]


@pytest.mark.parametrize(("day", "origin", "destination", "via", "modes"), VIA, ids=str)
def test_via_a_port_is_a_call_and_the_way_does_not_turn_round(
    day: str, origin: str, destination: str, via: tuple[str, ...], modes: tuple[str, ...]
) -> None:
    found = route(world(day), origin, destination, via=via, modes=modes, n=4)
    assert found.routes or (found.no_route is not None and found.no_route.reason)
    on_board = any("on board" in note for note in found.notes)
    costs = [one.generalised_usd for one in found.routes]
    assert costs == sorted(costs)
    for one in found.routes:
        posts = [row for row, *_ in one.crossings]
        assert len(posts) == len(set(posts))
        if on_board:
            continue
        for stop in via:
            place = resolve(stop, world(day).facts, world(day))
            near = [leg for leg in one.legs if passes(leg, place.lat, place.lon)]
            assert near, f"{one.label} does not come to {stop}"
            ashore = [leg for leg in near if leg.mode not in SHIPS or leg.kind == "transfer"]
            assert ashore, f"{one.label} sails past {stop}"


def passes(leg: Leg, lat: float, lon: float) -> bool:
    """Whether a leg comes as near to a place as what stands for it."""
    points = np.array(leg.points, dtype=np.float64).reshape(-1, 2)
    return bool(np.any(great_circle_km(points[:, 0], points[:, 1], lat, lon) <= LIMITS.place_km))


def test_a_ship_that_only_calls_says_so() -> None:
    found = route(world("2023-06-01"), "Shanghai", "Rotterdam", via=("LKCMB",), modes=("sea",), n=1)
    assert any("on board" in note for note in found.notes)


@pytest.mark.parametrize("via", [("mundra",), ("mundra", "jeddah"), ("mundra", "suez"), ("jeddah", "ambarli")])
def test_a_ship_leaves_a_port_by_the_water_it_came_by(via: tuple[str, ...]) -> None:
    direct = route(world("2023-06-01"), "Nhava Sheva", "Novorossiysk", modes=("sea",), n=1).routes[0]
    called = route(world("2023-06-01"), "Nhava Sheva", "Novorossiysk", via=via, modes=("sea",), n=1).routes[0]
    assert direct.hours <= called.hours < 1.1 * direct.hours
    facts = world("2023-06-01").facts
    ports = [facts.row("ports", one) for one in via if one in facts.table("ports").by_id]
    assert all(any(passes(leg, port["lat"], port["lon"]) for leg in called.legs) for port in ports)


def test_a_call_at_a_port_excuses_no_way_by_land_and_back() -> None:
    found = route(world("2025-06-01"), "Almaty", "Tashkent", via=("novorossiysk",), modes=("rail",), n=1)
    assert not found.routes
    assert found.no_route is not None
    assert "turns back" in found.no_route.reason


def test_a_way_that_can_only_turn_back_is_refused_with_a_reason() -> None:
    found = route(world("2025-06-01"), "Almaty", "Moscow", via=("Murmansk",), modes=("rail",), n=1)
    assert not found.routes
    assert found.no_route is not None
    assert "turns back" in found.no_route.reason


def test_a_town_beside_the_road_is_called_at_and_left_by_the_road_it_was_reached_by():
    answer = route(World.at("2019-06-01"), "40.41,49.87", "41.33,45.07", modes=("road",), via=("40.68,46.36",), n=1)
    assert answer.answered
    assert 480.0 < answer.routes[0].km < 560.0


def test_who_asks_for_the_least_co2e_gets_it_though_a_way_all_but_as_clean_costs_much_less() -> None:
    question = RouteQuestion("Mumbai", "Moscow", objective="kg_co2e", n=1)
    (told,) = answer_route(World.at("2025-06-01"), question).routes
    searched = best_way(World.at("2025-06-01"), question)
    assert isinstance(searched, Itinerary)
    assert told.kg_co2e == pytest.approx(searched.kg_co2e)


def test_no_leg_takes_less_than_no_time_where_drivers_rest_in_the_wait_for_a_ferry() -> None:
    # Lorries waited so long at Kerch that a whole daily rest fell into it.
    (way,) = route(World.at("2015-06-01"), "Krasnodar", "Simferopol", tonnes=20, n=1).routes
    assert any("ferry" in leg.note for leg in way.legs)
    assert all(leg.hours >= 0.0 for leg in way.legs)
    assert sum(leg.hours for leg in way.legs) == pytest.approx(way.hours)


@pytest.mark.parametrize(("cargo", "told"), [("crude_oil", True), ("oil_products", False), ("grain", False)])
def test_what_goes_by_pipeline_is_told_where_no_way_is_one(cargo: str, told: bool) -> None:
    answer = route(world("2024-06-01"), "Baku", "Ceyhan", cargo=cargo, tonnes=1000.0, n=1)
    assert any("pipeline" in note for note in answer.notes) == told
