"""Which candidates become alternatives: no copies, none that another beats clearly, the widest choice first."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.answer import Itinerary, Leg
from landbridge.routing.marks import Marks, incidence
from landbridge.routing.thresholds import Thresholds
from landbridge.routing.weights import OBJECTIVES, Objective
from landbridge.routing.why import reasons

PAID = ("usd", "hours")
MEASURES = (*PAID, "kg_co2e")
ROAD, SEA = "road", "sea"


def value(route: Itinerary, objective: Objective) -> float:
    """What the route costs in the objective's unit."""
    return float(route.generalised_usd if objective == "generalised" else getattr(route, objective))


def worth_driving(
    routes: Sequence[Itinerary], seen: Sequence[Marks], limits: Thresholds, named: Sequence[bool] = ()
) -> tuple[int, ...]:
    """The routes without those that nobody would drive: detours that avoid nothing, and ways that are far worse.

    A route goes when another costs less, takes no more of money, time or CO2e, and hangs on part of the same things: it
    passes all that can shut the other and more besides.
    One that another beats by far goes unless it alone avoids something that all those not so beaten pass: then it is
    the way out when that shuts. One that follows no named corridor, and is the best neither by road nor by sea, goes
    sooner, also where less CO2e alone speaks for it, for which nobody pays so much; the cleanest of all is looked at
    all the same.

    Parameters
    ----------
    seen
        What can shut each of them.
    named
        Whether each follows a named corridor; none does where that is not told.
    """
    every = range(len(routes))
    values = _values(routes)
    idle = _idle_beside(routes, values, limits)
    by_far, sooner = (
        np.logical_or.reduce(beaten_by(values, 1.0 - 1.0 / times), axis=1)
        for times in (limits.far_times, limits.far_unnamed_times)
    )
    asked = _asked_for(routes, _leads(routes, limits))
    unpaid = _unpaid(routes, values, asked, limits)
    unpaid[np.argmin(values[-1])] = False
    told = np.array(named or [False] * len(routes), dtype=np.bool_)
    told[asked] = True
    beaten = np.where(told, by_far, sooner | unpaid).tolist()
    detour = np.logical_or.reduce(idle & _passing_less(seen), axis=1)
    # The least of each measure is told, however little it gains.
    detour[np.argmin(values, axis=1)] = False
    good = [i for i in every if not detour[i]]
    near = [i for i in good if not beaten[i]]
    # One post may shut, too: where all near ways pass it, the way round it is one of those out.
    needs = [frozenset(seen[i]) | {("mode", mode) for mode in routes[i].modes} for i in every]
    shared = frozenset.intersection(*(needs[i] for i in near)) if near else frozenset[tuple[str, str]]()
    way_out: dict[tuple[str, str], int] = {}
    for i in sorted(set(every) - set(near), key=lambda i: (routes[i].generalised_usd, i)):
        for mark in sorted(shared - needs[i]):
            way_out.setdefault(mark, i)
    return tuple(i for i in every if i in near or i in way_out.values())


@dataclass(frozen=True, slots=True)
class Chosen:
    """The routes shown, ranked, and the next ones that are only named."""

    shown: tuple[Itinerary, ...]
    others: tuple[Itinerary, ...]


def select(  # noqa: PLR0913, PLR0917
    routes: Sequence[Itinerary],
    corridors: Mapping[int, float],
    objective: Objective,
    n: int,
    usd_per_h: float,
    shared: NDArray[np.float64],
    limits: Thresholds,
    optimum: int | None = None,
    depends: NDArray[np.float64] | None = None,
) -> Chosen:
    """Pick, rank and explain up to `n` alternatives; and name the next ones that are not shown.

    The best for the objective comes first, then the optima of money, time and CO2e where they gain something, then
    those that cost little and differ from what is already chosen (maximal marginal relevance: Carbonell and Goldstein
    1998). A route that only a quite different one beats stays in view: it is the way out when the other shuts. The
    optimum of each measure is always among those shown or named, and says so.

    Parameters
    ----------
    corridors
        Merit of those of `routes`, by position, that are the best way of a named corridor.
    shared
        How alike two routes are, from 0 to 1: the areas and passages they pass, and what they cost; shape (n, n).
    depends
        How much two routes pass the same, whatever they cost; as `shared` when not given.
    optimum
        The route that the search found for the objective; it comes first where rounded sums would tell another.
    """
    if not routes:
        return Chosen((), ())
    values = _values(routes)
    general = [route.generalised_usd for route in routes]
    usd, hours, _ = values.tolist()
    order = sorted(range(len(routes)), key=lambda i: (i != optimum, value(routes[i], objective), routes[i].usd, i))
    mode_of = [_main_mode(route)[0] for route in routes]
    leads = _leads(routes, limits)
    optima = {name: _best(routes, order, name, limits) for name in OBJECTIVES}
    kept, merits, stands = _apart(routes, values, corridors, order, shared, limits)
    beside = _by_name(routes, kept, corridors, objective, limits)
    named = frozenset(merits)
    cheapest = min(general[i] for i in kept)
    sensible = [i for i in kept if general[i] <= limits.sensible_times * cheapest]
    by_any = np.logical_or.reduce(_outdone(values[:, sensible], limits), axis=1)
    for i, is_beaten in zip(sensible, by_any.tolist(), strict=True):
        if not is_beaten:
            merits[i] = min(merits.get(i, 1.0), limits.named_merit)
    # The cleanest way that nobody would pay for is named, but takes no place among those shown.
    unpaid = _unpaid(routes, values, _asked_for(routes, leads), limits)
    pool = [
        i
        for i in kept
        if (i in sensible and (i in named or i != optima["kg_co2e"] or not unpaid[i]))
        or (i in named and general[i] <= limits.sensible_corridor_times * cheapest)
        or (i == kept[0])
    ]
    like: list[list[float]] = (shared if depends is None else depends).tolist()

    def instead(i: int, others: Sequence[int], in_common: Mapping[int, float]) -> int:
        """The route itself, or the cheapest by its mode that needs no more money nor time and differs as much."""
        most = in_common[i] ** 3 + limits.as_different
        cheaper = [
            j
            for j in others
            if usd[j] < usd[i]
            and hours[j] < hours[i]
            and general[j] <= (1.0 - limits.clearly_share) * general[i]
            and mode_of[j] == mode_of[i]
            and j in sensible
            and in_common[j] ** 3 <= most
        ]
        return min(cheaper, key=lambda j: (general[j], j), default=i)

    alone = {i: _standing(general[i] / max(cheapest, 1e-9), merits.get(i, 1.0)) for i in pool}

    def filled(wanted: list[int]) -> list[int]:
        """The wanted ones, and after them the next by appeal."""
        others = [i for i in pool if i not in wanted]
        in_common = {i: max((like[i][j] for j in wanted), default=0.0) for i in others}
        appeals = {i: _appeal(alone[i], in_common[i], limits) for i in others}
        while others and len(wanted) < n + round(limits.more_ways):
            # The best of each mode that makes most of a way comes before the second of another.
            led = {"", *(leads[j] for j in wanted)}
            new = [i for i in others if leads[i] not in led and i in sensible]
            first = {leads[i]: i for i in sorted(new, key=lambda i: (alone[i], i), reverse=True)}.values()
            chosen = min(first or others, key=lambda i: (appeals[i], i))
            chosen = chosen if first else instead(chosen, others, in_common)
            wanted = [*wanted, chosen]
            others.remove(chosen)
            for i in others:
                if like[i][chosen] > in_common[i]:
                    in_common[i] = like[i][chosen]
                    appeals[i] = _appeal(alone[i], in_common[i], limits)
        return wanted

    # Nobody pays for CO2e: the cleanest way has its place by right only where it does not cost much more.
    affordable = dict.fromkeys(OBJECTIVES, limits.sensible_times * cheapest)
    affordable["kg_co2e"] = limits.clean_times * cheapest
    # An optimum that is the copy of a way which stays, and gains little over it, leaves its place to that way.
    by_right = {
        i: stands[i] if i in stands and not _gains(routes, i, [stands[i]], optima, limits) else i
        for i in dict.fromkeys(optima.values())
    }
    rights: dict[Objective, int] = {name: by_right[i] for name, i in optima.items()}
    best = [
        i
        for i in dict.fromkeys(rights.values())
        if i != kept[0]
        and any(routes[i].generalised_usd <= affordable[name] for name, other in rights.items() if other == i)
    ]
    # An optimum is shown when it gains something over all that would be shown without any, and beside the others.
    by_appeal = filled([kept[0], *beside])[:n]
    best = [i for i in best if i in by_appeal or _gains(routes, i, by_appeal, rights, limits)]
    while True:
        best = best[: max(n - 1 - len(beside), 0)]
        wanted = filled([kept[0], *beside, *(i for i in best if i not in beside)])
        idle = [i for i in reversed(best) if not _gains(routes, i, [j for j in wanted[:n] if j != i], rights, limits)]
        if not idle:
            break
        best.remove(idle[0])
    first = sorted(wanted[:n], key=order.index)
    unseen = [i for i in dict.fromkeys(optima.values()) if i not in first]
    more = [*unseen, *(i for i in wanted[n:] if i not in unseen)][: max(round(limits.more_ways), len(unseen))]
    titles = {i: tuple(name for name, other in optima.items() if other == i) for i in (*first, *more)}
    ranked = [replace(routes[i], rank=rank, best_for=titles[i]) for rank, i in enumerate(first, 1)]
    return Chosen(
        tuple(_explained(route, ranked, usd_per_h) for route in ranked),
        tuple(replace(routes[i], best_for=titles[i]) for i in more),
    )


def _apart(
    routes: Sequence[Itinerary],
    values: NDArray[np.float64],
    corridors: Mapping[int, float],
    order: Sequence[int],
    shared: NDArray[np.float64],
    limits: Thresholds,
) -> tuple[list[int], dict[int, float], dict[int, int]]:
    """The routes, in their order, that are no copy of one before and that none like them beats clearly; all merits.

    Of two copies the first stays, but the best way of a named corridor rather than one of no name that hardly costs
    less. With them comes which way stands for each copy.
    """
    same_as = (_same(routes, values, limits) | (~_gaining(values, limits) & (shared >= limits.same_likeness))).tolist()
    by_named = np.isin(np.arange(len(routes)), list(corridors))
    clearly, clearly_named = (beaten_by(values, by) for by in (limits.clearly_share, limits.clearly_named_share))
    better = np.where(by_named[:, None], clearly_named, clearly)
    beaten = np.logical_or.reduce(better & (shared >= limits.similar_likeness), axis=1).tolist()
    kept: list[int] = []
    merits = dict(corridors)
    stands: dict[int, int] = {}
    for i in order:
        same = next((j for j in kept if same_as[i][j]), None)
        if same is None:
            if not kept or not beaten[i]:
                kept.append(i)
            continue
        stays, goes = same, i
        dear = routes[i].generalised_usd > (1.0 + limits.gain_share) * routes[same].generalised_usd
        if same != kept[0] and i in corridors and same not in corridors and not (beaten[i] or dear):
            stays, goes = i, same
            kept[kept.index(same)] = i
            stands = {copy: i if one == same else one for copy, one in stands.items()}
        # The way that stays stands for both: it has the merit of the corridor that the other follows.
        merits[stays] = min(merits.get(stays, 1.0), merits.get(goes, 1.0))
        stands[goes] = stays
    return kept, merits, stands


def _by_name(
    routes: Sequence[Itinerary],
    kept: Sequence[int],
    corridors: Mapping[int, float],
    objective: Objective,
    limits: Thresholds,
) -> tuple[int, ...]:
    """The way of a named corridor that hardly costs more than the best of all, which has no name: it is looked for."""
    if kept[0] in corridors:
        return ()
    most = (1.0 + limits.clearly_share) * value(routes[kept[0]], objective)
    return next(((i,) for i in kept if i in corridors and value(routes[i], objective) <= most), ())


def _gains(
    routes: Sequence[Itinerary], i: int, others: Sequence[int], optima: Mapping[Objective, int], limits: Thresholds
) -> bool:
    """Whether a route, the optimum of one objective or more, is noticeably better in one of them than all others."""
    return any(
        min(value(routes[j], name) for j in others) > (1.0 + limits.gain_share) * value(routes[i], name)
        for name, best in optima.items()
        if best == i
    )


def _by_mode(route: Itinerary) -> dict[str, float]:
    """Kilometres of a way by mode; on a ferry lorries and wagons stay what they are."""
    km: dict[str, float] = {}
    carried = {leg.ref: leg.mode for leg in route.legs if leg.kind == "wait" and _by_ferry(leg)}
    for leg in route.legs:
        mode = carried.get(leg.ref, leg.mode)
        km[mode] = km.get(mode, 0.0) + leg.km
    return km


def _best(routes: Sequence[Itinerary], order: Sequence[int], name: Objective, limits: Thresholds) -> int:
    """The optimum of an objective; of those that are equal the first in the order."""
    least = min(value(route, name) for route in routes)
    return next(i for i in order if value(routes[i], name) <= (1.0 + limits.equal_share) * least)


def _standing(cost_ratio: float, merit: float) -> float:
    """How good a route is by itself, the lower the better: cheap, an established corridor."""
    return float(cost_ratio**2 * merit)


def _appeal(standing: float, in_common: float, limits: Thresholds) -> float:
    """What a route adds to those already chosen, the lower the better: good by itself, unlike the one most like it."""
    return standing * (1.0 + limits.unlike_weight * in_common**3)


def _explained(route: Itinerary, ranked: Sequence[Itinerary], usd_per_h: float) -> Itinerary:
    """With the reasons against the next alternative; the last one's against the first."""
    if len(ranked) < 2:
        return route
    other = ranked[route.rank] if route.rank < len(ranked) else ranked[0]
    return replace(route, why=reasons(route.legs, other.legs, other.rank, usd_per_h))


def _values(routes: Sequence[Itinerary]) -> NDArray[np.float64]:
    """Money, time and CO2e of some routes, shape (measures, routes)."""
    return np.array([[getattr(one, name) for one in routes] for name in MEASURES], dtype=np.float64)


def _same(routes: Sequence[Itinerary], values: NDArray[np.float64], limits: Thresholds) -> NDArray[np.bool_]:
    """Which routes are one to a planner.

    They pass the same borders and passages by the same modes, or under the same name, which tells the modes of long
    parts alone: a short haul by rail instead of a lorry makes no other way. Or they are all but equal under one name.
    By another ferry, or by one in place of a liner, a route is another where one of the two gains money or time.
    """
    gates = [(tuple(some[:3] for some in one.crossings), tuple(some[0] for some in one.passages)) for one in routes]
    passed = _numbered((some, one.modes) for some, one in zip(gates, routes, strict=True))
    named = _numbered((some, one.label) for some, one in zip(gates, routes, strict=True))
    label = _numbered(one.label for one in routes)
    own = values[:, :, None]
    near = np.abs(own - values[:, None, :]) <= limits.near_share * np.maximum(np.abs(own), 1e-9)
    ferries = _numbered(frozenset(leg.ref for leg in one.legs if _by_ferry(leg)) for one in routes)
    gaining = _gaining(values[: len(PAID)], limits)
    alike = (ferries[:, None] == ferries[None, :]) | ~(gaining | gaining.T)
    return np.asarray(
        (((passed[:, None] == passed[None, :]) | (named[:, None] == named[None, :])) & alike)
        | ((label[:, None] == label[None, :]) & np.logical_and.reduce(near))
    )


def _by_ferry(leg: Leg) -> bool:
    return leg.ref is not None and leg.ref[0] == "ferries"


def _numbered(keys: Iterable[Hashable]) -> NDArray[np.int64]:
    """A number for each key, the same for those that are equal."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _gaining(values: NDArray[np.float64], limits: Thresholds) -> NDArray[np.bool_]:
    """Which routes gain something over another in money, time or CO2e; if not, and alike, they add nothing."""
    return np.asarray(np.logical_or.reduce(values[:, :, None] < (1.0 - limits.gain_share) * values[:, None, :]))


def _passing_less(seen: Sequence[Marks]) -> NDArray[np.bool_]:
    """Which routes pass all and more of what shuts another, posts aside, shape (more, less)."""
    large = incidence([[mark for mark, weight in some.items() if weight >= 1.0] for some in seen])
    size = large.sum(axis=1)
    return np.asarray((large @ large.T == size[None, :]) & (size[None, :] < size[:, None]))


def beaten_by(values: NDArray[np.float64], margin: float) -> NDArray[np.bool_]:
    """Which routes each other one beats by a margin in money, time and CO2e alike, shape (beaten, by).

    Parameters
    ----------
    values
        Money, time and CO2e, shape (measures, routes).
    """
    no_more: NDArray[np.bool_] = values[:, None, :] <= (1.0 - margin) * values[:, :, None]
    found = np.asarray(np.logical_and.reduce(no_more, axis=0))
    np.fill_diagonal(found, val=False)
    return found


def _outdone(values: NDArray[np.float64], limits: Thresholds) -> NDArray[np.bool_]:
    """Which routes gain no more than a hair over another that gains something over them, shape (outdone, by)."""
    hair = limits.near_share
    gains = np.logical_or.reduce(values[:, None, :] < (1.0 - hair) * values[:, :, None])
    return np.asarray(beaten_by(values, -hair) & gains)


def _idle_beside(routes: Sequence[Itinerary], values: NDArray[np.float64], limits: Thresholds) -> NDArray[np.bool_]:
    """Which routes gain nothing over another in money, time or CO2e and cost noticeably more, shape (idle, beside)."""
    cost = np.array([one.generalised_usd for one in routes])
    dearer = cost[:, None] >= limits.idle_times * cost[None, :]
    return np.asarray(dearer & beaten_by(values, -limits.near_share))


def _unpaid(
    routes: Sequence[Itinerary], values: NDArray[np.float64], asked: Sequence[int], limits: Thresholds
) -> NDArray[np.bool_]:
    """Which routes go far round: they cost far more in money with the value of time and gain in neither.

    Who passes no area nor passage that the cheaper one does not pass goes round nothing; those
    asked for in any case stay.
    """
    cost = np.array([one.generalised_usd for one in routes])
    passed = incidence([{*one.areas, *(some[0] for some in one.passages)} for one in routes])
    round_ = passed @ passed.T < passed.sum(axis=1)[:, None]
    dear = cost[:, None] >= limits.far_paid_times * cost[None, :]
    found = np.asarray(np.logical_or.reduce(round_ & dear & beaten_by(values[: len(PAID)], 0.0), axis=1))
    found[list(asked)] = False
    return found


def _asked_for(routes: Sequence[Itinerary], leads: Sequence[str]) -> list[int]:
    """The best route by road and the best by one voyage: what a lorry takes, and a ship, is asked for in any case."""
    led = [
        [i for i, mode in enumerate(leads) if mode == ROAD],
        [i for i, mode in enumerate(leads) if mode == SEA and _voyages(routes[i]) == 1],
    ]
    return [min(some, key=lambda i: (routes[i].generalised_usd, i)) for some in led if some]


def _voyages(route: Itinerary) -> int:
    """How often a route goes to sea."""
    return sum(mode == SEA for mode, _ in groupby(leg.mode for leg in route.legs if leg.km > 0.0))


def _main_mode(route: Itinerary) -> tuple[str, float]:
    """The mode that makes most of a route, and its kilometres."""
    return max(_by_mode(route).items(), key=lambda item: item[1], default=("", 0.0))


def _leads(routes: Sequence[Itinerary], limits: Thresholds) -> list[str]:
    """The main mode of each route where it makes enough of it; a way of many modes is one by none of them."""
    mains = [(one, *_main_mode(one)) for one in routes]
    return [mode if km > limits.leading_share * one.km else "" for one, mode, km in mains]
