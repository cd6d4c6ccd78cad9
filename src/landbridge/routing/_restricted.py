"""An engine over the part of a topology that a weighting may use, as that of a shipment which goes by rail alone.

The hierarchy of a part is some times smaller and sooner customised. Its nodes are contracted in the order of the whole:
separators of the whole part its parts too. Nodes keep their order, so that of equal paths the same one is taken.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landbridge.routing._cch import CchEngine, order_of
from landbridge.routing.engine import UNREACHABLE, Path, Topology, check_nodes, check_pair
from landbridge.routing.weights import INF

SHARE: float = 0.65
"""A part with more of the arcs than this is not worth a hierarchy of its own."""
LEAST_ARCS = 20_000
"""Below so many arcs the whole is quick enough."""
LARGER = 1.5
"""A part that is at hand serves for a smaller one, unless it is so many times as large."""
PARTS_KEPT = 3
"""Parts of a topology that are kept: the ways by rail, by road and by sea."""


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """Some nodes and arcs of a topology, both in their order, as a topology of their own.

    `here` tells the number of each node in the part, -1 where it is not in it.
    """

    topology: Topology
    arcs: NDArray[np.int64]
    here: NDArray[np.int32]
    has: NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class _Parts:
    """The parts of a topology that are kept, the one used last at the end."""

    lock: threading.Lock
    some: deque[Part]


@lru_cache(maxsize=4)
def _parts(topology: Topology) -> _Parts:
    return _Parts(threading.Lock(), deque(maxlen=PARTS_KEPT))


def part_of(topology: Topology, weights: NDArray[np.uint32]) -> Part | None:
    """A part with all arcs that may be used; None where that is most of the topology, or hardly any work.

    Parameters
    ----------
    weights
        The weight of each arc, shape (m,).
    """
    usable = weights < INF
    count = int(np.count_nonzero(usable))
    if usable.size < LEAST_ARCS or not 0 < count <= SHARE * usable.size:
        return None
    kept = _parts(topology)
    with kept.lock:
        for part in reversed(kept.some):
            if part.arcs.size <= LARGER * count and not bool(np.any(usable & ~part.has)):
                kept.some.remove(part)
                kept.some.append(part)
                return part
        part = _cut_out(topology, usable)
        kept.some.append(part)
        return part


def _cut_out(topology: Topology, usable: NDArray[np.bool_]) -> Part:
    arcs = np.flatnonzero(usable)
    within = np.zeros(topology.n, dtype=np.bool_)
    within[topology.tail[arcs]] = within[topology.head[arcs]] = True
    nodes = np.flatnonzero(within)
    here = np.full(topology.n, -1, dtype=np.int32)
    here[nodes] = np.arange(nodes.size, dtype=np.int32)
    order = here[order_of(topology)]
    own = Topology(
        key=f"part of {topology.key}",
        n=nodes.size,
        tail=here[topology.tail[arcs]],
        head=here[topology.head[arcs]],
        lat=topology.lat[nodes],
        lon=topology.lon[nodes],
        order=order[order >= 0],
    )
    return Part(own, arcs, here, usable)


class RestrictedEngine:
    """Shortest paths over a part of a topology, told by the nodes and arcs of the whole.

    Parameters
    ----------
    weights
        Of all arcs of the whole; those outside the part may not be used.
    like
        An engine of nearly the same weights, see `CchEngine`.
    """

    def __init__(
        self, topology: Topology, weights: NDArray[np.uint32], part: Part, like: RestrictedEngine | None = None
    ) -> None:
        self._n, self._part = topology.n, part
        self._engine: CchEngine = CchEngine(part.topology, weights[part.arcs], None if like is None else like._engine)

    def path(self, source: int, target: int) -> Path | None:
        """The cheapest path, or None."""
        check_pair(source, target, self._n)
        start, goal = int(self._part.here[source]), int(self._part.here[target])
        if source == target:
            return Path(0, np.empty(0, dtype=np.int64))
        found = None if start < 0 or goal < 0 else self._engine.path(start, goal)
        return None if found is None else Path(found.units, self._part.arcs[found.arcs])

    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""
        starts, goals = (self._part.here[check_nodes(some, self._n)].astype(np.int64) for some in (sources, targets))
        if bool((starts >= 0).all()) and bool((goals >= 0).all()):
            return self._engine.distances(starts, goals)
        found = np.where(np.equal.outer(sources, targets), 0, UNREACHABLE).astype(np.int64)
        rows, columns = np.flatnonzero(starts >= 0), np.flatnonzero(goals >= 0)
        found[np.ix_(rows, columns)] = self._engine.distances(starts[rows], goals[columns])
        return found
