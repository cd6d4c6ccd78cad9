"""Which alternatives are worth showing: optima of a fixed set of weightings, and the best way of each corridor."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.network import KINDS, MODES
from landbridge.routing.chain import Stop, Way, best_chain, chain_units, stop_of
from landbridge.routing.gates import Branch, Gate, branches, gate_position, stop_at, ways
from landbridge.routing.thresholds import Thresholds, thresholds
from landbridge.routing.turning import revisits, turns_back, walked_back
from landbridge.routing.weights import OBJECTIVES, Objective, Variant, arc_scalar, scalar_to_units

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.engine import Engine
    from landbridge.routing.plan import Plan
    from landbridge.routing.weighted import Weighted

AIR = MODES.index("air")
BARRED = math.inf
FLOWN = "by air where that is best: "
"""Begins the name of a weighting that tells what a shipment which keeps to the ground forgoes."""
BY_SEA = "by sea where possible"
AVOIDED = "without straits that some carriers avoid"
WITHOUT = "without passing "
"""Begins the name of a weighting that keeps out of an area through which all others lead."""


@dataclass(frozen=True, eq=False, slots=True)
class Candidate:
    """A path found, why it was looked for, and its ways at the doors."""

    arcs: NDArray[np.int64]
    reason: str
    begin: Way
    end: Way
    units: int
    corridor_share: float = 0.0
    """Share of the kilometres between the first and the last gate of the corridor it was looked for."""
    gates: tuple[int, int] = (0, 0)
    """Positions in `arcs` of that first gate and of the end of that last one."""


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
        found.append(Variant("cheap with less road", "usd", modes=(*surface, ("road", limits.dearer_times))))
    found.append(Variant("few changes", "generalised", modes=surface, kinds=(("transfer", dear), ("gauge", dear))))
    found.append(Variant("without ferries", "generalised", modes=surface, kinds=(("ferry", BARRED),)))
    unique: dict[tuple[object, ...], Variant] = {}
    for variant in found:
        unique.setdefault((variant.objective, variant.modes, variant.kinds), variant)
    return tuple(unique.values())


def candidates(
    the_plan: Plan,
    doors_of: dict[str, tuple[tuple[Way, ...], tuple[Way, ...]]],
    stops: Sequence[Sequence[Gate]],
    the_variants: Sequence[Variant],
) -> tuple[Candidate, ...]:
    """All candidates: one for each weighting, and the best way of each corridor branch that makes sense.

    Parameters
    ----------
    doors_of
        The ways to begin and to end, by the name of the weighting.
    stops
        The places that must be passed, each as alternative gates.
    """
    first = _through(the_plan, the_variants[0], doors_of[the_variants[0].name], stops, the_variants[0].name)
    rest = the_variants[1:]
    if first is not None and not bool(np.any(the_plan.network.mode[first.arcs] == AIR)):
        # The same without the air gives the same.
        rest = tuple(one for one in rest if not _grounded(one, the_variants[0]))
    the_plan.customise(rest)
    found = [] if first is None else [first]
    known = [] if first is None else [(the_variants[0], first)]

    def look(variant: Variant, both_doors: tuple[tuple[Way, ...], tuple[Way, ...]]) -> None:
        other = _through(the_plan, variant, both_doors, stops, variant.name, known)
        if other is not None:
            found.append(other)
            known.append((variant, other))

    for one in rest:
        look(one, doors_of[one.name])
    doors = {variant.objective: doors_of[variant.name] for variant in the_variants}
    more = _second_look(the_plan, the_variants, found)
    the_plan.customise(more)
    for one in more:
        look(one, doors[one.objective])
    if found and not stops:
        along = _corridor_candidates(the_plan, the_variants[0], doors_of[the_variants[0].name], found[0])
        more = _ways_out(the_plan, the_variants, found, along)
        the_plan.customise(more)
        found.extend(along)
        for one in more:
            look(one, doors[one.objective])
    return _distinct([one for one in found if not _turned(the_plan, one, stops)])


def only_turns(
    the_plan: Plan,
    doors_of: dict[str, tuple[tuple[Way, ...], tuple[Way, ...]]],
    stops: Sequence[Sequence[Gate]],
    the_variants: Sequence[Variant],
) -> bool:
    """Whether there are ways through the stops, each of which turns back."""
    first = the_variants[0]
    open_ends = all(doors_of[first.name]) and not the_plan.rules.trade_refusals
    return bool(stops) and open_ends and _through(the_plan, first, doors_of[first.name], stops, first.name) is not None


def _turned(the_plan: Plan, one: Candidate, stops: Sequence[Sequence[Gate]]) -> bool:
    """Whether a way turns back; of those that stop nowhere the best in one measure is the best all the same."""
    if stops:
        return turns_back(the_plan, one.arcs, sum(any(gate.kind == "place" for gate in stop) for stop in stops))
    return one.reason.removeprefix(FLOWN) not in OBJECTIVES and revisits(the_plan, one.arcs)


def _second_look(the_plan: Plan, the_variants: Sequence[Variant], found: Sequence[Candidate]) -> tuple[Variant, ...]:
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
        passed = {network.refs[number] for one in found for number in np.unique(network.ref[one.arcs]) if number >= 0}
        shunned = {
            ("passages", row)
            for row in avoided_by_some(the_plan.world, carrier_class(the_plan.world, the_plan.shipment))
        }
        if shunned & passed:
            more.append(_at_sea(the_variants, tuple(sorted(shunned))))
    return tuple(more)


def _ways_out(
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
    surface = next((one.modes for one in the_variants if one.modes == (("air", BARRED),)), ())
    more = []
    for number in sorted(kept_out - ends):
        if any(joined(number, end) for end in ends if end >= 0):
            continue
        area = network.areas[number]
        refs = tuple(("crossings", row["id"]) for row in posts if area in (row["area_a"], row["area_b"]))
        more.append(Variant(f"{WITHOUT}{area}", the_variants[0].objective, surface, refs=refs))
    return tuple(more)


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


def _least_flight(the_plan: Plan, objective: Objective) -> float:
    """The least that a flight costs with a change to it and one from it; infinite where there is none."""
    network = the_plan.network
    scalar = arc_scalar(the_plan.costs, the_plan.unit_factor, objective, the_plan.usd_per_unit_h)
    tails, heads = network.node_mode[network.tail] == AIR, network.node_mode[network.head] == AIR
    least = 0.0
    for arcs in (~tails & heads, tails & heads, tails & ~heads):
        usable = scalar[arcs & the_plan.costs.allowed]
        if not usable.size:
            return math.inf
        least += float(usable.min())
    return least


def _grounded(one: Variant, other: Variant) -> bool:
    """Whether a weighting is another one with the air barred."""
    return one.objective == other.objective and one.modes == (("air", BARRED),) and one.kinds == other.kinds == ()


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
    both_doors: tuple[tuple[Way, ...], tuple[Way, ...]],
    stops: Sequence[Sequence[Gate]],
    reason: str,
    known: Sequence[tuple[Variant, Candidate]] = (),
) -> Candidate | None:
    """The best way under a weighting; `known` are ways found already under others, than which it is no worse."""
    begin, end = both_doors
    if not stops:
        for other, one in known:
            if _still_best(the_plan.network, variant, other, one.arcs):
                return replace(one, reason=reason)
        weighted = the_plan.weighted(variant)
        at_most = min((_weighs(weighted, one, begin, end) for _, one in known), default=math.inf)
        best = weighted.best(begin, end, at_most)
        return None if best is None else Candidate(best.arcs, reason, best.ways[0], best.ways[-1], best.units)
    passed = (tuple(way for gate in gates for way in ways(the_plan, variant, gate)) for gates in stops)
    chain = [begin, *passed, end]
    found = best_chain(the_plan.engine(variant), chain)
    if found is None:
        return None
    return Candidate(found.arcs, reason, found.ways[0], found.ways[-1], found.units)


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


def _weighs(weighted: Weighted, one: Candidate, begin: Sequence[Way], end: Sequence[Way]) -> float:
    """What a way found under another weighting weighs under this one."""
    before = min((way.units for way in begin if way.leave == one.begin.leave), default=math.inf)
    after = min((way.units for way in end if way.enter == one.end.enter), default=math.inf)
    return before + weighted.known(one.arcs) + after


def _corridor_candidates(
    the_plan: Plan, variant: Variant, both_doors: tuple[tuple[Way, ...], tuple[Way, ...]], best: Candidate
) -> list[Candidate]:
    begin, end = both_doors
    network = the_plan.network
    first, last = begin[0].leave, end[0].enter
    start = (float(network.lat[first]), float(network.lon[first]))
    goal = (float(network.lat[last]), float(network.lon[last]))
    most = thresholds(the_plan.world.facts).detour_cost_times * best.units
    doors = (stop_of(begin), stop_of(end))
    found: list[Candidate] = []
    for branch in branches(the_plan.world):
        gates = useful_gates(the_plan, branch, start, goal)
        candidate = None if gates is None else _along(the_plan, variant, doors, gates, branch.id, most)
        if candidate is not None and candidate.units <= most:
            found.append(candidate)
    return found


LEFT_OUT = ("place", "passage", "port")
"""Gates of these kinds are left out where they lie off the way: the ship may sail from the port beside."""


def _along(
    the_plan: Plan,
    variant: Variant,
    doors: tuple[Stop, Stop],
    gates: tuple[Gate, ...],
    reason: str,
    most: float,
) -> Candidate | None:
    """The best way through the gates that does not run to and fro.

    A place or passage that lies off the way (a capital on a spur, a canal that the ferry has already passed) is left
    out, one at a time, while the way through it turns back. A way may be left aside early where it weighs more than
    `most` even without all of those.
    """
    engine = the_plan.engine(variant)
    begin, end = doors
    left = gates
    chain = [begin, *(stop_at(the_plan, variant, gate) for gate in left), end]
    units = chain_units(engine, chain)
    if units is None:
        return None
    if units > most:
        needed = [stop for stop, gate in zip(chain[1:-1], left, strict=True) if gate.kind not in LEFT_OUT]
        least = chain_units(engine, [begin, *needed, end])
        if least is None or least > most:
            return None
    while True:
        candidate = _chained(the_plan, engine, chain, reason)
        if candidate is None:
            return None
        if not turns_back(the_plan, candidate.arcs):
            return None if walked_back(the_plan, candidate.arcs, *candidate.gates) else candidate
        shorter: list[tuple[int, int]] = []
        for number, gate in enumerate(left):
            if gate.kind in LEFT_OUT:
                other = chain_units(engine, [*chain[: number + 1], *chain[number + 2 :]])
                if other is not None:
                    shorter.append((other, number))
        if not shorter:
            return None
        number = min(shorter, key=lambda item: item[0])[1]
        left = (*left[:number], *left[number + 1 :])
        chain = [*chain[: number + 1], *chain[number + 2 :]]
        if all(gate.kind == "place" for gate in left):
            return None


def _chained(the_plan: Plan, engine: Engine, chain: Sequence[Stop], reason: str) -> Candidate | None:
    found = best_chain(engine, chain)
    if found is None:
        return None
    first, last = found.starts[1], found.starts[-2] + len(found.ways[-2].arcs)
    km = the_plan.network.km[found.arcs].astype(np.float64)
    share = float(km[first:last].sum()) / max(float(km.sum()), 1e-9)
    return Candidate(found.arcs, reason, found.ways[0], found.ways[-1], found.units, share, (first, last))


def useful_gates(
    the_plan: Plan, branch: Branch, start: tuple[float, float], goal: tuple[float, float]
) -> tuple[Gate, ...] | None:
    """The gates of a branch that lie on the way from start to goal, in that order; None when it leads elsewhere.

    Leading and trailing gates that only make a detour are left out; at least two gates, and one that is no mere
    place, must remain.
    """
    network = the_plan.network
    positions: list[tuple[Gate, tuple[float, float]]] = []
    for gate in branch.gates:
        where = gate_position(network, gate)
        if where is None:
            if gate.kind != "place":
                return None
            continue
        positions.append((gate, where))
    if len(positions) < 2:
        return None
    forward = _length([start, *(where for _, where in positions), goal])
    backward = _length([start, *(where for _, where in reversed(positions)), goal])
    if backward < forward:
        positions.reverse()
    limits = thresholds(the_plan.world.facts)
    positions = _trimmed(positions, start, limits)
    positions = _trimmed(positions[::-1], goal, limits)[::-1]
    if len(positions) < 2 or all(gate.kind == "place" for gate, _ in positions):
        return None
    direct = max(_length([start, goal]), 1.0)
    if _length([start, *(where for _, where in positions), goal]) > limits.detour_km_times * direct:
        return None
    return tuple(gate for gate, _ in positions)


def _trimmed(
    positions: list[tuple[Gate, tuple[float, float]]], start: tuple[float, float], limits: Thresholds
) -> list[tuple[Gate, tuple[float, float]]]:
    """Leave out leading gates that lie behind: going to them first makes the way noticeably longer."""
    kept = positions
    while len(kept) >= 2:
        through = _length([start, kept[0][1], kept[1][1]])
        straight = _length([start, kept[1][1]])
        if through <= limits.behind_times * straight + limits.behind_km:
            break
        kept = kept[1:]
    return kept


def _length(points: Sequence[tuple[float, float]]) -> float:
    return sum(_apart(*one, *other) for one, other in itertools.pairwise(points))


@lru_cache(maxsize=65536)
def _apart(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    return float(great_circle_km(lat, lon, other_lat, other_lon))
