"""What railways join on a day, and what none joins; stations stand on lines that stand."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from bench import reach
from bench.rows import read
from landbridge.facts import load as load_facts
from landbridge.geo import great_circle_km
from landbridge.network import MODES, Network, load, nearest, station_node
from landbridge.routing.plan import plan
from landbridge.routing.shipment import Shipment
from landbridge.world import World

RAIL = MODES.index("rail")


@pytest.fixture(scope="module")
def net() -> Network:
    return load()


@cache
def pieces(day: str) -> np.ndarray:
    """The piece of the railways that each node belongs to on a day."""
    net = load()
    on_rail = net.node_mode == RAIL
    open_arcs = plan(World.at(day), net, Shipment(modes=("rail",))).costs.allowed
    use = on_rail[net.tail] & on_rail[net.head] & open_arcs
    graph = csr_matrix((np.ones(int(use.sum())), (net.tail[use], net.head[use])), shape=(net.n, net.n))
    return connected_components(graph, connection="strong")[1]


def joined(net: Network, a: str, b: str, day: str) -> bool:
    ends = [
        {int(pieces(day)[node]) for node in net.terminal_nodes(name) if net.node_mode[node] == RAIL} for name in (a, b)
    ]
    assert all(ends), "both have a railway"
    return bool(ends[0] & ends[1])


def stations_of_towns(net: Network) -> np.ndarray:
    town = np.array(["city" in one.kinds and not {"port", "berth"} & set(one.kinds) for one in net.terminals])
    found: np.ndarray = (net.node_mode == RAIL) & (net.node_terminal >= 0) & town[net.node_terminal]
    assert found.sum() > 3_000
    return found


@pytest.mark.parametrize(
    ("a", "b", "before", "since"),
    [
        ("takamatsu-jpn", "okayama-jpn", None, "2025-06-01"),  # bridge
        ("palermo-ita", "naples-ita", None, "2025-06-01"),  # train ferries
        ("haikou-chn-20.0-110.3", "guangzhou-chn", None, "2025-06-01"),
        ("yuzhno-sakhalinsk-rus", "khabarovsk-rus", None, "2025-06-01"),
        ("zahedan-irn", "tehran-irn", "2009-01-01", "2025-06-01"),
        ("zahedan-irn", "quetta-pak", None, "2025-06-01"),
        ("kaunas-ltu", "vilnius-ltu", None, "2025-06-01"),
        ("jalal-abad-kgz", "osh-kgz", None, "2025-06-01"),
        ("kohat-pak", "lahore-pak", None, "2025-06-01"),
        ("ha-il-sau", "dammam-sau", "2022-06-01", "2025-06-01"),
        ("jebel-ali", "fujairah", "2023-01-01", "2023-03-01"),
        ("abu-dhabi-are", "dubai-are", "2023-01-01", "2023-03-01"),
        ("srinagar-ind", "delhi-ind", "2025-06-05", "2025-06-06"),
        ("tynda-rus", "moscow-rus", None, "2012-06-01"),
        ("neryungri-rus", "moscow-rus", None, "2012-06-01"),
        ("nizhny-bestyakh-rus", "moscow-rus", "2014-08-29", "2014-08-30"),
        ("severobaykalsk-rus", "vanino", None, "2025-06-01"),
        ("narvik", "lulea", None, "2025-06-01"),
        ("sihanoukville", "phnom-penh-khm", None, "2025-06-01"),
    ],
)
def test_railways_join_from_their_day(net: Network, a: str, b: str, before: str | None, since: str) -> None:
    assert joined(net, a, b, since)
    assert before is None or not joined(net, a, b, before)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("belfast-gbr", "london-gbr"),
        ("cagliari-ita", "naples-ita"),
        ("medan-idn", "jakarta-idn"),
        ("kandahar-afg", "mazar-e-sharif-afg"),
    ],
)
def test_what_no_railway_joins_is_apart(net: Network, a: str, b: str) -> None:
    assert not joined(net, a, b, "2025-06-01")


def test_every_line_has_its_arcs(net: Network) -> None:
    lines = load_facts().table("lines").rows
    assert [
        row["id"]
        for row in lines
        if not len(net.gated_by("lines", row["id"])) and not len(net.arcs_of("lines", row["id"]))
    ] == []


def standing(net: Network) -> csr_matrix:
    """The railways that stand, works left out."""
    works = np.array([table == "projects" for table, _ in net.refs] + [False])
    ok = (net.node_mode[net.tail] == RAIL) & (net.node_mode[net.head] == RAIL) & ~works[net.gate]
    return csr_matrix((net.km[ok].astype(float), (net.tail[ok], net.head[ok])), shape=(net.n, net.n))


def test_no_station_hangs_on_works_where_a_line_stands(net: Network) -> None:
    """Towns took the nearest track, though it was a plan and the railway stood a little farther off."""
    label = connected_components(standing(net), directed=False)[1]
    large = np.bincount(label)[label] >= 50
    wrong = []
    for node in np.flatnonzero(stations_of_towns(net) & ~large).tolist():
        spot, area = (float(net.lat[node]), float(net.lon[node])), net.areas[int(net.node_area[node])]
        near, _ = nearest(net, *spot, modes=("rail",), area=area, k=20, max_km=12.0)
        if large[near].any():
            wrong.append(net.terminals[int(net.node_terminal[node])].id)
    assert wrong == []


def test_a_border_that_a_line_in_use_passes_does_not_wait_for_works(net: Network) -> None:
    """The line to Jalal-Abad was shut, for a project is to pass the same post."""
    for crossing in ("KGZ-UZB-jalalabad-rail", "KGZ-UZB-karasuu-rail", "IRN-PAK-mirjaveh-rail"):
        arcs = net.arcs_of("crossings", crossing)
        assert len(arcs)
        assert bool((net.gate[arcs] < 0).all()), crossing


def test_wagons_change_at_zahedan_once(net: Network) -> None:
    station = station_node(net, "zahedan-irn", "rail")
    assert station is not None
    assert net.node_gauge[station] == 1435
    post = {
        int(n)
        for arc in net.arcs_of("crossings", "IRN-PAK-mirjaveh-rail").tolist()
        for n in (net.tail[arc], net.head[arc])
    }
    assert {int(net.node_gauge[n]) for n in post} == {1676}


@pytest.mark.parametrize(
    ("start", "goal", "km"),
    [  # lengths of lines without a high-speed line beside them, of general knowledge
        ((36.40, 94.90), (29.65, 91.05), 1142),  # Golmud - Lhasa
        ((37.11, 79.92), (39.02, 88.17), 825),  # Hotan - Ruoqiang
        ((39.47, 76.00), (37.11, 79.92), 488),  # Kashgar - Hotan
        ((40.76, 107.40), (42.82, 93.50), 1391),  # Linhe - Hami
        ((24.35, 102.54), (21.17, 101.68), 508),  # Yuxi - Mohan
    ],
)
def test_new_lines_of_china_are_as_long_as_they_are(
    net: Network, start: tuple[float, float], goal: tuple[float, float], km: float
) -> None:
    """One factor for the whole country, made for trunk lines that high-speed ones shorten, made these 8 % too long."""
    graph = standing(net)
    label = connected_components(graph, directed=False)[1]
    large = np.bincount(label)
    ends = []
    for spot in (start, goal):
        near, _ = nearest(net, *spot, modes=("rail",), area="CHN", k=10)
        ends.append(next(int(node) for node in near if large[label[node]] >= 50))
    assert dijkstra(graph, indices=ends[0], limit=1.3 * km)[ends[1]] == pytest.approx(km, rel=0.05)


def test_a_station_lies_on_its_line(net: Network) -> None:
    """Towns near a railway had their station in their middle, with a track of its own."""
    moved = []
    for node in np.flatnonzero(stations_of_towns(net)).tolist():
        one = net.terminals[int(net.node_terminal[node])]
        moved.append(float(great_circle_km(one.lat, one.lon, net.lat[node], net.lon[node])))
    assert max(moved) <= 5.1
    assert np.mean(np.array(moved) > 0.1) > 0.7
    yazd = station_node(net, "yazd-irn", "rail")
    assert yazd is not None
    assert float(great_circle_km(31.89, 54.36, net.lat[yazd], net.lon[yazd])) > 2.0


def test_stations_that_are_apart_are_apart_in_truth_and_told_with_a_reason() -> None:
    found = reach.rails()
    assert {one.area: one.apart for one in found if one.apart} == {}
    told = {(one.area, name) for one in found for name in one.known}
    assert [row for row in read("rail_apart") if (row["area"], row["place"]) not in told or not row["reason"]] == []
