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


@dataclass(frozen=True, slots=True)
class Solved:
    """The weight of the cheapest path through all stops, and the number of the way that it takes at each."""

    units: int
    picked: tuple[int, ...]


FAR = np.int64(2) ** 56
"""Stands for no path; some dozens of them still fit."""


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


def step_between(engine: Engine, before: Stop, after: Stop) -> NDArray[np.int64]:
    """From each way of a stop to and over each of the next: weights, `FAR` where there is no path."""
    between = engine.distances(before.leave, after.enter)
    return np.where(between == UNREACHABLE, FAR, between + after.units)


def solve(first: NDArray[np.int64], steps: Sequence[NDArray[np.int64]]) -> Solved | None:
    """The cheapest path over all steps, or None. Ties go to the earlier way, at the last stop first.

    Parameters
    ----------
    first
        Weight of each way to begin.
    steps
        From the ways of each stop to those of the next, see `step_between`.
    """
    best = first
    choices: list[NDArray[np.intp]] = []
    for step in steps:
        total = best[:, None] + step
        choices.append(total.argmin(axis=0))
        best = total.min(axis=0)
    last = int(best.argmin())
    units = int(best[last])
    if units >= FAR:
        return None
    picked = [last]
    for choice in reversed(choices):
        picked.append(int(choice[picked[-1]]))
    return Solved(units, tuple(picked[::-1]))


def through(steps: Sequence[NDArray[np.int64]], ways: int) -> NDArray[np.int64]:
    """From each way of a first stop over all steps to each of the last; of a stop with so many `ways` to itself.

    Examples
    --------
    >>> through([np.array([[1, 5]]), np.array([[7], [2]])], 1).tolist(), through([], 1).tolist()
    ([[7]], [[0]])
    """
    if not steps:
        return np.where(np.eye(ways, dtype=np.bool_), 0, FAR)
    found = steps[0]
    for step in steps[1:]:
        found = (found[:, :, None] + step[None, :, :]).min(axis=1)
    return found


def picks_between(steps: Sequence[NDArray[np.int64]], first: int, last: int) -> tuple[int, ...]:
    """The ways that the cheapest path takes from one way of a first stop to one of the last; ties as in `solve`.

    Examples
    --------
    >>> picks_between([np.array([[1, 5]]), np.array([[7], [2]])], 0, 0)
    (0, 1, 0)
    """
    if not steps:
        return (first,)
    best = steps[0][first]
    choices: list[NDArray[np.intp]] = []
    for step in steps[1:]:
        total = best[:, None] + step
        choices.append(total.argmin(axis=0))
        best = total.min(axis=0)
    picked = [last]
    for choice in reversed(choices):
        picked.append(int(choice[picked[-1]]))
    return (first, *picked[::-1])


def joined(engine: Engine, stops: Sequence[Stop], picked: Sequence[int], units: int = 0) -> Chained | None:
    """The path over the ways picked at some stops, with its weight where that is known."""
    ways = tuple(stop.ways[number] for stop, number in zip(stops, picked, strict=True))
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
    return Chained(units, np.concatenate(pieces), ways, tuple(starts))


def best_chain(engine: Engine, stops: Sequence[Sequence[Way] | Stop]) -> Chained | None:
    """The cheapest path that passes the stops in order, or None.

    The first stop holds the ways to begin, the last the ways to end. Ties go to the earlier way.
    """
    ready = [stop_of(stop) for stop in stops]
    if any(not stop.ways for stop in ready):
        return None
    solved = solve(ready[0].units, [step_between(engine, one, other) for one, other in itertools.pairwise(ready)])
    return None if solved is None else joined(engine, ready, solved.picked, solved.units)
