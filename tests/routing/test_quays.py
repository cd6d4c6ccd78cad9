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


def test_boxes_along_the_coast_of_vietnam_pay_no_terminal_charge_beside_the_freight() -> None:
    world = World.at("2017-07-01")
    home, abroad = (
        route(world, "Ho Chi Minh City", goal, teu=1, modes=("sea", "road"), n=1).routes[0]
        for goal in ("Hai Phong", "Singapore")
    )
    quay = [next(leg for leg in way.legs if leg.kind == "transfer") for way in (home, abroad)]
    assert quay[0].usd < 0.65 * quay[1].usd
    cited = {key for leg in home.legs for _, key in leg.evidence}
    assert "thc-usd-teu-sea-vnm-home-2017" in cited
    # Declared by the line: 4.5 million dong for the voyage of a box of 20 feet, some 200 USD.
    voyage = sum(leg.usd for leg in home.legs if leg.kind == "transfer" or leg.mode == "sea")
    assert 198.0 < voyage < 198.0 * 2.6
