"""Where there is no way: the cut with its rows, and a change that in truth opens one."""

import csv

import pytest

from landbridge.facts import load
from landbridge.routing import route
from landbridge.world import World

SEA, ROAD, RAIL = {"modes": ("sea",)}, {"modes": ("road",)}, {"modes": ("rail",)}
NO_WAY = {
    "trade-banned": ("2024-06-01", "Kyiv", "Moscow", ROAD),
    "trade-and-border": ("2022-06-01", "Delhi", "Lahore", ROAD),
    "peninsula": ("2022-06-01", "Seoul", "Pyongyang", {}),
    "blockade": ("2022-04-01", "Odesa", "Istanbul", SEA),
    "port-lost": ("2023-06-01", "Mariupol", "Istanbul", SEA),
    "port-and-carriers": ("2023-06-01", "Kherson", "Istanbul", SEA),
    "transit-barred": ("2022-06-01", "Yerevan", "Baku", ROAD),
    "posts-shut": ("2026-01-15", "Karachi", "Kabul", {**ROAD, "avoid": ("area:IRN", "area:CHN")}),
    "border-shut": ("2022-06-01", "Yerevan", "Istanbul", {**ROAD, "avoid": ("area:GEO", "area:IRN")}),
    "line-out-of-use": ("2022-06-01", "Kars", "Gyumri", {**RAIL, "avoid": ("area:GEO",)}),
    "not-built": ("2021-08-16", "Mashhad", "Herat", RAIL),
    "via-shut": ("2026-01-15", "Karachi", "Kabul", {**ROAD, "via": ("AFG-PAK-torkham",)}),
    "via-shut-and-barred": ("2024-06-01", "Helsinki", "Saint Petersburg", {**ROAD, "via": ("FIN-RUS-vaalimaa",)}),
    "canal-blocked": ("2021-03-25", "Jeddah", "Alexandria", {**SEA, "avoid": ("passage:bab-el-mandeb",)}),
}
OPENED = {
    "crossing_status": {"freight": "all", "persons": "all", "cargo_note": "", "carriers": "all"},
    "port_status": {"status": "open"},
    "passage_status": {"status": "open"},
    "ferry_status": {"status": "open"},
    "line_status": {"status": "open"},
    "project_status": {"status": "operational", "from": "1990-01-01"},
    "measure_rules": {"certainty": "announced_only"},
}
"""What a row says when it refuses nothing any more; rows of other tables are taken away."""


def changed(rows, folder):
    """The facts with some rows changed so that they refuse nothing."""
    tables = {}
    for row in rows:
        cells = {"id": row["id"], **OPENED.get(row["table"], {"remove": "true"})}
        tables.setdefault(row["table"], {})[row["id"]] = cells
    for table, some in tables.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(next(iter(some.values()))))
            writer.writeheader()
            writer.writerows(some.values())
    return load(folder)


@pytest.fixture(scope="module")
def answers():
    kept = {}

    def ask(name):
        if name not in kept:
            day, start, goal, asked = NO_WAY[name]
            kept[name] = route(World.at(day), start, goal, n=1, **asked)
        return kept[name]

    return ask


@pytest.mark.parametrize("name", NO_WAY)
def test_the_cut_and_what_opens_it_cite_their_rows(answers, name):
    answer = answers(name)
    assert not answer.answered
    assert answer.no_route.reason
    facts = load()
    for rows in (answer.no_route.blocked_by, answer.no_route.opens_with):
        assert rows
        for row in rows:
            assert row["id"] in facts.table(row["table"]).by_id
        keys = [(row["table"], row["id"], row["subject"]) for row in rows]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", NO_WAY)
def test_the_change_that_is_named_opens_a_way(answers, name, tmp_path):
    day, start, goal, asked = NO_WAY[name]
    facts = changed(answers(name).no_route.opens_with, tmp_path)
    assert route(World.at(day, facts), start, goal, n=1, **asked).answered


@pytest.mark.parametrize(
    ("scenarios", "start", "goal", "needed"),
    [
        (("hormuz-closed",), "Dammam", "Rotterdam", {"hormuz"}),
        (("suez-closed", "bosporus-closed"), "Constanta", "Mumbai", {"bosphorus"}),
    ],
)
def test_what_a_scenario_shuts_is_named_and_nothing_else(scenarios, start, goal, needed):
    answer = route(World.at("2025-06-01").apply(*scenarios), start, goal, modes=("sea",), n=1)
    assert not answer.answered
    for rows in (answer.no_route.blocked_by, answer.no_route.opens_with):
        assert {row["subject"] for row in rows} == needed
        assert all(row["table"] == "scenario" for row in rows)


@pytest.mark.parametrize(
    ("day", "ends", "rows"),
    [
        ("2022-06-01", ("Belgrade", "Constanta"), {"danube-middle-2008"}),
        (
            "2020-01-15",
            ("Rostov-on-Don", "Astrakhan"),
            {"volga-don-before-2021", "volga-don-closed-12-01", "volga-lower-closed-12-01"},
        ),
    ],
)
def test_a_river_without_ships_for_boxes_is_told_with_all_else_that_shuts_it(day, ends, rows):
    none = route(World.at(day), *ends, modes=("river",)).no_route
    assert {row["id"] for row in none.blocked_by if row["table"] == "waterways"} == {
        row for row in rows if "closed" not in row
    }
    assert {row["id"] for row in none.opens_with} == rows
    assert route(World.at("2024-06-01"), *ends, modes=("river",), cargo="grain", tonnes=3000.0).routes


def test_what_the_shipment_does_not_want_is_no_remedy():
    answer = route(World.at("2022-04-01"), "Odesa", "Istanbul", modes=("sea",), avoid=("port:odesa",), n=1)
    assert not answer.answered
    assert answer.no_route.opens_with
    assert not any(row["subject"] == "odesa" for row in answer.no_route.opens_with)
    assert not any("road" in row["modes"] or "rail" in row["modes"] for row in answer.no_route.opens_with)


def test_an_island_without_a_road_is_told_so():
    answer = route(World.at("2022-06-01"), "Reykjavik", "Moscow", modes=("road",), n=1)
    assert answer.no_route.reason == "nothing joins the two ends by the allowed modes"


@pytest.mark.parametrize(
    ("origin", "via", "destination"), [("Minsk", "Warsaw", "Moscow"), ("Hamburg", "Almaty", "Minsk")]
)
def test_a_stop_that_only_flights_pass_without_turning_back_has_a_reason(
    origin: str, via: str, destination: str
) -> None:
    answer = route(World.at("2025-06-01"), origin, destination, via=(via,))
    assert not answer.routes
    assert answer.no_route is not None
    assert "turns back" in answer.no_route.reason


ONE_WAY = [
    # hauliers let aid, fuel and what perishes through towards Poland, few lorries of all goods the other way
    ("2023-12-01", "Kyiv", "Warsaw", "POL-UKR-dorohusk-road"),
]


@pytest.mark.parametrize(("day", "origin", "destination", "via"), ONE_WAY)
def test_a_post_that_is_open_in_the_other_direction_alone_is_named_as_the_reason(
    day: str, origin: str, destination: str, via: str
) -> None:
    there = route(World.at(day), origin, destination, via=(via,), n=1)
    assert not there.routes
    assert there.no_route is not None
    assert "direction" in there.no_route.reason
    assert {row["subject"] for row in there.no_route.opens_with} == {via}
    assert there.no_route.blocked_by == there.no_route.opens_with
    assert route(World.at(day), destination, origin, via=(via,), n=1).routes
