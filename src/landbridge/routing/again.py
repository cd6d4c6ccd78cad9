"""Ways that nobody would sell: out of a mode and back into it at one place, out of a country and back into it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge import shelf
from landbridge.routing.turning import CROSSING, LAND, LANDS, PASSES, TRANSFER

if TYPE_CHECKING:
    from landbridge.network import Network


def bounces(network: Network, arcs: NDArray[np.int64], within_km: float) -> bool:
    """Whether goods leave a mode and come back into it with hardly any way between: all that is paid for nothing.

    Parameters
    ----------
    within_km
        So long a way by the other mode is none, where no border, strait or ferry lies on it.
    """
    before, after = network.node_mode[network.tail[arcs]], network.node_mode[network.head[arcs]]
    changes = np.flatnonzero((network.kind[arcs] == TRANSFER) & (before != after))
    if changes.size < 2:
        return False
    back = before[changes[:-1]] == after[changes[1:]]
    done = np.concatenate(([0.0], np.cumsum(network.km[arcs], dtype=np.float64)))
    short = done[changes[1:]] - done[changes[:-1] + 1] < within_km
    passed = np.concatenate(([0], np.cumsum(PASSES[network.kind[arcs]])))
    return bool(np.any(back & short & (passed[changes[1:]] == passed[changes[:-1]])))


def comes_back(network: Network, arcs: NDArray[np.int64]) -> bool:
    """Whether a path enters by land an area that it had left, though the area's own railways and roads lead there.

    An exclave is no such case, nor is a ship that calls at two ports of one area. The port where a way begins or ends
    counts for the ground that it stands on, and so does one where the ship is changed.
    """
    nodes = np.append(network.tail[arcs], network.head[arcs[-1:]])
    parts = grounds(network)[nodes]
    at_quay = np.zeros(nodes.size, dtype=np.bool_)
    at_quay[[0, -1]] = True
    at_quay[1:] |= LANDS[network.kind[arcs]]
    quays = np.flatnonzero(at_quay & (parts < 0))
    parts[quays] = _ashore(network)[network.node_terminal[nodes[quays]]]
    parts = parts[parts >= 0]
    stays = parts[np.concatenate(([True], parts[1:] != parts[:-1]))] if parts.size else parts
    return np.unique(stays).size < stays.size


@lru_cache(maxsize=4)
def grounds(network: Network) -> NDArray[np.int32]:
    """For each node the connected part of its area's own railways and roads, shape (n,); -1 off land."""
    known = shelf.fetch("grounds", (network.id,))
    if known is None:
        known = shelf.keep("grounds", (network.id,), None, {"part": _grounds(network)})
    found: NDArray[np.int32] = known.arrays["part"]
    found.setflags(write=False)
    return found


@lru_cache(maxsize=4)
def _ashore(network: Network) -> NDArray[np.int32]:
    """For each terminal the part of its area that it stands on, -1 where it has no railway or road; and one more -1."""
    parts = grounds(network)
    found = np.full(len(network.terminals) + 1, -1, dtype=np.int32)
    some = np.flatnonzero((parts >= 0) & (network.node_terminal >= 0))
    found[network.node_terminal[some]] = parts[some]
    return found


def _grounds(network: Network) -> NDArray[np.int32]:
    from landbridge.network import pieces

    area = network.node_area.astype(np.int64)
    land = LAND[network.node_mode] & (area >= 0)
    own = land[network.tail] & land[network.head] & (area[network.tail] == area[network.head])
    own &= network.kind != CROSSING
    return np.where(land, pieces(network, own), -1).astype(np.int32)
