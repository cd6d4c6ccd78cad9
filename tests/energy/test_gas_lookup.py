"""Numbers out of fact tables: nearest years, what a problem rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.energy.lookup import Used, by_year, latest_until, nearest_year, parameters, spread_over
from landbridge.facts import load

WEIGHTS = st.lists(st.floats(0, 1e3), min_size=1, max_size=9)


@given(st.floats(0, 1e4), WEIGHTS)
def test_parts_add_up_to_the_whole(total: float, weights: list[float]) -> None:
    assert sum(spread_over(total, weights)) == pytest.approx(total, abs=1e-6)


def test_nothing_to_weigh_by_is_spread_evenly() -> None:
    assert list(spread_over(6.0, [0.0, 0.0, 0.0])) == [2.0, 2.0, 2.0]


def test_nearest_and_latest() -> None:
    rows = by_year([{"id": "a", "year": 2010, "x": 1.0}, {"id": "b", "year": 2014, "x": None}], "x")
    assert list(rows) == [2010]
    assert nearest_year({}, 2010) is None
    assert nearest_year({2010: {"id": "a"}, 2014: {"id": "b"}}, 2013) == {"id": "b"}
    assert latest_until([(2010, {"id": "a"}), (2014, {"id": "b"})], 2013) == {"id": "a"}
    assert latest_until([(2010, {"id": "a"})], 2005) == {"id": "a"}
    assert latest_until([], 2005) is None


def test_rows_used_add_up_and_remarks_are_said_once() -> None:
    used = Used()
    used.row("gas_trade", {"id": "x"}, 2.0)
    used.row("gas_trade", {"id": "x"}, -3.0)
    used.say("one")
    used.say("one")
    assert used.bcm == {("gas_trade", "x"): 5.0}
    assert list(used.remarks) == ["one"]


def test_parameters_of_harm_keep_the_order_of_tiers() -> None:
    known = parameters(load())
    harm = [known[f"shed_{tier}_usd_kcm"] for tier in ("protected", "power", "industry")]
    assert harm == sorted(harm, reverse=True)
    assert known["switch_usd_kcm"] < harm[-1]
