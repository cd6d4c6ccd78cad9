"""What differs between two profiles of a country, and how much of it is better or worse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Row = Mapping[str, Any]
OF_WAYS: Final = ("h", "USD", "km", "kg")
"""Units of what is told of routes."""
WORDS: Final = {"opens": "now told", "shuts": "no longer told"}
"""What outcomes mean for numbers that are not of routes."""
SHOWN: Final = 60
"""So many changes are shown; JSON has all."""


def speaks_of(answer: Row) -> bool:
    """Whether a comparison is one of profiles.

    Examples
    --------
    >>> speaks_of({"base": {"schema": "country/1"}}), speaks_of({"base": {"schema": "route/1"}})
    (True, False)
    """
    return (answer.get("base") or {}).get("schema") == "country/1"


def shown(answer: Row) -> list[Row]:
    """The numbers that differ, in the order of the profile, those without a value in one of the worlds too.

    Examples
    --------
    >>> rows = [{"name": "hours", "unit": "h", "outcome": "same"}, {"name": "gas", "unit": "bcm", "outcome": "opens"}]
    >>> [(row["name"], row["outcome"]) for row in shown({"changes": rows})]
    [('gas', 'now told')]
    """
    rows = [row for row in answer["changes"] if row["outcome"] not in ("same", "never")][:SHOWN]
    return [row if row["unit"] in OF_WAYS else {**row, "outcome": WORDS.get(row["outcome"], row["outcome"])}
            for row in rows]  # fmt: skip


def missing(unit: str) -> str:
    """What stands for a number that is not there: of hours, dollars, kilometres and kilograms there is no way.

    Examples
    --------
    >>> missing("h"), missing("bcm")
    ('no way', 'not told')
    """
    return "no way" if unit in OF_WAYS else "not told"


def summary(answer: Row) -> list[str]:
    """How many numbers differ, and of those that can be better or worse how many are.

    Examples
    --------
    >>> rows = [{"outcome": one} for one in ("same", "same", "gains", "loses", "changes", "shuts")]
    >>> summary({"changes": rows})
    ['4 of 6 numbers differ: 1 better, 1 worse, 1 neither, 1 no longer told.']
    >>> summary({"changes": rows[:2]})
    ['None of 2 numbers differs.']
    """
    every = [row["outcome"] for row in answer["changes"]]
    counts = {
        "better": every.count("gains"),
        "worse": every.count("loses"),
        "neither": every.count("changes"),
        "now told": every.count("opens"),
        "no longer told": every.count("shuts"),
    }
    differ = sum(counts.values())
    if not differ:
        return [f"None of {len(every)} numbers differs."]
    listed = ", ".join(f"{n} {word}" for word, n in counts.items() if n)
    left = f" {differ - SHOWN} of them are in JSON alone." if differ > SHOWN else ""
    return [f"{differ} of {len(every)} numbers differ: {listed}.{left}"]
