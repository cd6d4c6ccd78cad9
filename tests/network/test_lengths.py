"""Roads in mountains, whose bends the base of the network cuts, are as long as is published."""

from __future__ import annotations

import pytest

from landbridge.routing import route
from landbridge.world import World

PUBLISHED = [
    ("Mandalay", "Muse", 440, 490),
    ("Al Hudaydah", "Sanaa", 210, 250),
    ("Abakan", "Kyzyl", 370, 410),
    ("Srinagar", "Leh", 400, 450),
    ("Dimapur", "Imphal", 180, 220),
    ("Karaj", "Chalus", 145, 180),
    ("Khorog", "38.17,73.97", 300, 335),
    ("Osh", "39.73,73.25", 175, 200),
    ("Imphal", "24.80,93.12", 205, 240),
]
"""Towns, and between which kilometres the road between them lies; the sections stand in `patches/lengths.csv`."""


@pytest.mark.parametrize(("start", "goal", "least", "most"), PUBLISHED)
def test_the_road_is_as_long_as_is_published(start: str, goal: str, least: float, most: float) -> None:
    answer = route(World.at("2012-06-01"), start, goal, modes=("road",), n=1)
    assert least <= answer.routes[0].km <= most
