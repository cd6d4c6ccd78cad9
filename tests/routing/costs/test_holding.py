"""Cargo held on the way: what standing takes and costs, and that it leaves the shore over a quay."""

from __future__ import annotations

import pytest

from landbridge.network import MODES as NODE_MODES
from landbridge.network import load
from landbridge.routing import route
from landbridge.routing.access import doors_at
from landbridge.routing.costs import Site, book, complete, door_costs
from landbridge.routing.shipment import MODES, Shipment
from landbridge.world import World, parse_scenario
from landbridge.world.places import resolve

WORLD = World.at("2023-06-01")
BOOK = book(WORLD.facts, WORLD.day)
RAIL, QUAY, ROAD = Site("rail", "DEU", 20.0), Site("sea", "DEU", 5.0, "hamburg"), Site("road", "DEU", 2.0)
AFLOAT = Site("sea", "", 10.0)
SEA = NODE_MODES.index("sea")


def held(site, days=0.0, shipment=None):
    return door_costs(WORLD, shipment or Shipment(), "DEU", site, "at", stood_days=days)


@pytest.mark.parametrize("site", [RAIL, QUAY, ROAD], ids=lambda site: site.mode)
def test_held_cargo_stands_pays_gets_papers_and_moves_on(site):
    found = held(site)
    assert [part.kind for part in found[:3]] == ["wait", "handling", "handling"]
    wait, standing, papers = found[:3]
    assert wait.hours == BOOK.get("reconsign_h").value
    assert wait.var_h2 > 0.0
    assert standing.hours == papers.hours == 0.0
    assert standing.note.startswith("standing of the lorry" if site is ROAD else "storage")
    assert (papers.note, papers.usd) == ("new papers", BOOK.get("documents_usd", area="DEU").value)
    assert ("transfer" in [part.kind for part in found]) == (site is not ROAD)
    tables = {row for part in found[:3] for row in part.evidence}
    assert {table for table, _ in tables} == {"parameters"}


@pytest.mark.parametrize(
    ("site", "cargo", "rate", "free_h"),
    [
        (RAIL, "container", "storage_usd_teu_day", "storage_free_days"),
        (RAIL, "grain", "storage_usd_t_day", "storage_free_days"),
        (ROAD, "container", "standing_usd_lorry_day", "standing_free_h"),
    ],
)
def test_each_further_day_costs_the_rate_and_the_free_days_are_free(site, cargo, rate, free_h):
    shipment = Shipment(cargo=cargo)
    mode = "road" if site is ROAD else ""
    late, later = held(site, 30.0, shipment)[1], held(site, 31.0, shipment)[1]
    day = later.usd - late.usd
    done = complete(shipment, WORLD.facts)
    amount = done.tonnes if cargo == "grain" else 1.0
    assert day == pytest.approx(BOOK.get(rate, mode=mode).value * amount)
    free_days = BOOK.get(free_h, mode=mode).value / (24.0 if free_h.endswith("_h") else 1.0)
    stood = (late.usd / day) - 30.0
    assert f"after {free_days:.3g} free" in late.note
    # What it stands from now on (papers, and in a terminal its handing over) less the free days.
    after = sum(part.hours for part in held(site, 0.0, shipment) if part.kind == "transfer")
    charged = max(after / 24.0 - free_days, 0.0)
    assert stood == pytest.approx(BOOK.get("reconsign_h").value / 24.0 + after / 24.0 - free_days - charged)
    parts = [part for part in late.parts if part.usd]
    assert all(part.low < 1.0 < part.high for part in parts)


def test_days_already_stood_are_paid_and_no_part_of_the_hours():
    now, week = held(RAIL), held(RAIL, 7.0)
    assert sum(part.hours for part in now) == sum(part.hours for part in week)
    assert sum(part.usd for part in now) < sum(part.usd for part in week)
    assert held(ROAD, 0.0)[1].usd < held(ROAD, 2.0)[1].usd < held(ROAD, 3.0)[1].usd


def test_standing_less_than_the_free_days_is_free_and_said_so():
    area = Site("rail", "RUS", 5.0)
    storage = door_costs(WORLD, Shipment(), "RUS", area, "at")[1]
    assert (storage.usd, storage.note) == (0.0, "storage: within the free days")


def test_a_ship_under_way_only_gets_papers():
    assert [(part.kind, part.note) for part in held(AFLOAT)][:1] == [("handling", "new papers")]
    assert not [part for part in held(AFLOAT) if part.kind in {"wait", "transfer"}]


@pytest.mark.parametrize("place", ["Aktau", "Astara, IRN", "Makhachkala", "Hamburg", "Poti"])
def test_cargo_on_land_leaves_the_shore_over_a_quay(place):
    network = load()
    spot = resolve(place, WORLD.facts, WORLD)
    ways = doors_at(network, spot, MODES)
    assert ways
    for door in ways:
        if network.node_mode[door.node] == SEA:
            assert network.node_terminal[door.node] >= 0


def test_a_quay_that_is_shut_is_no_way_out():
    network = load()
    spot = resolve("Aktau", WORLD.facts, WORLD)
    for modes in (MODES, ("sea",), ("sea", "river")):
        shut = doors_at(network, spot, modes, lambda _: False)
        assert not [door for door in shut if network.node_mode[door.node] == SEA]
    assert [door for door in doors_at(network, spot, MODES) if network.node_mode[door.node] == SEA]


@pytest.mark.parametrize("place", ["hormuz", "bosphorus", "41.5,50.5"])
def test_a_ship_in_a_strait_or_at_sea_goes_on_from_there(place):
    network = load()
    spot = resolve(place, WORLD.facts, WORLD)
    assert any(network.node_mode[door.node] == SEA for door in doors_at(network, spot, MODES))


def test_the_answer_tells_storage_papers_and_the_ways_out():
    pair = "name: shut\nevents:\n  - {kind: close, subject: 'pair:AZE-IRN'}\n"
    world = World.at("2025-06-01").apply(parse_scenario(pair))
    answer = route(world, "Mumbai", "Moscow", at="Astara, IRN", stood_days=10, n=3)
    assert len(answer.routes) >= 2
    for way in answer.routes:
        assert [leg.kind for leg in way.legs[:3]] == ["wait", "handling", "handling"]
        notes = [leg.note for leg in way.legs[:3]]
        assert notes[0] == "for new papers"
        assert notes[1].startswith(("storage: ", "standing of the lorry: "))
        assert notes[2] == "new papers"
        assert way.legs[1].usd > 0.0
        for name in ("km", "hours", "usd", "kg_co2e"):
            assert getattr(way, name) == pytest.approx(sum(getattr(leg, name) for leg in way.legs))
        assert not [row for row in way.crossings if set(row[1:3]) == {"AZE", "IRN"}]
        assert {"storage", "standing"} & {row.id.partition("-")[0] for row in way.evidence}
    assert answer.to_dict()["question"]["stood_days"] == 10
