from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.facts import Day, parse_day
from landbridge.facts.schema import write_value

DAYS = st.builds(
    lambda day, precision: Day(
        {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[precision], precision
    ),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["day", "month", "year"]),
)


@given(DAYS)
def test_a_day_reads_back_as_it_was_written(day):
    assert parse_day(write_value(day)) == day


@pytest.mark.parametrize("text", ["", "2022-13", "2022-02-30", "22-01-01", "2022/01/01", "2022-1-1", "yesterday"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message differs by cause
        parse_day(text)


def test_a_month_starts_on_its_first_and_says_so():
    assert parse_day("2022-05") == Day(date(2022, 5, 1), "month")
