"""Boxes for ports off the main lines change ships on the way, and the itinerary says so."""

from __future__ import annotations

import pytest

from landbridge.routing import route
from landbridge.world import World

CONNECTION = "feeder-connection-h-sea"
"""How the ids of the rows begin that tell how long a box waits at a hub."""


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


QUESTIONS = (
    ("Mumbai", "St Petersburg", "2021-06-01", {"Rotterdam", "Hamburg", "Bremerhaven", "Antwerp-Bruges"}),
    ("Shanghai", "Novorossiysk", "2021-06-01", {"Ambarli", "Piraeus"}),
    ("New York", "Klaipeda", "2021-06-01", {"Gdansk", "Rotterdam", "Bremerhaven", "Hamburg"}),
    ("Rotterdam", "Chattogram", "2021-06-01", {"Colombo"}),
    ("Shanghai", "Gwadar", "2021-06-01", {"Khor Fakkan", "Salalah", "Jebel Ali"}),
    ("Hamburg", "Poti", "2024-06-01", {"Ambarli", "Piraeus"}),
    ("Shanghai", "Rostov-on-Don", "2021-06-01", {"Ambarli", "Piraeus"}),
    ("Poti", "New York", "2024-06-01", {"Ambarli", "Piraeus"}),
)


@pytest.mark.parametrize(("origin", "destination", "day", "hubs"), QUESTIONS)
def test_ships_are_changed_in_a_port_on_the_way_and_no_large_one_passes_the_kiel_canal(
    origin: str, destination: str, day: str, hubs: set[str]
):
    answer = route(World.at(day), origin, destination, modes=("sea",), n=3)
    assert answer.routes
    for one in answer.routes:
        if any(leg.ref is not None and leg.ref[0] == "ferries" for leg in one.legs):
            continue
        (change,) = [number for number, leg in enumerate(one.legs) if leg.kind == "wait"]
        assert one.legs[change].start == one.legs[change].end in hubs
        canal = [number for number, leg in enumerate(one.legs) if leg.ref == ("passages", "kiel")]
        assert all((number > change) == (destination in {"St Petersburg", "Klaipeda"}) for number in canal)


@pytest.mark.parametrize(
    ("origin", "destination"),
    [("Poti", "Constanta"), ("Rotterdam", "Helsinki"), ("Hamburg", "Gdansk"), ("Riga", "Felixstowe"),
     ("Istanbul", "Poti"), ("Singapore", "Chattogram"), ("Karachi", "Gwadar"), ("Rotterdam", "Murmansk")],
)  # fmt: skip
def test_from_port_to_port_of_one_network_the_box_stays_on_its_ship(origin: str, destination: str):
    answer = route(World.at("2021-06-01"), origin, destination, modes=("sea",), n=1)
    assert answer.routes
    assert not [leg for leg in answer.routes[0].legs if leg.kind == "wait"]


def test_at_a_port_that_the_large_lines_keep_off_the_change_of_ships_is_paid_at_the_quay():
    """Boxes from Iran to Antwerp came by feeder to Jebel Ali: since 2018 no large line calls at Bandar Abbas."""

    def at_the_quay(day: str, goal: str):
        (one,) = route(World.at(day), "Bandar Abbas", goal, modes=("sea", "road"), via=("hormuz",), n=1).routes
        return next(leg for leg in one.legs if leg.kind == "transfer")

    far, near = at_the_quay("2023-06-01", "Antwerp"), at_the_quay("2023-06-01", "Mumbai")
    assert far.hours > near.hours + 36.0
    assert far.usd > near.usd + 75.0
    assert at_the_quay("2017-06-01", "Antwerp").hours < far.hours - 36.0


@pytest.mark.parametrize(
    ("origin", "changes"),
    [("Hamburg", True), ("Jeddah", True), ("Bangkok", True), ("Shanghai", False), ("Mumbai", False)],
)  # fmt: skip
def test_the_quay_tells_that_a_box_came_there_on_a_small_ship_from_a_hub(origin: str, changes: bool):
    """From Europe no line sails to Iran since 2018: a large ship to Jebel Ali, a small one on."""
    answer = route(World.at("2022-06-01"), origin, "Bandar Abbas", modes=("sea",), n=1)
    quay = [leg for leg in answer.routes[0].legs if leg.kind == "transfer"][-1]
    assert ("for the connecting ship, at a hub" in quay.note) is changes
    assert any(row.startswith(CONNECTION) for _, row in quay.evidence) is changes


def test_lines_that_sail_direct_change_ships_before_a_shallow_sea():
    """Small lines sail from Korea to Russia themselves, but none up the Sea of Azov."""

    def last_quay(goal: str):
        answer = route(World.at("2024-06-01"), "Busan", goal, modes=("sea",), n=1)
        return [leg for leg in answer.routes[0].legs if leg.kind == "transfer"][-1]

    assert any(row.startswith(CONNECTION) for _, row in last_quay("Rostov-on-Don").evidence)
    assert not any(row.startswith(CONNECTION) for _, row in last_quay("Novorossiysk").evidence)
