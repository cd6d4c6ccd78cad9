"""Where an arc runs: its polyline for maps."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landbridge.network.model import Network

SHAPE_STEP_DEG = 0.01
"""Bends between the ends are stored as steps in hundredths of a degree from the tail."""


@lru_cache(maxsize=4)
def _spots(network: Network) -> tuple[NDArray[np.complex128], NDArray[np.bool_]]:
    """All nodes and after them all stored bends, latitude and longitude as one number; and which arcs have bends."""
    places = np.stack([network.lat, network.lon], axis=1).astype(np.float64)
    counts = np.diff(network.shape_start)
    owner = np.repeat(np.arange(counts.size), counts)
    steps = network.shape.reshape(-1, 2).astype(np.int64)
    run = np.concatenate((np.zeros((1, 2), dtype=np.int64), np.cumsum(steps, axis=0)))
    steps = run[1:] - run[network.shape_start[owner]]
    bends = np.round(places[network.tail[owner]] / SHAPE_STEP_DEG) * SHAPE_STEP_DEG + steps * SHAPE_STEP_DEG
    bent = counts > 0
    twins = np.flatnonzero(network.twin >= 0)
    bent[twins] |= bent[network.twin[twins]]
    return np.concatenate((places, bends)).view(np.complex128).reshape(-1), bent


def arc_points(network: Network, arc: int) -> NDArray[np.float64]:
    """Latitude and longitude along an arc from tail to head, one row for each point.

    Longitudes run on past 180 degrees where an arc meets the date line, so that a line stays a line.
    A pair of twins stores its bends once, under the arc that goes to the higher node.
    """
    tail, head = int(network.tail[arc]), int(network.head[arc])
    store, back = arc, False
    if network.twin[arc] >= 0 and tail > head:
        store, back = int(network.twin[arc]), True
    start, end = int(network.shape_start[store]), int(network.shape_start[store + 1])
    ends = np.array([[network.lat[n], network.lon[n]] for n in (tail, head)], dtype=np.float64)
    if end == start:
        points = ends
    else:
        first = ends[1] if back else ends[0]
        steps = np.cumsum(network.shape[start * 2 : end * 2].reshape(-1, 2).astype(np.int64), axis=0)
        bends = np.round(first / SHAPE_STEP_DEG) * SHAPE_STEP_DEG + steps * SHAPE_STEP_DEG
        points = np.vstack([ends[:1], bends[::-1] if back else bends, ends[1:]])
    jumps = np.diff(points[:, 1])
    shift = np.cumsum(np.where(jumps > 180.0, -360.0, np.where(jumps < -180.0, 360.0, 0.0)))
    points[1:, 1] += shift
    return points


def path_points(network: Network, arcs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Latitude and longitude along a path, one row for each point: those of its arcs, each joint once.

    Examples
    --------
    >>> from landbridge.network.store import load
    >>> path_points(load(), np.array([0])).tolist() == arc_points(load(), 0).tolist()
    True
    """
    spots, is_bent = _spots(network)
    bent = np.flatnonzero(is_bent[arcs])
    some = arcs[bent]
    twin = network.twin[some]
    back = (twin >= 0) & (network.tail[some] > network.head[some])
    stored = np.where(back, twin, some)
    start = network.shape_start[stored]
    count = network.shape_start[stored + 1] - start
    # The number of each point among all spots: that of a node, or of a bend that follows it.
    numbers = np.concatenate((network.tail[arcs[:1]], network.head[arcs]))
    step = np.where(back, -1, 1)
    first = network.n + np.where(back, start + count - 1, start)
    within = np.arange(int(count.sum()))
    bends = np.repeat(first - step * (np.cumsum(count) - count), count) + np.repeat(step, count) * within
    numbers = np.insert(numbers, np.repeat(bent + 1, count), bends)
    points = spots[numbers].view(np.float64).reshape(-1, 2)
    if not bool(np.any(np.abs(np.diff(points[:, 1])) > 180.0)):
        return points
    lines = [arc_points(network, arc) for arc in arcs.tolist()]
    return np.vstack([lines[0], *(line[1:] for line in lines[1:])])
