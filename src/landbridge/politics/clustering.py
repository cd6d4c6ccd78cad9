"""Groups of alike things, and draws that show which of them stay: average linkage, silhouettes, modularity.

The number of groups by distance has the greatest mean width of silhouettes (Rousseeuw 1987); those of a graph come from
greedy merging of the greatest modularity (Clauset, Newman and Moore 2004), which fixes their number too. Nothing is
drawn at random: draws are hashes, so every machine finds the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def cut(distance: Floats, most: int) -> tuple[Ints, dict[int, float]]:
    """The camps with the widest silhouettes, of two camps or more, and the width by number of camps.

    Average linkage (Sokal and Michener 1958); of equal widths the fewer camps are taken.

    Examples
    --------
    >>> far = np.array([[0, 1, 9, 9], [1, 0, 9, 9], [9, 9, 0, 1], [9, 9, 1, 0]], dtype=float)
    >>> labels, tried = cut(far, 8)
    >>> labels[0] == labels[1] != labels[2] == labels[3], sorted(tried)
    (np.True_, [2, 3])
    """
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    n = len(distance)
    tree = linkage(squareform(distance, checks=False), "average")
    leaves = [[at] for at in range(n)]
    for first, second in tree[:, :2].astype(int).tolist():
        leaves.append(leaves[first] + leaves[second])
    # the last merges are undone one by one: each camp is a node of the tree, later nodes were merged later
    nodes, cuts = [2 * n - 2], {}
    for k in range(2, min(most, n - 1) + 1):
        top = max(nodes)
        nodes.remove(top)
        nodes += tree[top - n, :2].astype(int).tolist()
        labels = np.zeros(n, dtype=np.int64)
        for number, node in enumerate(nodes):
            labels[leaves[node]] = number
        cuts[k] = labels
    tried = {k: silhouette(distance, labels) for k, labels in cuts.items()}
    best = max(tried, key=lambda k: (round(tried[k], 9), -k))
    return cuts[best], tried


def silhouette(distance: Floats, labels: Ints) -> float:
    """Mean width of the silhouettes (Rousseeuw 1987); a state alone has width 0.

    Examples
    --------
    >>> far = np.array([[0, 1, 9], [1, 0, 9], [9, 9, 0]], dtype=float)
    >>> round(silhouette(far, np.array([0, 0, 1])), 3)
    0.593
    """
    groups = np.unique(labels)
    member = (labels[:, None] == groups[None, :]).astype(float)
    sizes = member.sum(axis=0)
    sums = distance @ member
    own = member.astype(bool)
    size = sizes[own.argmax(axis=1)]
    inner = sums[own] / np.maximum(size - 1, 1)
    outer = np.where(own, np.inf, sums / sizes).min(axis=1)
    wider = np.maximum(np.maximum(inner, outer), 1e-12)
    return float(np.where(size > 1, (outer - inner) / wider, 0.0).mean())


def merged(weights: Floats) -> Ints:
    """Camps of a graph by greedy merging of the pair of camps that raises modularity most (Clauset and others 2004).

    Of equal gains the first pair is merged, so the same graph gives the same camps.

    Examples
    --------
    >>> graph = np.zeros((5, 5))
    >>> for a, b in ((0, 1), (1, 2), (0, 2), (3, 4), (2, 3)):
    ...     graph[a, b] = graph[b, a] = 1
    >>> merged(graph).tolist()
    [0, 0, 0, 1, 1]
    """
    whole = weights.sum()
    n = len(weights)
    camps: list[list[int]] = [[at] for at in range(n)]
    if whole == 0:
        return np.arange(n)
    between = weights / whole
    ends = between.sum(axis=1)
    while len(camps) > 1:
        gain = 2 * (between - np.outer(ends, ends))
        gain[np.tril_indices(len(camps))] = -np.inf
        flat = int(np.argmax(np.round(gain, 12)))
        a, b = divmod(flat, len(camps))
        if gain[a, b] <= 1e-12:
            break
        between[a] += between[b]
        between[:, a] += between[:, b]
        between = np.delete(np.delete(between, b, 0), b, 1)
        ends[a] += ends[b]
        ends = np.delete(ends, b)
        camps[a] += camps.pop(b)
    labels = np.zeros(n, dtype=np.int64)
    for number, some in enumerate(sorted(camps, key=min)):
        labels[some] = number
    return labels


def modularity(weights: Floats, labels: Ints) -> float:
    """Share of the ties inside camps above what is expected if each state kept its ties and they fell at random.

    Examples
    --------
    >>> graph = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=float)
    >>> modularity(graph, np.array([0, 0, 1, 1]))
    0.5
    """
    whole = weights.sum()
    if whole == 0:
        return 0.0
    same = labels[:, None] == labels[None, :]
    ends = weights.sum(axis=1)
    return float((weights[same].sum() - np.outer(ends, ends)[same].sum() / whole) / whole)


def drawn(things: Sequence[Any], k: int) -> list[Any]:
    """As many of some things drawn with replacement, by a hash.

    Examples
    --------
    >>> drawn([1, 2, 3], 0) == drawn([1, 2, 3], 0), len(drawn([1, 2, 3], 1))
    (True, 3)
    """
    n = len(things)
    digests = (hashlib.blake2b(f"{k} {at}".encode(), digest_size=8).digest() for at in range(n))
    return [things[int.from_bytes(one, "big") % n] for one in digests]
