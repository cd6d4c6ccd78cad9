"""The cheapest path through a chain of stops, each of which may be passed in several ways.

A stop is a set of ways: enter the way's first node, use its arcs, go on from its last. The chain is solved by
dynamic programming over many-to-many distances (exact for the given weighting).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.engine import UNREACHABLE, Engine


@dataclass(frozen=True, slots=True)
class Way:
    """One way to pass a stop: from node `enter` over `arcs` to node `leave`, at `units` of weight."""

    enter: int
    leave: int
    units: int = 0
    arcs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chained:
    """A path through all stops: its weight, its arcs, which way it took at each stop and where that way begins."""

    units: int
    arcs: NDArray[np.int64]
    ways: tuple[Way, ...]
    starts: tuple[int, ...]
    """For each stop the number of arcs before it; for the last, all of them."""


BIG = np.iinfo(np.int64).max // 4


def best_chain(engine: Engine, stops: Sequence[Sequence[Way]]) -> Chained | None:
    """The cheapest path that passes the stops in order, or None.

    The first stop holds the ways to begin, the last the ways to end. Ties go to the earlier way.
    """
    if any(not stop for stop in stops):
        return None
    best = np.array([way.units for way in stops[0]], dtype=np.int64)
    choices: list[NDArray[np.int64]] = []
    for before, after in itertools.pairwise(stops):
        between = engine.distances(
            np.array([way.leave for way in before], dtype=np.int64),
            np.array([way.enter for way in after], dtype=np.int64),
        )
        total = np.where(between == UNREACHABLE, BIG, best[:, None] + between)
        total = np.minimum(total, BIG)
        choice = np.argmin(total, axis=0)
        choices.append(choice)
        reached = total[choice, np.arange(len(after))]
        inner = np.array([way.units for way in after], dtype=np.int64)
        best = np.where(reached >= BIG, BIG, reached + inner)
        if bool(np.all(best >= BIG)):
            return None
    last = int(np.argmin(best))
    total_units = int(best[last])
    picked = [last]
    for choice in reversed(choices):
        picked.append(int(choice[picked[-1]]))
    picked.reverse()
    ways = tuple(stop[i] for stop, i in zip(stops, picked, strict=True))
    pieces: list[NDArray[np.int64]] = [np.array(ways[0].arcs, dtype=np.int64)]
    length = len(ways[0].arcs)
    starts = [0]
    for here, there in itertools.pairwise(ways):
        path = engine.path(here.leave, there.enter)
        if path is None:
            return None
        pieces += [path.arcs, np.array(there.arcs, dtype=np.int64)]
        starts.append(length + path.arcs.size)
        length = starts[-1] + len(there.arcs)
    return Chained(total_units, np.concatenate(pieces), ways, tuple(starts))
