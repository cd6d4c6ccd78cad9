"""How much is sent, and which product the amount allows."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.routing.costs import (
    complete,
    load_of,
    mode_factors,
    unit_amount,
    value_of_time_usd_h,
)
from landbridge.routing.costs.amounts import cargo_names, lane_factor, lane_factors, train_teu
from landbridge.routing.shipment import Shipment

FACTS = load()


def test_a_box_without_amounts_is_fourteen_tonnes_worth_fifty_thousand():
    done = complete(Shipment(), FACTS)
    assert (done.teu, done.tonnes) == (1.0, 14.0)
    assert done.value_usd == pytest.approx(50_000.0, rel=1e-6)


def test_tonnes_alone_give_whole_boxes():
    assert complete(Shipment(tonnes=25.0), FACTS).teu == 2.0
    assert complete(Shipment(tonnes=14.0), FACTS).teu == 1.0


def test_what_is_given_stays():
    done = complete(Shipment(teu=3.0, tonnes=60.0, value_usd=1.0, service="single wagon"), FACTS)
    assert (done.teu, done.tonnes, done.value_usd, done.service) == (3.0, 60.0, 1.0, "single wagon")


def test_completing_twice_changes_nothing():
    once = complete(Shipment(cargo="grain"), FACTS)
    assert complete(once, FACTS) == once


def test_one_box_gets_no_block_train_and_a_full_train_does():
    assert complete(Shipment(), FACTS).service == "regular slot"
    least = train_teu(FACTS)
    assert least > 40.0
    assert complete(Shipment(teu=least), FACTS).service == "block train"
    assert complete(Shipment(teu=least - 1.0), FACTS).service == "regular slot"


def test_a_block_train_for_one_box_is_paid_full():
    lone = mode_factors(Shipment(service="block train"), FACTS)
    assert lone["rail"] == train_teu(FACTS)
    assert lone["sea"] == 1.0


def test_loose_cargo_counts_in_tonnes_and_takes_a_train_only_when_it_fills_one():
    assert unit_amount(Shipment(cargo="grain", tonnes=60.0), FACTS) == 60.0
    assert complete(Shipment(cargo="grain", tonnes=60.0), FACTS).service == "single wagon"
    assert complete(Shipment(cargo="coal", tonnes=5000.0), FACTS).service == "block train"


def test_lorries_are_whole_and_not_overloaded():
    assert mode_factors(Shipment(teu=1.0), FACTS)["road"] == 1.0
    assert mode_factors(Shipment(teu=2.0, tonnes=20.0), FACTS)["road"] == 1.0
    assert mode_factors(Shipment(teu=2.0, tonnes=28.0), FACTS)["road"] == 2.0
    assert mode_factors(Shipment(teu=5.0, tonnes=50.0), FACTS)["road"] == 3.0


BOXED = sorted(row["id"] for row in FACTS.table("cargo_classes").rows if row["unit"] == "teu")


@pytest.mark.parametrize("cargo", BOXED)
def test_boxes_told_by_their_number_need_no_more_lorries_than_they_fill(cargo: str):
    for teu in (1.0, 1.9, 2.0, 3.0, 6.0, 40.0):
        assert load_of(Shipment(cargo=cargo, teu=teu), FACTS).lorries == math.ceil(teu / 2.0)


@given(st.floats(0.1, 60.0), st.floats(0.0, 4.0), st.sampled_from(BOXED))
def test_more_boxes_never_weigh_less(teu: float, more: float, cargo: str):
    one, other = (complete(Shipment(cargo=cargo, teu=some), FACTS).tonnes for some in (teu, teu + more))
    assert one is not None
    assert other is not None
    assert one <= other + 1e-9


def test_little_cargo_goes_as_groupage_and_pays_its_share():
    small = complete(Shipment(tonnes=2.0), FACTS)
    assert small.service == "groupage"
    assert load_of(small, FACTS).lorries < 1.0


@given(st.floats(0.5, 5000.0), st.sampled_from(["container", "electronics", "grain", "steel", "food"]))
def test_more_cargo_never_needs_fewer_lorries_or_units(tonnes: float, cargo: str):
    one = load_of(complete(Shipment(cargo=cargo, tonnes=tonnes, service="full lorry"), FACTS), FACTS)
    more = load_of(complete(Shipment(cargo=cargo, tonnes=2.0 * tonnes, service="full lorry"), FACTS), FACTS)
    assert more.lorries >= one.lorries >= 1.0
    assert more.units >= one.units > 0.0


@pytest.mark.parametrize(
    ("shipment", "field"),
    [
        (Shipment(cargo="contaner"), "cargo"),
        (Shipment(teu=0.0), "teu"),
        (Shipment(tonnes=-1.0), "tonnes"),
        (Shipment(tonnes=float("nan")), "tonnes"),
        (Shipment(value_usd=-5.0), "value_usd"),
        (Shipment(service="blok train"), "service"),
        (Shipment(modes=("rial",)), "modes"),
    ],
)
def test_bad_shipments_name_the_field_and_what_is_near(shipment: Shipment, field: str):
    with pytest.raises(InputError) as caught:
        complete(shipment, FACTS)
    assert caught.value.field == field


def test_the_message_of_a_wrong_cargo_names_the_right_one():
    with pytest.raises(InputError, match="nearest valid: container"):
        complete(Shipment(cargo="contaner"), FACTS)


def test_urgent_goods_lose_more_by_waiting():
    generic = value_of_time_usd_h(Shipment(value_usd=50_000.0), FACTS)
    urgent = value_of_time_usd_h(Shipment(cargo="electronics", value_usd=50_000.0), FACTS)
    assert generic == pytest.approx(50_000.0 * 0.0007 / 24.0)
    assert urgent > 5.0 * generic


def test_every_cargo_class_knows_its_wider_ones():
    for row in FACTS.table("cargo_classes").rows:
        names = cargo_names(row["id"], FACTS)
        assert row["id"] in names
        assert row["time_class"] in FACTS.table("value_of_time").by_id
        assert (row["tonnes_per_teu"] is not None) == (row["unit"] == "teu")


def test_the_backhaul_is_cheaper_than_the_headhaul():
    day = date(2023, 6, 1)
    for mode in ("rail", "sea"):
        out, _ = lane_factor(FACTS, mode, "CHN", "DEU", day)
        back, row = lane_factor(FACTS, mode, "DEU", "CHN", day)
        assert back < out == 1.0
        assert row in FACTS.table("products").by_id


def test_a_lane_without_a_row_has_the_plain_price():
    assert lane_factor(FACTS, "sea", "NOR", "ISL", date(2023, 6, 1)) == (1.0, "")
    assert lane_factor(FACTS, "sea", None, "CHN", date(2023, 6, 1)) == (1.0, "")


def test_a_box_holds_no_more_than_it_may_weigh():
    with pytest.raises(InputError) as caught:
        complete(Shipment(teu=2, tonnes=500), load())
    said = str(caught.value)
    for part in ("500 t in 2 TEU are 250 t in a TEU", "at most 28.2 t", "nearest valid: 56.4", "18 TEU"):
        assert part in said
    assert complete(Shipment(teu=2, tonnes=56.4), load()).tonnes == 56.4


@pytest.mark.parametrize(("mode", "origin", "destination"), [("rail", "RUS", "CHN"), ("sea", "DEU", "CHN")])
def test_the_way_back_of_boxes_is_cheap_for_goods_in_boxes_alone(mode: str, origin: str, destination: str) -> None:
    day = date(2024, 5, 1)
    assert lane_factor(FACTS, mode, origin, destination, day)[0] < 0.6
    assert lane_factor(FACTS, mode, origin, destination, day, boxed=False) == (1.0, "")
    ends = {"origin_area": origin, "destination_area": destination}
    assert lane_factors(Shipment(cargo="coal", **ends), FACTS, day)[mode] == (1.0, "")
    assert lane_factors(Shipment(**ends), FACTS, day)[mode][0] < 0.6


@pytest.mark.parametrize("day", [date(2018, 6, 1), date(2023, 6, 1), date(2025, 6, 1)])
@pytest.mark.parametrize("origin", ["DEU", "GRC", "TUR", "ISR", "UKR", "GEO", "RUS", "SAU", "IRQ", "IND", "PAK"])
def test_boxes_go_back_to_east_asia_for_less(origin: str, day: date) -> None:
    """China sends more in boxes than it gets from any of these: lines bring them back, full or empty."""
    back, row = lane_factor(FACTS, "sea", origin, "CHN", day)
    assert row
    assert 0.0 < back <= 0.62
    assert lane_factor(FACTS, "sea", "CHN", origin, day)[0] == 1.0
