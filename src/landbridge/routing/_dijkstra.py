"""The reference engine: plain Dijkstra by scipy, slow and beyond doubt."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.engine import UNREACHABLE, Path, Topology, check_nodes
from landbridge.routing.ties import walked_back
from landbridge.routing.weights import INF


class DijkstraEngine:
    """Shortest paths by scipy's Dijkstra; integer weights stay exact in float64 (sums under 2**53)."""

    def __init__(self, topology: Topology, weights: NDArray[np.uint32]) -> None:
        from scipy.sparse import csr_array

        self._topology = topology
        self._weights = weights
        usable = np.flatnonzero(weights < INF)
        tail, head = topology.tail[usable], topology.head[usable]
        order = np.lexsort((head, tail))
        start = np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=topology.n))))
        self._graph: Any = csr_array(
            (weights[usable[order]].astype(np.float64), head[order], start), shape=(topology.n, topology.n)
        )

    def path(self, source: int, target: int) -> Path | None:
        """The cheapest path, or None; of paths that weigh the same the one of `ties`."""
        check_nodes(np.array([source, target]), self._topology.n)
        if source == target:
            return Path(0, np.empty(0, dtype=np.int64))
        reached = self.distances(np.array([source]), np.arange(self._topology.n))[0]
        if reached[target] == UNREACHABLE:
            return None
        return Path(int(reached[target]), walked_back(self._topology, self._weights, reached, source, target))

    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""
        from scipy.sparse.csgraph import dijkstra

        sources, targets = check_nodes(sources, self._topology.n), check_nodes(targets, self._topology.n)
        if not sources.size or not targets.size:
            return np.empty((sources.size, targets.size), dtype=np.int64)
        found = dijkstra(self._graph, indices=sources)[:, targets]
        found[~(found < INF)] = UNREACHABLE
        return np.asarray(found, dtype=np.int64)
