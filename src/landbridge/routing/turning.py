"""Which paths turn back: over the same links, by one post twice, into a strait and out again, beside themselves."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import EARTH_RADIUS_KM, great_circle_km
from landbridge.network import KINDS, MODES
from landbridge.routing.thresholds import thresholds

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.plan import Plan

CROSSING, PASSAGE, FERRY, TRANSFER = (KINDS.index(kind) for kind in ("crossing", "passage", "ferry", "transfer"))
AFLOAT = np.array([mode in ("sea", "river") for mode in MODES])
PASSES = np.array([kind in ("crossing", "passage", "ferry") for kind in KINDS])


def turns_back(the_plan: Plan, arcs: NDArray[np.int64], calls: int = 0) -> bool:
    """Whether a path runs a noticeable way to and fro or in a loop, or passes a post, strait or quay twice.

    At each of `calls` places it may leave its way for a terminal as near as those that stand for the place.
    """
    network, limits = the_plan.network, thresholds(the_plan.world.facts)
    km = network.km[arcs].astype(np.float64)
    allowed = limits.turn_share * float(km.sum()) + limits.turn_km + 2.0 * limits.place_km * calls
    both = _among(network.twin[arcs], np.sort(arcs))
    if float(km[both].sum()) > allowed or _longest_loop_km(network.tail[arcs], km) > allowed:
        return True
    return revisits(the_plan, arcs) or _in_and_out(network, arcs, limits.through_share)


def revisits(the_plan: Plan, arcs: NDArray[np.int64]) -> bool:
    """Whether a path passes the same border post, strait or ferry twice, or goes over the quays of a port twice."""
    network = the_plan.network
    apart = thresholds(the_plan.world.facts).turn_km
    done = np.concatenate(([0.0], np.cumsum(network.km[arcs], dtype=np.float64)))
    last: dict[tuple[str, int], float] = {}
    for position, spot in _spots(network, arcs):
        # Beside a strait or a port ships pass it in several links; a post is one.
        if spot in last and (done[position] - last[spot] > apart or network.kind[arcs[position]] == CROSSING):
            return True
        last[spot] = float(done[position + 1])
    return False


def _spots(network: Network, arcs: NDArray[np.int64]) -> list[tuple[int, tuple[str, int]]]:
    """What is passed, by the position of the arc: rows of posts, straits and ferries, and ports where cargo lands."""
    found: list[tuple[int, tuple[str, int]]] = []
    kinds = network.kind[arcs]
    tails, heads = network.tail[arcs], network.head[arcs]
    changes = kinds == TRANSFER
    changes &= AFLOAT[network.node_mode[tails]] ^ AFLOAT[network.node_mode[heads]]
    passes = PASSES[kinds] & (network.ref[arcs] >= 0)
    for position in np.flatnonzero(passes | changes).tolist():
        if passes[position]:
            found.append((position, ("ref", int(network.ref[arcs[position]]))))
        else:
            ends = (int(network.node_terminal[node]) for node in (tails[position], heads[position]))
            found.extend((position, ("quay", number)) for number in dict.fromkeys(ends) if number >= 0)
    return found


def _in_and_out(network: Network, arcs: NDArray[np.int64], least: float) -> bool:
    """Whether a path goes into a strait or canal and out again on the side it came from."""
    refs = np.where(network.kind[arcs] == PASSAGE, network.ref[arcs], -1)
    km = network.km[arcs]
    for run in np.split(np.arange(arcs.size), np.flatnonzero(np.diff(refs)) + 1):
        if not run.size or refs[run[0]] < 0:
            continue
        first, last = network.tail[arcs[run[0]]], network.head[arcs[run[-1]]]
        across = great_circle_km(network.lat[first], network.lon[first], network.lat[last], network.lon[last])
        if float(across) < least * float(km[run].sum()):
            return True
    return False


def _longest_loop_km(nodes: NDArray[np.int32], km: NDArray[np.float64]) -> float:
    """The longest way between two visits of one node."""
    ordered = np.sort(nodes)
    if not bool(np.any(ordered[1:] == ordered[:-1])):
        return 0.0
    done = np.concatenate(([0.0], np.cumsum(km)))
    seen: dict[int, int] = {}
    longest = 0.0
    for position, node in enumerate(nodes.tolist()):
        if node in seen:
            longest = max(longest, float(done[position] - done[seen[node]]))
        else:
            seen[node] = position
    return longest


def walked_back(
    the_plan: Plan, arcs: NDArray[np.int64], first: int, last: int, known: dict[bytes, NDArray[np.int64]]
) -> bool:
    """Whether the way to the first gate of a chain and the way from its last run beside each other for the most part.

    Parameters
    ----------
    first, last
        Positions in `arcs` at which the first gate is entered and the last one left.
    known
        The cells that parts looked at before run through; those of this path are added.
    """
    limits = thresholds(the_plan.world.facts)
    network = the_plan.network
    before, after = arcs[:first], arcs[last:]
    shorter = min(float(network.km[part].sum(dtype=np.float64)) for part in (before, after))
    if shorter < limits.beside_least_km:
        return False
    for part in (before, after):
        if part.tobytes() not in known:
            known[part.tobytes()] = _cells(network, part, limits.beside_km)
    one, other = (known[part.tobytes()] for part in (before, after))
    if one.size > other.size:
        one, other = other, one
    beside = _among(one[:, None] + _AROUND[None, :], other).any(axis=1)
    return float(beside.mean()) >= limits.beside_share


def _among(values: NDArray[Any], ordered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of some values are among others that are in order."""
    if not ordered.size:
        return np.zeros(values.shape, dtype=np.bool_)
    place = np.minimum(np.searchsorted(ordered, values), ordered.size - 1)
    return np.asarray(ordered[place] == values, dtype=np.bool_)


_SPAN = 4096
"""More cells than the globe has from one side to the other."""
_AROUND = np.array([(i * _SPAN + j) * _SPAN + k for i, j, k in itertools.product((-1, 0, 1), repeat=3)])
"""From a cell to itself and its neighbours."""


def _cells(network: Network, arcs: NDArray[np.int64], size_km: float) -> NDArray[np.int64]:
    """The cells of a grid through the globe that a path runs through, a point each `size_km`."""
    steps = np.maximum(np.ceil(network.km[arcs] / size_km).astype(np.int64), 1)
    arc = np.repeat(np.arange(arcs.size), steps)
    along = (np.arange(arc.size) - np.repeat(np.cumsum(steps) - steps, steps)) / steps[arc]
    tail, head = (_on_globe(network, nodes[arcs]) for nodes in (network.tail, network.head))
    points = tail[arc] * (1.0 - along[:, None]) + head[arc] * along[:, None]
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    x, y, z = (np.floor(points * EARTH_RADIUS_KM / size_km).astype(np.int64) + _SPAN // 2).T
    return np.asarray(np.unique((x * _SPAN + y) * _SPAN + z))


def _on_globe(network: Network, nodes: NDArray[np.int32]) -> NDArray[np.float64]:
    lat, lon = (np.radians(values[nodes].astype(np.float64)) for values in (network.lat, network.lon))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
