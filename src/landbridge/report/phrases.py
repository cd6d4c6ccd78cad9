"""Codes, units, amounts and lists as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

UNIT_WORDS = {"usd": "USD", "kg_co2e": "kg CO2e", "kg": "kg CO2e", "hours": "h"}
FEW = 6
"""So many names are told in a list; the rest is counted."""


def plain_words(code: str) -> str:
    """A code of a table as words.

    Examples
    --------
    >>> plain_words("border_wait")
    'border wait'
    """
    return code.replace("_", " ").strip()


def unit_words(unit: str) -> str:
    """A unit as it is written for readers.

    Examples
    --------
    >>> unit_words("usd"), unit_words("h")
    ('USD', 'h')
    """
    return UNIT_WORDS.get(unit, unit)


def listed(items: Iterable[str], last: str = "and") -> str:
    """Items of a list as people write them.

    Examples
    --------
    >>> listed(["rail", "road", "sea"]), listed(["rail"]), listed([])
    ('rail, road and sea', 'rail', '')
    """
    parts = [item for item in items if item]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def significant_plain(value: Any) -> str:
    """A given amount as it was given, without a needless fraction.

    Examples
    --------
    >>> significant_plain(2.0), significant_plain(14.5)
    ('2', '14.5')
    """
    return f"{value:g}" if isinstance(value, int | float) else str(value)
