"""When a dated row holds: [from, to) in days, read as a study of today or as of a past day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from landbridge.errors import DateError

FIRST_DAY = date(1991, 1, 1)
"""The first day that a world can be asked for: the facts describe states that exist since then."""


def read_day(value: date | str, *, field: str = "date") -> date:
    """A day from a date or from text; `2022-05` is the first of May.

    Examples
    --------
    >>> read_day("2022-05")
    datetime.date(2022, 5, 1)
    """
    if isinstance(value, date):
        return value
    parts = str(value).strip().split("-")
    try:
        numbers = [int(part) for part in parts]
        if not 1 <= len(numbers) <= 3 or len(parts[0]) != 4:
            raise ValueError(value)
        return date(*[*numbers, 1, 1][:3])
    except (ValueError, TypeError):
        raise DateError(f"{value!r} is not a date", field=field, remedy="write it as YYYY-MM-DD") from None


def starts(row: Mapping[str, Any], column: str = "from") -> date:
    """The first day of a row; blank means that it always held."""
    value = row[column]
    return date.min if value is None else value.first


def ends(row: Mapping[str, Any], known_on: date | None = None) -> date:
    """The first day on which a row no longer holds; blank, or an end not yet known, means that it still holds."""
    value = row["to"]
    if value is None or (known_on is not None and value.first > known_on):
        return date.max
    return value.first  # type: ignore[no-any-return]


def known(row: Mapping[str, Any], known_on: date | None) -> bool:
    """Whether a row was known on a past day: by `known_from`, else by its start."""
    if known_on is None:
        return True
    seen = row.get("known_from")
    return (seen.first if seen is not None else starts(row)) <= known_on


def holds(row: Mapping[str, Any], day: date, known_on: date | None = None) -> bool:
    """Whether a row holds on a day.

    Examples
    --------
    >>> from landbridge.facts.days import parse_day
    >>> row = {"from": parse_day("2022-05"), "to": parse_day("2022-06-02")}
    >>> holds(row, date(2022, 5, 1)), holds(row, date(2022, 6, 2)), holds(row, date(2022, 6, 2), date(2022, 5, 20))
    (True, False, True)
    """
    return known(row, known_on) and starts(row) <= day < ends(row, known_on)
