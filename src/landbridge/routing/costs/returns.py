"""Boxes go back once: where a lorry takes them from the last ship or train of a way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from landbridge.routing.costs.boxes import RETURN, return_parts
from landbridge.routing.costs.runs import Change, Rested

if TYPE_CHECKING:
    from landbridge.routing.costs.arcs import ArcCosts
    from landbridge.routing.costs.runs import Haul, Stretch


def returned_once(costs: ArcCosts, sections: Sequence[Stretch], after: Haul | None, found: dict[int, Rested]) -> None:
    """Take back the returns of boxes that go on by ship or train; the arcs count one at each change to the road.

    Parameters
    ----------
    costs
        What the arcs cost.
    sections
        The way, in pieces for each of which the change is wanted; see `stretch_of`.
    after
        What happens at the door of the destination.
    found
        What changes in each section already; what is taken back is added to it.
    """
    parts = return_parts(costs.trip)
    if not parts:
        return
    places = [place for place, stretch in enumerate(sections) for piece in stretch if piece.returned]
    at_door = after is not None and any(part.factor == RETURN for one in after.parts for part in one.parts)
    for place in places if at_door else places[:-1]:
        here = found.setdefault(place, Rested())
        for part in parts:
            here.usd -= part.usd
            here.of_usd.append(Change(part, part.usd, 0.0))
