"""Laws of the network: an overlay equals a rebuilt graph; by land, areas meet only in rows of the crossing table."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.facts import load as load_facts
from landbridge.network import KINDS, MODES, load, overlay
from landbridge.world.types import Link
from tests.network.tiny import POSTS, Arc, build, distances, grid

COLUMNS, ROWS = 6, 3
AREAS = ("AAA", "BBB")


def rebuilt(links: list[tuple[int, int, float]]):
    """The grid with the links as arcs over a middle node each, built from nothing."""
    base = grid(ROWS, COLUMNS)
    nodes = [(float(base.lat[i]), float(base.lon[i]), "road", 0, AREAS[base.node_area[i]]) for i in range(base.n)]
    arcs = [
        Arc(int(t), int(h), float(k), kind=KINDS[kind], ref=base.refs[r] if r >= 0 else None, both=False)
        for t, h, k, kind, r in zip(base.tail, base.head, base.km, base.kind, base.ref, strict=True)
    ]
    for a, b, km in links:
        middle = len(nodes)
        nodes.append(((nodes[a][0] + nodes[b][0]) / 2, (nodes[a][1] + nodes[b][1]) / 2, "road", 0, nodes[a][4]))
        arcs += [Arc(a, middle, km / 2), Arc(middle, b, km / 2)]
    return build(nodes, arcs)


west = st.sampled_from([r * COLUMNS + c for r in range(ROWS) for c in range(COLUMNS // 2)])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(west, west, st.floats(1.0, 120.0)), max_size=4), st.integers(0, ROWS * COLUMNS - 1))
def test_overlay_equals_a_rebuilt_graph(wanted: list[tuple[int, int, float]], start: int) -> None:
    links = [(a, b, round(km, 1)) for a, b, km in wanted if a != b]
    base = grid(ROWS, COLUMNS)
    given_links = [
        Link(f"l{i}", "road", f"{base.lat[a]},{base.lon[a]}", f"{base.lat[b]},{base.lon[b]}", km=km)
        for i, (a, b, km) in enumerate(links)
    ]
    laid = overlay(base, given_links, POSTS).network
    whole = rebuilt(links)
    assert laid.n == whole.n
    np.testing.assert_allclose(distances(laid, start), distances(whole, start), atol=0.1)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(west, west, st.floats(1.0, 120.0)), min_size=2, max_size=4), st.randoms(use_true_random=False)
)
def test_order_of_links_does_not_matter(wanted: list[tuple[int, int, float]], random) -> None:
    base = grid(ROWS, COLUMNS)
    links = [
        Link(f"l{i}", "road", f"{base.lat[a]},{base.lon[a]}", f"{base.lat[b]},{base.lon[b]}", km=round(km, 1))
        for i, (a, b, km) in enumerate(wanted)
        if a != b
    ]
    other = links.copy()
    random.shuffle(other)
    one, two = overlay(base, links, POSTS).network, overlay(base, other, POSTS).network
    for start in (0, 7, 17):
        np.testing.assert_allclose(distances(one, start)[: base.n], distances(two, start)[: base.n], rtol=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(west, west, st.floats(1.0, 300.0)), max_size=4), st.integers(0, ROWS * COLUMNS - 1))
def test_building_never_lengthens_a_way(wanted: list[tuple[int, int, float]], start: int) -> None:
    base = grid(ROWS, COLUMNS)
    links = [
        Link(f"l{i}", "road", f"{base.lat[a]},{base.lon[a]}", f"{base.lat[b]},{base.lon[b]}", km=km)
        for i, (a, b, km) in enumerate(wanted)
        if a != b
    ]
    laid = overlay(base, links, POSTS).network
    assert bool((distances(laid, start)[: base.n] <= distances(base, start) + 1e-3).all())


def test_by_land_areas_meet_only_in_the_crossing_table() -> None:
    network, facts = load(), load_facts()
    rows = facts.table("crossings").by_id
    de_jure = {row["id"]: row["de_jure"][0] for row in facts.table("areas").rows}
    a, b = network.node_area[network.tail], network.node_area[network.head]
    land = np.isin(network.mode, [MODES.index("rail"), MODES.index("road")])
    across = land & (a >= 0) & (b >= 0) & (a != b)
    kinds = {KINDS[k] for k in network.kind[across].tolist()}
    assert kinds == {"crossing", "ferry"}
    for arc in np.flatnonzero(network.kind == KINDS.index("crossing")).tolist():
        table, row_id = network.refs[network.ref[arc]]
        row = rows[row_id]
        ends = [network.areas[network.node_area[n]] for n in (network.tail[arc], network.head[arc])]
        assert table == "crossings"
        assert ends[0] != ends[1]
        pair = {row["area_a"], row["area_b"]}
        assert set(ends) == pair or {de_jure.get(e, e) for e in ends} == pair, (row_id, ends)
        assert MODES[network.mode[arc]] in ("rail", "road")


def test_inferred_crossings_are_of_listed_pairs() -> None:
    facts = load_facts()
    pairs = {frozenset((r["area_a"], r["area_b"])) for r in facts.table("inferred_pairs").rows}
    inferred = [r for r in facts.table("crossings").rows if r["inferred"]]
    assert inferred
    for row in inferred:
        assert row["grade"] == "D"
        assert row["id"].startswith("auto-")
        assert frozenset((row["area_a"], row["area_b"])) in pairs
