"""Laws of blocs and agreements on freight: whom they help, when they hold, whom they leave alone."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.facts import load
from landbridge.facts.days import parse_day
from landbridge.routing.costs import book, complete, load_of
from landbridge.routing.costs.arcs import rules_of
from landbridge.routing.costs.borders import crossing_group
from landbridge.routing.costs.moves import trip_of
from landbridge.routing.costs.waits import Border
from landbridge.routing.shipment import Shipment
from landbridge.world import Event, Scenario, World, border_effects, members
from landbridge.world.agreements import agreement_in_force, agreement_rows, effects_in_force
from landbridge.world.crossings import modes_of
from landbridge.world.membership import standings
from landbridge.world.papers import changed_effects

FACTS = load()
BLOCS = ("eaeu", "eu", "ctc", "tir", "cim", "smgs", "cis", "cisfta", "eucu", "schengen", "ots")
POSTS = [row for row in FACTS.table("crossings").rows if set(modes_of(row)) & {"road", "rail"}]
AREAS = sorted({row[side] for row in POSTS for side in ("area_a", "area_b")})
BY_AREA = {area: [row for row in POSTS if area in (row["area_a"], row["area_b"])] for area in AREAS}
DAYS = ("2012-06-01", "2016-06-01", "2021-06-01", "2023-06-01", "2026-06-01")
FEW = settings(max_examples=25, deadline=None)


@cache
def at(day: str) -> World:
    return World.at(day)


CASES = [(day, bloc, area) for day in DAYS for bloc in BLOCS for area in AREAS]
INSIDE = st.sampled_from([one for one in CASES if one[2] in members(at(one[0]), one[1])])
OUTSIDE = st.sampled_from([one for one in CASES if one[2] not in members(at(one[0]), one[1])])
ENDS = st.tuples(st.sampled_from(AREAS), st.sampled_from(AREAS))


def changed(day, kind, bloc, area) -> World:
    event = Event.model_validate({"kind": kind, "bloc": bloc, "areas": area})
    return at(day).apply(Scenario(name="x", events=(event,)))


def cost(world, post, mode, start, goal, ends=("CHN", "DEU")):
    """Hours and dollars of a border for a shipment between two areas."""
    done = complete(Shipment(origin_area=ends[0], destination_area=ends[1]), world.facts)
    trip = trip_of(book(world.facts, world.day), done, load_of(done, world.facts), world)
    group = crossing_group(world, rules_of(world, done), trip, Border(post, mode, start, goal))
    return group.total("hours"), group.total("usd")


def ways(rows):
    for row in rows:
        for mode in set(modes_of(row)) & {"road", "rail"}:
            yield row["id"], mode, row["area_a"], row["area_b"]
            yield row["id"], mode, row["area_b"], row["area_a"]


@FEW
@given(INSIDE, ENDS, st.data())
def test_leaving_makes_no_border_quicker(case, ends, data):
    """Not between members, not towards others: what a member has at its borders a state alone has not."""
    day, bloc, area = case
    after = changed(day, "leave", bloc, area)
    for way in data.draw(st.permutations(list(ways(BY_AREA[area]))))[:6]:
        was, now = cost(at(day), *way, ends), cost(after, *way, ends)
        assert now[0] >= was[0] - 1e-9, (way, was, now)
        # A fee for lorries is an effect of a bloc too, and goes with it.
        assert bloc == "schengen" or now[1] >= was[1] - 1e-9, (way, was, now)


@FEW
@given(OUTSIDE, ENDS, st.data())
def test_joining_makes_no_border_slower(case, ends, data):
    day, bloc, area = case
    after = changed(day, "join", bloc, area)
    for way in data.draw(st.permutations(list(ways(BY_AREA[area]))))[:6]:
        was, now = cost(at(day), *way, ends), cost(after, *way, ends)
        assert now[0] <= was[0] + 1e-9, (way, was, now)
        assert now[1] <= was[1] + 1e-9, (way, was, now)
        assert now[1] >= 0.0


@FEW
@given(INSIDE | OUTSIDE, st.data())
def test_borders_and_trips_of_others_are_as_they_were(case, data):
    day, bloc, area = case
    kind = data.draw(st.sampled_from(["leave", "freeze"] if area in members(at(day), bloc) else ["join"]))
    others = [row for row in POSTS if area not in (row["area_a"], row["area_b"])]
    ends = data.draw(st.tuples(*[st.sampled_from([one for one in AREAS if one != area])] * 2))
    after = changed(day, kind, bloc, area)
    for row in data.draw(st.lists(st.sampled_from(others), min_size=4, max_size=4)):
        for way in ways([row]):
            assert cost(at(day), *way, ends) == cost(after, *way, ends)
            assert border_effects(at(day), *way[2:], way[1]) == border_effects(after, *way[2:], way[1])


@FEW
@given(INSIDE | OUTSIDE)
def test_joining_and_leaving_undo_each_other(case):
    day, bloc, area = case
    inside = area in members(at(day), bloc)
    events = tuple(
        Event.model_validate({"kind": kind, "bloc": bloc, "areas": area})
        for kind in (("leave", "join") if inside else ("join", "leave"))
    )
    assert at(day).apply(Scenario(name="x", events=events)).id == at(day).id
    assert at(day).apply(Scenario(name="x", events=events[:1])).id != at(day).id


@pytest.mark.parametrize("day", ["2012-06-01", "2021-06-01", "2026-06-01"])
def test_opening_and_closing_an_agreement_undo_each_other(day):
    world = at(day)
    for agreement in agreement_rows(FACTS):
        was = agreement_in_force(world, agreement)
        do, undo = (
            Event.model_validate({"kind": kind, "subject": f"agreement:{agreement}"})
            for kind in (("close", "open") if was else ("open", "close"))
        )
        once = world.apply(Scenario(name="x", events=(do,)))
        assert once.id != world.id
        assert agreement_in_force(once, agreement) is not was
        assert world.apply(Scenario(name="x", events=(do, undo))).id == world.id
        if was:
            gone = {row["id"] for row in agreement_rows(FACTS)[agreement]}
            left = {row["id"] for row in effects_in_force(once)}
            assert left == {row["id"] for row in effects_in_force(world)} - gone


def test_an_effect_holds_from_its_first_day_to_its_last():
    first, last = parse_day("1991-01-01").first, FACTS.last_day
    for row in FACTS.table("bloc_effects").rows:
        start, end = row["from"].first, None if row["to"] is None else row["to"].first
        days = [(start, True), *([] if end is None else [(end, False)])]
        for day, holds in days:
            if first < day <= last:
                on = {one["id"] for one in effects_in_force(World.at(day))}
                assert (row["id"] in on) is holds, (row["id"], day)
                before = {one["id"] for one in effects_in_force(World.at(day.fromordinal(day.toordinal() - 1)))}
                assert (row["id"] in before) is not holds, (row["id"], day)


def test_an_event_with_dates_holds_inside_them_alone():
    event = Event.model_validate(
        {"kind": "leave", "bloc": "eaeu", "areas": "ARM", "from": "2021-01-01", "to": "2022-01-01"}
    )
    left = Scenario(name="x", events=(event,))
    inside = [border_effects(World.at(day).apply(left), "ARM", "RUS", "road").permit_free
              for day in ("2020-12-31", "2021-01-01", "2021-12-31", "2022-01-01")]  # fmt: skip
    assert inside == [True, False, False, True]


@FEW
@given(INSIDE)
def test_who_freezes_its_part_has_the_borders_of_one_that_left_and_is_bound_still(case):
    day, bloc, area = case
    frozen, left = changed(day, "freeze", bloc, area), changed(day, "leave", bloc, area)
    assert frozen.id != left.id
    assert standings(frozen, bloc)[area] == "frozen"
    assert area not in standings(left, bloc)
    for other in AREAS[::12]:
        for mode in ("road", "rail"):
            assert border_effects(frozen, area, other, mode) == border_effects(left, area, other, mode)


@FEW
@given(INSIDE | OUTSIDE, ENDS, st.data())
def test_what_is_not_said_to_begin_or_end_for_carriage_changes_no_border(case, ends, data):
    """Hours and dollars of a border move by effects of which a comparison tells, and by nothing else."""
    day, bloc, area = case
    after = changed(day, "leave" if area in members(at(day), bloc) else "join", bloc, area)
    told = [one for one in changed_effects(at(day), after) if one.felt == "carriage"]
    if told:
        assert all(area in one.areas for one in told)
        return
    for way in data.draw(st.permutations(list(ways(BY_AREA[area]))))[:6]:
        assert cost(at(day), *way, ends) == cost(after, *way, ends), way


@FEW
@given(INSIDE)
def test_what_ends_by_leaving_begins_by_joining(case):
    day, bloc, area = case
    out = changed(day, "leave", bloc, area)
    ended, begun = changed_effects(at(day), out), changed_effects(out, at(day))
    assert [one.id for one in ended] == [one.id for one in begun]
    assert {one.begins for one in ended} <= {False}
    assert {one.begins for one in begun} <= {True}
    assert [(one.areas, one.others, one.stays_by) for one in ended] == [
        (one.areas, one.others, one.stays_by) for one in begun
    ]


@pytest.mark.parametrize(
    ("scenario", "felt", "not_felt"),
    [
        ("georgia-in-eu-customs-union", set(), {("no_duty", "GEO", "DEU")}),
        ("moldova-outside-cis", {("visa_free_driver", "MDA", "KGZ"), ("visa_free_driver", "MDA", "TJK")},
         {("no_duty", "MDA", "RUS"), ("no_duty", "MDA", "UKR")}),
        ("iran-eaeu-trade-suspended", set(), {("no_duty", "IRN", "ARM"), ("duty_pct", "RUS", "IRN")}),
    ],
)  # fmt: skip
def test_a_scenario_tells_what_it_changes_on_paper_and_who_feels_it(scenario, felt, not_felt):
    base = at("2026-06-01")
    told = changed_effects(base, base.apply(scenario))
    triples = [
        {(one.kind, a, b) for one in told if (one.felt == "carriage") is by_carriage for a in one.areas
         for b in one.others} for by_carriage in (True, False)
    ]  # fmt: skip
    assert triples[0] == felt
    assert not_felt <= triples[1]
    assert all(one.grade in "ABC" and (one.url or "").startswith("http") for one in told)


def test_duties_of_georgia_were_free_already_and_those_of_armenia_stay_so():
    base = at("2026-06-01")
    joined = changed_effects(base, base.apply("georgia-in-eu-customs-union"))
    assert {key for one in joined for key in one.stays_by} == {"geo-dcfta-no-duty-2014-09-01",
                                                              "geo-dcfta-no-duty-2014-09-01-b"}  # fmt: skip
    left = {one.id: one for one in changed_effects(base, base.apply("armenia-out-of-eaeu"))}
    assert left["eaeu-no-duty-2015-01-01"].stays_by == ("cisfta-no-duty-2012-09-20",)
    assert left["eaeu-visa-free-driver-2015-01-01"].stays_by
    assert not left["eaeu-permit-free-2015-01-01"].stays_by


def test_a_treaty_of_two_on_duties_stays_when_a_free_trade_area_is_left():
    base = at("2026-06-01")
    left = [one for one in changed_effects(base, base.apply("moldova-outside-cis")) if one.kind == "no_duty"]
    by = {one.others: one.stays_by for one in left}
    assert by[("UKR",)] == ("mda-ukr-no-duty-2011-10-28",)
    assert all(one.stays_by == () for one in left if "RUS" in one.others)


def test_what_another_text_keeps_for_most_is_told_apart_from_what_ends():
    """Common transit and carnets save the same at a border: without the first only Iceland, in no carnets, loses it."""
    base = World.at("2026-06-01")
    told = [one for one in changed_effects(base, base.apply("ukraine-georgia-out-of-common-transit"))
            if one.kind == "shorter_border_h"]  # fmt: skip
    assert [(set(one.areas), one.stays_by) for one in told] == [
        ({"GEO", "UKR"}, ("tir-shorter-border-h-1978-03-20",)),
        ({"GEO", "UKR"}, ()),
    ]
    assert told[1].others == ("ISL",)
    assert not set(told[0].others) & set(told[1].others)
