"""Why there is no route: the cut that separates the ends, and the smallest change found that would open a way."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.answer import NoRoute

if TYPE_CHECKING:
    from landbridge.routing.plan import Plan

BLOCK = 1e7
"""Weight of a refused link against hours of travel: as few refusals as possible first, then the shortest way."""
INNER_BLOCK = 1e4
"""Weight of a refused link inside an area, where one refusal covers many links."""
TOLD = 12


def explain(the_plan: Plan, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NoRoute:
    """Explain why none of `sources` reaches any of `targets`.

    Rules that ban the trade itself come first. Otherwise refused links are let through at a high price, and what
    the cheapest path still needs is the smallest change; the cut is what borders on the part that can be reached
    (or that can reach the target, whichever is smaller).
    """
    banned = tuple(refusal.to_dict() for refusal in the_plan.rules.trade_refusals)
    if banned:
        return NoRoute("the trade itself is banned", banned, banned)
    if not sources.size or not targets.size:
        return NoRoute("no terminal of the allowed modes lies near one of the ends")
    opens = _smallest_change(the_plan, sources, targets)
    cut = _cut(the_plan, sources, targets)
    if opens is None:
        return NoRoute("nothing joins the two ends by the allowed modes", cut)
    return NoRoute("every way is shut to this shipment on this day", cut or opens, opens)


def _unique(the_plan: Plan, arcs: NDArray[np.int64]) -> tuple[dict[str, Any], ...]:
    numbers = the_plan.costs.blocked[arcs]
    kept, first = np.unique(numbers[numbers >= 0], return_index=True)
    in_order = kept[np.argsort(first)]
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for number in in_order:
        data = the_plan.costs.refusals[int(number)].to_dict()
        rows.setdefault((data["table"], data["id"], data["subject"]), data)
    return tuple(rows.values())


def _smallest_change(
    the_plan: Plan, sources: NDArray[np.int64], targets: NDArray[np.int64]
) -> tuple[dict[str, Any], ...] | None:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    from landbridge.network import KINDS

    network, costs = the_plan.network, the_plan.costs
    refused = ~costs.allowed & (costs.blocked >= 0)
    usable = np.flatnonzero(costs.allowed | refused)
    weight = costs.hours[usable] + 1e-3
    inner = network.kind[usable] == KINDS.index("move")
    weight = np.where(~np.isfinite(weight), 1.0, weight)
    weight += np.where(refused[usable], np.where(inner, INNER_BLOCK, BLOCK), 0.0)
    n = len(network.lon)
    graph = csr_array((weight, (network.tail[usable], network.head[usable])), shape=(n, n))
    distance, before, _ = dijkstra(graph, indices=sources, min_only=True, return_predecessors=True)
    target = int(targets[int(np.argmin(distance[targets]))])
    if not np.isfinite(distance[target]):
        return None
    nodes = [target]
    while before[nodes[-1]] >= 0:
        nodes.append(int(before[nodes[-1]]))
    nodes.reverse()
    steps = set(itertools.pairwise(nodes))
    on_path = [
        int(arc)
        for arc in np.flatnonzero(refused & np.isin(network.tail, nodes) & np.isin(network.head, nodes))
        if (int(network.tail[arc]), int(network.head[arc])) in steps
    ]
    order = {node: position for position, node in enumerate(nodes)}
    on_path.sort(key=lambda arc: order[int(network.tail[arc])])
    return _unique(the_plan, np.array(on_path, dtype=np.int64))


def _cut(the_plan: Plan, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> tuple[dict[str, Any], ...]:
    network, costs = the_plan.network, the_plan.costs
    ahead = _reached(network.tail, network.head, costs.allowed, sources, len(network.lon))
    behind = _reached(network.head, network.tail, costs.allowed, targets, len(network.lon))
    refused = ~costs.allowed & (costs.blocked >= 0)
    if ahead.sum() <= behind.sum():
        border = refused & ahead[network.tail] & ~ahead[network.head]
    else:
        border = refused & behind[network.head] & ~behind[network.tail]
    return _unique(the_plan, np.flatnonzero(border))[:TOLD]


def _reached(
    tail: NDArray[np.int32], head: NDArray[np.int32], allowed: NDArray[np.bool_], start: NDArray[np.int64], n: int
) -> NDArray[np.bool_]:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    usable = np.flatnonzero(allowed)
    graph = csr_array((np.ones(usable.size), (tail[usable], head[usable])), shape=(n, n))
    distance = dijkstra(graph, indices=start, min_only=True, unweighted=True)
    return np.asarray(np.isfinite(distance), dtype=np.bool_)
