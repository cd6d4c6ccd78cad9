"""What a scenario leaves as it is: most classes of arcs cost what they do in the world of the day without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from landbridge.routing.costs.arcs import ArcCosts
    from landbridge.routing.costs.classes import ArcClass
    from landbridge.routing.costs.moves import Trip
    from landbridge.world import Rules, World

TOPICS: Final = frozenset({"status", "delay", "fee", "capacity"})
KINDS: Final = frozenset({"crossing", "port", "passage", "ferry", "line", "project", "airspace"})
"""What effects of these topics about these kinds change is the state of the one thing that they name."""
BY_RULES: Final = frozenset({"ban", "measure"})
"""What these change reaches costs through the rules alone."""


def touched(
    world: World, classes: Sequence[ArcClass], trip: Trip, rules: Rules, below: ArcCosts
) -> NDArray[np.bool_] | None:
    """Which classes may cost something else than in the world below; None where nothing is known of that.

    Parameters
    ----------
    world
        The world; `below` are the costs of the same shipment over the same network in its base.
    """
    names = _named(world)
    if names is None or not (_same_trip(trip, below.trip) and _same_rules(rules, below.rules)):
        return None
    names |= _differ(rules.crossed, below.rules.crossed)
    # A ferry sails between two ports and through straits: there are few.
    return np.array([one.kind == "ferry" or (one.ref is not None and one.ref[1] in names) for one in classes])


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
    names = ("load", "lanes", "weather", "ships", "trades", "home")
    return trip.book is other.book and all(getattr(trip, name) == getattr(other, name) for name in names)


def _same_rules(rules: Rules, other: Rules) -> bool:
    """Whether the rules say the same of what costs more than waits at a post."""
    return all(getattr(rules, name) == getattr(other, name) for name in ("fees", "war_risk", "formalities"))


def _differ(some: Mapping[tuple[str, str, str], object], other: Mapping[tuple[str, str, str], object]) -> set[str]:
    """The crossings of which two rules say different things."""
    return {key[0] for key in {*some, *other} if some.get(key) != other.get(key)}
