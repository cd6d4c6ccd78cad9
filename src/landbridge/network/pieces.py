"""The pieces that some arcs of a network fall into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from landbridge.network.model import Network


def pieces(network: Network, arcs: NDArray[np.bool_]) -> NDArray[np.int32]:
    """A number for each node: those of one number are joined by the arcs told, whichever way these lead, shape (n,).

    Parameters
    ----------
    arcs
        Which arcs join, shape (m,). A node that none of them touches is a piece of its own.

    Examples
    --------
    >>> from landbridge.network.store import load
    >>> network = load()
    >>> alone = pieces(network, np.zeros(network.m, dtype=np.bool_))
    >>> np.unique(alone).size == network.n
    True
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    ends = (network.tail[arcs], network.head[arcs])
    graph = csr_array((np.ones(ends[0].size, dtype=np.int8), ends), shape=(network.n, network.n))
    _, found = connected_components(graph, directed=False)
    return np.asarray(found, dtype=np.int32)
