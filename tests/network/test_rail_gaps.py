"""Railways that the base of the network breaks off, or draws past their stations, are whole."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.facts import load as load_facts
from landbridge.network import KINDS, MODES, load
from landbridge.routing import route
from landbridge.world import World
from tests.network.measured import broken_off

GAP_KM, DETOUR_KM = 3.0, 150.0
"""Nearer and farther than what the network is mended by, for its nodes are fewer than those of the base."""

PUBLISHED = [
    # Lengths of lines by their articles in Wikipedia and by timetables (general knowledge), with the ends of the trip.
    ("Skopje", "Kumanovo", 30, 50),
    ("Kuopio", "Joensuu", 160, 185),  # 25 + 112 + 33
    ("Iisalmi", "Ylivieska", 148, 165),  # 154
    ("Lisbon", "Porto", 325, 365),  # 337
    ("53.307,-4.631", "Chester", 128, 148),  # Holyhead: 136
    ("Daejeon", "Yeongdong", 42, 58),  # 46
    ("Kaohsiung", "Taitung", 145, 185),  # 164
    ("Jonkoping", "58.170,13.545", 64, 82),  # Falkoping: 70
    ("place:troitsk-rus-54.1-61.6", "Kartaly", 130, 158),  # 138
    ("Baja", "Dombovar", 80, 100),  # 87
    ("Szeged", "Bekescsaba", 92, 112),  # 97
    ("Sapporo", "Otaru", 31, 42),  # 34
    ("Constantine", "Batna", 100, 140),  # 119
    ("Sikar", "Jhunjhunu", 55, 75),  # 64
    ("Jabalpur", "Gondia", 215, 255),  # 229
    ("Ambala", "Saharanpur", 75, 95),  # 81
    ("Silchar", "25.75,93.17", 185, 240),  # Lumding: 215
    ("Seville", "Merida, ESP", 230, 265),  # 247
    ("Zhuzhou", "place:pingxiang-chn-27.6-113.9", 70, 105),  # 85
    ("Mo i Rana", "65.836,13.191", 80, 105),  # Mosjoen: 92
    ("Nakhon Ratchasima", "Khon Kaen", 175, 205),  # 186
    ("Elk", "Gizycko", 44, 60),  # 48
    ("Izyum", "Slovyansk, UKR", 48, 75),  # 55
    ("Bodo", "Trondheim", 690, 770),  # 729
    ("Durres", "Shkoder", 100, 145),
    ("Sisophon", "Phnom Penh", 315, 370),  # 338
    ("Maastricht", "Liege", 26, 42),  # 30
    ("Oral", "Orenburg", 310, 380),
]


def test_no_railway_stops_beside_another_that_is_far_by_rail() -> None:
    network = load()
    lines = load_facts().table("lines").by_id
    stands = [table == "lines" and lines[key]["status"] == "operational" for table, key in network.refs]
    by_rail = np.isin(network.kind, [KINDS.index(kind) for kind in ("move", "crossing", "gauge")])
    ungated = (network.gate < 0) | np.array(stands)[network.gate]
    arcs = np.flatnonzero((network.mode == MODES.index("rail")) & by_rail & ungated)
    apart, ends = broken_off(network, arcs, GAP_KM, DETOUR_KM)
    # Ends beside lines of goods or of passengers alone, and both gauges of a border whose line hangs on a project.
    assert len(apart) <= len(ends) // 80


@pytest.mark.parametrize(("start", "goal", "least", "most"), PUBLISHED)
def test_the_railway_is_as_long_as_it_is(start: str, goal: str, least: float, most: float) -> None:
    answer = route(World.at("2025-06-01"), start, goal, modes=("rail",), n=1)
    assert least <= answer.routes[0].km <= most


@pytest.mark.parametrize(("day", "least", "most"), [("2023-06-01", 350, 520), ("2025-06-01", 160, 195)])
def test_trains_cross_the_padma_since_its_railway_is_open(day: str, least: float, most: float) -> None:
    """172 km from Dhaka to Jashore: TBS, 2023-10-09."""
    assert least <= route(World.at(day), "Dhaka", "Jessore", modes=("rail",), n=1).routes[0].km <= most


@pytest.mark.parametrize(("day", "runs"), [("2012-06-01", True), ("2020-06-01", False)])
def test_trains_along_the_border_of_syria_ran_until_the_war(day: str, runs: bool) -> None:
    """325 km from Karkamis to Nusaybin: Haberler.com, 2025-12-08."""
    answer = route(World.at(day), "Karkamis", "Nusaybin", modes=("rail",), n=1)
    assert answer.answered is runs
    assert not runs or 310 <= answer.routes[0].km <= 345


@pytest.mark.parametrize(("day", "runs"), [("2005-06-01", True), ("2015-06-01", False)])
def test_trains_reached_singapore_until_its_railway_was_given_up(day: str, runs: bool) -> None:
    """393 km from Kuala Lumpur to Tanjong Pagar by the timetable (general knowledge)."""
    answer = route(World.at(day), "Kuala Lumpur", "Singapore", modes=("rail",), n=1)
    assert answer.answered is runs
    assert not runs or 370 <= answer.routes[0].km <= 420
