"""Emissions of trains: what the railway tells, or electric and diesel traction of the area."""

from datetime import date

import pytest

from landbridge.facts import load
from landbridge.routing.costs import book
from landbridge.routing.costs.amounts import complete, load_of
from landbridge.routing.costs.emissions import train_co2_parts
from landbridge.routing.costs.moves import BARGE, TRAIN, Trip, move_group, trip_of
from landbridge.routing.shipment import Factors, Shipment

FACTS = load()


def trip(year: int = 2022, factors: Factors = "nearest") -> Trip:
    done = complete(Shipment(teu=2.0, factors=factors), FACTS)
    return trip_of(book(FACTS, date(year, 6, 1)), done, load_of(done, FACTS))


def grams(area: str, year: int = 2022, factors: Factors = "nearest") -> float:
    one = trip(year, factors)
    return sum(part.kg_km for part in train_co2_parts(one, TRAIN, area)) / one.kg_per_g_tkm


def test_a_train_burns_what_its_area_burns_and_diesel_for_the_rest():
    of = book(FACTS, date(2022, 6, 1)).get
    share, power = of("rail_electric_share", mode="rail", area="DEU"), of("rail_kwh_tkm", mode="rail", area="DEU")
    grid, diesel = of("grid_g_kwh", area="DEU"), of("rail_diesel_g_tkm", mode="rail", area="DEU")
    assert grams("DEU") == pytest.approx(share.value * power.value * grid.value + (1.0 - share.value) * diesel.value)
    cited = {part.row for part in train_co2_parts(trip(), TRAIN, "DEU")}
    assert cited == {one.row for one in (share, power, grid, diesel)}


def test_trains_are_cleaner_where_the_power_is_and_where_more_lines_have_wires():
    assert grams("CHE") < grams("FRA") < grams("DEU") < grams("POL")
    assert grams("AUT") < grams("LTU")
    assert grams("DEU", 2025) < grams("DEU", 2015)


def test_german_trains_of_2018_are_as_its_environment_agency_tells():
    """18 g a tonne-km with the mix of power of all (VerkehrsRundschau, 2020); the grid of 2018 had 454.55 g a kWh."""
    of = book(FACTS, date(2018, 6, 1)).get
    share, power = of("rail_electric_share", mode="rail", area="DEU"), of("rail_kwh_tkm", mode="rail", area="DEU")
    diesel = of("rail_diesel_g_tkm", mode="rail", area="DEU")
    assert share.value * power.value * 454.55 + (1.0 - share.value) * diesel.value == pytest.approx(18.0, rel=0.05)


def test_what_a_railway_tells_of_itself_stands():
    parts = train_co2_parts(trip(), TRAIN, "RUS")
    assert [part.row for part in parts] == [("parameters", "wtw-g-tkm-rail-rus-2023")]


def test_where_no_line_has_wires_all_is_diesel():
    assert grams("MNG") == book(FACTS, date(2022, 6, 1)).get(
        "rail_diesel_g_tkm", mode="rail", product=TRAIN, area="MNG"
    ).value  # fmt: skip


def test_where_nothing_is_known_the_general_figure_stands():
    general = book(FACTS, date(2022, 6, 1)).get("wtw_g_tkm", mode="rail").value
    assert grams("ARE") == pytest.approx(general, rel=1e-12)


def test_a_set_of_factors_has_one_figure_for_trains_of_all_areas():
    assert grams("CHE", factors="desnz") == grams("POL", factors="desnz") == 34.7


def test_a_barge_emits_more_than_a_ship_that_sails_the_sea_too():
    one = trip()
    barge, ship = move_group(one, "river", "", barge=True), move_group(one, "river", "")
    assert barge.key[1] == BARGE
    assert barge.total("kg_km") / one.kg_per_g_tkm == 34.0
    assert ship.total("kg_km") < barge.total("kg_km")
