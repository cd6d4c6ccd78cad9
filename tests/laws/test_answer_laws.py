"""Laws of answers: the same in any order, thread and process, by either engine and in a matrix; legs that add up."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.routing import RouteAnswer, RouteQuestion, Shipment, _cch, answer_route, matrix
from landbridge.routing import plan as planning
from landbridge.routing import weighted as weighing
from landbridge.routing.alternatives import _still_best
from landbridge.routing.answering import door_ways, prepare
from landbridge.routing.chain import best_chain
from landbridge.routing.costs.classes import sides
from landbridge.routing.engine import make_engine
from landbridge.routing.once import best_once
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weightings import variants
from landbridge.routing.weights import UNITS_PER, Variant, integer_weights
from landbridge.world import World, crossing_state

DAYS = ("2025-06-01", "2019-03-15")
PLACES = ("Mumbai", "Moscow", "Xi'an", "Tehran", "Tashkent", "Istanbul")
CARGOES = ("container", "grain")
QUESTIONS = (
    RouteQuestion("Kashgar", "Tashkent"),
    RouteQuestion("Tehran", "Yerevan", Shipment(teu=2, modes=("road",)), n=2),
    RouteQuestion("Almaty", "Tashkent", Shipment(cargo="grain", tonnes=600), "usd", 3),
    RouteQuestion("Warsaw", "Minsk", Shipment(modes=("rail", "road")), "hours", 2),
)
BUILD = """name: own
events:
- {kind: build, link: {mode: road, from: Tbilisi, to: Vladikavkaz, km: 150, speed_kmh: 60,
   crossings: [GEO-RUS-upper-lars]}}
"""
FRESH = """
import json, sys
from landbridge.routing import RouteQuestion, answer_route
from landbridge.world import World
asked = RouteQuestion.from_dict(json.loads(sys.argv[1]))
print(json.dumps(answer_route(World.at(sys.argv[2]), asked).to_dict(), sort_keys=True))
"""


@cache
def world(day: str = DAYS[0]) -> World:
    return World.at(day)


def forget() -> None:
    """Start cold: no weighting, plan or permit is kept."""
    for kept in (weighing._engine, planning._weighted, planning._plan, planning.permit_class):
        kept.cache_clear()


def told(answer: RouteAnswer) -> str:
    return json.dumps({**answer.to_dict(), "geometry": answer.to_geojson()}, sort_keys=True)


@pytest.fixture(scope="module")
def answers() -> dict[RouteQuestion, RouteAnswer]:
    """Each question asked once, in order, from the cold."""
    forget()
    return {asked: answer_route(world(), asked) for asked in QUESTIONS}


def test_the_same_in_any_order_warm_and_cold(answers: dict[RouteQuestion, RouteAnswer]) -> None:
    warm = {asked: told(answer_route(world(), asked)) for asked in reversed(QUESTIONS)}
    forget()
    cold = {asked: told(answer_route(world(), asked)) for asked in reversed(QUESTIONS)}
    for asked, answer in answers.items():
        assert warm[asked] == cold[asked] == told(answer)


def test_the_same_in_threads(answers: dict[RouteQuestion, RouteAnswer]) -> None:
    """Many questions at once, from the cold, so that threads meet at what is kept."""
    forget()
    asked = [question for question in QUESTIONS for _ in range(2)]
    random.Random(5).shuffle(asked)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda question: told(answer_route(world(), question)), asked))
    for question, text in zip(asked, found, strict=True):
        assert text == told(answers[question])


def test_the_same_in_a_process_of_its_own(answers: dict[RouteQuestion, RouteAnswer]) -> None:
    question = QUESTIONS[1]
    some = (sys.executable, "-c", FRESH, json.dumps(question.to_dict()), DAYS[0])
    done = subprocess.run(some, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == json.loads(json.dumps(answers[question].to_dict()))


@pytest.mark.skipif(not _cch.available(), reason="pyroutingkit is not installed")
@pytest.mark.parametrize("question", [QUESTIONS[1], QUESTIONS[3]], ids=["road", "rail and road"])
def test_the_same_by_plain_dijkstra(
    question: RouteQuestion, answers: dict[RouteQuestion, RouteAnswer], monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    with monkeypatch.context() as without:
        without.setattr(_cch, "available", lambda: False)
        plain = told(answer_route(world(), question))
    forget()
    assert plain == told(answers[question])


@settings(max_examples=3, deadline=None, derandomize=True)
@given(
    st.sampled_from(DAYS), st.sampled_from(CARGOES), st.sampled_from(("generalised", "usd", "hours")),
    st.lists(st.sampled_from(PLACES), min_size=2, max_size=2, unique=True),
)  # fmt: skip
def test_a_matrix_equals_its_single_questions(day: str, cargo: str, objective: Any, places: list[str]) -> None:
    cells = {cell[:2]: cell[2:] for cell in matrix(world(day), places, objective=objective, cargo=cargo).cells}
    for (origin, goal), cell in cells.items():
        if origin == goal:
            assert cell == (0.0, 0.0, 0.0, 0.0)
            continue
        answer = answer_route(world(day), RouteQuestion(origin, goal, Shipment(cargo=cargo), objective, 1))
        if not answer.routes:
            assert cell == (None,) * 4
            continue
        best = answer.routes[0]
        single = (best.km, best.hours, best.usd, best.kg_co2e)
        assert cell == pytest.approx(single, rel=1e-9), (origin, goal, best.label)


def test_a_matrix_equals_its_single_questions_where_a_corridor_leads_along_the_best_way() -> None:
    places = ("Tashkent", "Moscow", "Yerevan")
    for origin, goal, *cell in matrix(World.at("2024-06-01"), places).cells:
        if origin != goal:
            best = answer_route(World.at("2024-06-01"), RouteQuestion(origin, goal, n=1)).routes[0]
            assert cell == pytest.approx((best.km, best.hours, best.usd, best.kg_co2e), rel=1e-9), (origin, goal)


def every_way(answers: dict[RouteQuestion, RouteAnswer]) -> Iterator[tuple[RouteQuestion, Any]]:
    for question, answer in answers.items():
        assert answer.routes
        for way in (*answer.routes, *answer.others):
            yield question, way


def test_totals_are_the_sums_of_the_legs(answers: dict[RouteQuestion, RouteAnswer]) -> None:
    for _, way in every_way(answers):
        for name in ("km", "hours", "usd", "kg_co2e"):
            assert getattr(way, name) == pytest.approx(math.fsum(getattr(leg, name) for leg in way.legs), rel=1e-9)
        assert all(leg.hours >= 0.0 and leg.km >= 0.0 and leg.kg_co2e >= 0.0 for leg in way.legs)
        assert sum(dict(way.grade_shares).values()) == pytest.approx(1.0)


def test_by_land_areas_are_crossed_over_posts_open_to_the_shipment(
    answers: dict[RouteQuestion, RouteAnswer],
) -> None:
    posts = world().facts.table("crossings").by_id
    crossed = 0
    for question, way in every_way(answers):
        rules = prepare(world(), question).plan.rules
        by_land = [leg for leg in way.legs if leg.mode in {"rail", "road"} and leg.areas]
        for before, after in pairwise(by_land):
            assert before.areas[-1] == after.areas[0] or not _joined(way.legs, before, after)
        for leg in by_land:
            if len(set(leg.areas)) < 2:
                continue
            assert leg.kind == "crossing", leg
            assert leg.ref is not None
            assert leg.ref[0] == "crossings"
            start, goal = sides(posts[leg.ref[1]], leg.areas[0], leg.areas[-1])
            assert crossing_state(world(), leg.ref[1], leg.mode, start, goal).freight != "none", leg.ref
            assert (leg.ref[1], leg.mode, f"{start}>{goal}") not in rules.crossing_refusals
            crossed += 1
    assert crossed >= 8


def _joined(legs: tuple[Any, ...], before: Any, after: Any) -> bool:
    """Whether nothing but land lies between two legs."""
    between = legs[legs.index(before) + 1 : legs.index(after)]
    return all(leg.mode in {"rail", "road"} for leg in between)


def test_links_laid_over_the_network_give_what_a_network_built_anew_gives(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(BUILD, encoding="utf-8")
    built = prepare(world().apply(str(own)), RouteQuestion("Yerevan", "Moscow")).plan
    variant = Variant("generalised", "generalised")
    engine, weights = built.engine(variant), built.weights(variant)
    anew = make_engine(built.topology, weights, kind="dijkstra")
    rng = np.random.default_rng(11)
    ends = np.flatnonzero(built.network.node_terminal >= 0)
    near = np.concatenate((rng.choice(ends, 5), np.arange(built.topology.n - 2, built.topology.n)))
    far = rng.choice(ends, 8)
    np.testing.assert_array_equal(engine.distances(near, far), anew.distances(near, far))
    for source, target in zip(near.tolist(), far.tolist(), strict=False):
        one, other = engine.path(source, target), anew.path(source, target)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            np.testing.assert_array_equal(one.arcs, other.arcs)


@pytest.mark.parametrize("ends", [("Kashgar", "Tashkent"), ("Tehran", "Yerevan")], ids=" - ".join)
def test_each_way_of_looking_finds_the_same_searched_anew_by_an_engine_or_known_before(ends: tuple[str, str]) -> None:
    setting = prepare(world(), RouteQuestion(*ends))
    the_plan = setting.plan
    some = variants("generalised", ("rail", "road", "sea", "air"), thresholds(world().facts), by_surface=True)
    found = {}
    for variant in some:
        prices, per = the_plan.prices(variant.objective), the_plan.units_per(variant.objective)
        weights = integer_weights(the_plan.network, the_plan.costs, the_plan.unit_factor, variant, prices, per=per)
        np.testing.assert_array_equal(the_plan.weights(variant), weights)
        begin, end = door_ways(setting, variant)
        found[variant] = best_once(the_plan.topology, weights, begin, end)
    for variant, best in found.items():
        assert best is not None
        if variant in some[:2]:
            by_engine = best_chain(the_plan.engine(variant), door_ways(setting, variant))
            assert by_engine is not None
            np.testing.assert_array_equal(best.arcs, by_engine.arcs)
        for other, known in found.items():
            if known is not None and _still_best(the_plan.network, variant, other, known.arcs):
                assert (best.units, best.ways) == (known.units, known.ways)
                np.testing.assert_array_equal(best.arcs, known.arcs)


@pytest.mark.parametrize("cargo", ["gold", "semiconductors"])
def test_an_hour_may_be_worth_so_much_that_weights_are_coarser(cargo: str) -> None:
    """A fortnight in a port costs more than whole units of the usual size can hold; the best way stays the best."""
    asked = RouteQuestion("Almaty", "Tashkent", Shipment(cargo=cargo))
    the_plan = prepare(world(), asked).plan
    assert the_plan.units_per("generalised") < UNITS_PER["generalised"]
    answer = answer_route(world(), asked)
    assert answer.answered
    assert min(one.generalised_usd for one in answer.routes) == answer.routes[0].generalised_usd


def test_what_is_kept_is_bounded() -> None:
    bounded = (planning._weighted, planning._plan, planning.permit_class, planning.topology, planning._laid)
    for kept in (weighing._engine, *bounded):
        most = kept.cache_info().maxsize
        assert most is not None
        assert kept.cache_info().currsize <= most <= 8192
