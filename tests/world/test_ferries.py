"""Ferry lines that stopped, and what passes posts that were open to some."""

import pytest

from landbridge.facts import load
from landbridge.world import Trip, World, crossing_state, ferry_state, resolve


@pytest.mark.parametrize(
    ("ferry", "day", "usable"),
    [
        ("trabzon-sochi", "2008-06-01", True),
        ("trabzon-sochi", "2012-06-01", False),
        ("trabzon-sochi", "2019-06-01", False),
        ("trabzon-sochi", "2025-12-01", False),
        ("turkmenbashi-makhachkala", "2002-06-01", True),
        ("turkmenbashi-makhachkala", "2019-06-01", False),
        ("turkmenbashi-makhachkala", "2024-06-01", False),
        ("donghae-vladivostok", "2021-06-01", True),
        ("donghae-vladivostok", "2023-06-01", False),
    ],
)
def test_a_line_that_stopped_carries_nothing(ferry, day, usable):
    assert ferry_state(World.at(day), ferry).usable is usable


def test_no_line_is_told_to_run_for_years_on_the_word_irregular():
    """A standing row without an end that says `irregular` and `stops` or `planned` is no service."""
    told = [
        row["id"]
        for row in load().table("ferry_status").rows
        if row["to"] is None
        and row["status"] in ("open", "restricted")
        and any(word in (row["note"] or "") for word in ("irregular", "years at a time", "suspended", "planned"))
    ]
    assert told == []


def test_lorries_waited_for_the_kerch_ferry_before_the_bridge():
    assert ferry_state(World.at("2016-07-01"), "kavkaz-kerch").slow_hours >= 10
    assert ferry_state(World.at("2013-07-01"), "kavkaz-kerch").slow_hours == 0
    assert ferry_state(World.at("2019-07-01"), "kavkaz-kerch").slow_hours == 0


@pytest.mark.parametrize(
    ("day", "into_bangladesh", "into_india"),
    [
        ("2020-03-22", "listed", "listed"),
        ("2020-03-25", "none", "none"),
        ("2020-05-01", "listed", "none"),
        ("2020-05-20", "none", "none"),
        ("2020-06-10", "listed", "none"),
        ("2020-07-03", "none", "none"),
        ("2020-07-06", "listed", "listed"),
    ],
)
def test_petrapole_reopened_one_way_before_the_other(day, into_bangladesh, into_india):
    """Listed, for the load is handed over in the land port and no lorry goes through."""
    world = World.at(day)
    assert crossing_state(world, "BGD-IND-petrapole", "road", "IND", "BGD").freight == into_bangladesh
    assert crossing_state(world, "BGD-IND-petrapole", "road", "BGD", "IND").freight == into_india


@pytest.mark.parametrize(
    ("day", "passes"),
    [("2004-06-01", False), ("2010-06-01", True), ("2013-06-01", False), ("2015-06-01", True), ("2016-02-10", False)],
)
def test_goods_of_the_zone_passed_at_dorasan_and_those_of_others_did_not(day, passes):
    for origin, destination in (("KOR", "PRK"), ("PRK", "KOR")):
        found = resolve(World.at(day), Trip(origin, destination))
        key = ("KOR-PRK-dorasan-road", "road", f"{origin}>{destination}")
        assert (key not in found.crossing_refusals) is passes
        assert not (passes and found.trade_refusals), "the ban of May 2010 spared the zone"
    # No transit: goods for China do not pass.
    found = resolve(World.at(day), Trip("KOR", "CHN")).crossing_refusals
    assert ("KOR-PRK-dorasan-road", "road", "KOR>PRK") in found


def test_the_ban_of_may_2010_left_the_road_to_the_zone_alone():
    rules = resolve(World.at("2012-06-01"), Trip("KOR", "PRK"))
    assert not rules.trade_refusals
    assert rules.area_refusal("KOR", "rail") is not None
    assert "busan" in rules.port_refusals
    assert resolve(World.at("2016-06-01"), Trip("KOR", "PRK")).trade_refusals
