"""Where an arc runs: its polyline for maps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.network.model import Network

SHAPE_STEP_DEG = 0.01
"""Bends between the ends are stored as steps in hundredths of a degree from the tail."""


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
    tail, head, twin = network.tail[arcs], network.head[arcs], network.twin[arcs]
    back = (twin >= 0) & (tail > head)
    stored = np.where(back, twin, arcs)
    start = network.shape_start[stored].astype(np.int64)
    count = network.shape_start[stored + 1] - start
    offset = np.concatenate(([0], np.cumsum(count))).astype(np.int64)
    owner = np.repeat(np.arange(arcs.size), count)
    within = np.arange(int(offset[-1])) - offset[owner]
    steps = network.shape.reshape(-1, 2)[start[owner] + within].astype(np.int64)
    run = np.concatenate((np.zeros((1, 2), dtype=np.int64), np.cumsum(steps, axis=0)))
    steps = run[1:] - run[offset[owner]]
    first = np.where(back, head, tail)[owner]
    begin = np.stack([network.lat[first], network.lon[first]], axis=1).astype(np.float64)
    bends = np.round(begin / SHAPE_STEP_DEG) * SHAPE_STEP_DEG + steps * SHAPE_STEP_DEG
    place = offset[owner] + np.where(back[owner], count[owner] - 1 - within, within) + owner + 1
    points = np.empty((int(offset[-1]) + arcs.size + 1, 2), dtype=np.float64)
    points[place] = bends
    nodes = np.concatenate((tail[:1], head))
    joints = np.concatenate(([0], offset[1:] + np.arange(1, arcs.size + 1)))
    points[joints, 0], points[joints, 1] = network.lat[nodes], network.lon[nodes]
    if not bool(np.any(np.abs(np.diff(points[:, 1])) > 180.0)):
        return points
    lines = [arc_points(network, arc) for arc in arcs.tolist()]
    return np.vstack([lines[0], *(line[1:] for line in lines[1:])])
