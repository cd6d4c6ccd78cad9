"""Who holds the ground where law and control differ, and what that means at a border post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from landbridge.world.borders import BorderEffect, border_effects
from landbridge.world.index import index
from landbridge.world.intervals import holds

if TYPE_CHECKING:
    from landbridge.world.world import World


def held_by(world: World, subject: str) -> str | None:
    """Who holds a place, an area or a post on the day by the table of control; None where it has no row.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [held_by(World.at(day), "RUS-UKR-izvaryne") for day in ("2014-01-01", "2024-01-01")]
    [None, 'X_DNR']
    """
    for row in index(world.facts).control.get(subject, ()):
        if holds(row, world.day, world.known_on):
            return str(row["area"])
    return None


def keeper(world: World, area: str) -> str:
    """Who holds an area on the day: itself, unless the table of control names another.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [keeper(World.at(day), "X_CRI") for day in ("2012-06-01", "2024-06-01")]
    ['UKR', 'X_CRI']
    """
    return held_by(world, area) or area


def held_sides(world: World, crossing: str, start: str, goal: str) -> tuple[str, str]:
    """The areas left and entered at a post as they are held on the day, where its row names the states by law.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [held_sides(World.at(day), "RUS-UKR-izvaryne", "RUS", "UKR") for day in ("2014-01-01", "2024-01-01")]
    [('RUS', 'UKR'), ('RUS', 'X_DNR')]
    """
    holder = held_by(world, crossing)
    if holder is None:
        return start, goal
    law = world.facts.row("areas", holder)["de_jure"] or ()
    return holder if start in law else start, holder if goal in law else goal


def effects_within(
    world: World, crossing: str, start: str, goal: str, mode: str, cargo: str = "all"
) -> BorderEffect | None:
    """What holds at a post that is written under two states but lies inside what one party holds; None elsewhere.

    Examples
    --------
    >>> from landbridge.world import World
    >>> worlds = [World.at(day) for day in ("2014-01-01", "2024-01-01")]
    >>> [effects_within(world, "RUS-UKR-izvaryne", "RUS", "UKR", "road") is None for world in worlds]
    [True, False]
    """
    held = held_sides(world, crossing, start, goal)
    if held == (start, goal):
        return None
    effects = border_effects(world, *held, mode, cargo)
    return effects if effects.no_border_check else None
