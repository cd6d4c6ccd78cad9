"""What the law asks of a driver who sets out rested: breaks, daily and weekly rests, where they fall due on a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, Final

from landbridge.routing.costs.driving import DAY_H, EU, WEEK_H, driver_rule, trip_hours_factor

if TYPE_CHECKING:
    from landbridge.routing.costs.values import Book

LAWS_KEPT: Final = 512
MINUTES_AN_HOUR: Final = 60.0
LEAST_H: Final = 1e-6
"""Less than this is no driving that a rest would be owed for: sums of many arcs are rounded."""


@dataclass(frozen=True, slots=True)
class Law:
    """How long a lorry may be driven before it stands, and how long it stands then [h].

    Parameters
    ----------
    day_h, longer_h, longer_a_week
        Driving between two daily rests; what some days of a week may be longer, and how many.
    rest_h, period_h
        The daily rest, and the period that driving and rest fill at least, 0 where the law has none.
    stretch_h, break_h
        Driving without a break, and the break.
    week_h, week_rest_h
        Driving in a week, and the least rest between two weeks.
    """

    day_h: float
    longer_h: float = 0.0
    longer_a_week: int = 0
    rest_h: float = 0.0
    period_h: float = 0.0
    stretch_h: float = inf
    break_h: float = 0.0
    week_h: float = inf
    week_rest_h: float = 0.0


@lru_cache(maxsize=LAWS_KEPT)
def law_of(book: Book, area: str, *, team: bool = False) -> Law | None:
    """The law of an area for one driver or two; None where the speed that was measured holds the stops.

    Where the law has a sum of the week and days that may be longer, driving is counted from one daily rest to the
    next; else a day's driving is that of 24 hours, as on the long mean. A team drives and rests in the periods of its
    law, else in such as the factor for teams gives. On many weeks all of them come to `trip_hours_factor`.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.facts import load
    >>> from landbridge.routing.costs.values import book
    >>> law = law_of(book(load(), date(2023, 6, 1)), "KAZ")
    >>> law.day_h, law.longer_h, law.rest_h, law.break_h, law.week_h
    (9.0, 1.0, 11.0, 0.75, 56.0)
    """
    if book.find("trip_hours_factor", mode="road", area=area) is not None:
        return None
    row, usual = driver_rule(book, area), driver_rule(book, EU)
    of_day = row or usual
    day_h = DAY_H if of_day is None else float(of_day["daily_driving_h"])
    factor = trip_hours_factor(book, area, team=team).value
    if team:
        together_h = row["team_driving_h"] if row is not None and row["team_period_h"] else None
        together_h = together_h or 2.0 * day_h
        return Law(together_h, period_h=factor * together_h)
    week_h = WEEK_H / factor
    if row is None:
        return Law(day_h, period_h=DAY_H, week_h=week_h)
    stretch_h = row["continuous_driving_h"] if row["break_min"] else None
    longer = row["extended_per_week"] if row["weekly_driving_h"] else None
    return Law(
        day_h=day_h,
        longer_h=(row["daily_driving_extended_h"] or day_h) - day_h if longer else 0.0,
        longer_a_week=longer or 0,
        rest_h=row["daily_rest_h"] or 0.0,
        period_h=0.0 if longer and row["daily_rest_h"] else DAY_H,
        stretch_h=stretch_h or inf,
        break_h=(row["break_min"] or 0.0) / MINUTES_AN_HOUR if stretch_h else 0.0,
        week_h=week_h,
        week_rest_h=row["weekly_rest_h"] or 0.0,
    )


class Clock:
    """The hours of the drivers of one lorry since they set out rested.

    Examples
    --------
    >>> law = Law(9.0, rest_h=11.0, stretch_h=4.5, break_h=0.75, week_h=54.0, week_rest_h=45.0)
    >>> [sum(Clock().drive(law, hours)) for hours in (4.0, 9.0, 10.0)]
    [0.0, 0.75, 11.75]
    """

    def __init__(self) -> None:
        self._stretch_h = self._day_h = self._week_h = 0.0
        self._longer = 0
        self._since_day_h = self._since_week_h = 0.0

    def drive(self, law: Law, hours: float) -> tuple[float, float]:
        """Hours of breaks and of rests that are taken on the way of so many hours at the wheel under a law.

        What falls due as the wheel stops is not taken yet: the next drive begins with it.
        """
        breaks = rests = 0.0
        left = hours
        while left > LEAST_H:
            longer_h = law.longer_h if self._longer < law.longer_a_week else 0.0
            if self._week_h > law.week_h - LEAST_H:
                rests += self._begin_week(law)
            elif self._day_h > law.day_h + longer_h - LEAST_H:
                rests += self._begin_day(law)
            elif self._stretch_h > law.stretch_h - LEAST_H:
                breaks += law.break_h
                self._pass(law.break_h)
                self._stretch_h = 0.0
            else:
                due = (
                    law.week_h - self._week_h,
                    law.day_h + longer_h - self._day_h,
                    law.stretch_h - self._stretch_h,
                )
                driven = min(left, *due)
                left -= driven
                self._stretch_h += driven
                self._day_h += driven
                self._week_h += driven
                self._pass(driven)
        return breaks, rests

    def _pass(self, hours: float) -> None:
        self._since_day_h += hours
        self._since_week_h += hours

    def _begin_day(self, law: Law) -> float:
        """The daily rest, after which a day begins."""
        rest = max(law.rest_h, law.period_h - self._since_day_h)
        self._longer += self._day_h > law.day_h + LEAST_H
        self._stretch_h = self._day_h = self._since_day_h = 0.0
        self._since_week_h += rest
        return rest

    def _begin_week(self, law: Law) -> float:
        """The weekly rest: it fills the week whose driving is used up."""
        rest = max(law.week_rest_h, law.rest_h, WEEK_H - self._since_week_h)
        self._stretch_h = self._day_h = self._week_h = self._since_day_h = self._since_week_h = 0.0
        self._longer = 0
        return rest
