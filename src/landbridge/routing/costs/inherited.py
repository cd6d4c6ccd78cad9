"""What other ends of a trip or a scenario leave as it is: most classes of arcs cost what they did before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.costs.boxes import RATIO
from landbridge.routing.costs.tariffs import home_area, passes, passing_told
from landbridge.routing.costs.terminals import CASPIAN, WATER, Change, in_transit, landed_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from landbridge.routing.costs.arcs import ArcCosts
    from landbridge.routing.costs.classes import ArcClass
    from landbridge.routing.costs.moves import Trip
    from landbridge.routing.costs.values import Value
    from landbridge.world import Rules, World

TOPICS: Final = frozenset({"status", "delay", "fee", "capacity"})
KINDS: Final = frozenset({"crossing", "port", "passage", "ferry", "line", "project", "airspace"})
"""What effects of these topics about these kinds change is the state of the one thing that they name."""
BY_RULES: Final = frozenset({"ban", "measure"})
"""What these change reaches costs through the rules alone."""
MOVING: Final = frozenset({"move", "passage"})
"""Kinds of arc on which each kilometre is paid for."""
Key = TypeVar("Key", bound=tuple[str, ...])


def touched(
    world: World, classes: Sequence[ArcClass], trip: Trip, rules: Rules, before: ArcCosts
) -> NDArray[np.bool_] | None:
    """Which classes may cost something else than before; None where nothing is known of that.

    Parameters
    ----------
    world
        The world; `before` are the costs of as much of the same goods over the same network in it, between other ends,
        or in its base.
    """
    names: set[str] | None = set() if before.world_id == world.id else _named(world)
    if names is None or not (_same_trip(trip, before.trip) and _same_rules(rules, before.rules)):
        return None
    names |= {key[0] for key in _differ(rules.crossed, before.rules.crossed)}
    names |= {key[1] for key in _differ(rules.war_risk, before.rules.war_risk)}
    names |= {port for port, _ in rules.fetched ^ before.rules.fetched}
    modes, landed = _otherwise_moved(trip, before.trip), _otherwise_paid(trip, before.trip)
    railed = passing_told(trip)

    def may_differ(one: ArcClass) -> bool:
        if one.kind == "ferry" or (one.ref is not None and one.ref[1] in names):
            # A ferry sails between two ports and through straits: there are few.
            return True
        if one.kind == "transfer":
            at_sea = not WATER.isdisjoint((one.start_mode, one.mode))
            return at_sea and (landed or _otherwise_landed(one, trip, before.trip))
        if one.kind not in MOVING:
            return False
        other_tariff = railed and one.mode == "rail" and passes(trip, one.where) != passes(before.trip, one.where)
        return one.mode in modes or other_tariff

    return np.array([may_differ(one) for one in classes])


def _named(world: World) -> set[str] | None:
    """The ids of all that effects name, or None where one is of a topic that may reach further."""
    found = set()
    for topic, *subject in world.effects:
        if topic in TOPICS and subject[0] in KINDS:
            found.add(subject[1])
        elif topic not in BY_RULES:
            return None
    return found


def _same_trip(trip: Trip, other: Trip) -> bool:
    """Whether two trips differ in nothing but their ends."""
    return (
        trip.book is other.book
        and trip.shipment.factors == other.shipment.factors
        and all(getattr(trip, name) == getattr(other, name) for name in ("load", "weather", "ships"))
    )


def _otherwise_moved(trip: Trip, other: Trip) -> set[str]:
    """The modes by which a kilometre costs something else, by direction or lane of the trade or lorries of its ends."""
    found = {mode for mode, lane in trip.lanes.items() if lane != other.lanes[mode]}
    if trip.lorries != other.lorries:
        found.add("road")
    if trip.trades != other.trades:
        found |= {"road", "sea"}
    if home_area(trip) != home_area(other):
        found.add("sea")
    return found | WATER if "sea" in found else found


def _otherwise_paid(trip: Trip, other: Trip) -> bool:
    """Whether another part of the freight that does not grow with distance is paid.

    A box of 20 feet pays by its lane, all goods by whether they stay on the coast of their own area.
    """

    def ratios(one: Trip) -> list[Value | None]:
        return [
            one.book.find(RATIO, mode="sea", product="freight", area=area, lanes=one.trades) for area in ("", CASPIAN)
        ]

    if home_area(trip) != home_area(other):
        return True
    return bool(trip.load.lone) and ratios(trip) != ratios(other)


def _otherwise_landed(one: ArcClass, trip: Trip, other: Trip) -> bool:
    """Whether goods that were in transit at a quay are no longer, or the other way round, or lie on another lane."""
    port = "" if one.ref is None else one.ref[1]
    change = Change(one.start_mode, one.mode, one.goal or one.start, port)
    return landed_at(trip, change) != landed_at(other, change) or any(
        in_transit(trip, port, way) != in_transit(other, port, way) for way in ("export", "import")
    )


def _same_rules(rules: Rules, other: Rules) -> bool:
    """Whether the rules say the same of what many borders cost."""
    return rules.fees == other.fees and rules.formalities == other.formalities


def _differ(some: Mapping[Key, object], other: Mapping[Key, object]) -> set[Key]:
    """The keys of which two rules say different things."""
    return {key for key in {*some, *other} if some.get(key) != other.get(key)}
