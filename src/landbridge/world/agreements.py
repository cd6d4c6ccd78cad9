"""Agreements that act on freight: which of them are in force on the day, and which rows of `bloc_effects` follow."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from landbridge.facts import Facts, Row
from landbridge.world.intervals import ends, holds, starts

if TYPE_CHECKING:
    from landbridge.world.world import World


def agreement_of(row: Row) -> str | None:
    """The agreement that a row of `bloc_effects` stands on; one that no other table has goes by its short name.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> rows = load().table("bloc_effects").by_id
    >>> [agreement_of(rows[key]) for key in ("irn-eaeu-no-duty-2025-05-15", "chn-kaz-visa-visa-free-driver-2023-11-10")]
    ['irn-eaeu-2023', 'chn-kaz-visa']
    """
    agreement: str | None = row["agreement_id"]
    return agreement if agreement or row["bloc_id"] else str(row["bloc"])


@lru_cache(maxsize=4)
def agreement_rows(facts: Facts) -> dict[str, tuple[Row, ...]]:
    """The rows of `bloc_effects` by agreement: what a scenario can open and close."""
    found: dict[str, list[Row]] = {}
    for row in facts.table("bloc_effects").rows:
        agreement = agreement_of(row)
        if agreement is not None:
            found.setdefault(agreement, []).append(row)
    return {key: tuple(rows) for key, rows in sorted(found.items())}


def agreement_in_force(world: World, agreement: str) -> bool:
    """Whether an agreement acts on freight on the day, after what scenarios say of it.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [agreement_in_force(World.at(day), "irn-eaeu-2023") for day in ("2025-05-14", "2025-05-15")]
    [False, True]
    """
    said = world.effects.get(("agreement", agreement))
    if said is not None:
        return bool(said.value["in_force"])
    rows = agreement_rows(world.facts).get(agreement, ())
    return any(holds(row, world.day, world.known_on) for row in rows)


def effects_in_force(world: World) -> tuple[Row, ...]:
    """The rows of `bloc_effects` that hold on the day.

    An agreement that a scenario puts in force has the rows that hold on the day, else those whose days are nearest.

    Examples
    --------
    >>> from landbridge.world import World
    >>> len(effects_in_force(World.at("2025-06-01"))) > len(effects_in_force(World.at("2005-06-01")))
    True
    """
    said = {key[1]: effect.value["in_force"] for key, effect in world.effects.items() if key[0] == "agreement"}
    opened = {
        row["id"]
        for agreement, in_force in said.items()
        if in_force
        for row in _nearest(world, agreement_rows(world.facts)[agreement])
    }
    return tuple(
        row
        for row in world.facts.table("bloc_effects").rows
        if row["id"] in opened or (agreement_of(row) not in said and holds(row, world.day, world.known_on))
    )


def _nearest(world: World, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    day = world.day
    apart = {row["id"]: max((starts(row) - day).days, (day - ends(row, world.known_on)).days + 1, 0) for row in rows}
    least = min(apart.values())
    return tuple(row for row in rows if apart[row["id"]] == least)
