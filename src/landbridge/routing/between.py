"""Ways between those found: pieces of these put together anew, and searches where one may still hide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.candidate import Candidate
from landbridge.routing.chain import Way
from landbridge.routing.hidden import hidden
from landbridge.routing.recombined import Amounts, meeting
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weightings import AIR, at_prices, surface_of
from landbridge.routing.weights import CRITERIA, TIE_STEPS, Prices, Variant, arc_scalar

if TYPE_CHECKING:
    from landbridge.routing.plan import Plan

Doors = tuple[tuple[Way, ...], tuple[Way, ...]]
"""The ways to begin and to end, weighed by one weighting."""
NOT_WEIGHED: Final = 0
"""The weight of ways that no search over the network found: their amounts tell them."""
Search = Callable[[Variant, Candidate], Candidate | None]
"""Finds the best way under a weighting; it is no worse than a way that is known."""


class _Ways:
    """Ways with the hours, dollars and kilograms of a unit on each of their arcs and in all."""

    def __init__(self, the_plan: Plan, doors_of: Callable[[Variant], Doors]) -> None:
        self._plan = the_plan
        # Doors are told by their weights alone.
        sides = zip(*(doors_of(Variant(name, name)) for name in CRITERIA), strict=True)
        per = [TIE_STEPS * the_plan.units_per(name) for name in CRITERIA]
        self.begin, self.end = (
            {
                same[0].leave: tuple(way.units / one for way, one in zip(same, per, strict=True))
                for same in zip(*side, strict=True)
            }
            for side in sides
        )
        self.found: list[Candidate] = []
        self.by_arc: list[NDArray[np.float64]] = []
        self.spent: list[Amounts] = []

    @property
    def amounts(self) -> NDArray[np.float64]:
        """Hours, dollars and kilograms of each way, shape (ways, 3)."""
        return np.array(self.spent)

    def add(self, way: Candidate) -> None:
        """Add a way."""
        costs, factor, arcs = self._plan.costs, self._plan.unit_factor, way.arcs
        by_arc = np.stack([arc_scalar(costs, factor, self._plan.prices(name), arcs) for name in CRITERIA], axis=1)
        at_doors = zip(by_arc.sum(axis=0).tolist(), self.begin[way.begin.leave], self.end[way.end.leave], strict=True)
        self.found.append(way)
        self.by_arc.append(by_arc)
        self.spent.append(tuple(map(sum, at_doors)))  # type: ignore[arg-type]


def ways_between(
    the_plan: Plan,
    doors_of: Callable[[Variant], Doors],
    the_variants: Sequence[Variant],
    found: Sequence[Candidate],
    search: Search,
) -> list[Candidate]:
    """The ways that are better than all found at some prices of an hour, a dollar and a kilogram of CO2e.

    What the ways found have in common lets a trip leave the one for the other: the best of all such ways are looked for
    first, for that takes little. Then a search over the whole network looks where most may still hide, and what it
    finds is joined to the others in its turn.

    Parameters
    ----------
    doors_of
        The ways to begin and to end under a weighting.
    the_variants
        The fixed set of weightings that found some of the ways.
    search
        Searches the whole network.
    """
    limits, surface = thresholds(the_plan.world.facts), surface_of(the_variants)
    hour_and_dollar = the_plan.prices("generalised")
    searched = [
        the_plan.prices(one.objective) for one in the_variants if one.modes == surface and not (one.kinds or one.refs)
    ]
    ways = _Ways(the_plan, doors_of)
    for one in found:
        if not (surface and bool(np.any(the_plan.network.mode[one.arcs] == AIR))):
            ways.add(one)
    if not ways.found:
        return []
    before = len(ways.found)

    def most() -> tuple[Prices, float]:
        return hour_and_dollar, limits.sensible_times * float((ways.amounts @ np.array(hour_and_dollar)).min())

    for left in range(round(limits.more_searches), -1, -1):
        _join(the_plan, doors_of, ways, (searched, most(), surface))
        prices = hidden(ways.amounts, searched, most(), limits.hidden_share) if left else None
        if prices is None:
            break
        best = ways.found[int(np.argmin(ways.amounts @ np.array(prices)))]
        other = search(at_prices(prices, surface), best)
        if other is None:
            break
        ways.add(replace(other, between=True))
        searched.append(prices)
    return ways.found[before:]


def _join(
    the_plan: Plan,
    doors_of: Callable[[Variant], Doors],
    ways: _Ways,
    look: tuple[Sequence[Prices], tuple[Prices, float], tuple[tuple[str, float], ...]],
) -> None:
    """Add the best ways of pieces of those found, at the prices under which one would gain most, until none gains."""
    searched, most, surface = look
    limits, network = thresholds(the_plan.world.facts), the_plan.network
    paths, by_arc = [one.arcs for one in ways.found], np.concatenate(ways.by_arc)
    graph = meeting(paths, by_arc, network.tail, network.head, (ways.begin, ways.end))
    known, tried = {arcs.tobytes() for arcs in paths}, list(searched)
    for _ in range(round(limits.more_joined)):
        prices = hidden(ways.amounts, tried, most, limits.joined_share)
        best = None if prices is None else graph.best(prices)
        if prices is None or best is None:
            return
        tried.append(prices)
        arcs, leave, enter = best
        if arcs.size and arcs.tobytes() not in known:
            known.add(arcs.tobytes())
            variant = at_prices(prices, surface)
            begin, end = doors_of(variant)
            first = next(way for way in begin if way.leave == leave)
            last = next(way for way in end if way.enter == enter)
            ways.add(Candidate(arcs, variant.name, first, last, NOT_WEIGHED, between=True))
