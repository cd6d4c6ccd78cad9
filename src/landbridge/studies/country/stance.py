"""Where an area stands between poles, with the transit that its standard routes tell of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from landbridge.politics.alignment import UNITS, Part, absent, alignment, other_poles, part
from landbridge.studies.country.ways import StandardRoute

if TYPE_CHECKING:
    from landbridge.studies.country.trade import Trade
    from landbridge.world import World


def stance(world: World, area: str, routes: Sequence[StandardRoute], told: Trade | None) -> tuple[Part, ...]:
    """Every part of the alignment of an area on the day, in order; `routes` are its standard routes to partners."""
    parts = {one.name: one for one in alignment(world, area)}
    parts["transit"] = passed(world, area, routes, None if told is None else told.year)
    return tuple(parts[name] for name in UNITS)


def passed(world: World, area: str, routes: Sequence[StandardRoute], year: int | None) -> Part:
    """Of trade in boxes with the partners that are reached, the shares whose best way crosses areas of each pole.

    The two ends of a way do not count: who trades with a pole stands in the part `trade`. A way across areas of two
    poles counts for both, so the shares need not add up to one.
    """
    some = [one for one in routes if one.kind == "partner" and one.there]
    if not some:
        return absent("transit", "no-ways")
    weighed = [(one.box_share, frozenset(one.areas) - {area, one.to_area}) for one in some if one.box_share is not None]
    whole = sum(share for share, _ in weighed)
    if len(weighed) < len(some) or whole <= 0:
        return absent("transit", "no-weights")
    others = other_poles(world, area)

    def share(sets: Sequence[frozenset[str]], across: bool) -> float:
        return sum((one for one, along in weighed if any(along & areas for areas in sets) == across), 0.0) / whole

    values = {name: share([areas], across=True) for name, areas in others.items()}
    return part("transit", values, year=year, outside=share(list(others.values()), across=False))
