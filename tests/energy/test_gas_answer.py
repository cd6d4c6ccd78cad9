"""The answer as data: its keys, its frames, its flows, no cut where there is none."""

from __future__ import annotations

import json
from functools import cache

import pytest

from landbridge.energy import GasAnswer, gas
from landbridge.world import World

AREA_KEYS = {
    "area", "demand_bcm", "production_bcm", "net_import_bcm", "withdrawal_bcm", "injection_bcm", "losses_bcm",
    "shortage_bcm", "shortage_pct", "shortage_pct_low", "shortage_pct_high", "days_until_empty", "cut_bcm",
    "shortage_of_cut_pct", "lacking_pct", "origins",
}  # fmt: skip
FLOW_KEYS = {"id", "from", "to", "bcm"}


@cache
def told(*scenarios: str, areas: tuple[str, ...] = ()) -> GasAnswer:
    world = World.at("2019-01-01")
    there = world.apply(*scenarios) if scenarios else world
    return gas(there, start="2019-01-01", end="2019-03-31", areas=areas)


def test_the_keys_of_the_schema() -> None:
    data = told("ukraine-transit-stop").to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["question"]["sharing"] == "national" == data.get("sharing", "national")
    assert set(data["areas"][0]) >= AREA_KEYS
    assert set(data["flows"][0]) >= FLOW_KEYS
    assert [period["label"] for period in data["periods"]] == ["2019-01", "2019-02", "2019-03"]


def test_without_a_cut_all_sharings_are_one() -> None:
    found = told()
    assert not found.cut
    for one in found.areas:
        assert len(set(one.by_sharing.values())) == 1
        assert one.cut_bcm is None
        assert one.numbers == pytest.approx(one.before)


def test_a_cut_tells_what_it_takes_and_who_is_short() -> None:
    found = told("ukraine-transit-stop")
    assert found.cut
    lost = {one.area: one.cut_bcm for one in found.areas}
    assert lost["UKR"] > 1
    assert lost["SVK"] > 0.3
    assert lost["NOR"] == pytest.approx(0, abs=1e-6)
    assert any(flow.before_bcm > 1 and flow.bcm < 1e-6 for flow in found.flows if flow.tail == "UKR")


def test_areas_asked_for_are_those_told_of() -> None:
    found = told("ukraine-transit-stop", areas=("SVK", "BGR"))
    assert [one.area for one in found.areas] == ["BGR", "SVK"]
    whole = {one.area: one.numbers for one in told("ukraine-transit-stop").areas}
    assert all(one.numbers == pytest.approx(whole[one.area]) for one in found.areas)


def test_frames_and_indicators_say_the_same() -> None:
    found = told("ukraine-transit-stop")
    frame = found.to_frame()
    whole = frame[frame["period"] == "whole"].set_index("area")
    assert whole.loc["SVK", "demand_bcm"] == pytest.approx(
        next(one.numbers["demand_bcm"] for one in found.areas if one.area == "SVK")
    )
    assert len(found.flows_frame()) == len(found.flows)
    assert {one.name for one in found.indicators()} >= {"shortage", "shortage_share", "transit"}


def test_grades_and_evidence_stand_behind_the_numbers() -> None:
    found = told()
    assert sum(found.grade_shares.values()) == pytest.approx(1)
    tables = {one.table for one in found.evidence}
    assert tables >= {"gas_points", "gas_years", "gas_trade", "gas_demand_tiers"}
    assert all(one.source for one in found.evidence)


def test_under_equal_sharing_no_price_is_told() -> None:
    world = World.at("2019-01-01").apply("ukraine-transit-stop")
    found = gas(world, start="2019-01-01", end="2019-03-31", sharing="equal")
    assert all(one.price_usd_kcm is None for one in found.areas)
    assert all(row.price_usd_kcm is None for period in found.periods for row in period.areas)
    assert all(one.price_usd_kcm is not None for one in told("ukraine-transit-stop").areas)
    # without a cut all ways are least cost
    quiet = gas(World.at("2019-01-01"), start="2019-01-01", end="2019-03-31", sharing="equal")
    assert all(one.price_usd_kcm is not None for one in quiet.areas)
