"""The best way along each named corridor, through those of its gates that lie on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.routing.beside import walked_back
from landbridge.routing.candidate import Candidate
from landbridge.routing.chain import FAR, Chained, Solved, stop_of
from landbridge.routing.gates import stop_at
from landbridge.routing.lanes import Inside, Lane, Lanes, Sums, Trip
from landbridge.routing.strung import Strung, strings, useful_gates
from landbridge.routing.thresholds import thresholds
from landbridge.routing.turned import turning_back
from landbridge.routing.turning import AFLOAT

if TYPE_CHECKING:
    from landbridge.routing.beside import Stretch
    from landbridge.routing.chain import Way
    from landbridge.routing.plan import Plan
    from landbridge.routing.weights import Variant

LEFT_OUT = ("place", "passage", "port")
"""Gates of these kinds are left out where they lie off the way: the ship may sail from the port beside."""


@dataclass(frozen=True, eq=False, slots=True)
class Trial:
    """A branch with those of its gates that a way is led through, by their places in it."""

    number: int
    strung: Strung
    places: tuple[int, ...]
    sailed: tuple[tuple[str, str], ...] = ()
    """Pairs of ports between which a ship goes the way of a ferry that does not take the cargo."""

    def without(self, place: int) -> Trial:
        """The same without one gate."""
        return replace(self, places=tuple(other for other in self.places if other != place))

    def lane(self, lanes: Lanes) -> Lane:
        """Its gates as a chain."""
        return lanes.lane(self.number, self.places, self.strung.gates)

    def kind(self, place: int) -> str:
        """What a gate is."""
        return self.strung.gates[place].kind


@dataclass(frozen=True, eq=False, slots=True)
class Put:
    """The path of a solved chain, put together of the ways to its first gate, inside and from its last."""

    solved: Solved
    inside: Chained
    begin: Way
    end: Way
    before: Stretch
    after: Stretch

    @property
    def pieces(self) -> tuple[NDArray[np.int64], ...]:
        """Its arcs in three parts."""
        return self.before.arcs, self.inside.arcs, self.after.arcs

    def candidate(self, the_plan: Plan, reason: str) -> Candidate:
        """As a way that was looked for along a corridor."""
        arcs = np.concatenate(self.pieces)
        first = self.before.arcs.size + self.inside.starts[0]
        last = self.before.arcs.size + self.inside.starts[-1] + len(self.inside.ways[-1].arcs)
        km = the_plan.network.km[arcs].astype(np.float64)
        share = float(km[first:last].sum()) / max(float(km.sum()), 1e-9)
        return Candidate(arcs, reason, self.begin, self.end, self.solved.units, share, (first, last))


def along_corridors(
    the_plan: Plan, variant: Variant, both_doors: tuple[tuple[Way, ...], tuple[Way, ...]], best_units: int
) -> list[Candidate]:
    """The best way along each corridor that leads from the one place to the other and costs no vast sum more.

    It does not run to and fro. A place or passage that lies off the way (a capital on a spur, a canal that the ferry
    has already passed) is left out, one at a time, while the way through it turns back.

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
    useful = (
        (number, one, useful_gates(one, from_start, to_goal, direct, limits))
        for number, one in enumerate(some.branches)
    )
    trials = [
        _by_ship(the_plan, variant, Trial(number, one, places)) for number, one, places in useful if places is not None
    ]
    trip = Trip(Lanes(the_plan, variant), stop_of(begin), stop_of(end))
    found: dict[int, Candidate] = {}
    sums = _sums(trip, trials)
    left = _within(trip, trials, sums, most)
    while left:
        turned: list[Trial] = []
        put: list[tuple[Trial, Put]] = []
        for number, trial in left:
            solved, inside = trip.solved(trial.lane(trip.lanes), sums, number)
            if inside.loops:
                turned.append(trial)
                continue
            whole = _put(trip, solved, inside)
            if whole is not None:
                put.append((trial, whole))
        for (trial, whole), turns in zip(put, turning_back(the_plan, [one.pieces for _, one in put]), strict=True):
            if turns:
                turned.append(trial)
            elif (
                whole.solved.units <= most
                and not walked_back(the_plan, whole.before, whole.after)
                and all(_sails(the_plan, whole.inside.arcs, quays) for quays in trial.sailed)
            ):
                found[trial.number] = whole.candidate(the_plan, trial.strung.branch.id)
        sums, left = _shorter(trip, turned)
    return [found[number] for number in sorted(found)]


def _by_ship(the_plan: Plan, variant: Variant, trial: Trial) -> Trial:
    """A trial without the ferries that do not take the cargo where it calls at both quays: other ships go their way."""
    gates = {place: trial.strung.gates[place] for place in trial.places}
    ports = {gate.id for gate in gates.values() if gate.kind == "port"}
    for place, gate in gates.items():
        if gate.kind == "ferry" and not stop_at(the_plan, variant, gate).ways:
            row = the_plan.world.facts.table("ferries").by_id[gate.id]
            quays = (row["port_a_id"], row["port_b_id"])
            if ports.issuperset(quays):
                trial = replace(trial.without(place), sailed=(*trial.sailed, quays))
    return trial


def _sails(the_plan: Plan, arcs: NDArray[np.int64], quays: tuple[str, str]) -> bool:
    """Whether a path keeps to the water between two ports."""
    network = the_plan.network
    nodes = np.concatenate([network.tail[arcs], network.head[arcs[-1:]]])
    one, other = (np.flatnonzero(np.isin(nodes, network.terminal_nodes(port))) for port in quays)
    if not (one.size and other.size):
        return False
    first, last = (one.max(), other.min()) if one.min() < other.min() else (other.max(), one.min())
    return first < last and bool(np.all(AFLOAT[network.node_mode[nodes[first + 1 : last]]]))


def _sums(trip: Trip, trials: Sequence[Trial]) -> Sums:
    return trip.sums([trial.lane(trip.lanes) for trial in trials])


def _within(trip: Trip, trials: Sequence[Trial], sums: Sums, most: float) -> list[tuple[int, Trial]]:
    """Those that there is a way for, with their numbers; even without all that may be left out none weighs more."""
    there = [(number, one) for number, one in enumerate(trials) if sums.units[number] < FAR]
    dear = [one for number, one in there if sums.units[number] > most]
    needed = [
        replace(one, places=tuple(place for place in one.places if one.kind(place) not in LEFT_OUT)) for one in dear
    ]
    least = iter(_sums(trip, [one for one in needed if one.places]).units)
    too_dear = {
        one.number
        for one, bare in zip(dear, needed, strict=True)
        if (next(least) if bare.places else trip.direct()) > most
    }
    return [(number, one) for number, one in there if one.number not in too_dear]


def _shorter(trip: Trip, turned: Sequence[Trial]) -> tuple[Sums, list[tuple[int, Trial]]]:
    """Each without that gate whose absence leaves the least, where one may be left out, and what all such weigh."""
    fewer = [
        [one.without(place) for place in one.places if one.kind(place) in LEFT_OUT] if len(one.places) > 1 else []
        for one in turned
    ]
    every = [one for some in fewer for one in some]
    sums = _sums(trip, every)
    left: list[tuple[int, Trial]] = []
    at = 0
    for some in fewer:
        numbers = range(at, at + len(some))
        at += len(some)
        best = min(numbers, key=lambda number: sums.units[number], default=None)
        if best is None or sums.units[best] >= FAR:
            continue
        if not all(every[best].kind(place) == "place" for place in every[best].places):
            left.append((best, every[best]))
    return sums, left


def _put(trip: Trip, solved: Solved, inside: Inside) -> Put | None:
    """The path of a solved chain; None where the engine finds none."""
    whole = inside.path
    if whole is None:
        return None
    begin, end = trip.begin.ways[solved.picked[0]], trip.end.ways[solved.picked[-1]]
    before = trip.lanes.stretch(begin.leave, whole.ways[0].enter, back=False)
    after = trip.lanes.stretch(end.enter, whole.ways[-1].leave, back=True)
    return None if before is None or after is None else Put(solved, whole, begin, end, before, after)
