"""A row as evidence of an answer about politics, as it could be told on the day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from landbridge.facts.evidence import evidence
from landbridge.world.sayings import note_on

if TYPE_CHECKING:
    from landbridge.answers import Evidence
    from landbridge.world import World


def cited(world: World, table: str, key: str) -> Evidence:
    """The evidence that a row gives, its remarks without what they say of later days.

    How a number was made is told whole, also where it was counted later than the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> cited(World.at("2022-05-16"), "crises", "csto-kaz-2022").grade
    'B'
    """
    found = evidence(world.facts, table, key)
    return replace(found, note=note_on(table, found.note, world.day))
