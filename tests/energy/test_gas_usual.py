"""Usual flows: those of an earlier year, over points with room, never more than fits."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from landbridge.energy.horizon import make_horizon
from landbridge.energy.system import System, make_systems
from landbridge.facts import load
from landbridge.world import World

TRADE = load().table("gas_trade").by_id


@cache
def undisturbed(year: int) -> System:
    return make_systems(World.at(f"{year}-01-01"), make_horizon(date(year, 1, 1), date(year, 12, 31)))[0]


@pytest.mark.parametrize("year", [2010, 2014, 2021])
def test_usual_flows_fit(year: int) -> None:
    system = undisturbed(year)
    assert (system.usual_mcmd >= -1e-9).all()
    assert (system.usual_mcmd <= system.capacity_mcmd + 1e-9).all()


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_usual_flows_are_of_an_earlier_year(year: int) -> None:
    years = [int(TRADE[key]["year"]) for table, key in undisturbed(year).used.bcm if table == "gas_trade"]
    assert years
    assert max(years) < year


def test_nord_stream_carried_what_it_carried_in_2020() -> None:
    system = undisturbed(2021)
    carried = float(system.usual_mcmd[system.points.index("nord-stream-1")] @ system.days) / 1000
    assert carried == pytest.approx(float(TRADE["DEU-RUS-2020-pipeline-physical"]["bcm"]), rel=0.05)
