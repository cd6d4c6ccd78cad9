"""The exact search that measures the alternatives, against enumeration; and what the candidates must hold of it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import cover, pareto
from landbridge.network import MODES, Network
from landbridge.network.model import ARRAYS
from landbridge.routing.alternatives import candidates
from landbridge.routing.chain import Way
from landbridge.routing.plan import Plan, topology
from landbridge.routing.shipment import Shipment
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weightings import variants
from landbridge.routing.weights import OBJECTIVES
from landbridge.world import World

Arc = tuple[int, int, pareto.Cost]
NODES = 7
SOURCE, TARGET = 0, 1
DAY = "2025-06-01"


def arcs(least: int = 0) -> st.SearchStrategy[list[Arc]]:
    """Arcs among a few nodes, one for an ordered pair; small costs, so that ties are many."""
    cost = st.tuples(*[st.integers(least, 9)] * 3)
    node = st.integers(0, NODES - 1)
    arc = st.tuples(node, node, cost).filter(lambda arc: arc[0] != arc[1])
    return st.lists(arc, min_size=1, max_size=22, unique_by=lambda arc: arc[:2])


def simple_paths(some: list[Arc], node: int = SOURCE, seen: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Every path without loops to the target, as numbers of arcs."""
    if node == TARGET:
        yield ()
        return
    for number, (tail, head, _) in enumerate(some):
        if tail == node and head not in seen:
            for rest in simple_paths(some, head, (*seen, node)):
                yield (number, *rest)


def total(some: list[Arc], path: tuple[int, ...]) -> pareto.Cost:
    return tuple(sum(some[number][2][k] for number in path) for k in range(3))  # type: ignore[return-value]


def unbeaten(values: set[pareto.Cost]) -> list[pareto.Cost]:
    def beats(one: pareto.Cost, other: pareto.Cost) -> bool:
        return one != other and all(a <= b for a, b in zip(one, other, strict=True))

    return sorted(value for value in values if not any(beats(other, value) for other in values))


def enumerated(some: list[Arc]) -> list[pareto.Cost]:
    return unbeaten({total(some, path) for path in simple_paths(some)})


def graph(some: list[Arc]) -> pareto.Graph:
    ends: list[tuple[int, int, pareto.Cost, Any]] = [
        (SOURCE, SOURCE, (0, 0, 0), None),
        (TARGET, TARGET, (0, 0, 0), None),
    ]
    return pareto.graph_of([*ends, *((tail, head, cost, number) for number, (tail, head, cost) in enumerate(some))])


def flat(item: Any) -> Iterator[int]:
    """The arcs of an item that contraction may have joined."""
    if isinstance(item, tuple):
        for part in item:
            yield from flat(part)
    else:
        yield item


@settings(deadline=None)
@given(arcs(), st.booleans())
def test_front_is_that_of_enumeration(some: list[Arc], contracted: bool) -> None:
    net = graph(some)
    if contracted:
        net = pareto.contract(net, (SOURCE, TARGET))
    found = pareto.front(net, SOURCE, TARGET)
    assert [one.cost for one in found] == enumerated(some)
    for one in found:
        path = tuple(flat(one.items))
        assert total(some, path) == one.cost
        nodes = [SOURCE, *(some[number][1] for number in path)]
        assert [some[number][0] for number in path] == nodes[:-1]
        assert nodes[-1] == TARGET


@settings(deadline=None)
@given(arcs(), st.tuples(*[st.integers(0, 3)] * 3), st.integers(0, 60))
def test_capped_front_is_the_part_of_the_front_under_the_cap(
    some: list[Arc], weights: tuple[int, ...], cap: int
) -> None:
    found = pareto.front(graph(some), SOURCE, TARGET, weights, cap)
    expected = [one for one in enumerated(some) if sum(w * c for w, c in zip(weights, one, strict=True)) <= cap]
    assert [one.cost for one in found] == expected


def test_arcs_of_no_cost_stay_under_a_cap_of_nought() -> None:
    chain = [SOURCE, *range(2, NODES), TARGET]
    order = {SOURCE: NODES, TARGET: NODES + 1}
    ends = np.array([order.get(node, node) for node in chain])
    count = len(chain) - 1
    net = cover.Whole(
        n=NODES + 2,
        tail=ends[:-1],
        head=ends[1:],
        cost=np.zeros((count, 3), dtype=np.int64),
        item=np.arange(count),
        usd_per_h=1.0,
    )
    found, _ = cover.exact_front(net, 0.0, np.zeros((1, 3), dtype=np.int64))
    assert [one.cost for one in found] == [(0, 0, 0)]


@settings(deadline=None)
@given(arcs(), st.data())
def test_dropping_arcs_that_no_path_of_the_front_needs_keeps_the_front(some: list[Arc], data: st.DataObject) -> None:
    paths = list(simple_paths(some))
    if not paths:
        return
    known = np.array(
        [total(some, path) for path in data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=4))]
    )
    cap = float(data.draw(st.integers(1, 3))) * float(known[:, :2].sum(axis=1).min())
    order = {SOURCE: NODES, TARGET: NODES + 1}
    net = cover.Whole(
        n=NODES + 2,
        tail=np.array([order.get(tail, tail) for tail, _, _ in some]),
        head=np.array([order.get(head, head) for _, head, _ in some]),
        cost=np.array([cost for _, _, cost in some]),
        item=np.arange(len(some)),
        usd_per_h=1.0,
    )
    found, searched = cover.exact_front(net, cap, known)
    assert searched <= len(some)
    assert [one.cost for one in found] == [one for one in enumerated(some) if one[0] + one[1] <= cap]


def test_search_gives_up_a_front_that_is_too_large() -> None:
    with pytest.raises(pareto.TooLargeError, match="more than 2 labels"):
        pareto.front(graph([(0, 2, (1, 1, 1)), (2, 3, (1, 1, 1)), (3, 1, (1, 1, 1))]), SOURCE, TARGET, most=2)


def test_gap_is_that_of_the_nearest_way_in_its_worst_criterion() -> None:
    front = np.array([[10.0, 100.0, 5.0], [20.0, 50.0, 5.0]])
    some = np.array([[10.0, 100.0, 5.0], [20.0, 60.0, 5.5]])
    np.testing.assert_allclose(cover.distance(front, some), [0.0, 0.2])
    assert bool(np.all(np.isinf(cover.distance(front, np.empty((0, 3))))))


def test_a_way_that_one_beyond_the_cap_undercuts_under_all_weights_is_not_supported() -> None:
    front = np.array([[10.0, 100.0, 50.0], [20.0, 50.0, 50.0]])
    assert cover.supported(front).tolist() == [True, True]
    for beyond, expected in (([5.0, 105.0, 50.0], [False, True]), ([5.0, 130.0, 50.0], [True, True])):
        every = np.vstack([front, beyond])
        assert (
            cover.supported(front, lambda weights, every=every: every[np.argmin(every @ weights)]).tolist() == expected
        )


@settings(deadline=None)
@given(arcs(least=1), st.integers(1, 3))
def test_supported_ways_are_those_that_some_weights_find(some: list[Arc], times: int) -> None:
    every = enumerated(some)
    if not every:
        return
    cap = times * min(hours + usd for hours, usd, _ in every)
    front = np.array([one for one in every if one[0] + one[1] <= cap], dtype=float)
    order = {SOURCE: NODES, TARGET: NODES + 1}
    net = cover.Whole(
        n=NODES + 2,
        tail=np.array([order.get(tail, tail) for tail, _, _ in some]),
        head=np.array([order.get(head, head) for _, head, _ in some]),
        cost=np.array([cost for _, _, cost in some]) * cover.STEPS,
        item=np.arange(len(some)),
        usd_per_h=1.0,
    )
    found = cover.supported(front, partial(cover.cheapest, net))
    whole = cover.supported(np.array(every, dtype=float))
    expected = [bool(whole[number]) for number, one in enumerate(every) if one[0] + one[1] <= cap]
    assert found.tolist() == expected


# What the candidates must hold


def network_of(some: list[Arc], modes: list[int]) -> Network:
    """A network of one area, its nodes near each other, with these arcs."""
    order = sorted(range(len(some)), key=lambda number: some[number][:2])
    at = {some[number][:2]: place for place, number in enumerate(order)}
    columns: dict[str, Any] = dict.fromkeys(ARRAYS, [0] * len(some))
    columns |= {
        "lon": [60.0 + 0.1 * node for node in range(NODES)],
        "lat": [40.0 + 0.1 * (node % 2) for node in range(NODES)],
        **{name: [0] * NODES for name in ("node_mode", "node_gauge", "node_area")},
        "node_terminal": [-1] * NODES,
        "tail": [some[number][0] for number in order],
        "head": [some[number][1] for number in order],
        "km": [10.0] * len(some),
        "mode": [modes[number] for number in order],
        "ref": [-1] * len(some),
        "gate": [-1] * len(some),
        "twin": [at.get(some[number][1::-1], -1) for number in order],
        "shape_start": [0] * (len(some) + 1),
        "shape": [],
    }
    arrays = {name: np.array(columns[name], dtype=kind) for name, kind in ARRAYS.items()}
    key = f"random-{hash(tuple(itertools.chain((*arc[:2], *arc[2]) for arc in some)))}"
    return Network(id=key, areas=("KAZ",), terminals=(), refs=(), source={}, **arrays)


def plan_of(world: World, some: list[Arc], modes: list[int]) -> Plan:
    network = network_of(some, modes)
    by_pair = {arc[:2]: arc[2] for arc in some}
    cost = np.array(
        [by_pair[pair] for pair in zip(network.tail.tolist(), network.head.tolist(), strict=True)], dtype=float
    )
    every = np.ones(len(some), dtype=bool)
    costs: Any = SimpleNamespace(
        hours=cost[:, 0], usd=cost[:, 1], kg_co2e=cost[:, 2], allowed=every, wanted=every, changed=None
    )
    return Plan(
        world=world, network=network, topology=topology(network), shipment=Shipment(), rules=None, costs=costs,  # type: ignore[arg-type]
        money=np.ones(len(some)), amount=1.0, usd_per_h=2.0, key=(repr(some), tuple(modes)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return World.at(DAY)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arcs(least=1), st.data())
def test_the_best_in_each_criterion_is_a_candidate(world: World, some: list[Arc], data: st.DataObject) -> None:
    surface = [MODES.index(name) for name in ("rail", "road", "sea")]
    modes = data.draw(st.lists(st.sampled_from(surface), min_size=len(some), max_size=len(some)))
    the_plan = plan_of(world, some, modes)
    weightings = variants("generalised", MODES, thresholds(world.facts), by_surface=True)
    doors = ((Way(SOURCE, SOURCE),), (Way(TARGET, TARGET),))
    found = candidates(the_plan, lambda _: doors, (), weightings)
    front = enumerated(some)
    assert bool(found) == bool(front)
    if not front:
        return
    costs: Any = the_plan.costs
    arrays = (costs.hours, costs.usd, costs.kg_co2e)
    values = {tuple(round(float(array[one.arcs].sum())) for array in arrays) for one in found}
    for k in range(3):
        assert min(value[k] for value in values) == min(value[k] for value in front)
    assert min(2 * hours + usd for hours, usd, _ in values) == min(2 * hours + usd for hours, usd, _ in front)
    for value in values:
        assert any(all(a <= b for a, b in zip(one, value, strict=True)) for one in front)
    assert {one.reason for one in found} >= {"generalised"}
    assert {one.name for one in weightings} >= set(OBJECTIVES)


@pytest.mark.parametrize(("origin", "destination"), [("Almaty", "Bishkek"), ("Yerevan", "Batumi")])
def test_a_real_front_begins_with_candidates(world: World, origin: str, destination: str) -> None:
    item = cover.measure(world, cover.Case("X", origin, destination, DAY, "short"))
    assert len(item.front) > 1
    assert cover.found_optima(item) == 3
    for name, some in item.sets.items():
        assert len(some), name
        assert math.isfinite(float(cover.distance(item.front, some).max()))
        # No way of any set beats one of the front that it is not equal to.
        under = np.all(some[:, None, :] < item.front[None, :, :] * (1.0 - cover.EQUAL), axis=2)
        assert not bool(under.any())
