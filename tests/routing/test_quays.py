"""Loose cargo at a port lies at the quay: no lorry is hired for what no lorry carries."""

from __future__ import annotations

import pytest

from landbridge.routing import route
from landbridge.world import World


@pytest.mark.parametrize(("modes", "cargo"), [((), "crude_oil"), (("sea",), "crude_oil"), (("sea",), "grain")])
def test_bulk_from_port_to_port_needs_no_lorry(modes: tuple[str, ...], cargo: str) -> None:
    asked = {"cargo": cargo, "tonnes": 50000, "modes": modes, "n": 1}
    (best,) = route(World.at("2023-06-01"), "Novorossiysk", "Istanbul", **asked).routes
    assert [leg.mode for leg in best.legs if leg.kind == "move"] == ["sea"] * sum(
        leg.kind == "move" for leg in best.legs
    )
    assert sum(leg.kind == "transfer" for leg in best.legs) == 2, "loaded and discharged"


def test_a_town_inland_still_needs_its_haul() -> None:
    asked = {"cargo": "grain", "tonnes": 3000, "n": 1}
    (best,) = route(World.at("2023-06-01"), "Krasnodar", "Istanbul", **asked).routes
    assert {"road", "rail"} & {leg.mode for leg in best.legs if leg.kind == "move"}
