"""Spot rates of sea freight by quarter: how they are made of weeks, and that no measured row is among them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tools.facts.spot import LANES, daily, nearest

ROOT = Path(__file__).parents[2]
MEASURED = ("money", "money_further")


def rows(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_between_two_weeks_the_rate_goes_straight():
    found = daily({date(2024, 1, 1): 1000.0, date(2024, 1, 11): 2000.0})
    assert len(found) == 11
    assert found[date(2024, 1, 6)] == pytest.approx(1500.0)
    assert found[date(2024, 1, 11)] == 2000.0


def test_a_quarter_stands_on_its_weeks_and_those_next_to_it():
    days = [date(2023, 9, 1), date(2023, 12, 1), date(2024, 2, 1), date(2024, 3, 1), date(2024, 5, 1), date(2024, 8, 1)]
    assert nearest(days, 2024, 0) == days[1:5]
    assert nearest(days, 2023, 3) == days[:3]


def test_no_figure_that_we_are_measured_by_is_a_rate():
    measured = {(row["url"], float(row["usd"])) for name in MEASURED for row in rows(f"bench/data/{name}.csv")}
    for row in rows("tools/facts/patches/spot_rates.csv"):
        assert (row["url"], float(row["usd_feu"])) not in measured, row


def test_rows_that_call_themselves_independent_share_no_page_with_a_rate():
    sources = {row["id"]: row["url"] for row in rows("src/landbridge/facts/tables/sources.csv")}
    used = {
        sources[one]
        for row in rows("src/landbridge/facts/tables/parameters.csv")
        for one in row["source_id"].split(";")
    } - {""}
    for name in MEASURED:
        published = {row["id"]: row["url"] for row in rows(f"bench/data/{name}.csv")}
        for row in rows(f"bench/data/{name}_questions.csv"):
            if row["kin"] == "independent":
                assert published[row["row"]] not in used, row["id"]


def test_a_lane_by_neither_suez_nor_cape_pays_no_toll_and_has_one_length():
    """Half of a box of 40 feet less both ends, over the kilometres of the lane: no toll is taken off."""
    lanes = {lane: (port, ways) for port, lane, ways in LANES}
    assert lanes["east_asia>gulf"] == ("Jebel Ali", ("by Malacca and Hormuz",))
    book = {row["id"]: row for row in rows("src/landbridge/facts/tables/parameters.csv")}
    km = float(book["service-km-sea-container-ship-east-asia-gulf-2012"]["value"])
    base = next(float(row["value"]) for row in book.values() if row["id"].startswith("base-usd-teu-sea-container-ship"))
    told = book["rate-usd-teu-km-sea-container-ship-east-asia-gulf-2025-4"]
    mean = float(told["note"].split(" USD for a box")[0].split()[-1])
    assert float(told["value"]) == pytest.approx((mean / 2.0 - 2.0 * base) / km, rel=0.01)
