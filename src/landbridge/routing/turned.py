"""Which of many paths turn back, looked at all at once; what is too close to call is looked at singly by `turning`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.routing.thresholds import thresholds
from landbridge.routing.turning import CROSSING, PASSAGE, among, codes_of, turns_back

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.plan import Plan
    from landbridge.routing.thresholds import Thresholds

SPOTS = 1 << 24
"""More than twice as many as there are posts, straits, ferries and quays."""
CLOSE = 1e-4
"""More than sums of kilometres differ by the order in which they are added."""


@dataclass(frozen=True, eq=False, slots=True)
class Paths:
    """Some paths one after the other.

    Parameters
    ----------
    arcs, owner
        Their arcs, and for each the number of its path.
    ends
        Where each path ends among the arcs.
    km, done
        The length of each arc, and the kilometres before it, those of the paths before included; one more at the end.
    """

    network: Network
    arcs: NDArray[np.int64]
    owner: NDArray[np.int64]
    ends: NDArray[np.int64]
    km: NDArray[np.float64]
    done: NDArray[np.float64]


def turning_back(the_plan: Plan, paths: Sequence[Sequence[NDArray[np.int64]]]) -> list[bool]:
    """Which of some paths, each put together of pieces, turn back: `turns_back` of each.

    Examples
    --------
    >>> from landbridge.routing import RouteQuestion
    >>> from landbridge.routing.answering import prepare
    >>> from landbridge.world import World
    >>> the_plan = prepare(World.at("2025-06-01"), RouteQuestion("Baku", "Tbilisi")).plan
    >>> arc = np.flatnonzero(the_plan.network.km > 900.0)[:1]
    >>> turning_back(the_plan, [(arc,), (arc, the_plan.network.twin[arc])])
    [False, True]
    """
    if not paths:
        return []
    network, limits = the_plan.network, thresholds(the_plan.world.facts)
    arcs = np.concatenate([piece for path in paths for piece in path])
    sizes = np.array([sum(piece.size for piece in path) for path in paths], dtype=np.int64)
    km = network.km[arcs].astype(np.float64)
    done = np.concatenate(([0.0], np.cumsum(km)))
    owner = np.repeat(np.arange(sizes.size, dtype=np.int64), sizes)
    some = Paths(network, arcs, owner, np.cumsum(sizes), km, done)
    close = np.zeros(sizes.size, dtype=np.bool_)
    surely = _passing_again(some, limits, close) | _to_and_fro(some, limits, close) | _in_and_out(some, limits, close)
    for number in np.flatnonzero(close & ~surely).tolist():
        surely[number] = turns_back(the_plan, np.concatenate(paths[number]))
    return [bool(one) for one in surely]


def _above(
    values: NDArray[np.float64],
    limit: NDArray[np.float64] | float,
    whose: NDArray[np.int64],
    close: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Whose values are surely above a limit; those near it are marked as close."""
    close[whose[np.abs(values - limit) <= CLOSE * np.abs(limit)]] = True
    return np.asarray(whose[values > limit])


def _passing_again(some: Paths, limits: Thresholds, close: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which pass a post, strait, ferry or quay twice: `revisits` of each."""
    found = np.zeros(close.size, dtype=np.bool_)
    first, second = (codes[some.arcs] for codes in codes_of(some.network))
    one, other = np.flatnonzero(first), np.flatnonzero(second)
    place = np.concatenate([one, other])
    spot = some.owner[place] * SPOTS + np.concatenate([first[one], second[other]])
    # Ordered by path, by what is passed and by where.
    spot, place = np.divmod(np.sort(spot * (some.arcs.size + 1) + place), some.arcs.size + 1)
    again = np.flatnonzero(spot[1:] == spot[:-1])
    before, after = place[again], place[again + 1]
    found[some.owner[after[some.network.kind[some.arcs[after]] == CROSSING]]] = True
    found[_above(some.done[after] - some.done[before + 1], limits.turn_km, some.owner[after], close)] = True
    return found


def _to_and_fro(some: Paths, limits: Thresholds, close: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which run to and fro or in a loop for more than is allowed."""
    network, count = some.network, some.arcs.size
    found = np.zeros(close.size, dtype=np.bool_)
    sizes = np.diff(some.ends, prepend=0)
    goes = np.flatnonzero(sizes)
    ends = some.ends[goes]
    node = np.concatenate(
        [some.owner * network.n + network.tail[some.arcs], goes * network.n + network.head[some.arcs[ends - 1]]]
    )
    # Ordered by path, node and visit: the arcs that leave a node, last the end of the path.
    node, visit = np.divmod(np.sort(node * node.size + np.arange(node.size)), node.size)
    same = node[1:] == node[:-1]
    again = np.concatenate(([False], same)) | np.concatenate((same, [False]))
    node, visit = node[again], visit[again]
    leaving = visit < count
    if not leaving.any():
        return found
    node, leaves = node[leaving], visit[leaving]
    begins = np.flatnonzero(np.concatenate(([True], node[1:] != node[:-1])))
    first, last = leaves[begins], leaves[np.append(begins[1:], leaves.size) - 1]
    length = some.done[some.ends] - some.done[some.ends - sizes]
    allowed = limits.turn_share * length + limits.turn_km
    whose = some.owner[first]
    found[_above(some.done[last] - some.done[first], allowed[whose], whose, close)] = True
    # Links that are passed both ways begin and end where the path comes twice.
    coming = leaves[(leaves > 0) & (some.owner[leaves] == some.owner[leaves - 1])] - 1
    beside = np.unique(np.concatenate([leaves, coming, ends[visit[~leaving] - count] - 1]))
    links, whose = some.arcs[beside], some.owner[beside]
    both = among(whose * network.m + network.twin[links], np.sort(whose * network.m + links))
    twice = np.bincount(whose[both], weights=some.km[beside[both]], minlength=close.size)
    found[_above(np.asarray(twice, dtype=np.float64), allowed, np.arange(close.size), close)] = True
    return found


def _in_and_out(some: Paths, limits: Thresholds, close: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which go into a strait or canal and out again on the side they came from."""
    network, arcs = some.network, some.arcs
    found = np.zeros(close.size, dtype=np.bool_)
    passing = np.flatnonzero(network.kind[arcs] == PASSAGE)
    if not passing.size:
        return found
    refs, whose = network.ref[arcs[passing]], some.owner[passing]
    between = some.done[passing[1:]] - some.done[passing[:-1] + 1]
    close[whose[1:][np.abs(between - limits.turn_km) <= CLOSE * limits.turn_km]] = True
    apart = (between > limits.turn_km) | (np.diff(refs) != 0) | (np.diff(whose) != 0)
    begins = np.flatnonzero(np.concatenate(([True], apart)))
    first, last = passing[begins], passing[np.concatenate((apart, [True]))]
    start, end = network.tail[arcs[first]], network.head[arcs[last]]
    across = great_circle_km(network.lat[start], network.lon[start], network.lat[end], network.lon[end])
    rows = refs[begins] >= 0
    inside = limits.through_share * (some.done[last + 1] - some.done[first])
    found[_above(inside[rows], across[rows], whose[begins][rows], close)] = True
    return found
