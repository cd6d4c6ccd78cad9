"""The best way along each named corridor, through those of its gates that lie on the way."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.routing.candidate import Candidate
from landbridge.routing.chain import Chained, Solved, Stop, joined, solve, step_between, stop_of
from landbridge.routing.gates import Gate, stop_at
from landbridge.routing.strung import strings, useful_gates
from landbridge.routing.thresholds import thresholds
from landbridge.routing.turning import turns_back, walked_back

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


@dataclass(frozen=True, eq=False, slots=True)
class Search:
    """Where the ways along corridors begin and end, and under which weighting they are looked for."""

    plan: Plan
    variant: Variant
    engine: Engine
    begin: Stop
    end: Stop
    cells: dict[bytes, NDArray[np.int64]] = field(default_factory=dict)
    """What the ways to first gates and from last ones run through: many corridors share them."""

    def solved(self, gates: tuple[Gate, ...]) -> Solved | None:
        """The cheapest path through the gates, if any, or None."""
        if not gates:
            return solve(self.begin.units, (step_between(self.engine, self.begin, self.end),))
        lane = lane_of(self.plan, self.variant, gates)
        if not all(stop.ways for stop in lane.stops):
            return None
        first, last = lane.stops[0], lane.stops[-1]
        steps = (
            step_between(self.engine, self.begin, first),
            *lane.steps,
            step_between(self.engine, last, self.end),
        )
        return solve(self.begin.units, steps)

    def unpacked(self, gates: tuple[Gate, ...], solved: Solved) -> Chained | None:
        """The path of a solved chain."""
        lane = lane_of(self.plan, self.variant, gates)
        inside = solved.picked[1:-1]
        whole = self.plan.made.get(
            ("inside", self.variant, gates, inside), partial(joined, self.engine, lane.stops, inside)
        )
        begin, end = self.begin.ways[solved.picked[0]], self.end.ways[solved.picked[-1]]
        if whole is None:
            return None
        there = self.engine.path(begin.leave, whole.ways[0].enter)
        back = self.engine.path(whole.ways[-1].leave, end.enter)
        if there is None or back is None:
            return None
        before = len(begin.arcs) + there.arcs.size
        arcs = np.concatenate([_arcs(begin), there.arcs, whole.arcs, back.arcs, _arcs(end)])
        starts = (0, *(before + start for start in whole.starts), before + whole.arcs.size + back.arcs.size)
        return Chained(solved.units, arcs, (begin, *whole.ways, end), starts)


def _arcs(way: Way) -> NDArray[np.int64]:
    return np.array(way.arcs, dtype=np.int64)


def lane_of(the_plan: Plan, variant: Variant, gates: tuple[Gate, ...]) -> Lane:
    """Gates as a chain under a weighting, kept with the plan."""

    def make() -> Lane:
        engine = the_plan.engine(variant)
        stops = tuple(stop_at(the_plan, variant, gate) for gate in gates)
        usable = all(stop.ways for stop in stops)
        steps = itertools.pairwise(stops) if usable else ()
        return Lane(stops, tuple(step_between(engine, one, other) for one, other in steps))

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
    search = Search(the_plan, variant, the_plan.engine(variant), stop_of(begin), stop_of(end))
    some = strings(network, the_plan.world)
    from_start, to_goal = some.km_from(start), some.km_from(goal)
    direct = float(great_circle_km(*start, *goal))
    most = limits.detour_cost_times * best_units
    found: list[Candidate] = []
    for one in some.branches:
        gates = useful_gates(one, from_start, to_goal, direct, limits)
        candidate = None if gates is None else _along(search, gates, one.branch.id, most)
        if candidate is not None:
            found.append(candidate)
    return found


def _along(search: Search, gates: tuple[Gate, ...], reason: str, most: float) -> Candidate | None:
    """The best way through the gates that does not run to and fro and weighs no more than `most`.

    A place or passage that lies off the way (a capital on a spur, a canal that the ferry has already passed) is left
    out, one at a time, while the way through it turns back.
    """
    solved = search.solved(gates)
    if solved is None:
        return None
    if solved.units > most:
        # Even without all that may be left out it must weigh no more.
        needed = tuple(gate for gate in gates if gate.kind not in LEFT_OUT)
        least = search.solved(needed)
        if least is None or least.units > most:
            return None
    while True:
        candidate = _chained(search, gates, solved, reason)
        if candidate is None:
            return None
        if not turns_back(search.plan, candidate.arcs):
            if candidate.units > most or walked_back(search.plan, candidate.arcs, *candidate.gates, search.cells):
                return None
            return candidate
        if len(gates) == 1:
            return None
        shorter: list[tuple[Solved, int]] = []
        for number, gate in enumerate(gates):
            if gate.kind in LEFT_OUT:
                other = search.solved((*gates[:number], *gates[number + 1 :]))
                if other is not None:
                    shorter.append((other, number))
        if not shorter:
            return None
        solved, number = min(shorter, key=lambda item: item[0].units)
        gates = (*gates[:number], *gates[number + 1 :])
        if all(gate.kind == "place" for gate in gates):
            return None


def _chained(search: Search, gates: tuple[Gate, ...], solved: Solved, reason: str) -> Candidate | None:
    found = search.unpacked(gates, solved)
    if found is None:
        return None
    first, last = found.starts[1], found.starts[-2] + len(found.ways[-2].arcs)
    km = search.plan.network.km[found.arcs].astype(np.float64)
    share = float(km[first:last].sum()) / max(float(km.sum()), 1e-9)
    return Candidate(found.arcs, reason, found.ways[0], found.ways[-1], found.units, share, (first, last))
