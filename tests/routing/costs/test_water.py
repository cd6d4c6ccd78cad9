"""Ferries, straits and canals, ports."""

from __future__ import annotations

import pytest

from landbridge.routing.costs import Group, book, complete, load_of
from landbridge.routing.costs.arcs import rules_of
from landbridge.routing.costs.moves import call_out, move_group, trip_of
from landbridge.routing.costs.parts import CALL_OUT
from landbridge.routing.costs.ports import FULL_TRAIN, port_dwell
from landbridge.routing.costs.terminals import Change, gauge_group, transfer_group
from landbridge.routing.costs.water import (
    change_of_ships,
    ferry_group,
    passage_group,
    serving_trip,
    too_long,
)
from landbridge.routing.shipment import Shipment
from landbridge.world import World


def setting(day: str, shipment: Shipment | None = None):
    world = World.at(day)
    done = complete(shipment or Shipment(origin_area="CHN", destination_area="DEU"), world.facts)
    trip = trip_of(book(world.facts, world.day), done, load_of(done, world.facts), world)
    return world, rules_of(world, done), trip


def ferry(day: str, name: str = "alat-aktau", mode: str = "rail", shipment: Shipment | None = None) -> Group:
    world, rules, trip = setting(day, shipment)
    return ferry_group(world, rules, trip, name, mode, 470.0)


def passage(day: str, name: str, *, paid: bool = True, shipment: Shipment | None = None) -> Group:
    world, rules, trip = setting(day, shipment)
    return passage_group(world, rules, trip, name, ("sea", ""), paid=paid)


def transfer(day: str, change: Change, shipment: Shipment | None = None) -> Group:
    world, rules, trip = setting(day, shipment)
    return transfer_group(world, rules, trip, change)


def amount(group: Group, factor: str, name: str = "usd") -> float:
    return sum(getattr(part, name) for part in group.parts if part.factor == factor)


def test_a_caspian_ferry_makes_one_wait_for_days():
    found = ferry("2023-06-01")
    waited = sum(part.hours for part in found.parts if part.waiting)
    assert 24.0 < waited < 96.0
    assert amount(found, "sailing", "hours") == 24.0
    assert found.total("hours") > waited + 24.0


def test_a_daily_ferry_makes_one_wait_half_a_day():
    found = ferry("2023-06-01", "travemunde-helsinki", "road")
    assert sum(part.hours for part in found.parts if part.waiting) == pytest.approx(12.0)


def test_lorries_and_wagons_are_controlled_in_the_ports_of_a_ferry_and_boxes_in_their_dwell():
    lorry, wagon = ferry("2023-06-01", "alat-kuryk", "road"), ferry("2023-06-01", "alat-kuryk", "rail")
    assert amount(wagon, "border wait", "hours") > 4.0 < amount(lorry, "border wait", "hours")
    assert amount(ferry("2023-06-01", "alat-aktau", "sea"), "border wait", "hours") == 0.0
    within = ferry("2023-06-01", "travemunde-helsinki", "road")
    assert 0.0 < amount(within, "border wait", "hours") < 1.0, "no control between members of one zone"


def test_a_lorry_on_a_ferry_stands_or_its_trailer_goes_alone():
    world, _, trip = setting("2023-06-01")
    day = book(world.facts, world.day).get("standing_usd_lorry_day", mode="road").value
    for name in ("alat-kuryk", "travemunde-helsinki"):
        long = ferry("2023-06-01", name, "road")
        row = world.facts.row("ferries", name)
        assert amount(long, CALL_OUT) == pytest.approx(call_out(trip, row["area_a"]).usd)
        assert amount(long, "standing of the lorry") == 0.0
        assert not any(part.factor in {CALL_OUT, "standing of the lorry"} for part in ferry("2023-06-01", name).parts)
    short = ferry_group(world, rules_of(world, Shipment()), trip, "dover-calais", "road", 42.0)
    assert 0.0 < amount(short, "standing of the lorry") < day / 2.0
    assert amount(short, CALL_OUT) == 0.0


def test_wind_shuts_the_caspian_more_in_winter():
    winter, summer = ferry("2023-01-15"), ferry("2023-06-15")
    assert amount(winter, "closures", "hours") > 1.5 * amount(summer, "closures", "hours") > 0.0
    assert winter.total("var_h2") > summer.total("var_h2")
    closed = next(part for part in winter.parts if part.factor == "closures")
    assert closed.table == "seasons"


def test_low_water_makes_the_fare_dearer():
    assert amount(ferry("2025-06-01", "alat-kuryk", "road"), "draft") > 0.0


def test_a_lorry_pays_the_tariff_of_the_ferry():
    found = ferry("2023-06-01", "alat-turkmenbashi", "road")
    assert amount(found, "fare") == pytest.approx(1000.0)
    two = ferry("2023-06-01", "alat-turkmenbashi", "road", Shipment(teu=2.0, tonnes=28.0))
    assert amount(two, "fare") == pytest.approx(2000.0)


def test_every_ferry_has_a_cost():
    world, rules, trip = setting("2024-06-01")
    for row in world.facts.table("ferries").rows:
        found = ferry_group(world, rules, trip, row["id"], "road", 300.0)
        assert found.total("hours") > 0.0
        assert found.total("usd") > 0.0


def test_a_ferry_through_a_canal_pays_its_toll():
    assert amount(ferry("2023-06-01", "novorossiysk-nhava-sheva", "sea"), "toll") > 40.0


def test_a_canal_is_paid_once_where_it_is_counted():
    paid, free = passage("2023-06-01", "suez"), passage("2023-06-01", "suez", paid=False)
    assert amount(paid, "toll") == pytest.approx(48.0)
    assert amount(paid, "passage", "hours") == pytest.approx(14.0)
    assert free.total("usd") == free.total("hours") == 0.0
    assert paid.total("hours_km") == free.total("hours_km")


def test_tolls_rise_with_the_tariff():
    tolls = [amount(passage(f"{year}-06-01", "suez"), "toll") for year in (2021, 2023, 2024)]
    assert tolls == sorted(tolls)
    assert tolls[0] < tolls[-1]


def test_war_risk_is_asked_for_from_its_day():
    before, after = passage("2023-06-01", "bab-el-mandeb"), passage("2024-02-01", "bab-el-mandeb")
    assert amount(before, "war risk") == 0.0
    assert amount(after, "war risk") == pytest.approx(0.7 / 100.0 * 8000.0)
    risk = next(part for part in after.parts if part.factor == "war risk")
    assert risk.row == ("carrier_policies", "hull-war-risk-bab-el-mandeb-2024-01-12")


def test_a_surcharge_of_the_lines_replaces_the_premium_for_boxes():
    boxes = passage("2026-04-01", "hormuz")
    assert amount(boxes, "war risk") == 1500.0
    bulk = passage("2026-03-06", "hormuz", shipment=Shipment(cargo="grain", tonnes=1000.0))
    # the hull value of 2023-2024 is in dollars of 2026
    assert 1.0 < amount(bulk, "war risk") / (3.0 / 100.0 * 600.0 * 1000.0) < 1.1


def test_a_port_counts_its_own_dwell_by_direction():
    world = World.at("2022-06-01")
    on = book(world.facts, world.day)
    assert port_dwell(on, "nhava-sheva-jnpa", "export").value == 74.5
    assert port_dwell(on, "nhava-sheva-jnpa", "import").value == 19.0
    assert port_dwell(on, "rotterdam", "import").value > 160.0
    ordinary = World.at("2024-06-01")
    assert port_dwell(book(ordinary.facts, ordinary.day), "rotterdam", "import").value < 110.0


def test_the_figure_of_one_year_goes_before_that_of_many():
    crowded, usual = setting("2022-06-01")[2].book, setting("2024-06-01")[2].book
    assert port_dwell(crowded, "aktau", "export").value > 1.5 * port_dwell(usual, "aktau", "export").value


def test_ports_without_figures_follow_the_rule_of_their_country_region_or_of_all():
    world = World.at("2024-06-01")
    on = book(world.facts, world.day)
    assert port_dwell(on, "nowshahr", "import").value == 168.0
    # boxes for Iran itself wait for permits and currency, as the ports authority tells
    assert port_dwell(on, "bushehr", "import").value == 840.0
    assert port_dwell(on, "gdansk", "import").value == 76.0
    assert port_dwell(on, "mombasa", "import").value == 93.0
    assert port_dwell(on, "gdansk", "import", loose="coal").value == 120.0
    # a tanker lies as long as the scale of its freights reckons, four days for both ends
    assert port_dwell(on, "rotterdam", "import", loose="crude_oil").value == 48.0
    for day, way, stay in (
        ("2017-06-01", "export", 79.0),
        ("2017-06-01", "import", 79.0),
        ("2022-06-01", "export", 125.0),
    ):
        then = World.at(day)
        assert port_dwell(book(then.facts, then.day), "chennai", way).value == stay


def test_the_change_of_ships_at_a_hub_is_waited_and_paid_and_the_quay_of_a_small_port_asks_for_none():
    _, _, trip = setting("2019-06-01")
    change = change_of_ships(trip, "piraeus")
    waited = trip.book.get("feeder_connection_h", mode="sea").value
    assert waited > 84.0, "half of a week alone, though some are left behind"
    assert amount(change, "transhipment", "hours") == waited
    assert sum(part.hours for part in change.parts if part.waiting) == waited
    assert amount(change, "transhipment") > 0.0
    assert amount(transfer("2019-06-01", Change("sea", "rail", "GEO", "poti")), "transhipment") == 0.0


def test_only_the_ships_of_the_large_lines_are_too_long_for_a_canal():
    _, _, large = setting("2021-06-01")
    _, _, regional = setting("2021-06-01", Shipment(origin_area="IND", destination_area="RUS", carrier="RUS"))
    _, _, loose = setting("2021-06-01", Shipment(cargo="grain", tonnes=1000.0))
    assert too_long(large, "kiel")
    assert not too_long(large, "suez")
    assert not any(too_long(trip, "kiel") for trip in (regional, loose, serving_trip(large)))


def sailing(trip):
    return next(part for part in move_group(trip, "sea", "").parts if part.factor == "speed")


def test_beyond_the_hub_a_box_sails_on_a_small_ship_and_no_lane_speeds_it_up():
    _, _, trip = setting("2023-06-01", Shipment(origin_area="CHN", destination_area="GEO"))
    large, small = sailing(trip), sailing(serving_trip(trip))
    assert trip.trades
    assert large.id.startswith("speed-kmh-sea-container-ship-east-asia")
    assert small.id.startswith("speed-kmh-sea-feeder")
    assert small.hours_km > large.hours_km


def test_regional_lines_sail_with_small_ships_and_stay_on_them_and_loose_cargo_does_not_change():
    _, _, trip = setting("2023-06-01", Shipment(origin_area="IND", destination_area="RUS", carrier="RUS"))
    assert sailing(trip).id.startswith("speed-kmh-sea-feeder")
    assert serving_trip(trip) == trip
    _, _, trip = setting("2023-06-01", Shipment(cargo="grain", tonnes=1000.0))
    assert sailing(trip).id.startswith("speed-kmh-sea-bulk-carrier")
    assert serving_trip(trip) == trip


def test_the_wait_of_one_direction_is_not_that_of_the_other():
    on = setting("2023-06-01")[2].book
    assert port_dwell(on, "bandar-abbas-shahid-rajaee", "import").id.startswith("bandar-abbas-transit")
    assert port_dwell(on, "bandar-abbas-shahid-rajaee", "export").table == "parameters"
    for row in (row for use in ("dwell", FULL_TRAIN) for row in on.facts.table("terminal_times").where(use=use)):
        assert row["direction"] in ("import", "export", "both"), row["id"]


def test_the_boxes_of_a_full_train_go_from_the_ship_to_their_train_where_a_row_says_so():
    onto_rail = Change("sea", "rail", "AZE", "baku-alat")
    train, box = Shipment(teu=82.0, service="block train"), Shipment(teu=1.0)
    assert amount(transfer("2024-06-01", onto_rail, train), "dwell", "hours") == 23.5
    assert amount(transfer("2024-06-01", onto_rail, box), "dwell", "hours") == 72.0
    by_road = Change("sea", "road", "AZE", "baku-alat")
    assert amount(transfer("2024-06-01", by_road, train), "dwell", "hours") == 72.0, "no train stands ready"
    out = Change("rail", "sea", "AZE", "baku-alat")
    assert amount(transfer("2020-12-01", out, train), "dwell", "hours") == 98.0, "the feeder is waited for"
    elsewhere = Change("sea", "rail", "TUR", "mersin")
    assert amount(transfer("2024-06-01", elsewhere, train), "dwell", "hours") == amount(
        transfer("2024-06-01", elsewhere, box), "dwell", "hours"
    )


def test_what_sails_waits_for_the_wind_and_what_lands_does_not():
    out = transfer("2023-01-15", Change("rail", "sea", "KAZ", "aktau"))
    back = transfer("2023-01-15", Change("sea", "rail", "KAZ", "aktau"))
    assert amount(out, "closures", "hours") > 0.0
    assert amount(back, "closures", "hours") == 0.0


def test_a_train_is_waited_for_and_a_box_is_released():
    onto = transfer("2023-06-01", Change("road", "rail", "DEU"))
    off = transfer("2023-06-01", Change("rail", "road", "DEU"))
    assert amount(onto, "wait for the train", "hours") == 48.0
    assert amount(off, "release", "hours") == 24.0
    full = transfer("2023-06-01", Change("road", "rail", "DEU"), Shipment(teu=100.0))
    assert amount(full, "wait for the train", "hours") < 48.0


def test_no_ship_calls_on_the_northern_sea_route():
    assert not [part for part in passage("2024-08-15", "nsr").parts if part.factor == "port calls"]
    assert [part for part in passage("2024-08-15", "malacca").parts if part.factor == "port calls"]


def test_the_change_of_gauge_has_its_place_or_the_rule():
    _, _, trip = setting("2023-06-01")
    rule = gauge_group(trip, (1435, 1520), "", "somewhere")
    assert rule.total("hours") == 4.25
    zahony = gauge_group(trip, (1520, 1435), "HUN-UKR-zahony-rail", "Zahony")
    assert zahony.total("hours") == 4.25, "the wait is counted at the border"
    assert zahony.total("usd") > rule.total("usd")
    inland = gauge_group(trip, (1520, 1435), "", "Akhalkalaki")
    assert inland.total("hours") == 9.0
    _, _, wagons = setting("2023-06-01", Shipment(cargo="grain", tonnes=1000.0))
    assert gauge_group(wagons, (1435, 1520), "", "x").total("hours") == 8.0


def test_storage_is_paid_after_the_free_days():
    long = transfer("2024-06-01", Change("sea", "road", "IRN", "bandar-abbas-shahid-rajaee"))
    short = transfer("2022-06-01", Change("sea", "road", "IND", "nhava-sheva-jnpa"))
    assert amount(long, "storage") > 0.0
    assert amount(short, "storage") == 0.0


def test_ice_delays_the_ports_of_azov_in_winter_only():
    winter = transfer("2024-01-15", Change("rail", "sea", "RUS", "rostov-on-don"))
    summer = transfer("2024-06-15", Change("rail", "sea", "RUS", "rostov-on-don"))
    assert amount(winter, "ice", "hours") > 24.0
    assert amount(summer, "ice", "hours") == 0.0


@pytest.mark.parametrize(
    ("name", "mode", "hours"),
    [
        ("rodby-puttgarden", "road", 1.5),
        ("trelleborg-rostock", "road", 1.5),
        ("dover-calais", "road", 2.0),
        ("trelleborg-rostock", "rail", 6.0),
        ("alat-kuryk", "road", 6.0),
    ],
)
def test_a_lorry_drives_on_where_ferries_keep_a_timetable(name, mode, hours):
    assert amount(ferry("2024-06-01", name, mode), "loading of the ferry", "hours") == pytest.approx(hours)


def freight(day: str, km: float) -> tuple[float, float, float]:
    """Freight of a tonne of grain between two sea ports [USD]: low, mean, high, without handling and tolls."""
    grain = Shipment(cargo="grain", tonnes=25_000.0)
    ends = [transfer(day, change, grain) for change in (Change("road", "sea", "UKR"), Change("sea", "road", "EGY"))]
    _, _, trip = setting(day, grain)
    moved = move_group(trip, "sea", "")
    parts = [part for end in ends for part in end.parts if part.factor == "base freight"]
    assert len(parts) == 2
    parts += [part._replace(usd=part.usd_km * km) for part in moved.parts if part.factor == "rate"]
    each = [sum(part.usd * by(part) for part in parts) for by in (lambda p: p.low, lambda _: 1.0, lambda p: p.high)]
    return each[0] / 25_000.0, each[1] / 25_000.0, each[2] / 25_000.0


@pytest.mark.parametrize(
    ("day", "km", "published"),
    [
        # Novorossiysk - Marmara, 5,000 t of wheat: Turing Logistics, 4 to 8 March 2024.
        ("2024-03-05", 845.0, 22.5),
        # Pacific Northwest - Japan, 21 April 2022: USDA by the North Harvest Bean Growers.
        ("2022-04-21", 7_950.0, 44.75),
        # Constanta - Alexandria, 9,000 t of soybeans, May 2022: ISM.
        ("2022-05-02", 1_710.0, 34.0),
    ],
)
def test_freights_of_bulk_that_the_tables_do_not_stand_on_lie_in_the_range(day, km, published):
    low, mean, high = freight(day, km)
    assert low <= published <= high
    assert mean == pytest.approx(published, rel=0.45)


def test_the_freight_of_bulk_grows_more_slowly_than_the_way():
    short, long = freight("2019-06-01", 600.0)[1], freight("2019-06-01", 16_000.0)[1]
    assert 10.0 < short < 20.0
    assert 2.5 < long / short < 5.0


@pytest.mark.parametrize("port", ["amirabad", "azov", "izmail"])
def test_the_rate_of_river_sea_ships_holds_their_whole_freight(port: str):
    grain = Shipment(cargo="grain", tonnes=3_000.0)
    assert not amount(transfer("2020-06-01", Change("sea", "road", "", port), grain), "base freight")
    assert amount(transfer("2020-06-01", Change("sea", "road", "", "odesa"), grain), "base freight")


COAL, BOXES = Shipment(cargo="coal", tonnes=3_000.0), Shipment(teu=20.0)


@pytest.mark.parametrize("shipment", [COAL, BOXES], ids=["coal", "boxes"])
@pytest.mark.parametrize(("start", "goal"), [("road", "river"), ("river", "rail")])
def test_between_the_shore_and_a_barge_handling_alone_is_paid(shipment: Shipment, start: str, goal: str):
    group = transfer("2025-06-01", Change(start, goal, "DEU", "duisburg"), shipment)
    assert {part.factor for part in group.parts if part.usd} <= {"handling", "container hire"}
    assert all("-river-" in part.id for part in group.parts if part.factor in {"dwell", "handling"} and part.usd)
    at_sea = transfer("2025-06-01", Change("sea" if start == "river" else start, "sea" if goal == "river" else goal,
                                           "NLD", "rotterdam"), shipment)  # fmt: skip
    assert amount(group, "handling") < sum(amount(at_sea, part) for part in ("handling", "base freight"))


@pytest.mark.parametrize("shipment", [COAL, BOXES], ids=["coal", "boxes"])
def test_a_change_between_ship_and_barge_is_paid_as_at_the_quay_of_the_ship(shipment: Shipment):
    for over, ashore in ((("sea", "river"), ("sea", "road")), (("river", "sea"), ("road", "sea"))):
        one, other = (transfer("2025-06-01", Change(*ends, "NLD", "rotterdam"), shipment) for ends in (over, ashore))
        for factor in ("dwell", "handling", "base freight"):
            assert [part for part in one.parts if part.factor == factor] == [
                part for part in other.parts if part.factor == factor
            ], (over, factor)


def test_a_barge_asks_the_same_in_both_directions_and_is_slower_than_a_lorry():
    moved = move_group(setting("2025-06-01", COAL)[2], "river", "", barge=True)
    assert {part.factor for part in moved.parts} == {"speed", "rate", "co2e"}
    # 6 EUR a tonne between Rotterdam and the power stations on the Rhine in 2012, at the prices of 2025.
    assert 4.0 < moved.total("usd_km") * 235.0 / 3_000.0 < 9.0
    assert 1.0 / moved.total("hours_km") == pytest.approx(12.0)


def test_trains_wait_for_the_ferry_on_lake_van_as_often_as_it_sailed():
    facts = World.at("2024-06-01").facts
    ferry, cost = facts.row("ferries", "lake-van"), facts.row("ferry_costs", "lake-van")
    assert ferry["departures_per_week"] == pytest.approx((290 + 364) / 2 / 2 / 52, rel=0.15)
    assert cost["headway_h"] == pytest.approx(168.0 / ferry["departures_per_week"])
