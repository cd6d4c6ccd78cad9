"""Arrays over a network: units, evidence, what may be used."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.network import KINDS, MODES, load
from landbridge.routing.costs import arc_costs, arc_factors, book, complete, mode_factors, rate_notes
from landbridge.routing.costs.classes import arc_classes
from landbridge.routing.costs.parts import BEFORE_FLIGHT, REST_IN_WAIT
from landbridge.routing.shipment import Shipment
from landbridge.world import World


@pytest.fixture(scope="module")
def real():
    world = World.at("2024-06-01")
    return world, load(), arc_costs(world, load(), Shipment(origin_area="CHN", destination_area="DEU"))


def test_arrays_of_the_shipped_network_are_finite_and_not_negative(real):
    _, network, costs = real
    for name in ("hours", "var_h2", "usd", "kg_co2e", "wait_hours"):
        array = getattr(costs, name)[:]
        assert array.shape == (network.m,)
        assert array.dtype == np.float64
        assert np.isfinite(array).all(), name
        assert (array >= 0.0).all(), name
    assert (costs.hours > 0.0).all()
    # Drivers rest in a long wait for a ferry, which spares them rests on the way.
    for arc in np.flatnonzero(costs.wait_hours[:] > costs.hours + 1e-9).tolist():
        rested = sum(part.hours for part in costs.parts(arc) if part.factor == REST_IN_WAIT)
        assert costs.wait_hours[:][arc] + rested <= costs.hours[arc] + 1e-9
    assert ((costs.grade_hours[:] < 4) & (costs.grade_usd[:] < 4)).all()


def test_most_of_the_network_may_be_used_and_each_refusal_cites_a_row(real):
    world, _, costs = real
    assert costs.allowed.mean() > 0.9
    assert (costs.blocked[costs.allowed] == -1).all()
    for refusal in costs.refusals:
        assert refusal.id in world.facts.table(refusal.table).by_id, refusal


def test_every_arc_stands_on_rows_that_exist(real):
    world, network, costs = real
    # What happens before a flight is counted with the flight.
    to_plane = (network.mode == MODES.index("air")) & (network.kind == KINDS.index("transfer"))
    to_plane &= network.node_mode[network.head] == MODES.index("air")
    assert (costs.ev_hours[:][~to_plane] >= 0).all()
    flown = (network.mode == MODES.index("air")) & (network.kind == KINDS.index("move"))
    assert {part.factor for part in costs.parts(int(np.flatnonzero(flown)[0]))} >= {BEFORE_FLIGHT}
    moving = costs.km > 0.5
    assert (costs.ev_usd[moving] >= 0).all()
    for table, row in costs.evidence:
        assert row in world.facts.table(table).by_id, (table, row)


def test_the_pieces_add_up_to_the_arrays(real):
    world, network, costs = real
    factors = arc_factors(network, mode_factors(Shipment(), world.facts))
    chosen = np.concatenate([np.flatnonzero(network.kind == kind)[::97][:40] for kind in range(len(KINDS))])
    for arc in chosen.tolist():
        parts = costs.parts(arc)
        km = float(network.km[arc])
        assert sum(p.hours + p.hours_km * km for p in parts) == pytest.approx(costs.hours[arc], abs=2e-3)
        assert sum(p.usd + p.usd_km * km for p in parts) == pytest.approx(costs.usd[arc] * factors[arc], abs=1e-6)
        assert sum(p.kg + p.kg_km * km for p in parts) == pytest.approx(costs.kg_co2e[arc] * factors[arc], abs=1e-6)


def test_the_same_question_gives_the_same_arrays(real):
    world, network, costs = real
    again = arc_costs(world, network, Shipment(origin_area="CHN", destination_area="DEU"))
    for name in ("hours", "usd", "kg_co2e", "var_h2", "allowed", "blocked"):
        assert np.array_equal(getattr(costs, name)[:], getattr(again, name)[:]), name


def test_rates_far_in_time_are_told_as_far_as_they_are_used(real):
    _, _, costs = real
    (note,) = rate_notes(costs.book, set(costs.evidence))
    assert "price index" in note
    far = next(one for one in costs.book.found.values() if one and one.inflated and one.gap_years > 0)
    (one,) = rate_notes(costs.book, {far.row})
    assert one.startswith("1 rate comes from the nearest year")
    assert rate_notes(costs.book, set()) == ()


def test_modes_asked_for_bind_moves_and_transfers():
    world, network = World.at("2024-06-01"), load()
    costs = arc_costs(world, network, Shipment(modes=("road",)))
    modes = network.mode[costs.allowed]
    ferries = network.kind[costs.allowed] == KINDS.index("ferry")
    assert set(np.unique(modes[~ferries]).tolist()) == {MODES.index("road")}
    transfers = network.kind == KINDS.index("transfer")
    assert not costs.allowed[transfers].any()


def test_avoided_areas_crossings_and_passages_are_left_out():
    world, network = World.at("2024-06-01"), load()
    costs = arc_costs(world, network, Shipment(avoid=("area:RUS", "suez", "crossing:GEO-TUR-sarpi")))
    russia = network.areas.index("RUS")
    touched = (network.node_area[network.tail] == russia) | (network.node_area[network.head] == russia)
    assert not costs.allowed[touched].any()
    assert not costs.allowed[network.arcs_of("passages", "suez")].any()
    assert not costs.allowed[network.arcs_of("crossings", "GEO-TUR-sarpi")].any()
    assert (costs.blocked[network.arcs_of("passages", "suez")] == -1).all()


def test_boxes_do_not_go_over_terminals_of_bulk_but_bulk_does():
    world, network = World.at("2024-06-01"), load()
    boxes = arc_costs(world, network, Shipment())
    coal = arc_costs(world, network, Shipment(cargo="coal", tonnes=5000.0))
    refused = [n for n, one in enumerate(boxes.refusals) if one.reason.startswith("no containers")]
    assert len(refused) > 5
    arcs = np.flatnonzero(np.isin(boxes.blocked, refused))
    assert not boxes.allowed[arcs].any()
    assert coal.allowed[arcs].mean() > 0.5
    assert not any(one.reason.startswith("no containers") for one in coal.refusals)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("hormuz", (25.2, 58.5), (26.5, 52.0)),
        ("bosphorus", (42.5, 30.0), (40.7, 28.2)),
        ("suez", (20.0, 38.5), (32.5, 31.0)),
        ("panama", (11.0, -79.9), (7.0, -79.5)),
        ("bab-el-mandeb", (12.0, 46.0), (16.0, 41.0)),
    ],
)
def test_who_goes_through_a_passage_pays_it_once(name: str, one: tuple[float, float], other: tuple[float, float]):
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    network = load()
    classes = arc_classes(network, World.at("2024-06-01").facts)
    own = network.arcs_of("passages", name)
    paid = np.zeros(network.m, dtype=np.bool_)
    paid[own] = np.array([c.flag for c in classes.classes])[classes.of_arc][own]
    wet = np.isin(network.kind, [KINDS.index("move"), KINDS.index("passage")])
    wet &= network.mode == MODES.index("sea")
    sea = np.flatnonzero(network.node_mode == MODES.index("sea"))
    start, goal = (
        int(sea[np.argmin((network.lat[sea] - lat) ** 2 + (network.lon[sea] - lon) ** 2)]) for lat, lon in (one, other)
    )
    graph = csr_array((network.km[wet] + 1e-3, (network.tail[wet], network.head[wet])), shape=(network.n, network.n))
    far, before = dijkstra(graph, indices=start, return_predecessors=True)
    assert np.isfinite(far[goal])
    crossed, node = 0, goal
    while node != start:
        arc = network.arc_between(int(before[node]), node)
        crossed += int(paid[arc])
        node = int(before[node])
    assert crossed == 1


def test_loose_cargo_is_counted_in_tonnes():
    world, network = World.at("2024-06-01"), load()
    shipment = complete(Shipment(cargo="grain", tonnes=100.0), world.facts)
    costs = arc_costs(world, network, shipment)
    assert costs.unit == "tonne"
    sea = np.flatnonzero((network.mode == MODES.index("sea")) & (network.kind == KINDS.index("move")))[:50]
    by_tonne = costs.usd[sea] / network.km[sea]
    assert ((by_tonne > 0.0005) & (by_tonne < 0.05)).all()


def sailed(network, costs, *, changes: bool):
    """The number of the water of each node: what ships of one shipment join, with or without a change between them."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    wet = np.isin(network.mode, [MODES.index("sea"), MODES.index("river")]) & costs.wanted
    wet &= np.isin(network.kind, [KINDS.index("move"), KINDS.index("passage")]) | (changes & change_arcs(network))
    joined = csr_array((np.ones(wet.sum()), (network.tail[wet], network.head[wet])), shape=(network.n, network.n))
    return connected_components(joined, directed=False)[1]


def change_arcs(network):
    at_sea = network.node_mode == MODES.index("sea")
    return (network.kind == KINDS.index("transfer")) & at_sea[network.tail] & at_sea[network.head]


def waters(network, water, port: str) -> set[int]:
    return {int(water[node]) for node in network.terminal_nodes(port) if network.node_mode[node] == MODES.index("sea")}


def test_ships_are_changed_in_ports_alone_and_a_change_is_waited(real):
    world, network, costs = real
    rows = world.facts.table("feeder_networks").rows
    hubs = {port for row in rows for port in row["hubs"]}
    changes = np.flatnonzero(change_arcs(network))
    for ends in (network.tail, network.head):
        assert {network.terminals[network.node_terminal[node]].id for node in ends[changes].tolist()} == hubs
    waited = book(world.facts, world.day).get("feeder_connection_h", mode="sea").value
    assert (costs.wait_hours[changes] == waited).all()
    sailing = np.isin(network.kind, [KINDS.index("move"), KINDS.index("passage")])
    sailing &= np.isin(network.mode, [MODES.index("sea"), MODES.index("river")])
    assert (costs.wait_hours[sailing] == 0.0).all()


def test_no_large_ship_reaches_a_feeder_port_a_shallow_sea_or_a_river_and_small_ones_do(real):
    _, network, costs = real
    alone, together = sailed(network, costs, changes=False), sailed(network, costs, changes=True)
    main = waters(network, alone, "jeddah")
    for port in ("singapore", "constanta", "gdansk", "gothenburg", "rotterdam"):
        assert main <= waters(network, alone, port), port
    for port in ("azov", "taganrog", "st-petersburg-bronka", "poti", "novorossiysk", "arkhangelsk", "gwadar"):
        assert not waters(network, alone, port) & main, port
        assert waters(network, together, port) == waters(network, together, "jeddah"), port
    assert waters(network, alone, "azov") == waters(network, alone, "rostov-on-don")
    assert waters(network, alone, "baku-alat") == waters(network, alone, "aktau") == waters(network, alone, "astrakhan")


def test_between_the_ports_of_one_network_and_its_hubs_a_small_ship_sails_without_a_change(real):
    world, network, costs = real
    alone = sailed(network, costs, changes=False)
    for row in world.facts.table("feeder_networks").rows:
        first, *others = (waters(network, alone, port) for port in (*row["hubs"], *row["ports"]))
        assert set.intersection(first, *others), row["id"]


def test_large_ships_keep_out_of_a_canal_that_is_too_short_and_others_sail_all_lanes_but_those_of_small_ships(real):
    world, network, costs = real
    kiel, small = network.arcs_of("passages", "kiel"), network.small_ships
    by_small = small[network.tail[kiel]] | small[network.head[kiel]]
    assert (costs.wanted[kiel] == by_small).all()
    assert by_small.any()
    for other in (Shipment(carrier="RUS"), Shipment(cargo="coal", tonnes=5000.0)):
        direct = arc_costs(world, network, other)
        assert (direct.wanted[kiel] != by_small).all()
        assert not direct.wanted[small[network.tail]].any()


def test_what_small_ships_pay_in_a_strait_is_paid_where_large_ones_pay_it(real):
    world, network, _ = real
    classes = arc_classes(network, world.facts)
    small, paid = network.small_ships, np.array([one.flag for one in classes.classes])[classes.of_arc]
    for name in ("bosphorus", "dardanelles", "kiel", "danish-straits", "malacca"):
        own = network.arcs_of("passages", name)
        above = own[small[network.tail[own]] & small[network.head[own]]]
        assert paid[above].any(), name
