"""Who holds the ground at a border post, where law and control differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from landbridge.world.index import index
from landbridge.world.intervals import holds

if TYPE_CHECKING:
    from landbridge.world.world import World


def held_sides(world: World, crossing: str, start: str, goal: str) -> tuple[str, str]:
    """The areas left and entered at a post as they are held on the day, where its row names the states by law.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [held_sides(World.at(day), "RUS-UKR-izvaryne", "RUS", "UKR") for day in ("2014-01-01", "2024-01-01")]
    [('RUS', 'UKR'), ('RUS', 'X_DNR')]
    """
    for row in index(world.facts).control.get(crossing, ()):
        if holds(row, world.day, world.known_on):
            law = world.facts.row("areas", row["area"])["de_jure"] or ()
            held = tuple(str(row["area"]) if side in law else side for side in (start, goal))
            return held[0], held[1]
    return start, goal
