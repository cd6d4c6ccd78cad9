"""Ways by rail over changes of gauge that no one service is known to run through."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from landbridge.routing.gates import served
from landbridge.routing.thresholds import thresholds
from landbridge.world import border_effects

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.routing.answer import Itinerary
    from landbridge.world import World

UNKNOWN: Final = (
    "no service is known that runs through all its borders by rail: each railway's part would have to be booked singly"
)


def chained(world: World, one: Itinerary) -> tuple[str, ...]:
    """What to tell of a way whose railways change gauge more than once where no one service joins them all.

    On one gauge wagons run on from railway to railway. Where the gauge changes, somebody must have wagons ready on the
    other side: that is a service. Borders without customs check, as those inside a customs union, need none of it.

    Parameters
    ----------
    world
        The world in which the way is offered.
    one
        The way, with its legs.

    Returns
    -------
    tuple
        One text, or none where a service is known or the gauge changes less often.
    """
    gauges = [leg.gauge_mm for leg in one.legs if leg.kind == "move" and leg.mode == "rail"]
    breaks = sum(before != after for before, after in pairwise(gauges))
    if breaks < thresholds(world.facts).chained_gauge_breaks:
        return ()
    by_rail = {(first, other) for _, first, other, leg in one.crossings if one.legs[leg - 1].mode == "rail"}
    checked = {pair for pair in by_rail if not border_effects(world, *pair, "rail").no_border_check}
    joined = _joined(world, frozenset(area for pair in by_rail for area in pair))
    pairs = {frozenset(joined.get(area, area) for area in pair) for pair in checked}
    sides = _sides(world.facts)
    for gates in served(world):
        known = {joined.get(area, area) for gate in gates for area in sides.get(gate, ())}
        if all(pair <= known for pair in pairs):
            return ()
    return (UNKNOWN,)


def _joined(world: World, areas: frozenset[str]) -> dict[str, str]:
    """Each area under the first of those that it shares a border with and no customs check."""
    found = {area: area for area in areas}
    for one in sorted(areas):
        for other in sorted(areas):
            if one < other and border_effects(world, one, other, "rail").no_border_check:
                name = found[one]
                found = {area: name if under == found[other] else under for area, under in found.items()}
    return found


@lru_cache(maxsize=4)
def _sides(facts: Facts) -> dict[tuple[str, str], tuple[str, str]]:
    """The two areas of each crossing and ferry."""
    return {
        (table, row["id"]): (row["area_a"], row["area_b"])
        for table in ("crossings", "ferries")
        for row in facts.table(table).rows
    }
