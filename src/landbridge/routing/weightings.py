"""Under which weightings ways are looked for: a fixed set, and what the first ways found make worth another look."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from landbridge.network import MODES
from landbridge.routing.thresholds import Thresholds
from landbridge.routing.weights import OBJECTIVES, Objective, Prices, Scalar, Variant, arc_scalar, scalar_to_units

if TYPE_CHECKING:
    from landbridge.routing.candidate import Candidate
    from landbridge.routing.plan import Plan

AIR = MODES.index("air")
BARRED = math.inf
FLOWN = "by air where that is best: "
"""Begins the name of a weighting that tells what a shipment which keeps to the ground forgoes."""
BY_SEA = "by sea where possible"
AVOIDED = "without straits that some carriers avoid"
WITHOUT = "without passing "
"""Begins the name of a weighting that keeps out of an area through which all others lead."""


def variants(
    objective: Objective, modes: Sequence[str], limits: Thresholds, *, by_surface: bool = False
) -> tuple[Variant, ...]:
    """The fixed set of weightings; the first is the one scalar objective that was asked for.

    Parameters
    ----------
    limits
        How much dearer a mode or a change is made to look for ways that need little of it.
    by_surface
        Leave the air to that first weighting: the fastest way of a box is always a plane that nobody would pay.
    """
    has, dear = set(modes), limits.dear_times
    surface = (("air", BARRED),) if by_surface and len(has) > 1 else ()
    found = [Variant(objective, objective)]
    found.extend(Variant(other, other, modes=surface) for other in OBJECTIVES)
    if "sea" in has and len(has) > 1:
        found.append(Variant("by land and ferry", "generalised", modes=(*surface, ("sea", BARRED))))
        found.append(Variant(BY_SEA, "generalised", modes=(*surface, ("rail", dear), ("road", dear))))
    if "rail" in has and len(has) > 1:
        found.append(Variant("without rail", "generalised", modes=(*surface, ("rail", BARRED))))
    if "road" in has and len(has) > 1:
        found.append(Variant("little road", "generalised", modes=(*surface, ("road", dear))))
    found.append(Variant("few changes", "generalised", modes=surface, kinds=(("transfer", dear), ("gauge", dear))))
    found.append(Variant("without ferries", "generalised", modes=surface, kinds=(("ferry", BARRED),)))
    unique: dict[tuple[object, ...], Variant] = {}
    for variant in found:
        unique.setdefault((variant.objective, variant.modes, variant.kinds), variant)
    return tuple(unique.values())


def second_look(the_plan: Plan, the_variants: Sequence[Variant], found: Sequence[Candidate]) -> tuple[Variant, ...]:
    """What is worth a search once the first ways are known: by air, and round the straits that some carriers avoid."""
    from landbridge.routing.costs.carriers import carrier_class
    from landbridge.world.policies import avoided_by_some

    more = [
        Variant(f"{FLOWN}{one.objective}", one.objective)
        for one in the_variants
        if one.name == one.objective != the_variants[0].objective and one.modes == (("air", BARRED),)
    ]
    more = [one for one in more if not _never_flown(the_plan, one, found)]
    if the_plan.shipment.carrier is None:
        network = the_plan.network
        ends = (the_plan.shipment.origin_area, the_plan.shipment.destination_area)
        passed = {network.refs[number] for one in found for number in np.unique(network.ref[one.arcs]) if number >= 0}
        shunned = {
            ("passages", row)
            for row in avoided_by_some(the_plan.world, carrier_class(the_plan.world, the_plan.shipment), ends)
        }
        if shunned & passed:
            more.append(_at_sea(the_variants, tuple(sorted(shunned))))
    return tuple(more)


def ways_out(
    the_plan: Plan, the_variants: Sequence[Variant], found: Sequence[Candidate], along: Sequence[Candidate]
) -> tuple[Variant, ...]:
    """What keeps out of an area that only corridors keep out of: the way of a corridor may be no good one for that.

    An area is left out by the posts on its borders; a ship may still pass its coast. One that is joined to an end of
    the trip without any check shuts no sooner than that end.

    Parameters
    ----------
    found, along
        The ways under the weightings, and those along corridors.
    """
    from landbridge.world import border_effects

    network, world = the_plan.network, the_plan.world

    def joined(area: int, other: int) -> bool:
        effect = border_effects(world, network.areas[area], network.areas[other], "road")
        return effect.no_border_check and effect.no_person_check

    def passed(one: Candidate) -> set[int]:
        return {int(area) for area in np.unique(network.node_area[network.head[one.arcs]]) if area >= 0}

    ground = [one for one in found if not bool(np.any(network.mode[one.arcs] == AIR))]
    if not ground:
        return ()
    shared = set[int].intersection(*(passed(one) for one in ground))
    kept_out = shared - set[int].intersection(shared, *(passed(one) for one in along))
    ends = {int(network.node_area[node]) for one in ground for node in (one.begin.leave, one.end.enter)}
    posts = world.facts.table("crossings").rows
    surface = surface_of(the_variants)
    more = []
    for number in sorted(kept_out - ends):
        if any(joined(number, end) for end in ends if end >= 0):
            continue
        area = network.areas[number]
        refs = tuple(("crossings", row["id"]) for row in posts if area in (row["area_a"], row["area_b"]))
        more.append(Variant(f"{WITHOUT}{area}", the_variants[0].objective, surface, refs=refs))
    return tuple(more)


def surface_of(the_variants: Sequence[Variant]) -> tuple[tuple[str, float], ...]:
    """What bars the air in all weightings but the first, where something does."""
    return next((one.modes for one in the_variants if one.modes == (("air", BARRED),)), ())


def at_prices(prices: Prices, surface: tuple[tuple[str, float], ...]) -> Variant:
    """All three criteria added up at some prices."""
    hour, dollar, kilogram = (f"{price:g}" for price in prices)
    return Variant(f"at {hour} an hour, {dollar} a dollar, {kilogram} a kilogram", prices, modes=surface)


def _at_sea(the_variants: Sequence[Variant], shunned: tuple[tuple[str, str], ...]) -> Variant:
    """By sea where that is possible without some straits, as those sail who avoid them."""
    modes = next((one.modes for one in the_variants if one.name == BY_SEA), ())
    return Variant(AVOIDED, "generalised", modes, refs=shunned)


def _never_flown(the_plan: Plan, one: Variant, found: Sequence[Candidate]) -> bool:
    """Whether the least that any flight costs, with a change to it and from it, is more than the best on the ground."""
    best = min((candidate.units for candidate in found if candidate.reason == one.objective), default=None)
    if best is None:
        return False
    least: float = the_plan.made.get(("least flight", one.objective), lambda: _least_flight(the_plan, one.objective))
    return math.isinf(least) or scalar_to_units(least, one.objective, the_plan.units_per(one.objective)) >= best


def _least_flight(the_plan: Plan, objective: Scalar) -> float:
    """The least that a flight costs with a change to it and one from it; infinite where there is none."""
    network, costs = the_plan.network, the_plan.costs
    tails, heads = network.node_mode[network.tail] == AIR, network.node_mode[network.head] == AIR
    least = 0.0
    for arcs in (~tails & heads, tails & heads, tails & ~heads):
        usable = np.flatnonzero(arcs & costs.allowed)
        if not usable.size:
            return math.inf
        scalar = arc_scalar(costs, the_plan.unit_factor, the_plan.prices(objective), usable)
        least += float(scalar.min())
    return least


def grounded(one: Variant, other: Variant) -> bool:
    """Whether a weighting is another one with the air barred."""
    return one.objective == other.objective and one.modes == (("air", BARRED),) and one.kinds == other.kinds == ()
