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


@dataclass(frozen=True, eq=False, slots=True)
class Stop:
    """The ways to pass a stop, with their nodes and weights as arrays: made once where a stop is asked for often."""

    ways: tuple[Way, ...]
    enter: NDArray[np.int64]
    leave: NDArray[np.int64]
    units: NDArray[np.int64]


NAMES = ("enter", "leave", "units")


def stop_of(ways: Sequence[Way] | Stop) -> Stop:
    """The ways of a stop with their arrays."""
    if isinstance(ways, Stop):
        return ways
    enter, leave, units = (np.array([getattr(way, name) for way in ways], dtype=np.int64) for name in NAMES)
    return Stop(tuple(ways), enter, leave, units)


def _solved(engine: Engine, stops: Sequence[Stop]) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]] | None:
    """The least weight up to each way of the last stop, and for each way of each stop the best way of the one before.

    None where no path passes all stops.
    """
    if any(not stop.ways for stop in stops):
        return None
    best = stops[0].units
    choices: list[NDArray[np.int64]] = []
    for before, after in itertools.pairwise(stops):
        between = engine.distances(before.leave, after.enter)
        total = np.where(between == UNREACHABLE, BIG, best[:, None] + between)
        choices.append(total.argmin(axis=0))
        best = np.minimum(total.min(axis=0), BIG)
        best = np.where(best >= BIG, BIG, best + after.units)
        if int(best.min()) >= BIG:
            return None
    return best, choices


def chain_units(engine: Engine, stops: Sequence[Stop]) -> int | None:
    """The weight of the cheapest path that passes the stops in order, or None."""
    solved = _solved(engine, stops)
    return None if solved is None else int(solved[0].min())


def best_chain(engine: Engine, stops: Sequence[Sequence[Way] | Stop]) -> Chained | None:
    """The cheapest path that passes the stops in order, or None.

    The first stop holds the ways to begin, the last the ways to end. Ties go to the earlier way.
    """
    ready = [stop_of(stop) for stop in stops]
    solved = _solved(engine, ready)
    if solved is None:
        return None
    best, choices = solved
    last = int(np.argmin(best))
    total_units = int(best[last])
    picked = [last]
    for choice in reversed(choices):
        picked.append(int(choice[picked[-1]]))
    picked.reverse()
    ways = tuple(stop.ways[i] for stop, i in zip(ready, picked, strict=True))
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
