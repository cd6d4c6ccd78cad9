"""The Caspian is water: its ports have lanes of their own, as long as a ship sails."""

from __future__ import annotations

import pytest

from tests.network.measured import sailed_km


@pytest.mark.parametrize(
    ("port", "other", "most_km"),
    [
        ("baku-alat", "turkmenbashi", 350.0),  # 305 km, round the spits off its bay
        ("baku-alat", "kuryk", 450.0),  # 383 km, round the peninsula of Absheron
        ("baku-alat", "bandar-anzali", 320.0),  # 279 km
        ("aktau", "makhachkala", 325.0),  # 308 km
    ],
)
def test_lanes_of_the_caspian_go_from_port_to_port(port: str, other: str, most_km: float) -> None:
    assert 200.0 < sailed_km(port, other, 1.2 * most_km) < most_km
