"""What a reader is told beside the numbers: rules that bear on the ways shown, the state of what is passed, doubts."""

import pytest

from landbridge.routing import route
from landbridge.world import Trip, World, resolve


@pytest.fixture(scope="module")
def by_air():
    return route(World.at("2023-06-01"), "Frankfurt am Main", "Shanghai", modes=("air",), n=1)


@pytest.fixture(scope="module")
def by_land():
    return route(World.at("2023-06-01"), "Yerevan", "Moscow", modes=("road",), n=2)


def test_a_flight_says_what_it_does_not_see(by_air):
    flights = [leg for leg in by_air.routes[0].legs if leg.kind == "move" and leg.mode == "air"]
    assert flights
    assert all(any("winds and fuel stops are not seen" in one for one in leg.doubts) for leg in flights)
    assert any("closed airspaces are" in one for one in by_air.routes[0].notes)


@pytest.mark.parametrize(
    ("day", "start", "goal"),
    [
        ("2024-06-01", "Frankfurt", "Moscow"),
        ("2024-06-01", "Helsinki", "St Petersburg"),
        ("2024-06-01", "London", "Minsk"),
        ("2025-06-01", "Moscow", "Paris"),
    ],
)
def test_cargo_changes_planes_where_each_end_keeps_out_the_aircraft_of_the_other(day: str, start: str, goal: str):
    answer = route(World.at(day), start, goal, modes=("air",), n=1)
    flights = [leg for leg in answer.routes[0].legs if (leg.kind, leg.mode) == ("move", "air")]
    barred = resolve(World.at(day), Trip(flights[0].areas[0], flights[-1].areas[-1])).flights
    assert len(flights) > 1
    assert not [leg for leg in flights if (leg.areas[0], leg.areas[-1]) in barred]
    changes = [leg for leg in answer.routes[0].legs if leg.note == "change of planes"]
    assert len(changes) == len(flights) - 1
    assert all(leg.hours > 12.0 and leg.usd > 0.0 and leg.doubts for leg in changes)
    assert any(row["subject_kind"] == "airspace" for row in answer.avoided)


def test_the_rules_told_bear_on_the_ways_and_the_rest_is_counted(by_land):
    areas = {area for one in by_land.routes for area in one.areas}
    assert by_land.refusals
    assert all(row["gates"] or areas & set(row["areas"]) for row in by_land.refusals)
    assert all("road" in (row["modes"] or ["road"]) for row in by_land.refusals if not row["gates"])
    assert by_land.refusals_elsewhere > len(by_land.refusals)
    data = by_land.to_dict()
    assert data["refusals_elsewhere"] == by_land.refusals_elsewhere
    assert len(data["refusals"]) == len(by_land.refusals)


def test_without_a_way_the_rules_of_the_two_ends_are_told():
    answer = route(World.at("2024-06-01"), "Kyiv", "Moscow")
    assert answer.refusals
    assert all({"UKR", "RUS"} & set(row["areas"]) for row in answer.refusals)


def test_the_dated_row_of_each_border_is_evidence(by_land):
    for one in by_land.routes:
        rows = {(item.table, item.id) for item in one.evidence}
        for leg in (leg for leg in one.legs if leg.kind == "crossing"):
            dated = [key for key in leg.evidence if key[0] == "crossing_status"]
            assert dated
            assert set(dated) <= rows


def test_notes_of_changes_say_what_is_done(by_land):
    answer = route(World.at("2025-06-01"), "Mumbai", "Moscow", n=3)
    for one in answer.routes:
        for leg in one.legs:
            if leg.kind == "transfer" and leg.ref is not None and leg.ref[0] == "ports":
                assert " to " in leg.note.partition("; ")[0]
            assert "Freight " not in leg.note
            assert not [doubt for doubt in leg.doubts if doubt in {"Approximate", "approximate"}]


@pytest.fixture(scope="module")
def by_goris():
    return route(World.at("2021-09-15"), "Tehran", "Yerevan", modes=("road",), n=1)


def test_ends_without_a_name_are_told_by_what_they_lie_near(by_goris):
    answers = (by_goris, route(World.at("2021-06-01"), "Odesa", "Istanbul", modes=("sea",), n=1))
    names = {name for one in answers for leg in one.routes[0].legs for name in (leg.start, leg.end)}
    assert any(name.endswith(", ARM") for name in names)
    assert not any(name in {"", "sea", "road", "rail", "river"} or ", 4" in name for name in names)


def test_stops_and_fees_of_a_line_stand_in_its_leg(by_goris):
    (leg,) = (leg for leg in by_goris.routes[0].legs if leg.ref == ("lines", "arm-goris-kapan-old"))
    assert "6.0 h of stops and 245 USD of fees" in leg.note
    assert "Azerbaijani posts stop Iranian lorries" in leg.note
