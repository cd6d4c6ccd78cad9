"""How much of the exact front of a question its alternatives cover.

The front is that of the whole shipped network, by exact search (`bench.pareto`), among the ways that cost at most
`sensible_times` times the cheapest in money and time together; dearer ones are not offered. Ways by air are left out: a
shipment takes them only where they are asked for. Before the search, arcs are dropped that no path of that front can
use: the cheapest path through an arc is known for each criterion from one search from the origin and one from the
destination, and an arc goes when that path breaks the cap, or when a candidate beats all three.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bench import pareto
from bench.page import percent
from bench.rows import read
from landbridge.network import MODES as NODE_MODES
from landbridge.routing import alternatives, answering, choosing, weightings
from landbridge.routing.answer import Itinerary
from landbridge.routing.doorsteps import Doorstep
from landbridge.routing.plan import Plan
from landbridge.routing.question import RouteQuestion
from landbridge.routing.shipment import MODES
from landbridge.routing.thresholds import thresholds
from landbridge.world import World

CRITERIA = ("hours", "usd", "kg_co2e")
STEPS = 10_000
"""Whole steps per hour, dollar and kilogram; a path of a thousand arcs is off by 0.05 at most."""
DOOR = -1
"""What stands for a door where the other links have the number of their arc."""
NEAR = (0.01, 0.05, 0.10)
SHOWN = (5, 12)
ALL = "all candidates"
SAME = 1e-7
"""Sums of the same costs in another order differ by less than this share."""
EQUAL = 1e-4
"""Costs that differ by less than this share are equal: the package and this search round them in different ways."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question of the bench."""

    id: str
    origin: str
    destination: str
    on: str
    reach: str


@dataclass(frozen=True, eq=False, slots=True)
class Measured:
    """A front, which of it is supported, and the sets that should cover it, as hours, dollars and kg CO2e in rows."""

    case: Case
    arcs: int
    front: NDArray[np.float64]
    supported: NDArray[np.bool_]
    sets: dict[str, NDArray[np.float64]]


def cases() -> list[Case]:
    """The questions, short and long."""
    return [Case(row["id"], row["from"], row["to"], row["on"], row["reach"]) for row in read("alternatives_questions")]


def distance(front: NDArray[np.float64], some: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each way of the front by which share the nearest of some ways is worse, in the criterion where it is worst.

    Examples
    --------
    >>> distance(np.array([[10.0, 100.0, 5.0]]), np.array([[11.0, 100.0, 5.0], [10.0, 90.0, 9.0]])).round(3).tolist()
    [0.1]
    """
    if not len(some):
        return np.full(len(front), np.inf)
    worst = np.max(some[None, :, :] / front[:, None, :], axis=2)
    return np.asarray(np.maximum(np.min(worst, axis=1) - 1.0, 0.0))


Search = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""What the cheapest of all ways costs in the three criteria, by their weights."""


def supported(front: NDArray[np.float64], search: Search | None = None) -> NDArray[np.bool_]:
    """Which ways of a front are the cheapest of all for some weights of the three criteria, all of them above zero.

    Parameters
    ----------
    search
        Finds the cheapest way of all: a way beyond the cap of the front may undercut one of it under all weights, and
        then no weighting finds that one. Without it the ways of the front are all.

    Examples
    --------
    >>> supported(np.array([[1.0, 9.0, 0.0], [4.0, 6.0, 0.0], [9.0, 1.0, 0.0], [6.0, 5.0, 0.0]])).tolist()
    [True, True, True, False]
    """
    scale = np.maximum(np.abs(front).max(axis=0), 1e-12)
    ways = front / scale
    found = []
    for one in front / scale:
        while (weights := _cheapest_under(one, ways)) is not None and search is not None:
            other = search(weights / scale) / scale
            if other @ weights >= one @ weights * (1.0 - SAME):
                break
            ways = np.vstack([ways, other])
        found.append(weights is not None)
    return np.array(found, dtype=np.bool_)


def _cheapest_under(one: NDArray[np.float64], ways: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Weights that add up to one under which no other way is cheaper, or None."""
    from scipy.optimize import linprog

    found = linprog(
        np.zeros(3),
        A_ub=one - ways,
        b_ub=np.full(len(ways), 1e-9),
        A_eq=np.ones((1, 3)),
        b_eq=[1.0],
        bounds=(1e-4, 1.0),
    )
    return np.asarray(found.x) if found.success else None


@dataclass(frozen=True, eq=False, slots=True)
class Whole:
    """The network of a shipment from one point to another: its usable arcs and its doors, with whole-number costs."""

    n: int
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    cost: NDArray[np.int64]
    item: NDArray[np.int64]
    usd_per_h: float

    @property
    def source(self) -> int:
        """The node before the first doors."""
        return self.n - 2

    @property
    def target(self) -> int:
        """The node behind the last doors."""
        return self.n - 1

    def capped(self, cost: NDArray[np.int64]) -> NDArray[np.float64]:
        """Money and time together, in steps of a dollar."""
        return np.asarray(cost[..., 1] + self.usd_per_h * cost[..., 0])


def whole(the_plan: Plan, begin: Sequence[Doorstep], end: Sequence[Doorstep]) -> Whole:
    """All that a shipment may use but the air."""
    network, costs = the_plan.network, the_plan.costs
    arcs = np.flatnonzero(costs.allowed & (network.mode != NODE_MODES.index("air")))
    money = the_plan.money[arcs]
    cost = np.stack([costs.hours[arcs], costs.usd[arcs] * money, costs.kg_co2e[arcs] * money], axis=1)
    doors = [(network.n, step.node, door_cost(step)) for step in begin]
    doors += [(step.node, network.n + 1, door_cost(step)) for step in end]
    return Whole(
        n=network.n + 2,
        tail=np.concatenate([network.tail[arcs], [tail for tail, _, _ in doors]]).astype(np.int64),
        head=np.concatenate([network.head[arcs], [head for _, head, _ in doors]]).astype(np.int64),
        cost=np.rint(np.concatenate([cost, [spent for _, _, spent in doors]]) * STEPS).astype(np.int64),
        item=np.concatenate([arcs, np.full(len(doors), DOOR)]),
        usd_per_h=the_plan.usd_per_h,
    )


def door_cost(step: Doorstep) -> list[float]:
    """Hours, dollars and kg CO2e at a door."""
    return [sum(getattr(leg, name) for leg in step.legs) for name in CRITERIA]


def through(net: Whole, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each arc the least weight of a path from source to target through it, shape (m,); inf without one."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    # A weight of nought would be no arc; what is added stays far below one step on any path.
    some = np.maximum(weight, 1e-9)
    there = csr_matrix((some, (net.tail, net.head)), shape=(net.n, net.n))
    before = dijkstra(there, indices=net.source)
    after = dijkstra(there.T.tocsr(), indices=net.target)
    return np.asarray(before[net.tail] + weight + after[net.head])


def cheapest(net: Whole, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Hours, dollars and kg CO2e of the way from source to target that is the cheapest under some weights."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    some = np.maximum(net.cost @ weights, 1e-9)
    there = csr_matrix((some, (net.tail, net.head)), shape=(net.n, net.n))
    _, before = dijkstra(there, indices=net.source, return_predecessors=True)
    place = {pair: arc for arc, pair in enumerate(zip(net.tail.tolist(), net.head.tolist(), strict=True))}
    arcs, node = [], net.target
    while node != net.source:
        arcs.append(place[int(before[node]), node])
        node = int(before[node])
    return np.asarray(net.cost[arcs].sum(axis=0) / STEPS)


def needed(net: Whole, cap: float, known: NDArray[np.int64]) -> NDArray[np.int64]:
    """The arcs that a path of the front may use.

    Parameters
    ----------
    cap
        Most that a path may cost in money and time together [steps].
    known
        Costs of paths that exist, shape (k, 3) [steps]. An arc goes when one of them is at most the cheapest through
        the arc in each criterion and below it in one: every path through the arc is then beaten.
    """
    # An arc too many does no harm: what arcs of no cost are given in `through` must not put one over a cap of nought.
    kept = np.flatnonzero(through(net, net.capped(net.cost)) <= cap * (1.0 + 1e-9) + 1e-6)
    least = np.stack([through(net, net.cost[:, k].astype(np.float64))[kept] for k in range(3)], axis=1)
    beaten = np.zeros(len(kept), dtype=bool)
    for one in known:
        beaten |= np.all(least > one - 0.5, axis=1) & np.any(least > one + 0.5, axis=1)
    return kept[~beaten]


def exact_front(net: Whole, cap: float, known: NDArray[np.int64]) -> tuple[tuple[pareto.Found, ...], int]:
    """The front under the cap, and how many arcs were searched for it."""
    arcs = needed(net, cap, known)
    columns = (net.tail[arcs], net.head[arcs], net.cost[arcs], net.item[arcs])
    links = [
        (tail, head, tuple(cost), item) for tail, head, cost, item in zip(*(c.tolist() for c in columns), strict=True)
    ]
    graph = pareto.contract(pareto.graph_of(links), (net.source, net.target))
    return pareto.front(graph, net.source, net.target, (net.usd_per_h, 1.0, 0.0), cap), len(arcs)


def measure(world: World, case: Case) -> Measured:
    """The front of a question; all its candidates, and the ways shown of a few and of many."""
    question = RouteQuestion(case.origin, case.destination)
    setting = answering.prepare(world, question)
    the_plan = setting.plan
    limits = thresholds(world.facts)
    several = weightings.variants(question.objective, the_plan.shipment.modes or MODES, limits, by_surface=True)
    found = alternatives.candidates(the_plan, partial(answering.door_ways, setting), setting.stops, several)
    priced = [one.way for one in answering.priced(setting, found)]
    found, priced = choosing.beside_the_best(found, priced)
    surface = [number for number, one in enumerate(priced) if "air" not in one.modes]
    net = whole(the_plan, setting.begin, setting.end)
    place = {int(arc): number for number, arc in enumerate(net.item) if arc != DOOR}
    known = []
    for number in surface:
        first, last = answering.steps_of(setting, found[number].begin, found[number].end)
        steps = np.rint(np.array([door_cost(first), door_cost(last)]) * STEPS).astype(np.int64).sum(axis=0)
        known.append(steps + net.cost[[place[arc] for arc in found[number].arcs.tolist()]].sum(axis=0))
    exact = np.array(known, dtype=np.int64).reshape(-1, 3)
    cap = limits.sensible_times * float(net.capped(exact).min())
    front, arcs = exact_front(net, cap, exact)
    values = np.array([one.cost for one in front], dtype=np.float64).reshape(-1, 3)
    for one in exact[net.capped(exact) <= cap]:
        # The search checks itself on every question: nothing that the package finds may beat its front.
        assert bool(np.any(np.all(values <= one, axis=1))), f"{case.id}: a candidate beats the front"
    sets = {ALL: matrix(priced)}
    for n in SHOWN:
        shown = answering.answer_route(world, RouteQuestion(case.origin, case.destination, n=n))
        sets[f"up to {n} shown"] = matrix(shown.routes)
    whole_front = values / STEPS
    return Measured(case, arcs, whole_front, supported(whole_front, partial(cheapest, net)), sets)


def found_optima(item: Measured) -> int:
    """How many of the least hours, dollars and kg CO2e of the front a candidate has, or goes below beyond the cap."""
    least = item.sets[ALL].min(axis=0)
    return int(np.sum(least <= item.front.min(axis=0) * (1.0 + EQUAL)))


def covered(gaps: NDArray[np.float64]) -> list[float]:
    """Shares of a front that are near enough, one for each of `NEAR`."""
    return [float(np.mean(gaps <= near + EQUAL)) for near in NEAR]


def summary(measured: Sequence[Measured]) -> str:
    """For each set the mean share covered, each question counting alike, and how near all of the front is."""
    within = " | ".join(f"within {percent(near, 0)}" for near in NEAR)
    lines = [
        f"| questions | ways | {within} | supported within 5 % | all within, mean | all within, worst question |",
        "| --- |" + " --- |" * (len(NEAR) + 4),
    ]
    for reach in dict.fromkeys(item.case.reach for item in measured):
        some = [item for item in measured if item.case.reach == reach]
        for name in some[0].sets:
            gaps = [distance(item.front, item.sets[name]) for item in some]
            ways = sum(len(item.sets[name]) for item in some) / len(some)
            shares = np.mean([covered(gap) for gap in gaps], axis=0)
            worst = [float(gap.max()) for gap in gaps]
            best = [float(np.mean(gap[item.supported] <= 0.05 + EQUAL)) for item, gap in zip(some, gaps, strict=True)]
            cells = [
                f"{reach}, {name}",
                f"{ways:.1f}",
                *(percent(share, 0) for share in (*shares, float(np.mean(best)))),
            ]
            cells += [percent(sum(worst) / len(worst)), percent(max(worst))]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def details(measured: Sequence[Measured]) -> str:
    """One line for each question: the front, and how much of it each set covers."""
    names = list(measured[0].sets)
    lines = [
        f"| row | question | day | arcs searched | front | {' | '.join(names)} |",
        "| --- | --- | --- | --- | --- |" + " --- |" * len(names),
    ]
    for item in measured:
        case = item.case
        cells = [case.id, f"{case.origin} - {case.destination}", case.on, f"{item.arcs:,}"]
        cells.append(f"{len(item.front)}, {int(item.supported.sum())} supported")
        for name in names:
            gaps = distance(item.front, item.sets[name])
            shares = " / ".join(f"{100.0 * share:.0f}" for share in covered(gaps))
            cells.append(f"{len(item.sets[name])} ways: {shares} %, all within {percent(float(gaps.max()))}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def matrix(routes: Sequence[Itinerary]) -> NDArray[np.float64]:
    """Hours, dollars and kg CO2e of routes as the front has them, with the rests of drivers spread, shape (k, 3)."""
    rows = [(one.spread_hours, one.spread_usd, one.kg_co2e) for one in routes]
    return np.array(rows, dtype=np.float64).reshape(-1, 3)
