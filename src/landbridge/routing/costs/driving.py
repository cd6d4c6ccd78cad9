"""Hours of lorry drivers: how long a trip takes for an hour at the wheel, by the law where the lorry drives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from landbridge.routing.costs.values import Value

if TYPE_CHECKING:
    from landbridge.routing.costs.values import Book

WEEK_H: Final = 168.0
DAYS_A_WEEK: Final = 7.0
DAY_H: Final = 24.0
INTERNATIONAL: Final = "AETR"
EU: Final = "EU"


def trip_hours_factor(book: Book, area: str, *, team: bool = False) -> Value:
    """Hours of the trip for an hour at the wheel: daily and weekly rest spread evenly over the way.

    A single driver may drive the weekly sum of the law in the hours of a week; where the law knows no weekly sum, a
    full day's driving on the days that its weekly rest leaves. A weekly rest that is not known is that of the rule for
    all areas, one day in seven; none at all is a row that says 0. Two drivers share the team's driving in the team's
    period, each within the weekly sum. Where a table gives the factor itself, the speed measured there holds the stops.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.facts import load
    >>> from landbridge.routing.costs.values import book
    >>> on = book(load(), date(2023, 6, 1))
    >>> trip_hours_factor(on, "KAZ").value, round(trip_hours_factor(on, "KAZ", team=True).value, 2)
    (3.0, 1.6)
    """
    measured = book.find("trip_hours_factor", mode="road", area=area)
    if measured is not None:
        return measured
    row = driver_rule(book, area)
    by_table = book.get("team_factor", mode="road")
    if row is None:
        days = book.get("driving_days_week", mode="road")
        fallback = driver_rule(book, EU)
        daily = float(fallback["daily_driving_h"]) if fallback is not None else WEEK_H / DAYS_A_WEEK
        single = WEEK_H / (days.value * daily)
        return by_table if team else Value(single, days.low, 1.0 / days.low, *days.row, days.grade)
    weekly_h, grade = _weekly(book, row)
    if team and row["team_period_h"] and row["team_driving_h"]:
        factor = max(row["team_period_h"] / row["team_driving_h"], WEEK_H / (2.0 * weekly_h))
    elif team:
        return by_table
    else:
        factor = WEEK_H / weekly_h
    # The law binds: what may vary is how fully it is used, a narrower thing than the grade of the row.
    use = book.get("driving_time_use", mode="road")
    return Value(factor, 1.0 / use.high, 1.0 / use.low, "driver_rules", row["id"], grade)


def rest_in_wait(book: Book, area: str, wait_h: float, *, ferry: bool = False) -> Value | None:
    """Hours of daily rest that run while a lorry waits at a border or for and on a ferry, on the mean; None by no law.

    Where the law lets a driver rest in a parked vehicle with a bunk, a rest that falls due in the wait is taken there.
    In a queue this holds for the share of the time of which drivers may dispose; a wait at a border is else time in
    which they must be at hand, and no rest. It is the shortest rest of a day that is counted; two drivers take it too.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.facts import load
    >>> from landbridge.routing.costs.values import book
    >>> on = book(load(), date(2023, 6, 1))
    >>> [round(rest_in_wait(on, "POL", wait_h, ferry=True).value, 1) for wait_h in (2.0, 12.0, 48.0)]
    [0.1, 4.5, 9.0]
    """
    row = driver_rule(book, area)
    if row is None or not row["rest_in_vehicle"]:
        return None
    rest = row["daily_rest_reduced_h"] or row["daily_rest_h"]
    if rest is None:
        return None
    share = book.get("rest_in_wait_share", mode="ferry" if ferry else "road")
    hours = share.value * rest_due_h(wait_h, rest, DAY_H)
    return Value(hours, share.low, share.high, "driver_rules", row["id"], max(row["grade"], share.grade))


def rest_due_h(wait_h: float, rest_h: float, period_h: float) -> float:
    """The mean of what runs of a rest in a wait, where it falls due at any time after the rest before, each as likely.

    A rest ends within the period that began with the end of the last one, so it begins no later than what is left of
    the period; a wait holds one, for who does not drive owes no second.

    Examples
    --------
    >>> rest_due_h(24.0, 11.0, 24.0), round(rest_due_h(4.0, 11.0, 24.0), 2)
    (11.0, 0.62)
    """
    latest = period_h - rest_h

    def run_h2(hours: float) -> float:
        within = min(max(hours, 0.0), rest_h)
        return within * within / 2.0 + rest_h * max(hours - rest_h, 0.0)

    return (run_h2(wait_h) - run_h2(wait_h - latest)) / latest


def _weekly(book: Book, row: Any) -> tuple[float, str]:
    """Hours at the wheel in a week, and the worst grade of what says so."""
    if row["weekly_driving_h"]:
        return float(row["weekly_driving_h"]), row["grade"]
    daily = float(row["daily_driving_h"])
    if row["weekly_rest_h"] is not None:
        # A rest of 42 or 45 h is one whole day off and a night: it leaves six days.
        return daily * (DAYS_A_WEEK - row["weekly_rest_h"] // DAY_H), row["grade"]
    days = book.get("driving_days_week", mode="road")
    return daily * days.value, max(row["grade"], days.grade)


def driver_rule(book: Book, area: str) -> Any | None:
    """The rule of hours that binds in an area on the day: the international one where it is a party."""
    best: Any | None = None
    rank: tuple[int, str] = (0, "")
    for row in book.facts.table("driver_rules").where(record="hours"):
        if not row["daily_driving_h"] or area not in (row["area_codes"] or ()):
            continue
        after = row["from"] is not None and book.day < row["from"].first
        before = row["to"] is not None and book.day >= row["to"].first
        if after or before:
            continue
        # Of several laws of one country the general one: that for dangerous goods names its kind.
        level = 3 if row["regime"] == INTERNATIONAL else 2 if row["applies_to"] != "dangerous goods" else 1
        if (level, row["id"]) > rank:
            best, rank = row, (level, row["id"])
    return best
