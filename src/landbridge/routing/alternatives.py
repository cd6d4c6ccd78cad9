"""The ways worth weighing: optima of a fixed set of weightings, the best way of each corridor, what hides between."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.network import KINDS, MODES
from landbridge.routing.again import bounces, comes_back
from landbridge.routing.along import along_corridors
from landbridge.routing.between import Doors, ways_between
from landbridge.routing.candidate import NO_GATES, Candidate
from landbridge.routing.chain import Chained, Way, best_chain
from landbridge.routing.gates import Gate, ways
from landbridge.routing.thresholds import thresholds
from landbridge.routing.turning import AFLOAT, revisits, turns_back
from landbridge.routing.weightings import AIR, FLOWN, grounded, second_look, ways_out
from landbridge.routing.weights import OBJECTIVES, Variant

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.plan import Plan
    from landbridge.routing.weighted import Weighted


def candidates(
    the_plan: Plan,
    doors_of: Callable[[Variant], Doors],
    stops: Sequence[Sequence[Gate]],
    the_variants: Sequence[Variant],
) -> tuple[Candidate, ...]:
    """All candidates: one for each weighting, the best way of each corridor branch that makes sense, and more between.

    Parameters
    ----------
    doors_of
        The ways to begin and to end under a weighting.
    stops
        The places that must be passed, each as alternative gates.
    """
    first = _through(the_plan, the_variants[0], doors_of(the_variants[0]), stops, the_variants[0].name)
    rest = the_variants[1:]
    if first is not None and not bool(np.any(the_plan.network.mode[first.arcs] == AIR)):
        # The same without the air gives the same.
        rest = tuple(one for one in rest if not grounded(one, the_variants[0]))
    the_plan.customise(rest)
    found = [] if first is None else [first]
    known = [] if first is None else [(the_variants[0], first)]
    along: Sequence[Candidate] = ()
    if first is not None and not stops:
        along = along_corridors(the_plan, the_variants[0], doors_of(the_variants[0]), first.units)

    def look(variant: Variant) -> None:
        # The ways along corridors tell how good a way must be: what is worse need not be searched.
        other = _through(the_plan, variant, doors_of(variant), stops, variant.name, known, along)
        if other is not None:
            found.append(other)
            known.append((variant, other))

    def search(variant: Variant, best: Candidate) -> Candidate | None:
        return _through(the_plan, variant, doors_of(variant), (), variant.name, [(the_variants[0], best)])

    for one in rest:
        look(one)
    more = second_look(the_plan, the_variants, found)
    the_plan.customise(more)
    for one in more:
        look(one)
    if found and not stops:
        if first is None:
            along = along_corridors(the_plan, the_variants[0], doors_of(the_variants[0]), found[0].units)
        more = ways_out(the_plan, the_variants, found, along)
        the_plan.customise(more)
        found.extend(along)
        for one in more:
            look(one)
        found.extend(ways_between(the_plan, doors_of, the_variants, found, search))
    some = _distinct([one for one in found if not _turned(the_plan, one, stops)])
    return some if stops else _sold(the_plan, some, found)


def only_turns(
    the_plan: Plan,
    doors_of: Callable[[Variant], Doors],
    stops: Sequence[Sequence[Gate]],
    the_variants: Sequence[Variant],
) -> bool:
    """Whether there are ways through the stops, each of which turns back."""
    first = the_variants[0]
    both_doors = doors_of(first)
    open_ends = all(both_doors) and not the_plan.rules.trade_refusals
    return bool(stops) and open_ends and _through(the_plan, first, both_doors, stops, first.name) is not None


def _turned(the_plan: Plan, one: Candidate, stops: Sequence[Sequence[Gate]]) -> bool:
    """Whether a way turns back; of those that stop nowhere the best in one measure is the best all the same."""
    if stops:
        # A ship leaves the port that it must call at by the water it came by: each voyage counts for itself.
        near = sum(any(gate.kind == "place" for gate in stop) for stop in stops)
        return any(turns_back(the_plan, piece, near) for piece in np.split(one.arcs, one.calls) if piece.size)
    if one.gates != NO_GATES:
        # The way along a corridor was looked at when it was found.
        return False
    return one.reason.removeprefix(FLOWN) not in OBJECTIVES and revisits(the_plan, one.arcs)


def _sold(the_plan: Plan, some: Sequence[Candidate], found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Without the ways that nobody would sell; the best in one measure stay, whatever they do."""
    network, near = the_plan.network, thresholds(the_plan.world.facts).place_km
    best = {one.arcs.tobytes() for one in found if one.reason.removeprefix(FLOWN) in OBJECTIVES}
    return tuple(
        one
        for one in some
        if one.arcs.tobytes() in best or not (bounces(network, one.arcs, near) or comes_back(network, one.arcs))
    )


def _distinct(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Each path once, in the order found; one that a corridor leads along too is kept as the corridor's."""
    unique: dict[tuple[bytes, int, int], Candidate] = {}
    for candidate in found:
        key = (candidate.arcs.tobytes(), candidate.begin.leave, candidate.end.enter)
        known = unique.get(key)
        if known is None or candidate.corridor_share > known.corridor_share:
            unique[key] = candidate
    return tuple(unique.values())


def _through(
    the_plan: Plan,
    variant: Variant,
    both_doors: Doors,
    stops: Sequence[Sequence[Gate]],
    reason: str,
    known: Sequence[tuple[Variant, Candidate]] = (),
    along: Sequence[Candidate] = (),
) -> Candidate | None:
    """The best way under a weighting; `known` are ways found already under others, than which it is no worse.

    So are those `along` corridors.
    """
    begin, end = both_doors
    if not stops:
        for other, one in known:
            if _still_best(the_plan.network, variant, other, one.arcs):
                return replace(one, reason=reason)
        weighted = the_plan.weighted(variant)
        best = weighted.best_known(begin, end)
        if best is None:
            at_most = (
                math.inf if weighted.at_hand else _least(weighted, [*(one for _, one in known), *along], begin, end)
            )
            # Corridors are looked for by the engine of the first weighting.
            best = weighted.best(begin, end, at_most, engine=not known)
        return None if best is None else Candidate(best.arcs, reason, best.ways[0], best.ways[-1], best.units)
    passed = (tuple(way for gate in gates for way in ways(the_plan, variant, gate)) for gates in stops)
    chain = [begin, *passed, end]
    found = best_chain(the_plan.engine(variant), chain)
    if found is None:
        return None
    return Candidate(
        found.arcs, reason, found.ways[0], found.ways[-1], found.units, calls=_calls(the_plan.network, found)
    )


def _calls(network: Network, found: Chained) -> tuple[int, ...]:
    """Where a path stops without leaving the water."""
    stops = zip(found.ways[1:-1], found.starts[1:-1], strict=True)
    return tuple(at for way, at in stops if not way.arcs and AFLOAT[network.node_mode[way.enter]])


def _still_best(network: Network, variant: Variant, other: Variant, arcs: NDArray[np.int64]) -> bool:
    """Whether the best way under another weighting is the best under this one, without a search.

    It is where this one makes nothing cheaper, and nothing dearer that the way uses: other ways gain nothing on it.
    """
    if variant.objective != other.objective or not set(other.refs) <= set(variant.refs):
        return False
    columns = ((variant.modes, other.modes, MODES, network.mode), (variant.kinds, other.kinds, KINDS, network.kind))
    for names, before, values, column in columns:
        now, then = (_factors(some) for some in (names, before))
        for name in {*now, *then}:
            factor, old = now.get(name, 1.0), then.get(name, 1.0)
            if factor < old or (factor > old and bool(np.any(column[arcs] == values.index(name)))):
                return False
    more = set(variant.refs) - set(other.refs)
    return not more or more.isdisjoint(network.refs[int(number)] for number in network.ref[arcs] if number >= 0)


def _factors(names: tuple[tuple[str, float], ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, factor in names:
        found[name] = found.get(name, 1.0) * factor
    return found


def _least(weighted: Weighted, some: Sequence[Candidate], begin: Sequence[Way], end: Sequence[Way]) -> float:
    """What the best of some ways found otherwise weighs under a weighting; infinite where none may be used."""
    if not some:
        return math.inf
    before, after = dict[int, int](), dict[int, int]()
    for way in begin:
        before[way.leave] = min(way.units, before.get(way.leave, way.units))
    for way in end:
        after[way.enter] = min(way.units, after.get(way.enter, way.units))
    inside = weighted.known([one.arcs for one in some])
    return min(
        before.get(one.begin.leave, math.inf) + units + after.get(one.end.enter, math.inf)
        for one, units in zip(some, inside, strict=True)
    )
