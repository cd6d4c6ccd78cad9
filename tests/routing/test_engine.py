"""The two engines: same costs, same paths, refusals of bad input."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.routing import _cch, _restricted
from landbridge.routing._overlaid import OverlaidEngine
from landbridge.routing._restricted import RestrictedEngine
from landbridge.routing.chain import Way, best_chain
from landbridge.routing.engine import UNREACHABLE, Topology, make_engine
from landbridge.routing.once import best_once
from landbridge.routing.weighted import ENGINES_KEPT, SEARCHES, Weighted
from landbridge.routing.weights import INF, TIE_STEPS, tie_breaks

ENGINES = ("dijkstra", "cch") if _cch.available() else ("dijkstra",)


def random_topology(seed: int, n: int, m: int) -> tuple[Topology, np.ndarray]:
    rng = np.random.default_rng(seed)
    pairs = np.unique(rng.integers(0, n, (m, 2)), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    tail, head = pairs[:, 0].astype(np.int32), pairs[:, 1].astype(np.int32)
    lat = rng.uniform(-80, 80, n).astype(np.float32)
    lon = rng.uniform(-180, 180, n).astype(np.float32)
    weights = rng.integers(1, 400, len(pairs)) * TIE_STEPS + tie_breaks(tail, head)
    weights[rng.random(len(pairs)) < 0.15] = INF
    return Topology(f"test-{seed}-{n}-{m}", n, tail, head, lat, lon), weights.astype(np.uint32)


@pytest.mark.skipif(len(ENGINES) < 2, reason="pyroutingkit is not installed")
@pytest.mark.parametrize("seed", range(4))
def test_engines_agree_on_a_thousand_queries(seed: int) -> None:
    topology, weights = random_topology(seed, 400, 1600)
    fast, plain = make_engine(topology, weights, kind="cch"), make_engine(topology, weights, kind="dijkstra")
    nodes = np.arange(400)
    expected = plain.distances(nodes, nodes)
    np.testing.assert_array_equal(fast.distances(nodes, nodes), expected)
    rng = np.random.default_rng(seed)
    starts, goals = rng.integers(0, 400, (2, 90))
    np.testing.assert_array_equal(fast.distances(starts, goals), expected[np.ix_(starts, goals)])
    for source, target in rng.integers(0, 400, (300, 2)).tolist():
        one, other = fast.path(source, target), plain.path(source, target)
        assert (one is None) == (other is None)
        if one is None or other is None:
            assert expected[source, target] == UNREACHABLE
            continue
        assert one.units == other.units == expected[source, target]
        for path in (one, other):
            assert int(weights[path.arcs].astype(np.int64).sum()) == path.units
        np.testing.assert_array_equal(one.arcs, other.arcs)


@pytest.mark.skipif(len(ENGINES) < 2, reason="pyroutingkit is not installed")
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), most=st.integers(1, 3))
def test_paths_of_equal_weight_are_told_apart_alike(seed: int, most: int) -> None:
    """With weights of 1 to `most` nearly every path has others that weigh the same."""
    topology, _ = random_topology(seed, 60, 260)
    rng = np.random.default_rng(seed)
    weights = rng.integers(1, most + 1, len(topology.tail)).astype(np.uint32)
    weights[rng.random(len(weights)) < 0.1] = INF
    # The same arcs under other positions are contracted in another order.
    turned = replace(topology, key=f"{topology.key}-turned", lat=topology.lon / 3, lon=topology.lat * 2)
    engines = [make_engine(one, weights, kind=kind) for one in (topology, turned) for kind in ENGINES]
    for source, target in rng.integers(0, 60, (40, 2)).tolist():
        found = [engine.path(source, target) for engine in engines]
        if found[0] is None:
            assert found == [None] * len(engines)
            continue
        for path in found[1:]:
            assert path is not None
            assert path.units == found[0].units
            np.testing.assert_array_equal(path.arcs, found[0].arcs)


def test_weights_of_nothing_are_refused() -> None:
    topology, weights = random_topology(1, 30, 90)
    weights[0] = 0
    with pytest.raises(ValueError, match="positive"):
        make_engine(topology, weights)


@pytest.mark.parametrize("kind", ENGINES)
def test_path_is_joined_and_ends_where_asked(kind: str) -> None:
    topology, weights = random_topology(9, 200, 900)
    engine = make_engine(topology, weights, kind=kind)
    for source, target in ((0, 50), (3, 120), (199, 1)):
        path = engine.path(source, target)
        if path is None:
            continue
        assert topology.tail[path.arcs[0]] == source
        assert topology.head[path.arcs[-1]] == target
        np.testing.assert_array_equal(topology.head[path.arcs[:-1]], topology.tail[path.arcs[1:]])
        assert bool(np.all(weights[path.arcs] < INF))


@pytest.mark.parametrize("kind", ENGINES)
def test_bad_nodes_are_refused(kind: str) -> None:
    topology, weights = random_topology(1, 30, 90)
    engine = make_engine(topology, weights, kind=kind)
    with pytest.raises(IndexError, match="node 30 is outside"):
        engine.path(0, 30)
    with pytest.raises(IndexError, match="node -1 is outside"):
        engine.distances(np.array([-1]), np.array([0]))


@pytest.mark.parametrize("kind", ENGINES)
def test_nothing_asked_nothing_answered(kind: str) -> None:
    topology, weights = random_topology(1, 30, 90)
    engine = make_engine(topology, weights, kind=kind)
    assert engine.distances(np.array([], dtype=np.int64), np.array([1])).shape == (0, 1)
    path = engine.path(4, 4)
    assert path is not None
    assert path.units == 0
    assert path.arcs.size == 0


def test_weights_of_a_wrong_kind_are_refused() -> None:
    topology, weights = random_topology(1, 30, 90)
    with pytest.raises(ValueError, match="uint32"):
        make_engine(topology, weights.astype(np.float64))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), closed=st.integers(0, 20))
def test_closing_arcs_never_shortens(seed: int, closed: int) -> None:
    topology, weights = random_topology(seed, 40, 160)
    engine = make_engine(topology, weights)
    shut = weights.copy()
    rng = np.random.default_rng(seed + 1)
    shut[rng.integers(0, len(weights), closed)] = INF
    after = make_engine(topology, shut)
    nodes = np.arange(40)
    big = np.int64(INF)
    before_costs = engine.distances(nodes, nodes)
    after_costs = after.distances(nodes, nodes)
    before_costs = np.where(before_costs == UNREACHABLE, big, before_costs)
    after_costs = np.where(after_costs == UNREACHABLE, big, after_costs)
    assert bool(np.all(after_costs >= before_costs))


@pytest.mark.skipif(len(ENGINES) < 2, reason="pyroutingkit is not installed")
@pytest.mark.parametrize("own", [True, False])
def test_stored_order_gives_the_same_and_a_damaged_one_is_built_anew(tmp_path, monkeypatch, own: bool) -> None:
    topology, weights = random_topology(5, 300, 1200)
    order = np.random.default_rng(1).permutation(300) if own else None
    file = _cch.store(topology, tmp_path, order)
    monkeypatch.setattr(_cch, "order_file", lambda key, folder=None: file)
    _cch.prepared.cache_clear()
    stored = make_engine(topology, weights, kind="cch")
    expected = make_engine(topology, weights, kind="dijkstra").distances(np.arange(20), np.arange(300))
    np.testing.assert_array_equal(stored.distances(np.arange(20), np.arange(300)), expected)
    whole, middle = file.read_bytes(), file.stat().st_size // 3
    if own:
        with pytest.raises(ValueError, match="each node once"):
            _cch.store(topology, tmp_path, np.zeros(300, dtype=np.int64))
    for damaged in (whole[:middle], whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]):
        file.write_bytes(damaged)
        _cch.prepared.cache_clear()
        rebuilt = make_engine(topology, weights, kind="cch")
        np.testing.assert_array_equal(rebuilt.distances(np.arange(20), np.arange(300)), expected)
    _cch.prepared.cache_clear()


@pytest.mark.skipif(len(ENGINES) < 2, reason="pyroutingkit is not installed")
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), nodes=st.integers(0, 4), arcs=st.integers(1, 12))
def test_arcs_laid_over_a_topology_give_what_one_built_anew_gives(seed: int, nodes: int, arcs: int) -> None:
    """New arcs between old nodes, to new nodes and among them; light ones, so that many ways use them."""
    base, _ = random_topology(seed, 40, 130)
    rng = np.random.default_rng(seed)
    old = set(zip(base.tail.tolist(), base.head.tolist(), strict=True))
    n = base.n + nodes
    some = rng.integers(0, n, (arcs, 2))
    some[:nodes, 0] = np.arange(base.n, n)[: len(some[:nodes])]
    new = sorted({(a, b) for a, b in some.tolist() if a != b and (a, b) not in old})
    tail = np.array([*base.tail.tolist(), *(a for a, _ in new)], dtype=np.int32)
    head = np.array([*base.head.tolist(), *(b for _, b in new)], dtype=np.int32)
    order = np.lexsort((head, tail))
    number = np.concatenate((np.arange(len(base.tail)), np.full(len(new), -1)))[order]
    lat, lon = (np.concatenate((one, one[:nodes])) for one in (base.lat, base.lon))
    whole = Topology(f"laid-{seed}-{nodes}-{arcs}", n, tail[order], head[order], lat, lon)
    over = replace(whole, base=base, base_arc=number)
    weights = rng.integers(1, 6, len(number)).astype(np.uint32)
    weights[rng.random(len(weights)) < 0.1] = INF
    fast = make_engine(over, weights, kind="cch")
    assert isinstance(fast, OverlaidEngine) or not new
    plain = make_engine(whole, weights, kind="dijkstra")
    every = np.arange(n)
    np.testing.assert_array_equal(fast.distances(every, every), plain.distances(every, every))
    for source, target in rng.integers(0, n, (40, 2)).tolist():
        one, other = fast.path(source, target), plain.path(source, target)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert one.units == other.units
            np.testing.assert_array_equal(one.arcs, other.arcs)


@pytest.mark.skipif(len(ENGINES) < 2, reason="pyroutingkit is not installed")
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), most=st.integers(1, 4), share=st.floats(0.05, 0.6))
def test_an_engine_of_a_part_gives_what_the_whole_gives(seed: int, most: int, share: float) -> None:
    """Arcs among some nodes alone may be used; the part serves for what shuts more of them too."""
    topology, _ = random_topology(seed, 60, 300)
    rng = np.random.default_rng(seed)
    inside = rng.random(60) < np.sqrt(share)
    weights = rng.integers(1, most + 1, len(topology.tail)).astype(np.uint32)
    weights[~(inside[topology.tail] & inside[topology.head])] = INF
    shut = weights.copy()
    shut[rng.random(len(weights)) < 0.1] = INF
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_restricted, "LEAST_ARCS", 1)
        parts = [_restricted.part_of(topology, some) for some in (weights, shut)]
        fast = [make_engine(topology, some, kind="cch") for some in (weights, shut)]
    few = [0 < np.count_nonzero(some < INF) <= _restricted.SHARE * some.size for some in (weights, shut)]
    assert [part is not None for part in parts] == few
    if not all(few):
        return
    if np.count_nonzero(weights < INF) <= _restricted.LARGER * np.count_nonzero(shut < INF):
        assert parts[0] is parts[1]
    every = np.arange(60)
    for engine, some in zip(fast, (weights, shut), strict=True):
        assert isinstance(engine, RestrictedEngine)
        plain = make_engine(topology, some, kind="dijkstra")
        np.testing.assert_array_equal(engine.distances(every, every), plain.distances(every, every))
        for source, target in rng.integers(0, 60, (40, 2)).tolist():
            one, other = engine.path(source, target), plain.path(source, target)
            assert (one is None) == (other is None)
            if one is not None and other is not None:
                assert one.units == other.units
                np.testing.assert_array_equal(one.arcs, other.arcs)
        with pytest.raises(IndexError, match="node 60 is outside"):
            engine.path(60, 0)


@pytest.mark.skipif(len(ENGINES) < 2, reason="pyroutingkit is not installed")
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), most=st.sampled_from([1, 2, 3, 400]), changed=st.integers(0, 30))
def test_engines_that_share_a_hierarchy_answer_as_each_alone(seed: int, most: int, changed: int) -> None:
    """Some arcs are shut, dearer or cheaper; the engines are asked in turn, more often than they share."""
    topology, _ = random_topology(seed, 80, 320)
    rng = np.random.default_rng(seed)
    weights = rng.integers(1, most + 1, len(topology.tail)).astype(np.uint32)
    weights[rng.random(len(weights)) < 0.1] = INF
    some = [weights]
    for _ in range(2):
        other = weights.copy()
        arcs = rng.integers(0, len(weights), changed)
        other[arcs] = rng.choice([1, most, 2 * most, INF], changed)
        some.append(other)
    first = make_engine(topology, some[0], kind="cch")
    engines = [first, *(make_engine(topology, one, kind="cch", like=first) for one in some[1:])]
    assert len({id(engine._held) for engine in engines}) == 1
    plain = [make_engine(topology, one, kind="dijkstra") for one in some]
    every = np.arange(80)
    for _ in range(_cch.TURNS + 2):
        for engine, reference in zip(engines, plain, strict=True):
            np.testing.assert_array_equal(engine.distances(every, every), reference.distances(every, every))
            source, target = rng.integers(0, 80, 2).tolist()
            one, other_path = engine.path(source, target), reference.path(source, target)
            assert (one is None) == (other_path is None)
            if one is not None and other_path is not None:
                assert one.units == other_path.units
                np.testing.assert_array_equal(one.arcs, other_path.arcs)
    assert len({id(engine._held) for engine in engines}) > 1


@pytest.mark.skipif(len(ENGINES) < 2, reason="pyroutingkit is not installed")
def test_threads_share_a_hierarchy_and_do_not_disturb_each_other() -> None:
    topology, weights = random_topology(12, 150, 700)
    shut = weights.copy()
    shut[::40] = INF
    first = make_engine(topology, weights, kind="cch")
    engines = [first, make_engine(topology, shut, kind="cch", like=first)]
    every = np.arange(150)
    expected = [make_engine(topology, one, kind="dijkstra").distances(every, every) for one in (weights, shut)]

    def ask(number: int) -> bool:
        which, source = number % 2, np.array([number % 150])
        return bool((engines[which].distances(source, every)[0] == expected[which][source[0]]).all())

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(400)))


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10_000), most=st.sampled_from([1, 2, 3, 400]), limit=st.integers(0, 12))
def test_one_search_from_all_doors_finds_what_the_engines_find(seed: int, most: int, limit: int) -> None:
    """Doors, path and weight are those of a chain over an engine, also among equals; beyond a limit there is none."""
    topology, _ = random_topology(seed, 60, 240)
    rng = np.random.default_rng(seed)
    weights = rng.integers(1, most + 1, len(topology.tail)).astype(np.uint32)
    weights[rng.random(len(weights)) < 0.1] = INF
    begin, end = (
        tuple(Way(node, node, int(rng.integers(0, most + 1))) for node in rng.integers(0, 60, 4).tolist())
        for _ in range(2)
    )
    expected = best_chain(make_engine(topology, weights), (begin, end))
    found = best_once(topology, weights, begin, end)
    assert (found is None) == (expected is None)
    if found is None or expected is None:
        return
    assert (found.units, found.ways, found.starts) == (expected.units, expected.ways, expected.starts)
    np.testing.assert_array_equal(found.arcs, expected.arcs)
    for most_units in (expected.units, limit):
        again = best_once(topology, weights, begin, end, most_units)
        assert (again is None) == (expected.units > most_units)
        if again is not None:
            np.testing.assert_array_equal(again.arcs, expected.arcs)


def test_a_weighting_answers_alike_before_and_after_its_engine_is_made() -> None:
    topology, weights = random_topology(3, 200, 900)
    rng = np.random.default_rng(3)
    weighted = Weighted(topology, weights)
    asked = [tuple((Way(node, node),) for node in pair) for pair in rng.integers(0, 200, (2 * SEARCHES, 2)).tolist()]
    found = [weighted.best(*ends) for ends in asked]
    assert weighted.engine is not None
    for one, (begin, end) in zip(found, asked, strict=True):
        other = best_chain(make_engine(topology, weights), (begin, end))
        assert (one is None) == (other is None)
        assert one is None or other is None or one.arcs.tolist() == other.arcs.tolist()


@pytest.mark.skipif(len(ENGINES) < 2, reason="pyroutingkit is not installed")
def test_engines_are_dropped_and_what_they_held_is_used_again() -> None:
    topology, weights = random_topology(8, 120, 500)
    rng = np.random.default_rng(8)
    some = []
    for _ in range(ENGINES_KEPT + 3):
        turned = np.where(weights < INF, rng.permutation(weights), INF).astype(np.uint32)
        some.append(Weighted(topology, turned))
        assert some[-1].engine is not None
    assert [one.at_hand for one in (some[0], some[-1])] == [False, True]
    nodes = np.arange(120)
    for one in (some[0], some[1], some[-1]):
        expected = make_engine(topology, one.weights, kind="dijkstra").distances(nodes, nodes)
        np.testing.assert_array_equal(one.engine.distances(nodes, nodes), expected)
