"""How far the text of an agreement is on a day: signed, in force, ended; by its days, else by what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from landbridge.facts import Row
    from landbridge.world import World

IN_FORCE: Final = "in force"
FORCE_UNDATED: Final = "in force, first day not known"
NOT_IN_FORCE: Final = "signed, not in force"
FORCE_UNKNOWN: Final = "signed, entry into force not found"
INITIALLED: Final = "initialled, not signed"
NOT_SIGNED: Final = "not signed"
ENDED: Final = "ended"
NOT_BINDING: Final = frozenset((NOT_IN_FORCE, INITIALLED, NOT_SIGNED, ENDED))
"""States in which a text binds nobody; in the others it binds, or that was not found."""


def state_of(world: World, row: Row) -> str:
    """The state of an agreement on the day.

    Its days count first. Where the first day of force is not in the table, what was said of it at the last check
    tells whether it is in force, is known not to be, or whether nothing was found.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2025-06-01")
    >>> [state_of(world, world.facts.row("agreements", key)) for key in ("caspian-2018", "irn-rus-2025", "cst-1992")]
    ['signed, not in force', 'signed, not in force', 'in force']
    >>> state_of(world, world.facts.row("agreements", "gcc-jda-2000"))
    'in force, first day not known'
    """
    acted = world.effects.get(("agreement", row["id"]))
    if acted is not None:
        return IN_FORCE if acted.value["in_force"] else ENDED
    said = row["status"] or ""
    if _begun(world, row, "ended"):
        return ENDED
    if _begun(world, row, "in_force"):
        return IN_FORCE
    undated = row["in_force"] is None
    if not _begun(world, row, "signed"):
        return FORCE_UNDATED if undated and row["signed"] is None and said.startswith(IN_FORCE) else NOT_SIGNED
    if undated and said.startswith(IN_FORCE):
        return FORCE_UNDATED
    if said.startswith("initialled"):
        return INITIALLED
    if undated and not (f"not {IN_FORCE}" in said or said.startswith("never")):
        return FORCE_UNKNOWN
    return NOT_IN_FORCE


def _begun(world: World, row: Row, name: str) -> bool:
    """Whether a day of an agreement has come and was known."""
    day = row[name]
    until: date = world.day if world.known_on is None else min(world.day, world.known_on)
    return day is not None and day.first <= until
