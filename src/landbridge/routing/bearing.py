"""Which rules in force bear on an answer: on the ways shown, or on the two ends when there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.routing.answer import Itinerary, Leg
from landbridge.routing.shipment import MODES

if TYPE_CHECKING:
    from landbridge.routing.plan import Plan

KINDS: Final = {"crossings": "crossing", "passages": "passage", "ports": "port", "ferries": "ferry", "lines": "line"}
"""The kind of gate that a row of a table is."""


def bearing(the_plan: Plan, shown: Sequence[Itinerary], ends: Iterable[str]) -> tuple[tuple[dict[str, Any], ...], int]:
    """The rules that close nothing but must be shown, and how many others were looked at.

    Parameters
    ----------
    the_plan
        The weighed shipment.
    shown
        The alternatives of the answer.
    ends
        Areas of origin and destination, looked at when there is no alternative.
    """
    from landbridge.world.sayings import said_on

    rules = the_plan.rules
    if shown:
        legs = [leg for one in shown for leg in one.legs]
        found = rules.notes_on(
            (area for leg in legs for area in _crossed(leg)), (gate for leg in legs for gate in _gates(leg))
        )
    else:
        modes = the_plan.shipment.modes or MODES
        found = rules.notes_on((area, mode) for area in ends if area for mode in modes)
    day = the_plan.world.day
    told = tuple({**note.to_dict(), "reason": said_on(note.reason, day)} for note in found)
    return told, len(rules.notes) - len(found)


def _crossed(leg: Leg) -> Iterator[tuple[str, str]]:
    """The areas of a leg with its mode; who changes mode in a port touches its area by sea."""
    for area in leg.areas:
        yield area, leg.mode
        if leg.ref is not None and leg.ref[0] == "ports":
            yield area, "sea"


def _gates(leg: Leg) -> Iterator[tuple[str, str]]:
    """The gates of a leg, KIND:ID, with its mode; a crossing also stands for its pair of areas."""
    if leg.ref is None or leg.ref[0] not in KINDS:
        return
    yield f"{KINDS[leg.ref[0]]}:{leg.ref[1]}", leg.mode
    if leg.ref[0] == "ports":
        yield f"port:{leg.ref[1]}", "sea"
    if leg.ref[0] == "crossings":
        yield "pair:" + "-".join(sorted(leg.areas)), leg.mode
