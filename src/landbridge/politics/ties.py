"""Ties between areas as plain rows: bases, arms, exercises, money sent home, concessions, flight over a territory."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from landbridge.world.intervals import ends
from landbridge.world.sayings import names_later, said_on

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.world import World


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
