"""Why there is no route: the cut that separates the ends, and the smallest change found that would open a way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.answer import NoRoute
from landbridge.routing.gates import TABLE_OF, Gate, arcs_of_refs, ways
from landbridge.routing.lifted import Doors, Way, apart, in_the_thing, not_yet, of_class, on_the_way, search, told
from landbridge.routing.turning import turns_back
from landbridge.routing.weights import Variant

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.plan import Plan
    from landbridge.world import Refusal

BLOCK = 1e7
"""Weight of a refused link against hours of travel: as few refusals as possible first, then the shortest way."""
INNER_BLOCK = 1e4
"""Weight of a refused link inside an area, where one refusal covers many links."""
UNBUILT = 3.0
"""So many refusals that a word could lift weigh as much as one thing that must be built first."""
TOLD = 12
BANNED = "the trade itself is banned"
SHUT = "every way is shut to this shipment on this day"
APART = "nothing joins the two ends by the allowed modes"
ONE_WAY = "what must be passed is shut to this shipment in the direction of this trip"


def explain(
    the_plan: Plan,
    begin: dict[int, Refusal | None],
    end: dict[int, Refusal | None],
    stops: Sequence[Sequence[Gate]] = (),
    reason: str = SHUT,
) -> NoRoute:
    """Explain why no way leads from one of the doors at the beginning to one at the end.

    Rules that ban the trade itself come first. Refused links are let through at a high price, and what the cheapest
    way still needs is the smallest change; the cut is what borders on the part that can be reached (or that can reach
    the end, whichever is smaller) and leads on from there.

    Parameters
    ----------
    begin, end
        Nodes where the trip may begin and end, with what shuts each; None for those that are open.
    stops
        The places that must be passed, each as alternative gates.
    reason
        What is said where a change would open a way.
    """
    banned = told(the_plan.rules.trade_refusals, the_plan.world.day)
    price = _prices(the_plan)
    way = _through(the_plan, price, begin, stops, end) if begin and end else None
    if way is None:
        cut = _cut(the_plan, price, begin, end) if begin and end else ()
        return NoRoute(BANNED if banned else APART, (*banned, *cut), banned)
    opens = (*_bans(the_plan), *told(_needed(the_plan, way, begin, end), the_plan.world.day))
    if banned:
        return NoRoute(BANNED, banned, _each_once((*banned, *opens)))
    cut = _cut(the_plan, price, begin, end)
    # What must change comes first, then what else stands on the cut.
    known = [row for row in opens if row in cut] or list(opens)
    return NoRoute(reason, _each_once((*known, *cut))[:TOLD], opens)


def one_way(
    the_plan: Plan,
    begin: dict[int, Refusal | None],
    end: dict[int, Refusal | None],
    stops: Sequence[Sequence[Gate]],
) -> NoRoute | None:
    """Why ways through what must be passed all turn back: it is open in the other direction alone.

    None where the ways would turn back all the same if it were open in both.

    Parameters
    ----------
    begin, end, stops
        As of `explain`.
    """
    if not (begin and end):
        return None
    way = _through(the_plan, _prices(the_plan), begin, stops, end, shut_first=True)
    if way is None or turns_back(the_plan, way.arcs, len(stops)):
        return None
    opens = told(_needed(the_plan, way, begin, end), the_plan.world.day)
    return NoRoute(ONE_WAY, opens, opens) if opens else None


def _through(
    the_plan: Plan,
    price: NDArray[np.float64],
    begin: dict[int, Refusal | None],
    stops: Sequence[Sequence[Gate]],
    end: dict[int, Refusal | None],
    *,
    shut_first: bool = False,
) -> Way | None:
    """The way with the fewest refusals through the stops, found from one stop to the next.

    With `shut_first` a stop that is shut in some direction is passed in that one.
    """
    arcs: list[NDArray[np.int64]] = []
    start, first = _doors(begin), -1
    for gates in stops:
        passed = [one for gate in gates for one in _passing(the_plan, gate, np.isfinite(price))]
        if shut_first:
            passed = [one for one in passed if one[2] is not None and not the_plan.costs.allowed[one[2]]] or passed
        way = search(the_plan, price, start, Doors(*_split({tail: 0.0 for tail, _, _ in passed}))) if passed else None
        if way is None:
            return None
        first = way.begin if first < 0 else first
        head, arc = min(
            ((head, arc) for tail, head, arc in passed if tail == way.end),
            key=lambda one: 0.0 if one[1] is None else price[one[1]],
        )
        arcs += [way.arcs, np.array([] if arc is None else [arc], dtype=np.int64)]
        start = Doors((head,), (0.0,))
    way = search(the_plan, price, start, _doors(end))
    if way is None:
        return None
    return Way(np.concatenate([*arcs, way.arcs]), way.begin if first < 0 else first, way.end, way.price)


def _passing(the_plan: Plan, gate: Gate, wanted: NDArray[np.bool_]) -> tuple[tuple[int, int, int | None], ...]:
    """What passes a gate, shut or not, as (tail, head, arc); no arc where a node is passed. `wanted` tells the arcs."""
    network = the_plan.network
    if gate.kind in {"crossing", "ferry", "passage"}:
        arcs = arcs_of_refs(network).get((TABLE_OF[gate.kind], gate.id))
        some = () if arcs is None else arcs[wanted[arcs]].tolist()
        return tuple((int(network.tail[arc]), int(network.head[arc]), arc) for arc in some)
    return tuple((way.enter, way.enter, None) for way in ways(the_plan, Variant("any", "generalised"), gate))


def _split(prices: dict[int, float]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    return tuple(prices), tuple(prices.values())


def _doors(some: dict[int, Refusal | None]) -> Doors:
    prices = tuple(0.0 if refusal is None else BLOCK for refusal in some.values())
    return Doors(tuple(some), prices)


def _bans(the_plan: Plan) -> tuple[dict[str, Any], ...]:
    """All rules that ban the trade itself."""
    bans = (refusal for rules in apart(the_plan) for refusal in rules.trade_refusals)
    return told(bans, the_plan.world.day)


def _needed(
    the_plan: Plan, way: Way, begin: dict[int, Refusal | None], end: dict[int, Refusal | None]
) -> Iterator[Refusal]:
    """Everything that must go for a way to open."""
    from landbridge.routing.costs.access import port_refusal

    costs, world = the_plan.costs, the_plan.world
    for node, doors in ((way.begin, begin), (way.end, end)):
        first = doors[node]
        if first is None:
            continue
        yield first
        for rules in apart(the_plan):
            refusal = port_refusal(world, rules, first.subject, boxed=costs.load.boxed)
            if refusal is not None:
                yield refusal
    yield from on_the_way(the_plan, way.arcs[~costs.allowed[way.arcs]].tolist())


def _each_once(rows: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    return tuple({(row["table"], row["id"], row["subject"]): row for row in reversed(rows)}.values())[::-1]


def _prices(the_plan: Plan) -> NDArray[np.float64]:
    """Hours of each arc, with the price of all that refuses it; infinite for what the shipment does not want."""
    from landbridge.network import KINDS
    from landbridge.routing.costs.classes import arc_classes

    network, costs = the_plan.network, the_plan.costs
    classes = arc_classes(network, the_plan.world.facts)
    factor = np.array([_weight_of(the_plan, refusal) for refusal in costs.refusals] + [0.0])[costs.blocked]
    several = np.zeros(len(classes.classes))
    for number in np.unique(classes.of_arc[costs.blocked >= 0]).tolist():
        rows = {(one.table, one.id, one.subject): one for one in of_class(the_plan, classes.classes[number])}
        if len(rows) > 1:
            several[number] = sum(_weight_of(the_plan, one) for one in rows.values())
    factor = np.where(costs.blocked >= 0, np.maximum(factor, several[classes.of_arc]), 0.0)
    inner = network.kind == KINDS.index("move")
    price = np.where(np.isfinite(costs.hours), costs.hours, 1.0) + factor * np.where(inner, INNER_BLOCK, BLOCK)
    return np.where(costs.wanted, price, np.inf)


def _weight_of(the_plan: Plan, refusal: Refusal) -> float:
    if in_the_thing(refusal):
        return float("inf")
    return UNBUILT if not_yet(the_plan, refusal) else 1.0


def _cut(
    the_plan: Plan, price: NDArray[np.float64], begin: dict[int, Refusal | None], end: dict[int, Refusal | None]
) -> tuple[dict[str, Any], ...]:
    network, costs = the_plan.network, the_plan.costs
    opened = [np.array([node for node in doors if doors[node] is None], dtype=np.int64) for doors in (begin, end)]
    ends = [np.array(list(doors), dtype=np.int64) for doors in (begin, end)]
    ahead = _reached(network, costs.allowed, opened[0])
    behind = _reached(network, costs.allowed, opened[1], back=True)
    refused = np.isfinite(price) & ~costs.allowed
    # A refusal on the rim of what can be reached matters where the way goes on beyond it, and comes from somewhere.
    if ahead.sum() <= behind.sum():
        on = _reached(network, np.isfinite(price) & ~ahead[network.tail], ends[1], back=True)
        border = refused & ahead[network.tail] & ~ahead[network.head] & on[network.head]
    else:
        on = _reached(network, np.isfinite(price) & ~behind[network.head], ends[0])
        border = refused & behind[network.head] & ~behind[network.tail] & on[network.tail]
    shut = (refusal for doors in (begin, end) for refusal in doors.values() if refusal is not None)
    numbers, first = np.unique(costs.blocked[border], return_index=True)
    rim = (costs.refusals[int(number)] for number in numbers[np.argsort(first)])
    return told((*shut, *rim), the_plan.world.day)[:TOLD]


def _reached(
    network: Network, usable: NDArray[np.bool_], start: NDArray[np.int64], *, back: bool = False
) -> NDArray[np.bool_]:
    """The nodes that can be reached over usable arcs, or from which `start` can be reached, shape (n,)."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    if not start.size:
        return np.zeros(network.n, dtype=np.bool_)
    arcs = np.flatnonzero(usable)
    ends = (network.head[arcs], network.tail[arcs]) if back else (network.tail[arcs], network.head[arcs])
    graph = csr_array((np.ones(arcs.size), ends), shape=(network.n, network.n))
    distance = dijkstra(graph, indices=start, min_only=True, unweighted=True)
    return np.asarray(np.isfinite(distance), dtype=np.bool_)
