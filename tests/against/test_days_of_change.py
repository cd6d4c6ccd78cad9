"""The day before and the day after: what a border, a ban or a bridge does to a shipment when it changes."""

from __future__ import annotations

from typing import Any

import pytest

from landbridge.report.banners import concerning
from landbridge.routing import route
from landbridge.world import Trip, World, border_effects, held_sides, resolve

BRIDGE = "auto-RUS-X_CRI-road-45.3-36.6"


def first(day: str, origin: str, destination: str, **options: Any) -> dict[str, Any]:
    """The first way of an answer, or what says that there is none."""
    answer = route(World.at(day), origin, destination, n=1, **options).to_dict()
    return answer["routes"][0] if answer["routes"] else answer["no_route"]


@pytest.mark.parametrize(
    ("day", "areas", "free"),
    [
        ("2013-06-01", ("UKR", "X_CRI"), True),
        ("2014-03-18", ("UKR", "X_CRI"), False),
        ("2014-03-17", ("RUS", "X_CRI"), False),
        ("2014-03-18", ("X_CRI", "RUS"), True),
        ("2014-05-10", ("X_DNR", "UKR"), True),
        ("2022-10-04", ("RUS", "X_DNR"), False),
        ("2022-10-05", ("RUS", "X_DNR"), True),
        ("1999-06-09", ("SRB", "XKX"), True),
        ("1999-06-10", ("SRB", "XKX"), False),
        ("2023-09-19", ("ARM", "X_NKR"), True),
        ("2023-06-01", ("CHE", "LIE"), True),
        ("2023-06-01", ("AUT", "LIE"), False),
    ],
)
def test_no_customs_stand_between_an_area_and_the_state_that_holds_it(
    day: str, areas: tuple[str, str], free: bool
) -> None:
    for mode in ("road", "rail"):
        assert border_effects(World.at(day), *areas, mode).no_border_check is free


def test_a_line_that_is_no_border_yet_is_driven_over() -> None:
    way = first("2013-06-01", "Simferopol", "Kyiv", tonnes=20, modes=("road",))
    assert not way["crossings"]
    assert not [leg for leg in way["legs"] if leg["kind"] == "crossing"]


@pytest.mark.parametrize(("day", "over"), [("2018-07-01", False), ("2022-10-07", True), ("2022-10-09", False)])
def test_lorries_use_the_bridge_to_crimea_from_october_2018_to_the_explosion(day: str, over: bool) -> None:
    way = first(day, "Moscow", "Simferopol", tonnes=20)
    assert (BRIDGE in {one["id"] for one in way["crossings"]}) is over


@pytest.mark.parametrize(("day", "through"), [("2012-07-24", True), ("2012-07-26", False), ("2025-10-01", True)])
def test_lorries_from_turkey_enter_syria_before_and_after_the_war(day: str, through: bool) -> None:
    answer = route(World.at(day), "Istanbul", "Amman", tonnes=20, modes=("road",)).to_dict()
    passed = {one["id"] for way in answer["routes"] for one in way["crossings"]}
    assert any(one.startswith("SYR-TUR") for one in passed) is through


def test_a_gate_of_the_war_is_not_slow_in_the_years_of_peace() -> None:
    way = first("2011-01-01", "Aleppo", "Gaziantep", tonnes=20)
    assert max(leg["hours"] for leg in way["legs"] if leg["kind"] == "crossing") < 12.0


@pytest.mark.parametrize(
    ("day", "origin", "destination", "straight"),
    [
        ("2020-12-20", "London", "Paris", True),
        ("2020-12-21", "London", "Paris", False),
        ("2020-12-21", "Paris", "London", True),
        ("2020-12-23", "London", "Paris", True),
    ],
)
def test_france_shut_out_lorries_of_the_united_kingdom_for_48_hours(
    day: str, origin: str, destination: str, straight: bool
) -> None:
    way = first(day, origin, destination, tonnes=20)
    assert ("rail" not in way["modes"] and set(way["areas"]) == {"FRA", "GBR"}) == straight


@pytest.mark.parametrize(
    ("day", "destination", "straight"),
    [
        ("2015-12-31", "Almaty", True),
        ("2016-01-01", "Almaty", False),
        ("2016-06-01", "Bishkek", True),
        ("2016-07-04", "Bishkek", False),
    ],
)
def test_goods_of_ukraine_for_kazakhstan_enter_from_belarus(day: str, destination: str, straight: bool) -> None:
    way = first(day, "Kyiv", destination, tonnes=20)
    assert ("BLR" not in way["areas"]) is straight


@pytest.mark.parametrize(
    ("day", "trip", "rule"),
    [
        ("2021-04-25", Trip("LBN", "SAU", cargo="fruit_veg"), "sau-lbn21-r-fruit"),
        ("2021-10-29", Trip("LBN", "SAU", cargo="machinery"), "sau-lbn21-r-all"),
    ],
)
def test_saudi_arabia_bars_goods_of_lebanon(day: str, trip: Trip, rule: str) -> None:
    assert rule in {one.id for one in resolve(World.at(day), trip).trade_refusals}
    before = World.at("2021-04-24")
    assert not resolve(before, trip).trade_refusals


def test_steel_for_kaliningrad_was_stopped_in_lithuania() -> None:
    trip = Trip("RUS", "RUS", cargo="steel")
    for day, barred in (("2022-06-17", False), ("2022-06-18", True), ("2022-07-22", False)):
        assert (resolve(World.at(day), trip).area_refusal("LTU", "rail") is not None) is barred


def test_garments_of_bangladesh_enter_india_by_no_land_post() -> None:
    trip = Trip("BGD", "IND", cargo="textiles")
    for day, barred in (("2025-05-16", False), ("2025-05-17", True)):
        rules = resolve(World.at(day), trip)
        for key in (("BGD-IND-petrapole", "rail", "BGD>IND"), ("BGD-IND-petrapole", "road", "BGD>IND")):
            assert (key in rules.crossing_refusals) is barred
        assert rules.area_refusal("IND", "road") is None
    for through in ("NPL", "BTN"):
        rules = resolve(World.at("2025-06-01"), Trip("BGD", through, cargo="textiles"))
        assert ("BGD-IND-banglabandha", "rail", "BGD>IND") not in rules.crossing_refusals
        assert "ind-bgd25-r-rmg" not in {one.id for one in rules.crossing_refusals.values()}


def test_goods_between_bangladesh_and_nepal_pass_the_posts_of_their_protocol() -> None:
    for ends, way in ((("BGD", "NPL"), "BGD>IND"), (("NPL", "BGD"), "IND>BGD"), (("BGD", "IND"), "BGD>IND")):
        refused = resolve(World.at("2024-06-01"), Trip(*ends, cargo="machinery")).crossing_refusals
        assert (("BGD-IND-hili", "road", way) in refused) is ("NPL" in ends)
        for post, mode in (("banglabandha", "road"), ("petrapole", "road"), ("rohanpur-rail", "rail")):
            assert (f"BGD-IND-{post}", mode, way) not in refused


@pytest.mark.parametrize(("day", "through"), [("2014-12-26", True), ("2014-12-27", False), ("2022-10-09", False)])
def test_goods_of_russia_for_crimea_pass_ukraine_until_it_stops_them(day: str, through: bool) -> None:
    ways = route(World.at(day), "Moscow", "Simferopol", tonnes=20, modes=("road",)).to_dict()["routes"]
    assert any("UKR" in way["areas"] for way in ways) is through
    assert any("ferry Kavkaz - Kerch" in leg["note"] for leg in ways[0]["legs"])
    assert ways[0]["hours"] < 6 * 24


@pytest.mark.parametrize(
    ("day", "trip", "barred"),
    [
        ("2025-05-16", Trip("BGD", "IND", cargo="food"), False),
        ("2025-05-17", Trip("BGD", "IND", cargo="food"), True),
        ("2025-05-17", Trip("BGD", "NPL", cargo="food"), False),
        ("2025-05-17", Trip("BGD", "IND", cargo="machinery"), False),
    ],
)
def test_listed_goods_of_bangladesh_are_barred_at_the_posts_of_the_north_east(
    day: str, trip: Trip, barred: bool
) -> None:
    found = resolve(World.at(day), trip).crossing_refusals.items()
    refused = {post for (post, _, way), one in found if way == "BGD>IND" and one.id != "bgd-npl76-r"}
    assert ({"BGD-IND-akhaura-road", "BGD-IND-burimari"} <= refused) is barred
    assert not {"BGD-IND-petrapole", "BGD-IND-hili"} & refused


@pytest.mark.parametrize(
    ("day", "ends", "post", "controlled"),
    [
        ("2021-06-01", ("Rostov-on-Don", "Luhansk"), "RUS-UKR-izvaryne", True),
        ("2024-06-01", ("Rostov-on-Don", "Luhansk"), "RUS-UKR-izvaryne", False),
        ("2021-06-01", ("Goris", "Stepanakert"), "ARM-AZE-lachin", False),
    ],
)
def test_a_post_inside_what_one_party_holds_is_no_border(
    day: str, ends: tuple[str, str], post: str, controlled: bool
) -> None:
    way = first(day, *ends, teu=1, modes=("road",))
    assert [one["id"] for one in way["crossings"]] == [post]
    at_post = [leg for leg in way["legs"] if leg["kind"] in {"crossing", "transfer"}]
    assert (sum(leg["usd"] for leg in at_post) > 100.0) is controlled
    assert (sum(leg["hours"] for leg in at_post) > 3.0) is controlled


def test_who_holds_a_post_is_told_by_the_day() -> None:
    lachin = ("ARM-AZE-lachin", "ARM", "AZE")
    for day, held in (("1992-05-17", "AZE"), ("2021-06-01", "X_NKR"), ("2023-04-23", "AZE")):
        assert held_sides(World.at(day), *lachin) == ("ARM", held)
        assert held_sides(World.at(day), "ARM-AZE-lachin", "AZE", "ARM") == (held, "ARM")


def test_garments_of_bangladesh_enter_india_by_the_two_ports_that_are_left() -> None:
    allowed = {"nhava-sheva-jnpa", "kolkata-haldia"}
    indian = {row["id"] for row in World.at("2025-06-15").facts.table("ports").rows if row["area"] == "IND"}
    for day, options, bound in (("2025-06-15", {"hs": "61"}, True), ("2025-06-15", {"cargo": "machinery"}, False)):
        rules = resolve(World.at(day), Trip("BGD", "IND", **options))
        shut = {port for port in rules.port_refusals if port in indian}
        assert (shut == indian - allowed) is bound
    transit = resolve(World.at("2025-06-15"), Trip("BGD", "NPL", hs="61"))
    assert not indian & set(transit.port_refusals)


def test_lorries_bring_goods_of_pakistan_to_attari_while_the_other_way_has_a_list() -> None:
    way = first("2018-06-01", "Lahore", "Delhi", tonnes=20)
    assert [one["id"] for one in way["crossings"]] == ["IND-PAK-attari-road"]
    back = first("2018-06-01", "Delhi", "Lahore", tonnes=20)
    assert "IND-PAK-attari-road" not in [one["id"] for one in back["crossings"]]
    assert "IND-PAK-attari-road" not in [
        one["id"] for one in first("2010-06-01", "Lahore", "Delhi", tonnes=20)["crossings"]
    ]


def test_nothing_goes_through_kosovo_in_the_war() -> None:
    assert "XKX" not in first("1999-04-15", "Zagreb", "Skopje", tonnes=20)["areas"]


@pytest.mark.parametrize(
    ("day", "ends", "told"),
    [
        ("1999-04-15", ("Zagreb", "Skopje"), "Kosovo"),
        ("2008-08-12", ("Tbilisi", "Poti"), "trains still run"),
        ("2008-08-18", ("Tbilisi", "Poti"), "the main railway is cut"),
        ("2021-03-25", ("Shanghai", "Rotterdam"), "The Suez Canal is blocked"),
        ("2023-06-01", ("Dushanbe", "Osh"), "The border of Kyrgyzstan and Tajikistan"),
        ("2023-12-15", ("Lviv", "Warsaw"), "Polish hauliers"),
        ("2024-06-01", ("Helsinki", "Saint Petersburg"), "Finland keeps its road posts"),
        ("2025-09-15", ("Minsk", "Warsaw"), "Poland keeps its whole border"),
        ("2025-11-05", ("Vilnius", "Minsk"), "Lithuania keeps its road border"),
    ],
)
def test_a_time_that_is_not_as_usual_is_told(day: str, ends: tuple[str, str], told: str) -> None:
    world = World.at(day)
    said = concerning(route(world, *ends, tonnes=20, n=1).to_dict(), world.facts)
    assert any(told in text for text in said)


def test_goods_of_any_trade_pass_moreh_until_the_epidemic() -> None:
    assert [one["id"] for one in first("2019-06-01", "Imphal", "Mandalay", tonnes=20)["crossings"]] == ["IND-MMR-moreh"]
    assert "IND-MMR-moreh" not in [
        one["id"] for one in first("2021-06-01", "Imphal", "Mandalay", tonnes=20).get("crossings", [])
    ]


@pytest.mark.parametrize(
    ("day", "ends", "paid"),
    [
        ("2016-08-31", ("TJK", "KGZ"), False),
        ("2016-09-01", ("TJK", "KGZ"), True),
        ("2025-06-01", ("KAZ", "TJK"), True),
        ("2025-06-01", ("KAZ", "UZB"), False),
        ("2025-06-01", ("TUR", "AFG"), False),
    ],
)
def test_lorries_of_the_neighbours_pay_to_pass_uzbekistan(day: str, ends: tuple[str, str], paid: bool) -> None:
    fees = resolve(World.at(day), Trip(*ends)).fees
    assert any(("measure_rules", "uzb-lorry-fee-r") in fee.evidence for fee in fees) is paid


def test_boxes_of_mumbai_go_by_nhava_sheva() -> None:
    legs = first("2025-06-01", "Mumbai", "Moscow", teu=2)["legs"]
    assert ("ports", "nhava-sheva-jnpa") in [tuple((leg["ref"] or {}).values()) for leg in legs]


def test_ships_go_round_the_cape_while_suez_is_blocked() -> None:
    shown = route(World.at("2021-03-25"), "Shanghai", "Rotterdam").to_dict()["routes"]
    assert ["cape"] in [[one["id"] for one in way["passages"] if one["id"] in {"suez", "cape"}] for way in shown]
    assert all("eilat" not in {(leg["ref"] or {}).get("id") for leg in way["legs"]} for way in shown)


@pytest.mark.parametrize("post", ["POL-UKR-dorohusk-road", "POL-UKR-korczowa"])
def test_a_post_that_must_be_passed_is_passed_straight_however_long_its_queue(post: str) -> None:
    # Out by another post and back to wait at none would be dropped, so that nothing were left.
    way = first("2023-12-15", "Lviv", "Warsaw", via=(post,), modes=("road",))
    assert [(one["id"], one["from"], one["to"]) for one in way["crossings"]] == [(post, "UKR", "POL")]
