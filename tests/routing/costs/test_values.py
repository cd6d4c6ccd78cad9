"""Which row a parameter is read from."""

from __future__ import annotations

from datetime import date

import pytest

from landbridge.errors import FactError
from landbridge.facts import load
from landbridge.routing.costs import book
from landbridge.routing.costs.tariffs import HOME, TRANSIT

FACTS = load()


def at(year: int):
    return book(FACTS, date(year, 6, 1))


def test_the_own_row_of_an_area_beats_its_region_and_the_rule():
    speeds = {area: at(2022).get("speed_kmh", mode="road", area=area) for area in ("KAZ", "DEU", "BRA")}
    assert speeds["KAZ"].id == "speed-kmh-road-kaz-2022"
    assert speeds["DEU"].id == "speed-kmh-road-europe-2022"
    assert speeds["BRA"].id == "speed-kmh-road-2022"


def test_the_nearest_year_is_taken_and_told():
    value = at(2024).get("rate_usd_lorry_km", mode="road", area="TJK")
    assert value.id.endswith("tjk-2022")
    assert value.gap_years == 2


def test_a_pandemic_year_does_not_speak_for_an_ordinary_one():
    assert at(2019).get("rate_usd_lorry_km", mode="road", area="KGZ").id.endswith("kgz-2019")
    assert at(2021).get("rate_usd_lorry_km", mode="road", area="MNG").id.endswith("mng-2021")


@pytest.mark.parametrize("area", ["AFG", "CHN", "KAZ", "KGZ", "MNG", "PAK", "TJK", "TKM", "UZB"])
@pytest.mark.parametrize("year", [2015, 2018, 2023, 2025])
def test_the_dear_lorries_of_the_pandemic_stay_in_its_years(area, year):
    book = at(year)
    product = "border region" if area == "CHN" else ""
    found = book.get("rate_usd_lorry_km", mode="road", product=product, area=area)
    assert book.regime(FACTS.row("parameters", found.id)["year"], area, "rate_usd_lorry_km") == ""


def test_a_train_of_a_pandemic_year_speaks_for_its_neighbours():
    asked = {"mode": "rail", "product": "container train", "area": "BLR"}
    assert at(2022).get("speed_kmh", **asked).id.endswith("blr-2021"), "nearer than 2015: regimes are those of borders"
    assert at(2024).get("speed_kmh", **asked).id.endswith("blr-2024")
    assert at(2016).get("speed_kmh", **asked).id.endswith("blr-2015")


def test_the_price_index_moves_money_and_only_money():
    rate = at(2026).get("rate_usd_lorry_km", mode="road", area="TJK")
    own = FACTS.row("parameters", rate.id)
    assert rate.inflated
    assert rate.value / own["value"] == pytest.approx(at(2026).price_ratio(2022, None))
    assert rate.value > own["value"]
    speed = at(2026).get("speed_kmh", mode="road", area="TJK")
    assert not speed.inflated
    assert speed.value == FACTS.row("parameters", speed.id)["value"]


def test_a_rate_of_its_own_year_is_not_moved():
    rate = at(2022).get("rate_usd_lorry_km", mode="road", area="UZB")
    assert not rate.inflated
    assert rate.value == FACTS.row("parameters", rate.id)["value"]


def test_a_span_of_years_covers_all_of_them():
    for year in (2019, 2022, 2024):
        assert at(year).get("speed_kmh", mode="rail", product="container train", area="TJK").gap_years == 0


OWN_TRAIN_SPEEDS = {
    "AZE": 17.9, "GEO": 19.5, "UZB": 38.1, "UKR": 40.2, "KGZ": 30.1, "MNG": 21.2, "TKM": 25.8, "TUR": 31.3,
    "HUN": 29.1, "ROU": 16.0, "VNM": 43.0, "KOR": 64.9,
}  # fmt: skip
"""Container trains in 2022 where a figure of the area is known, in place of the rule of its region."""


@pytest.mark.parametrize("area", OWN_TRAIN_SPEEDS)
def test_a_figure_of_the_area_stands_before_the_rule_of_its_network(area):
    speed = at(2022).get("speed_kmh", mode="rail", product="container train", area=area)
    assert FACTS.row("parameters", speed.id)["area"] == area
    assert speed.value == OWN_TRAIN_SPEEDS[area]


@pytest.mark.parametrize(("year", "without_stops"), [(2020, 28.2), (2021, 29.0), (2022, 29.3)])
def test_a_train_in_turkmenistan_stops_on_its_way(year, without_stops):
    asked = {"mode": "rail", "area": "TKM"}
    train = at(year).get("speed_kmh", product="container train", **asked)
    wagon = at(year).get("speed_kmh", product="single wagon", **asked)
    assert wagon.value < train.value < without_stops


def test_sea_rates_follow_the_market_of_their_year():
    rates = {
        year: at(year).get("rate_usd_teu_km", mode="sea", product="container ship").value for year in (2019, 2021, 2023)
    }
    assert rates[2021] > 4.0 * rates[2019]
    assert rates[2021] > 4.0 * rates[2023]


def test_a_lane_with_its_own_rate_beats_the_rule_of_all_seas_both_ways():
    year = at(2023)
    assert year.lanes("CHN", "DEU") == year.lanes("DEU", "CHN") == ("china>europe", "east_asia>europe")
    assert year.lanes("IND", "NLD") == ("south_asia>europe",)
    asked = {"mode": "sea", "product": "container ship"}
    own = year.get("rate_usd_teu_km", lanes=("east_asia>europe",), **asked)
    assert FACTS.row("parameters", own.id)["lane"] == "east_asia>europe"
    for ends in (("IND", "IRN"), ("CHN", "RUS"), ("CHN", None), (None, None)):
        rule = year.get("rate_usd_teu_km", lanes=year.lanes(*ends), **asked)
        assert FACTS.row("parameters", rule.id)["lane"] is None


def at_sea(lanes: tuple[str, ...]) -> tuple[str, ...]:
    """Lanes without those of China, which tell of lorries."""
    return tuple(lane for lane in lanes if not lane.startswith("china>"))


def test_the_closest_of_two_lanes_speaks_and_the_wider_one_where_it_is_silent():
    year = at(2023)
    assert at_sea(year.lanes("CHN", "ITA")) == ("east_asia>mediterranean", "east_asia>europe")
    assert at_sea(year.lanes("GEO", "CHN")) == ("east_asia>black_sea", "east_asia>mediterranean")
    asked = {"mode": "sea", "product": "container ship", "lanes": year.lanes("CHN", "ITA")}
    rate, speed = year.get("rate_usd_teu_km", **asked), year.get("speed_kmh", **asked)
    assert FACTS.row("parameters", rate.id)["lane"] == "east_asia>mediterranean"
    assert FACTS.row("parameters", speed.id)["lane"] == "east_asia>europe"


@pytest.mark.parametrize("ends", [("IND", "NLD"), ("CHN", "ITA"), ("CHN", "DEU")])
@pytest.mark.parametrize("year", range(2012, 2027))
def test_a_lane_does_not_carry_its_prices_into_years_that_have_their_own(ends, year):
    # India to Europe cost ten times as much in 2022 as in 2017: its rows of 2022 say nothing of 2017.
    book = at(year)
    asked = {"mode": "sea", "product": "container ship"}
    lane = book.get("rate_usd_teu_km", lanes=book.lanes(*ends), **asked)
    assert lane.gap_years <= book.get("rate_usd_teu_km", **asked).gap_years


def test_two_areas_lie_on_one_lane_of_two_regions_at_most():
    lanes = {row["lane"] for row in FACTS.table("parameters").rows if row["lane"]} - {TRANSIT, HOME}
    regions = {row["region"] for row in FACTS.table("cost_regions").rows}
    assert len({frozenset(lane.split(">")) for lane in lanes}) == len(lanes)
    for lane in lanes:
        start, goal = lane.split(">")
        assert {start, goal} <= regions
        assert start != goal


def test_a_row_of_transit_names_what_is_passed_and_is_read_for_lorries_and_trains_alone():
    rows = FACTS.table("parameters").where(lane=TRANSIT)
    assert {(row["parameter"], row["mode"]) for row in rows} == {
        ("rate_usd_lorry_km", "road"),
        ("rate_usd_tkm", "rail"),
    }
    known = {*FACTS.table("areas").by_id, *(row["region"] for row in FACTS.table("cost_regions").rows)}
    assert {row["area"] for row in rows} <= known


@pytest.mark.parametrize("year", [2013, 2017, 2019, 2023, 2025])
def test_a_short_sailing_pays_for_more_than_its_kilometres(year):
    # Shanghai to Busan and Kobe were never below 100 USD a TEU, to Dubai never below 300 in a year's mean.
    one = at(year)
    both = 2.0 * one.get("base_usd_teu", mode="sea", product="container ship").value
    km = one.get("rate_usd_teu_km", mode="sea", product="container ship").value
    assert 100.0 < both + 910.0 * km < 400.0
    assert 300.0 < both + 10_870.0 * km < 2000.0


@pytest.mark.parametrize(("day", "months"), [(date(2020, 8, 27), 7), (date(2020, 12, 3), 10), (date(2021, 2, 1), 1)])
def test_freight_of_a_quarter_speaks_for_its_own_months(day, months):
    one = book(FACTS, day)
    found = one.get("rate_usd_teu_km", mode="sea", product="container ship", lanes=("east_asia>europe",))
    row = FACTS.row("parameters", found.id)
    assert (row["year"], row["month_from"], row["month_to"]) == (day.year, months, months + 2)
    assert not found.inflated


def test_before_and_after_the_known_quarters_the_nearest_one_stands():
    asked = {"mode": "sea", "product": "container ship", "lanes": ("east_asia>mediterranean",)}
    for day, first in ((date(2019, 1, 15), (2019, 7)), (date(2026, 6, 30), (2026, 1))):
        row = FACTS.row("parameters", book(FACTS, day).get("rate_usd_teu_km", **asked).id)
        assert (row["year"], row["month_from"]) == first


def test_ranges_hold_the_central_value():
    for row in FACTS.table("parameters").rows:
        if row["low"] is not None:
            assert row["low"] <= row["value"], row["id"]
        if row["high"] is not None:
            assert row["value"] <= row["high"], row["id"]


def test_a_row_without_a_range_gets_that_of_its_grade():
    speed = at(2022).get("speed_kmh", mode="road", area="KAZ")
    spread = FACTS.row("grade_spread", "A")
    assert (speed.low, speed.high) == (spread["low_ratio"], spread["high_ratio"])


def test_a_row_of_the_user_is_read():
    mine = FACTS.with_rows("parameters", [{"id": "speed-kmh-road-kaz-2022", "value": 99.0}])
    assert book(mine, date(2022, 6, 1)).get("speed_kmh", mode="road", area="KAZ").value == 99.0


def test_a_missing_parameter_is_named():
    with pytest.raises(FactError, match="no value of nothing_h for road, KAZ"):
        at(2022).get("nothing_h", mode="road", area="KAZ")


def test_money_has_its_unit_in_its_name():
    for row in FACTS.table("parameters").rows:
        assert any(
            unit in row["parameter"]
            for unit in (
                "_h",
                "_usd",
                "_km",
                "_kmh",
                "_drivers",
                "length_m",
                "_t",
                "_teu",
                "_g_",
                "_factor",
                "_ratio",
                "_share",
                "cv_",
                "_years",
                "_days",
                "_use",
                "circuity",
            )
        ), row["parameter"]


def test_every_row_has_a_source_and_a_grade():
    sources = FACTS.table("sources").by_id
    for name in (
        "parameters", "terminal_times", "gauge_breaks", "products", "cargo_classes", "value_of_time", "price_index",
        "crossing_wait_rules", "ferry_costs", "passage_costs", "port_roles", "port_trades", "sea_basins",
        "cost_regions", "year_regimes", "wait_metrics", "grade_spread",
    ):  # fmt: skip
        for row in FACTS.table(name).rows:
            assert row["grade"] in {"A", "B", "C", "D"}, (name, row["id"])
            assert row["source_id"], (name, row["id"])
            assert all(source in sources for source in row["source_id"]), (name, row["id"])


def test_recalled_values_are_of_grade_d():
    for row in FACTS.table("parameters").rows:
        if set(row["source_id"]) == {"general-knowledge"}:
            assert row["grade"] == "D", row["id"]


@pytest.mark.parametrize("area", ["KAZ", "KGZ"])
def test_what_lorries_asked_at_the_chinese_border_holds_for_that_trade_alone(area: str):
    years = {row["year"] for row in FACTS.table("parameters").where(parameter="rate_usd_lorry_km", area=area)}
    assert {2020, 2021, 2022} < years
    for year in years - {2019}:
        one = at(year)
        home = one.get("rate_usd_lorry_km", mode="road", area=area, lanes=one.lanes("RUS", area))
        china = one.get("rate_usd_lorry_km", mode="road", area=area, lanes=one.lanes("DEU", "CHN"))
        assert china.id.endswith(f"-{year}")
        assert "chn" not in home.id
        assert home.value < china.value


def test_a_day_costs_meat_less_than_fruit_and_more_than_other_food():
    """Chilled meat keeps for two months, frozen meat far longer: it goes by sea where fruit would fly."""
    classes, days = FACTS.table("cargo_classes"), FACTS.table("value_of_time")
    value = {
        cargo: days.by_id[classes.by_id[cargo]["time_class"]]["value"]
        for cargo in ("fruit_veg", "meat_dairy", "poultry", "food")
    }
    assert value["food"] < value["meat_dairy"] == value["poultry"] < value["fruit_veg"]
