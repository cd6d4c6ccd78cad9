"""How much two paths run the same way, seen from far enough that parallel lanes and lines count as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from landbridge.network import Network

CELL_DEG = 1.0
STEP_KM = 40.0


def cells(network: Network, arcs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The cells of a coarse grid that a path passes, ascending, and its kilometres in each."""
    km = network.km[arcs].astype(np.float64)
    steps = np.maximum(1, np.ceil(km / STEP_KM)).astype(np.int64)
    owner = np.repeat(np.arange(arcs.size), steps)
    first = np.repeat(np.cumsum(steps) - steps, steps)
    share = (np.arange(owner.size) - first + 0.5) / steps[owner]
    tail, head = network.tail[arcs][owner], network.head[arcs][owner]
    lat = network.lat[tail] + share * (network.lat[head] - network.lat[tail])
    turn = network.lon[head] - network.lon[tail]
    turn = turn - 360.0 * np.round(turn / 360.0)
    lon = network.lon[tail] + share * turn
    numbers = _number(np.floor((lat + 90.0) / CELL_DEG), np.floor((lon + 180.0) / CELL_DEG))
    found, place = np.unique(numbers, return_inverse=True)
    return found, np.bincount(place, weights=(km / steps)[owner]).astype(np.float64)


def shared(
    one: tuple[NDArray[np.int64], NDArray[np.float64]], other: tuple[NDArray[np.int64], NDArray[np.float64]]
) -> float:
    """Share of the shorter path's kilometres in the cells, or next to the cells, of the other."""
    if one[1].sum() > other[1].sum():
        one, other = other, one
    total = float(one[1].sum())
    return float(one[1][np.isin(one[0], _dilated(other[0]))].sum()) / total if total > 0.0 else 1.0


def marks_shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the transit areas and passages of two routes that both have (Jaccard index); 1 when neither has any.

    Examples
    --------
    >>> marks_shared(frozenset({"suez", "hormuz"}), frozenset({"hormuz"}))
    0.5
    """
    union = one | other
    return len(one & other) / len(union) if union else 1.0


def _number(row: NDArray[np.float64], column: NDArray[np.float64]) -> NDArray[np.int64]:
    return row.astype(np.int64) * 1000 + column.astype(np.int64) % 360


def _dilated(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    row, column = np.divmod(numbers, 1000)
    return np.unique(np.concatenate([(row + i) * 1000 + (column + j) % 360 for i in (-1, 0, 1) for j in (-1, 0, 1)]))
