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

from landbridge.routing.engine import UNREACHABLE, Path, Topology, check_nodes
from landbridge.routing.weights import INF


@dataclass(frozen=True, eq=False, slots=True)
class Incoming:
    """The arcs into each node: `arcs[start[v]:start[v + 1]]`, ordered by the node they come from."""

    start: NDArray[np.int64]
    arcs: NDArray[np.int64]


@lru_cache(maxsize=8)
def incoming(topology: Topology) -> Incoming:
    """The arcs of a topology by the node they lead to."""
    order = np.lexsort((topology.tail, topology.head))
    counts = np.bincount(topology.head, minlength=topology.n)
    return Incoming(np.concatenate(([0], np.cumsum(counts))).astype(np.int64), order.astype(np.int64))


class SettledEngine(ABC):
    """An engine that knows distances and some cheapest path, and gives the path that the rule picks."""

    def __init__(self, topology: Topology, weights: NDArray[np.uint32]) -> None:
        self._topology, self._weights = topology, weights

    @abstractmethod
    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""

    @abstractmethod
    def _any_path(self, source: int, target: int) -> Path | None:
        """Some cheapest path between two nodes."""

    def path(self, source: int, target: int) -> Path | None:
        """The cheapest path, or None; of paths that weigh the same the one of the rule.

        Where the rule leaves the path that is at hand, what lies beyond is settled, and some path to the node that it
        leaves for takes its place.
        """
        check_nodes(np.array([source, target]), self._topology.n)
        found = here = self._any_path(source, target)
        if found is None:
            return None
        tails: list[NDArray[np.int64]] = []
        while here is not None and here.arcs.size:
            chosen = self._chosen(here.arcs, source)
            off = np.flatnonzero(chosen != here.arcs)
            if not off.size:
                tails.append(here.arcs)
                break
            last = int(off[-1])
            tails.append(np.concatenate(([chosen[last]], here.arcs[last + 1 :])))
            here = self._any_path(source, int(self._topology.tail[chosen[last]]))
        return Path(found.units, np.concatenate(tails[::-1]) if tails else found.arcs)

    def _chosen(self, arcs: NDArray[np.int64], source: int) -> NDArray[np.int64]:
        """For each arc of a path the one by which the rule reaches the node it leads to."""
        topology, weights = self._topology, self._weights
        into = incoming(topology)
        nodes = topology.head[arcs].astype(np.int64)
        reached = np.cumsum(weights[arcs].astype(np.int64))
        first, count = into.start[nodes], into.start[nodes + 1] - into.start[nodes]
        owner = np.repeat(np.arange(nodes.size), count)
        begin = np.concatenate(([0], np.cumsum(count)[:-1]))
        some = into.arcs[np.arange(int(count.sum())) - begin[owner] + first[owner]]
        before = reached[owner] - weights[some].astype(np.int64)
        tail = topology.tail[some].astype(np.int64)
        order = np.argsort(nodes, kind="stable")
        place = np.minimum(np.searchsorted(nodes, tail, sorter=order), nodes.size - 1)
        on_path = nodes[order[place]] == tail
        known = np.where(on_path, reached[order[place]], np.where(tail == source, 0, -1))
        # An arc that costs more than the whole way to its node is on no cheapest way to it.
        asked = (known < 0) & (before > 0)
        far, inverse = np.unique(tail[asked], return_inverse=True)
        if far.size:
            found = self.distances(np.array([source], dtype=np.int64), far)[0]
            known[asked] = np.where(found == UNREACHABLE, INF, found)[inverse]
        tight = np.flatnonzero((known == before) & (before >= 0) & (weights[some] < INF))
        # Arcs into a node are in the order of their tails: the first tight one is the rule's.
        _, leading = np.unique(owner[tight], return_index=True)
        return np.asarray(some[tight[leading]], dtype=np.int64)


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
