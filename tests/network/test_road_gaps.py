"""Roads that the base of the network breaks off are whole: no dead end beside another road that is far away by road."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.network import KINDS, MODES, load
from landbridge.routing import route
from landbridge.world import World
from tests.network.measured import broken_off

GAP_KM, DETOUR_KM = 3.0, 120.0
"""Nearer and farther than what the network is mended by, for its nodes are fewer than those of the base."""

PUBLISHED = [
    ("Burgas", "Varna", 115, 135),
    ("Dnipro", "Poltava", 180, 215),
    ("Ankara", "Karabuk", 200, 235),
    ("Ourense", "Vigo", 80, 115),
    ("Olsztyn", "Elblag", 90, 115),
    ("Cardiff", "Bristol", 65, 80),
    ("Bacau", "Piatra Neamt", 55, 68),
    ("Messina", "Catania", 90, 105),
    ("Dushanbe", "Khorog", 460, 610),
    ("Mo i Rana", "Bodo", 210, 250),
    ("Narvik", "Tromso", 215, 275),
    ("Thakhek", "Vientiane", 310, 355),
    ("Hong Kong", "Zhuhai", 60, 100),
    ("Rostov-on-Don", "Donetsk, UKR", 190, 240),
    ("Linkoping", "Orebro", 108, 135),
    ("Marivan", "Baneh", 90, 120),
    ("Bodo", "Tromso", 470, 580),
    ("Sumbawa Besar", "Dompu", 140, 250),
    ("Cagayan de Oro", "Zamboanga", 470, 620),
    ("Catbalogan", "Tacloban", 95, 130),
    ("Changwon", "Kyosai", 60, 110),
    ("Germi", "Ardabil", 85, 130),
    ("Sambir", "Uzhhorod", 120, 230),
    ("Sochi", "Sukhumi", 130, 180),
]
"""Towns, and between which kilometres the road between them lies, by maps and road signs (general knowledge)."""

BY_RAIL = [("Heihe", "Harbin", 560, 750), ("Kurnool", "Nandyal", 110, 165), ("Shizuoka", "Toyohashi", 100, 125)]


def test_no_road_stops_beside_another_that_is_far_by_road() -> None:
    network = load()
    by_road = np.isin(network.kind, [KINDS.index("move"), KINDS.index("crossing")])
    arcs = np.flatnonzero((network.mode == MODES.index("road")) & by_road)
    apart, ends = broken_off(network, arcs, GAP_KM, DETOUR_KM)
    # Water parts the others: fjords, bays, rivers without a bridge.
    assert len(apart) <= len(ends) // 80


@pytest.mark.parametrize(("start", "goal", "least", "most"), PUBLISHED)
def test_the_road_is_as_long_as_it_is(start: str, goal: str, least: float, most: float) -> None:
    answer = route(World.at("2025-06-01"), start, goal, modes=("road",), n=1)
    assert least <= answer.routes[0].km <= most


@pytest.mark.parametrize(("start", "goal", "least", "most"), BY_RAIL)
def test_the_railway_is_as_long_as_it_is(start: str, goal: str, least: float, most: float) -> None:
    answer = route(World.at("2025-06-01"), start, goal, modes=("rail",), n=1)
    assert least <= answer.routes[0].km <= most


@pytest.mark.parametrize(
    ("day", "start", "goal", "least", "most"),
    [
        ("2023-06-01", "22.57,113.88", "22.52,113.39", 80, 130),  # by Humen
        ("2025-06-01", "22.57,113.88", "22.52,113.39", 45, 70),  # Shenzhen - Zhongshan link, 24 km
        ("1991-06-01", "Zugdidi", "Sukhumi", 90, 115),  # a road inside Georgia then
        ("2019-06-01", "Kherson", "46.608,32.847", 18, 45),
        ("2023-06-01", "Kherson", "46.608,32.847", 90, 3000),
    ],
)
def test_bridges_stand_on_their_days(day: str, start: str, goal: str, least: float, most: float) -> None:
    answer = route(World.at(day), start, goal, modes=("road",), n=1)
    assert not answer.answered or least <= answer.routes[0].km <= most
