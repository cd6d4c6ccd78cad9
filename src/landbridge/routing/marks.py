"""What can shut a way, and how much two ways share of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

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


def alike(one: Marks, other: Marks) -> float:
    """Weighted share of the marks of two ways that both have (Jaccard index); 1 when neither has any.

    Examples
    --------
    >>> suez, cape = {("passage", "suez"): 1.0, ("passage", "malacca"): 1.0}, {("passage", "malacca"): 1.0}
    >>> alike(suez, cape)
    0.5
    """
    union = {**one, **other}
    total = sum(union.values())
    return sum(weight for mark, weight in one.items() if mark in other) / total if total > 0.0 else 1.0


def as_good(one: Itinerary, other: Itinerary) -> float:
    """How near two ways come to one another in money and in time: 1 when they cost the same, less the further apart."""
    found = 1.0
    for name in ("usd", "hours"):
        less, more = sorted((getattr(one, name), getattr(other, name)))
        found *= less / more if more > 0.0 else 1.0
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
