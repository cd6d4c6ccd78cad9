"""Ties between areas as plain rows: bases, arms, exercises, money sent home, concessions, flight over a territory."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.parameters import value
from landbridge.politics.telling import last_known, told_from, years_before
from landbridge.world.intervals import ends, starts
from landbridge.world.sayings import names_later, said_on

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.world import World

OF_A_SPAN: Final = frozenset({"remittances", "migrants"})
"""Kinds that are a figure of the whole span of a row, so they are known when it is over."""


def tied_from(row: Row) -> date:
    """The day from which a tie is told: that on which it has surely begun, or the end of the span of a figure.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> rows = load().table("ties").by_id
    >>> [str(tied_from(rows[key])) for key in ("base-rus-arm-gyumri", "remit-rus-arm-2022")]
    ['1995-03-16', '2023-01-01']
    """
    begun = told_from(row["from"])
    return max(begun, ends(row)) if row["kind"] in OF_A_SPAN and row["to"] is not None else begun


def told(world: World, row: Row) -> bool:
    """Whether a tie is told on the day, be it over or not.

    Examples
    --------
    >>> from landbridge.world import World
    >>> for day in ("2022-07-01", "2023-01-01"):
    ...     world = World.at(day)
    ...     print(told(world, world.facts.row("ties", "remit-rus-arm-2022")))
    False
    True
    """
    return tied_from(row) <= last_known(world)


def standing(world: World, row: Row) -> bool:
    """Whether a tie is told and not over; a figure of a year stands during the next one.

    Examples
    --------
    >>> from landbridge.world import World
    >>> for day in ("2022-07-01", "2023-07-01", "2024-07-01"):
    ...     world = World.at(day)
    ...     print(standing(world, world.facts.row("ties", "remit-rus-arm-2022")))
    False
    True
    False
    """
    if row["kind"] in OF_A_SPAN and row["to"] is not None:
        return told(world, row) and world.day < _year_later(ends(row))
    return told(world, row) and world.day < ends(row, world.known_on)


def _year_later(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def recent(world: World, row: Row) -> bool:
    """Whether a tie is a joint exercise of the years that count as one.

    Examples
    --------
    >>> from landbridge.world import World
    >>> for key in ("ex-vostok-22", "ex-druzhba-16"):
    ...     world = World.at("2024-06-01")
    ...     print(recent(world, world.facts.row("ties", key)))
    True
    False
    """
    if row["kind"] != "exercise":
        return False
    since = years_before(world.day, value(world.facts, "exercise-years"))
    return since <= starts(row) and told(world, row)


def between(row: Row, areas: Collection[str]) -> bool:
    """Whether a tie joins two of some areas.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> gyumri = load().row("ties", "base-rus-arm-gyumri")
    >>> between(gyumri, {"ARM", "RUS", "KAZ"}), between(gyumri, {"ARM", "KAZ"})
    (True, False)
    """
    by, other = set(row["by_areas"] or ()), set(row["with_areas"])
    return bool(by.intersection(areas)) and bool(other.intersection(areas)) and len((by | other) & set(areas)) > 1


def tie(world: World, row: Row) -> dict[str, Any]:
    """A tie as it could be told on the day.

    `planned` holds days that lay ahead when it began, such as the end of a lease; `until` is set when it is over.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2022-05-16")
    >>> told = tie(world, world.facts.row("ties", "base-rus-arm-gyumri"))
    >>> told["since"], told["until"], told["planned"]
    ('1995-03-16', None, ['2044'])
    """
    planned = [one for one in row["planned"] or () if one in row["what"]]
    what = said_on(row["what"], world.day, planned)
    # A share of some years is known when they are over.
    sized = row["value"] is not None and not names_later(row["unit"] or "", world.day)
    return {
        "id": row["id"],
        "kind": row["kind"],
        "by": sorted(row["by_areas"] or ()),
        "with": sorted(row["with_areas"]),
        "held": row["held"],
        "what": what,
        "since": str(row["from"]),
        "until": str(row["to"]) if row["to"] is not None and ends(row, world.known_on) <= world.day else None,
        "planned": [one for one in planned if one in what],
        "value": row["value"] if sized else None,
        "unit": row["unit"] if sized else None,
        "grade": row["grade"],
    }
