"""The packaged network: what must hold of its arrays, and places that it must join as they are joined."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from landbridge.facts import load as load_facts
from landbridge.network import (
    KINDS,
    MODES,
    SHIPPED,
    Network,
    arc_points,
    load,
    nearest,
    path_points,
    same_gauge,
    station_node,
)
from landbridge.network.packing import reverse_arcs

RAIL, ROAD, SEA = (MODES.index(m) for m in ("rail", "road", "sea"))
CROSSING, FERRY, GAUGE, TRANSFER, SWAP = (KINDS.index(k) for k in ("crossing", "ferry", "gauge", "transfer", "swap"))
BREAKS = (
    "CHN-KAZ-alashankou-rail",
    "CHN-KAZ-khorgos-rail",
    "CHN-RUS-manzhouli-rail",
    "CHN-MNG-erenhot-rail",
    "BLR-POL-brest-rail",
    "IRN-TKM-sarakhs-rail",
    "IRN-TKM-incheh-borun-rail",
)
THROUGH = {  # crossings without a change of gauge, and the gauge that runs through
    "POL-UKR-hrubieszow-lhs-rail": 1520,
    "SVK-UKR-matovce-rail": 1520,
    "LTU-POL-mockava-rail": 1435,
    "GEO-TUR-kartsakhi-rail": 1435,
    "AZE-IRN-astara-rail": 1520,
    "AFG-IRN-rozanak-rail": 1435,
    "AFG-UZB-hairatan-rail": 1520,
    "AFG-TKM-serhetabat-rail": 1520,
    "KAZ-TKM-bolashak": 1520,
}
STATIONS = [
    "moscow-rus",
    "novosibirsk-rus",
    "vladivostok-rus",
    "almaty-kaz",
    "tashkent-uzb",
    "baku-aze",
    "tbilisi-geo",
    "yerevan-arm",
    "tehran-irn",
    "mashhad-irn",
    "istanbul-tur",
    "ankara-tur",
    "minsk-blr",
    "kyiv-ukr",
    "warsaw-pol",
    "berlin-deu",
    "paris-fra",
    "madrid-esp",
    "vienna-aut",
    "budapest-hun",
    "bucharest-rou",
    "sofia-bgr",
    "beijing-chn",
    "urumqi-chn",
    "xian-chn",
    "hanoi-vnm",
    "helsinki-fin",
    "riga-lva",
    "vilnius-ltu",
    "ulaanbaatar-mng",
    "ashgabat-tkm",
    "dushanbe-tjk",
    "osh-kgz",
    "lahore-pak",
    "quetta-pak",
    "delhi-ind",
    "mumbai-ind",
    "dhaka-bgd",
    "london-gbr",
]


@pytest.fixture(scope="module")
def net() -> Network:
    return load()


@pytest.fixture(scope="module")
def rail(net: Network) -> csr_matrix:
    lines = load_facts().table("lines").by_id
    stands = [table == "lines" and lines[key]["status"] == "operational" for table, key in net.refs]
    ok = np.isin(net.mode, [RAIL]) & ((net.gate < 0) | np.array(stands)[net.gate])
    return csr_matrix((net.km[ok].astype(float), (net.tail[ok], net.head[ok])), shape=(net.n, net.n))


def test_file_is_small_and_the_repr_counts(net: Network) -> None:
    assert SHIPPED.stat().st_size < 4_000_000
    assert sum(p.stat().st_size for p in SHIPPED.parent.iterdir() if p.suffix != ".py") < 6_000_000
    assert f"{net.n:,} nodes" in repr(net)
    assert f"{net.m:,} arcs" in repr(net)


def ship_changes(net: Network) -> np.ndarray:
    """The arcs between the two quays of a hub, which are one place."""
    return np.asarray((net.kind == TRANSFER) & (net.small_ships[net.tail] != net.small_ships[net.head])
                      & (net.node_mode[net.tail] == SEA) & (net.node_mode[net.head] == SEA))  # fmt: skip


def test_lanes_of_small_ships_lie_over_lanes(net: Network) -> None:
    spots = list(zip(net.lat.tolist(), net.lon.tolist(), strict=True))
    small = net.small_ships
    at: dict[tuple[float, float], list[int]] = {}
    for node in np.flatnonzero((net.node_mode == SEA) & ~small).tolist():
        at.setdefault(spots[node], []).append(node)
    above = np.flatnonzero((small[net.tail] | small[net.head]) & ~np.isin(net.kind, (TRANSFER, FERRY))).tolist()
    assert len(above) > 1000
    for arc in above:
        tails, heads = at[spots[int(net.tail[arc])]], at[spots[int(net.head[arc])]]
        under = [net.arc_between(tail, head) for tail in tails for head in heads]
        assert any(
            one is not None and (net.kind[one], net.ref[one], net.km[one]) == (net.kind[arc], net.ref[arc], net.km[arc])
            for one in under
        ), arc


def test_lines_of_small_ships_end_at_the_small_quay_of_a_hub(net: Network) -> None:
    """So a box from such a line goes on with a large ship only over the change of ships."""
    changes = ship_changes(net)
    large = set(np.where(net.small_ships[net.tail[changes]], net.head[changes], net.tail[changes]).tolist())
    lines = (net.kind == FERRY) & (net.mode == SEA)
    ends = {*net.tail[lines].tolist(), *net.head[lines].tolist()}
    assert large
    assert not ends & large
    constanta = [node for node in ends if net.terminals[int(net.node_terminal[node])].id == "constanta"]
    assert constanta
    assert bool(net.small_ships[constanta].all())


def test_arcs_are_sorted_with_one_for_each_ordered_pair(net: Network) -> None:
    key = net.tail.astype(np.int64) * net.n + net.head
    assert bool((np.diff(key) > 0).all())
    assert bool((net.tail != net.head).all())
    assert net.tail.max() < net.n
    assert net.head.max() < net.n
    assert bool((net.km[~ship_changes(net)] > 0).all())
    assert not net.km.flags.writeable


def test_twins_go_back_the_same_way(net: Network) -> None:
    paired = np.flatnonzero(net.twin >= 0)
    twin = net.twin[paired]
    assert bool((net.tail[twin] == net.head[paired]).all())
    assert bool((net.head[twin] == net.tail[paired]).all())
    assert bool((net.twin[twin] == paired).all())
    assert bool((net.km[twin] == net.km[paired]).all())
    assert bool((net.ref[twin] == net.ref[paired]).all())
    assert bool((net.gate[twin] == net.gate[paired]).all())
    assert bool((reverse_arcs(net.tail, net.head)[paired] == twin).all())


def test_gauge_changes_only_on_arcs_of_gauge(net: Network) -> None:
    on_rail = (net.node_mode[net.tail] == RAIL) & (net.node_mode[net.head] == RAIL) & (net.mode == RAIL)
    a, b = net.node_gauge[net.tail], net.node_gauge[net.head]
    differ = on_rail & (a != b)
    wide = {1520, 1524}
    for arc in np.flatnonzero(differ).tolist():
        assert net.kind[arc] == GAUGE or {int(a[arc]), int(b[arc])} == wide, arc
    assert bool((net.node_gauge[net.node_mode == RAIL] > 0).all())
    assert bool((net.node_gauge[(net.node_mode != RAIL) & ~net.small_ships] == 0).all())


def test_swap_leads_to_a_node_of_its_own(net: Network) -> None:
    for arc in np.flatnonzero(net.kind == SWAP).tolist():
        own = int(net.head[arc])
        out = range(int(net.first_arc[own]), int(net.first_arc[own + 1]))
        assert [int(net.kind[i]) for i in out] == [CROSSING]
        assert net.node_area[own] == net.node_area[net.tail[arc]]
        assert net.ref[out[0]] == net.ref[arc]


def test_transfers_change_the_mode_in_one_terminal(net: Network) -> None:
    arcs, ships = np.flatnonzero(net.kind == TRANSFER), ship_changes(net)
    assert bool(((net.node_mode[net.tail[arcs]] != net.node_mode[net.head[arcs]]) != ships[arcs]).all())
    assert bool((net.node_mode[net.head[arcs]] == net.mode[arcs]).all())
    assert bool((net.node_terminal[net.tail[arcs]] == net.node_terminal[net.head[arcs]]).all())


def test_every_ref_and_gate_is_a_row(net: Network) -> None:
    facts = load_facts()
    for table, row in net.refs:
        assert row in facts.table(table).by_id, (table, row)


@pytest.mark.parametrize("crossing", BREAKS)
def test_gauge_breaks_at_the_border(net: Network, crossing: str) -> None:
    ends = {int(n) for arc in net.arcs_of("crossings", crossing).tolist() for n in (net.tail[arc], net.head[arc])}
    beside = [i for n in ends for i in range(int(net.first_arc[n]), int(net.first_arc[n + 1]))]
    assert any(net.kind[i] == GAUGE for i in beside)


@pytest.mark.parametrize(("crossing", "gauge"), sorted(THROUGH.items()))
def test_gauge_runs_through_the_border(net: Network, crossing: str, gauge: int) -> None:
    arcs = net.arcs_of("crossings", crossing)
    assert len(arcs)
    assert {int(net.node_gauge[n]) for a in arcs.tolist() for n in (net.tail[a], net.head[a])} == {gauge}


@pytest.mark.parametrize("station", STATIONS)
def test_main_stations_have_rail_and_road(net: Network, station: str) -> None:
    assert station_node(net, station, "road") is not None
    assert station_node(net, station, "rail") is not None


def test_main_stations_reach_each_other_by_rail(net: Network, rail: csr_matrix) -> None:
    _, label = connected_components(rail, directed=False)
    nodes = {s: int(station_node(net, s, "rail") or -1) for s in STATIONS}
    main = int(label[nodes["moscow-rus"]])
    # by rail only over the ferry of Lake Van: Turkey and Iran; the Channel Tunnel joins London
    assert [s for s, n in nodes.items() if int(label[n]) != main] == []


@pytest.mark.parametrize(
    ("a", "b", "km", "slack"),
    [  # line lengths of general knowledge, wide bands: only gross faults fail
        ("moscow-rus", "yekaterinburg-rus", 1778, 0.08),
        ("novosibirsk-rus", "barnaul-rus", 228, 0.15),
        ("almaty-kaz", "astana-kaz", 1320, 0.12),
        ("tashkent-uzb", "samarkand-uzb", 344, 0.12),
        ("tehran-irn", "mashhad-irn", 926, 0.10),
        ("baku-aze", "tbilisi-geo", 551, 0.10),
        ("delhi-ind", "mumbai-ind", 1384, 0.10),
        ("ankara-tur", "istanbul-tur", 570, 0.15),
        ("warsaw-pol", "berlin-deu", 570, 0.10),
        ("berkakit-rus", "nizhny-bestyakh-rus", 809, 0.08),
        ("kiruna-swe", "narvik", 170, 0.15),
        ("tynda-rus", "skovorodino-rus", 190, 0.15),
    ],
)
def test_known_lengths_by_rail(net: Network, rail: csr_matrix, a: str, b: str, km: float, slack: float) -> None:
    found = dijkstra(rail, indices=station_node(net, a, "rail"))[station_node(net, b, "rail")]
    assert found == pytest.approx(km, rel=slack)


@pytest.mark.parametrize(
    ("start", "goal", "km"),
    [
        # Lengths of the lines that goods trains take, of general knowledge; high-speed lines are 30 to 370 km shorter.
        ((39.93, 32.84), (37.87, 32.48), 687),  # Ankara - Konya by Afyon
        ((39.93, 32.84), (39.75, 37.01), 602),  # Ankara - Sivas by Kayseri
        ((40.40, -3.69), (41.38, 2.14), 686),  # Madrid - Barcelona
        ((40.40, -3.69), (37.39, -5.97), 572),  # Madrid - Seville
        ((48.84, 2.37), (45.76, 4.86), 512),  # Paris - Lyon
        ((48.88, 2.36), (48.585, 7.735), 504),  # Paris - Strasbourg
        ((37.55, 126.97), (35.115, 129.04), 442),  # Seoul - Busan
        ((25.047, 121.517), (22.64, 120.30), 373),  # Taipei - Kaohsiung
        ((35.68, 139.77), (34.70, 135.50), 556),  # Tokyo - Osaka
    ],
)
def test_goods_trains_keep_off_the_lines_of_passengers(
    net: Network, rail: csr_matrix, start: tuple[float, float], goal: tuple[float, float], km: float
) -> None:
    a, b = (int(nearest(net, *spot, modes=("rail",))[0][0]) for spot in (start, goal))
    assert dijkstra(rail, indices=a)[b] == pytest.approx(km, rel=0.1)


def test_sea_is_one_and_passages_part_it(net: Network) -> None:
    def sea(*shut: str) -> csr_matrix:
        ok = (net.mode == SEA) & (net.kind != FERRY) & (net.kind != TRANSFER)
        for name in shut:
            ok &= net.ref != net.ref_index[("passages", name)]
        return csr_matrix((net.km[ok].astype(float), (net.tail[ok], net.head[ok])), shape=(net.n, net.n))

    def ports(name: str) -> int:
        node = station_node(net, name, "sea")
        assert node is not None
        return node

    shanghai, rotterdam, dammam = ports("shanghai"), ports("rotterdam"), ports("dammam")
    open_sea = dijkstra(sea(), indices=[shanghai])[0]
    assert open_sea[rotterdam] < 20_500
    assert dijkstra(sea("suez", "panama", "nsr"), indices=[shanghai])[0][rotterdam] > open_sea[rotterdam] + 4_000
    assert not np.isfinite(dijkstra(sea("hormuz"), indices=[dammam])[0][rotterdam])
    assert not np.isfinite(dijkstra(sea("bosphorus"), indices=[ports("constanta")])[0][rotterdam])
    assert not np.isfinite(open_sea[ports("aktau")]), "the Caspian is reached by river only"


def test_rivers_join_the_caspian_to_two_seas(net: Network) -> None:
    ok = np.isin(net.mode, [SEA, MODES.index("river")]) & (net.kind != FERRY) & (net.kind != TRANSFER)
    graph = csr_matrix((net.km[ok].astype(float), (net.tail[ok], net.head[ok])), shape=(net.n, net.n))
    far = dijkstra(graph, indices=station_node(net, "aktau", "sea"))
    for port in ("novorossiysk", "st-petersburg-bronka", "constanta", "izmail", "galati"):
        assert np.isfinite(far[station_node(net, port, "sea")]), port


@pytest.mark.parametrize(
    ("ferry", "mode"),
    [
        ("alat-aktau", "rail"),
        ("alat-turkmenbashi", "rail"),
        ("alat-kuryk", "rail"),
        ("lake-van", "rail"),
        ("chornomorsk-batumi", "rail"),
        ("istanbul-trieste", "road"),
        ("tallinn-helsinki", "road"),
        ("vanino-kholmsk", "rail"),
        ("vanino-kholmsk", "road"),
        ("merak-bakauheni", "road"),
        ("piraeus-heraklion", "road"),
        ("livorno-olbia", "road"),
        ("haian-haikou-road", "road"),
        ("messina-villa-road", "road"),
        ("constanta-poti", "sea"),
        ("astrakhan-anzali", "sea"),
    ],
)
def test_ferries_join_their_modes(net: Network, ferry: str, mode: str) -> None:
    arcs = net.arcs_of("ferries", ferry)
    assert MODES.index(mode) in net.mode[arcs]
    for arc in arcs[net.mode[arcs] == RAIL].tolist():
        assert same_gauge(int(net.node_gauge[net.tail[arc]]), int(net.node_gauge[net.head[arc]]))


@pytest.mark.parametrize(
    "project",
    [
        "rasht-astara",
        "horadiz-aghband",
        "tripp-meghri",
        "nakhchivan-rail-restoration",
        "cku",
        "trans-afghan",
        "kars-nakhchivan",
        "shalamcheh-basra",
        "iran-iraq-syria-rail",
        "imec",
        "gyumri-kars",
        "qazvin-rasht",
        "btk-georgia",
        "khaf-herat",
        "rail-baltica",
        "zhezkazgan-beyneu",
        "uzen-bereket-gorgan",
        "bakhty-ayagoz",
        "chabahar-zahedan",
        "development-road",
        "kerch-bridge",
    ],
)
def test_projects_gate_arcs(net: Network, project: str) -> None:
    assert len(net.gated_by("projects", project))


def test_corridor_gates_resolve(net: Network) -> None:
    facts = load_facts()
    lost = []
    for branch in facts.table("corridors").rows:
        for gate in branch["gates"]:
            kind, _, name = gate.partition(":")
            table = {"crossing": "crossings", "passage": "passages", "ferry": "ferries"}.get(kind)
            if table and not len(net.arcs_of(table, name)):
                lost.append(gate)
            if kind == "port" and not any(
                net.terminal_nodes(r["id"]) for r in facts.table("ports").rows if name in (r["id"], r["name"])
            ):
                lost.append(gate)
            if kind == "place" and branch["mode_chain"] != "canal":  # a canal that is only proposed
                lat, lon = map(float, name.partition("@")[2].split())
                if not len(nearest(net, lat, lon, modes=("rail", "road"), max_km=60.0)[0]):
                    lost.append(gate)
    assert lost == []


def test_ends_of_a_polyline_are_the_nodes(net: Network) -> None:
    bent = np.flatnonzero(np.diff(net.shape_start) > 0)[:200]
    for arc in [*bent.tolist(), *net.twin[bent].tolist()]:
        points = arc_points(net, arc)
        assert points[0] == pytest.approx([net.lat[net.tail[arc]], net.lon[net.tail[arc]]], abs=1e-4)
        assert (points[-1] - [net.lat[net.head[arc]], net.lon[net.head[arc]]]) % 360 == pytest.approx([0, 0], abs=1e-3)
    one = int(bent[0])
    assert arc_points(net, one)[::-1] == pytest.approx(arc_points(net, int(net.twin[one])))


def test_a_path_is_drawn_as_its_arcs_one_after_the_other(net: Network) -> None:
    rng = np.random.default_rng(3)
    across = np.flatnonzero(np.abs(net.lon[net.tail] - net.lon[net.head]) > 180.0)
    assert across.size
    for first in (*rng.integers(0, net.m, 40).tolist(), int(across[0])):
        arcs = [first]
        for _ in range(30):
            node = net.head[arcs[-1]]
            start, end = net.first_arc[node], net.first_arc[node + 1]
            if start == end:
                break
            arcs.append(int(rng.integers(start, end)))
        lines = [arc_points(net, arc) for arc in arcs]
        joined = np.vstack([lines[0], *(line[1:] for line in lines[1:])])
        np.testing.assert_array_equal(path_points(net, np.array(arcs)), joined)


def test_nearest_asks_for_mode_gauge_and_area(net: Network) -> None:
    nodes, km = nearest(net, 50.79, 23.9, modes=("rail",), gauge=1520, area="POL", k=3)
    assert len(nodes) == 3
    assert bool((np.diff(km) >= 0).all())
    assert set(net.node_gauge[nodes].tolist()) == {1520}
    assert {net.areas[i] for i in net.node_area[nodes].tolist()} == {"POL"}
    assert not len(nearest(net, 50.79, 23.9, modes=("rail",), area="ZZZ")[0])


def test_nearest_may_ask_for_terminals_alone(net: Network) -> None:
    nodes, km = nearest(net, 19.0, 65.0, modes=("sea",), terminals_only=True, k=3, max_km=2000.0)
    assert len(nodes) == 3
    assert bool((net.node_terminal[nodes] >= 0).all())
    assert km.tolist() == sorted(km.tolist())


@pytest.mark.parametrize(("lat", "lon"), [(41.10, 44.66), (45.77, 62.10), (28.89, 64.40), (54.08, 61.57)])
def test_small_towns_on_a_railway_keep_a_station(net: Network, lat: float, lon: float) -> None:
    _, km = nearest(net, lat, lon, modes=("rail",))
    assert km[0] <= 12.0


def test_no_railway_runs_far_without_a_node_where_the_base_has_one(net: Network) -> None:
    track = (net.mode == RAIL) & (net.kind == KINDS.index("move"))
    # What the base knows only as one long edge cannot be cut.
    assert float(net.km[track & (net.km > 80.0)].sum()) < 0.25 * float(net.km[track].sum())


def test_data_folder_holds_no_more_than_it_should() -> None:
    names = {p.name for p in Path(SHIPPED.parent).iterdir() if not p.name.startswith("__")}
    assert "network.npz" in names


ROADS = (
    ("Talesh - Astara", (37.80, 48.91), (38.42, 48.86), 80),
    ("Baku - Alat", (40.41, 49.87), (39.94, 49.40), 75),
    ("Tabriz - Bonab", (38.08, 46.29), (37.34, 46.06), 100),
    ("Marand - Julfa", (38.43, 45.77), (38.93, 45.62), 70),
    ("Samsun - Merzifon", (41.28, 36.33), (40.87, 35.46), 110),
    ("Trabzon - Hopa", (41.00, 39.73), (41.40, 41.42), 165),
    ("Mukachevo - Uzhhorod", (48.44, 22.72), (48.62, 22.30), 42),
    ("Kostanay - Rudny", (53.21, 63.63), (52.96, 63.13), 50),
    ("Aktobe - Uralsk", (50.29, 57.10), (51.23, 51.37), 485),
    ("Osh - Jalal-Abad", (40.53, 72.80), (40.93, 73.00), 105),
    ("Batken - Osh", (40.063, 70.82), (40.53, 72.80), 235),
)


@pytest.mark.parametrize(("name", "start", "goal", "km"), ROADS, ids=[row[0] for row in ROADS])
def test_main_roads_are_whole_inside_their_area(
    net: Network, name: str, start: tuple[float, float], goal: tuple[float, float], km: float
) -> None:
    """Stretches that the base lacks: the way round was two to thirty times as long."""
    road = (net.mode == ROAD) & (net.kind == KINDS.index("move")) & (net.gate < 0)
    size = (len(net.lon), len(net.lon))
    graph = csr_matrix((np.maximum(net.km[road], 1e-3), (net.tail[road], net.head[road])), shape=size)
    ends = [nearest(net, *place, modes=("road",))[0] for place in (start, goal)]
    area = net.node_area[ends[0][0]]
    assert net.node_area[ends[1][0]] == area, name
    assert dijkstra(graph, indices=int(ends[0][0]), limit=2.0 * km)[int(ends[1][0])] == pytest.approx(km, rel=0.3)


def test_a_town_near_a_border_keeps_its_area(net: Network) -> None:
    """The roads of Uralsk led to Russia alone in the base, and the town was given to Russia."""
    nodes, _ = nearest(net, 51.23, 51.37, modes=("road",), k=5, max_km=10.0)
    assert {net.areas[int(net.node_area[node])] for node in nodes} == {"KAZ"}
