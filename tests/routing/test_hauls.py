"""Short hauls between a door and the road are part of what the same lorry does next."""

from __future__ import annotations

from itertools import pairwise

import pytest

from landbridge.routing import route
from landbridge.routing.answer import Itinerary, Leg
from landbridge.routing.itinerary import SHORT_HAUL_KM, driven_on
from landbridge.world import World

AMOUNTS = ("km", "hours", "usd", "kg_co2e", "variance_h2")


def leg(kind: str, mode: str, km: float, row: str = "a") -> Leg:
    return Leg(kind, mode, f"before {km}", f"after {km}", ("ARM",), km, km / 50.0, 2.0 * km + 1.0, km, 0.1,
               note=f"{kind} {km}", evidence=(("parameters", row),))  # fmt: skip


LOADED, UNLOADED = leg("handling", "road", 0.0), leg("handling", "road", 0.0)
ROAD, RAIL = leg("move", "road", 180.0, "b"), leg("move", "rail", 500.0)


def sums(legs) -> list[float]:
    return [sum(getattr(one, name) for one in legs) for name in AMOUNTS]


def test_short_hauls_at_both_doors_are_part_of_one_road():
    some = (LOADED, leg("move", "road", 0.3), ROAD, leg("move", "road", 0.4), UNLOADED)
    found, sooner = driven_on(some, 2, 2)
    assert [one.kind for one in found] == ["handling", "move", "handling"]
    assert sooner == 1
    assert (found[1].start, found[1].end, found[1].note) == ("before 0.3", "after 0.4", ROAD.note)
    assert found[1].evidence == (("parameters", "a"), ("parameters", "b"))
    assert sums(found) == pytest.approx(sums(some))


@pytest.mark.parametrize(
    ("haul", "inner"),
    [
        (leg("move", "road", 2.0), ROAD),
        (leg("move", "road", 0.3), RAIL),
        (leg("transfer", "rail", 0.3), RAIL),
        (leg("transfer", "rail", 0.3), leg("transfer", "rail", 0.3)),
        (leg("move", "road", 0.3), leg("crossing", "road", 0.2)),
    ],
)
def test_longer_hauls_and_those_to_a_terminal_or_a_border_stay_legs(haul: Leg, inner: Leg):
    some = (LOADED, haul, inner, haul, UNLOADED)
    assert driven_on(some, 2, 2) == (some, 0)


def test_a_short_haul_to_a_terminal_beside_the_road_is_part_of_the_change_of_mode():
    into, out = leg("transfer", "rail", 0.3), leg("transfer", "road", 0.25)
    some = (LOADED, leg("move", "road", 0.1), into, RAIL, out, leg("move", "road", 0.2), UNLOADED)
    found, sooner = driven_on(some, 2, 2)
    assert [one.kind for one in found] == ["handling", "transfer", "move", "transfer", "handling"]
    assert sooner == 1
    assert [one.note for one in (found[1], found[3])] == [into.note, out.note]
    assert sums(found) == pytest.approx(sums(some))


def test_a_way_without_a_part_in_the_network_keeps_its_hauls():
    some = (LOADED, leg("move", "road", 0.3), leg("move", "road", 0.3), UNLOADED)
    assert driven_on(some, 2, 2) == (some, 0)


def check(one: Itinerary) -> None:
    assert sums(one.legs)[:4] == pytest.approx([one.km, one.hours, one.usd, one.kg_co2e], rel=1e-9)
    for post, _, _, number in one.crossings:
        assert one.legs[number - 1].ref == ("crossings", post)
    for passed, number in one.passages:
        table, row = one.legs[number - 1].ref
        assert table == "ferries" or (table, row) == ("passages", passed)
    for here, there in pairwise(one.legs):
        if here.kind == there.kind == "move" and here.mode == there.mode == "road":
            assert min(here.km, there.km) >= SHORT_HAUL_KM


@pytest.mark.parametrize("ends", [("Yerevan", "Tbilisi"), ("Yerevan", "Rotterdam"), ("Constanta", "Vienna")])
def test_legs_of_a_way_add_up_and_posts_and_passages_point_to_theirs(ends: tuple[str, str]):
    answer = route(World.at("2022-06-01"), *ends)
    assert answer.routes
    for one in answer.routes:
        check(one)
