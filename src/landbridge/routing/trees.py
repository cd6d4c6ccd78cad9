"""Cheapest ways between one node and all others, worked out once where many are asked for.

A plain search over the whole network takes as long as some forty single paths; the gates of corridors are asked for by
every question of a table.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.kept import Kept
from landbridge.routing.once import outgoing
from landbridge.routing.ties import incoming
from landbridge.routing.weights import INF

if TYPE_CHECKING:
    from landbridge.routing.engine import Topology

PAYS = 40
"""So many paths asked for at one node take as long as its tree."""
TREES_KEPT = 96
"""Each takes four bytes for each node of the network, 0.6 MB."""
NONE, SEVERAL = -1, -2
_TREES: Kept[Tree] = Kept(TREES_KEPT)


class Tree:
    """For each node the arc by which the cheapest way from the root comes to it, or leaves it for the root.

    Parameters
    ----------
    root
        Where all ways begin or end.
    arcs
        `NONE` where there is no way and at the root, `SEVERAL` where more than one arc will do.
    ends
        The other end of each arc of the network: the tail where ways begin at the root, else the head.
    several
        For nodes that several cheapest ways leave for the root their first arcs: the rule of `ties` picks, which looks
        from where a way begins.
    to_root
        Whether the ways lead to the root.
    """

    def __init__(
        self,
        root: int,
        arcs: NDArray[np.int32],
        ends: NDArray[np.int32],
        several: Mapping[int, Sequence[int]],
        *,
        to_root: bool,
    ) -> None:
        self.root, self.several, self.to_root = root, several, to_root
        # Read one by one, a view of memory is twice as fast as an array.
        self._arcs, self._ends = arcs.data, np.ascontiguousarray(ends).data

    def path(self, node: int) -> NDArray[np.int64] | None:
        """The arcs of the cheapest way between a node and the root, of several that of the rule; None without one."""
        some, arcs, ends, here = [], self._arcs, self._ends, node
        while here != self.root:
            arc = arcs[here]
            if arc < 0:
                return None if arc == NONE else self._picked(node)
            some.append(arc)
            here = ends[arc]
        return np.array(some if self.to_root else some[::-1], dtype=np.int64)

    def _picked(self, node: int) -> NDArray[np.int64]:
        """Of several cheapest ways to the root: seen from there, each node is reached from the smallest before it."""
        into: dict[int, tuple[int, int]] = {}
        left, seen = [node], {node}
        while left:
            here = left.pop()
            if here == self.root:
                continue
            for arc in self.several.get(here) or (self._arcs[here],):
                there = self._ends[arc]
                into[there] = min(into.get(there, (here, arc)), (here, arc))
                if there not in seen:
                    seen.add(there)
                    left.append(there)
        some, here = [], self.root
        while here != node:
            here, arc = into[here]
            some.append(arc)
        return np.array(some[::-1], dtype=np.int64)


def tree(key: Hashable, topology: Topology, weights: NDArray[np.uint32], root: int, *, to_root: bool) -> Tree:
    """The tree of a node, kept under a key of the weighting."""
    make = _to if to_root else _from
    return _TREES.get((key, root, to_root), lambda: make(topology, weights, root))


def at_hand(key: Hashable, root: int, *, to_root: bool) -> bool:
    """Whether a tree is kept."""
    return _TREES.peek((key, root, to_root)) is not None


def _from(topology: Topology, weights: NDArray[np.uint32], root: int) -> Tree:
    """The ways from a node: those of the rule of `ties`."""
    out = outgoing(topology)
    reached = _reached(topology, weights if out.arcs is None else weights[out.arcs], out.heads, out.start, root)
    into = incoming(topology)
    some = into.arcs[_tight(weights, reached, topology.tail, topology.head)[into.arcs]]
    # Arcs into a node are in the order of their tails: the first tight one is the rule's.
    heads, first = np.unique(topology.head[some], return_index=True)
    arcs = np.full(topology.n, NONE, dtype=np.int32)
    arcs[heads] = some[first]
    arcs[root] = NONE
    return Tree(root, arcs, topology.tail, {}, to_root=False)


def _to(topology: Topology, weights: NDArray[np.uint32], root: int) -> Tree:
    """The ways to a node, all of those that cost the same."""
    into = incoming(topology)
    reached = _reached(topology, weights[into.arcs], topology.tail[into.arcs], into.start, root)
    some = np.flatnonzero(_tight(weights, reached, topology.head, topology.tail))
    tails = topology.tail[some]
    arcs = np.full(topology.n, NONE, dtype=np.int32)
    arcs[tails] = some
    many = np.bincount(tails, minlength=topology.n) > 1
    arcs[many] = SEVERAL
    arcs[root] = NONE
    several: dict[int, list[int]] = {}
    for place in np.flatnonzero(many[tails]).tolist():
        several.setdefault(int(tails[place]), []).append(int(some[place]))
    return Tree(root, arcs, topology.head, several, to_root=True)


def _tight(
    weights: NDArray[np.uint32], reached: NDArray[np.float64], near: NDArray[np.int32], far: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which arcs are the last step of a cheapest way, by what it weighs to their ends nearer to the root and beyond."""
    return np.asarray((weights < INF) & (reached[near] + weights == reached[far]) & np.isfinite(reached[far]))


def _reached(
    topology: Topology,
    weights: NDArray[np.uint32],
    ends: NDArray[np.int32],
    start: NDArray[np.int32] | NDArray[np.int64],
    root: int,
) -> NDArray[np.float64]:
    """The weight of the cheapest way between a node and each other; sums below 2**53 are exact."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    data = np.where(weights < INF, weights, np.inf)
    graph = csr_array((data, ends.astype(np.int32), start.astype(np.int32)), shape=(topology.n, topology.n))
    return np.asarray(dijkstra(graph, indices=root), dtype=np.float64)
