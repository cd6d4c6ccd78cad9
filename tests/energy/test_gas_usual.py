"""Usual flows: those of an earlier year, over points with room, never more than fits."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from landbridge.energy.horizon import make_horizon
from landbridge.energy.lookup import Used
from landbridge.energy.usual import usual_flows
from landbridge.facts import load
from landbridge.world import World, pipe_states

FACTS = load()
AREA = {row["id"]: row["area"] for row in FACTS.table("gas_zones").rows}
NODES = frozenset(row["id"] for row in FACTS.table("gas_zones").rows if row["kind"] == "node")


def led(year: int) -> tuple[np.ndarray, np.ndarray, tuple[str, ...], Used]:
    horizon = make_horizon(date(year, 1, 1), date(year, 12, 31))
    states = pipe_states(World.at(f"{year}-01-01"), horizon.each_day(), undisturbed=True)
    by_pipe = np.array(["lng" not in kind for kind in states.kinds])
    room = np.where(by_pipe, states.capacity_mcmd.max(axis=1), 0.0)
    used = Used()
    flow = usual_flows(FACTS, year, states.from_zones, states.to_zones, room, AREA, NODES, used)
    return flow, room, states.points, used


@pytest.mark.parametrize("year", [2010, 2014, 2021])
def test_usual_flows_fit(year: int) -> None:
    flow, room, _, _ = led(year)
    assert (flow >= 0).all()
    assert (flow <= room + 1e-9).all()


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_usual_flows_are_of_an_earlier_year(year: int) -> None:
    *_, used = led(year)
    rows = FACTS.table("gas_trade").by_id
    years = [int(rows[key]["year"]) for table, key in used.bcm if table == "gas_trade"]
    assert years
    assert max(years) < year


def test_nord_stream_carried_what_it_carried_in_2020() -> None:
    flow, _, points, _ = led(2021)
    row = FACTS.table("gas_trade").by_id["DEU-RUS-2020-pipeline-physical"]
    assert flow[points.index("nord-stream-1")] * 366 / 1000 == pytest.approx(float(row["bcm"]), rel=0.03)
