"""Which alternatives are worth showing: optima of a fixed set of weightings, and the best way of each corridor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.network import KINDS, MODES
from landbridge.routing.chain import Way, best_chain
from landbridge.routing.gates import Branch, Gate, branches, gate_position, ways
from landbridge.routing.weights import OBJECTIVES, Objective, Variant

if TYPE_CHECKING:
    from landbridge.routing.engine import Engine
    from landbridge.routing.plan import Plan

PASSAGE = KINDS.index("passage")
AIR = MODES.index("air")
BARRED = math.inf
DEAR = 3.0
DEARER = 1.5
"""Between the cheapest way and the cleanest lie those by road for a part: a road this much dearer finds them."""
DETOUR_KM = 2.2
"""A corridor whose gates make the great-circle way longer than this times the direct one is not tried."""
DETOUR_COST = 2.5
"""A corridor that costs more than this times the best route in the same weighting is not shown."""
TURN_SHARE = 0.02
"""Share of the kilometres that a route may run to and fro over the same link."""


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


def variants(objective: Objective, modes: Sequence[str], *, by_surface: bool = False) -> tuple[Variant, ...]:
    """The fixed set of weightings; the first is the one scalar objective that was asked for.

    Parameters
    ----------
    by_surface
        Leave the air to that first weighting: the fastest way of a box is always a plane that nobody would pay.
    """
    has = set(modes)
    surface = (("air", BARRED),) if by_surface and len(has) > 1 else ()
    found = [Variant(objective, objective)]
    found.extend(Variant(other, other, modes=surface) for other in OBJECTIVES)
    if "sea" in has and len(has) > 1:
        found.append(Variant("by land and ferry", "generalised", modes=(*surface, ("sea", BARRED))))
        found.append(Variant("by sea where possible", "generalised", modes=(("rail", DEAR), ("road", DEAR))))
    if "rail" in has and len(has) > 1:
        found.append(Variant("without rail", "generalised", modes=(*surface, ("rail", BARRED))))
    if "road" in has and len(has) > 1:
        found.append(Variant("little road", "generalised", modes=(*surface, ("road", DEAR))))
        found.append(Variant("cheap with less road", "usd", modes=(*surface, ("road", DEARER))))
    found.append(Variant("few changes", "generalised", modes=surface, kinds=(("transfer", DEAR), ("gauge", DEAR))))
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
    others = (_through(the_plan, one, doors_of[one.name], stops, one.name) for one in rest)
    found = [one for one in (first, *others) if one is not None]
    if found and not stops:
        found.extend(_corridor_candidates(the_plan, the_variants[0], doors_of[the_variants[0].name], found[0]))
    return _distinct(found)


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
) -> Candidate | None:
    begin, end = both_doors
    passed = (tuple(way for gate in gates for way in ways(the_plan, variant, gate)) for gates in stops)
    chain = [begin, *passed, end]
    found = best_chain(the_plan.engine(variant), chain)
    if found is None:
        return None
    return Candidate(found.arcs, reason, found.ways[0], found.ways[-1], found.units)


def _corridor_candidates(
    the_plan: Plan, variant: Variant, both_doors: tuple[tuple[Way, ...], tuple[Way, ...]], best: Candidate
) -> list[Candidate]:
    begin, end = both_doors
    network = the_plan.network
    first, last = begin[0].leave, end[0].enter
    start = (float(network.lat[first]), float(network.lon[first]))
    goal = (float(network.lat[last]), float(network.lon[last]))
    found: list[Candidate] = []
    for branch in branches(the_plan.world):
        gates = useful_gates(the_plan, branch, start, goal)
        if gates is None:
            continue
        candidate = _along(the_plan, variant, both_doors, gates, branch.id)
        if candidate is not None and candidate.units <= DETOUR_COST * best.units:
            found.append(candidate)
    return found


def _along(
    the_plan: Plan,
    variant: Variant,
    both_doors: tuple[tuple[Way, ...], tuple[Way, ...]],
    gates: tuple[Gate, ...],
    reason: str,
) -> Candidate | None:
    """The best way through the gates that does not run to and fro.

    A place or passage that lies off the way (a capital on a spur, a canal that the ferry has already passed) is left
    out, one at a time, while the way through it turns back.
    """
    engine = the_plan.engine(variant)
    begin, end = both_doors
    left = gates
    while True:
        chain = [begin, *(ways(the_plan, variant, gate) for gate in left), end]
        candidate = _chained(the_plan, engine, chain, reason)
        if candidate is None or not turns_back(the_plan, candidate.arcs):
            return candidate
        shorter: list[tuple[int, tuple[Gate, ...]]] = []
        for number, gate in enumerate(left):
            if gate.kind not in {"place", "passage"}:
                continue
            rest = (*left[:number], *left[number + 1 :])
            other = _chained(the_plan, engine, [*chain[: number + 1], *chain[number + 2 :]], reason)
            if other is not None:
                shorter.append((other.units, rest))
        if not shorter:
            return None
        left = min(shorter, key=lambda item: item[0])[1]
        if all(gate.kind == "place" for gate in left):
            return None


def _chained(the_plan: Plan, engine: Engine, chain: Sequence[Sequence[Way]], reason: str) -> Candidate | None:
    found = best_chain(engine, chain)
    if found is None:
        return None
    km = the_plan.network.km[found.arcs]
    inside = np.zeros(found.arcs.size, dtype=bool)
    inside[found.starts[1] : found.starts[-1]] = True
    share = float(km[inside].sum()) / max(float(km.sum()), 1e-9)
    return Candidate(found.arcs, reason, found.ways[0], found.ways[-1], found.units, share)


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
    positions = _trimmed(positions, start)
    positions = _trimmed(positions[::-1], goal)[::-1]
    if len(positions) < 2 or all(gate.kind == "place" for gate, _ in positions):
        return None
    direct = max(_length([start, goal]), 1.0)
    if _length([start, *(where for _, where in positions), goal]) > DETOUR_KM * direct:
        return None
    return tuple(gate for gate, _ in positions)


def _trimmed(
    positions: list[tuple[Gate, tuple[float, float]]], start: tuple[float, float]
) -> list[tuple[Gate, tuple[float, float]]]:
    """Leave out leading gates that lie behind: going to them first costs a tenth more than going straight on."""
    kept = positions
    while len(kept) >= 2:
        through = _length([start, kept[0][1], kept[1][1]])
        straight = _length([start, kept[1][1]])
        if through <= 1.25 * straight + 50.0:
            break
        kept = kept[1:]
    return kept


def _length(points: Sequence[tuple[float, float]]) -> float:
    lat = np.array([point[0] for point in points])
    lon = np.array([point[1] for point in points])
    return float(great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())


def turns_back(the_plan: Plan, arcs: NDArray[np.int64]) -> bool:
    """Whether a path runs a noticeable way to and fro: over the same links, or into a passage and out again."""
    network = the_plan.network
    twins = network.twin[arcs]
    both = np.isin(twins, arcs) & (twins >= 0)
    km = network.km[arcs]
    if float(km[both].sum()) > TURN_SHARE * float(km.sum()) + 5.0:
        return True
    if _longest_loop_km(network.tail[arcs], km) > TURN_SHARE * float(km.sum()) + 5.0:
        return True
    kinds = network.kind[arcs] == PASSAGE
    refs = np.where(kinds, network.ref[arcs], -1)
    for run in np.split(np.arange(arcs.size), np.flatnonzero(np.diff(refs)) + 1):
        if refs[run[0]] < 0:
            continue
        first, last = network.tail[arcs[run[0]]], network.head[arcs[run[-1]]]
        across = great_circle_km(network.lat[first], network.lon[first], network.lat[last], network.lon[last])
        if float(across) < 0.3 * float(km[run].sum()):
            return True
    return False


def _longest_loop_km(nodes: NDArray[np.int32], km: NDArray[np.float32]) -> float:
    """The longest way between two visits of one node."""
    done = np.concatenate(([0.0], np.cumsum(km, dtype=np.float64)))
    seen: dict[int, int] = {}
    longest = 0.0
    for position, node in enumerate(nodes.tolist()):
        if node in seen:
            longest = max(longest, float(done[position] - done[seen[node]]))
        else:
            seen[node] = position
    return longest
