"""The reference engine: plain Dijkstra by scipy, slow and beyond doubt."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.engine import UNREACHABLE, Path, Topology, check_nodes
from landbridge.routing.weights import INF


class DijkstraEngine:
    """Shortest paths by scipy's Dijkstra; integer weights stay exact in float64 (sums under 2**53)."""

    def __init__(self, topology: Topology, weights: NDArray[np.uint32]) -> None:
        from scipy.sparse import csr_array

        self._topology = topology
        usable = np.flatnonzero(weights < INF)
        tail, head = topology.tail[usable], topology.head[usable]
        order = np.lexsort((head, tail))
        self._arcs = usable[order]
        self._tail, self._head = tail[order], head[order]
        counts = np.bincount(self._tail, minlength=topology.n)
        self._start = np.concatenate(([0], np.cumsum(counts)))
        self._graph: Any = csr_array(
            (weights[self._arcs].astype(np.float64), self._head, self._start), shape=(topology.n, topology.n)
        )

    def path(self, source: int, target: int) -> Path | None:
        """The cheapest path, or None."""
        from scipy.sparse.csgraph import dijkstra

        check_nodes(np.array([source, target]), self._topology.n)
        distance, before = dijkstra(self._graph, indices=source, return_predecessors=True)
        if not np.isfinite(distance[target]) or distance[target] >= INF:
            return None
        arcs: list[int] = []
        node = target
        while node != source:
            previous = int(before[node])
            arcs.append(self._arc(previous, node))
            node = previous
        return Path(int(distance[target]), np.array(arcs[::-1], dtype=np.int64))

    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""
        from scipy.sparse.csgraph import dijkstra

        sources, targets = np.asarray(sources, dtype=np.int64), np.asarray(targets, dtype=np.int64)
        check_nodes(sources, self._topology.n)
        check_nodes(targets, self._topology.n)
        if not sources.size or not targets.size:
            return np.empty((sources.size, targets.size), dtype=np.int64)
        found = dijkstra(self._graph, indices=sources)[:, targets]
        found[~(found < INF)] = UNREACHABLE
        return np.asarray(found, dtype=np.int64)

    def _arc(self, tail: int, head: int) -> int:
        lo, hi = int(self._start[tail]), int(self._start[tail + 1])
        return int(self._arcs[lo + int(np.searchsorted(self._head[lo:hi], head))])
