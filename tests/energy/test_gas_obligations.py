"""Swaps and contracts: what holds on which days, what a buyer owes, what cannot come is not owed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from landbridge.energy.horizon import make_horizon
from landbridge.energy.obligations import Reach
from landbridge.energy.system import System, make_systems
from landbridge.world import World
from tests.energy.tiny_gas import line


def system(day: str, end: str, *scenarios: str) -> System:
    world = World.at(day)
    there = world.apply(*scenarios) if scenarios else world
    horizon = make_horizon(date.fromisoformat(day), date.fromisoformat(end))
    return make_systems(there, horizon)[1]


def names(found: System) -> dict[str, object]:
    return {one.id: one for one in found.swaps}


def test_the_swap_over_iran_holds_in_2022_at_a_ratio_below_one_and_is_halted_in_2024() -> None:
    during, after = system("2022-02-01", "2022-04-30"), system("2024-03-01", "2024-05-31")
    rules = [one for one in during.swaps if any("aze" in during.points[p] for p in one.outs) and one.ins]
    assert rules
    assert all(0 < one.ratio <= 1 for one in rules)
    for one in rules:
        later = names(after).get(one.id)
        if later is not None:
            assert later.ratio == 0 or not later.holds.all() or later.cap_mcmd.max() == 0  # type: ignore[attr-defined]


def test_armenian_electricity_for_gas_serves_power_alone() -> None:
    found = system("2022-02-01", "2022-04-30")
    rules = [one for one in found.swaps if one.kind == "electricity"]
    assert [found.points[p] for one in rules for p in one.ins]
    assert all(found.areas[int(found.heads[p])] == "ARM" for one in rules for p in one.ins)


def test_duties_are_no_more_than_their_points_can_pass() -> None:
    found = system("2021-01-01", "2021-12-31")
    assert found.duties
    for one in found.duties:
        able = float((found.capacity_mcmd[list(one.points)].sum(axis=0) @ found.days) / 1000)
        assert 0 <= one.bcm <= able + 1e-9


def test_what_cannot_come_is_not_owed() -> None:
    before, now = system("2021-01-01", "2021-12-31"), system("2021-01-01", "2021-12-31", "russian-gas-stop")
    owed = {one.id: one.bcm for one in before.duties}
    left = {one.id: one.bcm for one in now.duties}
    at = {one.id: {before.points[p] for p in one.points} for one in before.duties}
    gone = [key for key, points in at.items() if points & {"nord-stream-1", "blue-stream", "turkstream-1"}]
    assert gone
    assert all(left.get(key, 0.0) <= owed[key] for key in gone)
    assert any(left.get(key, 0.0) < owed[key] for key in gone)


def test_the_widest_way_is_as_wide_as_its_narrowest_place() -> None:
    tiny = line()
    reach = Reach(tiny.zones, tiny.areas, tiny.tails, tiny.heads, tiny.capacity_mcmd.mean(axis=1))
    assert reach.widest("SEL", tiny.points.index("m-e")) == pytest.approx(40)
    assert reach.widest("SEL", tiny.points.index("s-m")) == pytest.approx(60)
    assert reach.widest("END", tiny.points.index("s-m")) == 0
    assert np.isfinite(reach.widest(None, 0))
