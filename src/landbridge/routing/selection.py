"""Which candidates become alternatives: no copies, none that another beats clearly, the widest choice first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from landbridge.routing.answer import Itinerary
from landbridge.routing.weights import OBJECTIVES, Objective
from landbridge.routing.why import reasons

NEAR = 0.02
"""Two routes over the same borders within this share of each other are one."""
CLEARLY = 0.05
"""A route is dropped when a similar one is better by this share on money, time and CO2e."""
CLEARLY_NAMED = 0.30
"""The same for the best way of a named corridor."""
GAIN = 0.10
"""The optimum of money, time or CO2e is shown when it gains at least this share."""
NAMED = 0.5
"""What a way of a named corridor counts for, or one that no other beats in all of money, time and CO2e, against 1."""
ESTABLISHED = 0.35
"""The same where a service is known to have run on it."""
SIMILAR = 0.6
"""Routes that are alike at least this much are similar."""
UNLIKE = 30.0
"""How much dearer a route seems that shares all that can shut it with one already chosen."""
ALL_BUT_THE_SAME = 0.9
"""Routes at least this alike are two only when one gains `GAIN` in money, time or CO2e."""
MORE = 7
"""How many ways beyond those asked for are named."""
SENSIBLE = 2.0
"""An alternative that costs more than this times the best in money and time together is not offered."""
SENSIBLE_CORRIDOR = 2.5
"""The same for the best way of a named corridor."""


def value(route: Itinerary, objective: Objective) -> float:
    """What the route costs in the objective's unit."""
    return float(route.generalised_usd if objective == "generalised" else getattr(route, objective))


def select(
    routes: Sequence[Itinerary],
    corridors: Mapping[int, float],
    objective: Objective,
    n: int,
    usd_per_h: float,
    shared: Callable[[int, int], float],
    optimum: int | None = None,
) -> tuple[tuple[Itinerary, ...], tuple[Itinerary, ...]]:
    """Pick, rank and explain up to `n` alternatives; and name the next ones that are not shown.

    The best for the objective comes first, then the optima of money, time and CO2e where they gain something, then
    those that cost little and differ from what is already chosen (maximal marginal relevance: Carbonell and Goldstein
    1998). A route that only a quite different one beats stays in view: it is the way out when the other shuts.

    Parameters
    ----------
    corridors
        Merit (`NAMED` or `ESTABLISHED`) of those of `routes`, by position, that are the best way of a named corridor.
    shared
        How alike two routes are, from 0 to 1: the way they run and the areas and passages they pass.
    optimum
        Position of the one that the search found best; it stays the first though another may cost a rounded cent less.
    """
    order = sorted(range(len(routes)), key=lambda i: (i != optimum, value(routes[i], objective), routes[i].usd, i))
    kept: list[int] = []
    merits = dict(corridors)
    for i in order:
        same = [j for j in kept if _same(routes[i], routes[j]) or _adds_nothing(routes[i], routes[j], shared(i, j))]
        for j in same[:1]:
            # The way that stays stands for both: it has the merit of the corridor that the other follows.
            merits[j] = min(merits.get(j, 1.0), merits.get(i, 1.0))
        margin = CLEARLY_NAMED if i in corridors else CLEARLY
        beaten = any(_beats(routes[j], routes[i], margin) and shared(i, j) >= SIMILAR for j in order if j != i)
        if not kept or not (same or beaten):
            kept.append(i)
    named = frozenset(merits)
    cheapest = min((routes[i].generalised_usd for i in kept), default=0.0)
    sensible = [i for i in kept if routes[i].generalised_usd <= SENSIBLE * cheapest]
    for i in sensible:
        if not any(_beats(routes[j], routes[i], 0.0) for j in sensible if j != i):
            merits[i] = min(merits.get(i, 1.0), NAMED)
    optima = {name: min(sensible, key=lambda i: (value(routes[i], name), i)) for name in OBJECTIVES} if kept else {}
    wanted = kept[:1]
    for name, i in optima.items():
        gain = min((value(routes[j], name) for j in wanted), default=0.0) > (1.0 + GAIN) * value(routes[i], name)
        if i not in wanted and len(wanted) < n and gain:
            wanted.append(i)
    others = [
        i
        for i in kept
        if i not in wanted and routes[i].generalised_usd <= (SENSIBLE_CORRIDOR if i in named else SENSIBLE) * cheapest
    ]
    while others and len(wanted) < n + MORE:
        chosen = min(
            others,
            key=lambda i: (
                _appeal(
                    routes[i].generalised_usd / max(cheapest, 1e-9),
                    max(shared(i, j) for j in wanted),
                    merits.get(i, 1.0),
                ),
                i,
            ),
        )
        wanted.append(chosen)
        others.remove(chosen)
    first, more = wanted[:n], wanted[n:]
    first.sort(key=kept.index)
    ranked = [
        replace(routes[i], rank=rank, best_for=tuple(name for name, best in optima.items() if best == i))
        for rank, i in enumerate(first, 1)
    ]
    return tuple(_explained(route, ranked, usd_per_h) for route in ranked), tuple(routes[i] for i in more)


def _appeal(cost_ratio: float, likeness: float, merit: float) -> float:
    """What a route adds to those already chosen, the lower the better: cheap, unlike them, an established corridor."""
    return float(cost_ratio**2 * (1.0 + UNLIKE * likeness**3) * merit)


def _explained(route: Itinerary, ranked: Sequence[Itinerary], usd_per_h: float) -> Itinerary:
    """With the reasons against the next alternative; the last one's against the first."""
    if len(ranked) < 2:
        return route
    other = ranked[route.rank] if route.rank < len(ranked) else ranked[0]
    return replace(route, why=reasons(route.legs, other.legs, other.rank, usd_per_h))


def _same(one: Itinerary, other: Itinerary) -> bool:
    """Whether two routes are one to a planner: the same borders, passages and modes, or all but equal."""
    borders = [crossing[:3] for crossing in one.crossings] == [crossing[:3] for crossing in other.crossings]
    passages = [passage[0] for passage in one.passages] == [passage[0] for passage in other.passages]
    if borders and passages and one.modes == other.modes:
        return True
    near = all(
        abs(getattr(one, name) - getattr(other, name)) <= NEAR * max(abs(getattr(one, name)), 1e-9)
        for name in ("usd", "hours", "kg_co2e")
    )
    return near and one.label == other.label


def _adds_nothing(one: Itinerary, other: Itinerary, likeness: float) -> bool:
    """Whether a route hangs on all but the same as another and gains too little in money, time or CO2e."""
    gains = any(getattr(one, name) < (1.0 - GAIN) * getattr(other, name) for name in ("usd", "hours", "kg_co2e"))
    return likeness >= ALL_BUT_THE_SAME and not gains


def _beats(one: Itinerary, other: Itinerary, margin: float) -> bool:
    return all(getattr(one, name) <= (1.0 - margin) * getattr(other, name) for name in ("usd", "hours", "kg_co2e"))
