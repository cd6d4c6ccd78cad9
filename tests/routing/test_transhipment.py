"""Boxes for ports off the main lines change ships on the way, and the itinerary says so."""

from __future__ import annotations

import pytest

from landbridge.routing import route
from landbridge.world import World


@pytest.mark.parametrize(("carrier", "waits"), [(None, 1), ("TUR", 0)])
def test_a_trip_by_sea_alone_waits_at_a_hub_for_the_feeder_unless_a_regional_line_sails_direct(
    carrier: str | None, waits: int
):
    answer = route(World.at("2019-06-01"), "Shanghai", "Poti", modes=("sea",), via=("suez",), carrier=carrier, n=1)
    legs = answer.to_dict()["routes"][0]["legs"]
    waited = [leg for leg in legs if leg["kind"] == "wait"]
    assert len(waited) == waits
    assert all(leg["hours"] > 24.0 and leg["km"] == 0.0 and "connecting ship" in leg["note"] for leg in waited)
    moving = [number for number, leg in enumerate(legs) if leg["mode"] == "sea" and leg["km"] > 0.0]
    assert all(moving[0] < legs.index(leg) < moving[-1] for leg in waited)
