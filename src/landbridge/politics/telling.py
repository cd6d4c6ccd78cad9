"""When something whose day is known by month or year only may be told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from landbridge.facts.days import Day
    from landbridge.world import World

YEAR_DAYS: Final = 365.25


def told_from(day: Day) -> date:
    """The day itself; of a month or year alone the first day after it, for it may have been the last one.

    Examples
    --------
    >>> from landbridge.facts.days import parse_day
    >>> [str(told_from(parse_day(day))) for day in ("2022-08-19", "2022-12", "2022")]
    ['2022-08-19', '2023-01-01', '2023-01-01']
    """
    if day.precision == "day":
        return day.first
    if day.precision == "year":
        return date(day.first.year + 1, 1, 1)
    return (day.first + timedelta(days=31)).replace(day=1)


def years_before(day: date, years: float) -> date:
    """The day so many years before another.

    Examples
    --------
    >>> str(years_before(date(2022, 5, 16), 10))
    '2012-05-16'
    """
    return day - timedelta(days=round(years * YEAR_DAYS))


def last_known(world: World) -> date:
    """The day up to which things are told: that of the world, or an earlier one by which they had to be known.

    Examples
    --------
    >>> from landbridge.world import World
    >>> str(last_known(World.at("2022-05-16", known_on="2021-06-01")))
    '2021-06-01'
    """
    return min(world.day, world.known_on or world.day)
