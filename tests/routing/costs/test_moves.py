"""Kilometres into hours, dollars and kilograms."""

from __future__ import annotations

from datetime import date

import pytest

from landbridge.facts import load
from landbridge.routing import route
from landbridge.routing.costs import Group, book, complete, load_of
from landbridge.routing.costs.boxes import FACTOR
from landbridge.routing.costs.emissions import grams_tkm
from landbridge.routing.costs.moves import BULK_CARRIER, move_group, rail_rate, trip_of
from landbridge.routing.costs.tariffs import home_lanes, quay_tariff, sea_tariff
from landbridge.routing.plan import permit_class
from landbridge.routing.shipment import Shipment
from landbridge.world import Link, World

FACTS = load()
DAY = date(2023, 6, 1)


def group(mode: str, where: str, shipment: Shipment | None = None, link: Link | None = None) -> Group:
    done = complete(shipment or Shipment(), FACTS)
    return move_group(trip_of(book(FACTS, DAY), done, load_of(done, FACTS)), mode, where, link)


def part(found: Group, factor: str):
    return next(part for part in found.parts if part.factor == factor)


def test_hours_are_kilometres_over_speed():
    speed = book(FACTS, DAY).get("speed_kmh", mode="rail", product="container train", area="KAZ")
    assert part(group("rail", "KAZ"), "speed").hours_km == pytest.approx(1.0 / speed.value)


@pytest.mark.parametrize(
    ("area", "speeds"),
    [
        ("IND", {"2019-06-01": 23.6, "2020-06-01": 41.2, "2022-06-01": 31.7, "2024-06-01": 25.1}),
        ("RUS", {"2021-06-01": 41.7, "2024-06-01": 34.1, "2025-06-01": 37.1}),
    ],
)
def test_trains_run_as_fast_as_in_their_year(area, speeds):
    for day, speed in speeds.items():
        on = book(FACTS, date.fromisoformat(day))
        assert on.get("speed_kmh", mode="rail", product="container train", area=area).value == speed


def test_a_speed_lies_between_its_low_and_its_high_and_names_its_source():
    for row in FACTS.table("parameters").where(parameter="speed_kmh", mode="rail"):
        assert (row["low"] or row["value"]) <= row["value"] <= (row["high"] or row["value"]), row["id"]
        assert row["grade"] == "D" or row["source_id"] != ("general-knowledge",), row["id"]


def test_a_container_train_runs_some_hundred_to_some_thousand_kilometres_a_day():
    for area in ("CHN", "KAZ", "RUS", "BLR", "POL", "TUR", "IRN", "IND"):
        km_day = 24.0 / group("rail", area).total("hours_km")
        assert 400.0 < km_day < 1250.0, area


def test_a_lorry_makes_what_a_haulier_would_sign():
    one = 24.0 / group("road", "KAZ").total("hours_km")
    two = 24.0 / group("road", "KAZ", Shipment(team=True)).total("hours_km")
    assert 350.0 < one < 550.0
    assert 650.0 < two < 1000.0
    assert two > one


@pytest.mark.parametrize("area", ["KAZ", "RUS", "POL", "DEU", "CHN", "IRN", "TUR", "IND", "PAK", "UZB"])
def test_a_second_driver_costs_more_than_the_box_saves_by_the_shorter_hours(area: str):
    one, two = group("road", area), group("road", area, Shipment(team=True))
    assert part(two, "second driver").usd_km > 0.0
    assert not [found for found in one.parts if found.factor == "second driver"]
    assert one.total("usd_km") < two.total("usd_km") < 1.15 * one.total("usd_km")


@pytest.mark.parametrize(
    ("ends", "where", "whose"),
    [
        (
            ("AZE", "AZE"),
            "IRN",
            "AZE",
        ),  # Baku - Nakhchivan: Iranian lorries may not carry between two Azerbaijani places
        (("AZE", "AZE"), "AZE", "AZE"),
        (("IRN", "IRN"), "AZE", "AZE"),  # what makes Azerbaijan dearer than home is paid by all
        (("KAZ", "TUR"), "IRN", "TUR"),  # not for the fares of carriage within Iran, nor for more than the cheaper end
        (("TUR", "KAZ"), "PAK", "TUR"),
        (("CHN", "ARM"), "IRN", "ARM"),  # a ship to an Iranian port, a lorry from there
        (("KAZ", "TUR"), "TUR", "TUR"),
        (("KAZ", "TUR"), "KAZ", "KAZ"),
        (("DEU", "KAZ"), "RUS", "DEU"),
        (("IND", "RUS"), "IRN", "IRN"),  # no Indian lorry comes to Iran: Iranian ones take the goods on from the port
        (("IND", "IND"), "PAK", "IND"),
        (("IRN", "TUR"), "IRN", "IRN"),  # the trade of Iran itself
        (("IRN", "TUR"), "TUR", "TUR"),
        (("IRN", "BGR"), "TUR", "TUR"),
        ((None, None), "IRN", "IRN"),
        (("TUR", None), "IRN", "IRN"),
    ],
)
def test_lorries_of_the_ends_pass_other_areas_no_more_cheaply_than_they_drive_at_home(ends, where: str, whose: str):
    found = group("road", where, Shipment(origin_area=ends[0], destination_area=ends[1]))
    rate = book(FACTS, DAY).get("rate_usd_lorry_km", mode="road", area=whose)
    assert part(found, "rate").row == rate.row
    assert part(found, "rate").usd_km == pytest.approx(part(group("road", whose), "rate").usd_km)


@pytest.mark.parametrize("ends", [("TUR", "AZE"), ("ARM", "RUS"), ("CHN", "TUR"), ("GEO", "TUR"), ("GEO", "GEO")])
def test_a_rate_of_transit_speaks_of_goods_with_neither_end_in_the_area(ends):
    found = part(group("road", "GEO", Shipment(origin_area=ends[0], destination_area=ends[1])), "rate")
    own = book(FACTS, DAY).get("rate_usd_lorry_km", mode="road", area="GEO", lanes=())
    transit = FACTS.row("parameters", found.row[1])["lane"] == "transit"
    assert transit == ("GEO" not in ends)
    assert (found.row == own.row) == ("GEO" in ends)


@pytest.mark.parametrize("ends", [("ARM", "GEO"), ("GEO", "AZE")])
def test_goods_for_the_ports_of_georgia_pay_what_goods_pay_that_pass_it(ends):
    passing = part(group("road", "GEO", Shipment(origin_area="ARM", destination_area="TUR")), "rate")
    landed = part(group("road", "GEO", Shipment(origin_area=ends[0], destination_area=ends[1])), "rate")
    assert landed.usd_km == pytest.approx(passing.usd_km, rel=0.35)


def test_a_rate_of_transit_is_no_rate_of_a_trade_or_of_goods_without_ends():
    assert "transit" not in book(FACTS, DAY).lanes("TUR", "RUS")
    assert FACTS.row("parameters", part(group("road", "GEO"), "rate").row[1])["lane"] is None


def test_rest_stands_on_the_law():
    assert part(group("road", "KAZ"), "rest of drivers").row == ("driver_rules", "hours-aetr")


def test_a_train_of_wagons_is_slower_than_a_container_train():
    slow = group("rail", "KAZ", Shipment(service="single wagon")).total("hours_km")
    assert slow > 1.5 * group("rail", "KAZ").total("hours_km")


def test_the_slot_of_one_box_costs_more_than_its_share_of_a_full_train():
    lone = group("rail", "KAZ", Shipment(teu=1.0)).total("usd_km")
    full = group("rail", "KAZ", Shipment(teu=100.0)).total("usd_km") / 100.0
    assert lone > 1.05 * full


def test_one_box_that_asks_for_a_block_train_pays_all_of_it():
    lone = group("rail", "KAZ", Shipment(service="block train")).total("usd_km")
    assert lone > 50.0 * group("rail", "KAZ").total("usd_km")


def test_money_and_kilograms_grow_with_the_cargo():
    two, six = group("sea", "", Shipment(teu=2.0)), group("sea", "", Shipment(teu=6.0))
    assert six.total("usd_km") == pytest.approx(3.0 * two.total("usd_km"))
    assert six.total("kg_km") == pytest.approx(3.0 * two.total("kg_km"))
    assert six.total("hours_km") == two.total("hours_km")


def test_kilograms_are_grams_a_tonne_kilometre_times_tonnes():
    grams = book(FACTS, DAY).get("wtw_g_tkm", mode="road", area="DEU").value
    assert group("road", "DEU").total("kg_km") == pytest.approx(grams * 14.0 / 1000.0)


def test_ships_are_cleaner_and_cheaper_than_lorries_and_aeroplanes_are_not():
    sea, road, air = group("sea", ""), group("road", "DEU"), group("air", "")
    assert sea.total("kg_km") < road.total("kg_km") < air.total("kg_km")
    assert sea.total("usd_km") < road.total("usd_km") < air.total("usd_km")
    assert air.total("hours_km") < road.total("hours_km")


def test_the_speed_of_a_lane_is_that_of_the_large_lines():
    world = World.at("2019-06-01")

    def ship(destination: str, carrier: str | None = None):
        done = complete(Shipment(origin_area="CHN", destination_area=destination, carrier=carrier), FACTS)
        trip = trip_of(book(FACTS, world.day), done, load_of(done, FACTS), world)
        return part(move_group(trip, "sea", ""), "speed")

    to_hubs = [ship(area) for area in ("DEU", "RUS", "GEO", "TUR")]
    assert len({one.hours_km for one in to_hubs}) == 1, "one ship to the hubs of Europe and its seas"
    assert ship("RUS", "RUS").hours_km > to_hubs[0].hours_km, "a regional line sails as the mean of all ships"
    assert ship("IRN").hours_km > to_hubs[0].hours_km


def test_the_caspian_has_its_own_ships():
    assert part(group("sea", "caspian-sea"), "speed").id == "speed-kmh-sea-river-sea-2019"
    assert group("sea", "caspian-sea").total("usd_km") > 3.0 * group("sea", "").total("usd_km")


def test_the_way_back_to_china_is_cheaper():
    out = group("sea", "", Shipment(origin_area="CHN", destination_area="NLD"))
    back = group("sea", "", Shipment(origin_area="NLD", destination_area="CHN"))
    assert back.total("usd_km") < 0.5 * out.total("usd_km")
    assert part(back, "direction of the trade").table == "products"
    assert back.total("hours_km") == out.total("hours_km")


@pytest.mark.parametrize("mode", ["rail", "road", "sea", "air"])
@pytest.mark.parametrize(
    ("origin", "destination"),
    [("BLR", "CHN"), ("RUS", "CHN"), ("UZB", "CHN"), ("CHN", "UZB"), ("DEU", "CHN"), ("CHN", "DEU"), ("RUS", "TUR")],
)
def test_no_lane_or_product_takes_off_more_than_there_is(mode, origin, destination):
    found = group(mode, "RUS", Shipment(origin_area=origin, destination_area=destination))
    rate = sum(one.usd_km for one in found.parts if one.factor in {"rate", FACTOR})
    for one in found.parts:
        if one.factor in ("direction of the trade", "product"):
            ends = [one.usd_km * one.low, one.usd_km * one.high]
            assert all(rate + end > 0.0 for end in ends), one
            assert min(ends) <= one.usd_km <= max(ends), one


def test_what_a_lane_takes_off_ranges_as_its_price():
    found = group("rail", "RUS", Shipment(origin_area="BLR", destination_area="CHN"))
    rate, lane = (
        sum(one.usd_km for one in found.parts if one.factor in {"rate", FACTOR}),
        part(found, "direction of the trade"),
    )
    row = FACTS.row("products", lane.id)
    spread = FACTS.row("grade_spread", row["grade"])
    level = rate + sum(one.usd_km for one in found.parts if one.factor == "product")
    left = sorted(level + lane.usd_km * share for share in (lane.low, lane.high))
    wanted = [level * row["factor"] * spread[name] for name in ("low_ratio", "high_ratio")]
    assert left == pytest.approx(wanted)


def test_an_invented_link_may_state_its_speed():
    link = Link("fast", "rail", "A", "B", speed_kmh=100.0)
    assert group("rail", "KAZ", link=link).total("hours_km") == pytest.approx(0.01)
    assert group("rail", "KAZ", link=link).total("usd_km") == pytest.approx(group("rail", "KAZ").total("usd_km"))
    timed = Link("timed", "rail", "A", "B", km=200.0, hours=4.0)
    assert group("rail", "KAZ", link=timed).total("hours_km") == pytest.approx(0.02)


def test_bulk_goes_by_bulk_ship_and_wagon_tariff():
    coal = Shipment(cargo="coal", tonnes=5000.0)
    assert part(group("sea", "", coal), "speed").id == "speed-kmh-sea-bulk-carrier-2019"
    assert "bulk" in part(group("rail", "RUS", coal), "rate").id


def test_coal_on_long_hauls_in_russia_pays_what_railway_and_wagon_take():
    tonnes = 3000.0
    coal = Shipment(cargo="coal", tonnes=tonnes)
    usd_t = {area: 4070.0 * group("rail", area, coal).total("usd_km") / tonnes for area in ("RUS", "UKR", "DEU")}
    assert 30.0 < usd_t["RUS"] < 60.0
    assert usd_t["RUS"] < usd_t["UKR"] < usd_t["DEU"]


def test_half_a_box_by_rail_in_europe_costs_less_than_half_a_lorry():
    train = part(group("rail", "DEU", Shipment(teu=82.0, service="block train")), "rate").usd_km / 82.0
    lorry = book(FACTS, DAY).get("rate_usd_lorry_km", mode="road", area="DEU").value
    assert 0.3 < train < lorry / 2.0


def test_grain_in_ukraine_pays_the_tariff_of_the_war_in_its_first_year_alone():
    rate = {
        year: book(FACTS, date(year, 9, 1)).get("rate_usd_tkm", mode="rail", area="UKR", cargo="bulk").id
        for year in (2019, 2022, 2024)
    }
    assert rate[2022] == "rate-usd-tkm-rail-ukr-2022-bulk"
    assert rate[2019] == rate[2024] == "rate-usd-tkm-rail-ukr-2023-bulk"


def test_blizzards_slow_the_roads_of_kazakhstan_in_winter():
    def hours(day: date, area: str) -> float:
        done = complete(Shipment(), FACTS)
        trip = trip_of(book(FACTS, day), done, load_of(done, FACTS), World.at(day))
        return move_group(trip, "road", area).total("hours_km")

    winter, summer = date(2024, 1, 15), date(2024, 6, 15)
    assert hours(winter, "KAZ") > 1.05 * hours(summer, "KAZ")
    assert hours(winter, "DEU") == pytest.approx(hours(summer, "DEU"))


def test_trips_of_the_usual_length_vary_as_the_table_says():
    on = book(FACTS, DAY)
    cv = on.get("cv_time", mode="road").value
    typical = on.get("typical_leg_h", mode="road").value
    road = group("road", "KAZ")
    km = typical / road.total("hours_km")
    assert (road.total("var_h2_km") * km) ** 0.5 == pytest.approx(cv * typical)


def test_the_direction_of_a_trade_is_among_what_a_way_rests_on():
    way = route(World.at("2024-06-01"), "Moscow", "Tehran", modes=("road",), n=1).routes[0]
    assert ("products", "lane-ftl-iran-2022") in {(one.table, one.id) for one in way.evidence}
    there = route(World.at("2024-06-01"), "Moscow", "Baku", modes=("road",), n=1).routes[0]
    assert not any(one.table == "products" for one in there.evidence)


@pytest.mark.parametrize("mode", ["rail", "road", "sea", "air"])
def test_a_set_of_co2e_factors_is_taken_where_it_has_the_mode(mode: str) -> None:
    """The United Kingdom's set has no barge, so that the nearest figure stands there."""
    done, known = complete(Shipment(factors="desnz"), FACTS), book(FACTS, DAY)
    trip = trip_of(known, done, load_of(done, FACTS))
    product = "container ship" if mode == "sea" else ""
    own = known.get("wtw_g_tkm_desnz", mode=mode, product=product)
    assert grams_tkm(trip, mode, product, "KAZ") == own
    assert grams_tkm(trip, "river") == known.get("wtw_g_tkm", mode="river")
    plain = complete(Shipment(), FACTS)
    usual = grams_tkm(trip_of(known, plain, load_of(plain, FACTS)), mode, product, "KAZ")
    assert usual == known.get("wtw_g_tkm", mode=mode, product=product, area="KAZ")


@pytest.mark.parametrize(
    ("cargo", "area", "row"),
    [
        ("grain", "RUS", "rate-usd-tkm-rail-rus-2024-grain"),
        ("coal", "RUS", "rate-usd-tkm-rail-rus-2024-bulk"),  # of the first class of the tariff
        ("grain", "KAZ", "rate-usd-tkm-rail-kaz-2010-grain"),
        ("coal", "KAZ", "rate-usd-tkm-rail-1520-2023-bulk"),
        ("grain", "IRN", "rate-usd-tkm-rail-irn-2024-bulk"),  # no tariff of its own is known
        ("grain", "CHN", "rate-usd-tkm-rail-chn-2025-bulk"),
    ],
)
def test_loose_goods_pay_the_tariff_of_their_own_class_where_one_is_known(cargo, area, row):
    done = complete(Shipment(cargo=cargo), FACTS)
    trip = trip_of(book(FACTS, date(2024, 9, 1)), done, load_of(done, FACTS))
    assert rail_rate(trip, area)[0].id == row


@pytest.mark.parametrize(
    ("day", "cargo", "ends", "base", "rate"),
    [
        ("2019-06-01", "coal", ("CHN", "CHN"), "chn-home-2019", "chn-home-2019"),
        ("2024-06-01", "grain", ("CHN", "CHN"), "chn-home-2021", "chn-home-2021"),
        ("2024-06-01", "coal", ("IDN", "CHN"), "2019-coal", "2024"),  # no rate for a kilometre of its own
        ("2024-06-01", "grain", ("USA", "CHN"), "2024", "2024"),
        ("2024-06-01", "coal", ("IND", "IND"), "2019-coal", "2024"),  # nothing is told of this coast
        ("2024-06-01", "coal", (None, None), "2019-coal", "2024"),
    ],
)
def test_loose_goods_pay_by_sea_what_is_told_of_their_coast_or_kind(day, cargo, ends, base, rate):
    done = complete(Shipment(cargo=cargo, origin_area=ends[0], destination_area=ends[1]), FACTS)
    trip = trip_of(book(FACTS, date.fromisoformat(day)), done, load_of(done, FACTS))
    found = [sea_tariff(trip, parameter, BULK_CARRIER).id for parameter in ("base_usd_t", "rate_usd_tkm")]
    assert found == [f"base-usd-t-sea-bulk-carrier-{base}", f"rate-usd-tkm-sea-bulk-carrier-{rate}"]


def test_coal_along_the_coast_of_china_pays_what_its_index_tells():
    """20.6 to 38.8 CNY a tonne from Qinhuangdao to Shanghai in the years 2017 to 2020, 3 to 6 USD."""
    for year in range(2016, 2027):
        done = complete(Shipment(cargo="coal", origin_area="CHN", destination_area="CHN"), FACTS)
        trip = trip_of(book(FACTS, date(year, 6, 1)), done, load_of(done, FACTS))
        base, rate = (sea_tariff(trip, one, BULK_CARRIER).value for one in ("base_usd_t", "rate_usd_tkm"))
        assert 2.8 < 2.0 * base + 1159 * rate < 6.0, year


@pytest.mark.parametrize(
    ("ends", "area", "row"),
    [
        (("RUS", "UZB"), "KAZ", "rate-usd-tkm-rail-kaz-transit-2022-grain"),
        (("KAZ", "AZE"), "RUS", "rate-usd-tkm-rail-1520-transit-2022-grain"),
        (("KAZ", "IRN"), "KAZ", "rate-usd-tkm-rail-kaz-2010-grain"),
        (("KAZ", "RUS"), "RUS", "rate-usd-tkm-rail-rus-2024-grain"),
        (("KAZ", "AFG"), "IRN", "rate-usd-tkm-rail-irn-2024-bulk"),  # nothing is told of transit
        ((None, None), "RUS", "rate-usd-tkm-rail-rus-2024-grain"),
    ],
)
def test_loose_goods_that_pass_pay_the_tariff_of_transit_where_one_is_known(ends, area, row):
    done = complete(Shipment(cargo="grain", origin_area=ends[0], destination_area=ends[1]), FACTS)
    trip = trip_of(book(FACTS, date(2024, 9, 1)), done, load_of(done, FACTS))
    assert rail_rate(trip, area)[0].id == row
    coal = complete(done.with_(cargo="coal"), FACTS)
    assert "transit" not in rail_rate(trip_of(trip.book, coal, load_of(coal, FACTS)), area)[0].id


@pytest.mark.parametrize(
    ("cargo", "row"),
    [
        ("iron_ore", "handling-usd-t-sea-2019-iron-ore"),
        ("coal", "handling-usd-t-sea-2019-coal"),
        ("grain", "handling-usd-t-sea-2019-bulk"),
    ],
)
def test_ore_and_coal_pay_the_tariff_of_their_own_quays(cargo, row):
    done = complete(Shipment(cargo=cargo, tonnes=100_000, origin_area="AUS", destination_area="CHN"), FACTS)
    found = quay_tariff(trip_of(book(FACTS, date(2019, 6, 1)), done, load_of(done, FACTS)))
    assert found.id == row
    assert (found.value < 4.0) == (cargo != "grain")


@pytest.mark.parametrize(("day", "distance", "told"), [("2017-03-22", 20_750, 15.75), ("2024-08-07", 6_484, 9.7)])
def test_iron_ore_pays_what_is_told_of_it(day, distance, told):
    done = complete(Shipment(cargo="iron_ore", tonnes=100_000, origin_area="AUS", destination_area="CHN"), FACTS)
    trip = trip_of(book(FACTS, date.fromisoformat(day)), done, load_of(done, FACTS))
    base, rate = (sea_tariff(trip, one, BULK_CARRIER).value for one in ("base_usd_t", "rate_usd_tkm"))
    assert 2.0 * base + distance * rate == pytest.approx(told, rel=0.15)


@pytest.mark.parametrize(
    ("ends", "area", "thc"),
    [
        (("IDN", "IDN"), "IDN", "thc-usd-teu-sea-idn-home-2016"),
        (("VNM", "VNM"), "VNM", "thc-usd-teu-sea-vnm-home-2017"),
        (("IDN", "VNM"), "IDN", "thc-usd-teu-sea-east-asia-2019"),  # foreign trade
        (("IDN", "IDN"), "SGP", "thc-usd-teu-sea-east-asia-2019"),  # the quay of another area on the way
    ],
)
def test_boxes_along_a_home_coast_pay_and_wait_as_home_trade(ends, area, thc):
    done = complete(Shipment(origin_area=ends[0], destination_area=ends[1]), FACTS)
    trip = trip_of(book(FACTS, date(2024, 6, 1)), done, load_of(done, FACTS))
    lanes = home_lanes(trip, area)
    assert trip.book.get("thc_usd_teu", mode="sea", area=area, lanes=lanes).id == thc
    for direction in ("export", "import"):
        found = trip.book.get("port_dwell_h", mode="sea", product=direction, area=area, lanes=lanes)
        assert (found.id == f"port-dwell-h-sea-{direction}-home-2010") == bool(lanes)


def test_trips_along_two_home_coasts_have_weights_of_their_own():
    world = World.at("2024-06-01")
    some = [permit_class(world, Shipment(origin_area=area, destination_area=area)) for area in ("IDN", "VNM", "IDN")]
    assert some[0] == some[2] != some[1]
