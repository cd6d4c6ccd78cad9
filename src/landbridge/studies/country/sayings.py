"""Days as precisely as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.facts.days import Day


def precision_of(day: Day | None) -> str:
    """How precisely a day is known: day, month or year; empty where it is not known at all.

    Examples
    --------
    >>> from landbridge.facts.days import parse_day
    >>> precision_of(parse_day("1994")), precision_of(None)
    ('year', '')
    """
    return "" if day is None else day.precision


def approximate(row: Row) -> bool:
    """Whether a row says of itself that it is approximate.

    Examples
    --------
    >>> approximate({"note": None, "doubt": "day approximate"}), approximate({"note": "member", "doubt": None})
    (True, False)
    """
    return any("approximate" in (row.get(name) or "") for name in ("note", "doubt"))
