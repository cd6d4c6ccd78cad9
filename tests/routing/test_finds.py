"""Best ways kept on disk with a plan are those searched, and some arcs weigh what they do among all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from landbridge import shelf
from landbridge.facts import load
from landbridge.routing import RouteQuestion, Shipment, answer_route, avoided, plan, weighted
from landbridge.routing.answering import prepare
from landbridge.routing.chain import Chained, Way
from landbridge.routing.finds import Finds
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weightings import variants
from landbridge.world import World

FACTS = load()
ASKED = RouteQuestion("Kashgar", "Tashkent")
BY_MANY_PORTS = RouteQuestion("Chennai", "Vienna")
"""Between corridors with some two dozen ports at both ends."""
BEGIN, END = (Way(3, 3, 40), Way(5, 5, 0)), (Way(9, 9, 7),)


def forget() -> None:
    plan._plan.cache_clear()
    plan._weighted.cache_clear()
    avoided._weighted.cache_clear()
    weighted._engine.cache_clear()
    gc.collect()


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path))
    forget()
    yield tmp_path
    forget()


def test_ways_come_back_from_the_disk_as_they_were(base: Path) -> None:
    finds = Finds(("a plan",))
    way = Chained(55, np.array([4, 6, 1]), (BEGIN[0], END[0]), (0, 3))
    over_arcs = (Way(1, 2, 3, (8,)),)
    for name, begin, at_most, found in (
        ("cheap", BEGIN, np.inf, way),
        ("cheap", BEGIN, 54.0, None),
        ("fast", BEGIN[1:], 17.0, None),
        ("fast", over_arcs, np.inf, way),
    ):
        finds.of(name).get((begin, END, at_most), lambda found=found: found)  # type: ignore[misc]
    del finds
    again = Finds(("a plan",))
    back = again.of("cheap").peek((BEGIN, END, np.inf))
    assert back is not None
    assert (back.units, back.arcs.tolist(), back.ways, back.starts) == (55, [4, 6, 1], way.ways, (0, 3))
    assert [key for key, _ in again.of("cheap").items()] == [(BEGIN, END, np.inf), (BEGIN, END, 54.0)]
    assert again.of("fast").items() == [((BEGIN[1:], END, 17.0), None)]
    assert not Finds(("another plan",)).of("cheap").items()
    assert not Finds().of("cheap").items()


def test_a_question_asked_by_an_earlier_process_is_searched_no_more(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World.at("2025-06-01", FACTS)
    first = answer_route(world, ASKED).to_dict()
    forget()
    assert any(file.name.startswith("best") for file in base.iterdir())

    def search(*_: object) -> None:
        raise AssertionError("searched again")

    with monkeypatch.context() as patched:
        patched.setattr(weighted, "best_once", search)
        assert answer_route(World.at("2025-06-01", FACTS), ASKED).to_dict() == first
    forget()
    for file in base.iterdir():
        if file.name.startswith("best"):
            file.write_bytes(file.read_bytes()[:-3])
    assert answer_route(World.at("2025-06-01", FACTS), ASKED).to_dict() == first


@pytest.mark.parametrize("question", [ASKED, BY_MANY_PORTS])
def test_a_question_asked_by_an_earlier_process_needs_no_engine(
    base: Path, monkeypatch: pytest.MonkeyPatch, question: RouteQuestion
) -> None:
    first = answer_route(World.at("2025-06-01", FACTS), question).to_dict()
    forget()

    def make(*_: object, **__: object) -> None:
        raise AssertionError("an engine was made")

    with monkeypatch.context() as patched:
        patched.setattr(weighted, "make_engine", make)
        assert answer_route(World.at("2025-06-01", FACTS), question).to_dict() == first


@pytest.mark.parametrize("cargo", ["container", "grain"])
def test_some_arcs_weigh_what_they_do_among_all(cargo: str) -> None:
    the_plan = prepare(World.at("2025-06-01", FACTS), RouteQuestion("Kashgar", "Tashkent", Shipment(cargo=cargo))).plan
    some = np.random.default_rng(1).choice(the_plan.network.m, 5000, replace=False)
    for variant in variants("generalised", ("rail", "road", "sea", "air"), thresholds(FACTS), by_surface=True):
        per = the_plan.units_per(variant.objective)
        np.testing.assert_array_equal(
            plan._weigh(the_plan, variant, per, None, some), the_plan.weights(variant)[some], str(variant)
        )
    for without in (frozenset[int](), frozenset((0, 2))):
        every = avoided._weigh(the_plan, variant, without, None)
        np.testing.assert_array_equal(avoided._weigh(the_plan, variant, without, some), every[some])
