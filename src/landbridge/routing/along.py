"""The best way along each named corridor, through those of its gates that lie on the way."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.routing.beside import Stretch, walked_back
from landbridge.routing.candidate import Candidate
from landbridge.routing.chain import FAR, Chained, Solved, Stop, joined, solve, step_between, stop_of
from landbridge.routing.engine import UNREACHABLE
from landbridge.routing.gates import Gate, stop_at
from landbridge.routing.strung import strings, useful_gates
from landbridge.routing.thresholds import thresholds
from landbridge.routing.turning import revisits, turns_back

if TYPE_CHECKING:
    from landbridge.routing.chain import Way
    from landbridge.routing.engine import Engine
    from landbridge.routing.plan import Plan
    from landbridge.routing.weights import Variant

LEFT_OUT = ("place", "passage", "port")
"""Gates of these kinds are left out where they lie off the way: the ship may sail from the port beside."""


@dataclass(frozen=True, eq=False, slots=True)
class Lane:
    """Gates one after the other as stops of a chain, and what each step from one to the next weighs.

    Neither depends on where a trip begins and ends: both are kept with the plan.
    """

    stops: tuple[Stop, ...]
    steps: tuple[NDArray[np.int64], ...]
    usable: bool
    """Whether each of its gates can be passed."""


@dataclass(frozen=True, eq=False, slots=True)
class Spread:
    """Weights of the cheapest ways between the doors at one end of a trip and some nodes, all asked for at once.

    Parameters
    ----------
    nodes
        In order, each once.
    units
        `UNREACHABLE` where there is no way, shape (doors, nodes) from the origin, (nodes, doors) to the destination.
    """

    nodes: NDArray[np.int64]
    units: NDArray[np.int64]

    def of(self, some: NDArray[np.int64], axis: int) -> NDArray[np.int64] | None:
        """Those of some nodes, which lie along an axis; None where one was not asked for."""
        place = np.searchsorted(self.nodes, some)
        if not some.size or int(place.max()) >= self.nodes.size or bool((self.nodes[place] != some).any()):
            return None
        return np.take(self.units, place, axis=axis)


@dataclass(frozen=True, eq=False, slots=True)
class Search:
    """Where the ways along corridors begin and end, and under which weighting they are looked for."""

    plan: Plan
    variant: Variant
    engine: Engine
    begin: Stop
    end: Stop
    there: Spread
    back: Spread
    stretches: dict[tuple[int, int], Stretch | None] = field(default_factory=dict)
    """The ways to first gates and from last ones: many corridors share them."""
    steps: tuple[dict[Stop, NDArray[np.int64]], dict[Stop, NDArray[np.int64]]] = field(default_factory=lambda: ({}, {}))
    """What they weigh, to each first gate and from each last one."""

    def lane(self, gates: tuple[Gate, ...]) -> Lane:
        """Some gates as a chain."""
        return lane_of(self.plan, self.variant, gates)

    def solved(self, lane: Lane) -> Solved | None:
        """The cheapest path through the gates of a lane, or None."""
        if not lane.stops:
            return solve(self.begin.units, (step_between(self.engine, self.begin, self.end),))
        if not lane.usable:
            return None
        return solve(self.begin.units, (self._to(lane.stops[0]), *lane.steps, self._from(lane.stops[-1])))

    def _to(self, first: Stop) -> NDArray[np.int64]:
        """From the doors to and over a first gate."""
        if first not in self.steps[0]:
            there = self.there.of(first.enter, 1)
            self.steps[0][first] = (
                step_between(self.engine, self.begin, first) if there is None else _step(there, first)
            )
        return self.steps[0][first]

    def _from(self, last: Stop) -> NDArray[np.int64]:
        """From a last gate to the doors."""
        if last not in self.steps[1]:
            back = self.back.of(last.leave, 0)
            self.steps[1][last] = step_between(self.engine, last, self.end) if back is None else _step(back, self.end)
        return self.steps[1][last]

    def _inside(self, lane: Lane, solved: Solved) -> Chained | None:
        """The path of a solved chain from its first gate to its last."""
        inside = solved.picked[1:-1]
        found: Chained | None = self.plan.made.get(
            ("inside", lane, inside), partial(joined, self.engine, lane.stops, inside)
        )
        return found

    def loops(self, lane: Lane, solved: Solved) -> bool:
        """Whether a solved chain passes something twice between its gates, wherever it begins and ends."""

        def look() -> bool:
            whole = self._inside(lane, solved)
            return whole is not None and revisits(self.plan, whole.arcs)

        found: bool = self.plan.made.get(("loops", lane, solved.picked[1:-1]), look)
        return found

    def unpacked(self, lane: Lane, solved: Solved) -> tuple[Chained, Stretch, Stretch] | None:
        """The path of a solved chain, and its parts before the first gate and after the last."""
        whole = self._inside(lane, solved)
        if whole is None:
            return None
        begin, end = self.begin.ways[solved.picked[0]], self.end.ways[solved.picked[-1]]
        before = self._stretch(begin.leave, whole.ways[0].enter)
        after = self._stretch(whole.ways[-1].leave, end.enter)
        if before is None or after is None:
            return None
        length = before.arcs.size
        arcs = np.concatenate([before.arcs, whole.arcs, after.arcs])
        starts = (0, *(length + start for start in whole.starts), arcs.size)
        return Chained(solved.units, arcs, (begin, *whole.ways, end), starts), before, after

    def _stretch(self, source: int, target: int) -> Stretch | None:
        """The way from a door to a gate or back; a door itself takes no arcs."""
        if (source, target) not in self.stretches:
            path = self.engine.path(source, target)
            self.stretches[source, target] = None if path is None else Stretch(self.plan.network, path.arcs)
        return self.stretches[source, target]


def _step(between: NDArray[np.int64], after: Stop) -> NDArray[np.int64]:
    return np.where(between == UNREACHABLE, FAR, between + after.units)


def lane_of(the_plan: Plan, variant: Variant, gates: tuple[Gate, ...]) -> Lane:
    """Gates as a chain under a weighting, kept with the plan."""

    def make() -> Lane:
        engine = the_plan.engine(variant)
        stops = tuple(stop_at(the_plan, variant, gate) for gate in gates)
        usable = all(stop.ways for stop in stops)
        steps = itertools.pairwise(stops) if usable else ()
        return Lane(stops, tuple(step_between(engine, one, other) for one, other in steps), usable)

    found: Lane = the_plan.made.get(("lane", variant, gates), make)
    return found


def along_corridors(
    the_plan: Plan, variant: Variant, both_doors: tuple[tuple[Way, ...], tuple[Way, ...]], best_units: int
) -> list[Candidate]:
    """The best way along each corridor that leads from the one place to the other and costs no vast sum more.

    Parameters
    ----------
    best_units
        Weight of the best way of all.
    """
    begin, end = both_doors
    network, limits = the_plan.network, thresholds(the_plan.world.facts)
    first, last = begin[0].leave, end[0].enter
    start = (float(network.lat[first]), float(network.lon[first]))
    goal = (float(network.lat[last]), float(network.lon[last]))
    some = strings(network, the_plan.world)
    from_start, to_goal = some.km_from(start), some.km_from(goal)
    direct = float(great_circle_km(*start, *goal))
    most = limits.detour_cost_times * best_units
    useful = ((one.branch.id, useful_gates(one, from_start, to_goal, direct, limits)) for one in some.branches)
    chains = [(name, gates) for name, gates in useful if gates is not None]
    search = _search(the_plan, variant, both_doors, [gates for _, gates in chains])
    candidates = (_along(search, gates, name, most) for name, gates in chains)
    return [one for one in candidates if one is not None]


def _search(
    the_plan: Plan,
    variant: Variant,
    both_doors: tuple[tuple[Way, ...], tuple[Way, ...]],
    chains: Sequence[tuple[Gate, ...]],
) -> Search:
    """A search whose doors know how far it is to all first gates and from all last ones of some chains."""
    engine = the_plan.engine(variant)
    begin, end = (stop_of(ways) for ways in both_doors)
    lanes = [lane for lane in (lane_of(the_plan, variant, gates) for gates in chains) if lane.usable]
    none = np.empty(0, dtype=np.int64)
    firsts = np.unique(np.concatenate([none, *(lane.stops[0].enter for lane in lanes)]))
    lasts = np.unique(np.concatenate([none, *(lane.stops[-1].leave for lane in lanes)]))
    there = Spread(firsts, engine.distances(begin.leave, firsts))
    return Search(the_plan, variant, engine, begin, end, there, Spread(lasts, engine.distances(lasts, end.enter)))


def _along(search: Search, gates: tuple[Gate, ...], reason: str, most: float) -> Candidate | None:
    """The best way through the gates that does not run to and fro and weighs no more than `most`.

    A place or passage that lies off the way (a capital on a spur, a canal that the ferry has already passed) is left
    out, one at a time, while the way through it turns back.
    """
    lane = search.lane(gates)
    solved = search.solved(lane)
    if solved is None:
        return None
    if solved.units > most:
        # Even without all that may be left out it must weigh no more.
        needed = tuple(gate for gate in gates if gate.kind not in LEFT_OUT)
        least = search.solved(search.lane(needed))
        if least is None or least.units > most:
            return None
    while True:
        if not search.loops(lane, solved):
            unpacked = search.unpacked(lane, solved)
            if unpacked is None:
                return None
            found, before, after = unpacked
            if not turns_back(search.plan, found.arcs):
                if found.units > most or walked_back(search.plan, before, after):
                    return None
                return _candidate(search.plan, found, reason)
        if len(gates) == 1:
            return None
        shorter: list[tuple[Solved, int, Lane]] = []
        for number, gate in enumerate(gates):
            if gate.kind in LEFT_OUT:
                fewer = search.lane((*gates[:number], *gates[number + 1 :]))
                other = search.solved(fewer)
                if other is not None:
                    shorter.append((other, number, fewer))
        if not shorter:
            return None
        solved, number, lane = min(shorter, key=lambda item: item[0].units)
        gates = (*gates[:number], *gates[number + 1 :])
        if all(gate.kind == "place" for gate in gates):
            return None


def _candidate(the_plan: Plan, found: Chained, reason: str) -> Candidate:
    first, last = found.starts[1], found.starts[-2] + len(found.ways[-2].arcs)
    km = the_plan.network.km[found.arcs].astype(np.float64)
    share = float(km[first:last].sum()) / max(float(km.sum()), 1e-9)
    return Candidate(found.arcs, reason, found.ways[0], found.ways[-1], found.units, share, (first, last))
