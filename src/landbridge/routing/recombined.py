"""The best ways that can be put together of pieces of ways found already.

Where two ways share a node a trip may leave the one for the other. All ways found for a question make a small graph of
the nodes where they meet. A search in it takes a fraction of one over the network, and finds most of what lies between
ways that are the best at the two ends of a trade-off.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.weights import Prices

Amounts = tuple[float, float, float]
"""Hours, dollars and kilograms."""


@dataclass(frozen=True, eq=False, slots=True)
class Meeting:
    """Ways as a graph of the nodes where they meet, part, begin or end.

    Parameters
    ----------
    pieces
        For each such node the pieces that lead from it: the node that each leads to, and its number.
    arcs, starts
        The arcs of all pieces one after the other, and where each piece starts, the end of the last one behind them.
    amounts
        Hours, dollars and kilograms of each piece, shape (pieces, 3).
    begin, end
        What beginning and ending at a node takes.
    """

    pieces: Mapping[int, Sequence[tuple[int, int]]]
    arcs: NDArray[np.int64]
    starts: NDArray[np.int64]
    amounts: NDArray[np.float64]
    begin: Mapping[int, Amounts]
    end: Mapping[int, Amounts]

    def best(self, prices: Prices) -> tuple[NDArray[np.int64], int, int] | None:
        """The arcs of the cheapest way at some prices, and the nodes where it begins and ends; None without a way."""
        costs: list[float] = (self.amounts @ np.array(prices)).tolist()
        begin, end = ({node: _sum(one, prices) for node, one in doors.items()} for doors in (self.begin, self.end))
        queue = [(cost, node) for node, cost in begin.items()]
        heapq.heapify(queue)
        reached, before = dict(begin), dict[int, tuple[int, int]]()
        best, last = inf, -1
        while queue:
            cost, node = heapq.heappop(queue)
            if cost >= best:
                break
            if cost > reached[node]:
                continue
            if node in end and cost + end[node] < best:
                best, last = cost + end[node], node
            for head, number in self.pieces.get(node, ()):
                there = cost + costs[number]
                if there < reached.get(head, inf):
                    reached[head], before[head] = there, (node, number)
                    heapq.heappush(queue, (there, head))
        if last < 0:
            return None
        numbers, node = list[int](), last
        while node in before:
            node, number = before[node]
            numbers.append(number)
        some = [self.arcs[self.starts[number] : self.starts[number + 1]] for number in reversed(numbers)]
        return np.concatenate(some) if some else np.empty(0, dtype=np.int64), node, last


def meeting(
    paths: Sequence[NDArray[np.int64]],
    amounts: NDArray[np.float64],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    doors: tuple[Mapping[int, Amounts], Mapping[int, Amounts]],
) -> Meeting:
    """The nodes where some paths meet or part, with what lies between them.

    Parameters
    ----------
    paths, amounts
        The arcs of each path, and hours, dollars and kilograms of all of them, one path after the other, shape (k, 3).
    tail, head
        The nodes that each arc of the network leads from and to.
    doors
        What beginning and ending at a node takes.

    Examples
    --------
    Two ways from 0 to 4 that meet at 2: one has the cheaper second half, the other the cheaper first half.

    >>> tail, head = np.array([0, 1, 0, 2, 3, 2]), np.array([1, 2, 2, 3, 4, 4])
    >>> costs = np.array([[1, 9, 1], [1, 9, 1], [1, 1, 1], [1, 1, 1], [9, 1, 1], [1, 9, 1]], dtype=np.float64)
    >>> nothing = (0.0, 0.0, 0.0)
    >>> found = meeting([np.array([0, 1, 3, 4]), np.array([2, 5])], costs, tail, head, ({0: nothing}, {4: nothing}))
    >>> [arcs.tolist() for arcs, _, _ in (found.best((0.0, 1.0, 0.0)), found.best((1.0, 0.0, 0.0)))]
    [[2, 3, 4], [0, 1, 5]]
    """
    every, first = np.unique(np.concatenate(paths), return_index=True)
    nodes, place = np.unique(np.concatenate([tail[every], head[every]]), return_inverse=True)
    start, goal = place[: every.size], place[every.size :]
    meets = np.any([np.bincount(one, minlength=nodes.size) != 1 for one in (start, goal)], axis=0)
    meets[np.isin(nodes, [*doors[0], *doors[1]])] = True
    # The arc before each one, itself where its piece begins; then, by jumps twice as long each time, that beginning.
    into = np.empty(nodes.size, dtype=np.int64)
    into[goal] = np.arange(every.size)
    before = np.where(meets[start], np.arange(every.size), into[start])
    steps = (~meets[start]).astype(np.int64)
    while bool(np.any(steps[before])):
        before, steps = before[before], steps + steps[before]
    order = np.lexsort((steps, before))
    begins = np.flatnonzero(steps[order] == 0)
    starts = np.append(begins, every.size)
    pieces: dict[int, list[tuple[int, int]]] = {}
    tails, heads = nodes[start[order[begins]]].tolist(), nodes[goal[order[starts[1:] - 1]]].tolist()
    for number, (one, other) in enumerate(zip(tails, heads, strict=True)):
        pieces.setdefault(one, []).append((other, number))
    return Meeting(pieces, every[order], starts, np.add.reduceat(amounts[first[order]], begins), *doors)


def _sum(amounts: Amounts, prices: Prices) -> float:
    return sum(one * price for one, price in zip(amounts, prices, strict=True))
