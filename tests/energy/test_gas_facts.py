"""Facts of gas that answers tell: what was given by contract and promised, and whose gas it was."""

from __future__ import annotations

from datetime import date

import pytest

from landbridge.energy.horizon import make_horizon
from landbridge.energy.system import make_systems
from landbridge.facts import load
from landbridge.report.country_gas import gas_lines
from landbridge.report.names import Names
from landbridge.studies.country import depends
from landbridge.studies.country.depends import _bought, _contracts
from landbridge.world import World

ROUNDED = 0.04
"""Gas by origin and gas burnt come from different pages of a review: heating values and roundings differ by so much."""


@pytest.mark.parametrize(
    ("day", "bcm"),
    [("2008-06-01", 42), ("2012-06-01", 10.5), ("2015-06-01", 4), ("2017-06-01", 0), ("2019-05-01", 5.7),
     ("2020-06-01", 5.5), ("2024-08-01", 0)],
)  # fmt: skip
def test_turkmen_gas_for_russia_is_told_as_it_was_sold(day: str, bcm: float) -> None:
    told = [one.bcm_y for one in _contracts(World.at(day), "RUS") if one.origin == "TKM"]
    assert sum(told) == pytest.approx(bcm)


@pytest.mark.parametrize("day", ["2009-06-01", "2013-06-01", "2019-06-01", "2021-06-01", "2023-06-01", "2025-06-01"])
def test_no_area_is_sold_far_more_than_it_burns_by_one_seller(day: str) -> None:
    world = World.at(day)
    for area in ("RUS", "ARM", "ROU", "HUN", "ITA", "GRC", "BGR", "TUR", "SVN", "IRN"):
        rows = world.facts.table("gas_years").where(area=area)
        burnt = max(float(row["consumption_bcm"]) for row in rows if row["consumption_bcm"] is not None)
        by_seller: dict[str, float] = {}
        for one in _contracts(world, area):
            if len(one.buyers) == 1:
                by_seller[one.seller] = by_seller.get(one.seller, 0.0) + one.bcm_y
        assert all(bcm <= 1.2 * burnt for bcm in by_seller.values()), (area, by_seller)


def test_armenia_buys_from_russia_and_iran() -> None:
    year, found = _bought(World.at("2023-06-01"), "ARM")
    assert year == 2022
    # 2.6 and 0.366 bcm by the minister
    assert {one.origin: round(one.share, 2) for one in found} == {"RUS": 0.88, "IRN": 0.12}


def test_what_was_promised_in_january_2009_holds_from_its_day() -> None:
    horizon = make_horizon(date(2009, 1, 7), date(2009, 1, 19))
    system = make_systems(World.at("2009-01-07"), horizon)[1]
    promised = {
        (one.owner, system.stores[one.store].area): one.most_mcmd.tolist()
        for one in system.leases
        if system.stores[one.store].owner == system.stores[one.store].area
    }
    assert promised["SRB", "HUN"] == [0.0] + [2.0] * 12
    assert promised["SRB", "DEU"] == [0.0] * 2 + [1.2] * 11
    assert promised["BIH", "DEU"] == [0.0] * 3 + [0.7] * 10
    austria = promised["SVN", "AUT"]
    assert austria[:2] == [0.0, 0.0]
    assert min(austria[2:]) > 10


def test_gas_by_origin_is_no_more_than_an_area_takes_that_can_send_none_on() -> None:
    """Where no pipe, tanker or store takes gas away, what came in was burnt: two tables, one amount."""
    facts = load()
    zone_area = {row["id"]: row["area"] for row in facts.table("gas_zones").rows}
    sends = {
        zone_area.get(row["from_zone"])
        for row in facts.table("gas_points").rows
        if zone_area.get(row["from_zone"]) != zone_area.get(row["to_zone"]) and (row["capacity_mcmd"] or 0.0) > 0
    }
    sends |= {row["origin"] for row in facts.table("gas_trade").rows}
    stores = {row["area"]: row["value"] for row in facts.table("gas_storages").rows
              if row["item"] == "working-gas" and row["unit"] == "bcm"}  # fmt: skip
    burnt = {(row["area"], row["year"]): row for row in facts.table("gas_years").rows}
    came: dict[tuple[str, int], float] = {}
    for row in facts.table("gas_trade").rows:
        key = (row["importer"], row["year"])
        if row["basis"] == "origin" and row["first_month"] is None and row["origin"] not in ("ALL", row["importer"]):
            came[key] = came.get(key, 0.0) + row["bcm"]
    checked = set()
    for (area, year), bcm in came.items():
        row = burnt.get((area, year))
        if row is None or None in (row["consumption_bcm"], row["production_bcm"]) or area in sends:
            continue
        need = row["consumption_bcm"] - row["production_bcm"]
        checked.add((area, year))
        assert bcm <= need * (1 + ROUNDED) + stores.get(area, 0.0), (area, year, bcm, need)
    assert ("ARM", 2022) in checked
    assert len(checked) > 20


@pytest.mark.parametrize("day", ["2019-06-01", "2021-06-01", "2023-06-01", "2024-06-01"])
def test_gas_bought_stands_against_the_need_and_is_not_scaled_to_it(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(depends, "_balance", lambda world, area: None)
    world, told_of = World.at(day), {"more": 0, "less": 0, "alike": 0}
    for area in sorted({row["importer"] for row in world.facts.table("gas_trade").rows}):
        told = depends.gas(world, area) if area in world.facts.table("areas").by_id else None
        if told is None or not told.bought:
            continue
        rows = [
            row
            for row in world.facts.table("gas_trade").where(importer=area)
            if row["year"] == told.bought_year
            and row["basis"] == "origin"
            and row["first_month"] is None
            and row["origin"] not in ("ALL", area)
        ]
        came = sum(row["bcm"] for row in rows)
        assert sum(one.bcm for one in told.bought) == pytest.approx(came)
        assert sum(one.share for one in told.bought) == pytest.approx(1.0)
        (line,) = (one for one in gas_lines(told.to_dict(), Names()) if one.startswith("Gas bought"))
        if told.need_bcm is None:
            assert (told.untold_bcm, told.beyond_bcm) == (None, None)
            assert "not in the tables" in line
            continue
        assert told.untold_bcm is not None
        assert told.beyond_bcm is not None
        assert came - told.need_bcm == pytest.approx(told.beyond_bcm - told.untold_bcm)
        assert min(told.untold_bcm, told.beyond_bcm) == 0.0
        more, less = (one > 0.02 * told.need_bcm for one in (told.beyond_bcm, told.untold_bcm))
        told_of["more" if more else "less" if less else "alike"] += 1
        assert ("sold on, stored or counted otherwise" in line) is more
        assert ("shares are of those told" in line) is less
    assert told_of["more"]
    assert told_of["alike"]
