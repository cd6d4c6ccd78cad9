"""Whether the order of alternatives holds under draws of the facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.facts import uniform
from landbridge.facts.draws import moved
from landbridge.routing import fragility, route
from landbridge.routing.costs import Amount, Amounts
from landbridge.world import World

RATE = 2.0


def way(**usd: tuple[float, float, float]) -> Amounts:
    """A way that costs only money, by row."""
    return Amounts({}, {("parameters", row): Amount(*amount) for row, amount in usd.items()})


def test_what_two_ways_share_cannot_turn_their_order():
    shared = (1000.0, 900.0, 5000.0)
    assert fragility.flips([way(rate=shared, a=(10.0, 0.0, 0.0)), way(rate=shared, b=(11.0, 0.0, 0.0))], RATE) == [
        0.0,
        None,
    ]


def test_two_like_guesses_of_one_size_turn_half_of_the_time():
    guess = (1000.0, 500.0, 1000.0)
    share, last = fragility.flips([way(a=guess), way(b=guess)], RATE)
    assert last is None
    assert share == pytest.approx(0.5, abs=0.15)


def test_hours_count_by_the_value_of_time():
    slow = Amounts({("t", "wait"): Amount(100.0, 50.0, 100.0)}, {})
    fast = way(fare=(190.0, 0.0, 0.0))
    cheap, dear = (fragility.flips([fast, slow], rate)[0] for rate in (2.0, 20.0))
    assert cheap is not None
    assert dear is not None
    assert cheap > 0.2 > dear


def test_one_way_and_none():
    assert fragility.flips([way(a=(1.0, 0.0, 0.0))], RATE) == [None]
    assert fragility.flips([], RATE) == []


@given(st.floats(1.0, 1e6), st.floats(0.0, 0.99), st.floats(0.0, 10.0))
def test_a_draw_follows_the_law_of_the_facts(central, below, above):
    amount = Amount(central, central * below, central * above)
    drawn = fragility._moved([amount], fragility._deviates("parameters", "x")[None, :])[0]
    for k in (0, 1, 7):
        u = uniform(fragility.SEED, k, "parameters", "x", "value")
        expected = moved(central, central - amount.below, central + amount.above, u)
        assert drawn[k] == pytest.approx(expected, rel=1e-9)


def test_an_answer_marks_an_order_that_does_not_hold():
    world = World.at("2025-06-01")
    answer = route(world, "Tehran", "Tbilisi", teu=2)
    told = answer.to_dict()["routes"]
    assert len(told) > 1
    assert told[-1]["order_flips"] is None
    assert not told[-1]["fragile"]
    for one in told[:-1]:
        assert 0.0 <= one["order_flips"] <= 1.0
        assert one["fragile"] == (one["order_flips"] > 0.2)
    cleanest = route(world, "Tehran", "Tbilisi", teu=2, objective="kg_co2e").to_dict()["routes"]
    assert all(one["order_flips"] is None for one in cleanest)
