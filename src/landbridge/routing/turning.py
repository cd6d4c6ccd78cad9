"""Which paths turn back: over the same links, by one post twice, into a strait and out again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.network import KINDS, MODES
from landbridge.routing.thresholds import thresholds

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.plan import Plan

CROSSING, PASSAGE, FERRY, TRANSFER = (KINDS.index(kind) for kind in ("crossing", "passage", "ferry", "transfer"))
AFLOAT = np.array([mode in ("sea", "river") for mode in MODES])
LAND = np.array([mode in ("rail", "road") for mode in MODES])
PASSES = np.array([kind in ("crossing", "passage", "ferry") for kind in KINDS])
LANDS = np.array([kind in ("transfer", "ferry") for kind in KINDS])


def turns_back(the_plan: Plan, arcs: NDArray[np.int64], calls: int = 0) -> bool:
    """Whether a path runs a noticeable way to and fro or in a loop, or passes a post, strait or quay twice.

    At each of `calls` places it may leave its way for a terminal as near as those that stand for the place.
    """
    network, limits = the_plan.network, thresholds(the_plan.world.facts)
    # Nine in ten of those that turn back are told by this, which takes the least time.
    if revisits(the_plan, arcs):
        return True
    nodes = np.append(network.tail[arcs], network.head[arcs[-1:]])
    # A path that comes to no node twice runs neither to and fro nor in a loop.
    if _twice(nodes):
        km = network.km[arcs].astype(np.float64)
        allowed = limits.turn_share * float(km.sum()) + limits.turn_km + 2.0 * limits.place_km * calls
        order = np.argsort(nodes, kind="stable")
        if _to_and_fro_km(network, arcs, nodes, order, km) > allowed:
            return True
        if _longest_loop_km(nodes, order[order < arcs.size], km) > allowed:
            return True
    return _in_and_out(network, arcs, limits.through_share, limits.turn_km)


def _twice(values: NDArray[Any]) -> bool:
    """Whether a value comes more than once."""
    ordered = np.sort(values)
    return bool((ordered[1:] == ordered[:-1]).any())


def revisits(the_plan: Plan, arcs: NDArray[np.int64]) -> bool:
    """Whether a path passes the same border post, strait or ferry twice, or goes over the quays of a port twice."""
    network = the_plan.network
    positions, spots = _spots(network, arcs)
    if not _twice(spots):
        return False
    apart = thresholds(the_plan.world.facts).turn_km
    done = np.concatenate(([0.0], np.cumsum(network.km[arcs], dtype=np.float64)))
    last: dict[int, float] = {}
    for position, spot in zip(positions.tolist(), spots.tolist(), strict=True):
        # Beside a strait or a port ships pass it in several links; a post is one.
        if spot in last and (done[position] - last[spot] > apart or network.kind[arcs[position]] == CROSSING):
            return True
        last[spot] = float(done[position + 1])
    return False


def _spots(network: Network, arcs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What is passed, as positions of arcs in order and a number of each thing; the two quays of an arc as two."""
    first, second = (codes[arcs] for codes in codes_of(network))
    one, other = np.flatnonzero(first), np.flatnonzero(second)
    positions = np.concatenate([one, other])
    order = np.argsort(positions, kind="stable")
    return positions[order], np.concatenate([first[one], second[other]])[order].astype(np.int64)


@lru_cache(maxsize=8)
def codes_of(network: Network) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """For each arc numbers of what it passes, 0 for none: rows of posts, straits and ferries above 0, quays below.

    An arc over a quay may join two ports; it passes one that is at both its ends once.
    """
    first, second = np.zeros(network.m, dtype=np.int32), np.zeros(network.m, dtype=np.int32)
    rows = np.flatnonzero(PASSES[network.kind] & (network.ref >= 0))
    first[rows] = network.ref[rows] + 1
    quays = np.flatnonzero(network.kind == TRANSFER)
    tails, heads = network.tail[quays], network.head[quays]
    landing = AFLOAT[network.node_mode[tails]] ^ AFLOAT[network.node_mode[heads]]
    quays, tails, heads = quays[landing], tails[landing], heads[landing]
    first[quays] = -1 - network.node_terminal[tails]
    other = network.node_terminal[heads]
    second[quays] = np.where(other == network.node_terminal[tails], 0, -1 - other)
    return first, second


def _in_and_out(network: Network, arcs: NDArray[np.int64], least: float, beside_km: float) -> bool:
    """Whether a path goes into a strait or canal and out again on the side it came from.

    So short a way off it as `beside_km` is none: the gate of a corridor stands beside the lane.
    """
    passing = np.flatnonzero(network.kind[arcs] == PASSAGE)
    if not passing.size:
        return False
    refs, km = network.ref[arcs[passing]], network.km[arcs]
    done = np.concatenate(([0.0], np.cumsum(km, dtype=np.float64)))
    apart = (done[passing[1:]] - done[passing[:-1] + 1] > beside_km) | (np.diff(refs) != 0)
    first = passing[np.concatenate(([True], apart))]
    last = passing[np.concatenate((apart, [True]))]
    start, end = network.tail[arcs[first]], network.head[arcs[last]]
    across = great_circle_km(network.lat[start], network.lon[start], network.lat[end], network.lon[end])
    rows = network.ref[arcs[first]] >= 0
    for begin, stop, has_row, far in zip(first.tolist(), last.tolist(), rows.tolist(), across.tolist(), strict=True):
        if has_row and far < least * float(km[begin : stop + 1].sum()):
            return True
    return False


def _to_and_fro_km(
    network: Network,
    arcs: NDArray[np.int64],
    nodes: NDArray[np.int32],
    order: NDArray[np.intp],
    km: NDArray[np.float64],
) -> float:
    """How many kilometres of a path are links that it passes both ways: one of their ends comes twice."""
    same = nodes[order[1:]] == nodes[order[:-1]]
    again = np.zeros(nodes.size, dtype=np.bool_)
    again[order[1:][same]] = again[order[:-1][same]] = True
    some = np.flatnonzero(again[:-1] | again[1:])
    both = among(network.twin[arcs[some]], np.sort(arcs[some]))
    return float(km[some[both]].sum())


def _longest_loop_km(nodes: NDArray[np.int32], order: NDArray[np.intp], km: NDArray[np.float64]) -> float:
    """The longest way between two visits of one node; `order` puts those that count in order, the first visit first."""
    ordered = nodes[order]
    new = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    done = np.concatenate(([0.0], np.cumsum(km)))
    first, last = order[new], order[np.append(new[1:], order.size) - 1]
    return float((done[last] - done[first]).max())


def among(values: NDArray[Any], ordered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of some values are among others that are in order."""
    if not ordered.size:
        return np.zeros(values.shape, dtype=np.bool_)
    place = np.minimum(np.searchsorted(ordered, values), ordered.size - 1)
    return np.asarray(ordered[place] == values, dtype=np.bool_)
