"""Facts of gas that answers tell: what was given by contract and promised, and whose gas it was."""

from __future__ import annotations

from datetime import date

import pytest

from landbridge.energy.horizon import make_horizon
from landbridge.energy.system import make_systems
from landbridge.studies.country.depends import _bought, _contracts
from landbridge.world import World


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
