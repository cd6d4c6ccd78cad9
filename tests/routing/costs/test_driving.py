"""Hours of drivers."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from landbridge.facts import load
from landbridge.routing.costs import book, complete, load_of
from landbridge.routing.costs.arcs import rules_of
from landbridge.routing.costs.borders import crossing_group
from landbridge.routing.costs.driving import driver_rule, rest_due_h, rest_in_wait, trip_hours_factor
from landbridge.routing.costs.moves import trip_of
from landbridge.routing.costs.waits import Border
from landbridge.routing.costs.water import ferry_group
from landbridge.routing.shipment import Shipment
from landbridge.world import World

FACTS = load()
ON = book(FACTS, date(2023, 6, 1))
AREAS = sorted(
    {area for row in FACTS.table("driver_rules").where(record="hours") for area in row["area_codes"]} | {"BRA"}
)


@pytest.mark.parametrize("area", AREAS)
def test_two_drivers_are_faster_than_one_and_none_is_faster_than_the_wheel(area: str):
    single, team = trip_hours_factor(ON, area), trip_hours_factor(ON, area, team=True)
    assert 1.0 < team.value <= single.value < 5.0
    assert team.value < single.value or single.table == "parameters"
    assert single.low <= 1.0 <= single.high


def test_the_european_agreement_gives_fifty_six_hours_a_week():
    assert trip_hours_factor(ON, "KAZ").value == pytest.approx(168.0 / 56.0)
    assert trip_hours_factor(ON, "KAZ").row == ("driver_rules", "hours-aetr")


def test_two_drivers_drive_ten_hours_each_on_two_shifts_of_five():
    rule = driver_rule(ON, "KAZ")
    assert rule is not None
    extended = rule["extended_per_week"]
    shifts = 144 // rule["team_period_h"] + 1  # the last shift begins before the weekly rest of the sixth day
    at_the_wheel = 2 * (extended * rule["daily_driving_extended_h"] + (shifts - extended) * rule["daily_driving_h"])
    assert rule["team_driving_h"] == pytest.approx(at_the_wheel / shifts)
    assert trip_hours_factor(ON, "KAZ", team=True).value == pytest.approx(rule["team_period_h"] * shifts / at_the_wheel)


def test_a_law_without_a_weekly_sum_counts_days():
    assert trip_hours_factor(ON, "CHN").value == pytest.approx(168.0 / (6 * 8.2))
    assert trip_hours_factor(ON, "AFG").value < trip_hours_factor(ON, "CHN").value


def test_a_limit_of_the_day_for_coaches_does_not_bind_lorries():
    law = FACTS.row("driver_rules", "hours-china-road-safety-regulation-art-62")
    assert law["daily_driving_h"] is None
    assert law["continuous_driving_h"] == 4
    assert driver_rule(ON, "CHN")["id"] == "hours-china-driven-in-practice"


@pytest.mark.parametrize(
    ("area", "day", "rule", "factor"),
    [
        ("MNG", date(2019, 6, 1), "hours-mongolia-labour-code-of-1999", 168.0 / (6 * 8)),
        ("MNG", date(2023, 6, 1), "hours-mongolia", 168.0 / 56.0),
        ("SAU", date(2025, 6, 1), "hours-saudi-arabia-transport-authority", 168.0 / 56.0),
        ("OMN", date(2023, 6, 1), "hours-oman-decision-80-of-2020", 168.0 / (5 * 9)),
    ],
)
def test_a_law_binds_from_its_first_day(area: str, day: date, rule: str, factor: float):
    on = book(FACTS, day)
    assert driver_rule(on, area)["id"] == rule
    assert trip_hours_factor(on, area).value == pytest.approx(factor)


@pytest.mark.parametrize(("rest", "days"), [("", 6), ("0", 7), ("24", 6), ("45", 6), ("48", 5)])
def test_an_unknown_weekly_rest_is_not_none(tmp_path: Path, rest: str, days: int):
    rule = "hours-iran-road-transport-code"
    (tmp_path / "driver_rules.csv").write_text(f"id,weekly_rest_h\n{rule},{rest}\n", encoding="utf-8")
    found = trip_hours_factor(book(load(tmp_path), date(2023, 6, 1)), "IRN")
    assert found.row == ("driver_rules", rule)
    assert found.value == pytest.approx(168.0 / (days * 9))


def test_no_law_of_the_tables_lets_a_driver_drive_on_seven_days():
    for row in FACTS.table("driver_rules").where(record="hours"):
        if row["daily_driving_h"] and not row["weekly_driving_h"]:
            assert row["weekly_rest_h"] is None or row["weekly_rest_h"] >= 24.0, row["id"]


def test_a_rule_for_all_areas_is_graded_no_better_than_itself():
    days = ON.get("driving_days_week", mode="road")
    before = book(FACTS, date(2019, 6, 1))
    unknown = trip_hours_factor(before, "MNG")
    assert driver_rule(before, "MNG")["weekly_rest_h"] is None
    assert unknown.grade == max(driver_rule(before, "MNG")["grade"], days.grade)


@pytest.mark.parametrize("area", ["SAU", "OMN"])
def test_no_law_binds_before_its_first_day(area: str):
    assert driver_rule(book(FACTS, date(2019, 6, 1)), area) is None


def test_rules_of_dangerous_goods_do_not_bind_other_goods():
    rule = driver_rule(ON, "CHN")
    assert rule is not None
    assert rule["applies_to"] == "lorries"


def test_a_law_that_has_ended_binds_no_more():
    before, after = book(FACTS, date(2009, 6, 1)), ON
    assert driver_rule(before, "RUS")["id"] == "hours-russia-order-15-of-2004"
    assert driver_rule(after, "RUS")["id"] == "hours-aetr"


def test_an_area_without_a_law_has_a_factor_all_the_same():
    assert driver_rule(ON, "BRA") is None
    assert 2.0 < trip_hours_factor(ON, "BRA").value < 4.0


def test_a_speed_that_holds_the_stops_is_not_slowed_by_the_law_once_more():
    found = trip_hours_factor(ON, "PAK")
    assert driver_rule(ON, "PAK") is not None
    assert found.table == "parameters"
    km_a_day = 24.0 * ON.get("speed_kmh", mode="road", area="PAK").value / found.value
    assert 400.0 < km_a_day < 700.0, "Karachi - Peshawar, 1,400 to 1,820 km, takes about three days"


@pytest.mark.parametrize(("rest", "period"), [(11.0, 24.0), (9.0, 24.0), (9.0, 30.0)])
def test_a_longer_wait_is_never_a_shorter_trip_and_holds_one_rest(rest: float, period: float):
    waits = [0.25 * step for step in range(400)]
    due = [rest_due_h(wait, rest, period) for wait in waits]
    assert due[0] == 0.0
    assert due[-1] == pytest.approx(rest)
    for one, more in pairwise(zip(waits, due, strict=True)):
        assert one[1] <= more[1] <= rest
        assert more[1] - one[1] <= more[0] - one[0] + 1e-12


def test_rest_runs_in_a_queue_only_where_the_law_says_so():
    for area in AREAS:
        rule = driver_rule(ON, area)
        found = rest_in_wait(ON, area, 30.0)
        assert (found is not None) == bool(rule is not None and rule["rest_in_vehicle"])
    found, aboard = rest_in_wait(ON, "KAZ", 30.0), rest_in_wait(ON, "KAZ", 30.0, ferry=True)
    assert found is not None
    assert aboard is not None
    share = FACTS.row("parameters", "rest-in-wait-share-road-2007")["value"]
    assert found.row == ("driver_rules", "hours-aetr")
    assert found.value == pytest.approx(share * 9.0)
    assert aboard.value == pytest.approx(9.0)


def test_the_rest_taken_in_a_wait_is_taken_off_the_border_and_the_ferry():
    world = World.at("2024-06-01")
    done = complete(Shipment(), world.facts)
    trip = trip_of(book(world.facts, world.day), done, load_of(done, world.facts))
    rules = rules_of(world, done)
    queue = crossing_group(world, rules, trip, Border("BLR-POL-kozlovichi", "road", "BLR", "POL"))
    inside = crossing_group(world, rules, trip, Border("AFG-IRN-islam-qala", "road", "AFG", "IRN"))
    aboard = ferry_group(world, rules, trip, "alat-aktau", "road", 470.0)
    boxes = ferry_group(world, rules, trip, "alat-aktau", "sea", 470.0)
    taken = {}
    for name, group in (("queue", queue), ("inside", inside), ("aboard", aboard), ("boxes", boxes)):
        taken[name] = -sum(part.hours for part in group.parts if part.factor == "rest in the wait")
        assert group.total("hours") > 0.0
    assert 0.0 < taken["queue"] <= 4.5
    assert 4.5 < taken["aboard"] <= 9.0
    assert taken["inside"] == taken["boxes"] == 0.0
