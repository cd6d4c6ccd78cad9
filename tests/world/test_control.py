"""Who holds a place on a day: entities without recognition, and ground that changed hands."""

import pytest

from landbridge.facts import load
from landbridge.network import load as load_network
from landbridge.network import nearest
from landbridge.world import Trip, World, resolve
from landbridge.world.places import holder
from landbridge.world.places import resolve as place

HELD = [
    ("Stepanakert", "2019-06-01", "X_NKR"),
    ("Stepanakert", "2023-01-15", "X_NKR"),
    ("Stepanakert", "2024-06-01", "AZE"),
    ("Shusha", "2019-06-01", "X_NKR"),
    ("Shusha", "2021-06-01", "AZE"),
    ("Aghdam", "1992-06-01", "AZE"),
    ("Aghdam", "2000-06-01", "X_NKR"),
    ("Donetsk, UKR", "2013-06-01", "UKR"),
    ("Donetsk, UKR", "2016-06-01", "X_DNR"),
    ("Luhansk", "2023-06-01", "X_DNR"),
    ("Mariupol", "2021-06-01", "UKR"),
    ("Mariupol", "2023-06-01", "X_DNR"),
    ("Melitopol", "2023-06-01", "RUS"),
    ("Kherson", "2022-06-01", "RUS"),
    ("Kherson", "2023-06-01", "UKR"),
    ("Simferopol", "2012-06-01", "UKR"),
    ("Simferopol", "2016-06-01", "X_CRI"),
    ("Sukhumi", "1992-01-15", "GEO"),
    ("Sukhumi", "2021-06-01", "X_ABK"),
    ("Tskhinvali", "2021-06-01", "X_SOS"),
    ("Tiraspol", "2021-06-01", "X_PMR"),
    ("Famagusta", "2021-06-01", "X_NCY"),
    ("Pristina", "2021-06-01", "XKX"),
    ("Hargeysa", "2021-06-01", "X_SOM"),
]


@pytest.mark.parametrize(("name", "day", "area"), HELD)
def test_a_place_is_held_by_who_controls_it_on_the_day(name, day, area):
    world = World.at(day)
    assert holder(world, place(name, world.facts)) == area


def test_bare_coordinates_are_held_like_the_nearest_place():
    point = place("39.82,46.75", load())
    assert holder(World.at("2019-06-01"), point) == "X_NKR"
    assert holder(World.at("2024-06-01"), point) == "AZE"


def test_a_place_answers_to_the_state_that_it_belongs_to_de_jure():
    facts = load()
    assert place("Donetsk, UKR", facts).id == place("Donetsk, X_DNR", facts).id
    assert place("Simferopol, UKR", facts).area == "X_CRI"
    assert place("Donetsk, RUS", facts).area == "RUS"


NEAR_KM = 3.0


def test_every_place_on_the_ground_of_an_entity_has_its_area_as_the_network_does():
    """A place and the road beside it are of one area, else a trip begins on the wrong side of a line of control."""
    network = load_network()
    wrong = []
    for row in load().table("places").rows:
        nodes, _ = nearest(network, row["lat"], row["lon"], modes=("road",), k=3, max_km=NEAR_KM)
        beside = {network.areas[network.node_area[node]] for node in nodes.tolist()}
        entities = {area for area in {*beside, row["area"]} if area.startswith("X_") or area == "XKX"}
        if row["kind"] == "station":
            continue
        if beside and entities and row["area"] not in beside:
            wrong.append((row["id"], row["area"], sorted(beside)))
    assert wrong == []


@pytest.mark.parametrize(
    ("lat", "lon", "area"), [(42.999, 41.041, "X_ABK"), (43.088, 40.736, "X_ABK"), (42.523, 41.870, "GEO")]
)
def test_the_road_by_sukhumi_lies_in_its_entity(lat, lon, area):
    network = load_network()
    nodes, _ = nearest(network, lat, lon, modes=("road",), max_km=NEAR_KM)
    assert network.areas[network.node_area[nodes[0]]] == area


@pytest.mark.parametrize("key", ["nicosia-cyp"])
def test_trips_of_a_divided_city_begin_in_its_own_part(key):
    from landbridge.routing.answering import prepare
    from landbridge.routing.question import RouteQuestion

    network, row = load_network(), load().table("places").by_id[key]
    setting = prepare(World.at("2025-06-01"), RouteQuestion(f"place:{key}", "Limassol"))
    assert {network.areas[network.node_area[step.node]] for step in setting.begin} == {row["area"]}
    assert min(step.door.km for step in setting.begin) < 2 * NEAR_KM


def test_every_port_on_the_ground_of_an_entity_has_its_area():
    network = load_network()
    for terminal in network.terminals:
        row = load().table("ports").by_id.get(terminal.id)
        nodes, _ = (
            nearest(network, row["lat"], row["lon"], modes=("road",), max_km=NEAR_KM) if row else ((), ())
        )  # fmt: skip
        if row and len(nodes) and network.areas[network.node_area[nodes[0]]].startswith("X_"):
            assert row["area"] == network.areas[network.node_area[nodes[0]]], row["id"]


@pytest.mark.parametrize(
    ("day", "origin", "destination", "open_lachin", "traded"),
    [
        ("2019-06-01", "ARM", "X_NKR", True, True),
        ("2021-06-01", "ARM", "X_NKR", True, True),
        ("2023-01-15", "ARM", "X_NKR", False, True),
        ("2023-06-01", "X_NKR", "ARM", False, True),
        ("2019-06-01", "AZE", "X_NKR", False, False),
        ("2019-06-01", "ARM", "AZE", False, True),
    ],
)
def test_the_lachin_road_by_day_and_by_who_trades(day, origin, destination, open_lachin, traded):
    found = resolve(World.at(day), Trip(origin, destination))
    refused = found.crossing_refusals.get(("ARM-AZE-lachin", "road", "ARM>AZE"))
    barred = found.area_refusal("AZE", "road")
    assert (refused is None and barred is None) == open_lachin
    assert (found.trade_refusals == ()) == traded


def test_goods_of_the_entity_do_not_come_by_the_airports_of_azerbaijan_either():
    found = resolve(World.at("2023-01-15"), Trip("ARM", "X_NKR"))
    assert found.area_refusal("AZE", "air") is not None
    assert resolve(World.at("2024-01-15"), Trip("GEO", "AZE")).area_refusal("AZE", "air") is None


def test_goods_of_the_entity_do_not_leave_through_the_rest_of_azerbaijan():
    found = resolve(World.at("2019-06-01"), Trip("X_NKR", "IRN"))
    posts = [row for row in load().table("crossings").rows if {row["area_a"], row["area_b"]} == {"AZE", "IRN"}]
    assert posts
    for row in posts:
        for mode in row["modes"]:
            assert (row["id"], mode, "AZE>IRN") in found.crossing_refusals, row["id"]
    assert "alat-aktau" in found.ferry_refusals
    assert "baku-alat" in found.port_refusals or any("alat" in port for port in found.port_refusals)
