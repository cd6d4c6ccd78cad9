"""One protocol for shortest paths, two engines behind it.

The reference is Dijkstra's algorithm (Dijkstra 1959) as scipy has it; the default is a customisable contraction
hierarchy (Dibbelt, Strasser and Wagner 2016) through pyroutingkit. Both get the same integer weights and give the same
costs and, of paths that weigh the same, the same one (`ties`). Without pyroutingkit everything works on the reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

UNREACHABLE = -1


@dataclass(frozen=True, eq=False, slots=True)
class Topology:
    """What is joined to what, without weights; engines keep their preparation under its `key`.

    Parameters
    ----------
    key
        Changes whenever nodes or arcs do.
    n
        Number of nodes.
    tail, head
        Ends of the arcs, shape (m,), at most one arc for an ordered pair.
    lat, lon
        Positions of the nodes in degrees, shape (n,).
    base, base_arc
        The topology that this one adds some arcs to, and for each arc its number there, -1 for what is new. Nodes of
        the base keep their numbers.
    order
        An order in which a hierarchy may contract the nodes, shape (n,), where one is known.
    """

    key: str
    n: int
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    lat: NDArray[np.float32]
    lon: NDArray[np.float32]
    base: Topology | None = None
    base_arc: NDArray[np.int64] | None = None
    order: NDArray[np.int32] | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Path:
    """A cheapest path: its weight and its arcs in order."""

    units: int
    arcs: NDArray[np.int64]


class Engine(Protocol):
    """Shortest paths under one weighting."""

    def path(self, source: int, target: int) -> Path | None:
        """The cheapest path, or None."""
        ...

    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""
        ...


def check_nodes(nodes: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """The nodes as int64; numbers outside the graph are refused, which an engine in native code would not survive.

    Examples
    --------
    >>> check_nodes(np.array([5]), 3)
    Traceback (most recent call last):
    IndexError: node 5 is outside the graph of 3 nodes
    """
    nodes = np.asarray(nodes, dtype=np.int64)
    wrong = (nodes < 0) | (nodes >= n)
    if bool(wrong.any()):
        raise IndexError(f"node {int(nodes[wrong][0])} is outside the graph of {n} nodes")
    return nodes


def check_pair(source: int, target: int, n: int) -> None:
    """Refuse two nodes one of which is outside the graph, as `check_nodes` does.

    Examples
    --------
    >>> check_pair(0, 3, 3)
    Traceback (most recent call last):
    IndexError: node 3 is outside the graph of 3 nodes
    """
    if not (0 <= source < n and 0 <= target < n):
        check_nodes(np.array([source, target]), n)


def make_engine(
    topology: Topology, weights: NDArray[np.uint32], *, kind: str = "auto", like: Engine | None = None
) -> Engine:
    """An engine over `topology` with these `weights`.

    Parameters
    ----------
    kind
        "cch", "dijkstra", or "auto": the hierarchy where its package is installed.
    like
        An engine whose weights may be nearly the same, as those of the world without a scenario that shuts some posts.
    """
    if weights.dtype != np.uint32 or weights.shape != topology.tail.shape:
        raise ValueError("weights must be uint32, one for each arc")
    if weights.size and int(weights.min()) == 0:
        raise ValueError("weights must be positive, so that a cheapest path has no circle")
    if kind in {"auto", "cch"}:
        from landbridge.routing import _cch

        if _cch.available():
            other = like if isinstance(like, _cch.CchEngine) else None
            return (
                _overlaid(topology, weights)
                or _restricted(topology, weights, like)
                or _cch.CchEngine(topology, weights, other)
            )
        if kind == "cch":
            from landbridge.errors import MissingExtraError

            raise MissingExtraError("pyroutingkit", "fast")
    from landbridge.routing._dijkstra import DijkstraEngine

    return DijkstraEngine(topology, weights)


def _overlaid(topology: Topology, weights: NDArray[np.uint32]) -> Engine | None:
    """An engine that lays the new arcs of a topology over the hierarchy of the old one; None where it has none."""
    from landbridge.routing import _cch, _overlaid

    if topology.base is None or topology.base_arc is None:
        return None
    if not 0 < _overlaid.ends_of(topology).size <= _overlaid.ENDS_MOST:
        return None
    old = topology.base_arc >= 0
    below = np.empty(len(topology.base.tail), dtype=np.uint32)
    below[topology.base_arc[old]] = weights[old]
    return _overlaid.OverlaidEngine(topology, weights, _cch.CchEngine(topology.base, below))


def _restricted(topology: Topology, weights: NDArray[np.uint32], like: Engine | None) -> Engine | None:
    """An engine over the part of a topology that may be used; None where that is most of it."""
    from landbridge.routing import _restricted

    part = _restricted.part_of(topology, weights)
    other = like if isinstance(like, _restricted.RestrictedEngine) else None
    return None if part is None else _restricted.RestrictedEngine(topology, weights, part, other)
