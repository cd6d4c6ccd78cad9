"""Stores: what was in them on a day, how withdrawal falls, what the state holds back."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.energy.horizon import make_horizon
from landbridge.energy.lookup import Used
from landbridge.energy.stores import Store, _upper_lines, stores
from landbridge.facts import load

FACTS = load()
ROWS = [row for row in FACTS.table("gas_zones").rows if row["kind"] == "zone"]
DAYS = (date(2009, 1, 6), date(2014, 9, 1), date(2022, 2, 24), date(2025, 1, 1))


def held(day: date) -> dict[str, Store]:
    horizon = make_horizon(day, date(day.year, day.month, 28), "month")
    return {one.name: one for one in stores(FACTS, ROWS, np.ones(len(ROWS)), horizon, Used())}


@pytest.mark.parametrize("day", DAYS)
def test_what_is_in_store_fits(day: date) -> None:
    found = held(day)
    assert {"DEU", "UKR", "ITA", "FRA"} <= set(found)
    for one in found.values():
        assert 0 <= one.strategic_bcm <= one.start_bcm <= one.working_bcm
        assert 0 <= one.usual_end_bcm <= one.working_bcm
        assert one.withdrawal_mcmd > 0
        assert one.injection_mcmd > 0


@pytest.mark.parametrize("day", DAYS)
def test_withdrawal_falls_as_a_store_empties(day: date) -> None:
    for one in held(day).values():
        rates = [
            min(rate + slope * share * one.working_bcm for rate, slope in one.curve) for share in np.linspace(0, 1, 11)
        ]
        assert all(low <= high + 1e-9 for low, high in pairwise(rates))
        assert rates[-1] == pytest.approx(one.withdrawal_mcmd, rel=0.02)


def test_measured_fills_of_germany() -> None:
    found = held(date(2022, 2, 24))["DEU"]
    # 30.6 % on that day by AGSI
    assert found.start_bcm / found.working_bcm == pytest.approx(0.306, abs=0.02)


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=8, unique_by=lambda one: round(one[0], 3)
    )
)
def test_lines_lie_above_all_points(points: list[tuple[float, float]]) -> None:
    ordered = sorted((round(x, 3), y) for x, y in points)
    lines = _upper_lines(ordered)
    for x, y in ordered:
        assert min(a + b * x for a, b in lines) >= y - 1e-6


def test_what_others_lease_is_a_part_of_the_whole() -> None:
    found = held(date(2009, 1, 6))
    parts = [one for one in found.values() if one.area == "AUT"]
    assert {one.owner for one in parts} == {"AUT", "SVN", "DEU"}
    # 4.02 bcm and 47.3 million m3 a day in all
    assert sum(one.working_bcm for one in parts) == pytest.approx(4.02)
    assert sum(one.withdrawal_mcmd for one in parts) == pytest.approx(47.3)
    assert found["AUT for SVN"].working_bcm == pytest.approx(0.11)
    assert len({round(one.start_bcm / one.working_bcm, 9) for one in parts}) == 1
    # half full, all give the same share of their highest rate
    for lines in zip(*(one.curve for one in parts), strict=True):
        shares = [
            (rate + slope * one.working_bcm / 2) / one.withdrawal_mcmd
            for one, (rate, slope) in zip(parts, lines, strict=True)
        ]
        assert shares == pytest.approx([shares[0]] * len(parts))


def test_a_lease_ends() -> None:
    assert "HUN for SRB" in held(date(2022, 12, 1))
    assert "HUN for SRB" not in held(date(2024, 12, 1))


UNION = frozenset({"AUT", "ITA", "DEU", "FRA"})


def replay(start: date, end: date) -> dict[str, Store]:
    horizon = make_horizon(start, end, "month")
    return {one.name: one for one in stores(FACTS, ROWS, np.ones(len(ROWS)), horizon, Used(), "observed", UNION)}


def test_stores_that_were_not_measured_are_as_full_as_the_unions() -> None:
    found = replay(date(2021, 1, 1), date(2021, 12, 31))
    # the Union's were 74.4 % full at the end of 2020 and 53.5 % a year later
    assert found["ITA"].start_bcm / found["ITA"].working_bcm == pytest.approx(0.744, abs=1e-6)
    assert found["FRA"].end_told
    # nothing is known of a land outside the Union
    assert not found["GBR"].end_told


def test_between_two_measured_days_a_store_followed_the_unions_course() -> None:
    # France: 97.45 % on 2022-10-05 and 93.97 on 2023-10-01 are too far apart; Austria: 94.86 on 2023-10-01, 73.85 on
    # 2024-04-01; in between the Union's fell from 95.87 to 86.5 to 59.22, late in winter
    found = replay(date(2024, 1, 1), date(2024, 3, 31))["AUT"]
    even = 94.86 + (73.85 - 94.86) * 92 / 183
    late = 86.5 - 95.87 - (59.22 - 95.87) * 92 / 183
    assert 100 * found.start_bcm / found.working_bcm == pytest.approx(even + late, abs=0.3)


def test_a_question_of_the_year_before_tells_no_end() -> None:
    assert not any(one.end_told for one in held(date(2021, 1, 1)).values())
