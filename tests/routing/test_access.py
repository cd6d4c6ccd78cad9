"""Where a trip begins and ends: the doors of a place, the haul to them, and what happens there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.pose import days
from landbridge.geo import great_circle_km
from landbridge.network import MODES, Network, load
from landbridge.routing import RouteAnswer, route
from landbridge.routing.access import REACH_KM, STATION_KM, Door, apart, doors, doors_at, over_water, placed, taken
from landbridge.routing.answering import prepare
from landbridge.routing.gates import sailing_past, ways
from landbridge.routing.question import RouteQuestion
from landbridge.routing.shipment import Shipment
from landbridge.routing.weights import Variant
from landbridge.world import Scenario, World
from landbridge.world.events import Event
from landbridge.world.places import Place, resolve

WORLD = World.at("2019-06-01")
ALL = ("rail", "road", "sea", "river", "air")


@pytest.fixture(scope="module")
def network() -> Network:
    return load()


def place(network: Network, text: str) -> Place:
    return placed(network, resolve(text, WORLD.facts, WORLD))


def mode(network: Network, door: Door) -> str:
    return MODES[int(network.node_mode[door.node])]


@pytest.mark.parametrize("text", ["45.77,62.1", "28.89,64.4", "31.6,55.4", "47.2,73.35"])
def test_a_trip_by_rail_begins_at_the_line_that_passes_the_place(network: Network, text: str):
    found = doors(network, place(network, text), ("rail",))
    assert found
    assert all(door.km <= STATION_KM and mode(network, door) == "rail" for door in found)


@pytest.mark.parametrize(("start", "goal", "longest_km"), [("Astara, IRN", "Baku", 400), ("Torghundi", "Mary", 400)])
def test_a_short_spur_over_the_border_opens_a_door(start: str, goal: str, longest_km: float):
    # Astara in Iran: https://abc.az, trial train of 2018-02-08; the line on to Rasht is not built
    answer = route(World.at("2025-06-01"), start, goal, modes=("rail",), n=1)
    assert answer.answered
    assert sum(leg.km for leg in answer.routes[0].legs) < longest_km


@pytest.mark.parametrize("text", ["Kashgar", "Almaty", "34.1,74.8"])
def test_with_the_road_allowed_a_trip_begins_on_the_road(network: Network, text: str):
    assert {mode(network, door) for door in doors(network, place(network, text), ALL)} == {"road"}


def test_where_no_road_is_near_the_railway_opens_its_own_door(network: Network):
    found = doors(network, place(network, "Vorkuta"), ALL)
    assert mode(network, found[0]) == "rail"
    assert found[0].km <= STATION_KM


@pytest.mark.parametrize(
    "text", ["41.5,50.5", "73.0,55.0", "78.2,15.6", "40.0,-150.0", "7.0,158.0", "Male", "Jeju City", "Chios"]
)
def test_no_lorry_drives_over_the_sea(network: Network, text: str):
    spot = place(network, text)
    for door in doors(network, spot, ("rail", "road", "air")):
        assert not over_water(network, spot.lat, spot.lon, door.node, door.km)
    assert not [door for door in doors(network, spot, ("road",)) if door.km > 25.0]


def quays(network: Network, text: str) -> set[str]:
    found = doors(network, place(network, text), ("sea",))
    return {network.terminals[int(network.node_terminal[door.node])].id for door in found}


OPPOSITE = "the road on the other shore is 14 km off: shorter hauls than 25 km are not looked at for water"


@pytest.mark.parametrize(
    "text",
    [
        "Tacloban",
        "Santa Cruz de Tenerife",
        pytest.param("Labuan", marks=pytest.mark.xfail(strict=True, reason=OPPOSITE)),
    ],
)
def test_no_lorry_drives_to_the_port_of_another_island(network: Network, text: str):
    assert not quays(network, text)


@pytest.mark.parametrize(("text", "port"), [("Rayong", "laem-chabang"), ("Geoje", "busan"), ("Tangshan", "caofeidian")])
def test_a_quay_or_town_whose_roads_the_network_leaves_untied_is_no_island(network: Network, text: str, port: str):
    assert port in quays(network, text)


def test_the_port_on_the_other_shore_of_a_strait_is_not_reached_by_road():
    answer = route(WORLD, "Vanino", "Vladivostok", modes=("sea",))
    assert not answer.routes
    by_ferry = route(WORLD, "Vanino", "Kholmsk", modes=("road",))
    assert [leg.km for leg in by_ferry.routes[0].legs if leg.mode == "sea"] == [260.0]


@pytest.mark.parametrize("text", ["38.2,72.5", "44.2,80.3", "Macau", "Astara, IRN", "Sumy", "41.6,44.99"])
@pytest.mark.parametrize("modes", [ALL, ("rail",), ("sea",), ("air",)])
def test_no_haul_leaves_the_area_of_the_place_or_the_reach_of_a_lorry(
    network: Network, text: str, modes: tuple[str, ...]
):
    spot = place(network, text)
    for door in doors(network, spot, modes):
        assert network.areas[int(network.node_area[door.node])] == spot.area
        assert door.km <= REACH_KM


def test_bare_coordinates_lie_in_the_area_of_the_nearest_road(network: Network):
    assert place(network, "38.2,72.5").area == "TJK"


def test_what_stands_at_a_place_may_take_any_mode_there(network: Network):
    found = doors_at(network, place(network, "Hamburg"), ALL)
    assert {"rail", "road"} <= {mode(network, door) for door in found}
    assert all(door.km <= 25.0 for door in found)


def test_a_shared_door_stays_with_the_nearer_place():
    begin, end = apart((Door(1, 5.0),), (Door(1, 70.0),))
    assert begin == (Door(1, 5.0),)
    assert end == ()


def test_no_trip_by_rail_of_no_length():
    # Two towns apart, each with its own stretch of line, and two ends of one town.
    apart_km = float(great_circle_km(46.8, 61.67, 45.77, 62.1))
    answer = route(WORLD, "46.8,61.67", "45.77,62.1", modes=("rail",))
    assert all(moved(answer, "rail") >= apart_km for _ in answer.routes)
    same = route(WORLD, "51.17,71.43", "51.171,71.431", modes=("rail",))
    assert not same.routes or moved(same, "rail") > 0.0


def test_places_by_one_port_outside_the_network_are_joined_by_lorry() -> None:
    world = World.at("2025-06-01")
    for cargo in ({"teu": 1}, {"cargo": "coal", "tonnes": 500}):
        answer = route(world, "Lima", "Callao", n=3, **cargo)  # type: ignore[arg-type]
        (way,) = answer.routes
        assert way.modes == ("road",)
        assert [leg.kind for leg in way.legs] == ["handling", "move", "handling"]
        assert 12.0 < way.km < 20.0
        assert way.hours < 24.0
    assert route(world, "Lima", "Callao", modes=("sea",)).no_route is not None


def moved(answer: RouteAnswer, by: str) -> float:
    return min(sum(leg.km for leg in one.legs if leg.mode == by) for one in answer.routes)


@pytest.mark.parametrize(
    ("modes", "start", "goal"),
    [(("rail",), "Moscow", "Astana"), (("sea",), "Shanghai", "Hamburg"), (("air",), "Shanghai", "Frankfurt am Main")],
)
def test_a_trip_that_begins_without_road_holds_its_time_in_the_terminals(modes: tuple[str, ...], start: str, goal: str):
    first = route(WORLD, start, goal, modes=modes, n=1).routes[0]
    dwell = [leg for leg in first.legs if leg.kind == "transfer" and leg.mode in {*modes, "road"}]
    assert dwell[0].note.startswith(f"road to {modes[0]}")
    assert dwell[-1].note.startswith(f"{modes[0]} to road")
    assert all(leg.hours >= 4.0 and leg.evidence for leg in (dwell[0], dwell[-1]))


def test_the_terminals_cost_what_they_cost_a_lorry_that_comes_by_road():
    by_rail = route(WORLD, "Moscow", "Novosibirsk", modes=("rail",), n=1).routes[0]
    by_both = route(WORLD, "Moscow", "Novosibirsk", modes=("rail", "road"), objective="usd", n=5).routes
    ends = [leg.hours for leg in by_rail.legs if leg.kind == "transfer"]
    # A haul of a few hundred metres beside the road is part of the change.
    told = [[leg.hours for leg in one.legs if leg.kind == "transfer"] for one in by_both]
    assert any(ends == pytest.approx(hours, abs=0.1) for hours in told if len(hours) == len(ends))


def test_terminal_to_terminal_leaves_out_the_dwell_at_both_ends():
    found = route(WORLD, "Moscow", "Novosibirsk", modes=("rail",), n=1).to_dict()["routes"][0]
    at_ends = sum(leg["hours"] for leg in found["legs"] if leg["kind"] in {"handling", "transfer"})
    haul = sum(leg["hours"] for leg in found["legs"] if leg["mode"] == "road" and leg["kind"] == "move")
    assert days(found, ("rail",), "terminal") == pytest.approx((found["hours"] - at_ends - haul) / 24.0)


def test_a_ship_passes_a_city_with_a_call_at_its_port(network: Network):
    setting = prepare(WORLD, RouteQuestion("Shanghai", "Hamburg", Shipment(modes=("sea",), via=("Colombo, LKA",))))
    usd = Variant("usd", "usd")
    assert not any(ways(setting.plan, usd, gate) for gate in setting.stops[0]), "no cargo lands by ship alone"
    stops = [way for gate in sailing_past(setting.stops)[0] for way in ways(setting.plan, usd, gate)]
    assert stops
    assert all(network.node_terminal[way.enter] >= 0 for way in stops)


def test_a_station_that_no_table_knows_is_told():
    answer = route(WORLD, "28.89,64.4", "30.2,67.0", modes=("rail",), n=1)
    assert any("no goods station is known" in note for note in answer.notes)
    assert any("no goods station is known" in leg.note for leg in answer.routes[0].legs)
    known = route(WORLD, "Moscow", "Astana", modes=("rail",), n=1)
    assert not any("goods station" in note for note in known.notes)


def test_a_shut_port_is_no_door():
    shut = Scenario(name="no-port", events=(Event(kind="close", subjects=("port:jeddah",)),))
    before = prepare(WORLD, RouteQuestion("Jeddah", "Hamburg", Shipment(modes=("sea",))))
    after = prepare(WORLD.apply(shut), RouteQuestion("Jeddah", "Hamburg", Shipment(modes=("sea",))))
    terminal = before.plan.network.terminal_nodes("jeddah")
    assert {step.node for step in before.begin} & set(terminal)
    assert not {step.node for step in after.begin} & set(terminal)


@pytest.mark.parametrize(
    ("start", "goal", "longest_km"),
    [
        ("Balkanabat", "Ashgabat", 450.0),  # beside the works at Bereket
        ("Tehran", "Tabriz", 800.0),  # beside those at Qazvin
        ("Kandyagash", "Kyzylorda", 1000.0),  # beside those at Shalkar and Saksaulskaya
        ("Atyrau", "Aktau, KAZ", 950.0),  # beside those at Beyneu
        ("Kungrad", "Atyrau", 900.0),
        ("Bukhara", "Turkmenabat", 180.0),
        ("Faisalabad", "Lahore", 200.0),
        ("Adana", "Iskenderun", 180.0),
        ("Quetta", "Zahedan", 800.0),
    ],
)
def test_old_lines_are_whole_before_newer_ones_join_them(start: str, goal: str, longest_km: float):
    answer = route(World.at("2010-06-01"), start, goal, modes=("rail",), n=1)
    assert answer.routes
    assert moved(answer, "rail") <= longest_km


@pytest.mark.parametrize("port", ["New York", "Houston, USA", "Los Angeles", "Vancouver, CAN", "Santos", "Mejillones"])
def test_ports_beyond_eurasia_are_reached_by_sea(port: str):
    assert route(WORLD, "Shanghai", port, modes=("sea",), n=1).routes


def test_why_a_place_has_no_door_names_the_place():
    answer = route(WORLD, "41.5,50.5", "Moscow")
    assert answer.no_route is not None
    assert "AZE that a lorry can reach lies within 300 km of 41.5,50.5" in answer.no_route.reason


@given(st.sampled_from(("Odesa", "Rotterdam", "Poti", "Shanghai", "Mersin", "Dammam", "Riga", "Kaohsiung")), st.data())
def test_a_port_that_shuts_lets_no_other_one_in(text: str, data: st.DataObject):
    network = load()
    spot = place(network, text)
    free = {door.node for door in doors(network, spot, ("sea", "river"))}
    ports = data.draw(st.sets(st.sampled_from(sorted({int(network.node_terminal[node]) for node in free}))))
    shut = {node for node in free if int(network.node_terminal[node]) in ports}
    left = doors(network, spot, ("sea", "river"), lambda node: node not in shut)
    assert {door.node for door in left} == free - shut


def test_shutting_the_ports_of_odesa_does_not_make_it_cheaper_to_sail_from_there():
    world = World.at("2021-06-01")
    costs = [route(world, "Odesa", "Istanbul", modes=("sea", "river"), n=1).routes[0].generalised_usd]
    for port in ("odesa", "chornomorsk"):
        world = world.apply(Scenario(name="shut", events=(Event(kind="close", subject=f"port:{port}"),)))
        answer = route(world, "Odesa", "Istanbul", modes=("sea", "river"), n=1)
        costs.append(answer.routes[0].generalised_usd if answer.routes else float("inf"))
    assert costs == sorted(costs)


def test_a_train_of_loose_cargo_begins_on_the_railway_of_its_town() -> None:
    for origin, destination, day, cargo in (
        ("Soligorsk", "Klaipeda", "2021-06-01", "potash"),
        ("Birobidzhan", "Harbin", "2023-06-01", "iron_ore"),
    ):
        way = route(World.at(day), origin, destination, cargo=cargo, tonnes=3000, n=1).routes[0]
        assert way.modes == ("rail",)
        assert not [leg for leg in way.legs if leg.mode == "road" and leg.km > 0.0]


def test_a_train_of_loose_cargo_for_a_town_with_a_station_ends_there_and_not_in_the_next_town() -> None:
    way = route(World.at("2024-06-15"), "Tbilisi", "Poti", cargo="coal", modes=("rail",), n=1).routes[0]
    assert {leg.end for leg in way.legs if leg.mode == "rail" and leg.km > 0.0} == {"Poti"}


def test_boxes_go_to_the_railway_of_their_town_where_no_goods_station_is_known_for_a_hundred_kilometres() -> None:
    for origin in ("Neryungri", "Tynda", "Yakutsk"):
        way = route(World.at("2023-06-01"), origin, "Moscow", teu=1, n=1).routes[0]
        assert sum(leg.km for leg in way.legs if leg.mode == "road") < 50.0
    long = route(World.at("2010-06-01"), "Yakutsk", "Moscow", teu=1, n=1).routes[0]
    assert sum(leg.km for leg in long.legs if leg.mode == "road") > 300.0


TAKEN = [
    ("Mariupol", "Rostov-on-Don", "2025-06-01", {"X_DNR", "RUS"}),
    ("Melitopol", "Moscow", "2025-06-01", {"RUS"}),
    ("Bakhmut", "Donetsk, X_DNR", "2024-06-01", {"X_DNR"}),
    ("Kyiv", "Mariupol", "2021-06-01", {"UKR"}),
    ("Kyiv", "Kherson", "2022-12-01", {"UKR"}),
    ("Kyiv", "Kherson", "2022-07-01", set()),
    ("Mariupol", "Kyiv", "2025-06-01", set()),
    ("Mariupol", "Istanbul", "2025-06-01", set()),
]


@pytest.mark.parametrize(("origin", "destination", "day", "areas"), TAKEN)
def test_ground_that_changed_hands_is_reached_over_that_of_its_holder(
    origin: str, destination: str, day: str, areas: set[str]
) -> None:
    answer = route(World.at(day), origin, destination, modes=("road", "rail", "sea"), n=3)
    assert {area for way in answer.routes for area in way.areas} == areas


def test_a_holder_without_ground_in_the_network_has_that_of_the_map(network: Network) -> None:
    world = World.at("2019-06-01")
    town = resolve("Stepanakert", world.facts)
    assert taken(world, network, town) == town


@pytest.mark.parametrize(("start", "goal"), [("Chennai", "Port Blair"), ("Vladivostok", "Anadyr"), ("Busan", "Jeju")])
def test_a_port_beside_a_town_without_a_road_of_its_own_serves_the_town(start: str, goal: str) -> None:
    """The roads of an island that no road of the network joins to its port are not the only way in."""
    found = route(World.at("2025-08-01"), start, goal, n=1)
    assert found.answered
    assert "sea" in found.routes[0].modes


def test_a_port_with_a_road_is_reached_by_it_alone(network: Network) -> None:
    world = World.at("2025-06-01")
    for text in ("Rotterdam", "Poti", "Mumbai"):
        found = doors(network, resolve(text, world.facts, world), ALL)
        assert {mode(network, door) for door in found} == {"road"}
