"""An engine for a few arcs laid over a topology, without seeking the order of its nodes anew, which takes seconds.

A cheapest path runs over the old arcs alone, or passes new ones. The ends of the new arcs make a small graph of their
own, joined by the new arcs and by the cheapest ways over the old ones; closing it (Floyd 1962, Warshall 1962) once
leaves three sums for each question. All in the same integers, so the result is that of a topology built anew.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.engine import UNREACHABLE, Engine, Path, Topology, check_nodes
from landbridge.routing.ties import SettledEngine
from landbridge.routing.weights import INF

ENDS_MOST = 300
"""With more ends of new arcs than this, ordering the nodes anew is better."""
FAR = np.int64(2) ** 60
"""Stands for no way while sums are compared."""


def ends_of(topology: Topology) -> NDArray[np.int64]:
    """The nodes where the new arcs of a topology begin and end, and its new nodes."""
    assert topology.base is not None
    assert topology.base_arc is not None
    new = topology.base_arc < 0
    nodes = np.arange(topology.base.n, topology.n)
    return np.unique(np.concatenate([topology.tail[new], topology.head[new], nodes])).astype(np.int64)


class OverlaidEngine(SettledEngine):
    """Shortest paths over a topology with its new arcs, from an engine of the old one.

    Parameters
    ----------
    base
        An engine over `topology.base` with the same weights of its arcs.
    """

    def __init__(self, topology: Topology, weights: NDArray[np.uint32], base: Engine) -> None:
        assert topology.base is not None
        assert topology.base_arc is not None
        super().__init__(topology, weights)
        self._base = base
        self._old = topology.base.n
        self._arc_here = np.full(len(topology.base.tail), -1, dtype=np.int64)
        kept = np.flatnonzero(topology.base_arc >= 0)
        self._arc_here[topology.base_arc[kept]] = kept
        self._ends = ends_of(topology)
        self._ports = np.flatnonzero(self._ends < self._old)
        self._close(np.flatnonzero((topology.base_arc < 0) & (weights < INF)))

    def _close(self, new: NDArray[np.int64]) -> None:
        """The cheapest ways between all ends, and by which arc or old path each step goes."""
        size, topology = self._ends.size, self._topology
        step = np.full((size, size), FAR, dtype=np.int64)
        nodes = self._ends[self._ports]
        step[np.ix_(self._ports, self._ports)] = _far(self._base.distances(nodes, nodes))
        arc = np.full((size, size), -1, dtype=np.int64)
        tails, heads = np.searchsorted(self._ends, topology.tail[new]), np.searchsorted(self._ends, topology.head[new])
        for number, i, j in zip(new.tolist(), tails.tolist(), heads.tolist(), strict=True):
            if int(self._weights[number]) < step[i, j]:
                step[i, j], arc[i, j] = int(self._weights[number]), number
        np.fill_diagonal(step, 0)
        best = step.copy()
        following = np.broadcast_to(np.arange(size), (size, size)).copy()
        for k in range(size):
            through = best[:, k, None] + best[None, k, :]
            shorter = through < best
            best = np.where(shorter, through, best)
            following = np.where(shorter, following[:, k, None], following)
        self._best, self._arc, self._following = np.minimum(best, FAR), arc, following

    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""
        sources, targets = check_nodes(sources, self._topology.n), check_nodes(targets, self._topology.n)
        if not sources.size or not targets.size:
            return np.empty((sources.size, targets.size), dtype=np.int64)
        found = self._direct(sources, targets)
        into, out = self._before(sources), self._after(targets)
        for k in np.flatnonzero((into < FAR).any(axis=0)).tolist():
            np.minimum(found, into[:, k, None] + out[None, k, :], out=found)
        return np.where(found < INF, found, UNREACHABLE)

    def _direct(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Over old arcs alone, `FAR` where there is no way."""
        found = np.where(sources[:, None] == targets[None, :], 0, FAR).astype(np.int64)
        old_s, old_t = np.flatnonzero(sources < self._old), np.flatnonzero(targets < self._old)
        if old_s.size and old_t.size:
            found[np.ix_(old_s, old_t)] = _far(self._base.distances(sources[old_s], targets[old_t]))
        return found

    def _before(self, sources: NDArray[np.int64]) -> NDArray[np.int64]:
        """From the sources to all ends over old and new arcs."""
        found = np.full((sources.size, self._ends.size), FAR, dtype=np.int64)
        old, new = np.flatnonzero(sources < self._old), np.flatnonzero(sources >= self._old)
        if old.size:
            first = _far(self._base.distances(sources[old], self._ends[self._ports]))
            for k, port in enumerate(self._ports.tolist()):
                found[old] = np.minimum(found[old], first[:, k, None] + self._best[None, port, :])
        found[new] = self._best[np.searchsorted(self._ends, sources[new])]
        return np.minimum(found, FAR)

    def _after(self, targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """From all ends to the targets over old arcs; to new nodes, that are ends, over none."""
        found = np.full((self._ends.size, targets.size), FAR, dtype=np.int64)
        old, new = np.flatnonzero(targets < self._old), np.flatnonzero(targets >= self._old)
        if old.size and self._ports.size:
            found[np.ix_(self._ports, old)] = _far(self._base.distances(self._ends[self._ports], targets[old]))
        found[np.searchsorted(self._ends, targets[new]), new] = 0
        return found

    def _any_path(self, source: int, target: int) -> Path | None:
        """Some cheapest path: over old arcs, or to an end, from end to end, and on."""
        if source == target:
            return Path(0, np.empty(0, dtype=np.int64))
        one, other = np.array([source], dtype=np.int64), np.array([target], dtype=np.int64)
        direct = int(self._direct(one, other)[0, 0])
        into, out = self._before(one)[0], self._after(other)[:, 0]
        last = int(np.argmin(into + out))
        units = min(direct, int(into[last] + out[last]))
        if units >= INF:
            return None
        if units == direct:
            return Path(units, self._over_old(source, target))
        if source < self._old:
            to_ports = _far(self._base.distances(one, self._ends[self._ports]))[0]
            first = int(self._ports[int(np.argmin(to_ports + self._best[self._ports, last]))])
            arcs = [self._over_old(source, int(self._ends[first]))]
        else:
            first, arcs = int(np.searchsorted(self._ends, source)), []
        while first != last:
            following = int(self._following[first, last])
            arc = int(self._arc[first, following])
            old = arc < 0
            arcs.append(self._over_old(int(self._ends[first]), int(self._ends[following])) if old else np.array([arc]))
            first = following
        if target < self._old:
            arcs.append(self._over_old(int(self._ends[last]), target))
        return Path(units, np.concatenate(arcs))

    def _over_old(self, source: int, target: int) -> NDArray[np.int64]:
        found = self._base.path(source, target)
        assert found is not None
        return np.asarray(self._arc_here[found.arcs], dtype=np.int64)


def _far(units: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(units == UNREACHABLE, FAR, units)
