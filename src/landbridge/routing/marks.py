"""What can shut a way, and how much two ways share of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.thresholds import thresholds
from landbridge.world import border_effects

if TYPE_CHECKING:
    from landbridge.routing.answer import Itinerary
    from landbridge.world import World

Marks = Mapping[tuple[str, str], float]


def marks(world: World, routes: Sequence[Itinerary]) -> tuple[Marks, ...]:
    """What each way depends on: areas in transit, passages and ferries count 1 each, border posts less.

    Areas between which neither goods nor persons are checked count as one, and where the trip begins or ends as none.
    """
    same = _unchecked(world, routes)
    post = thresholds(world.facts).post_weight
    found: list[Marks] = []
    for route in routes:
        some: dict[tuple[str, str], float] = {}
        ends = {same[area] for area in (*route.areas[:1], *route.areas[-1:])}
        some.update({("area", same[area]): 1.0 for area in route.areas if same[area] not in ends})
        some.update({("passage", passage): 1.0 for passage, _ in route.passages})
        some.update({leg.ref: 1.0 for leg in route.legs if leg.ref is not None and leg.ref[0] == "ferries"})
        some.update({("crossing", row): post for row, one, other, _ in route.crossings if same[one] != same[other]})
        found.append(some)
    return tuple(found)


def alike(seen: Sequence[Marks]) -> NDArray[np.float64]:
    """Weighted share of the marks of two ways that both have (Jaccard index), shape (ways, ways).

    It is 1 when neither has any.

    Examples
    --------
    >>> suez, cape = {("passage", "suez"): 1.0, ("passage", "malacca"): 1.0}, {("passage", "malacca"): 1.0}
    >>> alike([suez, cape]).tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    weights = {mark: weight for some in seen for mark, weight in some.items()}
    passed = incidence(seen)
    weighed = passed * np.array(list(weights.values()), dtype=np.float64)
    both = weighed @ passed.T
    own = weighed.sum(axis=1)
    either = own[:, None] + own[None, :] - both
    return np.asarray(np.divide(both, either, out=np.ones_like(both), where=either > 0.0))


def incidence(seen: Sequence[Iterable[Hashable]]) -> NDArray[np.float64]:
    """Which way has which mark, 1 where it has it, shape (ways, marks); marks in the order in which they come."""
    numbers: dict[Hashable, int] = {}
    places = [[numbers.setdefault(mark, len(numbers)) for mark in some] for some in seen]
    found = np.zeros((len(places), len(numbers)))
    for row, some in zip(found, places, strict=True):
        row[some] = 1.0
    return found


def as_good(routes: Sequence[Itinerary]) -> NDArray[np.float64]:
    """How near two ways come to one another in money and in time, shape (ways, ways).

    It is 1 when they cost the same, less the further apart.
    """
    found = np.ones((len(routes), len(routes)))
    for name in ("usd", "hours"):
        some = np.array([getattr(one, name) for one in routes], dtype=np.float64)
        less, more = np.minimum(some[:, None], some[None, :]), np.maximum(some[:, None], some[None, :])
        found *= np.divide(less, more, out=np.ones_like(found), where=more > 0.0)
    return found


def _unchecked(world: World, routes: Sequence[Itinerary]) -> dict[str, str]:
    """The name under which each area counts: the first of those joined to it without any check."""
    parent = {area: area for route in routes for area in route.areas}

    def root(area: str) -> str:
        while parent[area] != area:
            area = parent[area]
        return area

    pairs = {tuple(sorted(pair)) for route in routes for pair in zip(route.areas, route.areas[1:], strict=False)}
    for one, other in sorted(pairs):
        effect = border_effects(world, one, other, "road")
        if effect.no_border_check and effect.no_person_check:
            first, second = sorted((root(one), root(other)))
            parent[second] = first
    return {area: root(area) for area in parent}
