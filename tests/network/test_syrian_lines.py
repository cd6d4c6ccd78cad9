"""Railways of Syria run on the days on which trains of goods are told of."""

from __future__ import annotations

import pytest

from landbridge.routing import route
from landbridge.world import World


@pytest.mark.parametrize(
    ("day", "start", "goal", "runs"),
    [
        ("2010-06-01", "Latakia", "Aleppo", True),
        ("2016-01-01", "Latakia", "Aleppo", False),
        ("2024-06-01", "Latakia", "Aleppo", False),
        ("2026-03-01", "Latakia", "Aleppo", True),
        ("2014-06-01", "Tartus", "Homs", False),
        ("2018-06-01", "Tartus", "Homs", True),
        ("2015-06-01", "Homs", "Damascus", False),
        ("2021-06-01", "Homs", "Damascus", True),
    ],
)
def test_trains_run_when_they_did(day: str, start: str, goal: str, runs: bool) -> None:
    assert route(World.at(day), start, goal, modes=("rail",), n=1).answered is runs


@pytest.mark.parametrize(("day", "by_rail_alone"), [("2023-06-01", False), ("2025-01-01", True)])
def test_trains_reach_mongla_since_its_railway_opened(day: str, by_rail_alone: bool) -> None:
    answer = route(World.at(day), "Khulna", "Mongla", modes=("rail",), n=1)
    ends = [leg for leg in answer.routes[0].legs if leg.kind == "move" and leg.mode == "road"]
    assert (max(leg.km for leg in ends) < 5.0) is by_rail_alone
