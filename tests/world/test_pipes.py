"""What the points of pipes can pass, by the facts alone: January 2009, cuts inside longer ones, later rows."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from landbridge.errors import DateError
from landbridge.facts import load
from landbridge.world import World, pipe_states
from landbridge.world.pipe_facts import points

FACTS = load()
BALKAN = (
    "isaccea-transit-ukr-rou",
    "negru-voda-rou-bgr",
    "malkoclar-bgr-tur",
    "kula-bgr-grc",
    "jidilovo-bgr-mkd",
)
ENTRIES = ("sudzha-rus-ukr", "sokhranivka-rus-ukr", "ukraine-other-entries-rus-ukr", "mozyr-kobryn-blr-ukr")
EXITS = (
    "uzhhorod-ukr-svk",
    "beregdaroc-ukr-hun",
    "mediesu-aurit-ukr-rou",
    "isaccea-1-ukr-rou",
    "drozdowicze-ukr-pol",
)
MOLDOVA = ("ukraine-transnistria", "ukraine-moldova-right")


def span(first, last):
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=step) for step in range((end - start).days + 1)]


def of(point, days, world="2023-06-01", **more):
    states = pipe_states(World.at(world), days, **more)
    return states.capacity_mcmd[states.points.index(point)].tolist()


def test_the_shape_and_order():
    days = span("2008-12-30", "2009-01-25")
    states = pipe_states(World.at("2009-01-06"), days)
    assert states.points == tuple(sorted(states.points))
    assert states.capacity_mcmd.shape == (len(states.points), len(days))
    assert states.days == tuple(days)
    assert np.isfinite(states.capacity_mcmd).all()
    assert (states.capacity_mcmd >= 0).all()
    assert all(states.evidence)
    zones = FACTS.table("gas_zones").by_id
    assert {*states.from_zones, *states.to_zones} <= set(zones)
    with pytest.raises(AttributeError):
        _ = states.capacity_kbd


@pytest.mark.parametrize("point", [*ENTRIES, *EXITS, *BALKAN, *MOLDOVA])
def test_nothing_passes_ukraine_from_7_to_19_january_2009(point):
    day = of(point, span("2009-01-07", "2009-01-19"))
    tried = 6 if point == "sudzha-rus-ukr" else None  # 13 January: gas let in, and not passed on
    assert [amount for number, amount in enumerate(day) if number != tried] == [0.0] * (13 - (tried is not None))
    before, after = of(point, [date(2009, 1, 1), date(2009, 1, 25)])
    assert before == after > 0


def test_the_test_of_13_january_2009_does_not_end_the_stop():
    # the gas of the test was not passed on: told, not let through
    assert of("sudzha-rus-ukr", span("2009-01-12", "2009-01-14")) == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("point", [*ENTRIES, *EXITS])
def test_6_january_2009_is_partial(point):
    states = pipe_states(World.at("2009-01-06"), [date(2009, 1, 5), date(2009, 1, 6)])
    row = states.points.index(point)
    usual, partial = states.capacity_mcmd[row]
    assert partial == pytest.approx(0.33 * usual)
    assert states.flow_share[row].tolist() == [1.0, 0.33]
    assert states.evidence[row][0] == ("gas_points", f"{point}-20070101")
    assert any(table == "gas_events" for table, _ in states.evidence[row])


@pytest.mark.parametrize("point", BALKAN)
def test_the_balkan_line_stops_a_day_earlier(point):
    assert of(point, [date(2009, 1, 6)]) == [0.0]


def test_what_was_cut_of_ukraine_s_own_supply_leaves_the_transit_whole():
    assert of("sudzha-rus-ukr", span("2009-01-01", "2009-01-05")) == [244.0] * 5
    assert of("mozyr-kobryn-blr-ukr", [date(2014, 7, 1), date(2016, 7, 1)]) == [60.0, 60.0]


def test_a_flow_that_grew_is_no_limit():
    assert of("blue-stream", [date(2009, 1, 10), date(2015, 1, 1)]) == [43.8, 43.8]
    assert of("yamal-kondratki-blr-pol", [date(2009, 1, 10)]) == [97.5]


def test_nord_stream_in_2022():
    days = (
        "2022-06-13",
        "2022-06-14",
        "2022-06-16",
        "2022-07-11",
        "2022-07-21",
        "2022-07-27",
        "2022-08-31",
        "2022-10-01",
    )
    assert of("nord-stream-1", [date.fromisoformat(day) for day in days]) == [167, 100, 67, 0, 67, 33, 0, 0]


def test_a_later_row_knows_what_came_after_an_event_without_end():
    """The line turned round in 2023 with 9 a day; later rows raise it."""
    days = [date(2023, 10, 6), date(2023, 10, 7), date(2024, 6, 1), date(2026, 6, 1)]
    assert of("cac-reverse-rus-kaz", days) == [0.0, 9.0, 15.3, 30.1]


def test_what_is_destroyed_does_not_end_a_stop():
    """A sixth of the plants of Qatar was destroyed while all of them stood still: nothing came back by that."""
    assert of("lngx-qatar", [date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 25), date(2026, 6, 1)]) == [
        304,
        0,
        0,
        0,
    ]
    known = points(FACTS, "gas")["lngx-qatar"]
    assert [one.value for one in known.capacities][-2:] == [0.0, 0.0]


def test_the_longest_cuts_are_few_and_known():
    """Cuts that lower a point for more than half a year: each was looked at.

    Nothing ends that of the south of Kyrgyzstan; Freeport stood from 2022-06-08 to 2023-02-12.
    """
    long = {
        (key, one.evidence[0][1])
        for key, point in points(FACTS, "gas").items()
        for one in point.capacities
        if one.value < one.undisturbed and one.end - one.start > 180
    }
    assert long == {("uzb-kgz-south", "uzb-kgz-south-20140414-stop"), ("lngx-usa", "lngx-usa-20220608-cut")}


def test_the_fire_at_freeport_is_not_taken_off_twice():
    """Its plants are part of the point until and after the fire; the event alone takes them off."""
    assert of("lngx-usa", [date(2022, 6, 7), date(2022, 10, 1), date(2023, 2, 12)]) == [335.0, 278.4, 340.6]


def test_undisturbed_leaves_out_dated_cuts_alone():
    days = span("2009-01-01", "2009-01-25")
    usual = pipe_states(World.at("2009-01-06"), days, undisturbed=True)
    now = pipe_states(World.at("2009-01-06"), days)
    assert usual.points == now.points
    assert (usual.capacity_mcmd >= now.capacity_mcmd).all()
    assert (usual.flow_share == 1.0).all()
    assert {table for rows in usual.evidence for table, _ in rows} == {"gas_points"}
    assert of("sudzha-rus-ukr", [date(2026, 6, 1)], undisturbed=True) == [0.0]


def test_days_in_any_order_and_again():
    days = [date(2009, 1, 25), date(2009, 1, 8), date(2009, 1, 25)]
    assert of("uzhhorod-ukr-svk", days) == [250.0, 0.0, 250.0]
    assert of("uzhhorod-ukr-svk", []) == []


def test_after_the_last_day_the_last_state_holds_and_is_flagged():
    world = World.at()
    last = FACTS.last_day
    states = pipe_states(world, [last, last + timedelta(days=400)])
    assert states.held.tolist() == [False, True]
    assert np.array_equal(states.capacity[:, 0], states.capacity[:, 1])


def test_before_the_rows_begin_nothing_is_known():
    with pytest.raises(DateError, match="2007-01-01"):
        pipe_states(World.at("2006-01-06"), [date(2006, 1, 6)])


def test_the_day_of_the_world_plays_no_part():
    days = span("2009-01-01", "2009-01-25")
    one, other = (pipe_states(World.at(day), days) for day in ("1995-01-01", "2026-01-01"))
    assert np.array_equal(one.capacity, other.capacity)


def test_as_known_on_a_past_day():
    """In December 2008 nobody knew of the stop; on 10 January nobody knew its end."""
    days = [date(2009, 1, 10), date(2009, 2, 1), date(2022, 10, 1)]
    before = pipe_states(World.at("2009-01-10", known_on="2008-12-01"), days)
    amid = pipe_states(World.at("2009-01-10", known_on="2009-01-10"), days)
    row = before.points.index("uzhhorod-ukr-svk")
    assert before.capacity[row].tolist() == [250.0, 250.0, 250.0]
    assert amid.capacity[row].tolist() == [0.0, 0.0, 0.0]


def test_every_point_has_one_capacity_on_every_day():
    for commodity in ("gas", "oil"):
        for point in points(FACTS, commodity).values():
            ends = [(one.start, one.end) for one in point.capacities]
            assert all(end == start for (_, end), (start, _) in pairwise(ends)), point.id


def test_oil_has_its_own_unit():
    states = pipe_states(World.at("2024-06-01"), [date(2024, 6, 1)], commodity="oil")
    assert states.capacity_kbd[states.points.index("cpc-terminal"), 0] > 1000
    with pytest.raises(AttributeError):
        _ = states.capacity_mcmd


def test_what_stopped_within_a_year_is_a_cut_and_what_stopped_before_is_usual():
    def usual(point: str, day: str) -> float:
        when = date.fromisoformat(day)
        states = pipe_states(World.at(day), [when], undisturbed=True)
        return float(states.capacity_mcmd[states.points.index(point), 0])

    assert usual("sudzha-rus-ukr", "2025-03-01") > 40
    assert usual("sudzha-rus-ukr", "2026-03-01") == 0.0
    assert usual("lngx-qatar", "2026-04-01") > 200
