"""The network with its refusals let through at a price: the way that then opens, and the refusals that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.once import outgoing
from landbridge.routing.shipment import MODES

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.access import Door
    from landbridge.routing.costs.classes import ArcClass
    from landbridge.routing.plan import Plan
    from landbridge.world import Refusal, Rules
    from landbridge.world.places import Place

NOT_YET: Final = frozenset(("planned", "under construction", "before the first dated row", "not opened yet"))
"""What stands for a thing that is not there yet, in a row or as a reason."""
STANDING: Final = frozenset(("ports", "ferries", "crossings", "lines", "passages", "projects"))
"""Tables of things, not of their days: what they refuse lies in the thing."""
ENDLESS: Final = 1e15
"""More than any way costs, and less than what has no price."""
LEAST: Final = 1e-9
"""A link that costs nothing would be no link."""


@dataclass(frozen=True, eq=False, slots=True)
class Doors:
    """Where a trip begins or ends: nodes, and what each costs in the unit of the search."""

    nodes: tuple[int, ...]
    prices: tuple[float, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """A way through the lifted network: its arcs, the doors that it uses, its price."""

    arcs: NDArray[np.int64]
    begin: int
    end: int
    price: float


def shut_doors(the_plan: Plan, place: Place, *, at: bool = False) -> dict[Door, Refusal]:
    """The quays near a place that are shut to the shipment, and what shuts each."""
    from landbridge.routing.access import doors, doors_at
    from landbridge.routing.doorsteps import quay, suits

    found: dict[int, Refusal] = {}

    def usable(node: int) -> bool:
        refusal, free = quay(the_plan, node)
        if refusal is None or in_the_thing(refusal):
            return free
        found[node] = refusal
        return True

    some = (doors_at if at else doors)(
        the_plan.network, place, the_plan.shipment.modes or MODES, usable, partial(suits, the_plan)
    )
    return {door: found[door.node] for door in some if door.node in found}


def search(the_plan: Plan, price: NDArray[np.float64], begin: Doors, end: Doors, limit: float = ENDLESS) -> Way | None:
    """The cheapest way from one of the doors to another, at most at `limit`.

    Parameters
    ----------
    price
        Of each arc, infinite where there is no way at all, shape (m,).
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    network = the_plan.network
    n = network.n
    # The arcs of a network are in the order of their tails; one node more stands before all beginnings.
    heads = np.concatenate([network.head, np.array(begin.nodes, dtype=network.head.dtype)])
    weight = np.concatenate([price, np.maximum(begin.prices, LEAST)])
    starts = outgoing(the_plan.topology).start
    graph = csr_array((weight, heads, np.append(starts, np.int32(weight.size))), shape=(n + 1, n + 1))
    distance, before = dijkstra(graph, indices=n, return_predecessors=True, limit=limit)
    reached = distance[np.array(end.nodes, dtype=np.int64)] + np.array(end.prices)
    best = int(np.argmin(reached))
    if not reached[best] <= limit:
        return None
    nodes = [end.nodes[best]]
    while before[nodes[-1]] != n:
        nodes.append(int(before[nodes[-1]]))
    nodes.reverse()
    return Way(_arcs(network, nodes), nodes[0], nodes[-1], float(reached[best]))


def _arcs(network: Network, nodes: Sequence[int]) -> NDArray[np.int64]:
    """The arcs between nodes that follow one another."""
    return np.array([network.arc_between(tail, head) for tail, head in pairwise(nodes)], dtype=np.int64)


def on_the_way(the_plan: Plan, arcs: Iterable[int]) -> Iterator[Refusal]:
    """Every refusal that bears on some arcs, not only the first of each: all of them must go for a way to open."""
    from landbridge.routing.costs.access import gate_refusal
    from landbridge.routing.costs.classes import arc_classes

    network, world = the_plan.network, the_plan.world
    classes = arc_classes(network, world.facts)
    seen: set[tuple[Any, ...]] = set()
    for arc in arcs:
        one = classes.classes[int(classes.of_arc[arc])]
        gate = int(network.gate[arc])
        sides = sorted({int(network.node_area[ends[arc]]) for ends in (network.tail, network.head)})
        if (one, gate, *sides) in seen:
            continue
        seen.add((one, gate, *sides))
        yield from of_class(the_plan, one)
        for rules in apart(the_plan):
            for area in (network.areas[side] for side in sides if side >= 0):
                refusal = rules.area_refusal(area, one.mode)
                if refusal is None and one.mode == "air":
                    refusal = rules.airspace.get(area)
                if refusal is not None:
                    yield refusal
            refusal = gate_refusal(world, rules, *network.refs[gate]) if gate >= 0 else None
            if refusal is not None:
                yield refusal
        if one.mode == "air":
            begin, goal = (network.areas[int(network.node_area[node[arc]])] for node in (network.tail, network.head))
            refusal = the_plan.rules.flights.get((begin, goal))
            if refusal is not None:
                yield refusal


def of_class(the_plan: Plan, one: ArcClass) -> Iterator[Refusal]:
    """Every refusal of what arcs of a class pass: a river, crossing, passage, port, ferry with all on its way."""
    from landbridge.routing.costs.access import ferry_refusals, gate_of_class, no_boxes_on

    world, boxed = the_plan.world, the_plan.costs.load.boxed
    no_line = no_boxes_on(world, one.stretches) if boxed else None
    if no_line is not None:
        yield no_line
    for rules in apart(the_plan):
        if one.kind == "ferry":
            yield from ferry_refusals(world, rules, one, boxed=boxed)
            continue
        refusal = gate_of_class(world, rules, one, boxed=boxed)
        if refusal is not None:
            yield refusal


def apart(the_plan: Plan) -> tuple[Rules, ...]:
    """The rules of a shipment, each layer alone."""
    from landbridge.world import resolve_apart

    return resolve_apart(the_plan.world, the_plan.rules.trip)


def told(refusals: Iterable[Refusal], day: date) -> tuple[dict[str, Any], ...]:
    """Refusals as plain data, each row once for what it refuses, with what was known on the day."""
    from landbridge.world.sayings import said_on

    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one in refusals:
        row = {**one.to_dict(), "reason": said_on(one.reason, day)}
        rows.setdefault((one.table, one.id, one.subject), row)
    return tuple(rows.values())


def not_yet(the_plan: Plan, refusal: Refusal) -> bool:
    """Whether what is refused is not there yet."""
    if refusal.kind == "event":
        return False
    if refusal.reason in NOT_YET:
        return True
    facts = the_plan.world.facts
    row = facts.table(refusal.table).by_id.get(refusal.id) if refusal.table in facts.names else None
    return row is not None and any(row.get(name) in NOT_YET for name in ("status", "cargo_note", "reason"))


def in_the_thing(refusal: Refusal) -> bool:
    """Whether a refusal lies in the thing itself and no day ends it: a port for oil takes no boxes."""
    return refusal.kind == "status" and refusal.table in STANDING and refusal.subject_kind in {"port", "ferry"}
