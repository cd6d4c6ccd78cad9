"""The best way between two sets of doors by one search from all of them at once, without preparing the weighting.

Customising the hierarchy takes as long as some four plain searches, so a weighting that is asked for once or twice
(most ways of looking for alternatives on a new lane or in a new world) is searched by Dijkstra's algorithm. What it
finds is what `best_chain` finds between the same doors: the same costs, and among equals the same doors and path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.chain import Chained, Way
from landbridge.routing.engine import Topology, check_nodes
from landbridge.routing.ties import Incoming, incoming
from landbridge.routing.weights import INF


class TooFarError(ArithmeticError):
    """A way weighs more than the engines count, so that they must be asked which are still ways."""


@dataclass(frozen=True, eq=False, slots=True)
class Outgoing:
    """The arcs out of each node: `arcs[start[v]:start[v + 1]]` lead to `heads` of the same places.

    `arcs` is None where that is the order of the topology, as in the packaged network.
    """

    start: NDArray[np.int32]
    heads: NDArray[np.int32]
    arcs: NDArray[np.int32] | None


@lru_cache(maxsize=8)
def outgoing(topology: Topology) -> Outgoing:
    """The arcs of a topology by the node they come from."""
    counts = np.bincount(topology.tail, minlength=topology.n)
    start = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    if bool(np.all(topology.tail[1:] >= topology.tail[:-1])):
        return Outgoing(start, topology.head.astype(np.int32, copy=False), None)
    order = np.lexsort((topology.head, topology.tail)).astype(np.int32)
    return Outgoing(start, topology.head[order].astype(np.int32), order)


def best_once(
    topology: Topology,
    weights: NDArray[np.uint32],
    begin: Sequence[Way],
    end: Sequence[Way],
    at_most: float = np.inf,
) -> Chained | None:
    """The cheapest path from one of the ways to begin to one of those to end, or None.

    Parameters
    ----------
    at_most
        What weighs more is taken for no path; the nearer to what is found, the less is searched.

    Raises
    ------
    TooFarError
        If the cheapest weighs more than the engines count.
    """
    if not begin or not end:
        return None
    check_nodes(np.array([*(way.leave for way in begin), *(way.enter for way in end)]), topology.n)
    cheapest: dict[int, int] = {}
    for way in begin:
        cheapest[way.leave] = min(way.units, cheapest.get(way.leave, way.units))
    reached, before = _search(topology, weights, cheapest, at_most)
    totals = [reached[way.enter] + way.units for way in end]
    last = int(np.argmin(totals))
    if not np.isfinite(totals[last]) or totals[last] > at_most:
        return None
    if totals[last] >= INF:
        raise TooFarError
    goal = end[last].enter
    arcs, source = _unique(topology, weights, reached, before, goal), -1
    if arcs is not None:
        source = goal if not arcs.size else int(topology.tail[arcs[0]])
        first = next(way for way in begin if way.leave == source and way.units == cheapest[source])
    else:
        back = _ancestors(topology, weights, reached, goal)
        first = next(
            way for way in begin if way.leave in back and way.units == cheapest[way.leave] == reached[way.leave]
        )
        arcs = _picked(topology, weights, reached, back, first.leave, goal)
    whole = np.concatenate([np.array(first.arcs, dtype=np.int64), arcs, np.array(end[last].arcs, dtype=np.int64)])
    starts = (0, len(first.arcs) + arcs.size)
    return Chained(int(totals[last]), whole, (first, end[last]), starts)


def _search(
    topology: Topology, weights: NDArray[np.uint32], begin: dict[int, int], at_most: float
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """The weight of the cheapest way to each node, what is paid at the door included, and the node before it.

    The doors hang on a node of their own; what is paid at them is one more for the search, which takes an arc of no
    weight for none. Sums below 2**53 are exact.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    out, n = outgoing(topology), topology.n
    data = np.empty(weights.size + len(begin), dtype=np.float64)
    ordered = weights if out.arcs is None else weights[out.arcs]
    data[: weights.size] = np.where(ordered < INF, ordered, np.inf)
    data[weights.size :] = [units + 1.0 for units in begin.values()]
    heads = np.concatenate([out.heads, np.array(list(begin), dtype=np.int32)])
    start = np.append(out.start, np.int32(data.size))
    graph = csr_array((data, heads, start), shape=(n + 1, n + 1))
    found, before = dijkstra(graph, indices=n, return_predecessors=True, limit=at_most + 1.0)
    return found[:n] - 1.0, before


def _tight(
    topology: Topology, weights: NDArray[np.uint32], into: Incoming, reached: NDArray[np.float64], node: int
) -> NDArray[np.int64]:
    """The arcs into a node that end a cheapest way to it, by the node they come from."""
    some = into.arcs[into.start[node] : into.start[node + 1]]
    usable = some[weights[some] < INF]
    return np.asarray(usable[reached[topology.tail[usable]] + weights[usable] == reached[node]], dtype=np.int64)


def _unique(
    topology: Topology,
    weights: NDArray[np.uint32],
    reached: NDArray[np.float64],
    before: NDArray[np.int32],
    goal: int,
) -> NDArray[np.int64] | None:
    """The arcs of the only cheapest way to a node; None where there are more, which the rule of `ties` tells apart."""
    into = incoming(topology)
    walked, node = [goal], int(before[goal])
    while node != topology.n:
        walked.append(node)
        node = int(before[node])
    nodes = np.array(walked[::-1], dtype=np.int64)
    count = into.start[nodes + 1] - into.start[nodes]
    owner = np.repeat(np.arange(nodes.size), count)
    skipped = np.concatenate(([0], np.cumsum(count)[:-1]))
    some = into.arcs[np.arange(int(count.sum())) - skipped[owner] + into.start[nodes][owner]]
    tight = (weights[some] < INF) & (reached[topology.tail[some]] + weights[some] == reached[nodes][owner])
    each = np.bincount(owner[tight], minlength=nodes.size)
    if each[0] != 0 or bool(np.any(each[1:] != 1)):
        return None
    return np.asarray(some[tight], dtype=np.int64)


def _ancestors(
    topology: Topology, weights: NDArray[np.uint32], reached: NDArray[np.float64], goal: int
) -> dict[int, NDArray[np.int64]]:
    """The nodes on cheapest ways to a node, each with the arcs that end one there."""
    into = incoming(topology)
    found: dict[int, NDArray[np.int64]] = {}
    left = [goal]
    while left:
        node = left.pop()
        if node not in found:
            found[node] = _tight(topology, weights, into, reached, node)
            left.extend(topology.tail[found[node]].tolist())
    return found


def _picked(
    topology: Topology,
    weights: NDArray[np.uint32],
    reached: NDArray[np.float64],
    back: dict[int, NDArray[np.int64]],
    source: int,
    goal: int,
) -> NDArray[np.int64]:
    """The path that the rule of `ties` picks among the cheapest from one door to a node."""
    ahead = {source}
    for node in sorted(back, key=lambda node: (reached[node], node)):
        if any(int(topology.tail[arc]) in ahead for arc in back[node]):
            ahead.add(node)
    arcs: list[int] = []
    node = goal
    while node != source:
        arc = next(int(arc) for arc in back[node] if int(topology.tail[arc]) in ahead)
        arcs.append(arc)
        node = int(topology.tail[arc])
    return np.array(arcs[::-1], dtype=np.int64)
