"""Laws of scenarios on the answers of real questions, on the real network around the Caspian and Black Seas."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge import network as packaged
from landbridge.network import Network, load
from landbridge.network.model import ARRAYS
from landbridge.routing import RouteQuestion, Shipment, plan, route
from landbridge.routing.answer import Itinerary
from landbridge.routing.single import best_way
from landbridge.world import Scenario, World, parse_scenario
from landbridge.world.crossings import crossing_state, modes_of

DAYS = ("2023-06-01", "2025-01-15")
OBJECTIVES = ("generalised", "hours", "usd", "kg_co2e")
QUESTIONS = (
    ("Yerevan", "Moscow", ("road",)),
    ("Tehran", "Moscow", ()),
    ("Aktau", "Poti", ()),
    ("Tbilisi", "Tashkent", ("rail", "sea")),
    ("Trabzon", "Almaty", ()),
)
SEARCHED = {"generalised": "spread_generalised_usd", "hours": "spread_hours", "usd": "spread_usd"}
SOUTH, NORTH, WEST, EAST = 30.0, 57.0, 34.0, 78.0
OF_NODES = ("lon", "lat", "node_mode", "node_gauge", "node_area", "node_terminal")
LIKE = 1e-6
"""Weights are whole numbers: as good is a millionth apart."""
SOME = settings(max_examples=4, deadline=None, derandomize=True)


@lru_cache(maxsize=1)
def region() -> Network:
    """The nodes of a window and the arcs between them, without shapes."""
    network = load()
    keep = (network.lat >= SOUTH) & (network.lat <= NORTH) & (network.lon >= WEST) & (network.lon <= EAST)
    arcs = np.flatnonzero(keep[network.tail] & keep[network.head])
    node, arc = np.cumsum(keep) - 1, np.full(network.tail.size, -1)
    arc[arcs] = np.arange(arcs.size)
    columns = {}
    for name, kind in ARRAYS.items():
        column = getattr(network, name)
        if name in OF_NODES:
            found = column[keep]
        elif name in ("tail", "head"):
            found = node[column[arcs]]
        elif name == "twin":
            twin = column[arcs]
            found = np.where(twin >= 0, arc[twin], -1)
        elif name in ("shape", "shape_start"):
            found = np.zeros(0 if name == "shape" else arcs.size + 1)
        else:
            found = column[arcs]
        columns[name] = np.asarray(found, dtype=kind)
    return Network(
        id="window", areas=network.areas, terminals=network.terminals, refs=network.refs, source={}, **columns
    )


@pytest.fixture(autouse=True, scope="module")
def small_world():
    """Questions are asked of the window alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packaged, "load", region)
        yield
    plan._plan.cache_clear()


def read(*events: str) -> Scenario:
    return parse_scenario("name: own\nevents:\n" + "".join(f"- {event}\n" for event in events))


def best(world: World, question: tuple[str, str, tuple[str, ...]]) -> dict[str, float]:
    """The least of each objective; infinite where there is no way.

    What is the least is what the search compares: hours, and what hangs on them, with the rests of lorry drivers spread
    evenly over the way. The rests of one trip come in steps, so that a longer way may end before the rest of a shorter.
    """
    origin, destination, modes = question
    found = {}
    for name in OBJECTIVES:
        way = best_way(world, RouteQuestion(origin, destination, Shipment(modes=modes), name))
        found[name] = getattr(way, SEARCHED.get(name, name)) if isinstance(way, Itinerary) else float("inf")
    return found


@lru_cache(maxsize=64)
def usual(day: str, question: tuple[str, str, tuple[str, ...]]) -> dict[str, float]:
    return best(World.at(day), question)


@lru_cache(maxsize=64)
def gates(day: str, question: tuple[str, str, tuple[str, ...]]) -> tuple[str, ...]:
    """What the ways of a question use: crossings, passages, ports, ferries, and the areas between its ends."""
    origin, destination, modes = question
    answer = route(World.at(day), origin, destination, modes=modes, n=6)
    kinds = {"crossings": "crossing", "passages": "passage", "ports": "port", "ferries": "ferry", "lines": "line"}
    used = {
        f"{kinds[leg.ref[0]]}:{leg.ref[1]}"
        for way in answer.routes
        for leg in way.legs
        if leg.ref is not None and leg.ref[0] in kinds
    }
    used |= {f"area:{area}" for way in answer.routes for area in way.areas[1:-1]}
    return tuple(sorted(used))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question[0]}-{question[1]}")
def test_the_questions_have_ways_over_gates(question):
    assert all(np.isfinite(value) for value in usual(DAYS[0], question).values())
    assert len(gates(DAYS[0], question)) >= 3


def no_better(one: dict[str, float], other: dict[str, float]) -> list[str]:
    """The objectives in which the other is better than the one."""
    return [name for name in OBJECTIVES if other[name] < one[name] * (1.0 - LIKE)]


WORSE = (
    "{{kind: close, subject: '{0}'}}",
    "{{kind: delay, subject: '{0}', hours: 30}}",
    "{{kind: delay, subject: '{0}', closed_share: 0.7}}",
    "{{kind: delay, subject: '{0}', closed_share: 1}}",
    "{{kind: fee, subject: '{0}', usd: 400}}",
    "{{kind: fee, subject: '{0}', usd: 30, unit: tonne}}",
    "{{kind: capacity, subject: '{0}', share: 0.3}}",
    "{{kind: capacity, subject: '{0}', share: 0}}",
)
RESTRICT = {
    "crossing": "{{kind: restrict, subject: '{0}', only: 'only: food'}}",
    "area": "{{kind: restrict, subject: '{0}', only: 'not: container'}}",
    "passage": "{{kind: restrict, subject: '{0}', carrier_classes: [mainline container, regional container]}}",
    "port": "{{kind: restrict, subject: '{0}', carrier_classes: [mainline container, regional container]}}",
}
BANS = {
    "crossing": "{{kind: ban, ban: {{imposers: ARM, what: crossing, crossings: '{1}', applies_to: flag}}}}",
    "passage": "{{kind: ban, ban: {{imposers: ARM, what: passage, passages: '{1}'}}}}",
    "port": "{{kind: ban, ban: {{imposers: ARM, what: port_call, ports: '{1}'}}}}",
    "area": "{{kind: ban, ban: {{imposers: '{1}', what: transit, territory: '{1}'}}}}",
}
PLACED = st.tuples(st.sampled_from(DAYS), st.sampled_from(QUESTIONS))


def about(data: st.DataObject, day: str, question: tuple[str, str, tuple[str, ...]]) -> str:
    return data.draw(st.sampled_from(gates(day, question)), label="subject")


def hindrance(data: st.DataObject, subject: str) -> str:
    kind, _, key = subject.partition(":")
    more = [some[kind] for some in (RESTRICT, BANS) if kind in some]
    return data.draw(st.sampled_from([*WORSE, *more]), label="event").format(subject, key)


@settings(SOME, max_examples=14)
@given(PLACED, st.data())
def test_what_hinders_never_makes_the_best_better(placed, data):
    day, question = placed
    world = World.at(day).apply(read(hindrance(data, about(data, day, question))))
    assert not no_better(usual(day, question), best(world, question))


def shut_posts(day: str) -> tuple[str, ...]:
    """Posts of the window that are shut to freight on the day."""
    world, found = World.at(day), []
    used = {region().refs[number] for number in np.unique(region().ref) if number >= 0}
    for table, key in used:
        if table == "crossings":
            row = world.facts.table("crossings").by_id[key]
            shut = [crossing_state(world, key, mode, row["area_a"], row["area_b"]).shut for mode in modes_of(row)]
            if any(shut):
                found.append(key)
    return tuple(sorted(found))


HELP = st.one_of(
    st.sampled_from(["rasht-astara", "cku", "tripp-meghri", "nakhchivan-rail-restoration"]).map(
        "{{kind: build, project: {0}}}".format
    ),
    st.sampled_from(shut_posts(DAYS[1])).map("{{kind: open, subject: 'crossing:{0}', all_year: true}}".format),
    st.sampled_from(["area:ARM", "area:TKM", "area:IRN", "port:aktau", "port:poti", "ferry:alat-kuryk"]).map(
        "{{kind: open, subject: '{0}', all_year: true}}".format
    ),
    st.sampled_from([("Trabzon", "Batumi", "GEO-TUR-sarpi"), ("Rasht", "Astara, AZE", "AZE-IRN-astara-road")]).map(
        lambda link: (
            f"{{kind: build, link: {{mode: road, from: '{link[0]}', to: '{link[1]}', km: 150, speed_kmh: 70,"
            f" crossings: ['{link[2]}']}}}}"
        )
    ),
)


@settings(SOME, max_examples=8)
@given(PLACED, HELP)
def test_what_helps_never_makes_the_best_worse(placed, helping):
    day, question = placed
    assert not no_better(best(World.at(day).apply(read(helping)), question), usual(day, question))


def told(world: World, question: tuple[str, str, tuple[str, ...]]) -> dict:
    """An answer worked out afresh, without the names of scenarios."""
    plan._plan.cache_clear()
    answer = route(world, question[0], question[1], modes=question[2], n=4).to_dict()
    answer["world"] = {**answer["world"], "scenarios": []}
    return answer


@SOME
@given(PLACED, st.data())
def test_one_scenario_after_the_other_answers_as_their_sum(placed, data):
    day, question = placed
    a, b = (read(hindrance(data, about(data, day, question))) for _ in range(2))
    one_by_one, together = World.at(day).apply(a).apply(b), World.at(day).apply(a + b)
    assert one_by_one.id == together.id
    assert told(one_by_one, question) == told(together, question)


UNDONE = (
    ("{{kind: delay, subject: '{0}', hours: 30, closed_share: 0.6}}", "{{kind: delay, subject: '{0}', hours: 0}}"),
    ("{{kind: fee, subject: '{0}', usd: 400}}", "{{kind: fee, subject: '{0}', usd: 0}}"),
    ("{{kind: capacity, subject: '{0}', share: 0.3}}", "{{kind: capacity, subject: '{0}', share: 1}}"),
    ("{{kind: capacity, subject: '{0}', share: 0}}", "{{kind: capacity, subject: '{0}', share: 1}}"),
    ("{{kind: delay, subject: '{0}', closed_share: 1}}", "{{kind: delay, subject: '{0}', closed_share: 0}}"),
)


@SOME
@given(PLACED, st.sampled_from(UNDONE), st.data())
def test_events_that_undo_each_other_give_the_first_answer(placed, events, data):
    day, question = placed
    subject = about(data, day, question)
    do, undo = (read(event.format(subject)) for event in events)
    world = World.at(day)
    assert world.apply(do).id != world.id
    again = world.apply(do, undo)
    assert again.id == world.id
    assert told(again, question) == told(world, question)


@SOME
@given(PLACED, st.data())
def test_closing_and_opening_what_was_open_gives_the_first_answer(placed, data):
    day, question = placed
    open_ones = [one for one in gates(day, question) if one.partition(":")[0] in ("port", "passage", "ferry")]
    world = World.at(day)
    for subject in data.draw(st.lists(st.sampled_from(open_ones), max_size=2)) if open_ones else ():
        world = world.apply(read(f"{{kind: close, subject: '{subject}'}}", f"{{kind: open, subject: '{subject}'}}"))
    assert world.id == World.at(day).id
    assert told(world, question) == told(World.at(day), question)
