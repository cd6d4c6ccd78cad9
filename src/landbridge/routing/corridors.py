"""Which candidates follow a named corridor, and on which of them services are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from landbridge.routing.gates import branches, served
from landbridge.routing.thresholds import thresholds

if TYPE_CHECKING:
    from landbridge.routing.answer import Itinerary
    from landbridge.routing.candidate import Candidate
    from landbridge.world import World


def corridor_merits(
    world: World, found: Sequence[Candidate], priced: Sequence[Itinerary], shortest_km: float
) -> dict[int, float]:
    """The merit of the candidates that are the best way of a named corridor, by position.

    Parameters
    ----------
    shortest_km
        Length of the shortest of all ways, those too that do not come into question.
    """
    limits = thresholds(world.facts)
    names = {branch.id: branch.name for branch in branches(world)}
    labels = set(names.values())
    merits: dict[int, float] = {}
    for number, (candidate, one) in enumerate(zip(found, priced, strict=True)):
        looked_for = names.get(candidate.reason)
        if one.label not in labels or (looked_for is not None and looked_for != one.label):
            continue
        if looked_for is not None and candidate.corridor_share < limits.corridor_km_share:
            continue
        afloat = sum(leg.km for leg in one.legs if leg.mode == "sea")
        by_sea = afloat > limits.afloat_share * one.km
        if not by_sea and one.km > limits.aside_km_times * shortest_km:
            # It leads past the two ends: no way that is known for them.
            continue
        known = by_sea or _served(world, one)
        merits[number] = limits.established_merit if known else limits.named_merit
    return merits


def _served(world: World, one: Itinerary) -> bool:
    """Whether services whose gates lie on the way are known to have run through most of the areas in transit."""
    passed = {leg.ref for leg in one.legs if leg.ref is not None}
    sides = {row: {first, second} for row, first, second, _ in one.crossings}
    for ferry in world.facts.table("ferries").rows:
        quays = {("ports", ferry["port_a_id"]), ("ports", ferry["port_b_id"])}
        if ("ferries", ferry["id"]) in passed or quays <= passed:
            # A ship between the two ports of a ferry goes the ferry's way.
            passed.add(("ferries", ferry["id"]))
            sides[ferry["id"]] = {ferry["area_a"], ferry["area_b"]}
    gates = {row for some in served(world) if some <= passed for _, row in some}
    touched: set[str] = set().union(*(sides.get(row, set()) for row in gates))
    transit = set(one.areas) - {*one.areas[:1], *one.areas[-1:]}
    return bool(gates) and len(transit & touched) >= thresholds(world.facts).served_share * len(transit)
