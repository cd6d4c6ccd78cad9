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
