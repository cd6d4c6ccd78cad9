"""Demand: a year's consumption falls on its months and tiers and on nothing else; cold, switching, zones."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from landbridge.energy.demand import TIERS, Demand, demand
from landbridge.energy.horizon import Horizon, Period, make_horizon
from landbridge.energy.lookup import Used, zone_share
from landbridge.facts import load

FACTS = load()
YEAR = make_horizon(date(2019, 1, 1), date(2019, 12, 31))


def zones(*names: str) -> list:
    return [row for row in FACTS.table("gas_zones").rows if row["id"] in names]


@cache
def asked(name: str, horizon: Horizon = YEAR, basis: str = "observed", cold: str | None = None) -> Demand:
    return demand(FACTS, zones(name), horizon, basis, Used(), cold)  # type: ignore[arg-type]


def whole_bcm(found: Demand, horizon: Horizon) -> float:
    days = np.array([period.days for period in horizon.periods])
    return float((found.mcmd.sum(axis=1) + found.own_mcmd)[0] @ days / 1000)


@pytest.mark.parametrize("area", ["DEU", "BGR", "TUR", "UKR", "JPN", "POL"])
def test_a_year_adds_up_to_its_consumption(area: str) -> None:
    row = next(
        row for row in FACTS.table("gas_years").where(area=area) if row["year"] == 2019 and row["consumption_bcm"]
    )
    assert whole_bcm(asked(area), YEAR) == pytest.approx(float(row["consumption_bcm"]), rel=1e-9)


@pytest.mark.parametrize("area", ["RUS", "CHN", "IRN", "KAZ"])
def test_zones_add_up_to_their_area(area: str) -> None:
    names = [row["id"] for row in FACTS.table("gas_zones").where(area=area) if row["kind"] == "zone"]
    shares = [zone_share(FACTS, row, "demand", 2019)[0] for row in zones(*names)]
    assert len(names) > 1
    assert sum(shares) == pytest.approx(1, abs=0.02)


def test_days_of_a_month_are_its_month() -> None:
    by_day = make_horizon(date(2019, 2, 1), date(2019, 2, 28), "day")
    by_month = make_horizon(date(2019, 2, 1), date(2019, 2, 28), "month")
    assert whole_bcm(asked("DEU", by_day), by_day) == pytest.approx(whole_bcm(asked("DEU", by_month), by_month))


def test_winter_asks_for_more_and_most_of_it_is_protected() -> None:
    found = asked("DEU")
    january, july = found.mcmd[0, :, 0], found.mcmd[0, :, 6]
    protected = TIERS.index("protected")
    assert january.sum() > 1.5 * july.sum()
    assert january[protected] / january.sum() > july[protected] / july.sum()


@pytest.mark.parametrize("cold", ["cold-january", "14-days", "peak-day", "season"])
def test_a_cold_spell_asks_for_more_in_winter_alone(cold: str) -> None:
    plain, more = asked("BGR"), asked("BGR", cold=cold)
    assert more.mcmd[0, :, 0].sum() > plain.mcmd[0, :, 0].sum()
    assert more.mcmd[0, :, 6] == pytest.approx(plain.mcmd[0, :, 6])


def test_a_dated_spell_asks_for_more_on_its_days_alone() -> None:
    spell = Period(date(2015, 2, 15), date(2015, 3, 1))
    winter = make_horizon(date(2014, 9, 1), date(2015, 2, 28), "month", spell)
    plain, more = asked("ROU", winter, "before"), asked("ROU", winter, "before", "14-days")
    assert more.mcmd[0, :, :-1] == pytest.approx(plain.mcmd[0, :, :-1])
    row = FACTS.table("gas_cold").by_id["ROU-14-days-84b9bf"]
    january = plain.mcmd[0, :, 4].sum() + plain.own_mcmd[0, 4]
    assert more.mcmd[0, :, -1].sum() + more.own_mcmd[0, -1] == pytest.approx(january * float(row["multiplier"]))


def test_basis_before_takes_the_year_before() -> None:
    year = make_horizon(date(2020, 1, 1), date(2020, 12, 31))
    before = asked("DEU", year, "before")
    assert before.mcmd.sum() == pytest.approx(asked("DEU").mcmd.sum(), rel=0.01)
    assert before.year_mcmd[0] > 0


def test_switching_is_a_share() -> None:
    for name in ("DEU", "BGR", "TUR"):
        found = asked(name).switching[0]
        assert ((found >= 0) & (found <= 1)).all()


def test_the_months_of_one_year_serve_its_replay_alone() -> None:
    # Germany burnt 73 % of what it burnt in 2022 until September, and 70 % in the mean of 2022 to 2024
    year = make_horizon(date(2022, 1, 1), date(2022, 12, 31))
    days = np.array([period.days for period in year.periods])

    def until_october(found: Demand) -> float:
        months = (found.mcmd.sum(axis=1) + found.own_mcmd)[0] * days
        return float(months[:9].sum() / months.sum())

    own, before = until_october(asked("DEU", year)), until_october(asked("DEU", year, "before"))
    assert own == pytest.approx(0.7212, abs=2e-3)
    assert before < own - 0.01
    after = make_horizon(date(2023, 1, 1), date(2023, 12, 31))
    assert until_october(asked("DEU", after)) < own - 0.01
