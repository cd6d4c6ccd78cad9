"""Production: the mean of a year, how far a day may rise, what a horizon may bring in all."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from landbridge.energy.horizon import Horizon, make_horizon
from landbridge.energy.lookup import Used
from landbridge.energy.supply import Production, production
from landbridge.facts import load

FACTS = load()
YEAR = make_horizon(date(2019, 1, 1), date(2019, 12, 31))
MAKERS = ("NOR", "NLD", "DZA", "RUS_W", "QAT", "AZE_M")


def made(horizon: Horizon, *names: str) -> Production:
    rows = [row for row in FACTS.table("gas_zones").rows if row["id"] in names]
    return production(FACTS, rows, horizon, "observed", Used())


@pytest.mark.parametrize("zone", MAKERS)
def test_a_day_may_rise_above_the_mean_and_a_year_by_what_is_spare(zone: str) -> None:
    found = made(YEAR, zone)
    days = np.array([period.days for period in YEAR.periods])
    usual = float(found.usual_mcmd[0] @ days / 1000)
    assert usual > 5
    assert (found.most_mcmd >= found.usual_mcmd).all()
    assert usual <= found.most_bcm[0] <= 1.25 * usual


@pytest.mark.parametrize("zone", MAKERS)
def test_a_longer_horizon_leaves_less_room_above_the_mean(zone: str) -> None:
    rooms = []
    for end in (date(2019, 1, 31), date(2019, 4, 30), date(2019, 9, 30), date(2019, 12, 31)):
        horizon = make_horizon(date(2019, 1, 1), end, "month")
        found = made(horizon, zone)
        days = np.array([period.days for period in horizon.periods])
        rooms.append(float(found.most_bcm[0] / (found.usual_mcmd[0] @ days / 1000)))
    assert all(one >= other - 1e-9 for one, other in pairwise(rooms))


def test_buyers_alone_make_nothing() -> None:
    assert made(YEAR, "FIN").usual_mcmd.sum() == 0
    assert made(YEAR, "LNG_ROW").usual_mcmd.sum() == 0


def test_a_replay_bends_what_was_made_as_far_as_its_figure_may_be_wrong() -> None:
    spread = {row["id"]: float(row["low_ratio"]) for row in FACTS.table("grade_spread").rows}
    rows = {row["year"]: row for row in FACTS.table("gas_years").where(area="NOR")}
    assert made(YEAR, "NOR").loose_share.tolist() == [1 - spread[rows[2019]["production_grade"]]]
    zone = [row for row in FACTS.table("gas_zones").rows if row["id"] == "NOR"]
    # what is foretold has no figure to keep to
    assert production(FACTS, zone, YEAR, "before", Used()).loose_share.tolist() == [1.0]
