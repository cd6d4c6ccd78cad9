"""The system as arrays: shapes that fit, and what each kind of event of a scenario changes, and nothing else."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from landbridge.energy.horizon import make_horizon
from landbridge.energy.system import OUTSIDE, System, make_system, make_systems
from landbridge.world import World
from landbridge.world.library import parse_scenario

SPAN = make_horizon(date(2019, 1, 1), date(2019, 4, 30))


@cache
def base() -> World:
    return World.at("2019-01-01")


@cache
def systems(events: str = "") -> tuple[System, System]:
    world = base().apply(parse_scenario(f"{{name: s, events: [{events}]}}")) if events else base()
    return make_systems(world, SPAN)


def zone(system: System, name: str) -> int:
    return system.zones.index(name)


def test_shapes_fit() -> None:
    _, now = systems()
    points, zones, periods = len(now.points), len(now.zones), len(SPAN.periods)
    for table in (now.capacity_mcmd, now.usual_mcmd, now.before_mcmd, now.flow_share):
        assert table.shape == (points, periods)
    assert now.demand.mcmd.shape[0] == now.production.most_mcmd.shape[0] == zones
    assert len(now.kinds) == len(now.pipelines) == len(now.ends) == points
    assert ((now.tails >= OUTSIDE) & (now.tails < zones)).all()
    assert (now.usual_mcmd <= now.capacity_mcmd + 1e-9).all()
    assert len(set(now.points)) == points
    assert all(
        now.zones[int(z)] == end for side, n in ((now.tails, 0), (now.heads, 1))
        for z, end in zip(side, (ends[n] for ends in now.ends), strict=True) if z >= 0
    )  # fmt: skip


def test_cargoes_come_from_outside() -> None:
    _, now = systems()
    for kind, tail, head in zip(now.kinds, now.tails, now.heads, strict=True):
        if kind == "lng-import":
            assert tail == OUTSIDE
        elif kind == "lng-export":
            assert head == OUTSIDE
        else:
            assert min(tail, head) >= 0


def test_a_closed_point_passes_nothing_and_others_what_they_did() -> None:
    before, now = systems("{kind: close, subject: 'gas_point:nord-stream-1'}")
    at = now.points.index("nord-stream-1")
    others = np.arange(len(now.points)) != at
    assert before.capacity_mcmd[at].min() > 100
    assert now.capacity_mcmd[at].max() == 0
    assert np.array_equal(before.capacity_mcmd[others], systems()[1].capacity_mcmd[others])
    assert np.array_equal(now.capacity_mcmd[others], systems()[1].capacity_mcmd[others])


def test_a_cut_of_production_is_of_one_area() -> None:
    plain, now = systems()[1], systems("{kind: cut, subject: 'production:NOR', goods: gas, share: 0.25}")[1]
    at = zone(now, "NOR")
    assert now.production.most_mcmd[at] == pytest.approx(0.75 * plain.production.most_mcmd[at])
    others = np.arange(len(now.zones)) != at
    assert np.array_equal(now.production.most_mcmd[others], plain.production.most_mcmd[others])


def test_demand_and_stores_by_scenario() -> None:
    plain = systems()[1]
    more = systems("{kind: demand, areas: [DEU], goods: gas, factor: 1.1}")[1]
    at = zone(more, "DEU")
    assert more.demand.mcmd[at] == pytest.approx(1.1 * plain.demand.mcmd[at])
    half = systems("{kind: cut, subject: 'storage:DEU', share: 0.5}")[1]
    was, now = ({one.area: one.withdrawal_mcmd for one in system.stores} for system in (plain, half))
    assert now["DEU"] == pytest.approx(was["DEU"] / 2)
    assert now["FRA"] == was["FRA"]


def test_a_built_pipe_is_a_point_that_had_nothing_before() -> None:
    before, now = make_systems(base().apply("trans-caspian-built"), SPAN)
    new = [p for p, ends in enumerate(now.ends) if ends[0] == "TKM" and ends[1].startswith("AZE")]
    assert new
    assert now.capacity_mcmd[new].max() > 10
    assert before.capacity_mcmd[new].max() == 0
    assert before.points == now.points


def test_make_system_is_either_of_the_two() -> None:
    before, now = systems()
    assert np.array_equal(make_system(base(), SPAN).capacity_mcmd, now.capacity_mcmd)
    assert np.array_equal(make_system(base(), SPAN, undisturbed=True).capacity_mcmd, before.capacity_mcmd)
