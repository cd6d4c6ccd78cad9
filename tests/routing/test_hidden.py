"""Searches between the ways found first: where they look, that they end, and what they leave alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from landbridge.facts import load
from landbridge.routing import alternatives, answering, between, choosing
from landbridge.routing.candidate import Candidate
from landbridge.routing.chain import Way
from landbridge.routing.hidden import hidden, prices_for
from landbridge.routing.question import RouteQuestion
from landbridge.routing.shipment import MODES
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weightings import variants
from landbridge.routing.weights import Prices
from landbridge.world import World
from tests.routing.test_selection import itinerary

ALONE = [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
MONEY_AND_TIME = (2.0, 1.0, 0.0)
SHARE = 0.05
LIMITS = thresholds(load())
amount = st.floats(1.0, 1e4)


def cheapest(ways: NDArray[np.float64], prices: Prices) -> NDArray[np.float64]:
    return np.asarray(ways[int(np.argmin(ways @ np.array(prices)))])


@settings(deadline=None)
@given(st.lists(st.tuples(amount, amount, amount), min_size=1, max_size=30))
def test_when_no_search_is_left_no_way_costs_clearly_less_at_any_prices(some: list[tuple[float, float, float]]) -> None:
    ways = np.array(some)
    most = 2.0 * float((ways @ np.array(MONEY_AND_TIME)).min())
    searched: list[Prices] = [*ALONE, MONEY_AND_TIME]
    found = [cheapest(ways, prices) for prices in searched]
    while (prices := hidden(np.array(found), searched, (MONEY_AND_TIME, most), SHARE)) is not None:
        assert prices not in searched, "a search made twice tells nothing"
        searched.append(prices)
        found.append(cheapest(ways, prices))
    every = prices_for(np.array(found))
    sensible = ways[ways @ np.array(MONEY_AND_TIME) <= most]
    best = np.min(np.array(found) @ every.T, axis=0)
    assert bool(np.all(best <= (1.0 + SHARE) * np.min(sensible @ every.T, axis=0) * (1.0 + 1e-5)))


def test_nothing_hides_beside_one_way_that_is_the_best_in_all() -> None:
    assert hidden(np.array([[10.0, 100.0, 50.0]]), ALONE, (MONEY_AND_TIME, 1e3), SHARE) is None


def test_what_costs_more_than_is_sensible_is_not_looked_for() -> None:
    found = np.array([[10.0, 100.0, 1000.0], [10.0, 10_000.0, 10.0]])
    assert hidden(found, ALONE, (MONEY_AND_TIME, 1e5), SHARE) is not None
    assert hidden(found, ALONE, (MONEY_AND_TIME, 119.0), SHARE) is None


QUESTIONS = [
    ("2021-12-15", "Tehran", "Yerevan", ()),
    ("2025-06-01", "Mersin", "Baghdad", ()),
    ("2025-06-01", "Tashkent", "Warsaw", ("rail",)),
    ("2025-06-01", "Helsinki", "Sofia", ("road", "sea")),
]


@pytest.mark.parametrize(("day", "origin", "destination", "modes"), QUESTIONS)
def test_more_searches_only_add_ways(
    day: str, origin: str, destination: str, modes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World.at(day)
    setting = answering.prepare(world, RouteQuestion(origin, destination))
    several = variants("generalised", modes or MODES, LIMITS, by_surface=True)

    def found(searches: float, joined: float) -> tuple[Candidate, ...]:
        limits = replace(LIMITS, more_searches=searches, more_joined=joined)
        monkeypatch.setattr(between, "thresholds", lambda _: limits)
        return alternatives.candidates(setting.plan, partial(answering.door_ways, setting), (), several)

    without, some = found(0.0, 0.0), found(LIMITS.more_searches, LIMITS.more_joined)
    assert [one.arcs.tolist() for one in some if not one.between] == [one.arcs.tolist() for one in without]
    assert not any(one.between for one in without)
    most = LIMITS.more_searches + (LIMITS.more_searches + 1) * LIMITS.more_joined
    assert sum(one.between for one in some) <= most


def test_a_way_between_the_fast_and_the_clean_one_is_found() -> None:
    # By lorry 1,564 kg in 85 h, by ship 707 kg in 656 h; between them 1,019 kg in 175 h, for less than half its money.
    world = World.at("2021-12-15")
    setting = answering.prepare(world, RouteQuestion("Tehran", "Yerevan"))
    several = variants("generalised", MODES, LIMITS, by_surface=True)
    found = alternatives.candidates(setting.plan, partial(answering.door_ways, setting), (), several)
    ways = [one.way for one in answering.priced(setting, found)]
    first, cleanest = ways[0], min(ways, key=lambda way: way.kg_co2e)
    some = [way for one, way in zip(found, ways, strict=True) if one.between]
    assert any(
        first.hours < way.hours < 0.5 * cleanest.hours
        and first.usd < way.usd < cleanest.usd
        and cleanest.kg_co2e < way.kg_co2e < 0.8 * first.kg_co2e
        for way in some
    )


def candidate(reason: str, *, between: bool = False) -> Candidate:
    return Candidate(np.empty(0, dtype=np.int64), reason, Way(0, 0), Way(1, 1), 1, between=between)


@pytest.mark.parametrize("better", ["generalised_usd", "hours", "usd", "kg_co2e"])
def test_a_way_between_is_the_best_in_no_measure(better: str) -> None:
    found = [candidate("generalised"), candidate("hours"), candidate("at prices", between=True)]
    first, fast, more = itinerary("a", 50, 100, 90), itinerary("b", 30, 300, 80), itinerary("c", 40, 200, 85)
    kept, ways = choosing.beside_the_best(found, [first, fast, more])
    assert len(kept) == len(ways) == 3
    kept, ways = choosing.beside_the_best(found, [first, fast, replace(more, **{better: 20.0})])
    assert [one.reason for one in kept] == ["generalised", "hours"]
    assert [way.label for way in ways] == ["a", "b"]
