"""Chains of gates under a weighting, kept with a plan: what they weigh inside, and how far they are from doors.

Neither depends on a single question. Many chains share their gates, and many trips a door, so each distance is asked
for once; a question adds up for all its chains at once what there is to the first gates, inside, and from the last.
"""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.kept import Kept
from landbridge.routing.beside import Stretch
from landbridge.routing.chain import FAR, Chained, Solved, Stop, joined, picks_between, solve, step_between, through
from landbridge.routing.engine import UNREACHABLE
from landbridge.routing.gates import Gate, stop_at
from landbridge.routing.trees import PAYS, at_hand, tree
from landbridge.routing.turning import revisits

if TYPE_CHECKING:
    from landbridge.routing.engine import Engine
    from landbridge.routing.plan import Plan
    from landbridge.routing.weights import Variant

LANES_KEPT = 4096
DOORS_KEPT = 512
"""So many doors of places remember how far they are from gates, some ten kilobytes each."""
STRETCHES_KEPT = 1024
UNASKED = -2
ROOM = 256
"""Arrays over the ways past gates grow by so many places."""


@dataclass(frozen=True, slots=True)
class Inside:
    """The way through a chain from one way past its first gate to one past its last."""

    picked: tuple[int, ...]
    path: Chained | None
    loops: bool
    """Whether it passes something twice, wherever it is come from and left for."""


@dataclass(frozen=True, eq=False, slots=True)
class Lane:
    """Gates one after the other as stops of a chain.

    Parameters
    ----------
    stops, steps
        The ways past each gate, and what each step from one gate to the next weighs.
    begin, end
        Where the ways past the first and the last gate stand among all ways past gates.
    first, last, span
        For each pair of such ways that a path joins their numbers and the weight from beyond the one to beyond the
        other.
    """

    stops: tuple[Stop, ...]
    steps: tuple[NDArray[np.int64], ...]
    begin: int
    end: int
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    span: NDArray[np.int64]
    insides: dict[tuple[int, int], Inside] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Sums:
    """What some chains weigh from door to door.

    Parameters
    ----------
    units
        For each chain, `FAR` where there is no path.
    pairs
        Where the cheapest paths of a chain begin among those of all, and one more at the end.
    first, last, begin, end
        Of each cheapest path the ways past the first and the last gate, and the doors.
    """

    units: list[int]
    pairs: list[int]
    first: list[int]
    last: list[int]
    begin: list[int]
    end: list[int]


class Known:
    """What is known of chains of gates under a weighting, whoever asks: kept with the plan, so it holds no plan."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.lanes: Kept[Lane] = Kept(LANES_KEPT)
        self.at: dict[Gate, int] = {}
        self.enter, self.leave, self.units = (np.empty(0, dtype=np.int64) for _ in range(3))
        self.there: Kept[NDArray[np.int64]] = Kept(DOORS_KEPT)
        self.back: Kept[NDArray[np.int64]] = Kept(DOORS_KEPT)
        self.stretches: Kept[Stretch | None] = Kept(STRETCHES_KEPT)
        self.asked: Counter[tuple[int, bool]] = Counter()
        """How many ways were asked for that end or begin at the node of a gate, while its tree was not at hand."""

    @property
    def count(self) -> int:
        """How many ways past gates are known."""
        return self.enter.size

    def place(self, gate: Gate, stop: Stop) -> int:
        """Where the ways past a gate stand among all."""
        with self.lock:
            if gate not in self.at:
                self.at[gate] = self.count
                self.enter = np.concatenate([self.enter, stop.enter])
                self.leave = np.concatenate([self.leave, stop.leave])
                self.units = np.concatenate([self.units, stop.units])
            return self.at[gate]

    def row(self, kept: Kept[NDArray[np.int64]], door: int) -> NDArray[np.int64]:
        """What is known between a door and all ways past gates."""
        row = kept.get(door, lambda: np.full(self.count + ROOM, UNASKED, dtype=np.int64))
        if row.size < self.count:
            row = np.concatenate([row, np.full(self.count + ROOM - row.size, UNASKED, dtype=np.int64)])
            kept.put([(door, row)])
        return row


class Lanes:
    """The chains of gates of a plan under a weighting."""

    def __init__(self, the_plan: Plan, variant: Variant) -> None:
        self.plan, self.variant = the_plan, variant
        self.engine: Engine = the_plan.engine(variant)
        self.known: Known = the_plan.made.get(("lanes", variant), Known)

    def lane(self, branch: int, places: tuple[int, ...], gates: Sequence[Gate]) -> Lane:
        """A chain of gates, told by the places of its gates in a branch."""
        return self.known.lanes.get((branch, places), lambda: self._lane([gates[place] for place in places]))

    def _lane(self, gates: Sequence[Gate]) -> Lane:
        stops = tuple(stop_at(self.plan, self.variant, gate) for gate in gates)
        none = np.empty(0, dtype=np.int64)
        if not stops or not all(stop.ways for stop in stops):
            return Lane(stops, (), 0, 0, none, none, none)
        steps = tuple(step_between(self.engine, one, other) for one, other in itertools.pairwise(stops))
        between = through(steps, len(stops[0].ways))
        first, last = np.nonzero(between < FAR)
        begin, end = self.known.place(gates[0], stops[0]), self.known.place(gates[-1], stops[-1])
        return Lane(stops, steps, begin, end, first + begin, last + end, between[first, last])

    def there(self, doors: NDArray[np.int64], some: NDArray[np.int64]) -> NDArray[np.int64]:
        """From doors to and over some ways past gates, `FAR` where there is no path, shape (doors, ways)."""
        found = self._between(self.known.there, doors, some, self.known.enter, back=False)
        return np.where(found == UNREACHABLE, FAR, found + self.known.units[some])

    def back(self, some: NDArray[np.int64], end: Stop) -> NDArray[np.int64]:
        """From beyond some ways past gates to and over the doors of an end, shape (doors, ways)."""
        found = self._between(self.known.back, end.enter, some, self.known.leave, back=True)
        return np.where(found == UNREACHABLE, FAR, found + end.units[:, None])

    def _between(
        self,
        kept: Kept[NDArray[np.int64]],
        doors: NDArray[np.int64],
        some: NDArray[np.int64],
        nodes: NDArray[np.int64],
        *,
        back: bool,
    ) -> NDArray[np.int64]:
        """Weights between doors and the nodes of some ways past gates; what was never asked for is asked at once."""
        with self.known.lock:
            rows = [self.known.row(kept, door) for door in doors.tolist()]
            found = np.array([row[some] for row in rows], dtype=np.int64).reshape(doors.size, some.size)
            new = np.flatnonzero((found == UNASKED).any(axis=0))
            if new.size:
                asked, place = np.unique(nodes[some[new]], return_inverse=True)
                ends = (asked, doors) if back else (doors, asked)
                units = self.engine.distances(*ends)
                found[:, new] = (units.T if back else units)[:, place]
                for row, values in zip(rows, found, strict=True):
                    row[some[new]] = values[new]
        return found

    def inside(self, lane: Lane, first: int, last: int) -> Inside:
        """The way through a chain from a way past its first gate to one past its last, by their numbers there."""
        if (first, last) not in lane.insides:
            lane.insides[first, last] = self.passed(lane, picks_between(lane.steps, first, last))
        return lane.insides[first, last]

    def passed(self, lane: Lane, picked: tuple[int, ...]) -> Inside:
        """The way through a chain over the ways picked at its gates."""
        path = joined(self.engine, lane.stops, picked)
        return Inside(picked, path, path is not None and revisits(self.plan, path.arcs))

    def stretch(self, door: int, gate: int, *, back: bool) -> Stretch | None:
        """The way from a door to a gate, or back from it; a door itself takes no arcs."""

        def look() -> Stretch | None:
            arcs = self._arcs(door, gate, back=back)
            return None if arcs is None else Stretch(self.plan.network, arcs)

        return self.known.stretches.get((door, gate, back), look)

    def _arcs(self, door: int, gate: int, *, back: bool) -> NDArray[np.int64] | None:
        key = (self.plan.key, self.variant)
        if not at_hand(key, gate, to_root=not back):
            # A tree that made room for others comes back no sooner than it came.
            self.known.asked[gate, back] += 1
        if at_hand(key, gate, to_root=not back) or self.known.asked[gate, back] > PAYS:
            self.known.asked[gate, back] = 0
            weights = self.plan.weights(self.variant)
            arcs = tree(key, self.plan.topology, weights, gate, to_root=not back).path(door)
            if arcs is not None:
                return arcs
        path = self.engine.path(gate, door) if back else self.engine.path(door, gate)
        return None if path is None else path.arcs


class Trip:
    """Where ways along corridors begin and end, and how far that is from the gates asked for."""

    def __init__(self, lanes: Lanes, begin: Stop, end: Stop) -> None:
        self.lanes, self.begin, self.end = lanes, begin, end
        none = np.empty(0, dtype=np.int64)
        self._to, self._from = (none, none), (none, none)

    def direct(self) -> int:
        """What the best way weighs that passes no gate, `FAR` where there is none."""
        solved = solve(self.begin.units, (step_between(self.lanes.engine, self.begin, self.end),))
        return int(FAR) if solved is None else solved.units

    def sums(self, some: Sequence[Lane]) -> Sums:
        """What some chains weigh from door to door."""
        sizes = [lane.span.size for lane in some]
        cuts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        none = np.empty(0, dtype=np.int64)
        first, last, span = (
            np.concatenate([none, *(getattr(lane, name) for lane in some)]) for name in ("first", "last", "span")
        )
        (there, begin), (back, end) = self._over(first, back=False), self._over(last, back=True)
        total = there[first] + span + back[last]
        usable = np.flatnonzero(sizes)
        units = np.full(len(some), FAR, dtype=np.int64)
        if usable.size:
            units[usable] = np.minimum.reduceat(total, cuts[usable])
        cheapest = np.flatnonzero(total == np.repeat(units, sizes))
        pairs = np.searchsorted(cheapest, cuts).tolist()
        first, last = first[cheapest], last[cheapest]
        picked = (one.tolist() for one in (first, last, begin[first], end[last]))
        return Sums(np.minimum(units, FAR).tolist(), pairs, *picked)

    def _over(self, some: NDArray[np.int64], *, back: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For ways past gates what the best door weighs with the way to it or from it, and its number."""
        units, door = self._from if back else self._to
        if units.size < self.lanes.known.count:
            more = np.full(self.lanes.known.count - units.size, UNASKED, dtype=np.int64)
            units, door = np.concatenate([units, more]), np.concatenate([door, more])
        wanted = np.zeros(units.size, dtype=np.bool_)
        wanted[some] = True
        new = np.flatnonzero(wanted & (units == UNASKED))
        if new.size:
            if back:
                table = self.lanes.back(new, self.end)
            else:
                table = self.begin.units[:, None] + self.lanes.there(self.begin.leave, new)
            units[new], door[new] = table.min(axis=0), table.argmin(axis=0)
        if back:
            self._from = units, door
        else:
            self._to = units, door
        return units, door

    def solved(self, lane: Lane, sums: Sums, number: int) -> tuple[Solved, Inside]:
        """The cheapest path through a chain, the one of `chain.solve`, and its part between the gates."""
        units = sums.units[number]
        best = range(sums.pairs[number], sums.pairs[number + 1])
        if len(best) == 1 or len({sums.first[at] for at in best}) == 1:
            # The earliest door at the end, and the earliest way that leads to it.
            at = min(best, key=sums.end.__getitem__)
            inside = self.lanes.inside(lane, sums.first[at] - lane.begin, sums.last[at] - lane.end)
            return Solved(units, (sums.begin[at], *inside.picked, sums.end[at])), inside
        stops = (lane.begin + np.arange(len(lane.stops[0].ways)), lane.end + np.arange(len(lane.stops[-1].ways)))
        to, back = self.lanes.there(self.begin.leave, stops[0]), self.lanes.back(stops[1], self.end).T
        found = solve(self.begin.units, (to, *lane.steps, back))
        assert found is not None
        picked = found.picked[1:-1]
        inside = self.lanes.inside(lane, picked[0], picked[-1])
        return found, inside if inside.picked == picked else self.lanes.passed(lane, picked)
