"""Numbers as people read them: rounded to what they can bear, never without their unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from landbridge.units import H_PER_DAY

Z80 = 0.8416212335729143
Z90 = 1.2815515655446004
"""Quantiles of the standard normal distribution at 80 % and 90 %."""

SMALLEST = 0.005
"""Less than this is not told from nothing."""
DASH = "–"
UNKNOWN = "unknown"


def grouped(value: float | None, digits: int = 0) -> str:
    """A number with its thousands set apart; unknown when missing.

    Examples
    --------
    >>> grouped(12345.6), grouped(None), grouped(0.0), grouped(-3.25, 1)
    ('12,346', 'unknown', '0', '-3.2')
    """
    if value is None:
        return UNKNOWN
    text = f"{value:,.{digits}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def significant(value: float | None) -> str:
    """A number with at least two digits that count.

    Examples
    --------
    >>> significant(1234.5), significant(7.26), significant(0.0421), significant(1.2e-05)
    ('1,234', '7.3', '0.042', '0')
    """
    if value is None:
        return UNKNOWN
    size = abs(value)
    if size >= 100 or value == 0:
        return grouped(value)
    if size >= 1:
        return grouped(value, 1)
    if size < SMALLEST:
        return "0"
    return f"{value:.2g}"


def days(hours: float | None) -> str:
    """Hours as days with one digit.

    Examples
    --------
    >>> days(36)
    '1.5'
    """
    return UNKNOWN if hours is None else grouped(hours / H_PER_DAY, 1)


def span(low: float | None, high: float | None, form: Any = grouped) -> str:
    """A range, empty when either end is unknown.

    Examples
    --------
    >>> span(1000, 2000), span(None, 2)
    ('1,000–2,000', '')
    """
    return "" if low is None or high is None else f"{form(low)}{DASH}{form(high)}"


def signed(value: float | None, unit: str) -> str:
    """A difference with its sign and unit.

    Examples
    --------
    >>> signed(-1200.4, "USD"), signed(3.0, "h"), signed(None, "h")
    ('-1,200 USD', '+3.0 h', 'unknown')
    """
    if value is None:
        return UNKNOWN
    return f"{'+' if value > 0 else ''}{significant(value)} {unit}".rstrip()


def readable(value: float | None, unit: str) -> tuple[float | None, str]:
    """A value in the unit that a reader expects: trips in days, not hours.

    Examples
    --------
    >>> readable(48.0, "h"), readable(5.0, "USD")
    ((2.0, 'days'), (5.0, 'USD'))
    """
    if unit != "h":
        return value, unit
    return (None if value is None else value / H_PER_DAY), "days"


def hours_p80(route: Mapping[str, Any]) -> float | None:
    """Hours within which four trips of five arrive: as given, else between the median and the 90 % point.

    Examples
    --------
    >>> round(hours_p80({"hours": 100.0, "hours_p90": 120.0}), 1)
    113.1
    """
    given = route.get("hours_p80")
    if given is not None:
        return float(given)
    middle, late = route.get("hours"), route.get("hours_p90")
    if middle is None or late is None:
        return None
    return float(middle) + (float(late) - float(middle)) * Z80 / Z90


def arrival_p80(route: Mapping[str, Any], departure: str | None) -> str:
    """The day by which four trips of five have arrived, for a departure on the morning of a day.

    Examples
    --------
    >>> arrival_p80({"hours": 48.0, "hours_p90": 60.0}, "2025-06-01")
    '2025-06-03'
    """
    given = route.get("arrival_p80")
    if given:
        return str(given)[:10]
    late = hours_p80(route)
    if late is None or not departure:
        return UNKNOWN
    start = dt.datetime.fromisoformat(departure[:10])
    return (start + dt.timedelta(hours=late)).date().isoformat()
