"""Proportional mixing (Bialek 1996): what leaves a node is of the mixture that entered it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def mix(flow: Floats, tails: Ints, heads: Ints, own: Floats) -> Floats:
    """Shares of origins in each node by proportional mixing.

    Parameters
    ----------
    flow, tails, heads
        Flows between nodes [edges].
    own
        What enters each node from each origin [nodes, origins].

    Returns
    -------
    Shares [nodes, origins]; rows add up to 1 where anything enters.

    Examples
    --------
    >>> own = np.array([[6.0, 0.0], [0.0, 4.0], [0.0, 0.0]])
    >>> mix(np.array([6.0, 4.0]), np.array([0, 1]), np.array([2, 2]), own)[2].round(6).tolist()
    [0.6, 0.4]
    """
    through = own.sum(axis=1)
    np.add.at(through, heads, flow)
    on = (through[heads] > 0) & (flow > 0)
    # Most nodes let nothing through. Of so many unknowns the algebra would set threads to work, which takes longer.
    live = np.flatnonzero(through > 0)
    place = np.zeros(len(own), dtype=np.int64)
    place[live] = np.arange(len(live))
    matrix = (1.0 + 1e-12) * np.eye(len(live))
    inner = on & (through[tails] > 0)
    np.subtract.at(matrix, (place[heads[inner]], place[tails[inner]]), flow[inner] / through[heads[inner]])
    shares: Floats = np.zeros_like(own)
    shares[live] = np.clip(np.linalg.solve(matrix, own[live] / through[live, None]), 0.0, None)
    return shares


def mix_lost(flow: Floats, lost: Floats, tails: Ints, heads: Ints, own: Floats) -> Floats:
    """The share of each node's gas that came through edges which no longer let it through.

    Parameters
    ----------
    flow, lost
        Flow of each edge and the part of it that is lost [edges].
    own
        What enters each node besides [nodes].

    Examples
    --------
    >>> mix_lost(np.array([4.0]), np.array([3.0]), np.array([0]), np.array([1]), np.array([4.0, 1.0])).round(6).tolist()
    [0.0, 0.6]
    """
    entering = np.stack([own, np.zeros_like(own)], axis=1)
    np.add.at(entering[:, 1], heads, lost)
    shares: Floats = mix(flow - lost, tails, heads, entering)[:, 1]
    return shares
