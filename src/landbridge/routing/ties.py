"""One path among those of equal weight, the same whichever engine found them.

Seen from the target, each node is reached from the smallest node among those that lie on a cheapest way to it. That
rule needs distances from the source alone, which every engine knows exactly; so the path does not hang on how an engine
searches. Weights are positive, so the walk back ends.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landbridge.kept import Kept
from landbridge.routing.engine import UNREACHABLE, Path, Topology, check_pair
from landbridge.routing.weights import INF

STEPS_ASKED = 8
"""So many steps off the path at hand are asked for one by one: that takes about as long as a new path."""
SOURCES_KEPT = 2
"""For so many sources what was asked is kept: a place has two doors."""


@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """Nodes in order, and what the cheapest paths to them from one source weigh."""

    nodes: NDArray[np.int32]
    units: NDArray[np.int64]

    def of(self, some: NDArray[np.int32]) -> NDArray[np.int64]:
        """The weights of nodes that are among them."""
        return self.units[np.searchsorted(self.nodes, some)]

    def lacking(self, some: NDArray[np.int32]) -> NDArray[np.int32]:
        """Those of some nodes that are not among them, each once and in order."""
        place = np.minimum(np.searchsorted(self.nodes, some), self.nodes.size - 1)
        return np.unique(some[self.nodes[place] != some])

    def and_more(self, some: NDArray[np.int32], units: NDArray[np.int64]) -> Asked:
        """These with others."""
        nodes, first = np.unique(np.concatenate([self.nodes, some]), return_index=True)
        return Asked(nodes, np.concatenate([self.units, units])[first])


@dataclass(frozen=True, eq=False, slots=True)
class Incoming:
    """The arcs into each node: `arcs[start[v]:start[v + 1]]`, ordered by the node they come from.

    `place` tells for each arc where it stands in `arcs`.
    """

    start: NDArray[np.int64]
    arcs: NDArray[np.int64]
    place: NDArray[np.int64]


@lru_cache(maxsize=8)
def incoming(topology: Topology) -> Incoming:
    """The arcs of a topology by the node they lead to."""
    order = np.lexsort((topology.tail, topology.head))
    counts = np.bincount(topology.head, minlength=topology.n)
    place = np.empty(order.size, dtype=np.int64)
    place[order] = np.arange(order.size)
    return Incoming(np.concatenate(([0], np.cumsum(counts))).astype(np.int64), order.astype(np.int64), place)


class SettledEngine(ABC):
    """An engine that knows distances and some cheapest path, and gives the path that the rule picks."""

    def __init__(self, topology: Topology, weights: NDArray[np.uint32]) -> None:
        self._topology, self._weights = topology, weights
        self._asked: Kept[Asked] = Kept(SOURCES_KEPT)

    @abstractmethod
    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""

    @abstractmethod
    def _any_path(self, source: int, target: int) -> Path | None:
        """Some cheapest path between two nodes."""

    def path(self, source: int, target: int) -> Path | None:
        """The cheapest path, or None; of paths that weigh the same the one of the rule.

        Where the rule leaves the path that is at hand, it is followed back to where it meets that path again; where
        that is far, some path to the node reached takes its place.
        """
        check_pair(source, target, self._topology.n)
        found = here = self._any_path(source, target)
        if found is None:
            return None
        tails: list[NDArray[np.int64]] = []
        while here is not None and here.arcs.size:
            left = self._back_along(here.arcs, source, tails)
            if left == source:
                break
            here = self._any_path(source, left)
        return Path(found.units, np.concatenate(tails[::-1]) if tails else found.arcs)

    def _back_along(self, arcs: NDArray[np.int64], source: int, tails: list[NDArray[np.int64]]) -> int:
        """Add to `tails`, last part first, what the rule picks on the way back; the node from which on it is open."""
        topology, weights = self._topology, self._weights
        chosen = self._chosen(arcs, source)
        off = np.flatnonzero(chosen != arcs)
        if not off.size:
            tails.append(arcs)
            return source
        reached = np.cumsum(weights[arcs].astype(np.int64))
        place = {node: number for number, node in enumerate(topology.head[arcs].tolist())}
        steps_off = {
            int(topology.tail[chosen[number]]): int(reached[number]) - int(weights[chosen[number]])
            for number in off.tolist()
        }
        rule = self._rules({node: units for node, units in steps_off.items() if node not in place}, source)
        last = arcs.size - 1
        while True:
            before = off[off <= last]
            if not before.size:
                tails.append(arcs[: last + 1])
                return source
            leaves = int(before[-1])
            arc = int(chosen[leaves])
            tails.append(np.concatenate(([arc], arcs[leaves + 1 : last + 1])))
            node, units = int(topology.tail[arc]), int(reached[leaves]) - int(weights[arc])
            steps = 0
            while node != source and node not in place:
                if steps == STEPS_ASKED:
                    return node
                arc = rule[node] if node in rule else self._rules({node: units}, source)[node]
                tails.append(np.array([arc], dtype=np.int64))
                node, units = int(topology.tail[arc]), units - int(weights[arc])
                steps += 1
            if node == source:
                return source
            last = place[node]

    def _rules(self, reached: dict[int, int], source: int) -> dict[int, int]:
        """The arcs by which the rule reaches some nodes, from the weights of the cheapest paths to them."""
        some = {node: units for node, units in reached.items() if node != source}
        if not some:
            return {}
        into, weights = incoming(self._topology), self._weights
        each = [into.arcs[into.start[node] : into.start[node + 1]] for node in some]
        arcs = np.concatenate(each)
        before = np.repeat(np.array(list(some.values())), [one.size for one in each]) - weights[arcs].astype(np.int64)
        usable = np.flatnonzero((before >= 0) & (weights[arcs] < INF))
        arcs, before = arcs[usable], before[usable]
        tight = arcs[self._reached(source, self._topology.tail[arcs]) == before]
        # Arcs into a node are in the order of their tails: the first tight one is the rule's.
        heads, leading = np.unique(self._topology.head[tight], return_index=True)
        return dict(zip(heads.tolist(), tight[leading].tolist(), strict=True))

    def _reached(self, source: int, nodes: NDArray[np.int32]) -> NDArray[np.int64]:
        """Weights of the cheapest paths from a source to some nodes, `INF` where there is none.

        What was asked for is kept for the last sources: ways from one place to many run over the same roads at first.
        """
        if not nodes.size:
            return np.empty(0, dtype=np.int64)
        known = self._asked.peek(source)
        if known is None:
            first, place = np.unique(nodes, return_inverse=True)
            known = Asked(first, self._units(source, first))
            self._asked.put([(source, known)])
            return known.units[place]
        new = known.lacking(nodes)
        if new.size:
            known = known.and_more(new, self._units(source, new))
            self._asked.put([(source, known)])
        return known.of(nodes)

    def _units(self, source: int, nodes: NDArray[np.int32]) -> NDArray[np.int64]:
        units = self.distances(np.array([source], dtype=np.int64), nodes.astype(np.int64))[0]
        return np.where(units == UNREACHABLE, INF, units)

    def _chosen(self, arcs: NDArray[np.int64], source: int) -> NDArray[np.int64]:
        """For each arc of a cheapest path the one by which the rule reaches the node it leads to."""
        topology, weights = self._topology, self._weights
        into = incoming(topology)
        nodes = topology.head[arcs]
        reached = np.cumsum(weights[arcs].astype(np.int64))
        # The arc of the path is tight, so that only those from smaller nodes can come before it; one that costs more
        # than the whole way to its node is on no cheapest way to it.
        first = into.start[nodes]
        count = into.place[arcs] - first
        owner = np.repeat(np.arange(nodes.size), count)
        some = into.arcs[np.arange(owner.size) + (first - np.cumsum(count) + count)[owner]]
        before = reached[owner] - weights[some]
        rivals = np.flatnonzero((before >= 0) & (weights[some] < INF))
        some, owner = some[rivals], owner[rivals]
        tight = np.flatnonzero(self._reached(source, topology.tail[some]) == before[rivals])
        if not tight.size:
            return arcs
        chosen = arcs.copy()
        # Arcs into a node are in the order of their tails: the first tight one is the rule's.
        owners, leading = np.unique(owner[tight], return_index=True)
        chosen[owners] = some[tight[leading]]
        return chosen


def walked_back(
    topology: Topology, weights: NDArray[np.uint32], reached: NDArray[np.int64], source: int, target: int
) -> NDArray[np.int64]:
    """The arcs of the path that the rule picks, from the weights of the cheapest paths to all nodes.

    Parameters
    ----------
    reached
        Weight of the cheapest path from the source to each node, `UNREACHABLE` where there is none, shape (n,).
    """
    into = incoming(topology)
    arcs: list[int] = []
    node = target
    while node != source:
        some = into.arcs[into.start[node] : into.start[node + 1]]
        usable = weights[some] < INF
        tight = reached[topology.tail[some]] == reached[node] - weights[some].astype(np.int64)
        tight &= (reached[topology.tail[some]] != UNREACHABLE) & usable
        arc = int(some[int(np.argmax(tight))])
        arcs.append(arc)
        node = int(topology.tail[arc])
    return np.array(arcs[::-1], dtype=np.int64)
