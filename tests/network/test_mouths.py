"""Ports behind a narrow river lie as far from the sea as their river is long; the Kara Sea is sailed all winter."""

from __future__ import annotations

import pytest

from landbridge.network import load
from landbridge.routing import route
from landbridge.world import World
from tests.network.measured import sailed_km


@pytest.mark.parametrize(
    ("port", "other", "least_km", "most_km"),
    [
        # Pilot books and port guides (general knowledge): the river or canal, and the way outside.
        ("kaliningrad", "baltiysk", 43.0, 90.0),  # canal of 43 km
        ("szczecin", "swinoujscie", 60.0, 95.0),  # fairway of 65 km
        ("kolkata-haldia", "paradip", 330.0, 460.0),  # Hooghly 160 km, then some 230
        ("mongla", "chattogram", 300.0, 440.0),  # Pasur 110 km, then some 230
        ("palembang", "tanjung-priok", 520.0, 720.0),  # Musi 105 km and the strait of Bangka
        ("khorramshahr", "bandar-imam-khomeini", 150.0, 330.0),  # Shatt al-Arab 110 km
    ],
)
def test_a_port_behind_a_river_is_as_far_as_it_is(port: str, other: str, least_km: float, most_km: float) -> None:
    assert least_km < sailed_km(port, other, 2 * most_km) < most_km


@pytest.mark.parametrize("day", ["2024-02-15", "2024-09-15"])
def test_ships_reach_the_yenisei_in_winter_too(day: str) -> None:
    """Year-round from Dudinka since the winter of 1978 to 1979: Arctic Marine Shipping Assessment 2009."""
    assert route(World.at(day), "Dudinka", "Murmansk", modes=("sea",), n=1).answered


def test_no_ship_sails_on_to_the_east_in_winter() -> None:
    net = load()
    shut, kara = net.arcs_of("passages", "nsr"), net.arcs_of("passages", "kara-sea")
    assert len(shut)
    assert len(kara)
    winter = route(World.at("2024-02-15"), "Dudinka", "Vladivostok", modes=("sea",), n=1)
    summer = route(World.at("2024-09-15"), "Dudinka", "Vladivostok", modes=("sea",), n=1)
    assert summer.routes[0].km < 10_000
    assert not winter.answered or winter.routes[0].km > 10_000
