"""Rates are for half a box of 40 feet; a box of 20 feet pays its own share."""

from __future__ import annotations

from datetime import date

import pytest

from landbridge.facts import load
from landbridge.routing.costs import book, complete, load_of
from landbridge.routing.costs.boxes import FACTOR, RATIO, box_parts, lone_part
from landbridge.routing.costs.moves import move_group, trip_of
from landbridge.routing.shipment import Shipment

FACTS = load()
DAY = date(2023, 6, 1)


def trip(**amounts):
    done = complete(Shipment(**amounts), FACTS)
    return trip_of(book(FACTS, DAY), done, load_of(done, FACTS))


@pytest.mark.parametrize(("teu", "lone"), [(1.0, 1.0), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0), (41.0, 1.0)])
def test_boxes_of_40_feet_are_taken_as_far_as_they_go(teu, lone):
    assert trip(teu=teu).load.lone == lone


@pytest.mark.parametrize("amounts", [{"cargo": "grain", "tonnes": 61.0}, {"tonnes": 3.0}])
def test_loose_cargo_and_groupage_have_no_box_of_their_own(amounts):
    assert trip(**amounts).load.lone == 0.0


@pytest.mark.parametrize(("mode", "where"), [("rail", "KAZ"), ("sea", "")])
def test_a_box_of_20_feet_pays_more_than_half_a_box_of_40_feet_and_no_more_than_all_of_it(mode, where):
    one, two, three = (move_group(trip(teu=teu), mode, where).total("usd_km") for teu in (1.0, 2.0, 3.0))
    assert two / 2.0 < one <= two
    assert three == pytest.approx(one + two)


def test_what_it_pays_more_stands_on_a_row_of_its_own_with_its_range():
    (more,) = lone_part(trip(teu=3.0), "handling", 100.0, mode="sea", area="IND")
    row = FACTS.row("parameters", more.id)
    assert (more.factor, row["parameter"], row["area"]) == (FACTOR, RATIO, "IND")
    assert more.usd == pytest.approx((row["value"] - 1.0) * 100.0)
    assert more.usd * more.high == pytest.approx((row["high"] - 1.0) * 100.0)


def test_the_boxes_of_a_shipment_pay_for_what_they_are():
    rate = book(FACTS, DAY).get("lift_usd_teu", mode="rail")
    paid = sum(part.usd for part in box_parts(trip(teu=3.0), rate, "lift", "handling", mode="rail", area="DEU"))
    assert paid == pytest.approx(4.0 * rate.value)


def test_every_share_lies_between_half_a_box_and_a_whole_one():
    rows = [row for row in FACTS.table("parameters").rows if row["parameter"] == RATIO]
    assert rows
    assert all(1.0 <= row["value"] <= 2.0 for row in rows)


def test_a_tariff_by_the_tonne_or_the_wagon_knows_no_sizes():
    assert not lone_part(trip(teu=1.0), "freight", 1.0, mode="rail", area="TUR")
    assert not lone_part(trip(teu=1.0), "freight", 1.0, mode="sea", area="caspian-sea")
