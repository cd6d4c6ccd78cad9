"""Write the order of the packaged network for the contraction hierarchy; run it after tools/build_network.py.

The order is by nested dissection (George 1973) as METIS finds it (Karypis and Kumar 1998), the best of a few tries by
the mean number of arcs that a question looks at (Dibbelt, Strasser and Wagner 2016). What pyroutingkit finds by itself
cuts by position alone, which does not see that rail, road and sea lie over one another: three times as many arcs.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from landbridge.network import load
from landbridge.routing import _cch
from landbridge.routing.engine import Topology
from landbridge.routing.plan import topology

TRIES = 6
SEPARATORS, REFINEMENTS = 40, 100
"""Separators that are tried at each cut, and rounds to refine each."""
UNEVEN = (150, 200, 300)
"""How uneven the parts may be, in thousandths, in turn: none of these is always best."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--tries", type=int, default=TRIES, help="how many orders to choose from (half a minute each)")
    tries = parser.parse_args().tries
    network = load()
    what = topology(network)
    best, least = None, np.inf
    for number, order in enumerate(orders(what, tries), 1):
        size = search_space(what.tail, what.head, order)
        print(f"try {number} of {tries}: a question looks at {size:,.0f} arcs on the mean from each end", flush=True)
        if size < least:
            best, least = order, size
    written = _cch.store(what, order=best)
    for old in written.parent.glob("order-*.zip"):
        if old != written:
            old.unlink()
    print(f"{written.name}: {written.stat().st_size / 1e6:.2f} MB for {network!r}")


def orders(what: Topology, tries: int) -> Iterator[NDArray[np.int64]]:
    """Orders of the nodes, the first to be contracted first; the same in each run."""
    import pymetis

    joined = coo_array((np.ones(len(what.tail)), (what.tail, what.head)), shape=(what.n, what.n)).tocsr()
    joined = (joined + joined.T).tocsr()
    joined.setdiag(0)
    joined.eliminate_zeros()
    joined.sort_indices()
    adjacency = pymetis.CSRAdjacency(joined.indptr.astype(np.int64), joined.indices.astype(np.int64))
    for number in range(tries):
        # METIS takes seed 0 for 1.
        seed, uneven = 1 + number // len(UNEVEN), UNEVEN[number % len(UNEVEN)]
        options = pymetis.Options(seed=seed, nseps=SEPARATORS, niter=REFINEMENTS, ufactor=uneven)
        yield np.asarray(pymetis.nested_dissection(adjacency, options=options)[0], dtype=np.int64)


def search_space(tail: NDArray[np.int32], head: NDArray[np.int32], order: NDArray[np.int64]) -> float:
    """Arcs that lead upwards from a node and all nodes above it in the hierarchy of an order, on the mean of nodes.

    Examples
    --------
    A line of three nodes: from the middle, contracted last, one looks at none, from each end at one.

    >>> round(search_space(np.array([0, 1]), np.array([1, 2]), np.array([0, 2, 1])), 2)
    0.67
    """
    n = len(order)
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.arange(n)
    ends = np.sort(np.stack([rank[tail], rank[head]]), axis=0)
    ends = np.unique(ends[:, ends[0] != ends[1]], axis=1)
    start = np.searchsorted(ends[0], np.arange(n + 1))
    above = [set(ends[1, start[node] : start[node + 1]].tolist()) for node in range(n)]
    parent = [-1] * n
    for node in range(n):
        if above[node]:
            parent[node] = min(above[node])
            above[parent[node]] |= above[node] - {parent[node]}
    looked_at = [0] * n
    for node in reversed(range(n)):
        looked_at[node] = len(above[node]) + (looked_at[parent[node]] if parent[node] >= 0 else 0)
    return sum(looked_at) / n


if __name__ == "__main__":
    main()
