"""The periods of an energy question: days for a short cut, months for a long one."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from landbridge.errors import InputError

Step = Literal["day", "month", "season"]
Basis = Literal["before", "observed"]
"""Which year's demand, production and LNG are taken: the last one before the horizon, or the year itself."""
SEASONS = (4, 10)
"""The months in which summer and winter begin in the gas trade."""
MOST_DAYS = 62
"""A horizon up to this long is told by days, a longer one by months [days]."""
MOST_MONTHS = 36
"""The longest horizon [months]."""


@dataclass(frozen=True, slots=True)
class Period:
    """One period: [start, end) in days."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Its length [days]."""
        return (self.end - self.start).days

    def months(self) -> tuple[tuple[date, int], ...]:
        """The months that it touches: a day in each and how many of its days lie there.

        Examples
        --------
        >>> Period(date(2009, 1, 30), date(2009, 2, 3)).months()
        ((datetime.date(2009, 1, 30), 2), (datetime.date(2009, 2, 1), 2))
        """
        found, day = [], self.start
        while day < self.end:
            after = min(next_month(day), self.end)
            found.append((day, (after - day).days))
            day = after
        return tuple(found)

    @property
    def label(self) -> str:
        """Its name: 2009-01-07 for a day, 2009-01 for a whole month, else both ends."""
        if self.days == 1:
            return self.start.isoformat()
        if self.start.day == 1 and self.end == next_month(self.start):
            return f"{self.start:%Y-%m}"
        return f"{self.start.isoformat()}/{(self.end - timedelta(days=1)).isoformat()}"

    def each_day(self) -> tuple[date, ...]:
        """Its days."""
        return tuple(self.start + timedelta(days=n) for n in range(self.days))


@dataclass(frozen=True, slots=True)
class Horizon:
    """Periods that follow each other, and the days of a cold spell within them, if one is dated.

    Attributes
    ----------
    spell
        First day of the spell and the day after its last; it has periods of its own.
    """

    step: Step
    periods: tuple[Period, ...]
    spell: Period | None = None

    @property
    def start(self) -> date:
        """The first day."""
        return self.periods[0].start

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.periods[-1].end

    @property
    def days(self) -> int:
        """Its length [days]."""
        return (self.end - self.start).days

    def each_day(self) -> tuple[date, ...]:
        """All its days."""
        return tuple(day for period in self.periods for day in period.each_day())


def next_month(day: date) -> date:
    """The first day of the month after a day.

    Examples
    --------
    >>> next_month(date(2009, 12, 7))
    datetime.date(2010, 1, 1)
    """
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def basis_year(horizon: Horizon, day: date, basis: Basis) -> int:
    """The year whose demand and supply a day takes.

    The year before the horizon holds what would have been asked for: the consumption of a year of crisis lacks already
    what the crisis cut. "observed" takes the year itself, to replay what happened.

    Examples
    --------
    >>> one = make_horizon(date(2022, 7, 1), date(2023, 6, 30))
    >>> basis_year(one, date(2023, 2, 1), "before"), basis_year(one, date(2023, 2, 1), "observed")
    (2021, 2023)
    """
    return horizon.start.year - 1 if basis == "before" else day.year


def month_days(day: date) -> int:
    """The number of days of the month of a day."""
    return calendar.monthrange(day.year, day.month)[1]


def year_days(year: int) -> int:
    """The number of days of a year."""
    return 366 if calendar.isleap(year) else 365


def make_horizon(start: date, end: date, step: Step | None = None, spell: Period | None = None) -> Horizon:
    """Periods from the first day to the last, both within it.

    Parameters
    ----------
    step
        "day", "month" or "season" (April to September, October to March); None takes days up to `MOST_DAYS`.
    spell
        The days of a cold spell: a month that it touches is cut where it begins and ends.

    Raises
    ------
    InputError
        When it ends before it starts, or is too long.

    Examples
    --------
    >>> [period.label for period in make_horizon(date(2009, 1, 6), date(2009, 1, 8)).periods]
    ['2009-01-06', '2009-01-07', '2009-01-08']
    >>> [period.label for period in make_horizon(date(2014, 9, 1), date(2014, 11, 15)).periods]
    ['2014-09', '2014-10', '2014-11-01/2014-11-15']
    >>> spell = Period(date(2015, 2, 15), date(2015, 3, 1))
    >>> [period.label for period in make_horizon(date(2015, 1, 1), date(2015, 3, 31), "month", spell).periods]
    ['2015-01', '2015-02-01/2015-02-14', '2015-02-15/2015-02-28', '2015-03']
    """
    if end < start:
        raise InputError(f"it ends on {end}, before it starts on {start}", field="--to", nearest=(str(start),))
    after = end + timedelta(days=1)
    days = (after - start).days
    chosen = step or ("day" if days <= MOST_DAYS else "month")
    if chosen == "day":
        if days > 2 * MOST_DAYS:
            raise InputError(f"{days} days are too many to tell by days", field="--step", nearest=("month",))
        each = (start + timedelta(days=n) for n in range(1, days))
        return Horizon("day", tuple(_periods(start, after, each)), spell)
    cuts: list[date] = []
    cut = next_month(start)
    while cut < after:
        cuts.append(cut)
        cut = next_month(cut)
    if len(cuts) >= MOST_MONTHS:
        raise InputError(f"{len(cuts) + 1} months are too many: at most {MOST_MONTHS}", field="--to")
    if chosen == "season":
        cuts = [cut for cut in cuts if cut.month in SEASONS]
    if spell is not None:
        cuts = sorted({*cuts, *(day for day in (spell.start, spell.end) if start < day < after)})
    return Horizon(chosen, tuple(_periods(start, after, cuts)), spell)


def _periods(start: date, after: date, cuts: Iterable[date]) -> Iterable[Period]:
    last = start
    for cut in cuts:
        yield Period(last, cut)
        last = cut
    yield Period(last, after)


def year_from(day: date, step: Step | None = None, spell: Period | None = None) -> Horizon:
    """Twelve months from the month of a day, by months if not said.

    Examples
    --------
    >>> year_from(date(2021, 10, 5)).periods[-1].label
    '2022-09'
    """
    first = day.replace(day=1)
    return make_horizon(first, date(first.year + 1, first.month, 1) - timedelta(days=1), step or "month", spell)


def period_means(daily: npt.NDArray[np.float64], horizon: Horizon) -> npt.NDArray[np.float64]:
    """Means over the periods of values by day [..., days] -> [..., periods].

    Examples
    --------
    >>> period_means(np.array([1.0, 3.0]), make_horizon(date(2009, 1, 31), date(2009, 2, 1), "month")).tolist()
    [1.0, 3.0]
    """
    lengths = np.array([period.days for period in horizon.periods])
    cuts = np.cumsum([0, *lengths])[:-1]
    means: npt.NDArray[np.float64] = np.add.reduceat(daily, cuts, axis=-1) / lengths
    return means
