"""Rests of a driver who sets out rested, against schedules made by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from landbridge.facts import load
from landbridge.routing.costs import book
from landbridge.routing.costs.driving import trip_hours_factor
from landbridge.routing.costs.shifts import Clock, Law, law_of

FACTS = load()
ON = book(FACTS, date(2023, 6, 1))
AREAS = sorted(
    {area for row in FACTS.table("driver_rules").where(record="hours") for area in row["area_codes"]} | {"BRA"}
)
LAWFUL = [area for area in AREAS if law_of(ON, area) is not None]
HOURS = st.floats(0.0, 400.0)


def law(area: str, *, team: bool = False) -> Law:
    found = law_of(ON, area, team=team)
    assert found is not None
    return found


def trip_h(area: str, wheel_h: float, *, team: bool = False) -> float:
    """Hours of a trip of so many hours at the wheel in one area."""
    return wheel_h + sum(Clock().drive(law(area, team=team), wheel_h))


@pytest.mark.parametrize(
    ("wheel_h", "breaks_h", "rests_h"),
    [
        (4.0, 0.0, 0.0),
        (4.5, 0.0, 0.0),
        (9.0, 0.75, 0.0),
        # One of the two days of a week that may have ten hours, with a second break after nine.
        (10.0, 1.5, 0.0),
        (11.0, 1.5, 11.0),
        (20.0, 3.0, 11.0),
        # Days of 10, 10, 9, 9 and 2 hours.
        (40.0, 4.5, 44.0),
        # Two days of ten hours and four of nine are the week's 56.
        (56.0, 6.0, 55.0),
        # 56 h, 6 h of breaks and 55 h of rest leave 51 h of the week.
        (57.0, 6.0, 55.0 + 51.0),
        (112.0, 12.0, 55.0 + 51.0 + 55.0),
    ],
)
def test_one_driver_by_the_european_agreement(wheel_h: float, breaks_h: float, rests_h: float):
    assert Clock().drive(law("KAZ"), wheel_h) == pytest.approx((breaks_h, rests_h))


@pytest.mark.parametrize(("wheel_h", "rests_h"), [(9.0, 0.0), (18.8, 0.0), (20.0, 11.2), (37.6, 11.2), (40.0, 22.4)])
def test_two_drivers_stand_when_the_hours_of_their_period_are_driven(wheel_h: float, rests_h: float):
    """18.8 h of 30, on the mean of a week; breaks are taken beside the one who drives."""
    assert Clock().drive(law("KAZ", team=True), wheel_h) == pytest.approx((0.0, rests_h))


@pytest.mark.parametrize(
    ("area", "wheel_h", "hours"),
    [
        ("IRN", 9.0, 9.75),
        # 9 h in any 24: the tenth hour is the first of the next day.
        ("IRN", 10.0, 25.0),
        ("IRN", 54.0, 5 * 24.0 + 9.75),
        # Six days of seven.
        ("IRN", 55.0, 169.0),
        ("CHN", 8.2, 8.2 + 2 * 20 / 60),
        ("CHN", 9.0, 24.8),
        ("AFG", 14.0, 14.0),
        ("AFG", 15.0, 25.0),
        ("AFG", 85.0, 169.0),
    ],
)
def test_a_law_that_counts_days_gives_one_of_driving_in_each(area: str, wheel_h: float, hours: float):
    assert trip_h(area, wheel_h) == pytest.approx(hours)


def test_two_drivers_where_the_law_knows_no_team_drive_twice_a_day_and_stand_by_the_factor():
    assert trip_h("IRN", 18.0, team=True) == pytest.approx(18.0)
    assert trip_h("IRN", 19.0, team=True) == pytest.approx(1.5 * 18.0 + 1.0)


def test_where_the_measured_speed_holds_the_stops_no_law_is_asked():
    assert law_of(ON, "PAK") is None
    assert law_of(ON, "PAK", team=True) is None


@given(st.sampled_from(LAWFUL), HOURS, st.booleans())
def test_rests_of_a_trip_are_never_more_than_those_of_the_long_mean(area: str, wheel_h: float, team: bool):
    factor = trip_hours_factor(ON, area, team=team).value
    assert wheel_h <= trip_h(area, wheel_h, team=team) <= factor * wheel_h + 1e-6


@given(st.sampled_from(LAWFUL), HOURS, HOURS, st.booleans())
def test_a_longer_drive_is_never_shorter(area: str, one_h: float, other_h: float, team: bool):
    near_h, far_h = sorted((one_h, other_h))
    assert trip_h(area, far_h, team=team) - trip_h(area, near_h, team=team) >= far_h - near_h - 1e-5


@given(st.sampled_from(LAWFUL), st.lists(st.floats(0.01, 30.0), min_size=1, max_size=12), st.booleans())
def test_a_drive_in_pieces_rests_as_the_whole(area: str, pieces: list[float], team: bool):
    clock = Clock()
    in_pieces = sum(sum(clock.drive(law(area, team=team), piece)) for piece in pieces)
    whole = trip_h(area, sum(pieces), team=team) - sum(pieces)
    # Where the pieces end on a rest to the last digit it may be owed or not.
    near = [trip_h(area, sum(pieces) + by, team=team) - sum(pieces) - by for by in (-1e-4, 1e-4)]
    assert min(whole, *near) - 1e-3 <= in_pieces <= max(whole, *near) + 1e-3


@pytest.mark.parametrize("area", LAWFUL)
@pytest.mark.parametrize("team", [False, True])
def test_many_weeks_come_to_the_long_mean(area: str, team: bool):
    factor = trip_hours_factor(ON, area, team=team).value
    wheel_h = 52.0 * 168.0
    assert trip_h(area, wheel_h, team=team) / wheel_h == pytest.approx(factor, rel=0.01)


STEP_H = 0.25


@given(st.lists(st.tuples(st.sampled_from(LAWFUL), st.integers(1, 240)), min_size=1, max_size=8), st.booleans())
@example([("AFG", 108), ("ALB", 120)], False)
def test_no_area_entered_asks_for_more_than_one_rest_beyond_the_long_mean(way: list[tuple[str, int]], team: bool):
    """Hours driven before under a milder law count as well, so that the next rest is due sooner."""
    clock = Clock()
    rests = [sum(clock.drive(law(area, team=team), STEP_H)) for area, steps in way for _ in range(steps)]
    spread = sum((trip_hours_factor(ON, area, team=team).value - 1.0) * steps * STEP_H for area, steps in way)
    assert 0.0 <= sum(rests) <= spread + len(way) * max(rests) + 1e-6


def test_a_stricter_area_asks_for_the_rest_as_it_is_entered():
    """Nine hours are lawful in Kazakhstan; in China 8.2 are a day, so nothing may be driven there before the rest."""
    clock = Clock()
    assert clock.drive(law("KAZ"), 9.0) == pytest.approx((0.75, 0.0))
    breaks, rests = clock.drive(law("CHN"), 1.0)
    assert (breaks, rests) == pytest.approx((0.0, 24.0 - 9.75))
