"""Leave out lanes at sea that lie on no shortest way between two ports, whichever straits and canals are shut.

Four in five of the straight lines drawn between lanes shorten no way from port to port. They cost every search time:
the denser the sea is, the more arcs a question looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from network.layer import Layer

MOST_SHUT = 2
"""So many straits and canals are shut at once at most."""
LEAST_KM = 1e-3
"""A lane of no length would be no lane to the search."""


@dataclass(frozen=True)
class Lanes:
    """The lanes of the sea in both directions, those of an edge `count` apart, and the ports that they join."""

    size: int
    ends: np.ndarray  # shape (2 count, 2)
    km: np.ndarray
    passage: np.ndarray  # number of the strait or canal from 0 on, -1 where there is none
    ports: np.ndarray

    @property
    def count(self) -> int:
        return len(self.ends) // 2

    def used(self, shut: Iterable[int]) -> np.ndarray:
        """For each edge from how many ports a shortest way to some port takes it, with some passages shut."""
        open_ = np.flatnonzero(~np.isin(self.passage, list(shut)))
        tail, head = self.ends[open_].T
        graph = csr_array((self.km[open_], (tail, head)), shape=(self.size, self.size))
        before = dijkstra(graph, indices=self.ports, return_predecessors=True)[1]
        key = tail * self.size + head
        order = np.argsort(key)
        key, arcs = key[order], open_[order] % self.count
        found = np.zeros(self.count, dtype=np.int64)
        for row in before:
            at, seen = self.ports, np.zeros(self.size, dtype=bool)
            while (at := np.unique(at[(row[at] >= 0) & ~seen[at]])).size:
                seen[at] = True
                found[arcs[np.searchsorted(key, row[at].astype(np.int64) * self.size + at)]] += 1
                at = row[at]
        return found


def trim(layer: Layer, ports: Iterable[int], kept: Iterable[tuple[int, int]]) -> None:
    """Drop the edges that no way needs, but those that are kept in any case."""
    keys, edges = list(layer.edges), list(layer.edges.values())
    names = {ref: number for number, ref in enumerate(dict.fromkeys(edge.ref for edge in edges if edge.ref))}
    passage = np.array([names.get(edge.ref, -1) for edge in edges])
    there = np.array(keys, dtype=np.int64)
    km = np.array([edge.km for edge in edges]) + LEAST_KM
    ends = np.concatenate([there, there[:, ::-1]])
    lanes = Lanes(layer.n, ends, np.tile(km, 2), np.tile(passage, 2), np.array(sorted(ports)))
    needed = np.zeros(len(keys), dtype=bool)
    for used in shut_by_turns(lanes):
        needed |= used > 0
    stay = set(kept)
    for key, need in zip(keys, needed.tolist(), strict=True):
        if not need and key not in stay:
            layer.drop_edge(*key)


def shut_by_turns(lanes: Lanes) -> Iterator[np.ndarray]:
    """The use of lanes with nothing shut, each passage shut, and those that ships then take instead shut too."""
    first = lanes.used(())
    yield first
    asked: set[frozenset[int]] = set()
    turn = [(frozenset((name,)), first) for name in range(1 + lanes.passage.max())]
    while turn:
        shut, usual = turn.pop()
        if shut in asked:
            continue
        asked.add(shut)
        used = lanes.used(shut)
        yield used
        if len(shut) < MOST_SHUT:
            turn += [(shut | {name}, used) for name in _busier(lanes, usual, used)]


def _busier(lanes: Lanes, usual: np.ndarray, used: np.ndarray) -> Sequence[int]:
    """The passages that more ports need than did before."""
    at = 1 + lanes.passage[: lanes.count]
    return np.flatnonzero((np.bincount(at, used) > np.bincount(at, usual))[1:]).tolist()
