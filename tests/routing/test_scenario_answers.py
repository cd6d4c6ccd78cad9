"""Answers in worlds that a user's own scenario changed: each kind of event comes through to legs, evidence and page."""

from __future__ import annotations

from pathlib import Path

import pytest

from landbridge.report.page import page
from landbridge.routing import route
from landbridge.routing.shipment import Mode
from landbridge.world import World

LARS = "crossing:GEO-RUS-upper-lars"
EVENTS = {
    "fee": f"{{kind: fee, subject: '{LARS}', usd: 500}}",
    "delay": f"{{kind: delay, subject: '{LARS}', hours: 48}}",
    "build": "{kind: build, link: {mode: road, from: Tbilisi, to: Vladikavkaz, km: 150, speed_kmh: 60, "
    "crossings: [GEO-RUS-upper-lars]}}",
}


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_of_ones_own_reaches_the_answer_and_its_page(kind: str, tmp_path: Path) -> None:
    world = World.at("2025-06-01")
    before = route(world, "Yerevan", "Moscow", modes=("road",), n=1).routes[0]
    own = tmp_path / "own.yaml"
    own.write_text(f"name: own\nevents:\n- {EVENTS[kind]}\n", encoding="utf-8")
    changed = world.apply(str(own))
    answer = route(changed, "Yerevan", "Moscow", modes=("road",), n=1)
    after = answer.routes[0]
    changes = {"fee": after.usd > before.usd, "delay": after.hours > before.hours, "build": after.hours < before.hours}
    assert changes[kind]
    assert any(row.table == "scenario" and row.grade == "D" for row in after.evidence)
    assert "own" in page(answer.to_dict(), answer.to_geojson(), changed.facts)


@pytest.mark.parametrize("place", ["Narva", "Astara, IRN", "Hairatan", "Zabaykalsk", "Chaman"])
def test_cargo_that_stands_by_a_border_leaves_its_area_over_a_post(place: str) -> None:
    answer = route(World.at("2025-06-01"), "Mumbai", "Moscow", at=place, n=5)
    for way in answer.routes:
        posts = {frozenset(row[1:3]) for row in way.crossings}
        by_land = [leg for leg in way.legs if leg.mode in {"rail", "road"} and len(set(leg.areas)) == 2]
        assert all(frozenset(leg.areas) in posts for leg in by_land), place
        first = next(leg for leg in way.legs if leg.kind == "move" and leg.areas)
        assert first.areas[0] == way.areas[0]


def test_a_season_of_storms_bites_on_the_caspian_as_it_did() -> None:
    """Ferries lay off Aktau for a week, and boxes took about six days more there."""
    usual = World.at("2025-01-15")
    storms = usual.apply("caspian-storm-season")

    def least(world: World, via: str, modes: tuple[Mode, ...]) -> float:
        answer = route(world, "Almaty", "Tbilisi", modes=modes, via=(via,), objective="hours", n=1)
        return min(way.hours for way in answer.routes)

    by_ferry = least(storms, "alat-kuryk", ("road",)) - least(usual, "alat-kuryk", ("road",))
    boxes = least(storms, "aktau", ("rail", "sea")) - least(usual, "aktau", ("rail", "sea"))
    assert 72.0 < by_ferry < 240.0
    assert 96.0 < boxes < 336.0


def test_waiting_for_weather_and_the_queue_is_told_as_waiting() -> None:
    storms = World.at("2025-01-15").apply("caspian-storm-season")
    way = route(storms, "Almaty", "Tbilisi", modes=("road",), via=("alat-kuryk",), n=1).routes[0]
    wait = next(leg for leg in way.legs if leg.kind == "wait")
    sail = next(leg for leg in way.legs if leg.note.startswith("ferry"))
    assert wait.hours > 120.0
    assert sail.hours < 72.0
