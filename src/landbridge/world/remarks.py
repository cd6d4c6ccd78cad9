"""What a reader must know of a row on the day of a world: what passes, what is doubtful, which dated rows say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from landbridge.facts.days import parse_day
from landbridge.facts.notes import sentences
from landbridge.world.crossings import crossing_state, modes_of
from landbridge.world.sayings import said_on
from landbridge.world.states import ferry_state, line_state, passage_state, port_state
from landbridge.world.types import Evidences, State

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.world.world import World

SURE: Final = frozenset(("sure", "certain"))
STATES: Final[Mapping[str, Callable[[World, str], State]]] = {
    "passages": passage_state,
    "ports": port_state,
    "ferries": ferry_state,
    "lines": line_state,
}
"""Tables of things that have a state on a day, besides the crossings."""
_DAY = re.compile(r"\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\b")
_PLAIN = frozenset(("", "open", "no row: open"))
"""Reasons that say no more than that a thing is open."""
_AGAIN: Final = "open again after: "
"""How the tables say what came before a post was opened again."""


@dataclass(frozen=True, slots=True)
class Remark:
    """`note` says what passes where not all does; `doubts` what is not sure; `evidence` the dated rows behind both."""

    note: str = ""
    doubts: tuple[str, ...] = ()
    evidence: Evidences = ()


def doubts_on(doubt: str | None, day: date) -> Iterator[str]:
    """The doubts of a row that may concern a day: what speaks of later days alone does not.

    Examples
    --------
    >>> list(doubts_on("position approximate; later 2026 state not verified", date(2025, 6, 1)))
    ['position approximate']
    """
    for sentence in sentences(doubt or ""):
        try:
            days = [parse_day(found[0]).first for found in _DAY.finditer(sentence)]
        except ValueError:
            days = []
        if not days or min(days) <= day:
            yield sentence


def remark(world: World, table: str, key: str, mode: str = "", frm: str = "", to: str = "") -> Remark:
    """What a reader must know of a crossing, passage, port, ferry or line on the day of a world.

    Parameters
    ----------
    world
        The world.
    table, key
        Table and id of the row.
    mode, frm, to
        For a crossing: the mode, and the codes of the areas left and entered.

    Examples
    --------
    >>> from landbridge.world import World
    >>> remark(World.at("2025-06-01"), "passages", "hormuz").doubts
    ()
    >>> remark(World.at("2024-06-01"), "crossings", "LTU-RUS-kybartai-rail", "rail", "LTU", "RUS").note
    'only: RUS-Kaliningrad transit by quota'
    """
    row = world.facts.table(table).by_id.get(key) if table in world.facts.names else None
    if row is None:
        return Remark()
    doubts = list(doubts_on(row.get("doubt"), world.day))
    note, certainty, reason, evidence = _standing(world, table, row, mode, frm, to)
    if certainty not in SURE and not (evidence and evidence[0] == (table, key)):
        known = said_on(reason, world.day).replace(_AGAIN, "open again; before that: ")
        said = "" if not known or reason in _PLAIN or reason == note else f": {known}"
        doubts.append(f"state on this day {certainty}{said}")
    # what a scenario says stands in the answer's world, and is no row of the facts
    return Remark(
        said_on(note, world.day),
        tuple(dict.fromkeys(doubts)),
        tuple(one for one in evidence if one[0] in world.facts.names),
    )


def _standing(world: World, table: str, row: Row, mode: str, frm: str, to: str) -> tuple[str, str, str, Evidences]:
    """What passes, how sure that is, why, and by which rows."""
    if table == "crossings":
        if mode not in modes_of(row) or {frm, to} != {row["area_a"], row["area_b"]}:
            return "", "sure", "", ()
        found = crossing_state(world, row["id"], mode, frm, to)
        return found.cargo_note, found.certainty, found.reason, found.evidence
    if table not in STATES:
        return "", "sure", "", ()
    state = STATES[table](world, row["id"])
    return state.reason if state.open == "restricted" else "", state.certainty, state.reason, state.evidence
