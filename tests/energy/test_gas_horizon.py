"""Periods of a gas question: days, months, parts of months; which year's demand they take."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.energy.horizon import (
    MOST_DAYS,
    Period,
    basis_year,
    make_horizon,
    month_days,
    next_month,
    year_days,
    year_from,
)
from landbridge.errors import InputError

DAYS = st.dates(date(2008, 1, 1), date(2027, 1, 1))


@given(DAYS, st.integers(0, 900))
def test_periods_follow_each_other_and_fill_the_horizon(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    horizon = make_horizon(start, end)
    assert horizon.start == start
    assert horizon.end == end + timedelta(days=1)
    assert sum(period.days for period in horizon.periods) == length + 1 == horizon.days
    assert all(one.end == other.start for one, other in zip(horizon.periods, horizon.periods[1:], strict=False))
    assert horizon.step == ("day" if length < MOST_DAYS else "month")
    if horizon.step == "month":
        assert all(day.month == period.start.month for period in horizon.periods for day in period.each_day())


@given(DAYS)
def test_twelve_months_from_a_day(day: date) -> None:
    horizon = year_from(day)
    assert len(horizon.periods) == 12
    assert horizon.start == day.replace(day=1)


@given(
    DAYS, st.integers(62, 900), st.integers(-40, 940), st.sampled_from([1, 14]), st.sampled_from(["month", "season"])
)
def test_a_cold_spell_has_periods_of_its_own(start: date, length: int, later: int, days: int, step: str) -> None:
    first = start + timedelta(days=later)
    spell = Period(first, first + timedelta(days=days))
    horizon = make_horizon(start, start + timedelta(days=length), step, spell)  # type: ignore[arg-type]
    assert sum(period.days for period in horizon.periods) == length + 1
    for period in horizon.periods:
        inside = {spell.start <= day < spell.end for day in period.each_day()}
        assert len(inside) == 1


def test_what_is_too_long_or_turned_round_is_refused() -> None:
    with pytest.raises(InputError, match="before it starts"):
        make_horizon(date(2020, 1, 2), date(2020, 1, 1))
    with pytest.raises(InputError, match="too many to tell by days"):
        make_horizon(date(2020, 1, 1), date(2021, 1, 1), "day")
    with pytest.raises(InputError, match="months are too many"):
        make_horizon(date(2015, 1, 1), date(2021, 1, 1))


def test_basis_before_is_one_year_for_the_whole_horizon() -> None:
    horizon = make_horizon(date(2014, 9, 1), date(2015, 2, 28))
    assert {basis_year(horizon, day, "before") for day in horizon.each_day()} == {2013}
    assert {basis_year(horizon, day, "observed") for day in horizon.each_day()} == {2014, 2015}


def test_lengths_of_months_and_years() -> None:
    assert (month_days(date(2020, 2, 5)), year_days(2020), year_days(2021)) == (29, 366, 365)
    assert next_month(date(2020, 12, 31)) == date(2021, 1, 1)
