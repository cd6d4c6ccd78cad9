"""Exact search for all paths that no other beats in every criterion, on networks small enough for it.

The method is label setting (Martins 1984) in the best-first form NAMOA* (Mandow and Perez de la Cruz 2010) with the
dimension-reduced dominance test of Pulido, Mandow and Perez de la Cruz (2015).

Why the answer is exact. A label is a path from the source with its costs; no cost is negative. (1) A label that
another label at its node equals or beats in all criteria may go: whatever completes the one completes the other at no
more. (2) For each criterion the cheapest cost from every node to the target is known from a search over the whole
graph, so cost plus that bound is no more than what any completion costs; a label whose bounds a complete path already
equals or beats, or whose bound in the capped sum exceeds the cap, may go too: the cap is a sum of the criteria with
weights that are not negative, so whatever beats a path under the cap is under it itself. (3) Labels leave the queue
in lexicographic order of cost plus bound, and the bounds are consistent, so labels settled earlier at a node, and
complete paths found earlier, are never worse in the first criterion; only the other two need be compared, and those
are kept as a staircase. What remains at the target is the front: every value once, with one path for each.

Costs are whole numbers, so that two ways of adding up the same path are equal.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Cost = tuple[int, int, int]
Link = tuple[Cost, Any]
"""Costs of a link and what it is made of: one item, or a pair of such parts."""
Graph = dict[int, dict[int, list[Link]]]
"""For each node and each next node the links between them, none of which beats another."""
LABELS = 1_500_000
"""A search that settles more labels than this is given up."""


class TooLargeError(Exception):
    """The front has too many labels for a search in plain Python."""


@dataclass(frozen=True, slots=True)
class Found:
    """A path of the front: its costs and the items of its links in order."""

    cost: Cost
    items: tuple[Any, ...]


@dataclass(slots=True)
class Stairs:
    """The pairs of which none beats another, sorted: the first number rises, the second falls.

    Examples
    --------
    >>> stairs = Stairs()
    >>> stairs.add(2, 9), stairs.add(5, 3), stairs.add(1, 9)
    (None, None, None)
    >>> stairs.x, stairs.y, stairs.beats(6, 3), stairs.beats(4, 8)
    ([1, 5], [9, 3], True, False)
    """

    x: list[float] = field(default_factory=list)
    y: list[float] = field(default_factory=list)

    def beats(self, x: float, y: float) -> bool:
        """Whether one of the pairs is at most this one in both numbers."""
        at = bisect_right(self.x, x)
        return at > 0 and self.y[at - 1] <= y

    def add(self, x: float, y: float) -> None:
        """Add a pair that none beats, and leave out those that it beats."""
        start = stop = bisect_left(self.x, x)
        while stop < len(self.x) and self.y[stop] >= y:
            stop += 1
        self.x[start:stop] = [x]
        self.y[start:stop] = [y]


def graph_of(links: Iterable[tuple[int, int, Cost, Any]]) -> Graph:
    """The graph of links given as tail, head, costs and item."""
    graph: Graph = {}
    for tail, head, cost, item in links:
        graph.setdefault(head, {})
        if tail != head:
            _join(graph.setdefault(tail, {}).setdefault(head, []), (cost, item))
    return graph


def _join(parallel: list[Link], link: Link) -> None:
    """Add a link beside those between the same nodes, unless one beats it; drop those that it beats."""
    if any(_at_most(other[0], link[0]) for other in parallel):
        return
    parallel[:] = [other for other in parallel if not _at_most(link[0], other[0])]
    parallel.append(link)


def _at_most(one: Cost, other: Cost) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and one[2] <= other[2]


def contract(graph: Graph, keep: Iterable[int]) -> Graph:
    """The graph without dead ends and without nodes that have only two neighbours, whose links are joined.

    A path without loops passes such a node from one neighbour to the other or not at all, so the front between the
    nodes kept is the same. The graph given is used up.
    """
    kept = set(keep)
    before: dict[int, set[int]] = {node: set() for node in graph}
    for tail, heads in graph.items():
        for head in heads:
            before[head].add(tail)
    waiting = list(graph)
    while waiting:
        node = waiting.pop()
        if node in kept or node not in graph:
            continue
        around = before[node] | graph[node].keys()
        if len(around) > 2:
            continue
        for tail in before[node]:
            into = graph[tail].pop(node)
            for head, out in graph[node].items():
                if head == tail:
                    continue
                parallel = graph[tail].setdefault(head, [])
                before[head].add(tail)
                for (a0, a1, a2), first in into:
                    for (b0, b1, b2), second in out:
                        _join(parallel, ((a0 + b0, a1 + b1, a2 + b2), (first, second)))
        for head in graph[node]:
            before[head].discard(node)
        del graph[node], before[node]
        waiting.extend(around)
    return graph


def cheapest(graph: Graph, target: int, weights: Sequence[float]) -> dict[int, float]:
    """The least weighted sum of costs from each node to the target; nodes that do not reach it are absent."""
    before: dict[int, list[tuple[int, float]]] = {}
    for tail, heads in graph.items():
        for head, parallel in heads.items():
            least = min(sum(w * c for w, c in zip(weights, cost, strict=True)) for cost, _ in parallel)
            before.setdefault(head, []).append((tail, least))
    done: dict[int, float] = {}
    queue: list[tuple[float, int]] = [(0, target)]
    while queue:
        far, node = heapq.heappop(queue)
        if node in done:
            continue
        done[node] = far
        for tail, least in before.get(node, ()):
            if tail not in done:
                heapq.heappush(queue, (far + least, tail))
    return done


def front(
    graph: Graph, source: int, target: int, cap_weights: Sequence[float] = (0, 0, 0), cap: float = math.inf,
    most: int = LABELS,
) -> tuple[Found, ...]:  # fmt: skip
    """All paths from source to target that none beats, one for each value, sorted.

    Parameters
    ----------
    cap_weights, cap
        Only paths whose weighted sum of costs is at most the cap count.

    Raises
    ------
    TooLargeError
        If more labels than `most` are settled.

    Examples
    --------
    >>> graph = graph_of([(0, 1, (1, 5, 1), "fast"), (0, 1, (5, 1, 1), "cheap"), (0, 1, (6, 5, 1), "bad")])
    >>> [found.items for found in front(graph, 0, 1)]
    [('fast',), ('cheap',)]
    """
    bounds = [cheapest(graph, target, weights) for weights in ((1, 0, 0), (0, 1, 0), (0, 0, 1))]
    left = cheapest(graph, target, cap_weights)
    if source not in left:
        return ()
    reached, complete = {node: Stairs() for node in left}, Stairs()
    out = {
        node: [
            (head, *cost, item, bounds[0][head], bounds[1][head], bounds[2][head], left[head], reached[head])
            for head, parallel in graph[node].items()
            if head in left
            for cost, item in parallel
        ]
        for node in left
    }
    w0, w1, w2 = cap_weights
    limit = cap * (1.0 + 1e-9)
    # A label: bounds of the whole path, a number that tells it from others, node, cost of the third, parent, item.
    start = (bounds[0][source], bounds[1][source], bounds[2][source], 0, source, None, None)
    queue: list[tuple[Any, ...]] = [start]
    made = settled = 0
    found: list[Found] = []
    while queue:
        label = heapq.heappop(queue)
        f0, f1, f2, _, node, _, _ = label
        if complete.beats(f1, f2):
            continue
        if node == target:
            complete.add(f1, f2)
            found.append(Found((f0, f1, f2), _items(label)))
            continue
        g1, g2 = f1 - bounds[1][node], f2 - bounds[2][node]
        if reached[node].beats(g1, g2):
            continue
        reached[node].add(g1, g2)
        settled += 1
        if settled > most:
            raise TooLargeError(f"more than {most:,} labels")
        g0 = f0 - bounds[0][node]
        for head, c0, c1, c2, item, b0, b1, b2, rest, stairs in out[node]:
            n0, n1, n2 = g0 + c0, g1 + c1, g2 + c2
            if w0 * n0 + w1 * n1 + w2 * n2 + rest > limit or stairs.beats(n1, n2):
                continue
            e1, e2 = n1 + b1, n2 + b2
            if not complete.beats(e1, e2):
                made += 1
                heapq.heappush(queue, (n0 + b0, e1, e2, made, head, label, item))
    return tuple(found)


def _items(label: tuple[Any, ...]) -> tuple[Any, ...]:
    """The items of the links from the source to a label, in order."""
    parts = []
    while label[5] is not None:
        parts.append(label[6])
        label = label[5]
    return tuple(parts[::-1])
