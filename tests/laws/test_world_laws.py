"""Laws of worlds: order of application, undoing, ids, closing only takes away."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.facts import load
from landbridge.world import (
    Event,
    Scenario,
    Trip,
    World,
    crossing_state,
    list_scenarios,
    passage_state,
    read_scenario,
    resolve,
)

FACTS = load()
DAYS = st.dates(min_value=World.at("1991-01-01").day, max_value=FACTS.last_day).map(lambda day: day.isoformat())
CROSSINGS = [row["id"] for row in FACTS.table("crossings").rows]
SUBJECTS = st.one_of(
    st.sampled_from(CROSSINGS).map("crossing:{}".format),
    st.sampled_from([row["id"] for row in FACTS.table("passages").rows]).map("passage:{}".format),
    st.sampled_from([row["id"] for row in FACTS.table("ports").rows]).map("port:{}".format),
    st.sampled_from([row["id"] for row in FACTS.table("ferries").rows]).map("ferry:{}".format),
    st.sampled_from([row["id"] for row in FACTS.table("projects").rows]).map("project:{}".format),
)
STATUS = st.builds(
    lambda kind, subject: Event.model_validate({"kind": kind, "subject": subject}),
    st.sampled_from(["close", "open"]),
    SUBJECTS,
)
RESTRICT = st.builds(
    lambda post: Event.model_validate({"kind": "restrict", "subject": f"crossing:{post}", "only": "only: food"}),
    st.sampled_from(CROSSINGS),
)
ADDED = st.builds(
    lambda subject, hours: Event.model_validate({"kind": "delay", "subject": subject, "hours": hours}),
    SUBJECTS.filter(lambda subject: not subject.startswith("project:")),
    st.integers(0, 50),
)
MEMBER = st.builds(
    lambda kind, bloc, area: Event.model_validate({"kind": kind, "bloc": bloc, "areas": area}),
    st.sampled_from(["join", "leave", "freeze"]),
    st.sampled_from(["eaeu", "eu", "csto", "tir"]),
    st.sampled_from(["ARM", "UZB", "TUR", "POL", "KAZ"]),
)
EVENTS = st.lists(st.one_of(STATUS, RESTRICT, ADDED, MEMBER), max_size=5).map(tuple)
FEW = settings(max_examples=40, deadline=None)


def scenario(name, events):
    return Scenario(name=name, events=events)


@FEW
@given(DAYS, EVENTS, EVENTS)
def test_applying_one_then_the_other_is_applying_the_sum(day, first, second):
    a, b = scenario("a", first), scenario("b", second)
    world = World.at(day)
    one_by_one = world.apply(a).apply(b)
    together = world.apply(a + b)
    assert one_by_one == together == world.apply(a, b)
    assert one_by_one.scenarios == together.scenarios == ("a", "b")
    assert dict(one_by_one.effects) == dict(together.effects)


@FEW
@given(DAYS, EVENTS)
def test_names_do_not_count(day, events):
    world = World.at(day)
    assert world.apply(scenario("a", events)).id == world.apply(scenario("z", events)).id


@FEW
@given(DAYS, EVENTS)
def test_applying_twice_is_applying_once(day, events):
    one = scenario("a", events)
    assert World.at(day).apply(one, one) == World.at(day).apply(one)


@FEW
@given(DAYS, st.sampled_from(CROSSINGS), st.sampled_from(["close", "restrict"]))
def test_events_that_undo_each_other_give_the_first_id(day, crossing, kind):
    """Closing a post and letting pass what passed before is nothing."""
    world = World.at(day)
    row = FACTS.table("crossings").by_id[crossing]
    undo = []
    for mode in row["modes"]:
        for frm, to in ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"])):
            was = crossing_state(world, crossing, mode, frm, to)
            # A closed season is not a row: what passes by the rows is what has to come back.
            if was.reason == "closed season":
                return
            event = {"subject": f"crossing:{crossing}", "modes": mode, "direction": f"{frm}>{to}"}
            how = {"none": "close", "all": "open", "listed": "restrict"}[was.freight]
            more = {} if how == "close" else {"carriers": was.carriers}
            if how == "restrict":
                more["only"] = was.cargo_note
            undo.append(Event.model_validate({"kind": how, **event, **more}))
    what = {"only": "only: food"} if kind == "restrict" else {}
    do = Event.model_validate({"kind": kind, "subject": f"crossing:{crossing}", **what})
    changed = world.apply(scenario("do", (do,)))
    assert changed.apply(scenario("undo", tuple(undo))) == world
    assert changed.apply(scenario("undo", tuple(undo))).id == world.id


@FEW
@given(DAYS, st.sampled_from(["build", "close"]))
def test_building_and_shutting_a_project_undo_each_other(day, last):
    world = World.at(day)
    build = Event.model_validate({"kind": "build", "project": "rasht-astara"})
    shut = Event.model_validate({"kind": "close", "subject": "project:rasht-astara"})
    assert world.apply(scenario("x", (build, shut))) == world
    assert (world.apply(scenario("x", (shut, build))) == world) is False
    assert last


def test_joining_and_leaving_undo_each_other():
    world = World.at("2025-06-01")
    join = Event.model_validate({"kind": "join", "bloc": "eaeu", "areas": "UZB"})
    leave = Event.model_validate({"kind": "leave", "bloc": "eaeu", "areas": "UZB"})
    assert world.apply(scenario("x", (join, leave))).id == world.id
    assert world.apply(scenario("x", (join,))).id != world.id


def test_freezing_is_undone_by_joining_and_what_is_frozen_can_still_leave():
    freeze, join, leave = (
        Event.model_validate({"kind": kind, "bloc": "csto", "areas": "ARM"}) for kind in ("freeze", "join", "leave")
    )
    before, after = World.at("2023-06-01"), World.at("2024-06-01")
    assert before.apply(scenario("x", (freeze, join))) == before
    assert before.apply(scenario("x", (freeze,))) != before
    assert after.apply(scenario("x", (freeze,))) == after
    assert after.apply(scenario("x", (leave,))) != after
    assert after.apply(scenario("x", (leave, freeze))) == after


def test_ids_do_not_depend_on_the_order_of_rows():
    rows = list(FACTS.table("crossing_status").rows)
    ids = set()
    for seed in (1, 2):
        random.Random(seed).shuffle(rows)
        shuffled = FACTS.with_rows("crossing_status", [dict(row) for row in rows])
        world = World.at("2023-06-01", shuffled).apply("upper-lars-closed")
        ids.add(world.id)
        assert crossing_state(world, "EST-RUS-narva-road", "road", "EST", "RUS").freight == "all"
    assert len(ids) == 1


def test_the_order_of_scenarios_counts_only_where_they_meet():
    world = World.at("2023-06-01")
    assert world.apply("suez-closed", "hormuz-closed") == world.apply("hormuz-closed", "suez-closed")


@FEW
@given(DAYS, st.sampled_from(sorted(name for name in list_scenarios() if name.endswith(("-closed", "-ban")))))
def test_closing_only_adds_refusals(day, name):
    world = World.at(day)
    trip = Trip("CHN", "DEU")
    before, after = resolve(world, trip), resolve(world.apply(name), trip)
    assert before.crossing_refusals.keys() <= after.crossing_refusals.keys()
    assert before.passage_refusals.keys() <= after.passage_refusals.keys()
    assert before.port_refusals.keys() <= after.port_refusals.keys()
    assert before.area_transit.keys() <= after.area_transit.keys()


@FEW
@given(DAYS, st.sampled_from(["cku-built", "rasht-astara-built", "turkey-armenia-open", "zangezur-tripp"]))
def test_building_and_opening_only_take_refusals_away(day, name):
    world = World.at(day)
    trip = Trip("CHN", "DEU")
    before, after = resolve(world, trip), resolve(world.apply(name), trip)
    assert after.crossing_refusals.keys() <= before.crossing_refusals.keys()
    assert after.passage_refusals.keys() <= before.passage_refusals.keys()
    assert after.area_transit.keys() <= before.area_transit.keys()


@FEW
@given(DAYS)
def test_a_base_world_is_left_as_it_was(day):
    world = World.at(day)
    state = passage_state(world, "suez")
    world.apply("suez-closed", read_scenario("hormuz-closed"))
    assert passage_state(world, "suez") == state
    assert world == World.at(day)
    assert world.effects == {}


@FEW
@given(DAYS, st.sampled_from(CROSSINGS), st.sampled_from(["road", "rail"]))
def test_every_crossing_has_an_answer_on_every_day(day, crossing, mode):
    row = FACTS.table("crossings").by_id[crossing]
    state = crossing_state(World.at(day), crossing, mode, row["area_a"], row["area_b"])
    assert state.freight in {"all", "listed", "none"}
    assert state.evidence
    assert 0 <= state.closed_probability <= 1


@FEW
@given(DAYS, DAYS, st.sampled_from(CROSSINGS))
def test_what_was_known_later_never_counts_earlier(day, known, crossing):
    """A row whose knowledge begins after the day of the study is not cited."""
    row = FACTS.table("crossings").by_id[crossing]
    world = World.at(day, known_on=known)
    state = crossing_state(world, crossing, row["modes"][0], row["area_a"], row["area_b"])
    for table, key in state.evidence:
        cited = FACTS.table(table).by_id[key]
        if table == "crossing_status" and cited["precision"] != "before":
            assert cited["known_from"].first <= world.known_on
